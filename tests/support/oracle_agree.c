/*
 * Holding results against each other: is one of them inside the other, and
 * do they name the same reasons?
 */
#include "support/oracle_inside.h"

static bool in_interval(
	const struct feel_range *range, const struct feel_value *exact)
{
	int order;

	if (range->low.type != FEEL_NULL &&
		(!feel_order(exact, &range->low, &order) || order < 0 ||
			(order == 0 && !range->low_closed)))
		return false;
	if (range->high.type != FEEL_NULL &&
		(!feel_order(exact, &range->high, &order) || order > 0 ||
			(order == 0 && !range->high_closed)))
		return false;
	return true;
}

static bool unknown_admits(
	const struct feel_unknown *wide, const struct feel_value *exact)
{
	size_t i;

	switch (wide->shape) {
	case FEEL_INTERVAL:
		return in_interval(&wide->interval, exact);
	case FEEL_CHOICE:
		for (i = 0; i < wide->choice_count; i++)
			if (oracle_admits(&wide->choices[i], exact))
				return true;
		return false;
	default:
		return true;
	}
}

/* Is every end of the narrow interval inside the wide one? */
static bool holds_interval(
	const struct feel_value *wide, const struct feel_range *narrow)
{
	struct feel_range outer;
	int order;

	if (wide->u.unknown->shape == FEEL_ANYTHING)
		return true;
	if (wide->u.unknown->shape != FEEL_INTERVAL)
		return false;
	outer = wide->u.unknown->interval;
	if (outer.low.type != FEEL_NULL &&
		(!feel_order(&narrow->low, &outer.low, &order) || order < 0 ||
			(order == 0 && narrow->low_closed &&
				!outer.low_closed)))
		return false;
	if (outer.high.type != FEEL_NULL &&
		(!feel_order(&narrow->high, &outer.high, &order) || order > 0 ||
			(order == 0 && narrow->high_closed &&
				!outer.high_closed)))
		return false;
	return true;
}

/* Whatever `narrow` may be, `wide` may be, too. */
static bool holds_unknown(
	const struct feel_value *wide, const struct feel_unknown *narrow)
{
	size_t i;

	if (wide->type != FEEL_UNKNOWN)
		return false;
	switch (narrow->shape) {
	case FEEL_INTERVAL:
		return holds_interval(wide, &narrow->interval);
	case FEEL_CHOICE:
		for (i = 0; i < narrow->choice_count; i++)
			if (!oracle_admits(wide, &narrow->choices[i]))
				return false;
		return true;
	default:
		return wide->u.unknown->shape == FEEL_ANYTHING;
	}
}

static bool admits_items(
	const struct feel_value *wide, const struct feel_value *exact)
{
	uint32_t i;

	if (wide->size != exact->size)
		return false;
	for (i = 0; i < wide->size; i++)
		if (!oracle_admits(&wide->u.items[i], &exact->u.items[i]))
			return false;
	return true;
}

static bool admits_entries(
	const struct feel_value *wide, const struct feel_value *exact)
{
	uint32_t i;

	if (wide->size != exact->size)
		return false;
	for (i = 0; i < wide->size; i++) {
		const struct feel_value *entry =
			feel_entry_of(exact, wide->u.entries[i].name);

		if (!entry || !oracle_admits(&wide->u.entries[i].value, entry))
			return false;
	}
	return true;
}

bool oracle_admits(
	const struct feel_value *wide, const struct feel_value *exact)
{
	if (exact->type == FEEL_UNKNOWN)
		return holds_unknown(wide, exact->u.unknown);
	if (wide->type == FEEL_UNKNOWN)
		return unknown_admits(wide->u.unknown, exact);
	if (wide->type != exact->type)
		return false;
	switch (wide->type) {
	case FEEL_FUNCTION:
		return true;
	case FEEL_LIST:
		return admits_items(wide, exact);
	case FEEL_CONTEXT:
		return admits_entries(wide, exact);
	case FEEL_RANGE:
		return wide->u.range->low_closed ==
			       exact->u.range->low_closed &&
		       wide->u.range->high_closed ==
			       exact->u.range->high_closed &&
		       oracle_admits(
			       &wide->u.range->low, &exact->u.range->low) &&
		       oracle_admits(
			       &wide->u.range->high, &exact->u.range->high);
	default:
		return feel_same(wide, exact);
	}
}

/* Are the reasons of `a` among those of `b`? */
static bool reasons_within(
	const struct feel_value *a, const struct feel_value *b)
{
	struct feel_set left = { { 0 } };
	struct feel_set right = { { 0 } };
	unsigned slot;

	feel_reasons(a, &left);
	feel_reasons(b, &right);
	for (slot = 0; slot < FEEL_SLOTS_MAX; slot++)
		if (feel_set_has(&left, slot) && !feel_set_has(&right, slot))
			return false;
	return true;
}

enum oracle_verdict oracle_agree(
	const struct feel_value *oracle, const struct feel_value *machine)
{
	bool fewer = reasons_within(machine, oracle);
	bool more = reasons_within(oracle, machine);
	bool narrower = oracle_admits(oracle, machine);
	bool broader = oracle_admits(machine, oracle);

	/* both unknown: the reasons tell who knows more, shapes must be nested */
	if (feel_is_open(oracle) && feel_is_open(machine)) {
		if ((!narrower && !broader) || (!fewer && !more))
			return ORACLE_DIFFERENT;
		if (fewer == more)
			return ORACLE_SAME;
		return fewer ? ORACLE_SHARPER : ORACLE_WIDER;
	}
	if (narrower && broader)
		return ORACLE_SAME;
	if (narrower && fewer)
		return ORACLE_SHARPER;
	return broader && more ? ORACLE_WIDER : ORACLE_DIFFERENT;
}
