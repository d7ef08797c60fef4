/*
 * The loadable extension of SQLite: shokan_price, shokan_results,
 * shokan_explain, shokan_rules, shokan_version. One plug a connection, shared
 * by its functions and freed with the last of them. The answers rest on rules
 * outside of the database, so that these functions are not DETERMINISTIC: an
 * index built on them would lie after the next revision of the rules.
 */
#include <stdlib.h>
#include <string.h>

#include <sqlite3ext.h>

#include "plug/plug.h"

SQLITE_EXTENSION_INIT1

#ifdef SQLITE_RESULT_SUBTYPE /* since 3.45 a promise to be given beforehand */
#define SQLITE_SUBTYPES SQLITE_RESULT_SUBTYPE
#else
#define SQLITE_SUBTYPES 0
#endif
#define SQLITE_JSON 'J' /* the subtype that the JSON functions look for */

/* One connection's plug and how many registrations hold it. */
struct hold {
	struct plug *plug;
	unsigned holders;
};

static void hold_release(void *context)
{
	struct hold *hold = context;

	if (--hold->holders > 0)
		return;
	plug_free(hold->plug);
	free(hold);
}

static void fail(sqlite3_context *context, const shk_diag *diag)
{
	char message[PLUG_MESSAGE_MAX];

	if (diag->code == SHK_E_MEMORY) {
		sqlite3_result_error_nomem(context);
		return;
	}
	plug_message(diag, message);
	sqlite3_result_error(context, message, -1);
}

/* A text argument; NULL for SQL's NULL and for one that was not given. */
static const char *text_at(int count, sqlite3_value **values, int at)
{
	return at < count ? (const char *)sqlite3_value_text(values[at]) : NULL;
}

static struct plug_question question_of(int count, sqlite3_value **values)
{
	struct plug_question question = { text_at(count, values, 1),
		text_at(count, values, 2), text_at(count, values, 3) };

	return question;
}

/* All lines in one text; a single one is a JSON value for other functions. */
static void give_lines(sqlite3_context *context, const struct plug_table *rows)
{
	size_t count = plug_table_rows(rows);
	sqlite3_str *text;

	if (count == 1) {
		sqlite3_result_text(context,
			plug_table_cell(rows, 0, PLUG_LINE), -1,
			SQLITE_TRANSIENT);
		sqlite3_result_subtype(context, SQLITE_JSON);
		return;
	}
	text = sqlite3_str_new(sqlite3_context_db_handle(context));
	for (size_t i = 0; i < count; i++) {
		if (i)
			sqlite3_str_appendchar(text, 1, '\n');
		sqlite3_str_appendall(
			text, plug_table_cell(rows, i, PLUG_LINE));
	}
	if (sqlite3_str_errcode(text) == SQLITE_TOOBIG)
		sqlite3_result_error_toobig(context);
	else if (sqlite3_str_errcode(text))
		sqlite3_result_error_nomem(context);
	else
		sqlite3_result_text(
			context, sqlite3_str_value(text), -1, SQLITE_TRANSIENT);
	sqlite3_free(sqlite3_str_finish(text));
}

static void sql_price(
	sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct hold *hold = sqlite3_user_data(context);
	struct plug_question question = question_of(count, values);
	const char *record = text_at(count, values, 0);
	const struct plug_table *rows;
	shk_diag diag = { 0 };

	if (!record) /* NULL asks nothing */
		return;
	if (plug_price(hold->plug, &question, record,
		    (size_t)sqlite3_value_bytes(values[0]), &rows,
		    &diag) != SHK_OK)
		fail(context, &diag);
	else
		give_lines(context, rows);
}

/* With a folder: its rules from now on. The hash of those in use. */
static void sql_rules(
	sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct hold *hold = sqlite3_user_data(context);
	const char *folder = text_at(count, values, 0);
	const char *hash = NULL;
	shk_diag diag = { 0 };
	enum shk_code code = SHK_OK;

	if (count > 0)
		code = plug_load(hold->plug, folder, &diag);
	if (code == SHK_OK)
		code = plug_hash(hold->plug, &hash, &diag);
	if (code != SHK_OK)
		fail(context, &diag);
	else
		sqlite3_result_text(context, hash, -1, SQLITE_TRANSIENT);
}

