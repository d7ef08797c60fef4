/*
 * Facts by name become a table of one row in memory, read by the reader that
 * reads every other table: whatever a file may say, a link may say, with the
 * same words when it is wrong.
 */
#include <string.h>

#include "base/diag.h"
#include "serve/given.h"

#define GIVEN_ID "query" /* of a record that names none */

static bool given_is(const char *name, const char *front)
{
	return strncmp(name, front, strlen(front)) == 0;
}

static enum shk_code given_unknown(const struct serve_pair *pair,
	const char *const *known, size_t count, shk_diag *diag)
{
	const char *nearest = text_nearest(text_of(pair->name), known, count);

	if (nearest)
		diag_set(diag, SHK_E_USAGE, "no such name; did you mean %s?",
			nearest);
	else
		diag_set(diag, SHK_E_USAGE,
			"no such name; facts are given as f.NAME, policy "
			"parameters as p.NAME");
	diag_field(diag, pair->name);
	return SHK_E_USAGE;
}

static bool given_before(
	const struct serve_request *request, size_t index, const char *name)
{
	for (size_t i = 0; i < index; i++) {
		if (strcmp(serve_request_pair(request, i)->name, name) == 0)
			return true;
	}
	return false;
}

static bool given_repeats(const char *name)
{
	return strcmp(name, "decision") == 0 || strcmp(name, "vary") == 0;
}

enum shk_code serve_names_check(const struct serve_request *request,
	const char *const *known, shk_diag *diag)
{
	const struct serve_pair *pair;
	size_t count = 0;

	while (known[count])
		count++;
	for (size_t i = 0; (pair = serve_request_pair(request, i)); i++) {
		size_t at = 0;

		if (given_is(pair->name, SERVE_FACT) ||
			given_is(pair->name, SERVE_PARAMETER))
			continue;
		while (at < count && strcmp(known[at], pair->name) != 0)
			at++;
		if (at == count)
			return given_unknown(pair, known, count, diag);
		if (given_repeats(pair->name) ||
			!given_before(request, i, pair->name))
			continue;
		diag_set(diag, SHK_E_USAGE, "the name is given twice");
		diag_field(diag, pair->name);
		return SHK_E_USAGE;
	}
	return SHK_OK;
}

/* One more name, unless it stands there already. */
static enum shk_code given_decision(struct serve_names *out,
	struct arena *arena, struct text name, shk_diag *diag)
{
	const char *copy;

	for (size_t i = 0; i < out->count; i++) {
		if (text_is(name, out->items[i]))
			return SHK_OK;
	}
	if (out->count == SERVE_DECISIONS_MAX)
		return diag_set(diag, SHK_E_LIMIT, "more than %d decisions",
			SERVE_DECISIONS_MAX);
	copy = arena_text(arena, name.data, name.size);
	if (!copy)
		return diag_memory(diag);
	out->items[out->count++] = copy;
	return SHK_OK;
}

enum shk_code serve_decisions(struct serve_names *out, struct arena *arena,
	const struct serve_request *request, shk_diag *diag)
{
	const struct serve_pair *pair;
	enum shk_code code = SHK_OK;

	out->count = 0;
	out->items =
		arena_zeroed(arena, SERVE_DECISIONS_MAX, sizeof(*out->items));
	if (!out->items)
		return diag_memory(diag);
	for (size_t i = 0; !code && (pair = serve_request_pair(request, i));
		i++) {
		const char *at = pair->value;

		if (strcmp(pair->name, "decision") != 0)
			continue;
		while (*at && !code) {
			size_t size = strcspn(at, ",");

			if (size > 0)
				code = given_decision(out, arena,
					(struct text){ at, size }, diag);
			at += size + (at[size] == ',');
		}
	}
	return code;
}

/* A cell, quoted as RFC 4180 has it. */
static void given_cell(struct buffer *out, const char *text)
{
	buffer_byte(out, '"');
	for (; *text; text++) {
		if (*text == '"')
			buffer_byte(out, '"');
		buffer_byte(out, *text);
	}
	buffer_byte(out, '"');
}

/* The names, or the values, of the facts that are given. */
static size_t given_line(struct buffer *out,
	const struct serve_request *request, bool names, bool id)
{
	size_t skip = strlen(SERVE_FACT);
	const struct serve_pair *pair;
	size_t count = 0;

	if (id)
		given_cell(out, names ? "id" : GIVEN_ID);
	for (size_t i = 0; (pair = serve_request_pair(request, i)); i++) {
		if (!given_is(pair->name, SERVE_FACT) || !pair->value[0])
			continue;
		if (id || count > 0)
			buffer_byte(out, ',');
		given_cell(out, names ? pair->name + skip : pair->value);
		count++;
	}
	buffer_byte(out, '\n');
	return count;
}

/* A place in a table that nobody wrote tells nobody anything. */
static enum shk_code given_placeless(enum shk_code code, shk_diag *diag)
{
	diag->line = 0;
	diag->column = 0;
	diag->path[0] = '\0';
	return code;
}

static enum shk_code given_named(struct serve_records *records, shk_diag *diag)
{
	const struct serve_request *request = records->request;
	const shk_read_options options = { .format = SHK_FORMAT_CSV,
		.encoding = SHK_ENCODING_UTF8 };
	bool id = !serve_request_value(request, SERVE_FACT "id");
	enum shk_code code;

