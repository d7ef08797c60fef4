/*
 * The search for a product in a region: what the region says of facts and
 * parameters is taken as it is, the rest is climbed: one thing after the other
 * is drawn anew and kept when no fewer conditions hold. What is found is then
 * stripped of all that is not needed, so that a reader sees what matters.
 */
#include "inquiry/diff_witness.h"

#include <string.h>

#include "inquiry/diff_show.h"

#define WITNESS_STARTS 60  /* products to climb from */
#define WITNESS_STEPS  300 /* of one climb */
#define SMOOTH_ITEMS   8   /* of a list, that are tried without */
#define WITNESS_DRAWS  256 /* of one value inside a stretch */

/* How well the product shows the region; 0: not at all. */
enum { SHOWS_NOT, SHOWS_FIRST, SHOWS_ALL, SHOWS_WELL };

/* The place in the sample that gives a pair its value, or `count`. */
static size_t place_of(const struct diff_hunt *hunt, uint32_t pair)
{
	const struct diff_sample *sample = hunt->sample;
	const struct diff_world *world = hunt->world;
	struct text name = diff_slot(world, pair)->name;

	for (size_t i = 0; i < sample->count; i++) {
		size_t at = sample->places[i];

		if (i >= sample->field_count) {
			if (text_is(name, world->book->parameters[at].name))
				return i;
			continue;
		}
		for (int side = 0; side < 2; side++) {
			const struct shk_pricer *pricer =
				hunt->trial->pricers[side];
			size_t revision = side ? world->after : world->before;
			int slot = world->pairs[pair].slot[side];

			if (slot >= 0 &&
				pricer->desks[revision].field_slots[at] ==
					(uint32_t)slot)
				return i;
		}
	}
	return sample->count;
}

static size_t place_of_field(const struct diff_hunt *hunt, const char *name)
{
	const struct diff_sample *sample = hunt->sample;
	int field = record_field_find(hunt->world->schema, text_of(name));

	for (size_t i = 0; i < sample->field_count; i++)
		if (sample->places[i] == field)
			return i;
	return sample->count;
}

/* Whether fields are given: none of them, or at least one. */
static enum shk_code presence_fix(struct diff_hunt *hunt,
	const struct rulebook_auxiliary *auxiliary, bool given)
{
	struct diff_sample *sample = hunt->sample;
	bool any = false;
	size_t first = sample->count;
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < auxiliary->field_count; i++) {
		size_t place = place_of_field(hunt, auxiliary->fields[i]);

		if (place == sample->count)
			continue;
		if (!given) {
			diff_sample_drop(sample, place);
			hunt->locked[place] = true;
		}
		any = any || diff_sample_has(sample, place);
		if (first == sample->count)
			first = place;
	}
	for (int i = 0; given && !any && first < sample->count && i < 40; i++) {
		code = diff_sample_again(sample, first);
		any = diff_sample_has(sample, first);
	}
	return code;
}

/* A value of the condition, by drawing inside of a stretch. */
static enum shk_code value_fix(struct diff_hunt *hunt, size_t place,
	const struct diff_condition *condition)
{
	struct diff_sample *sample = hunt->sample;
	const struct diff_piece *piece = &condition->pieces[diff_random(
		sample, (uint32_t)condition->piece_count)];
	enum shk_code code = SHK_OK;

	hunt->locked[place] = true;
	if (!piece->stretch) {
		diff_sample_set(sample, place, &piece->value);
		return SHK_OK;
	}
	for (int i = 0; i < WITNESS_DRAWS && !code; i++) {
		struct diff_region one = { .count = 1,
			.conditions = condition };
		enum shk_diff_place where;
		size_t met;

		code = diff_sample_again(sample, place);
		if (!code)
			code = diff_trial_load(hunt->trial, &sample->record);
		if (!code)
			code = diff_trial_place(
				hunt->trial, &one, &where, &met);
		if (!code && where == SHK_DIFF_INSIDE)
			break;
	}
	return code;
}

static enum shk_code region_fix(
	struct diff_hunt *hunt, const struct diff_region *region)
{
	enum shk_code code = SHK_OK;

