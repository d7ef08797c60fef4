/*
 * A row of a vectors file through the library: the record is set field by
 * field, the result is compared in the words of the file. For the test of
 * the vectors and for the mutation of the law, which asks the same of books
 * that are wrong.
 */
#include "price/rows.h"

#include <string.h>

#include "record/record.h"

static void differ(
	struct rows *rows, struct text name, const char *got, struct text want)
{
	rows->failed++;
	if (rows->said)
		fprintf(rows->said, "%s %s: %.*s is %s, want %.*s\n",
			rows->row->id, rows->row->decision, (int)name.size,
			name.data, got, (int)want.size, want.data);
}

static void compare(struct rows *rows, struct text name, struct text want,
	const struct buffer *got)
{
	struct buffer words;

	buffer_init(&words);
	vectors_words(want, &words);
	rows->compared++;
	if (strcmp(words.size ? words.data : "", got->size ? got->data : "") !=
		0)
		differ(rows, name, got->size ? got->data : "(nothing)", want);
	buffer_release(&words);
}

static const struct price_output *output(
	const shk_result *result, struct text name)
{
	for (size_t i = 0; i < result->output_count; i++)
		if (text_is(name, result->outputs[i].name))
			return &result->outputs[i];
	return NULL;
}

/* An output by name: a value, undetermined{a|b}, not_applicable. */
static void compare_output(struct rows *rows, const shk_result *result,
	struct text name, struct text want)
{
	static const char *const statuses[] = { "determined", "undetermined",
		"not_applicable", "conflict", "error" };
	const struct price_output *found = output(result, name);
	struct buffer got;

	buffer_init(&got);
	if (!found) {
		differ(rows, name, "no output", want);
		return;
	}
	if (found->status == SHK_DETERMINED)
		vectors_say(&found->value, &got);
	else
		buffer_text(&got, statuses[found->status]);
	if (found->status == SHK_UNDETERMINED &&
		memchr(want.data, '{', want.size)) {
		struct buffer inner;

		want.data += strlen("undetermined{");
		want.size -= strlen("undetermined{") + 1;
		buffer_init(&inner);
		vectors_outcomes(found->outcomes, found->outcome_count, &inner);
		compare(rows, name, want, &inner);
		buffer_release(&inner);
	} else {
		compare(rows, name, want, &got);
	}
	buffer_release(&got);
}

static void say_missing(const shk_result *result, struct buffer *out)
{
	struct buffer words;

	buffer_init(&words);
	for (size_t i = 0; i < result->missing_count; i++)
		buffer_format(
			&words, "%s%s", i ? "|" : "", result->missing[i].name);
	if (words.size)
		vectors_words((struct text){ words.data, words.size }, out);
	buffer_release(&words);
}

static void say_flips(const shk_result *result, struct buffer *out)
{
	struct buffer words;

	buffer_init(&words);
	for (size_t i = 0; i < result->flip_count; i++) {
		buffer_format(
			&words, "%s%s:", i ? "|" : "", result->flips[i].field);
		vectors_say(&result->flips[i].at, &words);
	}
	if (words.size)
		vectors_words((struct text){ words.data, words.size }, out);
	buffer_release(&words);
}

/* Every caveat, where `caveat` asks for one of them. */
static void say_caveats(const shk_result *result, struct buffer *out)
{
	struct buffer words;

	buffer_init(&words);
	for (size_t i = 0; i < result->caveat_count; i++)
		buffer_format(&words, "%s%s", i ? "|" : "", result->caveats[i]);
	if (words.size)
		vectors_words((struct text){ words.data, words.size }, out);
	buffer_release(&words);
}

static bool is_inexact(const struct price_value *value)
{
	for (size_t i = 0; i < value->count && value->kind == PRICE_LIST; i++)
		if (value->items[i].inexact)
			return true;
	return value->inexact;
}

/* Outputs that are marked as correct to their digits only. */
static void say_inexact(const shk_result *result, struct buffer *out)
{
	struct buffer words;

	buffer_init(&words);
	for (size_t i = 0; i < result->output_count; i++) {
		const struct price_output *output = &result->outputs[i];

		if (output->status == SHK_DETERMINED &&
			is_inexact(&output->value))
			buffer_format(&words, "%s%s", words.size ? "|" : "",
				output->name);
	}
	if (words.size)
		vectors_words((struct text){ words.data, words.size }, out);
	buffer_release(&words);
}

/* The last day of each step, "open" for one that has none. */
static void say_ends(const shk_result *result, struct buffer *out)
{
	const struct price_output *steps = output(result, text_of("steps"));
	struct buffer words;

	if (!steps || steps->status != SHK_DETERMINED)
		return;
	buffer_init(&words);
	for (size_t i = 0; i < steps->value.count; i++) {
		const struct price_value *step = &steps->value.items[i];

		for (size_t k = 0; k < step->count; k++) {
			if (!text_is(step->names[k], "to"))
				continue;
			buffer_text(&words, words.size ? "|" : "");
			if (step->items[k].kind == PRICE_DATE)
				vectors_say(&step->items[k], &words);
			else
				buffer_text(&words, "open");
		}
	}
	if (words.size)
		vectors_words((struct text){ words.data, words.size }, out);
	buffer_release(&words);
}

static bool has_caveat(const shk_result *result, struct text want)
{
	for (size_t i = 0; i < result->caveat_count; i++)
		if (text_is(want, result->caveats[i]))
			return true;
	return false;
}

