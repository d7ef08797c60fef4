/*
 * Masters in a store: the same content in whatever order they come, all of a
 * file or nothing; and the price of a day as it was known on a day, with how
 * sure it is. Three snapshots with the traps of the real ones.
 */
#define _XOPEN_SOURCE 700 /* mkdtemp */

#include <criterion/criterion.h>
#include <shokan/prices.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "store/store.h"

static char folder[64];
static char path[128];
static shk_store *store;

static void setup(void)
{
	shk_diag diag = { 0 };

	snprintf(folder, sizeof(folder), "/tmp/shokan-prices-XXXXXX");
	cr_assert_not_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/a.store", folder);
	cr_assert_eq(shk_store_open(&store, path, SHK_STORE_CREATE, &diag),
		SHK_OK, "%s", diag.message);
}

static void teardown(void)
{
	shk_store_close(store);
	unlink(path);
	rmdir(folder);
}

TestSuite(prices, .init = setup, .fini = teardown);

struct said {
	int master; /* 0, 1, 2 */
	const char *code;
	const char *amount;
	const char *old_amount;
	const char *valid_from;
	const char *price_until;
	const char *code_until;
	const char *unit;
	int kind;
	int change;
};

static const char *const issues[] = { "2024-05-31", "2026-02-27",
	"2026-05-29" };

static const struct said said[] = {
	/* a price that the revision changes */
	{ 0, "700000001", "100", "110", "2024-06-01", "", "", "", 1, 0 },
	{ 1, "700000001", "100", "110", "2024-06-01", "", "", "", 1, 0 },
	{ 2, "700000001", "90", "", "2026-06-01", "", "", "", 1, 0 },
	/* one that changes several times between two snapshots */
	{ 0, "700000002", "5000", "4900", "2024-06-01", "", "", "g", 1, 5 },
	{ 1, "700000002", "6100", "5600", "2026-03-01", "", "", "g", 1, 5 },
	{ 2, "700000002", "6400", "", "2026-06-01", "", "", "g", 1, 5 },
	/* a transitional price, then the final one */
	{ 0, "700000003", "29000", "29900", "2024-06-01", "2025-02-28", "", "",
		1, 0 },
	{ 1, "700000003", "25400", "27200", "2025-06-01", "", "", "", 1, 0 },
	{ 2, "700000003", "25400", "", "2026-06-01", "", "", "", 1, 0 },
	/* missing in the last one */
	{ 0, "700000004", "155000", "155000", "2024-06-01", "", "", "", 1, 0 },
	{ 1, "700000004", "155000", "155000", "2024-06-01", "", "", "", 1, 0 },
	/* new during the period */
	{ 1, "700000005", "7010", "", "2025-09-01", "", "", "", 1, 3 },
	{ 2, "700000005", "7010", "", "2026-06-01", "", "", "", 1, 0 },
	/* with a last day */
	{ 0, "700000006", "40", "40", "2024-06-01", "", "2025-03-31", "", 1,
		0 },
	/* another name from a day on, the same price */
	{ 0, "700000007", "300", "280", "2024-06-01", "", "", "", 1, 0 },
	{ 1, "700000007", "300", "280", "2025-09-01", "", "", "", 1, 0 },
	{ 2, "700000007", "300", "", "2026-06-01", "", "", "", 1, 0 },
	/* no prices */
	{ 0, "700000008", "0", "", "2024-06-01", "", "", "", 2, 0 },
	{ 0, "700000009", "30", "30", "2024-06-01", "", "", "", 5, 0 },
	/* struck out by the second */
	{ 0, "700000010", "50", "50", "2024-06-01", "", "", "", 1, 0 },
	{ 1, "700000010", "50", "50", "2024-06-01", "", "", "", 1, 1 },
	/* not in the first, although it had a price before */
	{ 1, "700000011", "70", "60", "2025-09-01", "", "", "", 1, 5 },
};

