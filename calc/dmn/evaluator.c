/*
 * Lazy evaluation of a graph. A decision is evaluated when something reads
 * it, once until facts change; its value and the citations of its path are
 * kept together, so that every reader's path gets them. Facts and values are
 * dated by generations: forgetting everything is one addition.
 */
#include "dmn/evaluator.h"

#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "dmn/model.h"
#include "feel/machine_state.h"

#define MARK_WORDS (DMN_MARKS_MAX / 64)

_Static_assert(DMN_INVOKE_MAX >= FEEL_ARGUMENTS_MAX,
	"room for the parameters of every function");

static const struct feel_value null_value = { .type = FEEL_NULL };

/* What is known of a slot; of a generation gone by it is nothing. */
struct memo {
	uint64_t given; /* generation of facts in which `fact` was given */
	struct feel_value fact;
	uint32_t fact_mark;
	uint64_t made; /* generation of values in which `value` was made */
	struct feel_value value;
	struct dmn_marks marks;
	bool running;
};

struct dmn_evaluator {
	const struct dmn_graph *graph;
	const struct dmn_detail *details;
	struct feel_machine *machine;
	struct feel_host host; /* the machine keeps a pointer to it */
	struct arena arena;
	const struct dmn_listener *listener;
	uint64_t facts;	 /* present generation */
	uint64_t values; /* present generation */
	uint64_t until;	 /* see dmn_until */
	bool unknown_is_null;
	size_t mark_words;
	struct dmn_marks *path; /* of what is being evaluated */
	unsigned slot;		/* that is being evaluated */
	struct memo *memos;
};

void dmn_marks_join(struct dmn_marks *set, const struct dmn_marks *other)
{
	size_t i;

	for (i = 0; i < MARK_WORDS; i++)
		set->bits[i] |= other->bits[i];
}

bool dmn_marks_has(const struct dmn_marks *set, uint32_t mark)
{
	return mark < DMN_MARKS_MAX &&
	       (set->bits[mark / 64] >> (mark % 64) & 1) != 0;
}

void dmn_marks_add(struct dmn_marks *set, uint32_t mark)
{
	if (mark < DMN_MARKS_MAX)
		set->bits[mark / 64] |= (uint64_t)1 << (mark % 64);
}

/* The graph says how many words of a set can be in use. */
static void join_used(const struct dmn_evaluator *evaluator,
	struct dmn_marks *set, const struct dmn_marks *other)
{
	size_t i;

	for (i = 0; i < evaluator->mark_words; i++)
		set->bits[i] |= other->bits[i];
}

static void tell(const struct dmn_evaluator *evaluator,
	enum dmn_event_kind kind, unsigned slot, const struct feel_value *value,
	const struct feel_step *step)
{
	struct dmn_event event = { .kind = kind, .slot = slot, .step = step };

	if (!evaluator->listener || !evaluator->listener->event)
		return;
	if (value)
		event.value = *value;
	evaluator->listener->event(evaluator->listener->context, &event);
}

/* General: values of decisions and inputs are converted to their types. */
static enum shk_code as_declared(struct dmn_evaluator *evaluator, unsigned slot,
	struct feel_value *value, shk_diag *diag)
{
	const struct dmn_type *type = evaluator->details[slot].type;

	if (!type || !type->ref ||
		evaluator->graph->slots[slot].kind == DMN_KNOWLEDGE)
		return SHK_OK;
	return feel_as_type(evaluator->machine, value, type->ref, diag);
}

static enum shk_code run_slot(struct dmn_evaluator *evaluator, unsigned slot,
	struct memo *memo, shk_diag *diag)
{
	const struct dmn_slot *about = &evaluator->graph->slots[slot];
	bool decision = about->kind == DMN_DECISION;
	struct dmn_marks *outer = evaluator->path;
	unsigned outer_slot = evaluator->slot;
	enum shk_code code;

