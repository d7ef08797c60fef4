/*
 * From a record, a day and a policy to the values of slots. What the record
 * does not say stays unknown, in the shape of its domain.
 */
#include <string.h>

#include "feel/note.h"
#include "price/pricer.h"

static bool scalar_value(enum record_type type, const struct record_value *from,
	struct feel_value *to)
{
	switch (type) {
	case RECORD_BOOL:
		*to = feel_boolean(from->u.boolean);
		return true;
	case RECORD_INT:
	case RECORD_DEC:
	case RECORD_YEN:
	case RECORD_PERCENT:
		*to = feel_number(from->u.number);
		return true;
	case RECORD_DATE:
		*to = feel_date(from->u.days);
		return true;
	case RECORD_ENUM:
	case RECORD_MAKER:
	case RECORD_TEXT:
		*to = feel_string(from->u.text, from->size);
		return true;
	default:
		return false;
	}
}

/* Where lists are put together; `notes` may be NULL. */
struct listing {
	struct arena *arena;
	struct feel_notes *notes;
	unsigned slot; /* that stands for the next number in a list */
};

/* A number in a list is a fact of its own: see facts_list_slot. */
static void part_value(struct listing *listing, enum record_type type,
	const struct record_value *from, struct feel_value *to)
{
	scalar_value(type, from, to);
	if (!listing->notes || to->type != FEEL_NUMBER)
		return;
	if (listing->slot == FEEL_SLOTS_MAX)
		listing->notes->full = true;
	else
		feel_note_fact(listing->notes, listing->slot++, to);
}

/* One item of a list of records: a context of its parts, absent ones null. */
static bool item_value(struct listing *listing,
	const struct record_field *field, const struct record_value *parts,
	struct feel_value *to)
{
	struct feel_entry *entries = arena_zeroed(
		listing->arena, field->part_count, sizeof(*entries));

	if (!entries)
		return false;
	for (size_t i = 0; i < field->part_count; i++) {
		entries[i].name = text_of(field->parts[i].name);
		if (parts[i].state == RECORD_KNOWN)
			part_value(listing, field->parts[i].type, &parts[i],
				&entries[i].value);
	}
	*to = (struct feel_value){ .type = FEEL_CONTEXT,
		.size = (uint32_t)field->part_count,
		.u = { .entries = entries } };
	return true;
}

static bool list_value(struct listing *listing,
	const struct record_field *field, const struct record_value *from,
	struct feel_value *to)
{
	struct feel_value *items =
		arena_zeroed(listing->arena, from->size + 1, sizeof(*items));

	if (!items)
		return false;
	for (size_t i = 0; i < from->size; i++) {
		const struct record_value *parts =
			&from->u.parts[i * field->part_count];

		if (field->plain)
			part_value(listing, field->parts[0].type, parts,
				&items[i]);
		else if (!item_value(listing, field, parts, &items[i]))
			return false;
	}
	*to = (struct feel_value){
		.type = FEEL_LIST, .size = from->size, .u = { .items = items }
	};
	return true;
}

static bool field_value(struct listing *listing,
	const struct record_field *field, const struct record_value *from,
	struct feel_value *to)
{
	*to = FEEL_NULL_VALUE;
	if (field->type == RECORD_LIST) {
		struct record_value empty = { .size = 0 };

		return list_value(listing, field,
			from->state == RECORD_NONE ? &empty : from, to);
	}
	if (from->state == RECORD_KNOWN)
		scalar_value(field->type, from, to);
	return true;
}

bool fact_value(struct arena *arena, const struct record_field *field,
	const struct record_value *from, struct feel_value *to)
{
	struct listing listing = { .arena = arena };

	return field_value(&listing, field, from, to);
}

unsigned facts_list_slot(const struct job *job)
{
	return (unsigned)job->desk->revision->graph->slot_count;
}

static void give(struct desk *desk, uint32_t slot,
	const struct feel_value *value, uint32_t mark)
{
	desk->facts[slot].given = true;
	desk->facts[slot].open = value->type == FEEL_UNKNOWN;
	desk->facts[slot].value = *value;
	desk->facts[slot].mark = mark;
	dmn_give(desk->evaluator, slot, &desk->facts[slot].value, mark);
}

static enum shk_code fields_load(struct job *job)
{
	struct desk *desk = job->desk;
	const struct record_schema *schema = job->pricer->schema;
	struct listing listing = { dmn_arena(desk->evaluator), job->notes,
		facts_list_slot(job) };

