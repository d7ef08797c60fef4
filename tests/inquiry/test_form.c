/*
 * What a form asks, against the vocabulary and the rulebook as they stand in
 * their files, and against the answers: what an answer misses can be filled in.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <shokan/form.h>

#include "base/memory.h"
#include "price/pricing.h"

static struct pricing pricing;

static void open_rules(void)
{
	pricing_open(&pricing, SOURCE_FOLDER "/rules");
	pricing.parts = "s";
}

static void close_rules(void)
{
	pricing_close(&pricing);
}

TestSuite(form, .init = open_rules, .fini = close_rules);

/* `name kind unit low high`, signs for what else is so, then words or parts. */
static void say(struct buffer *out, const shk_form_field *field)
{
	static const char *const kinds[] = { "number", "whole", "date", "truth",
		"word", "text", "list" };

	buffer_format(out, "%s %s", field->name, kinds[field->kind]);
	if (field->unit[0])
		buffer_format(out, " %s", field->unit);
	if (field->low[0] || field->high[0])
		buffer_format(out, " %c%s..%s%c", field->low_open ? '(' : '[',
			field->low, field->high, field->high_open ? ')' : ']');
	buffer_format(out, "%s%s%s%s", field->parameter ? " parameter" : "",
		field->derived ? " derived" : "", field->none ? " none" : "",
		field->instead ? " instead" : "");
	if (field->prefix[0] || field->after[0])
		buffer_format(out, " %s%s", field->prefix, field->after);
	for (size_t i = 0; i < field->word_count; i++)
		buffer_format(out, "%c%s", i ? '|' : ' ', field->words[i]);
	if (field->unset[0])
		buffer_format(out, " unset=%s", field->unset);
	for (size_t i = 0; i < field->part_count; i++) {
		buffer_text(out, i ? ", " : " {");
		say(out, &field->parts[i]);
		if (i + 1 == field->part_count)
			buffer_byte(out, '}');
	}
}

static const char *said(shk_pricer *pricer, const char *decision,
	const char *revision, struct buffer *out)
{
	shk_form *form = NULL;
	shk_diag diag = { 0 };

	buffer_clear(out);
	cr_assert_eq(shk_form_new(&form, pricer, decision, revision, &diag),
		SHK_OK, "%s: %s", decision, diag.message);
	for (size_t i = 0; i < shk_form_count(form); i++) {
		say(out, shk_form_at(form, i));
		buffer_byte(out, '\n');
	}
	cr_expect_null(shk_form_at(form, shk_form_count(form)));
	shk_form_free(form);
	return out->size ? out->data : "";
}

Test(form, the_fields_of_a_decision_with_their_domains)
{
	static const struct {
		const char *decision, *revision, *form;
	} rows[] = {
		{ "rare_disease_coefficient", "r8",
			"payer_lane word medical|long_term_care|outside\n"
			"orphan_designated truth\n"
			"indication_aid truth\n"
			"annual_tests whole tests/year [0..)\n"
			"base_points number points (0..) derived\n"
			"base_items list {points number points (0..), times "
			"number (0..)}\n"
			"points_rounding word parameter "
			"exact|half_up|floor|ceil\n" },
		{ "above_price_pattern", NULL,
			"payer_lane word medical|long_term_care|outside\n"
			"shares list {maker text, share number percent "
			"(0..100], quantity number (0..) instead q}\n"
			"current_price number yen (0..)\n"
			"market_price number yen (0..)\n"
			"market_price_taxed number yen (0..) derived\n"
			"price_rounding word parameter round3|none "
			"unset=round3\n"
			"majority_share number percent (0..100] parameter\n"
			"pattern3_rule word parameter market|market_capped "
			"unset=unpublished\n"
			"pattern3_cap_percent number percent [0..) "
			"parameter\n" },
		{ "above_price_pattern", "r6", "" },
		{ "foreign_average_price", "r6",
			"payer_lane word medical|long_term_care|outside\n"
			"foreign_prices list none {country word "
			"us|gb|de|fr|au, price number yen (0..), local_price "
			"number (0..) instead, rate number yen (0..) @}\n"
			"foreign_average number yen (0..) derived none\n"
			"foreign_average_use word new_product|repricing\n"
			"fall_last_two_revisions_percent number percent\n" },
		{ "challenge_application", "r8", "" },
	};
	shk_pricer *pricer = pricing_pricer(&pricing, "");
	struct buffer out;

	buffer_init(&out);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_str_eq(
			said(pricer, rows[i].decision, rows[i].revision, &out),
			rows[i].form, "%s:\n%s", rows[i].decision, out.data);
	buffer_release(&out);
	shk_pricer_free(pricer);
}

