/*
 * Notes of whole runs: whatever they say of other facts is what a run on those
 * facts says. Each expression is run with notes on some facts; wherever the
 * guards hold for others too, its value, with the numbers that the forms make,
 * must be that of a run on them.
 */
#include "feel_run.h"

#include <stdlib.h>

#include "feel/note.h"

#define FACTS 2 /* slots a and b are given numbers; c and d are not known */

/* Instructions, operators and built-ins, with c a choice and d a truth. */
static const char *const sources[] = { "a + b * 2", "-a", "-(a - b)", "a / b",
	"a ** 2", "a < b", "a <= 2", "a > b + 1", "a = b", "a != 3",
	"a between 1 and b", "a in [1..3]", "a in (b, 3)", "a in [b..10]",
	"if a < b then a else b", "if d then a else b",
	"if d then a + 1 else if c = 1 then b else 7", "-(if d then a else b)",
	"(if d then a else b) + a", "(if d then a else b) < 3",
	"(if d then a else b) = (if d then b else a)", "a * c", "c * a + b",
	"c < a", "a = c", "-(a * c)", "-c + a", "a - c < b",
	"if a * c > 3 then a else 0", "min(a, b)", "max(a, b, 3)", "max(a, c)",
	"min([a, b, c])", "sum([a, b])", "sum([a, c])", "product([a, b])",
	"mean([a, b])", "median([a, b, 3])", "round half up(a / 4, 0)",
	"round down(a * c, 0)", "decimal(if d then a else b, 0)",
	"floor(a / 4)", "abs(a - b)", "modulo(a, b)", "sqrt(a)", "odd(a)",
	"even(a + b)", "string(a)", "count([a, b])",
	"list contains([1, 2, a], b)", "index of([1, 2, 3], a)",
	"[10, 20, 30][a]", "[10, 20, 30][item > a * 10]", "[a, b][item > 2]",
	"[a, b][1]", "[a, b, c]", "{x: a, y: b}", "{x: a}.x + b", "[a..b]",
	"3 in [a..b]", "for i in 1..a return i", "for i in [a, b] return i + c",
	"some i in [a, b] satisfies i > 2", "every i in [a, b] satisfies i > c",
	"sort([a, b, 2])", "distinct values([a, b, 2])", "append([a], b)",
	"concatenate([a], [b])", "reverse([a, b])",
	"insert before([1, 2], 1, a)", "remove([1, 2, 3], a)",
	"a instance of number", "not(a < b)", "a < b and d", "a < 2 or d",
	"if d then {x: a} else {x: b}", "if d then [a] else [b]",
	"(if d then null else a) * 2", "if d then null else a",
	"date(\"2020-01-01\") + duration(\"P1D\") * a", "function(x) x + 1",
	"(function(x, y) x * y)(a, b)", "if a = 2 then \"two\" else \"other\"",
	"c in [a..b]", "a in [c..5]", "all([a < 3, d])", "any([a < b])",
	"mode([a, b, 2])", "stddev([a, b])", "substring(\"abcdef\", a)",
	"split(\"abc\", string(a))", "if d then a / 3 else b", "exp(a)",
	"log(a)", "a = \"x\"", "a + null",
	"(if d then a else b) between 1 and 3",
	"if c = 1 then a else if c = 2 then b else a + b" };

static const int few[] = { 1, 2, 3, 4, 7 };

static struct feel_value whole(int value)
{
	return feel_number(num_from_int(value));
}

/* What the form makes of the facts; false when that is not exact. */
static bool form_value(
	const struct feel_notes *notes, uint16_t at, const int *facts, num *out)
{
	static num (*const operations[])(
		num, num, unsigned *) = { [FEEL_FORM_ADD] = num_add,
		[FEEL_FORM_SUBTRACT] = num_subtract,
		[FEEL_FORM_MULTIPLY] = num_multiply,
		[FEEL_FORM_DIVIDE] = num_divide,
		[FEEL_FORM_POWER] = num_power };
	const struct feel_form *form = &notes->forms[at];
	unsigned status = 0, rounded = 0;
	num a, b;

	*out = form->number;
	if (form->kind == FEEL_FORM_FACT)
		*out = num_from_int(facts[form->slot]);
	if (form->kind <= FEEL_FORM_FACT)
		return true;
	if (!form_value(notes, form->a, facts, &a) ||
		(form->b && !form_value(notes, form->b, facts, &b)))
		return false;
	if (form->kind == FEEL_FORM_NEGATE)
		*out = num_negate(a);
	else if (form->kind == FEEL_FORM_ROUND)
		*out = num_round(a, form->scale, (enum num_rounding)form->mode,
			&rounded);
	else
		*out = operations[form->kind](a, b, &status);
	return status == 0;
}

