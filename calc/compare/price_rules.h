/*
 * Asks the decisions whether they give a price. The record brings facts; every
 * decision for which it has facts is asked, and its price, or the step of its
 * steps that is in force on a day, is laid beside the price that was found.
 */
#ifndef COMPARE_PRICE_RULES_H
#define COMPARE_PRICE_RULES_H

#include <shokan/price.h>
#include <shokan/report.h>

#include "base/buffer.h"

#define PRICE_RULES_REVISIONS 16 /* revisions of a rulebook */

enum price_verdict {
	PRICE_SILENT,	/* no decision applies */
	PRICE_OPEN,	/* one applies and lacks facts */
	PRICE_OTHER,	/* one gives another price */
	PRICE_CONFIRMED /* one gives this price */
};

/* What is to be confirmed. */
struct price_question {
	size_t revision;   /* place in the rulebook */
	const char *day;   /* on which the price holds */
	const char *price; /* yen, as exact text without needless zeros */
	const char *until; /* its last day, "" for none; NULL: do not ask */
};

struct price_rules {
	const shk_rulebook *rulebook;
	const shk_schema *schema;
	shk_pricer *pricers[PRICE_RULES_REVISIONS]; /* made when first used */
	shk_report *report; /* snapshot lines into `line` */
	struct buffer line;
	struct buffer room;
	/* the answer to the last question */
	const struct price_question *question;
	enum price_verdict verdict;
	struct buffer decision; /* its name */
	struct buffer why; /* "step 1 of 4, E4, S060 ...", "gives 10332" ... */
	shk_diag *diag;
};

/* The rulebook and the schema must outlive it. Caller releases. */
enum shk_code price_rules_init(struct price_rules *rules,
	const shk_rulebook *rulebook, const shk_schema *schema, shk_diag *diag);
void price_rules_release(struct price_rules *rules);

/* The verdict stands in `rules` until the next call. */
enum shk_code price_rules_ask(struct price_rules *rules,
	const shk_record *record, const struct price_question *question,
	shk_diag *diag);

#endif
