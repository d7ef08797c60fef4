/*
 * Price lists as published, and whether an amount follows from one: an amount
 * of the number, a tenth of a gram, a percentage, a sum of parts; and what is
 * not claimed, since it would fit in more than one way.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "compare/price_list.h"

#define HEADER                                                                 \
	"id,category_code,material_price,x_schedule,x_unit,x_price_type,"      \
	"x_addition\n"

static shk_schema *schema;

static void setup(void)
{
	cr_assert_eq(
		shk_schema_load(&schema, SOURCE_FOLDER "/rules", NULL), SHK_OK);
}

static void teardown(void)
{
	shk_schema_free(schema);
}

TestSuite(price_list, .init = setup, .fini = teardown);

static enum shk_code load(
	struct price_list *list, const char *text, shk_diag *diag)
{
	char path[] = "/tmp/shokan-list-XXXXXX";
	int file = mkstemp(path);
	enum shk_code code;

	cr_assert_geq(file, 0);
	cr_assert_eq(write(file, text, strlen(text)), (ssize_t)strlen(text));
	close(file);
	code = price_list_load(list, path, schema, diag);
	unlink(path);
	return code;
}

static num yen(const char *text)
{
	num value;

	cr_assert_eq(num_parse(text, strlen(text), false, &value), NUM_PARSED);
	return value;
}

/* What is said of before -> after in a number of schedule 2, or "". */
static void explain(const struct price_list *list, const struct price_list *old,
	int number, const char *before, const char *after, char *out,
	size_t size)
{
	struct buffer why;
	bool found;

	buffer_init(&why);
	found = price_list_explains(
		list, old, 2, number, yen(before), yen(after), &why);
	snprintf(out, size, "%s", found ? why.data : "");
	if (!found)
		cr_expect_eq(why.size, 0);
	buffer_release(&why);
}

static const char now_text[] = HEADER "2-901-(1),901(1),1000,2,,fixed,\n"
				      "2-901-(2),901(2),250,2,,fixed,\n"
				      "2-901-(3),901(3),70,2,0.1ｇ,fixed,\n"
				      "2-901-注,901注,,2,,addition_percent,50\n"
				      "2-901-注-2,901注,,2,,addition_yen,999\n"
				      "2-901-(4),901(4),,2,,purchase_price,\n"
				      "2-902-(1),902(1),10,2,,,\n"
				      "2-902-(2),902(2),20,2,,,\n"
				      "2-902-(3),902(3),30,2,,,\n"
				      "2-902-(4),902(4),40,2,,,\n"
				      "2-902-(5),902(5),40,2,６本１組,,\n"
				      "3-901,901,777,3,,fixed,\n";
static const char old_text[] = HEADER "2-901-(1),901(1),1100,2,,fixed,\n"
				      "2-901-(2),901(2),250,2,,fixed,\n"
				      "2-902-(1),902(1),10,2,,,\n"
				      "2-902-(2),902(2),20,2,,,\n"
				      "2-902-(3),902(3),30,2,,,\n"
				      "2-902-(4),902(4),40,2,,,\n";

Test(price_list, explains_what_fits)
{
	static const struct {
		int number;
		const char *before;
		const char *after;
		const char *why;
	} rows[] = {
		{ 901, "1100", "1000", "2-901-(1)" },
		{ 901, "720", "700", "2-901-(3) (there for 0.1ｇ)" },
		{ 901, "72", "70", "2-901-(3)" },
		{ 901, "550", "500", "50 % of 2-901-(1) (2-901-注)" },
		{ 901, "1", "125", "50 % of 2-901-(2) (2-901-注)" },
		/* 1,100 + 250 before, 1,000 + 250 now */
		{ 901, "1350", "1250", "2-901-(1) + 2-901-(2)" },
		/* the same sum now, another one before */
		{ 901, "1351", "1250", "" },
		/* a yen beside a price */
		{ 901, "1100", "1001", "" },
		/* an addition in yen and another schedule are no prices of it */
		{ 901, "1", "999", "" },
		{ 901, "1", "777", "" },
		{ 903, "1", "10", "" },
		/* two rows with one price: both are named */
		{ 902, "1", "40", "2-902-(4) or 2-902-(5)" },
		/* 10 + 40 and 20 + 30: nobody knows which */
		{ 902, "50", "50", "" },
		/* 10 + 20 + 30 and 20 + 40: likewise */
		{ 902, "60", "60", "" },
		/* 20 + 30 + 40 alone */
		{ 902, "90", "90", "2-902-(2) + 2-902-(3) + 2-902-(4)" },
	};
	struct price_list now, old;
	shk_diag diag = { 0 };
	char why[256];

	cr_assert_eq(load(&now, now_text, &diag), SHK_OK, "%s", diag.message);
	cr_assert_eq(load(&old, old_text, &diag), SHK_OK, "%s", diag.message);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		explain(&now, &old, rows[i].number, rows[i].before,
			rows[i].after, why, sizeof(why));
		cr_expect_str_eq(why, rows[i].why,
			"%d: %s -> %s: \"%s\", expected \"%s\"", rows[i].number,
			rows[i].before, rows[i].after, why, rows[i].why);
	}
	/* without the list before no sum is taken */
	explain(&now, NULL, 901, "1350", "1250", why, sizeof(why));
	cr_expect_str_eq(why, "");
	price_list_release(&now);
	price_list_release(&old);
}

