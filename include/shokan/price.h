/*
 * Pricing: one record through the decisions of a rulebook.
 */
#ifndef SHOKAN_PRICE_H
#define SHOKAN_PRICE_H

#include <shokan/record.h>
#include <shokan/rulebook.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Prices records one after the other. Belongs to one thread. */
typedef struct shk_pricer shk_pricer;
/* The answer to one decision for one record; owned by the pricer and valid
   until the callback that got it returns. */
typedef struct shk_result shk_result;

/* How an answer stands. */
enum shk_status {
	SHK_DETERMINED,	    /* the rules give one answer */
	SHK_UNDETERMINED,   /* facts, parameters or the law leave it open */
	SHK_NOT_APPLICABLE, /* the decision does not concern the record */
	SHK_CONFLICT,	    /* rules contradict each other */
	SHK_ERROR	    /* the record is wrong; see shk_result_message */
};

/*
 * What is asked. Zero is allowed; borrowed until the pricer is made, but for
 * `policy`.
 */
typedef struct shk_price_options {
	const char *revision; /* "r6", "r8"; NULL: by date */
	const char *as_of;    /* "YYYY-MM-DD"; NULL: each record's, or newest */
	/* NULL: all that the record has facts for */
	const char *const *decisions;
	size_t decision_count;	  /* of `decisions` */
	const shk_policy *policy; /* NULL: none; must outlive the pricer */
	const char *min_evidence; /* "E0" to "E5"; NULL: no limit */
	bool steps;		  /* collect the trace */
	bool flips;		  /* compute the flip points */
	bool every_flip; /* of a number that the record gives all of them, not
			    only the nearest below and above */
	/* work out what every other way of rounding would give: each rounding
	   in each other mode, left out, and behind the next one, everything
	   else evaluated again; implies `anew` */
	bool roundings;
	bool facts; /* tell the known facts, for snapshots */
	/* of each decision only the status, reason, value and outcomes of its
	   lead output: no other outputs, nothing missing, no flips, caveats,
	   evidence or citations are worked out */
	bool lead_only;
	/* work out every answer anew; else the pricer remembers answers to
	   records that differ in nothing which the rules look at, and gives
	   the same answers sooner */
	bool anew;
	/* as shk_pricer_limit, from when the pricer is made; 0: no limit */
	unsigned milliseconds;
	/* like `lead_only`, but with the values of all outputs */
	bool values_only;
} shk_price_options;

/* The vocabulary of records of a rulebook, also of a pack. Caller frees. */
enum shk_code shk_schema_of(
	shk_schema **out, const shk_rulebook *rulebook, shk_diag *diag);

/*
 * Errors: SHK_E_USAGE for an unknown revision, date, decision or level, and
 * for a revision and a date that contradict each other.
 */
enum shk_code shk_pricer_new(shk_pricer **out, const shk_rulebook *rulebook,
	const shk_schema *schema, const shk_price_options *options,
	shk_diag *diag);
/* NULL is allowed. Its results end with it. */
void shk_pricer_free(shk_pricer *pricer);

/* Gets each result; a code other than SHK_OK stops and is returned. */
typedef enum shk_code (*shk_result_callback)(
	void *context, const shk_result *result);

/*
 * Every asked decision for `record`, in the order of the rulebook. A record
 * that is wrong in itself (inconsistent facts, no revision at its date) gives
 * results with status SHK_ERROR and SHK_OK.
 */
enum shk_code shk_pricer_price(shk_pricer *pricer, const shk_record *record,
	shk_result_callback callback, void *context, shk_diag *diag);

/*
 * What is asked of the pricer from now on is worked out within so many
 * milliseconds, or ends with SHK_E_LIMIT and the reason "time"; make a new
 * pricer then. 0: no limit. For answers that somebody waits for: how far the
 * time reaches differs from machine to machine, an answer does not.
 */
void shk_pricer_limit(shk_pricer *pricer, unsigned milliseconds);

/* The policy as given: canonical JSON, "{}" when none; lives as the pricer. */
const char *shk_pricer_policy(const shk_pricer *pricer);

/*
 * Error results for a record that could not be read: `diag` says why. One
 * result an asked decision, or a single one without a decision.
 */
enum shk_code shk_pricer_refuse(shk_pricer *pricer, const shk_record *record,
	const shk_diag *why, shk_result_callback callback, void *context,
	shk_diag *diag);

/*
 * Records whose facts are kept as the pricer wants them, to ask one decision
 * of them again and again: what takes time is then the rules alone. Belongs to
 * the pricer and its thread, and must be freed before the pricer is.
 */
typedef struct shk_prepared shk_prepared;

/* SHK_E_USAGE: no such decision. Caller frees. */
enum shk_code shk_prepared_new(shk_prepared **out, shk_pricer *pricer,
	const char *decision, shk_diag *diag);
/* Append a copy of the record; its number is the count before. */
enum shk_code shk_prepared_add(
	shk_prepared *prepared, const shk_record *record, shk_diag *diag);
/* Records that were added. */
size_t shk_prepared_count(const shk_prepared *prepared);
/*
 * The answer for record `index`, the one that shk_pricer_price gives (without
 * kept columns); valid until the pricer is used again.
 */
enum shk_code shk_prepared_answer(shk_prepared *prepared, size_t index,
	const shk_result **result, shk_diag *diag);
/* NULL is allowed. */
void shk_prepared_free(shk_prepared *prepared);

/* How the answer stands. */
enum shk_status shk_result_status(const shk_result *result);
/* Identifier of the record; never NULL, lives as the result. */
const char *shk_result_id(const shk_result *result);
/* Name of the decision, or "" where none is meant; lives as the result. */
const char *shk_result_decision(const shk_result *result);
/* Reason code or NULL; message of an error or "". */
const char *shk_result_reason(const shk_result *result);
/* Message of an error, or ""; lives as the result. */
const char *shk_result_message(const shk_result *result);
/*
 * A fact or parameter that is missing, by its name, and whether it decides the
 * answer alone, whatever it is; those come first, and "..." is the last where
 * there are more than 64. False past the last. A fact that is given is among
 * them when its value leaves the answer open: a list is not whole, or what the
 * law says of such a value was not seen.
 */
bool shk_result_missing(
	const shk_result *result, size_t index, const char **name, bool *alone);

#ifdef __cplusplus
}
#endif
#endif
