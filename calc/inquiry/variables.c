/*
 * What may be varied: every fact and policy parameter that the decision can
 * read, with its domain: that of the rules narrowed by that of the record's
 * vocabulary. A known list is varied item by item, each of its numbers, words
 * and dates alone; a text that is free (a maker's name) is not varied.
 */
#include "inquiry/question.h"

#include <stdio.h>
#include <string.h>

static const struct feel_value truths[2] = { { .type = FEEL_BOOLEAN,
						     .u.boolean = false },
	{ .type = FEEL_BOOLEAN, .u.boolean = true } };

static bool is_number_type(enum record_type type)
{
	return type == RECORD_INT || type == RECORD_DEC || type == RECORD_YEN ||
	       type == RECORD_PERCENT;
}

/* The higher of two low bounds, the lower of two high ones. */
static void narrow(struct feel_range *range, const struct feel_range *by)
{
	int order;

	if (by->low.type != FEEL_NULL &&
		(range->low.type == FEEL_NULL ||
			(feel_order(&by->low, &range->low, &order) &&
				(order > 0 ||
					(order == 0 && !by->low_closed))))) {
		range->low = by->low;
		range->low_closed = by->low_closed;
	}
	if (by->high.type != FEEL_NULL &&
		(range->high.type == FEEL_NULL ||
			(feel_order(&by->high, &range->high, &order) &&
				(order < 0 ||
					(order == 0 && !by->high_closed))))) {
		range->high = by->high;
		range->high_closed = by->high_closed;
	}
}

static void record_range(
	const struct record_field *field, struct feel_range *range)
{
	*range = (struct feel_range){ .low = FEEL_NULL_VALUE,
		.high = FEEL_NULL_VALUE };
	if (field->has_low) {
		range->low = feel_number(field->low);
		range->low_closed = !field->low_open;
	}
	if (field->has_high) {
		range->high = feel_number(field->high);
		range->high_closed = !field->high_open;
	}
}

/* What the rules say of the slot. */
static void slot_range(
	const struct desk *desk, uint32_t slot, struct feel_range *range)
{
	const struct feel_value *unknown = &desk->unknowns[slot];

	if (unknown->type == FEEL_UNKNOWN &&
		unknown->u.unknown->shape == FEEL_INTERVAL)
		narrow(range, &unknown->u.unknown->interval);
}

/* Words, truths, and null where a thing may be known to be absent. */
static enum shk_code record_choices(struct question *question,
	const struct record_field *field, bool none, struct variable *variable)
{
	size_t words = field->type == RECORD_ENUM ? field->word_count : 0;
	size_t count = 0;
	struct feel_value *list =
		arena_zeroed(&question->arena, words + 3, sizeof(*list));

	if (!list)
		return diag_memory(question->job.diag);
	for (size_t i = 0; i < words; i++)
		list[count++] =
			feel_string(field->words[i], strlen(field->words[i]));
	for (size_t i = 0; field->type == RECORD_BOOL && i < 2; i++)
		list[count++] = truths[i];
	if (none)
		list[count++] = FEEL_NULL_VALUE;
	variable->choices = list;
	variable->choice_count = count;
	return SHK_OK;
}

static enum shk_code record_domain(struct question *question,
	const struct record_field *field, bool none, struct variable *variable)
{
	variable->date = field->type == RECORD_DATE;
	variable->number = variable->date || is_number_type(field->type);
	variable->whole = variable->date || field->type == RECORD_INT;
	record_range(field, &variable->range);
	return record_choices(question, field, none, variable);
}

struct listing {
	struct question *question;
	struct variable *items;
	size_t count;
};

static struct variable *add(struct listing *listing)
{
	if (listing->count == QUESTION_VARIABLES_MAX)
		return NULL;
	return &listing->items[listing->count++];
}

static enum shk_code too_many(const struct listing *listing)
{
	return diag_set(listing->question->job.diag, SHK_E_LIMIT,
		"more than %d facts and items of lists can be varied",
		QUESTION_VARIABLES_MAX);
}

/* `shares[2].share`; of a plain list `field_prices[2]`. */
static const char *part_name(struct question *question,
	const struct record_field *field, size_t item, size_t part)
{
	char text[256];
	int size = snprintf(text, sizeof(text), "%s[%zu]%s%s", field->name,
		item + 1, field->plain ? "" : ".",
		field->plain ? "" : field->parts[part].name);

	if (size < 0 || (size_t)size >= sizeof(text))
		return NULL;
	return arena_text(&question->arena, text, (size_t)size);
}

/* The other items leave room for so much only. */
static void sum_range(const struct record_field *field,
	const struct record_value *value, const struct variable *variable,
	struct feel_range *range)
{
	struct feel_range by = { .low = FEEL_NULL_VALUE };
	num rest = field->sum_high;

	if (!field->sum_part ||
		strcmp(field->sum_part, field->parts[variable->part].name) != 0)
		return;
	for (size_t i = 0; i < value->size; i++) {
		const struct record_value *part =
			&value->u.parts[i * field->part_count + variable->part];

		if (i != variable->item && part->state == RECORD_KNOWN)
			rest = num_subtract(rest, part->u.number, NULL);
	}
	by.high = feel_number(rest);
	by.high_closed = true;
	narrow(range, &by);
}

