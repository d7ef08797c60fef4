/*
 * Taking notes: forms and guards, each kept once. The notes only ever say too
 * little about other facts (a pin where a guard would do), never too much.
 */
#include "feel/note.h"

#include <string.h>

#define FORM_PLACES  (2 * (FEEL_FORMS_MAX + 1))
#define GUARD_PLACES (2 * FEEL_GUARDS_MAX)

void feel_notes_clear(struct feel_notes *notes)
{
	notes->full = false;
	notes->form_count = 0;
	notes->guard_count = 0;
	notes->pinned = (struct feel_set){ { 0 } };
	memset(notes->form_places, 0, sizeof(notes->form_places));
	memset(notes->guard_places, 0, sizeof(notes->guard_places));
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
	return hash ^ hash >> 29;
}

static bool same_form(const struct feel_form *a, const struct feel_form *b)
{
	return a->kind == b->kind && a->mode == b->mode && a->a == b->a &&
	       a->b == b->b && a->scale == b->scale && a->slot == b->slot &&
	       a->number.w[0] == b->number.w[0] &&
	       a->number.w[1] == b->number.w[1];
}

/* Number of the form, which is added unless it stands there; 0 when full. */
static uint16_t form_add(struct feel_notes *notes, const struct feel_form *form)
{
	uint64_t hash = mix(mix(form->kind, form->a), form->b);
	size_t place;

	hash = mix(mix(hash, form->slot), (uint64_t)form->scale ^ form->mode);
	hash = mix(mix(hash, form->number.w[0]), form->number.w[1]);
	for (place = hash % FORM_PLACES; notes->form_places[place];
		place = (place + 1) % FORM_PLACES)
		if (same_form(&notes->forms[notes->form_places[place]], form))
			return notes->form_places[place];
	if (notes->form_count == FEEL_FORMS_MAX) {
		notes->full = true;
		return 0;
	}
	notes->forms[++notes->form_count] = *form;
	notes->form_places[place] = (uint16_t)notes->form_count;
	return (uint16_t)notes->form_count;
}

static void guard_add(struct feel_notes *notes, struct feel_guard guard)
{
	uint64_t hash = mix(mix(guard.kind, guard.a), guard.b);
	size_t place;

	for (place = hash % GUARD_PLACES; notes->guard_places[place];
		place = (place + 1) % GUARD_PLACES) {
		const struct feel_guard *other =
			&notes->guards[notes->guard_places[place] - 1];

		if (other->kind == guard.kind && other->a == guard.a &&
			other->b == guard.b)
			return;
	}
	if (notes->guard_count == FEEL_GUARDS_MAX) {
		notes->full = true;
		return;
	}
	notes->guards[notes->guard_count++] = guard;
	notes->guard_places[place] = (uint16_t)notes->guard_count;
}

void feel_note_fact(
	struct feel_notes *notes, unsigned slot, struct feel_value *number)
{
	struct feel_form form = {
		.kind = FEEL_FORM_FACT, .slot = slot, .number = number->u.number
	};

	feel_set_add(&form.facts, slot);
	number->form = form_add(notes, &form);
}

static bool form_free(const struct feel_notes *notes, uint16_t form)
{
	const struct feel_set *facts = &notes->forms[form].facts;

	if (form == 0)
		return false;
	for (size_t i = 0; i < FEEL_SLOTS_MAX / 64; i++)
		if (facts->bits[i] & ~notes->pinned.bits[i])
			return true;
	return false;
}

bool feel_note_free(
	const struct feel_notes *notes, const struct feel_value *value)
{
	return value->type == FEEL_NUMBER && form_free(notes, value->form);
}

static void pin_form(struct feel_notes *notes, uint16_t form)
{
	if (!form_free(notes, form))
		return;
	for (size_t i = 1; i <= notes->form_count; i++) {
		const struct feel_form *fact = &notes->forms[i];

		if (fact->kind != FEEL_FORM_FACT ||
			!feel_set_has(&notes->forms[form].facts, fact->slot) ||
			feel_set_has(&notes->pinned, fact->slot))
			continue;
		feel_set_add(&notes->pinned, fact->slot);
		guard_add(notes, (struct feel_guard){ FEEL_GUARD_PIN, true,
					 (uint16_t)i, 0 });
	}
}

