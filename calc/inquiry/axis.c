/*
 * A fact as a line of places. The domain is that of the vocabulary of records:
 * what a record may give is what is asked about. An end that is itself outside
 * (prices above zero) becomes the next place of the grid.
 */
#include "inquiry/axis.h"

#include <string.h>

#include "base/date.h"
#include "base/diag.h"
#include "dmn/evaluator.h"
#include "price/outcome.h"
#include "price/pricer.h"

#define FIRST_YEAR 1000 /* that a record can give */
#define LAST_YEAR  9999

static num ten_to(int exponent)
{
	return num_power(num_from_int(10), num_from_int(exponent), NULL);
}

static enum shk_code words_make(struct axis *axis, struct arena *arena)
{
	const struct record_field *field = axis->field;
	bool boolean = field->type == RECORD_BOOL;
	size_t count = boolean ? 2 : field->word_count;
	struct feel_value *words =
		arena_zeroed(arena, count + 1, sizeof(*words));

	if (!words)
		return SHK_E_MEMORY;
	for (size_t i = 0; i < count; i++)
		words[i] = boolean ? feel_boolean(i == 1)
				   : feel_string(field->words[i],
					     strlen(field->words[i]));
	axis->kind = AXIS_WORD;
	axis->words = words;
	axis->word_count = count;
	axis->has_low = axis->has_high = true;
	axis->low = NUM_ZERO;
	axis->high = num_from_int((int64_t)count - 1);
	return SHK_OK;
}

static void numbers_make(struct axis *axis)
{
	const struct record_field *field = axis->field;

	if (field->type != RECORD_INT)
		axis->step = ten_to(-AXIS_DECIMALS);
	axis->has_low = field->has_low;
	axis->has_high = field->has_high;
	axis->low = field->low;
	axis->high = field->high;
	if (field->has_low && field->low_open)
		axis->low = axis_next(axis, field->low);
	if (field->has_high && field->high_open)
		axis->high = axis_before(axis, field->high);
}

enum shk_code axis_make(struct axis *axis, struct arena *arena,
	const struct record_schema *schema, int index, uint32_t slot,
	shk_diag *diag)
{
	*axis = (struct axis){ .name = schema->fields[index].name,
		.field = &schema->fields[index],
		.index = index,
		.slot = slot,
		.step = NUM_ONE };
	switch (axis->field->type) {
	case RECORD_INT:
	case RECORD_DEC:
	case RECORD_YEN:
	case RECORD_PERCENT:
		numbers_make(axis);
		return SHK_OK;
	case RECORD_DATE:
		axis->kind = AXIS_DATE;
		axis->has_low = axis->has_high = true;
		axis->low = num_from_int(date_days(FIRST_YEAR, 1, 1));
		axis->high = num_from_int(date_days(LAST_YEAR, 12, 31));
		return SHK_OK;
	case RECORD_BOOL:
	case RECORD_ENUM:
		return words_make(axis, arena) ? diag_memory(diag) : SHK_OK;
	default:
		return diag_set(diag, SHK_E_USAGE,
			"%s is no number, date, word or yes/no: it has no "
			"values in between; what varies inside of a list is "
			"said by braces, such as '%s=...{}...'",
			axis->name, axis->name);
	}
}

/* The cell with a number between the two texts; NULL without memory. */
static const char *inside_cell(const struct axis *axis, struct arena *arena,
	const char *number, size_t size)
{
	size_t whole = axis->before.size + size + axis->after.size;
	char *cell = arena_alloc(arena, whole + 1);

	if (!cell)
		return NULL;
	memcpy(cell, axis->before.data, axis->before.size);
	memcpy(cell + axis->before.size, number, size);
	memcpy(cell + axis->before.size + size, axis->after.data,
		axis->after.size);
	cell[whole] = '\0';
	return cell;
}

/* The one number in which two readings of the list differ. */
static bool inside_find(struct axis *axis, const struct record_field *field,
	const struct record_value *a, const struct record_value *b)
{
	size_t found = 0;

	if (a->state != RECORD_KNOWN || b->state != RECORD_KNOWN ||
		a->size != b->size)
		return false;
	for (size_t i = 0; i < a->size * field->part_count; i++) {
		const struct record_value *x = &a->u.parts[i];
		const struct record_value *y = &b->u.parts[i];
		enum record_type type =
			field->parts[i % field->part_count].type;

		if (x->state != RECORD_KNOWN || y->state != RECORD_KNOWN ||
			(type != RECORD_INT && type != RECORD_DEC &&
				type != RECORD_YEN && type != RECORD_PERCENT) ||
			num_compare(x->u.number, y->u.number) == 0)
			continue;
		found++;
		axis->item = i / field->part_count;
		axis->part = i % field->part_count;
	}
	return found == 1;
}

