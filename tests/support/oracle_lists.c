/*
 * The oracle's built-in functions of lists and contexts, and what all of them
 * share: one item where a list is wanted is the list of it, and positions
 * count from 1, or from the end when they are negative.
 */
#include "support/oracle_inside.h"

static bool is(const struct feel_value *value, enum feel_type type)
{
	return value->type == type;
}

/* The list that a function of one list or of many items works on. */
struct feel_value oracle_items_of(ORACLE_ARGS)
{
	struct feel_value list = { .type = FEEL_LIST };

	if (count == 1 && (is(args, FEEL_LIST) || is(args, FEEL_NULL)))
		return args[0];
	list.size = (uint32_t)count;
	list.u.items = args;
	return list;
}

/* `value` as a list: one item is the list of it, null is none. */
struct feel_value oracle_as_list(const struct feel_value *value)
{
	return oracle_items_of(value, 1);
}

/*
 * First (0-based) and count of what start and length mean in a row of `size`
 * things; false when the start lies outside or an argument is no number.
 */
bool oracle_part_of(int64_t size, int64_t *first, int64_t *length, ORACLE_ARGS)
{
	num whole;
	unsigned status = 0;

	if (!is(&args[1], FEEL_NUMBER) ||
		!num_to_int(args[1].u.number, first) || *first == 0 ||
		*first > size || *first < -size)
		return false;
	*first = *first > 0 ? *first - 1 : size + *first;
	*length = size - *first;
	if (count < 3)
		return true;
	if (!is(&args[2], FEEL_NUMBER))
		return false;
	whole = num_round(args[2].u.number, 0, NUM_DOWN, &status);
	return num_to_int(whole, length) && *length >= 1;
}

struct feel_value oracle_b_count(struct oracle *oracle, ORACLE_ARGS)
{
	struct feel_value list = oracle_as_list(args);

	(void)oracle;
	(void)count;
	if (!is(&list, FEEL_LIST))
		return oracle_null();
	return feel_number(num_from_int(list.size));
}

struct feel_value oracle_b_list_contains(struct oracle *oracle, ORACLE_ARGS)
{
	struct feel_value list = oracle_as_list(args);
	struct feel_value out = feel_boolean(false);
	uint32_t i;

	(void)count;
	if (!is(&list, FEEL_LIST))
		return oracle_null();
	for (i = 0; i < list.size; i++) {
		struct feel_value one = oracle_binary(
			oracle, FEEL_EQ, list.u.items[i], args[1]);

		if (is(&one, FEEL_NULL))
			one = feel_boolean(false);
		out = oracle_binary(oracle, FEEL_OR, out, one);
	}
	return out;
}

static void add_all(struct oracle *oracle, struct oracle_list *out,
	const struct feel_value *list, uint32_t from, uint32_t to)
{
	for (; from < to; from++)
		oracle_add(oracle, out, list->u.items[from]);
}

struct feel_value oracle_b_append(struct oracle *oracle, ORACLE_ARGS)
{
	struct feel_value list = oracle_as_list(args);
	struct oracle_list out = { NULL, 0, 0 };
	size_t i;

	if (!is(&list, FEEL_LIST))
		return oracle_null();
	add_all(oracle, &out, &list, 0, list.size);
	for (i = 1; i < count; i++)
		oracle_add(oracle, &out, args[i]);
	return oracle_list_value(&out);
}

struct feel_value oracle_b_concatenate(struct oracle *oracle, ORACLE_ARGS)
{
	struct oracle_list out = { NULL, 0, 0 };
	size_t i;

	for (i = 0; i < count; i++) {
		struct feel_value list = oracle_as_list(&args[i]);

		if (!is(&list, FEEL_LIST))
			return oracle_null();
		add_all(oracle, &out, &list, 0, list.size);
	}
	return oracle_list_value(&out);
}

struct feel_value oracle_b_distinct(struct oracle *oracle, ORACLE_ARGS)
{
	struct feel_value list = oracle_as_list(args);
	struct oracle_list out = { NULL, 0, 0 };
	uint32_t i;
	uint32_t k;

	(void)count;
	if (!is(&list, FEEL_LIST))
		return oracle_null();
	for (i = 0; i < list.size; i++) {
		for (k = 0; k < out.count; k++)
			if (feel_same(&out.items[k], &list.u.items[i]))
				break;
		if (k == out.count)
			oracle_add(oracle, &out, list.u.items[i]);
	}
	return oracle_list_value(&out);
}

struct feel_value oracle_b_union(struct oracle *oracle, ORACLE_ARGS)
{
	struct feel_value all = oracle_b_concatenate(oracle, args, count);

	return oracle_b_distinct(oracle, &all, 1);
}

static void flatten_into(struct oracle *oracle, struct oracle_list *out,
	const struct feel_value *value)
{
	uint32_t i;

	if (!is(value, FEEL_LIST)) {
		oracle_add(oracle, out, *value);
		return;
	}
	for (i = 0; i < value->size; i++)
		flatten_into(oracle, out, &value->u.items[i]);
}

struct feel_value oracle_b_flatten(struct oracle *oracle, ORACLE_ARGS)
{
	struct oracle_list out = { NULL, 0, 0 };

	(void)count;
	if (is(args, FEEL_NULL))
		return oracle_null();
	flatten_into(oracle, &out, args);
	return oracle_list_value(&out);
}

struct feel_value oracle_b_reverse(struct oracle *oracle, ORACLE_ARGS)
{
	struct feel_value list = oracle_as_list(args);
	struct oracle_list out = { NULL, 0, 0 };
	uint32_t i;

	(void)count;
	if (!is(&list, FEEL_LIST))
		return oracle_null();
	for (i = list.size; i > 0; i--)
		oracle_add(oracle, &out, list.u.items[i - 1]);
	return oracle_list_value(&out);
}

