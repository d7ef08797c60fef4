/*
 * The kit of the machine's tests: a host with eight slots called a to h that
 * writes down what it is told.
 */
#include "feel/feel_run.h"

static const char slot_names[] = "abcdefgh";

static int slot_of(const void *context, struct text name)
{
	const char *at;

	(void)context;
	if (name.size != 1)
		return -1;
	at = memchr(slot_names, name.data[0], KIT_SLOTS);
	return at ? (int)(at - slot_names) : -1;
}

static struct text name_of(const void *context, unsigned slot)
{
	(void)context;
	return (struct text){ slot_names + slot, 1 };
}

static bool is_name(const void *context, struct text candidate)
{
	return slot_of(context, candidate) >= 0;
}

static bool is_prefix(const void *context, struct text candidate)
{
	(void)context;
	(void)candidate;
	return false;
}

static const struct feel_globals globals = { .slot = slot_of, .name = name_of };
static const struct feel_names names = { NULL, is_name, is_prefix };

static enum shk_code load(
	void *context, unsigned slot, struct feel_value *out, shk_diag *diag)
{
	struct kit *kit = context;

	if (slot >= KIT_SLOTS)
		return diag_set(diag, SHK_E_INTERNAL, "no slot %u", slot);
	kit->loads[slot]++;
	if (kit->programs[slot])
		return feel_run(
			kit->machine, kit->programs[slot], NULL, out, diag);
	*out = kit->slots[slot];
	return SHK_OK;
}

static void mark(void *context, uint32_t citation)
{
	struct kit *kit = context;

	buffer_format(&kit->marks, "%u ", (unsigned)citation);
}

static void cut(void *context, unsigned slot, const struct feel_value *at)
{
	struct kit *kit = context;

	buffer_format(&kit->cuts, "%c=", slot_names[slot]);
	feel_print(at, &kit->cuts);
	buffer_text(&kit->cuts, at->inexact ? "~ " : " ");
}

static void step(void *context, const struct feel_step *told)
{
	struct kit *kit = context;

	if (told->kind == FEEL_STEP_ROW) {
		buffer_format(&kit->steps, "row %u ", told->row);
		return;
	}
	buffer_add(&kit->steps, told->name.data, told->name.size);
	buffer_byte(&kit->steps, ' ');
	feel_print(&told->before, &kit->steps);
	buffer_byte(&kit->steps, ' ');
	feel_print(&told->scale, &kit->steps);
	buffer_byte(&kit->steps, ' ');
	feel_print(&told->after, &kit->steps);
	buffer_byte(&kit->steps, ' ');
}

const struct feel_globals *kit_globals(void)
{
	return &globals;
}

const struct feel_names *kit_names(void)
{
	return &names;
}

void kit_init(struct kit *kit)
{
	memset(kit, 0, sizeof(*kit));
	arena_init(&kit->arena);
	buffer_init(&kit->marks);
	buffer_init(&kit->cuts);
	buffer_init(&kit->steps);
	kit->host = (struct feel_host){ .context = kit,
		.load = load,
		.mark = mark,
		.cut = cut,
		.step = step };
	cr_assert(feel_machine_new(&kit->machine, &kit->arena, &kit->host,
			  &kit->diag) == SHK_OK);
}

void kit_release(struct kit *kit)
{
	feel_machine_free(kit->machine);
	buffer_release(&kit->marks);
	buffer_release(&kit->cuts);
	buffer_release(&kit->steps);
	arena_release(&kit->arena);
}

const struct feel_program *kit_compile_node(
	struct kit *kit, const struct feel_node *node)
{
	const struct feel_program *program = NULL;

	feel_compile(&kit->arena, node, &globals, "test", &program, &kit->diag);
	return program;
}

const struct feel_program *kit_compile(struct kit *kit, const char *source)
{
	const struct feel_node *node;
	const struct feel_place place = { "test", 1, 1 };

	diag_clear(&kit->diag);
	if (feel_parse(&kit->arena, text_of(source), place, &names, &node,
		    &kit->diag) != SHK_OK)
		return NULL;
	return kit_compile_node(kit, node);
}

const struct feel_program *kit_compile_tests(
	struct kit *kit, const char *source)
{
	const struct feel_node *node;
	const struct feel_place place = { "test", 1, 1 };

	diag_clear(&kit->diag);
	if (feel_parse_tests(&kit->arena, text_of(source), place, &names, &node,
		    &kit->diag) != SHK_OK)
		return NULL;
	return kit_compile_node(kit, node);
}

struct feel_value kit_value(struct kit *kit, const char *source)
{
	const struct feel_program *program = kit_compile(kit, source);
	struct feel_value value = FEEL_NULL_VALUE;

	buffer_clear(&kit->marks);
	buffer_clear(&kit->cuts);
	buffer_clear(&kit->steps);
	memset(kit->loads, 0, sizeof(kit->loads));
	if (program)
		feel_run(kit->machine, program, NULL, &value, &kit->diag);
	return value;
}

