/*
 * One value from its text, for every format alike. The text is that of a CSV
 * cell or of an element; it must end with a NUL behind its last byte and live
 * as long as the record, because values point into it.
 */
#ifndef RECORD_VALUE_H
#define RECORD_VALUE_H

#include "record/name_set.h"
#include "record/record.h"

#define VALUE_SHOWN_MAX	 40 /* characters of a value that a message shows */
#define VALUE_SHOWN_TEXT (VALUE_SHOWN_MAX * 4 + 4) /* bytes, with "..." */

/* What a value belongs to, for messages and warnings. */
struct value_context {
	struct record *record;
	struct arena *arena;
	struct name_set *makers; /* compared form -> first spelling */
	struct name_set *items;	 /* scratch of one list */
	const struct record_field *field;
	bool open;   /* an item of the list at hand is not known in full */
	size_t item; /* 1-based item of a list; 0: not in a list */
	long line;   /* 0: that of the record */
	long column;
	shk_diag *diag;
};

/*
 * Text of a field in the form of a cell: unknown, none, a list or a value.
 * SHK_E_INPUT with field, place, reason and message when it is wrong.
 */
enum shk_code value_cell(struct value_context *context,
	const struct record_field *field, struct text text,
	struct record_value *out);

/* A simple value that is neither empty, "unknown" nor "none". */
enum shk_code value_read(struct value_context *context,
	const struct record_field *type, struct text text,
	struct record_value *out);

/* True for the ways to say that nothing is known. */
bool value_is_unknown(struct text text);
bool value_is_none(struct text text);

/* State `none`, or the error that `field` does not allow it. */
enum shk_code value_none(struct value_context *context,
	const struct record_field *field, struct record_value *out);

/* `text` as a message shows it: cut, control characters escaped. */
void value_shown(struct text text, char out[VALUE_SHOWN_TEXT]);

/*
 * Refuse: "FIELD, item N, PART: " and then the formatted words. `part` may
 * be the field itself.
 */
enum shk_code value_refuse(struct value_context *context,
	const struct record_field *part, const char *reason, const char *format,
	...) BASE_PRINTF(4, 5);

/* The types, each in its own file. */
enum shk_code value_number(struct value_context *context,
	const struct record_field *type, struct text text,
	struct record_value *out);
enum shk_code value_date(struct value_context *context,
	const struct record_field *type, struct text text,
	struct record_value *out);
enum shk_code value_maker(struct value_context *context,
	const struct record_field *type, struct text text,
	struct record_value *out);

/*
 * `text` with full-width digits and signs as ASCII: itself when it has none,
 * else a copy in the arena. False when memory runs out.
 */
bool value_fold(struct arena *arena, struct text text, struct text *out);

#endif
