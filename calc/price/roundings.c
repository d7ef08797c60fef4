/*
 * Which rounding mattered: the outputs are evaluated once to list the
 * roundings on their way, and then once for each other way of doing one of
 * them: in another mode, left out, or behind the next rounding that hangs on
 * it. The evaluator does that one otherwise (feel/machine.h) and everything
 * behind it is worked out again, so no arithmetic is repeated here and what is
 * told is as exact as the answer itself. Up to the changed rounding both
 * evaluations are the same, so its number names the same one.
 */
#include <string.h>

#include "feel/machine.h"
#include "price/answer.h"

#define EVALUATED_MAX 512 /* roundings that one evaluation is listened to */

/* What one evaluation told. */
struct heard {
	size_t count; /* of all, also past the ceiling */
	struct {
		struct feel_step step;
		unsigned slot;
	} list[EVALUATED_MAX];
	bool applies[RULEBOOK_LIST_MAX];
	struct feel_value values[RULEBOOK_LIST_MAX]; /* of the outputs */
};

struct search {
	struct work *work;
	struct dmn_evaluator *evaluator;
	struct arena *arena; /* of results */
	struct feel_rounding rounding;
	struct dmn_listener listener;
	bool shown[RULEBOOK_LIST_MAX]; /* outputs that are compared */
	struct heard *heard;	       /* of the evaluation at work */
	struct heard *base;	       /* as the rules say */
	struct heard *other;
	bool failed; /* memory ran out */
};

static void on_event(void *context, const struct dmn_event *event)
{
	struct search *search = context;
	struct heard *heard = search->heard;

	if (event->kind != DMN_MACHINE || event->step->kind != FEEL_STEP_ROUND)
		return;
	if (heard->count < EVALUATED_MAX) {
		heard->list[heard->count].step = *event->step;
		heard->list[heard->count].slot = event->slot;
	}
	heard->count++;
}

/* One output, after what says whether it applies. */
static enum shk_code output_read(struct search *search, size_t at)
{
	struct work *work = search->work;
	struct explore_target target;
	struct reply reply = { .status = SHK_DETERMINED, .reason = "" };
	enum shk_code code;
	bool open;

	answer_target(work, at, at == work->lead, &target);
	code = answer_conditions(work->job, &target, &reply, &open);
	search->heard->applies[at] = reply.status != SHK_NOT_APPLICABLE;
	if (code || !search->heard->applies[at])
		return code;
	return answer_read(
		work->job, target.slot, &search->heard->values[at], NULL);
}

/* All outputs that are compared, the lead first; what was heard in `heard`. */
static enum shk_code evaluate_with(struct search *search, struct heard *heard,
	struct feel_rounding rounding)
{
	size_t lead = search->work->lead;
	enum shk_code code = SHK_OK;

	search->rounding = rounding;
	search->heard = heard;
	heard->count = 0;
	dmn_round(search->evaluator, &search->rounding);
	if (search->shown[lead])
		code = output_read(search, lead);
	for (size_t i = 0; i < search->work->decision->output_count && !code;
		i++)
		if (i != lead && search->shown[i])
			code = output_read(search, i);
	return code;
}

/* ---- what an evaluation changed ---- */

static void set_plain(struct search *search, const struct feel_value *from,
	struct price_value *to)
{
	if (!value_plain(search->arena, from, to))
		search->failed = true;
}

static bool output_differs(const struct search *search, size_t at)
{
	const struct heard *a = search->base;
	const struct heard *b = search->other;

	if (!search->shown[at] || (!a->applies[at] && !b->applies[at]))
		return false;
	return a->applies[at] != b->applies[at] ||
	       !feel_same(&a->values[at], &b->values[at]);
}

static void set_change(
	struct search *search, size_t at, struct price_otherwise *change)
{
	const struct feel_value *old = &search->base->values[at];
	const struct feel_value *new = &search->other->values[at];
	unsigned status = 0;

	change->output = at;
	if (!search->other->applies[at]) {
		change->value.kind = PRICE_NULL;
		return;
	}
	set_plain(search, new, &change->value);
	if (!search->base->applies[at] || old->type != FEEL_NUMBER ||
		new->type != FEEL_NUMBER)
		return;
	change->has_difference = true;
	change->difference = (struct price_value){ .kind = PRICE_NUMBER,
		.inexact = old->inexact || new->inexact };
	change->difference.u.number =
		num_subtract(new->u.number, old->u.number, &status);
}

static void set_changes(
	struct search *search, struct price_alternative *alternative)
{
	size_t count = search->work->decision->output_count;
	struct price_otherwise *changes =
		arena_zeroed(search->arena, count + 1, sizeof(*changes));

	search->failed = search->failed || !changes;
	for (size_t i = 0; changes && i < count; i++)
		if (output_differs(search, i))
			set_change(search, i,
				&changes[alternative->change_count++]);
	alternative->changes = changes;
}

/* ---- the other ways of one rounding ---- */

