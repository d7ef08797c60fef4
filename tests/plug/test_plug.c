/*
 * What the databases share: questions and who answers them, rules that come
 * and go, rows, and memory that runs out at every place.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "plug/plug.h"

#define RULES SOURCE_FOLDER "/rules"
#define GOOD  "{\"id\":\"a\",\"orphan_designated\":true,\"annual_tests\":5}"

static const struct plug_question asked = { "r8", "rare_disease_coefficient",
	NULL };

static struct plug *open_plug(void)
{
	struct plug *plug = plug_new();
	shk_diag diag = { 0 };

	cr_assert_not_null(plug);
	cr_assert_eq(plug_load(plug, RULES, &diag), SHK_OK, "%s", diag.message);
	return plug;
}

static const struct plug_table *price(struct plug *plug,
	const struct plug_question *question, const char *record)
{
	const struct plug_table *rows;
	shk_diag diag = { 0 };

	cr_assert_eq(plug_price(plug, question, record, strlen(record), &rows,
			     &diag),
		SHK_OK, "%s: %s", record, diag.message);
	cr_assert_gt(plug_table_rows(rows), 0);
	return rows;
}

Test(plug, rows_of_answers)
{
	struct plug *plug = open_plug();
	const struct plug_table *rows = price(plug, &asked, GOOD);
	const char *line = plug_table_cell(rows, 0, PLUG_LINE);

	cr_expect_eq(plug_table_rows(rows), 1);
	cr_expect_str_eq(plug_table_cell(rows, 0, PLUG_DECISION),
		"rare_disease_coefficient");
	cr_expect_str_eq(plug_table_cell(rows, 0, PLUG_STATUS), "determined");
	cr_expect_eq(strncmp(line, "{\"id\":\"a\",", 10), 0, "%s", line);
	cr_expect_eq(line[strlen(line) - 1], '}', "without a line end");
	/* a record that is wrong is an answer */
	rows = price(plug, &asked, "{\"id\":\"b\",\"annual_test\":1}");
	cr_expect_str_eq(plug_table_cell(rows, 0, PLUG_STATUS), "error");
	rows = price(plug, &(struct plug_question){ "r8", NULL, NULL }, "");
	cr_expect_str_eq(plug_table_cell(rows, 0, PLUG_STATUS), "error");
	cr_expect_str_eq(plug_table_cell(rows, 0, PLUG_DECISION), "");
	plug_free(plug);
}

/* Ceilings: questions kept ready, at it and past it; length of a question. */
Test(plug, ceilings)
{
	struct plug *plug = open_plug();
	char policy[PLUG_TEXT_MAX + 64];
	struct plug_question question = asked;
	const struct plug_table *rows;
	shk_diag diag = { 0 };

	question.policy = policy;
	for (int round = 0; round < 3; round++)
		for (int i = 1; i <= PLUG_PRICERS_MAX + 1; i++) {
			char wanted[PLUG_TEXT_MAX + 128];

			snprintf(policy, sizeof(policy),
				"{\"majority_share\":%d}", i);
			rows = price(plug, &question, GOOD);
			snprintf(wanted, sizeof(wanted), "\"policy\":%s}",
				policy);
			cr_expect(strstr(plug_table_cell(rows, 0, PLUG_LINE),
					  wanted),
				"policy %d", i);
		}
	for (size_t extra = 0; extra < 2; extra++) {
		size_t size = PLUG_TEXT_MAX - 1 + extra;
		enum shk_code code;

		memset(policy, ' ', size);
		memcpy(policy, "{}", 2);
		policy[size] = '\0';
		code = plug_price(
			plug, &question, GOOD, strlen(GOOD), &rows, &diag);
		cr_expect_eq(
			code, extra ? SHK_E_LIMIT : SHK_OK, "%zu bytes", size);
	}
	price(plug, &asked, GOOD);
	plug_free(plug);
}

/* What one question was told before does not come through in another's. */
Test(plug, questions_do_not_mix, .timeout = 120)
{
	static const struct plug_question questions[] = {
		{ "r8", "rare_disease_coefficient", NULL },
		{ "r6", "rare_disease_coefficient", NULL },
		{ "r8", "above_price_pattern", NULL },
		{ "r8", "above_price_pattern", "{\"majority_share\":50}" },
		{ NULL, NULL, NULL },
	};
	static const char *const records[] = { GOOD,
		"{\"id\":\"b\",\"annual_tests\":5,\"base_points\":7}",
		"{\"id\":\"c\",\"market_price\":120,\"current_price\":100}" };
	struct plug *plug = open_plug();

	for (size_t i = 0; i < 30; i++) {
		const struct plug_question *question = &questions[i % 5];
		const char *record = records[i / 5 % 3];
		struct plug *fresh = open_plug();
		const struct plug_table *got = price(plug, question, record);
		const struct plug_table *wanted =
			price(fresh, question, record);

		cr_assert_eq(plug_table_rows(got), plug_table_rows(wanted));
		for (size_t j = 0; j < plug_table_rows(got); j++)
			cr_expect_str_eq(plug_table_cell(got, j, PLUG_LINE),
				plug_table_cell(wanted, j, PLUG_LINE),
				"question %zu", i);
		plug_free(fresh);
	}
	plug_free(plug);
}

