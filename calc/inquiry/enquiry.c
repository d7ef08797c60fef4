/*
 * Asking. One look evaluates what the condition speaks of and then the
 * condition; its outcomes are true, false, or a status. A leaf of the explorer
 * that is decided is decided for every value of the stretch, so two leaves
 * that say different things prove that missing facts decide all along it.
 */
#include "inquiry/enquiry.h"

#include <string.h>

#include "feel/interval.h"
#include "price/pricer.h"

static struct explorer *explorer_of(const struct enquiry *question)
{
	return &question->job.desk->explorer;
}

static void cut_add(struct enquiry *question, const struct feel_value *at)
{
	num place =
		at->type == FEEL_DATE ? num_from_int(at->u.days) : at->u.number;

	if (at->type != FEEL_DATE && at->type != FEEL_NUMBER)
		return;
	for (size_t i = 0; i < question->cut_count; i++)
		if (num_compare(question->cuts[i], place) == 0)
			return;
	if (question->cut_count < ENQUIRY_CUTS_MAX)
		question->cuts[question->cut_count++] = place;
}

/* The condition's own comparisons turn as those of the rules do. */
static void on_cut(void *context, unsigned slot, const struct feel_value *at)
{
	explore_cut(explorer_of(context), slot, at);
}

/* What the explorer heard of the axis. */
static void cuts_take(struct enquiry *question)
{
	const struct explorer *explorer = explorer_of(question);

	for (size_t i = 0; i < explorer->cut_count; i++)
		if (explorer->cuts[i].slot == question->axis->slot)
			cut_add(question, &explorer->cuts[i].at);
}

static const char *status_word(enum shk_status status)
{
	static const char *const words[] = { "determined", "undetermined",
		"not_applicable", "conflict", "error" };

	return words[status];
}

static struct feel_value status_value(enum shk_status status)
{
	const char *word = status_word(status);

	return feel_string(word, strlen(word));
}

static enum shk_solve_state state_of(const struct outcome *outcome)
{
	static const enum shk_solve_state states[] = {
		[SHK_UNDETERMINED] = SHK_SOLVE_UNDETERMINED,
		[SHK_NOT_APPLICABLE] = SHK_SOLVE_NOT_APPLICABLE,
		[SHK_CONFLICT] = SHK_SOLVE_CONFLICT,
		[SHK_ERROR] = SHK_SOLVE_ERROR
	};

	if (outcome->status != SHK_DETERMINED)
		return states[outcome->status];
	return outcome->value.u.boolean ? SHK_SOLVE_HOLDS : SHK_SOLVE_FAILS;
}

static bool one_state(
	const struct outcome_set *set, enum shk_solve_state *state)
{
	if (set->count == 0 || set->anything)
		return false;
	*state = state_of(&set->items[0]);
	for (size_t i = 1; i < set->count; i++)
		if (state_of(&set->items[i]) != *state)
			return false;
	return true;
}

static void add_boolean(struct outcome_set *set, bool value)
{
	struct feel_value boolean = feel_boolean(value);

	outcome_add_value(set, &boolean, NULL, 0);
}

/* The truth with these names; where it has none the answer has `status`. */
static enum shk_code conclude(struct enquiry *question, enum shk_status status,
	const char *reason, struct outcome_set *set, struct feel_set *reasons)
{
	struct feel_value word = question->status;
	struct condition_truth truth;
	enum shk_code code;

	/* facts that contradict each other are an error whatever is open */
	if (word.type == FEEL_NULL || status == SHK_ERROR)
		word = status_value(status);
	condition_bind_status(question->condition, &word);
	code = condition_evaluate(question->condition, &truth, question->diag);
	if (code)
		return code;
	question->inexact = question->inexact || truth.inexact;
	feel_set_join(reasons, &truth.reasons);
	if (truth.yes)
		add_boolean(set, true);
	if (truth.no)
		add_boolean(set, false);
	if (truth.absent)
		outcome_add_status(set,
			status == SHK_DETERMINED ? SHK_NOT_APPLICABLE : status,
			reason);
	if (truth.null && !truth.yes && !truth.no)
		return diag_set(question->diag, SHK_E_USAGE,
			"the condition has no truth: something in it is "
			"compared with a value of another type");
	return SHK_OK;
}