/* Both evaluations ran the same rounding with this number. */
static bool same_site(const struct search *search, size_t number)
{
	return number < search->base->count && number < search->other->count &&
	       number < EVALUATED_MAX &&
	       search->base->list[number].step.site ==
		       search->other->list[number].step.site;
}

/*
 * The next rounding of a number that hangs on this one: with one unit more
 * here it has something else to round. `*behind` is SIZE_MAX when there is
 * none.
 */
static enum shk_code find_next(
	struct search *search, size_t number, size_t *behind)
{
	enum shk_code code = evaluate_with(search, search->other,
		(struct feel_rounding){ .at = number, .other = FEEL_ONE_MORE });

	*behind = SIZE_MAX;
	for (size_t i = number + 1; !code && same_site(search, i); i++) {
		const struct feel_step *a = &search->base->list[i].step;
		const struct feel_step *b = &search->other->list[i].step;

		if (a->in_text || feel_same(&a->before, &b->before))
			continue;
		*behind = i;
		break;
	}
	return code;
}

/* An alternative that has no need of an evaluation changes nothing. */
static enum shk_code try_one(struct search *search,
	struct feel_rounding rounding, bool idle,
	struct price_alternative *alternative)
{
	enum shk_code code;

	if (idle)
		return SHK_OK;
	code = evaluate_with(search, search->other, rounding);
	if (code)
		return code;
	if (alternative->kind == PRICE_BEHIND)
		alternative->possible = search->rounding.moved &&
					same_site(search, rounding.behind);
	if (alternative->possible)
		set_changes(search, alternative);
	return SHK_OK;
}

static bool rounds_alike(const struct feel_step *step, enum num_rounding mode)
{
	unsigned status = 0;
	int64_t scale;

	return !step->before.inexact &&
	       num_to_int(step->scale.u.number, &scale) &&
	       num_compare(num_round(step->before.u.number, (int)scale, mode,
				   &status),
		       step->after.u.number) == 0;
}

static enum shk_code try_all(struct search *search, size_t number,
	struct price_alternative *list, size_t *count)
{
	const struct feel_step *step = &search->base->list[number].step;
	struct feel_rounding rounding = { .at = number };
	enum shk_code code = SHK_OK;
	size_t behind;

	for (int mode = NUM_HALF_EVEN; mode <= NUM_CEILING && !code; mode++) {
		if (mode == (int)step->mode)
			continue;
		rounding.other = FEEL_OTHER_MODE;
		rounding.mode = (enum num_rounding)mode;
		list[*count] =
			(struct price_alternative){ .kind = PRICE_OTHER_MODE,
				.mode = rounding.mode,
				.possible = true };
		code = try_one(search, rounding,
			rounds_alike(step, rounding.mode), &list[(*count)++]);
	}
	if (code)
		return code;
	rounding.other = FEEL_LEFT_OUT;
	list[*count] = (struct price_alternative){ .kind = PRICE_LEFT_OUT,
		.possible = true };
	code = try_one(search, rounding,
		!step->before.inexact && feel_same(&step->before, &step->after),
		&list[(*count)++]);
	if (!code)
		code = find_next(search, number, &behind);
	if (code || behind == SIZE_MAX)
		return code;
	rounding.other = FEEL_BEHIND;
	rounding.behind = behind;
	list[*count] = (struct price_alternative){ .kind = PRICE_BEHIND,
		.behind = behind };
	return try_one(search, rounding, false, &list[(*count)++]);
}

/* ---- what is told of one rounding ---- */

static void set_unit(const struct feel_step *step, struct price_value *unit)
{
	unsigned status = 0;

	unit->kind = PRICE_NUMBER;
	unit->u.number = num_power(
		num_from_int(10), num_negate(step->scale.u.number), &status);
}

/* The knowledge model whose program it is, such as round3; or NULL. */
static const struct dmn_slot *model_of(
	const struct dmn_graph *graph, const struct feel_step *step)
{
	for (size_t i = 0; i < graph->slot_count; i++)
		if (graph->slots[i].kind == DMN_KNOWLEDGE &&
			graph->slots[i].program == step->program)
			return &graph->slots[i];
	return NULL;
}

/* The citations of the decision, and of what rounds for it. */
static void set_sources(struct search *search, const struct dmn_slot *decision,
	const struct dmn_slot *model, struct price_rounding *rounding)
{
	struct dmn_marks marks = { { 0 } };

	if (decision->mark != FEEL_NO_MARK)
		dmn_marks_add(&marks, decision->mark);
	if (model && model->mark != FEEL_NO_MARK)
		dmn_marks_add(&marks, model->mark);
	if (citations_make(search->work->job, &marks, &rounding->citation_count,
		    &rounding->citations))
		search->failed = true;
}

static void set_step(
	struct search *search, size_t number, struct price_rounding *rounding)
{
	const struct feel_step *step = &search->base->list[number].step;
	struct job *job = search->work->job;
	unsigned slot = search->base->list[number].slot;
	const struct dmn_graph *graph = job->desk->revision->graph;
	const struct dmn_slot *model = model_of(graph, step);
	unsigned status = 0;

