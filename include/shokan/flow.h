/*
 * Files of records through pricers into reports, on one thread or several.
 */
#ifndef SHOKAN_FLOW_H
#define SHOKAN_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <shokan/report.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SHK_JOBS_MAX 256 /* threads of one flow */

/* A field that is set to the same value in every record. */
typedef struct shk_flow_set {
	const char *name;  /* field of the record */
	const char *value; /* as a CSV cell */
} shk_flow_set;

/* What a flow tells its caller. */
enum shk_flow_kind {
	SHK_FLOW_ERROR,	  /* of a record; the flow goes on */
	SHK_FLOW_WARNING, /* of a record */
	SHK_FLOW_TROUBLE, /* a file cannot be read, or not on; likewise */
	SHK_FLOW_GUESSED, /* the encoding was found to be CP932 */
	SHK_FLOW_FAILED	  /* the flow ends, with this code */
};

/* How far a flow is; between two records. */
typedef struct shk_flow_mark {
	size_t file;	      /* among the paths */
	bool file_ends;	      /* there is nothing more of it */
	uint64_t bytes;	      /* of this file; 0: not known (XML) */
	uint64_t records;     /* of this file, wrong ones too */
	uint64_t all_bytes;   /* of all files so far */
	uint64_t all_records; /* of all files so far, with `skip` */
	bool wrong;	      /* an error or trouble was told */
} shk_flow_mark;

/*
 * What is shared by the threads (rulebook, schema, policy) is immutable from
 * the beginning of the flow to its end. Every function of the caller is called
 * in the caller's thread, in the order of the records.
 */
typedef struct shk_flow_options {
	const shk_rulebook *rulebook; /* required */
	const shk_schema *schema; /* required; the vocabulary of the records */
	const shk_read_options *read;	/* NULL: everything is detected */
	const shk_price_options *price; /* as `pricer` was made with */
	shk_pricer *pricer; /* made with `price`; for the caller's thread */
	/*
	 * Each gets every result. Sinks get whole results, several a call.
	 * Counts are right after each call of `mark`; the caller finishes.
	 */
	shk_report *const *reports;
	size_t report_count;	    /* of `reports`: 1 to 16 */
	const shk_flow_set *sets;   /* in this order; NULL: none */
	size_t set_count;	    /* of `sets` */
	const shk_row_source *rows; /* read first; NULL: files only */
	const char *const *paths;   /* "-": standard input */
	size_t path_count;	    /* of `paths`, read in their order */
	unsigned jobs;		    /* threads; 0 is 1 */
	/* bytes that a thread gets at once, at most 512 KiB unless one record
	   has more; 0: chosen by the formats */
	size_t part_size;
	uint64_t skip;	     /* so many records are read and not answered */
	uint64_t mark_at;    /* a mark stands behind so many records; or 0 */
	uint64_t mark_every; /* and about every so many; 0: every part */
	const char *only;    /* the records with this id, one a file; or NULL */
	bool single;	     /* a second record ends the flow: SHK_E_USAGE */
	void *context;	     /* given to `tell` and `mark` */
	/*
	 * Something is to be told; `diag` has file, row, column, field and
	 * message as far as they are known. What is told stands between the
	 * bytes of the first report at its place.
	 */
	void (*tell)(
		void *context, enum shk_flow_kind kind, const shk_diag *diag);
	/*
	 * Everything before the mark was given to reports and `tell`. Anything
	 * but SHK_OK ends the flow with that code. NULL: nobody asks.
	 */
	enum shk_code (*mark)(void *context, const shk_flow_mark *mark);
} shk_flow_options;

/* What a flow has seen at its end. */
typedef struct shk_flow_totals {
	uint64_t records; /* with those skipped and wrong ones */
	uint64_t seen;	  /* not left out because of `only` or `skip` */
	bool wrong;	  /* an error or trouble was told */
	/* SHK_E_USAGE because of this one; else NULL. Points into the options */
	const shk_flow_set *bad_set;
} shk_flow_totals;

/*
 * Every record of every file. The bytes of the reports, what is told and its
 * order are the same for any number of threads. Memory does not grow with the
 * number of records. JSON that is no line a record, and XML, are read in the
 * caller's thread.
 *
 * Wrong records and files that cannot be read on are told, and SHK_OK is
 * returned. Else the flow ended early: `diag` says why and was told, unless it
 * was `mark` (its code is returned) or nothing was read yet (SHK_E_USAGE for
 * options that cannot be, SHK_E_MEMORY).
 */
enum shk_code shk_flow_run(const shk_flow_options *options,
	shk_flow_totals *totals, shk_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
