/*
 * Marks of a revision: what each element on a path cites and how strong that
 * is. The graph's own marks come first (same numbers), then one for the gate,
 * one for each value of a constant, one for each policy parameter (E5).
 */
#include <string.h>

#include "rulebook/loader.h"

#define EVIDENCE_POLICY 5 /* a parameter of the user's own */

/* Evidence is the weakest; the cites were checked. */
static void mark_set(
	size_t count, const struct dmn_cite *cites, struct rulebook_mark *mark)
{
	mark->cite_count = count;
	mark->cites = cites;
	for (size_t i = 0; i < count; i++) {
		int level = evidence_level(cites[i].evidence);

		if (level > mark->evidence)
			mark->evidence = (uint8_t)level;
	}
}

/* The model and line of what the mark belongs to. */
static enum shk_code mark_place(struct loader *loader,
	const struct dmn_graph *graph, const struct dmn_mark *mark)
{
	int slot = dmn_slot_find(graph, mark->owner);

	if (slot >= 0)
		diag_place(loader->diag, graph->slots[slot].path,
			graph->slots[slot].line, 0);
	return SHK_E_RULES;
}

static enum shk_code graph_mark(struct loader *loader,
	const struct dmn_graph *graph, const struct dmn_mark *from,
	struct rulebook_mark *mark)
{
	for (size_t i = 0; i < from->cite_count; i++) {
		const struct dmn_cite *cite = &from->cites[i];

		if (evidence_level(cite->evidence) < 0) {
			diag_set(loader->diag, SHK_E_RULES,
				"%s: evidence=\"%s\" must be one of E0 to E5",
				from->element, cite->evidence);
			return mark_place(loader, graph, from);
		}
		if (!rulebook_source_find(loader->book, cite->source)) {
			diag_set(loader->diag, SHK_E_RULES,
				"%s cites the source \"%s\", which is not in "
				"sources.xml",
				from->element, cite->source);
			return mark_place(loader, graph, from);
		}
	}
	mark_set(from->cite_count, from->cites, mark);
	return SHK_OK;
}

static enum shk_code parameter_mark(struct loader *loader,
	const struct rulebook_parameter *parameter, struct rulebook_mark *mark)
{
	struct dmn_cite *cite = arena_zeroed(loader->arena, 1, sizeof(*cite));

	if (!cite)
		return diag_memory(loader->diag);
	cite->source = "policy";
	cite->place = parameter->name;
	cite->evidence = "E5";
	cite->unit = parameter->unit;
	cite->rounding = "";
	mark->evidence = EVIDENCE_POLICY;
	mark->cite_count = 1;
	mark->cites = cite;
	return SHK_OK;
}

static enum shk_code constant_marks(struct loader *loader,
	struct rulebook_revision *revision, struct rulebook_mark *marks,
	size_t *at)
{
	const shk_rulebook *book = loader->book;
	uint32_t *firsts = arena_zeroed(
		loader->arena, book->constant_count + 1, sizeof(*firsts));

	if (!firsts)
		return diag_memory(loader->diag);
	revision->constant_marks = firsts;
	for (size_t i = 0; i < book->constant_count; i++) {
		const struct rulebook_constant *constant = &book->constants[i];

		firsts[i] = (uint32_t)*at;
		for (size_t k = 0; k < constant->value_count; k++)
			mark_set(constant->values[k].cite_count,
				constant->values[k].cites, &marks[(*at)++]);
	}
	return SHK_OK;
}

static size_t mark_total(
	const shk_rulebook *book, const struct dmn_graph *graph)
{
	size_t total = graph->mark_count + 1 + book->parameter_count;

	for (size_t i = 0; i < book->constant_count; i++)
		total += book->constants[i].value_count;
	return total;
}

enum shk_code marks_bind(
	struct loader *loader, struct rulebook_revision *revision)
{
	const shk_rulebook *book = loader->book;
	const struct dmn_graph *graph = revision->graph;
	size_t total = mark_total(book, graph);
	struct rulebook_mark *marks;
	enum shk_code code = SHK_OK;
	size_t at;

	if (total > DMN_MARKS_MAX)
		return diag_set(loader->diag, SHK_E_LIMIT,
			"more than %d cited elements in revision %s",
			DMN_MARKS_MAX, revision->id);
	marks = arena_zeroed(loader->arena, total, sizeof(*marks));
	if (!marks)
		return diag_memory(loader->diag);
	revision->marks = marks;
	revision->mark_count = total;
	for (at = 0; at < graph->mark_count && !code; at++)
		code = graph_mark(loader, graph, &graph->marks[at], &marks[at]);
	revision->gate_mark = (uint32_t)at;
	mark_set(book->gate.cite_count, book->gate.cites, &marks[at++]);
	if (!code)
		code = constant_marks(loader, revision, marks, &at);
	for (size_t i = 0; i < book->parameter_count && !code; i++)
		code = parameter_mark(
			loader, &book->parameters[i], &marks[at++]);
	return code;
}
