/*
 * The spelling of JSON: commas, escapes and values. Only what must be escaped
 * is; everything else is raw UTF-8. A value nested deeper than the ceiling is
 * null.
 */
#include <string.h>

#include "base/date.h"
#include "report/json.h"
#include "report/template.h"
#include "report/values.h"
#include "report/words.h"

/* A comma, unless the container was opened just before. */
void json_next(struct buffer *out)
{
	char last = out->size ? out->data[out->size - 1] : '{';

	if (last != '{' && last != '[' && last != '\n')
		buffer_byte(out, ',');
}

static void json_escape(struct buffer *out, unsigned char byte)
{
	static const char letters[] = "btn\0fr"; /* codes 8 to 13, no \v */

	buffer_byte(out, '\\');
	if (byte == '"' || byte == '\\')
		buffer_byte(out, (char)byte);
	else if (byte >= 8 && byte <= 13 && letters[byte - 8])
		buffer_byte(out, letters[byte - 8]);
	else
		buffer_format(out, "u%04x", (unsigned)byte);
}

void json_bytes(struct buffer *out, const char *data, size_t size)
{
	size_t from = 0;

	buffer_byte(out, '"');
	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)data[i];

		if (byte >= 0x20 && byte != '"' && byte != '\\')
			continue;
		buffer_add(out, data + from, i - from);
		json_escape(out, byte);
		from = i + 1;
	}
	buffer_add(out, data + from, size - from);
	buffer_byte(out, '"');
}

void json_text(struct buffer *out, const char *text)
{
	json_bytes(out, text, strlen(text));
}

void json_item(struct buffer *out, const char *text)
{
	json_next(out);
	json_text(out, text);
}

void json_key(struct buffer *out, const char *name)
{
	json_item(out, name);
	buffer_byte(out, ':');
}

/* `"key":"text"`, or null for an empty text. */
void json_pair(struct buffer *out, const char *name, const char *text)
{
	json_key(out, name);
	if (text[0])
		json_text(out, text);
	else
		buffer_text(out, "null");
}

void json_flag(struct buffer *out, const char *name, bool value)
{
	json_key(out, name);
	buffer_text(out, value ? "true" : "false");
}

void json_about(struct buffer *out, const struct inquiry_about *about)
{
	json_pair(out, "id", about->id);
	json_pair(out, "decision", about->decision);
	json_pair(out, "output", about->output);
	json_pair(out, "unit", about->unit);
	json_pair(out, "revision", about->revision);
	json_pair(out, "as_of", about->as_of);
	json_pair(out, "rulebook", about->rulebook);
	json_key(out, "policy");
	buffer_text(out, about->policy[0] ? about->policy : "{}");
	json_pair(out, "reason", about->reason);
}

static void json_items(
	struct buffer *out, const struct price_value *value, unsigned depth)
{
	bool named = value->kind == PRICE_CONTEXT;

	buffer_byte(out, named ? '{' : '[');
	for (size_t i = 0; i < value->count; i++) {
		json_next(out);
		if (named) {
			json_bytes(out, value->names[i].data,
				value->names[i].size);
			buffer_byte(out, ':');
		}
		json_value(out, &value->items[i], depth + 1);
	}
	buffer_byte(out, named ? '}' : ']');
}

static void json_interval(
	struct buffer *out, const struct price_value *value, unsigned depth)
{
	buffer_byte(out, '{');
	json_key(out, "from");
	json_value(out, &value->items[0], depth + 1);
	json_key(out, "to");
	json_value(out, &value->items[1], depth + 1);
	json_flag(out, "from_closed", value->low_closed);
	json_flag(out, "to_closed", value->high_closed);
	buffer_byte(out, '}');
}

/* Inside a list or context: undetermined, because of names or one of items. */
static void json_unknown(
	struct buffer *out, const struct price_value *value, unsigned depth)
{
	buffer_byte(out, '{');
	json_pair(out, "status", words_status_code(SHK_UNDETERMINED));
	json_key(out, value->names || !value->count ? "missing" : "outcomes");
	buffer_byte(out, '[');
	for (size_t i = 0; i < value->count; i++) {
		json_next(out);
		if (value->names)
			json_bytes(out, value->names[i].data,
				value->names[i].size);
		else
			json_value(out, &value->items[i], depth + 1);
	}
	buffer_text(out, "]}");
}

void json_value(
	struct buffer *out, const struct price_value *value, unsigned depth)
{
	char date[DATE_TEXT];

	if (depth > VALUES_DEPTH_MAX) {
		buffer_text(out, "\"...\"");
		return;
	}
	switch (value->kind) {
	case PRICE_NULL:
		buffer_text(out, "null");
		break;
	case PRICE_BOOLEAN:
		buffer_text(out, value->u.boolean ? "true" : "false");
		break;
	case PRICE_NUMBER:
		if (value->hole)
			template_mark(out, value->hole);
		else
			values_number(out, value->u.number);
		break;
	case PRICE_TEXT:
		json_bytes(out, value->text.data, value->text.size);
		break;
	case PRICE_DATE:
		date_format(value->u.days, date);
		json_text(out, date);
		break;
	case PRICE_LIST:
	case PRICE_CONTEXT:
		json_items(out, value, depth);
		break;
	case PRICE_INTERVAL:
		json_interval(out, value, depth);
		break;
	case PRICE_UNKNOWN:
		json_unknown(out, value, depth);
		break;
	}
}
