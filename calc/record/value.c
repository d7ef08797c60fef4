/*
 * Values of the simple types other than numbers, dates and makers, and the
 * words in which a refusal is said: the field, the value as read, what is
 * wrong with it and what would be right.
 */
#include <stdio.h>
#include <string.h>

#include "record/list.h"
#include "record/value.h"

bool value_is_unknown(struct text text)
{
	return text.size == 0 ||
	       (text.size == 7 && memcmp(text.data, "unknown", 7) == 0);
}

bool value_is_none(struct text text)
{
	return text.size == 4 && memcmp(text.data, "none", 4) == 0;
}

/* One character into `out`; returns the bytes written, at most four. */
static size_t value_character(struct text text, size_t *at, char *out)
{
	static const char hex[] = "0123456789abcdef";
	uint32_t code = 0;
	size_t step = utf8_decode(text.data + *at, text.size - *at, &code);

	if (step == 0 || code < 0x20 || code == 0x7F ||
		(code >= 0x80 && code < 0xA0)) {
		unsigned char byte = (unsigned char)text.data[*at];

		*at += step ? step : 1;
		if (code >= 0x80)
			byte = (unsigned char)code;
		out[0] = '\\';
		out[1] = 'x';
		out[2] = hex[byte >> 4];
		out[3] = hex[byte & 15];
		return 4;
	}
	memcpy(out, text.data + *at, step);
	*at += step;
	return step;
}

void value_shown(struct text text, char out[VALUE_SHOWN_TEXT])
{
	size_t size = 0;
	size_t at = 0;

	for (int i = 0; i < VALUE_SHOWN_MAX && at < text.size; i++)
		size += value_character(text, &at, out + size);
	if (at < text.size) {
		memcpy(out + size, "...", 3);
		size += 3;
	}
	out[size] = '\0';
}

enum shk_code value_refuse(struct value_context *context,
	const struct record_field *part, const char *reason, const char *format,
	...)
{
	const struct record_field *field = context->field;
	char words[SHK_DIAG_MESSAGE];
	char item[32] = "";
	bool named = part != field && !field->plain;
	va_list args;

	va_start(args, format);
	if (vsnprintf(words, sizeof(words), format, args) < 0)
		words[0] = '\0';
	va_end(args);
	if (context->item > 0)
		snprintf(item, sizeof(item), ", item %zu", context->item);
	diag_set(context->diag, SHK_E_INPUT, "%s%s%s%s: %s", field->name, item,
		named ? ", " : "", named ? part->name : "", words);
	diag_field(context->diag, field->name);
	diag_reason(context->diag, reason);
	diag_place(context->diag, context->record->path,
		context->line ? context->line : context->record->row,
		context->column);
	return SHK_E_INPUT;
}

enum shk_code value_none(struct value_context *context,
	const struct record_field *field, struct record_value *out)
{
	if (!field->none_allowed)
		return value_refuse(context, field, "bad_value",
			"it cannot be known to be absent (none); leave it "
			"empty when it is not known");
	out->state = RECORD_NONE;
	out->size = 0;
	out->u.parts = NULL;
	return SHK_OK;
}

bool value_fold(struct arena *arena, struct text text, struct text *out)
{
	size_t at = 0;
	size_t size = 0;
	char *copy;

	*out = text;
	while (at < text.size && (unsigned char)text.data[at] < 0x80)
		at++;
	if (at == text.size)
		return true;
	copy = arena_alloc(arena, text.size + 1);
	if (!copy)
		return false;
	for (at = 0; at < text.size;) {
		uint32_t code = 0;
		size_t step =
			utf8_decode(text.data + at, text.size - at, &code);

		if (step == 0)
			step = 1;
		if (code >= 0xFF01 && code <= 0xFF5E) { /* full-width ASCII */
			copy[size++] = (char)(code - 0xFF01 + '!');
		} else if (code == 0x2212) { /* minus sign */
			copy[size++] = '-';
		} else {
			memcpy(copy + size, text.data + at, step);
			size += step;
		}
		at += step;
	}
	copy[size] = '\0';
	*out = (struct text){ copy, size };
	return true;
}