	if (memo->running && evaluator->graph->general) {
		memo->value = null_value;
		return SHK_OK;
	}
	if (memo->running)
		return diag_set(diag, SHK_E_INTERNAL,
			"\"%.*s\" needs its own value", (int)about->name.size,
			about->name.data);
	memset(&memo->marks, 0,
		sizeof(memo->marks.bits[0]) * evaluator->mark_words);
	if (decision)
		tell(evaluator, DMN_ENTER, slot, NULL, NULL);
	memo->running = true;
	evaluator->path = &memo->marks;
	evaluator->slot = slot;
	code = feel_run(
		evaluator->machine, about->program, NULL, &memo->value, diag);
	evaluator->path = outer;
	evaluator->slot = outer_slot;
	memo->running = false;
	if (code == SHK_OK && evaluator->graph->general)
		code = as_declared(evaluator, slot, &memo->value, diag);
	else if (code == SHK_OK && decision)
		code = dmn_coerce(&evaluator->arena,
			evaluator->details[slot].type, &memo->value, diag);
	if (code != SHK_OK)
		return code;
	memo->made = evaluator->values;
	if (decision)
		tell(evaluator, DMN_LEAVE, slot, &memo->value, NULL);
	return SHK_OK;
}

static void read_fact(struct dmn_evaluator *evaluator, unsigned slot,
	const struct feel_value *value, uint32_t mark, struct feel_value *out)
{
	*out = *value;
	if (evaluator->path)
		dmn_marks_add(evaluator->path, mark);
	tell(evaluator, DMN_READ, slot, value, NULL);
}

/* The machine reads a slot: a fact, a value made before, or one to make. */
static enum shk_code load(
	void *context, unsigned slot, struct feel_value *out, shk_diag *diag)
{
	struct dmn_evaluator *evaluator = context;
	const struct dmn_slot *about = &evaluator->graph->slots[slot];
	struct memo *memo = &evaluator->memos[slot];
	enum shk_code code;

	if (memo->given == evaluator->facts) {
		read_fact(evaluator, slot, &memo->fact, memo->fact_mark, out);
		return evaluator->graph->general
			       ? as_declared(evaluator, slot, out, diag)
			       : SHK_OK;
	}
	if (about->kind == DMN_INPUT) {
		const struct feel_value *missing =
			evaluator->unknown_is_null
				? &null_value
				: &evaluator->details[slot].missing;

		read_fact(evaluator, slot, missing, FEEL_NO_MARK, out);
		return SHK_OK;
	}
	if (memo->made == evaluator->values) {
		if (about->kind == DMN_DECISION)
			tell(evaluator, DMN_AGAIN, slot, &memo->value, NULL);
	} else {
		code = run_slot(evaluator, slot, memo, diag);
		if (code != SHK_OK)
			return code;
	}
	*out = memo->value;
	if (evaluator->path)
		join_used(evaluator, evaluator->path, &memo->marks);
	return SHK_OK;
}

/* One output is the result, several are a context of them. */
static enum shk_code service_result(struct dmn_evaluator *evaluator,
	const struct dmn_service *about, struct feel_value *out, shk_diag *diag)
{
	struct feel_entry *entries = arena_zeroed(
		&evaluator->arena, about->output_count + 1, sizeof(*entries));
	enum shk_code code = SHK_OK;

	if (!entries)
		return diag_memory(diag);
	for (size_t i = 0; i < about->output_count && code == SHK_OK; i++) {
		entries[i].name = about->names[i];
		code = load(
			evaluator, about->outputs[i], &entries[i].value, diag);
	}
	*out = (struct feel_value){ .type = FEEL_CONTEXT };
	out->size = (uint32_t)about->output_count;
	out->u.entries = entries;
	if (about->output_count == 1)
		*out = entries[0].value;
	return code;
}

/*
 * The outputs of a service with its inputs given, and everything else as it
 * was before and is again afterwards.
 */