static enum shk_code no_number(
	const struct axis *axis, const shk_diag *why, shk_diag *diag)
{
	return diag_set(diag, SHK_E_USAGE,
		"between the braces of %s stands no number%s%s", axis->name,
		why->message[0] ? ": " : "", why->message);
}

enum shk_code axis_make_inside(struct axis *axis, struct record *record,
	int index, uint32_t slot, struct text before, struct text after,
	shk_diag *diag)
{
	const struct record_field *field = &record->schema->fields[index];
	struct record_value values[2];
	shk_diag why = { 0 };

	*axis = (struct axis){ .name = field->name,
		.field = field,
		.index = index,
		.slot = slot,
		.step = NUM_ONE,
		.inside = true,
		.before = before,
		.after = after };
	if (field->type != RECORD_LIST)
		return no_number(axis, &why, diag);
	for (int i = 0; i < 2; i++) {
		const char *cell =
			inside_cell(axis, record->arena, i ? "2" : "1", 1);
		enum shk_code code =
			cell ? record_set(record, text_of(field->name),
				       text_of(cell), &why)
			     : SHK_E_MEMORY;

		if (code == SHK_E_MEMORY)
			return diag_memory(diag);
		if (code)
			return no_number(axis, &why, diag);
		values[i] = record->values[index];
	}
	if (!inside_find(axis, field, &values[0], &values[1]))
		return no_number(axis, &why, diag);
	if (!fact_value(record->arena, field, &values[0], &axis->list))
		return diag_memory(diag);
	axis->field = &field->parts[axis->part];
	numbers_make(axis);
	return SHK_OK;
}

/* The place that a cell says, on the grid or not. */
static bool cell_place(const struct axis *axis, const char *cell, num *place)
{
	size_t size = strlen(cell);
	int32_t days;

	if (axis->kind == AXIS_NUMBER)
		return num_parse(cell, size, false, place) == NUM_PARSED;
	if (axis->kind != AXIS_DATE || !date_parse(cell, size, &days))
		return false;
	*place = num_from_int(days);
	return true;
}

static enum shk_code bad_bound(
	const struct axis *axis, const char *cell, shk_diag *diag)
{
	return diag_set(diag, SHK_E_USAGE, "\"%s\" is no bound of %s: %s", cell,
		axis->name,
		axis->kind == AXIS_NUMBER ? "write a number, such as 12"
		: axis->kind == AXIS_DATE ? "write a date, YYYY-MM-DD"
					  : "it has words, and no order");
}

enum shk_code axis_within(
	struct axis *axis, const char *from, const char *to, shk_diag *diag)
{
	num place;

	if (from && !cell_place(axis, from, &place))
		return bad_bound(axis, from, diag);
	if (from) {
		num low = axis_floor(axis, place);

		if (num_compare(low, place) < 0)
			low = axis_next(axis, low);
		if (!axis->has_low || num_compare(low, axis->low) > 0)
			axis->low = low;
		axis->has_low = true;
	}
	if (to && !cell_place(axis, to, &place))
		return bad_bound(axis, to, diag);
	if (to) {
		num high = axis_floor(axis, place);

		if (!axis->has_high || num_compare(high, axis->high) < 0)
			axis->high = high;
		axis->has_high = true;
	}
	if (axis->has_low && axis->has_high &&
		num_compare(axis->low, axis->high) > 0)
		return diag_set(diag, SHK_E_USAGE,
			"%s has no value from %s to %s", axis->name,
			from ? from : "its least", to ? to : "its greatest");
	return SHK_OK;
}

bool axis_place(
	const struct axis *axis, const struct feel_value *value, num *place)
{
	if (axis->kind == AXIS_NUMBER && value->type == FEEL_NUMBER) {
		*place = value->u.number;
		return num_compare(axis_floor(axis, *place), *place) == 0;
	}
	if (axis->kind == AXIS_DATE && value->type == FEEL_DATE) {
		*place = num_from_int(value->u.days);
		return true;
	}
	for (size_t i = 0; i < axis->word_count; i++)
		if (feel_same(&axis->words[i], value)) {
			*place = num_from_int((int64_t)i);
			return true;
		}
	return false;
}

