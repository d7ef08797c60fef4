/*
 * Products in and out. An import waits in a table of the connection's own
 * until the whole file was read and found right; only then the store is
 * locked, for as long as it takes to compare and to write. Reading goes in
 * pages, and nothing is locked between two pages.
 */
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "store/store.h"

#define PRODUCTS_PAGE 1000 /* rows copied at a time */

struct shk_import {
	shk_store *store;
	sqlite3_stmt *insert;
	bool open; /* the transaction over the waiting records */
};

enum shk_code shk_import_begin(
	shk_import **out, shk_store *store, shk_diag *diag)
{
	struct shk_import *import = memory_zeroed(1, sizeof(*import));
	enum shk_code code;

	*out = NULL;
	if (!import)
		return diag_memory(diag);
	import->store = store;
	code = store_run(store,
		"CREATE TEMP TABLE IF NOT EXISTS incoming ("
		" at INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
		" row INTEGER NOT NULL, facts TEXT NOT NULL,"
		" kept TEXT NOT NULL);"
		"DELETE FROM temp.incoming; BEGIN",
		diag);
	import->open = !code;
	if (!code)
		code = store_prepare(store, &import->insert,
			"INSERT INTO temp.incoming (id, row, facts, kept)"
			" VALUES (?1, ?2, ?3, ?4)",
			diag);
	if (code)
		shk_import_free(import);
	else
		*out = import;
	return code;
}

static enum shk_code import_twice(
	shk_import *import, const char *id, const shk_row *row, shk_diag *diag)
{
	sqlite3_stmt *statement = NULL;
	enum shk_code code = store_prepare(import->store, &statement,
		"SELECT row FROM temp.incoming WHERE id = ?1", diag);

	if (!code)
		store_bind(statement, 1, id);
	if (!code)
		code = store_step(import->store, statement, diag);
	if (!code) {
		code = diag_set(diag, SHK_E_INPUT,
			"id: this is already the record of line %lld",
			(long long)sqlite3_column_int64(statement, 0));
		diag_field(diag, "id");
		diag_reason(diag, "duplicate_id");
		diag_place(diag, row->path, row->row, 0);
	}
	sqlite3_finalize(statement);
	return code;
}

enum shk_code shk_import_add(
	shk_import *import, const char *id, const shk_row *row, shk_diag *diag)
{
	sqlite3_stmt *insert = import->insert;
	int rc;

	store_bind(insert, 1, id);
	sqlite3_bind_int64(insert, 2, row->row);
	store_bind(insert, 3, row->facts);
	store_bind(insert, 4, row->kept);
	rc = sqlite3_step(insert);
	sqlite3_reset(insert);
	if (rc == SQLITE_DONE)
		return SHK_OK;
	if ((rc & 0xFF) == SQLITE_CONSTRAINT)
		return import_twice(import, id, row, diag);
	return store_fail(import->store, rc, "keep the records", diag);
}

static const char import_other[] =
	"SELECT count(*) FROM temp.incoming AS i JOIN product AS p"
	" ON p.id = i.id AND p.until IS NULL"
	" WHERE p.facts <> i.facts OR p.kept <> i.kept";

static enum shk_code import_count(
	shk_store *store, shk_import_counts *counts, shk_diag *diag)
{
	int64_t all = 0, added = 0, changed = 0;
	enum shk_code code = store_number(
		store, "SELECT count(*) FROM temp.incoming", &all, diag);

	if (!code)
		code = store_number(store,
			"SELECT count(*) FROM temp.incoming AS i WHERE NOT"
			" EXISTS (SELECT 1 FROM product AS p WHERE p.id = i.id"
			" AND p.until IS NULL)",
			&added, diag);
	if (!code)
		code = store_number(store, import_other, &changed, diag);
	counts->added = (uint64_t)added;
	counts->changed = (uint64_t)changed;
	counts->same = (uint64_t)(all - added - changed);
	return code;
}

static enum shk_code import_source(
	shk_store *store, const shk_import_file *file, shk_diag *diag)
{
	sqlite3_stmt *statement = NULL;
	enum shk_code code = store_prepare(store, &statement,
		"INSERT INTO source (kind, path, sha256, bytes, imported)"
		" VALUES ('records', ?1, ?2, ?3, ?4)",
		diag);

	if (!code) {
		store_bind(statement, 1, file->path);
		store_bind(statement, 2, file->sha256);
		sqlite3_bind_int64(statement, 3, (int64_t)file->bytes);
		store_bind(statement, 4, file->when);
		code = store_done(store, statement, diag);
	}
	sqlite3_finalize(statement);
	return code;
}

/* ?1 is the new edition, ?2 the last place so far. */
static const char *const import_steps[] = {
	/* what is known by other facts ends with this edition */
	"UPDATE product SET until = ?1 WHERE until IS NULL AND EXISTS"
	" (SELECT 1 FROM temp.incoming AS i WHERE i.id = product.id AND"
	" (i.facts <> product.facts OR i.kept <> product.kept))",
	/* and goes on at its place */
	"INSERT INTO product SELECT p.place, ?1, NULL, i.id, i.row, i.facts,"
	" i.kept FROM product AS p JOIN temp.incoming AS i ON i.id = p.id"
	" WHERE p.until = ?1",
	"INSERT INTO product SELECT ?2 + i.at, ?1, NULL, i.id, i.row, i.facts,"
	" i.kept FROM temp.incoming AS i WHERE NOT EXISTS (SELECT 1 FROM"
	" product AS p WHERE p.id = i.id AND p.until IS NULL) ORDER BY i.at"
};