/* A shape may hold numbers that were made of facts. */
static void pin_unknown(
	struct feel_notes *notes, const struct feel_unknown *unknown)
{
	feel_note_pin(notes, &unknown->interval.low);
	feel_note_pin(notes, &unknown->interval.high);
	for (size_t i = 0; i < unknown->choice_count; i++)
		feel_note_pin(notes, &unknown->choices[i]);
}

void feel_note_pin(struct feel_notes *notes, const struct feel_value *value)
{
	switch ((enum feel_type)value->type) {
	case FEEL_NUMBER:
		pin_form(notes, value->form);
		break;
	case FEEL_LIST:
		for (uint32_t i = 0; i < value->size; i++)
			feel_note_pin(notes, &value->u.items[i]);
		break;
	case FEEL_CONTEXT:
		for (uint32_t i = 0; i < value->size; i++)
			feel_note_pin(notes, &value->u.entries[i].value);
		break;
	case FEEL_RANGE:
		feel_note_pin(notes, &value->u.range->low);
		feel_note_pin(notes, &value->u.range->high);
		break;
	case FEEL_UNKNOWN:
		pin_unknown(notes, value->u.unknown);
		break;
	default:
		break;
	}
}

/* The form of a number; one that has none is a constant. */
static uint16_t form_of(
	struct feel_notes *notes, const struct feel_value *number)
{
	struct feel_form form = { .kind = FEEL_FORM_NUMBER,
		.number = number->u.number };

	return form_free(notes, number->form) ? number->form
					      : form_add(notes, &form);
}

static void compare(struct feel_notes *notes, enum feel_op op,
	const struct feel_value sides[2], bool truth)
{
	bool turned = op == FEEL_GT || op == FEEL_GE;
	struct feel_guard guard = { .kind = op == FEEL_EQ || op == FEEL_NE
						    ? FEEL_GUARD_EQ
					    : op == FEEL_LT || op == FEEL_GT
						    ? FEEL_GUARD_LT
						    : FEEL_GUARD_LE,
		.truth = op == FEEL_NE ? !truth : truth,
		.a = form_of(notes, &sides[turned]),
		.b = form_of(notes, &sides[!turned]) };

	guard_add(notes, guard);
}

static void arithmetic(struct feel_notes *notes, enum feel_op op,
	const struct feel_value sides[2], struct feel_value *out)
{
	static const enum feel_form_kind kinds[] = { [FEEL_ADD] = FEEL_FORM_ADD,
		[FEEL_SUBTRACT] = FEEL_FORM_SUBTRACT,
		[FEEL_MULTIPLY] = FEEL_FORM_MULTIPLY,
		[FEEL_DIVIDE] = FEEL_FORM_DIVIDE,
		[FEEL_POWER] = FEEL_FORM_POWER };
	struct feel_form form = { .kind = kinds[op],
		.a = form_of(notes, &sides[0]),
		.b = form_of(notes, &sides[1]) };

	form.facts = notes->forms[form.a].facts;
	feel_set_join(&form.facts, &notes->forms[form.b].facts);
	out->form = form_add(notes, &form);
}

/* Nothing inside of it, and no error around it. */
static bool is_plain(const struct feel_value *value)
{
	return !value->inexact &&
	       (value->type == FEEL_NUMBER || value->type == FEEL_NULL ||
		       value->type == FEEL_BOOLEAN ||
		       value->type == FEEL_STRING);
}

