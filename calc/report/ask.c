/*
 * What is to be found out, through the chosen writer; and as CSV and JSON (as
 * schemas/ask.schema.json describes it).
 */
#include "report/ask.h"

#include <string.h>

#include "report/csv.h"
#include "report/json.h"
#include "report/values.h"

static void json_left(
	struct buffer *out, size_t left, const struct price_value *width)
{
	json_key(out, "outcomes_left");
	if (left)
		buffer_format(out, "%zu", left);
	else
		buffer_text(out, "null");
	json_key(out, "width_left");
	json_value(out, width, 0);
}

static void json_fact(struct buffer *out, const struct ask_fact *fact)
{
	json_next(out);
	buffer_byte(out, '{');
	json_pair(out, "name", fact->name);
	json_pair(out, "label", fact->label_en);
	json_flag(out, "parameter", fact->parameter);
	json_flag(out, "alone", fact->alone);
	json_flag(out, "lucky", fact->lucky);
	json_left(out, fact->left, &fact->width);
	buffer_byte(out, '}');
}

static void json_sets(struct buffer *out, const struct shk_ask *ask)
{
	json_key(out, "sets");
	buffer_byte(out, '[');
	for (size_t i = 0; i < ask->set_count; i++) {
		const struct ask_set *set = &ask->sets[i];

		json_next(out);
		buffer_byte(out, '{');
		json_key(out, "facts");
		buffer_byte(out, '[');
		for (size_t k = 0; k < set->count; k++)
			json_item(out, set->facts[k]->name);
		buffer_byte(out, ']');
		json_flag(out, "always", set->always);
		json_left(out, set->left, &set->width);
		buffer_byte(out, '}');
	}
	buffer_byte(out, ']');
}

void ask_json(struct buffer *out, const struct shk_ask *ask)
{
	buffer_byte(out, '{');
	json_about(out, &ask->about);
	json_flag(out, "open", ask->open);
	json_flag(out, "contradiction", ask->refused);
	json_outcomes(out, "outcomes", ask->outcomes, ask->outcome_count);
	json_key(out, "between");
	json_value(out, &ask->between, 0);
	json_sets(out, ask);
	json_key(out, "facts");
	buffer_byte(out, '[');
	for (size_t i = 0; i < ask->fact_count; i++)
		json_fact(out, &ask->facts[i]);
	buffer_byte(out, ']');
	json_flag(out, "complete", ask->complete);
	json_pair(out, "why", ask->why);
	buffer_text(out, "}\n");
}

static void csv_text(struct buffer *out, const char *text, char behind)
{
	csv_cell(out, text, strlen(text));
	buffer_byte(out, behind);
}

static void csv_left(
	struct buffer *out, size_t left, const struct price_value *width)
{
	struct buffer text;

	if (left)
		buffer_format(out, "%zu", left);
	buffer_byte(out, ',');
	buffer_init(&text);
	if (width->kind == PRICE_NUMBER)
		values_number(&text, width->u.number);
	if (text.failed)
		out->failed = true;
	csv_text(out, text.size ? text.data : "", ',');
	buffer_release(&text);
}

static void csv_lead(struct buffer *out, const struct shk_ask *ask)
{
	csv_text(out, ask->about.id, ',');
	csv_text(out, ask->about.decision, ',');
	csv_text(out, ask->about.output, ',');
}

/* A row a set, then a row a fact alone. */
void ask_csv(struct buffer *out, const struct shk_ask *ask)
{
	struct buffer names;
	const char *end = ask->complete ? "true\r\n" : "false\r\n";

	buffer_text(out, "id,decision,output,kind,facts,decides,outcomes_left,"
			 "width_left,complete\r\n");
	buffer_init(&names);
	for (size_t i = 0; i < ask->set_count; i++) {
		const struct ask_set *set = &ask->sets[i];

		buffer_clear(&names);
		for (size_t k = 0; k < set->count; k++)
			buffer_format(&names, "%s%s", k ? "|" : "",
				set->facts[k]->name);
		csv_lead(out, ask);
		buffer_text(out, "set,");
		out->failed = out->failed || names.failed;
		csv_text(out, names.size ? names.data : "", ',');
		buffer_text(out, set->always ? "always," : "with_luck,");
		csv_left(out, set->left, &set->width);
		buffer_text(out, end);
	}
	for (size_t i = 0; i < ask->fact_count; i++) {
		const struct ask_fact *fact = &ask->facts[i];

		csv_lead(out, ask);
		buffer_text(out, "fact,");
		csv_text(out, fact->name, ',');
		buffer_text(out, fact->alone   ? "always,"
				 : fact->lucky ? "with_luck,"
					       : "never,");
		csv_left(out, fact->left, &fact->width);
		buffer_text(out, end);
	}
	buffer_release(&names);
}

enum shk_code shk_ask_report(const shk_ask *ask, enum shk_ask_format format,
	enum shk_language language, shk_sink sink, shk_diag *diag)
{
	struct buffer out;
	enum shk_code code = SHK_OK;

	buffer_init(&out);
	if (format == SHK_ASK_TEXT || format == SHK_ASK_HTML)
		ask_text(&out, ask, language, format == SHK_ASK_HTML);
	else if (format == SHK_ASK_CSV)
		ask_csv(&out, ask);
	else
		ask_json(&out, ask);
	if (out.failed)
		code = diag_memory(diag);
	else if (!sink.write(sink.context, out.data, out.size))
		code = diag_set(diag, SHK_E_IO, "cannot write the report");
	buffer_release(&out);
	return code;
}
