/*
 * Random products. Values are valid as a file's are: inside their domains,
 * lists without a maker or a country twice and not past the ceiling of their
 * sum. The same seed gives the same products.
 */
#include <string.h>

#include "base/text.h"
#include "inquiry/diff_sample.h"

#define ITEMS_MAX 4 /* of a random list */

uint32_t diff_random(struct diff_sample *sample, uint32_t limit)
{
	sample->state ^= sample->state << 13;
	sample->state ^= sample->state >> 7;
	sample->state ^= sample->state << 17;
	return (uint32_t)(sample->state >> 33) % limit;
}

static bool chance(struct diff_sample *sample, uint32_t of_16)
{
	return diff_random(sample, 16) < of_16;
}

enum shk_code diff_sample_open(
	struct diff_sample *sample, struct diff_world *world, uint64_t seed)
{
	enum shk_code code;

	sample->world = world;
	sample->state = seed * 2 + 1;
	sample->known = 14;
	arena_init(&sample->arena);
	code = shk_policy_new(&sample->policy, world->book, world->diag);
	if (!code)
		code = record_init(&sample->record, world->schema,
			&world->arena, world->diag);
	return code;
}

enum shk_code diff_sample_fields(
	struct diff_sample *sample, const bool *fields, const uint8_t *reached)
{
	struct diff_world *world = sample->world;
	size_t all = world->schema->field_count;
	uint16_t *places = arena_zeroed(&world->arena,
		all + world->book->parameter_count + 1, sizeof(*places));

	sample->places = places;
	if (!places)
		return diag_memory(world->diag);
	for (size_t i = 0; i < all; i++)
		if (fields[i])
			places[sample->count++] = (uint16_t)i;
	sample->field_count = sample->count;
	for (size_t i = 0; i < world->book->parameter_count; i++) {
		uint32_t pair =
			diff_pair_find(world, world->book->parameters[i].name);

		if (pair != RULEBOOK_NONE && reached[pair])
			places[sample->count++] = (uint16_t)i;
	}
	return SHK_OK;
}

void diff_sample_close(struct diff_sample *sample)
{
	shk_policy_free(sample->policy);
	arena_release(&sample->arena);
}

/* A number of the kind that products have. */
static num any_number(struct diff_sample *sample)
{
	static const int32_t plain[] = { 0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18,
		20, 25, 30, 35, 40, 45, 50, 60, 65, 70, 75, 80, 90, 95, 99 };
	static const uint8_t zeros[] = { 0, 0, 0, 0, 1, 1, 2, 6 };
	num out;

	if (sample->world->turn_count > 0 && chance(sample, 8)) {
		out = sample->world->turns[diff_random(
			sample, (uint32_t)sample->world->turn_count)];
		return num_add(out,
			num_from_int((int64_t)diff_random(sample, 3) - 1),
			NULL);
	}
	out = num_from_int(
		plain[diff_random(sample, sizeof(plain) / sizeof(plain[0]))]);
	for (uint8_t i = zeros[diff_random(sample, sizeof(zeros))]; i > 0; i--)
		out = num_multiply(out, num_from_int(10), NULL);
	if (chance(sample, 2))
		out = num_divide(out, num_from_int(4), NULL);
	return out;
}

static bool inside(const struct record_field *field, num number)
{
	int low = field->has_low ? num_compare(number, field->low) : 1;
	int high = field->has_high ? num_compare(number, field->high) : -1;

	if (field->type == RECORD_INT && !num_is_integer(number))
		return false;
	return low >= (field->low_open ? 1 : 0) &&
	       high <= (field->high_open ? -1 : 0);
}

static bool make_number(struct diff_sample *sample,
	const struct record_field *field, struct record_value *out)
{
	for (int tries = 0; tries < 20; tries++) {
		out->u.number = any_number(sample);
		if (inside(field, out->u.number))
			return true;
	}
	return false;
}

static void set_text(struct record_value *out, const char *text)
{
	out->u.text = text;
	out->size = (uint32_t)strlen(text);
}

