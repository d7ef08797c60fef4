/*
 * Snapshots from texts; pricing through the public API only.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "compare/pairing.h"

struct text_source {
	const char *at;
};

static enum shk_code text_next(
	void *context, const char **line, size_t *size, shk_diag *diag)
{
	struct text_source *source = context;

	(void)diag;
	if (*source->at == '\0')
		return SHK_END;
	*line = source->at;
	*size = strcspn(source->at, "\n");
	source->at += *size + (source->at[*size] == '\n');
	return SHK_OK;
}

/* The sources of a test live until its end. */
static struct text_source sources[4096];
static size_t source_count;

shk_snapshot *pairing_text(const char *text, shk_diag *diag)
{
	struct text_source *source =
		&sources[source_count++ %
			 (sizeof(sources) / sizeof(sources[0]))];
	shk_snapshot *snapshot;

	source->at = text;
	cr_assert_eq(
		shk_snapshot_from(&snapshot, "text",
			(struct shk_line_source){ source, text_next }, diag),
		SHK_OK, "%s", diag->message);
	return snapshot;
}

static bool pairing_write(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return true;
}

void pairing_init(struct pairing *pairing)
{
	memset(pairing, 0, sizeof(*pairing));
	buffer_init(&pairing->said);
}

void pairing_release(struct pairing *pairing)
{
	buffer_release(&pairing->said);
}

enum shk_code pairing_run(struct pairing *pairing, const char *before,
	const char *after, enum shk_change_format format)
{
	const struct shk_change_summary *summary;
	const struct shk_change *change;
	shk_comparison *comparison;
	shk_change_report *report;
	shk_snapshot *left, *right;
	shk_diag *diag = &pairing->diag;
	enum shk_code code;

	memset(diag, 0, sizeof(*diag));
	buffer_clear(&pairing->said);
	buffer_text(&pairing->said, "");
	pairing->changes = 0;
	left = pairing_text(before, diag);
	right = pairing_text(after, diag);
	cr_assert_eq(shk_change_report_new(&report, format, SHK_ENGLISH,
			     (shk_sink){ &pairing->said, pairing_write }, diag),
		SHK_OK);
	cr_assert_eq(shk_compare_new(
			     &comparison, left, right, &pairing->options, diag),
		SHK_OK, "%s", diag->message);
	while ((code = shk_compare_next(comparison, &change, diag)) == SHK_OK) {
		pairing->changes++;
		cr_assert_eq(
			shk_change_report_add(report, change, diag), SHK_OK);
	}
	if (code == SHK_END) {
		cr_assert_eq(shk_compare_summary(comparison, &summary, diag),
			SHK_OK);
		cr_assert_eq(shk_change_report_finish(report, summary, diag),
			SHK_OK);
	}
	shk_compare_free(comparison);
	shk_change_report_free(report);
	shk_snapshot_close(left);
	shk_snapshot_close(right);
	return code;
}

struct pricing_work {
	shk_snapshot_sorter *sorter;
	shk_report *report;
};

static bool pricing_write(void *context, const char *data, size_t size)
{
	struct pricing_work *work = context;

	return shk_snapshot_sorter_add(work->sorter, data, size, NULL) ==
	       SHK_OK;
}

static enum shk_code pricing_result(void *context, const shk_result *result)
{
	struct pricing_work *work = context;

	return shk_report_result(work->report, result, NULL);
}

static void pricing_file(const char *records, char path[64])
{
	FILE *file;
	int descriptor;

	snprintf(path, 64, "/tmp/shokan-compare-XXXXXX");
	descriptor = mkstemp(path);
	cr_assert_geq(descriptor, 0);
	file = fdopen(descriptor, "w");
	fputs(records, file);
	fclose(file);
}

static void pricing_all(struct pricing_work *work, shk_pricer *pricer,
	const shk_schema *schema, const char *records)
{
	shk_read_options reading = { .format = SHK_FORMAT_CSV };
	shk_records *reader;
	shk_record *record;
	shk_diag diag = { 0 };
	char path[64];
	enum shk_code code;

	pricing_file(records, path);
	cr_assert_eq(shk_records_open(&reader, schema, path, &reading, &diag),
		SHK_OK, "%s", diag.message);
	while ((code = shk_records_next(reader, &record, &diag)) == SHK_OK)
		cr_assert_eq(shk_pricer_price(pricer, record, pricing_result,
				     work, &diag),
			SHK_OK, "%s", diag.message);
	cr_assert_eq(code, SHK_END, "%s", diag.message);
	shk_records_close(reader);
	unlink(path);
}

void pairing_price(struct buffer *out, const shk_rulebook *book,
	const shk_schema *schema, const char *revision, const char *policy,
	const char *records)
{
	shk_policy *given;
	shk_diag diag = { 0 };
	shk_price_options options = { .revision = revision, .facts = true };
	shk_report_options report = { .format = SHK_REPORT_SNAPSHOT };
	struct shk_snapshot_header header = { .engine = "0.1.0",
		.rulebook = shk_rulebook_hash(book),
		.revision = revision };
	struct pricing_work work;
	struct shk_line_source source;
	shk_pricer *pricer;
	const char *line;
	size_t size;

	buffer_init(out);
	cr_assert_eq(shk_policy_new(&given, book, &diag), SHK_OK);
	if (policy)
		cr_assert_eq(shk_policy_read_text(given, "policy", policy,
				     strlen(policy), &diag),
			SHK_OK, "%s", diag.message);
	options.policy = given;
	cr_assert_eq(shk_pricer_new(&pricer, book, schema, &options, &diag),
		SHK_OK, "%s", diag.message);
	header.policy = shk_pricer_policy(pricer);
	cr_assert_eq(
		shk_snapshot_sorter_new(&work.sorter, &header, NULL, &diag),
		SHK_OK);
	cr_assert_eq(shk_report_new(&work.report, &report,
			     (shk_sink){ &work, pricing_write }, &diag),
		SHK_OK);
	pricing_all(&work, pricer, schema, records);
	cr_assert_eq(shk_snapshot_sorter_source(work.sorter, &source, &diag),
		SHK_OK);
	while (source.next(source.context, &line, &size, &diag) == SHK_OK) {
		buffer_add(out, line, size);
		buffer_byte(out, '\n');
	}
	shk_report_free(work.report);
	shk_snapshot_sorter_free(work.sorter);
	shk_pricer_free(pricer);
	shk_policy_free(given);
}
