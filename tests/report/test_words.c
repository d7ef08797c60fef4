/*
 * Every code of the result vocabulary has words in both languages.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "report/words.h"

static void explained(
	const char *code, const char *(*words)(const char *, enum shk_language))
{
	const char *english = words(code, SHK_ENGLISH);
	const char *japanese = words(code, SHK_JAPANESE);

	cr_expect_str_neq(english, code);
	cr_expect_str_neq(japanese, code);
	cr_expect_str_neq(english, japanese, "%s", code);
	for (const char *at = english; *at; at++)
		cr_expect((unsigned char)*at < 0x80, "%s: %s", code, english);
}

Test(words, codes)
{
	static const char *const reasons[] = { "condition_false", "no_request",
		"not_above", "no_rule_in_revision", "other_lane",
		"no_precedence", "raise_and_cut",
		"rule_known_parameters_missing", "evidence_below_minimum",
		"no_revision", "bad_value", "bad_domain", "shares_over_100",
		"inconsistent", "unknown_field", "duplicate_id" };
	static const char *const caveats[] = { "zero_tests",
		"open_ended_exclusion", "draft_text", "text_cut",
		"tie_of_maxima", "rate_outside_range", "large_sales_branch",
		"sum_order", "inexact_power", "pattern3_draft_precedence" };
	static const char *const levels[] = { "E0", "E1", "E2", "E3", "E4",
		"E5" };

	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		explained(reasons[i], words_reason);
	for (size_t i = 0; i < sizeof(caveats) / sizeof(caveats[0]); i++)
		explained(caveats[i], words_caveat);
	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
		explained(levels[i], words_evidence);
	cr_expect_str_eq(
		words_caveat("of_tomorrow", SHK_JAPANESE), "of_tomorrow");
}

Test(words, table_has_no_hole)
{
	for (int i = 0; i < WORD_COUNT; i++) {
		cr_expect_not_null(
			words_get((enum word)i, SHK_ENGLISH), "word %d", i);
		cr_expect_not_null(
			words_get((enum word)i, SHK_JAPANESE), "word %d", i);
	}
}

Test(words, statuses)
{
	static const char *const codes[] = { "determined", "undetermined",
		"not_applicable", "conflict", "error" };

	for (int i = 0; i < 5; i++) {
		enum shk_status status = (enum shk_status)i;

		cr_expect_str_eq(words_status_code(status), codes[i]);
		cr_expect_str_neq(words_status(status, SHK_JAPANESE), codes[i]);
	}
}
