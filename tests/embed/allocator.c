/*
 * A program that gives the library its memory, and the libraries beneath it
 * theirs: all of it is counted and comes back, and a budget in bytes ends a
 * call with SHK_E_MEMORY and nothing else.
 *   allocator RULES FILE FOLDER
 */
#include <libxml/xmlmemory.h>
#include <jansson.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <shokan/shokan.h>

#define HEAD 16 /* bytes before a block: its size */

/* Blocks of one library, and the bytes of them; a budget. */
struct pool {
	const char *name;
	_Atomic size_t calls;
	_Atomic size_t used;
	size_t limit;
};

static struct pool own = { .name = "shokan", .limit = SIZE_MAX };
static struct pool xml = { .name = "libxml2", .limit = SIZE_MAX };
static struct pool sql = { .name = "SQLite", .limit = SIZE_MAX };
static struct pool json = { .name = "jansson", .limit = SIZE_MAX };

static size_t size_of(void *block)
{
	size_t size;

	memcpy(&size, (char *)block - HEAD, sizeof(size));
	return size;
}

static void *take(struct pool *pool, size_t size)
{
	char *block;

	pool->calls++;
	if (pool->used + size > pool->limit)
		return NULL;
	block = malloc(HEAD + size);
	if (!block)
		return NULL;
	memcpy(block, &size, sizeof(size));
	pool->used += size;
	return block + HEAD;
}

static void give(struct pool *pool, void *block)
{
	if (!block)
		return;
	pool->used -= size_of(block);
	free((char *)block - HEAD);
}

static void *move(struct pool *pool, void *block, size_t size)
{
	void *moved = take(pool, size);

	if (block && moved) {
		size_t before = size_of(block);

		memcpy(moved, block, before < size ? before : size);
		give(pool, block);
	}
	return moved;
}

/* The same for the four, in the form that each of them wants. */
static void *own_alloc(void *context, size_t size)
{
	return take(context, size);
}
static void *own_resize(void *context, void *block, size_t size)
{
	return move(context, block, size);
}
static void own_free(void *context, void *block)
{
	give(context, block);
}
static void *xml_alloc(size_t size)
{
	return take(&xml, size);
}
static void *xml_resize(void *block, size_t size)
{
	return move(&xml, block, size);
}
static void xml_free(void *block)
{
	give(&xml, block);
}
static char *xml_text(const char *text)
{
	char *copy = take(&xml, strlen(text) + 1);

	return copy ? strcpy(copy, text) : NULL;
}
static void *json_alloc(size_t size)
{
	return take(&json, size);
}
static void json_give(void *block)
{
	give(&json, block);
}
static void *sql_alloc(int size)
{
	return take(&sql, (size_t)size);
}
static void *sql_resize(void *block, int size)
{
	return move(&sql, block, (size_t)size);
}
static void sql_free(void *block)
{
	give(&sql, block);
}
static int sql_size(void *block)
{
	return block ? (int)size_of(block) : 0;
}
static int sql_round(int size)
{
	return (size + 7) & ~7;
}
static int sql_begin(void *context)
{
	(void)context;
	return SQLITE_OK;
}
static void sql_end(void *context)
{
	(void)context;
}

static enum shk_code beneath(void)
{
	static const sqlite3_mem_methods methods = { sql_alloc, sql_free,
		sql_resize, sql_size, sql_round, sql_begin, sql_end, NULL };

	json_set_alloc_funcs(json_alloc, json_give);
	if (xmlMemSetup(xml_free, xml_alloc, xml_resize, xml_text) != 0 ||
		sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) != SQLITE_OK)
		return SHK_E_INTERNAL;
	return SHK_OK;
}

struct bytes {
	char data[1 << 16];
	size_t size;
};

static bool keep(void *context, const char *data, size_t size)
{
	struct bytes *out = context;

	if (size > sizeof(out->data) - out->size)
		return false;
	memcpy(out->data + out->size, data, size);
	out->size += size;
	return true;
}

static enum shk_code result(void *context, const shk_result *found)
{
	return shk_report_result(context, found, NULL);
}

