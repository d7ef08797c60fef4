/*
 * From the tables of a rulebook to one of the writers, a table at a time.
 */
#include <string.h>

#include "report/check.h"

static void count_table(shk_check_counts *counts, const shk_table_check *table)
{
	counts->tables++;
	counts->rows += table->row_count;
	counts->cells += table->cell_count;
	counts->complete += table->finding_count == 0;
	for (size_t i = 0; i < table->finding_count; i++)
		counts->faults[table->findings[i].fault]++;
}

/* What was made so far goes out. */
static bool flush(struct check_report *report)
{
	if (report->out.size > 0 && !report->sink.write(report->sink.context,
					    report->out.data, report->out.size))
		report->unwritten = true;
	buffer_clear(&report->out);
	return !report->unwritten && !report->out.failed;
}

static bool tell(void *context, const shk_table_check *table)
{
	struct check_report *report = context;

	count_table(&report->counts, table);
	report->writer->table(report, table);
	return flush(report);
}

void check_values(struct buffer *out, const shk_table_check *table,
	const char *const *values, const char *between)
{
	bool first = true;

	for (size_t i = 0; i < table->column_count; i++) {
		if (strcmp(values[i], "-") == 0)
			continue;
		buffer_text(out, first ? "" : ", ");
		first = false;
		buffer_text(out, table->columns[i].expression);
		buffer_text(out, between);
		buffer_text(out, values[i]);
	}
}

enum shk_code shk_check_report(const shk_rulebook *rulebook,
	const shk_check_options *options, enum shk_check_format format,
	enum shk_language language, shk_sink sink, shk_check_counts *counts,
	shk_diag *diag)
{
	static const struct check_writer *const writers[] = { &check_text,
		&check_json, &check_csv };
	struct check_report report = { .language = language, .sink = sink };
	enum shk_code code;

	diag_clear(diag);
	if ((size_t)format >= sizeof(writers) / sizeof(writers[0]))
		return diag_set(diag, SHK_E_USAGE, "no such format");
	report.writer = writers[format];
	buffer_init(&report.out);
	report.writer->begin(&report);
	code = shk_rulebook_check(rulebook, options, tell, &report, diag);
	if (!code) {
		report.writer->finish(&report);
		flush(&report);
	}
	if (!code && report.unwritten)
		code = diag_set(diag, SHK_E_IO, "could not write the output");
	if (!code && report.out.failed)
		code = diag_memory(diag);
	if (counts)
		*counts = report.counts;
	buffer_release(&report.out);
	return code;
}
