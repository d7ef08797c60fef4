/*
 * Masters into the store. Each keeps its rows under its day of issue, so that
 * the content does not depend on the order of imports, and what was known on
 * a day is a matter of leaving later masters out. A master that is there
 * already is compared row by row instead.
 */
#include <string.h>

#include <shokan/prices.h>

#include "base/memory.h"
#include "store/store.h"

#define IMPORT_COLUMNS 16

/* As bound and as selected; the first two are the key. */
static const char import_columns[] =
	"code, issued, change, name, full_name, unit, kind, amount, old_kind,"
	" old_amount, valid_from, price_until, code_until, schedule,"
	" category_no, ceiling";

/* How a message calls them. */
static const char *const import_words[IMPORT_COLUMNS] = { "特定器材コード", "",
	"変更区分", "漢字名称", "基本漢字名称", "単位", "金額種別",
	"新又は現金額", "金額種別 (旧金額)", "旧金額", "変更年月日",
	"経過措置年月日", "廃止年月日", "別表番号", "区分番号", "上限価格" };

struct shk_master_import {
	shk_store *store;
	char issued[SHK_MASTER_DAY];
	char state[SHK_MASTER_DAY]; /* the day that the master describes */
	int64_t rows;
	int64_t stored; /* rows of that day in the store; -1: none yet */
	sqlite3_stmt *insert;
	sqlite3_stmt *select;
	bool open; /* the transaction is */
};

/* A value of a column; `text` NULL: `number`. */
struct import_value {
	const char *text;
	int number;
};

static void import_values(struct import_value out[IMPORT_COLUMNS],
	const char *issued, const shk_master_row *row)
{
	const struct import_value values[IMPORT_COLUMNS] = { { row->code, 0 },
		{ issued, 0 }, { NULL, row->change }, { row->name, 0 },
		{ row->full_name, 0 }, { row->unit, 0 },
		{ NULL, (int)row->kind }, { row->amount, 0 },
		{ NULL, (int)row->old_kind }, { row->old_amount, 0 },
		{ row->valid_from, 0 }, { row->price_until, 0 },
		{ row->code_until, 0 }, { NULL, row->schedule },
		{ NULL, row->category_no }, { NULL, row->ceiling } };

	memcpy(out, values, sizeof(values));
}

/* Rows of that day that are in the store, and room for one more master. */
static enum shk_code import_look(shk_master_import *import, shk_diag *diag)
{
	sqlite3_stmt *statement = NULL;
	int64_t masters = 0;
	enum shk_code code = store_prepare(import->store, &statement,
		"SELECT rows FROM master WHERE issued = ?", diag);

	import->stored = -1;
	if (!code) {
		store_bind(statement, 1, import->issued);
		code = store_step(import->store, statement, diag);
	}
	if (!code)
		import->stored = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	if (code == SHK_END)
		code = store_number(import->store,
			"SELECT count(*) FROM master", &masters, diag);
	if (!code && import->stored < 0 && masters >= SHK_MASTERS_MAX)
		code = diag_set(diag, SHK_E_LIMIT,
			"the store holds %d masters and takes no more",
			SHK_MASTERS_MAX);
	return code;
}

static enum shk_code import_statements(
	shk_master_import *import, shk_diag *diag)
{
	char sql[512];
	enum shk_code code;

	sqlite3_snprintf(sizeof(sql), sql,
		"INSERT INTO master_price (%s) VALUES "
		"(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
		import_columns);
	code = store_prepare(import->store, &import->insert, sql, diag);
	if (code)
		return code;
	sqlite3_snprintf(sizeof(sql), sql,
		"SELECT %s FROM master_price WHERE code = ? AND issued = ?",
		import_columns);
	return store_prepare(import->store, &import->select, sql, diag);
}

enum shk_code shk_master_import_new(shk_master_import **out, shk_store *store,
	const char *issued, shk_diag *diag)
{
	shk_master_import *import = memory_zeroed(1, sizeof(*import));
	enum shk_code code;

	*out = NULL;
	if (!import)
		return diag_memory(diag);
	import->store = store;
	code = store_day(issued, false, import->issued, diag);
	memcpy(import->state, import->issued, sizeof(import->state));
	if (!code)
		code = store_begin(store, diag);
	import->open = !code;
	if (!code)
		code = import_look(import, diag);
	if (!code)
		code = import_statements(import, diag);
	if (code)
		shk_master_import_free(import);
	else
		*out = import;
	return code;
}

