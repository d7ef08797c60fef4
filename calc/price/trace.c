/*
 * The trace: the evaluator's events as a tree of steps. A decision's step
 * comes before the steps inside it and gets its value when it ends.
 */
#include <string.h>

#include "price/pricer.h"

static struct price_step *step_add(
	struct trace *trace, enum price_step_kind kind, struct text name)
{
	struct arena *arena = &trace->job->pricer->results;
	struct price_step *step;

	if (trace->count == TRACE_STEPS_MAX) {
		trace->cut = true;
		return NULL;
	}
	if (trace->count == trace->capacity) {
		size_t more = trace->capacity ? 2 * trace->capacity : 64;
		struct price_step *grown =
			arena_zeroed(arena, more, sizeof(*grown));

		if (!grown) {
			trace->failed = true;
			return NULL;
		}
		if (trace->count > 0)
			memcpy(grown, trace->steps,
				trace->count * sizeof(*grown));
		trace->steps = grown;
		trace->capacity = more;
	}
	step = &trace->steps[trace->count++];
	*step = (struct price_step){ .kind = kind,
		.depth = trace->depth,
		.name = name,
		.label_ja = "",
		.label_en = "",
		.formula = "",
		.description = "" };
	return step;
}

static void set_value(struct trace *trace, const struct feel_value *from,
	struct price_value *to)
{
	if (!value_plain(&trace->job->pricer->results, from, to))
		trace->failed = true;
}

static void set_citations(
	struct trace *trace, uint32_t mark, struct price_step *step)
{
	struct dmn_marks marks = { { 0 } };

	if (mark == FEEL_NO_MARK)
		return;
	dmn_marks_add(&marks, mark);
	if (citations_make(trace->job, &marks, &step->citation_count,
		    &step->citations))
		trace->failed = true;
}

void trace_labels(
	const struct job *job, unsigned slot, const char **ja, const char **en)
{
	const shk_rulebook *book = job->pricer->book;
	const struct rulebook_revision *revision = job->desk->revision;

	for (size_t i = 0; i < book->decision_count; i++) {
		if (!revision->bound[i].present)
			continue;
		for (size_t k = 0; k < book->decisions[i].output_count; k++) {
			if (revision->bound[i].outputs[k].slot != slot)
				continue;
			*ja = book->decisions[i].outputs[k].label.ja;
			*en = book->decisions[i].outputs[k].label.en;
			return;
		}
	}
}

static void set_labels(
	struct trace *trace, unsigned slot, struct price_step *step)
{
	trace_labels(trace->job, slot, &step->label_ja, &step->label_en);
}

/* What the step is in the chart of a price. */
static void set_chart(struct trace *trace, struct price_step *step)
{
	static const enum price_chart charts[] = {
		[RULEBOOK_AS_START] = PRICE_CHART_START,
		[RULEBOOK_AS_ADD] = PRICE_CHART_ADD,
		[RULEBOOK_AS_TOTAL] = PRICE_CHART_TOTAL,
		[RULEBOOK_AS_LIMIT] = PRICE_CHART_LIMIT,
	};
	const shk_rulebook *book = trace->job->pricer->book;

	for (size_t i = 0; i < book->bar_count; i++) {
		const struct rulebook_bar *bar = &book->bars[i];

		if (!text_is(step->name, bar->of))
			continue;
		step->chart = charts[bar->as];
		if (!step->label_ja[0])
			step->label_ja = bar->label.ja;
		if (!step->label_en[0])
			step->label_en = bar->label.en;
	}
}

static void enter(struct trace *trace, const struct dmn_event *event)
{
	const struct dmn_slot *slot =
		&trace->job->desk->revision->graph->slots[event->slot];
	struct price_step *step =
		step_add(trace, PRICE_STEP_DECISION, slot->name);

	trace->depth++;
	if (!step)
		return;
	step->formula = slot->text;
	step->description = slot->description;
	step->value.kind = PRICE_UNKNOWN;
	set_labels(trace, event->slot, step);
	set_chart(trace, step);
	set_citations(trace, slot->mark, step);
}

/* The value goes to the decision's own step, if there was room for it. */
static void leave(struct trace *trace, const struct dmn_event *event)
{
	struct text name =
		trace->job->desk->revision->graph->slots[event->slot].name;

	trace->depth--;
	for (size_t i = trace->count; i > 0; i--) {
		struct price_step *step = &trace->steps[i - 1];

		if (step->depth != trace->depth ||
			step->kind != PRICE_STEP_DECISION ||
			!text_equal(step->name, name))
			continue;
		set_value(trace, &event->value, &step->value);
		return;
	}
}

