/*
 * Formulas with their numbers put in: which names are replaced, and which are
 * left because they have no single value.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "report/filled.h"
#include "report/sample.h"

static struct price_step step(enum price_step_kind kind, unsigned depth,
	const char *name, struct price_value value)
{
	return (struct price_step){ .kind = kind,
		.depth = depth,
		.name = text_of(name),
		.label_ja = "",
		.label_en = "",
		.formula = "",
		.description = "",
		.value = value };
}

static void check(struct price_step *steps, size_t count, const char *formula,
	const char *want)
{
	shk_result result = sample_empty();
	struct buffer out;
	bool filled;

	steps[0].formula = formula;
	result.steps = steps;
	result.step_count = count;
	buffer_init(&out);
	buffer_text(&out, "so: ");
	filled = filled_formula(&out, &result, 0);
	cr_expect_eq(filled, want != NULL, "%s", formula);
	if (want)
		cr_expect_str_eq(out.data + 4, want, "%s", formula);
	else
		cr_expect_str_eq(out.data, "so: ", "%s", formula);
	buffer_release(&out);
}

Test(filled, names_become_their_values)
{
	struct price_value none = { .kind = PRICE_NULL };
	struct price_value list = { .kind = PRICE_LIST };
	struct price_value unknown = { .kind = PRICE_UNKNOWN };
	struct price_value yes = { .kind = PRICE_BOOLEAN,
		.u = { .boolean = true } };
	struct price_step steps[] = {
		step(PRICE_STEP_DECISION, 0, "points", none),
		step(PRICE_STEP_FACT, 1, "base", sample_number("1235")),
		step(PRICE_STEP_AGAIN, 1, "coefficient", sample_number("1.5")),
		step(PRICE_STEP_DECISION, 1, "share_total",
			sample_number("100")),
		/* below another step: not a name of this formula */
		step(PRICE_STEP_FACT, 2, "deeper", sample_number("7")),
		step(PRICE_STEP_FACT, 1, "mode", sample_text("half_up")),
		step(PRICE_STEP_FACT, 1, "flag", yes),
		step(PRICE_STEP_FACT, 1, "items", list),
		step(PRICE_STEP_FACT, 1, "open", unknown),
		step(PRICE_STEP_ROUND, 1, "floor", sample_number("3")),
		/* the next decision: its facts are not ours */
		step(PRICE_STEP_DECISION, 0, "other", none),
		step(PRICE_STEP_FACT, 1, "later", sample_number("9")),
	};
	size_t count = sizeof(steps) / sizeof(*steps);

	check(steps, count, "base * coefficient", "1235 * 1.5");
	check(steps, count, "base>=makers.share_total", "1235>=100");
	check(steps, count, "if mode = \"mode\" then base else base2",
		"if \"half_up\" = \"mode\" then 1235 else base2");
	check(steps, count, "not(flag) and open", "not(true) and open");
	check(steps, count, "floor(base) + count(items)",
		"floor(1235) + count(items)");
	/* nothing to put in */
	check(steps, count, "deeper + later", NULL);
	check(steps, count, "count(items)", NULL);
	check(steps, count, "", NULL);
}

Test(filled, a_long_formula_stays_as_it_is)
{
	char formula[FILLED_FORMULA_MAX + 2];
	struct price_step steps[] = {
		step(PRICE_STEP_DECISION, 0, "points",
			(struct price_value){ .kind = PRICE_NULL }),
		step(PRICE_STEP_FACT, 1, "a", sample_number("1")),
	};
	char want[FILLED_FORMULA_MAX + 2];

	memset(formula, ' ', sizeof(formula));
	formula[0] = 'a';
	formula[FILLED_FORMULA_MAX] = '\0';
	memcpy(want, formula, sizeof(want));
	want[0] = '1';
	check(steps, 2, formula, want);
	formula[FILLED_FORMULA_MAX] = ' ';
	formula[FILLED_FORMULA_MAX + 1] = '\0';
	check(steps, 2, formula, NULL);
}
