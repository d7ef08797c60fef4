/*
 * The reader of unary tests: what each form holds for, and that every form
 * which it does not know is refused with a reason.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "certify/unary.h"

struct fixture_row {
	const char *tests;
	const char *holds; /* values, each a constant, or NULL: refused */
	const char * not ;
};

/* Do the tests hold for every value of a list (or for none of them)? */
static void check_values(struct arena *arena, const struct fixture_row *row,
	const struct unary_tests *tests, const char *values, bool wanted)
{
	struct unary_cursor cursor = { arena, values, values + strlen(values),
		NULL };

	while (cursor.at < cursor.end) {
		struct unary_value value;

		cr_assert(unary_read_value(&cursor, &value), "%s: %s", values,
			cursor.why);
		cr_expect_eq(unary_holds(tests, &value), wanted, "%s: %s",
			row->tests, values);
		cursor.at += *cursor.at == ';';
	}
}

Test(certify_unary, forms)
{
	static const struct fixture_row rows[] = {
		{ "-", "1;2", "" },
		{ "", "1;\"a\"", "" },
		{ "  -  ", "1", "" },
		{ "5", "5;5.0", "4;6" },
		{ "-5", "-5", "5" },
		{ "> 5", "5.1", "5;4" },
		{ ">=5", "5;6", "4.9" },
		{ "< -1.5", "-2", "-1.5" },
		{ "<= .5", "0.5;0", "0.6" },
		{ "[1..3]", "1;2;3", "0.9;3.1" },
		{ "(1..3)", "1.1;2.9", "1;3" },
		{ "]1..3[", "1.1", "1;3" },
		{ "[1 .. 3)", "1;2.9", "3" },
		{ "(1..1)", "", "1;0;2" },
		{ "1, 3,[5..6]", "1;3;5.5", "2;4;7" },
		{ "not(1,[3..4])", "2;5", "1;3;4" },
		{ "1e2", "100", "1" },
		{ "true", "true", "false" },
		{ "not( true )", "false", "true" },
		{ "\"a\",\"b c\"", "\"a\";\"b c\"", "\"b\"" },
		{ "\"\\u3042\\\"\\\\\"", "\"あ\\\"\\\\\"", "\"\\u3042\"" },
		{ "date(\"2026-06-01\")", "@\"2026-06-01\"",
			"@\"2026-06-02\"" },
		{ "[@\"2026-06-01\"..date( \"2026-06-03\" ))",
			"@\"2026-06-02\"", "@\"2026-06-03\"" },
		{ "? > 5", NULL, "" },
		{ "x", NULL, "" },
		{ "truely", NULL, "" },
		{ "5 6", NULL, "" },
		{ "5,", NULL, "" },
		{ "1 + 1", NULL, "" },
		{ "[1..3", NULL, "" },
		{ "[1,3]", NULL, "" },
		{ "[\"a\"..\"b\"]", NULL, "" },
		{ "[1..@\"2026-06-01\"]", NULL, "" },
		{ "> true", NULL, "" },
		{ "not 5", NULL, "" },
		{ "not(5", NULL, "" },
		{ "not(-)", NULL, "" },
		{ "-,5", NULL, "" },
		{ "!= 5", NULL, "" },
		{ "= 5", NULL, "" },
		{ "null", NULL, "" },
		{ "\"a", NULL, "" },
		{ "\"\\q\"", NULL, "" },
		{ "\"\\ud800\"", NULL, "" },
		{ "date(\"2026-02-30\")", NULL, "" },
		{ "date(2026, 2, 3)", NULL, "" },
		{ "@\"P1D\"", NULL, "" },
		{ "5x", NULL, "" },
		{ "1.2.3", NULL, "" },
		{ "5 // five", NULL, "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct unary_tests tests;
		const char *why = NULL;
		struct arena arena;
		bool good;

		arena_init(&arena);
		good = unary_read_all(
			&arena, text_of(rows[i].tests), &tests, &why);
		cr_expect_eq(good, rows[i].holds != NULL, "%s: %s",
			rows[i].tests, why ? why : "");
		cr_expect(good || why, "%s: no reason", rows[i].tests);
		if (good && rows[i].holds) {
			check_values(
				&arena, &rows[i], &tests, rows[i].holds, true);
			check_values(
				&arena, &rows[i], &tests, rows[i].not, false);
		}
		arena_release(&arena);
	}
}
