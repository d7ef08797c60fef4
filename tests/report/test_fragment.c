/*
 * Fragments and their appending: whatever the portions, the bytes, the counts
 * and the assumed revision are those of one report.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "report/fragment.h"
#include "report/sample.h"

#define COUNT 9

static bool keep(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return true;
}

/* Findings and none, three files, weak evidence, an assumed revision. */
static void fill(shk_result results[COUNT])
{
	for (size_t i = 0; i < COUNT; i++) {
		results[i] =
			i % 3 ? sample_undetermined() : sample_determined();
		results[i].path = i < 4 ? "a.csv" : i < 6 ? "b.csv" : "-";
		results[i].row = (long)i + 2;
	}
	results[0].output_count = 2; /* nothing open: no finding */
	results[2] = sample_error();
	results[3].status = SHK_NOT_APPLICABLE;
	results[7] = sample_error();
	results[8].id = "tab\t, \"quote\"\nline";
}

static shk_report *open_report(
	const shk_report_options *options, struct buffer *out)
{
	shk_sink sink = { out, keep };
	shk_report *report = NULL;
	shk_diag diag = { 0 };

	cr_assert_eq(shk_report_new(&report, options, sink, &diag), SHK_OK);
	return report;
}

static shk_report *open_fragment(const shk_report *whole, struct buffer *out)
{
	shk_sink sink = { out, keep };
	shk_report *report = NULL;
	shk_diag diag = { 0 };

	cr_assert_eq(report_fragment(&report, whole, sink, &diag), SHK_OK);
	return report;
}

static void close_report(shk_report *report)
{
	shk_diag diag = { 0 };

	cr_assert_eq(shk_report_finish(report, &diag), SHK_OK);
	shk_report_free(report);
}

/* What a fragment wrote goes into the whole; in two pieces, cut at `cut`. */
static void append(shk_report *whole, shk_report *fragment,
	struct buffer *bytes, size_t cut)
{
	struct report_tally tally;
	struct text first = { bytes->data, cut };
	struct text rest = { bytes->data + cut, bytes->size - cut };
	shk_diag diag = { 0 };

	report_take(fragment, &tally);
	cr_assert_eq(report_append(whole, first, NULL, &diag), SHK_OK);
	cr_assert_eq(report_append(whole, rest, &tally, &diag), SHK_OK);
	buffer_clear(bytes);
}

/* One report; then two fragments by turns with `each` results at a time. */
static void expect_same(const shk_report_options *options,
	const shk_result *const *results, size_t count, size_t each)
{
	struct buffer one, joined, pieces[2];
	shk_report *fragments[2], *whole;
	shk_diag diag = { 0 };

	buffer_init(&one);
	buffer_init(&joined);
	buffer_text(&one, "");
	buffer_text(&joined, "");
	sample_write(&one, options, results, count);
	whole = open_report(options, &joined);
	for (int i = 0; i < 2; i++) {
		buffer_init(&pieces[i]);
		buffer_text(&pieces[i], "");
		fragments[i] = open_fragment(whole, &pieces[i]);
	}
	for (size_t at = 0, turn = 0; at < count; at += each, turn = !turn) {
		size_t cut = 0;

		for (size_t i = at; i < at + each && i < count; i++) {
			cr_assert_eq(shk_report_result(fragments[turn],
					     results[i], &diag),
				SHK_OK);
			if (i == at)
				cut = pieces[turn].size;
		}
		append(whole, fragments[turn], &pieces[turn], cut);
	}
	close_report(whole);
	cr_expect_eq(one.size, joined.size, "format %d, portions of %zu",
		(int)options->format, each);
	cr_expect_str_eq(one.data, joined.data, "format %d, portions of %zu",
		(int)options->format, each);
	for (int i = 0; i < 2; i++) {
		shk_report_free(fragments[i]);
		buffer_release(&pieces[i]);
	}
	buffer_release(&one);
	buffer_release(&joined);
}

Test(fragment, same_bytes_in_every_format)
{
	static const struct shk_snapshot_header header = {
		.engine = "1", .rulebook = "sha256:00", .policy = "{}"
	};
	shk_result results[COUNT];
	const shk_result *all[COUNT];

	fill(results);
	for (size_t i = 0; i < COUNT; i++)
		all[i] = &results[i];
	for (int format = 0; format <= SHK_REPORT_TAP; format++) {
		shk_report_options options = {
			.format = (enum shk_report_format)format,
			.assumed_newest = true,
			.header = &header
		};

		for (size_t each = 1; each <= COUNT; each++)
			expect_same(&options, all, COUNT, each);
		expect_same(&options, NULL, 0, 1);
	}
}

/* The ceiling of a suite falls into a portion, not at its end. */
Test(fragment, ceiling_of_a_suite)
{
	static const shk_result *all[10001];
	shk_report_options options = { .format = SHK_REPORT_JUNIT };
	shk_result a = sample_determined();

	for (size_t i = 0; i < 10001; i++)
		all[i] = &a;
	expect_same(&options, all, 10000, 3000);
	expect_same(&options, all, 10001, 3000);
}

Test(fragment, counts_are_added_and_begin_anew)
{
	shk_report_options options = { .format = SHK_REPORT_TAP,
		.assumed_newest = true };
	struct buffer out, piece;
	shk_report *whole, *fragment;
	shk_result b = sample_undetermined();
	shk_diag diag = { 0 };

	buffer_init(&out);
	buffer_init(&piece);
	whole = open_report(&options, &out);
	fragment = open_fragment(whole, &piece);
	for (size_t i = 1; i <= 2; i++) {
		shk_report_result(fragment, &b, &diag);
		append(whole, fragment, &piece, 0);
		cr_expect_eq(shk_report_count(fragment, SHK_UNDETERMINED), 0);
		cr_expect_null(shk_report_newest(fragment));
		cr_expect_eq(shk_report_count(whole, SHK_UNDETERMINED), i);
	}
	cr_expect_str_eq(shk_report_newest(whole), "r8");
	close_report(whole);
	cr_expect_not_null(strstr(out.data, "\n1..2\n"));
	shk_report_free(fragment);
	buffer_release(&out);
	buffer_release(&piece);
}
