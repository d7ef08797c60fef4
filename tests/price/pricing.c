/*
 * See pricing.h.
 */
#include "price/pricing.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/date.h"
#include "price/vectors.h"

static const char *const statuses[] = { "determined", "undetermined",
	"not_applicable", "conflict", "error" };

void pricing_open(struct pricing *pricing, const char *folder)
{
	shk_diag diag = { 0 };

	*pricing = (struct pricing){ .options = { .flips = true } };
	cr_assert_eq(shk_rulebook_load(&pricing->book, folder, &diag), SHK_OK,
		"%s:%ld: %s", diag.path, diag.line, diag.message);
	cr_assert_eq(shk_schema_load(&pricing->schema, folder, &diag), SHK_OK,
		"%s:%ld: %s", diag.path, diag.line, diag.message);
	arena_init(&pricing->arena);
	buffer_init(&pricing->said);
}

void pricing_close(struct pricing *pricing)
{
	buffer_release(&pricing->said);
	arena_release(&pricing->arena);
	shk_policy_free(pricing->policy);
	shk_schema_free(pricing->schema);
	shk_rulebook_free(pricing->book);
}

const shk_record *pricing_record(struct pricing *pricing, const char *text)
{
	char copy[2048], *rest = copy, sign;
	struct text name, value;
	shk_diag diag = { 0 };

	arena_clear(&pricing->arena);
	cr_assert_eq(
		record_init(&pricing->record, record_schema_of(pricing->schema),
			&pricing->arena, &diag),
		SHK_OK);
	pricing->record.id = "R1";
	pricing->record.path = "records.csv";
	pricing->record.row = 2;
	cr_assert_lt(strlen(text), sizeof(copy));
	memcpy(copy, text, strlen(text) + 1);
	while (vectors_pair(&rest, &name, &value, &sign))
		cr_assert_eq(record_set(&pricing->record, name, value, &diag),
			SHK_OK, "%s: %s", text, diag.message);
	return (const shk_record *)(const void *)&pricing->record;
}

static void policy_of(struct pricing *pricing, const char *text)
{
	char copy[512], names[64], values[64], *rest = copy, sign;
	struct text name, value;
	shk_diag diag = { 0 };

	shk_policy_free(pricing->policy);
	cr_assert_eq(
		shk_policy_new(&pricing->policy, pricing->book, &diag), SHK_OK);
	memcpy(copy, text, strlen(text) + 1);
	while (vectors_pair(&rest, &name, &value, &sign)) {
		snprintf(names, sizeof(names), "%.*s", (int)name.size,
			name.data);
		snprintf(values, sizeof(values), "%.*s", (int)value.size,
			value.data);
		cr_assert_eq(
			shk_policy_set(pricing->policy, names, values, &diag),
			SHK_OK, "%s: %s", text, diag.message);
	}
}

shk_pricer *pricing_pricer(struct pricing *pricing, const char *policy)
{
	shk_price_options options = pricing->options;
	shk_pricer *pricer;
	shk_diag diag = { 0 };

	policy_of(pricing, policy);
	options.policy = pricing->policy;
	if (pricing->decision) {
		options.decisions = &pricing->decision;
		options.decision_count = 1;
	}
	cr_assert_eq(shk_pricer_new(&pricer, pricing->book, pricing->schema,
			     &options, &diag),
		SHK_OK, "%s", diag.message);
	return pricer;
}

static void say_outcomes(
	struct buffer *out, const struct price_outcome *outcomes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct price_outcome *outcome = &outcomes[i];

		if (i)
			buffer_byte(out, '|');
		if (outcome->status != SHK_DETERMINED)
			buffer_format(out, "%s:%s", statuses[outcome->status],
				outcome->reason);
		else if (outcome->value.kind == PRICE_UNKNOWN)
			buffer_byte(out, '*');
		else if (outcome->value.kind == PRICE_NULL)
			buffer_text(out, "null");
		else
			vectors_say(&outcome->value, out);
	}
}

static void say_values(struct buffer *out, const shk_result *result)
{
	for (size_t i = 0; i < result->output_count; i++) {
		const struct price_output *output = &result->outputs[i];

		buffer_format(out, "%s%s=", i ? "," : "", output->name);
		if (output->status == SHK_DETERMINED) {
			vectors_say(&output->value, out);
			continue;
		}
		buffer_text(out, statuses[output->status]);
		if (output->outcome_count == 0)
			continue;
		buffer_byte(out, '{');
		say_outcomes(out, output->outcomes, output->outcome_count);
		buffer_byte(out, '}');
	}
}

/* The lead as one of the outcomes, or all of them. */
static void say_lead(struct buffer *out, const shk_result *result)
{
	if (result->status == SHK_DETERMINED)
		vectors_say(&result->outputs[0].value, out);
	else if (result->status == SHK_UNDETERMINED && !*result->reason)
		say_outcomes(out, result->outcomes, result->outcome_count);
	else
		buffer_format(
			out, "%s:%s", statuses[result->status], result->reason);
}