static enum shk_code service(void *context, unsigned slot,
	const struct feel_value *args, uint32_t count, struct feel_value *out,
	shk_diag *diag)
{
	struct dmn_evaluator *evaluator = context;
	const struct dmn_service *about = evaluator->details[slot].service;
	size_t slots = evaluator->graph->slot_count;
	uint64_t values = evaluator->values;
	struct memo *kept;
	enum shk_code code;

	*out = null_value;
	if (!about || about->input_count != count)
		return SHK_OK;
	kept = memory_zeroed(slots + 1, sizeof(*kept));
	if (!kept)
		return diag_memory(diag);
	memcpy(kept, evaluator->memos, slots * sizeof(*kept));
	for (uint32_t i = 0; i < count; i++) {
		struct memo *memo = &evaluator->memos[about->inputs[i]];

		memo->given = evaluator->facts;
		memo->fact = args[i];
		memo->fact_mark = FEEL_NO_MARK;
	}
	evaluator->values++;
	code = service_result(evaluator, about, out, diag);
	memcpy(evaluator->memos, kept, slots * sizeof(*kept));
	evaluator->values = values;
	memory_free(kept);
	return code;
}

static void mark(void *context, uint32_t number)
{
	struct dmn_evaluator *evaluator = context;

	if (evaluator->path)
		dmn_marks_add(evaluator->path, number);
}

static void cut(void *context, unsigned slot, const struct feel_value *at)
{
	const struct dmn_evaluator *evaluator = context;
	const struct dmn_listener *listener = evaluator->listener;

	if (listener && listener->cut)
		listener->cut(listener->context, slot, at);
}

static void compared(
	void *context, const struct feel_set *reasons, int truth, bool shaped)
{
	const struct dmn_evaluator *evaluator = context;
	const struct dmn_listener *listener = evaluator->listener;

	if (listener && listener->compared)
		listener->compared(listener->context, reasons, truth, shaped);
}

unsigned dmn_running(const struct dmn_evaluator *evaluator)
{
	return evaluator->slot;
}

static void step(void *context, const struct feel_step *one)
{
	const struct dmn_evaluator *evaluator = context;

	tell(evaluator, DMN_MACHINE, evaluator->slot, NULL, one);
}

enum shk_code dmn_evaluator_new(struct dmn_evaluator **out,
	const struct dmn_graph *graph, shk_diag *diag)
{
	struct dmn_evaluator *evaluator = memory_zeroed(1, sizeof(*evaluator));
	const struct dmn_models *models = graph->models;
	enum shk_code code = SHK_E_MEMORY;

	*out = NULL;
	if (!evaluator)
		return diag_memory(diag);
	arena_init(&evaluator->arena);
	evaluator->host = (struct feel_host){ .context = evaluator,
		.load = load,
		.mark = mark,
		.cut = cut,
		.compared = compared,
		.service = service,
		.step = step };
	evaluator->graph = graph;
	evaluator->details = models->details;
	evaluator->facts = 1;
	evaluator->values = 1;
	evaluator->mark_words = (graph->mark_count + 63) / 64;
	evaluator->memos =
		memory_zeroed(graph->slot_count + 1, sizeof(*evaluator->memos));
	if (!evaluator->memos)
		diag_memory(diag);
	else
		code = feel_machine_new(&evaluator->machine, &evaluator->arena,
			&evaluator->host, diag);
	if (code != SHK_OK) {
		dmn_evaluator_free(evaluator);
		return code;
	}
	*out = evaluator;
	return SHK_OK;
}

void dmn_evaluator_free(struct dmn_evaluator *evaluator)
{
	if (!evaluator)
		return;
	feel_machine_free(evaluator->machine);
	arena_release(&evaluator->arena);
	memory_free(evaluator->memos);
	memory_free(evaluator);
}

void dmn_listen(
	struct dmn_evaluator *evaluator, const struct dmn_listener *listener)
{
	evaluator->listener = listener;
}

