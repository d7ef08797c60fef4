/*
 * The answer to one decision for one record, in plain values that a report can
 * print without knowing FEEL. Everything lives in the pricer's arena until the
 * next record. Texts are NUL-terminated UTF-8; a missing text is "".
 */
#ifndef PRICE_RESULT_H
#define PRICE_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <shokan/price.h>

#include "base/text.h"
#include "num/num.h"

enum price_kind {
	PRICE_NULL,
	PRICE_BOOLEAN,
	PRICE_NUMBER,
	PRICE_TEXT,
	PRICE_DATE,
	PRICE_LIST,
	PRICE_CONTEXT,	/* names and items */
	PRICE_INTERVAL, /* items[0] to items[1]; PRICE_NULL: no bound */
	PRICE_UNKNOWN	/* inside a list or context, or in a step */
};

struct price_value {
	enum price_kind kind;
	bool inexact;	 /* a number that is correct to its digits only, or what
			 a comparison within the error of one decided */
	uint16_t form;	 /* of a number while notes are taken, see recall.h */
	uint16_t hole;	 /* 1 + its number while a template is made, else 0 */
	unsigned digits; /* of an inexact number: how many are certain; 0:
			    none is known to be */
	bool low_closed, high_closed; /* PRICE_INTERVAL */
	union {
		bool boolean;
		num number;
		int32_t days;
	} u;
	struct text text;
	size_t count;
	const struct price_value *items;
	const struct text *names; /* PRICE_CONTEXT; PRICE_UNKNOWN: reasons */
};

/* A possible outcome: a value, or a status such as not_applicable. */
struct price_outcome {
	enum shk_status status; /* SHK_DETERMINED: `value` */
	const char *reason;	/* code, or "" */
	struct price_value value;
};

struct price_output {
	const char *name;
	const char *label_ja;
	const char *label_en;
	const char *unit; /* "yen", "points", "ratio", ... or "" */
	enum shk_status status;
	struct price_value value; /* when SHK_DETERMINED */
	size_t outcome_count;	  /* when SHK_UNDETERMINED; sorted */
	const struct price_outcome *outcomes;
};

/* A value of a number at which the lead output changes. */
struct price_flip {
	const char *field;
	bool parameter;		/* a policy parameter, not a fact */
	bool known;		/* the record gives the field */
	bool nearest;		/* and further flips were not kept */
	struct price_value now; /* its value when known */
	struct price_value at;
	/* outcomes just below, on and just above `at`; sorted */
	size_t below_count, on_count, above_count;
	const struct price_outcome *below;
	const struct price_outcome *on;
	const struct price_outcome *above;
};

struct price_missing {
	const char *name;
	const char *label_ja;
	const char *label_en;
	bool parameter;
	bool alone; /* fixes the result alone, whatever it turns out to be */
	/* a field that the record gives: the rest of a list is open, or what
	   the law says of such a value was not seen */
	bool given;
};

struct price_citation {
	const char *source;
	const char *place;
	const char *evidence;
	const char *title; /* of the source document */
	const char *quote; /* its words at that place, or "" */
};

enum price_step_kind {
	PRICE_STEP_DECISION, /* name, formula, value; deeper steps follow */
	PRICE_STEP_FACT,     /* an input read: name, value (or unknown) */
	PRICE_STEP_AGAIN,    /* a decision evaluated above: name, value */
	PRICE_STEP_ROW,	     /* a table row that matched: row, value */
	PRICE_STEP_ROUND     /* name = function, before, scale, value */
};

/* What a step is in the chart of a price, in the order of the bars; the lead
   output is the last of them. */
enum price_chart {
	PRICE_CHART_NONE,
	PRICE_CHART_START,
	PRICE_CHART_ADD,
	PRICE_CHART_TOTAL,
	PRICE_CHART_LIMIT
};

/* The trace in the order of evaluation; `depth` makes it a tree. */
struct price_step {
	enum price_step_kind kind;
	enum price_chart chart;
	unsigned depth;
	struct text name;
	const char *label_ja; /* or "" */
	const char *label_en;
	const char *formula;	 /* FEEL text of a literal decision, or "" */
	const char *description; /* words of the rule, or "" */
	unsigned row;
	struct price_value value;
	struct price_value before;
	struct price_value scale;
	/* rounding margin: from `before` to the nearest point at which the
	   result changes; proved: whatever the error of `before`, it is this
	   result */
	struct price_value margin;
	bool proved;
	size_t citation_count;
	const struct price_citation *citations;
};

