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
	struct check_column *out;
	const char *why;
};

#define WHY_TOO_LONG "numbers of too many digits"

static bool read_matcher(struct columning *columning,
	const struct feel_node *node, struct matcher *out)
{
	if (node->kind != FEEL_NODE_TEST && node->kind != FEEL_NODE_MATCH) {
		columning->why = "a cell that is no constant test";
		return false;
	}
	out->compares = node->kind == FEEL_NODE_TEST;
	out->op = node->op;
	columning->loader->code = SHK_OK;
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
	struct check_region *items;
	size_t count;
	bool broken; /* something that is not allowed came since the last */
};

static void add_region(struct columning *columning, struct regions *regions,
	const struct feel_value *value, size_t place)
{
	struct check_region *region = &regions->items[regions->count];

	if (!is_allowed(columning, value)) {
		regions->broken = true;
		return;
	}
	region->value = *value;
	region->place = place;
	region->joined = regions->count > 0 && !regions->broken;
	regions->broken = false;
	regions->count++;
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

static bool from_number(
	const struct feel_value *like, num number, struct feel_value *out)
{
	int64_t integer = 0;

	*out = *like;
	if (like->type == FEEL_NUMBER || like->type == FEEL_DAYS_DURATION) {
		out->u.number = number;
		return true;
	}
	if (!num_to_int(number, &integer))
		return false;
	*out = like->type == FEEL_DATE ? feel_date(integer)
				       : feel_years_duration(integer);
	return true;
}

static bool is_discrete(const struct check_column *column)
{
	return column->whole || column->type == FEEL_DATE ||
	       column->type == FEEL_YEARS_DURATION;
}

bool dmn_check_step(const struct check_column *column,
	const struct feel_value *cut, bool up, struct feel_value *out)
{
	unsigned status = 0;
	num at = NUM_ZERO;

	if (!is_discrete(column) || !as_number(cut, &at))
		return false;
	at = num_round(at, 0, up ? NUM_FLOOR : NUM_CEILING, &status);
	at = up ? num_add(at, NUM_ONE, &status)
		: num_subtract(at, NUM_ONE, &status);
	return status == 0 && from_number(cut, at, out);
}

/*
 * A value between two cuts, either of which may be NULL; false: there is none,
 * or `why` says that it cannot be told.
 */
static bool between(struct columning *columning, const struct feel_value *low,
	const struct feel_value *high, struct feel_value *out)
{
	const struct check_column *column = columning->out;
	unsigned status = 0;
	num from, to, at;

	if (is_discrete(column)) {
		if (!dmn_check_step(
			    column, low ? low : high, low != NULL, out)) {
			columning->why = WHY_TOO_LONG;
			return false;
		}
		as_number(out, &at);
		return !low || !high ||
		       (as_number(high, &to) && num_compare(at, to) < 0);
	}
	as_number(low ? low : high, &from);
	as_number(high ? high : low, &to);
	if (low && high)
		at = num_divide(
			num_add(from, to, &status), num_from_int(2), &status);
	else
		at = low ? num_add(from, NUM_ONE, &status)
			 : num_subtract(to, NUM_ONE, &status);
	if ((low && num_compare(from, at) >= 0) ||
		(high && num_compare(at, to) >= 0)) {
		if (status)
			columning->why = WHY_TOO_LONG;
		return false;
	}
	return from_number(low ? low : high, at, out);
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

/* Is a cut a value of the column at all? */
static bool exists(const struct check_column *column, const num *cut)
{
	return !column->whole || num_is_integer(*cut);
}

static void ordered_regions(
	struct columning *columning, struct regions *regions)
{
	const struct feel_value *cuts = columning->cuts;
	size_t count = columning->cut_count;
	struct feel_value value;
	num cut;

	for (size_t i = 0; i <= count && !columning->why; i++) {
		if (between(columning, i > 0 ? &cuts[i - 1] : NULL,
			    i < count ? &cuts[i] : NULL, &value))
			add_region(columning, regions, &value, 2 * i);
		if (i < count && as_number(&cuts[i], &cut) &&
			exists(columning->out, &cut))
			add_region(columning, regions, &cuts[i], 2 * i + 1);
	}
}

static void string_regions(struct columning *columning, struct regions *regions)
{
	const struct feel_value other =
		feel_string(OTHER_STRING, sizeof(OTHER_STRING) - 1);

	for (size_t i = 0; i < columning->cut_count; i++)
		add_region(columning, regions, &columning->cuts[i], 2 * i + 1);
	add_region(columning, regions, &other, 2 * columning->cut_count);
}

/* No constant says anything: one value stands for every one of the type. */
static bool whole_type(struct columning *columning, struct regions *regions)
{
	struct feel_value value;

	switch (columning->out->type) {
	case FEEL_NUMBER:
		value = feel_number(NUM_ZERO);
		break;
	case FEEL_STRING:
		value = feel_string(OTHER_STRING, sizeof(OTHER_STRING) - 1);
		break;
	case FEEL_DATE:
		value = feel_date(0);
		break;
	default:
		columning->out->free = true;
		regions->count = 1;
		return true;
	}
	add_region(columning, regions, &value, 0);
	return true;
}

static void truth_regions(struct columning *columning, struct regions *regions)
{
	const struct feel_value truths[2] = { feel_boolean(false),
		feel_boolean(true) };

	columning->cuts =
		arena_zeroed(columning->env.arena, 2, sizeof(*columning->cuts));
	if (!columning->cuts)
		return;
	for (size_t i = 0; i < 2; i++) {
		columning->cuts[i] = truths[i];
		add_region(columning, regions, &truths[i], 2 * i + 1);
	}
	columning->cut_count = 2;
}

/* The type of the cells; false when they do not agree with the column. */
static bool agree_type(struct columning *columning)
{
	enum feel_type type = columning->out->type;

	for (size_t i = 0; i < columning->cut_count; i++) {
		if (type == FEEL_NULL)
			type = (enum feel_type)columning->cuts[i].type;
		if (columning->cuts[i].type == type)
			continue;
		columning->why = columning->out->type == FEEL_NULL
					 ? "cells of one column are of "
					   "different types"
					 : "a cell is not of its column's type";
		return false;
	}
	columning->out->type = type;
	return true;
}

static bool make_regions(struct columning *columning, struct regions *regions)
{
	num unused;

	if (!agree_type(columning))
		return false;
	if (columning->out->type == FEEL_BOOLEAN)
		truth_regions(columning, regions);
	else if (columning->cut_count == 0)
		return whole_type(columning, regions);
	else if (columning->out->type == FEEL_STRING)
		string_regions(columning, regions);
	else if (as_number(&columning->cuts[0], &unused))
		ordered_regions(columning, regions);
	else
		columning->why = "values of this type are not analysed";
	/* without cuts memory ran out */
	return !columning->why && columning->cuts;
}

/* Cells of all rows and of the allowed values, and the cuts they make. */
static bool read_cells(
	struct columning *columning, const struct dmn_graph *graph, size_t at)
{
	const struct feel_table *table = columning->known->table;
	const struct feel_node *allowed = dmn_check_allowed(
		columning->env.arena, graph, columning->known, at);

	columning->out->plain = !allowed || dmn_check_plain(allowed);
	columning->cell_count = table->rule_count;
	columning->allowed_count = allowed != NULL;
	columning->cells = arena_zeroed(columning->env.arena,
		table->rule_count + 1, sizeof(*columning->cells));
	columning->why = NULL;
	if (!columning->cells)
		return false;
	for (size_t i = 0; i < table->rule_count; i++) {
		const struct feel_node *cell = table->rules[i].tests[at];

		if (!read_cell(columning, cell, &columning->cells[i]))
			return false;
		if (cell && !dmn_check_plain(cell))
			columning->out->plain = false;
	}
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
					&regions->items[i].value))
				takers[i * words + row / 64] |= (uint64_t)1
								<< (row % 64);
	out->takers = takers;
	out->regions = regions->items;
	out->region_count = regions->count;
	out->cuts = columning->cuts;
	out->cut_count = columning->cut_count;
	return columning->env.failure == SHK_OK;
}

bool dmn_check_column(struct arena *arena, const struct dmn_graph *graph,
	const struct dmn_known_table *known,
	const struct check_listener *listener, size_t at, size_t words,
	struct check_column *out, const char **why)
{
	shk_diag unused = { 0 };
	struct dmn_loader loader = { .arena = arena, .diag = &unused };
	struct columning columning = { .env = { .arena = arena },
		.loader = &loader,
		.known = known,
		.out = out };
	struct regions regions = { NULL, 0, false };
	bool done = false;

	*why = NULL;
	if (!dmn_check_type(arena, graph, known, listener, at, out) ||
		!read_cells(&columning, graph, at))
		goto done;
	sort_cuts(&columning);
	regions.items = arena_zeroed(
		arena, 2 * columning.cut_count + 5, sizeof(*regions.items));
	if (!regions.items || !make_regions(&columning, &regions))
		goto done;
	done = fill_takers(&columning, &regions, words, out);
done:
	*why = columning.why;
	return done;
}
