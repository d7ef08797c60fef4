/*
 * A slot for people to read: tables as aligned text with row numbers, cells,
 * evidence and citations, contexts and other boxed expressions as indented
 * text, literals as they stand in the model. What is shown is what the file
 * says, not what it was lowered to.
 */
#include "dmn/model.h"
#include "dmn/view.h"

#include <string.h>

#define INDENT 4

struct show {
	const struct dmn_graph *graph;
	const struct dmn_model *model;
	struct text owner;
	struct buffer *out;
	struct buffer cell; /* scratch */
};

static void put_indent(struct show *show, size_t indent)
{
	for (; indent > 0; indent--)
		buffer_byte(show->out, ' ');
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Text on one line: blanks around it dropped, runs of them one. */
static void add_line(struct buffer *out, const char *text)
{
	bool gap = false;
	bool any = false;

	for (; *text; text++) {
		if (is_blank(*text)) {
			gap = any;
			continue;
		}
		if (gap)
			buffer_byte(out, ' ');
		buffer_byte(out, *text);
		gap = false;
		any = true;
	}
}

static const struct dmn_mark *mark_of(
	const struct show *show, const struct xml_element *xml, unsigned row)
{
	const char *id = dmn_attribute(xml, "id");
	size_t i;

	for (i = 0; i < show->graph->mark_count; i++) {
		const struct dmn_mark *mark = &show->graph->marks[i];

		if (mark->row == row && strcmp(mark->element, id) == 0 &&
			text_equal(mark->owner, show->owner))
			return mark;
	}
	return NULL;
}

static const char *weakest(const struct dmn_mark *mark)
{
	const char *level = "";
	size_t i;

	for (i = 0; mark && i < mark->cite_count; i++)
		if (strcmp(mark->cites[i].evidence, level) > 0)
			level = mark->cites[i].evidence;
	return level;
}

static void add_cites(struct buffer *out, const struct dmn_mark *mark)
{
	size_t i;

	for (i = 0; mark && i < mark->cite_count; i++)
		buffer_format(out, "%s%s %s", i ? "; " : "",
			mark->cites[i].source, mark->cites[i].place);
}

/* A table while it is shown. Row 0 is the head. */
struct grid {
	const struct xml_element *table;
	size_t inputs;
	size_t outputs;
	size_t columns;
	size_t rows;
};

static void head_cell(struct show *show, const struct grid *grid, size_t column)
{
	const struct dmn_model *model = show->model;
	const struct xml_element *xml;

	if (column <= grid->inputs) {
		xml = dmn_nth(model, grid->table, "input", column - 1);
		add_line(&show->cell,
			dmn_text_in(model,
				dmn_child(model, xml, "inputExpression")));
		return;
	}
	xml = dmn_nth(model, grid->table, "output", column - 1 - grid->inputs);
	if (dmn_attribute(xml, "name")[0])
		add_line(&show->cell, dmn_attribute(xml, "name"));
	else
		buffer_add(&show->cell, show->owner.data, show->owner.size);
}

static void rule_cell(
	struct show *show, const struct grid *grid, size_t row, size_t column)
{
	const struct xml_element *rule =
		dmn_nth(show->model, grid->table, "rule", row - 1);
	const struct xml_element *cell;

	if (column == 0)
		buffer_format(&show->cell, "%zu", row);
	else if (column == grid->columns - 2)
		buffer_text(&show->cell,
			weakest(mark_of(show, rule, (unsigned)row)));
	else if (column == grid->columns - 1)
		add_cites(&show->cell, mark_of(show, rule, (unsigned)row));
	else {
		cell = column <= grid->inputs
			       ? dmn_nth(show->model, rule, "inputEntry",
					 column - 1)
			       : dmn_nth(show->model, rule, "outputEntry",
					 column - 1 - grid->inputs);
		add_line(&show->cell, dmn_text_in(show->model, cell));
	}
}

static void fill_cell(
	struct show *show, const struct grid *grid, size_t row, size_t column)
{
	buffer_clear(&show->cell);
	if (row > 0)
		rule_cell(show, grid, row, column);
	else if (column == 0)
		buffer_byte(&show->cell, '#');
	else if (column == grid->columns - 2)
		buffer_text(&show->cell, "evidence");
	else if (column == grid->columns - 1)
		buffer_text(&show->cell, "cites");
	else
		head_cell(show, grid, column);
	/* what a cell lacks the whole lacks */
	if (show->cell.failed)
		show->out->failed = true;
}

static size_t cell_width(const struct show *show)
{
	return show->cell.size ? utf8_width(show->cell.data, show->cell.size)
			       : 0;
}

static void put_row(struct show *show, const struct grid *grid, size_t row,
	const size_t *widths, size_t indent)
{
	size_t owed = indent; /* blanks before the next cell that has text */
	size_t column;

	for (column = 0; column < grid->columns; column++) {
		size_t width;

		fill_cell(show, grid, row, column);
		width = cell_width(show);
		if (width > 0) {
			put_indent(show, owed);
			buffer_add(show->out, show->cell.data, show->cell.size);
			owed = 0;
		}
		owed += widths[column] - width + 2;
		if (column == grid->inputs ||
			column == grid->inputs + grid->outputs) {
			put_indent(show, owed);
			buffer_text(show->out, "|");
			owed = 1;
		}
	}
	buffer_byte(show->out, '\n');
}

static void put_table(
	struct show *show, const struct xml_element *xml, size_t indent)
{
	const struct dmn_model *model = show->model;
	size_t widths[2 * DMN_CELLS_MAX + 3] = { 0 };
	struct grid grid = { .table = xml };
	const char *aggregation = dmn_attribute(xml, "aggregation");
	const char *policy = dmn_attribute(xml, "hitPolicy");
	size_t row;
	size_t column;

	grid.inputs = dmn_child_count(model, xml, "input");
	grid.outputs = dmn_child_count(model, xml, "output");
	grid.columns = grid.inputs + grid.outputs + 3;
	grid.rows = dmn_child_count(model, xml, "rule");
	put_indent(show, indent);
	buffer_format(show->out, "%s%s%s\n", policy[0] ? policy : "UNIQUE",
		aggregation[0] ? " " : "", aggregation);
	for (row = 0; row <= grid.rows; row++)
		for (column = 0; column < grid.columns; column++) {
			fill_cell(show, &grid, row, column);
			if (cell_width(show) > widths[column])
				widths[column] = cell_width(show);
		}
	/* no cell is wider than its column only if all were measured */
	for (row = 0; row <= grid.rows && !show->out->failed; row++)
		put_row(show, &grid, row, widths, indent);
}

static void put_lines(struct show *show, const char *text, size_t indent)
{
	while (is_blank(*text))
		text++;
	while (*text) {
		size_t size = strcspn(text, "\n");
		size_t end = size;

		while (end > 0 && is_blank(text[end - 1]))
			end--;
		if (end > 0) {
			put_indent(show, indent);
			buffer_add(show->out, text, end);
			buffer_byte(show->out, '\n');
		}
		text += size;
		while (is_blank(*text))
			text++;
	}
}

static void put_boxed(
	struct show *show, const struct xml_element *xml, size_t indent);

static void put_mark(
	struct show *show, const struct dmn_mark *mark, size_t indent)
{
	if (!mark)
		return;
	put_indent(show, indent);
	buffer_format(show->out, "[%s: ", weakest(mark));
	add_cites(show->out, mark);
	buffer_text(show->out, "]\n");
}

/* What a part is called: its variable, parameter, iterator or column. */
static const char *part_name(
	const struct dmn_model *model, const struct xml_element *xml)
{
	const struct xml_element *named = dmn_child(model, xml, "variable");

	if (!named)
		named = dmn_child(model, xml, "parameter");
	if (named)
		return dmn_attribute(named, "name");
	if (dmn_is(model, xml, "contextEntry"))
		return "result";
	if (dmn_attribute(xml, "name")[0])
		return dmn_attribute(xml, "name");
	return xml->name;
}

static const char *part_word(
	const struct dmn_model *model, const struct xml_element *xml)
{
	if (dmn_is(model, xml, "formalParameter"))
		return "parameter ";
	return dmn_is(model, xml, "column") ? "column " : "";
}

static bool is_part(
	const struct dmn_model *model, const struct xml_element *xml)
{
	return dmn_expression_in(model, xml) != NULL ||
	       dmn_is(model, xml, "formalParameter") ||
	       dmn_is(model, xml, "column");
}

/* The expressions inside a boxed expression, each under its name. */
static void put_parts(
	struct show *show, const struct xml_element *xml, size_t indent)
{
	const struct xml_element *kid = xml->first;

	for (; kid; kid = kid->next) {
		if (dmn_is_expression(show->model, kid)) {
			put_boxed(show, kid, indent);
		} else if (is_part(show->model, kid)) {
			put_indent(show, indent);
			buffer_format(show->out, "%s%s\n",
				part_word(show->model, kid),
				part_name(show->model, kid));
			put_mark(show, mark_of(show, kid, 0), indent + INDENT);
			put_parts(show, kid, indent + INDENT);
		}
	}
}

static void put_boxed(
	struct show *show, const struct xml_element *xml, size_t indent)
{
	if (dmn_is(show->model, xml, "literalExpression")) {
		put_lines(show, dmn_text_in(show->model, xml), indent);
	} else if (dmn_is(show->model, xml, "decisionTable")) {
		put_table(show, xml, indent);
	} else {
		put_indent(show, indent);
		buffer_format(show->out, "%s%s%s\n", xml->name,
			dmn_attribute(xml, "iteratorVariable")[0] ? " " : "",
			dmn_attribute(xml, "iteratorVariable"));
		put_parts(show, xml, indent + INDENT);
	}
}

void dmn_view_domain(const struct dmn_domain *domain, struct buffer *out)
{
	struct feel_value range = { .type = FEEL_RANGE };
	size_t i;

	if (domain->type != FEEL_NULL || domain->list)
		buffer_format(out, ": %s%s%s", domain->list ? "list<" : "",
			domain->type == FEEL_NULL
				? "Any"
				: feel_type_name(domain->type),
			domain->list ? ">" : "");
	for (i = 0; i < domain->choice_count; i++) {
		buffer_text(out, i ? ", " : " ");
		feel_print(&domain->choices[i], out);
	}
	if (domain->bounded) {
		buffer_byte(out, ' ');
		range.u.range = &domain->range;
		feel_print(&range, out);
	}
}

static void put_head(struct show *show, const struct dmn_slot *slot)
{
	static const char *const words[] = { "input data", "decision",
		"knowledge model" };

	buffer_format(show->out, "%s ", words[slot->kind]);
	buffer_add(show->out, slot->name.data, slot->name.size);
	dmn_view_domain(&slot->domain, show->out);
	buffer_byte(show->out, '\n');
	put_lines(show, slot->description, INDENT);
	if (slot->mark != FEEL_NO_MARK)
		put_mark(show, &show->graph->marks[slot->mark], INDENT);
}

void dmn_show(const struct dmn_graph *graph, unsigned slot, struct buffer *out)
{
	const struct dmn_models *models = graph->models;
	const struct dmn_slot *about;
	struct show show = { .graph = graph, .out = out };
	const struct xml_element *xml;

	if (slot >= graph->slot_count)
		return;
	about = &graph->slots[slot];
	show.model = models->details[slot].model;
	show.owner = about->name;
	buffer_init(&show.cell);
	put_head(&show, about);
	xml = models->details[slot].xml;
	if (about->kind == DMN_KNOWLEDGE)
		xml = dmn_child(show.model, xml, "encapsulatedLogic");
	if (xml && about->kind != DMN_INPUT) {
		buffer_byte(out, '\n');
		put_parts(&show, xml, 0);
	}
	if (show.cell.failed)
		out->failed = true;
	buffer_release(&show.cell);
}

static struct text name_of_slot(const void *context, unsigned slot)
{
	const struct dmn_graph *graph = context;

	return slot < graph->slot_count ? graph->slots[slot].name
					: text_of("?");
}

static int slot_of_name(const void *context, struct text name)
{
	return dmn_slot_find(context, name);
}

void dmn_listing(
	const struct dmn_graph *graph, unsigned slot, struct buffer *out)
{
	struct feel_globals globals = {
		.context = graph, .slot = slot_of_name, .name = name_of_slot
	};

	if (slot < graph->slot_count && graph->slots[slot].program)
		feel_list_program(graph->slots[slot].program, &globals, out);
}
