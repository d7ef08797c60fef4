/*
 * Reading a published price list. What cannot be priced from it (purchase
 * prices, additions in yen) is passed over; what has no schedule is an error,
 * since the list could then not be laid beside a master.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "compare/price_list.h"
#include "record/record.h"

/* A column that begins with x_, or "". */
static struct text list_kept(const struct record *record, const char *name)
{
	for (size_t i = 0; i < record->kept_count; i++)
		if (text_is(record->kept[i].name, name))
			return record->kept[i].value;
	return (struct text){ "", 0 };
}

static const struct record_value *list_value(
	const struct record *record, const char *name)
{
	int field = record_field_find(record->schema, text_of(name));
	const struct record_value *value =
		field < 0 ? NULL : &record->values[field];

	return value && value->state == RECORD_KNOWN ? value : NULL;
}

/* Leading digits as a number; their count. */
static size_t list_digits(const char *text, size_t size, int *out)
{
	size_t at = 0;

	*out = 0;
	while (at < size && at < 6 && text[at] >= '0' && text[at] <= '9')
		*out = *out * 10 + (text[at++] - '0');
	return at;
}

/* The price for one of a unit of which a part is priced (0.1ｇ). */
static num list_one(num amount, struct text unit)
{
	unsigned status = 0;
	size_t size = 0;
	num part = NUM_ZERO;
	num one;

	while (size < unit.size &&
		((unit.data[size] >= '0' && unit.data[size] <= '9') ||
			unit.data[size] == '.'))
		size++;
	if (size == 0 ||
		num_parse(unit.data, size, false, &part) != NUM_PARSED ||
		num_sign(part) <= 0 || num_compare(part, NUM_ONE) >= 0)
		return amount;
	one = num_divide(amount, part, &status);
	return status ? amount : one;
}

static enum shk_code list_wrong(
	const struct record *record, const char *field, shk_diag *diag)
{
	diag_set(diag, SHK_E_INPUT,
		"%s is missing or no number in a row with a price; a price "
		"list has x_schedule (1 to 8) and category_code (such as "
		"035(1)③)",
		field);
	diag_field(diag, field);
	diag_reason(diag, "bad_value");
	diag_place(diag, record->path, record->row, 0);
	return SHK_E_INPUT;
}

/* Amount and kind of a row; false when it states no price of its own. */
static bool list_amount(const struct record *record, struct price_list_row *row)
{
	const struct record_value *price = list_value(record, "material_price");
	struct text type = list_kept(record, "x_price_type");
	struct text addition = list_kept(record, "x_addition");

	row->addition = text_is(type, "addition_percent");
	if (row->addition)
		return num_parse(addition.data, addition.size, false,
			       &row->amount) == NUM_PARSED;
	if (!price || (type.size > 0 && !text_is(type, "fixed")))
		return false;
	row->amount = price->u.number;
	return true;
}

static enum shk_code list_add(
	struct price_list *list, const struct record *record, shk_diag *diag)
{
	struct price_list_row row = { 0 };
	const struct record_value *code = list_value(record, "category_code");
	struct text schedule = list_kept(record, "x_schedule");
	struct text unit = list_kept(record, "x_unit");

	if (!list_amount(record, &row))
		return SHK_OK;
	if (list_digits(schedule.data, schedule.size, &row.schedule) == 0)
		return list_wrong(record, "x_schedule", diag);
	if (!code ||
		list_digits(code->u.text, code->size, &row.category_no) == 0)
		return list_wrong(record, "category_code", diag);
	if (list->count == PRICE_LIST_ROWS_MAX)
		return diag_set(diag, SHK_E_LIMIT,
			"more than %d prices in one list", PRICE_LIST_ROWS_MAX);
	row.one = list_one(row.amount, unit);
	row.id = arena_text(&list->arena, record->id, strlen(record->id));
	row.unit = arena_text(&list->arena, unit.data, unit.size);
	row.order = list->count;
	if (!row.id || !row.unit ||
		!memory_grow((void **)&list->rows, &list->capacity,
			list->count + 1, sizeof(*list->rows)))
		return diag_memory(diag);
	list->rows[list->count++] = row;
	return SHK_OK;
}

static int list_number(const struct price_list_row *a, int schedule, int no)
{
	if (a->schedule != schedule)
		return a->schedule < schedule ? -1 : 1;
	if (a->category_no != no)
		return a->category_no < no ? -1 : 1;
	return 0;
}

static int list_order(const void *left, const void *right)
{
	const struct price_list_row *a = left;
	const struct price_list_row *b = right;
	int order = list_number(a, b->schedule, b->category_no);

	if (order)
		return order;
	return a->order < b->order ? -1 : a->order > b->order;
}

enum shk_code price_list_load(struct price_list *list, const char *path,
	const shk_schema *schema, shk_diag *diag)
{
	static const char *const keep[] = { "x_schedule", "x_unit",
		"x_price_type", "x_addition" };
	const shk_read_options options = { .keep = keep, .keep_count = 4 };
	shk_records *records = NULL;
	shk_record *record = NULL;
	enum shk_code code;

	memset(list, 0, sizeof(*list));
	arena_init(&list->arena);
	code = shk_records_open(&records, schema, path, &options, diag);
	while (!code) {
		code = shk_records_next(records, &record, diag);
		if (!code)
			code = list_add(list, record_of(record), diag);
	}
	shk_records_close(records);
	if (code != SHK_END)
		return code;
	if (list->count == 0) {
		diag_set(diag, SHK_E_INPUT, "no price in this list");
		diag_place(diag, path, 0, 0);
		return SHK_E_INPUT;
	}
	qsort(list->rows, list->count, sizeof(*list->rows), list_order);
	return SHK_OK;
}

void price_list_release(struct price_list *list)
{
	memory_free(list->rows);
	arena_release(&list->arena);
	memset(list, 0, sizeof(*list));
}

const struct price_list_row *price_list_group(const struct price_list *list,
	int schedule, int category_no, size_t *count)
{
	size_t low = 0;
	size_t high = list->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (list_number(&list->rows[middle], schedule, category_no) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (*count = 0; low + *count < list->count; ++*count)
		if (list_number(&list->rows[low + *count], schedule,
			    category_no) != 0)
			break;
	return *count ? &list->rows[low] : NULL;
}
