/*
 * Regular expressions as XPath has them (matches, replace, tokenize), run by
 * PCRE2. Matching is bounded; what is no XPath expression is refused.
 */
#ifndef FEEL_REGEX_H
#define FEEL_REGEX_H

#include "base/buffer.h"
#include "base/text.h"

#define REGEX_BYTES_MAX	  65536u   /* of a pattern */
#define REGEX_GROUPS_MAX  99	   /* capturing groups */
#define REGEX_NESTED_MAX  200	   /* groups inside groups */
#define REGEX_CLASS_DEPTH 16	   /* subtracted classes */
#define REGEX_STEPS_MAX	  1000000u /* backtracking steps of one match */
#define REGEX_DEPTH_MAX	  10000u   /* of backtracking */
#define REGEX_HEAP_KIB	  16384u   /* of one match */

/* The pattern of XPath as PCRE2 writes it; false: it is not valid. */
bool regex_translate(struct text pattern, bool spaced, struct buffer *out);

struct regex;

enum regex_result { REGEX_FOUND, REGEX_NONE, REGEX_WRONG, REGEX_MEMORY };

/* REGEX_FOUND: `*out` is to be freed; REGEX_WRONG: pattern or flags. */
enum regex_result regex_new(
	struct regex **out, struct text pattern, struct text flags);
void regex_free(struct regex *regex);
/* Search from `start` on. */
enum regex_result regex_search(
	struct regex *regex, struct text subject, size_t start);
/* Ends of a group of the last match; false when it took no part. */
bool regex_group(
	const struct regex *regex, unsigned group, size_t *from, size_t *to);
unsigned regex_group_count(const struct regex *regex);

#endif
