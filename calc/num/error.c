/*
 * Bounds of errors through arithmetic; error.h has the formulas. An absolute
 * bound is a number rounded upwards at each step (`_up` of what is positive),
 * and a divisor is rounded downwards; NUM_ERROR_UNKNOWN passes through all of
 * it. Nothing here changes a value: values are those of num.h.
 */
#include "num/error.h"
#include "num/parts.h"

/* Decimal exponent of a unit of the 34th digit. */
static int num_unit_exponent(num a)
{
	struct num_parts parts = num_take_apart(a);
	int digits = 0;

	if (parts.coefficient == 0)
		return 1 - NUM_DIGITS;
	while (digits < NUM_DIGITS && parts.coefficient >= num_ten(digits))
		digits++;
	parts.exponent -= NUM_DIGITS - digits;
	return parts.exponent < NUM_EXPONENT_MIN ? NUM_EXPONENT_MIN
						 : parts.exponent;
}

/* count * 10^exponent, exponent within the format. */
static num num_scaled(unsigned count, int exponent)
{
	return num_put_together(
		(struct num_parts){ (num_wide)count, exponent, false });
}

num num_error_size(struct num_bounded a)
{
	return num_scaled(a.error, num_unit_exponent(a.value));
}

/* Do the bounds say something about both? */
static bool num_is_bounded(struct num_bounded a, struct num_bounded b)
{
	return a.error != NUM_ERROR_UNKNOWN && b.error != NUM_ERROR_UNKNOWN;
}

static struct num_bounded num_unbounded(num value)
{
	return (struct num_bounded){ value, NUM_ERROR_UNKNOWN };
}

/* From an absolute bound; `status` is that of the operation itself. */
static struct num_bounded num_bound(num value, num size, unsigned status)
{
	int exponent;
	num units;
	int64_t count;

	if (status & ~NUM_INEXACT)
		return num_unbounded(value);
	if (num_is_zero(size)) /* half a unit, counted as one */
		return (struct num_bounded){ value,
			status & NUM_INEXACT ? 1 : 0 };
	exponent = num_unit_exponent(value);
	if (status & NUM_INEXACT) {
		if (exponent == NUM_EXPONENT_MIN) /* no half of it exists */
			size = num_add_up(size, num_scaled(1, exponent));
		else
			size = num_add_up(size, num_scaled(5, exponent - 1));
	}
	units = num_round(num_divide_up(size, num_scaled(1, exponent)), 0,
		NUM_CEILING, NULL);
	if (!num_to_int(units, &count) || count >= NUM_ERROR_UNKNOWN)
		return num_unbounded(value);
	return (struct num_bounded){ value, (uint32_t)count };
}

/* The result of an operation with an exact result on exact operands. */
static struct num_bounded num_exactly(num value, unsigned status)
{
	return num_bound(value, NUM_ZERO, status);
}

static bool num_is_exact(struct num_bounded a)
{
	return a.error == 0;
}

struct num_bounded num_bounded_widen(struct num_bounded a, num size)
{
	if (a.error == NUM_ERROR_UNKNOWN)
		return a;
	return num_bound(a.value, num_add_up(num_error_size(a), size), 0);
}

struct num_bounded num_bounded_add(
	struct num_bounded a, struct num_bounded b, unsigned *status)
{
	unsigned own = 0;
	num sum = num_add(a.value, b.value, &own);

	num_report(status, own);
	if (!num_is_bounded(a, b))
		return num_unbounded(sum);
	return num_bound(
		sum, num_add_up(num_error_size(a), num_error_size(b)), own);
}

struct num_bounded num_bounded_subtract(
	struct num_bounded a, struct num_bounded b, unsigned *status)
{
	b.value = num_negate(b.value);
	return num_bounded_add(a, b, status);
}

struct num_bounded num_bounded_multiply(
	struct num_bounded a, struct num_bounded b, unsigned *status)
{
	unsigned own = 0;
	num product = num_multiply(a.value, b.value, &own);
	num da;
	num db;
	num size;

	num_report(status, own);
	if ((num_is_exact(a) && num_is_zero(a.value)) ||
		(num_is_exact(b) && num_is_zero(b.value)))
		return (struct num_bounded){ product, 0 };
	if (!num_is_bounded(a, b))
		return num_unbounded(product);
	da = num_error_size(a);
	db = num_error_size(b);
	size = num_add_up(num_multiply_up(num_absolute(a.value), db),
		num_multiply_up(num_absolute(b.value), da));
	size = num_add_up(size, num_multiply_up(da, db));
	return num_bound(product, size, own);
}

