/*
 * How much of a table is looked at before it is called too large to be proved.
 * The model has one table whose one row takes everything; only the certificate
 * makes the work large. What takes seconds is left to tests/long/limits.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certify/certify.h"
#include "certify/world.h"

#define FLAGS 100 /* columns of truth values, between two of words */

TestSuite(certify_prove, .timeout = 120, .fini = world_close);

static void put_table(struct buffer *out, size_t flags)
{
	buffer_text(out, "<decision id=\"i_d0\" name=\"d0\"><decisionTable "
			 "id=\"t0\" hitPolicy=\"COLLECT\">");
	for (size_t i = 0; i < flags + 2; i++)
		buffer_format(out,
			"<input><inputExpression><text>%s</text>"
			"</inputExpression></input>",
			i > 0 && i <= flags ? "flag" : "free");
	buffer_text(out, "<output/><rule>");
	for (size_t i = 0; i < flags + 2; i++)
		buffer_text(out, "<inputEntry><text>-</text></inputEntry>");
	buffer_text(out, "</rule></decisionTable></decision>");
}

/* What a certificate says before its cells. */
static void put_head(
	struct buffer *out, const struct models_table *table, size_t flags)
{
	buffer_format(out,
		"shokan certificate 1\nrevisions r1\n\ntable r1 t0 r1/m.dmn\n"
		"line %ld\nsource %s\npolicy COLLECT\n",
		table->line, table->source);
	for (size_t i = 0; i < flags + 2; i++)
		buffer_format(out, "column %zu %s -: %s\n", i + 1,
			i > 0 && i <= flags ? "boolean" : "string",
			i > 0 && i <= flags ? "flag" : "free");
	buffer_format(out, "row 1 line %ld: ", table->rows[0].line);
	for (size_t i = 0; i < flags + 2; i++)
		buffer_text(out, i ? " | -" : "-");
	buffer_text(out, "\n");
}

/* `not("w0","w1")`, or any of them: what is left behind `count` words. */
static void put_rest(struct buffer *out, char letter, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buffer_format(out, "%s\"%c%zu\"", i ? "," : "not(", letter, i);
	buffer_text(out, count ? ")" : "-");
}

struct cells {
	struct buffer text;
	size_t count;
};

/* A cell: word `first` of `firsts` (past them: the rest) in the first column,
   the truth of flag `flag` or -1, and likewise the last column. */
static void put_cell(struct cells *cells, size_t first, size_t firsts, int flag,
	bool truth, size_t last, size_t lasts)
{
	struct buffer *out = &cells->text;

	buffer_format(out, "cell %zu row 1: ", ++cells->count);
	if (first < firsts)
		buffer_format(out, "\"a%zu\"", first);
	else
		put_rest(out, 'a', firsts);
	for (int i = 0; i < FLAGS; i++)
		buffer_format(out, " | %s",
			i != flag ? "-"
			: truth	  ? "true"
				  : "false");
	buffer_text(out, " | ");
	if (last < lasts)
		buffer_format(out, "\"b%zu\"", last);
	else
		put_rest(out, 'b', lasts);
	buffer_format(out, "; such as \"a%zu\"", first);
	for (int i = 0; i < FLAGS; i++)
		buffer_format(out, " | %s", truth ? "true" : "false");
	buffer_format(out, " | \"b%zu\"\n", last);
}

/*
 * One word of the first column: of its `stripes` of the last column, the first
 * `flags` are cut in two by a flag each. So the sets of cells that are left
 * behind the flags are all different, and the steps are those below the word:
 * 2 + 4 + ... for these flags, one for each of the others, which cut nothing,
 * and then the stripes, behind each of the 2^flags ways.
 */
struct part {
	size_t flags, stripes;
};

static uint32_t put_part(struct cells *cells, size_t first, size_t firsts,
	const struct part *part)
{
	uint32_t ways = (uint32_t)1 << part->flags;

	for (size_t i = 0; i < part->stripes; i++) {
		bool cut = i < part->flags;

		put_cell(cells, first, firsts, cut ? (int)i : -1, false, i,
			part->stripes - 1);
		if (cut)
			put_cell(cells, first, firsts, (int)i, true, i,
				part->stripes - 1);
	}
	return 1 + 2 * ways - 2 + (uint32_t)(FLAGS - part->flags) * ways +
	       (uint32_t)part->stripes * ways;
}

