/*
 * Every row of the vectors through the library: the record is set field by
 * field, the result is compared in the words of the file.
 */
#include <criterion/criterion.h>
#include <string.h>

#include <shokan/shokan.h>

#include "price/vectors.h"
#include "record/record.h"

struct bench {
	shk_rulebook *book;
	shk_schema *schema;
	const struct vector *row;
	unsigned compared;
	unsigned failed;
};

static void differ(struct bench *bench, struct text name, const char *got,
	struct text want)
{
	fprintf(stderr, "%s %s: %.*s is %s, want %.*s\n", bench->row->id,
		bench->row->decision, (int)name.size, name.data, got,
		(int)want.size, want.data);
	bench->failed++;
}

static void compare(struct bench *bench, struct text name, struct text want,
	const struct buffer *got)
{
	struct buffer words;

	buffer_init(&words);
	vectors_words(want, &words);
	bench->compared++;
	if (strcmp(words.size ? words.data : "", got->size ? got->data : "") !=
		0)
		differ(bench, name, got->size ? got->data : "(nothing)", want);
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
static void compare_output(struct bench *bench, const shk_result *result,
	struct text name, struct text want)
{
	static const char *const statuses[] = { "determined", "undetermined",
		"not_applicable", "conflict", "error" };
	const struct price_output *found = output(result, name);
	struct buffer got;

	buffer_init(&got);
	if (!found) {
		differ(bench, name, "no output", want);
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
		compare(bench, name, want, &inner);
		buffer_release(&inner);
	} else {
		compare(bench, name, want, &got);
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

static bool has_caveat(const shk_result *result, struct text want)
{
	for (size_t i = 0; i < result->caveat_count; i++)
		if (text_is(want, result->caveats[i]))
			return true;
	return false;
}

/* `~`: the value cut to the digits that the row prints. */
static void compare_digits(struct bench *bench, const shk_result *result,
	struct text name, struct text want)
{
	const struct price_output *found = output(result, name);
	struct buffer got;

	buffer_init(&got);
	if (found && found->status == SHK_DETERMINED)
		vectors_say(&found->value, &got);
	bench->compared++;
	if (got.size < want.size || memcmp(got.data, want.data, want.size))
		differ(bench, name, got.size ? got.data : "(nothing)", want);
	buffer_release(&got);
}

static void compare_pair(struct bench *bench, const shk_result *result,
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
	else if (text_is(name, "caveat"))
		buffer_add(&got, want.data,
			has_caveat(result, want) ? want.size : 0);
	else {
		compare_output(bench, result, name, want);
		return;
	}
	compare(bench, name, want, &got);
	buffer_release(&got);
}

static enum shk_code on_result(void *context, const shk_result *result)
{
	static const char *const statuses[] = { "determined", "undetermined",
		"not_applicable", "conflict", "error" };
	struct bench *bench = context;
	char *rest = bench->row->expected, sign;
	struct text name, want;

	bench->compared++;
	if (strcmp(statuses[result->status], bench->row->status) != 0)
		differ(bench, text_of("status"), statuses[result->status],
			text_of(bench->row->status));
	while (vectors_pair(&rest, &name, &want, &sign)) {
		if (sign == '~')
			compare_digits(bench, result, name, want);
		else
			compare_pair(bench, result, name, want);
	}
	return SHK_OK;
}

/* What a refused field or parameter says: reason and field. */
static void compare_refusal(struct bench *bench, const shk_diag *diag)
{
	char *rest = bench->row->expected, sign;
	struct text name, want;

	bench->compared++;
	if (strcmp(bench->row->status, "error") != 0)
		differ(bench, text_of("status"), diag->message,
			text_of(bench->row->status));
	while (vectors_pair(&rest, &name, &want, &sign)) {
		const char *got =
			text_is(name, "field") ? diag->field : diag->reason;

		if (!text_is(want, got))
			differ(bench, name, got, want);
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

static void run(struct bench *bench)
{
	const char *decision = bench->row->decision;
	shk_price_options options = { .decisions = &decision,
		.decision_count = 1,
		.flips = true,
		.steps = true };
	struct arena arena;
	struct record record;
	shk_policy *policy;
	shk_pricer *pricer;
	shk_diag diag = { 0 };

	arena_init(&arena);
	cr_assert_eq(record_init(&record, record_schema_of(bench->schema),
			     &arena, &diag),
		SHK_OK);
	record.id = bench->row->id;
	cr_assert_eq(shk_policy_new(&policy, bench->book, &diag), SHK_OK);
	options.policy = policy;
	options.revision = *bench->row->revision ? bench->row->revision : NULL;
	if (set_all(&record, policy, bench->row, &diag)) {
		compare_refusal(bench, &diag);
	} else {
		cr_assert_eq(shk_pricer_new(&pricer, bench->book, bench->schema,
				     &options, &diag),
			SHK_OK, "%s: %s", bench->row->id, diag.message);
		cr_assert_eq(
			shk_pricer_price(pricer, (const shk_record *)&record,
				on_result, bench, &diag),
			SHK_OK, "%s: %s", bench->row->id, diag.message);
		shk_pricer_free(pricer);
	}
	shk_policy_free(policy);
	arena_release(&arena);
}

Test(vectors, every_row_through_the_library)
{
	struct bench bench = { 0 };
	struct vectors vectors;
	struct vector row;
	shk_diag diag = { 0 };
	unsigned rows = 0;

	cr_assert_eq(
		shk_rulebook_load(&bench.book, SOURCE_FOLDER "/rules", &diag),
		SHK_OK, "%s:%ld: %s", diag.path, diag.line, diag.message);
	cr_assert_eq(
		shk_schema_load(&bench.schema, SOURCE_FOLDER "/rules", &diag),
		SHK_OK, "%s:%ld: %s", diag.path, diag.line, diag.message);
	cr_assert(vectors_open(
		&vectors, SOURCE_FOLDER "/fixtures/vectors/vectors.csv"));
	bench.row = &row;
	while (vectors_next(&vectors, &row)) {
		run(&bench);
		rows++;
	}
	shk_schema_free(bench.schema);
	shk_rulebook_free(bench.book);
	cr_assert_gt(rows, 150u);
	cr_assert_eq(bench.failed, 0u, "%u of %u comparisons failed in %u rows",
		bench.failed, bench.compared, rows);
}