static enum shk_code bind_nulls(struct enquiry *question)
{
	const struct feel_value null = FEEL_NULL_VALUE;
	size_t count = question->pricer->book->decisions[question->decision]
			       .output_count;
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < count && !code; i++)
		code = condition_bind(
			question->condition, i, &null, true, question->diag);
	return code;
}

/* The answer is a status and has no outputs. */
static enum shk_code conclude_empty(struct enquiry *question,
	enum shk_status status, const char *reason, struct outcome_set *set,
	struct feel_set *reasons)
{
	enum shk_code code = bind_nulls(question);

	return code ? code : conclude(question, status, reason, set, reasons);
}

/* One word of applicability: it may apply, or the answer is a status. */
static enum shk_code word_says(struct enquiry *question,
	const struct feel_value *word, struct outcome_set *set,
	struct feel_set *reasons, bool *may)
{
	enum shk_status status;
	const char *reason;

	if (!applicability_status(dmn_arena(question->job.desk->evaluator),
		    word, &status, &reason))
		return diag_memory(question->diag);
	if (status != SHK_DETERMINED)
		return conclude_empty(question, status, reason, set, reasons);
	*may = true;
	return SHK_OK;
}

static enum shk_code applies(struct enquiry *question, struct outcome_set *set,
	struct feel_set *reasons, bool *may)
{
	uint32_t slot = question->bound->applicability;
	const struct dmn_domain *domain;
	const struct feel_value *words;
	struct feel_value value;
	enum shk_code code;
	size_t count = 1;

	*may = slot == RULEBOOK_NONE;
	if (*may)
		return SHK_OK;
	code = explore_read(explorer_of(question), slot, &value, reasons);
	if (code)
		return code;
	domain = &question->job.desk->revision->graph->slots[slot].domain;
	words = &value;
	if (value.type == FEEL_UNKNOWN) {
		bool choice = value.u.unknown->shape == FEEL_CHOICE;

		words = choice ? value.u.unknown->choices : domain->choices;
		count = choice ? value.u.unknown->choice_count
			       : domain->choice_count;
		*may = set->anything = count == 0;
	}
	for (size_t i = 0; i < count && !code; i++)
		code = word_says(question, &words[i], set, reasons, may);
	return code;
}

/* Whether the output has a meaning here: false, true, or either. */
static enum shk_code when_says(struct enquiry *question, size_t output,
	struct feel_set *reasons, bool *may, bool *must)
{
	uint32_t slot = question->bound->outputs[output].when;
	struct feel_value value;
	enum shk_code code;

	*may = *must = true;
	if (slot == RULEBOOK_NONE)
		return SHK_OK;
	code = explore_read(explorer_of(question), slot, &value, reasons);
	*must = value.type == FEEL_BOOLEAN && value.u.boolean;
	*may = *must || value.type == FEEL_UNKNOWN;
	return code;
}

/* The value of an output, and whether it has a meaning here. */
static enum shk_code bind_output(
	struct enquiry *question, size_t output, struct feel_set *reasons)
{
	struct feel_value value = FEEL_NULL_VALUE;
	enum shk_code code;
	bool may, must;

	code = when_says(question, output, reasons, &may, &must);
	if (!code && may)
		code = explore_read(explorer_of(question),
			question->bound->outputs[output].slot, &value, reasons);
	return code ? code
		    : condition_bind(question->condition, output, &value, !must,
			      question->diag);
}