struct num_bounded num_bounded_divide(
	struct num_bounded a, struct num_bounded b, unsigned *status)
{
	unsigned own = 0;
	num quotient = num_divide(a.value, b.value, &own);
	num size;
	num db;
	num least;

	num_report(status, own);
	if (own & ~NUM_INEXACT || !num_is_bounded(a, b))
		return num_unbounded(quotient);
	db = num_error_size(b);
	b.value = num_absolute(b.value);
	least = num_add_down(b.value, num_negate(db));
	if (num_sign(least) <= 0)
		return num_unbounded(quotient);
	size = num_multiply_up(
		num_divide_up(num_absolute(a.value), b.value), db);
	size = num_divide_up(num_add_up(size, num_error_size(a)), least);
	return num_bound(quotient, size, own);
}

/* r + r^2 */
static num num_with_square(num r)
{
	return num_add_up(r, num_multiply_up(r, r));
}

/*
 * How far log |x| may be from log |a|: r + r^2 with r = da / |a|. False when
 * r > 1/2.
 */
static bool num_log_error(struct num_bounded a, num *out)
{
	num r;

	if (a.error == NUM_ERROR_UNKNOWN || num_is_zero(a.value))
		return false;
	r = num_divide_up(num_error_size(a), num_absolute(a.value));
	*out = num_with_square(r);
	return num_compare(num_add_up(r, r), NUM_ONE) <= 0;
}

/* A value e^t whose t is off by at most `t`, and which was rounded. */
static struct num_bounded num_exp_bound(num value, num t, unsigned status)
{
	num size = num_absolute(value);

	if (status & ~NUM_INEXACT || num_compare(t, NUM_ONE) > 0)
		return num_unbounded(value);
	/* of the exact value: at most a unit above the rounded one */
	size = num_add_up(size, num_scaled(1, num_unit_exponent(value)));
	return num_bound(
		value, num_multiply_up(size, num_with_square(t)), status);
}

/* |log a| + u, rounded upwards; a is not zero. */
static num num_log_most(num a, num u)
{
	num size = num_absolute(num_logarithm(num_absolute(a), NULL));

	size = num_add_up(size, num_scaled(1, num_unit_exponent(size)));
	return num_add_up(size, u);
}

struct num_bounded num_bounded_power(
	struct num_bounded a, struct num_bounded b, unsigned *status)
{
	unsigned own = 0;
	num power = num_power(a.value, b.value, &own);
	num u;
	num t;

	num_report(status, own);
	if (own & ~NUM_INEXACT)
		return num_unbounded(power);
	if (num_is_exact(b) && (num_is_exact(a) || num_is_zero(b.value)))
		return num_exactly(power, own);
	if (!num_is_bounded(a, b) || !num_log_error(a, &u) ||
		(num_sign(a.value) < 0 && !num_is_exact(b)))
		return num_unbounded(power);
	t = num_multiply_up(num_absolute(b.value), u);
	if (!num_is_exact(b))
		t = num_add_up(t, num_multiply_up(num_log_most(a.value, u),
					  num_error_size(b)));
	return num_exp_bound(power, t, own);
}

struct num_bounded num_bounded_square_root(
	struct num_bounded a, unsigned *status)
{
	unsigned own = 0;
	num root = num_square_root(a.value, &own);
	num size = NUM_ZERO;
	num least;

	num_report(status, own);
	if (own & ~NUM_INEXACT || !num_is_bounded(a, a))
		return num_unbounded(root);
	if (!num_is_exact(a)) {
		/* below the exact root, however that was rounded */
		least = num_add_down(root,
			num_negate(num_scaled(1, num_unit_exponent(root))));
		size = num_error_size(a);
		if (num_compare(size, a.value) >= 0 || num_sign(least) <= 0)
			return num_unbounded(root);
		size = num_divide_up(size, least);
	}
	return num_bound(root, size, own);
}

struct num_bounded num_bounded_exponential(
	struct num_bounded a, unsigned *status)
{
	unsigned own = 0;
	num power = num_exponential(a.value, &own);

	num_report(status, own);
	if (num_is_exact(a))
		return num_exactly(power, own);
	if (!num_is_bounded(a, a))
		return num_unbounded(power);
	return num_exp_bound(power, num_error_size(a), own);
}

struct num_bounded num_bounded_logarithm(struct num_bounded a, unsigned *status)
{
	unsigned own = 0;
	num logarithm = num_logarithm(a.value, &own);
	num size = NUM_ZERO;

