/*
 * The answer to one decision for one record: does it apply, what is its lead
 * output, what are the others, how strong is the evidence, what is missing.
 */
#include <stdio.h>
#include <string.h>

#include "feel/note.h"
#include "price/answer.h"

/* The reason of an answer on a path that --min-evidence refuses. */
#define BELOW_MINIMUM "evidence_below_minimum"

enum shk_code answer_read(struct job *job, uint32_t slot,
	struct feel_value *value, struct dmn_marks *marks)
{
	return dmn_evaluate(
		job->desk->evaluator, slot, value, marks, job->diag);
}

/* A rule that gives nothing where it must give something: a fault of it. */
static enum shk_code no_answer(const struct job *job, uint32_t slot)
{
	const struct text *name = &job->desk->revision->graph->slots[slot].name;

	return diag_set(job->diag, SHK_E_RULES,
		"\"%.*s\" of revision %s gives no answer", (int)name->size,
		name->data, job->desk->revision->id);
}

enum shk_code answer_conditions(struct job *job,
	const struct explore_target *target, struct reply *reply, bool *open)
{
	struct feel_value value;
	enum shk_code code;

	*open = false;
	if (target->applicability != RULEBOOK_NONE) {
		code = answer_read(
			job, target->applicability, &value, &reply->marks);
		if (code)
			return code;
		*open = value.type == FEEL_UNKNOWN;
		if (!*open && !applicability_status(&job->pricer->results,
				      &value, &reply->status, &reply->reason))
			return diag_memory(job->diag);
		if (reply->status == SHK_ERROR)
			return no_answer(job, target->applicability);
		if (reply->status != SHK_DETERMINED)
			return SHK_OK;
	}
	if (target->when == RULEBOOK_NONE)
		return SHK_OK;
	code = answer_read(job, target->when, &value, &reply->marks);
	if (code)
		return code;
	*open = *open || value.type == FEEL_UNKNOWN;
	if (value.type != FEEL_BOOLEAN && value.type != FEEL_UNKNOWN)
		return no_answer(job, target->when);
	if (value.type == FEEL_BOOLEAN && !value.u.boolean) {
		reply->status = SHK_NOT_APPLICABLE;
		reply->reason = "condition_false";
	}
	return SHK_OK;
}

/* Nothing known decides it: look at every cell of what is missing. */
static enum shk_code search(struct job *job,
	const struct explore_target *target, struct reply *reply)
{
	struct explorer *explorer = &job->desk->explorer;
	enum shk_code code;

	explore_listen(explorer, true);
	code = explore_outcomes(explorer, target, &reply->set);
	explore_listen(explorer, false);
	dmn_forget(job->desk->evaluator);
	if (code)
		return code;
	reply->seen = explorer->seen;
	reply->marks = explorer->marks;
	reply->status = SHK_UNDETERMINED;
	if (!outcome_decided(&reply->set))
		return SHK_OK;
	reply->status = reply->set.items[0].status;
	reply->reason = reply->set.items[0].reason;
	reply->value = reply->set.items[0].value;
	outcome_clear(&reply->set);
	return SHK_OK;
}

static enum shk_code ask(struct job *job, const struct explore_target *target,
	struct reply *reply)
{
	enum shk_code code;
	bool open;

	*reply = (struct reply){ .status = SHK_DETERMINED, .reason = "" };
	code = answer_conditions(job, target, reply, &open);
	if (code || reply->status != SHK_DETERMINED)
		return code;
	code = answer_read(job, target->slot, &reply->value, &reply->marks);
	if (code)
		return code;
	if (open || feel_is_open(&reply->value))
		return search(job, target, reply);
	return SHK_OK;
}

size_t answer_lead(const struct job *job, size_t at)
{
	const struct field_list *asks = job->pricer->output_asks[at];

	for (size_t i = 0; i < job->pricer->book->decisions[at].output_count;
		i++)
		if (given_all(job->record, &asks[i]))
			return i;
	return 0;
}

/* The text of the rule for the lead was not seen: what stands beside it may
   have been. */
static bool is_unseen(const shk_result *result)
{
	return result->status == SHK_UNDETERMINED && *result->reason &&
	       strcmp(result->reason, BELOW_MINIMUM) != 0;
}

bool answer_tells(const struct work *work, size_t output)
{
	return answer_has_others(work->result) ||
	       (is_unseen(work->result) &&
		       work->decision->outputs[output].beside);
}

