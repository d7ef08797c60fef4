/*
 * Every ceiling of the check, the certificate and its checker, at it and one
 * past it: past it nothing is called complete and nothing is accepted.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <shokan/check.h>

#include "base/memory.h"
#include "certify/certify.h"
#include "certify/world.h"
#include "dmn/tables.h"

TestSuite(certify_limits, .timeout = 120, .fini = world_close);

static bool buffer_write(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return true;
}

/* A certificate of one table with so many of each. */
static void put_claims(struct buffer *out, size_t revisions, size_t columns,
	size_t rows, size_t cells)
{
	buffer_text(out, "shokan certificate 1\nrevisions");
	for (size_t i = 0; i < revisions; i++)
		buffer_format(out, " r%zu", i);
	buffer_text(out, "\n\ntable r1 t r1/m.dmn\nline 1\nsource x\n"
			 "policy UNIQUE\n");
	for (size_t i = 1; i <= columns; i++)
		buffer_format(out, "column %zu any -: x\n", i);
	for (size_t i = 1; i <= rows; i++)
		buffer_format(out, "row %zu line 1: -\n", i);
	for (size_t i = 1; i <= cells; i++) {
		buffer_format(out, "cell %zu no row: ", i);
		for (size_t k = 0; k < columns; k++)
			buffer_text(out, k ? " | -" : "-");
		buffer_text(out, "; such as ");
		for (size_t k = 0; k < columns; k++)
			buffer_text(out, k ? " | -" : "-");
		buffer_text(out, "\n");
	}
	buffer_format(out,
		"\nend: 1 tables, %zu cells, 0 tables not certified\n", cells);
}

Test(certify_limits, claims)
{
	static const struct {
		size_t revisions, columns, rows, cells;
		const char *why;
	} lines[] = {
		{ CLAIMS_REVISIONS_MAX, CLAIMS_COLUMNS_MAX, CLAIMS_ROWS_MAX, 1,
			"" },
		{ 1, 1, 1, CLAIMS_CELLS_MAX, "" },
		{ CLAIMS_REVISIONS_MAX + 1, 1, 1, 1, "too many revisions" },
		{ 1, CLAIMS_COLUMNS_MAX + 1, 1, 1, "too many columns" },
		{ 1, 1, CLAIMS_ROWS_MAX + 1, 1, "too many rows" },
		{ 1, 1, 1, CLAIMS_CELLS_MAX + 1, "too many cells" },
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct claims claims;
		struct claim_table table;
		struct buffer text;
		struct arena arena;
		bool good;

		buffer_init(&text);
		arena_init(&arena);
		put_claims(&text, lines[i].revisions, lines[i].columns,
			lines[i].rows, lines[i].cells);
		good = claims_open(&claims, &arena,
			       (struct text){ text.data, text.size }) &&
		       claims_next(&claims, &table) && claims_close(&claims);
		cr_expect_eq(
			good, !lines[i].why[0], "row %zu: %s", i, claims.why);
		cr_expect_str_eq(claims.why, lines[i].why, "row %zu", i);
		arena_release(&arena);
		buffer_release(&text);
	}
}

/* Of so many bytes nothing is read; at the ceiling the first line is. */
Test(certify_limits, bytes_of_a_certificate)
{
	for (size_t more = 0; more < 2; more++) {
		size_t size = CLAIMS_BYTES_MAX + more;
		char *bytes = memory_zeroed(size, 1);
		struct claims claims;
		struct arena arena;

		cr_assert_not_null(bytes);
		memset(bytes, 'x', size);
		arena_init(&arena);
		cr_expect_not(claims_open(
			&claims, &arena, (struct text){ bytes, size }));
		cr_expect_eq(strstr(claims.why, "bytes") != NULL, more != 0,
			"%zu: %s", size, claims.why);
		arena_release(&arena);
		memory_free(bytes);
	}
}

static bool text_ends(const char *text, const char *end)
{
	size_t size = strlen(text), last = strlen(end);

	return size >= last && strcmp(text + size - last, end) == 0;
}

/* `revision <NAME> is none of the rules, or out of order`, by a long name: 511
   bytes are told, and of more the first, with dots behind them. */
