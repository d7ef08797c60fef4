/*
 * A question about one answer: a record under one decision whose facts are
 * put, one at a time, at other values, at stretches of values, or among words,
 * with everything else as the record has it.
 */
#ifndef INQUIRY_QUESTION_H
#define INQUIRY_QUESTION_H

#include <shokan/price.h>

#include "inquiry/about.h"
#include "price/pricer.h"

#define QUESTION_CUTS_MAX      256 /* turning points that one look finds */
#define QUESTION_VARIABLES_MAX 1024
#define QUESTION_OWNERS_MAX    8 /* decisions that turn at one point */

/* What may be put at another value. */
struct variable {
	const char *name; /* field, parameter, or `shares[2].share` */
	const char *label_ja;
	const char *label_en;
	const char *unit; /* "yen", "points", ... or "" */
	bool parameter;
	uint32_t slot; /* of the graph; RULEBOOK_NONE: the lane */
	int field;     /* of the record, or -1 */
	bool inside;   /* part `part` of item `item` of the list */
	size_t item, part;
	bool known;	       /* the record, or the policy, says it */
	struct feel_value now; /* then: null is known to be absent */
	bool number;	       /* a number or date: `range` */
	bool date;
	bool whole; /* whole numbers and days */
	struct feel_range range;
	size_t choice_count; /* words, truths, null for none */
	const struct feel_value *choices;
};

struct cut {
	struct feel_value at;
	uint32_t owner; /* decision in which the comparison turns */
};

/* What one look at the answer finds. */
struct look {
	struct outcome_set set;
	struct dmn_marks marks; /* citations on all paths */
	size_t cut_count;	/* of the variable */
	struct cut cuts[QUESTION_CUTS_MAX];
	/* comparisons with the variable that stay open with all else split */
	bool open;
	bool foreign;	/* another unknown stands in one of them */
	bool shapeless; /* a side of one of them has no interval */
	uint32_t owner; /* decision of one of them, or RULEBOOK_NONE */
	bool reads;	/* the answer hangs on the variable all the same */
	bool stopped;	/* by a ceiling; `set` may be too wide */
	bool refused;	/* the facts contradict each other */
	/* of what the comparisons with the variable say: where it is the same,
	   they say the same */
	uint64_t signature;
};

struct question {
	shk_pricer *pricer;
	struct record record; /* a copy, in which values are put */
	const struct record *original;
	struct job job;
	size_t decision;
	size_t output;
	struct explore_target target;
	const char *closed; /* why there is nothing to ask, or NULL */
	struct arena arena; /* until the question is closed */
	struct look *look;  /* at work, or NULL */
	uint32_t slot;	    /* of the variable at work, or RULEBOOK_NONE */
	struct dmn_listener listener;
	struct {
		unsigned evaluation;
		bool open, foreign, shapeless;
		uint32_t owner;
		uint64_t signature;
	} pending;		   /* of the evaluation at work */
	unsigned long evaluations; /* in all */
};

/*
 * Begin. `decision` and `output` by name; `output` NULL: the one that the
 * pricer leads with. SHK_E_USAGE for names that do not exist, SHK_E_INPUT for
 * a record that is wrong in itself. question_close after any return.
 */
enum shk_code question_open(struct question *question, shk_pricer *pricer,
	const shk_record *record, const char *decision, const char *output,
	shk_diag *diag);
void question_close(struct question *question);

/* All that the decision can read and that may be varied. */
enum shk_code question_variables(
	struct question *question, struct variable **list, size_t *count);

/*
 * The answer with `variable` somewhere in `range` (both ends equal and closed:
 * at that value). `variable` NULL: as the record is. What `look` points to
 * lives until the question is closed.
 */
enum shk_code question_look(struct question *question,
	const struct variable *variable, const struct feel_range *range,
	struct look *look);
/* The same at one of its choices. */
enum shk_code question_choose(struct question *question,
	const struct variable *variable, const struct feel_value *choice,
	struct look *look);

/* What it is about; in the pricer's arena. */
enum shk_code question_about(
	const struct question *question, struct inquiry_about *about);

#endif