void answer_target(const struct work *work, size_t output, bool lead,
	struct explore_target *target)
{
	const struct rulebook_bound_output *bound =
		&work->bound->outputs[output];
	const struct dmn_graph *graph = work->job->desk->revision->graph;

	target->applicability = work->bound->applicability;
	if (!lead && (work->result->status == SHK_DETERMINED ||
			     is_unseen(work->result)))
		target->applicability = RULEBOOK_NONE;
	target->when = bound->when;
	target->slot = bound->slot;
	target->question = NULL;
	target->domain = (struct dmn_domain){ 0 };
	if (bound->slot != RULEBOOK_NONE)
		target->domain = graph->slots[bound->slot].domain;
}

/* The facts are outside of what a rule can take, such as a price of nothing
   whose logarithm it wants: an error of this record, see silent(). */
static enum shk_code no_value(struct work *work, size_t output)
{
	work->silent = work->decision->outputs[output].name;
	return diag_set(work->job->diag, SHK_E_RULES,
		"the rules of %s in revision %s give no value for %s with "
		"these "
		"facts",
		work->decision->name, work->job->desk->revision->id,
		work->decision->outputs[output].name);
}

/* A reply as an output of the result. */
static enum shk_code keep(struct work *work, size_t at, struct reply *reply,
	struct price_output *output)
{
	const struct rulebook_output *from = &work->decision->outputs[at];
	struct arena *arena = &work->job->pricer->results;

	output->name = from->name;
	output->unit = from->unit;
	output->label_ja = from->label.ja;
	output->label_en = from->label.en;
	output->status = reply->status;
	if (reply->status == SHK_DETERMINED) {
		if (!value_plain(arena, &reply->value, &output->value))
			return diag_memory(work->job->diag);
		return reply->value.type == FEEL_NULL ? no_value(work, at)
						      : SHK_OK;
	}
	outcome_sort(&reply->set);
	if (reply->status != SHK_NOT_APPLICABLE &&
		!outcome_plain(arena, &reply->set, &output->outcome_count,
			&output->outcomes))
		return diag_memory(work->job->diag);
	return SHK_OK;
}

/* Under --min-evidence a value on a weaker path is not shown. */
static void withhold(const struct work *work, const struct reply *reply,
	struct price_output *output)
{
	if (reply->status == SHK_UNDETERMINED ||
		reply->status == SHK_CONFLICT ||
		evidence_of(work->job->desk->revision, &reply->marks) <=
			work->job->pricer->min_evidence)
		return;
	output->status = SHK_UNDETERMINED;
	output->value.kind = PRICE_NULL;
	output->outcome_count = 0;
}

/* A number where it is written like one: column 1. */
static struct feel_value hold_word(const char *word)
{
	size_t size = strlen(word);
	num number;

	return num_parse(word, size, false, &number) == NUM_PARSED
		       ? feel_number(number)
		       : feel_string(word, size);
}

/* A list output: the words of what is known to hold. */
static enum shk_code ask_holds(
	struct work *work, size_t at, struct reply *reply)
{
	const struct rulebook_output *output = &work->decision->outputs[at];
	struct job *job = work->job;
	struct feel_value *items = arena_zeroed(dmn_arena(job->desk->evaluator),
		output->hold_count + 1, sizeof(*items));
	uint32_t count = 0;

	*reply = (struct reply){ .status = SHK_DETERMINED, .reason = "" };
	if (!items)
		return diag_memory(job->diag);
	for (size_t i = 0; i < output->hold_count; i++) {
		struct explore_target target = { .applicability = RULEBOOK_NONE,
			.when = RULEBOOK_NONE,
			.slot = work->bound->outputs[at].holds[i] };
		struct reply one;
		enum shk_code code = ask(job, &target, &one);

		if (code)
			return code;
		if (one.status != SHK_DETERMINED)
			continue;
		dmn_marks_join(&reply->marks, &one.marks);
		if (one.value.type == FEEL_BOOLEAN && one.value.u.boolean)
			items[count++] = hold_word(output->words[i]);
	}
	reply->value = (struct feel_value){
		.type = FEEL_LIST, .size = count, .u = { .items = items }
	};
	return SHK_OK;
}

/* Rules contradict each other: what each would give, as outcomes. */
static enum shk_code alternatives(struct work *work, struct reply *reply)
{
	uint32_t slot = work->bound->alternatives;
	struct feel_value list;
	enum shk_code code;

