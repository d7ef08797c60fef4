/*
 * Regions and rules with their names, labels and formulas.
 */
#include "inquiry/diff_tell.h"

#include <string.h>

enum shk_code diff_list_add(
	struct diff_world *world, struct diff_list *list, const char *text)
{
	if (!text)
		return diag_memory(world->diag);
	if (list->count == list->capacity) {
		size_t more = list->capacity ? 2 * list->capacity : 8;
		const char **grown =
			arena_zeroed(&world->arena, more, sizeof(*grown));

		if (!grown)
			return diag_memory(world->diag);
		if (list->count > 0)
			memcpy(grown, list->items,
				list->count * sizeof(*grown));
		list->items = grown;
		list->capacity = more;
	}
	list->items[list->count++] = text;
	return SHK_OK;
}

static const char *name_keep(struct diff_world *world, uint32_t pair)
{
	struct text name = diff_slot(world, pair)->name;

	return arena_text(&world->arena, name.data, name.size);
}

/* The field that gives the pair its value, or -1. */
static int field_of(const struct diff_world *world, uint32_t pair)
{
	const struct dmn_slot *slot = diff_slot(world, pair);
	const shk_rulebook *book = world->book;

	for (size_t i = 0; i < book->given_count; i++)
		if (text_is(slot->name, book->givens[i].of))
			return record_field_find(
				world->schema, text_of(book->givens[i].field));
	return record_field_find(world->schema, slot->name);
}

/* The label of an output whose value the pair is. */
static void output_label(const struct diff_world *world, uint32_t pair,
	struct shk_diff_condition *out)
{
	int slot = world->pairs[pair].slot[1];
	const struct rulebook_revision *revision = world->desks[1].revision;

	for (size_t i = 0; slot >= 0 && i < world->book->decision_count; i++) {
		const struct rulebook_decision *decision =
			&world->book->decisions[i];

		for (size_t k = 0; revision->bound[i].present &&
				   k < decision->output_count;
			k++) {
			if (revision->bound[i].outputs[k].slot !=
				(uint32_t)slot)
				continue;
			out->label_ja = decision->outputs[k].label.ja;
			out->label_en = decision->outputs[k].label.en;
			return;
		}
	}
}

/* `foreign_prices`: which fields are meant. */
static enum shk_code presence_label(struct diff_world *world,
	const struct rulebook_auxiliary *auxiliary,
	struct shk_diff_condition *out)
{
	struct buffer text;

	buffer_init(&text);
	for (size_t i = 0; i < auxiliary->field_count; i++)
		buffer_format(
			&text, "%s%s", i > 0 ? ", " : "", auxiliary->fields[i]);
	if (!text.failed)
		out->label_en = out->label_ja =
			arena_text(&world->arena, text.data, text.size);
	buffer_release(&text);
	return out->label_en ? SHK_OK : diag_memory(world->diag);
}

static enum shk_code condition_name(struct diff_world *world,
	const struct diff_condition *from, struct shk_diff_condition *out)
{
	const struct rulebook_slot *role = diff_role(world, from->pair);
	int field = field_of(world, from->pair);

	out->kind = from->kind == DIFF_HITS ? SHK_DIFF_ROW : SHK_DIFF_RULE;
	if (from->kind == DIFF_IS && role->role == RULEBOOK_FACT)
		out->kind = SHK_DIFF_FACT;
	if (role->role == RULEBOOK_PARAMETER) {
		out->kind = SHK_DIFF_PARAMETER;
		out->label_ja = world->book->parameters[role->index].label.ja;
		out->label_en = world->book->parameters[role->index].label.en;
		return SHK_OK;
	}
	if (role->role == RULEBOOK_AUXILIARY) {
		out->kind = SHK_DIFF_GIVEN;
		return presence_label(
			world, &world->book->auxiliaries[role->index], out);
	}
	if (field >= 0) {
		out->label_ja = world->schema->fields[field].label_ja;
		out->label_en = world->schema->fields[field].label_en;
	} else {
		output_label(world, from->pair, out);
	}
	return SHK_OK;
}

static enum shk_code condition_tell(struct diff_world *world,
	const struct diff_condition *from, struct shk_diff_condition *out)
{
	const struct diff_pair *pair = &world->pairs[from->pair];
	const struct dmn_slot *slot = diff_slot(world, from->pair);
	int side = from->side;
	enum shk_code code;

	out->name = name_keep(world, from->pair);
	out->text = from->text;
	out->revision = out->label_ja = out->label_en = "";
	out->formula = slot->kind == DMN_DECISION ? slot->text : "";
	code = condition_name(world, from, out);
	if (side < 0 && (pair->slot[0] < 0 || pair->slot[1] < 0))
		side = pair->slot[1] >= 0 ? 1 : 0;
	if (side >= 0)
		out->revision = world->desks[side].revision->id;
	if (side == 0 && slot->kind == DMN_DECISION)
		out->formula = world->desks[0]
				       .revision->graph->slots[pair->slot[0]]
				       .text;
	return code || out->name ? code : diag_memory(world->diag);
}

