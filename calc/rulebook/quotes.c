/*
 * `shokan rules verify` and `rules hash-quotes` for the library: the book is
 * loaded first, so that only a book in order is looked at, and then each of
 * its files is read again as XML.
 */
#include <string.h>

#include <shokan/quotes.h>

#include "rulebook/loader.h"
#include "rulebook/quote.h"

const char *shk_quote_kind_name(enum shk_quote_kind kind)
{
	static const char *const names[] = { "no_hash", "altered", "number",
		"bound", "exemption", "place", "document", "words" };

	return names[kind];
}

/* The tree of one file of the book. */
static enum shk_code tree_read(struct origin *origin, struct arena *arena,
	const char *name, const char **path, struct xml_element **root,
	shk_diag *diag)
{
	char joined[SHK_DIAG_PATH];
	struct buffer bytes;
	enum shk_code code = origin_path(origin, name, joined, diag);

	if (code)
		return code;
	*path = arena_text(arena, joined, strlen(joined));
	if (!*path)
		return diag_memory(diag);
	buffer_init(&bytes);
	code = origin_read(origin, joined, &bytes, diag);
	if (!code)
		code = xml_read_text(arena, *path,
			(struct text){
				bytes.data ? bytes.data : "", bytes.size },
			SHK_E_RULES, root, diag);
	buffer_release(&bytes);
	return code;
}

static bool is_model(const char *name)
{
	size_t size = strlen(name);

	return size > 4 && strcmp(name + size - 4, ".dmn") == 0;
}

static enum shk_code files_check(
	struct quotes *quotes, const shk_rulebook *book, struct origin *origin)
{
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < book->file_count && !code; i++) {
		const char *name = book->files[i].name;
		struct arena_mark mark = arena_mark(quotes->arena);
		struct xml_element *root;
		const char *path;

		if (!is_model(name) && strcmp(name, "rulebook.xml") != 0)
			continue;
		code = tree_read(origin, quotes->arena, name, &path, &root,
			quotes->diag);
		if (!code)
			code = quotes_check_tree(quotes, path, root);
		arena_rewind(quotes->arena, mark);
	}
	return code;
}

static enum shk_code book_check(struct quotes *quotes, const shk_rulebook *book,
	struct origin *origin, const char *corpus)
{
	struct xml_element *root;
	const char *path;
	enum shk_code code = tree_read(origin, quotes->arena, "sources.xml",
		&path, &root, quotes->diag);

	if (!code)
		code = quotes_read(quotes, path, root);
	if (!code && corpus)
		code = quotes_check_corpus(quotes, corpus);
	return code ? code : files_check(quotes, book, origin);
}

enum shk_code shk_quotes_verify(const char *rules, const char *corpus,
	bool (*tell)(void *context, const shk_quote_finding *finding),
	void *context, shk_quote_counts *counts, shk_diag *diag)
{
	struct arena arena;
	struct quotes quotes = { .arena = &arena,
		.tell = tell,
		.context = context,
		.counts = counts,
		.diag = diag };
	struct origin origin;
	shk_rulebook *book = NULL;
	enum shk_code code;

	memset(counts, 0, sizeof(*counts));
	diag_clear(diag);
	code = shk_rulebook_load(&book, rules, diag);
	if (code)
		return code;
	arena_init(&arena);
	code = origin_open(&origin, rules, diag);
	if (!code)
		code = book_check(&quotes, book, &origin, corpus);
	origin_close(&origin);
	arena_release(&arena);
	shk_rulebook_free(book);
	return code;
}
