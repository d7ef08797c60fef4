/*
 * Saving a run. Results are numbered through; a portion is one transaction
 * that also says how far the run is, and that holds only if the run is still
 * where this writer left it: of two processes that go on with one run, the
 * second to save fails and changes nothing.
 */
#include <string.h>

#include "base/memory.h"
#include "store/run.h"
#include "store/store.h"

struct shk_run_writer {
	shk_store *store;
	int64_t id;
	uint64_t records; /* saved */
	uint64_t results;
	uint64_t added; /* of the portion at hand */
	uint64_t counts[5];
	bool open; /* the portion's transaction */
	sqlite3_stmt *insert;
	sqlite3_stmt *update;
};

/* The words of enum shk_status, in its order. */
static const char *const run_statuses[] = { "determined", "undetermined",
	"not_applicable", "conflict", "error" };

static enum shk_code run_prepare(struct shk_run_writer *writer, shk_diag *diag)
{
	enum shk_code code = store_prepare(writer->store, &writer->insert,
		"INSERT INTO result VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
		" ?10, ?11, ?12, ?13, ?14)",
		diag);

	if (code)
		return code;
	return store_prepare(writer->store, &writer->update,
		"UPDATE run SET records = ?3, results = results + ?4,"
		" determined = determined + ?5,"
		" undetermined = undetermined + ?6,"
		" not_applicable = not_applicable + ?7,"
		" conflict = conflict + ?8, error = error + ?9,"
		" output = ?10, worst = ?11, newest = ?12,"
		" finished = nullif(?13, '')"
		" WHERE id = ?1 AND results = ?2 AND finished IS NULL",
		diag);
}

static enum shk_code run_put(
	shk_store *store, const shk_run *about, int64_t *id, shk_diag *diag)
{
	const char *const texts[] = { about->started, about->engine,
		about->rulebook, about->inputs, about->input, about->options,
		about->policy };
	sqlite3_stmt *statement = NULL;
	enum shk_code code = store_prepare(store, &statement,
		"INSERT INTO run (started, engine, rulebook, inputs, input,"
		" options, policy) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
		diag);

	for (int i = 0; i < 7 && !code; i++)
		store_bind(statement, i + 1, texts[i]);
	if (!code)
		code = store_done(store, statement, diag);
	*id = sqlite3_last_insert_rowid(store->db);
	sqlite3_finalize(statement);
	return code;
}

/* The new run's number in *id. Past the ceiling there is no run. */
static enum shk_code run_insert(
	shk_store *store, const shk_run *about, int64_t *id, shk_diag *diag)
{
	enum shk_code code = store_begin(store, diag);

	if (code)
		return code;
	code = run_put(store, about, id, diag);
	if (!code && *id > RUN_ID_MAX)
		code = diag_set(diag, SHK_E_LIMIT,
			"a store takes at most %lld runs", RUN_ID_MAX);
	if (!code)
		return store_commit(store, diag);
	store_rollback(store);
	return code;
}

static enum shk_code run_writer_new(
	struct shk_run_writer **out, shk_store *store, shk_diag *diag)
{
	*out = memory_zeroed(1, sizeof(**out));
	if (!*out)
		return diag_memory(diag);
	(*out)->store = store;
	return SHK_OK;
}

enum shk_code shk_run_begin(shk_run_writer **out, shk_store *store,
	const shk_run *about, shk_diag *diag)
{
	struct shk_run_writer *writer;
	enum shk_code code = run_writer_new(&writer, store, diag);

	*out = NULL;
	if (!code)
		code = run_insert(store, about, &writer->id, diag);
	if (!code)
		code = run_prepare(writer, diag);
	if (code)
		shk_run_writer_free(writer);
	else
		*out = writer;
	return code;
}

struct run_found {
	struct shk_run_writer *writer;
	bool finished;
};

static enum shk_code run_found(void *context, const shk_run *run)
{
	struct run_found *found = context;

	found->writer->id = run->id;
	found->writer->records = run->records;
	found->writer->results = run->results;
	found->finished = run->finished[0] != '\0';
	return SHK_OK;
}

enum shk_code shk_run_resume(
	shk_run_writer **out, shk_store *store, int64_t id, shk_diag *diag)
{
	struct shk_run_writer *writer;
	struct run_found found = { 0 };
	enum shk_code code = run_writer_new(&writer, store, diag);

	*out = NULL;
	found.writer = writer;
	if (!code)
		code = shk_store_run(store, id, run_found, &found, diag);
	if (!code && found.finished) {
		code = diag_set(diag, SHK_E_USAGE, "run %lld is finished",
			(long long)id);
		diag_place(diag, store->path, 0, 0);
	}
	if (!code)
		code = run_prepare(writer, diag);
	if (code)
		shk_run_writer_free(writer);
	else
		*out = writer;
	return code;
}

