/*
 * One product record. A value is unknown (absent, empty, null, "unknown"),
 * known to be absent ("none"), or known. Unknown is never zero, never false
 * and never an empty list.
 */
#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include <shokan/record.h>

#include "record/schema.h"

#define RECORD_WARNINGS_MAX 100 /* of one record, and one that there are more */

enum record_state { RECORD_UNKNOWN, RECORD_NONE, RECORD_KNOWN };

struct record_value {
	uint8_t state; /* enum record_state */
	uint32_t size; /* bytes of text; items of a list */
	long column;   /* where it was read, for messages; 0: nowhere */
	union {
		bool boolean;
		num number; /* int, dec, yen, percent */
		int32_t days;
		const char *text; /* enum, text; maker in its compared form */
		/* part_count values an item, items one after the other */
		const struct record_value *parts;
	} u;
};

/* A column that the rules ignore but the user wants back (--keep, x_...). */
struct record_kept {
	struct text name;
	struct text value;
};

/*
 * Owned by the reader that made it, valid until its next call.
 */
struct record {
	const struct record_schema *schema;
	struct record_value *values; /* one a field of the schema */
	const char *id;		     /* "" when the record has none */
	const char *path;
	long row; /* 1-based line of the file at which it begins */
	size_t kept_count;
	const struct record_kept *kept;
	size_t warning_count;
	const char *const *warnings;
	struct arena *arena; /* what values point into; record_set adds to it */
	bool edited;	     /* record_set was used */
};

/* The public types are these. */
static inline struct record *record_of(shk_record *record)
{
	return (struct record *)(void *)record;
}

static inline const struct record *record_of_const(const shk_record *record)
{
	return (const struct record *)(const void *)record;
}

static inline const struct record_schema *record_schema_of(
	const shk_schema *schema)
{
	return (const struct record_schema *)(const void *)schema;
}

/*
 * An empty record, all unknown, whose values live in `arena`. For records
 * that come from no file.
 */
enum shk_code record_init(struct record *record,
	const struct record_schema *schema, struct arena *arena,
	shk_diag *diag);

/* Add a warning, unless it says what another one says or there are enough. */
enum shk_code record_warn(struct record *record, shk_diag *diag,
	const char *format, ...) BASE_PRINTF(3, 4);

/*
 * Set one field from text in the form of a CSV cell (--set NAME=VALUE).
 * Errors as for a cell: SHK_E_INPUT with field, reason and what is right.
 */
enum shk_code record_set(struct record *record, struct text name,
	struct text value, shk_diag *diag);

#endif
