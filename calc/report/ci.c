/*
 * Levels, messages and safe texts of the formats for continuous integration.
 * Ids, paths and messages come from the user's files: nothing of them reaches
 * a format but through ci_spell.
 */
#include <string.h>

#include "report/ci.h"
#include "report/text.h"
#include "report/words.h"

/* An output that the answer needs and that is not known. */
static bool ci_is_open(const shk_result *result)
{
	for (size_t i = 0; i < result->output_count; i++) {
		enum shk_status status = result->outputs[i].status;

		if (status != SHK_DETERMINED && status != SHK_NOT_APPLICABLE)
			return true;
	}
	return false;
}

static enum ci_level ci_level(const shk_result *result, bool strict)
{
	switch (result->status) {
	case SHK_DETERMINED:
		return ci_is_open(result) ? CI_NOTE : CI_NONE;
	case SHK_UNDETERMINED:
	case SHK_CONFLICT:
		return strict ? CI_ERROR : CI_WARNING;
	case SHK_ERROR:
		return CI_ERROR;
	case SHK_NOT_APPLICABLE:
		break;
	}
	return CI_NONE;
}

const char *ci_path(const char *path)
{
	if (!path || strcmp(path, "-") == 0)
		return "";
	while (path[0] == '.' && path[1] == '/') {
		path += 2;
		path += strspn(path, "/");
	}
	return path;
}

void ci_of_result(struct ci_item *item, const shk_result *result, bool strict)
{
	enum ci_verdict open = strict ? CI_FAILED : CI_OPEN;
	const enum ci_verdict verdicts[REPORT_STATUSES] = {
		[SHK_DETERMINED] = CI_PASSED,
		[SHK_UNDETERMINED] = open,
		[SHK_NOT_APPLICABLE] = CI_NOT_APPLICABLE,
		[SHK_CONFLICT] = open,
		[SHK_ERROR] = CI_BROKEN,
	};

	memset(item, 0, sizeof(*item));
	item->id = result->id;
	item->decision = result->decision[0] ? result->decision : CI_UNREADABLE;
	item->rule = item->decision;
	item->path = ci_path(result->path);
	item->row = result->row;
	item->status = words_status_code(result->status);
	item->type = result->reason[0] ? result->reason : item->status;
	item->verdict = verdicts[result->status];
	item->level = ci_level(result, strict);
	item->result = result;
}

/* What is wrong, behind the field unless the message names it itself. */
static void ci_error(struct buffer *out, const shk_result *result)
{
	size_t size = strlen(result->field);

	if (size && strncmp(result->message, result->field, size) != 0) {
		buffer_text(out, result->field);
		buffer_text(out, ": ");
	}
	buffer_text(out, result->message);
}

/* One part of a message behind `before`; nothing when it is empty. */
static bool ci_part(struct buffer *out, const shk_result *result,
	enum shk_language language, bool values, const char *before)
{
	size_t from = out->size;
	bool any;

	buffer_text(out, before);
	if (values)
		any = text_values(out, result, language);
	else
		any = text_why(out, result, language);
	if (any || out->failed)
		return any;
	out->size = from;
	out->data[from] = '\0';
	return false;
}

static void ci_result_message(struct buffer *out, const shk_result *result,
	enum shk_language language)
{
	bool values = result->status == SHK_DETERMINED;
	bool open = result->status == SHK_UNDETERMINED;
	const char *before = open ? "; " : ": ";

	buffer_text(out, words_status(result->status, language));
	if (result->status == SHK_ERROR && result->message[0]) {
		buffer_text(out, before);
		ci_error(out, result);
		return;
	}
	if (ci_part(out, result, language, values, before))
		before = "\n";
	ci_part(out, result, language, !values, before);
}

void ci_message(struct buffer *out, const struct ci_item *item,
	enum shk_language language)
{
	if (item->change)
		ci_change_message(out, item->change, language);
	else
		ci_result_message(out, item->result, language);
}

struct text ci_first_line(const struct buffer *message)
{
	struct text line = { message->data ? message->data : "", 0 };

	line.size = strcspn(line.data, "\n");
	return line;
}

void ci_name(struct buffer *out, const struct ci_item *item)
{
	if (item->id[0])
		buffer_text(out, item->id);
	else if (item->row > 0)
		buffer_format(out, "row %ld", item->row);
	else
		buffer_text(out, "whole file");
}

void ci_title(struct buffer *out, const struct ci_item *item)
{
	ci_name(out, item);
	buffer_byte(out, ' ');
	buffer_text(out, item->decision);
	if (item->change)
		buffer_text(out, " (change)");
}

/* No text in one of the formats, though it is a code point. */
static bool ci_is_unprintable(uint32_t code)
{
	return (code >= 0x80 && code < 0xA0) || code == 0x2028 ||
	       code == 0x2029 || code == 0xFEFF || (code & 0xFFFE) == 0xFFFE ||
	       (code >= 0xFDD0 && code <= 0xFDEF);
}

static void ci_spell_ascii(
	struct buffer *out, unsigned char byte, ci_escape escape)
{
	const char *spelt = escape(byte);
	char picture[4];

	if (spelt)
		buffer_text(out, spelt);
	else if (byte == 0x7F)
		buffer_text(out, "\xE2\x90\xA1"); /* U+2421 */
	else if (byte < 0x20)
		buffer_add(out, picture, utf8_encode(0x2400u + byte, picture));
	else
		buffer_byte(out, (char)byte);
}

void ci_spell(struct buffer *out, struct text text, ci_escape escape)
{
	size_t at = 0;

	while (at < text.size) {
		unsigned char byte = (unsigned char)text.data[at];
		uint32_t code = byte;
		size_t size = 1;

		if (byte >= 0x80)
			size = utf8_decode(
				text.data + at, text.size - at, &code);
		if (byte < 0x80)
			ci_spell_ascii(out, byte, escape);
		else if (size == 0 || ci_is_unprintable(code))
			buffer_text(out, "\xEF\xBF\xBD"); /* U+FFFD */
		else
			buffer_add(out, text.data + at, size);
		at += size ? size : 1;
	}
}

void ci_take(struct buffer *out, struct buffer *scratch, ci_escape escape)
{
	struct text text = { scratch->data, scratch->size };

	if (scratch->failed)
		out->failed = true;
	else
		ci_spell(out, text, escape);
	buffer_clear(scratch);
}

const char *ci_escape_json(unsigned char byte)
{
	switch (byte) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\n':
		return "\\n";
	case '\r':
		return "\\r";
	case '\t':
		return "\\t";
	default:
		return NULL;
	}
}

void ci_quote(struct buffer *out, struct text text)
{
	buffer_byte(out, '"');
	ci_spell(out, text, ci_escape_json);
	buffer_byte(out, '"');
}

void ci_take_quoted(struct buffer *out, struct buffer *scratch)
{
	buffer_byte(out, '"');
	ci_take(out, scratch, ci_escape_json);
	buffer_byte(out, '"');
}
