/*
 * The ceilings of a workbook, at them and one past: past them the report is
 * refused and nothing is written.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "report/xlsx.h"
#include "sample.h"

TestSuite(xlsx_limits, .timeout = 60);

static bool count_bytes(void *context, const char *data, size_t size)
{
	size_t *bytes = context;

	(void)data;
	*bytes += size;
	return true;
}

struct making {
	shk_report *report;
	size_t bytes;
};

static void making_open(struct making *making)
{
	const shk_report_options options = { .format = SHK_REPORT_XLSX };
	shk_sink sink = { &making->bytes, count_bytes };
	shk_diag diag = { 0 };

	making->bytes = 0;
	cr_assert_eq(
		shk_report_new(&making->report, &options, sink, &diag), SHK_OK);
}

/* Full or not; without the library a workbook that fits is SHK_E_IO. */
static void making_close(struct making *making, bool full, const char *what)
{
	shk_diag diag = { 0 };
	enum shk_code code = shk_report_finish(making->report, &diag);

	cr_expect(
		full ? code == SHK_E_LIMIT : code == SHK_OK || code == SHK_E_IO,
		"%s: %s", what, diag.message);
	cr_expect_eq(making->bytes > 0, code == SHK_OK, "%s", what);
	shk_report_free(making->report);
}

static void add(struct making *making, const shk_result *result)
{
	shk_diag diag = { 0 };

	/* a full workbook may say so at once, and says so at the end */
	shk_report_result(making->report, result, &diag);
}

/* Beside the outputs: id, status, four lists, the rulebook and the policy. */
Test(xlsx_limits, columns_of_a_sheet)
{
	static struct price_output outputs[XLSX_COLUMNS_MAX];
	static char names[XLSX_COLUMNS_MAX][8];

	for (size_t i = 0; i < XLSX_COLUMNS_MAX; i++) {
		snprintf(names[i], sizeof(names[i]), "o%zu", i);
		outputs[i] = (struct price_output){ .name = names[i],
			.label_ja = "",
			.label_en = "",
			.unit = "",
			.status = SHK_DETERMINED,
			.value = sample_number("1") };
	}
	for (size_t more = 0; more < 2; more++) {
		shk_result result = sample_empty();
		struct making making;

		result.id = "A";
		result.decision = "d";
		result.outputs = outputs;
		result.output_count = XLSX_COLUMNS_MAX - 8 + more;
		making_open(&making);
		add(&making, &result);
		making_close(&making, more, "columns");
	}
}

Test(xlsx_limits, sheets_of_a_workbook)
{
	for (size_t more = 0; more < 2; more++) {
		struct making making;

		making_open(&making);
		for (size_t i = 0; i < XLSX_SHEETS_MAX + more; i++) {
			shk_result result = sample_empty();
			char name[16];

			snprintf(name, sizeof(name), "d%zu", i);
			result.decision = name;
			add(&making, &result);
		}
		making_close(&making, more, "sheets");
	}
}

Test(xlsx_limits, characters_of_a_cell)
{
	static char text[XLSX_CELL_MAX + 2];

	for (size_t more = 0; more < 2; more++) {
		shk_result result = sample_empty();
		struct making making;

		memset(text, 'x', XLSX_CELL_MAX + more);
		text[XLSX_CELL_MAX + more] = '\0';
		result.decision = "d";
		result.name = text;
		making_open(&making);
		add(&making, &result);
		making_close(&making, more, "characters");
	}
}

Test(xlsx_limits, results_of_a_workbook)
{
	for (size_t more = 0; more < 2; more++) {
		struct making making;

		making_open(&making);
		for (size_t i = 0; i < XLSX_RESULTS_MAX + more; i++) {
			shk_result result = sample_empty();

			result.decision = "d";
			add(&making, &result);
		}
		making_close(&making, more, "results");
	}
}
