/*
 * Remembered answers are those of the rules: a pricer that remembers and one
 * that works out every answer anew say the same of random records, to the last
 * byte of the JSON with all steps.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "price/pricing.h"
#include "price/recall.h"

#define RULES SOURCE_FOLDER "/rules"

/* Answers that are compared of each decision and revision. */
#ifndef RECALL_TIMES
#define RECALL_TIMES 150
#endif

static uint64_t seed;

static unsigned draw(unsigned below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % below;
}

static bool to_buffer(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return true;
}

/* A pricer and the JSON that it says. */
struct voice {
	shk_pricer *pricer;
	shk_report *report;
	struct buffer said;
	unsigned remembered;
};

static void voice_open(struct voice *voice, struct pricing *pricing,
	const char *revision, const char *decision,
	enum shk_report_format format, bool anew)
{
	shk_price_options options = { .revision = revision,
		.decisions = &decision,
		.decision_count = 1,
		.policy = pricing->policy,
		.steps = true,
		.flips = true,
		.anew = anew };
	shk_report_options shape = { .format = format, .steps = true };
	shk_diag diag = { 0 };

	buffer_init(&voice->said);
	voice->remembered = 0;
	cr_assert_eq(shk_pricer_new(&voice->pricer, pricing->book,
			     pricing->schema, &options, &diag),
		SHK_OK, "%s", diag.message);
	cr_assert_eq(shk_report_new(&voice->report, &shape,
			     (shk_sink){ &voice->said, to_buffer }, &diag),
		SHK_OK);
}

static void voice_close(struct voice *voice)
{
	shk_report_free(voice->report);
	shk_pricer_free(voice->pricer);
	buffer_release(&voice->said);
}

static enum shk_code on_result(void *context, const shk_result *result)
{
	struct voice *voice = context;

	voice->remembered += result->remembered != 0;
	return shk_report_result(voice->report, result, NULL);
}

static const char *say(struct voice *voice, const shk_record *record)
{
	shk_diag diag = { 0 };

	buffer_clear(&voice->said);
	/* lists may be such that a rule has no value: then it says so again */
	if (shk_pricer_price(voice->pricer, record, on_result, voice, &diag))
		buffer_text(&voice->said, diag.message);
	cr_assert_eq(shk_report_finish(voice->report, &diag), SHK_OK);
	return voice->said.data;
}

/* The answer to the record that was prepared last, asked `times` times. */
static const char *say_prepared(struct voice *voice, shk_prepared *prepared,
	const shk_record *record, unsigned times)
{
	const shk_result *result;
	shk_diag diag = { 0 };

	cr_assert_eq(shk_prepared_add(prepared, record, &diag), SHK_OK);
	while (times-- > 0) {
		buffer_clear(&voice->said);
		if (shk_prepared_answer(prepared,
			    shk_prepared_count(prepared) - 1, &result, &diag))
			buffer_text(&voice->said, diag.message);
		else
			cr_assert_eq(on_result(voice, result), SHK_OK);
	}
	return voice->said.data;
}

/* Now and then any number, else one of a few near the turning points. */
static void number_text(const struct record_field *field, struct buffer *out)
{
	static const char *const few[] = { "0", "1", "2", "50", "60", "100",
		"101", "150", "199", "200", "399.5", "400", "600", "800", "801",
		"1000", "1235", "13600", "20000", "100000", "0.5", "1.25" };

	if (field->type == RECORD_INT)
		buffer_format(out, "%u", draw(3) ? draw(10) * 100 : draw(2000));
	else if (draw(3))
		buffer_text(out, few[draw(sizeof(few) / sizeof(few[0]))]);
	else
		buffer_format(out, "%u.%u", draw(20000), draw(100));
}

static void value_text(const struct record_field *field, struct buffer *out);

