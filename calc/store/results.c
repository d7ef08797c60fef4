/*
 * Reading runs and results. Results are read in pages, and nothing is locked
 * between two pages, so that a long export keeps no batch from saving. What
 * was saved is never changed, so the pages fit together; a run that is deleted
 * meanwhile is an error.
 */
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "store/run.h"
#include "store/store.h"

#define RESULTS_PAGE 1000 /* rows copied at a time */
#define RESULTS_COLUMNS                                                        \
	"id, decision, revision, as_of, status, reason, \"values\", missing,"  \
	" outcomes, evidence, citations, facts"

static enum shk_code runs_none(
	const shk_store *store, int64_t id, shk_diag *diag)
{
	if (id)
		diag_set(diag, SHK_E_USAGE, "there is no run %lld",
			(long long)id);
	else
		diag_set(diag, SHK_E_USAGE, "there is no run");
	diag_place(diag, store->path, 0, 0);
	return SHK_E_USAGE;
}

static void runs_fill(sqlite3_stmt *row, shk_run *run)
{
	run->id = sqlite3_column_int64(row, 0);
	run->started = store_column(row, 1);
	run->finished = store_column(row, 2);
	run->engine = store_column(row, 3);
	run->rulebook = store_column(row, 4);
	run->inputs = store_column(row, 5);
	run->input = store_column(row, 6);
	run->options = store_column(row, 7);
	run->policy = store_column(row, 8);
	run->records = (uint64_t)sqlite3_column_int64(row, 9);
	run->results = (uint64_t)sqlite3_column_int64(row, 10);
	for (int i = 0; i < 5; i++)
		run->counts[i] = (uint64_t)sqlite3_column_int64(row, 11 + i);
	run->output = (uint64_t)sqlite3_column_int64(row, 16);
	run->worst = sqlite3_column_int(row, 17);
	run->newest = store_column(row, 18);
}

enum shk_code shk_store_runs(shk_store *store, shk_run_callback callback,
	void *context, shk_diag *diag)
{
	sqlite3_stmt *statement = NULL;
	enum shk_code code = store_prepare(
		store, &statement, "SELECT * FROM run ORDER BY id", diag);

	while (!code) {
		shk_run run;

		code = store_step(store, statement, diag);
		if (code)
			break;
		runs_fill(statement, &run);
		code = callback(context, &run);
	}
	sqlite3_finalize(statement);
	return code == SHK_END ? SHK_OK : code;
}

enum shk_code shk_store_run(shk_store *store, int64_t id,
	shk_run_callback callback, void *context, shk_diag *diag)
{
	sqlite3_stmt *statement = NULL;
	enum shk_code code = store_prepare(store, &statement,
		"SELECT * FROM run WHERE id = coalesce(nullif(?1, 0),"
		" (SELECT max(id) FROM run))",
		diag);
	shk_run run;

	if (!code)
		sqlite3_bind_int64(statement, 1, id);
	if (!code)
		code = store_step(store, statement, diag);
	if (code == SHK_END) {
		code = runs_none(store, id, diag);
	} else if (!code) {
		runs_fill(statement, &run);
		code = callback(context, &run);
	}
	sqlite3_finalize(statement);
	return code;
}

static enum shk_code runs_id(void *context, const shk_run *run)
{
	int64_t *id = context;

	*id = run->id;
	return SHK_OK;
}

enum shk_code shk_store_counts(shk_store *store, int64_t id,
	enum shk_code (*tell)(void *context, const char *decision,
		const char *status, uint64_t count),
	void *context, shk_diag *diag)
{
	sqlite3_stmt *statement = NULL;
	enum shk_code code = shk_store_run(store, id, runs_id, &id, diag);

	if (!code)
		code = store_prepare(store, &statement,
			"SELECT decision, status, count(*) FROM result WHERE"
			" place >= ?1 AND place < ?2 GROUP BY 1, 2 ORDER BY 1,"
			" 2",
			diag);
	if (!code) {
		sqlite3_bind_int64(statement, 1, run_first(id));
		sqlite3_bind_int64(statement, 2, run_first(id + 1));
	}
	while (!code) {
		code = store_step(store, statement, diag);
		if (!code)
			code = tell(context, store_column(statement, 0),
				store_column(statement, 1),
				(uint64_t)sqlite3_column_int64(statement, 2));
	}
	sqlite3_finalize(statement);
	return code == SHK_END ? SHK_OK : code;
}

struct shk_results {
	shk_store *store;
	int64_t run;
	sqlite3_stmt *page; /* ?1 the last key, ?2 the end, ?3 rows */
	struct arena arena; /* of the page */
	const char *cells[RESULTS_PAGE][SHK_STORE_COLUMNS];
	int order; /* number of its table, if it is sorted */
	size_t rows;
	size_t at;     /* next row to give */
	int64_t last;  /* key of the last row read */
	int64_t end;   /* the keys of the run are below it */
	uint64_t left; /* results that must still come */
};

/* Copy one row into the page. */
static enum shk_code results_row(shk_results *results, shk_diag *diag)
{
	results->last = sqlite3_column_int64(results->page, 0);
	for (int i = 0; i < SHK_STORE_COLUMNS; i++) {
		const char *text = store_column(results->page, i + 1);

		text = arena_text(&results->arena, text, strlen(text));
		if (!text)
			return diag_memory(diag);
		results->cells[results->rows][i] = text;
	}
	results->rows++;
	return SHK_OK;
}

/* The next page; nothing is locked when it returns. */
static enum shk_code results_page(shk_results *results, shk_diag *diag)
{
	enum shk_code code = SHK_OK;

