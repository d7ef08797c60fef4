/*
 * The <decision> elements of rulebook.xml: which models answer a question in
 * which revision, and which DMN decisions are its outputs.
 */
#include <string.h>

#include "rulebook/loader.h"

static enum shk_code output_read(struct loader *loader,
	const struct xml_element *element, struct rulebook_output *output)
{
	enum shk_code code;
	size_t words = 0;

	output->line = element->line;
	output->of = "";
	code = loader_required(loader, element, "name", &output->name);
	if (!code)
		code = loader_flag(loader, element, "beside", &output->beside);
	if (!code)
		code = loader_list(loader, element, "asked-by",
			&output->asked_count, &output->asked_by);
	if (!code)
		code = loader_list(loader, element, "holds",
			&output->hold_count, &output->holds);
	if (!code)
		code = loader_list(
			loader, element, "words", &words, &output->words);
	if (!code && words != output->hold_count)
		code = loader_fail(loader, element,
			"holds=\"...\" and words=\"...\" differ in number");
	if (!code && output->hold_count == 0)
		code = loader_required(loader, element, "of", &output->of);
	if (!code && output->hold_count > 0 && output->asked_count > 0)
		code = loader_fail(loader, element,
			"a list of what holds cannot be asked for");
	output->when = loader_optional(element, "when");
	output->unit = loader_optional(element, "unit");
	loader_words(element, "label", &output->label);
	return code;
}

static enum shk_code outputs_read(struct loader *loader,
	const struct xml_element *element, struct rulebook_decision *decision)
{
	const struct xml_element *child = xml_child(element, "output");
	struct rulebook_output *outputs;
	enum shk_code code = SHK_OK;

	decision->output_count = loader_count(element, "output");
	if ((decision->output_count == 0 && !*decision->not_encoded) ||
		decision->output_count > RULEBOOK_LIST_MAX)
		return loader_fail(loader, element,
			"a decision has 1 to %d <output> elements",
			RULEBOOK_LIST_MAX);
	outputs = arena_zeroed(
		loader->arena, decision->output_count + 1, sizeof(*outputs));
	if (!outputs)
		return diag_memory(loader->diag);
	decision->outputs = outputs;
	for (size_t i = 0; i < decision->output_count && !code; i++) {
		code = output_read(loader, child, &outputs[i]);
		if (!code && i == 0 && outputs[i].hold_count > 0)
			code = loader_fail(loader, child,
				"a list of what holds cannot be the first "
				"output");
		child = xml_sibling(child, "output");
	}
	return code;
}

static enum shk_code models_read(struct loader *loader,
	const struct xml_element *element, struct rulebook_decision *decision)
{
	const shk_rulebook *book = loader->book;
	const struct xml_element *child = xml_child(element, "in");

	decision->models = arena_zeroed(
		loader->arena, book->revision_count, sizeof(*decision->models));
	if (!decision->models)
		return diag_memory(loader->diag);
	for (size_t i = 0; i < book->revision_count; i++)
		decision->models[i] = "";
	for (; child; child = xml_sibling(child, "in")) {
		const char *id = loader_optional(child, "revision");
		int at = rulebook_revision_find(book, id);
		enum shk_code code;

		if (at < 0)
			return loader_fail(loader, child,
				"there is no revision \"%s\"", id);
		code = loader_required(
			loader, child, "model", &decision->models[at]);
		if (code)
			return code;
	}
	return SHK_OK;
}

/* The attribute of a child element, or "". */
static const char *child_names(const struct xml_element *element,
	const char *child_name, const char *attribute)
{
	const struct xml_element *child = xml_child(element, child_name);

	return child ? loader_optional(child, attribute) : "";
}

static enum shk_code decision_read(struct loader *loader,
	const struct xml_element *element, struct rulebook_decision *decision)
{
	static const char *const known[] = { "label", "question", "in",
		"applicability", "output", "caveats", "alternatives",
		"not-encoded", "cite", NULL };
	enum shk_code code = loader_known(loader, element, known);

	decision->line = element->line;
	if (!code)
		code = loader_required(
			loader, element, "name", &decision->name);
	if (!code)
		code = loader_required(
			loader, element, "number", &decision->number);
	if (!code)
		code = loader_flag(
			loader, element, "own-dates", &decision->own_dates);
	if (!code)
		code = loader_list(loader, element, "asked-by",
			&decision->asked_count, &decision->asked_by);
	if (!code)
		code = models_read(loader, element, decision);
	if (!code)
		code = loader_cites(loader, element, &decision->cite_count,
			&decision->cites);
	loader_words(element, "label", &decision->label);
	loader_words(element, "question", &decision->question);
	decision->applicability = child_names(element, "applicability", "of");
	decision->caveats = child_names(element, "caveats", "of");
	decision->alternatives = child_names(element, "alternatives", "of");
	decision->not_encoded = child_names(element, "not-encoded", "reason");
	return code ? code : outputs_read(loader, element, decision);
}

enum shk_code decisions_read(
	struct loader *loader, const struct xml_element *root)
{
	shk_rulebook *book = loader->book;
	const struct xml_element *element = xml_child(root, "decision");
	struct rulebook_decision *decisions;
	size_t count = loader_count(root, "decision");
	enum shk_code code;

	if (count == 0 || count > RULEBOOK_LIST_MAX)
		return loader_fail(loader, root,
			"a rulebook has 1 to %d <decision> elements",
			RULEBOOK_LIST_MAX);
	decisions = arena_zeroed(loader->arena, count, sizeof(*decisions));
	if (!decisions)
		return diag_memory(loader->diag);
	book->decisions = decisions;
	for (; element; element = xml_sibling(element, "decision")) {
		struct rulebook_decision *decision =
			&decisions[book->decision_count];

		code = decision_read(loader, element, decision);
		if (code)
			return code;
		if (rulebook_decision_find(book, decision->name) >= 0)
			return loader_fail(loader, element,
				"the decision \"%s\" stands here twice",
				decision->name);
		book->decision_count++;
	}
	return SHK_OK;
}