	reply->set = (struct outcome_set){ 0 };
	if (slot == RULEBOOK_NONE)
		return SHK_OK;
	code = answer_read(work->job, slot, &list, &reply->marks);
	if (code || list.type != FEEL_LIST)
		return code;
	if (work->job->notes)
		feel_note_pin(work->job->notes, &list);
	for (uint32_t i = 0; i < list.size; i++)
		outcome_add_value(&reply->set, &list.u.items[i], NULL, 0);
	return SHK_OK;
}

/* What would decide it, or where it would turn. */
static enum shk_code lead_beyond(struct work *work,
	const struct explore_target *target, const struct reply *reply)
{
	struct job *job = work->job;

	if (work->result->status != reply->status)
		return SHK_OK;
	if (reply->status == SHK_CONFLICT)
		return missing_policy(job, work->at, target, &work->missing);
	if (reply->status == SHK_UNDETERMINED)
		return *reply->reason
			       ? SHK_OK
			       : missing_add(job, work->at, target,
					 &reply->seen, true, &work->missing);
	return job->pricer->flips ? flips_known(job, work->at, target) : SHK_OK;
}

static enum shk_code lead(struct work *work, size_t at)
{
	struct shk_result *result = work->result;
	struct price_output *output = &work->outputs[0];
	struct explore_target target;
	struct reply reply;
	enum shk_code code;

	answer_target(work, at, true, &target);
	code = ask(work->job, &target, &reply);
	if (!code && reply.status == SHK_CONFLICT)
		code = alternatives(work, &reply);
	if (!code)
		code = keep(work, at, &reply, output);
	if (code)
		return code;
	work->weighs = work->cited = reply.marks;
	withhold(work, &reply, output);
	result->status = output->status;
	result->reason = reply.reason;
	if (output->status != reply.status)
		result->reason = BELOW_MINIMUM;
	result->outcomes = output->outcomes;
	result->outcome_count = output->outcome_count;
	if (work->job->pricer->bare)
		return SHK_OK;
	return lead_beyond(work, &target, &reply);
}

static enum shk_code other(struct work *work, size_t at)
{
	struct price_output *output =
		&work->outputs[work->result->output_count++];
	struct explore_target target;
	struct reply reply;
	enum shk_code code;

	answer_target(work, at, false, &target);
	if (work->decision->outputs[at].hold_count > 0)
		code = ask_holds(work, at, &reply);
	else
		code = ask(work->job, &target, &reply);
	if (!code)
		code = keep(work, at, &reply, output);
	if (code)
		return code;
	withhold(work, &reply, output);
	if (work->job->pricer->bare)
		return SHK_OK;
	if (reply.status == SHK_UNDETERMINED)
		return work->result->status != SHK_DETERMINED || *reply.reason
			       ? SHK_OK
			       : missing_add(work->job, work->at, &target,
					 &reply.seen, false, &work->missing);
	dmn_marks_join(&work->cited, &reply.marks);
	if (!work->decision->outputs[at].beside &&
		output->status == reply.status)
		dmn_marks_join(&work->weighs, &reply.marks);
	return SHK_OK;
}

static enum shk_code caveats(struct work *work)
{
	struct shk_result *result = work->result;
	struct feel_value list;
	const char **codes;
	enum shk_code code;

	if (work->bound->caveats == RULEBOOK_NONE ||
		result->status == SHK_NOT_APPLICABLE)
		return SHK_OK;
	code = answer_read(work->job, work->bound->caveats, &list, NULL);
	if (code || list.type != FEEL_LIST)
		return code;
	codes = arena_zeroed(
		&work->job->pricer->results, list.size + 1, sizeof(*codes));
	if (!codes)
		return diag_memory(work->job->diag);
	result->caveats = codes;
	for (uint32_t i = 0; i < list.size; i++) {
		if (list.u.items[i].type != FEEL_STRING)
			continue;
		codes[result->caveat_count] =
			arena_text(&work->job->pricer->results,
				list.u.items[i].u.string, list.u.items[i].size);
		if (!codes[result->caveat_count++])
			return diag_memory(work->job->diag);
	}
	return SHK_OK;
}

static enum shk_code finish(struct work *work)
{
	struct shk_result *result = work->result;
	struct job *job = work->job;
	enum shk_code code;

	if (result->status == SHK_NOT_APPLICABLE)
		result->output_count = 0;
	result->outputs = work->outputs;
	if (job->pricer->bare)
		return SHK_OK;
	result->evidence =
		evidence_text(evidence_of(job->desk->revision, &work->weighs));
	code = caveats(work);
	if (!code)
		code = citations_make(job, &work->cited,
			&result->citation_count, &result->citations);
	if (!code)
		code = missing_keep(job, &work->missing, result);
	if (!code)
		code = flips_keep(job, result);
	return code;
}

