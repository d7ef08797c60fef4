/*
 * The same records under two revisions, each as of its own first day, as
 * snapshots in order; then what differs between these.
 */
#include <string.h>

#include "base/diag.h"
#include "serve/compare.h"

/* In place of what says a revision or a day, the revision of the side. */
static enum shk_code side_asked(
	struct compare *compare, struct compare_side *side)
{
	const struct serve_request *from = &compare->upload->asked;
	size_t count = from->query.count + from->form.count;
	struct serve_pair *pairs =
		arena_zeroed(&compare->arena, count + 1, sizeof(*pairs));
	const struct serve_pair *pair;
	size_t kept = 0;

	if (!pairs)
		return diag_memory(compare->diag);
	for (size_t i = 0; (pair = serve_request_pair(from, i)); i++)
		if (strcmp(pair->name, "revision") != 0 &&
			strcmp(pair->name, "as_of") != 0 &&
			strcmp(pair->name, SERVE_FACT "as_of") != 0)
			pairs[kept++] = *pair;
	pairs[kept++] = (struct serve_pair){ .name = "revision",
		.value = side->revision };
	side->asked = *from;
	side->asked.form = (struct serve_pairs){ pairs, kept };
	side->asked.query.count = 0;
	return SHK_OK;
}

static bool side_write(void *context, const char *data, size_t size)
{
	struct compare *compare = context;

	return shk_snapshot_sorter_add(compare->at->sorter, data, size,
		       compare->diag) == SHK_OK;
}

static bool side_piece(void *context, const char *data, size_t size)
{
	struct buffer *out = context;

	buffer_add(out, data, size);
	return !out->failed && out->size < SERVE_REPLY_MAX / 4;
}

static enum shk_code side_reports(
	struct compare *compare, struct compare_side *side)
{
	const struct serve_pricer *pricer = side->pricer;
	const struct shk_snapshot_header header = {
		.engine = shk_version(),
		.rulebook = shk_rulebook_hash(compare->app->rulebook),
		.revision = side->revision,
		.min_evidence = pricer->price.min_evidence,
		.policy = shk_pricer_policy(pricer->pricer),
	};
	const shk_report_options lines = { .format = SHK_REPORT_SNAPSHOT,
		.language = compare->shell->language };
	const shk_report_options piece = { .format = SHK_REPORT_HTML,
		.language = compare->shell->language,
		.piece = SHK_PIECE_PLAIN };
	enum shk_code code = shk_snapshot_sorter_new(
		&side->sorter, &header, NULL, compare->diag);

	if (!code)
		code = shk_report_new(&side->lines, &lines,
			(shk_sink){ compare, side_write }, compare->diag);
	if (!code && !compare->file)
		code = shk_report_new(&side->piece, &piece,
			(shk_sink){ &side->answer, side_piece }, compare->diag);
	return code;
}

static enum shk_code side_result(void *context, const shk_result *result)
{
	struct compare *compare = context;
	struct compare_side *side = compare->at;
	enum shk_code code =
		shk_report_result(side->lines, result, compare->diag);

	if (!code && side->piece)
		code = shk_report_result(side->piece, result, compare->diag);
	/* both sides read the same rows: they are told once */
	if (shk_result_status(result) == SHK_ERROR && !compare->told &&
		side == compare->sides) {
		shk_diag why = { 0 };

		diag_set(&why, SHK_E_INPUT, "%s", shk_result_message(result));
		diag_place(&why, shk_record_path(compare->record),
			shk_record_row(compare->record), 0);
		upload_wrong_add(compare->shell, &compare->wrong, &why);
		compare->told = true;
	}
	return code;
}

static enum shk_code side_record(struct compare *compare, enum shk_code read,
	shk_record *record, const shk_diag *why)
{
	struct compare_side *side = compare->at;
	enum shk_code code;

	compare->record = record;
	compare->told = read != SHK_OK;
	if (side == compare->sides)
		compare->seen++;
	if (read) {
		if (side == compare->sides)
			upload_wrong_add(compare->shell, &compare->wrong, why);
		return shk_pricer_refuse(side->pricer->pricer, record, why,
			side_result, compare, compare->diag);
	}
	/* the day of a record would choose between the revisions */
	code = shk_record_set(record, "as_of", "", compare->diag);
	return code ? code
		    : shk_pricer_price(side->pricer->pricer, record,
			      side_result, compare, compare->diag);
}