/* The outputs that the condition speaks of, and then the condition. */
static enum shk_code outputs_say(struct enquiry *question,
	struct outcome_set *set, struct feel_set *reasons)
{
	size_t count = question->pricer->book->decisions[question->decision]
			       .output_count;
	enum shk_code code = bind_nulls(question);

	for (size_t i = 0; i < count && !code; i++)
		if (condition_uses(question->condition, i))
			code = bind_output(question, i, reasons);
	return code ? code
		    : conclude(question, SHK_DETERMINED, "condition_false", set,
			      reasons);
}

/* The lead has a meaning: else the whole answer is not applicable. */
static enum shk_code lead_says(struct enquiry *question,
	struct outcome_set *set, struct feel_set *reasons)
{
	enum shk_code code;
	bool may, must;

	code = when_says(question, question->lead, reasons, &may, &must);
	if (!code && !must)
		code = conclude_empty(question, SHK_NOT_APPLICABLE,
			"condition_false", set, reasons);
	if (!code && may)
		code = outputs_say(question, set, reasons);
	return code;
}

/* A decision given as a fact, held against what it is worked out to be. */
static enum shk_code check_one(struct enquiry *question, uint32_t slot,
	struct outcome_set *set, struct feel_set *into, bool *may)
{
	struct desk *desk = question->job.desk;
	struct feel_set reasons = { { 0 } };
	struct condition_truth truth;
	struct feel_value value;
	enum shk_code code;

	dmn_take(desk->evaluator, slot);
	code = dmn_evaluate(
		desk->evaluator, slot, &value, NULL, question->diag);
	dmn_give(desk->evaluator, slot, &desk->facts[slot].value,
		desk->facts[slot].mark);
	dmn_forget(desk->evaluator);
	if (code || value.type == FEEL_NULL)
		return code;
	feel_reasons(&value, &reasons);
	FOR_SLOTS(i, &reasons)
	if (i != question->axis->slot)
		return SHK_OK;
	code = condition_equal(question->condition, &value,
		&desk->facts[slot].value, &truth, question->diag);
	if (code || (!truth.no && !truth.null))
		return code;
	*may = *may && truth.yes;
	feel_set_join(into, &reasons);
	return conclude_empty(question, SHK_ERROR, "inconsistent", set, into);
}

/* One look at what the condition says, as things stand. */
static enum shk_code look(
	void *context, struct outcome_set *set, struct feel_set *reasons)
{
	struct enquiry *question = context;
	enum shk_solve_state state;
	enum shk_code code = SHK_OK;
	bool may = true;

	for (size_t i = 0; i < question->check_count && !code; i++)
		code = check_one(
			question, question->checks[i], set, reasons, &may);
	if (!code && may)
		code = applies(question, set, reasons, &may);
	if (!code && may)
		code = lead_says(question, set, reasons);
	cuts_take(question);
	/* what is decided is left open by nothing */
	if (one_state(set, &state))
		*reasons = (struct feel_set){ { 0 } };
	return code;
}

static void leaf(void *context, const struct outcome_set *set,
	const struct feel_set *reasons)
{
	struct enquiry *question = context;
	enum shk_solve_state state;

	if (!one_state(set, &state)) {
		/* what leaves it open is the same all along the stretch */
		if (!feel_set_has(reasons, question->axis->slot))
			question->stuck = true;
		return;
	}
	if (question->met[state])
		return;
	question->met[state] = true;
	question->met_count++;
}

static enum shk_code status_look(
	void *context, struct outcome_set *set, struct feel_set *reasons)
{
	struct enquiry *question = context;
	enum shk_code code = explore_look(explorer_of(question), set, reasons);

	cuts_take(question);
	return code;
}

/* Leaves of the lead: is there one answer, or are there several? */
static void status_leaf(void *context, const struct outcome_set *set,
	const struct feel_set *reasons)
{
	struct enquiry *question = context;
	struct outcome_set first = { .count = 1 };

	(void)reasons;
	if (!outcome_decided(set))
		return;
	if (question->told++ == 0)
		question->first = set->items[0];
	first.items[0] = question->first;
	question->differ = question->differ || !outcome_equal(&first, set);
}

