/*
 * Arithmetic of dates, times and durations (DMN, tables 57 and 58). What the
 * tables do not have, such as the sum of two dates, is null.
 */
#include "feel/interval.h"
#include "feel/temporal.h"

static bool is_moment(const struct feel_value *value)
{
	return value->type == FEEL_DATE || value->type == FEEL_TIME ||
	       value->type == FEEL_DATE_TIME;
}

static void set_moment(struct feel_env *env, enum feel_type type,
	const struct feel_moment *moment, struct feel_value *out)
{
	if (type == FEEL_DATE)
		*out = feel_date(moment->days);
	else if (!temporal_moment(env->arena, type, moment, out))
		feel_fail(env, SHK_E_MEMORY, NULL);
}

static void add_seconds(struct feel_env *env, const struct feel_value *value,
	num seconds, struct feel_value *out)
{
	struct feel_moment moment;

	if (temporal_as_moment(value, &moment) &&
		temporal_shift(&moment, seconds))
		set_moment(env, value->type, &moment, out);
}

static void add_months(struct feel_env *env, const struct feel_value *value,
	int64_t months, struct feel_value *out)
{
	struct feel_moment moment;

	if (value->type == FEEL_TIME || !temporal_as_moment(value, &moment) ||
		!temporal_add_months(moment.days, months, &moment.days) ||
		!temporal_shift(&moment, NUM_ZERO))
		return;
	set_moment(env, value->type, &moment, out);
}

/* A moment and a duration; `sign` -1 to go back. */
static void move(struct feel_env *env, const struct feel_value *value,
	const struct feel_value *by, int sign, struct feel_value *out)
{
	if (by->type == FEEL_DAYS_DURATION)
		add_seconds(env, value,
			sign < 0 ? num_negate(by->u.number) : by->u.number,
			out);
	else if (by->type == FEEL_YEARS_DURATION)
		add_months(env, value, sign * by->u.months, out);
}

/* Past the ceiling a duration is null, so that no sum of two overflows. */
static void years_duration(int64_t months, struct feel_value *out)
{
	if (months <= TEMPORAL_MONTHS_MAX && months >= -TEMPORAL_MONTHS_MAX)
		*out = feel_years_duration(months);
}

/* Two durations of one kind. */
static void add_durations(const struct feel_value *a,
	const struct feel_value *b, int sign, struct feel_value *out)
{
	unsigned status = 0;
	num right = sign < 0 ? num_negate(b->u.number) : b->u.number;
	num sum;

	if (a->type != b->type)
		return;
	if (a->type == FEEL_YEARS_DURATION) {
		years_duration(a->u.months + sign * b->u.months, out);
		return;
	}
	sum = num_add(a->u.number, right, &status);
	if ((status & ~NUM_INEXACT) == 0)
		*out = feel_days_duration(sum);
}

static void between_moments(const struct feel_value *a,
	const struct feel_value *b, struct feel_value *out)
{
	struct feel_moment left;
	struct feel_moment right;
	unsigned status = 0;

	if ((a->type == FEEL_TIME) != (b->type == FEEL_TIME) ||
		!temporal_as_moment(a, &left) || !temporal_as_moment(b, &right))
		return;
	if ((left.zone == TEMPORAL_LOCAL) != (right.zone == TEMPORAL_LOCAL))
		return;
	*out = feel_days_duration(num_subtract(
		temporal_instant(&left), temporal_instant(&right), &status));
}

static void scale(enum feel_op op, const struct feel_value *duration, num by,
	struct feel_value *out)
{
	bool years = duration->type == FEEL_YEARS_DURATION;
	num amount =
		years ? num_from_int(duration->u.months) : duration->u.number;
	unsigned status = 0;
	int64_t months;

	amount = op == FEEL_MULTIPLY ? num_multiply(amount, by, &status)
				     : num_divide(amount, by, &status);
	if (years)
		amount = num_round(amount, 0, NUM_DOWN, &status);
	if (status & ~NUM_INEXACT)
		return;
	if (!years)
		*out = feel_days_duration(amount);
	else if (num_to_int(amount, &months))
		years_duration(months, out);
}

static void ratio(const struct feel_value *a, const struct feel_value *b,
	struct feel_value *out)
{
	bool years = a->type == FEEL_YEARS_DURATION;
	unsigned status = 0;
	num result = num_divide(years ? num_from_int(a->u.months) : a->u.number,
		years ? num_from_int(b->u.months) : b->u.number, &status);

	if (a->type != b->type || (status & ~NUM_INEXACT))
		return;
	*out = feel_number(result);
	out->inexact = status != 0;
}

static bool is_duration(const struct feel_value *value)
{
	return value->type == FEEL_DAYS_DURATION ||
	       value->type == FEEL_YEARS_DURATION;
}

static void add_or_subtract(struct feel_env *env, const struct feel_value *a,
	const struct feel_value *b, int sign, struct feel_value *out)
{
	if (is_moment(a) && is_duration(b))
		move(env, a, b, sign, out);
	else if (is_duration(a) && is_moment(b) && sign > 0)
		move(env, b, a, 1, out);
	else if (is_duration(a) && is_duration(b))
		add_durations(a, b, sign, out);
	else if (is_moment(a) && is_moment(b) && sign < 0)
		between_moments(a, b, out);
}

void feel_temporal_arithmetic(struct feel_env *env, enum feel_op op,
	const struct feel_value sides[2], struct feel_value *out)
{
	const struct feel_value *a = &sides[0];
	const struct feel_value *b = &sides[1];
	struct feel_value result = FEEL_NULL_VALUE;

	switch (op) {
	case FEEL_ADD:
		add_or_subtract(env, a, b, 1, &result);
		break;
	case FEEL_SUBTRACT:
		add_or_subtract(env, a, b, -1, &result);
		break;
	case FEEL_MULTIPLY:
		if (is_duration(a) && b->type == FEEL_NUMBER)
			scale(op, a, b->u.number, &result);
		else if (is_duration(b) && a->type == FEEL_NUMBER)
			scale(op, b, a->u.number, &result);
		break;
	case FEEL_DIVIDE:
		if (is_duration(a) && b->type == FEEL_NUMBER)
			scale(op, a, b->u.number, &result);
		else if (is_duration(a) && is_duration(b))
			ratio(a, b, &result);
		break;
	default:
		break;
	}
	*out = result;
}
