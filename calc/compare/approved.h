/*
 * The changes that somebody approved, and which of them happened.
 */
#ifndef COMPARE_APPROVED_H
#define COMPARE_APPROVED_H

#include <shokan/compare.h>

#include "base/arena.h"
#include "base/buffer.h"

struct shk_approved {
	struct arena arena;
	size_t count;
	const char **lines; /* sorted, each once */
};

/*
 * `id decision part before -> after`: the id with `\s` for a blank, and `\*`
 * for one that is a star alone; all with the escapes of a snapshot.
 */
void approved_line(struct buffer *out, const char *id, const char *decision,
	const struct shk_change_part *part);
/* Place of a line, or of the same for every id; -1 when neither is there. */
long approved_find(const shk_approved *approved, const char *line);

#endif