/* The same name stands already among the steps of this decision. */
static bool stands(const struct trace *trace, struct text name)
{
	for (size_t i = trace->count; i > 0; i--) {
		const struct price_step *step = &trace->steps[i - 1];

		if (step->depth < trace->depth)
			return false;
		if (step->depth == trace->depth && text_equal(step->name, name))
			return true;
	}
	return false;
}

/* A decision that was evaluated for another one: its value, once. */
static void again(struct trace *trace, const struct dmn_event *event)
{
	const struct dmn_slot *slot =
		&trace->job->desk->revision->graph->slots[event->slot];
	struct price_step *step;

	if (slot->kind != DMN_DECISION || trace->depth == 0 ||
		stands(trace, slot->name))
		return;
	step = step_add(trace, PRICE_STEP_AGAIN, slot->name);
	if (!step)
		return;
	set_labels(trace, event->slot, step);
	set_value(trace, &event->value, &step->value);
}

static void fact(struct trace *trace, const struct dmn_event *event)
{
	struct job *job = trace->job;
	const struct dmn_slot *slot =
		&job->desk->revision->graph->slots[event->slot];
	const struct rulebook_slot *role =
		&job->desk->revision->slots[event->slot];
	int field = record_field_find(job->pricer->schema, slot->name);
	struct price_step *step;

	if (slot->kind == DMN_KNOWLEDGE || stands(trace, slot->name))
		return;
	step = step_add(trace, PRICE_STEP_FACT, slot->name);
	if (!step)
		return;
	if (field >= 0) {
		step->label_ja = job->pricer->schema->fields[field].label_ja;
		step->label_en = job->pricer->schema->fields[field].label_en;
	} else if (role->role == RULEBOOK_CONSTANT) {
		step->label_ja =
			job->pricer->book->constants[role->index].label.ja;
		step->label_en =
			job->pricer->book->constants[role->index].label.en;
	} else if (role->role == RULEBOOK_PARAMETER) {
		step->label_ja =
			job->pricer->book->parameters[role->index].label.ja;
		step->label_en =
			job->pricer->book->parameters[role->index].label.en;
	}
	set_value(trace, &event->value, &step->value);
	set_citations(trace, job->desk->facts[event->slot].mark, step);
}

static void machine(struct trace *trace, const struct feel_step *from)
{
	bool row = from->kind == FEEL_STEP_ROW;
	struct price_step *step = step_add(
		trace, row ? PRICE_STEP_ROW : PRICE_STEP_ROUND, from->name);

	if (!step)
		return;
	set_value(trace, &from->after, &step->value);
	if (row) {
		step->row = from->row;
		if (from->mark != FEEL_NO_MARK)
			step->description = trace->job->desk->revision->graph
						    ->marks[from->mark]
						    .description;
		set_citations(trace, from->mark, step);
	} else {
		set_value(trace, &from->before, &step->before);
		set_value(trace, &from->scale, &step->scale);
		set_value(trace, &from->margin, &step->margin);
		step->proved = from->proved;
	}
}

static void on_event(void *context, const struct dmn_event *event)
{
	struct trace *trace = context;

	switch (event->kind) {
	case DMN_ENTER:
		enter(trace, event);
		break;
	case DMN_LEAVE:
		leave(trace, event);
		break;
	case DMN_READ:
		fact(trace, event);
		break;
	case DMN_MACHINE:
		machine(trace, event->step);
		break;
	case DMN_AGAIN:
		again(trace, event);
		break;
	}
}

void trace_begin(struct trace *trace, struct job *job)
{
	*trace = (struct trace){ .job = job,
		.listener = { .context = trace, .event = on_event } };
	dmn_forget(job->desk->evaluator);
	dmn_listen(job->desk->evaluator, &trace->listener);
}

enum shk_code trace_end(struct trace *trace, struct shk_result *result)
{
	dmn_listen(trace->job->desk->evaluator, NULL);
	result->step_count = trace->count;
	result->steps_cut = trace->cut;
	result->steps = trace->steps;
	return trace->failed ? diag_memory(trace->job->diag) : SHK_OK;
}
