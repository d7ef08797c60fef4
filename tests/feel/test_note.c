/*
 * Notes: forms of numbers, guards of comparisons, pins for all else, each
 * once, and the ceilings.
 */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "feel/note.h"

static struct feel_notes *notes_new(void)
{
	struct feel_notes *notes = malloc(sizeof(*notes));

	cr_assert_not_null(notes);
	feel_notes_clear(notes);
	return notes;
}

static struct feel_value fact(
	struct feel_notes *notes, unsigned slot, int64_t number)
{
	struct feel_value value = feel_number(num_from_int(number));

	feel_note_fact(notes, slot, &value);
	return value;
}

static struct feel_value binary(struct feel_notes *notes, enum feel_op op,
	struct feel_value a, struct feel_value b, struct feel_value out)
{
	const struct feel_value sides[2] = { a, b };

	feel_note_binary(notes, op, sides, &out);
	return out;
}

static struct feel_value number(int64_t value)
{
	return feel_number(num_from_int(value));
}

Test(note, numbers_have_forms)
{
	struct feel_notes *notes = notes_new();
	struct feel_value a = fact(notes, 3, 10), b = fact(notes, 5, 4);
	struct feel_value sum = binary(notes, FEEL_ADD, a, b, number(14));
	struct feel_value same = binary(notes, FEEL_ADD, a, b, number(14));
	struct feel_value plain =
		binary(notes, FEEL_ADD, number(1), number(2), number(3));
	struct feel_value less = number(-14);

	cr_assert(feel_note_free(notes, &sum));
	cr_assert_eq(sum.form, same.form, "one sum has one form");
	cr_assert_not(feel_note_free(notes, &plain), "constants have none");
	cr_assert_eq(notes->forms[sum.form].kind, FEEL_FORM_ADD);
	cr_assert(feel_set_has(&notes->forms[sum.form].facts, 3));
	cr_assert(feel_set_has(&notes->forms[sum.form].facts, 5));
	feel_note_negate(notes, &sum, &less);
	cr_assert_eq(notes->forms[less.form].kind, FEEL_FORM_NEGATE);
	cr_assert_eq(notes->forms[less.form].a, sum.form);
	free(notes);
}

Test(note, comparisons_are_guards)
{
	static const struct {
		enum feel_op op;
		bool truth, guard_truth;
		enum feel_guard_kind kind;
		bool turned; /* the fact is side b of the guard */
	} rows[] = { { FEEL_LT, true, true, FEEL_GUARD_LT, false },
		{ FEEL_LE, true, true, FEEL_GUARD_LE, false },
		{ FEEL_GT, false, false, FEEL_GUARD_LT, true },
		{ FEEL_GE, false, false, FEEL_GUARD_LE, true },
		{ FEEL_EQ, false, false, FEEL_GUARD_EQ, false },
		{ FEEL_NE, true, false, FEEL_GUARD_EQ, false } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct feel_notes *notes = notes_new();
		struct feel_value a = fact(notes, 3, 10);
		const struct feel_guard *guard = &notes->guards[0];

		for (int twice = 0; twice < 2; twice++)
			binary(notes, rows[i].op, a, number(20),
				feel_boolean(rows[i].truth));
		cr_assert_eq(notes->guard_count, 1, "row %zu: kept once", i);
		cr_assert_eq(guard->kind, rows[i].kind, "row %zu", i);
		cr_assert_eq(guard->truth, rows[i].guard_truth, "row %zu", i);
		cr_assert_eq(rows[i].turned ? guard->b : guard->a, a.form,
			"row %zu", i);
		free(notes);
	}
}