/* `nth`: items of a list differ in it. */
static bool make_scalar(struct diff_sample *sample,
	const struct record_field *field, size_t nth, struct record_value *out)
{
	static const char *const makers[] = { "A", "B", "C", "D" };
	const struct rulebook_revision *revisions =
		sample->world->book->revisions;

	memset(out, 0, sizeof(*out));
	out->state = RECORD_KNOWN;
	switch (field->type) {
	case RECORD_BOOL:
		out->u.boolean = chance(sample, 8);
		return true;
	case RECORD_DATE:
		out->u.days = revisions[sample->world->before].from - 700 +
			      (int32_t)diff_random(sample, 2500);
		return true;
	case RECORD_ENUM:
		if (field->word_count == 0)
			return false;
		set_text(out, field->words[(nth + diff_random(sample,
							  field->key ? 1 : 8)) %
					   field->word_count]);
		return true;
	case RECORD_MAKER:
		set_text(out, makers[nth % 4]);
		return true;
	case RECORD_TEXT:
		set_text(out, "T");
		return true;
	case RECORD_LIST:
		return false;
	default:
		return make_number(sample, field, out);
	}
}

/* Which of the parts of a group an item has: the same for all items. */
static const struct record_field *of_group(
	const struct record_field *list, const char *group, uint32_t choice)
{
	size_t count = 0;

	for (size_t i = 0; i < list->part_count; i++)
		count += list->parts[i].group &&
			 strcmp(list->parts[i].group, group) == 0;
	/* a group that is asked for has parts */
	/* NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
	choice %= (uint32_t)count;
	for (size_t i = 0; i < list->part_count; i++)
		if (list->parts[i].group &&
			strcmp(list->parts[i].group, group) == 0 &&
			choice-- == 0)
			return &list->parts[i];
	return NULL;
}

static bool make_item(struct diff_sample *sample,
	const struct record_field *list, size_t nth, uint32_t choice,
	struct record_value *parts)
{
	for (size_t i = 0; i < list->part_count; i++) {
		const struct record_field *part = &list->parts[i];

		memset(&parts[i], 0, sizeof(parts[i]));
		if (part->group && of_group(list, part->group, choice) != part)
			continue;
		/* a part that is joined to the one before it goes with it */
		if (part->after && i > 0 && parts[i - 1].state != RECORD_KNOWN)
			continue;
		if (list->alone && i > 0 &&
			strcmp(parts[0].u.text, list->alone) == 0)
			continue;
		if (part->optional && !part->after && chance(sample, 8))
			continue;
		if (!make_scalar(sample, part, nth, &parts[i]))
			return false;
	}
	return true;
}

/* The sum of the part that has a ceiling stays below it. */
static bool sum_fits(const struct record_field *list,
	const struct record_value *parts, size_t items)
{
	num sum = NUM_ZERO;

	if (!list->sum_part)
		return true;
	for (size_t i = 0; i < items; i++)
		for (size_t k = 0; k < list->part_count; k++)
			if (strcmp(list->parts[k].name, list->sum_part) == 0 &&
				parts[i * list->part_count + k].state ==
					RECORD_KNOWN)
				sum = num_add(sum,
					parts[i * list->part_count + k]
						.u.number,
					NULL);
	return num_compare(sum, list->sum_high) <= 0;
}

static bool make_list(struct diff_sample *sample,
	const struct record_field *field, struct record_value *out)
{
	size_t count = diff_random(sample, ITEMS_MAX + 1);
	/* mostly the first way to say an amount */
	uint32_t choice = chance(sample, 12) ? 0 : 1, from;
	struct record_value *parts = arena_zeroed(
		&sample->arena, count * field->part_count + 1, sizeof(*parts));
	size_t made = 0;

	memset(out, 0, sizeof(*out));
	if (!parts)
		return false;
	from = diff_random(sample, 4);
	while (made < count &&
		make_item(sample, field, made + from, choice,
			parts + made * field->part_count) &&
		sum_fits(field, parts, made + 1))
		made++;
	out->state = made > 0		   ? RECORD_KNOWN
		     : field->none_allowed ? RECORD_NONE
					   : RECORD_UNKNOWN;
	out->size = (uint32_t)made;
	out->u.parts = parts;
	return true;
}

static void make_field(struct diff_sample *sample, size_t at)
{
	const struct record_field *field = &sample->world->schema->fields[at];
	struct record_value *out = &sample->record.values[at];

	memset(out, 0, sizeof(*out));
	/* what stands in place of a rule would mostly contradict it */
	if (!chance(sample, field->derived ? sample->known / 4 : sample->known))
		return;
	if (field->type == RECORD_LIST) {
		make_list(sample, field, out);
		return;
	}
	if (field->none_allowed && chance(sample, 2))
		out->state = RECORD_NONE;
	else if (!make_scalar(sample, field, diff_random(sample, 64), out))
		memset(out, 0, sizeof(*out));
}

