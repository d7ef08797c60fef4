/*
 * Conditions of regions are looked at with the very facts that a price rests
 * on: the pricers of the two revisions load the record, and the elements that
 * a condition names are evaluated there.
 */
#include <string.h>

#include "base/clock.h"
#include "inquiry/diff_trial.h"

/* Until the end of the time that is allowed, at least one; 0: no limit. */
static unsigned milliseconds_left(const struct diff_world *world)
{
	uint64_t now = clock_now();

	if (!world->until)
		return 0;
	return world->until > now ? (unsigned)(world->until - now) : 1;
}

static enum shk_code side_open(struct diff_trial *trial, int side,
	const shk_policy *policy, bool steps)
{
	const struct diff_world *world = trial->world;
	const char *name = world->book->decisions[trial->decision].name;
	const shk_price_options options = {
		.revision = world->desks[side].revision->id,
		.decisions = &name,
		.decision_count = 1,
		.policy = policy,
		.steps = steps,
		.facts = true, /* what a decision can read is then known */
		.anew = true,
		.milliseconds = milliseconds_left(world)
	};

	trial->rows[side] = arena_zeroed(&trial->world->arena,
		world->desks[side].revision->graph->slot_count + 1,
		sizeof(*trial->rows[side]));
	if (!trial->rows[side])
		return diag_memory(world->diag);
	return shk_pricer_new(&trial->pricers[side], world->book,
		(const shk_schema *)(const void *)world->schema, &options,
		world->diag);
}

enum shk_code diff_trial_open(struct diff_trial *trial,
	struct diff_world *world, size_t decision, const shk_policy *policy,
	bool steps)
{
	enum shk_code code;

	*trial = (struct diff_trial){ .world = world, .decision = decision };
	code = side_open(trial, 0, policy, steps);
	return code ? code : side_open(trial, 1, policy, steps);
}

void diff_trial_close(struct diff_trial *trial)
{
	shk_pricer_free(trial->pricers[0]);
	shk_pricer_free(trial->pricers[1]);
}

const bool *diff_trial_fields(const struct diff_trial *trial)
{
	return trial->pricers[1]->reads +
	       trial->decision * trial->world->schema->field_count;
}

enum shk_code diff_trial_load(
	struct diff_trial *trial, const struct record *record)
{
	enum shk_code code = SHK_OK;

	for (int side = 0; side < 2 && !code; side++) {
		struct job *job = &trial->jobs[side];
		shk_diag why;

		*job = (struct job){ .pricer = trial->pricers[side],
			.record = record,
			.as_of = "",
			.diag = trial->world->diag };
		job_begin(job, &why);
		trial->loaded[side] = job->desk != NULL;
		if (!job->desk)
			continue;
		dmn_listen(job->desk->evaluator, NULL);
		code = facts_load(job);
		if (!code &&
			job->desk->revision->bound[trial->decision].present)
			code = facts_open(job, trial->decision);
	}
	return code;
}

static void on_event(void *context, const struct dmn_event *event)
{
	struct diff_rows *rows = context;

	if (event->kind != DMN_MACHINE || event->step->kind != FEEL_STEP_ROW)
		return;
	rows[event->slot].count++;
	rows[event->slot].row = event->step->row;
}

static enum shk_code side_value(struct diff_trial *trial, uint32_t pair,
	int side, struct feel_value *out)
{
	int slot = trial->world->pairs[pair].slot[side];

	*out = FEEL_NULL_VALUE;
	if (slot < 0)
		return SHK_OK;
	return dmn_evaluate(trial->jobs[side].desk->evaluator, (unsigned)slot,
		out, NULL, trial->world->diag);
}

static bool in_range(
	const struct feel_value *at, const struct feel_range *range)
{
	int order;

	if (range->low.type != FEEL_NULL &&
		(!feel_order(at, &range->low, &order) ||
			order < (range->low_closed ? 0 : 1)))
		return false;
	return range->high.type == FEEL_NULL ||
	       (feel_order(at, &range->high, &order) &&
		       order <= (range->high_closed ? 0 : -1));
}

static bool in_pieces(
	const struct feel_value *value, const struct diff_condition *condition)
{
	for (size_t i = 0; i < condition->piece_count; i++) {
		const struct diff_piece *piece = &condition->pieces[i];

		if (!piece->stretch && feel_same(value, &piece->value))
			return true;
		if (piece->stretch &&
			(value->type == FEEL_NUMBER ||
				value->type == FEEL_DATE) &&
			in_range(value, &piece->range))
			return true;
	}
	return false;
}

/* What an open value may be, where that can be counted. */
static enum shk_diff_place open_place(
	const struct feel_value *value, const struct diff_condition *condition)
{
	const struct feel_unknown *unknown = value->u.unknown;

	if (value->type != FEEL_UNKNOWN || unknown->shape != FEEL_CHOICE)
		return SHK_DIFF_MAYBE;
	for (size_t i = 0; i < unknown->choice_count; i++)
		if (in_pieces(&unknown->choices[i], condition))
			return SHK_DIFF_MAYBE;
	return SHK_DIFF_OUTSIDE;
}

