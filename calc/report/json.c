/*
 * JSON: one object a line, keys always in the same order. Text is raw UTF-8
 * with the required escapes only; numbers are exact plain decimals. `inexact`
 * (behind values, names of outputs whose number is correct to its digits
 * only), `field` and `message` (behind reason, errors only), `steps` and
 * `kept` are written only when there is something to say.
 */
#include "report/json.h"
#include "report/template.h"
#include "report/values.h"
#include "report/words.h"
#include "report/writer.h"

void json_outcomes(struct buffer *out, const char *name,
	const struct price_outcome *outcomes, size_t count)
{
	json_key(out, name);
	buffer_byte(out, '[');
	for (size_t i = 0; i < count; i++) {
		json_next(out);
		if (outcomes[i].status == SHK_DETERMINED) {
			json_value(out, &outcomes[i].value, 0);
			continue;
		}
		buffer_byte(out, '{');
		json_pair(out, "status", words_status_code(outcomes[i].status));
		if (outcomes[i].reason[0])
			json_pair(out, "reason", outcomes[i].reason);
		buffer_byte(out, '}');
	}
	buffer_byte(out, ']');
}

static void json_output(struct buffer *out, const struct price_output *output)
{
	json_key(out, output->name);
	if (output->status == SHK_DETERMINED) {
		json_value(out, &output->value, 0);
		return;
	}
	buffer_byte(out, '{');
	json_pair(out, "status", words_status_code(output->status));
	if (output->outcome_count || output->status == SHK_UNDETERMINED)
		json_outcomes(out, "outcomes", output->outcomes,
			output->outcome_count);
	buffer_byte(out, '}');
}

static void json_values(struct buffer *out, const shk_result *result)
{
	bool inexact = false;

	json_key(out, "values");
	buffer_byte(out, '{');
	for (size_t i = 0; i < result->output_count; i++)
		json_output(out, &result->outputs[i]);
	buffer_byte(out, '}');
	for (size_t i = 0; i < result->output_count; i++) {
		const struct price_output *output = &result->outputs[i];

		if (output->status != SHK_DETERMINED ||
			!values_inexact(&output->value))
			continue;
		if (!inexact) {
			json_key(out, "inexact");
			buffer_byte(out, '[');
		}
		inexact = true;
		json_item(out, output->name);
	}
	if (inexact)
		buffer_byte(out, ']');
}

static void json_flips(struct buffer *out, const shk_result *result)
{
	json_key(out, "flips");
	buffer_byte(out, '[');
	for (size_t i = 0; i < result->flip_count; i++) {
		const struct price_flip *flip = &result->flips[i];

		json_next(out);
		buffer_byte(out, '{');
		json_pair(out, "field", flip->field);
		if (flip->parameter)
			json_flag(out, "parameter", true);
		json_key(out, "at");
		json_value(out, &flip->at, 0);
		json_outcomes(out, "below", flip->below, flip->below_count);
		json_outcomes(out, "on", flip->on, flip->on_count);
		json_outcomes(out, "above", flip->above, flip->above_count);
		buffer_byte(out, '}');
	}
	buffer_byte(out, ']');
}

void report_json_citations(struct buffer *out,
	const struct price_citation *citations, size_t count, bool level)
{
	json_key(out, "citations");
	buffer_byte(out, '[');
	for (size_t i = 0; i < count; i++) {
		json_next(out);
		buffer_byte(out, '{');
		json_pair(out, "source", citations[i].source);
		json_pair(out, "place", citations[i].place);
		if (level && citations[i].evidence[0])
			json_pair(out, "evidence", citations[i].evidence);
		if (citations[i].quote[0])
			json_pair(out, "quote", citations[i].quote);
		buffer_byte(out, '}');
	}
	buffer_byte(out, ']');
}

/* Of an inexact value: its certain digits; 0: not proved. */
static void json_digits(
	struct buffer *out, const char *name, const struct price_value *value)
{
	if (!values_inexact(value))
		return;
	json_key(out, name);
	buffer_format(out, "%u", values_digits(value));
}

static void json_margin(struct buffer *out, const struct price_step *step)
{
	if (step->margin.kind != PRICE_NUMBER)
		return;
	json_key(out, "margin");
	json_value(out, &step->margin, 0);
	json_flag(out, "proved", step->proved);
}