/* One known part of one item, if it is of a kind that can be varied. */
static enum shk_code add_part(struct listing *listing, int at,
	const struct feel_value *list, size_t item, size_t part)
{
	struct question *question = listing->question;
	const struct record_field *field =
		&question->pricer->schema->fields[at];
	const struct record_field *about = &field->parts[part];
	const struct record_value *value = &question->original->values[at];
	struct variable *variable;

	if (value->u.parts[item * field->part_count + part].state !=
			RECORD_KNOWN ||
		about->type == RECORD_TEXT || about->type == RECORD_MAKER)
		return SHK_OK;
	variable = add(listing);
	if (!variable)
		return too_many(listing);
	*variable = (struct variable){
		.name = part_name(question, field, item, part),
		.label_ja = about->label_ja,
		.label_en = about->label_en,
		.unit = about->unit,
		.slot = question->job.desk->field_slots[at],
		.field = at,
		.inside = true,
		.item = item,
		.part = part,
		.known = true,
		.now = list->u.items[item],
	};
	if (!variable->name)
		return diag_memory(question->job.diag);
	if (!field->plain)
		variable->now = list->u.items[item].u.entries[part].value;
	if (record_domain(question, about, false, variable))
		return SHK_E_MEMORY;
	sum_range(field, value, variable, &variable->range);
	return SHK_OK;
}

static enum shk_code add_items(struct listing *listing, int at)
{
	struct question *question = listing->question;
	const struct record_field *field =
		&question->pricer->schema->fields[at];
	const struct record_value *value = &question->original->values[at];
	struct feel_value list;
	enum shk_code code = SHK_OK;

	if (value->state != RECORD_KNOWN)
		return SHK_OK;
	if (!fact_value(&question->arena, field, value, &list))
		return diag_memory(question->job.diag);
	for (size_t i = 0; i < value->size && !code; i++)
		for (size_t k = 0; k < field->part_count && !code; k++)
			code = add_part(listing, at, &list, i, k);
	return code;
}

static enum shk_code add_field(struct listing *listing, int at, uint32_t slot)
{
	struct question *question = listing->question;
	const struct record_field *field =
		&question->pricer->schema->fields[at];
	const struct record_value *value = &question->original->values[at];
	struct variable *variable = add(listing);

	if (!variable)
		return too_many(listing);
	*variable = (struct variable){
		.name = field->name,
		.label_ja = field->label_ja,
		.label_en = field->label_en,
		.unit = field->unit,
		.slot = slot,
		.field = at,
		.known = value->state != RECORD_UNKNOWN,
	};
	if (variable->known &&
		!fact_value(&question->arena, field, value, &variable->now))
		return diag_memory(question->job.diag);
	if (record_domain(question, field, field->none_allowed, variable))
		return SHK_E_MEMORY;
	if (slot != RULEBOOK_NONE && variable->number)
		slot_range(question->job.desk, slot, &variable->range);
	return field->type == RECORD_LIST ? add_items(listing, at) : SHK_OK;
}

static enum shk_code add_parameter(struct listing *listing, uint32_t slot)
{
	struct question *question = listing->question;
	const struct desk *desk = question->job.desk;
	const struct rulebook_parameter *about =
		&question->pricer->book
			 ->parameters[desk->revision->slots[slot].index];
	const struct price_fact *fact = &desk->facts[slot];
	struct variable *variable = add(listing);

	if (!variable)
		return too_many(listing);
	*variable = (struct variable){
		.name = about->name,
		.label_ja = about->label.ja,
		.label_en = about->label.en,
		.unit = about->unit,
		.parameter = true,
		.slot = slot,
		.field = -1,
		.known = fact->mark != FEEL_NO_MARK,
		.now = fact->value,
		.number = about->type == RULEBOOK_NUMBER,
		.range = { .low = FEEL_NULL_VALUE, .high = FEEL_NULL_VALUE },
		.choices = about->domain.choices,
		.choice_count = about->domain.choice_count,
	};
	if (about->type == RULEBOOK_BOOLEAN) {
		variable->choices = truths;
		variable->choice_count = 2;
	}
	if (variable->number)
		slot_range(desk, slot, &variable->range);
	return SHK_OK;
}

/* A decision that the record may give: told where it is given, or where its
   own name is asked for. */
static bool may_give(const struct question *question, int field, uint32_t slot)
{
	const struct rulebook_slot *about =
		&question->job.desk->revision->slots[slot];

	if (about->role == RULEBOOK_FACT)
		return true;
	return question->original->values[field].state != RECORD_UNKNOWN ||
	       (about->ask == RULEBOOK_ASK_SELF &&
		       question->job.desk->facts[slot].open);
}

enum shk_code question_variables(
	struct question *question, struct variable **list, size_t *count)
{
	const struct shk_pricer *pricer = question->pricer;
	const struct desk *desk = question->job.desk;
	const struct rulebook_bound *bound =
		&desk->revision->bound[question->decision];
	struct listing listing = { .question = question,
		.items = arena_zeroed(&question->arena, QUESTION_VARIABLES_MAX,
			sizeof(struct variable)) };
	enum shk_code code = SHK_OK;

	if (!listing.items)
		return diag_memory(question->job.diag);
	for (size_t i = 0; i < pricer->schema->field_count && !code; i++) {
		uint32_t slot = desk->field_slots[i];

		if ((int)i == pricer->gate_field)
			code = add_field(&listing, (int)i, slot);
		else if (slot != RULEBOOK_NONE &&
			 feel_set_has(&bound->inputs, slot) &&
			 may_give(question, (int)i, slot))
			code = add_field(&listing, (int)i, slot);
	}
	FOR_SLOTS(i, &bound->reached)
	if (!code && desk->revision->slots[i].role == RULEBOOK_PARAMETER)
		code = add_parameter(&listing, i);
	*list = listing.items;
	*count = listing.count;
	return code;
}
