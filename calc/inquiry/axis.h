/*
 * One fact of a record as a line of values that it may have, for questions
 * that let it vary. Values stand on a grid: whole numbers, days, decimals of
 * AXIS_DECIMALS places, or words by their number. Every value of the grid is
 * one that a record can give, so what is said of all of them is exact.
 */
#ifndef INQUIRY_AXIS_H
#define INQUIRY_AXIS_H

#include "feel/value.h"
#include "price/result.h"
#include "record/record.h"

#define AXIS_DECIMALS 15 /* places of a decimal fact */
#define AXIS_ZEROS    15 /* beyond 10^15 a fact is looked at as one stretch */

enum axis_kind { AXIS_NUMBER, AXIS_DATE, AXIS_WORD };

/*
 * A place on the axis is a number: the number itself, the day, or the index of
 * a word. The ends belong to it; an axis may have none.
 */
struct axis {
	const char *name;		  /* of the field of the record */
	const struct record_field *field; /* that, or the part that varies */
	int index;			  /* of the field in the schema */
	uint32_t slot;			  /* of the graph */
	enum axis_kind kind;
	bool has_low, has_high;
	num low, high;
	num step; /* from one place to the next */
	size_t word_count;
	const struct feel_value *words;
	/* a number inside of a list: its cell is `before`, the number, `after` */
	bool inside;
	struct text before, after;
	struct feel_value list; /* with some number there */
	size_t item, part;
};

/*
 * The axis of a field; `slot` is where the rules read it. SHK_E_USAGE for
 * fields whose values are no line (lists, texts, makers).
 */
enum shk_code axis_make(struct axis *axis, struct arena *arena,
	const struct record_schema *schema, int index, uint32_t slot,
	shk_diag *diag);
/*
 * The axis of the number inside of a list's cell that stands between the two
 * texts. `record` is used to read two such cells. SHK_E_USAGE when there is no
 * number there.
 */
enum shk_code axis_make_inside(struct axis *axis, struct record *record,
	int index, uint32_t slot, struct text before, struct text after,
	shk_diag *diag);
/* Narrow it to what lies between the two cells, either of which may be NULL. */
enum shk_code axis_within(
	struct axis *axis, const char *from, const char *to, shk_diag *diag);
/* The place of a value that a record gives; false when it is off the grid. */
bool axis_place(
	const struct axis *axis, const struct feel_value *value, num *place);

num axis_next(const struct axis *axis, num place);
num axis_before(const struct axis *axis, num place);
/* The last place at or below a number. */
num axis_floor(const struct axis *axis, num number);
/* A place from `low` to below `high`, near their middle; low < high. */
num axis_middle(const struct axis *axis, num low, num high);

/* The value at a place. */
struct feel_value axis_value(const struct axis *axis, num place);
/*
 * The unknown that is one of the values from `low` to `high`, NULL for no
 * bound; null when memory runs out.
 */
struct feel_value axis_stretch(const struct axis *axis, struct arena *arena,
	const num *low, const num *high);
/* As a plain value; false when memory runs out. */
bool axis_plain(const struct axis *axis, struct arena *arena, num place,
	struct price_value *out);
/* As the cell of a record; NULL when memory runs out. */
const char *axis_cell(const struct axis *axis, struct arena *arena, num place);

#endif
