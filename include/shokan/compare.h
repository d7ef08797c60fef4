/*
 * Comparing two snapshots: which answers changed, by how much, and which fact,
 * parameter or rule made them change. Both sides are read once, in order, in
 * memory that does not grow with their length.
 */
#ifndef SHOKAN_COMPARE_H
#define SHOKAN_COMPARE_H

#include <shokan/price.h>
#include <shokan/snapshot.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What stands for a side that has no such thing. */
#define SHK_ABSENT "(absent)"

/* What became of one id and decision. */
enum shk_change_kind {
	SHK_CHANGED, /* both sides answer, differently */
	SHK_ADDED,   /* only the later side has this id and decision */
	SHK_REMOVED  /* only the earlier side has it */
};

/* One part of an answer that differs. */
struct shk_change_part {
	const char *name;   /* an output, or status, reason, missing, outcomes,
			     evidence */
	const char *before; /* as in the snapshot; SHK_ABSENT */
	const char *after;  /* likewise, of the later side */
	const char *difference; /* after - before, exact; "" unless both are
				   numbers */
	const char *line; /* what an approved-changes file says to allow it */
	bool approved;	  /* the options have an approved change that says so */
};

/* What may make an answer another one. */
enum shk_cause_kind {
	SHK_CAUSE_FACT,	     /* a fact of the record */
	SHK_CAUSE_PARAMETER, /* a policy parameter */
	SHK_CAUSE_RULES,     /* revision, day or rulebook */
	SHK_CAUSE_EVIDENCE,  /* --min-evidence */
	SHK_CAUSE_ENGINE     /* the version of the program */
};

/* What evaluating again says about a cause that differs. */
enum shk_effect {
	SHK_EFFECT_UNTESTED, /* the rulebook of neither side is at hand */
	SHK_EFFECT_ALONE,    /* it alone gives the new answer */
	SHK_EFFECT_NEEDED,   /* without it there is another answer */
	SHK_EFFECT_PARTLY,   /* it alone gives a third answer, but without it
				the new one is reached as well */
	SHK_EFFECT_TOGETHER, /* no difference matters alone; all of them do */
	SHK_EFFECT_NONE	     /* it makes no difference */
};

/* Something that differs between the sides, and what it does. */
struct shk_cause {
	enum shk_cause_kind kind; /* what it is */
	const char *name;	  /* fact, parameter; "revision", "as_of",
			       "rulebook", "min_evidence", "engine" */
	const char *before; /* SHK_ABSENT for what is not known or not set */
	const char *after;  /* likewise, of the later side */
	enum shk_effect effect; /* what evaluating again says of it */
};

/* Yen a year: (price after - price before) * quantity. */
struct shk_impact {
	const char *yen; /* exact sum over what is known; "" when nothing is */
	size_t suppressed; /* quantities that the source does not tell */
	bool unlisted;	   /* no quantity has this id as its code */
	bool no_price;	   /* a side has no determined price */
};

/* One id and decision whose answer differs. Valid until the next call. */
struct shk_change {
	enum shk_change_kind kind; /* changed, added or removed */
	const char *id;		   /* of the record */
	const char *decision;	   /* its name in the rulebook */
	/* The whole lines; NULL on the side that has none. */
	const struct shk_snapshot_line *before;
	const struct shk_snapshot_line *after; /* of the later side */
	size_t part_count; /* parts of the answer that differ */
	const struct shk_change_part *parts; /* status first */
	bool approved;			     /* every part is */
	size_t cause_count; /* causes that differ; 0: none was found */
	const struct shk_cause *causes; /* `cause_count` of them */
	/* citations of one side only: `source place` */
	size_t left_count;
	const char *const *left;  /* of the earlier side */
	size_t right_count;	  /* of `right` */
	const char *const *right; /* of the later side */
	bool weighed;		  /* volumes were given: `impact` */
	struct shk_impact impact; /* zero unless `weighed` */
};

