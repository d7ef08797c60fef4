/*
 * FEEL values. A value is 24 bytes, copied freely; what it points to lives in
 * the arena of whoever made it. `unknown` is a value of its own and is not
 * FEEL's null: null is an answer (no match, an error, known to be absent),
 * unknown means that a fact is missing, and carries which.
 */
#ifndef FEEL_VALUE_H
#define FEEL_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "num/num.h"

#define FEEL_NESTED_MAX 300 /* levels of lists and contexts in a value */

enum feel_type {
	FEEL_NULL,
	FEEL_BOOLEAN,
	FEEL_NUMBER,
	FEEL_STRING,
	FEEL_DATE,
	FEEL_TIME,
	FEEL_DATE_TIME,
	FEEL_DAYS_DURATION,
	FEEL_YEARS_DURATION,
	FEEL_LIST,
	FEEL_RANGE,
	FEEL_CONTEXT,
	FEEL_FUNCTION,
	FEEL_UNKNOWN
};

struct feel_entry;
struct feel_range;
struct feel_function;
struct feel_unknown;
struct feel_moment;

struct feel_value {
	uint8_t type;	 /* enum feel_type */
	uint8_t inexact; /* not proved exact, see feel/inexact.h */
	uint16_t form;	 /* of a number: see feel/note.h; 0 when none is kept */
	uint32_t size;	 /* bytes of a string; items; entries; error bound */
	union {
		bool boolean;
		num number;	/* also days duration: seconds */
		int64_t days;	/* date: days since 1970-01-01 */
		int64_t months; /* years duration */
		const struct feel_moment *moment; /* time, date and time */
		const char *string; /* UTF-8, `size` bytes, may lack a NUL */
		const struct feel_value *items;
		const struct feel_entry *entries; /* in order of definition */
		const struct feel_range *range;
		const struct feel_function *function;
		const struct feel_unknown *unknown;
	} u;
};

struct feel_entry {
	struct text name;
	struct feel_value value;
};

/*
 * Bounds are numbers, dates, strings ..., or null for "no bound", unless the
 * bound was given as null: then nothing is known to lie inside.
 */
struct feel_range {
	struct feel_value low;
	struct feel_value high;
	bool low_closed;
	bool high_closed;
	bool low_null;
	bool high_null;
};

/* A set of global slots (inputs and decisions): the reasons of an unknown. */
#define FEEL_SLOTS_MAX 512
struct feel_set {
	uint64_t bits[FEEL_SLOTS_MAX / 64];
};

void feel_set_add(struct feel_set *set, unsigned slot);
bool feel_set_has(const struct feel_set *set, unsigned slot);
void feel_set_join(struct feel_set *set, const struct feel_set *other);
bool feel_set_empty(const struct feel_set *set);

#define FEEL_CHOICES_MAX 16 /* choices that an unknown remembers */

enum feel_shape {
	FEEL_ANYTHING, /* nothing is known of the value */
	FEEL_INTERVAL, /* a number or date inside `interval` */
	FEEL_CHOICE    /* one of `choices`: known values, distinct */
};

/*
 * What is known of an unknown. Whatever the missing facts turn out to be, the
 * value is inside the shape: shapes may be too wide, never too narrow.
 * When `slot` >= 0 the value is exactly slope * (value of that slot) + offset
 * (for a date: the slot's own value), so that the point at which a comparison
 * turns can be told in terms of the missing fact.
 */
struct feel_unknown {
	struct feel_set reasons;
	enum feel_shape shape;
	struct feel_range interval;
	size_t choice_count;
	const struct feel_value *choices;
	int slot;
	num slope;
	num offset;
};

#define FEEL_NULL_VALUE ((struct feel_value){ .type = FEEL_NULL })

struct feel_value feel_boolean(bool value);
struct feel_value feel_number(num value);
struct feel_value feel_string(const char *text, size_t size);
struct feel_value feel_date(int64_t days);
/* An unknown of no shape whose only reason is `slot`; null on no memory. */
struct feel_value feel_unknown_of(struct arena *arena, unsigned slot);

/* Name of a type as FEEL writes it: "number", "string", ... */
const char *feel_type_name(enum feel_type type);

/*
 * Equality as FEEL's `=` on two known values: 1 true, 0 false, -1 null
 * (different types). Deep for lists, contexts and ranges.
 */
int feel_equal(const struct feel_value *a, const struct feel_value *b);
/* True when the two are the same value of the same type (null is null). */
bool feel_same(const struct feel_value *a, const struct feel_value *b);
/* Order of two known values of one ordered type; *order is <0, 0, >0. */
bool feel_order(
	const struct feel_value *a, const struct feel_value *b, int *order);
/*
 * Total order for sorting output: by type, then by value. Never null.
 */
int feel_arrange(const struct feel_value *a, const struct feel_value *b);

/* Entry of a context, or NULL. */
const struct feel_value *feel_entry_of(
	const struct feel_value *context, struct text name);

/*
 * Deep copy into `arena`; false when memory runs out.
 */
bool feel_copy(struct arena *arena, const struct feel_value *from,
	struct feel_value *to);

/*
 * The unknown that is either `a` or `b` (join): the same known value stays
 * known; else a choice, an interval, or anything, with the reasons of both and
 * of `why` (may be NULL). Contexts with the same names join entry by entry.
 * False when memory runs out.
 */
bool feel_join(struct arena *arena, const struct feel_value *a,
	const struct feel_value *b, const struct feel_set *why,
	struct feel_value *out);

/* Add every reason inside `value` (also in its items) to `set`. */
void feel_reasons(const struct feel_value *value, struct feel_set *set);
/* True when `value` is unknown or holds an unknown anywhere. */
bool feel_is_open(const struct feel_value *value);

/*
 * FEEL text of a value ("1.5", "\"a\"", "[1, 2]", "unknown"), appended.
 */
struct buffer;
void feel_print(const struct feel_value *value, struct buffer *out);
/* A string as FEEL writes it: quoted, with its escapes. */
void feel_print_string(struct text text, struct buffer *out);

#endif
