/*
 * Values of the general engine as text: FEEL or JSON in, JSON out. A JSON
 * text is FEEL but for three escapes, which are rewritten first.
 */
#include "dmn/session.h"

#include <string.h>

#include "feel/machine.h"
#include "feel/temporal.h"

static enum shk_code no_slots(
	void *context, unsigned slot, struct feel_value *out, shk_diag *diag)
{
	(void)context;
	(void)slot;
	(void)out;
	return diag_set(diag, SHK_E_INTERNAL, "a value reads a slot");
}

/* \/ \b \f inside strings become what FEEL writes for them. */
static void rewrite(const char *text, struct buffer *out)
{
	bool inside = false;

	for (; *text; text++) {
		if (*text == '"')
			inside = !inside;
		if (*text != '\\' || !inside || !text[1]) {
			buffer_byte(out, *text);
			continue;
		}
		text++;
		if (*text == '/') {
			buffer_byte(out, '/');
		} else if (*text == 'b' || *text == 'f') {
			buffer_text(out, *text == 'b' ? "\\u0008" : "\\u000C");
		} else {
			buffer_byte(out, '\\');
			buffer_byte(out, *text);
		}
	}
}

static enum shk_code run(struct arena *arena, const struct feel_node *node,
	struct feel_value *out, shk_diag *diag)
{
	struct feel_host host = { .load = no_slots };
	struct feel_machine *machine = NULL;
	const struct feel_program *program;
	enum shk_code code;

	code = feel_compile(arena, node, NULL, "", &program, diag);
	if (code == SHK_OK)
		code = feel_machine_new(&machine, arena, &host, diag);
	if (code == SHK_OK)
		code = feel_run(machine, program, NULL, out, diag);
	feel_machine_free(machine);
	return code;
}

enum shk_code dmn_value_of_text(struct arena *arena, const char *text,
	struct feel_value *out, shk_diag *diag)
{
	const struct feel_node *node;
	struct buffer rewritten;
	const char *kept;
	enum shk_code code;

	*out = FEEL_NULL_VALUE;
	buffer_init(&rewritten);
	buffer_add(&rewritten, "", 0);
	rewrite(text, &rewritten);
	kept = rewritten.failed || !rewritten.data
		       ? NULL
		       : arena_text(arena, rewritten.data, rewritten.size);
	buffer_release(&rewritten);
	if (!kept)
		return diag_memory(diag);
	code = feel_parse(arena, text_of(kept), (struct feel_place){ "", 1, 1 },
		NULL, &node, diag);
	if (code == SHK_OK)
		code = run(arena, node, out, diag);
	if (code == SHK_E_RULES) {
		code = SHK_E_INPUT;
		if (diag)
			diag->code = code;
	}
	return code;
}

static void json_string(struct text text, struct buffer *out)
{
	buffer_byte(out, '"');
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.data[i];

		if (c == '"' || c == '\\')
			buffer_byte(out, '\\');
		if (c < 0x20)
			buffer_format(out, "\\u%04x", c);
		else
			buffer_byte(out, (char)c);
	}
	buffer_byte(out, '"');
}

static void json_deep(
	const struct feel_value *value, struct buffer *out, unsigned depth);

static void json_items(
	const struct feel_value *value, struct buffer *out, unsigned depth)
{
	buffer_byte(out, '[');
	for (uint32_t i = 0; i < value->size; i++) {
		if (i > 0)
			buffer_text(out, ", ");
		json_deep(&value->u.items[i], out, depth + 1);
	}
	buffer_byte(out, ']');
}

static void json_entries(
	const struct feel_value *value, struct buffer *out, unsigned depth)
{
	buffer_byte(out, '{');
	for (uint32_t i = 0; i < value->size; i++) {
		if (i > 0)
			buffer_text(out, ", ");
		json_string(value->u.entries[i].name, out);
		buffer_text(out, ": ");
		json_deep(&value->u.entries[i].value, out, depth + 1);
	}
	buffer_byte(out, '}');
}

/* Dates, durations, ranges and functions: their FEEL text as a string. */
static void json_other(const struct feel_value *value, struct buffer *out)
{
	struct buffer text;

	buffer_init(&text);
	if (temporal_is(value->type))
		temporal_text(value, &text);
	else
		feel_print(value, &text);
	json_string(
		(struct text){ text.data ? text.data : "", text.size }, out);
	if (text.failed)
		out->failed = true;
	buffer_release(&text);
}

static void json_deep(
	const struct feel_value *value, struct buffer *out, unsigned depth)
{
	if (depth > FEEL_NESTED_MAX) {
		buffer_text(out, "null");
		return;
	}
	switch (value->type) {
	case FEEL_NULL:
	case FEEL_BOOLEAN:
	case FEEL_NUMBER:
		feel_print(value, out);
		break;
	case FEEL_STRING:
		json_string((struct text){ value->u.string, value->size }, out);
		break;
	case FEEL_LIST:
		json_items(value, out, depth);
		break;
	case FEEL_CONTEXT:
		json_entries(value, out, depth);
		break;
	default:
		json_other(value, out);
		break;
	}
}

void dmn_json(const struct feel_value *value, struct buffer *out)
{
	json_deep(value, out, 0);
}
