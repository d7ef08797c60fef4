/*
 * From the names in a header to fields. A list stands in one column
 * (`shares`) or in one column a part and item (`shares_1_maker`), never in
 * both; items are counted from 1 without a gap.
 */
#include <string.h>

#include "record/columns.h"

/* What is being resolved, for messages. */
struct header {
	struct columns *columns;
	const struct table_row *row;
	struct record_builder *builder;
	shk_diag *diag;
};

static enum shk_code header_bad(struct header *header, size_t column,
	struct text name, const char *right)
{
	char shown[VALUE_SHOWN_TEXT];

	value_shown(name, shown);
	diag_set(header->diag, SHK_E_INPUT, "column \"%s\": %s", shown, right);
	diag_field(header->diag, shown);
	diag_reason(header->diag, "unknown_field");
	diag_place(header->diag, header->builder->record.path,
		header->row->line, (long)column + 1);
	return SHK_E_INPUT;
}

/* Take `_N` with N from 1, no leading zero. */
static bool header_number(struct text *rest, uint16_t *number)
{
	unsigned value = 0;
	size_t at = 1;

	if (rest->size < 2 || rest->data[0] != '_' || rest->data[1] == '0')
		return false;
	while (at < rest->size && rest->data[at] >= '0' &&
		rest->data[at] <= '9') {
		value = value * 10 + (unsigned)(rest->data[at] - '0');
		if (value > SHK_ITEMS_MAX)
			return false;
		at++;
	}
	rest->data += at;
	rest->size -= at;
	*number = (uint16_t)value;
	return at > 1;
}

/* `FIELD_N` or `FIELD_N_PART` of the list `field`. */
static bool header_item(
	const struct record_field *field, struct text name, struct column *out)
{
	size_t size = strlen(field->name);

	if (field->type != RECORD_LIST || name.size <= size ||
		memcmp(name.data, field->name, size) != 0)
		return false;
	name.data += size;
	name.size -= size;
	if (!header_number(&name, &out->item))
		return false;
	out->part = 0;
	if (field->plain)
		return name.size == 0;
	if (name.size < 2 || name.data[0] != '_')
		return false;
	name.data++;
	name.size--;
	while (out->part < field->part_count &&
		!text_is(name, field->parts[out->part].name))
		out->part++;
	return out->part < field->part_count;
}

static enum shk_code header_column(
	struct header *header, size_t index, struct text name)
{
	const struct record_schema *schema = header->builder->record.schema;
	struct column *column = &header->columns->columns[index];
	int keep = builder_keep_find(header->builder, name);

	column->field = record_field_find(schema, name);
	column->item = 0;
	for (size_t i = 0; column->field < 0 && i < schema->field_count; i++) {
		if (header_item(&schema->fields[i], name, column))
			column->field = (int)i;
	}
	if (column->field < 0)
		column->item = 0;
	if (keep >= 0) {
		size_t at = header->columns->kept_count++;

		header->columns->kept[at].keep = (size_t)keep;
		header->columns->kept[at].column = index;
	}
	if (column->field >= 0 || keep >= 0 || record_name_is_extra(name))
		return SHK_OK;
	if (name.size == 0)
		return header_bad(header, index, name,
			"a column without a name; name it, or x_... when it "
			"is to be ignored");
	header->builder->record.row = header->row->line;
	return builder_unknown(
		header->builder, name, (long)index + 1, header->diag);
}

static enum shk_code header_twice(struct header *header)
{
	const struct text *names = header->row->cells;

	for (size_t i = 0; i < header->columns->count; i++) {
		for (size_t j = 0; j < i; j++) {
			if (text_equal(names[i], names[j]))
				return header_bad(header, i, names[i],
					"the name is there twice");
		}
	}
	return SHK_OK;
}

/* Columns of one list: one way only, and no item left out. */
static enum shk_code header_list(struct header *header, size_t first)
{
	struct columns *columns = header->columns;
	int field = columns->columns[first].field;
	bool seen[SHK_COLUMNS_MAX + 1] = { false };
	size_t most = 0;

	for (size_t i = 0; i < columns->count; i++) {
		const struct column *column = &columns->columns[i];

		if (column->field != field)
			continue;
		if (column->item == 0)
			return header_bad(header, i, header->row->cells[i],
				"the list is given in one cell and in "
				"numbered columns; one of them only");
		if (column->item > most)
			most = column->item;
		if (column->item <= SHK_COLUMNS_MAX)
			seen[column->item] = true;
	}
	for (size_t item = 1; item <= most; item++) {
		if (item > SHK_COLUMNS_MAX || !seen[item])
			return header_bad(header, first,
				header->row->cells[first],
				"an item of the list is left out; count the "
				"items from 1 without a gap");
	}
	columns->lists[columns->list_count++] = field;
	return SHK_OK;
}

static enum shk_code header_lists(struct header *header)
{
	struct columns *columns = header->columns;
	enum shk_code code = SHK_OK;

	for (size_t i = 0; !code && i < columns->count; i++) {
		bool known = columns->columns[i].item == 0;

		for (size_t j = 0; j < columns->list_count; j++)
			known = known ||
				columns->lists[j] == columns->columns[i].field;
		if (!known)
			code = header_list(header, i);
	}
	return code;
}

