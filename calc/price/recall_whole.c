/*
 * Which forms are those of one whole number, and up to where. Every bound is
 * on the sum of absolute values, so what is in between keeps it too.
 */
#include "price/recall_inside.h"
#include "price/recall_whole.h"

#define DIGITS_MOST   18  /* powers of ten below WHOLE_MOST */
#define EXPONENT_MOST 512 /* far inside of what num/ has */

static const struct whole unusable = { .usable = false };

static int64_t power(int digits)
{
	int64_t power = 1;

	while (digits-- > 0)
		power *= 10;
	return power;
}

static uint64_t size_of(int64_t value)
{
	return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

/* Facts up to `most` keep |factor * fact| + |term| to `bound`. */
static bool bound_set(struct whole *whole, uint64_t bound)
{
	uint64_t term = size_of(whole->term), most;

	if (term > bound)
		return false;
	if (whole->factor == 0) /* a fact still has what bounds it before */
		return true;
	most = (bound - term) / size_of(whole->factor);
	if (most < whole->most)
		whole->most = most;
	return true;
}

/* Times ten, `digits` times, with so many more decimals. */
static bool scale_up(struct whole *whole, int digits)
{
	int64_t by;

	if (digits < 0 || digits > DIGITS_MOST)
		return false;
	by = power(digits);
	if (__builtin_mul_overflow(whole->factor, by, &whole->factor) ||
		__builtin_mul_overflow(whole->term, by, &whole->term))
		return false;
	whole->exponent -= digits;
	return bound_set(whole, WHOLE_MOST);
}

static void of_number(num number, struct whole *out)
{
	*out = (struct whole){
		.usable = true, .constant = true, .most = UINT64_MAX
	};
	if (!num_to_scaled(number, &out->term, &out->exponent) ||
		out->exponent < -EXPONENT_MOST ||
		out->exponent > EXPONENT_MOST || !bound_set(out, WHOLE_MOST))
		*out = unusable;
}

static void of_fact(uint16_t place, struct whole *out)
{
	*out = (struct whole){
		.usable = true, .place = place, .factor = 1, .most = UINT64_MAX
	};
	bound_set(out, WHOLE_MOST);
}

static bool is_linear(const struct whole *whole)
{
	return whole->usable && whole->drop == 0;
}

/* a + sign * b, of one fact. */
static bool sum(const struct whole *a, const struct whole *b, int64_t sign,
	struct whole *out)
{
	struct whole x = *a, y = *b;

	if (!is_linear(a) || !is_linear(b) ||
		(!a->constant && !b->constant && a->place != b->place))
		return false;
	if (x.exponent > y.exponent ? !scale_up(&x, x.exponent - y.exponent)
				    : !scale_up(&y, y.exponent - x.exponent))
		return false;
	*out = x;
	out->constant = x.constant && y.constant;
	out->place = x.constant ? y.place : x.place;
	out->most = x.most < y.most ? x.most : y.most;
	return !__builtin_add_overflow(
		       x.factor, sign * y.factor, &out->factor) &&
	       !__builtin_add_overflow(x.term, sign * y.term, &out->term) &&
	       bound_set(out, WHOLE_MOST);
}

static bool product(
	const struct whole *a, const struct whole *b, struct whole *out)
{
	const struct whole *constant = a->constant ? a : b;
	const struct whole *other = a->constant ? b : a;

	if (!is_linear(a) || !is_linear(b) || !constant->constant)
		return false;
	*out = *other;
	out->exponent += constant->exponent;
	return !__builtin_mul_overflow(
		       other->factor, constant->term, &out->factor) &&
	       !__builtin_mul_overflow(
		       other->term, constant->term, &out->term) &&
	       bound_set(out, WHOLE_MOST);
}

static bool negative(const struct whole *a, struct whole *out)
{
	if (!is_linear(a))
		return false;
	*out = *a;
	out->factor = -a->factor;
	out->term = -a->term;
	return true;
}

/* The product with `inverse` is exact below 2^64 / unit. */
static bool rounded(
	const struct whole *a, int scale, unsigned mode, struct whole *out)
{
	int drop = -scale - a->exponent;

	if (!is_linear(a) || drop > DIGITS_MOST)
		return false;
	*out = *a;
	if (drop <= 0)
		return true;
	out->drop = (uint8_t)drop;
	out->mode = (uint8_t)mode;
	out->unit = (uint64_t)power(drop);
	out->inverse = UINT64_MAX / out->unit + 1;
	return bound_set(out, (uint64_t)WHOLE_MOST / out->unit);
}

void whole_trim(struct whole *whole)
{
	struct whole trimmed = *whole;
	int digits = -whole->exponent;

	if (!is_linear(whole) || digits <= 0 || digits > DIGITS_MOST)
		return;
	trimmed.trims = true;
	trimmed.unit = (uint64_t)power(digits);
	trimmed.inverse = UINT64_MAX / trimmed.unit + 1;
	if (bound_set(&trimmed, (uint64_t)WHOLE_MOST / trimmed.unit))
		*whole = trimmed;
}

static void combine(const struct recall_sum *by, const struct whole *a,
	const struct whole *b, struct whole *out)
{
	bool fits = false;

	switch ((enum feel_form_kind)by->kind) {
	case FEEL_FORM_ADD:
		fits = sum(a, b, 1, out);
		break;
	case FEEL_FORM_SUBTRACT:
		fits = sum(a, b, -1, out);
		break;
	case FEEL_FORM_MULTIPLY:
		fits = product(a, b, out);
		break;
	case FEEL_FORM_NEGATE:
		fits = negative(a, out);
		break;
	case FEEL_FORM_ROUND:
		fits = rounded(a, by->scale, by->mode, out);
		break;
	default:
		break;
	}
	if (!fits || !a->usable || !b->usable ||
		out->exponent < -EXPONENT_MOST || out->exponent > EXPONENT_MOST)
		*out = unusable;
}

void whole_of_form(const struct recall_form *form, struct whole *out)
{
	const struct recall_sum by = {
		.kind = form->kind, .mode = form->mode, .scale = form->scale
	};
	struct whole a, b;

	if (form->kind == FEEL_FORM_NUMBER) {
		of_number(form->number, out);
		return;
	}
	if (form->kind == FEEL_FORM_FACT) {
		of_fact(form->place, out);
		return;
	}
	whole_of_form(form->a, &a);
	b = a;
	if (form->b)
		whole_of_form(form->b, &b);
	combine(&by, &a, &b, out);
}

void whole_of_sum(const struct recall_sums *sums, size_t at,
	const struct whole *before, struct whole *out)
{
	const struct recall_sum *sum = &sums->items[at];

	if (sum->kind == FEEL_FORM_NUMBER)
		of_number(sums->numbers[at], out);
	else if (sum->kind == FEEL_FORM_FACT)
		of_fact(sum->place, out);
	else
		combine(sum, &before[sum->a], &before[sum->b], out);
}

/* Whether `b` is `a` and then rounded. */
static bool is_rounded(const struct whole *a, const struct whole *b)
{
	return a->drop == 0 && b->drop > 0 && a->constant == b->constant &&
	       a->place == b->place && a->exponent == b->exponent &&
	       a->factor == b->factor && a->term == b->term;
}

bool whole_test_make(struct whole_test *test, const struct recall_form *a,
	const struct recall_form *b)
{
	int high_a, high_b, low;

	whole_of_form(a, &test->a);
	whole_of_form(b, &test->b);
	if (!test->a.usable || !test->b.usable)
		return false;
	high_a = test->a.exponent + test->a.drop;
	high_b = test->b.exponent + test->b.drop;
	low = high_a < high_b ? high_a : high_b;
	if (high_a - low > DIGITS_MOST || high_b - low > DIGITS_MOST)
		return false;
	test->scale_a = power(high_a - low);
	test->scale_b = power(high_b - low);
	if (!bound_set(&test->a, (uint64_t)(WHOLE_MOST / test->scale_a)) ||
		!bound_set(&test->b, (uint64_t)(WHOLE_MOST / test->scale_b)))
		return false;
	test->rounds = is_rounded(&test->a, &test->b);
	if (test->rounds && test->b.most < test->a.most)
		test->a.most = test->b.most;
	return true;
}