typedef enum shk_code look_function(
	void *context, struct outcome_set *set, struct feel_set *reasons);
typedef void leaf_function(void *context, const struct outcome_set *set,
	const struct feel_set *reasons);

/* All outcomes of `ask`, every leaf told to `each`. */
static enum shk_code search(struct enquiry *question, look_function *ask,
	leaf_function *each, struct explore_target *target,
	struct outcome_set *set)
{
	struct explorer *explorer = explorer_of(question);
	enum shk_code code;

	/* it is asked again when round values are tried */
	question->asking = (struct explore_question){ question, ask };
	target->question = &question->asking;
	explorer->leaf = each;
	explorer->leaf_context = question;
	code = explore_outcomes(explorer, target, set);
	explorer->leaf = NULL;
	return code;
}

/* Facts beside the axis that the last search met and could not do without. */
static bool others_open(const struct enquiry *question)
{
	const struct desk *desk = question->job.desk;

	FOR_SLOTS(i, &desk->explorer.seen)
	if (i != question->axis->slot && desk->facts[i].open)
		return true;
	return false;
}

static enum shk_code status_choice(
	struct enquiry *question, const bool possible[SHK_ERROR + 1])
{
	struct feel_set why = { { 0 } };
	struct feel_value choices[SHK_ERROR + 1];
	size_t count = 0;

	feel_set_add(&why, question->axis->slot);
	for (int i = 0; i <= SHK_ERROR; i++)
		if (possible[i])
			choices[count++] = status_value((enum shk_status)i);
	return feel_choice_value(dmn_arena(question->job.desk->evaluator),
		       choices, count, &why, &question->status)
		       ? SHK_OK
		       : diag_memory(question->diag);
}

/*
 * The status of the whole answer along the stretch, where the condition asks
 * for it: it is not that of a leaf, since open facts make it undetermined.
 */
static enum shk_code status_find(struct enquiry *question, bool point)
{
	const struct rulebook_bound_output *output =
		&question->bound->outputs[question->lead];
	struct explore_target target = { .applicability =
						 question->bound->applicability,
		.when = output->when,
		.slot = output->slot };
	bool possible[SHK_ERROR + 1] = { false };
	struct outcome_set set;
	enum shk_code code;

	question->status = FEEL_NULL_VALUE;
	if (!condition_uses_status(question->condition))
		return SHK_OK;
	question->told = 0;
	question->differ = false;
	code = search(question, status_look, status_leaf, &target, &set);
	if (code)
		return code;
	for (size_t i = 0; i < set.count; i++)
		possible[set.items[i].status] = true;
	if ((question->differ && !question->job.loose) ||
		(point && !outcome_decided(&set)))
		return question->status = status_value(SHK_UNDETERMINED),
		       SHK_OK;
	if (set.anything)
		possible[SHK_DETERMINED] = true;
	if (others_open(question) && !outcome_decided(&set))
		possible[SHK_UNDETERMINED] = true;
	return status_choice(question, possible);
}

/* Give the rules the record's facts and the axis as this stretch. */
static enum shk_code stretch_load(
	struct enquiry *question, const num *low, const num *high)
{
	struct job *job = &question->job;
	struct desk *desk = job->desk;
	struct price_fact *fact = &desk->facts[question->axis->slot];
	enum shk_code code = facts_load(job);
	struct feel_value value;

	if (code)
		return code;
	value = axis_stretch(
		question->axis, dmn_arena(desk->evaluator), low, high);
	if (value.type == FEEL_NULL)
		return diag_memory(question->diag);
	fact->given = true;
	fact->open = false; /* the explorer leaves it whole */
	fact->value = value;
	dmn_give(desk->evaluator, question->axis->slot, &fact->value,
		FEEL_NO_MARK);
	return facts_open(job, question->decision);
}

