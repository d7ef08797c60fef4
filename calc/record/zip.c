/*
 * Reading a zip file by minizip. Sizes that the file states are held against
 * the ceilings before anything is unpacked, and what is unpacked is held
 * against what was stated; each part ends with its checksum.
 */
#include <errno.h>
#include <fcntl.h>
#include <minizip/unzip.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "record/zip.h"

#define ZIP_ENCRYPTED 1u	 /* flag of a part */
#define ZIP_BLOCK     (1u << 16) /* bytes unpacked at a time */

struct zip {
	unzFile file;
	size_t unpacked; /* bytes, of every part read so far */
};

enum zip_kind zip_kind_of(const void *bytes, size_t size)
{
	if (size >= 4 && memcmp(bytes, "PK\3\4", 4) == 0)
		return ZIP_ARCHIVE;
	if (size >= 8 &&
		memcmp(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0)
		return ZIP_COMPOUND;
	return ZIP_OTHER;
}

/* Its kind and its size; false with errno when it cannot be read. */
static bool zip_look(const char *path, enum zip_kind *kind, off_t *size)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	char first[ZIP_KIND_BYTES];
	struct stat about;
	ssize_t got = -1;

	*kind = ZIP_OTHER;
	if (file < 0)
		return false;
	if (fstat(file, &about) == 0 && S_ISREG(about.st_mode)) {
		got = read(file, first, sizeof(first));
		*size = about.st_size;
		if (got > 0)
			*kind = zip_kind_of(first, (size_t)got);
	} else {
		errno = S_ISDIR(about.st_mode) ? EISDIR : ESPIPE;
	}
	close(file);
	return got >= 0;
}

enum zip_kind zip_kind_of_file(const char *path)
{
	enum zip_kind kind;
	off_t size;

	(void)zip_look(path, &kind, &size);
	return kind;
}

enum shk_code zip_refuse_compound(shk_diag *diag)
{
	diag_set(diag, SHK_E_INPUT,
		"an old workbook (.xls) or one with a password is not read; "
		"save it as .xlsx without a password");
	diag_reason(diag, "bad_value");
	return SHK_E_INPUT;
}

static enum shk_code zip_damaged(shk_diag *diag, const char *part)
{
	diag_set(diag, SHK_E_INPUT,
		part ? "the workbook is damaged: %s cannot be unpacked"
		     : "the file is no .xlsx workbook, or a damaged one%s",
		part ? part : "");
	diag_reason(diag, "bad_value");
	return SHK_E_INPUT;
}

static enum shk_code zip_begin(
	struct zip *zip, const char *path, shk_diag *diag)
{
	unz_global_info64 about;

	zip->file = unzOpen64(path);
	if (!zip->file || unzGetGlobalInfo64(zip->file, &about) != UNZ_OK)
		return zip_damaged(diag, NULL);
	if (about.number_entry > ZIP_PARTS_MAX)
		return diag_set(diag, SHK_E_LIMIT,
			"the workbook has more than %d parts", ZIP_PARTS_MAX);
	return SHK_OK;
}

enum shk_code zip_open(struct zip **out, const char *path, shk_diag *diag)
{
	enum zip_kind kind;
	enum shk_code code;
	char reason[128];
	struct zip *zip;
	off_t size = 0;

	*out = NULL;
	if (!zip_look(path, &kind, &size)) {
		if (strerror_r(errno, reason, sizeof(reason)) != 0)
			reason[0] = '\0';
		return diag_set(diag, SHK_E_IO, "cannot open: %s", reason);
	}
	if (kind == ZIP_COMPOUND)
		return zip_refuse_compound(diag);
	if (size > (off_t)ZIP_FILE_MAX)
		return diag_set(diag, SHK_E_LIMIT,
			"the workbook is larger than %u bytes", ZIP_FILE_MAX);
	zip = memory_zeroed(1, sizeof(*zip));
	if (!zip)
		return diag_memory(diag);
	code = zip_begin(zip, path, diag);
	if (code)
		zip_close(zip);
	else
		*out = zip;
	return code;
}

/* What the file says of the part just found, against the ceilings. */
static enum shk_code zip_admit(
	struct zip *zip, const char *name, size_t *size, shk_diag *diag)
{
	unz_file_info64 about;

	if (unzGetCurrentFileInfo64(
		    zip->file, &about, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK)
		return zip_damaged(diag, name);
	if (about.flag & ZIP_ENCRYPTED) {
		diag_set(diag, SHK_E_INPUT,
			"the workbook is encrypted; save it without a "
			"password");
		diag_reason(diag, "bad_value");
		return SHK_E_INPUT;
	}
	if (about.uncompressed_size > ZIP_PART_MAX)
		return diag_set(diag, SHK_E_LIMIT,
			"%s of the workbook unpacks to more than %u bytes",
			name, ZIP_PART_MAX);
	*size = (size_t)about.uncompressed_size;
	if (*size > ZIP_BYTES_MAX - zip->unpacked)
		return diag_set(diag, SHK_E_LIMIT,
			"the workbook unpacks to more than %u bytes",
			ZIP_BYTES_MAX);
	zip->unpacked += *size;
	return SHK_OK;
}

static enum shk_code zip_unpack(struct zip *zip, const char *name, size_t size,
	struct buffer *out, shk_diag *diag)
{
	size_t end = out->size + size;
	char *block = memory_alloc(ZIP_BLOCK);
	int got = 1;

	if (!block)
		return diag_memory(diag);
	while (got > 0 && out->size <= end && !out->failed) {
		got = unzReadCurrentFile(zip->file, block, ZIP_BLOCK);
		if (got > 0)
			buffer_add(out, block, (size_t)got);
	}
	memory_free(block);
	if (out->failed)
		return diag_memory(diag);
	return got == 0 && out->size == end ? SHK_OK : zip_damaged(diag, name);
}

enum shk_code zip_read(
	struct zip *zip, const char *name, struct buffer *out, shk_diag *diag)
{
	enum shk_code code;
	size_t size = 0;
	int found = unzLocateFile(zip->file, name, 1);

	if (found == UNZ_END_OF_LIST_OF_FILE)
		return SHK_END;
	if (found != UNZ_OK)
		return zip_damaged(diag, name);
	code = zip_admit(zip, name, &size, diag);
	if (code)
		return code;
	if (unzOpenCurrentFile(zip->file) != UNZ_OK)
		return zip_damaged(diag, name);
	code = zip_unpack(zip, name, size, out, diag);
	if (unzCloseCurrentFile(zip->file) != UNZ_OK && !code)
		code = zip_damaged(diag, name); /* its checksum */
	return code;
}

void zip_close(struct zip *zip)
{
	if (!zip)
		return;
	if (zip->file)
		unzClose(zip->file);
	memory_free(zip);
}