	memset(hunt->locked, 0, hunt->sample->count);
	for (size_t i = 0; i < region->count && !code; i++) {
		const struct diff_condition *it = &region->conditions[i];
		const struct rulebook_slot *role =
			diff_role(hunt->world, it->pair);
		size_t place = place_of(hunt, it->pair);

		if (it->kind != DIFF_IS || it->piece_count == 0)
			continue;
		if (role->role == RULEBOOK_AUXILIARY)
			code = presence_fix(hunt,
				&hunt->world->book->auxiliaries[role->index],
				it->pieces[0].value.u.boolean);
		else if (place < hunt->sample->count)
			code = value_fix(hunt, place, it);
	}
	return code;
}

/* What the conditions hang on; without any all that is filled. */
static void near_set(struct diff_hunt *hunt, const struct diff_region *region)
{
	struct diff_sample *sample = hunt->sample;
	uint8_t set[DIFF_PAIRS_MAX] = { 0 };

	hunt->near_count = 0;
	for (size_t i = 0; i < region->count; i++)
		diff_closure_add(hunt->world, region->conditions[i].pair, set);
	for (uint32_t i = 0; i < hunt->world->pair_count; i++) {
		size_t place = set[i] ? place_of(hunt, i) : sample->count;

		if (place < sample->count && !hunt->locked[place])
			hunt->near[hunt->near_count++] = place;
	}
}

/* Mostly something that a condition hangs on. */
static size_t near_draw(struct diff_hunt *hunt)
{
	if (hunt->near_count > 0 && diff_random(hunt->sample, 8) > 0)
		return hunt->near[diff_random(
			hunt->sample, (uint32_t)hunt->near_count)];
	return diff_random(hunt->sample, (uint32_t)hunt->sample->count);
}

static enum shk_code output_differs(struct diff_hunt *hunt,
	const shk_result *const results[2], const char *output, bool lead,
	bool *differs)
{
	*differs = false;
	for (int side = 0; side < 2; side++) {
		buffer_clear(&hunt->texts[side]);
		diff_show_output(
			&hunt->texts[side], results[side], output, lead);
		if (hunt->texts[side].failed)
			return diag_memory(hunt->world->diag);
	}
	*differs = hunt->texts[0].size != hunt->texts[1].size ||
		   memcmp(hunt->texts[0].data, hunt->texts[1].data,
			   hunt->texts[0].size) != 0;
	return SHK_OK;
}

static enum shk_code price_both(
	struct diff_hunt *hunt, const shk_result *results[2])
{
	enum shk_code code = SHK_OK;

	for (int side = 0; side < 2 && !code; side++)
		code = diff_trial_price(hunt->trial, side,
			&hunt->sample->record, &results[side]);
	return code;
}

static bool is_open(const shk_result *result)
{
	if (result->status == SHK_UNDETERMINED)
		return true;
	for (size_t i = 0; i < result->output_count; i++)
		if (result->outputs[i].status == SHK_UNDETERMINED)
			return true;
	return false;
}