/*
 * Round values for what else is missing: if two of them make the condition say
 * different things all along the stretch, then missing facts decide it.
 */
#define TRIES 14 /* zero, and the powers of ten from one on */

static struct feel_value try_value(
	const struct feel_value *open, size_t which, num round)
{
	const struct feel_unknown *unknown = open->u.unknown;
	const struct feel_range *range = &unknown->interval;

	if (unknown->shape == FEEL_CHOICE)
		return unknown->choices[which % unknown->choice_count];
	if (unknown->shape != FEEL_INTERVAL ||
		(range->low.type != FEEL_NUMBER &&
			range->high.type != FEEL_NUMBER))
		return *open;
	if (range->low.type == FEEL_NUMBER &&
		num_compare(round, range->low.u.number) < 0)
		round = range->low.u.number;
	if (range->high.type == FEEL_NUMBER &&
		num_compare(round, range->high.u.number) > 0)
		round = range->high.u.number;
	/* an end that is itself outside is not a value */
	if ((range->low.type == FEEL_NUMBER && !range->low_closed &&
		    num_compare(round, range->low.u.number) <= 0) ||
		(range->high.type == FEEL_NUMBER && !range->high_closed &&
			num_compare(round, range->high.u.number) >= 0))
		return *open;
	return feel_number(round);
}

static enum shk_code try_one(
	struct enquiry *question, const struct feel_set *slots, size_t which)
{
	struct desk *desk = question->job.desk;
	struct feel_value kept[FEEL_SLOTS_MAX];
	struct outcome_set set;
	struct feel_set reasons;
	enum shk_code code;
	num round;

	round = which == 0 ? NUM_ZERO
			   : num_power(num_from_int(10),
				     num_from_int((int64_t)which - 1), NULL);
	FOR_SLOTS(i, slots)
	{
		struct price_fact *fact = &desk->facts[i];

		kept[i] = fact->value;
		if (i == question->axis->slot || !fact->open ||
			fact->value.type != FEEL_UNKNOWN)
			continue;
		fact->value = try_value(&kept[i], which, round);
		dmn_give(desk->evaluator, i, &fact->value, fact->mark);
	}
	code = explore_evaluate(explorer_of(question), &set, &reasons);
	if (!code && one_state(&set, &(enum shk_solve_state){ 0 }))
		leaf(question, &set, &reasons);
	FOR_SLOTS(i, slots)
	{
		if (i == question->axis->slot || !desk->facts[i].open)
			continue;
		desk->facts[i].value = kept[i];
		dmn_give(desk->evaluator, i, &desk->facts[i].value,
			desk->facts[i].mark);
	}
	return code;
}

static enum shk_code try_round(struct enquiry *question)
{
	const struct feel_set slots = explorer_of(question)->seen;
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < TRIES && !code && question->met_count < 2; i++)
		code = try_one(question, &slots, i);
	return code;
}

/* One search of all that is missing beside the fact. */
static enum shk_code ask_once(struct enquiry *question, const num *low,
	const num *high, bool inner, struct outcome_set *set)
{
	struct explore_target target = { .applicability = RULEBOOK_NONE,
		.when = RULEBOOK_NONE,
		.slot = RULEBOOK_NONE };
	bool point = low && high && num_compare(*low, *high) == 0;
	enum shk_code code;

	memset(question->met, 0, sizeof(question->met));
	question->met_count = 0;
	question->stuck = false;
	question->job.loose = question->job.empty = false;
	question->job.inner = inner;
	explore_begin(explorer_of(question), question->diag);
	code = stretch_load(question, low, high);
	if (!code)
		code = status_find(question, point);
	return code ? code : search(question, look, leaf, &target, set);
}

/* What is missing decides at every value of the stretch. */
static enum shk_code others_decide(
	struct enquiry *question, const num *low, const num *high, bool *decide)
{
	struct outcome_set set;
	enum shk_code code = SHK_OK;