size_t feel_note_listed(
	const struct feel_value *value, const struct feel_value **values)
{
	const struct feel_unknown *unknown = value->u.unknown;
	size_t count = 1;

	*values = value;
	if (value->type == FEEL_UNKNOWN) {
		/* what it is of a fact would be reckoned with numbers */
		if (unknown->shape != FEEL_CHOICE || unknown->slot >= 0)
			return 0;
		*values = unknown->choices;
		count = unknown->choice_count;
	}
	for (size_t i = 0; i < count; i++)
		if (!is_plain(&(*values)[i]))
			return 0;
	return count;
}

void feel_note_same(struct feel_notes *notes, const struct feel_value *a,
	const struct feel_value *b)
{
	const struct feel_value sides[2] = { *a, *b };
	struct feel_value truth;

	if (is_plain(a) && is_plain(b) &&
		(a->type != FEEL_NUMBER || b->type != FEEL_NUMBER))
		return; /* their types alone say no, or they are constants */
	truth = feel_boolean(feel_same(a, b));
	feel_note_binary(notes, FEEL_EQ, sides, &truth);
}

/*
 * What is done with a choice of values was done with each of them, and noted
 * there; here is nothing more to say.
 */
static bool follows_choices(
	const struct feel_value sides[2], const struct feel_value *out)
{
	const struct feel_value *values;

	if (sides[0].type != FEEL_UNKNOWN && sides[1].type != FEEL_UNKNOWN)
		return false;
	return feel_note_listed(&sides[0], &values) > 0 &&
	       feel_note_listed(&sides[1], &values) > 0 &&
	       feel_note_listed(out, &values) > 0;
}

/* One side is known and no number: what comes out hangs on types alone. */
static bool is_by_type(const struct feel_value sides[2])
{
	const struct feel_value *values;

	for (int i = 0; i < 2; i++)
		if (is_plain(&sides[i]) && sides[i].type != FEEL_NUMBER &&
			feel_note_listed(&sides[1 - i], &values) > 0)
			return true;
	return false;
}

void feel_note_binary(struct feel_notes *notes, enum feel_op op,
	const struct feel_value sides[2], struct feel_value *out)
{
	bool plain = sides[0].type == FEEL_NUMBER &&
		     sides[1].type == FEEL_NUMBER && !sides[0].inexact &&
		     !sides[1].inexact && !out->inexact;

	if (out->type == FEEL_NUMBER)
		out->form = 0;
	if (plain && !feel_note_free(notes, &sides[0]) &&
		!feel_note_free(notes, &sides[1]))
		return;
	if (plain && out->type == FEEL_BOOLEAN)
		compare(notes, op, sides, out->u.boolean);
	else if (plain && out->type == FEEL_NUMBER)
		arithmetic(notes, op, sides, out);
	else if (!is_by_type(sides) && !follows_choices(sides, out)) {
		feel_note_pin(notes, &sides[0]);
		feel_note_pin(notes, &sides[1]);
	}
}

void feel_note_negate(struct feel_notes *notes, const struct feel_value *a,
	struct feel_value *out)
{
	struct feel_form form = { .kind = FEEL_FORM_NEGATE };

	if (!feel_note_free(notes, a) || out->type != FEEL_NUMBER ||
		out->inexact) {
		feel_note_pin(notes, a);
		return;
	}
	form.a = form_of(notes, a);
	form.facts = notes->forms[form.a].facts;
	out->form = form_add(notes, &form);
}

void feel_note_round(struct feel_notes *notes, int scale,
	enum num_rounding mode, const struct feel_value *before,
	struct feel_value *after, struct feel_value *margin)
{
	struct feel_form form = { .kind = FEEL_FORM_ROUND,
		.mode = (uint8_t)mode,
		.scale = (int16_t)scale };

	if (!feel_note_free(notes, before))
		return;
	if (before->inexact || after->type != FEEL_NUMBER || after->inexact) {
		feel_note_pin(notes, before);
		return;
	}
	form.a = form_of(notes, before);
	form.facts = notes->forms[form.a].facts;
	after->form = form_add(notes, &form);
	form.kind = FEEL_FORM_MARGIN;
	if (margin)
		margin->form = form_add(notes, &form);
}
