/*
 * Formulas with their numbers put in. Names are those of the steps directly
 * below: facts, decisions, and decisions that were evaluated before. A name of
 * an imported model loses its prefix first (makers.share_total). What has no
 * single value (a list, an unknown) keeps its name.
 */
#include "report/filled.h"

#include <string.h>

#include "report/values.h"

static bool is_name_byte(char byte)
{
	unsigned char lower = (unsigned char)byte | 0x20;

	return byte == '_' || byte == '.' || (byte >= '0' && byte <= '9') ||
	       (lower >= 'a' && lower <= 'z') || (unsigned char)byte >= 0x80;
}

static bool is_plain(const struct price_value *value)
{
	return value->kind == PRICE_NUMBER || value->kind == PRICE_DATE ||
	       value->kind == PRICE_BOOLEAN || value->kind == PRICE_TEXT;
}

/* The value of the name, from the steps directly below step `at`. */
static const struct price_value *find(
	const shk_result *result, size_t at, struct text name)
{
	const struct price_step *steps = result->steps;
	const char *dot = NULL;

	for (size_t i = 0; i < name.size; i++)
		if (name.data[i] == '.')
			dot = name.data + i;
	if (dot) {
		name.size -= (size_t)(dot + 1 - name.data);
		name.data = dot + 1;
	}
	for (size_t i = at + 1; i < result->step_count; i++) {
		if (steps[i].depth <= steps[at].depth)
			break;
		if (steps[i].depth == steps[at].depth + 1 &&
			steps[i].kind != PRICE_STEP_ROW &&
			steps[i].kind != PRICE_STEP_ROUND &&
			text_equal(steps[i].name, name))
			return is_plain(&steps[i].value) ? &steps[i].value
							 : NULL;
	}
	return NULL;
}

static void put_value(struct buffer *out, const struct price_value *value)
{
	if (value->kind == PRICE_TEXT)
		buffer_byte(out, '"');
	values_cell(out, value);
	if (value->kind == PRICE_TEXT)
		buffer_byte(out, '"');
}

/* The bytes of the name, the quoted text or the single byte at `text`. */
static size_t token(const char *text)
{
	size_t size = 0;

	if (*text == '"') {
		const char *end = strchr(text + 1, '"');

		return end ? (size_t)(end + 1 - text) : strlen(text);
	}
	while (is_name_byte(text[size]))
		size++;
	return size ? size : 1;
}

bool filled_formula(struct buffer *out, const shk_result *result, size_t at)
{
	const char *text = result->steps[at].formula;
	size_t size = out->size;
	bool replaced = false;

	if (!*text || strlen(text) > FILLED_FORMULA_MAX)
		return false;
	while (*text) {
		struct text word = { text, token(text) };
		const struct price_value *value =
			*text == '"' || (*text >= '0' && *text <= '9')
				? NULL
				: find(result, at, word);

		if (value)
			put_value(out, value);
		else
			buffer_add(out, word.data, word.size);
		replaced = replaced || value;
		text += word.size;
	}
	if (!replaced && !out->failed) {
		out->size = size;
		out->data[size] = '\0';
	}
	return replaced;
}
