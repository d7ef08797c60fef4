/*
 * The proof of a result as rows of a table, for a program or a database that
 * wants to look into it rather than show it.
 */
#ifndef SHOKAN_PROOF_H
#define SHOKAN_PROOF_H

#include <stdbool.h>

#include <shokan/price.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * One row. Texts are UTF-8, "" where there is none, and live until the
 * callback returns. Kinds:
 *   decision  a decision and its value; what it rests on is one level deeper
 *   again     a decision that stands further up
 *   fact      a fact that was read; `value` is ?NAME when it is not known
 *   row       the row of a table that decided, `table_row` counted from 1
 *   round     a rounding; `formula` says by what function, and of what number
 *   citation  a further passage for the row above it
 *   cut       there are more steps than the 2,000 above
 *   missing   a fact or parameter that would have to be known
 *   error     why there is no answer; `name` is the field at fault
 */
typedef struct shk_proof_row {
	/* 0 for the decision that was asked for; what it rests on is deeper */
	unsigned depth;
	const char *kind;     /* one of those above */
	const char *name;     /* of the decision, fact, function or parameter */
	unsigned table_row;   /* 0 but for `row` */
	const char *value;    /* as in a cell of CSV */
	const char *source;   /* of the first passage: document, place in it, */
	const char *place;    /* where the document says it: "L1387" */
	const char *evidence; /* E0 to E5 */
	const char *quote;    /* and its words */
	const char *formula;  /* FEEL */
	const char *text;     /* words of the rule, or what `name` is called */
} shk_proof_row;

/*
 * Every row of the proof of `result` in the order of evaluation; the pricer
 * must have been asked for `steps`. `tell` returns false to stop.
 */
enum shk_code shk_result_proof(const shk_result *result,
	enum shk_language language,
	bool (*tell)(void *context, const shk_proof_row *row), void *context,
	shk_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