	records->named = true;
	given_line(&records->row, request, true, id);
	if (given_line(&records->row, request, false, id) == 0 &&
		!serve_request_value(request, "decision"))
		return diag_set(diag, SHK_E_USAGE,
			"nothing is asked: give facts as f.NAME=VALUE, or a "
			"decision, or records as the body");
	if (records->row.failed)
		return diag_memory(diag);
	code = shk_records_open_bytes(&records->records, records->app->schema,
		GIVEN_ID, records->row.data, records->row.size, &options, diag);
	return given_placeless(code, diag);
}

/* A format by its word or its media type. */
static enum shk_format given_format(const char *word)
{
	static const struct {
		const char *word;
		enum shk_format format;
	} rows[] = {
		{ "csv", SHK_FORMAT_CSV },
		{ "text/csv", SHK_FORMAT_CSV },
		{ "tsv", SHK_FORMAT_TSV },
		{ "text/tab-separated-values", SHK_FORMAT_TSV },
		{ "json", SHK_FORMAT_JSON },
		{ "application/json", SHK_FORMAT_JSON },
		{ "jsonl", SHK_FORMAT_JSONL },
		{ "application/x-ndjson", SHK_FORMAT_JSONL },
		{ "application/jsonl", SHK_FORMAT_JSONL },
		{ "xml", SHK_FORMAT_XML },
		{ "application/xml", SHK_FORMAT_XML },
		{ "text/xml", SHK_FORMAT_XML },
		{ "xlsx", SHK_FORMAT_XLSX },
		{ "application/vnd.openxmlformats-officedocument."
		  "spreadsheetml.sheet",
			SHK_FORMAT_XLSX },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(rows[i].word, word) == 0)
			return rows[i].format;
	}
	return SHK_FORMAT_AUTO;
}

static enum shk_code given_choices(const struct serve_request *request,
	shk_read_options *options, shk_diag *diag)
{
	const char *format = serve_request_value(request, "input_format");
	const char *encoding = serve_request_value(request, "encoding");

	options->sheet = serve_request_value(request, "sheet");
	if (format) {
		options->format = given_format(format);
		if (options->format == SHK_FORMAT_AUTO || strchr(format, '/')) {
			diag_set(diag, SHK_E_USAGE,
				"must be csv, tsv, json, jsonl, xml or xlsx");
			diag_field(diag, "input_format");
			return SHK_E_USAGE;
		}
	}
	if (!encoding)
		return SHK_OK;
	if (strcmp(encoding, "utf-8") == 0)
		options->encoding = SHK_ENCODING_UTF8;
	else if (strcmp(encoding, "cp932") == 0)
		options->encoding = SHK_ENCODING_CP932;
	else {
		diag_set(diag, SHK_E_USAGE, "must be utf-8 or cp932");
		diag_field(diag, "encoding");
		return SHK_E_USAGE;
	}
	return SHK_OK;
}

static enum shk_code given_bytes(struct serve_records *records, shk_diag *diag)
{
	const struct serve_request *request = records->request;
	shk_read_options options = { .format = SHK_FORMAT_AUTO };
	struct text bytes = request->body;
	const char *name = "body";
	enum shk_code code;

	if (request->file.bytes.data) {
		bytes = request->file.bytes;
		name = request->file.name[0] ? request->file.name : "file";
	} else {
		options.format = given_format(request->content_type);
	}
	code = given_choices(request, &options, diag);
	return code ? code
		    : shk_records_open_bytes(&records->records,
			      records->app->schema, name, bytes.data,
			      bytes.size, &options, diag);
}

enum shk_code serve_records_open(struct serve_records *records,
	struct serve_app *app, const struct serve_request *request,
	shk_diag *diag)
{
	memset(records, 0, sizeof(*records));
	buffer_init(&records->row);
	records->app = app;
	records->request = request;
	return request->file.bytes.data || request->body.size > 0
		       ? given_bytes(records, diag)
		       : given_named(records, diag);
}

/* The facts of the names into a record of the body. */
static enum shk_code given_set(
	const struct serve_request *request, shk_record *record, shk_diag *diag)
{
	size_t skip = strlen(SERVE_FACT);
	const struct serve_pair *pair;

	for (size_t i = 0; (pair = serve_request_pair(request, i)); i++) {
		if (!given_is(pair->name, SERVE_FACT) || !pair->value[0])
			continue;
		if (shk_record_set(record, pair->name + skip, pair->value,
			    diag) == SHK_OK)
			continue;
		diag_field(diag, pair->name + skip);
		diag->code = SHK_E_USAGE;
		return SHK_E_USAGE;
	}
	return SHK_OK;
}

enum shk_code serve_records_next(
	struct serve_records *records, shk_record **record, shk_diag *diag)
{
	enum shk_code code = shk_records_next(records->records, record, diag);

	if (code == SHK_END)
		return code;
	if (records->named && code) {
		*record = NULL;
		return given_placeless(code, diag);
	}
	if (++records->count > SERVE_RECORDS_MAX) {
		*record = NULL;
		diag_clear(diag);
		return diag_set(diag, SHK_E_LIMIT,
			"more than %d records; send them in parts, or use the "
			"command",
			SERVE_RECORDS_MAX);
	}
	if (code == SHK_OK && !records->named) {
		code = given_set(records->request, *record, diag);
		if (code)
			*record = NULL;
	}
	return code;
}

void serve_records_close(struct serve_records *records)
{
	shk_records_close(records->records);
	buffer_release(&records->row);
}
