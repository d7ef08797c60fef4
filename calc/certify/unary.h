/*
 * The reader of unary tests that this program has for itself: `-`, numbers,
 * strings, true, false, date("2026-06-01"), @"2026-06-01", comparisons, lists
 * and intervals of these, not(...). What it cannot read it says.
 */
#ifndef CERTIFY_UNARY_H
#define CERTIFY_UNARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"
#include "num/num.h"

#define UNARY_PARTS_MAX 4096 /* of one list */

enum unary_type {
	UNARY_NONE, /* nothing says what it is */
	UNARY_BOOLEAN,
	UNARY_NUMBER,
	UNARY_STRING,
	UNARY_DATE,
	UNARY_OTHER /* lists, durations, ...: not read here */
};

/* Truth values are 0 and 1, dates are days: all but strings have an order. */
struct unary_value {
	enum unary_type type;
	num number;
	struct text word; /* of a string */
};

/* An interval; one value is an interval closed at both ends. */
struct unary_part {
	bool has_low, low_closed;
	bool has_high, high_closed;
	struct unary_value low, high;
};

struct unary_tests {
	bool dash; /* everything */
	bool negated;
	size_t count;
	const struct unary_part *parts;
};

/* The reason when it is not the text that is at fault. */
extern const char unary_no_memory[];

/* Reads from `at`; `why` says what went wrong, NULL while nothing did. */
struct unary_cursor {
	struct arena *arena;
	const char *at;
	const char *end;
	const char *why;
};

/* Tests up to the first thing that belongs to none; false: `why`. */
bool unary_read(struct unary_cursor *cursor, struct unary_tests *out);
/* One value likewise. */
bool unary_read_value(struct unary_cursor *cursor, struct unary_value *out);
/* The whole of a text; false: `*why`. */
bool unary_read_all(struct arena *arena, struct text text,
	struct unary_tests *out, const char **why);

/* Order of two values of one type. */
int unary_compare(const struct unary_value *a, const struct unary_value *b);
bool unary_holds(
	const struct unary_tests *tests, const struct unary_value *value);
/* The type of the constants; UNARY_OTHER when there are two. */
enum unary_type unary_type_of(
	const struct unary_tests *tests, enum unary_type type);

#endif