struct feel_value oracle_b_index_of(struct oracle *oracle, ORACLE_ARGS)
{
	struct feel_value list = oracle_as_list(args);
	struct oracle_list out = { NULL, 0, 0 };
	uint32_t i;

	(void)count;
	if (!is(&list, FEEL_LIST))
		return oracle_null();
	for (i = 0; i < list.size; i++)
		if (feel_same(&list.u.items[i], &args[1]))
			oracle_add(
				oracle, &out, feel_number(num_from_int(i + 1)));
	return oracle_list_value(&out);
}

struct feel_value oracle_b_sublist(struct oracle *oracle, ORACLE_ARGS)
{
	struct feel_value list = oracle_as_list(args);
	struct oracle_list out = { NULL, 0, 0 };
	int64_t first;
	int64_t length;

	if (!is(&list, FEEL_LIST) ||
		!oracle_part_of(list.size, &first, &length, args, count) ||
		first + length > list.size)
		return oracle_null();
	add_all(oracle, &out, &list, (uint32_t)first,
		(uint32_t)(first + length));
	return oracle_list_value(&out);
}

struct feel_value oracle_b_insert(struct oracle *oracle, ORACLE_ARGS)
{
	struct feel_value list = oracle_as_list(args);
	struct oracle_list out = { NULL, 0, 0 };
	int64_t first;
	int64_t length;

	(void)count;
	if (!is(&list, FEEL_LIST) ||
		!oracle_part_of(list.size, &first, &length, args, 2))
		return oracle_null();
	add_all(oracle, &out, &list, 0, (uint32_t)first);
	oracle_add(oracle, &out, args[2]);
	add_all(oracle, &out, &list, (uint32_t)first, list.size);
	return oracle_list_value(&out);
}

struct feel_value oracle_b_remove(struct oracle *oracle, ORACLE_ARGS)
{
	struct feel_value list = oracle_as_list(args);
	struct oracle_list out = { NULL, 0, 0 };
	int64_t first;
	int64_t length;

	(void)count;
	if (!is(&list, FEEL_LIST) ||
		!oracle_part_of(list.size, &first, &length, args, 2))
		return oracle_null();
	add_all(oracle, &out, &list, 0, (uint32_t)first);
	add_all(oracle, &out, &list, (uint32_t)first + 1, list.size);
	return oracle_list_value(&out);
}

/* all() and any(): the fold of `and` or `or`; no items are the neutral one. */
static struct feel_value quantified(
	struct oracle *oracle, enum feel_op op, ORACLE_ARGS)
{
	struct feel_value list = oracle_items_of(args, count);
	struct feel_value out = feel_boolean(op == FEEL_AND);
	uint32_t i;

	if (!is(&list, FEEL_LIST))
		return oracle_null();
	for (i = 0; i < list.size; i++)
		out = oracle_binary(oracle, op, out, list.u.items[i]);
	return out;
}

struct feel_value oracle_b_all(struct oracle *oracle, ORACLE_ARGS)
{
	return quantified(oracle, FEEL_AND, args, count);
}

struct feel_value oracle_b_any(struct oracle *oracle, ORACLE_ARGS)
{
	return quantified(oracle, FEEL_OR, args, count);
}

/* Insertion: an item moves up while the function puts it first. */
struct feel_value oracle_b_sort(struct oracle *oracle, ORACLE_ARGS)
{
	struct feel_value list = oracle_as_list(args);
	struct oracle_list out = { NULL, 0, 0 };
	uint32_t i;
	uint32_t k;

	(void)count;
	if (!is(&list, FEEL_LIST) || !is(&args[1], FEEL_FUNCTION))
		return oracle_null();
	for (i = 0; i < list.size; i++) {
		oracle_add(oracle, &out, list.u.items[i]);
		for (k = i; k > 0 && !oracle->failed; k--) {
			struct feel_value pair[2] = { out.items[k],
				out.items[k - 1] };
			struct feel_value first =
				oracle_apply(oracle, args[1], pair, 2);

			if (is(&first, FEEL_UNKNOWN))
				return oracle_fail(oracle);
			if (!is(&first, FEEL_BOOLEAN))
				return oracle_null();
			if (oracle_truths(&first) != ORACLE_TRUE)
				break;
			out.items[k] = pair[1];
			out.items[k - 1] = pair[0];
		}
	}
	return oracle_list_value(&out);
}

struct feel_value oracle_b_get_value(struct oracle *oracle, ORACLE_ARGS)
{
	(void)count;
	if (!is(&args[0], FEEL_CONTEXT) || !is(&args[1], FEEL_STRING))
		return oracle_null();
	return oracle_path(oracle, args[0],
		(struct text){ args[1].u.string, args[1].size });
}

struct feel_value oracle_b_get_entries(struct oracle *oracle, ORACLE_ARGS)
{
	struct oracle_list out = { NULL, 0, 0 };
	uint32_t i;

	(void)count;
	if (!is(args, FEEL_CONTEXT))
		return oracle_null();
	for (i = 0; i < args->size; i++) {
		struct feel_value entry = { .type = FEEL_CONTEXT, .size = 2 };
		struct feel_entry *pair =
			arena_zeroed(oracle->arena, 2, sizeof(*pair));
		struct text key = args->u.entries[i].name;

		if (!pair)
			return oracle_fail(oracle);
		pair[0].name = text_of("key");
		pair[0].value = feel_string(key.data, key.size);
		pair[1].name = text_of("value");
		pair[1].value = args->u.entries[i].value;
		entry.u.entries = pair;
		oracle_add(oracle, &out, entry);
	}
	return oracle_list_value(&out);
}
