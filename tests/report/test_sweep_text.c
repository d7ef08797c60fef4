/*
 * A sweep as a table: what has no room in a line is told below it, what is
 * wide is wrapped, and nothing of it is lost.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "report/sample.h"
#include "report/sweep.h"

#define OUTPUTS 7

/* One point with so many outputs, the first of which has the text. */
static void write_sweep(struct buffer *out, size_t count, const char *text)
{
	static const char *const cells[] = { "1" };
	static const char *const names[OUTPUTS] = { "o1", "o2", "o3", "o4",
		"o5", "o6", "o7" };
	struct price_output outputs[OUTPUTS];
	shk_result point = sample_empty();
	struct shk_sweep sweep = { .id = "A",
		.name = "a",
		.policy = "{}",
		.axis_count = 1,
		.count = 1,
		.points = &point };
	struct sweep_writer writer = { .out = out,
		.sweep = &sweep,
		.language = SHK_ENGLISH,
		.output = "o1",
		.unit = "" };

	sweep.axes[0] = (struct sweep_axis){ .fact = "n",
		.label_ja = "n",
		.label_en = "n",
		.unit = "",
		.count = 1,
		.cells = cells,
		.values = cells };
	for (size_t i = 0; i < OUTPUTS; i++)
		outputs[i] = (struct price_output){ .name = names[i],
			.label_ja = "",
			.label_en = "",
			.unit = "",
			.status = SHK_DETERMINED,
			.value = i ? sample_number("7") : sample_text(text) };
	point.status = SHK_DETERMINED;
	point.outputs = outputs;
	point.output_count = count;
	buffer_clear(out);
	buffer_init(&writer.cell);
	sweep_text(&writer);
	buffer_release(&writer.cell);
	cr_assert_not(out->failed);
}

/* A table has eight columns: the value, the status, and six outputs. */
Test(sweep_text, columns_of_a_table)
{
	struct buffer out;

	buffer_init(&out);
	write_sweep(&out, 6, "x");
	cr_expect(strstr(out.data, " o6\n"), "%s", out.data);
	cr_expect_null(strstr(out.data, "No room"), "%s", out.data);
	write_sweep(&out, 7, "x");
	cr_expect(strstr(out.data, " o6\n"), "%s", out.data);
	cr_expect(
		strstr(out.data, "\nNo room for o7: CSV and JSON have all.\n"),
		"%s", out.data);
	buffer_release(&out);
}

/* A column is 28 wide at most, and what is longer goes on below. */
Test(sweep_text, width_of_a_column)
{
	struct buffer out;

	buffer_init(&out);
	write_sweep(&out, 1, "abcdefghijklmnopqrstuvwxyzAB");
	cr_expect(strstr(out.data, "  abcdefghijklmnopqrstuvwxyzAB\n"), "%s",
		out.data);
	write_sweep(&out, 1, "abcdefghijklmnopqrstuvwxyzABC");
	cr_expect(strstr(out.data, "  abcdefghijklmnopqrstuvwxyzAB\n"), "%s",
		out.data);
	cr_expect(strstr(out.data, "  C\n"), "%s", out.data);
	buffer_release(&out);
}
