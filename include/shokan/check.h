/*
 * Is the law complete? For each decision table of a rulebook: the values that
 * no row takes, the values that several rows take against its hit policy, and
 * the rows that never decide. The domain of a table is the product of what
 * its inputs may be: integers are integers, dates are days, words are those
 * allowed; null and unknown are outside. What is told is exact: a table that
 * cannot be decided is told as unchecked, never as complete.
 */
#ifndef SHOKAN_CHECK_H
#define SHOKAN_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include <shokan/diag.h>
#include <shokan/rulebook.h>
#include <shokan/sink.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SHK_TABLE_FINDINGS_MAX 512 /* told of one table */

/* What is wrong with a table. */
enum shk_table_fault {
	SHK_TABLE_GAP,	       /* no row takes these values */
	SHK_TABLE_OVERLAP,     /* two rows take them, and only one may */
	SHK_TABLE_UNREACHABLE, /* this row never decides */
	SHK_TABLE_UNCHECKED    /* could not be decided; `why` says why */
};

/* "gap", "overlap", "unreachable", "unchecked". */
const char *shk_table_fault_name(enum shk_table_fault fault);

/* A column. Texts of everything below live during the call that tells them. */
typedef struct shk_table_column {
	const char *expression; /* FEEL */
	/* "boolean", "string", "number", "integer", "date"; "any" when no row
	   looks at it and nothing says what it is */
	const char *type;
	const char *domain; /* FEEL unary tests; "-": all of the type */
} shk_table_column;

/* One thing that was found in a table. Lives while it is told. */
typedef struct shk_table_finding {
	enum shk_table_fault fault; /* what it is */
	size_t row;		    /* from 1; 0: the table */
	size_t other;		    /* overlap: the second row */
	long line;		    /* of the row, or of the table */
	long other_line;	    /* overlap: of the second row; else 0 */
	/* gap, overlap: one FEEL value a column ("-": any), and the whole cell
	   around it as unary tests; else NULL */
	const char *const *witness;
	/* one text of unary tests a column; NULL with `witness` */
	const char *const *where;
	const char *why; /* unchecked; else "" */
} shk_table_finding;

/* A decision table and what was found in it. Lives while it is told. */
typedef struct shk_table_check {
	const char *revision; /* "r6", "r8" */
	const char *path;     /* of the model's file */
	const char *file;     /* the same inside of the book: r8/common.dmn */
	long line;	      /* 1-based, of the table in `path` */
	const char *table;    /* id of the table */
	const char *decision; /* the DMN decision that it belongs to */
	const char *policy;   /* hit policy: "UNIQUE", "COLLECT", ... */
	size_t row_count;     /* rows of the table */
	size_t column_count;  /* columns, inputs only */
	/* `column_count` of them, from the left */
	const shk_table_column *columns;
	size_t cell_count; /* parts of the domain that the same rows take */
	size_t shared;	   /* of these, taken by several rows as intended */
	const char *uncertified; /* why a certificate leaves it out, or "" */
	size_t finding_count;	 /* 0: nothing is wrong */
	/* in the order of rows; NULL when there are none */
	const shk_table_finding *findings;
} shk_table_check;

/* Which tables are looked at. Zero is all of them; borrowed for the call. */
typedef struct shk_check_options {
	const char *revision; /* NULL: every one */
	/* only tables that one of these decisions rests on; NULL: all */
	const char *const *decisions;
	size_t decision_count; /* of `decisions` */
} shk_check_options;

/*
 * Tell every table, in the order of revisions, files and lines. `tell` returns
 * false to stop. `options` NULL: the whole book. SHK_E_USAGE: an unknown
 * revision or decision. The book must have been loaded whole.
 */
enum shk_code shk_rulebook_check(const shk_rulebook *rulebook,
	const shk_check_options *options,
	bool (*tell)(void *context, const shk_table_check *table),
	void *context, shk_diag *diag);

/*
 * The certificate: of every table of the book, or of one revision, the columns
 * with their domains, the rows, and the whole domain in disjoint cells, each
 * with the rows that take it and a witness; SHA-256 of each table as it stands
 * in its file. `shokan-certify`, which shares no code with this library beyond
 * decimal numbers and the reading of XML, checks it against the models. The
 * same book gives the same bytes. SHK_E_RULES when the files changed since
 * they were loaded.
 */
enum shk_code shk_rulebook_certify(const shk_rulebook *rulebook,
	const char *revision, shk_sink sink, shk_diag *diag);

/* How findings are written. */
enum shk_check_format {
	SHK_CHECK_TEXT, /* for readers */
	SHK_CHECK_JSON, /* one object: schemas/rules-check.schema.json */
	SHK_CHECK_CSV	/* RFC 4180, UTF-8, one row a finding */
};

/* Sums over the tables that were looked at. */
typedef struct shk_check_counts {
	size_t tables;	 /* decision tables */
	size_t rows;	 /* of all tables */
	size_t cells;	 /* parts of the domains, see shk_table_check */
	size_t complete; /* tables without any finding */
	/* findings, by enum shk_table_fault */
	size_t faults[SHK_TABLE_UNCHECKED + 1];
} shk_check_counts;

/*
 * shk_rulebook_check as a text for people, as JSON (schemas/rules-check.
 * schema.json) or as CSV, one row a finding. `counts` may be NULL.
 */
enum shk_code shk_check_report(const shk_rulebook *rulebook,
	const shk_check_options *options, enum shk_check_format format,
	enum shk_language language, shk_sink sink, shk_check_counts *counts,
	shk_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