static bool fits(const struct dmn_domain *domain, num number)
{
	const struct feel_range *range = &domain->range;
	int low = 1, high = -1;

	if (range->low.type == FEEL_NUMBER)
		low = num_compare(number, range->low.u.number);
	if (range->high.type == FEEL_NUMBER)
		high = num_compare(number, range->high.u.number);
	return !domain->bounded ||
	       (low >= (range->low_closed ? 0 : 1) &&
		       high <= (range->high_closed ? 0 : -1));
}

static void make_parameter(struct diff_sample *sample, size_t at)
{
	const struct rulebook_parameter *parameter =
		&sample->world->book->parameters[at];
	struct policy_entry *entry = &sample->policy->entries[at];
	const char *word;

	entry->note = "";
	entry->given = chance(sample, sample->known);
	switch (parameter->type) {
	case RULEBOOK_BOOLEAN:
		entry->value = feel_boolean(chance(sample, 8));
		return;
	case RULEBOOK_WORD:
		word = parameter
			       ->words[diff_random(
				       sample, (uint32_t)parameter->word_count)]
			       .text;
		entry->value = feel_string(word, strlen(word));
		return;
	case RULEBOOK_NUMBER:
		for (int tries = 0; tries < 20; tries++) {
			entry->value = feel_number(any_number(sample));
			if (fits(&parameter->domain, entry->value.u.number))
				return;
		}
		entry->given = false;
		return;
	}
}

enum shk_code diff_sample_again(struct diff_sample *sample, size_t which)
{
	if (which < sample->field_count)
		make_field(sample, sample->places[which]);
	else
		make_parameter(sample, sample->places[which]);
	return SHK_OK;
}

enum shk_code diff_sample_next(struct diff_sample *sample)
{
	enum shk_code code = SHK_OK;

	arena_clear(&sample->arena);
	for (size_t i = 0; i < sample->count && !code; i++)
		code = diff_sample_again(sample, i);
	return code;
}

void diff_sample_drop(struct diff_sample *sample, size_t which)
{
	if (which < sample->field_count)
		memset(&sample->record.values[sample->places[which]], 0,
			sizeof(*sample->record.values));
	else
		sample->policy->entries[sample->places[which]].given = false;
}

bool diff_sample_has(const struct diff_sample *sample, size_t which)
{
	if (which < sample->field_count)
		return sample->record.values[sample->places[which]].state !=
		       RECORD_UNKNOWN;
	return sample->policy->entries[sample->places[which]].given;
}

static bool set_scalar(const struct record_field *field,
	const struct feel_value *value, struct record_value *out)
{
	memset(out, 0, sizeof(*out));
	out->state = RECORD_KNOWN;
	if (value->type == FEEL_NULL && field->none_allowed) {
		out->state = RECORD_NONE;
		return true;
	}
	if (value->type == FEEL_BOOLEAN && field->type == RECORD_BOOL) {
		out->u.boolean = value->u.boolean;
		return true;
	}
	if (value->type == FEEL_DATE && field->type == RECORD_DATE) {
		out->u.days = (int32_t)value->u.days;
		return true;
	}
	if (value->type == FEEL_NUMBER && field->type >= RECORD_INT &&
		field->type <= RECORD_PERCENT) {
		out->u.number = value->u.number;
		return inside(field, value->u.number);
	}
	for (size_t i = 0; value->type == FEEL_STRING && i < field->word_count;
		i++)
		if (text_is((struct text){ value->u.string, value->size },
			    field->words[i])) {
			set_text(out, field->words[i]);
			return true;
		}
	return false;
}

bool diff_sample_set(struct diff_sample *sample, size_t which,
	const struct feel_value *value)
{
	size_t at = sample->places[which];
	const struct rulebook_parameter *parameter;
	struct record_value made;

	if (which < sample->field_count) {
		if (!set_scalar(
			    &sample->world->schema->fields[at], value, &made))
			return false;
		sample->record.values[at] = made;
		return true;
	}
	parameter = &sample->world->book->parameters[at];
	sample->policy->entries[at].note = "";
	sample->policy->entries[at].given = true;
	/* the word that stands for "not given" */
	if (value->type == FEEL_STRING &&
		text_is((struct text){ value->u.string, value->size },
			parameter->unset)) {
		sample->policy->entries[at].given = false;
		for (size_t i = 0; i < parameter->word_count; i++)
			if (strcmp(parameter->words[i].text,
				    parameter->unset) == 0)
				sample->policy->entries[at].given = true;
	}
	sample->policy->entries[at].value = *value;
	return value->type != FEEL_NUMBER ||
	       fits(&parameter->domain, value->u.number);
}