/* Every comparison says of these facts what it said in the run. */
static bool holds(const struct feel_notes *notes, const int *facts)
{
	for (size_t i = 0; i < notes->guard_count; i++) {
		const struct feel_guard *guard = &notes->guards[i];
		num a, b = notes->forms[guard->a].number;
		int order;
		bool truth;

		if (!form_value(notes, guard->a, facts, &a) ||
			(guard->b && !form_value(notes, guard->b, facts, &b)))
			return false;
		order = num_compare(a, b);
		truth = guard->kind == FEEL_GUARD_LT   ? order < 0
			: guard->kind == FEEL_GUARD_LE ? order <= 0
						       : order == 0;
		if (truth != guard->truth)
			return false;
	}
	return true;
}

static bool refill(struct kit *kit, const struct feel_notes *notes,
	const int *facts, struct feel_value *value);

static const struct feel_value *refill_all(struct kit *kit,
	const struct feel_notes *notes, const int *facts,
	const struct feel_value *items, size_t count, bool *exact)
{
	struct feel_value *copy =
		arena_zeroed(&kit->arena, count + 1, sizeof(*copy));

	cr_assert_not_null(copy);
	for (size_t i = 0; i < count; i++) {
		copy[i] = items[i];
		*exact = refill(kit, notes, facts, &copy[i]) && *exact;
	}
	return copy;
}

/* The numbers of a value, worked out for other facts. */
static bool refill(struct kit *kit, const struct feel_notes *notes,
	const int *facts, struct feel_value *value)
{
	struct feel_unknown *unknown;
	struct feel_entry *entries;
	bool exact = true;

	if (value->type == FEEL_NUMBER && feel_note_free(notes, value))
		return form_value(notes, value->form, facts, &value->u.number);
	if (value->type == FEEL_LIST)
		value->u.items = refill_all(
			kit, notes, facts, value->u.items, value->size, &exact);
	if (value->type == FEEL_UNKNOWN &&
		value->u.unknown->shape == FEEL_CHOICE) {
		unknown = arena_alloc(&kit->arena, sizeof(*unknown));
		cr_assert_not_null(unknown);
		*unknown = *value->u.unknown;
		unknown->choices = refill_all(kit, notes, facts,
			unknown->choices, unknown->choice_count, &exact);
		value->u.unknown = unknown;
	}
	if (value->type == FEEL_CONTEXT) {
		entries = arena_zeroed(
			&kit->arena, value->size + 1u, sizeof(*entries));
		cr_assert_not_null(entries);
		for (uint32_t i = 0; i < value->size; i++) {
			entries[i] = value->u.entries[i];
			exact = refill(kit, notes, facts, &entries[i].value) &&
				exact;
		}
		value->u.entries = entries;
	}
	return exact;
}

static void facts_give(
	struct kit *kit, struct feel_notes *notes, const int *facts)
{
	for (unsigned i = 0; i < FACTS; i++) {
		kit->slots[i] = whole(facts[i]);
		if (notes)
			feel_note_fact(notes, i, &kit->slots[i]);
	}
}

/* Hold what was noted on `facts` against a run on `others`. */
static bool agree(struct kit *kit, const struct feel_notes *notes,
	const char *source, const struct feel_value *noted, const int *facts,
	const int *others)
{
	struct feel_value value = *noted, again;
	const char *want;

	if (!holds(notes, others) || !refill(kit, notes, others, &value))
		return false;
	feel_machine_note(kit->machine, NULL);
	facts_give(kit, NULL, others);
	again = kit_value(kit, source);
	want = kit_shape(kit, &again);
	cr_assert_str_eq(kit_shape(kit, &value), want,
		"%s: noted on %d, %d; run on %d, %d", source, facts[0],
		facts[1], others[0], others[1]);
	return facts[0] != others[0] || facts[1] != others[1];
}

/* All pairs of facts against all pairs; how many others were told. */
static unsigned check(
	struct kit *kit, struct feel_notes *notes, const char *source)
{
	unsigned count = sizeof(few) / sizeof(few[0]), told = 0;

	for (unsigned i = 0; i < count * count; i++) {
		const int facts[FACTS] = { few[i / count], few[i % count] };
		struct feel_value noted;

		feel_notes_clear(notes);
		feel_machine_note(kit->machine, notes);
		facts_give(kit, notes, facts);
		noted = kit_value(kit, source);
		cr_assert_not(notes->full, "%s", source);
		for (unsigned k = 0; k < count * count; k++) {
			const int others[FACTS] = { few[k / count],
				few[k % count] };

			told += agree(
				kit, notes, source, &noted, facts, others);
		}
	}
	return told;
}

Test(note_runs, notes_tell_what_runs_say, .timeout = 120)
{
	struct feel_notes *notes = calloc(1, sizeof(*notes));
	unsigned told = 0;

	cr_assert_not_null(notes);
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		struct kit kit;

		kit_init(&kit);
		kit_choice(&kit, 2, "[1, 2]");
		kit_choice(&kit, 3, "[true, false]");
		told += check(&kit, notes, sources[i]);
		kit_release(&kit);
	}
	/* most arithmetic holds for all, and most comparisons for many */
	cr_assert_gt(told, 10000, "the notes tell next to nothing: %u", told);
	free(notes);
}