Test(certify_limits, bytes_of_a_reason)
{
	static const char before[] = "revision ",
			  behind[] = " is none of the rules, or out of order";

	static const size_t mores[] = { 0, 1, 100, 101, 102 };

	for (size_t i = 0; i < sizeof(mores) / sizeof(mores[0]); i++) {
		const size_t more = mores[i];
		struct models models = { .revision_count = 0 };
		size_t name = CLAIMS_WHY_MAX + 1 - sizeof(before) -
			      sizeof(behind) + more;
		struct verdict verdict;
		struct buffer text;

		buffer_init(&text);
		buffer_text(&text, "shokan certificate 1\nrevisions ");
		for (size_t k = 0; k < name % 3; k++)
			buffer_byte(&text, 'x');
		/* of three bytes, so that a cut may fall inside of one */
		for (size_t k = 0; k < name / 3; k++)
			buffer_text(&text, "版");
		buffer_byte(&text, '\n');
		verdict_init(&verdict);
		certify(&models, (struct text){ text.data, text.size },
			&verdict);
		cr_expect_not(verdict.accepted);
		cr_expect_geq(strlen(verdict.why), CLAIMS_WHY_MAX - 3);
		cr_expect(text_ends(verdict.why, more == 0  ? behind
						 : more < 3 ? " out of o..."
							    : "版..."),
			"%zu: %s", more, verdict.why);
		verdict_release(&verdict);
		buffer_release(&text);
	}
}

Test(certify_limits, lists_and_numbers)
{
	for (size_t more = 0; more < 2; more++) {
		struct unary_tests tests;
		const char *why = "";
		struct buffer text;
		struct arena arena;
		bool good;

		buffer_init(&text);
		arena_init(&arena);
		for (size_t i = 0; i < UNARY_PARTS_MAX + more; i++)
			buffer_format(&text, "%s%zu", i ? "," : "", i);
		good = unary_read_all(&arena,
			(struct text){ text.data, text.size }, &tests, &why);
		cr_expect_eq(good, !more, "%s", why);
		buffer_clear(&text);
		for (size_t i = 0; i < 34 + more; i++)
			buffer_byte(&text, '7');
		good = unary_read_all(&arena,
			(struct text){ text.data, text.size }, &tests, &why);
		cr_expect_eq(good, !more, "%s", why);
		arena_release(&arena);
		buffer_release(&text);
	}
}

/* The decision d0: a table of truth values, each row true in one column. */
static void put_flags(struct buffer *out, size_t columns, size_t rows)
{
	buffer_text(out,
		"<decision id=\"i_d0\" name=\"d0\"><variable name=\"d0\" "
		"typeRef=\"Any\"/><informationRequirement><requiredInput "
		"href=\"#i_flag\"/></informationRequirement>"
		"<decisionTable id=\"t0\" hitPolicy=\"COLLECT\">");
	for (size_t i = 0; i < columns; i++)
		buffer_text(out, "<input><inputExpression><text>flag</text>"
				 "</inputExpression></input>");
	buffer_text(out, "<output/>");
	for (size_t i = 0; i < rows; i++) {
		buffer_text(out, "<rule>");
		for (size_t k = 0; k < columns; k++)
			buffer_format(out,
				"<inputEntry><text>%s</text></inputEntry>",
				i == k ? "true" : "-");
		buffer_text(out,
			"<outputEntry><text>1</text></outputEntry></rule>");
	}
	buffer_text(out, "</decisionTable></decision>\n");
}

/* The certificate of the book around `decisions`, held against it. */
static void certify_world(const char *decisions, struct verdict *verdict)
{
	const char *folder = world_open(decisions);
	shk_rulebook *book = NULL;
	struct models models;
	struct buffer text;
	shk_diag diag = { 0 };

	buffer_init(&text);
	cr_assert_eq(shk_rulebook_load(&book, folder, &diag), SHK_OK, "%s",
		diag.message);
	cr_assert_eq(shk_rulebook_certify(book, NULL,
			     (shk_sink){ &text, buffer_write }, &diag),
		SHK_OK, "%s", diag.message);
	cr_assert_eq(models_read(&models, folder, &diag), SHK_OK, "%s",
		diag.message);
	verdict_init(verdict);
	certify(&models, (struct text){ text.data, text.size }, verdict);
	buffer_release(&text);
	models_release(&models);
	shk_rulebook_free(book);
	world_close();
}