Test(note, what_cannot_be_followed_is_pinned)
{
	struct feel_notes *notes = notes_new();
	struct feel_value a = fact(notes, 3, 10), b = fact(notes, 5, 4);
	struct feel_value items[2] = { number(1), b };
	struct feel_value list = {
		.type = FEEL_LIST, .size = 2, .u = { .items = items }
	};
	struct feel_value third =
		binary(notes, FEEL_DIVIDE, a, number(3), FEEL_NULL_VALUE);

	cr_assert_eq(third.type, FEEL_NULL);
	cr_assert_not(feel_note_free(notes, &a), "its result is no number");
	cr_assert_eq(notes->guards[0].kind, FEEL_GUARD_PIN);
	cr_assert(feel_note_free(notes, &b));
	feel_note_pin(notes, &list);
	cr_assert_not(feel_note_free(notes, &b), "pinned inside of a list");
	cr_assert_eq(notes->guard_count, 2);
	feel_note_pin(notes, &list);
	cr_assert_eq(notes->guard_count, 2, "pinned once");
	binary(notes, FEEL_LT, a, b, feel_boolean(false));
	cr_assert_eq(notes->guard_count, 2, "of pinned facts nothing is left");
	free(notes);
}

/* One of several values: what is done to each of them is noted there. */
Test(note, choices_are_followed)
{
	struct feel_notes *notes = notes_new();
	struct feel_value a = fact(notes, 3, 10);
	const struct feel_value few[2] = { number(2), FEEL_NULL_VALUE };
	struct feel_unknown choice = { .shape = FEEL_CHOICE,
		.choice_count = 2,
		.choices = few,
		.slot = -1 };
	struct feel_value either = { .type = FEEL_UNKNOWN,
		.u = { .unknown = &choice } };
	const struct feel_value *values;

	cr_assert_eq(feel_note_listed(&either, &values), 2);
	binary(notes, FEEL_MULTIPLY, a, few[1], FEEL_NULL_VALUE);
	binary(notes, FEEL_MULTIPLY, a, either, either);
	binary(notes, FEEL_EQ, a, few[1], feel_boolean(false));
	cr_assert(feel_note_free(notes, &a), "nothing looked at the number");
	feel_note_same(notes, &a, &few[0]);
	cr_assert_eq(notes->guard_count, 1);
	cr_assert_eq(notes->guards[0].kind, FEEL_GUARD_EQ);
	binary(notes, FEEL_LT, a, either, feel_boolean(false));
	cr_assert(feel_note_free(notes, &a));
	choice.shape = FEEL_ANYTHING;
	binary(notes, FEEL_LT, a, either, either);
	cr_assert_not(feel_note_free(notes, &a), "compared with anything");
	free(notes);
}

Test(note, a_choice_that_is_a_fact_is_not_followed)
{
	struct feel_notes *notes = notes_new();
	struct feel_value a = fact(notes, 3, 10);
	const struct feel_value few[2] = { number(2), number(3) };
	struct feel_unknown choice = { .shape = FEEL_CHOICE,
		.choice_count = 2,
		.choices = few,
		.slot = 7 };
	struct feel_value either = { .type = FEEL_UNKNOWN,
		.u = { .unknown = &choice } };

	binary(notes, FEEL_MULTIPLY, a, either, either);
	cr_assert_not(feel_note_free(notes, &a));
	free(notes);
}

Test(note, inexact_numbers_are_pinned)
{
	struct feel_notes *notes = notes_new();
	struct feel_value a = fact(notes, 3, 10), third = number(3);

	third.inexact = 1;
	third = binary(notes, FEEL_DIVIDE, a, number(3), third);
	cr_assert_not(feel_note_free(notes, &third));
	cr_assert_not(feel_note_free(notes, &a));
	free(notes);
}

Test(note, roundings_have_forms)
{
	struct feel_notes *notes = notes_new();
	struct feel_value a = fact(notes, 3, 15);
	struct feel_value after = number(20), margin = number(0);

	feel_note_round(notes, -1, NUM_HALF_UP, &a, &after, &margin);
	cr_assert_eq(notes->forms[after.form].kind, FEEL_FORM_ROUND);
	cr_assert_eq(notes->forms[after.form].scale, -1);
	cr_assert_eq(notes->forms[margin.form].kind, FEEL_FORM_MARGIN);
	feel_note_round(notes, 7000, NUM_HALF_UP, &a, &after, NULL);
	cr_assert_eq(notes->forms[after.form].scale, 7000);
	free(notes);
}

