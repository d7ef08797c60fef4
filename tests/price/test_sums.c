/*
 * The row that a remembered answer's numbers are worked out in: each once, in
 * the order of what they are made of, and only when all of them are exact.
 */
#include <criterion/criterion.h>

#include "price/recall_form.h"

static struct feel_notes notes;
static struct recall_summing summing;

static void begin(void)
{
	feel_notes_clear(&notes);
	recall_sums_begin(&summing, NULL, NULL, &notes);
}

static num of(int64_t value)
{
	return num_from_int(value);
}

static uint16_t form(
	enum feel_form_kind kind, uint16_t a, uint16_t b, int64_t number)
{
	struct feel_form *form = &notes.forms[++notes.form_count];

	*form = (struct feel_form){
		.kind = (uint8_t)kind, .a = a, .b = b, .number = of(number)
	};
	summing.places[notes.form_count] = 0; /* as begin would */
	return (uint16_t)notes.form_count;
}

static bool work_out(const num *numbers)
{
	struct recall_sums sums = { summing.count, summing.items,
		summing.numbers };

	return recall_sums_work_out(&sums, numbers);
}

static void expect(int place, int64_t value)
{
	cr_expect_eq(
		num_compare(summing.numbers[place], of(value)), 0, "%d", place);
}

Test(sums, each_once)
{
	uint16_t two, three, sum, product;
	int at;

	begin();
	two = form(FEEL_FORM_NUMBER, 0, 0, 2);
	three = form(FEEL_FORM_NUMBER, 0, 0, 3);
	sum = form(FEEL_FORM_ADD, two, three, 0);
	product = form(FEEL_FORM_MULTIPLY, sum, two, 0);
	at = recall_sums_add(&summing, product);
	cr_assert_eq(at, 3, "behind all that it is made of");
	cr_expect_eq(recall_sums_add(&summing, product), at);
	cr_expect_geq(recall_sums_add(&summing, sum), 0);
	cr_expect_eq(summing.count, 4);
	cr_assert(work_out(NULL));
	expect(at, 10);
	expect(recall_sums_add(&summing, sum), 5);
	sum = form(FEEL_FORM_NEGATE, sum, 0, 0);
	at = recall_sums_add(&summing, sum);
	cr_assert(work_out(NULL));
	expect(at, -5);
	recall_sums_begin(&summing, NULL, NULL, &notes);
	cr_expect_eq(recall_sums_add(&summing, three), 0, "a new row");
}

Test(sums, of_a_record)
{
	const struct recall_sum items[] = {
		{ .kind = FEEL_FORM_FACT, .place = 1 },
		{ .kind = FEEL_FORM_FACT, .place = 0 },
		{ .kind = FEEL_FORM_SUBTRACT, .a = 0, .b = 1 },
	};
	const num facts[] = { of(7), of(40) };
	const struct recall_sums sums = { 3, items, summing.numbers };

	cr_assert(recall_sums_work_out(&sums, facts));
	expect(2, 33);
}

/* A rounding may be inexact; what it rounds may not. */
Test(sums, only_exact_ones)
{
	uint16_t one, three, two, half, third, rounded;
	int at;

	begin();
	one = form(FEEL_FORM_NUMBER, 0, 0, 1);
	two = form(FEEL_FORM_NUMBER, 0, 0, 2);
	three = form(FEEL_FORM_NUMBER, 0, 0, 3);
	half = form(FEEL_FORM_DIVIDE, one, two, 0);
	rounded = form(FEEL_FORM_ROUND, half, 0, 0);
	notes.forms[rounded].mode = NUM_UP;
	at = recall_sums_add(&summing, rounded);
	cr_assert(work_out(NULL));
	expect(at, 1);
	third = form(FEEL_FORM_DIVIDE, one, three, 0);
	rounded = form(FEEL_FORM_ROUND, third, 0, 0);
	cr_expect_geq(recall_sums_add(&summing, rounded), 0);
	cr_expect_not(work_out(NULL));
}

Test(sums, ceilings)
{
	uint16_t last;

	begin();
	for (unsigned i = 0; i < RECALL_SUMS_MAX; i++) {
		last = form(FEEL_FORM_NUMBER, 0, 0, i);
		cr_assert_eq(recall_sums_add(&summing, last), (int)i);
	}
	last = form(FEEL_FORM_NUMBER, 0, 0, 0);
	cr_expect_eq(recall_sums_add(&summing, last), -1);
	begin();
	last = form(FEEL_FORM_NUMBER, 0, 0, 1);
	for (unsigned i = 1; i < RECALL_DEPTH_MAX; i++)
		last = form(FEEL_FORM_NEGATE, last, 0, 0);
	cr_expect_eq(recall_sums_add(&summing, last), RECALL_DEPTH_MAX - 1);
	begin();
	last = form(FEEL_FORM_NUMBER, 0, 0, 1);
	for (unsigned i = 1; i <= RECALL_DEPTH_MAX; i++)
		last = form(FEEL_FORM_NEGATE, last, 0, 0);
	cr_expect_eq(recall_sums_add(&summing, last), -1);
}
