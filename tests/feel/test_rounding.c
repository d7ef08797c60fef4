/*
 * One rounding done otherwise: which one, how, and what counts as one.
 */
#include "feel/feel_run.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

/*
 * a = 1234.5. Roundings have numbers in the order in which they are run; the
 * arguments of a call come before it.
 */
static const struct {
	const char *source;
	struct feel_rounding asked;
	const char *wanted;
	bool moved;
} rows[] = {
	{ "round half up(a, 0)", { .at = 9 }, "1235", false },
	{ "round half up(a, 0)", { .at = 0 }, "1235", false },
	{ "round half up(a, 0)",
		{ .at = 0, .other = FEEL_OTHER_MODE, .mode = NUM_HALF_EVEN },
		"1234", false },
	{ "round half up(a, 0)",
		{ .at = 0, .other = FEEL_OTHER_MODE, .mode = NUM_CEILING },
		"1235", false },
	{ "floor(a)",
		{ .at = 0, .other = FEEL_OTHER_MODE, .mode = NUM_CEILING },
		"1235", false },
	{ "round half up(a, -2)", { .at = 0, .other = FEEL_LEFT_OUT }, "1234.5",
		false },
	{ "round half up(a, -2)", { .at = 0, .other = FEEL_ONE_MORE }, "1300",
		false },
	{ "round half up(a, 1)", { .at = 0, .other = FEEL_ONE_MORE }, "1234.6",
		false },
	/* 1235 * 2 = 2470 -> 2500; 1234.5 * 2 = 2469 -> 2500 */
	{ "round half up(round half up(a, 0) * 2, -1)", { .at = 9 }, "2470",
		false },
	{ "round half up(round half up(a, 0) * 2, -1)",
		{ .at = 0, .other = FEEL_OTHER_MODE, .mode = NUM_DOWN }, "2470",
		false },
	{ "round half up(round half up(a, 0) * 2, -1)",
		{ .at = 1, .other = FEEL_OTHER_MODE, .mode = NUM_UP }, "2470",
		false },
	/* 1235 * 3 = 3705 -> 3710; 1234.5 * 3 = 3703.5 -> 3700 */
	{ "round half up(round half up(a, 0) * 3, -1)",
		{ .at = 0, .other = FEEL_LEFT_OUT }, "3700", false },
	{ "round half up(round half up(a, 0) * 3, -1)",
		{ .at = 1, .other = FEEL_LEFT_OUT }, "3705", false },
	/* to hundreds first, 1200 * 3 = 3600; last, 3704 -> 3700 */
	{ "round half up(round half up(a, -2) * 3, 0)", { .at = 9 }, "3600",
		false },
	{ "round half up(round half up(a, -2) * 3, 0)",
		{ .at = 0, .other = FEEL_BEHIND, .behind = 1 }, "3700", true },
	{ "round half up(round half up(a, -2) * 3, 0)",
		{ .at = 0, .other = FEEL_BEHIND, .behind = 5 }, "3704", false },
	/* each turn of a loop is one */
	{ "for n in [0.5, 1.5, 2.5] return round half up(n, 0)",
		{ .at = 1, .other = FEEL_OTHER_MODE, .mode = NUM_DOWN },
		"[1, 1, 3]", false },
	/* what is not a known number is not counted */
	{ "[floor(null), floor(a)]",
		{ .at = 0, .other = FEEL_OTHER_MODE, .mode = NUM_CEILING },
		"[null, 1235]", false },
};

Test(rounding, one_is_done_otherwise)
{
	struct kit kit;

	kit_init(&kit);
	kit.slots[0] = kit_value(&kit, "1234.5");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct feel_rounding asked = rows[i].asked;

		feel_machine_round(kit.machine, &asked);
		cr_expect_str_eq(kit_run(&kit, rows[i].source), rows[i].wanted,
			"row %zu: %s: %s", i, rows[i].source,
			kit_run(&kit, rows[i].source));
		asked = rows[i].asked;
		kit_run(&kit, rows[i].source);
		cr_expect_eq(asked.moved, rows[i].moved, "row %zu", i);
	}
	feel_machine_round(kit.machine, NULL);
	cr_expect_str_eq(kit_run(&kit, "round half up(a, 0)"), "1235");
	kit_release(&kit);
}

/* A kit that hears roundings; the kit, its host's context, comes first. */
struct listening {
	struct kit kit;
	size_t count;
	bool in_text;
	bool placed;
};

static void hear(void *context, const struct feel_step *step)
{
	struct listening *listening = context;

	if (step->kind != FEEL_STEP_ROUND)
		return;
	listening->count++;
	listening->in_text = step->in_text;
	listening->placed = step->site && step->program;
}

/* Only the very argument of string() makes a text. */
Test(rounding, that_makes_a_text)
{
	static const struct {
		const char *source;
		bool in_text;
	} texts[] = { { "string(floor(a))", true },
		{ "string length(string(floor(a)))", true },
		{ "floor(a)", false }, { "string(floor(a) + 1)", false },
		{ "abs(floor(a))", false },
		{ "string(round half up(a, 0))", true } };

	for (size_t i = 0; i < COUNT(texts); i++) {
		struct listening listening = { .count = 0 };

		kit_init(&listening.kit);
		listening.kit.slots[0] = kit_value(&listening.kit, "1234.5");
		listening.kit.host.step = hear;
		kit_value(&listening.kit, texts[i].source);
		cr_expect_eq(listening.count, 1u, "%s", texts[i].source);
		cr_expect_eq(listening.in_text, texts[i].in_text, "%s",
			texts[i].source);
		cr_expect(listening.placed, "%s", texts[i].source);
		kit_release(&listening.kit);
	}
}
