/*
 * Any bytes as the unary tests of a table cell, on inputs of several types,
 * known and missing. The result is a truth, null or unknown, and what comes
 * with a missing input must admit what comes when it is known.
 */
#include "fuzz/play.h"
#include "fuzz/target.h"

static void check_truth(struct world *world, const struct feel_value *value)
{
	if (value->type != FEEL_BOOLEAN && value->type != FEEL_NULL &&
		value->type != FEEL_UNKNOWN)
		fuzz_fail("a test gives %s", world_text(world, value));
}

static void on_slots(struct world *world, const struct feel_program *program)
{
	struct feel_value wide[WORLD_SLOTS];
	bool ran[WORLD_SLOTS];
	struct feel_value exact;

	for (int i = 0; i < WORLD_SLOTS; i++) {
		ran[i] = play_run(
			world, program, &world->slots[i].value, &wide[i]);
		if (ran[i])
			check_truth(world, &wide[i]);
	}
	for (unsigned way = 0; way < WORLD_WAYS; way += 17) {
		world_fill(world, way);
		for (int i = 0; i < WORLD_SLOTS; i++) {
			if (!ran[i] || !play_run(world, program,
					       &world->slots[i].value, &exact))
				continue;
			check_truth(world, &exact);
			/* what a rounding has touched may lie beside it */
			if (i != WORLD_U && !exact.inexact &&
				!oracle_admits(&wide[i], &exact))
				fuzz_fail("on %s in way %u: %s does not admit "
					  "%s",
					world->slots[i].name, way,
					world_text(world, &wide[i]),
					world_text(world, &exact));
		}
	}
}

static void on_values(struct world *world, const struct feel_program *program)
{
	struct feel_value items[2] = { feel_number(num_from_int(3)),
		feel_string("x", 1) };
	const struct feel_value list = {
		.type = FEEL_LIST, .size = 2, .u.items = items
	};
	struct feel_value out;

	if (play_run(world, program, &list, &out))
		check_truth(world, &out);
	if (play_run(world, program, &FEEL_NULL_VALUE, &out))
		check_truth(world, &out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct feel_program *program = NULL;
	const struct feel_node *node;
	static struct world world; /* kept: a machine is large */

	world_begin(&world);
	node = play_tree(&world, feel_parse_tests,
		(struct text){ (const char *)data, size });
	if (node)
		program = play_program(&world, node);
	if (program) {
		on_values(&world, program);
		on_slots(&world, program);
	}
	return 0;
}
