/*
 * The certificate of a book's tables, a text for people and for the small
 * checker in certify/, which describes the format where it reads it. A table
 * is hashed as it stands in its file, from `<` of its first tag to `>` of its
 * last; the file is read again and must be the one that was loaded.
 */
#include <string.h>

#include "base/memory.h"
#include "rulebook/origin.h"
#include "rulebook/tables.h"

struct certifying {
	const shk_rulebook *book;
	struct origin origin;
	const char *path; /* whose bytes are in `bytes` */
	struct buffer bytes;
	struct buffer out;
	size_t tables;
	size_t left_out;
	size_t cells;
	enum shk_code code;
	shk_diag *diag;
};

/* Read the file of a table again; it must be what was loaded. */
static enum shk_code source_open(
	struct certifying *certifying, const char *path)
{
	const shk_rulebook *book = certifying->book;
	const char *name = tables_file(book, path);
	const struct origin_file *file;

	if (certifying->path && strcmp(certifying->path, path) == 0)
		return SHK_OK;
	certifying->path = path;
	buffer_clear(&certifying->bytes);
	certifying->code = origin_read(&certifying->origin, path,
		&certifying->bytes, certifying->diag);
	if (certifying->code)
		return certifying->code;
	file = origin_find(&certifying->origin, path);
	for (size_t i = 0; i < book->file_count && file; i++)
		if (strcmp(book->files[i].name, name) == 0 &&
			memcmp(book->files[i].digest, file->digest,
				DIGEST_BYTES) == 0)
			return SHK_OK;
	certifying->code = diag_set(certifying->diag, SHK_E_RULES,
		"the file changed since it was loaded");
	diag_place(certifying->diag, path, 0, 0);
	return certifying->code;
}

/* Offset of a line and column (characters, from 1). */
static size_t offset_of(struct text bytes, long line, long column)
{
	size_t at = 0;

	for (; line > 1 && at < bytes.size; at++)
		line -= bytes.data[at] == '\n';
	for (; column > 1 && at < bytes.size; column--) {
		at++;
		while (at < bytes.size &&
			((unsigned char)bytes.data[at] & 0xC0) == 0x80)
			at++;
	}
	return at;
}

/* `</decisionTable>`, maybe with a prefix; bytes up to its end, or 0. */
static size_t end_of(struct text bytes)
{
	static const char tag[] = "decisionTable";

	for (size_t i = 0; i + 1 < bytes.size; i++) {
		size_t at = i + 2, name;

		if (bytes.data[i] != '<' || bytes.data[i + 1] != '/')
			continue;
		for (name = at; at < bytes.size && bytes.data[at] != '>'; at++)
			if (bytes.data[at] == ':')
				name = at + 1;
		if (at < bytes.size && at - name >= sizeof(tag) - 1 &&
			memcmp(bytes.data + name, tag, sizeof(tag) - 1) == 0 &&
			strspn(bytes.data + name + sizeof(tag) - 1,
				" \t\r\n") == at - name - (sizeof(tag) - 1))
			return at + 1;
	}
	return 0;
}

static void put_source(
	struct certifying *certifying, const struct dmn_table *table)
{
	struct text bytes = { certifying->bytes.data, certifying->bytes.size };
	unsigned char digest[DIGEST_BYTES];
	char hex[DIGEST_HEX + 1];
	size_t at = offset_of(bytes, table->line, table->column);

	bytes.data += at;
	bytes.size -= at;
	bytes.size = end_of(bytes);
	digest_of(bytes, digest);
	digest_hex(digest, DIGEST_BYTES, hex);
	buffer_format(&certifying->out, "source sha256:%s\n", hex);
}

static void put_cells_of(
	struct buffer *out, const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buffer_text(out, i ? " | " : "");
		buffer_text(out, texts[i]);
	}
}

static void put_table(
	struct certifying *certifying, const struct dmn_table *table)
{
	struct buffer *out = &certifying->out;

	buffer_format(out, "line %ld\n", table->line);
	put_source(certifying, table);
	buffer_format(out, "policy %s\n", table->policy);
	for (size_t i = 0; i < table->column_count; i++)
		buffer_format(out, "column %zu %s %s: %s\n", i + 1,
			table->columns[i].type, table->columns[i].domain,
			table->columns[i].expression);
	for (size_t i = 0; i < table->row_count; i++) {
		buffer_format(
			out, "row %zu line %ld: ", i + 1, table->rows[i].line);
		put_cells_of(out, table->rows[i].entries, table->column_count);
		buffer_byte(out, '\n');
	}
	for (size_t i = 0; i < table->cell_count; i++) {
		const struct dmn_table_cell *cell = &table->cells[i];

		buffer_format(out, "cell %zu ", i + 1);
		if (cell->row_count == 0)
			buffer_text(out, "no row");
		for (size_t k = 0; k < cell->row_count; k++)
			buffer_format(
				out, "%s%zu", k ? "," : "row ", cell->rows[k]);
		buffer_text(out, ": ");
		put_cells_of(out, cell->where, table->column_count);
		buffer_text(out, "; such as ");
		put_cells_of(out, cell->witness, table->column_count);
		buffer_byte(out, '\n');
	}
	certifying->cells += table->cell_count;
}

static bool certify_table(void *context,
	const struct rulebook_revision *revision, const struct dmn_table *table,
	struct arena *arena)
{
	struct certifying *certifying = context;
	const char *file = tables_file(certifying->book, table->path);

	(void)arena;
	if (source_open(certifying, table->path) != SHK_OK)
		return false;
	buffer_format(&certifying->out, "\ntable %s %s %s\n", revision->id,
		table->id[0] ? table->id : "-", file);
	if (table->uncertified[0]) {
		buffer_format(&certifying->out, "line %ld\nnot certified: %s\n",
			table->line, table->uncertified);
		certifying->left_out++;
	} else {
		put_table(certifying, table);
		certifying->tables++;
	}
	return !certifying->out.failed;
}

static enum shk_code put_book(
	struct certifying *certifying, const char *revision)
{
	const shk_rulebook *book = certifying->book;
	const shk_check_options options = { .revision = revision };
	const struct tables_walk walk = { book, &options, certifying,
		certify_table, certifying->diag };
	struct buffer *out = &certifying->out;
	enum shk_code code;

	buffer_text(out, "shokan certificate 1\nrevisions");
	for (size_t i = 0; i < book->revision_count; i++)
		if (!revision || strcmp(revision, book->revisions[i].id) == 0)
			buffer_format(out, " %s", book->revisions[i].id);
	buffer_byte(out, '\n');
	code = tables_walk(&walk);
	if (certifying->code)
		return certifying->code;
	buffer_format(out,
		"\nend: %zu tables, %zu cells, %zu tables not certified\n",
		certifying->tables, certifying->cells, certifying->left_out);
	return code;
}

enum shk_code shk_rulebook_certify(const shk_rulebook *rulebook,
	const char *revision, shk_sink sink, shk_diag *diag)
{
	struct certifying certifying = { .book = rulebook, .diag = diag };
	enum shk_code code;

	diag_clear(diag);
	buffer_init(&certifying.bytes);
	buffer_init(&certifying.out);
	code = origin_open(&certifying.origin, rulebook->folder, diag);
	if (!code)
		code = put_book(&certifying, revision);
	if (!code && certifying.out.failed)
		code = diag_memory(diag);
	if (!code && !sink.write(sink.context, certifying.out.data,
			     certifying.out.size))
		code = diag_set(diag, SHK_E_IO, "could not write the output");
	origin_close(&certifying.origin);
	buffer_release(&certifying.bytes);
	buffer_release(&certifying.out);
	return code;
}