static void fill(const struct said *from, shk_master_row *row)
{
	memset(row, 0, sizeof(*row));
	row->code = from->code;
	row->change = from->change;
	row->name = row->full_name = "例";
	row->unit = from->unit;
	row->kind = (enum shk_amount_kind)from->kind;
	row->amount = from->amount;
	row->old_kind = from->old_amount[0] ? row->kind : SHK_AMOUNT_NONE;
	row->old_amount = from->old_amount;
	row->valid_from = from->valid_from;
	row->price_until = from->price_until;
	row->code_until = from->code_until;
	row->schedule = 2;
	row->category_no = 35;
}

/* One master, without the row of `skip`, with `amount` for `other`. */
static enum shk_code import(int master, const char *skip, const char *other,
	const char *amount, bool *fresh, shk_diag *diag)
{
	shk_master_import *to = NULL;
	enum shk_code code =
		shk_master_import_new(&to, store, issues[master], diag);

	for (size_t i = 0; !code && i < sizeof(said) / sizeof(said[0]); i++) {
		shk_master_row row;

		if (said[i].master != master ||
			(skip && strcmp(skip, said[i].code) == 0))
			continue;
		fill(&said[i], &row);
		row.line = (long)i + 1;
		if (other && strcmp(other, said[i].code) == 0)
			row.amount = amount;
		code = shk_master_import_row(to, &row, diag);
	}
	if (!code)
		code = shk_master_import_finish(to, fresh, diag);
	shk_master_import_free(to);
	return code;
}

static void import_good(int master)
{
	shk_diag diag = { 0 };
	bool fresh = false;

	cr_assert_eq(import(master, NULL, NULL, NULL, &fresh, &diag), SHK_OK,
		"%s", diag.message);
	cr_assert(fresh);
}

static void import_all(void)
{
	for (int i = 0; i < 3; i++)
		import_good(i);
}

/* Every value of both tables as text. */
static void dump(struct buffer *out)
{
	static const char *const queries[] = { "SELECT * FROM master",
		"SELECT * FROM master_price" };

	buffer_clear(out);
	for (int q = 0; q < 2; q++) {
		sqlite3_stmt *statement;

		cr_assert_eq(store_prepare(store, &statement, queries[q], NULL),
			SHK_OK);
		while (store_step(store, statement, NULL) == SHK_OK) {
			for (int i = 0; i < sqlite3_column_count(statement);
				i++)
				buffer_format(
					out, "%s|", store_column(statement, i));
			buffer_byte(out, '\n');
		}
		sqlite3_finalize(statement);
	}
}

Test(prices, do_not_depend_on_the_order_of_imports)
{
	static const int orders[6][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 },
		{ 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };
	struct buffer first;
	struct buffer now;

	buffer_init(&first);
	buffer_init(&now);
	for (int i = 0; i < 6; i++) {
		cr_assert_eq(store_run(store,
				     "DELETE FROM master;"
				     "DELETE FROM master_price",
				     NULL),
			SHK_OK);
		for (int j = 0; j < 3; j++)
			import_good(orders[i][j]);
		dump(i ? &now : &first);
		if (i)
			cr_expect_str_eq(now.data, first.data, "order %d", i);
	}
	cr_expect(strstr(first.data, "2024-05-31|2024-06-01|9|"), "%s",
		first.data);
	buffer_release(&first);
	buffer_release(&now);
}

Test(prices, take_a_master_once)
{
	struct buffer before;
	struct buffer after;
	shk_diag diag = { 0 };
	bool fresh = true;

	buffer_init(&before);
	buffer_init(&after);
	import_all();
	dump(&before);
	cr_expect_eq(import(1, NULL, NULL, NULL, &fresh, &diag), SHK_OK);
	cr_expect_not(fresh);
	dump(&after);
	cr_expect_str_eq(before.data, after.data);
	/* another file of the same day: named and refused */
	cr_expect_eq(import(1, NULL, "700000004", "155001", &fresh, &diag),
		SHK_E_INPUT);
	cr_expect(
		strstr(diag.message,
			"another master issued on 2026-02-27 is in the store: "
			"there 新又は現金額 of 700000004 is 155000"),
		"%s", diag.message);
	cr_expect_gt(diag.line, 0);
	memset(&diag, 0, sizeof(diag));
	cr_expect_eq(
		import(1, "700000004", NULL, NULL, &fresh, &diag), SHK_E_INPUT);
	cr_expect(strstr(diag.message, "with 8 rows; this one has 7"), "%s",
		diag.message);
	dump(&after);
	cr_expect_str_eq(before.data, after.data);
	buffer_release(&before);
	buffer_release(&after);
}

