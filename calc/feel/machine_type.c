/*
 * Types: does a value conform to one, does one type conform to another, and
 * what becomes of a value that is wanted as a type (DMN, 10.3.2.9). A type of
 * the model may carry a constraint, which is a program with the value as `?`;
 * `instance of` does not ask for it, and says so with a NULL environment.
 */
#include "feel/builtin.h"
#include "feel/interval.h"
#include "feel/temporal.h"

static bool is_any(const struct feel_type_ref *type)
{
	return !type || (type->type == FEEL_NULL && text_is(type->name, "Any"));
}

static bool allows(struct feel_env *env, const struct feel_type_ref *type,
	const struct feel_value *value)
{
	struct feel_value truth = FEEL_NULL_VALUE;
	shk_diag diag = { 0 };
	enum shk_code code;

	if (!env || !type->allowed || !env->machine || feel_is_open(value))
		return true;
	code = feel_run(env->machine, type->allowed, value, &truth, &diag);
	if (code != SHK_OK)
		feel_fail(env, code, NULL);
	return truth.type == FEEL_BOOLEAN && truth.u.boolean;
}

static bool conforms_deep(struct feel_env *env, const struct feel_value *value,
	const struct feel_type_ref *type, unsigned depth);

static bool conforms_members(struct feel_env *env,
	const struct feel_value *value, const struct feel_type_ref *type,
	unsigned depth)
{
	for (size_t i = 0; i < type->count; i++) {
		const struct feel_value *entry =
			feel_entry_of(value, type->names[i]);

		if (!entry ||
			!conforms_deep(env, entry, type->members[i], depth + 1))
			return false;
	}
	return true;
}

static bool conforms_items(struct feel_env *env, const struct feel_value *value,
	const struct feel_type_ref *type, unsigned depth)
{
	for (uint32_t i = 0; type->count > 0 && i < value->size; i++)
		if (!conforms_deep(env, &value->u.items[i], type->members[0],
			    depth + 1))
			return false;
	return true;
}

static bool type_deep(const struct feel_type_ref *a,
	const struct feel_type_ref *b, unsigned depth);

/* Every member that `b` names is in `a`, and of a type that conforms. */
static bool contexts_conform(const struct feel_type_ref *a,
	const struct feel_type_ref *b, unsigned depth)
{
	for (size_t i = 0; i < b->count; i++) {
		size_t at = 0;

		while (at < a->count && !text_equal(a->names[at], b->names[i]))
			at++;
		if (at == a->count ||
			!type_deep(a->members[at], b->members[i], depth + 1))
			return false;
	}
	return true;
}

/* Parameters the other way round, the result the same way. */
static bool functions_conform(const struct feel_type_ref *a,
	const struct feel_type_ref *b, unsigned depth)
{
	if (!b->members)
		return true;
	if (!a->members || a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!type_deep(b->members[i], a->members[i], depth + 1))
			return false;
	return type_deep(a->members[a->count], b->members[b->count], depth + 1);
}

static bool type_deep(const struct feel_type_ref *a,
	const struct feel_type_ref *b, unsigned depth)
{
	if (is_any(b) || a == b)
		return true;
	if (is_any(a) || a->type != b->type || depth > FEEL_DEPTH_MAX)
		return false;
	switch (a->type) {
	case FEEL_LIST:
	case FEEL_RANGE:
		return b->count == 0 ||
		       (a->count > 0 && type_deep(a->members[0], b->members[0],
						depth + 1));
	case FEEL_CONTEXT:
		return contexts_conform(a, b, depth);
	case FEEL_FUNCTION:
		return functions_conform(a, b, depth);
	case FEEL_NULL:
		return text_equal(a->name, b->name);
	default:
		return true;
	}
}

static bool conforms_function(
	const struct feel_function *function, const struct feel_type_ref *type)
{
	const struct feel_unit *unit;

	if (!type->members)
		return true;
	if (function->builtin)
		return type->count >= function->builtin->least &&
		       type->count <= function->builtin->most &&
		       is_any(type->members[type->count]);
	unit = &function->program->units[function->unit];
	if (type->count != unit->parameter_count)
		return false;
	for (size_t i = 0; i < type->count; i++)
		if (unit->types &&
			!type_deep(type->members[i], unit->types[i], 0))
			return false;
	return type_deep(unit->result, type->members[type->count], 0);
}

static bool conforms_range(struct feel_env *env, const struct feel_value *value,
	const struct feel_type_ref *type, unsigned depth)
{
	return type->count == 0 ||
	       (conforms_deep(env, &value->u.range->low, type->members[0],
			depth + 1) &&
		       conforms_deep(env, &value->u.range->high,
			       type->members[0], depth + 1));
}

static bool conforms_deep(struct feel_env *env, const struct feel_value *value,
	const struct feel_type_ref *type, unsigned depth)
{
	bool fits;

	if (value->type == FEEL_NULL || value->type == FEEL_UNKNOWN)
		return true;
	if (depth > FEEL_NESTED_MAX)
		return false;
	if (is_any(type))
		return !type || allows(env, type, value);
	if (type->type != value->type)
		return false;
	switch (value->type) {
	case FEEL_LIST:
		fits = conforms_items(env, value, type, depth);
		break;
	case FEEL_CONTEXT:
		fits = conforms_members(env, value, type, depth);
		break;
	case FEEL_RANGE:
		fits = conforms_range(env, value, type, depth);
		break;
	case FEEL_FUNCTION:
		fits = conforms_function(value->u.function, type);
		break;
	default:
		fits = true;
		break;
	}
	return fits && allows(env, type, value);
}

