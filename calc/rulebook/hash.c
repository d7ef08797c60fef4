/*
 * The hash of the whole book: SHA-256 over its manifest, which has one line a
 * file, in a fixed order: SHA-256 of its bytes, their number, its name. So a
 * result says exactly which rules it was computed with, and a part of a pack
 * can be held against the hash without reading the others.
 */
#include <string.h>

#include "rulebook/digest.h"
#include "rulebook/loader.h"

/* A file of the book joins the list, once. */
static enum shk_code file_list(struct loader *loader, const char *path)
{
	shk_rulebook *book = loader->book;
	const struct origin_file *file = origin_find(loader->origin, path);

	if (!file)
		return diag_set(
			loader->diag, SHK_E_INTERNAL, "%s was not read", path);
	for (size_t i = 0; i < book->file_count; i++)
		if (strcmp(book->files[i].name, file->name) == 0)
			return SHK_OK;
	book->files[book->file_count] = *file;
	book->files[book->file_count].name =
		arena_text(loader->arena, file->name, strlen(file->name));
	return book->files[book->file_count++].name ? SHK_OK
						    : diag_memory(loader->diag);
}

static enum shk_code files_list(struct loader *loader)
{
	static const char *const named[] = { "rulebook.xml", "sources.xml",
		"fields.xml" };
	shk_rulebook *book = loader->book;
	char path[SHK_DIAG_PATH];
	enum shk_code code = SHK_OK;

	book->files = arena_zeroed(
		loader->arena, loader->origin->count + 1, sizeof(*book->files));
	if (!book->files)
		return diag_memory(loader->diag);
	for (size_t i = 0; i < sizeof(named) / sizeof(*named) && !code; i++) {
		code = origin_path(
			loader->origin, named[i], path, loader->diag);
		if (!code)
			code = file_list(loader, path);
	}
	for (size_t i = 0; i < book->revision_count; i++) {
		const struct dmn_graph *graph = book->revisions[i].graph;
		size_t count = graph ? dmn_model_count(graph) : 0;

		for (size_t k = 0; k < count && !code; k++)
			code = file_list(loader, dmn_model_path(graph, k));
	}
	return code;
}

void manifest_print(const shk_rulebook *book, struct buffer *out)
{
	char hex[DIGEST_HEX + 1];

	for (size_t i = 0; i < book->file_count; i++) {
		const struct origin_file *file = &book->files[i];

		digest_hex(file->digest, DIGEST_BYTES, hex);
		buffer_format(out, "%s %zu %s\n", hex, file->size, file->name);
	}
}

void manifest_hash(struct text manifest, char out[SHK_HASH_TEXT])
{
	unsigned char digest[DIGEST_BYTES];

	digest_of(manifest, digest);
	memcpy(out, "sha256:", 7);
	digest_hex(digest, DIGEST_BYTES, out + 7);
}

/* Of a part of a pack's book: the hash is of the pack's whole manifest. */
enum shk_code rulebook_hash(struct loader *loader)
{
	shk_rulebook *book = loader->book;
	struct buffer manifest;
	enum shk_code code = files_list(loader);

	if (code)
		return code;
	if (book->partial) {
		manifest_hash(loader->origin->pack.manifest, book->hash);
		return SHK_OK;
	}
	buffer_init(&manifest);
	manifest_print(book, &manifest);
	if (manifest.failed)
		code = diag_memory(loader->diag);
	else
		manifest_hash((struct text){ manifest.data, manifest.size },
			book->hash);
	buffer_release(&manifest);
	return code;
}