/* `~`: the value cut to the digits that the row prints. */
static void compare_digits(struct rows *rows, const shk_result *result,
	struct text name, struct text want)
{
	const struct price_output *found = output(result, name);
	struct buffer got;

	buffer_init(&got);
	if (found && found->status == SHK_DETERMINED)
		vectors_say(&found->value, &got);
	rows->compared++;
	if (got.size < want.size || memcmp(got.data, want.data, want.size))
		differ(rows, name, got.size ? got.data : "(nothing)", want);
	buffer_release(&got);
}

static void compare_pair(struct rows *rows, const shk_result *result,
	struct text name, struct text want)
{
	struct buffer got;

	buffer_init(&got);
	if (text_is(name, "outcomes"))
		vectors_outcomes(result->outcomes, result->outcome_count, &got);
	else if (text_is(name, "missing"))
		say_missing(result, &got);
	else if (text_is(name, "flips"))
		say_flips(result, &got);
	else if (text_is(name, "reason"))
		buffer_text(&got, result->reason);
	else if (text_is(name, "evidence"))
		buffer_text(&got, result->evidence);
	else if (text_is(name, "revision"))
		buffer_text(&got, result->revision);
	else if (text_is(name, "field"))
		buffer_text(&got, result->field);
	else if (text_is(name, "inexact"))
		say_inexact(result, &got);
	else if (text_is(name, "ends"))
		say_ends(result, &got);
	else if (text_is(name, "caveats"))
		say_caveats(result, &got);
	else if (text_is(name, "caveat"))
		buffer_add(&got, want.data,
			has_caveat(result, want) ? want.size : 0);
	else {
		compare_output(rows, result, name, want);
		return;
	}
	compare(rows, name, want, &got);
	buffer_release(&got);
}

static enum shk_code on_result(void *context, const shk_result *result)
{
	static const char *const statuses[] = { "determined", "undetermined",
		"not_applicable", "conflict", "error" };
	struct rows *rows = context;
	char *rest = rows->row->expected, sign;
	struct text name, want;

	rows->compared++;
	if (strcmp(statuses[result->status], rows->row->status) != 0)
		differ(rows, text_of("status"), statuses[result->status],
			text_of(rows->row->status));
	while (vectors_pair(&rest, &name, &want, &sign)) {
		if (sign == '~')
			compare_digits(rows, result, name, want);
		else
			compare_pair(rows, result, name, want);
	}
	return SHK_OK;
}

/* What a refused field or parameter says: reason and field. */
static void compare_refusal(struct rows *rows, const shk_diag *diag)
{
	char *rest = rows->row->expected, sign;
	struct text name, want;

	rows->compared++;
	if (strcmp(rows->row->status, "error") != 0)
		differ(rows, text_of("status"), diag->message,
			text_of(rows->row->status));
	while (vectors_pair(&rest, &name, &want, &sign)) {
		const char *got =
			text_is(name, "field") ? diag->field : diag->reason;

		if (!text_is(want, got))
			differ(rows, name, got, want);
	}
}

static enum shk_code set_all(struct record *record, shk_policy *policy,
	const struct vector *row, shk_diag *diag)
{
	char *rest = row->inputs, sign;
	struct text name, value;
	enum shk_code code = SHK_OK;

	while (!code && vectors_pair(&rest, &name, &value, &sign))
		code = record_set(record, name, value, diag);
	rest = row->policy;
	while (!code && vectors_pair(&rest, &name, &value, &sign)) {
		char names[64], values[64];

		snprintf(names, sizeof(names), "%.*s", (int)name.size,
			name.data);
		snprintf(values, sizeof(values), "%.*s", (int)value.size,
			value.data);
		code = shk_policy_set(policy, names, values, diag);
	}
	return code;
}

/* A step that must work did not. */
static bool works(
	struct rows *rows, const char *what, enum shk_code code, shk_diag *diag)
{
	if (code)
		differ(rows, text_of(what), diag->message, text_of("done"));
	return code == SHK_OK;
}

static void price(
	struct rows *rows, struct record *record, const shk_policy *policy)
{
	const char *decision = rows->row->decision;
	shk_price_options options = { .decisions = &decision,
		.decision_count = 1,
		.policy = policy,
		.revision = *rows->row->revision ? rows->row->revision : NULL,
		.flips = true,
		.steps = true };
	unsigned compared = rows->compared;
	shk_pricer *pricer;
	shk_diag diag = { 0 };

	if (!works(rows, "pricer",
		    shk_pricer_new(
			    &pricer, rows->book, rows->schema, &options, &diag),
		    &diag))
		return;
	works(rows, "price",
		shk_pricer_price(pricer, (const shk_record *)record, on_result,
			rows, &diag),
		&diag);
	if (rows->compared == compared)
		differ(rows, text_of("results"), "none", text_of("one"));
	shk_pricer_free(pricer);
}

void rows_run(struct rows *rows)
{
	struct arena arena;
	struct record record;
	shk_policy *policy = NULL;
	shk_diag diag = { 0 };

	arena_init(&arena);
	if (works(rows, "record",
		    record_init(&record, record_schema_of(rows->schema), &arena,
			    &diag),
		    &diag) &&
		works(rows, "policy",
			shk_policy_new(&policy, rows->book, &diag), &diag)) {
		record.id = rows->row->id;
		if (set_all(&record, policy, rows->row, &diag))
			compare_refusal(rows, &diag);
		else
			price(rows, &record, policy);
	}
	shk_policy_free(policy);
	arena_release(&arena);
}
