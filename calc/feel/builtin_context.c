/*
 * Built-ins on contexts. Entries keep their order; an entry that is put again
 * keeps its place.
 */
#include "feel/builtin_bodies.h"

#include <string.h>

static struct text text_value(const struct feel_value *value)
{
	return (struct text){ value->u.string, value->size };
}

/* Entries of a context that is being made. */
struct making {
	struct feel_entry *entries;
	uint32_t count;
	uint32_t capacity;
};

static bool begin(struct feel_env *env, struct making *making, size_t capacity)
{
	making->count = 0;
	making->capacity = (uint32_t)capacity;
	making->entries =
		capacity < FEEL_ITEMS_MAX
			? feel_alloc(env, capacity, sizeof(*making->entries))
			: NULL;
	if (!making->entries)
		feel_fail(env, SHK_E_LIMIT, "a context of too many entries");
	return making->entries != NULL;
}

static void put(
	struct making *making, struct text name, const struct feel_value *value)
{
	uint32_t at = 0;

	while (at < making->count &&
		!text_equal(making->entries[at].name, name))
		at++;
	if (at == making->capacity)
		return;
	making->entries[at].name = name;
	making->entries[at].value = *value;
	if (at == making->count)
		making->count++;
}

static void put_all(struct making *making, const struct feel_value *context)
{
	for (uint32_t i = 0; i < context->size; i++)
		put(making, context->u.entries[i].name,
			&context->u.entries[i].value);
}

static struct feel_value made(const struct making *making)
{
	struct feel_value out = { .type = FEEL_CONTEXT };

	out.size = making->count;
	out.u.entries = making->entries;
	return out;
}

/* A key, or the list of keys of a path; NULL when it is neither. */
static const struct feel_value *keys_of(
	const struct feel_value *key, uint32_t *count)
{
	const struct feel_value *keys = key;

	*count = 1;
	if (key->type == FEEL_LIST) {
		keys = key->u.items;
		*count = key->size;
	}
	for (uint32_t i = 0; i < *count; i++)
		if (keys[i].type != FEEL_STRING)
			return NULL;
	return *count ? keys : NULL;
}

void feel_b_get_value(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	const struct feel_value *value = &args[0];
	const struct feel_value *keys;

	(void)env;
	(void)builtin;
	keys = keys_of(&args[1], &count);
	if (!keys)
		return;
	for (uint32_t i = 0; i < count && value; i++)
		value = feel_entry_of(value, text_value(&keys[i]));
	if (value)
		*out = *value;
}

void feel_b_get_entries(struct feel_env *env,
	const struct feel_builtin *builtin, const struct feel_value *args,
	uint32_t count, struct feel_value *out)
{
	static const struct text names[2] = { { "key", 3 }, { "value", 5 } };
	const struct feel_keys keys = { 2, names };
	struct feel_builder built = { NULL, 0, 0 };

	(void)builtin;
	(void)count;
	if (args[0].type != FEEL_CONTEXT)
		return;
	for (uint32_t i = 0; i < args[0].size; i++) {
		const struct feel_entry *entry = &args[0].u.entries[i];
		const struct feel_value values[2] = {
			feel_string(entry->name.data, entry->name.size),
			entry->value
		};
		struct feel_value one = FEEL_NULL_VALUE;

		feel_make_context(env, &keys, values, &one);
		feel_builder_add(env, &built, &one);
	}
	*out = feel_builder_list(&built);
}

void feel_b_context(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct making making;
	struct feel_value list;

	(void)builtin;
	(void)count;
	if (!feel_as_list(&args[0], &list) || !begin(env, &making, list.size))
		return;
	for (uint32_t i = 0; i < list.size; i++) {
		const struct feel_value *entry = &list.u.items[i];
		const struct feel_value *key =
			feel_entry_of(entry, text_of("key"));
		const struct feel_value *value =
			feel_entry_of(entry, text_of("value"));
		uint32_t before = making.count;

		if (entry->type == FEEL_UNKNOWN ||
			(key && key->type == FEEL_UNKNOWN)) {
			feel_anything(env, args, 1, out);
			return;
		}
		if (!key || key->type != FEEL_STRING || !value)
			return;
		put(&making, text_value(key), value);
		if (making.count == before)
			return; /* the same key twice */
	}
	*out = made(&making);
}

/* Put `value` at the path `keys` into `context`. */
static bool put_path(struct feel_env *env, const struct feel_value *context,
	const struct feel_value *keys, uint32_t count,
	const struct feel_value *value, struct feel_value *out)
{
	struct making making;
	struct feel_value inner = *value;
	struct text name = text_value(&keys[0]);

	if (context->type != FEEL_CONTEXT || count > FEEL_NESTED_MAX ||
		!begin(env, &making, context->size + 1u))
		return false;
	put_all(&making, context);
	if (count > 1) {
		const struct feel_value *entry = feel_entry_of(context, name);

		if (!entry || !put_path(env, entry, keys + 1, count - 1, value,
				      &inner))
			return false;
	}
	put(&making, name, &inner);
	*out = made(&making);
	return true;
}

void feel_b_context_put(struct feel_env *env,
	const struct feel_builtin *builtin, const struct feel_value *args,
	uint32_t count, struct feel_value *out)
{
	const struct feel_value *keys;
	struct feel_value result;

	if (args[0].type == FEEL_UNKNOWN || args[1].type == FEEL_UNKNOWN) {
		feel_anything(env, args, count, out);
		return;
	}
	/* by name it is `key` or `keys`, else either */
	if ((builtin->detail == 1 && args[1].type == FEEL_LIST) ||
		(builtin->detail == 2 && args[1].type != FEEL_LIST))
		return;
	keys = keys_of(&args[1], &count);
	if (keys && put_path(env, &args[0], keys, count, &args[2], &result))
		*out = result;
}

void feel_b_context_merge(struct feel_env *env,
	const struct feel_builtin *builtin, const struct feel_value *args,
	uint32_t count, struct feel_value *out)
{
	struct making making;
	struct feel_value list;
	size_t total = 0;

	(void)builtin;
	(void)count;
	if (!feel_as_list(&args[0], &list))
		return;
	for (uint32_t i = 0; i < list.size; i++) {
		if (list.u.items[i].type == FEEL_UNKNOWN) {
			feel_anything(env, args, 1, out);
			return;
		}
		if (list.u.items[i].type != FEEL_CONTEXT)
			return;
		total += list.u.items[i].size;
	}
	if (!begin(env, &making, total))
		return;
	for (uint32_t i = 0; i < list.size; i++)
		put_all(&making, &list.u.items[i]);
	*out = made(&making);
}
