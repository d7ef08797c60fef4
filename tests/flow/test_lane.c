/*
 * The short way of a row is not to be seen: where answers are remembered and
 * where every one is worked out anew the same comes out, to the last byte, of
 * files of every kind; and the short way is taken.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flow/flow.h"
#include "record/records.h"
#include "flow/flowing.h"

static const char header[] = "id,name,orphan_designated,indication_aid,"
			     "annual_tests,base_points";

static uint64_t seed;

static unsigned draw(unsigned below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % below;
}

static const char *pick(const char *const *words)
{
	unsigned count = 0;

	while (words[count])
		count++;
	return words[draw(count)];
}

/* How a file is made. */
struct make {
	const char *name, *line_end;
	unsigned odd; /* cells out of the ordinary, in a thousand */
	unsigned ids; /* rows that do not count up, in a thousand */
	bool mark;    /* of byte order, in front */
	bool dates;   /* columns as_of and maker */
	bool cp932;
};

static const char *draw_id(const struct make *make, unsigned row)
{
	static const char *const odd[] = { "", "unknown", "none", "\"Q,1\"",
		"=1", "-1", "-1|2", "+x", "@y", " a", "b ", "\"c\"", "d\"e",
		"\"f\ng\"", "ｱ", NULL };
	static char id[16];

	if (draw(1000) < make->odd)
		return pick(odd);
	snprintf(id, sizeof(id), "P%05u",
		draw(1000) < make->ids ? draw(row + 1) : row);
	return id;
}

static void draw_row(const struct make *make, struct buffer *out, unsigned row)
{
	static const char *const truths[] = { "true", "false", NULL };
	static const char *const odd[] = { "", "yes", "はい", "TRUE", "unknown",
		"none", "1", "0", "x", "\"true\"", "１２", "007", "1.5", "-3",
		"1,2", "\"1\n2\"", "1 ", "99999999999999999999", "0.1", "1e3",
		"123456789012345", "1234567890123456", NULL };

	buffer_format(out, "%s,検査%u,%s", draw_id(make, row), draw(9),
		pick(draw(1000) < make->odd ? odd : truths));
	buffer_format(out, ",%s", pick(draw(1000) < make->odd ? odd : truths));
	for (unsigned i = 0; i < 2; i++)
		if (draw(1000) < make->odd)
			buffer_format(out, ",%s", pick(odd));
		else
			buffer_format(out, ",%u",
				i + (draw(2) ? draw(8) * 200 : 1 + draw(1300)));
	if (make->dates)
		buffer_format(out, ",%s,株式会社%c",
			draw(9) ? (draw(3) ? "2026-06-01" : "2025-04-01")
				: "2019-01-01",
			'A' + (int)draw(3));
	buffer_text(out, make->line_end);
}

static const char *make_file(const struct make *make, unsigned count)
{
	struct buffer text;
	const char *path;

	seed = 20261124;
	buffer_init(&text);
	buffer_format(&text, "%s%s%s%s", make->mark ? "\xef\xbb\xbf" : "",
		header, make->dates ? ",as_of,maker" : "", make->line_end);
	for (unsigned i = 0; i < count; i++)
		draw_row(make, &text, i);
	path = flowing_file(".csv", text.data, text.size);
	if (make->cp932) {
		char command[256];

		snprintf(command, sizeof(command),
			"iconv -f UTF-8 -t CP932 %s >%s.x && mv %s.x %s", path,
			path, path, path);
		cr_assert_eq(system(command), 0);
	}
	buffer_release(&text);
	return path;
}

/* Anew and on one thread in one part, against all others. */
static void check(struct flowing *flowing, const char *path, const char *row)
{
	static const unsigned jobs[] = { 1, 1, 2, 7 };
	static const size_t sizes[] = { 1u << 24, 900, 3000, 1200 };
	char *expected;

	flowing->anew = true;
	expected = strdup(flowing_run(flowing, path, 1, 1u << 24, 0));
	flowing->anew = false;
	for (size_t i = 0; i < 4; i++)
		cr_assert_str_eq(
			flowing_run(flowing, path, jobs[i], sizes[i], 0),
			expected, "%s: %u jobs, parts of %zu", row, jobs[i],
			sizes[i]);
	free(expected);
}

static const struct make makes[] = {
	{ .name = "known", .line_end = "\n" },
	{ .name = "CR LF", .line_end = "\r\n", .odd = 5 },
	{ .name = "CR", .line_end = "\r", .odd = 5 },
	{ .name = "odd", .line_end = "\n", .odd = 60, .ids = 20 },
	{ .name = "identifiers", .line_end = "\n", .ids = 300 },
	{ .name = "mark", .line_end = "\n", .odd = 5, .mark = true },
	{ .name = "CP932", .line_end = "\n", .ids = 5, .cp932 = true },
	{ .name = "dates", .line_end = "\r\n", .odd = 5, .dates = true },
};

#define MAKES	  (sizeof(makes) / sizeof(makes[0]))
#define ROWS	  1500
#define SAME_ROWS 400