/* The identifier and all that is to be kept must be there. */
static enum shk_code header_needs(struct header *header)
{
	struct columns *columns = header->columns;
	const struct record_builder *builder = header->builder;

	columns->id = columns->count;
	for (size_t i = 0; i < columns->count; i++) {
		if (columns->columns[i].field == builder->id_field)
			columns->id = i;
	}
	if (columns->id == columns->count) {
		diag_set(header->diag, SHK_E_INPUT,
			"there is no column \"id\"; the first line has the "
			"names of the fields and every record an id");
		diag_field(header->diag, "id");
		diag_reason(header->diag, "bad_value");
		diag_place(header->diag, builder->record.path,
			header->row->line, 0);
		return SHK_E_INPUT;
	}
	for (size_t i = 0; i < builder->kept_count; i++) {
		bool found = false;

		for (size_t j = 0; j < columns->kept_count; j++)
			found = found || columns->kept[j].keep == i;
		if (!found)
			return header_bad(header, 0, builder->kept[i].name,
				"it is to be kept, but the file has no such "
				"column");
	}
	return SHK_OK;
}

enum shk_code columns_resolve(struct columns *columns,
	const struct table_row *row, struct record_builder *builder,
	shk_diag *diag)
{
	struct header header = { columns, row, builder, diag };
	enum shk_code code = SHK_OK;

	if (row->count > SHK_COLUMNS_MAX) {
		diag_set(diag, SHK_E_LIMIT, "more than %d columns",
			SHK_COLUMNS_MAX);
		diag_place(diag, builder->record.path, row->line, 0);
		return SHK_E_LIMIT;
	}
	columns->count = row->count;
	code = header_twice(&header);
	for (size_t i = 0; !code && i < row->count; i++)
		code = header_column(&header, i, row->cells[i]);
	if (!code)
		code = header_lists(&header);
	if (!code)
		code = header_needs(&header);
	return code;
}

/* What the columns of one list hold in a row. */
struct list_span {
	size_t filled; /* cells */
	size_t first;  /* filled column */
	size_t last;   /* highest item with a filled cell */
};

static struct list_span columns_span(
	const struct columns *columns, const struct table_row *row, int field)
{
	struct list_span span = { 0, 0, 0 };

	for (size_t i = 0; i < columns->count; i++) {
		const struct column *column = &columns->columns[i];

		if (column->field != field || value_is_unknown(row->cells[i]))
			continue;
		if (span.filled++ == 0)
			span.first = i;
		if (column->item > span.last)
			span.last = column->item;
	}
	return span;
}

/* An item of which nothing is filled is no item, so there is a gap. */
static enum shk_code columns_gap(struct value_context *context,
	const struct list_draft *draft, struct list_span span)
{
	size_t width = draft->field->part_count;

	for (size_t item = 0; item < draft->count; item++) {
		bool filled = false;

		for (size_t i = 0; i < width; i++)
			filled = filled ||
				 draft->texts[item * width + i].text.data;
		if (filled)
			continue;
		context->item = item + 1;
		return value_refuse(context, draft->field, "bad_value",
			"empty although item %zu is not; fill the items from 1 "
			"without a gap",
			span.last);
	}
	return SHK_OK;
}

static enum shk_code columns_list(const struct columns *columns,
	const struct table_row *row, int field, struct record_builder *builder)
{
	struct value_context *context = &builder->context;
	struct list_draft draft = {
		.field = &builder->record.schema->fields[field]
	};
	struct list_span span = columns_span(columns, row, field);
	struct record_value *value = builder_value(builder, field);
	enum shk_code code = SHK_OK;

	context->field = draft.field;
	context->item = 0;
	if (span.filled == 0)
		return SHK_OK;
	context->column = (long)span.first + 1;
	if (span.filled == 1 && span.last == 1 &&
		value_is_none(row->cells[span.first]))
		return value_none(context, draft.field, value);
	while (!code && draft.count < span.last)
		list_item(context, &draft, &code);
	for (size_t i = 0; !code && i < columns->count; i++) {
		const struct column *column = &columns->columns[i];
		struct list_text *text;

		if (column->field != field || value_is_unknown(row->cells[i]))
			continue;
		text = &draft.texts[(size_t)(column->item - 1) *
					    draft.field->part_count +
				    column->part];
		/* there are as many items as the columns tell */
		/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
		text->text = row->cells[i];
		text->column = (long)i + 1;
	}
	if (!code)
		code = columns_gap(context, &draft, span);
	if (!code)
		code = list_finish(context, &draft, value);
	return code;
}

enum shk_code columns_read(const struct columns *columns,
	const struct table_row *row, struct record_builder *builder)
{
	enum shk_code code;

	for (size_t i = 0; i < columns->kept_count; i++)
		builder->kept[columns->kept[i].keep].value =
			row->cells[columns->kept[i].column];
	code = builder_set(builder, builder->id_field, row->cells[columns->id],
		(long)columns->id + 1);
	for (size_t i = 0; !code && i < columns->count; i++) {
		const struct column *column = &columns->columns[i];

		if (column->field >= 0 && column->item == 0 && i != columns->id)
			code = builder_set(builder, column->field,
				row->cells[i], (long)i + 1);
	}
	for (size_t i = 0; !code && i < columns->list_count; i++)
		code = columns_list(columns, row, columns->lists[i], builder);
	return code ? code : builder_finish(builder);
}
