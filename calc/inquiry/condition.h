/*
 * A condition on an answer: a FEEL expression over the outputs of a decision
 * and its `status`, compiled by the engine's own compiler, evaluated with
 * unknown values by the engine's own rules.
 */
#ifndef INQUIRY_CONDITION_H
#define INQUIRY_CONDITION_H

#include "feel/machine.h"
#include "rulebook/rulebook.h"

#define CONDITION_NAMES_MAX (RULEBOOK_LIST_MAX + 1) /* outputs, status */

struct condition;

/* Where a comparison in it turns, as in feel/machine.h. */
typedef void condition_cut(
	void *context, unsigned slot, const struct feel_value *at);

/*
 * Compile. SHK_E_USAGE, with what the names are, for a wrong expression. An
 * output that is a list of what holds has no value to ask about.
 */
enum shk_code condition_new(struct condition **out,
	const struct rulebook_decision *decision, const char *text,
	condition_cut *cut, void *context, shk_diag *diag);
void condition_free(struct condition *condition);

/* The condition speaks of this output; of the status. */
bool condition_uses(const struct condition *condition, size_t output);
bool condition_uses_status(const struct condition *condition);
/* The first output that it speaks of; the lead when it speaks of none. */
size_t condition_first(const struct condition *condition, size_t lead);

/*
 * What its names mean from now on. An output that is null, or of which `may`
 * says so, is not there: what a condition says of it has no truth, unless the
 * rest decides (`status = "not_applicable" or price > 5`).
 */
enum shk_code condition_bind(struct condition *condition, size_t output,
	const struct feel_value *value, bool may, shk_diag *diag);
void condition_bind_status(
	struct condition *condition, const struct feel_value *value);

#define CONDITION_MAYBE_MAX 6 /* outputs that may be there or not */

/* Which of true and false it may be, or without truth. */
struct condition_truth {
	bool yes, no;
	bool absent;  /* it asks about what is not there */
	bool null;    /* it compares what cannot be compared */
	bool inexact; /* decided by the last digits of inexact numbers */
	struct feel_set reasons; /* of what is open */
};

/* SHK_E_USAGE when it is something else, such as a number. */
enum shk_code condition_evaluate(struct condition *condition,
	struct condition_truth *truth, shk_diag *diag);

/* Whether two values are equal, by the same machine and with its cuts. */
enum shk_code condition_equal(struct condition *condition,
	const struct feel_value *a, const struct feel_value *b,
	struct condition_truth *truth, shk_diag *diag);

#endif