#define ROUNDINGS_MAX 128 /* of one result */

enum price_other {
	PRICE_OTHER_MODE, /* another mode */
	PRICE_LEFT_OUT,	  /* without this rounding */
	PRICE_BEHIND /* not here, but behind the next one that hangs on it */
};

/* What one output of the result would be; only outputs that would differ. */
struct price_otherwise {
	size_t output; /* index into the result's outputs */
	struct price_value value;
	bool has_difference; /* both are numbers: the new one less the old */
	struct price_value difference;
};

/* One rounding done otherwise, all else worked out again. */
struct price_alternative {
	enum price_other kind;
	enum num_rounding mode; /* PRICE_OTHER_MODE */
	size_t behind;		/* PRICE_BEHIND: index of that rounding */
	bool possible; /* PRICE_BEHIND: the other one still comes to pass */
	size_t change_count;
	const struct price_otherwise *changes;
};

/* A rounding on the way to the outputs, in the order of evaluation. */
struct price_rounding {
	struct text decision; /* of the model, in which it is done */
	const char *label_ja; /* or "" */
	const char *label_en;
	struct text model;    /* knowledge model that does it, or size 0 */
	struct text function; /* of FEEL */
	enum num_rounding mode;
	struct price_value before;
	struct price_value places; /* decimals kept; negative: tens, ... */
	struct price_value unit; /* that it rounds to: 10 to the minus places */
	struct price_value after;
	struct price_value moved; /* after less before */
	struct price_value margin;
	bool proved;
	bool matters; /* some alternative changes an output */
	size_t citation_count;
	const struct price_citation *citations;
	size_t alternative_count;
	const struct price_alternative *alternatives;
};

/* A known fact in the form of a CSV cell; see known.c. */
struct price_known {
	const char *name;
	const char *value;
};

/* A number of a remembered answer that is another one for every record. */
struct price_hole {
	struct price_value *value; /* where it stands in the result */
	uint16_t number;	   /* index among the result's `numbers` */
};

/* A remembered answer once more, with numbers of its own. */
struct price_again {
	struct shk_result *result;
	const num *numbers; /* in place of the result's */
};

struct shk_result {
	const char *id;
	const char *name; /* of the product, or "" */
	const char *path;
	long row;
	const char *decision; /* "" when the record could not be read at all */
	const char *label_ja;
	const char *label_en;
	const char *revision; /* "" when none could be chosen */
	const char *as_of;    /* "YYYY-MM-DD", or "" when no date was given */
	bool assumed_newest;  /* no date, no revision: the newest was taken */
	enum shk_status status;
	size_t output_count; /* lead first */
	const struct price_output *outputs;
	size_t outcome_count; /* of the lead, when undetermined or conflict */
	const struct price_outcome *outcomes;
	size_t missing_count;
	const struct price_missing *missing;
	size_t flip_count;
	const struct price_flip *flips;
	const char *reason;  /* code, or "" */
	const char *field;   /* at fault, for errors; or "" */
	const char *message; /* of an error, or "" */
	size_t caveat_count;
	const char *const *caveats;
	const char *evidence; /* weakest level, or "" when no rule was used */
	size_t citation_count;
	const struct price_citation *citations;
	size_t step_count;
	bool steps_cut; /* there are more than TRACE_STEPS_MAX */
	const struct price_step *steps;
	/* with the option `roundings`, else NULL */
	size_t rounding_count;
	bool roundings_cut; /* there are more than ROUNDINGS_MAX */
	const struct price_rounding *roundings;
	const char *rulebook; /* hash */
	/* policy as given: canonical JSON object text, "{}" when none */
	const char *policy;
	/* with the option `facts`: what the record says of the decision's
	   facts, by name in byte order; of this record, not of its cell */
	size_t known_count;
	const struct price_known *known;
	/* an answer that repeats a remembered one: results of one pricer with
	   the same number differ in the record that they name (and in `known`,
	   `kept`) and in the numbers in `holes`; 0: it repeats none */
	uint32_t remembered;
	const void *memory; /* tells the pricer of that number apart */
	size_t hole_count;
	const struct price_hole *holes;
	const num *numbers; /* several holes may be of one number */
	size_t kept_count;  /* columns passed through */
	const struct text *kept_names;
	const struct text *kept_values;
};

#endif