/* 1 true, 0 false, -1 neither. */
static int value_truth(struct text text)
{
	static const struct {
		const char *word;
		int truth;
	} words[] = { { "true", 1 }, { "false", 0 }, { "1", 1 }, { "0", 0 },
		{ "yes", 1 }, { "no", 0 }, { "はい", 1 }, { "いいえ", 0 },
		{ "１", 1 }, { "０", 0 } };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t at = 0;

		while (at < text.size && words[i].word[at]) {
			char letter = text.data[at];

			if (letter >= 'A' && letter <= 'Z')
				letter = (char)(letter + ('a' - 'A'));
			if (letter != words[i].word[at])
				break;
			at++;
		}
		if (at == text.size && !words[i].word[at])
			return words[i].truth;
	}
	return -1;
}

/* The two commonest words, without a search. */
static int value_plain_truth(struct text text)
{
	if (text.size == 4 && memcmp(text.data, "true", 4) == 0)
		return 1;
	return text.size == 5 && memcmp(text.data, "false", 5) == 0 ? 0 : -1;
}

static enum shk_code value_bool(struct value_context *context,
	const struct record_field *type, struct text text,
	struct record_value *out)
{
	char shown[VALUE_SHOWN_TEXT];
	int truth = value_plain_truth(text);

	if (truth < 0)
		truth = value_truth(text);
	if (truth < 0) {
		value_shown(text, shown);
		return value_refuse(context, type, "bad_value",
			"\"%s\" is neither true nor false; write true or false",
			shown);
	}
	out->u.boolean = truth == 1;
	return SHK_OK;
}

/* The words of an enum, as far as they fit into a message. */
static void value_words(const struct record_field *type, char *out, size_t size)
{
	size_t at = 0;

	out[0] = '\0';
	for (size_t i = 0; i < type->word_count; i++) {
		int written = snprintf(out + at, size - at, "%s%s",
			i ? ", " : "", type->words[i]);

		if (written < 0 || (size_t)written >= size - at)
			return;
		at += (size_t)written;
	}
}

static enum shk_code value_enum(struct value_context *context,
	const struct record_field *type, struct text text,
	struct record_value *out)
{
	char shown[VALUE_SHOWN_TEXT];
	char words[256];
	const char *near;

	for (size_t i = 0; i < type->word_count; i++) {
		if (text_is(text, type->words[i])) {
			out->u.text = type->words[i];
			out->size = (uint32_t)text.size;
			return SHK_OK;
		}
	}
	value_shown(text, shown);
	value_words(type, words, sizeof(words));
	near = text_nearest(text, type->words, type->word_count);
	return value_refuse(context, type, "bad_domain",
		"\"%s\" is not one of its words%s%s%s; write one of %s", shown,
		near ? "; did you mean \"" : "", near ? near : "",
		near ? "\"?" : "", words);
}

enum shk_code value_read(struct value_context *context,
	const struct record_field *type, struct text text,
	struct record_value *out)
{
	out->state = RECORD_KNOWN;
	out->column = context->column;
	switch (type->type) {
	case RECORD_BOOL:
		return value_bool(context, type, text, out);
	case RECORD_INT:
	case RECORD_DEC:
	case RECORD_YEN:
	case RECORD_PERCENT:
		return value_number(context, type, text, out);
	case RECORD_DATE:
		return value_date(context, type, text, out);
	case RECORD_ENUM:
		return value_enum(context, type, text, out);
	case RECORD_MAKER:
		return value_maker(context, type, text, out);
	case RECORD_TEXT:
		out->u.text = text.data;
		out->size = (uint32_t)text.size;
		return SHK_OK;
	case RECORD_LIST:
		break;
	}
	return diag_set(context->diag, SHK_E_INTERNAL,
		"%s: a list where a value is read", type->name);
}

enum shk_code value_cell(struct value_context *context,
	const struct record_field *field, struct text text,
	struct record_value *out)
{
	context->field = field;
	context->item = 0;
	out->column = context->column;
	if (value_is_unknown(text)) {
		out->state = RECORD_UNKNOWN;
		return SHK_OK;
	}
	if (value_is_none(text))
		return value_none(context, field, out);
	if (field->type == RECORD_LIST)
		return list_cell(context, text, out);
	return value_read(context, field, text, out);
}
