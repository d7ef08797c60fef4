/*
 * Finding causes. A world is a choice of side for each difference between two
 * lines; the old answer is the world of all that was before, the new one that
 * of all that came after. For each cause two worlds are answered: the old one
 * with it alone put in, and the new one with it alone taken back. Nothing is
 * claimed unless the old and the new answer come out again as they were saved.
 */
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "compare/attribute.h"
#include "compare/world.h"

/* The answers of the worlds of one change. NULL: cannot be said. */
struct attribution {
	struct worlds *worlds;
	struct arena *arena;
	const struct shk_change *change;
	const char *before, *after;
	size_t count; /* causes that can be turned */
	struct world world;
};

struct attributor {
	struct worlds worlds;
	bool evidence;
};

enum shk_code attributor_new(struct attributor **out,
	const shk_compare_options *options,
	const struct shk_snapshot_header *before,
	const struct shk_snapshot_header *after,
	const struct header_causes *headers, shk_diag *diag)
{
	struct attributor *attributor = memory_zeroed(1, sizeof(*attributor));
	enum shk_code code;

	*out = NULL;
	if (!attributor)
		return diag_memory(diag);
	attributor->evidence = options->evidence;
	code = worlds_init(
		&attributor->worlds, options, before, after, headers, diag);
	if (code)
		attributor_free(attributor);
	else
		*out = attributor;
	return code;
}

void attributor_free(struct attributor *attributor)
{
	if (!attributor)
		return;
	worlds_release(&attributor->worlds);
	memory_free(attributor);
}

/* The answer of the old (`base` 0) or new world with cause `at` turned. */
static enum shk_code turned(struct attribution *work, int base, size_t at,
	const char **answer, shk_diag *diag)
{
	struct world *world = &work->world;
	enum shk_code code;

	memset(world->sides, base, work->change->cause_count);
	if (at < work->change->cause_count)
		world->sides[at] = (unsigned char)!base;
	code = worlds_answer(
		work->worlds, work->arena, work->change, world, answer, diag);
	return code;
}

static bool is_same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static enum shk_effect effect_of(
	const struct attribution *work, const char *alone, const char *without)
{
	if (!alone && !without)
		return SHK_EFFECT_UNTESTED;
	if (is_same(alone, work->after))
		return SHK_EFFECT_ALONE;
	if (without && !is_same(without, work->after))
		return SHK_EFFECT_NEEDED;
	if (alone && !is_same(alone, work->before))
		return SHK_EFFECT_PARTLY;
	return SHK_EFFECT_NONE;
}

static bool can_turn(const struct shk_cause *cause)
{
	return cause->kind != SHK_CAUSE_ENGINE;
}

/* Both lines come out again from their facts, under what is at hand. */
static enum shk_code reproduces(
	struct attribution *work, bool *good, shk_diag *diag)
{
	size_t none = work->change->cause_count;
	const char *before = NULL;
	const char *after = NULL;
	enum shk_code code = turned(work, 0, none, &before, diag);

	if (!code)
		code = turned(work, 1, none, &after, diag);
	*good = (before || after) &&
		(!before || is_same(before, work->before)) &&
		(!after || is_same(after, work->after));
	return code;
}

static enum shk_code try_each(
	struct attribution *work, struct shk_cause *causes, shk_diag *diag)
{
	bool tested = false;
	bool any = false;

	for (size_t i = 0; i < work->change->cause_count; i++) {
		const char *alone = NULL;
		const char *without = NULL;
		enum shk_code code;

		if (!can_turn(&causes[i]))
			continue;
		code = turned(work, 0, i, &alone, diag);
		if (!code)
			code = turned(work, 1, i, &without, diag);
		if (code)
			return code;
		causes[i].effect = effect_of(work, alone, without);
		tested = tested || (alone && without);
		any = any || causes[i].effect != SHK_EFFECT_NONE;
	}
	for (size_t i = 0; i < work->change->cause_count; i++)
		if (!can_turn(&causes[i]) && any)
			causes[i].effect = SHK_EFFECT_NONE;
		else if (tested && !any && can_turn(&causes[i]))
			causes[i].effect = SHK_EFFECT_TOGETHER;
	return SHK_OK;
}

/* What the headers differ in and what does not matter here. */
static void drop_idle(struct shk_change *change, struct shk_cause *causes)
{
	size_t kept = 0;

	for (size_t i = 0; i < change->cause_count; i++)
		if (causes[i].effect != SHK_EFFECT_NONE ||
			causes[i].kind == SHK_CAUSE_FACT ||
			causes[i].kind == SHK_CAUSE_RULES)
			causes[kept++] = causes[i];
	change->cause_count = kept;
}

enum shk_code attribute(struct attributor *attributor, struct arena *arena,
	struct shk_change *change, shk_diag *diag)
{
	struct attribution work = {
		.worlds = &attributor->worlds, .arena = arena, .change = change
	};
	struct shk_cause *causes =
		(struct shk_cause *)(void *)(uintptr_t)change->causes;
	enum shk_code code;
	bool good;

	if (change->kind != SHK_CHANGED || change->cause_count == 0)
		return SHK_OK;
	if (change->cause_count == 1) { /* nothing else can have done it */
		causes[0].effect = SHK_EFFECT_ALONE;
		return SHK_OK;
	}
	work.before =
		worlds_line_answer(arena, change->before, attributor->evidence);
	work.after =
		worlds_line_answer(arena, change->after, attributor->evidence);
	work.world.sides = arena_alloc(arena, change->cause_count);
	if (!work.before || !work.after || !work.world.sides)
		return diag_memory(diag);
	code = reproduces(&work, &good, diag);
	if (!code && good)
		code = try_each(&work, causes, diag);
	if (!code && good)
		drop_idle(change, causes);
	return code;
}