Test(prices, take_all_of_a_master_or_nothing)
{
	shk_master_import *to;
	shk_master_row row;
	shk_diag diag = { 0 };
	struct buffer text;

	buffer_init(&text);
	fill(&said[0], &row);
	cr_assert_eq(
		shk_master_import_new(&to, store, "2024-05-31", &diag), SHK_OK);
	cr_assert_eq(shk_master_import_row(to, &row, &diag), SHK_OK);
	shk_master_import_free(to);
	dump(&text);
	cr_expect_eq(text.size, 0);
	/* and the store is free for the next one */
	import_good(0);
	cr_expect_eq(shk_master_import_new(&to, store, "2024-5-31", &diag),
		SHK_E_USAGE);
	cr_expect_null(to);
	buffer_release(&text);
}

/* "state price" of a code, or "-" when it is not given out. */
static void answer(
	const char *code, const char *as_of, const char *known_on, char out[64])
{
	const shk_prices_options options = {
		.as_of = as_of, .known_on = known_on, .code = code, .all = true
	};
	const shk_price_row *row;
	shk_prices *prices;
	shk_diag diag = { 0 };
	enum shk_code result;

	cr_assert_eq(shk_prices_open(&prices, store, &options, &diag), SHK_OK,
		"%s", diag.message);
	result = shk_prices_next(prices, &row, &diag);
	if (result == SHK_END)
		snprintf(out, 64, "-");
	else
		snprintf(out, 64, "%s%s%s", shk_price_state_name(row->state),
			row->price[0] ? " " : "", row->price);
	shk_prices_close(prices);
}

Test(prices, are_those_of_a_day_as_known_on_a_day)
{
	static const struct {
		const char *code;
		const char *as_of;
		const char *known_on; /* NULL: all */
		const char *expected;
	} rows[] = {
		{ "700000001", "2024-06-01", NULL, "shown 100" },
		{ "700000001", "2025-01-01", NULL, "shown 100" },
		{ "700000001", "2025-01-01", "2025-01-01", "carried 100" },
		{ "700000001", "2026-05-31", NULL, "carried 100" },
		{ "700000001", "2026-06-01", NULL, "shown 90" },
		{ "700000001", "2026-06-01", "2026-05-28", "carried 100" },
		{ "700000001", "2026-06-01", "2026-05-29", "shown 90" },
		{ "700000001", "2027-01-01", NULL, "carried 90" },
		{ "700000002", "2024-06-01", NULL, "shown 5000" },
		{ "700000002", "2025-06-01", "2025-06-01", "carried 5000" },
		{ "700000002", "2025-06-01", NULL, "changed" },
		{ "700000002", "2026-02-28", NULL, "changed" },
		{ "700000002", "2026-03-01", NULL, "shown 6100" },
		{ "700000002", "2026-05-31", NULL, "carried 6100" },
		{ "700000003", "2024-06-01", NULL, "shown 29000" },
		{ "700000003", "2025-02-28", NULL, "shown 29000" },
		{ "700000003", "2025-03-01", NULL, "price_ended" },
		{ "700000003", "2025-03-01", "2025-01-01", "price_ended" },
		{ "700000003", "2025-06-01", NULL, "shown 25400" },
		{ "700000004", "2026-03-01", NULL, "shown 155000" },
		{ "700000004", "2026-05-31", NULL, "doubtful" },
		{ "700000004", "2026-06-01", NULL, "gone" },
		{ "700000004", "2026-06-01", "2026-05-28", "carried 155000" },
		{ "700000005", "2025-08-31", NULL, "-" },
		{ "700000005", "2025-09-01", NULL, "shown 7010" },
		{ "700000005", "2025-09-01", "2025-12-31", "-" },
		{ "700000006", "2025-03-31", NULL, "carried 40" },
		{ "700000006", "2025-04-01", NULL, "abolished" },
		{ "700000006", "2026-03-01", NULL, "gone" },
		{ "700000007", "2025-08-31", NULL, "carried 300" },
		{ "700000007", "2025-09-01", NULL, "shown 300" },
		{ "700000008", "2024-06-01", NULL, "shown" },
		{ "700000009", "2024-06-01", NULL, "shown" },
		{ "700000010", "2025-01-01", NULL, "doubtful" },
		{ "700000010", "2026-03-01", NULL, "gone" },
		{ "700000011", "2024-06-01", NULL, "-" },
		{ "700000011", "2025-08-31", NULL, "earlier" },
		{ "700000011", "2025-09-01", NULL, "shown 70" },
	};
	char got[64];

	import_all();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		answer(rows[i].code, rows[i].as_of, rows[i].known_on, got);
		cr_expect_str_eq(got, rows[i].expected,
			"%s as of %s known on %s: %s, expected %s",
			rows[i].code, rows[i].as_of,
			rows[i].known_on ? rows[i].known_on : "any day", got,
			rows[i].expected);
	}
}