/* 4,000,000 steps in all, and one more with one more stripe of the last. */
static const struct part parts[] = { { 15, 34 }, { 8, 42 }, { 0, 55 } };

static uint32_t put_parts(struct cells *cells, size_t more)
{
	size_t count = sizeof(parts) / sizeof(parts[0]);
	uint32_t steps = 0;

	for (size_t i = 0; i < count; i++) {
		struct part part = parts[i];

		part.stripes += i + 1 == count ? more : 0;
		steps += put_part(cells, i, count, &part);
	}
	return steps + put_part(cells, count, count, &(struct part){ 0, 1 });
}

static bool is_long(void)
{
	return getenv("SHOKAN_LONG") != NULL;
}

static void hold(const struct models *models, struct buffer *text,
	const struct cells *cells, struct verdict *verdict)
{
	buffer_add(text, cells->text.data, cells->text.size);
	buffer_format(text,
		"\nend: 1 tables, %zu cells, 0 tables not certified\n",
		cells->count);
	verdict_init(verdict);
	certify(models, (struct text){ text->data, text->size }, verdict);
}

Test(certify_prove, steps)
{
	struct models models;
	struct buffer text;
	shk_diag diag = { 0 };

	if (!is_long())
		cr_skip_test("tests/long/limits runs it");
	buffer_init(&text);
	put_table(&text, FLAGS);
	cr_assert_eq(models_read(&models, world_open(text.data), &diag), SHK_OK,
		"%s", diag.message);
	for (size_t more = 0; more < 2; more++) {
		struct cells cells = { .count = 0 };
		struct verdict verdict;

		buffer_init(&cells.text);
		buffer_clear(&text);
		put_head(&text, &models.tables[0], FLAGS);
		cr_expect_eq(put_parts(&cells, more), PROVE_STEPS_MAX + more);
		hold(&models, &text, &cells, &verdict);
		cr_expect_eq(verdict.accepted, more == 0, "%s", verdict.why);
		cr_expect_eq(
			strstr(verdict.why, "too large to be proved") != NULL,
			more > 0, "%s", verdict.why);
		verdict_release(&verdict);
		buffer_release(&cells.text);
	}
	models_release(&models);
	buffer_release(&text);
}

/*
 * So many cells of a word each, and the other words: the sets of the regions
 * of cells are (16382 + 1) * 256 words of 64 bits, and then one cell more makes
 * them (16383 + 1) * 257.
 */
Test(certify_prove, words)
{
	struct models models;
	struct buffer text;
	shk_diag diag = { 0 };

	cr_assert_leq((16382 + 1) * 256, PROVE_WORDS_MAX);
	cr_assert_gt((16383 + 1) * 257, PROVE_WORDS_MAX);
	buffer_init(&text);
	put_table(&text, 0);
	cr_assert_eq(models_read(&models, world_open(text.data), &diag), SHK_OK,
		"%s", diag.message);
	for (size_t more = is_long() ? 0 : 1; more < 2; more++) {
		struct cells cells = { .count = 0 };
		struct verdict verdict;

		buffer_init(&cells.text);
		buffer_clear(&text);
		put_head(&text, &models.tables[0], 0);
		for (size_t i = 1; i <= 16382 + more; i++)
			buffer_format(&cells.text,
				"cell %zu row 1: - | \"b%zu\"; such as "
				"\"a\" | \"b%zu\"\n",
				++cells.count, i, i);
		hold(&models, &text, &cells, &verdict);
		cr_expect_not_null(
			strstr(verdict.why, more ? "too large to be proved"
						 : "no cell holds"),
			"%s", verdict.why);
		verdict_release(&verdict);
		buffer_release(&cells.text);
	}
	models_release(&models);
	buffer_release(&text);
}