static void sql_version(
	sqlite3_context *context, int count, sqlite3_value **values)
{
	(void)count;
	(void)values;
	sqlite3_result_text(context, shk_version(), -1, SQLITE_STATIC);
}

/*
 * Tables of answers: the arguments are hidden columns behind the others, and
 * a scan asks the plug once and keeps the rows.
 */
struct shape {
	const char *declaration;
	int columns;	  /* that are shown */
	uint64_t numbers; /* bits of the columns that are integers */
	enum shk_code (*ask)(struct plug *plug,
		const struct plug_question *question, const char *record,
		size_t size, const struct plug_table **rows, shk_diag *diag);
};

#define SHAPE_HIDDEN                                                           \
	"_record HIDDEN, _revision HIDDEN, _decision HIDDEN, _policy HIDDEN)"
#define SHAPE_ARGUMENTS 4

static const struct shape shape_results = {
	"CREATE TABLE shokan_results(decision TEXT, status TEXT, result "
	"TEXT, " SHAPE_HIDDEN,
	PLUG_ANSWER_COLUMNS, 0, plug_price
};

static const struct shape shape_explain = {
	"CREATE TABLE shokan_explain(decision TEXT, depth INTEGER, kind TEXT, "
	"name TEXT, value TEXT, source TEXT, place TEXT, evidence TEXT, "
	"text TEXT, formula TEXT, quote TEXT, table_row INTEGER, " SHAPE_HIDDEN,
	PLUG_PROOF_COLUMNS, 1u << PLUG_PROOF_DEPTH | 1u << PLUG_PROOF_TABLE_ROW,
	plug_explain
};

/* What a module gets: the connection's plug and the shape of its table. */
struct module {
	struct hold *hold;
	const struct shape *shape;
};

struct table {
	sqlite3_vtab base;
	const struct module *module;
};

struct cursor {
	sqlite3_vtab_cursor base;
	struct plug_table rows; /* of its own: others may ask meanwhile */
	size_t row;
	char *arguments[SHAPE_ARGUMENTS];
};

static void module_release(void *context)
{
	struct module *module = context;

	hold_release(module->hold);
	free(module);
}

static int table_connect(sqlite3 *database, void *context, int count,
	const char *const *words, sqlite3_vtab **out, char **message)
{
	const struct module *module = context;
	struct table *table;
	int status = sqlite3_declare_vtab(database, module->shape->declaration);

	(void)count;
	(void)words;
	(void)message;
	if (status != SQLITE_OK)
		return status;
	table = calloc(1, sizeof(*table));
	if (!table)
		return SQLITE_NOMEM;
	table->module = module;
	sqlite3_vtab_config(database, SQLITE_VTAB_INNOCUOUS);
	*out = &table->base;
	return SQLITE_OK;
}

static int table_disconnect(sqlite3_vtab *base)
{
	free(base);
	return SQLITE_OK;
}

/*
 * The record must be given; idxNum tells which arguments are, as bits. An
 * argument that hangs on a table not yet read makes this plan impossible.
 */
