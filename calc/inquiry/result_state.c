/*
 * What a finished answer says of a condition: its outputs as values of FEEL,
 * an open one as what it may still be. Answers of the pricer are held against
 * what was proved of whole stretches with it.
 */
#include <string.h>

#include "feel/interval.h"
#include "inquiry/enquiry.h"

/* A plain value as FEEL has it; what has no such form is anything. */
static bool value_of(struct arena *arena, const struct price_value *from,
	struct feel_value *to)
{
	*to = FEEL_NULL_VALUE;
	switch (from->kind) {
	case PRICE_NULL:
		return true;
	case PRICE_BOOLEAN:
		*to = feel_boolean(from->u.boolean);
		return true;
	case PRICE_NUMBER:
		*to = feel_number(from->u.number);
		return true;
	case PRICE_TEXT:
		*to = feel_string(from->text.data, from->text.size);
		return true;
	case PRICE_DATE:
		*to = feel_date(from->u.days);
		return true;
	default:
		*to = feel_unknown_of(arena, 0);
		return to->type == FEEL_UNKNOWN;
	}
}

static bool interval_of(struct arena *arena, const struct price_value *from,
	struct feel_value *to)
{
	struct feel_set none = { { 0 } };
	struct feel_unknown *unknown = feel_unknown_make(arena, &none);

	if (!unknown)
		return false;
	unknown->shape = FEEL_INTERVAL;
	unknown->interval.low_closed = from->low_closed;
	unknown->interval.high_closed = from->high_closed;
	*to = feel_unknown_value(unknown);
	return value_of(arena, &from->items[0], &unknown->interval.low) &&
	       value_of(arena, &from->items[1], &unknown->interval.high);
}

/* One of the outcomes: a value, or null where there is none. */
static bool outcome_value(struct arena *arena,
	const struct price_outcome *outcome, struct feel_value *to)
{
	*to = FEEL_NULL_VALUE;
	if (outcome->status != SHK_DETERMINED)
		return true;
	return outcome->value.kind == PRICE_INTERVAL
		       ? interval_of(arena, &outcome->value, to)
		       : value_of(arena, &outcome->value, to);
}

static bool output_value(struct arena *arena, const struct price_output *output,
	struct feel_value *to)
{
	if (output->status == SHK_DETERMINED)
		return value_of(arena, &output->value, to);
	*to = FEEL_NULL_VALUE;
	if (output->status == SHK_NOT_APPLICABLE)
		return true;
	if (output->outcome_count == 0)
		return *to = feel_unknown_of(arena, 0),
		       to->type == FEEL_UNKNOWN;
	for (size_t i = 0; i < output->outcome_count; i++) {
		struct feel_value one;

		if (!outcome_value(arena, &output->outcomes[i], &one))
			return false;
		if (i == 0)
			*to = one;
		else if (!feel_join(arena, to, &one, NULL, to))
			return false;
	}
	return true;
}

static enum shk_solve_state status_state(enum shk_status status)
{
	switch (status) {
	case SHK_NOT_APPLICABLE:
		return SHK_SOLVE_NOT_APPLICABLE;
	case SHK_CONFLICT:
		return SHK_SOLVE_CONFLICT;
	case SHK_ERROR:
		return SHK_SOLVE_ERROR;
	default:
		return SHK_SOLVE_UNDETERMINED;
	}
}

static bool bind(struct enquiry *question, struct arena *arena,
	const struct shk_result *result)
{
	const struct rulebook_decision *decision =
		&question->pricer->book->decisions[question->decision];

	for (size_t i = 0; i < decision->output_count; i++) {
		struct feel_value value = FEEL_NULL_VALUE;
		const struct price_output *found = NULL;

		for (size_t k = 0; k < result->output_count; k++)
			if (strcmp(result->outputs[k].name,
				    decision->outputs[i].name) == 0)
				found = &result->outputs[k];
		if (found && condition_uses(question->condition, i) &&
			!output_value(arena, found, &value))
			return false;
		if (condition_bind(question->condition, i, &value, false,
			    question->diag))
			return false;
	}
	return true;
}

enum shk_code enquiry_of_result(struct enquiry *question,
	const struct shk_result *result, enum shk_solve_state *state)
{
	static const char *const words[] = { "determined", "undetermined",
		"not_applicable", "conflict", "error" };
	const char *word = words[result->status];
	struct feel_value status = feel_string(word, strlen(word));
	struct condition_truth truth = { .absent = true };
	struct arena arena;
	enum shk_code code = SHK_E_MEMORY;

	arena_init(&arena);
	condition_bind_status(question->condition, &status);
	if (bind(question, &arena, result))
		code = condition_evaluate(
			question->condition, &truth, question->diag);
	else
		diag_memory(question->diag);
	arena_release(&arena);
	*state = SHK_SOLVE_UNDETERMINED;
	if (truth.yes + truth.no + truth.absent != 1)
		return code;
	if (truth.absent)
		*state = result->status == SHK_DETERMINED
				 ? SHK_SOLVE_NOT_APPLICABLE
				 : status_state(result->status);
	else
		*state = truth.yes ? SHK_SOLVE_HOLDS : SHK_SOLVE_FAILS;
	return code;
}
