/*
 * The event stream: options in, results through the chosen writer, bytes out.
 * All failures of writers end here: memory that ran out and a sink that could
 * not write are told once, with the code of the kind.
 */
#include <string.h>

#include "base/memory.h"
#include "report/template.h"
#include "report/ci.h"
#include "report/csv.h"
#include "report/fragment.h"
#include "report/html.h"
#include "report/json.h"
#include "report/xlsx.h"

static const struct report_writer *report_pick(enum shk_report_format format)
{
	switch (format) {
	case SHK_REPORT_TEXT:
		return &report_text;
	case SHK_REPORT_JSON:
		return &report_json;
	case SHK_REPORT_CSV:
		return &report_csv;
	case SHK_REPORT_EXPLAIN:
		return &report_explain;
	case SHK_REPORT_SNAPSHOT:
		return &report_snapshot;
	case SHK_REPORT_JUNIT:
		return &report_junit;
	case SHK_REPORT_SARIF:
		return &report_sarif;
	case SHK_REPORT_GITHUB:
		return &report_github;
	case SHK_REPORT_TAP:
		return &report_tap;
	case SHK_REPORT_HTML:
		return &report_html;
	case SHK_REPORT_XLSX:
		return &report_xlsx;
	}
	return NULL;
}

/* Own the names of the kept columns: the caller's may go away. */
static bool report_keep(shk_report *report, const shk_report_options *options)
{
	size_t count = options->keep_count;
	char **names;

	report->options.keep = NULL;
	report->options.keep_count = 0;
	if (count == 0)
		return true;
	names = memory_zeroed(count, sizeof(*names));
	if (!names)
		return false;
	report->options.keep = (const char *const *)names;
	for (size_t i = 0; i < count; i++) {
		names[i] = memory_copy_text(
			options->keep[i], strlen(options->keep[i]));
		if (!names[i])
			return false;
		report->options.keep_count = i + 1;
	}
	return true;
}

enum shk_code shk_report_new(shk_report **out,
	const shk_report_options *options, shk_sink sink, shk_diag *diag)
{
	const struct report_writer *writer = report_pick(options->format);
	shk_report *report;

	*out = NULL;
	if (!writer || !sink.write)
		return diag_set(diag, SHK_E_USAGE, "no such report format");
	if (options->keep_count > REPORT_KEEP_MAX)
		return diag_set(diag, SHK_E_LIMIT,
			"more than %d columns to keep", REPORT_KEEP_MAX);
	report = memory_zeroed(1, sizeof(*report));
	if (!report)
		return diag_memory(diag);
	report->options = *options;
	report->sink = sink;
	report->writer = writer;
	buffer_init(&report->out);
	buffer_init(&report->scratch);
	buffer_init(&report->suite.cases);
	buffer_init(&report->suite.path);
	html_init(&report->page);
	if (!report_keep(report, options)) {
		shk_report_free(report);
		return diag_memory(diag);
	}
	*out = report;
	return SHK_OK;
}

/* Hand over what the writer said; a lost byte is a failure. */
static enum shk_code report_flush(shk_report *report, shk_diag *diag)
{
	struct buffer *out = &report->out;

	if (out->failed || report->scratch.failed ||
		report->suite.cases.failed || report->suite.path.failed ||
		html_failed(&report->page) ||
		(report->book && report->book->failed))
		return diag_memory(diag);
	if (report->book && report->book->full)
		return diag_set(diag, SHK_E_LIMIT,
			"a workbook holds at most %d results, and a cell %d "
			"characters; ask for fewer records, or for CSV",
			XLSX_RESULTS_MAX, XLSX_CELL_MAX);
	if (report->book && report->book->why)
		return diag_set(diag, SHK_E_IO, "%s", report->book->why);
	if (report->page.results > REPORT_HTML_MAX &&
		report->options.piece != SHK_PIECE_TABLE)
		return diag_set(diag, SHK_E_LIMIT,
			"a page holds at most %d results; ask for fewer "
			"records or decisions, or for another format",
			REPORT_HTML_MAX);
	if (out->size &&
		!report->sink.write(report->sink.context, out->data, out->size))
		return diag_set(diag, SHK_E_IO, "cannot write the report");
	buffer_clear(out);
	return SHK_OK;
}

static void report_begin(shk_report *report)
{
	if (!report->begun)
		report->writer->begin(report);
	report->begun = true;
}

void shk_report_continue(shk_report *report)
{
	report->begun = true;
}

/* Keep which revision was taken because none was given. */
static void report_remember(shk_report *report, const shk_result *result)
{
	size_t size;

	if (!report->options.assumed_newest || !result->assumed_newest ||
		report->newest[0])
		return;
	size = strlen(result->revision);
	if (size < sizeof(report->newest))
		memcpy(report->newest, result->revision, size + 1);
}

enum shk_code shk_report_result(
	shk_report *report, const shk_result *result, shk_diag *diag)
{
	report_begin(report);
	report->counts[result->status]++;
	report_remember(report, result);
	report->writer->result(report, result);
	return report_flush(report, diag);
}

bool report_repeat(shk_report *fragment, const shk_result *result,
	struct text id, struct buffer *out)
{
	bool said = fragment->writer == &report_csv
			    ? csv_repeat(fragment, result, id, out)
		    : fragment->writer == &report_json
			    ? json_repeat(fragment, result, id, out)
			    : false;

	if (!said)
		return false;
	fragment->counts[result->status]++;
	report_remember(fragment, result);
	return true;
}

