/*
 * The pricer: which revision, which decisions, errors of a record.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "price/pricing.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

Test(pricer, the_revision_is_that_of_the_day)
{
	static const struct {
		const char *revision, *as_of, *record, *said;
	} rows[] = {
		{ NULL, NULL, "x=5", "r2@2022-04-01? determined" },
		{ NULL, NULL, "x=5;as_of=2022-03-31",
			"r1@2022-03-31 determined" },
		{ NULL, NULL, "x=5;as_of=2022-04-01",
			"r2@2022-04-01 determined" },
		{ NULL, "2021-01-01", "x=5", "r1@2021-01-01 determined" },
		{ NULL, "2021-01-01", "x=5;as_of=2021-01-01",
			"r1@2021-01-01 determined" },
		{ NULL, "2021-01-01", "x=5;as_of=2021-01-02",
			"@2021-01-02 error:inconsistent" },
		{ "r1", NULL, "x=5", "r1@2020-04-01 determined" },
		{ "r1", NULL, "x=5;as_of=2021-01-01",
			"r1@2021-01-01 determined" },
		{ "r1", NULL, "x=5;as_of=2022-04-01",
			"@2022-04-01 error:inconsistent" },
		{ "r1", "2021-01-01", "x=5", "r1@2021-01-01 determined" },
		{ NULL, NULL, "x=5;as_of=2020-03-31",
			"@2020-03-31 error:no_revision" },
		{ NULL, "2019-01-01", "x=5", "@2019-01-01 error:no_revision" },
		{ "r2", NULL, "x=5;as_of=2020-03-31",
			"@2020-03-31 error:inconsistent" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	pricing.decision = "capped";
	pricing.parts = "rs";
	for (size_t i = 0; i < COUNT(rows); i++) {
		pricing.options.revision = rows[i].revision;
		pricing.options.as_of = rows[i].as_of;
		cr_expect_str_eq(pricing_say(&pricing, rows[i].record, ""),
			rows[i].said, "row %zu: %s", i, pricing.said.data);
	}
	pricing_close(&pricing);
}

Test(pricer, options_that_cannot_be)
{
	static const char *const names[] = { "cappd", "zzzzzzzzzz" };
	static const struct {
		shk_price_options options;
		const char *message;
	} rows[] = {
		{ { .revision = "r3" }, "there is no revision \"r3\"" },
		{ { .as_of = "2021-02-30" },
			"\"2021-02-30\" is not a date written YYYY-MM-DD" },
		{ { .revision = "r2", .as_of = "2021-01-01" },
			"revision r2 is not in force on 2021-01-01" },
		{ { .revision = "r1", .as_of = "2019-01-01" },
			"revision r1 is not in force on 2019-01-01" },
		{ { .min_evidence = "E6" },
			"\"E6\" is not an evidence level E0 to E5" },
		{ { .min_evidence = "E22" },
			"\"E22\" is not an evidence level E0 to E5" },
		{ { .decisions = &names[0], .decision_count = 1 },
			"there is no decision \"cappd\"; did you mean "
			"\"capped\"?" },
		{ { .decisions = &names[1], .decision_count = 1 },
			"there is no decision \"zzzzzzzzzz\"" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	for (size_t i = 0; i < COUNT(rows); i++) {
		shk_pricer *pricer;
		shk_diag diag = { 0 };

		cr_expect_eq(shk_pricer_new(&pricer, pricing.book,
				     pricing.schema, &rows[i].options, &diag),
			SHK_E_USAGE, "row %zu", i);
		cr_expect_null(pricer);
		cr_expect_str_eq(diag.message, rows[i].message);
	}
	pricing_close(&pricing);
}

Test(pricer, a_decision_is_asked_when_the_record_has_a_fact_for_it)
{
	static const struct {
		const char *record, *said;
	} rows[] = {
		{ "m=3", "type determined" },
		{ "day=2020-01-01", "dated determined" },
		/* a decision that is given is a fact of its readers */
		{ "half=3", "half determined" },
		/* "second_only" has no rule in r1 */
		{ "y=1;as_of=2020-05-01",
			"total undetermined\nasked undetermined" },
		{ "third=true", "held undetermined" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	pricing.parts = "ds";
	for (size_t i = 0; i < COUNT(rows); i++)
		cr_expect_str_eq(pricing_say(&pricing, rows[i].record, ""),
			rows[i].said, "row %zu: %s", i, pricing.said.data);
	/* no fact at all: every decision that is encoded */
	cr_expect(strstr(pricing_say(&pricing, "lane=outside", ""),
		"second_only not_applicable:other_lane"));
	cr_expect_null(strstr(pricing.said.data, "known_only"));
	pricing_close(&pricing);
}

/*
 * A price alone asks for no decision by name; those that it is a fact for
 * answer all the same, and no others.
 */
