/*
 * What the formats for continuous integration share: how grave a result is,
 * what is said of it, and texts that cannot break a format.
 */
#ifndef REPORT_CI_H
#define REPORT_CI_H

#include "report/writer.h"

/* Of an annotation. CI_NONE: no finding. */
enum ci_level { CI_NONE, CI_NOTE, CI_WARNING, CI_ERROR };

enum ci_verdict {
	CI_PASSED,
	CI_NOT_APPLICABLE,
	CI_OPEN,   /* undetermined or in conflict, and not strict */
	CI_FAILED, /* the same when strict; a change that nobody approved */
	CI_BROKEN  /* an error */
};

/* A result, or a change between two snapshots, as the formats see it. Points
   into what it was made of. */
struct ci_item {
	const char *id;	      /* of the record; "" when it has none */
	const char *decision; /* or CI_UNREADABLE */
	const char *rule;     /* the decision, CI_UNREADABLE or CI_CHANGED */
	const char *path;     /* of its place; "" when it has none */
	long row;	      /* 0: none */
	const char *status;   /* code: `undetermined`, `changed`, ... */
	const char *type;     /* code of the reason, else the status */
	enum ci_verdict verdict;
	enum ci_level level;
	const shk_result *result;	 /* NULL for a change */
	const struct shk_change *change; /* NULL for a result */
};

#define CI_UNREADABLE "unreadable_input"
#define CI_CHANGED    "changed_answer"

/* As a code host names the file: without a leading `./`; "" for standard input
   and for NULL. */
const char *ci_path(const char *path);
void ci_of_result(struct ci_item *item, const shk_result *result, bool strict);
/* `baseline` is the path of the earlier side, or NULL. */
void ci_of_change(struct ci_item *item, const struct shk_change *change,
	const char *baseline);

/*
 * `undetermined; missing: annual_tests`, then the other lines of why and
 * values; of a determined result the values come first. Of a change its parts,
 * causes and impact. No line feed behind.
 */
void ci_message(struct buffer *out, const struct ci_item *item,
	enum shk_language language);
void ci_change_message(struct buffer *out, const struct shk_change *change,
	enum shk_language language);
/* The first line of `message`. */
struct text ci_first_line(const struct buffer *message);
/* The id, else the row, else that it is the whole file; never empty. */
void ci_name(struct buffer *out, const struct ci_item *item);
/* The name, the decision, and whether it is a change. */
void ci_title(struct buffer *out, const struct ci_item *item);
/* `5 results: 4 determined, 1 error; 3 changes, 1 approved`: each part only
   where there is such a thing. */
void ci_counts(struct buffer *out, const struct shk_report *report);

/* One item in each format. */
typedef void (*ci_writer)(
	struct shk_report *report, const struct ci_item *item);
void junit_item(struct shk_report *report, const struct ci_item *item);
void sarif_item(struct shk_report *report, const struct ci_item *item);
void github_item(struct shk_report *report, const struct ci_item *item);
void tap_item(struct shk_report *report, const struct ci_item *item);

/* Whole results that a fragment wrote, into suites. */
void junit_append(struct shk_report *report, struct text bytes);

/* How a format writes an ASCII byte; NULL: as it is, controls made visible. */
typedef const char *(*ci_escape)(unsigned char byte);

/*
 * `text` in a format's spelling. Controls that `escape` leaves alone become
 * their pictures (U+2400 on), bytes that are not UTF-8, separators of lines
 * and noncharacters U+FFFD: what is written is valid UTF-8 that XML 1.0, JSON
 * and YAML can hold.
 */
void ci_spell(struct buffer *out, struct text text, ci_escape escape);
/* All of `scratch` so, which is empty then; its failure becomes `out`'s. */
void ci_take(struct buffer *out, struct buffer *scratch, ci_escape escape);
const char *ci_escape_json(unsigned char byte); /* YAML's quotes too */
/* A quoted JSON or YAML text; all of `scratch` as one. */
void ci_quote(struct buffer *out, struct text text);
void ci_take_quoted(struct buffer *out, struct buffer *scratch);

#endif
