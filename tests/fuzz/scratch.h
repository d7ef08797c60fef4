/*
 * One file of a target's own, in memory where the system has such a folder;
 * removed at the end.
 */
#ifndef FUZZ_SCRATCH_H
#define FUZZ_SCRATCH_H

#include <stddef.h>

/* Its path, the same each time; made by the first call. */
const char *scratch_path(void);
/* The bytes and nothing else are in it. */
void scratch_write(const void *data, size_t size);
/* A folder beside it, and a file there, whose path it gives; both are removed
   at the end too. */
const char *scratch_folder(void);
const char *scratch_write_as(const char *name, const void *data, size_t size);

#endif
