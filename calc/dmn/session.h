/*
 * What stands behind <shokan/dmn.h>, shared by the files that implement it.
 */
#ifndef DMN_SESSION_H
#define DMN_SESSION_H

#include <shokan/dmn.h>

#include "dmn/evaluator.h"
#include "dmn/graph.h"

struct shk_dmn {
	struct dmn_graph *graph;
};

/* A value as JSON; dates and durations are strings. */
void dmn_json(const struct feel_value *value, struct buffer *out);

/*
 * The value of a text without names: FEEL, or JSON with its own escapes. In
 * `arena`. Errors: SHK_E_INPUT, SHK_E_LIMIT, SHK_E_MEMORY.
 */
enum shk_code dmn_value_of_text(struct arena *arena, const char *text,
	struct feel_value *out, shk_diag *diag);

/* Slot by name in the model with this namespace; `space` NULL: any. */
int dmn_slot_in(
	const struct dmn_graph *graph, const char *space, struct text name);
bool dmn_is_service(const struct dmn_graph *graph, unsigned slot);

#endif