Test(note, full_at_the_ceilings)
{
	struct feel_notes *notes = notes_new();
	struct feel_value a = fact(notes, 3, 10);

	/* the fact, and a constant a comparison */
	for (int64_t i = 0; i < FEEL_GUARDS_MAX; i++)
		binary(notes, FEEL_LT, a, number(i), feel_boolean(i > 10));
	cr_assert_not(notes->full);
	cr_assert_eq(notes->guard_count, FEEL_GUARDS_MAX);
	binary(notes, FEEL_LT, a, number(-1), feel_boolean(false));
	cr_assert(notes->full, "one guard too many");
	feel_notes_clear(notes);
	a = fact(notes, 3, 10);
	for (int64_t i = 1; i < FEEL_FORMS_MAX; i++)
		a = binary(notes, FEEL_ADD, a, a, number(i));
	cr_assert_not(notes->full);
	cr_assert_eq(notes->form_count, FEEL_FORMS_MAX);
	binary(notes, FEEL_ADD, a, a, number(0));
	cr_assert(notes->full, "one form too many");
	free(notes);
}

/* What is inexact, or no number, is pinned and has no form. */
Test(note, what_is_negated_or_rounded_without_a_form)
{
	static const struct {
		bool before_inexact, after_inexact, null;
	} rows[] = { { false, false, true }, { false, true, false },
		{ true, false, false } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct feel_notes *notes = notes_new();
		struct feel_value a = fact(notes, 3, 10);
		struct feel_value out =
			rows[i].null ? FEEL_NULL_VALUE : number(10);

		a.inexact = rows[i].before_inexact;
		out.inexact = rows[i].after_inexact;
		feel_note_round(notes, 0, NUM_HALF_UP, &a, &out, NULL);
		cr_expect_not(feel_note_free(notes, &a), "row %zu", i);
		cr_expect_eq(notes->guard_count, 1, "row %zu", i);
		free(notes);
		if (rows[i].before_inexact)
			continue;
		notes = notes_new();
		a = fact(notes, 3, 10);
		feel_note_negate(notes, &a, &out);
		cr_expect_not(feel_note_free(notes, &a), "row %zu", i);
		cr_expect_eq(notes->guard_count, 1, "row %zu", i);
		free(notes);
	}
}

/* A constant is negated, rounded and compared without a note. */
Test(note, constants)
{
	struct feel_notes *notes = notes_new();
	struct feel_value one = number(1), less = number(-1),
			  text = feel_string("x", 1), a = fact(notes, 3, 1);

	feel_note_negate(notes, &one, &less);
	feel_note_round(notes, 0, NUM_HALF_UP, &one, &one, &less);
	feel_note_same(notes, &one, &text);
	feel_note_same(notes, &text, &a);
	feel_note_same(notes, &text, &text);
	cr_expect_eq(notes->guard_count, 0);
	cr_expect_eq(one.form, 0);
	cr_expect_eq(less.form, 0);
	cr_expect(feel_note_free(notes, &a));
	cr_expect_not(feel_note_free(notes, &text), "no number");
	feel_note_pin(notes, &text);
	feel_note_pin(notes, &one);
	cr_expect_eq(notes->guard_count, 0, "nothing hangs on them");
	feel_note_same(notes, &a, &one);
	cr_expect_eq(notes->guard_count, 1);
	cr_expect_eq(notes->guards[0].kind, FEEL_GUARD_EQ);
	cr_expect(notes->guards[0].truth);
	free(notes);
}

/* Whichever of the three is inexact, no form can follow. */
Test(note, inexact_sides)
{
	for (int which = 0; which < 3; which++) {
		struct feel_notes *notes = notes_new();
		struct feel_value sides[3] = { fact(notes, 3, 10),
			fact(notes, 4, 5), number(15) };

		sides[which].inexact = 1;
		feel_note_binary(notes, FEEL_ADD, sides, &sides[2]);
		cr_expect_eq(sides[2].form, 0, "side %d", which);
		cr_expect_eq(notes->guard_count, 2, "side %d", which);
		cr_expect_not(
			feel_note_free(notes, &sides[0]), "side %d", which);
		free(notes);
	}
}