static int table_plan(sqlite3_vtab *base, sqlite3_index_info *info)
{
	const struct table *table = (const struct table *)(void *)base;
	int first = table->module->shape->columns;
	int places[SHAPE_ARGUMENTS] = { -1, -1, -1, -1 };
	int given = 0;
	int next = 1;

	for (int i = 0; i < info->nConstraint; i++) {
		int argument = info->aConstraint[i].iColumn - first;

		if (argument < 0 ||
			info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
			continue;
		if (!info->aConstraint[i].usable)
			return SQLITE_CONSTRAINT;
		places[argument] = i;
	}
	for (int i = 0; i < SHAPE_ARGUMENTS; i++) {
		if (places[i] < 0)
			continue;
		given |= 1 << i;
		info->aConstraintUsage[places[i]].argvIndex = next++;
		info->aConstraintUsage[places[i]].omit = 1;
	}
	info->idxNum = given;
	info->estimatedRows = 20;
	info->estimatedCost = 4096;
	if (given & 1)
		return SQLITE_OK;
	sqlite3_free(base->zErrMsg);
	base->zErrMsg = sqlite3_mprintf(
		"the first argument, a record as a JSON object, is missing");
	return SQLITE_ERROR;
}

static int cursor_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out)
{
	struct cursor *cursor = calloc(1, sizeof(*cursor));

	(void)base;
	if (!cursor)
		return SQLITE_NOMEM;
	*out = &cursor->base;
	return SQLITE_OK;
}

static void cursor_clear(struct cursor *cursor)
{
	plug_table_release(&cursor->rows);
	for (int i = 0; i < SHAPE_ARGUMENTS; i++) {
		sqlite3_free(cursor->arguments[i]);
		cursor->arguments[i] = NULL;
	}
	cursor->row = 0;
}

static int cursor_close(sqlite3_vtab_cursor *base)
{
	struct cursor *cursor = (struct cursor *)(void *)base;

	cursor_clear(cursor);
	free(cursor);
	return SQLITE_OK;
}

static int cursor_fail(sqlite3_vtab *table, const shk_diag *diag)
{
	char message[PLUG_MESSAGE_MAX];

	if (diag->code == SHK_E_MEMORY)
		return SQLITE_NOMEM;
	plug_message(diag, message);
	sqlite3_free(table->zErrMsg);
	table->zErrMsg = sqlite3_mprintf("%s", message);
	return SQLITE_ERROR;
}

/* Keep the arguments that are not NULL. */
static int cursor_take(struct cursor *cursor, int given, sqlite3_value **values)
{
	int next = 0;

	for (int i = 0; i < SHAPE_ARGUMENTS; i++) {
		const char *text;

		if (!(given >> i & 1))
			continue;
		text = (const char *)sqlite3_value_text(values[next++]);
		if (!text)
			continue;
		cursor->arguments[i] = sqlite3_mprintf("%s", text);
		if (!cursor->arguments[i])
			return SQLITE_NOMEM;
	}
	return SQLITE_OK;
}

static int cursor_filter(sqlite3_vtab_cursor *base, int given, const char *name,
	int count, sqlite3_value **values)
{
	struct cursor *cursor = (struct cursor *)(void *)base;
	const struct table *table = (const struct table *)(void *)base->pVtab;
	const struct plug_table *rows;
	struct plug_question question;
	shk_diag diag = { 0 };
	int status;

	(void)name;
	(void)count;
	cursor_clear(cursor);
	status = cursor_take(cursor, given, values);
	if (status != SQLITE_OK || !cursor->arguments[0])
		return status;
	question = (struct plug_question){ cursor->arguments[1],
		cursor->arguments[2], cursor->arguments[3] };
	if (table->module->shape->ask(table->module->hold->plug, &question,
		    cursor->arguments[0], strlen(cursor->arguments[0]), &rows,
		    &diag) != SHK_OK)
		return cursor_fail(base->pVtab, &diag);
	return plug_table_copy(&cursor->rows, rows) ? SQLITE_OK : SQLITE_NOMEM;
}

static int cursor_next(sqlite3_vtab_cursor *base)
{
	((struct cursor *)(void *)base)->row++;
	return SQLITE_OK;
}

static int cursor_eof(sqlite3_vtab_cursor *base)
{
	const struct cursor *cursor = (const struct cursor *)(void *)base;

	return cursor->row >= plug_table_rows(&cursor->rows);
}