static enum shk_code import_write(
	shk_store *store, const shk_import_file *file, shk_diag *diag)
{
	int64_t edition, last;
	enum shk_code code = import_source(store, file, diag);

	edition = sqlite3_last_insert_rowid(store->db);
	if (!code)
		code = store_number(store,
			"SELECT coalesce(max(place), 0) FROM product", &last,
			diag);
	for (size_t i = 0; i < 3 && !code; i++) {
		sqlite3_stmt *statement = NULL;

		code = store_prepare(store, &statement, import_steps[i], diag);
		if (!code) {
			sqlite3_bind_int64(statement, 1, edition);
			if (i == 2)
				sqlite3_bind_int64(statement, 2, last);
			code = store_done(store, statement, diag);
		}
		sqlite3_finalize(statement);
	}
	return code;
}

enum shk_code shk_import_commit(shk_import *import, const shk_import_file *file,
	shk_import_counts *counts, shk_diag *diag)
{
	shk_store *store = import->store;
	enum shk_code code = store_commit(store, diag);

	import->open = false;
	memset(counts, 0, sizeof(*counts));
	if (!code)
		code = store_begin(store, diag);
	if (!code)
		code = import_count(store, counts, diag);
	if (!code && counts->added + counts->changed > 0) {
		code = import_write(store, file, diag);
		if (!code)
			code = store_commit(store, diag);
	}
	store_rollback(store);
	return code;
}

void shk_import_free(shk_import *import)
{
	if (!import)
		return;
	sqlite3_finalize(import->insert);
	if (import->open)
		store_rollback(import->store);
	memory_free(import);
}

struct shk_products {
	shk_store *store;
	int64_t edition;
	int64_t count;
	sqlite3_stmt *page; /* ?1 the last place, ?2 the edition, ?3 rows */
	int64_t last;
	struct arena arena; /* of the page */
	shk_row rows[PRODUCTS_PAGE];
	size_t row_count;
	size_t at; /* next row to give */
};

static enum shk_code products_prepare(
	struct shk_products *products, shk_diag *diag)
{
	shk_store *store = products->store;
	sqlite3_stmt *statement = NULL;
	enum shk_code code =
		store_number(store, "SELECT coalesce(max(id), 0) FROM source",
			&products->edition, diag);

	if (!code)
		code = store_prepare(store, &statement,
			"SELECT count(*) FROM product WHERE since <= ?1 AND"
			" (until IS NULL OR until > ?1)",
			diag);
	if (!code) {
		sqlite3_bind_int64(statement, 1, products->edition);
		code = store_step(store, statement, diag);
	}
	if (!code)
		products->count = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	if (code)
		return code;
	return store_prepare(store, &products->page,
		"SELECT p.place, s.path, p.row, p.facts, p.kept FROM product"
		" AS p JOIN source AS s ON s.id = p.since WHERE p.place > ?1"
		" AND p.since <= ?2 AND (p.until IS NULL OR p.until > ?2)"
		" ORDER BY p.place LIMIT ?3",
		diag);
}

enum shk_code shk_products_open(
	shk_products **out, shk_store *store, shk_diag *diag)
{
	struct shk_products *products = memory_zeroed(1, sizeof(*products));
	enum shk_code code;

	*out = NULL;
	if (!products)
		return diag_memory(diag);
	products->store = store;
	arena_init(&products->arena);
	code = products_prepare(products, diag);
	if (code)
		shk_products_close(products);
	else
		*out = products;
	return code;
}

int64_t shk_products_edition(const shk_products *products)
{
	return products->edition;
}

uint64_t shk_products_count(const shk_products *products)
{
	return (uint64_t)products->count;
}

/* A text of the row at hand, in the page's memory. */
static const char *products_text(struct shk_products *products, int column)
{
	const char *text = store_column(products->page, column);

	return arena_text(&products->arena, text, strlen(text));
}

static enum shk_code products_row(struct shk_products *products, shk_diag *diag)
{
	shk_row *row = &products->rows[products->row_count];

	products->last = sqlite3_column_int64(products->page, 0);
	row->path = products_text(products, 1);
	row->row = (long)sqlite3_column_int64(products->page, 2);
	row->facts = products_text(products, 3);
	row->kept = products_text(products, 4);
	if (!row->path || !row->facts || !row->kept)
		return diag_memory(diag);
	products->row_count++;
	return SHK_OK;
}

static enum shk_code products_page(
	struct shk_products *products, shk_diag *diag)
{
	enum shk_code code = SHK_OK;

	arena_clear(&products->arena);
	products->row_count = 0;
	products->at = 0;
	sqlite3_bind_int64(products->page, 1, products->last);
	sqlite3_bind_int64(products->page, 2, products->edition);
	sqlite3_bind_int(products->page, 3, PRODUCTS_PAGE);
	while (!code) {
		code = store_step(products->store, products->page, diag);
		if (!code)
			code = products_row(products, diag);
	}
	sqlite3_reset(products->page);
	return code == SHK_END ? SHK_OK : code;
}

static enum shk_code products_next(void *context, shk_row *row, shk_diag *diag)
{
	struct shk_products *products = context;
	enum shk_code code = SHK_OK;

	if (products->at == products->row_count)
		code = products_page(products, diag);
	if (code)
		return code;
	if (products->at == products->row_count)
		return SHK_END;
	*row = products->rows[products->at++];
	return SHK_OK;
}

shk_row_source shk_products_rows(shk_products *products)
{
	products->last = 0;
	products->at = products->row_count = 0;
	return (shk_row_source){ products, products_next };
}

void shk_products_close(shk_products *products)
{
	if (!products)
		return;
	sqlite3_finalize(products->page);
	arena_release(&products->arena);
	memory_free(products);
}
