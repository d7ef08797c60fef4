/*
 * Forms over machine integers have the very values that num/ gives them, up to
 * the bounds that they claim for their fact and not past them.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "price/recall_inside.h"

#define FORMS	     64
#define PLACES_DRAWN 3

static uint64_t seed = 20261124;

static unsigned draw(unsigned below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % below;
}

struct wood {
	struct recall_form forms[FORMS];
	size_t count;
};

static num draw_number(void)
{
	static const char *const words[] = { "0", "1", "-1", "1.1", "1.5",
		"-0.05", "0.005", "100", "1000000", "12345678901234567",
		"4611686018427387903", "4611686018427387904", "1e20", "1e-20",
		"1e-18", "99999999999999999999999999999999", "0.333", "2.50" };
	const char *word = words[draw(sizeof(words) / sizeof(words[0]))];
	num number;

	cr_assert_eq(num_parse(word, strlen(word), true, &number), NUM_PARSED);
	return number;
}

static const struct recall_form *draw_form(struct wood *wood, unsigned depth)
{
	struct recall_form *form = &wood->forms[wood->count++];
	static const uint8_t kinds[] = { FEEL_FORM_ADD, FEEL_FORM_SUBTRACT,
		FEEL_FORM_MULTIPLY, FEEL_FORM_MULTIPLY, FEEL_FORM_NEGATE,
		FEEL_FORM_ROUND, FEEL_FORM_ROUND, FEEL_FORM_DIVIDE,
		FEEL_FORM_MARGIN };

	*form = (struct recall_form){ .kind = FEEL_FORM_NUMBER };
	if (depth == 3 || draw(3) == 0) {
		form->kind = draw(2) ? FEEL_FORM_FACT : FEEL_FORM_NUMBER;
		form->place = (uint16_t)(draw(4) ? 1 : 2);
		form->number = draw_number();
		return form;
	}
	form->kind = kinds[draw(sizeof(kinds) - (depth == 0 ? 0 : 2))];
	form->mode = (uint8_t)draw(7);
	form->scale = (int16_t)((int)draw(6) - 2);
	form->a = draw_form(wood, depth + 1);
	if (form->kind <= FEEL_FORM_POWER)
		form->b = draw_form(wood, depth + 1);
	return form;
}

/* Mostly small, and at the bound. */
static uint64_t draw_fact(const struct whole *whole)
{
	uint64_t most = whole->constant || whole->most > INT64_MAX
				? INT64_MAX
				: whole->most;

	switch (draw(5)) {
	case 0:
		return most - (most > 3 ? draw(3) : 0);
	case 1:
		return most < 1 ? 0 : draw(1u << 30) % most;
	case 2:
		return 1 + most; /* past it */
	default:
		return draw(2000);
	}
}

Test(whole, is_what_num_has)
{
	static struct wood wood;
	unsigned usable = 0, rounded = 0, past = 0, trimmed = 0;

	for (unsigned round = 0; round < 200000; round++) {
		num numbers[PLACES_DRAWN] = { NUM_ZERO, NUM_ZERO, NUM_ZERO };
		const struct recall_form *form;
		struct whole whole;
		int64_t value;
		num truth, made;
		bool known;

		wood.count = 0;
		form = draw_form(&wood, 0);
		whole_of_form(form, &whole);
		if (!whole.usable)
			continue;
		if (draw(2))
			whole_trim(&whole);
		trimmed += whole.trims;
		usable++;
		rounded += whole.drop > 0;
		numbers[whole.place].w[0] = draw_fact(&whole);
		known = whole_value(&whole, numbers, &value);
		cr_assert_eq(
			known, whole.constant ||
				       numbers[whole.place].w[0] <= whole.most);
		past += !known;
		if (!known)
			continue;
		cr_assert(recall_form_value(form, numbers, &truth),
			"round %u: not exact", round);
		made = whole_number(&whole, value);
		if (whole.trims && value >= 0 && num_is_integer(truth))
			cr_assert_eq(made.w[1], NUM_ZERO.w[1]);
		cr_assert_eq(num_compare(made, truth), 0, "round %u: %lld",
			round, (long long)value);
		cr_assert_eq(num_sign(made), num_sign(truth));
	}
	cr_expect_gt(usable, 50000);
	cr_expect_gt(rounded, 1000, "%u %u", rounded, usable);
	cr_expect_gt(trimmed, 1000);
	cr_expect_gt(past, 100);
}

Test(whole, comparisons)
{
	static struct wood wood;
	unsigned told = 0, equal = 0, rounds = 0;

	for (unsigned round = 0; round < 200000; round++) {
		num numbers[PLACES_DRAWN] = { NUM_ZERO, NUM_ZERO, NUM_ZERO };
		const struct recall_form *a, *b;
		struct whole_test test;
		num x, y;
		int order;

		wood.count = 0;
		a = draw_form(&wood, 1);
		b = draw_form(&wood, 1);
		if (draw(4) == 0) { /* the same, rounded */
			struct recall_form *form = &wood.forms[wood.count++];

			*form = (struct recall_form){ .kind = FEEL_FORM_ROUND,
				.mode = (uint8_t)draw(7),
				.scale = (int16_t)draw(3),
				.a = a };
			b = form;
		}
		if (!whole_test_make(&test, a, b))
			continue;
		numbers[test.a.place].w[0] = draw_fact(&test.a);
		if (test.b.place != test.a.place)
			numbers[test.b.place].w[0] = draw_fact(&test.b);
		order = whole_order(&test, numbers);
		if (order == 2)
			continue;
		cr_assert(recall_form_value(a, numbers, &x));
		cr_assert(recall_form_value(b, numbers, &y));
		cr_assert_eq(order, num_compare(x, y), "round %u", round);
		told++;
		rounds += test.rounds;
		equal += order == 0;
	}
	cr_expect_gt(told, 50000);
	cr_expect_gt(rounds, 1000, "%u", rounds);
	cr_expect_gt(equal, 1000);
}

/* A fact that is not whole, negative, or in another cohort is for num/. */
Test(whole, only_whole_facts)
{
	static const char *const words[] = { "1.5", "-1", "1e30",
		"99999999999999999999" };
	struct recall_form fact = { .kind = FEEL_FORM_FACT, .place = 0 };
	struct whole whole;
	int64_t value;
	num number = NUM_ONE;

	whole_of_form(&fact, &whole);
	cr_assert(whole.usable);
	cr_expect(whole_value(&whole, &number, &value));
	cr_expect_eq(value, 1);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		num_parse(words[i], strlen(words[i]), true, &number);
		cr_expect_not(
			whole_value(&whole, &number, &value), "%s", words[i]);
	}
}
