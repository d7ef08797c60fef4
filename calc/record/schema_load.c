/*
 * rules/fields.xml into a record_schema. The file is written by people, so
 * whatever is wrong is said with its place: a word that is no attribute, a
 * bound that is no number, a list without parts. Attributes that only explain
 * (used-by) are accepted and not kept.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "record/schema.h"
#include "xml/reader.h"

#define SCHEMA_SPACE	"urn:shokan:fields:1"
#define SCHEMA_NAME_MAX 63 /* bytes of a field name; fits in shk_diag.field */

struct schema_load {
	struct record_schema *schema;
	struct record_field *fields;
	const char *path;
	shk_diag *diag;
};

static const char *const schema_types[] = { "bool", "int", "dec", "yen",
	"percent", "date", "enum", "maker", "text", "list" };

static const char *const schema_attributes[] = { "name", "type", "ja", "en",
	"used-by", "unit", "words", "of", "min", "above", "max", "below",
	"required", "derived", "none", "sum", "sum-max", "sum-reason", "alone",
	"key", "group", "prefix", "after", "optional" };

#define SCHEMA_COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Place and code of a failure whose message was just said. */
static enum shk_code schema_at(
	struct schema_load *load, const struct xml_element *element)
{
	xml_place(load->diag, load->path, element);
	return SHK_E_RULES;
}

static enum shk_code schema_bad(struct schema_load *load,
	const struct xml_element *element, const char *attribute,
	const char *value, const char *right)
{
	diag_set(load->diag, SHK_E_RULES, "%s=\"%s\" of <%s>: %s", attribute,
		value, element->name, right);
	return schema_at(load, element);
}

/* Attributes that are known, and no text between the elements. */
static enum shk_code schema_shape(
	struct schema_load *load, const struct xml_element *element)
{
	for (size_t i = 0; i < element->attribute_count; i++) {
		const char *name = element->attributes[i].name;
		bool known = false;

		for (size_t j = 0; j < SCHEMA_COUNT(schema_attributes); j++)
			known = known ||
				strcmp(name, schema_attributes[j]) == 0;
		if (!known) {
			diag_set(load->diag, SHK_E_RULES,
				"unknown attribute %s of <%s>", name,
				element->name);
			return schema_at(load, element);
		}
	}
	if (element->text[strspn(element->text, " \t\r\n")] != '\0') {
		diag_set(load->diag, SHK_E_RULES,
			"text inside <%s>; everything is in attributes",
			element->name);
		return schema_at(load, element);
	}
	return SHK_OK;
}

static enum shk_code schema_copy(struct schema_load *load,
	const struct xml_element *element, const char *attribute,
	const char *absent, const char **out)
{
	const char *value = xml_attribute(element, attribute);

	*out = absent;
	if (!value)
		return SHK_OK;
	*out = arena_text(&load->schema->arena, value, strlen(value));
	return *out ? SHK_OK : diag_memory(load->diag);
}

static enum shk_code schema_flag(struct schema_load *load,
	const struct xml_element *element, const char *attribute, bool *out)
{
	const char *value = xml_attribute(element, attribute);

	*out = value && strcmp(value, "true") == 0;
	if (!value || *out || strcmp(value, "false") == 0)
		return SHK_OK;
	return schema_bad(
		load, element, attribute, value, "write true or false");
}

static enum shk_code schema_number(struct schema_load *load,
	const struct xml_element *element, const char *attribute, bool *has,
	num *out)
{
	const char *value = xml_attribute(element, attribute);

	if (!value)
		return SHK_OK;
	if (*has)
		return schema_bad(load, element, attribute, value,
			"the other bound on this side is given too");
	if (num_parse(value, strlen(value), false, out) != NUM_PARSED)
		return schema_bad(
			load, element, attribute, value, "not a number");
	*has = true;
	return SHK_OK;
}