	arena_clear(&results->arena);
	results->rows = 0;
	results->at = 0;
	sqlite3_bind_int64(results->page, 1, results->last);
	sqlite3_bind_int64(results->page, 2, results->end);
	sqlite3_bind_int(results->page, 3, RESULTS_PAGE);
	while (!code) {
		code = store_step(results->store, results->page, diag);
		if (!code)
			code = results_row(results, diag);
	}
	sqlite3_reset(results->page);
	return code == SHK_END ? SHK_OK : code;
}

/* Run SQL in which %d is the number of the reader's order. */
static enum shk_code results_prepare_order(shk_results *results,
	sqlite3_stmt **out, const char *format, shk_diag *diag)
{
	char *sql = sqlite3_mprintf(format, results->order);
	enum shk_code code;

	if (!sql)
		return diag_memory(diag);
	code = store_prepare(results->store, out, sql, diag);
	sqlite3_free(sql);
	return code;
}

static enum shk_code results_do_order(
	shk_results *results, const char *format, int64_t first, shk_diag *diag)
{
	sqlite3_stmt *statement = NULL;
	enum shk_code code =
		results_prepare_order(results, &statement, format, diag);

	if (!code && sqlite3_bind_parameter_count(statement) == 2) {
		sqlite3_bind_int64(statement, 1, first);
		sqlite3_bind_int64(statement, 2, results->end);
	}
	if (!code)
		code = store_done(results->store, statement, diag);
	sqlite3_finalize(statement);
	return code;
}

/* The order as a table of this connection's own. */
static enum shk_code results_sort(
	shk_results *results, int64_t first, shk_diag *diag)
{
	enum shk_code code =
		store_run(results->store, "PRAGMA query_only = 0", diag);

	results->order = ++results->store->sorted;
	if (!code)
		code = results_do_order(results,
			"CREATE TEMP TABLE sorted%d (at INTEGER PRIMARY KEY,"
			" place)",
			0, diag);
	if (!code)
		code = results_do_order(results,
			"INSERT INTO temp.sorted%d (place) SELECT place FROM"
			" result WHERE place >= ?1 AND place < ?2"
			" ORDER BY id, decision, place",
			first, diag);
	if (!code)
		code = results_prepare_order(results, &results->page,
			"SELECT at, " RESULTS_COLUMNS " FROM temp.sorted%d"
			" JOIN result USING (place) WHERE at > ?1 AND at < ?2"
			" ORDER BY at LIMIT ?3",
			diag);
	results->last = 0;
	results->end = INT64_MAX;
	return code;
}

static enum shk_code runs_copy(void *context, const shk_run *run)
{
	shk_run *copy = context;

	copy->id = run->id;
	copy->results = run->results;
	return SHK_OK;
}

static enum shk_code results_prepare(
	shk_results *results, int64_t id, bool sorted, shk_diag *diag)
{
	shk_run run = { 0 };
	enum shk_code code =
		shk_store_run(results->store, id, runs_copy, &run, diag);

	if (code)
		return code;
	results->run = run.id;
	results->left = run.results;
	results->last = run_first(run.id) - 1;
	results->end = run_first(run.id) + (int64_t)run.results;
	if (sorted)
		return results_sort(results, run_first(run.id), diag);
	return store_prepare(results->store, &results->page,
		"SELECT place, " RESULTS_COLUMNS " FROM result WHERE"
		" place > ?1 AND place < ?2 ORDER BY place LIMIT ?3",
		diag);
}

enum shk_code shk_results_open(shk_results **out, shk_store *store, int64_t id,
	bool sorted, shk_diag *diag)
{
	shk_results *results = memory_zeroed(1, sizeof(*results));
	enum shk_code code;

	*out = NULL;
	if (!results)
		return diag_memory(diag);
	arena_init(&results->arena);
	results->store = store;
	code = results_prepare(results, id, sorted, diag);
	if (code)
		shk_results_close(results);
	else
		*out = results;
	return code;
}

enum shk_code shk_results_next(
	shk_results *results, const char *const **cells, shk_diag *diag)
{
	enum shk_code code = SHK_OK;

	if (results->left == 0)
		return SHK_END;
	if (results->at == results->rows)
		code = results_page(results, diag);
	if (code)
		return code;
	if (results->rows == 0) /* deleted meanwhile */
		return runs_none(results->store, results->run, diag);
	results->left--;
	*cells = results->cells[results->at++];
	return SHK_OK;
}

void shk_results_close(shk_results *results)
{
	if (!results)
		return;
	sqlite3_finalize(results->page);
	if (results->order) /* it goes with the connection anyway */
		results_do_order(results, "DROP TABLE temp.sorted%d", 0, NULL);
	arena_release(&results->arena);
	memory_free(results);
}

enum shk_code shk_store_delete(shk_store *store, int64_t id, shk_diag *diag)
{
	static const char *const steps[] = {
		"DELETE FROM result WHERE place >= ?1 << 32"
		" AND place < (?1 + 1) << 32",
		"DELETE FROM run WHERE id = ?1"
	};
	enum shk_code code = store_begin(store, diag);

	for (int i = 0; i < 2 && !code; i++) {
		sqlite3_stmt *statement = NULL;

		code = store_prepare(store, &statement, steps[i], diag);
		if (!code) {
			sqlite3_bind_int64(statement, 1, id);
			code = store_done(store, statement, diag);
		}
		sqlite3_finalize(statement);
	}
	if (!code && sqlite3_changes(store->db) != 1)
		code = runs_none(store, id, diag);
	if (!code)
		return store_commit(store, diag);
	store_rollback(store);
	return code;
}