	num_report(status, own);
	if (own & ~NUM_INEXACT ||
		(!num_is_exact(a) && !num_log_error(a, &size)))
		return num_unbounded(logarithm);
	return num_bound(logarithm, size, own);
}

/* The rest, where the whole quotient is the same within the bounds. */
struct num_bounded num_bounded_modulo(
	struct num_bounded a, struct num_bounded b, unsigned *status)
{
	unsigned own = 0;
	num rest = num_modulo(a.value, b.value, &own);
	num whole;
	num size;
	num room;

	num_report(status, own);
	if (num_is_exact(a) && num_is_exact(b))
		return num_exactly(rest, own);
	if (own & ~NUM_INEXACT || !num_is_bounded(a, b))
		return num_unbounded(rest);
	whole = num_add_up(
		num_divide_up(num_absolute(a.value), num_absolute(b.value)),
		NUM_ONE);
	size = num_add_up(
		num_error_size(a), num_multiply_up(whole, num_error_size(b)));
	if (own & NUM_INEXACT)
		size = num_add_up(
			size, num_scaled(1, num_unit_exponent(b.value)));
	/* up to the divisor, less what may be wrong with it */
	room = num_add_down(num_absolute(b.value),
		num_negate(num_add_up(num_absolute(rest), num_error_size(b))));
	if (num_compare(num_absolute(rest), size) <= 0 ||
		num_compare(room, size) <= 0)
		return num_unbounded(rest);
	return num_bound(rest, size, own);
}

static struct num_bounded num_bounded_extreme(
	struct num_bounded a, struct num_bounded b, bool first)
{
	struct num_bounded out = first ? a : b;
	bool decided;
	num da;
	num db;

	num_bounded_compare(a, b, &decided);
	if (decided)
		return out;
	if (!num_is_bounded(a, b))
		return num_unbounded(out.value);
	da = num_error_size(a);
	db = num_error_size(b);
	return num_bound(out.value, num_compare(da, db) > 0 ? da : db, 0);
}

struct num_bounded num_bounded_least(struct num_bounded a, struct num_bounded b)
{
	return num_bounded_extreme(a, b, num_compare(a.value, b.value) <= 0);
}

struct num_bounded num_bounded_greatest(
	struct num_bounded a, struct num_bounded b)
{
	return num_bounded_extreme(a, b, num_compare(a.value, b.value) >= 0);
}

/* |a - b|, rounded upwards. */
static num num_distance(num a, num b)
{
	return num_compare(a, b) > 0 ? num_add_up(a, num_negate(b))
				     : num_add_up(b, num_negate(a));
}

struct num_bounded num_bounded_round(struct num_bounded a, int scale,
	enum num_rounding mode, bool *proved, unsigned *status)
{
	unsigned own = 0;
	num result = num_round(a.value, scale, mode, &own);
	num size;
	num below;
	num above;

	num_report(status, own);
	*proved = num_is_exact(a);
	if (*proved)
		return (struct num_bounded){ result, 0 };
	if (own || !num_is_bounded(a, a))
		return num_unbounded(result);
	size = num_error_size(a);
	below = num_round(
		num_add_down(a.value, num_negate(size)), scale, mode, NULL);
	above = num_round(num_add_up(a.value, size), scale, mode, NULL);
	below = num_distance(result, below);
	above = num_distance(above, result);
	size = num_compare(below, above) > 0 ? below : above;
	*proved = num_is_zero(size);
	return num_bound(result, size, 0);
}

int num_bounded_compare(
	struct num_bounded a, struct num_bounded b, bool *decided)
{
	int order = num_compare(a.value, b.value);
	num apart;

	*decided = num_is_exact(a) && num_is_exact(b);
	if (*decided || order == 0 || !num_is_bounded(a, b))
		return order;
	apart = order > 0 ? num_add_down(a.value, num_negate(b.value))
			  : num_add_down(b.value, num_negate(a.value));
	*decided = num_compare(apart, num_add_up(num_error_size(a),
					      num_error_size(b))) > 0;
	return order;
}

unsigned num_certain_digits(struct num_bounded a)
{
	uint64_t twice = (uint64_t)a.error * 2;
	unsigned digits = NUM_DIGITS;

	if (a.error == NUM_ERROR_UNKNOWN ||
		(a.error != 0 && num_is_zero(a.value)))
		return 0;
	for (uint64_t ten = 1; twice > ten; ten *= 10)
		digits--;
	return digits;
}