Test(price_list, groups_by_number)
{
	struct price_list list;
	const struct price_list_row *rows;
	size_t count;

	cr_assert_eq(load(&list, now_text, NULL), SHK_OK);
	rows = price_list_group(&list, 2, 902, &count);
	cr_assert_not_null(rows);
	cr_expect_eq(count, 5);
	cr_expect_str_eq(rows[0].id, "2-902-(1)");
	cr_expect_str_eq(rows[4].id, "2-902-(5)");
	cr_expect_eq(num_compare(rows[4].one, yen("40")), 0);
	rows = price_list_group(&list, 2, 901, &count);
	cr_expect_eq(count, 4); /* three prices and a percentage */
	cr_expect_null(price_list_group(&list, 1, 901, &count));
	cr_expect_eq(count, 0);
	price_list_release(&list);
}

Test(price_list, names_what_is_wrong)
{
	static const struct {
		const char *text;
		const char *words;
		long line;
	} rows[] = {
		{ HEADER "a,901,5,,,,\n", "x_schedule is missing", 2 },
		{ HEADER "a,901,5,2,,,\nb,,5,2,,,\n",
			"category_code is missing", 3 },
		{ HEADER "a,abc,5,2,,,\n", "category_code is missing", 2 },
		{ HEADER "a,901,,2,,purchase_price,\n", "no price in this list",
			0 },
		{ HEADER "a,901,5x,2,,,\n", "5x", 2 },
		{ "id,category_code,material_price\na,901,5\n",
			"no such column", 1 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct price_list list;
		shk_diag diag = { 0 };

		cr_expect_eq(load(&list, rows[i].text, &diag), SHK_E_INPUT,
			"%zu", i);
		cr_expect(strstr(diag.message, rows[i].words),
			"\"%s\" lacks \"%s\"", diag.message, rows[i].words);
		cr_expect_eq(
			diag.line, rows[i].line, "%zu: line %ld", i, diag.line);
		price_list_release(&list);
	}
}

/* 2^i yen each, so that every sum is one combination only. */
static void powers(struct buffer *text, int rows)
{
	buffer_text(text, HEADER);
	for (int i = 0; i < rows; i++)
		buffer_format(text, "p%d,901,%ld,2,,,\n", i, 1L << i);
}

/* Sums have a ceiling of rows to choose from and one of parts. */
Test(price_list, looks_at_so_many_sums)
{
	static const struct {
		int rows;
		int parts;
		bool found;
	} cases[] = { { PRICE_LIST_SUM_ROWS, PRICE_LIST_PARTS, true },
		{ PRICE_LIST_SUM_ROWS, PRICE_LIST_PARTS + 1, false },
		{ PRICE_LIST_SUM_ROWS + 1, PRICE_LIST_PARTS, false },
		{ PRICE_LIST_SUM_ROWS, 2, true } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct price_list list;
		struct buffer text;
		char sum[32], why[256];

		buffer_init(&text);
		powers(&text, cases[i].rows);
		cr_assert_eq(load(&list, text.data, NULL), SHK_OK);
		snprintf(sum, sizeof(sum), "%ld", (1L << cases[i].parts) - 1);
		explain(&list, &list, 901, sum, sum, why, sizeof(why));
		cr_expect_eq(why[0] != '\0', cases[i].found, "%zu: %s", i, why);
		price_list_release(&list);
		buffer_release(&text);
	}
}

Test(price_list, has_a_last_row)
{
	struct price_list list;
	struct buffer text;
	shk_diag diag = { 0 };

	buffer_init(&text);
	buffer_text(&text, HEADER);
	for (int i = 0; i < PRICE_LIST_ROWS_MAX; i++)
		buffer_format(&text, "r%d,901,5,2,,,\n", i);
	cr_expect_eq(load(&list, text.data, &diag), SHK_OK);
	cr_expect_eq(list.count, PRICE_LIST_ROWS_MAX);
	price_list_release(&list);
	buffer_text(&text, "last,901,5,2,,,\n");
	cr_expect_eq(load(&list, text.data, &diag), SHK_E_LIMIT);
	price_list_release(&list);
	buffer_release(&text);
}