size_t report_repeat_rows(shk_report *fragment,
	const struct price_again *answers, const char *const *ids,
	const uint32_t *id_sizes, size_t count, struct buffer *out)
{
	bool remembers = fragment->options.assumed_newest;

	if (fragment->writer != &report_csv)
		return 0;
	count = csv_repeat_rows(fragment, answers, ids, id_sizes, count, out);
	for (size_t i = 0; i < count && remembers && !fragment->newest[0]; i++)
		report_remember(fragment, answers[i].result);
	return count;
}

/* How the format writes an item that is no result; NULL: it has no place. */
static ci_writer report_item_writer(const struct shk_report *report)
{
	switch (report->options.format) {
	case SHK_REPORT_JUNIT:
		return junit_item;
	case SHK_REPORT_SARIF:
		return sarif_item;
	case SHK_REPORT_GITHUB:
		return github_item;
	case SHK_REPORT_TAP:
		return tap_item;
	default:
		return NULL;
	}
}

enum shk_code shk_report_trouble(
	shk_report *report, const shk_diag *why, shk_diag *diag)
{
	const shk_rulebook *book = report->options.rulebook;
	shk_result result = { .id = "",
		.name = "",
		.path = why->path,
		.row = why->line,
		.decision = "",
		.label_ja = "",
		.label_en = "",
		.revision = "",
		.as_of = "",
		.status = SHK_ERROR,
		.reason = why->reason,
		.field = why->field,
		.message = why->message,
		.evidence = "",
		.rulebook = book ? shk_rulebook_hash(book) : "",
		.policy = "" };

	if (!report_item_writer(report))
		return SHK_OK;
	return shk_report_result(report, &result, diag);
}

enum shk_code shk_report_change(
	shk_report *report, const struct shk_change *change, shk_diag *diag)
{
	ci_writer write = report_item_writer(report);
	struct ci_item item;

	if (!write)
		return diag_set(diag, SHK_E_USAGE,
			"changes have no place in this format of results");
	report_begin(report);
	report->changes[change->approved]++;
	ci_of_change(&item, change, report->options.baseline);
	write(report, &item);
	return report_flush(report, diag);
}

enum shk_code shk_report_finish(shk_report *report, shk_diag *diag)
{
	report_begin(report);
	report->writer->finish(report);
	return report_flush(report, diag);
}

enum shk_code report_fragment(shk_report **out, const shk_report *whole,
	shk_sink sink, shk_diag *diag)
{
	enum shk_code code = shk_report_new(out, &whole->options, sink, diag);

	if (code)
		return code;
	shk_report_continue(*out);
	(*out)->fragment = true;
	return SHK_OK;
}

void report_take(shk_report *fragment, struct report_tally *tally)
{
	memcpy(tally->counts, fragment->counts, sizeof(tally->counts));
	memcpy(tally->newest, fragment->newest, sizeof(tally->newest));
	memcpy(tally->levels, fragment->levels, sizeof(tally->levels));
	tally->weak_seen = fragment->weak_seen;
	memset(fragment->counts, 0, sizeof(fragment->counts));
	memset(fragment->levels, 0, sizeof(fragment->levels));
	fragment->newest[0] = '\0';
	fragment->weak_seen = false;
}

static void report_count(shk_report *whole, const struct report_tally *tally)
{
	if (!whole->newest[0])
		memcpy(whole->newest, tally->newest, sizeof(whole->newest));
	for (size_t i = 0; i < REPORT_STATUSES; i++)
		whole->counts[i] += tally->counts[i];
	for (size_t i = 0; i < REPORT_LEVELS; i++)
		whole->levels[i] += tally->levels[i];
	whole->weak_seen = whole->weak_seen || tally->weak_seen;
}

/*
 * What goes to the sink at once. In a fragment every one has its separator;
 * the first of all has none. JUnit, HTML and workbooks keep all until later.
 */
static struct text report_separate(shk_report *whole, struct text bytes)
{
	enum shk_report_format format = whole->options.format;
	const struct text none = { bytes.data, 0 };

	if (format == SHK_REPORT_JUNIT)
		junit_append(whole, bytes);
	else if (format == SHK_REPORT_HTML)
		html_append(whole, bytes);
	else if (format == SHK_REPORT_XLSX)
		xlsx_append(whole, bytes);
	else if (format != SHK_REPORT_SARIF && format != SHK_REPORT_EXPLAIN)
		return bytes;
	if (format != SHK_REPORT_SARIF && format != SHK_REPORT_EXPLAIN)
		return none;
	if (!whole->listed) {
		bytes.data++;
		bytes.size--;
	}
	whole->listed = true;
	return bytes;
}

enum shk_code report_append(shk_report *whole, struct text bytes,
	const struct report_tally *tally, shk_diag *diag)
{
	enum shk_code code;

	if (tally)
		report_count(whole, tally);
	if (bytes.size == 0)
		return SHK_OK;
	report_begin(whole);
	bytes = report_separate(whole, bytes);
	code = report_flush(whole, diag);
	if (!code && bytes.size &&
		!whole->sink.write(whole->sink.context, bytes.data, bytes.size))
		code = diag_set(diag, SHK_E_IO, "cannot write the report");
	return code;
}

size_t shk_report_count(const shk_report *report, enum shk_status status)
{
	return report->counts[status];
}

const char *shk_report_newest(const shk_report *report)
{
	return report->newest[0] ? report->newest : NULL;
}

void shk_report_free(shk_report *report)
{
	if (!report)
		return;
	for (size_t i = 0; i < report->options.keep_count; i++)
		memory_free((void *)(uintptr_t)report->options.keep[i]);
	memory_free((void *)(uintptr_t)report->options.keep);
	memory_free(report->branch);
	template_list_free(report->templates);
	buffer_release(&report->out);
	buffer_release(&report->scratch);
	buffer_release(&report->suite.cases);
	buffer_release(&report->suite.path);
	html_release(&report->page);
	xlsx_free(report->book);
	memory_free(report);
}