const char *kit_text(struct kit *kit, const struct feel_value *value)
{
	struct buffer buffer;
	const char *text;

	buffer_init(&buffer);
	feel_print(value, &buffer);
	text = arena_text(&kit->arena, buffer.data, buffer.size);
	buffer_release(&buffer);
	return text;
}

const char *kit_run(struct kit *kit, const char *source)
{
	struct feel_value value = kit_value(kit, source);
	struct buffer buffer;
	const char *text;

	if (kit->diag.code == SHK_OK)
		return kit_text(kit, &value);
	buffer_init(&buffer);
	buffer_format(&buffer, "! %s", kit->diag.message);
	text = arena_text(&kit->arena, buffer.data, buffer.size);
	buffer_release(&buffer);
	return text;
}

static void shape(const struct feel_unknown *unknown, struct buffer *out)
{
	const struct feel_value interval = { .type = FEEL_RANGE,
		.u.range = &unknown->interval };

	if (unknown->shape == FEEL_ANYTHING)
		buffer_byte(out, '?');
	if (unknown->shape == FEEL_INTERVAL)
		feel_print(&interval, out);
	if (unknown->shape == FEEL_CHOICE) {
		buffer_byte(out, '{');
		for (size_t i = 0; i < unknown->choice_count; i++) {
			if (i > 0)
				buffer_byte(out, '|');
			feel_print(&unknown->choices[i], out);
		}
		buffer_byte(out, '}');
	}
}

static void affine(const struct feel_unknown *unknown, struct buffer *out)
{
	const struct feel_value slope = feel_number(unknown->slope);
	const struct feel_value offset = feel_number(unknown->offset);

	if (unknown->slot < 0)
		return;
	buffer_text(out, " =");
	feel_print(&slope, out);
	buffer_format(out, "*%c+", slot_names[unknown->slot]);
	feel_print(&offset, out);
}

const char *kit_shape(struct kit *kit, const struct feel_value *value)
{
	struct buffer buffer;
	struct feel_set reasons = { { 0 } };
	const char *text;

	buffer_init(&buffer);
	if (value->type == FEEL_UNKNOWN)
		shape(value->u.unknown, &buffer);
	else
		feel_print(value, &buffer);
	feel_reasons(value, &reasons);
	if (!feel_set_empty(&reasons)) {
		buffer_text(&buffer, " <");
		for (unsigned i = 0; i < KIT_SLOTS; i++)
			if (feel_set_has(&reasons, i))
				buffer_byte(&buffer, slot_names[i]);
		buffer_byte(&buffer, '>');
	}
	if (value->type == FEEL_UNKNOWN)
		affine(value->u.unknown, &buffer);
	text = arena_text(&kit->arena, buffer.data, buffer.size);
	buffer_release(&buffer);
	return text;
}

void kit_unknown(struct kit *kit, unsigned slot)
{
	kit->slots[slot] = feel_unknown_of(&kit->arena, slot);
}

void kit_interval(
	struct kit *kit, unsigned slot, const char *range, bool known_slot)
{
	struct feel_set reasons = { { 0 } };
	struct feel_value value = kit_value(kit, range);
	struct feel_unknown *unknown;

	cr_assert(value.type == FEEL_RANGE, "%s", range);
	feel_set_add(&reasons, slot);
	unknown = feel_unknown_make(&kit->arena, &reasons);
	unknown->shape = FEEL_INTERVAL;
	unknown->interval = *value.u.range;
	if (known_slot) {
		unknown->slot = (int)slot;
		unknown->slope = NUM_ONE;
	}
	kit->slots[slot] = feel_unknown_value(unknown);
}

void kit_choice(struct kit *kit, unsigned slot, const char *list)
{
	struct feel_set reasons = { { 0 } };
	struct feel_value value = kit_value(kit, list);

	cr_assert(value.type == FEEL_LIST, "%s", list);
	feel_set_add(&reasons, slot);
	cr_assert(feel_choice_value(&kit->arena, value.u.items, value.size,
		&reasons, &kit->slots[slot]));
}

void kit_rows(void (*set_slots)(struct kit *kit), const char *const rows[][2],
	size_t count)
{
	struct kit kit;

	kit_init(&kit);
	set_slots(&kit);
	for (size_t i = 0; i < count; i++) {
		struct feel_value value = kit_value(&kit, rows[i][0]);
		const char *got = kit_shape(&kit, &value);

		cr_expect(kit.diag.code == SHK_OK, "%s: %s", rows[i][0],
			kit.diag.message);
		cr_expect_str_eq(got, rows[i][1], "%s\n  gives %s\n  not   %s",
			rows[i][0], got, rows[i][1]);
	}
	kit_release(&kit);
}
