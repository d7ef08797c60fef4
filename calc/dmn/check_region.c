/*
 * Regions of a column. Every constant of the cells and of the allowed values
 * is a region of its own; between two neighbours, below the least and above
 * the greatest lies one more. Strings have no neighbours that matter here:
 * one value stands for all others. What is not allowed is left out.
 */
#include <shokan/dmn.h>

#include "dmn/check_region.h"

#include <string.h>

#include "feel/compile.h"
#include "feel/temporal.h"

#define OTHER_STRING "(any other)"

/* One test of a cell, with its constant. */
struct matcher {
	bool compares; /* `op value`, else membership */
	enum feel_op op;
	struct feel_value value;
};

struct cell {
	bool dash;
	bool negated;
	size_t count;
	struct matcher *matchers;
};

struct columning {
	struct feel_env env;
	struct dmn_loader *loader;
	const struct dmn_known_table *known;
	struct cell *cells; /* of the rows, then the allowed values */
	size_t cell_count;
	size_t allowed_count;
	struct feel_value *cuts;
	size_t cut_count;
	const char *why;
};

static bool read_matcher(struct columning *columning,
	const struct feel_node *node, struct matcher *out)
{
	shk_diag diag = { 0 };

	if (node->kind != FEEL_NODE_TEST && node->kind != FEEL_NODE_MATCH) {
		columning->why = "a cell that is no constant test";
		return false;
	}
	out->compares = node->kind == FEEL_NODE_TEST;
	out->op = node->op;
	columning->loader->code = SHK_OK;
	columning->loader->diag = &diag;
	if (feel_mentions_input(node->kids[0]) ||
		dmn_constant(columning->loader, columning->known->model,
			columning->known->xml, node->kids[0],
			&out->value) != SHK_OK) {
		columning->why = columning->loader->code == SHK_E_MEMORY
					 ? NULL
					 : "cells use names: gaps and overlaps "
					   "cannot be decided";
		return false;
	}
	return true;
}

static bool read_cell(struct columning *columning, const struct feel_node *node,
	struct cell *out)
{
	out->dash = !node || node->kind == FEEL_NODE_DASH;
	if (out->dash)
		return true;
	if (node->kind != FEEL_NODE_TESTS) {
		columning->why = "a cell that is no constant test";
		return false;
	}
	if (node->count == 1 && node->kids[0]->kind == FEEL_NODE_DASH) {
		out->dash = true;
		return true;
	}
	out->negated = node->negated;
	out->matchers = arena_zeroed(
		columning->env.arena, node->count + 1, sizeof(*out->matchers));
	if (!out->matchers) {
		columning->why = NULL;
		return false;
	}
	for (size_t i = 0; i < node->count; i++)
		if (!read_matcher(columning, node->kids[i], &out->matchers[i]))
			return false;
	out->count = node->count;
	return true;
}

static bool add_cut(struct columning *columning, const struct feel_value *value)
{
	for (size_t i = 0; i < columning->cut_count; i++)
		if (feel_same(&columning->cuts[i], value))
			return true;
	if (columning->cut_count == CHECK_REGIONS_MAX / 2) {
		columning->why = "too many different values in one column";
		return false;
	}
	if (!columning->cuts)
		columning->cuts = arena_zeroed(columning->env.arena,
			CHECK_REGIONS_MAX / 2, sizeof(*columning->cuts));
	if (!columning->cuts) {
		columning->why = NULL;
		return false;
	}
	columning->cuts[columning->cut_count++] = *value;
	return true;
}

static bool add_cuts(
	struct columning *columning, const struct feel_value *value)
{
	if (value->type == FEEL_RANGE)
		return (value->u.range->low.type == FEEL_NULL ||
			       add_cut(columning, &value->u.range->low)) &&
		       (value->u.range->high.type == FEEL_NULL ||
			       add_cut(columning, &value->u.range->high));
	if (value->type != FEEL_LIST)
		return value->type == FEEL_NULL || add_cut(columning, value);
	for (uint32_t i = 0; i < value->size; i++)
		if (!add_cuts(columning, &value->u.items[i]))
			return false;
	return true;
}