/* Before the first row of the first master nothing is known of a code. */
Test(prices, are_not_guessed_before_the_first_master)
{
	char got[64];

	import_good(1);
	import_good(2);
	answer("700000002", "2025-06-01", NULL, got);
	cr_expect_str_eq(got, "earlier");
	answer("700000001", "2025-06-01", NULL, got);
	cr_expect_str_eq(got, "shown 100");
}

Test(prices, say_which_day_would_do)
{
	static const struct {
		const char *as_of;
		const char *known_on;
		const char *words;
	} rows[] = {
		{ "2024-05-31", NULL,
			"says anything about 2024-05-31; the earliest day is "
			"2024-06-01" },
		{ NULL, "2024-05-30",
			"no master was known on 2024-05-30; the first was "
			"issued on 2024-05-31" },
		{ "2024-13-01", NULL, "a day is YYYY-MM-DD" },
		{ NULL, "20240601", "a day is YYYY-MM-DD" },
	};
	shk_prices *prices;
	shk_diag diag = { 0 };
	shk_prices_options options = { 0 };

	cr_expect_eq(
		shk_prices_open(&prices, store, &options, &diag), SHK_E_USAGE);
	cr_expect(strstr(diag.message, "holds no official master"), "%s",
		diag.message);
	import_all();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		memset(&diag, 0, sizeof(diag));
		options.as_of = rows[i].as_of;
		options.known_on = rows[i].known_on;
		cr_expect_eq(shk_prices_open(&prices, store, &options, &diag),
			SHK_E_USAGE, "%s", rows[i].words);
		cr_expect_null(prices);
		cr_expect(strstr(diag.message, rows[i].words), "%s",
			diag.message);
	}
}

/* All codes of a day, in their order; without a day that of the newest. */
Test(prices, come_by_code)
{
	shk_prices_options options = { 0 };
	const shk_price_row *row;
	shk_prices *prices;
	struct buffer codes;

	buffer_init(&codes);
	import_all();
	cr_assert_eq(shk_prices_open(&prices, store, &options, NULL), SHK_OK);
	cr_expect_str_eq(shk_prices_as_of(prices), "2026-06-01");
	cr_expect_eq(shk_prices_master_count(prices), 3);
	cr_expect_str_eq(shk_prices_master_issued(prices, 1), "2026-02-27");
	cr_expect_str_eq(shk_prices_master_state(prices, 1), "2026-03-01");
	cr_expect_str_eq(shk_prices_master_issued(prices, 3), "");
	while (shk_prices_next(prices, &row, NULL) == SHK_OK)
		buffer_format(&codes, "%s ", row->code + 7);
	shk_prices_close(prices);
	cr_expect_str_eq(codes.data, "01 02 03 05 07 ");
	buffer_clear(&codes);
	options.all = true;
	cr_assert_eq(shk_prices_open(&prices, store, &options, NULL), SHK_OK);
	while (shk_prices_next(prices, &row, NULL) == SHK_OK)
		buffer_format(&codes, "%s ", row->code + 7);
	shk_prices_close(prices);
	cr_expect_str_eq(codes.data, "01 02 03 04 05 06 07 08 09 10 11 ");
	buffer_release(&codes);
}

