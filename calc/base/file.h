/*
 * Files: whole reads with a ceiling; folders and names of paths.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/diag.h"

/*
 * Append the whole of `path` ("-": standard input) to `out`. More than
 * `ceiling` bytes is SHK_E_LIMIT; a folder or a failed read is SHK_E_IO.
 */
enum shk_code file_read(
	const char *path, size_t ceiling, struct buffer *out, shk_diag *diag);

/*
 * The bytes of a file into `out`, without memory; 0 when it cannot be read or
 * there are `room` or more.
 */
size_t file_read_fixed(const char *path, char *out, size_t room);

/* Join folder and name with one slash into `out`; false when too long. */
bool file_join(char *out, size_t size, const char *folder, const char *name);
/* Folder part of a path ("." when it has none) into `out`. */
bool file_folder(char *out, size_t size, const char *path);

#endif
