/*
 * Values of conformance cases. A number that had to be rounded is compared in
 * the digits that the kit writes, 30 at most; where the kit writes no more
 * than a binary double means, with the vendors' own 0.00000001.
 */
#include "dmn/kit_value.h"

#include <string.h>

#include "feel/temporal.h"

#define XSI		  "http://www.w3.org/2001/XMLSchema-instance"
#define KIT_DECIMALS	  8  /* the vendors' tolerance */
#define KIT_DIGITS	  30 /* beyond them a rounded number may differ */
#define KIT_BINARY_DIGITS 17 /* as many as a binary double can mean */
#define KIT_NESTED_MAX	  100

static const char *xsi(const struct xml_element *xml, const char *name)
{
	for (size_t i = 0; i < xml->attribute_count; i++)
		if (strcmp(xml->attributes[i].space, XSI) == 0 &&
			strcmp(xml->attributes[i].name, name) == 0)
			return xml->attributes[i].value;
	return "";
}

static bool is_nil(const struct xml_element *xml)
{
	const char *nil = xsi(xml, "nil");

	return strcmp(nil, "true") == 0 || strcmp(nil, "1") == 0;
}

static struct text trimmed(const char *text)
{
	struct text out = text_of(text);

	while (out.size > 0 && strchr(" \t\r\n", out.data[0])) {
		out.data++;
		out.size--;
	}
	while (out.size > 0 && strchr(" \t\r\n", out.data[out.size - 1]))
		out.size--;
	return out;
}

static bool is_number(const char *type)
{
	static const char *const types[] = { "decimal", "double", "float",
		"integer", "int", "long", "short" };

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(type, types[i]) == 0)
			return true;
	return false;
}

static enum shk_code moment_value(struct arena *arena, enum feel_type type,
	const struct feel_moment *moment, struct feel_value *out)
{
	return temporal_moment(arena, type, moment, out) ? SHK_OK
							 : SHK_E_MEMORY;
}

static enum shk_code temporal_value(struct arena *arena, const char *type,
	struct text text, struct feel_value *out)
{
	struct feel_moment moment;
	int64_t days;

	if (strcmp(type, "date") == 0 && temporal_parse_date(text, &days)) {
		*out = feel_date(days);
		return SHK_OK;
	}
	if (strcmp(type, "time") == 0 && temporal_parse_time(text, &moment))
		return moment_value(arena, FEEL_TIME, &moment, out);
	if (strcmp(type, "dateTime") == 0 &&
		temporal_parse_date_time(text, &moment))
		return moment_value(arena, FEEL_DATE_TIME, &moment, out);
	if (strstr(type, "uration") && temporal_parse_duration(text, out))
		return SHK_OK;
	return SHK_E_INPUT;
}

static enum shk_code scalar(struct arena *arena, const struct xml_element *xml,
	struct feel_value *out)
{
	const char *type = strchr(xsi(xml, "type"), ':');
	struct text text = trimmed(xml->text);
	num value;

	type = type ? type + 1 : xsi(xml, "type");
	*out = FEEL_NULL_VALUE;
	if (is_nil(xml))
		return SHK_OK;
	if (!type[0] || strcmp(type, "string") == 0) {
		*out = feel_string(xml->text, strlen(xml->text));
	} else if (strcmp(type, "boolean") == 0) {
		*out = feel_boolean(
			text_is(text, "true") || text_is(text, "1"));
	} else if (is_number(type)) {
		if (num_parse(text.data, text.size, true, &value) != NUM_PARSED)
			return SHK_E_INPUT;
		*out = feel_number(value);
	} else {
		return temporal_value(arena, type, text, out);
	}
	return SHK_OK;
}

static size_t count_of(const struct xml_element *xml, const char *name)
{
	const struct xml_element *kid = xml_child(xml, name);
	size_t count = 0;

	for (; kid; kid = xml_sibling(kid, name))
		count++;
	return count;
}

static enum shk_code value_deep(struct arena *arena,
	const struct xml_element *xml, struct feel_value *out, unsigned depth);

static enum shk_code list_value(struct arena *arena,
	const struct xml_element *xml, struct feel_value *out, unsigned depth)
{
	size_t count = count_of(xml, "item");
	struct feel_value *items =
		arena_zeroed(arena, count + 1, sizeof(*items));
	const struct xml_element *item = xml_child(xml, "item");
	enum shk_code code = items ? SHK_OK : SHK_E_MEMORY;

	if (is_nil(xml)) /* `out` is null */
		return code;
	for (size_t i = 0; !code && i < count; i++) {
		code = value_deep(arena, item, &items[i], depth);
		item = xml_sibling(item, "item");
	}
	*out = (struct feel_value){ .type = FEEL_LIST };
	out->size = (uint32_t)count;
	out->u.items = items;
	return code;
}

