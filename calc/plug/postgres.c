/*
 * The extension of PostgreSQL. One plug a backend, kept for its life. Every
 * byte that the library allocates belongs to that plug: an ERROR, which
 * leaves a function by a jump, can come only while PostgreSQL copies the rows
 * out, when the plug is whole. Functions are STABLE: the rules are files
 * outside of the database, so an index may not rest on their answers.
 */
#include <postgres.h>

#include <fmgr.h>
#include <funcapi.h>
#include <mb/pg_wchar.h>
#include <utils/builtins.h>
#include <utils/guc.h>
#include <utils/jsonb.h>
#include <utils/memutils.h>

#include "plug/plug.h"

PG_MODULE_MAGIC;

void _PG_init(void);
PG_FUNCTION_INFO_V1(plug_pg_version);
PG_FUNCTION_INFO_V1(plug_pg_rules);
PG_FUNCTION_INFO_V1(plug_pg_price);
PG_FUNCTION_INFO_V1(plug_pg_price_jsonb);
PG_FUNCTION_INFO_V1(plug_pg_prices);
PG_FUNCTION_INFO_V1(plug_pg_prices_jsonb);
PG_FUNCTION_INFO_V1(plug_pg_explain);
PG_FUNCTION_INFO_V1(plug_pg_explain_jsonb);

#define SERVICE_NAME "shokan service" /* where the backend finds it again */

/* What one backend has. */
struct service {
	struct plug *plug; /* NULL until somebody asks */
	char *folder;	   /* the setting shokan.rules; "": by default */
	char *loaded;	   /* whose rules the plug has; NULL: the default's */
};

static struct service *service_here(void)
{
	void **slot = find_rendezvous_variable(SERVICE_NAME);

	if (!*slot)
		*slot = MemoryContextAllocZero(
			TopMemoryContext, sizeof(struct service));
	return *slot;
}

void _PG_init(void)
{
	/* it reads files as the server does: for superusers to set */
	DefineCustomStringVariable("shokan.rules",
		"Folder of the rules of shokan.",
		"Empty: $SHOKAN_RULES of the server, else the installed rules.",
		&service_here()->folder, "", PGC_SUSET, 0, NULL, NULL, NULL);
	MarkGUCPrefixReserved("shokan");
}

static int sql_state(enum shk_code code)
{
	switch (code) {
	case SHK_E_USAGE:
	case SHK_E_INPUT:
		return ERRCODE_INVALID_PARAMETER_VALUE;
	case SHK_E_RULES:
		return ERRCODE_CONFIG_FILE_ERROR;
	case SHK_E_IO:
		return ERRCODE_IO_ERROR;
	case SHK_E_LIMIT:
		return ERRCODE_PROGRAM_LIMIT_EXCEEDED;
	case SHK_E_MEMORY:
		return ERRCODE_OUT_OF_MEMORY;
	case SHK_OK:
	case SHK_END:
	case SHK_E_INTERNAL:
		break;
	}
	return ERRCODE_INTERNAL_ERROR;
}

/* The library speaks UTF-8, the database its own encoding. */
static char *to_server(const char *text)
{
	return pg_any_to_server(text, (int)strlen(text), PG_UTF8);
}

static void check(enum shk_code code, const shk_diag *diag)
{
	char message[PLUG_MESSAGE_MAX];

	if (code == SHK_OK)
		return;
	plug_message(diag, message);
	ereport(ERROR,
		(errcode(sql_state(code)), errmsg("%s", to_server(message))));
}

/* The plug with the rules of the setting as it is now. */
static struct plug *plug_here(void)
{
	struct service *service = service_here();
	const char *folder =
		service->folder && service->folder[0] ? service->folder : NULL;
	char *copy;
	shk_diag diag = { 0 };
	enum shk_code code;

	if (!service->plug)
		service->plug = plug_new();
	if (!service->plug)
		check(SHK_E_MEMORY, &(shk_diag){ .code = SHK_E_MEMORY });
	if (folder ? service->loaded && strcmp(folder, service->loaded) == 0
		   : !service->loaded)
		return service->plug;
	copy = folder ? MemoryContextStrdup(TopMemoryContext, folder) : NULL;
	code = plug_load(service->plug, folder, &diag);
	if (code != SHK_OK && copy)
		pfree(copy);
	check(code, &diag);
	if (service->loaded)
		pfree(service->loaded);
	service->loaded = copy;
	return service->plug;
}

/* A call's arguments in UTF-8; what the SQL function does not take is NULL. */
struct asked {
	char *record;
	size_t size;
	struct plug_question question;
};

static char *from_server(const char *given)
{
	return pg_server_to_any(given, (int)strlen(given), PG_UTF8);
}