static bool listed(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* Outputs differ that the region does not speak of. */
static enum shk_code shows_more(struct diff_hunt *hunt,
	const shk_result *const results[2], const struct shk_diff_region *out,
	bool *more)
{
	const struct rulebook_decision *decision =
		&hunt->world->book->decisions[hunt->trial->decision];
	enum shk_code code = SHK_OK;

	*more = false;
	for (size_t i = 0; i < decision->output_count && !code && !*more; i++) {
		const char *name = decision->outputs[i].name;

		if (!listed(out->outputs, out->output_count, name) &&
			!listed(hunt->beside->items, hunt->beside->count, name))
			code = output_differs(hunt, results, name, false, more);
	}
	return code;
}

static enum shk_code shows(
	struct diff_hunt *hunt, const struct shk_diff_region *out, int *how)
{
	const shk_result *results[2];
	size_t count = 0;
	bool first = false, more = false;
	enum shk_code code = price_both(hunt, results);

	*how = SHOWS_NOT;
	if (code || !results[0] || !results[1] ||
		results[0]->status == SHK_ERROR ||
		results[1]->status == SHK_ERROR)
		return code;
	for (size_t i = 0; i < out->output_count && !code; i++) {
		bool differs = false;

		code = output_differs(
			hunt, results, out->outputs[i], i == 0, &differs);
		count += differs;
		first = first || (differs && i == 0);
	}
	if (first)
		*how = SHOWS_FIRST;
	if (count == out->output_count)
		*how = SHOWS_ALL;
	if (code || *how != SHOWS_ALL || is_open(results[0]) ||
		is_open(results[1]) ||
		(results[0]->status != SHK_DETERMINED &&
			results[1]->status != SHK_DETERMINED))
		return code;
	code = shows_more(hunt, results, out, &more);
	*how = more ? SHOWS_ALL : SHOWS_WELL;
	return code;
}

/* Conditions met, and once all are, how well it shows. */
static enum shk_code score(struct diff_hunt *hunt,
	const struct diff_region *region, const struct shk_diff_region *out,
	size_t *points)
{
	enum shk_diff_place place;
	int how = SHOWS_NOT;
	size_t met;
	enum shk_code code =
		diff_trial_load(hunt->trial, &hunt->sample->record);

	if (!code)
		code = diff_trial_place(hunt->trial, region, &place, &met);
	if (!code && place == SHK_DIFF_INSIDE)
		code = shows(hunt, out, &how);
	*points = code ? 0 : met * (SHOWS_WELL + 1) + (size_t)how;
	return code;
}

static enum shk_code climb(struct diff_hunt *hunt,
	const struct diff_region *region, const struct shk_diff_region *out,
	size_t *points)
{
	struct diff_sample *sample = hunt->sample;
	size_t most = (region->count + 1) * (SHOWS_WELL + 1) - 1;
	enum shk_code code = score(hunt, region, out, points);

	if (sample->count == 0)
		return code;
	for (int i = 0; i < WITNESS_STEPS && !code && *points < most; i++) {
		size_t which[2], now;
		struct diff_kept kept[2];
		size_t count = 1 + diff_random(sample, 2);
		bool same = true;

		for (size_t k = 0; k < count && !code; k++) {
			which[k] = near_draw(hunt);
			kept[k] = diff_sample_keep(sample, which[k]);
			if (hunt->locked[which[k]])
				continue;
			code = diff_sample_again(sample, which[k]);
			same = same &&
			       diff_sample_is(sample, which[k], &kept[k]);
		}
		/* the same product shows the region as well as it did */
		now = *points;
		if (!code && !same)
			code = score(hunt, region, out, &now);
		if (!code && now >= *points) {
			*points = now;
			continue;
		}
		while (count > 0) {
			count--;
			diff_sample_restore(sample, which[count], &kept[count]);
		}
	}
	return code;
}

/* Leave out all that is not needed to show the same as well. */
static enum shk_code strip(struct diff_hunt *hunt,
	const struct diff_region *region, const struct shk_diff_region *out,
	size_t points)
{
	struct diff_sample *sample = hunt->sample;
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < sample->count && !code; i++) {
		struct diff_kept kept = diff_sample_keep(sample, i);
		size_t now;

		if (!diff_sample_has(sample, i))
			continue;
		diff_sample_drop(sample, i);
		code = score(hunt, region, out, &now);
		if (!code && now < points)
			diff_sample_restore(sample, i, &kept);
	}
	return code;
}

/* Keep a change if the product still shows the same as well. */
static enum shk_code try_change(struct diff_hunt *hunt,
	const struct diff_region *region, const struct shk_diff_region *out,
	size_t points, size_t which, const struct diff_kept *kept,
	bool *kept_it)
{
	size_t now;
	enum shk_code code = score(hunt, region, out, &now);

	*kept_it = !code && now >= points;
	if (!*kept_it)
		diff_sample_restore(hunt->sample, which, kept);
	return code;
}

