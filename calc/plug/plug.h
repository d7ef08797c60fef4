/*
 * What every database asks of the library: rules once, a pricer a question,
 * answers as rows. One plug belongs to one connection and to one thread at a
 * time. Databases put their own functions around it.
 */
#ifndef PLUG_PLUG_H
#define PLUG_PLUG_H

#include <shokan/shokan.h>

#include "plug/table.h"

#define PLUG_PRICERS_MAX 16   /* different questions that are kept ready */
#define PLUG_TEXT_MAX	 4096 /* bytes of a revision, decision or policy */
#define PLUG_MESSAGE_MAX 1280 /* bytes of a failure in words, with its NUL */

struct plug;

/* NULL when memory runs out. No rules are loaded yet. */
struct plug *plug_new(void);
void plug_free(struct plug *plug);

/*
 * Load the rules in `folder` (or a pack), or where it is NULL those of
 * $SHOKAN_RULES, else the installed ones, else those beside the source; with
 * $SHOKAN_RULES_KEY only a pack that is signed with it. Until it succeeds the
 * rules of before stay. A question loads them when nobody has.
 */
enum shk_code plug_load(struct plug *plug, const char *folder, shk_diag *diag);
/* Hash of the rules; loads them. */
enum shk_code plug_hash(struct plug *plug, const char **hash, shk_diag *diag);

/* NULL is "not asked for". */
struct plug_question {
	const char *revision; /* "r8", or a day "2026-06-01" */
	const char *decision; /* one; NULL: all that the record has facts for */
	const char *policy;   /* JSON object of parameters */
};

/*
 * The answers for one record, a JSON object, as rows of decision, status and
 * the line that `shokan price --format json` prints, without its line end. A
 * record that is wrong gives rows with the status error; a question that is
 * wrong fails. The rows are valid until the plug is used again.
 */
enum plug_answer_column {
	PLUG_DECISION,
	PLUG_STATUS,
	PLUG_LINE,
	PLUG_ANSWER_COLUMNS
};
enum shk_code plug_price(struct plug *plug,
	const struct plug_question *question, const char *record, size_t size,
	const struct plug_table **rows, shk_diag *diag);

/* The rows of the proofs; see shokan/proof.h. */
enum plug_proof_column {
	PLUG_PROOF_DECISION,
	PLUG_PROOF_DEPTH,
	PLUG_PROOF_KIND,
	PLUG_PROOF_NAME,
	PLUG_PROOF_VALUE,
	PLUG_PROOF_SOURCE,
	PLUG_PROOF_PLACE,
	PLUG_PROOF_EVIDENCE,
	PLUG_PROOF_TEXT,
	PLUG_PROOF_FORMULA,
	PLUG_PROOF_QUOTE,
	PLUG_PROOF_TABLE_ROW,
	PLUG_PROOF_COLUMNS
};
enum shk_code plug_explain(struct plug *plug,
	const struct plug_question *question, const char *record, size_t size,
	const struct plug_table **rows, shk_diag *diag);

/* `file:line: field: message`, without what is not known. */
void plug_message(const shk_diag *diag, char out[PLUG_MESSAGE_MAX]);

#endif
