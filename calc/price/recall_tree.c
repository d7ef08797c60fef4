/*
 * The tree of comparisons of one kind of record, in the order in which the
 * rules make them: a branch for each thing that one may say, and the answers
 * at the ends. Rules that were asked before need not be asked again.
 */
#include "price/recall_inside.h"

/* Of sides that have this order: -1, 0 or 1. */
static bool said(enum feel_guard_kind guard, int sign)
{
	return guard == FEEL_GUARD_EQ	? sign == 0
	       : guard == FEEL_GUARD_LT ? sign < 0
					: sign <= 0;
}

static struct recall_pin *pin_find(const struct recall_node *node, num value)
{
	for (struct recall_pin *pin = node->pins; pin; pin = pin->next)
		if (num_order(pin->value, value) == 0)
			return pin;
	return NULL;
}

/* Facts and constants are at hand; the rest is worked out. */
static bool side(const struct recall_form *form, const num *numbers, num *out)
{
	if (form->kind > FEEL_FORM_FACT)
		return recall_form_value(form, numbers, out);
	*out = form->kind == FEEL_FORM_FACT ? numbers[form->place]
					    : form->number;
	return true;
}

/* What the test says: 0 or 1; -1 when it cannot be said exactly. */
static int test(const struct recall_node *node, const num *numbers)
{
	enum feel_guard_kind guard = (enum feel_guard_kind)node->guard;
	const num *number = &numbers[node->place];
	num a, b;
	int order;

	if (node->whole) {
		order = whole_order(node->whole, numbers);
		if (order < 2)
			return said(guard, order);
	}
	if (node->quick && number->w[1] == NUM_ZERO.w[1])
		return recall_quick_says(node, number->w[0]);
	if (!side(node->a, numbers, &a) || !side(node->b, numbers, &b))
		return -1;
	return said(guard, num_order(a, b));
}

struct recall_leaf *recall_walk(
	const struct recall_node *node, const num *numbers)
{
	while (node && node->kind != NODE_LEAF) {
		if (node->kind == NODE_PIN) {
			const struct recall_pin *pin =
				pin_find(node, numbers[node->place]);

			node = pin ? pin->then : NULL;
		} else {
			int truth = test(node, numbers);

			node = truth < 0 ? NULL : node->ways[truth];
		}
	}
	return node ? node->leaf : NULL;
}

static void node_quicken(struct recall_node *node)
{
	const struct recall_form *a = node->a, *b = node->b;
	bool left = a->kind == FEEL_FORM_FACT && b->kind == FEEL_FORM_NUMBER;
	const struct recall_form *limit = left ? b : a;
	int64_t whole;

	if (!left &&
		!(a->kind == FEEL_FORM_NUMBER && b->kind == FEEL_FORM_FACT))
		return;
	node->place = left ? a->place : b->place;
	if (!num_to_int(limit->number, &whole) || whole < 0)
		return;
	node->limit = (uint64_t)whole;
	node->quick = left ? QUICK_LEFT : QUICK_RIGHT;
}

/* The test over machine integers; NULL when it is none, or without memory. */
static const struct whole_test *whole_keep(
	struct recall *recall, const struct recall_node *node)
{
	struct whole_test made, *kept;

	if (!whole_test_make(&made, node->a, node->b))
		return NULL;
	kept = recall_take(recall, sizeof(*kept));
	if (kept)
		*kept = made;
	return kept;
}

static bool node_fits(const struct recall_node *node, bool pin,
	const struct feel_guard *guard, const struct recall_form *a,
	const struct recall_form *b)
{
	if (pin)
		return node->kind == NODE_PIN && node->place == a->place;
	return node->kind == NODE_TEST && node->guard == guard->kind &&
	       recall_form_same(node->a, a) && recall_form_same(node->b, b);
}

/* The node of a guard at `*place`, made when there is none. */
static struct recall_node *node_at(struct recall *recall, const struct job *job,
	const struct reads *reads, const struct feel_guard *guard,
	struct recall_node **place)
{
	bool pin = guard->kind == FEEL_GUARD_PIN;
	struct arena *arena = &recall->arena;
	struct arena_mark mark = arena_mark(arena);
	const struct recall_form *a = recall_form_keep(
		arena, job, reads, &recall->notes, guard->a, &recall->failed);
	const struct recall_form *b =
		pin ? NULL
		    : recall_form_keep(arena, job, reads, &recall->notes,
			      guard->b, &recall->failed);
	struct recall_node *node = *place;

	if (!a || (!pin && !b))
		return NULL;
	if (node) {
		bool fits = node_fits(node, pin, guard, a, b);

		arena_rewind(arena, mark); /* it has forms of its own */
		return fits ? node : NULL;
	}
	node = recall_take(recall, sizeof(*node));
	if (!node)
		return NULL;
	node->kind = pin ? NODE_PIN : NODE_TEST;
	node->guard = guard->kind;
	node->place = a->place;
	node->a = a;
	node->b = b;
	if (!pin)
		node_quicken(node);
	if (!pin && !node->quick)
		node->whole = whole_keep(recall, node);
	*place = node;
	return node;
}

/* The branch that the guard of this run takes from its node. */
static struct recall_node **branch(struct recall *recall,
	struct recall_node *node, const struct feel_guard *guard)
{
	num value = recall->notes.forms[guard->a].number;
	struct recall_pin *pin;

	if (node->kind == NODE_TEST)
		return &node->ways[guard->truth];
	pin = pin_find(node, value);
	if (!pin && node->pin_count < RECALL_PINS_MAX) {
		pin = recall_take(recall, sizeof(*pin));
		if (!pin)
			return NULL;
		pin->value = value;
		pin->next = node->pins;
		node->pins = pin;
		node->pin_count++;
	}
	return pin ? &pin->then : NULL;
}

struct recall_node **recall_way(struct recall *recall, const struct job *job,
	size_t at, struct kind *kind)
{
	const struct reads *reads = &recall->reads[at][job->revision];
	const struct feel_notes *notes = &recall->notes;
	struct recall_node **place = &kind->root;

	for (size_t i = 0; i < notes->guard_count && place; i++) {
		struct recall_node *node =
			node_at(recall, job, reads, &notes->guards[i], place);

		place = node ? branch(recall, node, &notes->guards[i]) : NULL;
	}
	return place;
}