/* Does a value pass a cell? */
static bool takes(struct columning *columning, const struct cell *cell,
	const struct feel_value *value)
{
	bool any = false;

	if (cell->dash)
		return true;
	for (size_t i = 0; i < cell->count && !any; i++) {
		const struct matcher *matcher = &cell->matchers[i];
		struct feel_value truth = FEEL_NULL_VALUE;

		if (matcher->compares)
			feel_binary(&columning->env, matcher->op, value,
				&matcher->value, &truth);
		else
			feel_match(&columning->env, value, &matcher->value,
				&truth);
		any = truth.type == FEEL_BOOLEAN && truth.u.boolean;
	}
	return any != cell->negated;
}

static bool is_allowed(
	struct columning *columning, const struct feel_value *value)
{
	for (size_t i = 0; i < columning->allowed_count; i++)
		if (!takes(columning,
			    &columning->cells[columning->cell_count + i],
			    value))
			return false;
	return true;
}

struct regions {
	struct feel_value *items;
	size_t count;
};

static void add_region(struct columning *columning, struct regions *regions,
	const struct feel_value *value)
{
	if (is_allowed(columning, value))
		regions->items[regions->count++] = *value;
}

/* Ordered types are numbers here: the value, its days, months or seconds. */
static bool as_number(const struct feel_value *value, num *out)
{
	switch (value->type) {
	case FEEL_NUMBER:
	case FEEL_DAYS_DURATION:
		*out = value->u.number;
		return true;
	case FEEL_DATE:
		*out = num_from_int(value->u.days);
		return true;
	case FEEL_YEARS_DURATION:
		*out = num_from_int(value->u.months);
		return true;
	default:
		return false;
	}
}

/* A value between two numbers, of the type of `like`; false: there is none. */
static bool between(const struct feel_value *like, const num *low,
	const num *high, struct feel_value *out)
{
	bool whole =
		like->type == FEEL_DATE || like->type == FEEL_YEARS_DURATION;
	unsigned status = 0;
	num at = low ? *low : *high;
	int64_t number = 0;

	if (!low)
		at = num_subtract(at, NUM_ONE, &status);
	else if (!high || whole)
		at = num_add(at, NUM_ONE, &status);
	else
		at = num_divide(
			num_add(at, *high, &status), num_from_int(2), &status);
	if (low && high && num_compare(at, *high) >= 0)
		return false;
	num_to_int(at, &number);
	*out = *like;
	if (like->type == FEEL_DATE)
		*out = feel_date(number);
	else if (like->type == FEEL_YEARS_DURATION)
		*out = feel_years_duration(number);
	else
		out->u.number = at;
	return true;
}

static void sort_cuts(struct columning *columning)
{
	for (size_t i = 1; i < columning->cut_count; i++) {
		struct feel_value value = columning->cuts[i];
		size_t at = i;

		for (; at > 0 &&
			feel_arrange(&value, &columning->cuts[at - 1]) < 0;
			at--)
			columning->cuts[at] = columning->cuts[at - 1];
		columning->cuts[at] = value;
	}
}

static void ordered_regions(
	struct columning *columning, struct regions *regions)
{
	const struct feel_value *cuts = columning->cuts;
	size_t count = columning->cut_count;
	struct feel_value value;
	num low = NUM_ZERO;
	num high;

	sort_cuts(columning);
	for (size_t i = 0; i <= count; i++) {
		if (i < count)
			as_number(&cuts[i], &high);
		if (between(&cuts[i < count ? i : i - 1], i > 0 ? &low : NULL,
			    i < count ? &high : NULL, &value))
			add_region(columning, regions, &value);
		if (i == count)
			break;
		add_region(columning, regions, &cuts[i]);
		low = high;
	}
}

static void string_regions(struct columning *columning, struct regions *regions)
{
	const struct feel_value other =
		feel_string(OTHER_STRING, sizeof(OTHER_STRING) - 1);

	for (size_t i = 0; i < columning->cut_count; i++)
		add_region(columning, regions, &columning->cuts[i]);
	add_region(columning, regions, &other);
}