static bool schema_is_numeric(enum record_type type)
{
	return type == RECORD_INT || type == RECORD_DEC || type == RECORD_YEN ||
	       type == RECORD_PERCENT;
}

/* The domain of whole numbers, where it can be told in machine integers. */
static void schema_whole(struct record_field *field)
{
	field->least = INT64_MIN;
	field->most = INT64_MAX;
	field->whole_domain = true;
	if (field->has_low)
		field->whole_domain = num_to_int(field->low, &field->least) &&
				      field->least < INT64_MAX;
	if (field->has_high)
		field->whole_domain = field->whole_domain &&
				      num_to_int(field->high, &field->most) &&
				      field->most > INT64_MIN;
	if (field->whole_domain && field->has_low && field->low_open)
		field->least++;
	if (field->whole_domain && field->has_high && field->high_open)
		field->most--;
}

static enum shk_code schema_domain(struct schema_load *load,
	const struct xml_element *element, struct record_field *field)
{
	enum shk_code code;

	code = schema_number(
		load, element, "min", &field->has_low, &field->low);
	if (code)
		return code;
	field->low_open = !field->has_low;
	code = schema_number(
		load, element, "above", &field->has_low, &field->low);
	if (code)
		return code;
	code = schema_number(
		load, element, "max", &field->has_high, &field->high);
	if (code)
		return code;
	field->high_open = !field->has_high;
	code = schema_number(
		load, element, "below", &field->has_high, &field->high);
	if (code)
		return code;
	if ((field->has_low || field->has_high) &&
		!schema_is_numeric(field->type)) {
		diag_set(load->diag, SHK_E_RULES,
			"%s has bounds but is no number", field->name);
		return schema_at(load, element);
	}
	if (field->type == RECORD_YEN && !field->has_low) {
		field->has_low = true; /* an amount of yen is never negative */
		field->low_open = false;
		field->low = NUM_ZERO;
	}
	schema_whole(field);
	return SHK_OK;
}

static enum shk_code schema_words(struct schema_load *load,
	const struct xml_element *element, struct record_field *field)
{
	const char *at = xml_attribute(element, "words");
	const char **words;

	if (!at || field->type != RECORD_ENUM) {
		if (!at && field->type != RECORD_ENUM)
			return SHK_OK;
		diag_set(load->diag, SHK_E_RULES,
			"%s: words go with type=\"enum\" and only there",
			field->name);
		return schema_at(load, element);
	}
	words = arena_zeroed(
		&load->schema->arena, RECORD_WORDS_MAX, sizeof(*words));
	if (!words)
		return diag_memory(load->diag);
	field->words = words;
	for (at += strspn(at, " "); *at; at += strspn(at, " ")) {
		size_t size = strcspn(at, " ");

		if (field->word_count == RECORD_WORDS_MAX) {
			diag_set(load->diag, SHK_E_LIMIT,
				"%s has more than %d words", field->name,
				RECORD_WORDS_MAX);
			schema_at(load, element);
			return SHK_E_LIMIT;
		}
		words[field->word_count] =
			arena_text(&load->schema->arena, at, size);
		if (!words[field->word_count++])
			return diag_memory(load->diag);
		at += size;
	}
	if (field->word_count == 0)
		return schema_bad(
			load, element, "words", "", "an enum needs words");
	return SHK_OK;
}

static enum shk_code schema_type(struct schema_load *load,
	const struct xml_element *element, const char *attribute,
	enum record_type *out)
{
	const char *value = xml_attribute(element, attribute);

	for (size_t i = 0; value && i < SCHEMA_COUNT(schema_types); i++) {
		if (strcmp(value, schema_types[i]) == 0) {
			*out = (enum record_type)i;
			return SHK_OK;
		}
	}
	return schema_bad(load, element, attribute, value ? value : "",
		"one of bool int dec yen percent date enum maker text list");
}