static enum shk_code place_is(struct diff_trial *trial,
	const struct diff_condition *condition, enum shk_diff_place *place)
{
	*place = SHK_DIFF_INSIDE;
	for (int side = 0; side < 2; side++) {
		enum shk_diff_place here;
		struct feel_value value;
		enum shk_code code;

		if ((condition->side >= 0 && condition->side != side) ||
			trial->world->pairs[condition->pair].slot[side] < 0)
			continue;
		code = side_value(trial, condition->pair, side, &value);
		if (code)
			return code;
		if (feel_is_open(&value))
			here = open_place(&value, condition);
		else
			here = in_pieces(&value, condition) ? SHK_DIFF_INSIDE
							    : SHK_DIFF_OUTSIDE;
		if (here < *place)
			*place = here;
	}
	return SHK_OK;
}

static enum shk_code place_hits(struct diff_trial *trial,
	const struct diff_condition *condition, enum shk_diff_place *place)
{
	*place = SHK_DIFF_INSIDE;
	for (int side = 0; side < 2; side++) {
		int slot = trial->world->pairs[condition->pair].slot[side];
		struct dmn_evaluator *evaluator =
			trial->jobs[side].desk->evaluator;
		const struct dmn_listener listener = {
			.context = trial->rows[side], .event = on_event
		};
		struct diff_rows *rows = &trial->rows[side][slot];
		struct feel_value value;
		enum shk_code code;

		*rows = (struct diff_rows){ .count = 0 };
		dmn_forget(evaluator);
		dmn_listen(evaluator, &listener);
		code = side_value(trial, condition->pair, side, &value);
		dmn_listen(evaluator, NULL);
		if (code)
			return code;
		if (rows->count == 0 && *place != SHK_DIFF_OUTSIDE)
			*place = SHK_DIFF_MAYBE;
		else if (rows->count > 0 && rows->row != condition->rows[side])
			*place = SHK_DIFF_OUTSIDE;
	}
	return SHK_OK;
}

static enum shk_code place_apart(struct diff_trial *trial,
	const struct diff_condition *condition, enum shk_diff_place *place)
{
	struct feel_value values[2];
	enum shk_code code = SHK_OK;

	for (int side = 0; side < 2 && !code; side++)
		code = side_value(trial, condition->pair, side, &values[side]);
	if (feel_is_open(&values[0]) || feel_is_open(&values[1]))
		*place = SHK_DIFF_MAYBE;
	else
		*place = feel_same(&values[0], &values[1]) ? SHK_DIFF_OUTSIDE
							   : SHK_DIFF_INSIDE;
	return code;
}

/* The record is known to be no matter of these rules at all. */
static bool other_lane(const struct diff_trial *trial)
{
	const struct job *job = &trial->jobs[1];
	int field = job->pricer->gate_field;
	const struct record_value *value =
		field < 0 ? NULL : &job->record->values[field];

	return value && value->state == RECORD_KNOWN &&
	       !text_is((struct text){ value->u.text, value->size },
		       trial->world->book->gate.value);
}

enum shk_code diff_trial_place(struct diff_trial *trial,
	const struct diff_region *region, enum shk_diff_place *place,
	size_t *met)
{
	enum shk_code code = SHK_OK;

	*met = 0;
	*place = trial->loaded[0] && trial->loaded[1] && !other_lane(trial)
			 ? SHK_DIFF_INSIDE
			 : SHK_DIFF_OUTSIDE;
	if (*place == SHK_DIFF_OUTSIDE)
		return SHK_OK;
	for (size_t i = 0; i < region->count && !code; i++) {
		const struct diff_condition *it = &region->conditions[i];
		enum shk_diff_place here = SHK_DIFF_INSIDE;

		if (it->kind == DIFF_IS)
			code = place_is(trial, it, &here);
		else if (it->kind == DIFF_HITS)
			code = place_hits(trial, it, &here);
		else
			code = place_apart(trial, it, &here);
		*met += here == SHK_DIFF_INSIDE;
		if (here < *place)
			*place = here;
	}
	return code;
}

enum shk_code diff_trial_null(
	struct diff_trial *trial, uint32_t pair, bool *null)
{
	enum shk_code code = SHK_OK;

	*null = false;
	for (int side = 0; side < 2 && !code && !*null; side++) {
		struct feel_value value;

		if (!trial->loaded[side] ||
			trial->world->pairs[pair].slot[side] < 0)
			continue;
		code = side_value(trial, pair, side, &value);
		*null = !code && value.type == FEEL_NULL;
	}
	return code;
}

enum shk_code diff_trial_price(struct diff_trial *trial, int side,
	const struct record *record, const shk_result **result)
{
	struct job *job = &trial->jobs[side];
	struct shk_result *answer, *room;
	enum shk_code code;
	shk_diag why;

	*result = NULL;
	*job = (struct job){ .pricer = trial->pricers[side],
		.record = record,
		.as_of = "",
		.diag = trial->world->diag };
	job_begin(job, &why);
	room = arena_zeroed(&job->pricer->results, 1, sizeof(*room));
	if (!room)
		return diag_memory(trial->world->diag);
	code = price_one(job, trial->decision, &why, room, &answer);
	*result = code ? NULL : answer;
	/* a rule that fails on this product: there is no answer to compare */
	if (code == SHK_E_RULES) {
		diag_clear(trial->world->diag);
		return SHK_OK;
	}
	return code;
}
