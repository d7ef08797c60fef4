/*
 * Reading a zip file by minizip. Sizes that the file states are held against
 * the ceilings before anything is unpacked, and what is unpacked is held
 * against what was stated; each part ends with its checksum. The file is read
 * whole before: minizip would tell a disk that refuses as a damaged file.
 */
#include <errno.h>
#include <fcntl.h>
#include <minizip/unzip.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "record/zip.h"

#define ZIP_ENCRYPTED 1u	 /* flag of a part */
#define ZIP_BLOCK     (1u << 16) /* bytes unpacked at a time */

struct zip {
	unzFile file;
	size_t unpacked;	  /* bytes, of every part read so far */
	struct text bytes;	  /* the file, which is read `at` */
	struct buffer file_bytes; /* these, when they are ours */
	size_t at;
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

/* Why minizip gave up: for want of memory, or for the file. `result` is its
   own word for it. */
static enum shk_code zip_damaged(int result, shk_diag *diag, const char *part)
{
	if (result == Z_MEM_ERROR || result == UNZ_INTERNALERROR)
		return diag_memory(diag);
	diag_set(diag, SHK_E_INPUT,
		part ? "the workbook is damaged: %s cannot be unpacked"
		     : "the file is no .xlsx workbook, or a damaged one%s",
		part ? part : "");
	diag_reason(diag, "bad_value");
	return SHK_E_INPUT;
}

/* A file in memory, as minizip asks for one: opened once, read only. */
static void *zip_memory_open(void *context, const void *name, int mode)
{
	struct zip *zip = context;

	(void)name;
	if (mode & ZLIB_FILEFUNC_MODE_CREATE)
		return NULL;
	zip->at = 0;
	return zip;
}

static unsigned long zip_memory_read(
	void *context, void *stream, void *to, unsigned long size)
{
	struct zip *zip = context;
	size_t left = zip->bytes.size - zip->at;

	(void)stream;
	if (size > left)
		size = left;
	if (size > 0)
		memcpy(to, zip->bytes.data + zip->at, size);
	zip->at += size;
	return size;
}

static unsigned long long zip_memory_tell(void *context, void *stream)
{
	const struct zip *zip = context;

	(void)stream;
	return zip->at;
}

static long zip_memory_seek(
	void *context, void *stream, unsigned long long offset, int origin)
{
	struct zip *zip = context;
	unsigned long long from = origin == ZLIB_FILEFUNC_SEEK_CUR ? zip->at
				  : origin == ZLIB_FILEFUNC_SEEK_END
					  ? zip->bytes.size
					  : 0;

	(void)stream;
	if (offset > zip->bytes.size - from)
		return -1;
	zip->at = (size_t)(from + offset);
	return 0;
}

static int zip_memory_nothing(void *context, void *stream)
{
	(void)context;
	(void)stream;
	return 0;
}

static unzFile zip_memory(struct zip *zip)
{
	zlib_filefunc64_def calls = { .zopen64_file = zip_memory_open,
		.zread_file = zip_memory_read,
		.ztell64_file = zip_memory_tell,
		.zseek64_file = zip_memory_seek,
		.zclose_file = zip_memory_nothing,
		.zerror_file = zip_memory_nothing,
		.opaque = zip };

	return unzOpen2_64("memory", &calls);
}

static enum shk_code zip_begin(struct zip *zip, shk_diag *diag)
{
	unz_global_info64 about;
	void *block;

	/* Without memory it finds no end of the file: then it does at the
	   second try, or there is not enough for us either. */
	for (int i = 0; i < 2 && !zip->file; i++)
		zip->file = zip_memory(zip);
	if (!zip->file || unzGetGlobalInfo64(zip->file, &about) != UNZ_OK) {
		block = memory_alloc(ZIP_BLOCK);
		memory_free(block);
		return zip_damaged(block ? UNZ_OK : Z_MEM_ERROR, diag, NULL);
	}
	if (about.number_entry > ZIP_PARTS_MAX)
		return diag_set(diag, SHK_E_LIMIT,
			"the workbook has more than %d parts", ZIP_PARTS_MAX);
	return SHK_OK;
}

/* `path` NULL: of the bytes. */
static enum shk_code zip_start(
	struct zip **out, const char *path, struct text bytes, shk_diag *diag)
{
	struct zip *zip = memory_zeroed(1, sizeof(*zip));
	enum shk_code code = SHK_OK;

	if (!zip)
		return diag_memory(diag);
	buffer_init(&zip->file_bytes);
	if (path) {
		code = file_read(path, ZIP_FILE_MAX, &zip->file_bytes, diag);
		bytes = (struct text){ zip->file_bytes.data,
			zip->file_bytes.size };
	}
	zip->bytes = bytes;
	if (!code)
		code = zip_begin(zip, diag);
	if (code)
		zip_close(zip);
	else
		*out = zip;
	return code;
}

static enum shk_code zip_refuse_large(shk_diag *diag)
{
	return diag_set(diag, SHK_E_LIMIT,
		"the workbook is larger than %u bytes", ZIP_FILE_MAX);
}

enum shk_code zip_open_text(struct zip **out, struct text bytes, shk_diag *diag)
{
	*out = NULL;
	if (zip_kind_of(bytes.data, bytes.size) == ZIP_COMPOUND)
		return zip_refuse_compound(diag);
	if (bytes.size > ZIP_FILE_MAX)
		return zip_refuse_large(diag);
	return zip_start(out, NULL, bytes, diag);
}

enum shk_code zip_open(struct zip **out, const char *path, shk_diag *diag)
{
	const struct text nothing = { NULL, 0 };
	enum zip_kind kind;
	char reason[128];
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
		return zip_refuse_large(diag);
	return zip_start(out, path, nothing, diag);
}

/* What the file says of the part just found, against the ceilings. */
static enum shk_code zip_admit(
	struct zip *zip, const char *name, size_t *size, shk_diag *diag)
{
	unz_file_info64 about;
	int result = unzGetCurrentFileInfo64(
		zip->file, &about, NULL, 0, NULL, 0, NULL, 0);

	if (result != UNZ_OK)
		return zip_damaged(result, diag, name);
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
	return got == 0 && out->size == end ? SHK_OK
					    : zip_damaged(got, diag, name);
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
		return zip_damaged(found, diag, name);
	code = zip_admit(zip, name, &size, diag);
	if (code)
		return code;
	found = unzOpenCurrentFile(zip->file);
	if (found != UNZ_OK)
		return zip_damaged(found, diag, name);
	code = zip_unpack(zip, name, size, out, diag);
	found = unzCloseCurrentFile(zip->file);
	if (found != UNZ_OK && !code)
		code = zip_damaged(found, diag, name); /* its checksum */
	return code;
}

void zip_close(struct zip *zip)
{
	if (!zip)
		return;
	if (zip->file)
		unzClose(zip->file);
	buffer_release(&zip->file_bytes);
	memory_free(zip);
}
