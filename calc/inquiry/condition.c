/*
 * Conditions. The names of an answer are the slots of a small program of their
 * own: slot i is output i, the one behind the last is the status, and two more
 * serve a second program, `a = b`, that compares two values as FEEL does.
 */
#include "inquiry/condition.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "feel/interval.h"

_Static_assert(CONDITION_NAMES_MAX > RULEBOOK_LIST_MAX &&
		       CONDITION_NAMES_MAX + 2 <= FEEL_SLOTS_MAX,
	"every output, the status, and both sides of a pair");

#define PAIR "left_side_ = right_side_"

struct condition {
	const struct rulebook_decision *decision;
	struct arena arena; /* programs */
	struct arena room;  /* of one evaluation */
	struct feel_host host;
	struct feel_machine *machine;
	const struct feel_program *program;
	const struct feel_program *pair;
	struct feel_set used;
	condition_cut *cut;
	void *context;
	struct arena bound; /* of what is bound, until the next evaluation */
	struct feel_value values[CONDITION_NAMES_MAX + 2];
	bool present[CONDITION_NAMES_MAX + 2];
	bool absent[CONDITION_NAMES_MAX + 2];
	bool away[CONDITION_NAMES_MAX + 2]; /* taken to be absent now */
};

static size_t status_slot(const struct condition *condition)
{
	return condition->decision->output_count;
}

static int find_slot(const void *context, struct text name)
{
	const struct condition *condition = context;
	size_t count = condition->decision->output_count;

	for (size_t i = 0; i < count; i++)
		if (text_is(name, condition->decision->outputs[i].name))
			return (int)i;
	if (text_is(name, "status"))
		return (int)count;
	if (text_is(name, "left_side_"))
		return (int)count + 1;
	return text_is(name, "right_side_") ? (int)count + 2 : -1;
}

static struct text slot_name(const void *context, unsigned slot)
{
	const struct condition *condition = context;

	return text_of(slot < condition->decision->output_count
			       ? condition->decision->outputs[slot].name
			       : "status");
}

static bool is_name(const void *context, struct text candidate)
{
	return find_slot(context, candidate) >= 0;
}

static bool is_prefix(const void *context, struct text candidate)
{
	(void)context;
	(void)candidate;
	return false;
}

static enum shk_code load(
	void *context, unsigned slot, struct feel_value *out, shk_diag *diag)
{
	struct condition *condition = context;

	*out = condition->values[slot];
	if (!condition->away[slot])
		return SHK_OK;
	*out = feel_unknown_of(&condition->room, 0);
	return out->type == FEEL_UNKNOWN ? SHK_OK : diag_memory(diag);
}

static void on_cut(void *context, unsigned slot, const struct feel_value *at)
{
	const struct condition *condition = context;

	condition->cut(condition->context, slot, at);
}

static enum shk_code compile(struct condition *condition, const char *text,
	const struct feel_program **program, shk_diag *diag)
{
	const struct feel_names names = { condition, is_name, is_prefix };
	const struct feel_globals globals = {
		.context = condition, .slot = find_slot, .name = slot_name
	};
	const struct feel_place place = { "condition", 1, 1 };
	const struct feel_node *node;
	enum shk_code code = feel_parse(
		&condition->arena, text_of(text), place, &names, &node, diag);

	return code ? code
		    : feel_compile(&condition->arena, node, &globals,
			      "condition", program, diag);
}

/* What is wrong with the text, and which names there are. */
static enum shk_code refuse(const struct condition *condition,
	const shk_diag *why, const char *text, shk_diag *diag)
{
	char names[SHK_DIAG_MESSAGE / 2] = "status";
	size_t size = strlen(names);
	long column = why->column;

	for (size_t i = 0; i < condition->decision->output_count; i++) {
		const struct rulebook_output *output =
			&condition->decision->outputs[i];
		size_t more = strlen(output->name);

		if (output->hold_count || size + more + 3 > sizeof(names))
			continue;
		snprintf(names + size, sizeof(names) - size, ", %s",
			output->name);
		size += more + 2;
	}
	if (why->code == SHK_E_MEMORY)
		return diag_memory(diag);
	return diag_set(diag, SHK_E_USAGE,
		"the condition \"%s\" is wrong at column %ld: %s; its names "
		"are %s",
		text, column, why->message, names);
}

