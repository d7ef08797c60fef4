/*
 * Inside price/: one pricer, its revisions, and the record at hand.
 */
#ifndef PRICE_PRICER_H
#define PRICE_PRICER_H

#include <shokan/price.h>

#include "base/date.h"
#include "dmn/evaluator.h"
#include "price/bits.h"
#include "price/explore.h"
#include "price/result.h"
#include "record/record.h"
#include "rulebook/rulebook.h"

/* One revision as this pricer uses it. */
struct desk {
	const struct rulebook_revision *revision;
	struct dmn_evaluator *evaluator;
	uint32_t *field_slots;	  /* one a record field; RULEBOOK_NONE */
	struct price_fact *facts; /* one a slot of the graph */
	const struct feel_value *unknowns; /* one a slot: nothing known of it */
	struct explorer explorer;
};

/* Fields of the schema by index; -1 where the schema has no such field. */
struct field_list {
	size_t count;
	const int *fields;
};

struct recall;
struct recall_form;
struct feel_notes;

struct shk_pricer {
	const shk_rulebook *book;
	const struct record_schema *schema;
	struct arena arena;   /* for the pricer's life */
	struct arena results; /* until the next record */
	struct desk *desks;   /* one a revision */
	uint64_t until;	      /* of base/clock.h; 0: no limit on time */
	bool *asked;	      /* one a decision; NULL: by the record's facts */
	size_t first, end;    /* those asked lie from here to before there */
	int revision;	      /* stated, or -1 */
	bool dated;	      /* a day was stated */
	int32_t day;
	/* the day that was said last, as text: records mostly share one */
	int32_t said_day;
	char said_text[DATE_TEXT]; /* "" before the first */
	int min_evidence;	   /* 0 to 5 */
	bool steps;
	bool flips;
	bool every_flip; /* of a number that is known, too */
	bool lead_only;
	bool bare; /* values only, and nothing about them */
	bool roundings;
	bool facts; /* tell the known facts */
	const shk_policy *policy;
	const char *policy_text;
	int as_of_field, gate_field, name_field; /* of the schema, or -1 */
	struct field_list *presence;	  /* of each auxiliary of the book */
	struct field_list *decision_asks; /* of each decision */
	struct field_list **output_asks;  /* of each output of each decision */
	bool *reads; /* with `facts`: decision by field, what it can read */
	struct buffer text;    /* scratch of one value */
	struct recall *recall; /* NULL: every answer is worked out */
};

/* One record being priced under one revision. */
struct job {
	struct shk_pricer *pricer;
	struct desk *desk;
	size_t revision; /* index */
	const struct record *record;
	int32_t day; /* as of which constants are taken */
	bool assumed_newest;
	bool loaded; /* the desk has the facts */
	/* this slot is given a whole stretch of values: what is open for that
	   alone is no missing fact */
	bool varies;
	uint32_t varied;
	/* bounds of auxiliaries that hang on it are those that hold for each of
	   its values, not those that some of them allow */
	bool inner;
	bool loose; /* there are such bounds */
	bool empty; /* and no value lies between them for all of its values */
	struct feel_notes *notes; /* that are being taken, or NULL */
	const char *as_of;
	shk_diag *diag;
};

/* Look up every list of fields that the rulebook names. */
enum shk_code given_prepare(struct shk_pricer *pricer);
/* The record gives one of the fields; all of them, and there are some. */
bool given_any(const struct record *record, const struct field_list *list);
bool given_all(const struct record *record, const struct field_list *list);

/* Look up what each decision can read, for known_keep. */
enum shk_code known_prepare(struct shk_pricer *pricer);
/* The known facts that `decision` can read into the result, as text. */
enum shk_code known_keep(
	struct job *job, size_t decision, struct shk_result *result);

/* Give the desk the record's facts, the day's constants, the policy. */
enum shk_code facts_load(struct job *job);
/*
 * Before decision `at`: give what is open its shape (auxiliaries between their
 * bounds, decisions that are asked for by their own name).
 */
enum shk_code facts_open(struct job *job, size_t at);
/* A given decision that disagrees with what its inputs say, or -1. */
enum shk_code facts_check(struct job *job, size_t at, int *field);
/*
 * In the notes the known numbers inside of lists are facts of their own, in
 * the order of fields, items and parts: this slot, behind those of the graph,
 * and the next ones stand for them. (Lists of fields without a slot have none.)
 */
