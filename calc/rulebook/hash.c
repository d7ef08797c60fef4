/*
 * The hash of the whole book: SHA-256 over the name, size and bytes of every
 * file it is made of, in a fixed order, so that a result can say exactly which
 * rules it was computed with.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <shokan/hash.h>

#include "base/file.h"
#include "rulebook/loader.h"

static enum shk_code add_file(
	struct loader *loader, shk_hash *state, const char *path)
{
	const char *folder = loader->book->folder;
	const char *name = path;
	struct buffer bytes;
	char size[32];
	enum shk_code code;

	/* The folder's own name, however it is written, is not the book's. */
	if (strncmp(path, folder, strlen(folder)) == 0)
		name = path + strlen(folder);
	buffer_init(&bytes);
	code = file_read(path, RULEBOOK_BYTES_MAX, &bytes, loader->diag);
	if (code)
		goto done;
	snprintf(size, sizeof(size), "\n%zu\n", bytes.size);
	shk_hash_add(state, name, strlen(name));
	shk_hash_add(state, size, strlen(size));
	shk_hash_add(state, bytes.data, bytes.size);
done:
	buffer_release(&bytes);
	return code;
}

static enum shk_code add_named(
	struct loader *loader, shk_hash *state, const char *name)
{
	char path[SHK_DIAG_PATH];

	if (!file_join(path, sizeof(path), loader->book->folder, name))
		return diag_set(loader->diag, SHK_E_LIMIT, "path too long");
	return add_file(loader, state, path);
}

/* Also the models that only define types. */
static enum shk_code add_models(
	struct loader *loader, shk_hash *state, const struct dmn_graph *graph)
{
	size_t count = dmn_model_count(graph);
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < count && !code; i++)
		code = add_file(loader, state, dmn_model_path(graph, i));
	return code;
}

enum shk_code rulebook_hash(struct loader *loader)
{
	static const char *const files[] = { "rulebook.xml", "sources.xml",
		"fields.xml" };
	shk_rulebook *book = loader->book;
	shk_hash *state = NULL;
	enum shk_code code = shk_hash_new(&state, loader->diag);

	for (size_t i = 0; i < sizeof(files) / sizeof(*files) && !code; i++)
		code = add_named(loader, state, files[i]);
	for (size_t i = 0; i < book->revision_count && !code; i++)
		code = add_models(loader, state, book->revisions[i].graph);
	if (!code)
		shk_hash_finish(state, book->hash);
	shk_hash_free(state);
	return code;
}
