/*
 * The surroundings of FEEL in the targets: global slots whose values may be
 * missing, with what is known of them, and ways in which they may turn out.
 */
#ifndef FUZZ_WORLD_H
#define FUZZ_WORLD_H

#include "base/buffer.h"
#include "feel/machine.h"
#include "support/oracle.h"

/*
 * p in [0..10], q in [1..2], b true or false, c "x" or "y", d a day of 2026,
 * `Monthly Fee` in [-5..5], u anything.
 */
enum {
	WORLD_P,
	WORLD_Q,
	WORLD_B,
	WORLD_C,
	WORLD_D,
	WORLD_FEE,
	WORLD_U,
	WORLD_SLOTS
};

#define WORLD_WAYS 48

struct world {
	struct arena arena; /* of everything; cleared by world_begin */
	struct oracle_binding slots[WORLD_SLOTS + 1];
	struct feel_host host;
	struct feel_machine *machine;
};

extern const struct feel_names world_names;
extern const struct feel_globals world_globals;

/* Forget all values; every slot is missing. The first time `world` is zero. */
void world_begin(struct world *world);
/* The slots as they are in one of the ways. */
void world_fill(struct world *world, unsigned way);

/* What a result is, for messages: with shapes. In the arena. */
const char *world_text(struct world *world, const struct feel_value *value);

#endif