/* One item: its parts, of those that exclude each other mostly the first. */
static void item_text(const struct record_field *list, struct buffer *out)
{
	const char *group = "";

	for (size_t i = 0; i < list->part_count; i++) {
		const struct record_field *part = &list->parts[i];

		const char *of = part->group ? part->group : "";

		if (part->after ||
			(*of && (strcmp(group, of) == 0 || draw(8) == 0)))
			continue;
		group = of;
		buffer_text(out, i > 0 ? ":" : "");
		buffer_text(out, part->prefix ? part->prefix : "");
		if (part->type == RECORD_PERCENT)
			buffer_format(out, "%u", 5 + draw(4) * 10);
		else if (part->type == RECORD_MAKER)
			buffer_format(out, "%c", 'A' + (int)draw(4));
		else
			value_text(part, out);
	}
}

/* None of a few items: shares, requesters, prices abroad, premiums. */
static void list_text(const struct record_field *list, struct buffer *out)
{
	unsigned count = draw(4);

	if (count == 0)
		buffer_text(out, list->none_allowed ? "none" : "unknown");
	for (unsigned i = 0; i < count; i++) {
		buffer_text(out, i > 0 ? "|" : "");
		item_text(list, out);
	}
}

static void value_text(const struct record_field *field, struct buffer *out)
{
	static const char *const days[] = { "2024-06-01", "2025-03-31",
		"2026-04-01", "2026-06-01", "2027-12-31" };

	switch (field->type) {
	case RECORD_BOOL:
		buffer_text(out, draw(2) ? "true" : "false");
		break;
	case RECORD_DATE:
		buffer_text(out, days[draw(5)]);
		break;
	case RECORD_ENUM:
		buffer_text(
			out, field->words[draw((unsigned)field->word_count)]);
		break;
	case RECORD_TEXT:
	case RECORD_MAKER:
		buffer_text(out, draw(2) ? "A" : "B");
		break;
	case RECORD_LIST:
		list_text(field, out);
		break;
	default:
		number_text(field, out);
		break;
	}
}

/* Is the field one that the decision may read? */
static bool is_input(const struct pricing *pricing, size_t revision,
	size_t decision, const char *name)
{
	const struct rulebook_revision *rules =
		&pricing->book->revisions[revision];
	int slot = dmn_slot_find(rules->graph, text_of(name));

	return slot >= 0 &&
	       feel_set_has(&rules->bound[decision].inputs, (unsigned)slot);
}

/* A record of which most of what the decision reads is known. */
static const shk_record *some_record(
	struct pricing *pricing, size_t revision, size_t decision)
{
	const struct record_schema *schema = record_schema_of(pricing->schema);
	struct record *record = &pricing->record;
	struct buffer text;

	arena_clear(&pricing->arena);
	cr_assert_eq(
		record_init(record, schema, &pricing->arena, NULL), SHK_OK);
	record->id = "R1";
	record->path = "records.csv";
	record->row = 2;
	buffer_init(&text);
	for (size_t i = 0; i < schema->field_count; i++) {
		const struct record_field *field = &schema->fields[i];

		if (!is_input(pricing, revision, decision, field->name) ||
			field->derived || draw(6) == 0)
			continue;
		buffer_clear(&text);
		value_text(field, &text);
		/* what is outside of its domain stays unknown */
		(void)record_set(
			record, text_of(field->name), text_of(text.data), NULL);
	}
	buffer_release(&text);
	return (const shk_record *)(const void *)record;
}