/* Counts of one decision. */
struct shk_change_counts {
	const char *decision; /* "" for records that could not be read */
	size_t same;	      /* the answer is the same ... */
	size_t evidence;      /* ... of these, with other evidence */
	size_t changed;	      /* both sides answer, differently */
	size_t added;	      /* only the later side answers */
	size_t removed;	      /* only the earlier side answers */
	size_t approved;      /* of the changed, added and removed */
	size_t moves[5][5];   /* changed: status before, status after */
	const char *yen;      /* sum of the impacts, exact */
	size_t weighed;	      /* changes in that sum */
	size_t unweighed;     /* changes that are not, or not wholly */
};

/* Something that differs between the headers; see enum shk_cause_kind. */
struct shk_change_summary {
	size_t decision_count;			   /* of `decisions` */
	const struct shk_change_counts *decisions; /* in byte order */
	size_t cause_count;			   /* of `causes` */
	const struct shk_cause *causes; /* of the headers; effect untested */
	size_t unused_count;		/* of `unused` */
	const char *const *unused;	/* approved, but did not happen */
};

/* Changes that somebody approved, by line. Immutable once read. */
typedef struct shk_approved shk_approved;

#define SHK_APPROVED_MAX 1000000 /* lines of such a file */

/*
 * Read a file of approved changes: the lines that reports print (`id decision
 * part before -> after`), empty lines and those that begin with `#` left out;
 * `*` in place of an id allows the change for every id. SHK_E_INPUT names the
 * line that has another form.
 */
enum shk_code shk_approved_read(
	shk_approved **out, const char *path, shk_diag *diag);
/* NULL is allowed. Comparisons that use it must be freed before. */
void shk_approved_free(shk_approved *approved);

/* Quantities by code. Immutable once read. */
typedef struct shk_volumes shk_volumes;

#define SHK_VOLUMES_MAX 1000000 /* rows of such a file */

/*
 * Read a CSV file with the columns code, quantity and suppressed (others are
 * left out): quantities of one code are added up; a suppressed one is
 * unknown, not zero. SHK_E_INPUT names row and column.
 */
enum shk_code shk_volumes_read(
	shk_volumes **out, const char *path, shk_diag *diag);
/* NULL is allowed. What uses it must be freed before. */
void shk_volumes_free(shk_volumes *volumes);

/* A rulebook at hand, to find causes by evaluating again. */
struct shk_compare_book {
	const shk_rulebook *rulebook; /* whose hash stands in a header */
	const shk_schema *schema;     /* the vocabulary of its records */
};

/* What counts as a change. Zero is allowed; outlives the comparison. */
typedef struct shk_compare_options {
	bool evidence;		      /* other evidence alone is a change too */
	const shk_approved *approved; /* NULL: none */
	const shk_volumes *volumes;   /* NULL: no impact */
	/* The books of the sides, found by their hash; 0 to 2 of them. */
	size_t book_count;
	const struct shk_compare_book *books; /* `book_count` of them */
} shk_compare_options;

/* A comparison that is going on. One thread. */
typedef struct shk_comparison shk_comparison;

/*
 * Compare `before` with `after`; both are in order (shk_snapshot_sorter makes
 * them so) and outlive the comparison, as does what the options point to.
 */
enum shk_code shk_compare_new(shk_comparison **out, shk_snapshot *before,
	shk_snapshot *after, const shk_compare_options *options,
	shk_diag *diag);
/*
 * The next change; SHK_END behind the last one. SHK_E_INPUT when a side is not
 * in order, has a line twice, or has an error of shk_snapshot_next.
 */
enum shk_code shk_compare_next(shk_comparison *comparison,
	const struct shk_change **change, shk_diag *diag);
/* The counts, once shk_compare_next gave SHK_END; lives as the comparison. */
enum shk_code shk_compare_summary(shk_comparison *comparison,
	const struct shk_change_summary **summary, shk_diag *diag);
/* NULL is allowed. The snapshots stay open. */
void shk_compare_free(shk_comparison *comparison);

#ifdef __cplusplus
}
#endif
#endif