/* Everything from loading to freeing, so that no block stays. */
static enum shk_code answer(const char *rules, const char *file,
	const char *folder, struct bytes *out, shk_diag *diag)
{
	const shk_price_options asked = { .revision = "r8" };
	const shk_report_options form = { .format = SHK_REPORT_JSON };
	shk_rulebook *book = NULL;
	shk_schema *schema = NULL;
	shk_pricer *pricer = NULL;
	shk_records *records = NULL;
	shk_report *report = NULL;
	shk_store *store = NULL;
	shk_record *record;
	char path[1024];
	enum shk_code code;

	out->size = 0;
	snprintf(path, sizeof(path), "%s/store", folder);
	if (!(code = shk_rulebook_load(&book, rules, diag)) &&
		!(code = shk_schema_of(&schema, book, diag)) &&
		!(code = shk_pricer_new(&pricer, book, schema, &asked, diag)) &&
		!(code = shk_records_open(
			  &records, schema, file, NULL, diag)) &&
		!(code = shk_report_new(
			  &report, &form, (shk_sink){ out, keep }, diag)) &&
		!(code = shk_store_open(&store, path, SHK_STORE_CREATE, diag)))
		while (!(code = shk_records_next(records, &record, diag)) &&
			!(code = shk_pricer_price(
				  pricer, record, result, report, diag)))
			;
	if (code == SHK_END)
		code = shk_report_finish(report, diag);
	shk_store_close(store);
	shk_report_free(report);
	shk_records_close(records);
	shk_pricer_free(pricer);
	shk_schema_free(schema);
	shk_rulebook_free(book);
	return code;
}

static int wrong(const char *what)
{
	printf("FAIL %s\n", what);
	return 1;
}

/* Each budget ends in the answer or in want of memory. */
static int budgets(char **argv, struct pool *pool, const struct bytes *wanted)
{
	static struct bytes got;
	size_t before = pool->used; /* what libxml2 keeps for the process */
	size_t refused = 0;
	enum shk_code code;

	pool->limit = pool->used;
	do {
		shk_diag diag = { 0 };

		code = answer(argv[1], argv[2], argv[3], &got, &diag);
		if (code && (code != SHK_E_MEMORY || diag.code != code)) {
			printf("%s, %zu bytes: %s: %s\n", pool->name,
				pool->limit, shk_code_name(code), diag.message);
			return wrong("not told as want of memory");
		}
		if (shk_allocator_blocks() || pool->used > before)
			return wrong("memory is kept after a failure");
		refused += code != SHK_OK;
		pool->limit += pool->limit / 3 + 200;
	} while (code);
	pool->limit = SIZE_MAX;
	printf("%s: %zu budgets refused\n", pool->name, refused);
	if (refused < 3)
		return wrong("budgets are not kept");
	if (got.size != wanted->size ||
		memcmp(got.data, wanted->data, got.size) != 0)
		return wrong("another answer within a budget");
	return 0;
}

int main(int argc, char **argv)
{
	static struct bytes out;
	const struct pool *const pools[] = { &own, &xml, &sql, &json };
	const shk_allocator allocator = { &own, own_alloc, own_resize,
		own_free };
	shk_diag diag = { 0 };

	if (argc != 4 || beneath() || shk_allocator_set(&allocator, &diag))
		return wrong("the allocators are not taken");
	if (answer(argv[1], argv[2], argv[3], &out, &diag))
		return wrong(diag.message);
	for (size_t i = 0; i < 4; i++) {
		printf("%s: %zu requests, %zu bytes kept\n", pools[i]->name,
			pools[i]->calls, pools[i]->used);
		if (pools[i]->calls == 0)
			return wrong("nothing was asked of it");
	}
	if (own.used || json.used || shk_allocator_blocks())
		return wrong("memory is kept though every handle was freed");
	if (budgets(argv, &own, &out) || budgets(argv, &xml, &out) ||
		budgets(argv, &sql, &out) || budgets(argv, &json, &out))
		return 1;
	if (shk_allocator_set(NULL, &diag))
		return wrong(diag.message);
	own.calls = 0;
	if (answer(argv[1], argv[2], argv[3], &out, &diag) || own.calls)
		return wrong("malloc does not come back");
	printf("allocator: passed\n");
	return 0;
}
