/*
 * One mutant on trial: the book is loaded once and the rows are priced until
 * one of them fails, those of the decision that the file is about first.
 */
#include "mutation/trial.h"

#include <stdlib.h>
#include <string.h>

#include <shokan/dmn.h>

#include "base/file.h"
#include "base/memory.h"

#define MODEL_MAX (8u << 20)

static char *kept(const char *text)
{
	char *copy = memory_copy_text(text, strlen(text));

	if (!copy)
		abort();
	return copy;
}

static void keep(struct kept_rows *rows, const char *origin,
	const struct vector *row, const char *revision)
{
	struct kept_row *item;

	if (!memory_grow((void **)&rows->items, &rows->capacity,
		    rows->count + 1, sizeof(*rows->items)))
		abort();
	item = &rows->items[rows->count++];
	item->origin = origin;
	item->row = (struct vector){ kept(row->id), kept(row->decision),
		kept(revision), kept(row->inputs), kept(row->policy),
		kept(row->status), kept(row->expected) };
}

bool rows_keep(struct kept_rows *rows, const char *origin, const char *path)
{
	struct vectors vectors;
	struct vector row;

	if (!vectors_open(&vectors, path))
		return false;
	while (vectors_next(&vectors, &row)) {
		char *rest = NULL;
		char *revision = strtok_r(row.revision, "|", &rest);

		keep(rows, origin, &row, revision ? revision : "");
		while (revision && (revision = strtok_r(NULL, "|", &rest)))
			keep(rows, origin, &row, revision);
	}
	return true;
}

/* Claims that are the same in both revisions. */
static char *shared_claims(const char *expected)
{
	char *copy = kept(expected), *out = kept(expected), *rest = NULL;

	*out = '\0';
	for (char *claim = strtok_r(copy, ";", &rest); claim;
		claim = strtok_r(NULL, ";", &rest)) {
		if (strncmp(claim, "evidence=", 9) == 0 ||
			strncmp(claim, "revision=", 9) == 0)
			continue;
		if (*out)
			strcat(out, ";");
		strcat(out, claim);
	}
	memory_free(copy);
	return out;
}

/* One line of the file of twins, taken apart in place. */
struct twin_line {
	char text[4096];
	const char *decision, *fact; /* fact: "field=value" or "" */
	const char *except[256];
	size_t except_count;
};

static bool twin_line_read(struct twin_line *line, FILE *stream)
{
	char *rest = NULL;
	const char *word;

	if (!fgets(line->text, sizeof(line->text), stream))
		return false;
	line->decision = strtok_r(line->text, " \n", &rest);
	line->fact = "";
	line->except_count = 0;
	if (!line->decision || *line->decision == '#')
		line->decision = "";
	while (*line->decision && (word = strtok_r(NULL, " \n", &rest))) {
		if (*word == '+')
			line->fact = word + 1;
		else if (line->except_count < 256)
			line->except[line->except_count++] = word;
	}
	return true;
}

static bool has_twin(const struct twin_line *line, const struct kept_row *item)
{
	if (strcmp(line->decision, item->row.decision) != 0 ||
		item->row.revision[0] != 'r' ||
		strcmp(item->origin, "law") == 0)
		return false;
	for (size_t i = 0; i < line->except_count; i++)
		if (strcmp(line->except[i], item->row.id) == 0)
			return false;
	return true;
}

/* The row for the other revision, with the fact that it needs there. */
static void twin(
	struct kept_rows *rows, size_t index, const struct twin_line *line)
{
	struct vector row = rows->items[index].row;
	bool to_r6 = strcmp(row.revision, "r8") == 0;
	char id[64], inputs[8192];
	size_t field = strcspn(line->fact, "=") + 1;

	snprintf(id, sizeof(id), "%s-%s", row.id, to_r6 ? "r6" : "r8");
	snprintf(inputs, sizeof(inputs), "%s", row.inputs);
	if (to_r6 && *line->fact) {
		char name[128];

		snprintf(name, sizeof(name), "%.*s", (int)field, line->fact);
		if (!strstr(inputs, name))
			snprintf(inputs, sizeof(inputs), "%s%s%s", row.inputs,
				*row.inputs ? ";" : "", line->fact);
	}
	row.id = id;
	row.inputs = inputs;
	row.expected = shared_claims(row.expected);
	keep(rows, "twins", &row, to_r6 ? "r6" : "r8");
	memory_free(row.expected);
}

bool rows_twin(struct kept_rows *rows, const char *path)
{
	FILE *stream = fopen(path, "r");
	size_t count = rows->count;
	struct twin_line line;

	if (!stream)
		return false;
	while (twin_line_read(&line, stream))
		for (size_t i = 0; i < count; i++)
			if (has_twin(&line, &rows->items[i]))
				twin(rows, i, &line);
	fclose(stream);
	return true;
}