static enum shk_code schema_key(struct schema_load *load,
	const struct xml_element *element, struct record_field *field)
{
	const char *value = xml_attribute(element, "key");

	if (!value)
		return SHK_OK;
	if (strcmp(value, "merge") == 0 && field->type == RECORD_MAKER)
		field->key = RECORD_KEY_MERGE;
	else if (strcmp(value, "unique") == 0 && field->type == RECORD_ENUM)
		field->key = RECORD_KEY_UNIQUE;
	else
		return schema_bad(load, element, "key", value,
			"merge for a maker or unique for an enum");
	return SHK_OK;
}

static enum shk_code schema_name(struct schema_load *load,
	const struct xml_element *element, struct record_field *field)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_.";
	const char *name = xml_attribute(element, "name");
	size_t size = name ? strlen(name) : 0;

	if (size == 0 || size > SCHEMA_NAME_MAX || name[0] < 'a' ||
		name[0] > 'z' || strspn(name, letters) != size)
		return schema_bad(load, element, "name", name ? name : "",
			"lower-case letters, digits, _ and ., at most 63");
	return schema_copy(load, element, "name", NULL, &field->name);
}

/* What a field and a part have in common. */
static enum shk_code schema_common(struct schema_load *load,
	const struct xml_element *element, struct record_field *field)
{
	static const struct {
		const char *attribute;
		size_t offset;
		const char *absent;
	} texts[] = {
		{ "ja", offsetof(struct record_field, label_ja), "" },
		{ "en", offsetof(struct record_field, label_en), "" },
		{ "unit", offsetof(struct record_field, unit), "" },
		{ "group", offsetof(struct record_field, group), NULL },
		{ "prefix", offsetof(struct record_field, prefix), "" },
		{ "after", offsetof(struct record_field, after), NULL },
	};
	enum shk_code code = schema_shape(load, element);

	if (!code)
		code = schema_name(load, element, field);
	if (!code)
		code = schema_type(load, element, "type", &field->type);
	for (size_t i = 0; !code && i < SCHEMA_COUNT(texts); i++) {
		const char *value;

		code = schema_copy(load, element, texts[i].attribute,
			texts[i].absent, &value);
		memcpy((char *)field + texts[i].offset, &value, sizeof(value));
	}
	if (!code)
		code = schema_flag(load, element, "optional", &field->optional);
	if (!code && field->type != RECORD_LIST) {
		code = schema_domain(load, element, field);
		if (!code)
			code = schema_words(load, element, field);
		if (!code)
			code = schema_key(load, element, field);
	}
	return code;
}

/* Parts of a list of records, one child element each. */
static enum shk_code schema_parts(struct schema_load *load,
	const struct xml_element *element, struct record_field *field)
{
	struct record_field *parts = arena_zeroed(
		&load->schema->arena, RECORD_PARTS_MAX, sizeof(*parts));

	if (!parts)
		return diag_memory(load->diag);
	field->parts = parts;
	for (const struct xml_element *child = element->first; child;
		child = child->next) {
		enum shk_code code;

		if (field->part_count == RECORD_PARTS_MAX) {
			diag_set(load->diag, SHK_E_LIMIT,
				"%s has more than %d parts", field->name,
				RECORD_PARTS_MAX);
			schema_at(load, child);
			return SHK_E_LIMIT;
		}
		code = schema_common(load, child, &parts[field->part_count]);
		if (code)
			return code;
		if (strcmp(child->name, "part") != 0 ||
			parts[field->part_count].type == RECORD_LIST) {
			diag_set(load->diag, SHK_E_RULES,
				"a list has <part> elements that are no lists");
			return schema_at(load, child);
		}
		field->part_count++;
	}
	if (field->part_count == 0) {
		diag_set(load->diag, SHK_E_RULES,
			"the list %s has neither parts nor of", field->name);
		return schema_at(load, element);
	}
	return SHK_OK;
}