static enum shk_code check_used(
	const struct condition *condition, shk_diag *diag)
{
	for (size_t i = 0; i < condition->decision->output_count; i++) {
		const struct rulebook_output *output =
			&condition->decision->outputs[i];

		if (output->hold_count &&
			feel_set_has(&condition->used, (unsigned)i))
			return diag_set(diag, SHK_E_USAGE,
				"%s is a list of what is known to hold; a "
				"condition cannot ask about it",
				output->name);
	}
	return SHK_OK;
}

enum shk_code condition_new(struct condition **out,
	const struct rulebook_decision *decision, const char *text,
	condition_cut *cut, void *context, shk_diag *diag)
{
	struct condition *condition = memory_zeroed(1, sizeof(*condition));
	shk_diag why = { 0 };
	enum shk_code code;

	*out = NULL;
	if (!condition)
		return diag_memory(diag);
	condition->decision = decision;
	condition->cut = cut;
	condition->context = context;
	condition->host = (struct feel_host){
		.context = condition, .load = load, .cut = on_cut
	};
	arena_init(&condition->arena);
	arena_init(&condition->room);
	arena_init(&condition->bound);
	code = feel_machine_new(
		&condition->machine, &condition->room, &condition->host, diag);
	if (!code)
		code = compile(condition, PAIR, &condition->pair, diag);
	if (!code && compile(condition, text, &condition->program, &why))
		code = refuse(condition, &why, text, diag);
	if (!code) {
		feel_program_slots(condition->program, &condition->used);
		code = check_used(condition, diag);
	}
	if (code)
		condition_free(condition);
	else
		*out = condition;
	return code;
}

void condition_free(struct condition *condition)
{
	if (!condition)
		return;
	feel_machine_free(condition->machine);
	arena_release(&condition->room);
	arena_release(&condition->bound);
	arena_release(&condition->arena);
	memory_free(condition);
}

bool condition_uses(const struct condition *condition, size_t output)
{
	return feel_set_has(&condition->used, (unsigned)output);
}

bool condition_uses_status(const struct condition *condition)
{
	return condition_uses(condition, status_slot(condition));
}

size_t condition_first(const struct condition *condition, size_t lead)
{
	for (size_t i = 0; i < condition->decision->output_count; i++)
		if (condition_uses(condition, i))
			return i;
	return lead;
}

/* A choice without its nulls; false when memory runs out. */
static bool without_null(
	struct condition *condition, struct feel_value *value, bool *null)
{
	const struct feel_unknown *unknown = value->u.unknown;
	struct feel_value *kept;
	size_t count = 0;

	*null = value->type == FEEL_NULL;
	if (value->type != FEEL_UNKNOWN || unknown->shape != FEEL_CHOICE)
		return true;
	kept = arena_zeroed(
		&condition->bound, unknown->choice_count + 1, sizeof(*kept));
	if (!kept)
		return false;
	for (size_t i = 0; i < unknown->choice_count; i++)
		if (unknown->choices[i].type != FEEL_NULL)
			kept[count++] = unknown->choices[i];
	*null = count < unknown->choice_count;
	return !*null || feel_choice_value(&condition->bound, kept, count,
				 &unknown->reasons, value);
}

enum shk_code condition_bind(struct condition *condition, size_t output,
	const struct feel_value *value, bool may, shk_diag *diag)
{
	struct feel_value bound = *value;
	bool null;

	if (!without_null(condition, &bound, &null))
		return diag_memory(diag);
	condition->values[output] = bound;
	condition->present[output] = value->type != FEEL_NULL;
	condition->absent[output] = may || null;
	return SHK_OK;
}

void condition_bind_status(
	struct condition *condition, const struct feel_value *value)
{
	condition->values[status_slot(condition)] = *value;
}

