/*
 * One decision table from its elements: head, columns, rows, and SHA-256 of
 * its text as it stands in the file. What cannot be read is kept as the reason
 * for which the table is not certified.
 */
#include "certify/models.h"

#include <stdio.h>
#include <string.h>

#include <nettle/sha2.h>

#include "base/buffer.h"

/* Offset of a line and column, both from 1, a column being a character. */
static size_t offset_of(struct text bytes, long line, long column)
{
	const char *at = bytes.data;
	const char *end = bytes.data + bytes.size;

	while (line > 1 && at < end)
		if (*at++ == '\n')
			line--;
	while (column > 1 && at < end) {
		uint32_t code;
		size_t size = utf8_decode(at, (size_t)(end - at), &code);

		at += size ? size : 1;
		column--;
	}
	return (size_t)(at - bytes.data);
}

/* Bytes up to the end of the first `</decisionTable>`; 0: there is none. */
static size_t size_of(const char *from, const char *end)
{
	static const char name[] = "decisionTable";

	for (const char *at = from; at + 1 < end; at++) {
		const char *tag = at + 2;
		const char *colon;
		const char *close;

		if (at[0] != '<' || at[1] != '/')
			continue;
		close = memchr(tag, '>', (size_t)(end - tag));
		if (!close)
			return 0;
		colon = memchr(tag, ':', (size_t)(close - tag));
		tag = colon ? colon + 1 : tag;
		if ((size_t)(close - tag) < sizeof(name) - 1 ||
			memcmp(tag, name, sizeof(name) - 1) != 0)
			continue;
		tag += sizeof(name) - 1;
		while (tag < close && strchr(" \t\r\n", *tag))
			tag++;
		if (tag == close)
			return (size_t)(close + 1 - from);
	}
	return 0;
}

static void hash_source(const struct models_file *file,
	const struct xml_element *xml, char out[MODELS_HASH])
{
	const char *from = file->bytes.data +
			   offset_of(file->bytes, xml->line, xml->column);
	size_t size = size_of(from, file->bytes.data + file->bytes.size);
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx sha;

	sha256_init(&sha);
	sha256_update(&sha, size, (const uint8_t *)from);
	sha256_digest(&sha, sizeof(digest), digest);
	memcpy(out, "sha256:", 8);
	for (size_t i = 0; i < sizeof(digest); i++)
		snprintf(out + 7 + 2 * i, 3, "%02x", digest[i]);
}

static size_t count_of(const struct xml_element *xml, const char *name)
{
	const struct xml_element *kid = xml_child(xml, name);
	size_t count = 0;

	for (; kid; kid = xml_sibling(kid, name))
		count++;
	return count;
}

static void read_columns(struct models *models, const struct models_file *file,
	const struct xml_element *xml, struct models_table *table)
{
	struct models_column *columns = arena_zeroed(
		&models->arena, table->column_count + 1, sizeof(*columns));
	const struct xml_element *input = xml_child(xml, "input");

	for (size_t i = 0; columns && i < table->column_count; i++) {
		const char *why = "";

		if (!models_read_domain(models, file, input, &columns[i], &why))
			table->unread = why;
		input = xml_sibling(input, "input");
	}
	table->columns = columns;
	if (!columns)
		table->unread = unary_no_memory;
}

static void read_row(struct models *models, const struct xml_element *xml,
	struct models_table *table, struct models_row *row)
{
	const struct xml_element *entry = xml_child(xml, "inputEntry");
	struct unary_tests *entries = arena_zeroed(
		&models->arena, table->column_count + 1, sizeof(*entries));
	struct buffer words;

	buffer_init(&words);
	row->line = xml->line;
	for (size_t i = 0; entries && entry && i < table->column_count; i++) {
		const struct xml_element *raw = xml_child(entry, "text");
		struct text written = text_of(raw ? raw->text : "");
		struct text single = models_text(models, entry);

		if (!unary_read_all(&models->arena, written, &entries[i],
			    &table->unread))
			break;
		buffer_text(&words, i ? " | " : "");
		buffer_add(&words, single.size ? single.data : "-",
			single.size ? single.size : 1);
		entry = xml_sibling(entry, "inputEntry");
	}
	row->entries = entries;
	row->words.size = words.size;
	row->words.data = arena_text(
		&models->arena, words.size ? words.data : "", words.size);
	if (!row->words.data || !entries || words.failed)
		table->unread = unary_no_memory;
	buffer_release(&words);
}