	for (size_t i = 0; i < schema->field_count; i++) {
		const struct record_value *from = &job->record->values[i];
		struct feel_value value;

		if (desk->field_slots[i] == RULEBOOK_NONE ||
			from->state == RECORD_UNKNOWN)
			continue;
		if (!field_value(&listing, &schema->fields[i], from, &value))
			return diag_memory(job->diag);
		if (job->notes && value.type == FEEL_NUMBER)
			feel_note_fact(
				job->notes, desk->field_slots[i], &value);
		give(desk, desk->field_slots[i], &value, FEEL_NO_MARK);
	}
	return SHK_OK;
}

static void constant_load(struct job *job, uint32_t slot, uint32_t index)
{
	const struct rulebook_constant *constant =
		&job->pricer->book->constants[index];
	const struct rulebook_revision *revision = job->desk->revision;
	int at = rulebook_value_at(constant, job->day);

	if (at >= 0)
		give(job->desk, slot, &constant->values[at].value,
			revision->constant_marks[index] + (uint32_t)at);
}

static void parameter_load(struct job *job, uint32_t slot, uint32_t index)
{
	const struct rulebook_parameter *parameter =
		&job->pricer->book->parameters[index];
	const shk_policy *policy = job->pricer->policy;
	struct desk *desk = job->desk;
	struct feel_value unset;

	if (policy && policy->entries[index].given) {
		give(desk, slot, &policy->entries[index].value,
			desk->revision->slots[slot].mark);
	} else if (*parameter->unset) {
		unset = feel_string(parameter->unset, strlen(parameter->unset));
		give(desk, slot, &unset, FEEL_NO_MARK);
	} else {
		give(desk, slot, &desk->unknowns[slot], FEEL_NO_MARK);
	}
}

/* Whether the record gives one of the auxiliary's fields. */
static void presence_load(struct job *job, uint32_t slot, uint32_t index)
{
	struct feel_value value = feel_boolean(
		given_any(job->record, &job->pricer->presence[index]));

	if (job->pricer->book->auxiliaries[index].presence)
		give(job->desk, slot, &value, FEEL_NO_MARK);
}

enum shk_code facts_load(struct job *job)
{
	struct desk *desk = job->desk;
	size_t count = desk->revision->graph->slot_count;

	dmn_clear(desk->evaluator);
	for (uint32_t i = 0; i < count; i++) {
		const struct rulebook_slot *slot = &desk->revision->slots[i];

		desk->facts[i] = (struct price_fact){
			.open = slot->role == RULEBOOK_FACT ||
				slot->role == RULEBOOK_AUXILIARY,
			.value = desk->unknowns[i],
			.mark = FEEL_NO_MARK
		};
		if (slot->role == RULEBOOK_CONSTANT)
			constant_load(job, i, slot->index);
		else if (slot->role == RULEBOOK_PARAMETER)
			parameter_load(job, i, slot->index);
		else if (slot->role == RULEBOOK_AUXILIARY)
			presence_load(job, i, slot->index);
	}
	return fields_load(job);
}

/* Of a bound that is not known more than that, how far it may reach. */
static void outer_end(bool high, struct feel_value *bound)
{
	const struct feel_unknown *unknown = bound->u.unknown;

	if (bound->type == FEEL_UNKNOWN && unknown->shape == FEEL_INTERVAL)
		*bound = high ? unknown->interval.high : unknown->interval.low;
	if (bound->type != FEEL_NUMBER)
		*bound = FEEL_NULL_VALUE;
}

/* A bound of an auxiliary: its own number, or what a decision says. */
static enum shk_code bound_value(struct job *job, uint32_t of, bool present,
	num number, bool high, struct feel_value *bound)
{
	enum shk_code code;

	*bound = present ? feel_number(number) : FEEL_NULL_VALUE;
	if (of == RULEBOOK_NONE)
		return SHK_OK;
	code = dmn_evaluate(job->desk->evaluator, of, bound, NULL, job->diag);
	if (!code && job->notes && bound->type == FEEL_UNKNOWN)
		feel_note_pin(job->notes, bound);
	if (code)
		return code;
	if (bound->type == FEEL_UNKNOWN && job->varies) {
		job->loose = true;
		outer_end(high != job->inner, bound);
		job->empty =
			job->empty || (job->inner && bound->type == FEEL_NULL);
	}
	outer_end(high, bound);
	return SHK_OK;
}

/* The range is one number: its low end, or even less. */
static bool is_point(struct job *job, const struct feel_range *range)
{
	const struct feel_value sides[2] = { range->low, range->high };
	struct feel_value truth;

	if (!range->low_closed || !range->high_closed)
		return false;
	truth = feel_boolean(
		num_compare(range->low.u.number, range->high.u.number) >= 0);
	if (job->notes)
		feel_note_binary(job->notes, FEEL_GE, sides, &truth);
	return truth.u.boolean;
}