/* `binary`: a jsonb, else a text. */
static char *argument(FunctionCallInfo fcinfo, int at, bool binary)
{
	char *given;

	if (binary) {
		Jsonb *value = PG_GETARG_JSONB_P(at);

		given = JsonbToCString(NULL, &value->root, (int)VARSIZE(value));
	} else {
		given = text_to_cstring(PG_GETARG_TEXT_PP(at));
	}
	return from_server(given);
}

/* The same, or NULL where the SQL function does not take it. */
static char *optional(FunctionCallInfo fcinfo, int at, bool binary)
{
	return at < PG_NARGS() ? argument(fcinfo, at, binary) : NULL;
}

static struct asked asked_of(FunctionCallInfo fcinfo, bool binary)
{
	struct asked asked = { .record = argument(fcinfo, 0, binary) };

	asked.size = strlen(asked.record);
	asked.question.revision = optional(fcinfo, 1, false);
	asked.question.decision = optional(fcinfo, 2, false);
	asked.question.policy = optional(fcinfo, 3, binary);
	return asked;
}

static const struct plug_table *answers(FunctionCallInfo fcinfo, bool binary)
{
	struct asked asked = asked_of(fcinfo, binary);
	const struct plug_table *rows;
	shk_diag diag = { 0 };

	check(plug_price(plug_here(), &asked.question, asked.record, asked.size,
		      &rows, &diag),
		&diag);
	return rows;
}

static Datum line_at(const struct plug_table *rows, size_t row)
{
	return DirectFunctionCall1(jsonb_in,
		CStringGetDatum(
			to_server(plug_table_cell(rows, row, PLUG_LINE))));
}

/* The answer to one decision. */
static Datum price_one(FunctionCallInfo fcinfo, bool binary)
{
	const struct plug_table *rows = answers(fcinfo, binary);

	if (plug_table_rows(rows) != 1)
		PG_RETURN_NULL();
	return line_at(rows, 0);
}

/* Every answer, a row each. */
static Datum price_all(FunctionCallInfo fcinfo, bool binary)
{
	ReturnSetInfo *set = (ReturnSetInfo *)fcinfo->resultinfo;
	const struct plug_table *rows;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	rows = answers(fcinfo, binary);
	for (size_t i = 0; i < plug_table_rows(rows); i++) {
		Datum value = line_at(rows, i);
		bool none = false;

		tuplestore_putvalues(
			set->setResult, set->setDesc, &value, &none);
	}
	return (Datum)0;
}

static Datum explain(FunctionCallInfo fcinfo, bool binary)
{
	ReturnSetInfo *set = (ReturnSetInfo *)fcinfo->resultinfo;
	const struct plug_table *rows;
	struct asked asked;
	shk_diag diag = { 0 };

	InitMaterializedSRF(fcinfo, 0);
	asked = asked_of(fcinfo, binary);
	check(plug_explain(plug_here(), &asked.question, asked.record,
		      asked.size, &rows, &diag),
		&diag);
	for (size_t i = 0; i < plug_table_rows(rows); i++) {
		Datum values[PLUG_PROOF_COLUMNS] = { 0 };
		bool nulls[PLUG_PROOF_COLUMNS] = { false };

		for (size_t j = 0; j < PLUG_PROOF_COLUMNS; j++) {
			const char *cell = plug_table_cell(rows, i, j);

			if (j == PLUG_PROOF_DEPTH || j == PLUG_PROOF_TABLE_ROW)
				values[j] = Int32GetDatum(
					(int32)strtol(cell, NULL, 10));
			else if (cell[0])
				values[j] =
					CStringGetTextDatum(to_server(cell));
			else
				nulls[j] = true;
		}
		tuplestore_putvalues(
			set->setResult, set->setDesc, values, nulls);
	}
	return (Datum)0;
}

Datum plug_pg_price(PG_FUNCTION_ARGS)
{
	return price_one(fcinfo, false);
}

Datum plug_pg_price_jsonb(PG_FUNCTION_ARGS)
{
	return price_one(fcinfo, true);
}

Datum plug_pg_prices(PG_FUNCTION_ARGS)
{
	return price_all(fcinfo, false);
}

Datum plug_pg_prices_jsonb(PG_FUNCTION_ARGS)
{
	return price_all(fcinfo, true);
}

Datum plug_pg_explain(PG_FUNCTION_ARGS)
{
	return explain(fcinfo, false);
}

Datum plug_pg_explain_jsonb(PG_FUNCTION_ARGS)
{
	return explain(fcinfo, true);
}

/* Hash of the rules in use. */
Datum plug_pg_rules(PG_FUNCTION_ARGS)
{
	const char *hash;
	shk_diag diag = { 0 };

	(void)fcinfo;
	check(plug_hash(plug_here(), &hash, &diag), &diag);
	PG_RETURN_TEXT_P(cstring_to_text(hash));
}

Datum plug_pg_version(PG_FUNCTION_ARGS)
{
	(void)fcinfo;
	PG_RETURN_TEXT_P(cstring_to_text(shk_version()));
}
