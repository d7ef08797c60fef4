/*
 * Decision tables lowered to a table node: the cells are unary tests and
 * expressions, the rows keep their citation and line, annotations are for
 * people. Which rows match and what follows is the machine's business.
 */
#include "dmn/model.h"

#include <string.h>

/* clang-format off */
static const struct {
	const char *name;
	enum feel_hit_policy policy;
} policies[] = {
	{ "UNIQUE", FEEL_UNIQUE },
	{ "ANY", FEEL_ANY },
	{ "PRIORITY", FEEL_PRIORITY },
	{ "FIRST", FEEL_FIRST },
	{ "OUTPUT ORDER", FEEL_OUTPUT_ORDER },
	{ "RULE ORDER", FEEL_RULE_ORDER },
	{ "COLLECT", FEEL_COLLECT }
};

static const struct {
	const char *name;
	enum feel_aggregator aggregator;
} aggregators[] = {
	{ "SUM", FEEL_SUM },
	{ "COUNT", FEEL_COUNT },
	{ "MIN", FEEL_MIN },
	{ "MAX", FEEL_MAX }
};
/* clang-format on */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool read_policy(struct dmn_loader *loader,
	const struct xml_element *xml, struct feel_table *table)
{
	const char *policy = dmn_attribute(xml, "hitPolicy");
	const char *aggregation = dmn_attribute(xml, "aggregation");
	size_t i;

	for (i = 0; policy[0] && i < COUNT(policies); i++)
		if (strcmp(policies[i].name, policy) == 0)
			break;
	if (i == COUNT(policies)) {
		dmn_refuse(loader, loader->model, xml,
			"unknown hit policy \"%s\"; expected UNIQUE, ANY, "
			"PRIORITY, FIRST, OUTPUT ORDER, RULE ORDER or COLLECT",
			policy);
		return false;
	}
	table->policy = policy[0] ? policies[i].policy : FEEL_UNIQUE;
	table->aggregator = FEEL_LISTED;
	if (!aggregation[0])
		return true;
	for (i = 0; i < COUNT(aggregators); i++)
		if (strcmp(aggregators[i].name, aggregation) == 0)
			break;
	if (i == COUNT(aggregators)) {
		dmn_refuse(loader, loader->model, xml,
			"unknown aggregation \"%s\"; expected SUM, COUNT, MIN "
			"or MAX",
			aggregation);
		return false;
	}
	if (table->policy == FEEL_COLLECT)
		table->aggregator = aggregators[i].aggregator;
	return true;
}

static const struct feel_node *lower_optional(
	struct dmn_loader *loader, const struct xml_element *xml, bool tests)
{
	return xml ? dmn_lower_text(loader, xml, tests) : NULL;
}

static bool lower_inputs(struct dmn_loader *loader,
	const struct xml_element *xml, struct feel_table *table)
{
	const struct dmn_model *model = loader->model;
	const struct feel_node **inputs = dmn_kids(loader, table->input_count);
	const struct feel_node **allowed = dmn_kids(loader, table->input_count);
	const struct xml_element *input = dmn_child(model, xml, "input");
	size_t i;

	if (!inputs || !allowed)
		return false;
	for (i = 0; i < table->input_count && loader->code == SHK_OK; i++) {
		const struct xml_element *expression =
			dmn_child(model, input, "inputExpression");

		if (!expression) {
			dmn_refuse(loader, model, input,
				"this input has no <inputExpression>");
			return false;
		}
		inputs[i] = dmn_lower_text(loader, expression, false);
		allowed[i] = lower_optional(
			loader, dmn_child(model, input, "inputValues"), true);
		if (allowed[i] && allowed[i]->kind == FEEL_NODE_DASH)
			allowed[i] = NULL;
		input = dmn_next(model, input, "input");
	}
	table->inputs = inputs;
	table->allowed = allowed;
	return loader->code == SHK_OK;
}

/*
 * General: without output values of its own a column has the allowed values of
 * its type; the only column that of the decision's variable.
 */
static const struct feel_node *values_of_type(struct dmn_loader *loader,
	const struct xml_element *output, size_t count)
{
	const struct dmn_type *type = NULL;

	if (!loader->general)
		return NULL;
	if (dmn_attribute(output, "typeRef")[0])
		type = dmn_type_of(loader, loader->model, output);
	else if (count == 1)
		type = loader->owner->type;
	if (!type)
		dmn_forgive(loader);
	while (type && !type->allowed)
		type = type->of;
	return type ? type->allowed : NULL;
}

/* Output values in their order: a LIST of the values, for priorities. */
static const struct feel_node *lower_priorities(struct dmn_loader *loader,
	const struct xml_element *output, size_t count)
{
	const struct xml_element *xml =
		dmn_child(loader->model, output, "outputValues");
	const struct feel_node *tests = lower_optional(loader, xml, true);
	const struct feel_node **kids;
	size_t i;

	if (!xml) {
		tests = values_of_type(loader, output, count);
		xml = output;
	}
	if (!tests || tests->kind != FEEL_NODE_TESTS || tests->negated)
		return NULL;
	kids = dmn_kids(loader, tests->count);
	for (i = 0; kids && i < tests->count; i++) {
		/* a range orders nothing */
		if (tests->kids[i]->kind != FEEL_NODE_MATCH ||
			tests->kids[i]->kids[0]->kind == FEEL_NODE_RANGE)
			return NULL;
		kids[i] = tests->kids[i]->kids[0];
	}
	return dmn_node(loader, FEEL_NODE_LIST, xml, kids, tests->count);
}

