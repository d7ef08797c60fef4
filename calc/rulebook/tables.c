/*
 * Which tables a book has: those of the models of each revision, or only those
 * that some decisions rest on. Which inputs are integers is said by the
 * vocabulary of records.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "rulebook/tables.h"
#include "xml/reader.h"

/* The integers among the fields of records. */
struct integers {
	struct arena arena;
	const struct xml_element *root;
};

struct place {
	size_t index;
	const char *path;
	long line;
};

static enum shk_code integers_read(
	struct integers *integers, const shk_rulebook *book, shk_diag *diag)
{
	struct xml_element *root = NULL;
	enum shk_code code = xml_read_text(&integers->arena, "fields.xml",
		book->fields, SHK_E_RULES, &root, diag);

	integers->root = root;
	return code;
}

static bool is_integer(const void *context, struct text name)
{
	const struct integers *integers = context;
	const struct xml_element *group = xml_child(integers->root, "group");

	for (; group; group = xml_sibling(group, "group")) {
		const struct xml_element *field = xml_child(group, "field");

		for (; field; field = xml_sibling(field, "field")) {
			const char *called = xml_attribute(field, "name");
			const char *type = xml_attribute(field, "type");

			if (called && type && text_is(name, called))
				return strcmp(type, "int") == 0;
		}
	}
	return false;
}

const char *tables_file(const shk_rulebook *book, const char *path)
{
	size_t size = strlen(book->folder);

	while (size > 0 && book->folder[size - 1] == '/')
		size--;
	if (strncmp(path, book->folder, size) != 0 || path[size] != '/')
		return path;
	path += size;
	return path + strspn(path, "/");
}

static enum shk_code options_check(const shk_rulebook *book,
	const shk_check_options *options, shk_diag *diag)
{
	for (size_t i = 0; i < options->decision_count; i++)
		if (rulebook_decision_find(book, options->decisions[i]) < 0)
			return rulebook_no_decision(
				book, options->decisions[i], diag);
	if (options->revision &&
		rulebook_revision_find(book, options->revision) < 0)
		return diag_set(diag, SHK_E_USAGE,
			"there is no revision \"%s\"", options->revision);
	return SHK_OK;
}

/* Does one of the wanted decisions rest on the element of that name? */
static bool is_wanted(const struct tables_walk *walk,
	const struct rulebook_revision *revision, struct text owner)
{
	const shk_check_options *options = walk->options;
	int slot = dmn_slot_find(revision->graph, owner);

	if (!options || options->decision_count == 0)
		return true;
	for (size_t i = 0; i < options->decision_count && slot >= 0; i++) {
		int at = rulebook_decision_find(
			walk->book, options->decisions[i]);
		const struct rulebook_bound *bound =
			at >= 0 ? &revision->bound[at] : NULL;

		if (bound && bound->present &&
			feel_set_has(&bound->reached, (unsigned)slot))
			return true;
	}
	return false;
}

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a;
	const struct place *y = b;
	int order = strcmp(x->path, y->path);

	if (order == 0)
		order = (x->line > y->line) - (x->line < y->line);
	return order != 0 ? order
			  : (x->index > y->index) - (x->index < y->index);
}

static enum shk_code revision_walk(const struct tables_walk *walk,
	const struct rulebook_revision *revision,
	const struct integers *integers, const struct place *places,
	size_t count, bool *stopped)
{
	const struct dmn_whole whole = { integers, is_integer };
	enum shk_code code = SHK_OK;
	struct dmn_table table;
	struct arena arena;

	arena_init(&arena);
	for (size_t i = 0; i < count && !code && !*stopped; i++) {
		arena_clear(&arena);
		code = dmn_table_read(revision->graph, places[i].index, &whole,
			&arena, &table, walk->diag);
		if (!code &&
			!walk->table(walk->context, revision, &table, &arena))
			*stopped = true;
	}
	arena_release(&arena);
	return code;
}

/* The wanted tables of a revision by file and line. */
static enum shk_code places_walk(const struct tables_walk *walk,
	const struct rulebook_revision *revision,
	const struct integers *integers, bool *stopped)
{
	size_t all = dmn_table_count(revision->graph);
	struct place *places = memory_zeroed(all + 1, sizeof(*places));
	enum shk_code code;
	size_t count = 0;

	if (!places)
		return diag_memory(walk->diag);
	for (size_t i = 0; i < all; i++) {
		struct place *place = &places[count];

		place->index = i;
		if (is_wanted(walk, revision,
			    dmn_table_place(revision->graph, i, &place->path,
				    &place->line)))
			count++;
	}
	qsort(places, count, sizeof(*places), compare_places);
	code = revision_walk(walk, revision, integers, places, count, stopped);
	memory_free(places);
	return code;
}

enum shk_code tables_walk(const struct tables_walk *walk)
{
	const shk_rulebook *book = walk->book;
	const char *only = walk->options ? walk->options->revision : NULL;
	struct integers integers = { .root = NULL };
	enum shk_code code = SHK_OK;
	bool stopped = false;

	arena_init(&integers.arena);
	if (walk->options)
		code = options_check(book, walk->options, walk->diag);
	if (!code && book->partial)
		code = diag_set(walk->diag, SHK_E_USAGE,
			"only a part of the book was loaded");
	if (!code)
		code = integers_read(&integers, book, walk->diag);
	for (size_t i = 0; i < book->revision_count && !code && !stopped; i++)
		if (!only || strcmp(only, book->revisions[i].id) == 0)
			code = places_walk(
				walk, &book->revisions[i], &integers, &stopped);
	arena_release(&integers.arena);
	return code;
}
