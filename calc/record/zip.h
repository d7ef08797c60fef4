/*
 * The parts of a zip file that nobody trusts: by name, whole, with ceilings on
 * the file, on the number of parts and on what they unpack to. minizip is
 * included by zip.c only.
 */
#ifndef RECORD_ZIP_H
#define RECORD_ZIP_H

#include "base/buffer.h"
#include "base/diag.h"
#include "base/text.h"

#define ZIP_FILE_MAX  (64u << 20)  /* bytes of the file */
#define ZIP_PARTS_MAX 4096	   /* parts in it */
#define ZIP_PART_MAX  (64u << 20)  /* bytes of one part, unpacked */
#define ZIP_BYTES_MAX (128u << 20) /* bytes of all that is read, unpacked */

/* What a file is by its first bytes. */
enum zip_kind {
	ZIP_OTHER,
	ZIP_ARCHIVE, /* zip, as .xlsx is */
	ZIP_COMPOUND /* .xls, and workbooks with a password */
};

#define ZIP_KIND_BYTES 8 /* that it takes to tell */

enum zip_kind zip_kind_of(const void *bytes, size_t size);
/* Of a file; one that cannot be read twice (a pipe, "-") is ZIP_OTHER. */
enum zip_kind zip_kind_of_file(const char *path);
/* Say that a compound file is not read; SHK_E_INPUT. */
enum shk_code zip_refuse_compound(shk_diag *diag);

struct zip;

enum shk_code zip_open(struct zip **out, const char *path, shk_diag *diag);
/* The same of bytes in memory, which stay the caller's and outlive `out`. */
enum shk_code zip_open_text(
	struct zip **out, struct text bytes, shk_diag *diag);
/*
 * Append the part to `out`. SHK_END: there is none of that name. SHK_E_INPUT
 * when it is damaged or encrypted, SHK_E_LIMIT past a ceiling.
 */
enum shk_code zip_read(
	struct zip *zip, const char *name, struct buffer *out, shk_diag *diag);
void zip_close(struct zip *zip);

#endif