bool answer_has_others(const struct shk_result *result)
{
	return result->status == SHK_DETERMINED ||
	       (result->status == SHK_UNDETERMINED && !*result->reason);
}

static enum shk_code evaluate(struct work *work)
{
	size_t count = work->decision->output_count;
	enum shk_code code;

	work->lead = answer_lead(work->job, work->at);
	work->outputs = arena_zeroed(
		&work->job->pricer->results, count, sizeof(*work->outputs));
	if (!work->outputs)
		return diag_memory(work->job->diag);
	explore_begin(&work->job->desk->explorer, work->job->diag);
	work->result->output_count = 1;
	code = lead(work, work->lead);
	for (size_t i = 0; i < count && !code; i++)
		if (i != work->lead && !work->job->pricer->lead_only &&
			answer_tells(work, i))
			code = other(work, i);
	return code ? code : finish(work);
}

bool answer_other_lane(const struct job *job)
{
	int field = job->pricer->gate_field;
	const struct record_value *value;

	if (field < 0)
		return false;
	value = &job->record->values[field];
	return value->state == RECORD_KNOWN &&
	       !text_is((struct text){ value->u.text, value->size },
		       job->pricer->book->gate.value);
}

static enum shk_code gated(struct job *job, struct shk_result *result)
{
	const struct rulebook_revision *revision = job->desk->revision;
	struct dmn_marks marks = { { 0 } };

	dmn_marks_add(&marks, revision->gate_mark);
	result->status = SHK_NOT_APPLICABLE;
	result->reason = job->pricer->book->gate.reason;
	result->evidence = evidence_text(evidence_of(revision, &marks));
	return citations_make(
		job, &marks, &result->citation_count, &result->citations);
}

/* A rule that is known to exist and whose parameters were not available. */
static enum shk_code known_only(struct job *job,
	const struct rulebook_decision *decision, struct shk_result *result)
{
	result->status = SHK_UNDETERMINED;
	result->reason = decision->not_encoded;
	return citations_of(job, decision->cite_count, decision->cites, result);
}

static enum shk_code inconsistent(
	struct job *job, int field, struct shk_result *result)
{
	const char *name = job->pricer->schema->fields[field].name;
	char message[SHK_DIAG_MESSAGE];
	int size = snprintf(message, sizeof(message),
		"%s is given and disagrees with what the other facts make it; "
		"leave out one of the two",
		name);

	result->status = SHK_ERROR;
	result->reason = "inconsistent";
	result->field = name;
	result->message = arena_text(
		&job->pricer->results, message, size < 0 ? 0 : strlen(message));
	return result->message ? SHK_OK : diag_memory(job->diag);
}

/* The result of a record for which a rule gave nothing. */
static enum shk_code silent(struct work *work, int decision)
{
	struct job *job = work->job;
	struct shk_result *result = work->result;
	const char *said = job->diag ? job->diag->message : "";
	const char *message =
		arena_text(&job->pricer->results, said, strlen(said));
	enum shk_code code = result_begin(job, decision, result);

	diag_clear(job->diag); /* it is the record's, the call goes well */
	result->reason = "bad_domain";
	result->field = work->silent;
	result->message = message;
	return message || code ? code : diag_memory(job->diag);
}

enum shk_code answer(struct job *job, size_t at, struct shk_result *result)
{
	struct work work = { .job = job,
		.at = at,
		.decision = &job->pricer->book->decisions[at],
		.bound = &job->desk->revision->bound[at],
		.result = result };
	enum shk_code code;
	int field;

	if (answer_other_lane(job))
		return gated(job, result);
	if (*work.decision->not_encoded)
		return known_only(job, work.decision, result);
	if (!work.bound->present) {
		result->status = SHK_NOT_APPLICABLE;
		result->reason = "no_rule_in_revision";
		return SHK_OK;
	}
	code = facts_open(job, at);
	if (!code)
		code = facts_check(job, at, &field);
	if (code)
		return code;
	if (field >= 0)
		return inconsistent(job, field, result);
	code = evaluate(&work);
	if (code == SHK_E_RULES && work.silent)
		return silent(&work, (int)at);
	if (!code && job->pricer->steps)
		code = answer_steps(&work);
	if (!code && job->pricer->roundings)
		code = answer_roundings(&work);
	return code;
}