static bool check_output(struct dmn_loader *loader,
	const struct xml_element *output, const struct text *names, size_t at,
	size_t count)
{
	size_t i;

	if (count > 1 && names[at].size == 0)
		dmn_refuse(loader, loader->model, output,
			"an output needs a name when there are several");
	for (i = 0; i < at && loader->code == SHK_OK; i++)
		if (text_equal(names[i], names[at]))
			dmn_refuse(loader, loader->model, output,
				"a second output \"%s\"", names[at].data);
	return loader->code == SHK_OK;
}

static bool lower_outputs(struct dmn_loader *loader,
	const struct xml_element *xml, struct feel_table *table)
{
	const struct dmn_model *model = loader->model;
	size_t count = table->output_count;
	struct text *names =
		arena_zeroed(loader->arena, count + 1, sizeof(*names));
	const struct feel_node **defaults = dmn_kids(loader, count);
	const struct feel_node **priorities = dmn_kids(loader, count);
	const struct xml_element *output = dmn_child(model, xml, "output");
	size_t i;

	if (!names || !defaults || !priorities) {
		dmn_no_memory(loader);
		return false;
	}
	for (i = 0; i < count; i++) {
		names[i] = count > 1 ? dmn_name_of(loader,
					       dmn_attribute(output, "name"))
				     : text_of("");
		if (!check_output(loader, output, names, i, count))
			return false;
		defaults[i] = lower_optional(loader,
			dmn_child(model, output, "defaultOutputEntry"), false);
		priorities[i] = lower_priorities(loader, output, count);
		output = dmn_next(model, output, "output");
	}
	table->outputs = names;
	table->defaults = defaults;
	table->priorities = priorities;
	return loader->code == SHK_OK;
}

static const struct feel_node **lower_cells(struct dmn_loader *loader,
	const struct xml_element *rule, const char *tag, size_t count,
	bool tests)
{
	const struct dmn_model *model = loader->model;
	size_t have = dmn_child_count(model, rule, tag);
	const struct xml_element *cell = dmn_child(model, rule, tag);
	const struct feel_node **cells;
	size_t i;

	if (have != count) {
		dmn_refuse(loader, model, rule,
			"this rule has %zu cells <%s>, the table has %zu "
			"columns of them",
			have, tag, count);
		return NULL;
	}
	cells = dmn_kids(loader, count);
	for (i = 0; cells && i < count && loader->code == SHK_OK; i++) {
		cells[i] = dmn_lower_text(loader, cell, tests);
		cell = dmn_next(model, cell, tag);
	}
	return loader->code == SHK_OK ? cells : NULL;
}

static bool lower_rule(struct dmn_loader *loader, const struct xml_element *xml,
	const struct feel_table *table, struct feel_rule *rule, unsigned row)
{
	rule->line = xml->line;
	rule->mark = dmn_mark_of(
		loader, loader->model, xml, loader->owner->name, row);
	rule->tests = lower_cells(
		loader, xml, "inputEntry", table->input_count, true);
	if (rule->tests)
		rule->outputs = lower_cells(
			loader, xml, "outputEntry", table->output_count, false);
	return loader->code == SHK_OK;
}

static bool lower_rules(struct dmn_loader *loader,
	const struct xml_element *xml, struct feel_table *table)
{
	const struct dmn_model *model = loader->model;
	struct feel_rule *rules = arena_zeroed(
		loader->arena, table->rule_count + 1, sizeof(*rules));
	const struct xml_element *rule = dmn_child(model, xml, "rule");
	size_t i;

	if (!rules) {
		dmn_no_memory(loader);
		return false;
	}
	for (i = 0; i < table->rule_count; i++) {
		if (!lower_rule(
			    loader, rule, table, &rules[i], (unsigned)i + 1))
			return false;
		rule = dmn_next(model, rule, "rule");
	}
	table->rules = rules;
	return true;
}

static bool count_parts(struct dmn_loader *loader,
	const struct xml_element *xml, struct feel_table *table)
{
	const struct dmn_model *model = loader->model;

	table->input_count = dmn_child_count(model, xml, "input");
	table->output_count = dmn_child_count(model, xml, "output");
	table->rule_count = dmn_child_count(model, xml, "rule");
	if (table->output_count == 0)
		dmn_refuse(loader, model, xml,
			"this decision table has no <output>");
	else if (table->input_count > DMN_CELLS_MAX ||
		 table->output_count > DMN_CELLS_MAX)
		dmn_too_many(loader, model, xml,
			"inputs or outputs of one table", DMN_CELLS_MAX);
	else if (table->rule_count > DMN_ROWS_MAX)
		dmn_too_many(
			loader, model, xml, "rows of one table", DMN_ROWS_MAX);
	return loader->code == SHK_OK;
}

const struct feel_node *dmn_lower_table(
	struct dmn_loader *loader, const struct xml_element *xml)
{
	struct feel_table *table =
		arena_zeroed(loader->arena, 1, sizeof(*table));
	struct feel_node *node;

	if (!table) {
		dmn_no_memory(loader);
		return NULL;
	}
	table->name = loader->owner->name;
	if (!read_policy(loader, xml, table) ||
		!count_parts(loader, xml, table) ||
		!lower_inputs(loader, xml, table) ||
		!lower_outputs(loader, xml, table) ||
		!lower_rules(loader, xml, table))
		return NULL;
	if (dmn_grow(loader, (void **)&loader->tables, &loader->table_capacity,
		    loader->table_count, sizeof(*loader->tables)))
		loader->tables[loader->table_count++] =
			(struct dmn_known_table){ table, loader->model, xml };
	node = dmn_node(loader, FEEL_NODE_TABLE, xml, NULL, 0);
	if (node)
		node->table = table;
	return node;
}
