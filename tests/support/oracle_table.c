/*
 * The oracle's decision tables: which rules match, which may match, and what
 * the hit policy makes of their outputs.
 */
#include "support/oracle_inside.h"

struct hit {
	const struct feel_rule *rule;
	struct feel_value output;
	bool maybe;
};

struct hits {
	struct hit *items;
	size_t count;
	size_t definite;
	struct feel_set why;
};

static struct feel_value outputs(struct oracle *oracle,
	const struct feel_table *table, const struct feel_node *const *nodes,
	const struct oracle_frame *frame)
{
	struct feel_value value = { .type = FEEL_CONTEXT };
	struct feel_entry *entries = arena_zeroed(
		oracle->arena, table->output_count + 1, sizeof(*entries));
	size_t i;

	if (!entries)
		return oracle_fail(oracle);
	for (i = 0; i < table->output_count; i++) {
		entries[i].name = table->outputs[i];
		if (nodes[i])
			entries[i].value = oracle_node(oracle, nodes[i], frame);
	}
	if (table->output_count == 1)
		return entries[0].value;
	value.size = (uint32_t)table->output_count;
	value.u.entries = entries;
	return value;
}

/* TRUE: matches; FALSE: does not; both: an unknown decides, see `why`. */
static unsigned rule_matches(struct oracle *oracle,
	const struct feel_table *table, const struct feel_rule *rule,
	const struct feel_value *inputs, const struct oracle_frame *frame,
	struct feel_set *why)
{
	struct feel_set open = { { 0 } };
	unsigned truths = ORACLE_TRUE;
	size_t i;

	for (i = 0; i < table->input_count; i++) {
		struct feel_value value;

		if (!rule->tests[i])
			continue;
		value = oracle_test(oracle, rule->tests[i], inputs[i], frame);
		if (value.type == FEEL_UNKNOWN) {
			truths = ORACLE_TRUE | ORACLE_FALSE;
			feel_reasons(&value, &open);
		} else if (oracle_truths(&value) != ORACLE_TRUE) {
			return ORACLE_FALSE;
		}
	}
	feel_set_join(why, &open);
	return truths;
}

static bool find_hits(struct oracle *oracle, const struct feel_table *table,
	const struct oracle_frame *frame, struct hits *hits)
{
	struct feel_value *inputs = arena_zeroed(
		oracle->arena, table->input_count + 1, sizeof(*inputs));
	size_t i;

	hits->items = arena_zeroed(
		oracle->arena, table->rule_count + 1, sizeof(*hits->items));
	if (!inputs || !hits->items)
		return false;
	for (i = 0; i < table->input_count; i++)
		inputs[i] = oracle_node(oracle, table->inputs[i], frame);
	for (i = 0; i < table->rule_count; i++) {
		const struct feel_rule *rule = &table->rules[i];
		unsigned truths = rule_matches(
			oracle, table, rule, inputs, frame, &hits->why);
		struct hit *hit = &hits->items[hits->count];

		if (truths == ORACLE_FALSE)
			continue;
		hit->rule = rule;
		hit->maybe = truths != ORACLE_TRUE;
		hits->count++;
		if (!hit->maybe)
			hits->definite++;
		if (!hit->maybe && table->policy == FEEL_FIRST)
			break;
	}
	return true;
}

/* Place of a value in the list of priorities; unlisted ones come last. */
static uint32_t priority(
	const struct feel_value *list, const struct feel_value *value)
{
	uint32_t i;

	for (i = 0; i < list->size; i++)
		if (feel_same(&list->u.items[i], value))
			break;
	return i;
}

/* Does `a` come before `b` by the priorities of the outputs, first first? */
static bool comes_before(const struct feel_table *table,
	const struct feel_value *lists, const struct feel_value *a,
	const struct feel_value *b)
{
	size_t i;

	for (i = 0; i < table->output_count; i++) {
		bool one = table->output_count == 1;
		uint32_t left;
		uint32_t right;

		if (lists[i].type != FEEL_LIST)
			continue;
		left = priority(&lists[i], one ? a : &a->u.entries[i].value);
		right = priority(&lists[i], one ? b : &b->u.entries[i].value);
		if (left != right)
			return left < right;
	}
	return false;
}

