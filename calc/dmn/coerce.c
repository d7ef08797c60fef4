/*
 * The result of a decision as a value of its variable's type: a list of one
 * is its item where one item is wanted, an item is a list of one where a list
 * is wanted, and what does not fit is null. What is unknown fits every type,
 * also inside of lists and contexts.
 */
#include "dmn/model.h"

static bool fits(const struct dmn_type *type, const struct feel_value *value);

static bool fits_one(
	const struct dmn_type *type, const struct feel_value *value)
{
	size_t i;

	if (type->of)
		return fits(type->of, value);
	if (type->base == FEEL_NULL || value->type == FEEL_NULL ||
		value->type == FEEL_UNKNOWN)
		return true;
	if (value->type != type->base)
		return false;
	for (i = 0; i < type->component_count; i++) {
		const struct dmn_type *part = &type->components[i];
		const struct feel_value *entry =
			feel_entry_of(value, part->name);

		if (entry && !fits(part, entry))
			return false;
	}
	return true;
}

/* Bounded by the depth of the value: each level of type takes one. */
static bool fits(const struct dmn_type *type, const struct feel_value *value)
{
	uint32_t i;

	if (!type->list)
		return fits_one(type, value);
	if (value->type == FEEL_NULL || value->type == FEEL_UNKNOWN)
		return true;
	if (value->type != FEEL_LIST)
		return false;
	for (i = 0; i < value->size; i++)
		if (!fits_one(type, &value->u.items[i]))
			return false;
	return true;
}

/* A list of any type, also one whose definition leads to a list. */
static bool wants_list(const struct dmn_type *type)
{
	for (; type; type = type->of)
		if (type->list || type->base == FEEL_LIST)
			return true;
	return false;
}

enum shk_code dmn_coerce(struct arena *arena, const struct dmn_type *type,
	struct feel_value *value, shk_diag *diag)
{
	struct feel_value *one;
	struct feel_value list = { .type = FEEL_LIST, .size = 1 };

	if (!type || fits(type, value))
		return SHK_OK;
	if (value->type == FEEL_LIST && value->size == 1 && !wants_list(type) &&
		fits(type, &value->u.items[0])) {
		*value = value->u.items[0];
		return SHK_OK;
	}
	if (value->type != FEEL_LIST && wants_list(type)) {
		one = arena_alloc(arena, sizeof(*one));
		if (!one)
			return diag_memory(diag);
		*one = *value;
		list.u.items = one;
		if (fits(type, &list)) {
			*value = list;
			return SHK_OK;
		}
	}
	*value = FEEL_NULL_VALUE;
	return SHK_OK;
}