void dmn_note(struct dmn_evaluator *evaluator, struct feel_notes *notes)
{
	feel_machine_note(evaluator->machine, notes);
	dmn_forget(evaluator);
}

void dmn_round(struct dmn_evaluator *evaluator, struct feel_rounding *rounding)
{
	feel_machine_round(evaluator->machine, rounding);
	dmn_forget(evaluator);
}

void dmn_map_unknown(struct dmn_evaluator *evaluator, bool to_null)
{
	feel_machine_map_unknown(evaluator->machine, to_null);
	evaluator->unknown_is_null = to_null;
	dmn_forget(evaluator);
}

void dmn_clear(struct dmn_evaluator *evaluator)
{
	evaluator->facts++;
	evaluator->values++;
	arena_clear(&evaluator->arena);
}

void dmn_forget(struct dmn_evaluator *evaluator)
{
	evaluator->values++;
}

struct arena *dmn_arena(struct dmn_evaluator *evaluator)
{
	return &evaluator->arena;
}

void dmn_give(struct dmn_evaluator *evaluator, unsigned slot,
	const struct feel_value *value, uint32_t number)
{
	struct memo *memo;

	if (slot >= evaluator->graph->slot_count)
		return;
	memo = &evaluator->memos[slot];
	memo->given = evaluator->facts;
	memo->fact = *value;
	memo->fact_mark = number;
	/* Marks past the graph's own belong to whoever gives them. */
	if (number < DMN_MARKS_MAX && number / 64 >= evaluator->mark_words)
		evaluator->mark_words = number / 64 + 1;
	/* a value that was made of another fact is no longer true */
	evaluator->values++;
}

void dmn_take(struct dmn_evaluator *evaluator, unsigned slot)
{
	if (slot >= evaluator->graph->slot_count)
		return;
	evaluator->memos[slot].given = 0;
	evaluator->values++;
}

void dmn_until(struct dmn_evaluator *evaluator, uint64_t until)
{
	evaluator->until = until;
}

static enum shk_code too_late(shk_diag *diag)
{
	diag_set(diag, SHK_E_LIMIT, "the answer takes longer than is allowed");
	diag_reason(diag, "time");
	return SHK_E_LIMIT;
}

enum shk_code dmn_evaluate(struct dmn_evaluator *evaluator, unsigned slot,
	struct feel_value *out, struct dmn_marks *marks, shk_diag *diag)
{
	enum shk_code code;

	if (evaluator->until && clock_now() > evaluator->until)
		return too_late(diag);
	if (slot >= evaluator->graph->slot_count)
		return diag_set(diag, SHK_E_USAGE, "there is no slot %u", slot);
	evaluator->path = marks;
	code = load(evaluator, slot, out, diag);
	evaluator->path = NULL;
	return code;
}

/* The argument for parameter `name`, or null. */
static struct feel_value argument_of(
	const struct feel_entry *arguments, size_t count, struct text name)
{
	for (size_t i = 0; i < count; i++)
		if (text_equal(arguments[i].name, name))
			return arguments[i].value;
	return null_value;
}

enum shk_code dmn_invoke(struct dmn_evaluator *evaluator, unsigned slot,
	const struct feel_entry *arguments, size_t count,
	struct feel_value *out, shk_diag *diag)
{
	struct feel_value ordered[DMN_INVOKE_MAX];
	struct feel_value function = null_value;
	uint32_t given = 0;
	enum shk_code code;

	*out = null_value;
	code = dmn_evaluate(evaluator, slot, &function, NULL, diag);
	if (code != SHK_OK || function.type != FEEL_FUNCTION)
		return code;
	for (; given < DMN_INVOKE_MAX; given++) {
		struct text name = feel_parameter(&function, given);

		if (name.size == 0)
			break;
		ordered[given] = argument_of(arguments, count, name);
	}
	return feel_apply(
		evaluator->machine, &function, ordered, given, out, diag);
}
