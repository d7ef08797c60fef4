/*
 * The edges of an answer: each fact and parameter in turn, everything else as
 * the record has it. Numbers and dates by pieces, words and truths one by one.
 */
#include "inquiry/edges.h"

#include <string.h>

#include "base/memory.h"
#include "inquiry/sides.h"

struct finding {
	struct question question;
	struct look look;
	struct look now; /* the answer today */
	struct shk_edges *edges;
};

/* The answer with all as the record has it. */
static enum shk_code find_now(struct finding *finding)
{
	struct question *question = &finding->question;
	struct edges_side *side = &finding->edges->now;
	struct owners none = { 0 };
	enum shk_code code = question_look(question, NULL, NULL, &finding->now);

	if (!code)
		code = side_answer(question, &finding->now.set,
			finding->now.refused, side);
	if (!code)
		code = side_rules(
			question, &finding->now.marks, NULL, &none, side);
	return code;
}

static bool same_answer(const struct look *a, const struct look *b)
{
	return a->refused == b->refused &&
	       (a->refused || outcome_equal(&a->set, &b->set));
}

/* Each word, truth or "none" of the variable. */
static enum shk_code find_choices(struct finding *finding,
	const struct variable *variable, struct edges_fact *fact)
{
	struct question *question = &finding->question;
	struct edges_choice *list = arena_zeroed(&question->pricer->results,
		variable->choice_count + 1, sizeof(*list));
	struct look *look = &finding->look;
	struct owners none = { 0 };
	enum shk_code code = SHK_OK;

	if (!list)
		return diag_memory(question->job.diag);
	fact->choices = list;
	fact->choice_count = variable->choice_count;
	for (size_t i = 0; i < variable->choice_count && !code; i++) {
		const struct feel_value *choice = &variable->choices[i];

		list[i].now =
			variable->known && feel_same(choice, &variable->now);
		code = question_choose(question, variable, choice, look);
		if (code)
			break;
		list[i].changes = !same_answer(look, &finding->now);
		fact->changes |= list[i].changes;
		if (look->stopped) {
			fact->complete = false;
			fact->why = "ceiling";
		}
		if (!value_plain(
			    &question->pricer->results, choice, &list[i].value))
			return diag_memory(question->job.diag);
		code = side_answer(
			question, &look->set, look->refused, &list[i].side);
		if (!code)
			code = side_rules(question, &look->marks,
				&finding->now.marks, &none, &list[i].side);
	}
	return code;
}

static enum shk_code begin_fact(struct finding *finding,
	const struct variable *variable, struct edges_fact *fact)
{
	struct arena *results = &finding->question.pricer->results;

	*fact = (struct edges_fact){
		.name = arena_text(
			results, variable->name, strlen(variable->name)),
		.label_ja = variable->label_ja,
		.label_en = variable->label_en,
		.unit = variable->unit,
		.parameter = variable->parameter,
		.known = variable->known,
		.number = variable->number,
		.whole = variable->whole,
		.varied = variable->number || variable->choice_count > 0,
		.complete = true,
		.why = "",
	};
	if (!fact->name ||
		(variable->known &&
			!value_plain(results, &variable->now, &fact->now)) ||
		(variable->number &&
			!range_plain(results, &variable->range, &fact->domain)))
		return diag_memory(finding->question.job.diag);
	if (fact->varied)
		return SHK_OK;
	fact->complete = false;
	fact->why = variable->field < 0 ? "free_text"
		    : variable->known && variable->now.type == FEEL_LIST
			    ? "list_by_items"
		    : finding->question.pricer->schema->fields[variable->field]
					    .type == RECORD_LIST
			    ? "list_not_varied"
			    : "free_text";
	return SHK_OK;
}