static enum shk_code side_records(
	struct compare *compare, struct serve_records *records)
{
	enum shk_code code = serve_records_open(
		records, compare->app, &compare->at->asked, compare->diag);

	while (!code) {
		shk_record *record = NULL;
		shk_diag why = { 0 };
		enum shk_code read = serve_records_next(records, &record, &why);

		if (read == SHK_END)
			break;
		if (read && !upload_is_row(read, record)) {
			*compare->diag = why;
			return read;
		}
		code = side_record(compare, read, record, &why);
	}
	return code;
}

static enum shk_code side_answer(struct compare *compare)
{
	const struct serve_extras extras = {
		.facts = true, .steps = !compare->file, .charts = !compare->file
	};
	struct compare_side *side = compare->at;
	struct serve_records records = { 0 };
	struct shk_line_source source;
	enum shk_code code = side_asked(compare, side);

	if (!code)
		code = serve_pricer_take(&side->pricer, compare->app,
			&side->asked, extras, compare->diag);
	if (!code)
		code = side_reports(compare, side);
	if (!code)
		code = side_records(compare, &records);
	serve_records_close(&records);
	if (!code)
		code = shk_report_finish(side->lines, compare->diag);
	if (!code && side->piece)
		code = shk_report_finish(side->piece, compare->diag);
	if (!code)
		code = shk_snapshot_sorter_source(
			side->sorter, &source, compare->diag);
	return code ? code
		    : shk_snapshot_from(&side->snapshot, side->revision, source,
			      compare->diag);
}

static enum shk_code run_change(
	struct compare *compare, const struct shk_change *change)
{
	compare->changes++;
	if (compare->report)
		return shk_change_report_add(
			compare->report, change, compare->diag);
	if (!compare->file)
		compare_change_list(compare, change);
	else if (compare->changes <= COMPARE_ROWS_MAX)
		compare_change(compare, change);
	return compare->rows.failed ? diag_memory(compare->diag) : SHK_OK;
}

static enum shk_code run_summary(
	struct compare *compare, shk_comparison *comparison)
{
	const struct shk_change_summary *summary;
	enum shk_code code =
		shk_compare_summary(comparison, &summary, compare->diag);

	if (!code && compare->report)
		code = shk_change_report_finish(
			compare->report, summary, compare->diag);
	return code;
}

static enum shk_code run_changes(struct compare *compare)
{
	const struct shk_compare_book book = { .rulebook =
						       compare->app->rulebook,
		.schema = compare->app->schema };
	const shk_compare_options options = { .book_count = 1, .books = &book };
	shk_comparison *comparison = NULL;
	const struct shk_change *change;
	enum shk_code code =
		shk_compare_new(&comparison, compare->sides[0].snapshot,
			compare->sides[1].snapshot, &options, compare->diag);

	while (!code) {
		code = shk_compare_next(comparison, &change, compare->diag);
		if (!code)
			code = run_change(compare, change);
	}
	if (code == SHK_END)
		code = run_summary(compare, comparison);
	shk_compare_free(comparison);
	return code;
}

enum shk_code compare_run(struct compare *compare)
{
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < 2 && !code; i++) {
		compare->at = &compare->sides[i];
		code = side_answer(compare);
	}
	if (!code)
		code = run_changes(compare);
	/* a sink of ours that failed has said why */
	if (code == SHK_E_IO && compare->diag->code)
		code = compare->diag->code;
	for (size_t i = 0; i < 2 && code; i++)
		if (compare->sides[i].answer.failed) {
			diag_clear(compare->diag);
			return diag_memory(compare->diag);
		}
	return code;
}

void compare_release(struct compare *compare)
{
	for (size_t i = 0; i < 2; i++) {
		struct compare_side *side = &compare->sides[i];

		shk_report_free(side->lines);
		shk_report_free(side->piece);
		shk_snapshot_close(side->snapshot);
		shk_snapshot_sorter_free(side->sorter);
		serve_pricer_give(compare->app, side->pricer);
		buffer_release(&side->answer);
	}
	shk_change_report_free(compare->report);
	buffer_release(&compare->rows);
	buffer_release(&compare->wrong.rows);
	arena_release(&compare->arena);
}
