/*
 * Ceilings of the comparison of revisions, on books that are made for them:
 * past each the comparison is no proof, and says so.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "inquiry/diff.h"
#include "price/made_book.h"
#include "price/pricing.h"

static struct made_book made;
static struct pricing pricing;

static void init(void)
{
	made_init(&made);
}

static void release(void)
{
	made_release(&made);
}

TestSuite(diff_limits, .init = init, .fini = release, .timeout = 60);

/* A rule `name` that reads `of` (an input when its name begins with i_). */
static void put_rule(
	struct buffer *out, const char *name, const char *of, const char *text)
{
	buffer_format(out,
		"<decision id=\"d_%s\" name=\"%s\"><variable name=\"%s\" "
		"typeRef=\"Any\"/><informationRequirement><required%s "
		"href=\"#%s\"/></informationRequirement><literalExpression>"
		"<text>%s</text></literalExpression></decision>\n",
		name, name, name, of[0] == 'i' ? "Input" : "Decision", of,
		text);
}

static shk_diff *compared(void)
{
	const shk_diff_options options = { .before = "r1", .after = "r2" };
	shk_diff *diff = NULL;
	shk_diag diag = { 0 };

	pricing_open(&pricing, made_write(&made));
	cr_assert_eq(shk_diff_new(&diff, pricing.book, pricing.schema, &options,
			     &diag),
		SHK_OK, "%s", diag.message);
	return diff;
}

/* Rules one inside another, so deep; the innermost turns at another number. */
static void put_chain(struct buffer *out, size_t count, int turn)
{
	char name[32], of[32], text[64];

	for (size_t i = 1; i <= count; i++) {
		snprintf(name, sizeof(name), "c%zu", i);
		if (i == 1)
			snprintf(name, sizeof(name), "out");
		snprintf(of, sizeof(of), i == count ? "i_n" : "d_c%zu", i + 1);
		if (i == count)
			snprintf(text, sizeof(text),
				"if n &lt; %d then \"low\" else \"high\"",
				turn);
		else
			snprintf(text, sizeof(text),
				"if c%zu = \"low\" then \"low\" else \"high\"",
				i + 1);
		put_rule(out, name, of, text);
	}
}

Test(diff_limits, rules_one_inside_another)
{
	for (size_t more = 0; more < 2; more++) {
		const struct shk_diff_decision *it;
		shk_diff *diff;

		if (more) {
			release();
			init();
		}
		made_fact(&made, "n", "int", "number");
		put_chain(&made.models[0], DIFF_STACK_MAX + more, 10);
		put_chain(&made.models[1], DIFF_STACK_MAX + more, 12);
		diff = compared();
		it = shk_diff_summary(diff)->decisions;
		cr_expect_eq(it->proof,
			more ? SHK_DIFF_UNPROVED : SHK_DIFF_BY_CELLS);
		cr_expect_eq(it->doubt_count, more);
		if (!more) {
			cr_assert_eq(it->region_count, 1u);
			cr_expect(it->regions[0].everywhere);
			cr_expect_str_eq(it->regions[0].conditions[0].text,
				"10 <= n < 12");
		}
		for (size_t i = 0; i < it->region_count && more; i++)
			cr_expect_not(it->regions[i].everywhere, "%s",
				it->regions[i].conditions[0].text);
		shk_diff_free(diff);
		pricing_close(&pricing);
	}
}