static void read_rows(struct models *models, const struct xml_element *xml,
	struct models_table *table)
{
	struct models_row *rows = arena_zeroed(
		&models->arena, table->row_count + 1, sizeof(*rows));
	const struct xml_element *rule = xml_child(xml, "rule");

	table->rows = rows;
	if (!rows)
		table->unread = unary_no_memory;
	for (size_t i = 0; rows && i < table->row_count && !table->unread[0];
		i++) {
		if (count_of(rule, "inputEntry") != table->column_count) {
			table->unread = "a row with too few or many cells";
			return;
		}
		read_row(models, rule, table, &rows[i]);
		rule = xml_sibling(rule, "rule");
	}
}

/* The cells of a column are of its type; a column without one gets theirs. */
static void agree_types(struct models_table *table)
{
	struct models_column *columns =
		(struct models_column *)(uintptr_t)table->columns;

	for (size_t i = 0; i < table->column_count; i++) {
		enum unary_type type =
			unary_type_of(&columns[i].domain, columns[i].type);
		bool looked = !columns[i].domain.dash;

		for (size_t k = 0; k < table->row_count; k++) {
			const struct unary_tests *entry =
				&table->rows[k].entries[i];

			looked = looked || !entry->dash;
			type = unary_type_of(entry, type);
		}
		if (looked && type == UNARY_OTHER)
			table->unread = "cells that are not of their column's "
					"type, or of a type not read here";
		columns[i].type = type;
	}
}

static void read_table(struct models *models, const struct models_file *file,
	const struct xml_element *xml, struct models_table *table)
{
	const char *policy = xml_attribute(xml, "hitPolicy");
	const char *id = xml_attribute(xml, "id");

	table->revision = file->revision;
	table->file = file->name;
	table->id = id ? id : "";
	table->line = xml->line;
	table->policy = policy && policy[0] ? policy : "UNIQUE";
	table->unread = "";
	table->column_count = count_of(xml, "input");
	table->row_count = count_of(xml, "rule");
	hash_source(file, xml, table->source);
	if (!table->id[0] || strpbrk(table->id, " \t\r\n"))
		table->unread = "no id, or one with white space";
	else if (!xml->parent || strcmp(xml->parent->name, "decision") != 0)
		table->unread = "inside of another expression";
	else if (strcmp(table->policy, "UNIQUE") != 0 &&
		 strcmp(table->policy, "COLLECT") != 0)
		table->unread = "neither UNIQUE nor COLLECT";
	else if (table->column_count > MODELS_COLUMNS_MAX ||
		 table->row_count > MODELS_ROWS_MAX)
		table->unread = "too many columns or rows";
	if (!table->unread[0])
		read_columns(models, file, xml, table);
	if (!table->unread[0])
		read_rows(models, xml, table);
	if (!table->unread[0])
		agree_types(table);
	if (table->unread == unary_no_memory)
		models->failed = true;
}

/* The element after `xml` in document order, inside of the document. */
static const struct xml_element *next_element(const struct xml_element *xml)
{
	if (xml->first)
		return xml->first;
	while (xml && !xml->next)
		xml = xml->parent;
	return xml ? xml->next : NULL;
}

enum shk_code models_read_tables(
	struct models *models, const struct models_file *file, shk_diag *diag)
{
	const struct xml_element *xml = file->root;

	for (; xml; xml = next_element(xml)) {
		if (strcmp(xml->name, "decisionTable") != 0 ||
			strcmp(xml->space, file->root->space) != 0)
			continue;
		if (models->table_count == MODELS_TABLES_MAX)
			return diag_set(diag, SHK_E_LIMIT,
				"more than %d tables", MODELS_TABLES_MAX);
		read_table(models, file, xml,
			&models->tables[models->table_count++]);
	}
	return SHK_OK;
}