/* A list of plain values has one nameless part with the field's domain. */
static enum shk_code schema_plain(struct schema_load *load,
	const struct xml_element *element, struct record_field *field)
{
	struct record_field *part =
		arena_zeroed(&load->schema->arena, 1, sizeof(*part));
	enum shk_code code;

	if (!part)
		return diag_memory(load->diag);
	field->parts = part;
	field->part_count = 1;
	field->plain = true;
	part->name = field->name;
	part->prefix = "";
	part->label_ja = field->label_ja;
	part->label_en = field->label_en;
	part->unit = field->unit;
	code = schema_type(load, element, "of", &part->type);
	if (!code && (part->type == RECORD_LIST || element->first)) {
		diag_set(load->diag, SHK_E_RULES,
			"%s: of is a simple type and goes without parts",
			field->name);
		code = schema_at(load, element);
	}
	if (!code)
		code = schema_domain(load, element, part);
	if (!code)
		code = schema_words(load, element, part);
	if (!code)
		code = schema_key(load, element, part);
	return code;
}

/* A ceiling on the sum of one part; all three attributes or none. */
static enum shk_code schema_sum(struct schema_load *load,
	const struct xml_element *element, struct record_field *field)
{
	bool has = false;
	bool found = false;
	enum shk_code code;

	code = schema_copy(load, element, "sum", NULL, &field->sum_part);
	if (!code)
		code = schema_copy(
			load, element, "sum-reason", NULL, &field->sum_reason);
	if (!code)
		code = schema_number(
			load, element, "sum-max", &has, &field->sum_high);
	if (code)
		return code;
	for (size_t i = 0; field->sum_part && i < field->part_count; i++)
		found = found ||
			(strcmp(field->parts[i].name, field->sum_part) == 0 &&
				schema_is_numeric(field->parts[i].type));
	if (found != has || found != (field->sum_reason != NULL) ||
		found != (field->sum_part != NULL)) {
		diag_set(load->diag, SHK_E_RULES,
			"%s: sum names a numeric part and goes with sum-max "
			"and sum-reason",
			field->name);
		return schema_at(load, element);
	}
	return SHK_OK;
}

static enum shk_code schema_list(struct schema_load *load,
	const struct xml_element *element, struct record_field *field)
{
	enum shk_code code;

	if (xml_attribute(element, "of"))
		code = schema_plain(load, element, field);
	else
		code = schema_parts(load, element, field);
	if (!code)
		code = schema_sum(load, element, field);
	if (!code)
		code = schema_copy(load, element, "alone", NULL, &field->alone);
	return code;
}

static enum shk_code schema_field(
	struct schema_load *load, const struct xml_element *element)
{
	struct record_field *field;
	enum shk_code code;

	if (strcmp(element->name, "field") != 0) {
		diag_set(load->diag, SHK_E_RULES,
			"<%s> in a group; only <field> stands there",
			element->name);
		return schema_at(load, element);
	}
	if (load->schema->field_count == RECORD_FIELDS_MAX) {
		diag_set(load->diag, SHK_E_LIMIT, "more than %d fields",
			RECORD_FIELDS_MAX);
		schema_at(load, element);
		return SHK_E_LIMIT;
	}
	field = &load->fields[load->schema->field_count];
	code = schema_common(load, element, field);
	if (!code)
		code = schema_flag(load, element, "derived", &field->derived);
	if (!code)
		code = schema_flag(load, element, "none", &field->none_allowed);
	if (!code)
		code = schema_flag(load, element, "required", &field->required);
	if (!code && field->type == RECORD_LIST)
		code = schema_list(load, element, field);
	if (!code && field->type != RECORD_LIST &&
		(element->first || xml_attribute(element, "of"))) {
		diag_set(load->diag, SHK_E_RULES, "%s has parts but is no list",
			field->name);
		code = schema_at(load, element);
	}
	if (!code)
		load->schema->field_count++;
	return code;
}