	rounding->decision = graph->slots[slot].name;
	rounding->model = model ? model->name : (struct text){ "", 0 };
	rounding->label_ja = rounding->label_en = "";
	trace_labels(job, slot, &rounding->label_ja, &rounding->label_en);
	rounding->function = step->name;
	rounding->mode = step->mode;
	rounding->proved = step->proved;
	set_plain(search, &step->before, &rounding->before);
	set_plain(search, &step->after, &rounding->after);
	set_plain(search, &step->scale, &rounding->places);
	set_plain(search, &step->margin, &rounding->margin);
	set_unit(step, &rounding->unit);
	rounding->moved = (struct price_value){ .kind = PRICE_NUMBER,
		.inexact = step->before.inexact,
		.digits = rounding->before.digits };
	rounding->moved.u.number = num_subtract(
		step->after.u.number, step->before.u.number, &status);
	set_sources(search, &graph->slots[slot], model, rounding);
}

static enum shk_code rounding_fill(
	struct search *search, size_t number, struct price_rounding *rounding)
{
	struct price_alternative *list =
		arena_zeroed(search->arena, NUM_CEILING + 3, sizeof(*list));
	enum shk_code code;

	if (!list)
		return diag_memory(search->work->job->diag);
	set_step(search, number, rounding);
	rounding->alternatives = list;
	code = try_all(search, number, list, &rounding->alternative_count);
	for (size_t i = 0; i < rounding->alternative_count; i++)
		rounding->matters =
			rounding->matters || list[i].change_count > 0;
	return code;
}

/* From numbers of evaluation to places in the list, without those of texts. */
static void renumber(const struct search *search,
	struct price_rounding *roundings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct price_alternative *list =
			(struct price_alternative *)(uintptr_t)roundings[i]
				.alternatives;

		for (size_t k = 0; k < roundings[i].alternative_count; k++) {
			size_t place = 0;

			if (list[k].kind != PRICE_BEHIND)
				continue;
			for (size_t n = 0; n < list[k].behind; n++)
				place += !search->base->list[n].step.in_text;
			list[k].behind = place;
		}
	}
}

static enum shk_code roundings_list(struct search *search)
{
	struct shk_result *result = search->work->result;
	size_t all = search->base->count;
	struct price_rounding *roundings = arena_zeroed(
		search->arena, ROUNDINGS_MAX + 1, sizeof(*roundings));
	enum shk_code code = SHK_OK;
	size_t count = 0;

	if (!roundings)
		return diag_memory(search->work->job->diag);
	result->roundings_cut = all > EVALUATED_MAX;
	for (size_t i = 0; i < all && i < EVALUATED_MAX && !code; i++) {
		if (search->base->list[i].step.in_text)
			continue;
		if (count == ROUNDINGS_MAX) {
			result->roundings_cut = true;
			break;
		}
		code = rounding_fill(search, i, &roundings[count++]);
	}
	renumber(search, roundings, count);
	result->roundings = roundings;
	result->rounding_count = count;
	return code;
}

/* Outputs that are determined, and may be shown. */
static enum shk_code search_begin(struct search *search, bool *any)
{
	struct work *work = search->work;
	enum shk_code code = SHK_OK;

	*any = false;
	for (size_t i = 0; i < work->result->output_count && !code; i++) {
		bool may = false;

		if (work->bound->outputs[i].slot == RULEBOOK_NONE ||
			work->result->outputs[i].status != SHK_DETERMINED)
			continue;
		code = answer_may_show(work, i, &may);
		search->shown[i] = may;
		*any = *any || may;
	}
	return code;
}

enum shk_code answer_roundings(struct work *work)
{
	struct search search = { .work = work,
		.evaluator = work->job->desk->evaluator,
		.arena = &work->job->pricer->results };
	bool any;
	enum shk_code code;

	search.listener =
		(struct dmn_listener){ .context = &search, .event = on_event };
	code = search_begin(&search, &any);
	if (code)
		return code;
	work->result->roundings =
		arena_zeroed(search.arena, 1, sizeof(*work->result->roundings));
	if (!work->result->roundings)
		return diag_memory(work->job->diag);
	if (!any)
		return SHK_OK;
	search.base = arena_zeroed(search.arena, 1, sizeof(*search.base));
	search.other = arena_zeroed(search.arena, 1, sizeof(*search.other));
	if (!search.base || !search.other)
		return diag_memory(work->job->diag);
	dmn_listen(search.evaluator, &search.listener);
	code = evaluate_with(
		&search, search.base, (struct feel_rounding){ .at = SIZE_MAX });
	if (!code)
		code = roundings_list(&search);
	dmn_round(search.evaluator, NULL);
	dmn_listen(search.evaluator, NULL);
	if (!code && search.failed)
		code = diag_memory(work->job->diag);
	return code;
}