Test(pricer, a_fact_that_asks_for_nothing_still_gets_answers)
{
	static const char *const wanted[] = { "unprofitable_recalculation",
		"above_price_pattern", "existing_category_revision",
		"foreign_price_repricing", "staged_reduction" };
	static const char *const others[] = { "rare_disease_coefficient",
		"samd_billing", "category_review", "points_from_price",
		"challenge_application" };
	struct pricing pricing;
	const char *said;

	pricing_open(&pricing, SOURCE_FOLDER "/rules");
	pricing.parts = "d";
	said = pricing_say(&pricing, "current_price=13600", "");
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++)
		cr_expect(strstr(said, wanted[i]), "%s in %s", wanted[i], said);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		cr_expect_null(
			strstr(said, others[i]), "%s in %s", others[i], said);
	/* with a fact that asks, only what it asks for */
	said = pricing_say(
		&pricing, "current_price=13600;final_price=9000", "");
	cr_expect_str_eq(said, "staged_reduction");
	pricing_close(&pricing);
}

Test(pricer, a_decision_without_rules_in_the_revision)
{
	static const struct pricing_row rows[] = {
		{ "x=1;as_of=2020-05-01", "",
			"r1@2020-05-01 not_applicable:no_rule_in_revision  " },
		{ "x=1", "", "r2@2022-04-01? determined by_x=3 E0" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "second_only", "rsve", rows);
	pricing_close(&pricing);
}

/* "dated" has dates of its own; the others have no revision then. */
Test(pricer, dates_of_its_own_need_no_revision)
{
	static const char *const names[] = { "capped", "dated", "type" };
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	pricing.options.decisions = names;
	pricing.options.decision_count = 3;
	pricing.parts = "drs";
	cr_expect_str_eq(pricing_say(&pricing,
				 "as_of=2019-01-01;day=2023-03-31;x=5;m=1", ""),
		"capped @2019-01-01 error:no_revision\n"
		"dated r2@2019-01-01 determined\n"
		"type @2019-01-01 error:no_revision");
	pricing.parts = "dvf";
	pricing.options.decisions = &names[1];
	pricing.options.decision_count = 1;
	cr_expect_str_eq(pricing_say(&pricing, "day=2023-03-31", ""),
		"dated dated=in =day:2023-03-31(in/in/out)");
	cr_expect_str_eq(pricing_say(&pricing, "day=2023-04-01", ""),
		"dated dated=out =day:2023-03-31(in/in/out)");
	pricing_close(&pricing);
}

static enum shk_code count(void *context, const shk_result *result)
{
	struct pricing *pricing = context;

	buffer_format(&pricing->said, "[%s %s %d %s|%s|%s %ld]", result->id,
		result->decision, (int)result->status, result->reason,
		result->field, result->message, result->row);
	return SHK_OK;
}

Test(pricer, a_record_that_could_not_be_read)
{
	static const char *const names[] = { "capped", "type" };
	struct pricing pricing;
	shk_pricer *pricer;
	shk_diag why = { .code = SHK_E_INPUT }, diag = { 0 };

	strcpy(why.message, "not a number");
	strcpy(why.field, "x");
	strcpy(why.reason, "bad_value");
	pricing_open(&pricing, SMALL_BOOK);
	pricer = pricing_pricer(&pricing, "");
	cr_assert_eq(shk_pricer_refuse(pricer, pricing_record(&pricing, "m=1"),
			     &why, count, &pricing, &diag),
		SHK_OK);
	cr_expect_str_eq(
		pricing.said.data, "[R1  4 bad_value|x|not a number 2]");
	shk_pricer_free(pricer);
	buffer_clear(&pricing.said);
	pricing.options.decisions = names;
	pricing.options.decision_count = 2;
	pricer = pricing_pricer(&pricing, "");
	cr_assert_eq(
		shk_pricer_refuse(pricer, NULL, &why, count, &pricing, &diag),
		SHK_OK);
	cr_expect_str_eq(pricing.said.data,
		"[ capped 4 bad_value|x|not a number 0]"
		"[ type 4 bad_value|x|not a number 0]");
	shk_pricer_free(pricer);
	pricing_close(&pricing);
}

static enum shk_code stop(void *context, const shk_result *result)
{
	(void)result;
	++*(int *)context;
	return SHK_E_IO;
}

Test(pricer, the_callback_can_stop_it)
{
	struct pricing pricing;
	shk_pricer *pricer;
	shk_diag diag = { 0 };
	int calls = 0;

	pricing_open(&pricing, SMALL_BOOK);
	pricer = pricing_pricer(&pricing, "");
	cr_expect_eq(shk_pricer_price(pricer, pricing_record(&pricing, "x=1"),
			     stop, &calls, &diag),
		SHK_E_IO);
	cr_expect_eq(calls, 1);
	shk_pricer_free(pricer);
	pricing_close(&pricing);
}

Test(pricer, columns_that_are_kept)
{
	static const struct record_kept kept[] = {
		{ { "x_note", 6 }, { "a, b", 4 } },
		{ { "colour", 6 }, { "", 0 } },
	};
	struct pricing pricing;
	shk_pricer *pricer;
	shk_diag diag = { 0 };
	const shk_record *record;

	pricing_open(&pricing, SMALL_BOOK);
	pricing.decision = "capped";
	pricing.parts = "K";
	pricer = pricing_pricer(&pricing, "");
	record = pricing_record(&pricing, "x=1");
	pricing.record.kept = kept;
	pricing.record.kept_count = 2;
	cr_assert_eq(pricing_price(&pricing, pricer, record, &diag), SHK_OK);
	cr_expect_str_eq(pricing.said.data, "x_note=a, b,colour=");
	shk_pricer_free(pricer);
	pricing_close(&pricing);
}
