/*
 * The facts of tests: values, completions, and how results are shown.
 */
#include "support/facts.h"

#include <criterion/criterion.h>
#include <string.h>

const char *const slot_names[] = { "u", "p", "q", "b", "c", NULL };

static int slot_of(const void *context, struct text name)
{
	(void)context;
	for (int i = 0; i < SLOTS; i++)
		if (text_is(name, slot_names[i]))
			return i;
	return -1;
}

static struct text name_of(const void *context, unsigned slot)
{
	(void)context;
	return text_of(slot_names[slot]);
}

const struct feel_globals slot_globals = { .slot = slot_of, .name = name_of };

static struct feel_value shaped(struct arena *arena, unsigned slot,
	enum feel_shape shape, const struct feel_value *choices, size_t count)
{
	struct feel_value value = feel_unknown_of(arena, slot);
	struct feel_unknown *unknown = arena_zeroed(arena, 1, sizeof(*unknown));
	struct feel_value *kept = arena_zeroed(arena, 2, sizeof(*kept));

	cr_assert(unknown && kept && value.type == FEEL_UNKNOWN);
	*unknown = *value.u.unknown;
	unknown->shape = shape;
	if (shape == FEEL_INTERVAL) {
		unknown->interval.low = choices[0];
		unknown->interval.high = choices[1];
		unknown->interval.low_closed = true;
		unknown->interval.high_closed = true;
	} else {
		memcpy(kept, choices, count * sizeof(*kept));
		unknown->choices = kept;
		unknown->choice_count = count;
	}
	value.u.unknown = unknown;
	return value;
}

/* p in [0..10], q in [1..2], b true or false, c "x" or "y". */
void facts_unknown(struct arena *arena, struct oracle_binding *bindings)
{
	const struct feel_value p[] = { feel_number(num_from_int(0)),
		feel_number(num_from_int(10)) };
	const struct feel_value q[] = { feel_number(num_from_int(1)),
		feel_number(num_from_int(2)) };
	const struct feel_value b[] = { feel_boolean(true),
		feel_boolean(false) };
	const struct feel_value c[] = { feel_string("x", 1),
		feel_string("y", 1) };
	int i;

	for (i = 0; i < SLOTS; i++)
		bindings[i].name = slot_names[i];
	bindings[SLOTS].name = NULL;
	bindings[SLOT_U].value = feel_unknown_of(arena, SLOT_U);
	bindings[SLOT_P].value = shaped(arena, SLOT_P, FEEL_INTERVAL, p, 2);
	bindings[SLOT_Q].value = shaped(arena, SLOT_Q, FEEL_INTERVAL, q, 2);
	bindings[SLOT_B].value = shaped(arena, SLOT_B, FEEL_CHOICE, b, 2);
	bindings[SLOT_C].value = shaped(arena, SLOT_C, FEEL_CHOICE, c, 2);
}

/* Names of the reasons of an unknown, behind its shape. */
static void show_unknown(const struct feel_unknown *unknown, struct buffer *out)
{
	size_t i;

	if (unknown->shape == FEEL_INTERVAL) {
		buffer_byte(out, unknown->interval.low_closed ? '[' : '(');
		feel_print(&unknown->interval.low, out);
		buffer_text(out, "..");
		feel_print(&unknown->interval.high, out);
		buffer_byte(out, unknown->interval.high_closed ? ']' : ')');
	} else if (unknown->shape == FEEL_CHOICE) {
		for (i = 0; i < unknown->choice_count; i++) {
			buffer_text(out, i > 0 ? "|" : "");
			feel_print(&unknown->choices[i], out);
		}
	} else {
		buffer_text(out, "any");
	}
	buffer_text(out, " by ");
	for (i = 0; i < SLOTS; i++)
		if (feel_set_has(&unknown->reasons, (unsigned)i))
			buffer_text(out, slot_names[i]);
}

void facts_show(const struct feel_value *value, struct buffer *out)
{
	uint32_t i;

	buffer_clear(out);
	buffer_text(out, "");
	if (value->type == FEEL_UNKNOWN) {
		show_unknown(value->u.unknown, out);
	} else if (value->type == FEEL_LIST && feel_is_open(value)) {
		struct buffer item;

		buffer_init(&item);
		for (i = 0; i < value->size; i++) {
			facts_show(&value->u.items[i], &item);
			buffer_text(out, i > 0 ? "; " : "");
			buffer_text(out, item.data);
		}
		buffer_release(&item);
	} else {
		feel_print(value, out);
	}
}

const struct feel_node *facts_parse(
	struct arena *arena, const char *source, bool tests)
{
	const struct feel_place place = { "t", 1, 1 };
	const struct feel_node *node = NULL;
	shk_diag diag = { 0 };
	enum shk_code code = (tests ? feel_parse_tests : feel_parse)(
		arena, text_of(source), place, NULL, &node, &diag);

	cr_assert_eq(code, SHK_OK, "%s: %s", source, diag.message);
	return node;
}

/* One way in which the missing facts may turn out. */
void facts_known(struct oracle_binding *bindings, unsigned way)
{
	static const char *const p_texts[] = { "0", "2", "3", "3.5", "10" };
	static const char *const q_texts[] = { "1", "1.5", "2" };
	struct feel_value number = { .type = FEEL_NUMBER };

	bindings[SLOT_U].value =
		way % 2 ? feel_number(num_from_int(4)) : feel_boolean(true);
	num_parse(p_texts[way % 5], strlen(p_texts[way % 5]), false,
		&number.u.number);
	bindings[SLOT_P].value = number;
	num_parse(q_texts[way / 5 % 3], strlen(q_texts[way / 5 % 3]), false,
		&number.u.number);
	bindings[SLOT_Q].value = number;
	bindings[SLOT_B].value = feel_boolean(way / 15 % 2);
	bindings[SLOT_C].value = feel_string(way / 30 % 2 ? "x" : "y", 1);
}

/* u stands for a fact of any type; only truths of it may be mapped. */
bool facts_mention_u(const char *source)
{
	return strchr(source, 'u') &&
	       (strstr(source, "u ") || strstr(source, "[u") ||
		       strstr(source, "(u") || strstr(source, "-u") ||
		       strstr(source, "u."));
}

void facts_expect_admits(const struct feel_value *wide,
	const struct feel_value *exact, const char *source, unsigned way)
{
	struct buffer left;
	struct buffer right;

	if (oracle_admits(wide, exact))
		return;
	buffer_init(&left);
	buffer_init(&right);
	facts_show(wide, &left);
	facts_show(exact, &right);
	cr_expect_fail("%s, way %u: %s does not admit %s", source, way,
		left.data, right.data);
	buffer_release(&left);
	buffer_release(&right);
}