static enum shk_code context_value(struct arena *arena,
	const struct xml_element *xml, struct feel_value *out, unsigned depth)
{
	size_t count = count_of(xml, "component");
	struct feel_entry *entries =
		arena_zeroed(arena, count + 1, sizeof(*entries));
	const struct xml_element *part = xml_child(xml, "component");
	enum shk_code code = entries ? SHK_OK : SHK_E_MEMORY;

	for (size_t i = 0; !code && i < count; i++) {
		const char *name = xml_attribute(part, "name");

		entries[i].name = text_of(name ? name : "");
		code = value_deep(arena, part, &entries[i].value, depth);
		part = xml_sibling(part, "component");
	}
	*out = (struct feel_value){ .type = FEEL_CONTEXT };
	out->size = (uint32_t)count;
	out->u.entries = entries;
	return code;
}

static enum shk_code value_deep(struct arena *arena,
	const struct xml_element *xml, struct feel_value *out, unsigned depth)
{
	if (depth > KIT_NESTED_MAX)
		return SHK_E_INPUT;
	*out = FEEL_NULL_VALUE;
	if (is_nil(xml))
		return SHK_OK;
	if (xml_child(xml, "value"))
		return scalar(arena, xml_child(xml, "value"), out);
	if (xml_child(xml, "list"))
		return list_value(
			arena, xml_child(xml, "list"), out, depth + 1);
	if (xml_child(xml, "component"))
		return context_value(arena, xml, out, depth + 1);
	return SHK_OK;
}

enum shk_code kit_value(struct arena *arena, const struct xml_element *xml,
	struct feel_value *out)
{
	return value_deep(arena, xml, out, 0);
}

/* Significant digits that a number is written with, and its decimals. */
static int digits_of(num value, int *decimals)
{
	char text[NUM_TEXT_MAX];
	const char *at = text;
	const char *point;
	int digits = 0;

	num_format(num_absolute(value), text, sizeof(text));
	point = strchr(text, '.');
	*decimals = point ? (int)strlen(point + 1) : 0;
	at += strspn(at, "0.");
	for (; *at; at++)
		digits += *at != '.';
	return digits;
}

static bool numbers_alike(
	const struct feel_value *wanted, const struct feel_value *got)
{
	unsigned status = 0;
	int decimals;
	int digits;
	num unit = NUM_ONE;

	if (num_compare(wanted->u.number, got->u.number) == 0)
		return true;
	if (!got->inexact)
		return false;
	digits = digits_of(wanted->u.number, &decimals);
	if (digits > KIT_DIGITS)
		decimals -= digits - KIT_DIGITS;
	if (digits <= KIT_BINARY_DIGITS)
		decimals = KIT_DECIMALS;
	for (; decimals > 0; decimals--)
		unit = num_divide(unit, num_from_int(10), &status);
	return num_compare(num_absolute(num_subtract(
				   wanted->u.number, got->u.number, &status)),
		       unit) <= 0;
}

/* The same instant, and both or neither of them local. */
static bool moments_alike(
	const struct feel_moment *a, const struct feel_moment *b)
{
	return (a->zone == TEMPORAL_LOCAL) == (b->zone == TEMPORAL_LOCAL) &&
	       num_compare(temporal_instant(a), temporal_instant(b)) == 0;
}

static bool alike_deep(const struct feel_value *wanted,
	const struct feel_value *got, unsigned depth);

static bool contexts_alike(const struct feel_value *wanted,
	const struct feel_value *got, unsigned depth)
{
	for (uint32_t i = 0; i < wanted->size; i++) {
		const struct feel_entry *entry = &wanted->u.entries[i];
		const struct feel_value *other =
			feel_entry_of(got, entry->name);

		if (!other || !alike_deep(&entry->value, other, depth + 1))
			return false;
	}
	return true;
}

static bool alike_deep(const struct feel_value *wanted,
	const struct feel_value *got, unsigned depth)
{
	if (wanted->type != got->type || depth > KIT_NESTED_MAX)
		return false;
	switch (wanted->type) {
	case FEEL_NUMBER:
		return numbers_alike(wanted, got);
	case FEEL_TIME:
	case FEEL_DATE_TIME:
		return moments_alike(wanted->u.moment, got->u.moment);
	case FEEL_CONTEXT:
		return wanted->size == got->size &&
		       contexts_alike(wanted, got, depth);
	case FEEL_LIST:
		if (wanted->size != got->size)
			return false;
		for (uint32_t i = 0; i < wanted->size; i++)
			if (!alike_deep(&wanted->u.items[i], &got->u.items[i],
				    depth + 1))
				return false;
		return true;
	default:
		return feel_same(wanted, got);
	}
}

bool kit_alike(const struct feel_value *wanted, const struct feel_value *got)
{
	return alike_deep(wanted, got, 0);
}