static unsigned compare(struct pricing *pricing, size_t revision,
	size_t decision, enum shk_report_format format)
{
	const char *name = pricing->book->decisions[decision].name;
	const char *rules = pricing->book->revisions[revision].id;
	struct voice anew, again, kept;
	shk_prepared *prepared;
	unsigned remembered;

	voice_open(&anew, pricing, rules, name, format, true);
	voice_open(&again, pricing, rules, name, format, false);
	voice_open(&kept, pricing, rules, name, format, false);
	cr_assert_eq(
		shk_prepared_new(&prepared, kept.pricer, name, NULL), SHK_OK);
	for (unsigned i = 0; i < RECALL_TIMES; i++) {
		const shk_record *record =
			some_record(pricing, revision, decision);
		const char *want = say(&anew, record);
		const char *got = say(&again, record);
		size_t at = 0;

		while (want[at] && want[at] == got[at])
			at++;
		at -= at > 60 ? 60 : at;
		cr_assert(strcmp(want, got) == 0,
			"%s, %s, record %u: ...%.160s, remembered: ...%.160s",
			name, rules, i, want + at, got + at);
		got = say_prepared(&kept, prepared, record, 1 + i % 2);
		cr_assert(strcmp(want, got) == 0, "%s, %s, record %u, prepared",
			name, rules, i);
	}
	cr_assert_eq(anew.remembered, 0);
	remembered = again.remembered;
	shk_prepared_free(prepared);
	voice_close(&kept);
	voice_close(&anew);
	voice_close(&again);
	return remembered;
}

Test(recall, says_what_the_rules_say, .timeout = 600)
{
	struct pricing pricing;
	unsigned remembered = 0;

	seed = UINT64_C(0x5DEECE66D);
	pricing_open(&pricing, RULES);
	for (size_t r = 0; r < pricing.book->revision_count; r++)
		for (size_t d = 0; d < pricing.book->decision_count; d++) {
			unsigned hits =
				compare(&pricing, r, d, SHK_REPORT_JSON);

			hits += compare(&pricing, r, d, SHK_REPORT_CSV);
#ifdef RECALL_SHOW
			fprintf(stderr, "%s %s: %u\n",
				pricing.book->revisions[r].id,
				pricing.book->decisions[d].name, hits);
#endif
			remembered += hits;
		}
	pricing_close(&pricing);
	cr_assert_gt(
		remembered, RECALL_TIMES, "hardly anything was remembered");
}

Test(recall, prepared_records_are_asked_again)
{
	struct pricing pricing;
	struct voice voice;
	shk_prepared *prepared;
	const shk_result *result;
	shk_diag diag = { 0 };

	pricing_open(&pricing, RULES);
	voice_open(&voice, &pricing, "r8", "rare_disease_coefficient",
		SHK_REPORT_JSON, false);
	cr_assert_eq(shk_prepared_new(&prepared, voice.pricer, "colour", &diag),
		SHK_E_USAGE);
	cr_assert_null(prepared);
	cr_assert_eq(shk_prepared_new(&prepared, voice.pricer,
			     "rare_disease_coefficient", &diag),
		SHK_OK);
	cr_assert_eq(shk_prepared_answer(prepared, 0, &result, &diag),
		SHK_E_USAGE, "there is none yet");
	cr_assert_eq(shk_prepared_add(prepared,
			     pricing_record(&pricing,
				     "name=X;orphan_designated=true;"
				     "annual_tests=150;base_points=1240"),
			     &diag),
		SHK_OK);
	cr_assert_eq(shk_prepared_add(prepared,
			     pricing_record(&pricing,
				     "orphan_designated=true;"
				     "annual_tests=250;base_points=100"),
			     &diag),
		SHK_OK);
	for (int round = 0; round < 2; round++) {
		cr_assert_eq(shk_prepared_answer(prepared, 0, &result, &diag),
			SHK_OK);
		cr_assert_str_eq(result->name, "X", "round %d", round);
		cr_assert_eq(num_compare(result->outputs[1].value.u.number,
				     num_from_int(1860)),
			0, "1,240 x 1.5, round %d", round);
		cr_assert_eq(shk_prepared_answer(prepared, 1, &result, &diag),
			SHK_OK);
		cr_assert_str_eq(result->name, "");
		cr_assert_eq(num_compare(result->outputs[1].value.u.number,
				     num_from_int(140)),
			0, "100 x 1.4, round %d", round);
	}
	shk_prepared_free(prepared);
	voice_close(&voice);
	pricing_close(&pricing);
}
