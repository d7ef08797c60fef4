/*
 * XML: one child element of <products> a record, streamed. Field elements
 * have text, list elements have <item> children, an item has a child a part
 * or, in a list of plain values, text. Namespaces are not looked at.
 */
#include <string.h>

#include "base/memory.h"
#include "record/reader.h"
#include "xml/reader.h"

struct xml_records {
	struct record_reader reader;
	struct xml_stream *stream;
	struct arena arena; /* of the present element; values point into it */
};

/* Refuse `element`, inside the field that the context names. */
static enum shk_code xml_bad(struct record_builder *builder,
	const struct xml_element *element, const char *reason, const char *why)
{
	shk_diag *diag = builder->context.diag;

	diag_set(diag, SHK_E_INPUT, "<%s> %s", element->name, why);
	diag_field(diag, builder->context.field ? builder->context.field->name
						: element->name);
	diag_reason(diag, reason);
	xml_place(diag, builder->record.path, element);
	return SHK_E_INPUT;
}

static bool xml_is_blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

/* No attributes but none="true", and that only on a field without content. */
static enum shk_code xml_attributes(struct record_builder *builder,
	const struct xml_element *element, bool field, bool *none)
{
	*none = false;
	for (size_t i = 0; i < element->attribute_count; i++) {
		const struct xml_attribute *attribute = &element->attributes[i];

		if (!field || strcmp(attribute->name, "none") != 0)
			return xml_bad(builder, element, "unknown_field",
				"has an attribute that is not known here");
		if (strcmp(attribute->value, "true") == 0)
			*none = true;
		else if (strcmp(attribute->value, "false") != 0)
			return xml_bad(builder, element, "bad_value",
				"has none=\"...\" that is neither true nor "
				"false");
	}
	if (*none && (element->first || !xml_is_blank(element->text)))
		return xml_bad(builder, element, "bad_value",
			"has none=\"true\" and a content");
	return SHK_OK;
}

static enum shk_code xml_leaf(
	struct record_builder *builder, const struct xml_element *element)
{
	bool none;
	enum shk_code code = xml_attributes(builder, element, false, &none);

	if (!code && element->first)
		code = xml_bad(builder, element, "bad_value",
			"has elements where a value is expected");
	return code;
}

/* The parts of one <item>. */
static enum shk_code xml_item(struct record_builder *builder,
	const struct xml_element *item, struct list_text *texts)
{
	const struct record_field *field = builder->context.field;
	bool none;
	enum shk_code code = xml_attributes(builder, item, false, &none);

	if (!code && !xml_is_blank(item->text))
		code = xml_bad(builder, item, "bad_value",
			"has text beside the elements of its parts");
	for (const struct xml_element *part = item->first; !code && part;
		part = part->next) {
		size_t i = 0;

		while (i < field->part_count &&
			strcmp(field->parts[i].name, part->name) != 0)
			i++;
		if (i == field->part_count)
			return xml_bad(builder, part, "unknown_field",
				"is no part of this list");
		if (texts[i].text.data)
			return xml_bad(builder, part, "bad_value",
				"is there twice in one item");
		code = xml_leaf(builder, part);
		texts[i].text = text_of(part->text);
		texts[i].line = part->line;
		texts[i].column = part->column;
	}
	return code;
}

static enum shk_code xml_list(struct record_builder *builder, int index,
	const struct xml_element *element)
{
	struct value_context *context = &builder->context;
	struct list_draft draft = { .field = context->field };
	enum shk_code code = SHK_OK;

	if (!xml_is_blank(element->text))
		return xml_bad(builder, element, "bad_value",
			"is a list and has text; its items are <item> "
			"elements");
	for (const struct xml_element *item = element->first; item;
		item = item->next) {
		struct list_text *texts;

		if (strcmp(item->name, "item") != 0)
			return xml_bad(builder, item, "unknown_field",
				"stands in a list; only <item> does");
		texts = list_item(context, &draft, &code);
		if (!texts)
			return code;
		context->item = draft.count;
		if (draft.field->plain) {
			code = xml_leaf(builder, item);
			texts->text = text_of(item->text);
			texts->line = item->line;
			texts->column = item->column;
		} else {
			code = xml_item(builder, item, texts);
		}
		if (code)
			return code;
	}
	if (draft.count == 0)
		return SHK_OK;
	return list_finish(context, &draft, builder_value(builder, index));
}

static enum shk_code xml_twice(
	struct record_builder *builder, const struct xml_element *element)
{
	return xml_bad(
		builder, element, "bad_value", "is there twice in one record");
}

