/*
 * The common case of a form: one whole number times a constant, plus another,
 * and perhaps rounded. Over machine integers, within bounds under which no
 * digit is lost, that is the very value that num/ has for it.
 */
#ifndef PRICE_RECALL_WHOLE_H
#define PRICE_RECALL_WHOLE_H

#include "num/whole.h"
#include "price/recall.h"

#define WHOLE_MOST (INT64_C(1) << 62) /* of what is reckoned with */

struct recall_form;
struct recall_sum;

/* (factor * fact + term) * 10^exponent; `exponent` is that before rounding. */
struct whole {
	bool usable;
	bool constant;	/* there is no fact in it */
	bool trims;	/* unrounded: decimals that are all zero are left out */
	uint8_t mode;	/* enum num_rounding */
	uint8_t drop;	/* digits that are rounded away; 0: no rounding */
	uint16_t place; /* of the fact */
	int exponent;
	int64_t factor, term;
	uint64_t most;	  /* of the fact: up to it all bounds are kept */
	uint64_t unit;	  /* 10^drop, or to the minus exponent to trim */
	uint64_t inverse; /* 2^64 / unit, and one more */
};

/* One of a row's numbers that is worked out so. */
struct whole_sum {
	struct whole whole;
	uint16_t number;
};

/* Two of them held against each other, at the same exponent. */
struct whole_test {
	struct whole a, b;
	bool rounds; /* b is a, rounded */
	int64_t scale_a, scale_b;
};

/* It will be printed: see `trims`. */
void whole_trim(struct whole *whole);
/* `out` is unusable when it is not of that form. */
void whole_of_form(const struct recall_form *form, struct whole *out);
/* The same for item `at`, of which those before it are there. */
void whole_of_sum(const struct recall_sums *sums, size_t at,
	const struct whole *before, struct whole *out);
/* False when they cannot be held against each other so. */
bool whole_test_make(struct whole_test *test, const struct recall_form *a,
	const struct recall_form *b);

/* How the last digit that is kept grows, as num_round has it. */
static inline uint64_t whole_grows(
	const struct whole *whole, uint64_t kept, uint64_t rest, bool negative)
{
	uint64_t twice = 2 * rest;

	switch ((enum num_rounding)whole->mode) {
	case NUM_HALF_EVEN:
		return twice > whole->unit ||
		       (twice == whole->unit && (kept & 1));
	case NUM_HALF_UP:
		return twice >= whole->unit;
	case NUM_HALF_DOWN:
		return twice > whole->unit;
	case NUM_UP:
		return rest > 0;
	case NUM_DOWN:
		return 0;
	case NUM_FLOOR:
		return negative && rest > 0;
	case NUM_CEILING:
		return !negative && rest > 0;
	}
	return 0;
}

__extension__ typedef unsigned __int128 whole_wide;

/* size / unit, below the bound that `most` keeps. */
static inline uint64_t whole_part(const struct whole *whole, uint64_t size)
{
	return (uint64_t)((whole_wide)size * whole->inverse >> 64);
}

static inline int64_t whole_round(const struct whole *whole, int64_t value)
{
	bool negative = value < 0;
	uint64_t size = negative ? 0 - (uint64_t)value : (uint64_t)value;
	uint64_t kept = whole_part(whole, size);

	kept += whole_grows(whole, kept, size - kept * whole->unit, negative);
	return negative ? -(int64_t)kept : (int64_t)kept;
}

/* False when the fact is not whole or too large. */
static inline bool whole_value(
	const struct whole *whole, const num *numbers, int64_t *value)
{
	int64_t made = whole->term;

	if (!whole->constant) {
		const num *fact = &numbers[whole->place];

		if (fact->w[1] != NUM_ZERO.w[1] || fact->w[0] > whole->most)
			return false;
		made += whole->factor * (int64_t)fact->w[0];
	}
	*value = whole->drop ? whole_round(whole, made) : made;
	return true;
}

/* A value of it as a number; a whole one without decimals if it trims. */
static inline num whole_number(const struct whole *whole, int64_t value)
{
	if (whole->trims && value >= 0) {
		uint64_t part = whole_part(whole, (uint64_t)value);

		if (part * whole->unit == (uint64_t)value)
			return num_of_scaled((int64_t)part, 0);
	}
	return num_of_scaled(value, whole->exponent + whole->drop);
}

/* The order of both sides: -1, 0, 1; 2 when it cannot be told so. */
static inline int whole_order(const struct whole_test *test, const num *numbers)
{
	int64_t a, b;

	if (!whole_value(&test->a, numbers, &a))
		return 2;
	if (test->rounds)
		b = whole_round(&test->b, a);
	else if (!whole_value(&test->b, numbers, &b))
		return 2;
	a *= test->scale_a;
	b *= test->scale_b;
	return (a > b) - (a < b);
}

#endif