num axis_next(const struct axis *axis, num place)
{
	return num_add(place, axis->step, NULL);
}

num axis_before(const struct axis *axis, num place)
{
	return num_subtract(place, axis->step, NULL);
}

num axis_floor(const struct axis *axis, num number)
{
	int places = num_is_integer(axis->step) ? 0 : AXIS_DECIMALS;

	return num_round(number, places, NUM_FLOOR, NULL);
}

num axis_middle(const struct axis *axis, num low, num high)
{
	num two = num_from_int(2);

	return axis_floor(
		axis, num_divide(num_add(low, high, NULL), two, NULL));
}

static int64_t whole(num place)
{
	int64_t value = 0;

	num_to_int(place, &value);
	return value;
}

struct feel_value axis_value(const struct axis *axis, num place)
{
	if (axis->kind == AXIS_NUMBER)
		return feel_number(place);
	if (axis->kind == AXIS_DATE)
		return feel_date(whole(place));
	return axis->words[whole(place)];
}

/* Words have no order: the stretch of several is a choice, with both ends. */
static void stretch_domain(const struct axis *axis, const num *low,
	const num *high, struct dmn_domain *domain)
{
	struct feel_range *range = &domain->range;

	if (axis->kind == AXIS_WORD) {
		*domain = (struct dmn_domain){ .type = axis->words[0].type,
			.choice_count =
				(size_t)(whole(*high) - whole(*low)) + 1,
			.choices = axis->words + whole(*low) };
		return;
	}
	*domain = (struct dmn_domain){ .bounded = true };
	domain->type = axis->kind == AXIS_DATE ? FEEL_DATE : FEEL_NUMBER;
	range->low = low ? axis_value(axis, *low) : FEEL_NULL_VALUE;
	range->high = high ? axis_value(axis, *high) : FEEL_NULL_VALUE;
	range->low_closed = low != NULL;
	range->high_closed = high != NULL;
}

/* The list with this number in its place; null when memory runs out. */
static struct feel_value inside_value(const struct axis *axis,
	struct arena *arena, const struct feel_value *number)
{
	const struct feel_value *from = axis->list.u.items;
	struct feel_value list = axis->list;
	struct feel_value *items =
		arena_zeroed(arena, list.size + 1, sizeof(*items));
	struct feel_entry *entries;
	uint32_t count = from[axis->item].size;

	if (!items)
		return FEEL_NULL_VALUE;
	memcpy(items, from, list.size * sizeof(*items));
	list.u.items = items;
	if (from[axis->item].type != FEEL_CONTEXT) {
		items[axis->item] = *number;
		return list;
	}
	entries = arena_zeroed(arena, count + 1, sizeof(*entries));
	if (!entries)
		return FEEL_NULL_VALUE;
	memcpy(entries, from[axis->item].u.entries, count * sizeof(*entries));
	entries[axis->part].value = *number;
	items[axis->item].u.entries = entries;
	return list;
}

struct feel_value axis_stretch(const struct axis *axis, struct arena *arena,
	const num *low, const num *high)
{
	struct dmn_domain domain;
	struct feel_value value;

	stretch_domain(axis, low, high, &domain);
	if (low && high && num_compare(*low, *high) == 0)
		value = axis_value(axis, *low);
	else if (dmn_unknown(arena, axis->slot, &domain, &value))
		return FEEL_NULL_VALUE;
	return axis->inside ? inside_value(axis, arena, &value) : value;
}

bool axis_plain(const struct axis *axis, struct arena *arena, num place,
	struct price_value *out)
{
	struct feel_value value = axis_value(axis, place);

	return value_plain(arena, &value, out);
}

const char *axis_cell(const struct axis *axis, struct arena *arena, num place)
{
	struct feel_value value = axis_value(axis, place);
	char text[NUM_TEXT_MAX];

	if (value.type == FEEL_BOOLEAN)
		return value.u.boolean ? "true" : "false";
	if (value.type == FEEL_STRING)
		return arena_text(arena, value.u.string, value.size);
	if (value.type == FEEL_DATE)
		date_format((int32_t)value.u.days, text);
	else
		num_format(place, text, sizeof(text));
	return axis->inside ? inside_cell(axis, arena, text, strlen(text))
			    : arena_text(arena, text, strlen(text));
}
