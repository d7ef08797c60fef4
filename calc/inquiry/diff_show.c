/*
 * The text of an answer: `determined`, its values, what it may still be, its
 * reason, its caveats.
 */
#include <string.h>

#include "base/date.h"
#include "inquiry/diff_show.h"

#define SHOW_DEPTH_MAX 32 /* values one inside another; deeper ones are ... */

const char *diff_show_status(enum shk_status status)
{
	static const char *const words[] = { "determined", "undetermined",
		"not_applicable", "conflict", "error" };

	return words[status];
}

static void show(
	struct buffer *out, const struct price_value *value, unsigned depth);

static void show_items(
	struct buffer *out, const struct price_value *value, unsigned depth)
{
	bool named = value->kind == PRICE_CONTEXT;

	buffer_text(out, named ? "{" : "[");
	for (size_t i = 0; i < value->count; i++) {
		buffer_text(out, i > 0 ? ", " : "");
		if (named) {
			buffer_add(out, value->names[i].data,
				value->names[i].size);
			buffer_text(out, ": ");
		}
		show(out, &value->items[i], depth + 1);
	}
	buffer_text(out, named ? "}" : "]");
}

static void show_number(struct buffer *out, num number)
{
	char text[NUM_TEXT_MAX];

	num_format(number, text, sizeof(text));
	buffer_text(out, text);
}

static void show(
	struct buffer *out, const struct price_value *value, unsigned depth)
{
	char date[DATE_TEXT];

	if (depth == SHOW_DEPTH_MAX) {
		buffer_text(out, "...");
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
		show_number(out, value->u.number);
		break;
	case PRICE_TEXT:
		buffer_add(out, value->text.data, value->text.size);
		break;
	case PRICE_DATE:
		date_format(value->u.days, date);
		buffer_text(out, date);
		break;
	case PRICE_LIST:
	case PRICE_CONTEXT:
		show_items(out, value, depth);
		break;
	case PRICE_INTERVAL:
		buffer_byte(out, value->low_closed ? '[' : '(');
		show(out, &value->items[0], depth + 1);
		buffer_text(out, "..");
		show(out, &value->items[1], depth + 1);
		buffer_byte(out, value->high_closed ? ']' : ')');
		break;
	case PRICE_UNKNOWN:
		buffer_text(out, "unknown");
		break;
	}
}

void diff_show_value(struct buffer *out, const struct price_value *value)
{
	show(out, value, 0);
}

static void show_outcomes(
	struct buffer *out, const struct price_outcome *outcomes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buffer_text(out, i > 0 ? " or " : ": ");
		if (outcomes[i].status == SHK_DETERMINED)
			show(out, &outcomes[i].value, 0);
		else
			buffer_text(out, diff_show_status(outcomes[i].status));
	}
}

static void show_status(struct buffer *out, const shk_result *result)
{
	buffer_text(out, diff_show_status(result->status));
	if (*result->reason)
		buffer_format(out, " (%s)", result->reason);
}

static void show_caveats(struct buffer *out, const shk_result *result)
{
	for (size_t i = 0; i < result->caveat_count; i++)
		buffer_format(
			out, "%s%s", i > 0 ? ", " : "", result->caveats[i]);
	if (result->caveat_count == 0)
		buffer_text(out, "none");
}

void diff_show_output(struct buffer *out, const shk_result *result,
	const char *output, bool lead)
{
	if (result->status == SHK_NOT_APPLICABLE && !lead) {
		buffer_text(out, diff_show_status(result->status));
		return;
	}
	if (result->status == SHK_NOT_APPLICABLE ||
		result->status == SHK_ERROR) {
		show_status(out, result);
		return;
	}
	if (strcmp(output, DIFF_CAVEATS) == 0) {
		show_caveats(out, result);
		return;
	}
	for (size_t i = 0; i < result->output_count; i++) {
		const struct price_output *it = &result->outputs[i];

		if (strcmp(it->name, output) != 0)
			continue;
		if (it->status == SHK_DETERMINED) {
			show(out, &it->value, 0);
			return;
		}
		buffer_text(out, diff_show_status(it->status));
		show_outcomes(out, it->outcomes, it->outcome_count);
		return;
	}
	show_status(out, result);
}

void diff_show_answer(struct buffer *out, const shk_result *result)
{
	show_status(out, result);
	if (result->status == SHK_NOT_APPLICABLE || result->status == SHK_ERROR)
		return;
	for (size_t i = 0; i < result->output_count; i++) {
		buffer_format(out, "; %s ", result->outputs[i].name);
		diff_show_output(out, result, result->outputs[i].name, true);
	}
	if (result->caveat_count == 0)
		return;
	buffer_text(out, "; " DIFF_CAVEATS " ");
	show_caveats(out, result);
}
