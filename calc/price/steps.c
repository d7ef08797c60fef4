/*
 * The steps of an answer: its outputs are evaluated once more, without any
 * search, while the trace listens.
 */
#include "price/answer.h"

/* What a list is made of. */
static enum shk_code holds_again(
	struct work *work, size_t at, struct dmn_marks *marks)
{
	const struct rulebook_output *output = &work->decision->outputs[at];
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < output->hold_count && !code; i++) {
		struct feel_value value;

		code = answer_read(work->job, work->bound->outputs[at].holds[i],
			&value, marks);
	}
	return code;
}

/* Evaluate an output once more; its citations are added to `marks`. */
static enum shk_code evaluate_again(
	struct work *work, size_t at, struct dmn_marks *marks)
{
	struct explore_target target;
	struct reply reply = { .status = SHK_DETERMINED, .reason = "" };
	enum shk_code code;
	bool open;

	if (work->bound->outputs[at].slot == RULEBOOK_NONE)
		return holds_again(work, at, marks);
	answer_target(work, at, at == work->lead, &target);
	code = answer_conditions(work->job, &target, &reply, &open);
	if (!code && reply.status != SHK_NOT_APPLICABLE)
		code = answer_read(
			work->job, target.slot, &reply.value, &reply.marks);
	if (marks)
		dmn_marks_join(marks, &reply.marks);
	return code;
}

enum shk_code answer_may_show(struct work *work, size_t at, bool *may)
{
	int most = work->job->pricer->min_evidence;
	struct dmn_marks marks = { { 0 } };
	enum shk_code code = SHK_OK;

	*may = at == work->lead || answer_tells(work, at);
	if (!*may || most >= EVIDENCE_WEAKEST)
		return SHK_OK;
	code = evaluate_again(work, at, &marks);
	*may = evidence_of(work->job->desk->revision, &marks) <= most;
	return code;
}

enum shk_code answer_steps(struct work *work)
{
	size_t count = work->decision->output_count;
	bool may[RULEBOOK_LIST_MAX] = { false };
	struct trace trace;
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < count && !code; i++)
		code = answer_may_show(work, i, &may[i]);
	if (code)
		return code;
	/* The search of an open answer forgets values: trace a quiet run. */
	trace_begin(&trace, work->job);
	if (may[work->lead])
		code = evaluate_again(work, work->lead, NULL);
	for (size_t i = 0; i < count && !code; i++)
		if (i != work->lead && may[i])
			code = evaluate_again(work, i, NULL);
	if (!code)
		return trace_end(&trace, work->result);
	dmn_listen(work->job->desk->evaluator, NULL);
	return code;
}
