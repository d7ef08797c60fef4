/*
 * The header of a snapshot: its lines in their order, by the name that each
 * has in the file.
 */
#ifndef SNAPSHOT_HEADER_H
#define SNAPSHOT_HEADER_H

#include <shokan/snapshot.h>

#include "base/buffer.h"

#define SNAPSHOT_KEYS 7

struct snapshot_key {
	const char *name;
	size_t offset; /* of the text in struct shk_snapshot_header */
};

extern const struct snapshot_key snapshot_keys[SNAPSHOT_KEYS];

/* `columns id decision ...`, without `# ` and LF. */
void snapshot_columns_print(struct buffer *out);

#endif
