/*
 * The event stream behind every format: begin, one event a result, finish. A
 * writer only appends to `out`; report.c hands the bytes to the sink after
 * each event and is the one place that checks for failure. Writers never
 * evaluate anything and never look at a rule.
 */
#ifndef REPORT_WRITER_H
#define REPORT_WRITER_H

#include <shokan/compare.h>
#include <shokan/report.h>

#include "base/buffer.h"
#include "price/result.h"

#define REPORT_COLUMNS	100 /* widest line of text and explain */
#define REPORT_KEEP_MAX 1024
#define REPORT_STATUSES 5
#define REPORT_LEVELS	4

struct report_writer {
	void (*begin)(struct shk_report *report);
	void (*result)(struct shk_report *report, const shk_result *result);
	void (*finish)(struct shk_report *report);
};

/* JUnit: cases that wait for the counts of their suite, which stand first. */
struct report_suite {
	struct buffer cases;
	struct buffer path; /* of the input file; it names the suite */
	size_t tests, failures, errors, skipped;
};

#define REPORT_HTML_MAX	 10000 /* results in one page */
#define REPORT_TABLE_MAX 1000  /* rows in a table that is a piece of a page */

/* HTML: a page's parts wait for its end, since the answers stand first. */
struct report_page {
	struct buffer rows;	/* of the table of results */
	struct buffer articles; /* one a result */
	struct buffer lines;	/* of the receipt */
	size_t results;
};

struct shk_report {
	shk_report_options options; /* `keep` is a copy of our own */
	shk_sink sink;
	const struct report_writer *writer;
	struct buffer out;     /* what the sink has not had yet */
	struct buffer scratch; /* one cell or paragraph at a time */
	bool begun;
	bool begun_rows, has_body;	 /* CSV: what its columns allow */
	struct template_list *templates; /* NULL until one is made */
	bool marking;			 /* a template is being made */
	size_t counts[REPORT_STATUSES];
	char newest[32];   /* revision that was taken as the newest */
	bool weak_seen;	   /* text: a result below E1 was shown */
	size_t changes[2]; /* not approved, approved */
	size_t levels[REPORT_LEVELS]; /* annotations of each level */
	struct report_suite suite;
	struct report_page page;
	struct xlsx_book *book; /* the workbook; NULL in fragments */
	bool listed; /* SARIF, explain: a separator stands before the next one */
	bool fragment;	       /* see fragment.h */
	unsigned char *branch; /* explain: 1 where a step is its level's last */
	size_t branch_capacity;
};

extern const struct report_writer report_text;
extern const struct report_writer report_json;
extern const struct report_writer report_csv;
extern const struct report_writer report_explain;
extern const struct report_writer report_snapshot;
extern const struct report_writer report_junit;
extern const struct report_writer report_sarif;
extern const struct report_writer report_github;
extern const struct report_writer report_tap;
extern const struct report_writer report_html;
extern const struct report_writer report_xlsx;

/* The trace as a JSON array; also one cell of CSV. */
void report_json_steps(struct buffer *out, const shk_result *result);
/* `"citations":[...]`; `level`: with their evidence. */
void report_json_citations(struct buffer *out,
	const struct price_citation *citations, size_t count, bool level);
/* With the pricer's option `roundings`: what others would give. */
void report_json_roundings(struct buffer *out, const shk_result *result);
void report_roundings(struct shk_report *report, const shk_result *result);

#endif