/* Stable: a hit moves up past those that it comes before. */
static bool sort_hits(struct oracle *oracle, const struct feel_table *table,
	const struct oracle_frame *frame, struct hits *hits)
{
	struct feel_value *lists = arena_zeroed(
		oracle->arena, table->output_count + 1, sizeof(*lists));
	size_t i;
	size_t k;

	if (!lists)
		return false;
	for (i = 0; table->priorities && i < table->output_count; i++)
		if (table->priorities[i])
			lists[i] = oracle_node(
				oracle, table->priorities[i], frame);
	for (i = 1; i < hits->count; i++) {
		for (k = i; k > 0 &&
			    comes_before(table, lists, &hits->items[k].output,
				    &hits->items[k - 1].output);
			k--) {
			struct hit swap = hits->items[k];

			hits->items[k] = hits->items[k - 1];
			hits->items[k - 1] = swap;
		}
	}
	return true;
}

/* One output: of the hits up to the first definite one, joined. */
static struct feel_value joined(struct oracle *oracle, const struct hits *hits)
{
	struct feel_value out = hits->items[0].output;
	size_t i;

	for (i = 1; i < hits->count && hits->items[i - 1].maybe; i++)
		out = oracle_join(
			oracle, &out, &hits->items[i].output, &hits->why);
	return out;
}

/* Only the definite hits, if there are any. */
static void keep_definite(struct hits *hits)
{
	size_t kept = 0;
	size_t i;

	if (hits->definite == 0)
		return;
	for (i = 0; i < hits->count; i++)
		if (!hits->items[i].maybe)
			hits->items[kept++] = hits->items[i];
	hits->count = kept;
}

static struct feel_value any_hit(struct oracle *oracle, const struct hits *hits)
{
	size_t i;

	if (hits->definite == 0)
		return joined(oracle, hits);
	for (i = 1; i < hits->count; i++)
		if (!feel_same(&hits->items[0].output, &hits->items[i].output))
			return oracle_null();
	return hits->items[0].output;
}

static struct feel_value aggregated(struct oracle *oracle, int detail,
	const struct feel_value *args, size_t count)
{
	static const char *const names[] = { "", "sum", "count", "min", "max" };

	return oracle_builtin(oracle, text_of(names[detail]), args, count);
}

static struct feel_value collected(struct oracle *oracle,
	const struct feel_table *table, const struct hits *hits)
{
	struct oracle_list list = { NULL, 0, 0 };
	bool *maybe = arena_zeroed(oracle->arena, hits->count + 1, 1);
	bool aggregate = table->policy == FEEL_COLLECT &&
			 table->aggregator != FEEL_LISTED;
	size_t i;

	if (!maybe)
		return oracle_fail(oracle);
	for (i = 0; i < hits->count; i++) {
		maybe[i] = hits->items[i].maybe;
		oracle_add(oracle, &list, hits->items[i].output);
	}
	return oracle_subsets(oracle, &list, maybe, &hits->why,
		aggregate ? aggregated : NULL, (int)table->aggregator);
}

/* No rule matches. */
static struct feel_value no_hit(struct oracle *oracle,
	const struct feel_table *table, const struct oracle_frame *frame)
{
	struct oracle_list none = { NULL, 0, 0 };
	size_t i;

	for (i = 0; table->defaults && i < table->output_count; i++)
		if (table->defaults[i])
			return outputs(oracle, table, table->defaults, frame);
	if (table->policy == FEEL_COLLECT && table->aggregator == FEEL_LISTED)
		return oracle_list_value(&none);
	if (table->policy == FEEL_COLLECT && table->aggregator == FEEL_COUNT)
		return feel_number(NUM_ZERO);
	return oracle_null();
}

struct feel_value oracle_table(struct oracle *oracle,
	const struct feel_table *table, const struct oracle_frame *frame)
{
	struct hits hits = { .count = 0 };
	size_t i;

	if (!find_hits(oracle, table, frame, &hits))
		return oracle_fail(oracle);
	if (hits.count == 0)
		return no_hit(oracle, table, frame);
	if (table->policy == FEEL_UNIQUE && hits.definite > 1)
		return oracle_null();
	if (table->policy == FEEL_UNIQUE || table->policy == FEEL_ANY)
		keep_definite(&hits);
	for (i = 0; i < hits.count; i++)
		hits.items[i].output = outputs(
			oracle, table, hits.items[i].rule->outputs, frame);
	if ((table->policy == FEEL_PRIORITY ||
		    table->policy == FEEL_OUTPUT_ORDER) &&
		!sort_hits(oracle, table, frame, &hits))
		return oracle_fail(oracle);
	switch (table->policy) {
	case FEEL_UNIQUE:
	case FEEL_FIRST:
	case FEEL_PRIORITY:
		return joined(oracle, &hits);
	case FEEL_ANY:
		return any_hit(oracle, &hits);
	default:
		return collected(oracle, table, &hits);
	}
}
