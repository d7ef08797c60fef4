/*
 * Which models of the book are loaded: those of every decision, or of a pack
 * only those that the wanted decisions take in the wanted revisions. They are
 * given in the order in which the whole book would have them, so that slots,
 * citations and steps keep theirs.
 */
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "rulebook/loader.h"

enum shk_code selection_read(struct loader *loader)
{
	const shk_rulebook_options *options = loader->options;
	shk_rulebook *book = loader->book;

	if (!loader->origin->packed || !options || options->decision_count == 0)
		return SHK_OK;
	book->partial = true;
	loader->wanted = arena_zeroed(loader->arena, book->decision_count + 1,
		sizeof(*loader->wanted));
	if (!loader->wanted)
		return diag_memory(loader->diag);
	for (size_t i = 0; i < options->decision_count; i++) {
		int at = rulebook_decision_find(book, options->decisions[i]);

		if (at >= 0)
			loader->wanted[at] = true;
	}
	return SHK_OK;
}

/* The one revision that is wanted, or -1. */
static int revision_of(const struct loader *loader)
{
	const shk_rulebook_options *options = loader->options;
	int32_t day;

	if (options->revision)
		return rulebook_revision_find(loader->book, options->revision);
	if (options->as_of &&
		date_parse(options->as_of, strlen(options->as_of), &day))
		return rulebook_revision_at(loader->book, day);
	return -1;
}

bool selection_has(const struct loader *loader, size_t revision)
{
	const shk_rulebook *book = loader->book;
	int only;

	if (!loader->wanted)
		return true;
	only = revision_of(loader);
	/* a decision with dates of its own is answered by any */
	for (size_t i = 0; i < book->decision_count; i++)
		if (loader->wanted[i] && book->decisions[i].own_dates)
			return true;
	return only < 0 || (size_t)only == revision;
}

/* Distinct model files of a revision as paths. */
static enum shk_code model_paths(struct loader *loader, size_t revision,
	const char ***paths, size_t *count)
{
	const shk_rulebook *book = loader->book;
	char folder[SHK_DIAG_PATH], path[SHK_DIAG_PATH];

	*count = 0;
	*paths = arena_zeroed(
		loader->arena, book->decision_count + 1, sizeof(**paths));
	if (!*paths)
		return diag_memory(loader->diag);
	for (size_t i = 0; i < book->decision_count; i++) {
		const char *model = book->decisions[i].models[revision];
		size_t k = 0;

		if (!*model)
			continue;
		if (!file_join(folder, sizeof(folder), book->folder,
			    book->revisions[revision].id) ||
			!file_join(path, sizeof(path), folder, model))
			return diag_set(loader->diag, SHK_E_LIMIT,
				"path too long: %s", model);
		while (k < *count && strcmp((*paths)[k], path) != 0)
			k++;
		if (k < *count)
			continue;
		(*paths)[*count] =
			arena_text(loader->arena, path, strlen(path));
		if (!(*paths)[(*count)++])
			return diag_memory(loader->diag);
	}
	return SHK_OK;
}

/* The files that the wanted decisions take, as the pack says. */
static enum shk_code part_paths(struct loader *loader, size_t revision,
	const char ***paths, size_t *count)
{
	const shk_rulebook *book = loader->book;
	const struct pack *pack = &loader->origin->pack;
	bool want[PACK_FILES_MAX] = { false };
	char path[SHK_DIAG_PATH], name[PACK_NAME_MAX];
	enum shk_code code = SHK_OK;

	*count = 0;
	*paths = arena_zeroed(
		loader->arena, pack->part_count + 1, sizeof(**paths));
	if (!*paths)
		return diag_memory(loader->diag);
	for (size_t i = 0; i < book->decision_count; i++)
		if (loader->wanted[i] && *book->decisions[i].models[revision] &&
			!pack_needs(pack, book->revisions[revision].id,
				book->decisions[i].name, want))
			return loader_fail_at(loader, 0,
				"the pack does not say what %s needs; make it "
				"again with shokan rules pack",
				book->decisions[i].name);
	for (size_t i = 0; i < pack->part_count && !code; i++) {
		if (!want[i])
			continue;
		memcpy(name, pack->parts[i].name.data,
			pack->parts[i].name.size);
		name[pack->parts[i].name.size] = '\0';
		code = origin_path(loader->origin, name, path, loader->diag);
		(*paths)[*count] =
			arena_text(loader->arena, path, strlen(path));
		if (!code && !(*paths)[(*count)++])
			code = diag_memory(loader->diag);
	}
	return code;
}

enum shk_code selection_paths(struct loader *loader, size_t revision,
	const char ***paths, size_t *count)
{
	return loader->wanted ? part_paths(loader, revision, paths, count)
			      : model_paths(loader, revision, paths, count);
}