enum shk_code diff_tell_region(struct diff_world *world,
	const struct diff_region *region, const struct diff_list *outputs,
	struct shk_diff_region *out)
{
	struct shk_diff_condition *conditions = arena_zeroed(
		&world->arena, region->count + 1, sizeof(*conditions));
	enum shk_code code = SHK_OK;

	if (!conditions)
		return diag_memory(world->diag);
	out->outputs = outputs->items;
	out->output_count = outputs->count;
	out->everywhere = region->everywhere;
	out->conditions = conditions;
	out->condition_count = region->count;
	for (size_t i = 0; i < region->count && !code; i++)
		code = condition_tell(
			world, &region->conditions[i], &conditions[i]);
	return code;
}

static bool is_input(const struct diff_world *world, uint32_t pair)
{
	enum rulebook_role role = diff_role(world, pair)->role;

	return role == RULEBOOK_FACT || role == RULEBOOK_PARAMETER;
}

/* The next mark of the owner at or behind `from`. */
static size_t mark_of(
	const struct dmn_graph *graph, struct text owner, size_t from)
{
	while (from < graph->mark_count &&
		!text_equal(graph->marks[from].owner, owner))
		from++;
	return from;
}

static bool same_cites(const struct dmn_mark *a, const struct dmn_mark *b)
{
	if (a->row != b->row || a->cite_count != b->cite_count)
		return false;
	for (size_t i = 0; i < a->cite_count; i++)
		if (strcmp(a->cites[i].source, b->cites[i].source) != 0 ||
			strcmp(a->cites[i].place, b->cites[i].place) != 0 ||
			strcmp(a->cites[i].evidence, b->cites[i].evidence) != 0)
			return false;
	return true;
}

/* The same rule of both revisions cites the same, in the same order. */
static bool cites_alike(const struct diff_world *world, uint32_t pair)
{
	const struct dmn_graph *a = world->desks[0].revision->graph;
	const struct dmn_graph *b = world->desks[1].revision->graph;
	struct text owner = diff_slot(world, pair)->name;
	size_t i = mark_of(a, owner, 0), k = mark_of(b, owner, 0);

	while (i < a->mark_count && k < b->mark_count) {
		if (!same_cites(&a->marks[i], &b->marks[k]))
			return false;
		i = mark_of(a, owner, i + 1);
		k = mark_of(b, owner, k + 1);
	}
	return i == a->mark_count && k == b->mark_count;
}

static enum shk_code rule_tell(struct diff_world *world, uint32_t pair,
	struct diff_list lists[5], struct shk_diff_decision *out)
{
	const struct diff_pair *it = &world->pairs[pair];
	bool both = it->slot[0] >= 0 && it->slot[1] >= 0;
	int list = -1;

	if (is_input(world, pair)) {
		if (!both)
			list = it->slot[1] >= 0 ? 0 : 1;
		else if (!it->own)
			list = 2;
	} else if (both) {
		out->rules++;
		out->rules_same += it->same;
		list = !it->own ? 3 : cites_alike(world, pair) ? -1 : 4;
	}
	if (list < 0)
		return SHK_OK;
	return diff_list_add(world, &lists[list], name_keep(world, pair));
}

enum shk_code diff_tell_rules(struct diff_world *world, const uint8_t *reached,
	struct shk_diff_decision *out)
{
	struct diff_list lists[5] = { { .count = 0 } };
	enum shk_code code = SHK_OK;

	for (uint32_t i = 0; i < world->pair_count && !code; i++)
		if (reached[i])
			code = rule_tell(world, i, lists, out);
	out->added_count = lists[0].count;
	out->added = lists[0].items;
	out->removed_count = lists[1].count;
	out->removed = lists[1].items;
	out->domain_count = lists[2].count;
	out->domains = lists[2].items;
	out->changed_count = lists[3].count;
	out->changed = lists[3].items;
	out->cited_count = lists[4].count;
	out->cited = lists[4].items;
	return code;
}

enum shk_code diff_tell_assumed(struct diff_world *world,
	const uint8_t *reached, struct shk_diff_decision *out)
{
	struct diff_list list = { .count = 0 };
	enum shk_code code = SHK_OK;

	for (uint32_t i = 0; i < world->pair_count && !code; i++) {
		if (reached[i] && world->pairs[i].assumed)
			code = diff_list_add(world, &list, name_keep(world, i));
		world->pairs[i].assumed = false;
	}
	out->assumed_count = list.count;
	out->assumed = list.items;
	return code;
}
