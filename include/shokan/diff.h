/*
 * What changed in the law: every region of the decision space in which two
 * revisions answer differently, each with a product that shows it, and a proof
 * that nothing else differs, or a plain word where there is none.
 */
#ifndef SHOKAN_DIFF_H
#define SHOKAN_DIFF_H

#include <shokan/price.h>
#include <shokan/rulebook.h>
#include <shokan/sink.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Immutable once made. The texts live as long as it does. */
typedef struct shk_diff shk_diff;

#define SHK_DIFF_CELLS_MAX 20000 /* of one output of one decision */

/* What is compared. Borrowed for the call. */
typedef struct shk_diff_options {
	const char *before; /* revisions, such as "r6" and "r8" */
	const char *after;  /* the revision that is held against `before` */
	const char *const *decisions; /* NULL: all */
	size_t decision_count;	      /* of `decisions` */
	/* random products a decision that are looked at beside the proof; with
	   0 only what could not be proved is searched */
	size_t tries;
	uint64_t seed; /* of these */
	/* past so many the comparison ends: SHK_E_LIMIT, reason "time"; 0: no
	   limit */
	unsigned milliseconds;
} shk_diff_options;

/* What a name in a condition is. */
enum shk_diff_name {
	SHK_DIFF_FACT,	    /* a field of the record */
	SHK_DIFF_GIVEN,	    /* whether the record gives such fields */
	SHK_DIFF_PARAMETER, /* of the policy */
	SHK_DIFF_RULE,	    /* what a rule of the book makes of the facts */
	SHK_DIFF_ROW	    /* which row of a table is reached */
};

/* One of the conditions of a region; all of them hold inside it. */
struct shk_diff_condition {
	enum shk_diff_name kind; /* what `name` is */
	const char *name;	 /* field, parameter, or rule */
	const char *revision;	 /* a rule of this revision only; or "" */
	const char *text;	 /* `annual_tests < 1000`, in FEEL */
	const char *label_ja;	 /* of the field or parameter; or "" */
	const char *label_en;	 /* the same in English; or "" */
	const char *formula;	 /* FEEL text of a rule; or "" */
};

/* Where the law says so. */
struct shk_diff_citation {
	const char *source;   /* id of the document, "S001" */
	const char *place;    /* in it: "L1387" */
	const char *evidence; /* "E0" to "E5" */
	const char *title;    /* of the document */
	const char *quote;    /* its words at that place, or "" */
};

/* A step of a trace: a table row that was hit, or a rule without a table. */
struct shk_diff_step {
	const char *name;    /* of the rule */
	unsigned row;	     /* of its table, from 1; 0: no table */
	const char *formula; /* of a rule without a table */
	const char *value;   /* what it gave, as FEEL writes it */
	bool differs;	     /* the other revision has another rule, or none */
	size_t citation_count; /* of `citations` */
	/* that the step rests on; NULL when there are none */
	const struct shk_diff_citation *citations;
};

/* What one revision makes of the witness. */
struct shk_diff_side {
	const char *status;		   /* code: "determined", ... */
	const char *reason;		   /* code, or "" */
	size_t step_count;		   /* of `steps` */
	const struct shk_diff_step *steps; /* in the order of evaluation */
};

/* An output of the witness that differs. */
struct shk_diff_value {
	const char *output; /* its name */
	const char *before; /* value, or the status code without one */
	const char *after;  /* likewise, under the later revision */
};

/* A region in which the revisions answer differently. */
struct shk_diff_region {
	size_t output_count;	    /* that differ inside; the lead first */
	const char *const *outputs; /* `output_count` names */
	bool lead;		/* the decision's own answer is among them */
	size_t condition_count; /* of `conditions` */
	/* all of them hold inside; none: everywhere */
	const struct shk_diff_condition *conditions;
	bool everywhere;   /* proved to differ at each point of the region; else
			    the rules there differ, and the witness shows it */
	bool witnessed;	   /* a product was found; else the rest is empty */
	const char *facts; /* JSON object, one record of a file */
	const char *policy; /* JSON object, a policy file; "{}": none needed */
	size_t value_count; /* of `values` */
	/* outputs of the witness that differ */
	const struct shk_diff_value *values;
	struct shk_diff_side sides[2]; /* before, after */
};

/* How the two revisions stand to one decision. */
enum shk_diff_kind {
	SHK_DIFF_SAME,	    /* the same answer to every product */
	SHK_DIFF_DIFFERENT, /* both have the decision; see the regions */
	SHK_DIFF_ADDED,	    /* only the later revision has it */
	SHK_DIFF_REMOVED,   /* only the earlier one has it */
	SHK_DIFF_NEITHER    /* no revision has rules for it */
};

/* How it is known that nothing else differs. A proof by cells rests on tables
   that take each value of their inputs in one row: shk_rulebook_check is run
   over both revisions, and what it finds in a table is a doubt. */
