/*
 * Values as FEEL text. What is printed reads back as the same value, except
 * functions and unknowns, which have no literal.
 */
#include "feel/machine_state.h"

#include "base/buffer.h"
#include "feel/temporal.h"

#include <string.h>

static void print_deep(const struct feel_value *, struct buffer *, unsigned);

static void print_number(num number, struct buffer *out)
{
	char text[NUM_TEXT_MAX];

	buffer_add(out, text, num_format(number, text, sizeof(text)));
}

void feel_print_string(struct text text, struct buffer *out)
{
	static const char special[] = "\"\\\n\r\t";
	static const char letters[] = "\"\\nrt";

	buffer_byte(out, '"');
	for (size_t i = 0; i < text.size; i++) {
		char byte = text.data[i];
		const char *at = byte ? strchr(special, byte) : NULL;

		if (at)
			buffer_format(out, "\\%c", letters[at - special]);
		else if ((unsigned char)byte < 0x20)
			buffer_format(out, "\\u%04X", (unsigned)byte);
		else
			buffer_byte(out, byte);
	}
	buffer_byte(out, '"');
}

static void print_temporal(const struct feel_value *value, struct buffer *out)
{
	buffer_text(out, value->type == FEEL_DATE ? "date(\"" : "@\"");
	temporal_text(value, out);
	buffer_text(out, value->type == FEEL_DATE ? "\")" : "\"");
}

/* A key is printed bare when it is a plain ASCII identifier. */
static bool plain_key(struct text name)
{
	for (size_t i = 0; i < name.size; i++) {
		unsigned char c = (unsigned char)name.data[i];
		bool letter = (c >= 'a' && c <= 'z') ||
			      (c >= 'A' && c <= 'Z') || c == '_';

		if (!letter && (i == 0 || c < '0' || c > '9'))
			return false;
	}
	return name.size > 0;
}

static void print_entries(
	const struct feel_value *value, struct buffer *out, unsigned depth)
{
	buffer_byte(out, '{');
	for (uint32_t i = 0; i < value->size; i++) {
		const struct feel_entry *entry = &value->u.entries[i];

		if (i > 0)
			buffer_text(out, ", ");
		if (plain_key(entry->name))
			buffer_add(out, entry->name.data, entry->name.size);
		else
			feel_print_string(entry->name, out);
		buffer_text(out, ": ");
		print_deep(&entry->value, out, depth + 1);
	}
	buffer_byte(out, '}');
}

static void print_items(
	const struct feel_value *value, struct buffer *out, unsigned depth)
{
	buffer_byte(out, '[');
	for (uint32_t i = 0; i < value->size; i++) {
		if (i > 0)
			buffer_text(out, ", ");
		print_deep(&value->u.items[i], out, depth + 1);
	}
	buffer_byte(out, ']');
}

static void print_range(
	const struct feel_range *range, struct buffer *out, unsigned depth)
{
	if (range->low.type == FEEL_NULL && !range->low_null) {
		buffer_text(out, range->high_closed ? "(<= " : "(< ");
		print_deep(&range->high, out, depth + 1);
		buffer_byte(out, ')');
		return;
	}
	if (range->high.type == FEEL_NULL && !range->high_null) {
		buffer_text(out, range->low_closed ? "(>= " : "(> ");
		print_deep(&range->low, out, depth + 1);
		buffer_byte(out, ')');
		return;
	}
	buffer_byte(out, range->low_closed ? '[' : '(');
	print_deep(&range->low, out, depth + 1);
	buffer_text(out, "..");
	print_deep(&range->high, out, depth + 1);
	buffer_byte(out, range->high_closed ? ']' : ')');
}

static void print_deep(
	const struct feel_value *value, struct buffer *out, unsigned depth)
{
	if (depth > FEEL_NESTED_MAX) {
		buffer_text(out, "...");
		return;
	}
	switch (value->type) {
	case FEEL_NULL:
		buffer_text(out, "null");
		break;
	case FEEL_BOOLEAN:
		buffer_text(out, value->u.boolean ? "true" : "false");
		break;
	case FEEL_NUMBER:
		print_number(value->u.number, out);
		break;
	case FEEL_STRING:
		feel_print_string(
			(struct text){ value->u.string, value->size }, out);
		break;
	case FEEL_DATE:
	case FEEL_TIME:
	case FEEL_DATE_TIME:
	case FEEL_DAYS_DURATION:
	case FEEL_YEARS_DURATION:
		print_temporal(value, out);
		break;
	case FEEL_LIST:
		print_items(value, out, depth);
		break;
	case FEEL_CONTEXT:
		print_entries(value, out, depth);
		break;
	case FEEL_RANGE:
		print_range(value->u.range, out, depth);
		break;
	default:
		buffer_text(out, feel_type_name(value->type));
		break;
	}
}

void feel_print(const struct feel_value *value, struct buffer *out)
{
	print_deep(value, out, 0);
}