static bool has(const shk_form *form, const char *name)
{
	for (size_t i = 0; i < shk_form_count(form); i++)
		if (strcmp(shk_form_at(form, i)->name, name) == 0)
			return true;
	return false;
}

/* Names that a person can answer to: facts and parameters have labels. */
static enum shk_code look(void *context, const shk_result *result)
{
	const shk_form *form = context;

	for (size_t i = 0; i < result->missing_count; i++)
		if (result->missing[i].label_en[0])
			cr_expect(has(form, result->missing[i].name),
				"%s misses %s", result->decision,
				result->missing[i].name);
	return SHK_OK;
}

Test(form, whatever_is_missing_can_be_filled_in)
{
	static const char *const revisions[] = { "r6", "r8" };
	const shk_record *record = pricing_record(&pricing, "");
	size_t fields = 0;

	for (size_t i = 0; i < 2; i++) {
		for (size_t k = 0;
			k < shk_rulebook_decision_count(pricing.book); k++) {
			shk_form *form = NULL;
			shk_pricer *pricer;
			shk_diag diag = { 0 };

			pricing.options.revision = revisions[i];
			pricing.decision =
				shk_rulebook_decision(pricing.book, k);
			pricer = pricing_pricer(&pricing, "");
			cr_assert_eq(
				shk_form_new(&form, pricer, pricing.decision,
					revisions[i], &diag),
				SHK_OK, "%s", diag.message);
			cr_assert_eq(shk_pricer_price(
					     pricer, record, look, form, &diag),
				SHK_OK, "%s", diag.message);
			fields += shk_form_count(form);
			shk_form_free(form);
			shk_pricer_free(pricer);
		}
	}
	cr_expect_gt(fields, 100u);
}

Test(form, what_does_not_exist_is_refused)
{
	shk_pricer *pricer = pricing_pricer(&pricing, "");
	shk_form *form = NULL;
	shk_diag diag = { 0 };

	cr_expect_eq(shk_form_new(&form, pricer, "coverage_clas", "r8", &diag),
		SHK_E_USAGE);
	cr_expect_not_null(
		strstr(diag.message, "coverage_class"), "%s", diag.message);
	memset(&diag, 0, sizeof(diag));
	cr_expect_eq(shk_form_new(&form, pricer, "coverage_class", "r7", &diag),
		SHK_E_USAGE);
	cr_expect_str_eq(diag.message, "no revision r7");
	cr_expect_null(form);
	shk_pricer_free(pricer);
}

Test(form, every_allocation_may_fail)
{
	shk_pricer *pricer = pricing_pricer(&pricing, "");
	shk_form *form = NULL;
	shk_diag diag = { 0 };
	uint64_t nth = 0;
	enum shk_code code;

	do {
		memory_fail_at(++nth, false);
		code = shk_form_new(&form, pricer, "new_product_price_ceiling",
			NULL, &diag);
		memory_fail_at(0, false);
		cr_expect_eq(code != SHK_OK, form == NULL);
		cr_expect(code == SHK_OK || code == SHK_E_MEMORY);
		shk_form_free(form);
	} while (code != SHK_OK && nth < 1000);
	cr_expect_gt(nth, 2u);
	cr_expect_eq(code, SHK_OK);
	shk_pricer_free(pricer);
}
