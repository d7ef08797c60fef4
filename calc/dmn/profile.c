/*
 * The house profile, checked on the elements of the models as they stand in
 * the files. The engine reads all of DMN; this is for rules/ only.
 */
#include "dmn/profile.h"

#include <string.h>

#include "dmn/model.h"
#include "feel/lexer.h"

struct check {
	const struct dmn_model *model;
	struct buffer *report;
	size_t count;
};

static void add_head(struct check *check, const struct xml_element *xml)
{
	check->count++;
	buffer_format(check->report, "%s:%ld: ", check->model->path, xml->line);
}

static void check_policy(struct check *check, const struct xml_element *xml)
{
	const char *policy = dmn_attribute(xml, "hitPolicy");

	if (!policy[0] || strcmp(policy, "UNIQUE") == 0 ||
		strcmp(policy, "COLLECT") == 0)
		return;
	add_head(check, xml);
	buffer_format(check->report,
		"hit policy \"%s\": only UNIQUE and COLLECT are used\n",
		policy);
}

static void check_cited(struct check *check, const struct xml_element *xml)
{
	const struct xml_element *extensions =
		dmn_child(check->model, xml, "extensionElements");
	const struct xml_element *kid = extensions ? extensions->first : NULL;

	for (; kid; kid = kid->next)
		if (strcmp(kid->name, "cite") == 0 &&
			strcmp(kid->space, DMN_EXTENSION_SPACE) == 0)
			return;
	/* a row where the law is silent says so */
	if (*dmn_description(check->model, xml))
		return;
	add_head(check, xml);
	buffer_text(check->report,
		"this row cites no source and does not say why\n");
}

static bool is_identifier(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ_";

	return name[0] && strchr(letters, name[0]) &&
	       name[strspn(name, "0123456789"
				 "abcdefghijklmnopqrstuvwxyz"
				 "ABCDEFGHIJKLMNOPQRSTUVWXYZ_")] == '\0';
}

static bool is_named(const struct check *check, const struct xml_element *xml)
{
	static const char *const tags[] = { "import", "inputData", "decision",
		"businessKnowledgeModel", "decisionService", "itemDefinition",
		"itemComponent", "variable", "formalParameter", "parameter",
		"column" };
	size_t i;

	for (i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (dmn_is(check->model, xml, tags[i]))
			return true;
	/* a single output has no name */
	return dmn_is(check->model, xml, "output") &&
	       xml_attribute(xml, "name");
}

static void check_name(struct check *check, const struct xml_element *xml)
{
	const char *name = dmn_attribute(xml, "name");

	if (is_identifier(name))
		return;
	add_head(check, xml);
	buffer_format(check->report,
		"the name \"%s\" is no identifier (letters, digits, _)\n",
		name);
}

static bool is_one_of(struct text word, const char *const *words, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (text_is(word, words[i]))
			return true;
	return false;
}

/*
 * What of three tokens in a row is not used by the house; NULL. A date worked
 * out from facts is no date of law; one that is written, or today's, is.
 */
static const char *misuse(const struct lex_token tokens[3], bool dates)
{
	static const char *const written[] = { "date", "time", "duration" };
	static const char *const clocks[] = { "today", "now" };
	const struct lex_token *token = &tokens[0];
	bool literal =
		tokens[2].kind == LEX_STRING || tokens[2].kind == LEX_NUMBER;

	if (dates && token->kind == LEX_AT)
		return "a date literal; dates of law live in the rulebook";
	if (token->kind != LEX_WORD || tokens[1].kind != LEX_OPEN)
		return NULL;
	if (dates && literal &&
		is_one_of(token->text, written,
			sizeof(written) / sizeof(written[0])))
		return "a date literal; dates of law live in the rulebook";
	if (is_one_of(token->text, clocks, sizeof(clocks) / sizeof(clocks[0])))
		return "the clock; a result depends on its input alone";
	if (text_is(token->text, "decimal"))
		return "decimal() rounds half to even; round with a named "
		       "function";
	return NULL;
}

static void check_text(struct check *check, const struct xml_element *xml)
{
	bool dates = !xml->parent ||
		     !dmn_is(check->model, xml->parent, "allowedValues");
	struct lexer lexer;
	struct lex_token tokens[3];

	feel_lexer_init(&lexer, text_of(xml->text), 1, 1);
	for (int i = 0; i < 3; i++)
		feel_lexer_next(&lexer, &tokens[i]);
	while (tokens[0].kind != LEX_END && tokens[0].kind != LEX_BAD) {
		const char *what = misuse(tokens, dates);

		if (what) {
			add_head(check, xml);
			buffer_format(check->report, "%s\n", what);
		}
		tokens[0] = tokens[1];
		tokens[1] = tokens[2];
		feel_lexer_next(&lexer, &tokens[2]);
	}
}

static void check_element(struct check *check, const struct xml_element *xml)
{
	if (dmn_is(check->model, xml, "decisionTable"))
		check_policy(check, xml);
	if (dmn_is(check->model, xml, "rule"))
		check_cited(check, xml);
	if (dmn_is(check->model, xml, "text"))
		check_text(check, xml);
	if (is_named(check, xml))
		check_name(check, xml);
}

static bool has_domain(const struct dmn_domain *domain)
{
	/* without a range a number may be any number, a date any day */
	return domain->list || domain->choice_count > 0 || domain->bounded ||
	       domain->type == FEEL_BOOLEAN || domain->type == FEEL_STRING ||
	       domain->type == FEEL_NUMBER || domain->type == FEEL_DATE;
}

static void check_domains(struct check *check, const struct dmn_graph *graph)
{
	const struct dmn_models *models = graph->models;
	size_t i;

	for (i = 0; i < graph->slot_count; i++) {
		const struct dmn_slot *slot = &graph->slots[i];

		if (slot->kind != DMN_INPUT || has_domain(&slot->domain))
			continue;
		check->model = models->details[i].model;
		add_head(check, models->details[i].xml);
		buffer_format(check->report,
			"input data \"%.*s\" has no type that says what it "
			"may be\n",
			(int)slot->name.size, slot->name.data);
	}
}

/* A name in a filter that no context has: null whatever the facts. */
static void check_notes(struct check *check, const struct dmn_models *models)
{
	size_t i;

	for (i = 0; i < models->note_count; i++) {
		const struct dmn_miss *note = &models->notes[i];

		check->model = note->element->model;
		add_head(check, note->element->xml);
		buffer_format(check->report,
			"\"%.*s\" in a filter is a part of no item "
			"definition\n",
			(int)note->name.size, note->name.data);
	}
}

size_t dmn_profile_check(const struct dmn_graph *graph, struct buffer *report)
{
	const struct dmn_models *models = graph->models;
	struct check check = { .report = report };
	size_t i;

	for (i = 0; i < models->count; i++) {
		const struct xml_element *xml = models->models[i]->root;

		check.model = models->models[i];
		for (; xml; xml = dmn_walk(xml))
			check_element(&check, xml);
	}
	check_domains(&check, graph);
	check_notes(&check, models);
	return check.count;
}