static bool make_regions(struct columning *columning, struct regions *regions)
{
	const struct feel_value truths[2] = { feel_boolean(false),
		feel_boolean(true) };
	enum feel_type type = (enum feel_type)columning->cuts[0].type;
	num unused;

	for (size_t i = 1; i < columning->cut_count; i++)
		if (columning->cuts[i].type != type) {
			columning->why = "cells of one column are of "
					 "different types";
			return false;
		}
	if (type == FEEL_BOOLEAN) {
		add_region(columning, regions, &truths[0]);
		add_region(columning, regions, &truths[1]);
	} else if (type == FEEL_STRING) {
		string_regions(columning, regions);
	} else if (as_number(&columning->cuts[0], &unused)) {
		ordered_regions(columning, regions);
	} else {
		columning->why = "values of this type are not analysed";
		return false;
	}
	return true;
}

/* Allowed values of the column itself, else of what its input names. */
static const struct feel_node *allowed_of(const struct dmn_graph *graph,
	const struct dmn_known_table *known, size_t at)
{
	const struct dmn_models *models = graph->models;
	const struct feel_table *table = known->table;
	const struct feel_node *input = table->inputs[at];
	const struct dmn_type *type;
	int slot;

	if (table->allowed[at])
		return table->allowed[at];
	while (input->kind == FEEL_NODE_COERCE)
		input = input->kids[0];
	if (input->kind != FEEL_NODE_NAME)
		return NULL;
	slot = dmn_slot_find(graph, input->name);
	type = slot >= 0 ? models->details[slot].type : NULL;
	for (; type; type = type->of) {
		if (type->list)
			return NULL;
		if (type->allowed)
			return type->allowed;
	}
	return NULL;
}

/* Cells of all rows and of the allowed values, and the cuts they make. */
static bool read_cells(
	struct columning *columning, const struct dmn_graph *graph, size_t at)
{
	const struct feel_table *table = columning->known->table;
	const struct feel_node *allowed =
		allowed_of(graph, columning->known, at);

	columning->cell_count = table->rule_count;
	columning->allowed_count = allowed != NULL;
	columning->cells = arena_zeroed(columning->env.arena,
		table->rule_count + 1, sizeof(*columning->cells));
	columning->why = NULL;
	if (!columning->cells)
		return false;
	for (size_t i = 0; i < table->rule_count; i++)
		if (!read_cell(columning, table->rules[i].tests[at],
			    &columning->cells[i]))
			return false;
	if (allowed && !read_cell(columning, allowed,
			       &columning->cells[table->rule_count]))
		return false;
	for (size_t i = 0; i < table->rule_count + columning->allowed_count;
		i++)
		for (size_t k = 0; k < columning->cells[i].count; k++)
			if (!add_cuts(columning,
				    &columning->cells[i].matchers[k].value))
				return false;
	return true;
}

static bool fill_takers(struct columning *columning,
	const struct regions *regions, size_t words, struct check_column *out)
{
	uint64_t *takers = arena_zeroed(columning->env.arena,
		regions->count * words + 1, sizeof(*takers));

	columning->why = NULL;
	if (!takers)
		return false;
	for (size_t i = 0; i < regions->count; i++)
		for (size_t row = 0; row < columning->cell_count; row++)
			if (out->free ||
				takes(columning, &columning->cells[row],
					&regions->items[i]))
				takers[i * words + row / 64] |= (uint64_t)1
								<< (row % 64);
	out->takers = takers;
	out->regions = regions->items;
	out->region_count = regions->count;
	return columning->env.failure == SHK_OK;
}

bool dmn_check_column(struct arena *arena, const struct dmn_graph *graph,
	const struct dmn_known_table *known, size_t at, size_t words,
	struct check_column *out, const char **why)
{
	struct dmn_loader loader = { .arena = arena };
	struct columning columning = {
		.env = { .arena = arena }, .loader = &loader, .known = known
	};
	struct regions regions = { NULL, 0 };
	bool done = false;

	*why = NULL;
	if (!read_cells(&columning, graph, at))
		goto done;
	regions.items = arena_zeroed(
		arena, 2 * columning.cut_count + 3, sizeof(*regions.items));
	if (!regions.items)
		goto done;
	out->free = columning.cut_count == 0;
	if (out->free)
		regions.count = 1;
	else if (!make_regions(&columning, &regions))
		goto done;
	done = fill_takers(&columning, &regions, words, out);
done:
	*why = columning.why;
	return done;
}