unsigned facts_list_slot(const struct job *job);
/* A record value as a FEEL value in `arena`; false when memory runs out. */
bool fact_value(struct arena *arena, const struct record_field *field,
	const struct record_value *from, struct feel_value *to);

/* The answer to one output. */
struct reply {
	enum shk_status status; /* determined, undetermined, not_applicable */
	const char *reason;
	struct feel_value value; /* determined */
	struct outcome_set set;	 /* undetermined */
	struct dmn_marks marks;	 /* citations on the path */
	struct feel_set seen;	 /* undetermined: facts met */
};

#define EVIDENCE_WEAKEST 5 /* of E0 to E5 */

#define MISSING_MAX 64 /* names in the list of one result */

struct missing_list {
	bool cut; /* there are more */
	size_t count;
	struct price_missing items[MISSING_MAX];
};

/* The answer to decision `at` into `result`. */
enum shk_code answer(struct job *job, size_t at, struct shk_result *result);
/* A caller who is not to be told of failures: results still want the words. */
void job_told(struct job *job, shk_diag *own);
/*
 * Begin a record: its day, its revision. `why` says what is wrong with them;
 * only decisions with dates of their own can be asked then.
 */
void job_begin(struct job *job, shk_diag *why);
/* Which decisions are asked of a record when none was named; one each. */
void decisions_choose(const struct job *job, bool *chosen);
/* The answer to one decision, in `room` or a remembered one. */
enum shk_code price_one(struct job *job, size_t decision, const shk_diag *why,
	struct shk_result *room, struct shk_result **result);

/* What names the record: identifier, name, place, kept columns. */
enum shk_code result_name(const struct job *job, struct shk_result *result);
/* Identity, labels, revision, hash of a result; status is SHK_ERROR. */
enum shk_code result_begin(
	const struct job *job, int decision, struct shk_result *result);

/* Citations of `marks`, each source and place once, in order. */
enum shk_code citations_make(const struct job *job,
	const struct dmn_marks *marks, size_t *count,
	const struct price_citation **out);
/* Citations that the rulebook gives itself, and their evidence. */
enum shk_code citations_of(const struct job *job, size_t count,
	const struct dmn_cite *cites, struct shk_result *result);
/* Weakest level of `marks`, or -1 when there is none. */
int evidence_of(const struct rulebook_revision *revision,
	const struct dmn_marks *marks);
/* "E0" to "E5", or "" for -1. */
const char *evidence_text(int level);

/*
 * Names of the facts and parameters that decide an open answer, added to
 * `list`. Beside the lead a parameter is named only once no fact is missing.
 * For the lead the flips of unknown numbers are collected by the explorer.
 */
enum shk_code missing_add(struct job *job, size_t at,
	const struct explore_target *target, const struct feel_set *seen,
	bool lead, struct missing_list *list);
/* Parameters that would order rules which contradict each other. */
enum shk_code missing_policy(struct job *job, size_t at,
	const struct explore_target *target, struct missing_list *list);
/* Those that decide alone first, then by name; into the result. */
enum shk_code missing_keep(
	struct job *job, struct missing_list *list, struct shk_result *result);
/* The next values of known numbers at which a decided answer changes. */
enum shk_code flips_known(
	struct job *job, size_t at, const struct explore_target *target);
/* The explorer's flips into the result. */
enum shk_code flips_keep(struct job *job, struct shk_result *result);

/* The trace of one result; the listener of the evaluator while it runs. */
#define TRACE_STEPS_MAX 2000
struct trace {
	struct job *job;
	unsigned depth;
	bool failed; /* memory ran out */
	bool cut;    /* there are more than TRACE_STEPS_MAX */
	size_t count;
	size_t capacity;
	struct price_step *steps; /* in the results' arena */
	struct dmn_listener listener;
};
/* Labels of an output of the rulebook, when the slot is one; else as before. */
void trace_labels(
	const struct job *job, unsigned slot, const char **ja, const char **en);
void trace_begin(struct trace *trace, struct job *job);
enum shk_code trace_end(struct trace *trace, struct shk_result *result);

#endif
