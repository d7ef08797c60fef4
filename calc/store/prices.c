/*
 * The cursor over dated prices: the known masters, then the statements of one
 * code after the other, and for each code the answer of prices_answer.c.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "store/prices.h"
#include "store/store.h"

struct shk_prices {
	shk_store *store;
	sqlite3_stmt *statement;
	char as_of[SHK_MASTER_DAY];
	bool history;
	bool all;
	bool ahead; /* the statement stands on a row that is not read yet */
	bool ended;
	struct arena arena; /* texts of the present code */
	size_t master_count;
	size_t said_count;
	size_t next; /* history: the statement to look at next */
	shk_price_row row;
	struct prices_master masters[SHK_MASTERS_MAX];
	struct prices_statement said[SHK_MASTERS_MAX];
};

const char *shk_price_state_name(enum shk_price_state state)
{
	static const char *const names[] = { "shown", "carried", "changed",
		"price_ended", "earlier", "doubtful", "gone", "abolished" };

	return (size_t)state < sizeof(names) / sizeof(names[0]) ? names[state]
								: "";
}

/* The only value of a statement with one parameter, or "". */
static enum shk_code prices_ask(shk_prices *prices, const char *sql,
	const char *value, char out[SHK_MASTER_DAY], shk_diag *diag)
{
	sqlite3_stmt *statement = NULL;
	enum shk_code code =
		store_prepare(prices->store, &statement, sql, diag);

	out[0] = '\0';
	if (code)
		return code;
	store_bind(statement, 1, value);
	code = store_step(prices->store, statement, diag);
	if (!code)
		snprintf(out, SHK_MASTER_DAY, "%s", store_column(statement, 0));
	sqlite3_finalize(statement);
	return code == SHK_END ? SHK_OK : code;
}

static enum shk_code prices_masters(
	shk_prices *prices, const char *known_on, shk_diag *diag)
{
	sqlite3_stmt *statement = NULL;
	char first[SHK_MASTER_DAY];
	enum shk_code code = store_prepare(prices->store, &statement,
		"SELECT issued, state FROM master WHERE issued <= ?"
		" ORDER BY issued",
		diag);

	if (code)
		return code;
	store_bind(statement, 1, known_on);
	while (!(code = store_step(prices->store, statement, diag))) {
		struct prices_master *master =
			&prices->masters[prices->master_count];

		if (prices->master_count == SHK_MASTERS_MAX) {
			code = diag_set(diag, SHK_E_LIMIT,
				"the store holds more than %d masters",
				SHK_MASTERS_MAX);
			break;
		}
		prices->master_count++;
		snprintf(master->issued, sizeof(master->issued), "%s",
			store_column(statement, 0));
		snprintf(master->state, sizeof(master->state), "%s",
			store_column(statement, 1));
	}
	sqlite3_finalize(statement);
	if ((code && code != SHK_END) || prices->master_count > 0)
		return code == SHK_END ? SHK_OK : code;
	code = prices_ask(prices,
		"SELECT min(issued) FROM master WHERE issued >= ?", "", first,
		diag);
	if (code)
		return code;
	if (!first[0])
		return diag_set(diag, SHK_E_USAGE,
			"the store holds no official master; import "
			"t_ALLYYYYMMDD.csv first");
	return diag_set(diag, SHK_E_USAGE,
		"no master was known on %s; the first was issued on %s",
		known_on, first);
}

/* The day that is asked for; one before every statement has no answer. */
static enum shk_code prices_day(
	shk_prices *prices, const char *as_of, bool day_before, shk_diag *diag)
{
	const struct prices_master *newest =
		&prices->masters[prices->master_count - 1];
	char first[SHK_MASTER_DAY];
	enum shk_code code;

	if (!as_of) {
		memcpy(prices->as_of, newest->state, sizeof(prices->as_of));
		return SHK_OK;
	}
	code = store_day(as_of, day_before, prices->as_of, diag);
	if (code)
		return code;
	code = prices_ask(prices,
		"SELECT min(valid_from) FROM master_price WHERE issued <= ?",
		newest->issued, first, diag);
	if (code || strcmp(first, prices->as_of) <= 0)
		return code;
	return diag_set(diag, SHK_E_USAGE,
		"no known master says anything about %s; the earliest day is "
		"%s",
		prices->as_of, first);
}

static enum shk_code prices_query(
	shk_prices *prices, const char *only, shk_diag *diag)
{
	enum shk_code code = store_prepare(prices->store, &prices->statement,
		"SELECT code, issued, name, unit, kind, amount, old_amount,"
		" valid_from, price_until, code_until, schedule, category_no"
		" FROM master_price JOIN master USING (issued)"
		" WHERE issued <= ?1 AND change <> 1" /* 抹消: struck out */
		" AND (?2 IS NULL OR code = ?2) ORDER BY code, issued",
		diag);
	int rc;

	if (code)
		return code;
	store_bind(prices->statement, 1,
		prices->masters[prices->master_count - 1].issued);
	rc = sqlite3_bind_text(
		prices->statement, 2, only, -1, SQLITE_TRANSIENT);
	return rc == SQLITE_OK
		       ? SHK_OK
		       : store_fail(prices->store, rc, "use the store", diag);
}

