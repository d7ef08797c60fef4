/*
 * A result that outlives its record.
 */
#ifndef PRICE_RESULT_COPY_H
#define PRICE_RESULT_COPY_H

#include "base/arena.h"
#include "price/result.h"

/* Gets every number of the copy that was made of facts (`form` not 0). */
struct result_holes {
	void *context;
	bool (*add)(void *context, struct price_value *number);
};

/*
 * A deep copy in `arena` without what names the record (id, name, path, row,
 * kept columns). False when memory runs out or `holes` says so. What it takes
 * is added to `bytes`.
 */
bool result_copy(struct arena *arena, const struct shk_result *from,
	struct shk_result *to, const struct result_holes *holes, size_t *bytes);

#endif
