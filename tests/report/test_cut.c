/*
 * What is too much to be shown: each form says that there is more.
 */
#include <criterion/criterion.h>
#include <string.h>

#include <shokan/proof.h>

#include "report/sample.h"

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