/* One number as round as it can be; hundreds are tried first. */
static enum shk_code smooth_number(struct diff_hunt *hunt,
	const struct diff_region *region, const struct shk_diff_region *out,
	size_t points, size_t which, size_t part)
{
	static const uint8_t zeros[] = { 2, 3, 1, 0 };
	static const uint8_t digits[] = { 1, 5, 2, 6, 3, 4 };
	enum shk_code code = SHK_OK;
	bool done = false;

	for (size_t i = 0; i < sizeof(zeros) * sizeof(digits) && !done && !code;
		i++) {
		struct diff_kept kept = diff_sample_keep(hunt->sample, which);
		num number = num_from_int(digits[i % sizeof(digits)]);

		for (int z = zeros[i / sizeof(digits)]; z > 0; z--)
			number = num_multiply(number, num_from_int(10), NULL);
		if (diff_sample_number(hunt->sample, which, part, number))
			code = try_change(
				hunt, region, out, points, which, &kept, &done);
	}
	return code;
}

/* Shorter lists and rounder numbers, where they do as well. */
static enum shk_code smooth(struct diff_hunt *hunt,
	const struct diff_region *region, const struct shk_diff_region *out,
	size_t points)
{
	struct diff_sample *sample = hunt->sample;
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < sample->count && !code; i++) {
		size_t parts;
		bool done;

		for (size_t k = 0; k < SMOOTH_ITEMS && !code;) {
			struct diff_kept kept = diff_sample_keep(sample, i);

			if (!diff_sample_shrink(sample, i, k))
				break;
			code = try_change(
				hunt, region, out, points, i, &kept, &done);
			k += !done;
		}
		parts = diff_sample_parts(sample, i);
		for (size_t k = 0; k < parts && !code; k++)
			code = smooth_number(hunt, region, out, points, i, k);
	}
	return code;
}

static bool to_buffer(void *context, const char *data, size_t size)
{
	struct buffer *out = context;

	buffer_add(out, data, size);
	return !out->failed;
}

static const char *keep_text(struct diff_hunt *hunt, struct buffer *text)
{
	return text->failed ? NULL
			    : arena_text(&hunt->world->arena,
				      text->size ? text->data : "", text->size);
}

static enum shk_code facts_tell(struct diff_hunt *hunt, const char *id,
	const char **facts, const char **policy)
{
	struct diff_sample *sample = hunt->sample;
	struct diff_world *world = hunt->world;
	struct buffer *out = &hunt->texts[0];
	int field = record_field_find(world->schema, text_of("id"));
	enum shk_code code;

	sample->record.id = id;
	if (field >= 0)
		sample->record.values[field] =
			(struct record_value){ .state = RECORD_KNOWN,
				.size = (uint32_t)strlen(id),
				.u = { .text = id } };
	buffer_clear(out);
	code = shk_record_json(
		(const shk_record *)(const void *)&sample->record,
		(shk_sink){ .context = out, .write = to_buffer }, world->diag);
	if (code)
		return code;
	while (out->size > 0 && out->data[out->size - 1] == '\n')
		out->size--;
	*facts = keep_text(hunt, out);
	buffer_clear(out);
	policy_print(sample->policy, out);
	*policy = keep_text(hunt, out);
	return *facts && *policy ? SHK_OK : diag_memory(world->diag);
}

/* A file with this record can be read: what was drawn is valid. */
static enum shk_code reads_back(
	struct diff_hunt *hunt, const char *facts, bool *valid)
{
	const shk_schema *schema =
		(const shk_schema *)(const void *)hunt->world->schema;
	const shk_read_options options = { .keep_count = 0 };
	shk_records *records = NULL;
	shk_record *record = NULL;
	shk_diag why = { 0 };
	enum shk_code code =
		shk_records_open_texts(&records, schema, "", &options, &why);

	if (!code) {
		shk_records_give(records, facts, strlen(facts));
		code = shk_records_next(records, &record, &why);
	}
	*valid = code == SHK_OK;
	shk_records_close(records);
	if (code == SHK_E_MEMORY)
		return diag_memory(hunt->world->diag);
	return SHK_OK;
}

static const char *copy(struct diff_hunt *hunt, const char *text)
{
	return arena_text(&hunt->world->arena, text, strlen(text));
}

