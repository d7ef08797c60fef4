/*
 * Reading the files of a book from a folder or from a pack.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/memory.h"
#include "rulebook/origin.h"
#include "rulebook/rulebook.h"

enum shk_code origin_open(
	struct origin *origin, const char *path, shk_diag *diag)
{
	char reason[DIAG_SYSTEM];
	struct stat info;

	memset(origin, 0, sizeof(*origin));
	origin->path = path;
	pack_init(&origin->pack);
	if (stat(path, &info) != 0) {
		diag_set(diag, SHK_E_IO, "cannot open: %s",
			diag_system(reason, errno));
		diag_place(diag, path, 0, 0);
		return SHK_E_IO;
	}
	origin->packed = !S_ISDIR(info.st_mode);
	return origin->packed ? pack_open(&origin->pack, path, diag) : SHK_OK;
}

void origin_close(struct origin *origin)
{
	for (size_t i = 0; i < origin->count; i++)
		memory_free((void *)(uintptr_t)origin->files[i].name);
	memory_free(origin->files);
	pack_release(&origin->pack);
}

enum shk_code origin_path(const struct origin *origin, const char *name,
	char *out, shk_diag *diag)
{
	if (file_join(out, SHK_DIAG_PATH, origin->path, name))
		return SHK_OK;
	return diag_set(diag, SHK_E_LIMIT, "path too long: %s", name);
}

/* The folder's own name, however it is written, is not the book's. */
static const char *name_of(const struct origin *origin, const char *path)
{
	size_t size = strlen(origin->path);

	if (strncmp(path, origin->path, size) != 0)
		return path;
	path += size;
	return *path == '/' ? path + 1 : path;
}

const struct origin_file *origin_find(
	const struct origin *origin, const char *path)
{
	const char *name = name_of(origin, path);

	for (size_t i = 0; i < origin->count; i++)
		if (strcmp(origin->files[i].name, name) == 0)
			return &origin->files[i];
	return NULL;
}

/* Names stand in lines of the manifest. */
static bool is_plain(const char *name)
{
	for (; *name; name++)
		if ((unsigned char)*name < ' ' || *name == 0x7F)
			return false;
	return true;
}

static enum shk_code remember(struct origin *origin, const char *path,
	const unsigned char *digest, size_t size, shk_diag *diag)
{
	const char *name = name_of(origin, path);
	void *files = origin->files;
	struct origin_file *file;

	if (!is_plain(name))
		return diag_set(diag, SHK_E_RULES,
			"the name of a file of the book has a control "
			"character");
	if (origin_find(origin, path))
		return SHK_OK; /* in another revision too */
	if (!memory_grow(&files, &origin->capacity, origin->count + 1,
		    sizeof(*origin->files)))
		return diag_memory(diag);
	origin->files = files;
	file = &origin->files[origin->count];
	file->name = memory_copy_text(name, strlen(name));
	if (!file->name)
		return diag_memory(diag);
	file->size = size;
	memcpy(file->digest, digest, DIGEST_BYTES);
	origin->count++;
	return SHK_OK;
}

static enum shk_code read_part(struct origin *origin, const char *path,
	struct buffer *out, shk_diag *diag)
{
	const struct pack_part *part =
		pack_find(&origin->pack, name_of(origin, path));
	enum shk_code code;

	if (!part) {
		diag_set(diag, SHK_E_RULES, "the pack has no such file");
		diag_place(diag, path, 0, 0);
		return SHK_E_RULES;
	}
	code = pack_read_part(&origin->pack, part, path, out, diag);
	return code ? code
		    : remember(origin, path, part->digest, part->size, diag);
}

enum shk_code origin_read(struct origin *origin, const char *path,
	struct buffer *out, shk_diag *diag)
{
	size_t before = out->size;
	unsigned char digest[DIGEST_BYTES];
	enum shk_code code;

	if (origin->packed)
		return read_part(origin, path, out, diag);
	code = file_read(path, RULEBOOK_BYTES_MAX, out, diag);
	if (code)
		return code;
	digest_of((struct text){ out->data ? out->data + before : "",
			  out->size - before },
		digest);
	return remember(origin, path, digest, out->size - before, diag);
}
