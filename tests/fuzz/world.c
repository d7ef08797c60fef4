/*
 * Slots for FEEL in the targets. The names hold a space in one case, so that
 * the reading of long names is on the way of every input.
 */
#include "fuzz/world.h"

#include <string.h>

#include "fuzz/target.h"

static const char *const slot_names[] = { "p", "q", "b", "c", "d",
	"Monthly Fee", "u" };

static int slot_of(const void *context, struct text name)
{
	(void)context;
	for (int i = 0; i < WORLD_SLOTS; i++)
		if (text_is(name, slot_names[i]))
			return i;
	return -1;
}

static struct text name_of(const void *context, unsigned slot)
{
	(void)context;
	return text_of(slot_names[slot]);
}

static bool is_name(const void *context, struct text candidate)
{
	return slot_of(context, candidate) >= 0;
}

static bool is_prefix(const void *context, struct text candidate)
{
	(void)context;
	return text_is(candidate, "Monthly");
}

const struct feel_names world_names = { NULL, is_name, is_prefix };
const struct feel_globals world_globals = { .slot = slot_of, .name = name_of };

static enum shk_code load(
	void *context, unsigned slot, struct feel_value *out, shk_diag *diag)
{
	const struct world *world = context;

	if (slot >= WORLD_SLOTS)
		return diag_set(diag, SHK_E_INTERNAL, "no slot %u", slot);
	*out = world->slots[slot].value;
	return SHK_OK;
}

static void mark(void *context, uint32_t citation)
{
	(void)context;
	(void)citation;
}

static void cut(void *context, unsigned slot, const struct feel_value *at)
{
	(void)context;
	if (slot >= WORLD_SLOTS)
		fuzz_fail("a cut at slot %u", slot);
	if (feel_is_open(at))
		fuzz_fail("a cut at an unknown value");
}

static void step(void *context, const struct feel_step *told)
{
	(void)context;
	(void)told;
}

static struct feel_unknown *unknown(struct world *world, unsigned slot)
{
	struct feel_value value = feel_unknown_of(&world->arena, slot);
	struct feel_unknown *copy;

	copy = arena_zeroed(&world->arena, 1, sizeof(*copy));
	if (!copy || value.type != FEEL_UNKNOWN)
		fuzz_fail("no memory for the slots");
	*copy = *value.u.unknown;
	value.u.unknown = copy;
	world->slots[slot].name = slot_names[slot];
	world->slots[slot].value = value;
	return copy;
}

static void bounded(struct world *world, unsigned slot, struct feel_value low,
	struct feel_value high)
{
	struct feel_unknown *made = unknown(world, slot);

	made->shape = FEEL_INTERVAL;
	made->interval = (struct feel_range){ .low = low,
		.high = high,
		.low_closed = true,
		.high_closed = true };
}

static void chosen(struct world *world, unsigned slot,
	const struct feel_value *choices, size_t count)
{
	struct feel_unknown *made = unknown(world, slot);

	made->shape = FEEL_CHOICE;
	made->choices = choices;
	made->choice_count = count;
}

static struct feel_value whole(int value)
{
	return feel_number(num_from_int(value));
}

#define FIRST_DAY 20454 /* 2026-01-01 */
#define LAST_DAY  20818 /* 2026-12-31 */

static void forget(struct world *world)
{
	struct feel_value *choices =
		arena_zeroed(&world->arena, 4, sizeof(*choices));

	if (!choices)
		fuzz_fail("no memory for the slots");
	choices[0] = feel_boolean(true);
	choices[1] = feel_boolean(false);
	choices[2] = feel_string("x", 1);
	choices[3] = feel_string("y", 1);
	bounded(world, WORLD_P, whole(0), whole(10));
	bounded(world, WORLD_Q, whole(1), whole(2));
	chosen(world, WORLD_B, choices, 2);
	chosen(world, WORLD_C, choices + 2, 2);
	bounded(world, WORLD_D, feel_date(FIRST_DAY), feel_date(LAST_DAY));
	bounded(world, WORLD_FEE, whole(-5), whole(5));
	unknown(world, WORLD_U);
}

static void init(struct world *world)
{
	shk_diag diag = { 0 };

	memset(world, 0, sizeof(*world));
	arena_init(&world->arena);
	world->host = (struct feel_host){ .context = world,
		.load = load,
		.mark = mark,
		.cut = cut,
		.step = step };
	if (feel_machine_new(&world->machine, &world->arena, &world->host,
		    &diag) != SHK_OK)
		fuzz_fail("no machine: %s", diag.message);
}

void world_begin(struct world *world)
{
	if (!world->machine)
		init(world);
	arena_clear(&world->arena);
	forget(world);
}

void world_fill(struct world *world, unsigned way)
{
	static const int tenths[] = { 0, 20, 30, 35, 100, 7 };
	static const int days[] = { 0, 58, 151, 364 };
	struct feel_value *slots[WORLD_SLOTS];
	unsigned status = 0;
	num p = num_divide(
		num_from_int(tenths[way % 6]), num_from_int(10), &status);

	for (int i = 0; i < WORLD_SLOTS; i++)
		slots[i] = &world->slots[i].value;
	*slots[WORLD_P] = feel_number(p);
	*slots[WORLD_Q] = way / 6 % 2 ? whole(2) : whole(1);
	*slots[WORLD_B] = feel_boolean(way / 12 % 2);
	*slots[WORLD_C] = feel_string(way / 3 % 2 ? "x" : "y", 1);
	*slots[WORLD_D] = feel_date(FIRST_DAY + days[way / 2 % 4]);
	*slots[WORLD_FEE] = whole((int)(way % 11) - 5);
	*slots[WORLD_U] = way % 3 == 0	 ? FEEL_NULL_VALUE
			  : way % 3 == 1 ? whole((int)way)
					 : feel_string("z", 1);
}

const char *world_text(struct world *world, const struct feel_value *value)
{
	struct buffer out;
	const char *text;

	buffer_init(&out);
	if (value->type == FEEL_UNKNOWN) {
		const struct feel_unknown *of = value->u.unknown;
		const struct feel_value range = { .type = FEEL_RANGE,
			.u.range = &of->interval };

		buffer_text(&out, "unknown");
		if (of->shape == FEEL_INTERVAL)
			feel_print(&range, &out);
		for (size_t i = 0;
			of->shape == FEEL_CHOICE && i < of->choice_count; i++) {
			buffer_text(&out, " | ");
			feel_print(&of->choices[i], &out);
		}
	} else {
		feel_print(value, &out);
	}
	text = arena_text(&world->arena, out.data ? out.data : "", out.size);
	buffer_release(&out);
	return text ? text : "";
}
