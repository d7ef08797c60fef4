/*
 * Reports: results out, in one of several formats with the same content.
 */
#ifndef SHOKAN_REPORT_H
#define SHOKAN_REPORT_H

#include <shokan/compare.h>
#include <shokan/price.h>
#include <shokan/snapshot.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Takes the results of one pricer; those of another need a report of their
   own. */
typedef struct shk_report shk_report;

/* How results are written. */
enum shk_report_format {
	SHK_REPORT_TEXT,     /* aligned table, at most 100 columns */
	SHK_REPORT_JSON,     /* one object a line */
	SHK_REPORT_CSV,	     /* RFC 4180, UTF-8, one row a result */
	SHK_REPORT_EXPLAIN,  /* the proof of each result as indented text */
	SHK_REPORT_SNAPSHOT, /* snapshot.h; wants the pricer's option `facts` */
	/*
	 * For continuous integration. A result is a finding when it is an
	 * error, undetermined, in conflict, or determined with an output left
	 * open. What is no text of the format (control characters, bytes that
	 * are not UTF-8, line ends where a line must not end) is replaced by
	 * a visible character, so no record can break or forge a report.
	 */
	SHK_REPORT_JUNIT,  /* XML: every result a test case; suites of one input
			      file and at most 10,000 cases, with counts */
	SHK_REPORT_SARIF,  /* SARIF 2.1.0: the findings, with their places */
	SHK_REPORT_GITHUB, /* a workflow command a finding, and a last line
			      that counts */
	SHK_REPORT_TAP,	   /* TAP version 13: every result a test point; the
			      plan stands at the end */
	/*
	 * One page that needs nothing else: a table of the answers, of each its
	 * facts, charts, proof with quotes, what is missing, sources; and the
	 * receipt of all. Wants `header`, and the pricer's options `facts`,
	 * `flips`, `every_flip` (or its staircase ends at the nearest steps)
	 * and `steps`. Held in memory until the end: at most 10,000
	 * results, SHK_E_LIMIT past that.
	 */
	SHK_REPORT_HTML,
	/*
	 * A workbook (Office Open XML): a sheet a decision, one row a result,
	 * codes as text, numbers of at most 15 digits, days and truths as such;
	 * a first sheet with what the results rest on. Held in memory until the
	 * end: at most 200,000 results, SHK_E_LIMIT past that. Goes through a
	 * temporary file in $TMPDIR.
	 */
	SHK_REPORT_XLSX
};

/*
 * Pieces of a page of the caller, one a result: `<article>`, headings from
 * <h3> on, no style, no script.
 */
enum shk_piece {
	SHK_PIECE_NONE, /* a whole report, as its format says */
	/* status, values, what is missing, charts; a missing fact is a link to
	   #f-NAME, a parameter to #p-NAME */
	SHK_PIECE_ANSWER,
	/* proof, caveats, evidence, sources; behind the last one what the
	   levels of evidence mean, headed <h2> */
	SHK_PIECE_PROOF,
	/* as SHK_PIECE_ANSWER, without these links */
	SHK_PIECE_PLAIN,
	/* not one a result: a line with how many there are of each status,
	   and a table of the first 1,000 with their rows, of any number */
	SHK_PIECE_TABLE
};

/* What a report has in it. Zero: a text in English. */
typedef struct shk_report_options {
	enum shk_report_format format; /* of the output */
	enum shk_language language;    /* of everything for people */
	bool colour;		       /* text only */
	bool steps;		       /* JSON and CSV: with the trace */
	bool roundings; /* JSON and explain: with what other roundings would
			   give; wants the pricer's option of that name */
	bool strict;	/* CI formats: what is undetermined or in
				    conflict fails, as with --strict */
	const shk_rulebook *rulebook; /* SARIF: lists its decisions as rules;
					 NULL: none; outlives the report */
	const char *baseline; /* CI formats: path of the earlier snapshot,
				    the place of changes; NULL: no place */
	enum shk_piece piece; /* HTML: not a page, but a piece of one */
	bool assumed_newest;  /* say that the newest revision was taken */
	/* CSV: these columns, of shk_report_column or names of outputs, whose
	   cells are empty unless determined; NULL: all. Outlive the report */
	const char *const *columns;
	size_t column_count;	 /* of `columns` */
	const char *const *keep; /* extra record columns, in this order */
	size_t keep_count;	 /* of `keep` */
	/* snapshot: written first; NULL: lines only. HTML: of the receipt;
	   NULL: none is in it. Outlives the report */
	const struct shk_snapshot_header *header;
} shk_report_options;

/* Columns that every CSV report can have, in their order; NULL past the last.
   The name of the product, `name`, and `steps` come only when asked for. */
const char *shk_report_column(size_t index);

/*
 * A report into `sink`, which must live as long as it. SHK_E_USAGE: no such
 * format, a sink without `write`; SHK_E_LIMIT: too many columns to keep.
 * Caller frees.
 */
enum shk_code shk_report_new(shk_report **out,
	const shk_report_options *options, shk_sink sink, shk_diag *diag);
/* What follows stands behind the output of an earlier report with the same
   options: a header is not written again. Before the first result. */
void shk_report_continue(shk_report *report);
/*
 * Write one result, as a callback of shk_pricer_price gets it. SHK_E_IO when
 * the sink could not write.
 */
enum shk_code shk_report_result(
	shk_report *report, const shk_result *result, shk_diag *diag);
/*
 * An input that could not be read at all, or not read on: in the CI formats an
 * error of its own, counted as one; the other formats say nothing of it. Uses
 * path, line, field and message of `why`.
 */
enum shk_code shk_report_trouble(
	shk_report *report, const shk_diag *why, shk_diag *diag);
/*
 * A change between two snapshots, in the CI formats, behind the results or
 * without any: a failure unless it is approved. SHK_E_USAGE in other formats;
 * they have shk_change_report.
 */
enum shk_code shk_report_change(
	shk_report *report, const struct shk_change *change, shk_diag *diag);
/* Flush, and for text the last line that counts statuses. */
enum shk_code shk_report_finish(shk_report *report, shk_diag *diag);
/* Results so far with that status. */
size_t shk_report_count(const shk_report *report, enum shk_status status);
/* The revision that was taken for want of a date and a revision, so far; or
   NULL. Only with `assumed_newest`. */
const char *shk_report_newest(const shk_report *report);
/* NULL is allowed. What was not finished is not written to its end. */
void shk_report_free(shk_report *report);

/* Changes between two snapshots, one after the other, then the summary. */
typedef struct shk_change_report shk_change_report;

/* How changes are written. */
enum shk_change_format {
	SHK_CHANGES_TEXT, /* for readers */
	SHK_CHANGES_JSON, /* one object a line; the last is the summary */
	SHK_CHANGES_CSV,  /* RFC 4180, one row a part of a change */
	SHK_CHANGES_LINES /* what an approved-changes file takes */
};

/* A report of changes into `sink`. Caller frees. */
enum shk_code shk_change_report_new(shk_change_report **out,
	enum shk_change_format format, enum shk_language language,
	shk_sink sink, shk_diag *diag);
/*
 * The next change, as shk_compare_next gives it. SHK_E_IO when the sink could
 * not write.
 */
enum shk_code shk_change_report_add(shk_change_report *report,
	const struct shk_change *change, shk_diag *diag);
/* The summary behind the last change. SHK_E_IO as above. */
enum shk_code shk_change_report_finish(shk_change_report *report,
	const struct shk_change_summary *summary, shk_diag *diag);
/* NULL is allowed. */
void shk_change_report_free(shk_change_report *report);

#ifdef __cplusplus
}
#endif
#endif