bool feel_conforms(struct feel_env *env, const struct feel_value *value,
	const struct feel_type_ref *type)
{
	return conforms_deep(env, value, type, 0);
}

static void instance_mapped(struct feel_env *env, const void *context,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)count;
	feel_instance(env, args, context, out);
}

void feel_instance(struct feel_env *env, const struct feel_value *value,
	const struct feel_type_ref *type, struct feel_value *out)
{
	struct feel_value copy = *value;
	bool open = feel_is_open(&copy);

	if (copy.type == FEEL_UNKNOWN &&
		feel_map_choices(env, instance_mapped, type, &copy, 1, out))
		return;
	if (open)
		feel_maybe(env, &copy, 1, out);
	else if (copy.type == FEEL_NULL)
		*out = feel_boolean(
			type->type == FEEL_NULL && text_is(type->name, "Null"));
	else
		*out = feel_boolean(feel_conforms(NULL, &copy, type));
}

/* One value as another type; false when there is no such conversion. */
static bool convert(struct feel_env *env, struct feel_value *value,
	const struct feel_type_ref *type)
{
	struct feel_moment moment;
	struct feel_value other = { .type = FEEL_LIST, .size = 1 };
	struct feel_value *item;

	if (value->type == FEEL_LIST && value->size == 1 &&
		type->type != FEEL_LIST) {
		other = value->u.items[0];
		if (!feel_conforms(env, &other, type))
			return false;
	} else if (value->type != FEEL_LIST && type->type == FEEL_LIST) {
		item = feel_alloc(env, 1, sizeof(*item));
		if (!item)
			return false;
		*item = *value;
		other.u.items = item;
		if (!feel_conforms(env, &other, type))
			return false;
	} else if (value->type == FEEL_DATE && type->type == FEEL_DATE_TIME &&
		   temporal_as_moment(value, &moment)) {
		if (!temporal_moment(
			    env->arena, FEEL_DATE_TIME, &moment, &other))
			feel_fail(env, SHK_E_MEMORY, NULL);
	} else {
		return false;
	}
	*value = other;
	return true;
}

static void coerce_mapped(struct feel_env *env, const void *context,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)count;
	*out = args[0];
	feel_coerce(env, out, context);
}

void feel_coerce(struct feel_env *env, struct feel_value *value,
	const struct feel_type_ref *type)
{
	struct feel_value mapped;

	if (value->type == FEEL_UNKNOWN) {
		if (value->u.unknown->shape == FEEL_CHOICE &&
			feel_map_choices(
				env, coerce_mapped, type, value, 1, &mapped))
			*value = mapped;
		return;
	}
	if (!feel_conforms(env, value, type) && !convert(env, value, type))
		*value = FEEL_NULL_VALUE;
}

/*
 * Do all the values that it may turn out to be fit, or none, or some? All of
 * them: it is converted, as each would be.
 */
static enum feel_fit choices_fit(struct feel_env *env,
	struct feel_value *argument, const struct feel_type_ref *type)
{
	const struct feel_unknown *unknown = argument->u.unknown;
	size_t count = 0;

	for (size_t i = 0; i < unknown->choice_count; i++) {
		struct feel_value value = unknown->choices[i];

		if (value.type != FEEL_NULL)
			feel_coerce(env, &value, type);
		count += value.type != FEEL_NULL ||
			 unknown->choices[i].type == FEEL_NULL;
	}
	if (count == 0)
		return FEEL_FITS_NOT;
	if (count < unknown->choice_count)
		return FEEL_FITS_PERHAPS;
	feel_coerce(env, argument, type);
	return FEEL_FITS;
}

/*
 * Does an argument fit its parameter? A known one is converted. Of one that is
 * not known at all the model says the type.
 */
static enum feel_fit fits(struct feel_env *env, struct feel_value *argument,
	const struct feel_type_ref *type)
{
	if (!type || argument->type == FEEL_NULL)
		return FEEL_FITS;
	if (argument->type == FEEL_UNKNOWN)
		return argument->u.unknown->shape == FEEL_CHOICE
			       ? choices_fit(env, argument, type)
			       : FEEL_FITS;
	feel_coerce(env, argument, type);
	return argument->type == FEEL_NULL ? FEEL_FITS_NOT : FEEL_FITS;
}

enum feel_fit feel_accepts(struct feel_env *env,
	const struct feel_function *function, struct feel_value *args,
	uint32_t count)
{
	const struct feel_builtin *builtin = function->builtin;
	const struct feel_unit *unit;
	enum feel_fit all = FEEL_FITS;

	if (builtin)
		return count >= builtin->least &&
				       (builtin->most == FEEL_ANY_COUNT ||
					       count <= builtin->most)
			       ? FEEL_FITS
			       : FEEL_FITS_NOT;
	unit = &function->program->units[function->unit];
	if (count != unit->parameter_count)
		return FEEL_FITS_NOT;
	for (uint32_t i = 0; unit->types && i < count; i++) {
		enum feel_fit one = fits(env, &args[i], unit->types[i]);

		if (one == FEEL_FITS_NOT)
			return FEEL_FITS_NOT;
		if (one == FEEL_FITS_PERHAPS)
			all = FEEL_FITS_PERHAPS;
	}
	return all;
}