Test(prices, have_a_history)
{
	shk_prices_options options = { .code = "700000001", .history = true };
	const shk_price_row *row;
	shk_prices *prices;

	import_all();
	cr_assert_eq(shk_prices_open(&prices, store, &options, NULL), SHK_OK);
	cr_assert_eq(shk_prices_next(prices, &row, NULL), SHK_OK);
	cr_expect_str_eq(row->price, "100");
	cr_expect_str_eq(row->issued, "2024-05-31");
	cr_expect_str_eq(row->last_issued, "2026-02-27");
	cr_expect_str_eq(row->next_issued, "2026-05-29");
	cr_expect_str_eq(row->next_from, "2026-06-01");
	cr_assert_eq(shk_prices_next(prices, &row, NULL), SHK_OK);
	cr_expect_str_eq(row->price, "90");
	cr_expect_str_eq(row->next_issued, "");
	cr_expect_eq(shk_prices_next(prices, &row, NULL), SHK_END);
	shk_prices_close(prices);
	options.code = "700000004"; /* and one that is missing at the end */
	cr_assert_eq(shk_prices_open(&prices, store, &options, NULL), SHK_OK);
	cr_assert_eq(shk_prices_next(prices, &row, NULL), SHK_OK);
	cr_expect_eq(row->state, SHK_CODE_DOUBTFUL);
	cr_expect_str_eq(row->next_issued, "2026-05-29");
	cr_expect_str_eq(row->next_from, "");
	cr_expect_eq(shk_prices_next(prices, &row, NULL), SHK_END);
	shk_prices_close(prices);
}

/* The ceiling of masters: the last one goes in, one more does not. */
Test(prices, have_room_for_so_many_masters)
{
	shk_prices_options options = { .as_of = "2024-06-01" };
	shk_prices *prices = NULL;
	shk_master_row row;
	shk_diag diag = { 0 };

	fill(&said[0], &row);
	for (int i = 0; i <= SHK_MASTERS_MAX; i++) {
		shk_master_import *to = NULL;
		char day[32];
		bool fresh = false;
		enum shk_code code;

		snprintf(day, sizeof(day), "%04d-%02d-01", 2001 + i / 12,
			1 + i % 12);
		code = shk_master_import_new(&to, store, day, &diag);
		if (i == SHK_MASTERS_MAX) {
			cr_expect_eq(code, SHK_E_LIMIT);
			cr_expect_null(to);
			continue;
		}
		cr_assert_eq(code, SHK_OK, "%s", diag.message);
		cr_assert_eq(shk_master_import_row(to, &row, &diag), SHK_OK);
		cr_assert_eq(
			shk_master_import_finish(to, &fresh, &diag), SHK_OK);
		shk_master_import_free(to);
	}
	cr_expect(
		strstr(diag.message, "holds 512 masters"), "%s", diag.message);
	answer("700000001", "2024-06-01", NULL, (char[64]){ 0 });
	/* a file that another program filled: nothing of it is left out */
	cr_assert_eq(sqlite3_exec(store->db,
			     "INSERT INTO master VALUES ('2050-01-01', 'x', 1)",
			     NULL, NULL, NULL),
		SQLITE_OK);
	memset(&diag, 0, sizeof(diag));
	options.known_on = "2049-12-31";
	cr_expect_eq(shk_prices_open(&prices, store, &options, &diag), SHK_OK,
		"a later master is not looked at");
	shk_prices_close(prices);
	options.known_on = "2050-01-01";
	cr_expect_eq(
		shk_prices_open(&prices, store, &options, &diag), SHK_E_LIMIT);
	cr_expect_str_eq(diag.message, "the store holds more than 512 masters");
}