static enum shk_code prices_begin(
	shk_prices *prices, const shk_prices_options *options, shk_diag *diag)
{
	char known_on[SHK_MASTER_DAY] = "9999-12-31";
	enum shk_code code = SHK_OK;

	if (options->known_on)
		code = store_day(options->known_on, false, known_on, diag);
	if (!code)
		code = prices_masters(prices, known_on, diag);
	if (!code)
		code = prices_day(
			prices, options->as_of, options->day_before, diag);
	if (!code)
		code = prices_query(prices, options->code, diag);
	if (code)
		diag_place(diag, prices->store->path, 0, 0);
	return code;
}

enum shk_code shk_prices_open(shk_prices **out, shk_store *store,
	const shk_prices_options *options, shk_diag *diag)
{
	shk_prices *prices = memory_zeroed(1, sizeof(*prices));
	enum shk_code code;

	*out = NULL;
	if (!prices)
		return diag_memory(diag);
	arena_init(&prices->arena);
	prices->store = store;
	prices->history = options->history;
	prices->all = options->all;
	code = prices_begin(prices, options, diag);
	if (code)
		shk_prices_close(prices);
	else
		*out = prices;
	return code;
}

void shk_prices_close(shk_prices *prices)
{
	if (!prices)
		return;
	sqlite3_finalize(prices->statement);
	arena_release(&prices->arena);
	memory_free(prices);
}

/* Text of a column, kept until the next code; NULL: out of memory. */
static const char *prices_text(shk_prices *prices, int column)
{
	const char *text = store_column(prices->statement, column);

	return arena_text(&prices->arena, text, strlen(text));
}

/* The row under the statement as what its master says. */
static bool prices_read(shk_prices *prices, struct prices_statement *out)
{
	sqlite3_stmt *statement = prices->statement;
	const char *issued = store_column(statement, 1);
	shk_price_row *row = &out->row;

	memset(out, 0, sizeof(*out));
	while (out->master < prices->master_count - 1 &&
		strcmp(prices->masters[out->master].issued, issued) != 0)
		out->master++;
	row->code = prices_text(prices, 0);
	row->name = prices_text(prices, 2);
	row->unit = prices_text(prices, 3);
	row->kind = (enum shk_amount_kind)sqlite3_column_int(statement, 4);
	row->amount = prices_text(prices, 5);
	row->old_amount = prices_text(prices, 6);
	row->valid_from = prices_text(prices, 7);
	row->price_until = prices_text(prices, 8);
	row->code_until = prices_text(prices, 9);
	row->schedule = sqlite3_column_int(statement, 10);
	row->category_no = sqlite3_column_int(statement, 11);
	row->price = "";
	return row->code && row->name && row->unit && row->amount &&
	       row->old_amount && row->valid_from && row->price_until &&
	       row->code_until;
}

/* All that the known masters say of the next code; SHK_END: no more. */
static enum shk_code prices_gather(shk_prices *prices, shk_diag *diag)
{
	enum shk_code code = SHK_OK;

	arena_clear(&prices->arena);
	prices->said_count = 0;
	prices->next = 0;
	while (!prices->ended) {
		if (!prices->ahead)
			code = store_step(
				prices->store, prices->statement, diag);
		if (code && code != SHK_END)
			return code;
		prices->ended = code == SHK_END;
		prices->ahead = !prices->ended;
		if (prices->ended ||
			(prices->said_count > 0 &&
				strcmp(prices->said[0].row.code,
					store_column(prices->statement, 0)) !=
					0))
			break;
		if (!prices_read(prices, &prices->said[prices->said_count++]))
			return diag_memory(diag);
		prices->ahead = false;
	}
	return prices->said_count > 0 ? SHK_OK : SHK_END;
}

static bool prices_wanted(const shk_prices *prices)
{
	return prices->all || prices->row.state < SHK_CODE_GONE;
}

enum shk_code shk_prices_next(
	shk_prices *prices, const shk_price_row **row, shk_diag *diag)
{
	struct prices_code said = { prices->masters, prices->master_count,
		prices->said, 0 };
	bool found = false;

	*row = NULL;
	while (!found) {
		if (!prices->history || prices->next == prices->said_count) {
			enum shk_code code = prices_gather(prices, diag);

			if (code)
				return code;
		}
		said.said_count = prices->said_count;
		found = prices->history ? prices_entry(&said, prices->next++,
						  &prices->row)
					: prices_answer(&said, prices->as_of,
						  &prices->row) &&
						  prices_wanted(prices);
	}
	*row = &prices->row;
	return SHK_OK;
}

const char *shk_prices_as_of(const shk_prices *prices)
{
	return prices->as_of;
}

size_t shk_prices_master_count(const shk_prices *prices)
{
	return prices->master_count;
}

const char *shk_prices_master_issued(const shk_prices *prices, size_t index)
{
	return index < prices->master_count ? prices->masters[index].issued
					    : "";
}

const char *shk_prices_master_state(const shk_prices *prices, size_t index)
{
	return index < prices->master_count ? prices->masters[index].state : "";
}