int64_t shk_run_writer_id(const shk_run_writer *writer)
{
	return writer->id;
}

uint64_t shk_run_writer_results(const shk_run_writer *writer)
{
	return writer->results;
}

/* Unknown words count as errors: nothing else writes them. */
static int run_status(const char *word)
{
	int at = 0;

	while (at < 4 && strcmp(run_statuses[at], word) != 0)
		at++;
	return at;
}

static enum shk_code run_taken(
	const struct shk_run_writer *writer, shk_diag *diag)
{
	diag_set(diag, SHK_E_USAGE,
		"run %lld was changed by another process; its results are "
		"untouched",
		(long long)writer->id);
	diag_place(diag, writer->store->path, 0, 0);
	return SHK_E_USAGE;
}

/* Lock out the others; the run is where this writer left it, or it fails. */
static enum shk_code run_lock(struct shk_run_writer *writer, shk_diag *diag)
{
	shk_store *store = writer->store;
	enum shk_code code = store_begin(store, diag);
	sqlite3_stmt *statement = NULL;

	if (code)
		return code;
	writer->open = true;
	code = store_prepare(store, &statement,
		"SELECT 1 FROM run WHERE id = ?1 AND results = ?2"
		" AND finished IS NULL",
		diag);
	if (!code) {
		sqlite3_bind_int64(statement, 1, writer->id);
		sqlite3_bind_int64(statement, 2, (int64_t)writer->results);
		code = store_step(store, statement, diag);
	}
	sqlite3_finalize(statement);
	return code == SHK_END ? run_taken(writer, diag) : code;
}

enum shk_code shk_run_add(shk_run_writer *writer,
	const char *const cells[SHK_STORE_COLUMNS], shk_diag *diag)
{
	uint64_t number = writer->results + writer->added;
	enum shk_code code = SHK_OK;

	if (number >= RUN_RESULTS_MAX)
		return diag_set(diag, SHK_E_LIMIT,
			"a run takes at most %lld results", RUN_RESULTS_MAX);
	if (!writer->open)
		code = run_lock(writer, diag);
	if (code)
		return code;
	sqlite3_bind_int64(
		writer->insert, 1, run_first(writer->id) + (int64_t)number);
	sqlite3_bind_int64(writer->insert, 2, writer->id);
	for (int i = 0; i < SHK_STORE_COLUMNS; i++)
		store_bind(writer->insert, i + 3, cells[i]);
	code = store_done(writer->store, writer->insert, diag);
	if (code)
		return code;
	writer->added++;
	writer->counts[run_status(cells[RUN_STATUS])]++;
	return SHK_OK;
}

static void run_bind(struct shk_run_writer *writer, const shk_run *state)
{
	sqlite3_stmt *update = writer->update;

	sqlite3_bind_int64(update, 1, writer->id);
	sqlite3_bind_int64(update, 2, (int64_t)writer->results);
	sqlite3_bind_int64(update, 3, (int64_t)state->records);
	sqlite3_bind_int64(update, 4, (int64_t)writer->added);
	for (int i = 0; i < 5; i++)
		sqlite3_bind_int64(update, 5 + i, (int64_t)writer->counts[i]);
	sqlite3_bind_int64(update, 10, (int64_t)state->output);
	sqlite3_bind_int(update, 11, state->worst);
	store_bind(update, 12, state->newest);
	store_bind(update, 13, state->finished);
}

static enum shk_code run_drop(struct shk_run_writer *writer, enum shk_code code)
{
	store_rollback(writer->store);
	writer->open = false;
	writer->added = 0;
	memset(writer->counts, 0, sizeof(writer->counts));
	return code;
}

enum shk_code shk_run_save(
	shk_run_writer *writer, const shk_run *state, shk_diag *diag)
{
	shk_store *store = writer->store;
	enum shk_code code = SHK_OK;

	if (!writer->open)
		code = run_lock(writer, diag);
	if (code)
		return run_drop(writer, code);
	run_bind(writer, state);
	code = store_done(store, writer->update, diag);
	if (!code && sqlite3_changes(store->db) != 1)
		code = run_taken(writer, diag);
	if (!code)
		code = store_commit(store, diag);
	if (code)
		return run_drop(writer, code);
	writer->records = state->records;
	writer->results += writer->added;
	run_drop(writer, SHK_OK);
	return SHK_OK;
}

void shk_run_writer_free(shk_run_writer *writer)
{
	if (!writer)
		return;
	sqlite3_finalize(writer->insert);
	sqlite3_finalize(writer->update);
	if (writer->open)
		store_rollback(writer->store);
	memory_free(writer);
}
