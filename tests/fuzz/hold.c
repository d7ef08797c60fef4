/*
 * The compiled machine held against the oracle, which was written without it.
 * On known facts the two must give the same value. On missing ones the machine
 * may know less (it is counted), never something else, and must admit what
 * comes when the facts are known.
 */
#include "fuzz/hold.h"

#include <string.h>

#include "fuzz/target.h"

static const struct feel_place place = { "grown", 1, 1 };

struct held {
	struct world *world;
	struct text source;
	const struct feel_node *node;
	const struct feel_program *program;
	struct hold_counts *counts;
	struct buffer *said;
};

static bool differ(struct held *held, const char *what,
	const struct feel_value *one, const struct feel_value *machine)
{
	buffer_add(held->said, held->source.data, held->source.size);
	buffer_format(held->said, "\n  %s %s, machine %s", what,
		world_text(held->world, one), world_text(held->world, machine));
	for (int i = 0; i < WORLD_SLOTS; i++)
		buffer_format(held->said, "\n  %s = %s",
			held->world->slots[i].name,
			world_text(held->world, &held->world->slots[i].value));
	return false;
}

/* Run, and ask the oracle; false: a ceiling. */
static bool run(struct held *held, struct feel_value *out)
{
	shk_diag diag = { 0 };
	enum shk_code code =
		feel_run(held->world->machine, held->program, NULL, out, &diag);

	fuzz_check_code("feel_run", code, &diag);
	held->counts->silent += code != SHK_OK;
	return code == SHK_OK;
}

/* May the known value or a choice of `from` be `wide`, too? */
static bool overlaps(
	const struct feel_value *wide, const struct feel_value *from)
{
	const struct feel_unknown *unknown = from->u.unknown;

	if (oracle_admits(wide, from))
		return true;
	if (from->type != FEEL_UNKNOWN || unknown->shape != FEEL_CHOICE)
		return false;
	for (size_t i = 0; i < unknown->choice_count; i++)
		if (oracle_admits(wide, &unknown->choices[i]))
			return true;
	return false;
}

/*
 * Of two answers with facts missing each may know more in another place, and
 * leave out what the other did not find impossible: then their reasons cannot
 * be compared, but something must be possible for both.
 */
static bool fits(
	const struct feel_value *oracle, const struct feel_value *machine)
{
	if (overlaps(oracle, machine) || overlaps(machine, oracle))
		return true;
	if (oracle->type != FEEL_LIST || machine->type != FEEL_LIST ||
		oracle->size != machine->size)
		return false;
	for (uint32_t i = 0; i < oracle->size; i++)
		if (!fits(&oracle->u.items[i], &machine->u.items[i]))
			return false;
	return true;
}

static bool agrees(
	struct held *held, const struct feel_value *machine, bool known)
{
	const struct oracle_scope scope = { held->world->slots };
	enum oracle_verdict verdict;
	struct feel_value oracle;

	if (!oracle_eval(
		    &held->world->arena, held->node, &scope, NULL, &oracle)) {
		held->counts->silent++;
		return true;
	}
	held->counts->compared++;
	verdict = oracle_agree(&oracle, machine);
	held->counts->wider += verdict == ORACLE_WIDER;
	if (verdict == ORACLE_DIFFERENT && !known && feel_is_open(&oracle) &&
		feel_is_open(machine) && fits(&oracle, machine)) {
		held->counts->mixed++;
		return true;
	}
	if (verdict == ORACLE_DIFFERENT || (known && verdict != ORACLE_SAME))
		return differ(held, "oracle", &oracle, machine);
	return true;
}

static bool hold_ways(
	struct held *held, unsigned ways, const struct feel_value *wide)
{
	struct feel_value exact;

	for (unsigned i = 0; i < ways; i++) {
		world_fill(held->world, i * 13 % WORLD_WAYS);
		if (!run(held, &exact))
			continue;
		if (wide && !oracle_admits(wide, &exact))
			return differ(held, "not admitted by", wide, &exact);
		if (!agrees(held, &exact, true))
			return false;
	}
	return true;
}

static bool prepare(struct held *held)
{
	struct arena *arena = &held->world->arena;
	shk_diag diag = { 0 };

	if (feel_parse(arena, held->source, place, &world_names, &held->node,
		    &diag) == SHK_OK)
		feel_compile(arena, held->node, &world_globals, "grown",
			&held->program, &diag);
	if (diag.code != SHK_OK && diag.code != SHK_E_LIMIT)
		fuzz_fail("%.*s: %s", (int)held->source.size, held->source.data,
			diag.message);
	held->counts->silent += !held->program;
	return held->program != NULL;
}

bool hold(struct world *world, struct text source, unsigned ways,
	struct hold_counts *counts, struct buffer *said)
{
	struct held held = {
		.world = world, .source = source, .counts = counts, .said = said
	};
	struct feel_value wide;
	bool ran;

	world_begin(world);
	counts->expressions++;
	if (!prepare(&held))
		return true;
	ran = run(&held, &wide);
	if (ran && !agrees(&held, &wide, false))
		return false;
	return hold_ways(&held, ways, ran ? &wide : NULL);
}