static enum shk_code auxiliary_open(struct job *job, uint32_t slot)
{
	struct desk *desk = job->desk;
	const struct rulebook_slot *role = &desk->revision->slots[slot];
	const struct rulebook_auxiliary *auxiliary =
		&job->pricer->book->auxiliaries[role->index];
	struct dmn_domain domain = { .type = FEEL_NUMBER, .bounded = true };
	struct feel_range *range = &domain.range;
	struct feel_value value;
	enum shk_code code;

	if (auxiliary->boolean)
		return SHK_OK;
	code = bound_value(job, role->low_of, auxiliary->has_low,
		auxiliary->low, false, &range->low);
	if (!code)
		code = bound_value(job, role->high_of, auxiliary->has_high,
			auxiliary->high, true, &range->high);
	if (code)
		return code;
	range->low_closed =
		range->low.type == FEEL_NUMBER && !auxiliary->low_open;
	range->high_closed =
		range->high.type == FEEL_NUMBER && !auxiliary->high_open;
	if (job->inner && range->low_closed && range->high_closed &&
		num_compare(range->low.u.number, range->high.u.number) > 0)
		job->empty = true;
	if (is_point(job, range)) {
		give(desk, slot, &range->low, FEEL_NO_MARK);
		return SHK_OK;
	}
	if (dmn_unknown(dmn_arena(desk->evaluator), slot, &domain, &value))
		return diag_memory(job->diag);
	give(desk, slot, &value, FEEL_NO_MARK);
	return SHK_OK;
}

/*
 * A decision that is open is asked for by its own name, unless it is open for
 * nothing but what varies. If it is open for that as well, it may be known for
 * some values of it.
 */
static bool asks_self(struct job *job, const struct feel_value *value)
{
	struct feel_set reasons = { { 0 } };

	feel_reasons(value, &reasons);
	if (!job->varies || !feel_set_has(&reasons, job->varied))
		return true;
	if (set_next(&reasons, 0) == job->varied &&
		set_next(&reasons, job->varied + 1) == BITS_END)
		return false;
	job->loose = true;
	job->empty = job->empty || job->inner;
	return true;
}

static enum shk_code derived_open(struct job *job, uint32_t slot)
{
	struct desk *desk = job->desk;
	struct feel_value value;
	enum shk_code code =
		dmn_evaluate(desk->evaluator, slot, &value, NULL, job->diag);

	if (!code && feel_is_open(&value) && asks_self(job, &value))
		give(desk, slot, &desk->unknowns[slot], FEEL_NO_MARK);
	return code;
}

enum shk_code facts_open(struct job *job, size_t at)
{
	struct desk *desk = job->desk;
	const struct rulebook_revision *revision = desk->revision;
	const struct feel_set *reached = &revision->bound[at].reached;
	enum shk_code code = SHK_OK;

	FOR_SLOTS(i, reached)
	{
		const struct rulebook_slot *slot = &revision->slots[i];

		if (code || desk->facts[i].given)
			continue;
		if (slot->role == RULEBOOK_AUXILIARY)
			code = auxiliary_open(job, i);
		else if (slot->given && slot->ask == RULEBOOK_ASK_SELF)
			code = derived_open(job, i);
	}
	dmn_forget(desk->evaluator);
	return code;
}

enum shk_code facts_check(struct job *job, size_t at, int *field)
{
	struct desk *desk = job->desk;
	const struct feel_set *reached = &desk->revision->bound[at].reached;

	*field = -1;
	for (size_t i = 0; i < job->pricer->schema->field_count; i++) {
		uint32_t slot = desk->field_slots[i];
		struct feel_value value;
		enum shk_code code;

		if (slot == RULEBOOK_NONE || !desk->facts[slot].given ||
			!desk->revision->slots[slot].pure ||
			!feel_set_has(reached, slot))
			continue;
		dmn_take(desk->evaluator, slot);
		code = dmn_evaluate(
			desk->evaluator, slot, &value, NULL, job->diag);
		dmn_give(desk->evaluator, slot, &desk->facts[slot].value,
			desk->facts[slot].mark);
		dmn_forget(desk->evaluator);
		if (code)
			return code;
		if (feel_is_open(&value) || value.type == FEEL_NULL)
			continue;
		if (job->notes)
			feel_note_same(
				job->notes, &value, &desk->facts[slot].value);
		if (feel_same(&value, &desk->facts[slot].value))
			continue;
		*field = (int)i;
		return SHK_OK;
	}
	return SHK_OK;
}