enum shk_diff_proof {
	SHK_DIFF_BY_TEXT,  /* all rules reached are the same, text by text */
	SHK_DIFF_BY_CELLS, /* cells that cover every product were compared */
	SHK_DIFF_UNPROVED  /* see `doubts`; a random search found nothing */
};

/* One decision under both revisions. */
struct shk_diff_decision {
	const char *name;	   /* in the rulebook */
	const char *label_ja;	   /* what a reader calls it */
	const char *label_en;	   /* the same in English */
	enum shk_diff_kind kind;   /* same, different, added, removed */
	enum shk_diff_proof proof; /* how it is known */
	size_t cells;		   /* compared, for all outputs */
	size_t rules;		   /* reached in both revisions */
	size_t rules_same; /* of these, the same text and what they read too */
	size_t region_count; /* of `regions`; 0 unless different */
	/* numbered from 1 where they are written */
	const struct shk_diff_region *regions;
	/* rules that were told apart by their values: the proof takes them to
	   have one of these for every product */
	size_t assumed_count;
	const char *const *assumed; /* `assumed_count` names of rules */
	size_t assumed_tried;	    /* random products for which they do */
	size_t doubt_count; /* what stands against a proof, as sentences */
	const char *const *doubts;    /* in English */
	const char *const *doubts_ja; /* the same in Japanese */
	size_t changed_count;	      /* rules whose own text differs */
	const char *const *changed;   /* `changed_count` names of rules */
	size_t added_count; /* facts and parameters of the later one only */
	const char *const *added; /* `added_count` names */
	size_t removed_count; /* facts and parameters of the earlier one only */
	const char *const *removed; /* `removed_count` names */
	size_t domain_count;	    /* facts whose allowed values differ */
	const char *const *domains; /* `domain_count` names of facts */
	size_t cited_count; /* rules that are the same, but cite otherwise */
	const char *const *cited; /* `cited_count` names of rules */
	size_t tried;		  /* random products that were looked at */
	size_t differ;		  /* of these, are answered differently */
	size_t outside;		  /* of these, lie outside of every region */
	size_t refused; /* of `tried`, a rule fails in one of the revisions */
	const char *example; /* the first of these as JSON, or "" */
};

/* The whole comparison. Lives as long as the shk_diff. */
struct shk_diff_summary {
	const char *before;   /* the earlier revision */
	const char *after;    /* the later one */
	const char *days[2];  /* first days in force */
	const char *rulebook; /* hash */
	const char *from; /* first date that was looked at day by day; or "" */
	const char *to;	  /* the last such date; or "" */
	size_t decision_count; /* of `decisions` */
	/* in the order of the rulebook */
	const struct shk_diff_decision *decisions;
	size_t region_count; /* of all decisions */
	bool proved;	     /* nothing else differs, for every decision */
};

/*
 * Compare two revisions of the book. SHK_E_USAGE: no such revision or
 * decision, the same revision twice, a book that was opened for less.
 */
enum shk_code shk_diff_new(shk_diff **out, const shk_rulebook *rulebook,
	const shk_schema *schema, const shk_diff_options *options,
	shk_diag *diag);
/* What was found; never NULL, lives as long as the diff. */
const struct shk_diff_summary *shk_diff_summary(const shk_diff *diff);
/* NULL is allowed. */
void shk_diff_free(shk_diff *diff);

/* Where a record lies. */
enum shk_diff_place {
	SHK_DIFF_OUTSIDE, /* a condition does not hold */
	SHK_DIFF_MAYBE,	  /* facts that decide it are missing */
	SHK_DIFF_INSIDE	  /* every condition holds */
};

/*
 * Whether the record lies in a region of a decision of the summary, by their
 * numbers; SHK_DIFF_MAYBE when facts are missing that decide it. `policy` may
 * be NULL.
 */
enum shk_code shk_diff_locate(shk_diff *diff, const shk_record *record,
	const shk_policy *policy, size_t decision, size_t region,
	enum shk_diff_place *place, shk_diag *diag);

/* The same for facts as a snapshot has them (column `facts`). */
enum shk_code shk_diff_locate_facts(shk_diff *diff, const char *facts,
	const shk_policy *policy, size_t decision, size_t region,
	enum shk_diff_place *place, shk_diag *diag);

/* How a comparison is written. */
enum shk_diff_format {
	SHK_DIFF_TEXT, /* for readers */
	SHK_DIFF_CSV,  /* one row a region */
	SHK_DIFF_JSON  /* one object; schemas/diff.schema.json */
};

/* A record under both revisions. */
struct shk_diff_impact {
	const char *id;	      /* of the record */
	const char *decision; /* its name */
	const char *before;   /* status and values */
	const char *after;    /* the same under the later revision */
	const char *regions;  /* numbers in the decision, `1, 2?`; or "" */
	bool inside;	      /* wholly known to be in one of them */
};

/* Write all of it; `impacts` NULL: no records were given. */
enum shk_code shk_diff_write(const shk_diff *diff, enum shk_diff_format format,
	enum shk_language language, const struct shk_diff_impact *impacts,
	size_t impact_count, size_t records, shk_sink sink, shk_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