static enum shk_code cites_tell(struct diff_hunt *hunt,
	const struct price_step *from, struct shk_diff_step *to)
{
	struct shk_diff_citation *cites = arena_zeroed(
		&hunt->world->arena, from->citation_count + 1, sizeof(*cites));

	if (!cites)
		return diag_memory(hunt->world->diag);
	to->citation_count = from->citation_count;
	to->citations = cites;
	for (size_t i = 0; i < from->citation_count; i++) {
		const struct price_citation *it = &from->citations[i];

		/* these texts are the book's own */
		cites[i] = (struct shk_diff_citation){ .source = it->source,
			.place = it->place,
			.evidence = it->evidence,
			.title = it->title,
			.quote = it->quote };
	}
	return SHK_OK;
}

/* Rows that were hit; rules without a table, facts and constants only where
   the revisions differ in them. */
static bool is_told(const struct diff_hunt *hunt, const struct price_step *step,
	bool *differs)
{
	const struct diff_world *world = hunt->world;

	*differs = false;
	for (uint32_t i = 0; i < world->pair_count; i++)
		if (text_equal(diff_slot(world, i)->name, step->name))
			*differs = !world->pairs[i].own;
	return step->kind == PRICE_STEP_ROW ||
	       (*differs && (step->kind == PRICE_STEP_FACT ||
				    (step->kind == PRICE_STEP_DECISION &&
					    *step->formula)));
}

static enum shk_code steps_tell(struct diff_hunt *hunt,
	const shk_result *result, struct shk_diff_side *side)
{
	struct shk_diff_step *steps = arena_zeroed(
		&hunt->world->arena, result->step_count + 1, sizeof(*steps));
	enum shk_code code = SHK_OK;

	if (!steps)
		return diag_memory(hunt->world->diag);
	side->steps = steps;
	for (size_t i = 0; i < result->step_count && !code; i++) {
		const struct price_step *from = &result->steps[i];
		struct shk_diff_step *to = &steps[side->step_count];
		bool differs;

		if (!is_told(hunt, from, &differs))
			continue;
		buffer_clear(&hunt->texts[0]);
		diff_show_value(&hunt->texts[0], &from->value);
		to->name = arena_text(
			&hunt->world->arena, from->name.data, from->name.size);
		to->row = from->kind == PRICE_STEP_ROW ? from->row : 0;
		to->formula = from->kind == PRICE_STEP_ROW
				      ? ""
				      : copy(hunt, from->formula);
		to->value = keep_text(hunt, &hunt->texts[0]);
		to->differs = differs;
		if (!to->name || !to->formula || !to->value)
			return diag_memory(hunt->world->diag);
		code = cites_tell(hunt, from, to);
		side->step_count++;
	}
	side->status = diff_show_status(result->status);
	side->reason = copy(hunt, result->reason);
	return code || side->reason ? code : diag_memory(hunt->world->diag);
}

static enum shk_code values_tell(struct diff_hunt *hunt,
	const shk_result *const results[2], struct shk_diff_region *out)
{
	struct shk_diff_value *values = arena_zeroed(
		&hunt->world->arena, out->output_count + 1, sizeof(*values));
	enum shk_code code = SHK_OK;

	if (!values)
		return diag_memory(hunt->world->diag);
	out->values = values;
	for (size_t i = 0; i < out->output_count && !code; i++) {
		struct shk_diff_value *to = &values[out->value_count];
		bool differs = false;

		code = output_differs(
			hunt, results, out->outputs[i], i == 0, &differs);
		if (code || !differs)
			continue;
		to->output = out->outputs[i];
		to->before = keep_text(hunt, &hunt->texts[0]);
		to->after = keep_text(hunt, &hunt->texts[1]);
		if (!to->before || !to->after)
			code = diag_memory(hunt->world->diag);
		out->value_count++;
	}
	return code;
}

static enum shk_code tell(
	struct diff_hunt *hunt, const char *id, struct shk_diff_region *out)
{
	const shk_result *results[2];
	enum shk_code code = facts_tell(hunt, id, &out->facts, &out->policy);