static enum shk_code xml_known(struct record_builder *builder, int index,
	const struct xml_element *element)
{
	const struct record_field *field =
		&builder->record.schema->fields[index];
	struct value_context *context = &builder->context;
	struct record_value *value;
	bool none;
	enum shk_code code;

	context->field = field;
	context->item = 0;
	context->line = element->line;
	context->column = element->column;
	if (builder->is_touched[index])
		return xml_twice(builder, element);
	code = xml_attributes(builder, element, true, &none);
	if (code)
		return code;
	if (field->type != RECORD_LIST && element->first)
		return xml_bad(builder, element, "bad_value",
			"has elements where a value is expected");
	if (field->type != RECORD_LIST && !none)
		return builder_set(builder, index, text_of(element->text),
			element->column);
	value = builder_value(builder, index);
	if (none)
		return value_none(context, field, value);
	return xml_list(builder, index, element);
}

static enum shk_code xml_keep(struct record_builder *builder, int keep,
	const struct xml_element *element)
{
	if (element->first)
		return xml_bad(builder, element, "bad_value",
			"is to be kept but has elements");
	builder->kept[keep].value = text_of(element->text);
	return SHK_OK;
}

/*
 * Names that are no fields may repeat within a record only when nothing is
 * read from them.
 */
static enum shk_code xml_field(
	struct record_builder *builder, const struct xml_element *element)
{
	struct text name = text_of(element->name);
	int keep = builder_keep_find(builder, name);
	int index = record_field_find(builder->record.schema, name);
	enum shk_code code = SHK_OK;

	builder->context.field = NULL;
	if (keep >= 0 && index < 0 && builder->kept[keep].value.size > 0)
		return xml_twice(builder, element);
	if (keep >= 0)
		code = xml_keep(builder, keep, element);
	if (code)
		return code;
	if (index >= 0)
		return xml_known(builder, index, element);
	if (keep >= 0 || record_name_is_extra(name))
		return SHK_OK;
	diag_place(builder->context.diag, builder->record.path, element->line,
		element->column);
	return builder_unknown(
		builder, name, element->column, builder->context.diag);
}

static enum shk_code xml_product(
	struct record_builder *builder, const struct xml_element *product)
{
	enum shk_code code = SHK_OK;

	builder->context.field = NULL;
	if (strcmp(product->name, "product") != 0)
		return xml_bad(builder, product, "unknown_field",
			"stands in <products>; only <product> does");
	for (size_t i = 0; !code && i < product->attribute_count; i++) {
		const struct xml_attribute *attribute = &product->attributes[i];

		if (strcmp(attribute->name, "id") != 0)
			return xml_bad(builder, product, "unknown_field",
				"has an attribute other than id");
		code = builder_set(builder, builder->id_field,
			text_of(attribute->value), product->column);
	}
	if (!code && !xml_is_blank(product->text))
		code = xml_bad(builder, product, "bad_value",
			"has text beside the elements of its fields");
	for (const struct xml_element *element = product->first;
		!code && element; element = element->next)
		code = xml_field(builder, element);
	builder->context.line = 0;
	return code ? code : builder_finish(builder);
}

static enum shk_code xml_next(struct record_reader *reader,
	struct record_builder *builder, shk_diag *diag)
{
	struct xml_records *xml = (struct xml_records *)reader;
	struct xml_element *product = NULL;
	enum shk_code code =
		xml_stream_next(xml->stream, &xml->arena, &product, diag);

	if (code)
		return code;
	builder_begin(builder, product->line, diag);
	return xml_product(builder, product);
}

static void xml_records_close(struct record_reader *reader)
{
	struct xml_records *xml = (struct xml_records *)reader;

	xml_stream_close(xml->stream);
	arena_release(&xml->arena);
	memory_free(xml);
}

enum shk_code xml_records_open(struct record_reader **out, const char *path,
	const struct text *bytes, shk_diag *diag)
{
	struct xml_records *xml = memory_zeroed(1, sizeof(*xml));
	const struct xml_element *root;
	enum shk_code code;

	*out = NULL;
	if (!xml)
		return diag_memory(diag);
	xml->reader.next = xml_next;
	xml->reader.close = xml_records_close;
	arena_init(&xml->arena);
	code = bytes ? xml_stream_text(
			       &xml->stream, path, *bytes, SHK_E_INPUT, diag)
		     : xml_stream_open(&xml->stream, path, SHK_E_INPUT, diag);
	root = code ? NULL : xml_stream_root(xml->stream);
	if (root && strcmp(root->name, "products") != 0) {
		diag_set(diag, SHK_E_INPUT,
			"the root is <%s>; expected <products>", root->name);
		diag_reason(diag, "bad_value");
		xml_place(diag, path, root);
		code = SHK_E_INPUT;
	}
	if (code)
		xml_records_close(&xml->reader);
	else
		*out = &xml->reader;
	return code;
}
