/*
 * FEEL text played through: parsed, printed and parsed again, compiled,
 * listed, run with facts missing and with facts known.
 */
#ifndef FUZZ_PLAY_H
#define FUZZ_PLAY_H

#include "fuzz/world.h"

typedef enum shk_code play_parse(struct arena *arena, struct text source,
	struct feel_place place, const struct feel_names *names,
	const struct feel_node **out, shk_diag *diag);

/*
 * Parse; the tree is printed and parsed again, to an equal tree. NULL when it
 * is no FEEL.
 */
const struct feel_node *play_tree(
	struct world *world, play_parse *parse, struct text source);
/* Compile and list; NULL when it is wrong. */
const struct feel_program *play_program(
	struct world *world, const struct feel_node *node);
/* Run; false at a ceiling. `input` may be NULL. */
bool play_run(struct world *world, const struct feel_program *program,
	const struct feel_value *input, struct feel_value *out);

#endif