static enum shk_code find_fact(struct finding *finding,
	const struct variable *variable, struct edges_fact *fact)
{
	struct question *question = &finding->question;
	struct arena_mark mark = arena_mark(&question->arena);
	struct pieces pieces;
	enum shk_code code = begin_fact(finding, variable, fact);

	if (!code && variable->choice_count > 0)
		code = find_choices(finding, variable, fact);
	if (!code && variable->number)
		code = pieces_make(question, variable, &pieces);
	if (!code && variable->number)
		code = edges_of_pieces(question, variable, &pieces, fact);
	arena_rewind(&question->arena, mark);
	return code;
}

/* `fact` itself, or an item of it. */
static bool is_wanted(const char *name, const char *fact)
{
	size_t size;

	if (!fact)
		return true;
	size = strlen(fact);
	return strncmp(name, fact, size) == 0 &&
	       (name[size] == '\0' || name[size] == '[');
}

static enum shk_code unknown_fact(struct finding *finding,
	const struct variable *list, size_t count, const char *fact)
{
	const struct question *question = &finding->question;
	const char **names = arena_zeroed(
		&finding->question.arena, count + 1, sizeof(*names));
	const char *near;

	if (!names)
		return diag_memory(question->job.diag);
	for (size_t i = 0; i < count; i++)
		names[i] = list[i].name;
	near = text_nearest(text_of(fact), names, count);
	if (near)
		return diag_set(question->job.diag, SHK_E_USAGE,
			"%s reads no fact \"%s\"; did you mean \"%s\"?",
			finding->edges->about.decision, fact, near);
	return diag_set(question->job.diag, SHK_E_USAGE,
		"%s reads no fact and no parameter \"%s\"",
		finding->edges->about.decision, fact);
}

static enum shk_code find_facts(struct finding *finding, const char *fact)
{
	struct question *question = &finding->question;
	struct shk_edges *edges = finding->edges;
	struct edges_fact *facts;
	struct variable *list;
	enum shk_code code;
	size_t count;

	code = question_variables(question, &list, &count);
	if (code)
		return code;
	facts = arena_zeroed(
		&question->pricer->results, count + 1, sizeof(*facts));
	if (!facts)
		return diag_memory(question->job.diag);
	edges->facts = facts;
	for (size_t i = 0; i < count && !code; i++)
		if (is_wanted(list[i].name, fact))
			code = find_fact(
				finding, &list[i], &facts[edges->fact_count++]);
	if (!code && fact && edges->fact_count == 0)
		code = unknown_fact(finding, list, count, fact);
	return code;
}

enum shk_code shk_edges_find(const shk_edges **out, shk_pricer *pricer,
	const shk_record *record, const shk_edges_options *options,
	shk_diag *diag)
{
	struct finding *finding = memory_zeroed(1, sizeof(*finding));
	struct question *question;
	enum shk_code code;

	*out = NULL;
	if (!finding)
		return diag_memory(diag);
	question = &finding->question;
	code = question_open(question, pricer, record, options->decision,
		options->output, diag);
	if (!code)
		finding->edges = arena_zeroed(
			&pricer->results, 1, sizeof(*finding->edges));
	if (!code && !finding->edges)
		code = diag_memory(diag);
	if (!code)
		code = question_about(question, &finding->edges->about);
	if (!code && !question->closed)
		code = find_now(finding);
	if (!code && !question->closed)
		code = find_facts(finding, options->fact);
	if (!code)
		*out = finding->edges;
	question_close(question);
	memory_free(finding);
	return code;
}

bool shk_edges_complete(const shk_edges *edges)
{
	for (size_t i = 0; i < edges->fact_count; i++)
		if (edges->facts[i].varied && !edges->facts[i].complete)
			return false;
	return true;
}

size_t shk_edges_count(const shk_edges *edges)
{
	size_t count = 0;

	for (size_t i = 0; i < edges->fact_count; i++) {
		count += edges->facts[i].edge_count;
		for (size_t k = 0; k < edges->facts[i].choice_count; k++)
			count += edges->facts[i].choices[k].changes;
	}
	return count;
}
