/*
 * What the formats for continuous integration share: how grave a result is,
 * what is said of it, and texts that cannot break a format.
 */
#ifndef REPORT_CI_H
#define REPORT_CI_H

#include "report/writer.h"

/* Of an annotation. CI_NONE: the result is no finding. */
enum ci_level { CI_NONE, CI_NOTE, CI_WARNING, CI_ERROR };

enum ci_level ci_level(const shk_result *result, bool strict);

/*
 * `undetermined; missing: annual_tests`, then the other lines of why and
 * values; of a determined result the values come first. No line feed behind.
 */
void ci_message(struct buffer *out, const shk_result *result,
	enum shk_language language);
/* The first line of `message`. */
struct text ci_first_line(const struct buffer *message);
/* The id, else the row, else that it is the whole file; never empty. */
void ci_name(struct buffer *out, const shk_result *result);
/* The decision, or a name for what could not be read at all. */
const char *ci_rule(const shk_result *result);
#define CI_UNREADABLE "unreadable_input"
/* The input is a file that has a name. */
bool ci_has_place(const shk_result *result);

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