struct diff_kept diff_sample_keep(
	const struct diff_sample *sample, size_t which)
{
	struct diff_kept kept = { .entry = { .given = false } };

	if (which < sample->field_count)
		kept.value = sample->record.values[sample->places[which]];
	else
		kept.entry = sample->policy->entries[sample->places[which]];
	return kept;
}

void diff_sample_restore(
	struct diff_sample *sample, size_t which, const struct diff_kept *kept)
{
	if (which < sample->field_count)
		sample->record.values[sample->places[which]] = kept->value;
	else
		sample->policy->entries[sample->places[which]] = kept->entry;
}

static bool value_is(const struct record_field *field,
	const struct record_value *a, const struct record_value *b)
{
	if (a->state != RECORD_KNOWN || b->state != RECORD_KNOWN)
		return a->state == b->state;
	switch (field->type) {
	case RECORD_BOOL:
		return a->u.boolean == b->u.boolean;
	case RECORD_DATE:
		return a->u.days == b->u.days;
	case RECORD_LIST:
		return false;
	case RECORD_ENUM:
	case RECORD_MAKER:
	case RECORD_TEXT:
		return strcmp(a->u.text, b->u.text) == 0;
	default:
		return num_compare(a->u.number, b->u.number) == 0;
	}
}

bool diff_sample_is(const struct diff_sample *sample, size_t which,
	const struct diff_kept *kept)
{
	size_t at = sample->places[which];
	const struct policy_entry *entry;

	if (which < sample->field_count)
		return value_is(&sample->world->schema->fields[at],
			&sample->record.values[at], &kept->value);
	entry = &sample->policy->entries[at];
	return entry->given == kept->entry.given &&
	       (!entry->given || feel_same(&entry->value, &kept->entry.value));
}

bool diff_sample_shrink(struct diff_sample *sample, size_t which, size_t item)
{
	const struct record_field *field;
	struct record_value *value, *parts;

	if (which >= sample->field_count)
		return false;
	field = &sample->world->schema->fields[sample->places[which]];
	value = &sample->record.values[sample->places[which]];
	if (field->type != RECORD_LIST || value->state != RECORD_KNOWN ||
		value->size < 2 || item >= value->size)
		return false;
	parts = arena_zeroed(&sample->arena,
		(size_t)value->size * field->part_count, sizeof(*parts));
	if (!parts)
		return false;
	for (size_t i = 0; i + 1 < value->size; i++)
		memcpy(parts + i * field->part_count,
			value->u.parts + (i + (i >= item)) * field->part_count,
			field->part_count * sizeof(*parts));
	value->size--;
	value->u.parts = parts;
	return true;
}

/* The numbers of a value: of a field, or of the items of a list. */
static bool number_set(const struct record_field *field,
	struct record_value *value, num number)
{
	if (field->type < RECORD_INT || field->type > RECORD_PERCENT ||
		value->state != RECORD_KNOWN || !inside(field, number))
		return false;
	value->u.number = number;
	return true;
}

bool diff_sample_number(
	struct diff_sample *sample, size_t which, size_t part, num number)
{
	const struct record_field *field;
	struct record_value *value, *parts;
	size_t count;

	if (which >= sample->field_count) {
		size_t at = sample->places[which];
		struct policy_entry *entry = &sample->policy->entries[at];

		if (part > 0 || !entry->given ||
			entry->value.type != FEEL_NUMBER ||
			!fits(&sample->world->book->parameters[at].domain,
				number))
			return false;
		entry->value = feel_number(number);
		return true;
	}
	field = &sample->world->schema->fields[sample->places[which]];
	value = &sample->record.values[sample->places[which]];
	if (field->type != RECORD_LIST)
		return part == 0 && number_set(field, value, number);
	count = (size_t)value->size * field->part_count;
	if (value->state != RECORD_KNOWN || part >= count)
		return false;
	parts = arena_zeroed(&sample->arena, count, sizeof(*parts));
	if (!parts)
		return false;
	memcpy(parts, value->u.parts, count * sizeof(*parts));
	if (!number_set(&field->parts[part % field->part_count], &parts[part],
		    number) ||
		!sum_fits(field, parts, value->size))
		return false;
	value->u.parts = parts;
	return true;
}

size_t diff_sample_parts(const struct diff_sample *sample, size_t which)
{
	const struct record_field *field;
	const struct record_value *value;

	if (which >= sample->field_count)
		return 1;
	field = &sample->world->schema->fields[sample->places[which]];
	value = &sample->record.values[sample->places[which]];
	return field->type == RECORD_LIST && value->state == RECORD_KNOWN
		       ? (size_t)value->size * field->part_count
		       : 1;
}