static int cursor_column(
	sqlite3_vtab_cursor *base, sqlite3_context *context, int column)
{
	const struct cursor *cursor = (const struct cursor *)(void *)base;
	const struct shape *shape =
		((const struct table *)(void *)base->pVtab)->module->shape;
	const char *text;

	if (column >= shape->columns) {
		sqlite3_result_text(context,
			cursor->arguments[column - shape->columns], -1,
			SQLITE_TRANSIENT);
		return SQLITE_OK;
	}
	text = plug_table_cell(&cursor->rows, cursor->row, (size_t)column);
	if (shape->numbers >> column & 1)
		sqlite3_result_int64(context, strtoll(text, NULL, 10));
	else if (text[0])
		sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
	return SQLITE_OK; /* an empty text is NULL */
}

static int cursor_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
	*out = (sqlite3_int64)((const struct cursor *)(void *)base)->row + 1;
	return SQLITE_OK;
}

static const sqlite3_module module_table = { .xConnect = table_connect,
	.xBestIndex = table_plan,
	.xDisconnect = table_disconnect,
	.xOpen = cursor_open,
	.xClose = cursor_close,
	.xFilter = cursor_filter,
	.xNext = cursor_next,
	.xEof = cursor_eof,
	.xColumn = cursor_column,
	.xRowid = cursor_rowid };

static int add_table(sqlite3 *database, const char *name, struct hold *hold,
	const struct shape *shape)
{
	struct module *module = malloc(sizeof(*module));

	if (!module)
		return SQLITE_NOMEM;
	*module = (struct module){ hold, shape };
	hold->holders++;
	/* a failure releases the module too */
	return sqlite3_create_module_v2(
		database, name, &module_table, module, module_release);
}

static int add_functions(sqlite3 *database, struct hold *hold)
{
	static const struct {
		const char *name;
		int arguments;
		int flags;
		void (*call)(sqlite3_context *, int, sqlite3_value **);
	} rows[] = {
		{ "shokan_price", 1, SQLITE_INNOCUOUS | SQLITE_SUBTYPES,
			sql_price },
		{ "shokan_price", 2, SQLITE_INNOCUOUS | SQLITE_SUBTYPES,
			sql_price },
		{ "shokan_price", 3, SQLITE_INNOCUOUS | SQLITE_SUBTYPES,
			sql_price },
		{ "shokan_price", 4, SQLITE_INNOCUOUS | SQLITE_SUBTYPES,
			sql_price },
		/* reads any folder: not for a schema that came from others */
		{ "shokan_rules", 0, SQLITE_DIRECTONLY, sql_rules },
		{ "shokan_rules", 1, SQLITE_DIRECTONLY, sql_rules },
		{ "shokan_version", 0, SQLITE_INNOCUOUS | SQLITE_DETERMINISTIC,
			sql_version },
	};
	int status = SQLITE_OK;

	for (size_t i = 0;
		status == SQLITE_OK && i < sizeof(rows) / sizeof(rows[0]);
		i++) {
		hold->holders++;
		status = sqlite3_create_function_v2(database, rows[i].name,
			rows[i].arguments, SQLITE_UTF8 | rows[i].flags, hold,
			rows[i].call, NULL, NULL, hold_release);
	}
	return status;
}

/* The entry that SQLite looks for. */
__attribute__((visibility("default"))) int sqlite3_extension_init(
	sqlite3 *database, char **message, const sqlite3_api_routines *api);

int sqlite3_extension_init(
	sqlite3 *database, char **message, const sqlite3_api_routines *api)
{
	struct hold *hold = malloc(sizeof(*hold));
	int status;

	(void)message;
	SQLITE_EXTENSION_INIT2(api)
	if (!hold)
		return SQLITE_NOMEM;
	*hold = (struct hold){ plug_new(), 1 };
	status = hold->plug ? add_functions(database, hold) : SQLITE_NOMEM;
	if (status == SQLITE_OK)
		status = add_table(
			database, "shokan_results", hold, &shape_results);
	if (status == SQLITE_OK)
		status = add_table(
			database, "shokan_explain", hold, &shape_explain);
	hold_release(hold); /* our own hold */
	return status;
}
