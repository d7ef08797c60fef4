/*
 * What is too much to be shown: each form says that there is more.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <shokan/proof.h>

#include "report/sample.h"
#include "report/writer.h"

static bool keep(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return true;
}

/* What one form says of a result. */
static void write_as(struct buffer *out, enum shk_report_format format,
	const shk_result *result)
{
	const shk_report_options options = { .format = format, .steps = true };

	buffer_clear(out);
	sample_write(out, &options, &result, 1);
}

/* Steps that are left out: behind the last, only when there are any. */
Test(cut, steps)
{
	static const struct {
		enum shk_report_format format;
		const char *said;
	} rows[] = {
		{ SHK_REPORT_EXPLAIN,
			"There are more; these are the first.\n" },
		{ SHK_REPORT_HTML,
			"<p class=\"rule\">There are more; these are the first."
			"</p>" },
		{ SHK_REPORT_JSON,
			"},{\"step\":\"cut\",\"depth\":0,\"name\":\"\","
			"\"value\":null}],\"rulebook\"" },
		{ SHK_REPORT_CSV, "{\"\"step\"\":\"\"cut\"\"" },
	};
	shk_result result = sample_determined();
	struct buffer out;

	buffer_init(&out);
	sample_add_steps(&result);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (int cut = 0; cut < 2; cut++) {
			result.steps_cut = cut != 0;
			write_as(&out, rows[i].format, &result);
			cr_expect_eq(strstr(out.data, rows[i].said) != NULL,
				cut != 0, "row %zu:\n%s", i, out.data);
		}
	buffer_release(&out);
}

static bool see_last(void *context, const shk_proof_row *row)
{
	struct buffer *out = context;

	buffer_clear(out);
	buffer_format(out, "%s: %s", row->kind, row->text);
	return strcmp(row->kind, "cut") != 0;
}

Test(cut, steps_as_rows)
{
	shk_result result = sample_determined();
	struct buffer out;
	shk_diag diag = { 0 };

	buffer_init(&out);
	sample_add_steps(&result);
	result.steps_cut = true;
	cr_expect_eq(
		shk_result_proof(&result, SHK_ENGLISH, see_last, &out, &diag),
		SHK_OK);
	cr_expect_str_eq(out.data, "cut: There are more; these are the first.");
	buffer_release(&out);
}

static size_t count_of(const struct buffer *out, const char *what)
{
	size_t count = 0;

	for (const char *at = out->data; (at = strstr(at, what)) != NULL; at++)
		count++;
	return count;
}

/* A bar a step, and the price: twelve at most, or there is no drawing. */
Test(cut, bars_of_a_drawing)
{
	const shk_report_options options = { .format = SHK_REPORT_HTML };
	struct price_step steps[12];
	shk_result result = sample_determined();
	const shk_result *all = &result;
	struct buffer out;

	memset(steps, 0, sizeof(steps));
	for (size_t i = 0; i < 12; i++)
		steps[i] = (struct price_step){ .kind = PRICE_STEP_DECISION,
			.chart = PRICE_CHART_ADD,
			.label_ja = "part",
			.label_en = "part",
			.formula = "",
			.description = "",
			.name = text_of("part"),
			.value = sample_number("1") };
	result.steps = steps;
	result.output_count = 1;
	buffer_init(&out);
	for (result.step_count = 11; result.step_count < 13;
		result.step_count++) {
		buffer_clear(&out);
		sample_write(&out, &options, &all, 1);
		cr_expect_eq(count_of(&out, "<rect "),
			result.step_count == 11 ? 12u : 0u, "%s", out.data);
		/* the steps themselves are told all the same */
		cr_expect_geq(count_of(&out, "part"), result.step_count);
	}
	buffer_release(&out);
}

/* So many results with an HTML report; what the last of them says. */
static enum shk_code write_html(
	struct buffer *out, enum shk_piece piece, size_t count, shk_diag *diag)
{
	const shk_report_options options = { .format = SHK_REPORT_HTML,
		.piece = piece };
	shk_result result = sample_empty();
	shk_report *report = NULL;
	enum shk_code code = SHK_OK;

	result.decision = "d";
	result.status = SHK_NOT_APPLICABLE;
	buffer_clear(out);
	cr_assert_eq(shk_report_new(
			     &report, &options, (shk_sink){ out, keep }, diag),
		SHK_OK);
	for (size_t i = 0; i < count; i++) {
		code = shk_report_result(report, &result, diag);
		if (code)
			break;
	}
	if (!code)
		code = shk_report_finish(report, diag);
	shk_report_free(report);
	return code;
}

Test(cut, results_of_a_page)
{
	for (size_t more = 0; more < 2; more++) {
		struct buffer out;
		shk_diag diag = { 0 };

		buffer_init(&out);
		cr_expect_eq(write_html(&out, SHK_PIECE_NONE,
				     REPORT_HTML_MAX + more, &diag),
			more ? SHK_E_LIMIT : SHK_OK, "%s", diag.message);
		cr_expect_eq(
			strstr(diag.message, "at most 10000 results") != NULL,
			more != 0, "%s", diag.message);
		buffer_release(&out);
	}
}

Test(cut, rows_of_a_table)
{
	for (size_t more = 0; more < 2; more++) {
		struct buffer out;
		shk_diag diag = { 0 };

		buffer_init(&out);
		cr_expect_eq(write_html(&out, SHK_PIECE_TABLE,
				     REPORT_TABLE_MAX + more, &diag),
			SHK_OK, "%s", diag.message);
		cr_expect_eq(
			count_of(&out, "<tr class="), (size_t)REPORT_TABLE_MAX);
		cr_expect_eq(count_of(&out, ">The first 1000 "), more, "%.300s",
			out.data);
		buffer_release(&out);
	}
}

/* An error with a message of so many bytes, and a small one. */
static void write_junit(struct buffer *out, size_t size)
{
	static char message[(9u << 20) / 2];
	const shk_report_options options = { .format = SHK_REPORT_JUNIT };
	shk_result large = sample_error(), small = sample_error();
	const shk_result *const all[] = { &large, &small };

	cr_assert_lt(size, sizeof(message));
	memset(message, 'x', size);
	message[size] = '\0';
	large.message = message;
	buffer_clear(out);
	sample_write(out, &options, all, 2);
}

/* Bytes that wait when the second case comes. */
static size_t waiting(const struct buffer *out)
{
	const char *from = strstr(out->data, "    <properties>");
	const char *to = strstr(out->data, "</testcase>\n");

	cr_assert(from && to);
	return (size_t)(to + strlen("</testcase>\n") - from);
}

/* Text that waits is written once there are more than 8 MiB of it. */
Test(cut, bytes_of_a_suite)
{
	const size_t most = 8u << 20;
	struct buffer out;
	size_t own, slope, size;

	buffer_init(&out);
	write_junit(&out, 100);
	own = waiting(&out);
	write_junit(&out, 101);
	slope = waiting(&out) - own;
	cr_assert_gt(slope, 0u);
	size = 100 + (most - own) / slope;
	write_junit(&out, size);
	cr_expect_leq(waiting(&out), most);
	cr_expect_eq(count_of(&out, "<testsuite "), 1u);
	write_junit(&out, size + 1);
	cr_expect_gt(waiting(&out), most);
	cr_expect_eq(count_of(&out, "<testsuite "), 2u);
	cr_expect_eq(count_of(&out, "<testcase "), 2u);
	buffer_release(&out);
}