void rows_release(struct kept_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		struct vector *row = &rows->items[i].row;

		memory_free(row->id);
		memory_free(row->decision);
		memory_free(row->revision);
		memory_free(row->inputs);
		memory_free(row->policy);
		memory_free(row->status);
		memory_free(row->expected);
	}
	memory_free(rows->items);
}

static bool is_first(const char *name, const struct vector *row)
{
	const char *slash = strchr(name, '/');
	size_t size = strlen(row->decision);

	return slash && strncmp(slash + 1, row->decision, size) == 0 &&
	       slash[1 + size] == '.';
}

/* True: the row fails, and `out` says how. */
static bool fails(
	struct rows *rows, const struct kept_row *item, struct outcome *out)
{
	char *text = NULL;
	size_t size;

	rows->row = &item->row;
	rows->failed = 0;
	rows->said = open_memstream(&text, &size);
	rows_run(rows);
	fclose(rows->said);
	if (rows->failed) {
		out->verdict = VERDICT_ROW;
		snprintf(out->by, sizeof(out->by), "%.*s",
			(int)strcspn(text, "\n"), text);
		snprintf(out->origin, sizeof(out->origin), "%s", item->origin);
	}
	free(text);
	return rows->failed > 0;
}

static void try_rows(struct rows *rows, const char *name,
	const struct kept_rows *kept_rows, const bool *concerned,
	struct outcome *out)
{
	for (int first = 1; first >= 0; first--) {
		for (size_t i = 0; i < kept_rows->count; i++) {
			const struct kept_row *item = &kept_rows->items[i];

			if (concerned[i] &&
				is_first(name, &item->row) == (first == 1) &&
				fails(rows, item, out))
				return;
		}
	}
}

static bool on_finding(void *context, const shk_dmn_finding *finding)
{
	struct outcome *out = context;

	out->verdict = VERDICT_TABLE;
	snprintf(out->by, sizeof(out->by), "%s: %.400s",
		shk_dmn_finding_name(finding->kind), finding->message);
	return false;
}

/* The tables of the model that was changed have no gap and no overlap. */
static void try_tables(
	const char *folder, const char *name, struct outcome *out)
{
	char text[1024];
	const char *path = text;
	shk_dmn *model;
	shk_diag diag = { 0 };

	snprintf(text, sizeof(text), "%s/%s", folder, name);
	if (shk_dmn_load(&model, &path, 1, &diag) != SHK_OK)
		return;
	shk_dmn_check(model, on_finding, out, &diag);
	shk_dmn_free(model);
}

static void try_domains(const char *folder, const char *name,
	const struct domains *domains, struct outcome *out)
{
	char path[1024];
	struct buffer raw, said;
	shk_diag diag = { 0 };

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	buffer_init(&raw);
	buffer_init(&said);
	if (file_read(path, MODEL_MAX, &raw, &diag) == SHK_OK &&
		!domains_agree(domains, name,
			(struct text){ raw.data, raw.size }, &said)) {
		out->verdict = VERDICT_DOMAIN;
		snprintf(out->by, sizeof(out->by), "%.500s", said.data);
	}
	buffer_release(&raw);
	buffer_release(&said);
}

static void try_values(const struct rows *rows, const struct values *values,
	struct outcome *out)
{
	struct buffer said;

	buffer_init(&said);
	if (!values_agree(values, rows->book, rows->schema, &said)) {
		out->verdict = VERDICT_VALUE;
		snprintf(out->by, sizeof(out->by), "%.500s", said.data);
	}
	buffer_release(&said);
}

void trial_run(const char *folder, const char *name,
	const struct measure *measure, const bool *concerned,
	struct outcome *out)
{
	struct rows rows = { 0 };
	shk_diag diag = { 0 };

	*out = (struct outcome){ .verdict = VERDICT_LOADER };
	if (shk_rulebook_load(&rows.book, folder, &diag) == SHK_OK &&
		shk_schema_load(&rows.schema, folder, &diag) == SHK_OK) {
		out->verdict = VERDICT_NONE;
		if (strchr(name, '/'))
			try_domains(folder, name, &measure->domains, out);
		else
			try_values(&rows, &measure->values, out);
		if (out->verdict == VERDICT_NONE)
			try_rows(&rows, name, &measure->rows, concerned, out);
		if (out->verdict == VERDICT_NONE && strchr(name, '/'))
			try_tables(folder, name, out);
	} else {
		snprintf(out->by, sizeof(out->by), "%.60s:%ld: %.400s",
			diag.path, diag.line, diag.message);
	}
	shk_schema_free(rows.schema);
	shk_rulebook_free(rows.book);
}