static enum shk_code schema_groups(
	struct schema_load *load, const struct xml_element *root)
{
	if (strcmp(root->name, "fields") != 0 ||
		strcmp(root->space, SCHEMA_SPACE) != 0) {
		diag_set(load->diag, SHK_E_RULES,
			"the root is <%s>; expected <fields xmlns=\"%s\">",
			root->name, SCHEMA_SPACE);
		return schema_at(load, root);
	}
	for (const struct xml_element *group = root->first; group;
		group = group->next) {
		enum shk_code code = schema_shape(load, group);

		if (!code && strcmp(group->name, "group") != 0) {
			diag_set(load->diag, SHK_E_RULES,
				"<%s> in <fields>; only <group> stands there",
				group->name);
			code = schema_at(load, group);
		}
		for (const struct xml_element *element = group->first;
			!code && element; element = element->next)
			code = schema_field(load, element);
		if (code)
			return code;
	}
	return SHK_OK;
}

/* Insertion keeps it simple; there are about a hundred fields. */
static enum shk_code schema_sort(struct schema_load *load)
{
	struct record_schema *schema = load->schema;
	uint16_t *order =
		arena_zeroed(&schema->arena, RECORD_FIELDS_MAX, sizeof(*order));

	if (!order)
		return diag_memory(load->diag);
	for (size_t i = 0; i < schema->field_count; i++) {
		const char *name = load->fields[i].name;
		size_t at = i;

		while (at > 0 &&
			strcmp(load->fields[order[at - 1]].name, name) > 0) {
			order[at] = order[at - 1];
			at--;
		}
		order[at] = (uint16_t)i;
		if (at > 0 &&
			strcmp(load->fields[order[at - 1]].name, name) == 0) {
			diag_set(load->diag, SHK_E_RULES,
				"the field %s is defined twice", name);
			diag_place(load->diag, load->path, 0, 0);
			return SHK_E_RULES;
		}
	}
	schema->by_name = order;
	return SHK_OK;
}

static enum shk_code schema_read(
	struct schema_load *load, struct text document, struct arena *arena)
{
	struct xml_element *root;
	enum shk_code code = xml_read_text(
		arena, load->path, document, SHK_E_RULES, &root, load->diag);

	if (code)
		return code;
	load->fields = arena_zeroed(
		&load->schema->arena, RECORD_FIELDS_MAX, sizeof(*load->fields));
	if (!load->fields)
		return diag_memory(load->diag);
	load->schema->fields = load->fields;
	code = schema_groups(load, root);
	if (!code)
		code = schema_sort(load);
	if (!code && record_field_find(load->schema, text_of("id")) < 0) {
		diag_set(load->diag, SHK_E_RULES,
			"there is no field id; every record needs one");
		code = schema_at(load, root);
	}
	return code;
}

enum shk_code record_schema_parse(struct record_schema **out, const char *path,
	struct text document, shk_diag *diag)
{
	struct schema_load load = { .path = path, .diag = diag };
	struct arena arena;
	enum shk_code code;

	*out = NULL;
	load.schema = memory_zeroed(1, sizeof(*load.schema));
	if (!load.schema)
		return diag_memory(diag);
	arena_init(&load.schema->arena);
	arena_init(&arena);
	code = schema_read(&load, document, &arena);
	arena_release(&arena);
	if (code)
		record_schema_free(load.schema);
	else
		*out = load.schema;
	return code;
}

enum shk_code record_schema_load(
	struct record_schema **out, const char *path, shk_diag *diag)
{
	struct buffer bytes;
	enum shk_code code;

	*out = NULL;
	buffer_init(&bytes);
	code = file_read(path, XML_BYTES_MAX, &bytes, diag);
	if (!code)
		code = record_schema_parse(out, path,
			(struct text){
				bytes.data ? bytes.data : "", bytes.size },
			diag);
	buffer_release(&bytes);
	return code;
}