/* 2 to the power of the columns are the cells: 16384, and then 32768, which
   the check does not keep; the checker finds that they could have been. */
Test(certify_limits, cells)
{
	struct verdict verdict;
	struct buffer text;

	cr_assert_eq(DMN_TABLE_CELLS_MAX, 1 << 14);
	buffer_init(&text);
	put_flags(&text, 14, 14);
	certify_world(text.data, &verdict);
	cr_expect(verdict.accepted, "%s", verdict.why);
	cr_expect_eq(verdict.cells, DMN_TABLE_CELLS_MAX);
	cr_expect_eq(verdict.gaps, 1, "all are false");
	verdict_release(&verdict);
	buffer_clear(&text);
	put_flags(&text, 15, 15);
	certify_world(text.data, &verdict);
	cr_expect_not(verdict.accepted);
	cr_expect_not_null(strstr(verdict.why, "left out"), "%s", verdict.why);
	verdict_release(&verdict);
	buffer_release(&text);
}

/* Columns and rows past the ceilings are not read, and said. */
Test(certify_limits, models)
{
	static const struct {
		size_t columns, rows;
		bool read;
	} tables[] = { { MODELS_COLUMNS_MAX, 2, true },
		{ MODELS_COLUMNS_MAX + 1, 2, false },
		{ 1, MODELS_ROWS_MAX, true },
		{ 1, MODELS_ROWS_MAX + 1, false } };

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		struct models models;
		struct buffer text;
		shk_diag diag = { 0 };

		buffer_init(&text);
		put_flags(&text, tables[i].columns, tables[i].rows);
		cr_assert_eq(models_read(&models, world_open(text.data), &diag),
			SHK_OK, "%s", diag.message);
		cr_assert_eq(models.table_count, 1);
		cr_expect_eq(!models.tables[0].unread[0], tables[i].read,
			"row %zu: %s", i, models.tables[0].unread);
		models_release(&models);
		buffer_release(&text);
		world_close();
	}
}

struct told {
	size_t overlaps, dead, unchecked;
};

static bool count_findings(void *context, const shk_table_check *table)
{
	struct told *told = context;

	for (size_t i = 0; i < table->finding_count; i++) {
		enum shk_table_fault fault = table->findings[i].fault;

		told->overlaps += fault == SHK_TABLE_OVERLAP;
		told->dead += fault == SHK_TABLE_UNREACHABLE;
		told->unchecked += fault == SHK_TABLE_UNCHECKED;
	}
	return true;
}

/* 32 rows that take everything overlap in 496 pairs; rows of what may not be
   never decide: 16 of them make 512 findings, one more is too many. */
Test(certify_limits, findings)
{
	cr_assert_eq(SHK_TABLE_FINDINGS_MAX, 512);
	for (size_t more = 0; more < 2; more++) {
		struct told told = { 0, 0, 0 };
		shk_rulebook *book = NULL;
		struct buffer text;
		shk_diag diag = { 0 };

		buffer_init(&text);
		buffer_text(&text,
			"<decision id=\"i_d0\" name=\"d0\"><variable "
			"name=\"d0\" typeRef=\"Any\"/><informationRequirement>"
			"<requiredInput href=\"#i_whole\"/>"
			"</informationRequirement><decisionTable id=\"t0\">"
			"<input><inputExpression><text>whole</text>"
			"</inputExpression></input><output/>");
		for (size_t i = 0; i < 48 + more; i++)
			buffer_format(&text,
				"<rule><inputEntry><text>%s</text></inputEntry>"
				"<outputEntry><text>1</text></outputEntry>"
				"</rule>",
				i < 32 ? "-" : "&gt; 6");
		buffer_text(&text, "</decisionTable></decision>\n");
		cr_assert_eq(
			shk_rulebook_load(&book, world_open(text.data), &diag),
			SHK_OK, "%s", diag.message);
		cr_assert_eq(shk_rulebook_check(
				     book, NULL, count_findings, &told, &diag),
			SHK_OK);
		cr_expect_eq(told.overlaps, 496);
		cr_expect_eq(told.dead, 16);
		cr_expect_eq(told.unchecked, more);
		shk_rulebook_free(book);
		buffer_release(&text);
		world_close();
	}
}