void shk_master_import_free(shk_master_import *import)
{
	if (!import)
		return;
	sqlite3_finalize(import->insert);
	sqlite3_finalize(import->select);
	if (import->open)
		store_rollback(import->store);
	memory_free(import);
}

static enum shk_code import_differs(const shk_master_import *import,
	const shk_master_row *row, const char *what, const char *there,
	shk_diag *diag)
{
	diag_set(diag, SHK_E_INPUT,
		"another master issued on %s is in the store: there %s of %s "
		"is %s; one of the two is not the file issued that day",
		import->issued, what, row->code, there[0] ? there : "empty");
	diag_field(diag, what);
	diag_place(diag, NULL, row->line, 0);
	return SHK_E_INPUT;
}

/* The first column in which the row is another one than in the store. */
static int import_unequal(
	const struct import_value *values, sqlite3_stmt *there)
{
	for (int i = 2; i < IMPORT_COLUMNS; i++) {
		bool equal = values[i].text
				     ? strcmp(values[i].text,
					       store_column(there, i)) == 0
				     : values[i].number ==
					       sqlite3_column_int(there, i);

		if (!equal)
			return i;
	}
	return 0;
}

static enum shk_code import_compare(shk_master_import *import,
	const shk_master_row *row, const struct import_value *values,
	shk_diag *diag)
{
	sqlite3_stmt *there = import->select;
	enum shk_code code;
	int column = 0;

	store_bind(there, 1, row->code);
	store_bind(there, 2, import->issued);
	code = store_step(import->store, there, diag);
	if (code == SHK_OK)
		column = import_unequal(values, there);
	if (column)
		code = import_differs(import, row, import_words[column],
			store_column(there, column), diag);
	if (code == SHK_END)
		code = import_differs(
			import, row, import_words[0], "no row", diag);
	sqlite3_reset(there);
	return code;
}

enum shk_code shk_master_import_row(
	shk_master_import *import, const shk_master_row *row, shk_diag *diag)
{
	struct import_value values[IMPORT_COLUMNS];

	import_values(values, import->issued, row);
	import->rows++;
	if (import->stored >= 0)
		return import_compare(import, row, values, diag);
	for (int i = 0; i < IMPORT_COLUMNS; i++) {
		if (values[i].text)
			store_bind(import->insert, i + 1, values[i].text);
		else
			sqlite3_bind_int(
				import->insert, i + 1, values[i].number);
	}
	if (strcmp(row->valid_from, import->state) > 0)
		memcpy(import->state, row->valid_from, sizeof(import->state));
	return store_done(import->store, import->insert, diag);
}

static enum shk_code import_save(shk_master_import *import, shk_diag *diag)
{
	sqlite3_stmt *statement = NULL;
	enum shk_code code = store_prepare(import->store, &statement,
		"INSERT INTO master (issued, state, rows) VALUES (?, ?, ?)",
		diag);

	if (code)
		return code;
	store_bind(statement, 1, import->issued);
	store_bind(statement, 2, import->state);
	sqlite3_bind_int64(statement, 3, import->rows);
	code = store_done(import->store, statement, diag);
	sqlite3_finalize(statement);
	return code;
}

enum shk_code shk_master_import_finish(
	shk_master_import *import, bool *fresh, shk_diag *diag)
{
	enum shk_code code = SHK_OK;

	*fresh = import->stored < 0;
	if (*fresh)
		code = import_save(import, diag);
	else if (import->rows != import->stored)
		code = diag_set(diag, SHK_E_INPUT,
			"another master issued on %s is in the store, with "
			"%lld rows; this one has %lld",
			import->issued, (long long)import->stored,
			(long long)import->rows);
	if (!code && *fresh)
		code = store_commit(import->store, diag);
	else
		store_rollback(import->store);
	import->open = false;
	return code;
}
