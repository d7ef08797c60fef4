/*
 * Replies and their failures. A problem has the form {code, field, message,
 * reason, row, column}: schemas/problem.schema.json.
 */
#include <string.h>

#include "base/diag.h"
#include "serve/problem.h"
#include "serve/reply.h"

void serve_reply_init(struct serve_reply *reply)
{
	memset(reply, 0, sizeof(*reply));
	reply->status = STATUS_DONE;
	reply->type = SERVE_TEXT;
	buffer_init(&reply->body);
}

void serve_reply_release(struct serve_reply *reply)
{
	buffer_release(&reply->body);
}

static bool reply_write(void *context, const char *data, size_t size)
{
	struct serve_reply *reply = context;

	reply->full = reply->full || size > SERVE_REPLY_MAX - reply->body.size;
	if (reply->full)
		return false;
	buffer_add(&reply->body, data, size);
	return !reply->body.failed;
}

shk_sink serve_reply_sink(struct serve_reply *reply)
{
	return (shk_sink){ reply, reply_write };
}

void serve_json_text(struct buffer *out, const char *text)
{
	size_t size = strlen(text);

	buffer_byte(out, '"');
	for (size_t at = 0; at < size;) {
		uint32_t code;
		size_t bytes = utf8_decode(text + at, size - at, &code);

		if (bytes == 0)
			buffer_text(out, "\\ufffd");
		else if (code == '"' || code == '\\')
			buffer_format(out, "\\%c", (int)code);
		else if (code < 0x20 || code == 0x7F)
			buffer_format(out, "\\u%04x", (unsigned)code);
		else
			buffer_add(out, text + at, bytes);
		at += bytes ? bytes : 1;
	}
	buffer_byte(out, '"');
}

void serve_html_text(struct buffer *out, const char *text)
{
	for (; *text; text++) {
		const char *entity = text_entity(*text);

		if (entity)
			buffer_text(out, entity);
		else
			buffer_byte(out, *text);
	}
}

/* A number from 1, or null. */
static void reply_number(struct buffer *out, const char *name, long number)
{
	if (number > 0)
		buffer_format(out, ",\"%s\":%ld", name, number);
	else
		buffer_format(out, ",\"%s\":null", name);
}

static void reply_word(struct buffer *out, const char *name, const char *word)
{
	buffer_format(out, ",\"%s\":", name);
	if (word[0])
		serve_json_text(out, word);
	else
		buffer_text(out, "null");
}

static void reply_problem_json(
	struct buffer *out, const char *code, const shk_diag *diag)
{
	buffer_format(out, "{\"code\":\"%s\"", code);
	reply_word(out, "field", diag->field);
	buffer_text(out, ",\"message\":");
	serve_json_text(out, diag->message);
	reply_word(out, "reason", diag->reason);
	reply_number(out, "row", diag->line);
	reply_number(out, "column", diag->column);
	buffer_text(out, "}\n");
}

void serve_reply_problem(struct serve_reply *reply, const char *path,
	int status, const char *code, const shk_diag *diag)
{
	bool json = strncmp(path, "/api/", 5) == 0;

	buffer_clear(&reply->body);
	reply->status = status;
	reply->download[0] = '\0';
	reply->lasting = false;
	reply->type = json ? SERVE_JSON : SERVE_HTML;
	if (json)
		reply_problem_json(&reply->body, code, diag);
	else
		problem_page(&reply->body, reply->language, status, diag);
}

void serve_reply_failure(
	struct serve_reply *reply, const char *path, const shk_diag *diag)
{
	static const struct {
		int status;
		const char *code;
	} rows[] = {
		[SHK_OK] = { STATUS_FAILED, "internal" },
		[SHK_END] = { STATUS_FAILED, "internal" },
		[SHK_E_USAGE] = { STATUS_BAD_REQUEST, "usage" },
		[SHK_E_RULES] = { STATUS_BAD_REQUEST, "rules" },
		[SHK_E_INPUT] = { STATUS_BAD_REQUEST, "input" },
		[SHK_E_IO] = { STATUS_FAILED, "io" },
		[SHK_E_LIMIT] = { STATUS_TOO_LARGE, "limit" },
		[SHK_E_MEMORY] = { STATUS_BUSY, "memory" },
		[SHK_E_INTERNAL] = { STATUS_FAILED, "internal" },
	};
	bool late = strcmp(diag->reason, "time") == 0;

	serve_reply_problem(reply, path,
		late ? STATUS_BUSY : rows[diag->code].status,
		late ? "time" : rows[diag->code].code, diag);
}
