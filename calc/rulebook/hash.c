/*
 * The hash of the whole book: SHA-256 over the name, size and bytes of every
 * file it is made of, in a fixed order, so that a result can say exactly which
 * rules it was computed with. libsodium is included in this room only.
 */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "rulebook/loader.h"

static enum shk_code add_file(struct loader *loader,
	crypto_hash_sha256_state *state, const char *path)
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
	crypto_hash_sha256_update(
		state, (const unsigned char *)name, strlen(name));
	crypto_hash_sha256_update(
		state, (const unsigned char *)size, strlen(size));
	crypto_hash_sha256_update(
		state, (const unsigned char *)bytes.data, bytes.size);
done:
	buffer_release(&bytes);
	return code;
}

static enum shk_code add_named(struct loader *loader,
	crypto_hash_sha256_state *state, const char *name)
{
	char path[SHK_DIAG_PATH];

	if (!file_join(path, sizeof(path), loader->book->folder, name))
		return diag_set(loader->diag, SHK_E_LIMIT, "path too long");
	return add_file(loader, state, path);
}

/* Also the models that only define types. */
static enum shk_code add_models(struct loader *loader,
	crypto_hash_sha256_state *state, const struct dmn_graph *graph)
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
	unsigned char digest[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state state;
	enum shk_code code = SHK_OK;
	char *out = book->hash;

	crypto_hash_sha256_init(&state);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files) && !code; i++)
		code = add_named(loader, &state, files[i]);
	for (size_t i = 0; i < book->revision_count && !code; i++)
		code = add_models(loader, &state, book->revisions[i].graph);
	if (code)
		return code;
	crypto_hash_sha256_final(&state, digest);
	out += snprintf(out, sizeof(book->hash), "sha256:");
	for (size_t i = 0; i < sizeof(digest); i++, out += 2)
		snprintf(out, 3, "%02x", digest[i]);
	return SHK_OK;
}
