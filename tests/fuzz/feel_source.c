/*
 * Any bytes as a FEEL expression: played through with the facts missing, with
 * unknown mapped to null, and with the facts known in some ways. What comes
 * with the facts missing must admit what comes when they are known.
 */
#include "fuzz/play.h"
#include "fuzz/target.h"

static bool mentions_u(struct text source)
{
	for (size_t i = 0; i < source.size; i++)
		if (source.data[i] == 'u')
			return true;
	return false;
}

static void fill_in(struct world *world, const struct feel_program *program,
	const struct feel_value *wide, struct text source)
{
	struct feel_value exact;

	for (unsigned way = 0; way < WORLD_WAYS; way += 13) {
		world_fill(world, way);
		if (!play_run(world, program, NULL, &exact))
			return;
		/* what a rounding has touched may lie beside its shape */
		if (wide && !exact.inexact && !mentions_u(source) &&
			!oracle_admits(wide, &exact))
			fuzz_fail("%.*s\nin way %u: %s does not admit %s",
				(int)source.size, source.data, way,
				world_text(world, wide),
				world_text(world, &exact));
	}
}

static void play(struct world *world, struct text source)
{
	const struct feel_program *program = NULL;
	const struct feel_node *node;
	struct feel_value wide;
	struct feel_value mapped;
	bool ran;

	node = play_tree(world, feel_parse, source);
	if (node)
		program = play_program(world, node);
	if (!program)
		return;
	ran = play_run(world, program, NULL, &wide);
	feel_machine_map_unknown(world->machine, true);
	if (play_run(world, program, NULL, &mapped) && feel_is_open(&mapped))
		fuzz_fail("unknown although it is mapped to null: %s",
			world_text(world, &mapped));
	feel_machine_map_unknown(world->machine, false);
	if (ran)
		fill_in(world, program, &wide, source);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct world world; /* kept: a machine is large */

	world_begin(&world);
	play(&world, (struct text){ (const char *)data, size });
	return 0;
}
