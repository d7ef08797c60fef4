/*
 * The request of a form with a file, as one that the readers of requests know:
 * the file from where it is, and the lines of parameters as names.
 */
#include <string.h>

#include "base/diag.h"
#include "serve/upload.h"

bool upload_is_fault(enum shk_code code)
{
	return code == SHK_E_USAGE || code == SHK_E_INPUT ||
	       code == SHK_E_LIMIT || code == SHK_E_RULES;
}

bool upload_is_row(enum shk_code code, const shk_record *record)
{
	return record && (code == SHK_E_INPUT || code == SHK_E_LIMIT);
}

static bool take_is_own(const char *name)
{
	return strcmp(name, "again") == 0 || strcmp(name, "again_name") == 0 ||
	       strcmp(name, "policy") == 0;
}

static bool take_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r';
}

static struct text take_trim(struct text text)
{
	while (text.size > 0 && take_blank(text.data[0])) {
		text.data++;
		text.size--;
	}
	while (text.size > 0 && take_blank(text.data[text.size - 1]))
		text.size--;
	return text;
}

static enum shk_code take_wrong(size_t number, shk_diag *diag)
{
	diag_set(diag, SHK_E_USAGE,
		"line %zu is no NAME=VALUE, such as points_rounding=half_up",
		number);
	diag_field(diag, "policy");
	return SHK_E_USAGE;
}

/* `NAME=VALUE` as the pair p.NAME. */
static enum shk_code take_line(
	struct upload *upload, struct text line, size_t number, shk_diag *diag)
{
	struct serve_pairs *form = &upload->asked.form;
	const char *equals = memchr(line.data, '=', line.size);
	struct text name = { line.data,
		equals ? (size_t)(equals - line.data) : 0 };
	struct text value;
	char *front;

	name = take_trim(name);
	if (name.size == 0)
		return take_wrong(number, diag);
	value.data = equals + 1;
	value.size = line.size - (size_t)(value.data - line.data);
	value = take_trim(value);
	front = arena_alloc(&upload->arena, name.size + value.size + 4);
	if (!front)
		return diag_memory(diag);
	memcpy(front, SERVE_PARAMETER, 2);
	memcpy(front + 2, name.data, name.size);
	front[2 + name.size] = '\0';
	memcpy(front + name.size + 3, value.data, value.size);
	front[name.size + 3 + value.size] = '\0';
	form->items[form->count++] = (struct serve_pair){ .name = front,
		.value = front + name.size + 3 };
	return SHK_OK;
}

static enum shk_code take_policy(
	struct upload *upload, const char *text, shk_diag *diag)
{
	enum shk_code code = SHK_OK;
	size_t number = 0;

	while (*text && !code) {
		size_t size = strcspn(text, "\n");
		struct text line = take_trim((struct text){ text, size });

		text += size + (text[size] == '\n');
		number++;
		if (number > UPLOAD_LINES_MAX) {
			diag_set(diag, SHK_E_LIMIT,
				"more than %d lines of parameters",
				UPLOAD_LINES_MAX);
			diag_field(diag, "policy");
			return SHK_E_LIMIT;
		}
		if (line.size > 0 && line.data[0] != '#')
			code = take_line(upload, line, number, diag);
	}
	return code;
}

/* What the form asks, without what is for these pages alone. */
static enum shk_code take_pairs(struct upload *upload, shk_diag *diag)
{
	const struct serve_request *request = upload->request;
	struct serve_pairs *form = &upload->asked.form;
	const char *policy = serve_request_value(request, "policy");

	form->count = 0;
	form->items = arena_zeroed(&upload->arena,
		request->form.count + UPLOAD_LINES_MAX + 1,
		sizeof(*form->items));
	if (!form->items)
		return diag_memory(diag);
	for (size_t i = 0; i < request->form.count; i++)
		if (!take_is_own(request->form.items[i].name))
			form->items[form->count++] = request->form.items[i];
	return policy ? take_policy(upload, policy, diag) : SHK_OK;
}

enum shk_code upload_take(struct upload *upload,
	const struct serve_request *request, shk_diag *diag)
{
	enum shk_code code;

	memset(upload, 0, sizeof(*upload));
	arena_init(&upload->arena);
	upload->request = request;
	upload->asked = *request;
	code = take_pairs(upload, diag);
	return code ? code
		    : upload_again_read(&upload->arena, request,
			      &upload->asked.file, diag);
}

void upload_release(struct upload *upload)
{
	arena_release(&upload->arena);
}