Test(plug, wrong_questions)
{
	static const struct {
		struct plug_question question;
		enum shk_code code;
		const char *said;
	} rows[] = {
		{ { "r99", NULL, NULL }, SHK_E_USAGE,
			"there is no revision \"r99\"" },
		{ { "2026-13-01", NULL, NULL }, SHK_E_USAGE, "is not a date" },
		{ { "r8", "x", NULL }, SHK_E_USAGE, "there is no decision" },
		{ { "r8", NULL, "[" }, SHK_E_RULES, "policy:1: " },
		{ { "r8", NULL, "{\"x\":1}" }, SHK_E_RULES, "policy: " },
	};
	struct plug *plug = open_plug();

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct plug_table *got;
		char message[PLUG_MESSAGE_MAX];
		shk_diag diag = { 0 };

		cr_expect_eq(plug_price(plug, &rows[i].question, GOOD,
				     strlen(GOOD), &got, &diag),
			rows[i].code, "row %zu", i);
		plug_message(&diag, message);
		cr_expect(strstr(message, rows[i].said), "row %zu: %s", i,
			message);
		price(plug, &asked, GOOD);
	}
	plug_free(plug);
}

Test(plug, rules_come_and_go)
{
	struct plug *plug = plug_new();
	const char *hash = NULL;
	shk_diag diag = { 0 };
	char first[128];

	/* the environment, when nobody loads any */
	cr_assert_eq(setenv("SHOKAN_RULES", RULES, 1), 0);
	cr_assert_eq(plug_hash(plug, &hash, &diag), SHK_OK);
	snprintf(first, sizeof(first), "%s", hash);
	cr_expect_eq(
		plug_load(plug, "/nowhere", &diag), SHK_E_IO, "%d", diag.code);
	cr_assert_eq(plug_hash(plug, &hash, &diag), SHK_OK);
	cr_expect_str_eq(hash, first);
	price(plug, &asked, GOOD);
	/* other rules, with which what was asked before has no meaning */
	cr_assert_eq(plug_load(plug, SOURCE_FOLDER "/tests/price/books/small",
			     &diag),
		SHK_OK, "%s", diag.message);
	cr_assert_eq(plug_hash(plug, &hash, &diag), SHK_OK);
	cr_expect_str_neq(hash, first);
	plug_free(plug);
	plug = plug_new();
	cr_assert_eq(setenv("SHOKAN_RULES", "/nowhere", 1), 0);
	cr_expect_neq(plug_hash(plug, &hash, &diag), SHK_OK);
	plug_free(plug);
}

Test(plug, message)
{
	shk_diag diag = {
		.path = "f", .line = 3, .field = "a", .message = "is wrong"
	};
	char message[PLUG_MESSAGE_MAX];

	plug_message(&diag, message);
	cr_expect_str_eq(message, "f:3: a: is wrong");
	diag = (shk_diag){ .line = 3, .field = "a", .message = "a: is wrong" };
	plug_message(&diag, message);
	cr_expect_str_eq(message, "a: is wrong");
	diag = (shk_diag){ .code = SHK_E_IO };
	plug_message(&diag, message);
	cr_expect_str_eq(message, shk_code_name(SHK_E_IO));
	/* the longest of everything fits */
	memset(&diag, 'x', sizeof(diag));
	diag.path[SHK_DIAG_PATH - 1] = diag.field[SHK_DIAG_FIELD - 1] =
		diag.message[SHK_DIAG_MESSAGE - 1] = '\0';
	diag.field[0] = 'y';
	plug_message(&diag, message);
	cr_expect_str_eq(
		message + strlen(message) - SHK_DIAG_MESSAGE + 1, diag.message);
}

/* The n-th allocation fails, until none does; then it works again. */
Test(plug, memory_runs_out, .timeout = 120)
{
	struct plug *plug = open_plug();
	const struct plug_table *rows;
	bool explain = false;

	do {
		bool failed = true;

		for (uint64_t nth = 1; failed; nth++) {
			struct plug_question question = asked;
			enum shk_code code;
			shk_diag diag = { 0 };

			/* a question that nobody answers yet */
			question.policy = nth % 2 ? "{\"majority_share\":1}"
						  : "{\"majority_share\":2}";
			memory_fail_at(nth, false);
			code = (explain ? plug_explain : plug_price)(plug,
				&question, GOOD, strlen(GOOD), &rows, &diag);
			memory_fail_at(0, false);
			failed = code != SHK_OK;
			cr_expect(!failed || code == SHK_E_MEMORY,
				"%d at %llu: %s", code, (unsigned long long)nth,
				diag.message);
			cr_expect_eq(diag.code, code);
		}
		explain = !explain;
	} while (explain);
	price(plug, &asked, GOOD);
	plug_free(plug);
	cr_expect_eq(memory_stats().in_use, 0);
}

Test(plug, tables)
{
	struct plug_table table = { 0 };
	struct plug_table copy = { 0 };
	char *large = calloc(1, PLUG_TABLE_KEEP + 1);

	plug_table_clear(&table, 2);
	cr_expect_eq(plug_table_rows(&table), 0);
	for (unsigned i = 0; i < 1000; i++) {
		plug_table_number(&table, i);
		plug_table_text(&table, i % 2 ? "" : "é");
	}
	cr_expect_eq(plug_table_rows(&table), 1000);
	cr_expect_str_eq(plug_table_cell(&table, 999, 0), "999");
	cr_expect_str_eq(plug_table_cell(&table, 998, 1), "é");
	cr_expect(plug_table_copy(&copy, &table));
	cr_expect_eq(plug_table_rows(&copy), 1000);
	cr_expect_str_eq(plug_table_cell(&copy, 500, 0), "500");
	/* what was large once does not stay so */
	memset(large, 'x', PLUG_TABLE_KEEP);
	plug_table_text(&table, large);
	cr_expect_gt(table.capacity, PLUG_TABLE_KEEP);
	plug_table_clear(&table, 2);
	cr_expect_eq(table.capacity, 0);
	plug_table_release(&table);
	plug_table_release(&copy);
	free(large);
}