Test(lane, the_same_as_without_it)
{
	static const char *const few[] = { "id", "status", "value" };
	static const char *const other[] = { "id", "decision", "points",
		"reason", "as_of", "message" };
	static const char *const late[] = { "status", "id", "name" };
	struct flowing flowing;

	flowing_open(&flowing);
	flowing.lone = true;
	for (size_t i = 0; i < MAKES; i++) {
		const char *path = make_file(&makes[i], SAME_ROWS);

		flowing.columns = few;
		flowing.column_count = 3;
		check(&flowing, path, makes[i].name);
		flowing.columns = i % 2 ? other : late;
		flowing.column_count = i % 2 ? 6 : 3;
		check(&flowing, path, makes[i].name);
		flowing.columns = NULL;
		flowing.column_count = 0;
		flowing.all = i % 2 == 0;
		flowing.format = i % 4 < 2 ? SHK_REPORT_CSV : SHK_REPORT_JSON;
		check(&flowing, path, makes[i].name);
		flowing.all = false;
		flowing.format = SHK_REPORT_JSON;
		flowing.steps = i % 2;
		check(&flowing, path, makes[i].name);
		flowing.steps = false;
		flowing.format = SHK_REPORT_CSV;
		unlink(path);
	}
	flowing_close(&flowing);
}

static bool nowhere(void *context, const char *data, size_t size)
{
	return !context || data || size;
}

/* A worker, and one part that is the whole file; its report's bytes. */
struct shift {
	shk_report *report;
	shk_flow_totals totals;
	shk_flow_options options;
	struct flow flow;
	struct flow_worker worker;
	struct flow_slot slot;
	struct parts *parts;
};

static void shift_work(struct shift *shift, struct flowing *flowing,
	const char *path, const char *decision)
{
	shk_price_options price = { .decisions = &decision,
		.decision_count = 1 };
	shk_report_options shape = { .format = SHK_REPORT_CSV };
	shk_sink sink = { shift, nowhere };
	struct flow *flow = &shift->flow;
	shk_diag diag = { 0 };

	memset(shift, 0, sizeof(*shift));
	cr_assert_eq(
		shk_report_new(&shift->report, &shape, sink, &diag), SHK_OK);
	shift->options = (shk_flow_options){ .rulebook = flowing->book,
		.schema = flowing->schema,
		.price = &price,
		.reports = &shift->report,
		.report_count = 1 };
	flow->options = &shift->options;
	flow->totals = &shift->totals;
	flow->path = path;
	flow->file = 1;
	cr_assert_eq(shk_records_open(&flow->records, flowing->schema, path,
			     NULL, &diag),
		SHK_OK);
	flow->ids = &flow->records->builder.own_ids;
	cr_assert_eq(worker_open(&shift->worker, flow, NULL, &diag), SHK_OK);
	cr_assert_eq(parts_open(&shift->parts, flow->records, 1u << 24, &diag),
		SHK_OK);
	slot_init(&shift->slot);
	cr_assert_eq(
		parts_next(shift->parts, &shift->slot.part, &diag), SHK_OK);
	worker_part(&shift->worker, &shift->slot, NULL);
}

static void shift_end(struct shift *shift)
{
	slot_release(&shift->slot);
	parts_close(shift->parts);
	worker_close(&shift->worker);
	shk_records_close(shift->flow.records);
	shk_report_free(shift->report);
}

/* All but the first row of a kind and of an answer, and some at the ends. */
Test(lane, is_taken)
{
	const char *path = make_file(&makes[0], ROWS);
	struct flowing flowing;
	struct shift shift;

	flowing_open(&flowing);
	shift_work(&shift, &flowing, path, "rare_disease_coefficient");
	cr_expect_eq(shift.slot.records, ROWS);
	cr_assert_not_null(shift.worker.lane.repeats);
	cr_expect_gt(repeats_found(shift.worker.lane.repeats), ROWS - 100);
	shift_end(&shift);
	unlink(path);
	flowing_close(&flowing);
}

/* Where no two rows are alike it is left for good. */
Test(lane, is_left_when_in_vain)
{
	struct flowing flowing;
	struct shift shift;
	struct buffer text;
	const char *path;

	buffer_init(&text);
	buffer_format(&text, "%s,as_of\n", header);
	for (unsigned i = 0; i < REPEAT_TRIAL + 100; i++)
		buffer_format(&text,
			"P%u,,true,false,1%u.5,1,20%02u-%02u-%02u\n", i, i,
			26 + i % 9, 1 + i / 9 % 12, 1 + i / 108 % 28);
	path = flowing_file(".csv", text.data, text.size);
	flowing_open(&flowing);
	shift_work(&shift, &flowing, path, "rare_disease_coefficient");
	cr_expect_eq(shift.slot.records, REPEAT_TRIAL + 100);
	cr_expect_null(shift.worker.lane.rows);
	shift_end(&shift);
	unlink(path);
	flowing_close(&flowing);
	buffer_release(&text);
}