/* One value that the condition may have; false for no truth at all. */
static bool count_truth(
	const struct feel_value *value, struct condition_truth *truth)
{
	if (value->type == FEEL_BOOLEAN)
		*(value->u.boolean ? &truth->yes : &truth->no) = true;
	else if (value->type == FEEL_NULL)
		truth->null = true;
	return value->type == FEEL_BOOLEAN || value->type == FEEL_NULL;
}

static bool truth_of(
	const struct feel_value *value, struct condition_truth *truth)
{
	const struct feel_unknown *unknown;
	bool fits = true;

	*truth = (struct condition_truth){ .inexact = value->inexact };
	if (value->type != FEEL_UNKNOWN)
		return count_truth(value, truth);
	feel_reasons(value, &truth->reasons);
	unknown = value->u.unknown;
	if (unknown->shape == FEEL_CHOICE) {
		for (size_t i = 0; i < unknown->choice_count; i++)
			fits = count_truth(&unknown->choices[i], truth) && fits;
		return fits;
	}
	truth->yes = truth->no = truth->null = true;
	return unknown->shape == FEEL_ANYTHING;
}

static enum shk_code run(struct condition *condition,
	const struct feel_program *program, struct condition_truth *truth,
	shk_diag *diag)
{
	struct feel_value value;
	enum shk_code code;
	bool fits;

	code = feel_run(condition->machine, program, NULL, &value, diag);
	if (code)
		return code;
	fits = truth_of(&value, truth);
	arena_clear(&condition->room);
	if (fits)
		return SHK_OK;
	return diag_set(diag, SHK_E_USAGE,
		"the condition is neither true nor false but of another type; "
		"compare, such as points >= 0");
}

/* One way in which outputs are there or not, added to the truth. */
static enum shk_code run_way(struct condition *condition, bool some_away,
	bool open, struct condition_truth *truth, shk_diag *diag)
{
	struct condition_truth one;
	enum shk_code code = run(condition, condition->program, &one, diag);
	bool decided;

	if (code)
		return code;
	decided = one.yes != one.no && !one.null;
	/* what is not there leaves it open, unless something else may, too */
	if (some_away && !decided) {
		truth->absent = true;
		one.yes = one.no = open;
		one.null = false;
	}
	truth->yes = truth->yes || one.yes;
	truth->no = truth->no || one.no;
	truth->null = truth->null || one.null;
	truth->inexact = truth->inexact || one.inexact;
	feel_set_join(&truth->reasons, &one.reasons);
	return SHK_OK;
}

enum shk_code condition_evaluate(struct condition *condition,
	struct condition_truth *truth, shk_diag *diag)
{
	size_t maybe[CONDITION_MAYBE_MAX];
	size_t count = 0, total = status_slot(condition);
	bool away = false, open = false;
	enum shk_code code = SHK_OK;

	*truth = (struct condition_truth){ false };
	open = condition->values[total].type == FEEL_UNKNOWN;
	for (size_t i = 0; i < total; i++) {
		condition->away[i] =
			condition_uses(condition, i) && !condition->present[i];
		away = away || condition->away[i];
		if (!condition_uses(condition, i) || !condition->present[i])
			continue;
		open = open || feel_is_open(&condition->values[i]);
		if (!condition->absent[i])
			continue;
		if (count == CONDITION_MAYBE_MAX) {
			truth->yes = truth->no = truth->absent = true;
			return SHK_OK;
		}
		maybe[count++] = i;
	}
	for (unsigned way = 0; way < 1u << count && !code; way++) {
		for (size_t i = 0; i < count; i++)
			condition->away[maybe[i]] = (way >> i & 1) != 0;
		code = run_way(condition, away || way > 0, open, truth, diag);
	}
	arena_clear(&condition->bound);
	return code;
}

enum shk_code condition_equal(struct condition *condition,
	const struct feel_value *a, const struct feel_value *b,
	struct condition_truth *truth, shk_diag *diag)
{
	size_t first = status_slot(condition) + 1;

	condition->values[first] = *a;
	condition->values[first + 1] = *b;
	return run(condition, condition->pair, truth, diag);
}