/* Only the parts that a step of this kind has. */
static void json_step(struct buffer *out, const struct price_step *step)
{
	static const char *const kinds[] = { "decision", "fact", "again", "row",
		"round" };

	json_next(out);
	buffer_byte(out, '{');
	json_pair(out, "step", kinds[step->kind]);
	json_key(out, "depth");
	buffer_format(out, "%u", step->depth);
	json_key(out, "name");
	json_bytes(out, step->name.data, step->name.size);
	if (step->kind == PRICE_STEP_ROW) {
		json_key(out, "row");
		buffer_format(out, "%u", step->row);
	}
	if (step->formula[0])
		json_pair(out, "formula", step->formula);
	if (step->description[0])
		json_pair(out, "description", step->description);
	if (step->kind == PRICE_STEP_ROUND) {
		json_key(out, "before");
		json_value(out, &step->before, 0);
		json_digits(out, "before_digits", &step->before);
		json_key(out, "scale");
		json_value(out, &step->scale, 0);
		json_margin(out, step);
	}
	json_key(out, "value");
	json_value(out, &step->value, 0);
	json_digits(out, "digits", &step->value);
	if (step->citation_count)
		report_json_citations(
			out, step->citations, step->citation_count, true);
	buffer_byte(out, '}');
}

void report_json_steps(struct buffer *out, const shk_result *result)
{
	buffer_byte(out, '[');
	for (size_t i = 0; i < result->step_count; i++)
		json_step(out, &result->steps[i]);
	if (result->steps_cut) {
		json_next(out);
		buffer_text(out, "{\"step\":\"cut\",\"depth\":0,\"name\":\"\","
				 "\"value\":null}");
	}
	buffer_byte(out, ']');
}

static void json_asked(struct buffer *out, const shk_result *result)
{
	json_pair(out, "decision", result->decision);
	json_pair(out, "revision", result->revision);
	json_pair(out, "as_of", result->as_of);
	json_pair(out, "status", words_status_code(result->status));
}

static void json_why(struct buffer *out, const shk_result *result)
{
	json_key(out, "missing");
	buffer_byte(out, '[');
	for (size_t i = 0; i < result->missing_count; i++)
		json_item(out, result->missing[i].name);
	buffer_byte(out, ']');
	json_flips(out, result);
	json_pair(out, "reason", result->reason);
	if (result->status == SHK_ERROR) {
		json_pair(out, "field", result->field);
		json_pair(out, "message", result->message);
	}
	json_key(out, "caveats");
	buffer_byte(out, '[');
	for (size_t i = 0; i < result->caveat_count; i++)
		json_item(out, result->caveats[i]);
	buffer_byte(out, ']');
}

static void json_kept(struct buffer *out, const shk_result *result)
{
	json_key(out, "kept");
	buffer_byte(out, '{');
	for (size_t i = 0; i < result->kept_count; i++) {
		json_next(out);
		json_bytes(out, result->kept_names[i].data,
			result->kept_names[i].size);
		buffer_byte(out, ':');
		json_bytes(out, result->kept_values[i].data,
			result->kept_values[i].size);
	}
	buffer_byte(out, '}');
}

/* All that is not told of the record alone. */
static void json_body(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->out;

	json_asked(out, result);
	json_values(out, result);
	json_outcomes(out, "outcomes", result->outcomes, result->outcome_count);
	json_why(out, result);
	json_pair(out, "evidence", result->evidence);
	report_json_citations(
		out, result->citations, result->citation_count, false);
	if (report->options.steps) {
		json_key(out, "steps");
		report_json_steps(out, result);
	}
	if (report->options.roundings && result->roundings) {
		json_key(out, "roundings");
		report_json_roundings(out, result);
	}
	json_pair(out, "rulebook", result->rulebook);
	json_key(out, "policy");
	buffer_text(out, result->policy[0] ? result->policy : "{}");
}

static void json_result(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->out;

	buffer_byte(out, '{');
	json_pair(out, "id", result->id);
	template_say(report, result, json_body);
	if (result->kept_count)
		json_kept(out, result);
	buffer_text(out, "}\n");
}

bool json_repeat(const struct shk_report *report, const shk_result *result,
	struct text id, struct buffer *out)
{
	size_t from = out->size;

	if (report->options.keep_count > 0 || id.size == 0)
		return false;
	buffer_add(out, "{\"id\":", 6);
	json_bytes(out, id.data, id.size);
	if (!template_add(report, result, out)) {
		out->size = from;
		return false;
	}
	buffer_add(out, "}\n", 2);
	return true;
}

static void json_quiet(struct shk_report *report)
{
	(void)report;
}

const struct report_writer report_json = { json_quiet, json_result,
	json_quiet };
