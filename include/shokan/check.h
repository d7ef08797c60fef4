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

typedef struct shk_table_finding {
	enum shk_table_fault fault;
	size_t row;   /* from 1; 0: the table */
	size_t other; /* overlap: the second row */
	long line;    /* of the row, or of the table */
	long other_line;
	/* gap, overlap: one FEEL value a column ("-": any), and the whole cell
	   around it as unary tests; else NULL */
	const char *const *witness;
	const char *const *where;
	const char *why; /* unchecked; else "" */
} shk_table_finding;

typedef struct shk_table_check {
	const char *revision;
	const char *path; /* of the model's file */
	const char *file; /* the same inside of the book: r8/common.dmn */
	long line;
	const char *table;    /* id of the table */
	const char *decision; /* the DMN decision that it belongs to */
	const char *policy;   /* hit policy: "UNIQUE", "COLLECT", ... */
	size_t row_count;
	size_t column_count;
	const shk_table_column *columns;
	size_t cell_count; /* parts of the domain that the same rows take */
	size_t shared;	   /* of these, taken by several rows as intended */
	const char *uncertified; /* why a certificate leaves it out, or "" */
	size_t finding_count;
	const shk_table_finding *findings;
} shk_table_check;

typedef struct shk_check_options {
	const char *revision; /* NULL: every one */
	/* only tables that one of these decisions rests on; NULL: all */
	const char *const *decisions;
	size_t decision_count;
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

enum shk_check_format { SHK_CHECK_TEXT, SHK_CHECK_JSON, SHK_CHECK_CSV };

typedef struct shk_check_counts {
	size_t tables;
	size_t rows;
	size_t cells;
	size_t complete; /* tables without any finding */
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