static void say_flips(struct buffer *out, const shk_result *result)
{
	for (size_t i = 0; i < result->flip_count; i++) {
		const struct price_flip *flip = &result->flips[i];

		buffer_format(out, "%s%s%s:", i ? "," : "",
			flip->known ? "=" : "", flip->field);
		vectors_say(&flip->at, out);
		buffer_byte(out, '(');
		say_outcomes(out, flip->below, flip->below_count);
		buffer_byte(out, '/');
		say_outcomes(out, flip->on, flip->on_count);
		buffer_byte(out, '/');
		say_outcomes(out, flip->above, flip->above_count);
		buffer_byte(out, ')');
	}
}

static void say_steps(struct buffer *out, const shk_result *result)
{
	static const char kinds[] = { [PRICE_STEP_DECISION] = 'd',
		[PRICE_STEP_FACT] = 'f',
		[PRICE_STEP_AGAIN] = 'a',
		[PRICE_STEP_ROW] = 'r',
		[PRICE_STEP_ROUND] = 'w' };

	for (size_t i = 0; i < result->step_count; i++) {
		const struct price_step *step = &result->steps[i];

		buffer_format(out, "%s%u%c%.*s", i ? "," : "", step->depth,
			kinds[step->kind], (int)step->name.size,
			step->name.data);
		if (step->kind == PRICE_STEP_ROW)
			buffer_format(out, "#%u", step->row);
		buffer_byte(out, '=');
		vectors_say(&step->value, out);
	}
}

static void say_words(struct buffer *out, const shk_result *result, char part)
{
	for (size_t i = 0; part == 'm' && i < result->missing_count; i++)
		buffer_format(out, "%s%s%s", i ? "," : "",
			result->missing[i].alone ? "!" : "",
			result->missing[i].name);
	for (size_t i = 0; part == 'c' && i < result->citation_count; i++)
		buffer_format(out, "%s%s/%s/%s", i ? "," : "",
			result->citations[i].source, result->citations[i].place,
			result->citations[i].evidence);
	for (size_t i = 0; part == 'k' && i < result->caveat_count; i++)
		buffer_format(out, "%s%s", i ? "," : "", result->caveats[i]);
	for (size_t i = 0; part == 'K' && i < result->kept_count; i++)
		buffer_format(out, "%s%.*s=%.*s", i ? "," : "",
			(int)result->kept_names[i].size,
			result->kept_names[i].data,
			(int)result->kept_values[i].size,
			result->kept_values[i].data);
}

static void say_part(struct buffer *out, const shk_result *result, char part)
{
	switch (part) {
	case 'd':
		buffer_text(out, result->decision);
		break;
	case 'r':
		buffer_format(out, "%s@%s%s", result->revision, result->as_of,
			result->assumed_newest ? "?" : "");
		break;
	case 's':
		buffer_format(out, "%s%s%s", statuses[result->status],
			*result->reason ? ":" : "", result->reason);
		break;
	case 'v':
		say_values(out, result);
		break;
	case 'l':
		say_lead(out, result);
		break;
	case 'o':
		say_outcomes(out, result->outcomes, result->outcome_count);
		break;
	case 'f':
		say_flips(out, result);
		break;
	case 'e':
		buffer_text(out, result->evidence);
		break;
	case 't':
		say_steps(out, result);
		break;
	case 'x':
		buffer_format(out, "%s: %s", result->field, result->message);
		break;
	default:
		say_words(out, result, part);
	}
}

static enum shk_code on_result(void *context, const shk_result *result)
{
	struct pricing *pricing = context;
	struct buffer *out = &pricing->said;

	if (out->size > 0)
		buffer_byte(out, '\n');
	for (const char *part = pricing->parts; *part; part++) {
		if (part != pricing->parts)
			buffer_byte(out, ' ');
		say_part(out, result, *part);
	}
	return SHK_OK;
}

enum shk_code pricing_price(struct pricing *pricing, shk_pricer *pricer,
	const shk_record *record, shk_diag *diag)
{
	buffer_clear(&pricing->said);
	return shk_pricer_price(pricer, record, on_result, pricing, diag);
}

const char *pricing_again(
	struct pricing *pricing, shk_pricer *pricer, const char *record)
{
	const shk_record *subject = pricing_record(pricing, record);
	shk_diag diag = { 0 };

	buffer_clear(&pricing->said);
	cr_assert_eq(
		shk_pricer_price(pricer, subject, on_result, pricing, &diag),
		SHK_OK, "%s: %s", record, diag.message);
	return pricing->said.size ? pricing->said.data : "";
}

const char *pricing_say(
	struct pricing *pricing, const char *record, const char *policy)
{
	shk_pricer *pricer = pricing_pricer(pricing, policy);
	const char *said = pricing_again(pricing, pricer, record);

	shk_pricer_free(pricer);
	return said;
}

void pricing_rows(struct pricing *pricing, const char *decision,
	const char *parts, const struct pricing_row *rows, size_t count)
{
	pricing->decision = decision;
	pricing->parts = parts;
	for (size_t i = 0; i < count; i++) {
		const char *said =
			pricing_say(pricing, rows[i].record, rows[i].policy);

		cr_expect_str_eq(said, rows[i].said,
			"%s of \"%s\" with \"%s\" (%s):\n got  %s\n want %s",
			decision, rows[i].record, rows[i].policy, parts, said,
			rows[i].said);
	}
}
