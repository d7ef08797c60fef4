/*
 * Parts and their joining: whatever the portions, the bytes, the counts and
 * the assumed revision are those of one report.
 */
#include <string.h>

#include <criterion/criterion.h>

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
	shk_report_options options, bool part, struct buffer *out)
{
	shk_sink sink = { out, keep };
	shk_report *report = NULL;
	shk_diag diag = { 0 };

	options.part = part;
	cr_assert_eq(shk_report_new(&report, &options, sink, &diag), SHK_OK);
	return report;
}

static void close_report(shk_report *report)
{
	shk_diag diag = { 0 };

	cr_assert_eq(shk_report_finish(report, &diag), SHK_OK);
	shk_report_free(report);
}

/* One report; then two parts by turns that get `each` results at a time. */
static void expect_same(const shk_report_options *options,
	const shk_result *const *results, size_t count, size_t each)
{
	struct buffer whole, joined, pieces[2];
	shk_report *parts[2], *report;
	shk_diag diag = { 0 };

	buffer_init(&whole);
	buffer_init(&joined);
	sample_write(&whole, options, results, count);
	report = open_report(*options, false, &joined);
	for (int i = 0; i < 2; i++) {
		buffer_init(&pieces[i]);
		parts[i] = open_report(*options, true, &pieces[i]);
	}
	for (size_t at = 0, turn = 0; at < count; at += each, turn = !turn) {
		for (size_t i = at; i < at + each && i < count; i++)
			cr_assert_eq(shk_report_result(
					     parts[turn], results[i], &diag),
				SHK_OK);
		cr_assert_eq(shk_report_finish(parts[turn], &diag), SHK_OK);
		cr_assert_eq(shk_report_join(report, pieces[turn].data,
				     pieces[turn].size, &diag),
			SHK_OK, "%s", diag.message);
		buffer_clear(&pieces[turn]);
	}
	close_report(report);
	cr_expect(whole.size == joined.size &&
			  (whole.size == 0 || memcmp(whole.data, joined.data,
						      whole.size) == 0),
		"format %d, portions of %zu: %s", (int)options->format, each,
		joined.data);
	for (int i = 0; i < 2; i++) {
		shk_report_free(parts[i]);
		buffer_release(&pieces[i]);
	}
	buffer_release(&whole);
	buffer_release(&joined);
}

Test(part, same_bytes_in_every_format)
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

		if (format == SHK_REPORT_EXPLAIN)
			continue;
		for (size_t each = 1; each <= COUNT; each++)
			expect_same(&options, all, COUNT, each);
		expect_same(&options, NULL, 0, 1);
	}
}

/* The ceiling of a suite falls into a portion, not at its end. */
Test(part, ceiling_of_a_suite)
{
	static const shk_result *all[10001];
	shk_report_options options = { .format = SHK_REPORT_JUNIT };
	shk_result a = sample_determined();

	for (size_t i = 0; i < 10001; i++)
		all[i] = &a;
	expect_same(&options, all, 10000, 3000);
	expect_same(&options, all, 10001, 3000);
}

Test(part, counts_are_joined_and_begin_anew)
{
	shk_report_options options = { .format = SHK_REPORT_TAP,
		.assumed_newest = true };
	struct buffer out, piece;
	shk_report *report, *part;
	shk_result b = sample_undetermined();
	shk_diag why = { .code = SHK_E_INPUT, .message = "no record" };
	shk_diag diag = { 0 };

	buffer_init(&out);
	buffer_init(&piece);
	report = open_report(options, false, &out);
	part = open_report(options, true, &piece);
	shk_report_result(part, &b, &diag);
	shk_report_trouble(part, &why, &diag);
	cr_expect_eq(shk_report_finish(part, &diag), SHK_OK);
	cr_expect_eq(shk_report_count(part, SHK_UNDETERMINED), 0);
	cr_expect_null(shk_report_newest(part));
	for (size_t i = 1; i <= 2; i++) {
		cr_expect_eq(
			shk_report_join(report, piece.data, piece.size, &diag),
			SHK_OK);
		cr_expect_eq(shk_report_count(report, SHK_UNDETERMINED), i);
		cr_expect_eq(shk_report_count(report, SHK_ERROR), i);
	}
	cr_expect_str_eq(shk_report_newest(report), "r8");
	close_report(report);
	cr_expect_not_null(strstr(out.data, "\n1..4\n"));
	shk_report_free(part);
	buffer_release(&out);
	buffer_release(&piece);
}

/* A cut portion is refused, whatever is missing of it. */
Test(part, damaged)
{
	shk_report_options options = { .format = SHK_REPORT_JUNIT };
	struct buffer piece;
	shk_report *part;
	shk_result b = sample_undetermined();
	shk_diag diag = { 0 };
	size_t nothing; /* bytes of a portion without results */

	buffer_init(&piece);
	part = open_report(options, true, &piece);
	cr_expect_eq(shk_report_finish(part, &diag), SHK_OK);
	nothing = piece.size;
	buffer_clear(&piece);
	shk_report_result(part, &b, &diag);
	cr_expect_eq(shk_report_finish(part, &diag), SHK_OK);
	for (size_t cut = 1; cut <= piece.size; cut++) {
		struct buffer out;
		shk_report *report;

		if (piece.size - cut == nothing)
			continue;
		buffer_init(&out);
		report = open_report(options, false, &out);
		memset(&diag, 0, sizeof(diag));
		cr_expect_eq(shk_report_join(report, piece.data + cut,
				     piece.size - cut, &diag) == SHK_OK,
			false, "cut %zu", cut);
		shk_report_free(report);
		buffer_release(&out);
	}
	shk_report_free(part);
	buffer_release(&piece);
}
