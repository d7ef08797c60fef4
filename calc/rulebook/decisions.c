/*
 * The <decision> elements of rulebook.xml: which models answer a question in
 * which revision, and which DMN decisions are its outputs.
 */
#include <string.h>

#include "rulebook/loader.h"

static enum shk_code asked_read(
	struct loader *loader, const char *text, struct rulebook_output *output)
{
	const char **fields =
		arena_zeroed(loader->arena, strlen(text) + 1, sizeof(*fields));

	if (!fields)
		return diag_memory(loader->diag);
	output->asked_by = fields;
	while (*text) {
		size_t size = strcspn(text, " ");

		if (size > 0) {
			fields[output->asked_count] =
				arena_text(loader->arena, text, size);
			if (!fields[output->asked_count++])
				return diag_memory(loader->diag);
		}
		text += size + (text[size] == ' ');
	}
	return SHK_OK;
}

static enum shk_code output_read(struct loader *loader,
	const struct xml_element *element, struct rulebook_output *output)
{
	enum shk_code code;

	code = loader_required(loader, element, "name", &output->name);
	if (!code)
		code = loader_required(loader, element, "of", &output->of);
	if (!code)
		code = loader_flag(loader, element, "beside", &output->beside);
	if (!code)
		code = asked_read(
			loader, loader_optional(element, "asked-by"), output);
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
	if (decision->output_count == 0 ||
		decision->output_count > RULEBOOK_LIST_MAX)
		return loader_fail(loader, element,
			"a decision has 1 to %d <output> elements",
			RULEBOOK_LIST_MAX);
	outputs = arena_zeroed(
		loader->arena, decision->output_count, sizeof(*outputs));
	if (!outputs)
		return diag_memory(loader->diag);
	decision->outputs = outputs;
	for (size_t i = 0; i < decision->output_count && !code; i++) {
		code = output_read(loader, child, &outputs[i]);
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

static enum shk_code decision_read(struct loader *loader,
	const struct xml_element *element, struct rulebook_decision *decision)
{
	const struct xml_element *child;
	enum shk_code code;

	code = loader_required(loader, element, "name", &decision->name);
	if (!code)
		code = loader_required(
			loader, element, "number", &decision->number);
	if (!code)
		code = loader_flag(
			loader, element, "own-dates", &decision->own_dates);
	if (!code)
		code = models_read(loader, element, decision);
	if (!code)
		code = outputs_read(loader, element, decision);
	if (code)
		return code;
	loader_words(element, "label", &decision->label);
	loader_words(element, "question", &decision->question);
	child = xml_child(element, "applicability");
	decision->applicability = child ? loader_optional(child, "of") : "";
	child = xml_child(element, "caveats");
	decision->caveats = child ? loader_optional(child, "of") : "";
	return SHK_OK;
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