	/* what is missing must be possible whatever value the fact has */
	if (question->job.loose)
		code = ask_once(question, low, high, true, &set);
	*decide = false;
	if (code || question->job.empty)
		return code;
	*decide = question->stuck || question->met_count > 1;
	if (!*decide && others_open(question))
		code = try_round(question);
	*decide = *decide || question->met_count > 1;
	return code;
}

enum shk_code enquiry_ask(struct enquiry *question, const num *low,
	const num *high, struct enquiry_reply *reply)
{
	struct outcome_set set;
	enum shk_code code;

	*reply = (struct enquiry_reply){ .decided = question->fixed,
		.state = question->fixed_state };
	if (question->fixed)
		return SHK_OK;
	question->cut_count = 0;
	question->inexact = false;
	explore_listen(explorer_of(question), true);
	code = ask_once(question, low, high, false, &set);
	if (!code && !one_state(&set, &reply->state)) {
		reply->state = SHK_SOLVE_UNDETERMINED;
		reply->decided = low && high && num_compare(*low, *high) == 0;
		if (!reply->decided)
			code = others_decide(
				question, low, high, &reply->decided);
	} else if (!code) {
		reply->decided = true;
	}
	reply->inexact = question->inexact;
	explore_listen(explorer_of(question), false);
	return code;
}

/* The decisions that are given and must agree with what they are made of. */
static void checks_find(struct enquiry *question)
{
	const struct desk *desk = question->job.desk;

	FOR_SLOTS(i, &question->bound->reached)
	if (desk->facts[i].given && desk->revision->slots[i].given &&
		desk->revision->slots[i].pure)
		question->checks[question->check_count++] = i;
}

/* What no value of the fact can change. */
static void fixed_find(struct enquiry *question, const shk_diag *why)
{
	const struct rulebook_decision *decision =
		&question->pricer->book->decisions[question->decision];

	question->fixed = true;
	if (why->code && !decision->own_dates)
		question->fixed_state = SHK_SOLVE_ERROR;
	else if (answer_other_lane(&question->job) || !question->bound->present)
		question->fixed_state = SHK_SOLVE_NOT_APPLICABLE;
	else if (*decision->not_encoded)
		question->fixed_state = SHK_SOLVE_UNDETERMINED;
	else
		question->fixed = false;
}

enum shk_code enquiry_begin(struct enquiry *question, shk_pricer *pricer,
	const shk_record *record, size_t decision, const struct axis *axis,
	const char *condition, shk_diag *diag)
{
	shk_diag why;
	enum shk_code code;

	memset(question, 0, sizeof(*question));
	question->pricer = pricer;
	question->axis = axis;
	question->decision = decision;
	question->diag = diag;
	question->job = (struct job){ .pricer = pricer,
		.record = record_of_const(record),
		.as_of = "",
		.diag = diag,
		.varies = true,
		.varied = axis->slot };
	code = condition_new(&question->condition,
		&pricer->book->decisions[decision], condition, on_cut, question,
		diag);
	if (code)
		return code;
	job_begin(&question->job, &why);
	if (!question->job.desk)
		question->job.desk = &pricer->desks[question->job.revision];
	question->bound = &question->job.desk->revision->bound[decision];
	question->lead = answer_lead(&question->job, decision);
	fixed_find(question, &why);
	if (question->fixed)
		return SHK_OK;
	if (question->bound->outputs[question->lead].slot == RULEBOOK_NONE)
		return diag_set(diag, SHK_E_USAGE,
			"%s is a list of what is known to hold; it cannot be "
			"solved for",
			pricer->book->decisions[decision].name);
	code = facts_load(&question->job);
	if (!code)
		checks_find(question);
	return code;
}

void enquiry_end(struct enquiry *question)
{
	condition_free(question->condition);
	question->condition = NULL;
}
