/*
 * Files: whole reads with a ceiling, and writes that appear complete or not
 * at all (temporary file in the same folder, flushed, then renamed).
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/diag.h"

/*
 * Append the whole of `path` ("-": standard input) to `out`. More than
 * `ceiling` bytes is SHK_E_LIMIT; a folder or a failed read is SHK_E_IO.
 */
enum shk_code file_read(
	const char *path, size_t ceiling, struct buffer *out, shk_diag *diag);

/* Join folder and name with one slash into `out`; false when too long. */
bool file_join(char *out, size_t size, const char *folder, const char *name);
/* Folder part of a path ("." when it has none) into `out`. */
bool file_folder(char *out, size_t size, const char *path);

/* A file being written; `path` "-" or NULL is standard output. */
struct file_output {
	FILE *stream;
	char path[SHK_DIAG_PATH];
	char temporary[SHK_DIAG_PATH];
};

enum shk_code file_output_open(
	struct file_output *out, const char *path, shk_diag *diag);
enum shk_code file_output_write(
	struct file_output *out, const char *data, size_t size, shk_diag *diag);
/* Flush, sync and rename into place; on failure nothing is left behind. */
enum shk_code file_output_commit(struct file_output *out, shk_diag *diag);
/* Throw away; the old file, if any, is untouched. */
void file_output_abort(struct file_output *out);

#endif