	if (!code)
		code = reads_back(hunt, out->facts, &out->witnessed);
	if (!code && !out->witnessed)
		out->facts = out->policy = "";
	if (code || !out->witnessed)
		return code;
	code = price_both(hunt, results);
	if (!code)
		code = values_tell(hunt, results, out);
	for (int side = 0; side < 2 && !code; side++)
		code = steps_tell(hunt, results[side], &out->sides[side]);
	return code;
}

enum shk_code diff_witness(struct diff_hunt *hunt,
	const struct diff_region *region, const char *id,
	struct shk_diff_region *out)
{
	size_t need = region->count * (SHOWS_WELL + 1);
	size_t want[] = { need + SHOWS_WELL, need + SHOWS_ALL,
		need + SHOWS_FIRST };
	enum shk_code code = SHK_OK;

	out->facts = out->policy = "";
	for (int i = 0; i < 2; i++)
		out->sides[i].status = out->sides[i].reason = "";
	for (int start = 0; start < WITNESS_STARTS && !code; start++) {
		/* what shows it well first; later what shows it at all */
		size_t least = want[3 * start / WITNESS_STARTS];
		size_t points;

		code = diff_sample_next(hunt->sample);
		if (!code)
			code = region_fix(hunt, region);
		if (!code)
			near_set(hunt, region);
		if (!code)
			code = climb(hunt, region, out, &points);
		if (code || points < least)
			continue;
		code = strip(hunt, region, out, points);
		if (!code)
			code = smooth(hunt, region, out, points);
		if (!code)
			code = tell(hunt, id, out);
		if (out->witnessed)
			return code;
	}
	return code;
}

static enum shk_code outside_all(struct diff_hunt *hunt,
	const struct diff_regions *regions, bool *outside)
{
	enum shk_code code =
		diff_trial_load(hunt->trial, &hunt->sample->record);

	*outside = true;
	for (size_t i = 0; i < regions->count && !code && *outside; i++) {
		enum shk_diff_place place;
		size_t met;

		code = diff_trial_place(
			hunt->trial, &regions->items[i], &place, &met);
		*outside = place == SHK_DIFF_OUTSIDE;
	}
	return code;
}

enum shk_code diff_outside(struct diff_hunt *hunt,
	const struct diff_regions *regions, size_t tries,
	struct shk_diff_decision *out)
{
	const char *policy;
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < tries && !code; i++) {
		const shk_result *results[2];
		bool outside;

		code = diff_sample_next(hunt->sample);
		if (!code)
			code = price_both(hunt, results);
		if (code)
			break;
		out->tried++;
		for (int side = 0; side < 2; side++) {
			buffer_clear(&hunt->texts[side]);
			if (results[side])
				diff_show_answer(
					&hunt->texts[side], results[side]);
			else
				buffer_text(&hunt->texts[side], "refused");
			if (hunt->texts[side].failed)
				return diag_memory(hunt->world->diag);
		}
		out->refused += !results[0] || !results[1];
		if (hunt->texts[0].size == hunt->texts[1].size &&
			memcmp(hunt->texts[0].data, hunt->texts[1].data,
				hunt->texts[0].size) == 0)
			continue;
		out->differ++;
		code = outside_all(hunt, regions, &outside);
		if (code || !outside)
			continue;
		out->outside++;
		if (!*out->example)
			code = facts_tell(
				hunt, "outside", &out->example, &policy);
	}
	return code;
}

enum shk_code diff_assumed(struct diff_hunt *hunt, size_t tries,
	struct shk_diff_decision *out, const char **name)
{
	enum shk_code code = SHK_OK;

	*name = NULL;
	if (out->assumed_count == 0)
		return SHK_OK;
	for (size_t i = 0; i < tries && !code && !*name; i++) {
		code = diff_sample_next(hunt->sample);
		if (!code)
			code = diff_trial_load(
				hunt->trial, &hunt->sample->record);
		for (size_t k = 0; k < out->assumed_count && !code; k++) {
			bool null;

			code = diff_trial_null(hunt->trial,
				diff_pair_find(hunt->world, out->assumed[k]),
				&null);
			if (!code && null)
				*name = out->assumed[k];
		}
		out->assumed_tried += !code && !*name;
	}
	return code;
}
