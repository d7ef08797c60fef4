/*
 * The comparison of two revisions, decision by decision: the same text is
 * equal without more; else each output is walked through the cells of the
 * decision space, regions of several outputs with the same conditions become
 * one, and each gets a product that shows it. What could not be proved is said
 * so and looked at with random products.
 */
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/memory.h"
#include "inquiry/diff_doubt.h"
#include "inquiry/diff_show.h"
#include "inquiry/diff_tell.h"
#include "inquiry/diff_witness.h"

#define PARTS_MAX   (RULEBOOK_LIST_MAX + 2) /* of one decision */
#define TRIES_NULL  256	 /* random products for rules taken to have a value */
#define TRIES_LEAST 2000 /* random products where there is no proof */

_Static_assert(PARTS_MAX >= RULEBOOK_LIST_MAX + 2,
	"every output, the caveats, what rules say that contradict");

struct shk_diff {
	struct diff_world world;
	struct shk_diff_summary summary;
	size_t *places; /* of the summary's decisions in the book */
	struct diff_regions *regions;
	char dates[4][DATE_TEXT];
	/* the trial of the last shk_diff_locate */
	struct diff_trial trial;
	bool trying;
	size_t tried;
	const shk_policy *policy;
};

/* One decision while it is compared. */
struct work {
	struct diff_world *world;
	const shk_diff_options *options;
	size_t at; /* in the book */
	const struct rulebook_decision *decision;
	const struct rulebook_bound *bounds[2];
	uint8_t reached[DIFF_PAIRS_MAX];
	size_t part_count;
	struct diff_part parts[PARTS_MAX];
	struct diff_regions *regions; /* each once */
	struct diff_list *outputs;    /* of each region */
	struct diff_doubts doubts;
	struct shk_diff_decision *out;
};

static uint32_t pair_of(const struct work *work, int side, uint32_t slot)
{
	return slot == RULEBOOK_NONE ? RULEBOOK_NONE
				     : work->world->desks[side].pairs[slot];
}

static enum shk_code part_slots(struct work *work, size_t output,
	const struct rulebook_bound_output *bound, struct diff_part *part)
{
	size_t holds = work->decision->outputs[output].hold_count;
	uint32_t *slots =
		arena_zeroed(&work->world->arena, holds + 1, sizeof(*slots));

	part->slots = slots;
	if (!slots)
		return diag_memory(work->world->diag);
	if (holds == 0)
		slots[part->slot_count++] = pair_of(work, 1, bound->slot);
	for (size_t i = 0; i < holds; i++)
		slots[part->slot_count++] = pair_of(work, 1, bound->holds[i]);
	return SHK_OK;
}

/* Caveats, or what each rule would give where they contradict each other. */
static enum shk_code part_beside(
	struct work *work, const char *name, uint32_t slot)
{
	struct diff_part *part = &work->parts[work->part_count];
	uint32_t *slots = arena_zeroed(&work->world->arena, 1, sizeof(*slots));

	if (slot == RULEBOOK_NONE)
		return SHK_OK;
	if (!slots)
		return diag_memory(work->world->diag);
	*slots = pair_of(work, 1, slot);
	work->part_count++;
	*part = (struct diff_part){ .name = name,
		.applicability =
			pair_of(work, 1, work->bounds[1]->applicability),
		.when = RULEBOOK_NONE,
		.slot_count = 1,
		.slots = slots,
		.caveats = strcmp(name, DIFF_CAVEATS) == 0 };
	part->conflict = !part->caveats;
	return SHK_OK;
}

static enum shk_code parts_make(struct work *work)
{
	const struct rulebook_bound *bound = work->bounds[1];
	uint32_t applies = pair_of(work, 1, bound->applicability);
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < work->decision->output_count && !code; i++) {
		struct diff_part *part = &work->parts[work->part_count++];

		part->name = work->decision->outputs[i].name;
		part->applicability = applies;
		part->when = pair_of(work, 1, bound->outputs[i].when);
		part->beside = i > 0 && work->decision->outputs[i].beside;
		code = part_slots(work, i, &bound->outputs[i], part);
	}
	if (!code)
		code = part_beside(work, DIFF_CAVEATS, bound->caveats);
	return code ? code
		    : part_beside(work, "alternatives", bound->alternatives);
}

static void reach(struct work *work, uint32_t pair)
{
	if (pair != RULEBOOK_NONE)
		diff_closure_add(work->world, pair, work->reached);
}

static void parts_reach(struct work *work)
{
	for (size_t i = 0; i < work->part_count; i++) {
		reach(work, work->parts[i].applicability);
		reach(work, work->parts[i].when);
		for (size_t k = 0; k < work->parts[i].slot_count; k++)
			reach(work, work->parts[i].slots[k]);
	}
}

static bool pair_same(const struct work *work, uint32_t pair)
{
	return pair == RULEBOOK_NONE || work->world->pairs[pair].same;
}

static bool part_same(const struct work *work, const struct diff_part *part)
{
	bool same = pair_same(work, part->applicability) &&
		    pair_same(work, part->when);

	for (size_t i = 0; i < part->slot_count; i++)
		same = same && pair_same(work, part->slots[i]);
	return same;
}

static enum shk_code doubt(
	struct work *work, enum diff_doubt doubt, struct text name)
{
	return diff_doubt_add(work->world, &work->doubts, doubt, name);
}

/* The region in which an output differs: a new one, or one more output. */
static enum shk_code region_keep(
	struct work *work, const struct diff_region *region, const char *output)
{
	struct diff_regions *all = work->regions;
	struct diff_world *world = work->world;

	for (size_t i = 0; i < all->count; i++)
		if (diff_region_same(&all->items[i], region)) {
			all->items[i].everywhere =
				all->items[i].everywhere || region->everywhere;
			return diff_list_add(world, &work->outputs[i], output);
		}
	if (all->count == all->capacity) {
		size_t more = all->capacity ? 2 * all->capacity : 16;
		struct diff_region *items =
			arena_zeroed(&world->arena, more, sizeof(*items));
		struct diff_list *outputs =
			arena_zeroed(&world->arena, more, sizeof(*outputs));

		if (!items || !outputs)
			return diag_memory(world->diag);
		if (all->count > 0) {
			memcpy(items, all->items, all->count * sizeof(*items));
			memcpy(outputs, work->outputs,
				all->count * sizeof(*outputs));
		}
		all->items = items;
		all->capacity = more;
		work->outputs = outputs;
	}
	all->items[all->count] = *region;
	return diff_list_add(world, &work->outputs[all->count++], output);
}

static enum shk_code part_walk(struct work *work, const struct diff_part *part)
{
	struct diff_regions found = { .count = 0 };
	enum shk_code code =
		diff_walk(work->world, part, &found, &work->out->cells);

	if (!code && work->world->overflow)
		code = doubt(work, DIFF_DOUBT_CELLS, text_of(part->name));
	for (size_t i = 0; i < found.count && !code; i++)
		code = region_keep(work, &found.items[i], part->name);
	return code;
}

/*
 * A fact that may be given in place of a rule is checked against it: a rule
 * that differs could refuse it on one side only.
 */
static enum shk_code check_given(struct work *work, uint32_t pair)
{
	const struct diff_world *world = work->world;
	enum diff_relation relation = DIFF_EQUAL;
	enum shk_code code = SHK_OK;
	bool pure = false;

	for (int side = 0; side < 2; side++) {
		int slot = world->pairs[pair].slot[side];

		if (slot < 0)
			continue;
		pure = pure ||
		       (world->desks[side].revision->slots[slot].pure &&
			       world->desks[side].revision->slots[slot].given);
	}
	if (!pure || world->pairs[pair].same)
		return SHK_OK;
	diff_cell_begin(work->world);
	code = diff_relate(work->world, pair, &relation);
	if (!code && relation != DIFF_EQUAL)
		code = doubt(
			work, DIFF_DOUBT_GIVEN, diff_slot(world, pair)->name);
	return code;
}

/* A fact that may be known to be absent is null to the rules that read it. */
static enum shk_code check_none(struct work *work, uint32_t pair)
{
	const struct diff_world *world = work->world;
	enum shk_code code = SHK_OK;

	for (int side = 0; side < 2; side++) {
		const struct diff_desk *desk = &world->desks[side];
		int slot = world->pairs[pair].slot[side];

		if (slot < 0 || world->pairs[pair].same)
			continue;
		FOR_SLOTS(i, &desk->revision->graph->slots[slot].needs)
		if (!code && world->pairs[desk->pairs[i]].none)
			code = doubt(work, DIFF_DOUBT_NONE,
				desk->revision->graph->slots[i].name);
	}
	return code;
}

static enum shk_code checks(struct work *work)
{
	const struct diff_world *world = work->world;
	enum shk_code code = SHK_OK;

	for (uint32_t i = 0; i < world->pair_count && !code; i++) {
		const struct rulebook_slot *role = diff_role(world, i);

		if (!work->reached[i])
			continue;
		code = check_given(work, i);
		if (!code)
			code = check_none(work, i);
		if (!code && role->role == RULEBOOK_CONSTANT &&
			!diff_is_steady(world, i))
			code = doubt(work, DIFF_DOUBT_DAYS,
				text_of(world->book->constants[role->index]
						.name));
	}
	return code ? code
		    : diff_doubt_tables(
			      work->world, work->reached, &work->doubts);
}

static void doubts_tell(struct work *work)
{
	work->out->doubt_count = work->doubts.ja.count;
	work->out->doubts = work->doubts.en.items;
	work->out->doubts_ja = work->doubts.ja.items;
}

static enum shk_code proof_set(struct work *work, bool walked)
{
	struct shk_diff_decision *out = work->out;
	enum shk_code code = walked ? checks(work) : SHK_OK;

	doubts_tell(work);
	out->proof = out->doubt_count > 0 ? SHK_DIFF_UNPROVED
		     : walked		  ? SHK_DIFF_BY_CELLS
					  : SHK_DIFF_BY_TEXT;
	return code;
}

static enum shk_code both_compare(struct work *work)
{
	bool walked = false;
	enum shk_code code = parts_make(work);

	parts_reach(work);
	if (!code)
		code = diff_tell_rules(work->world, work->reached, work->out);
	for (size_t i = 0; i < work->part_count && !code; i++) {
		if (part_same(work, &work->parts[i]))
			continue;
		walked = true;
		code = part_walk(work, &work->parts[i]);
	}
	if (!code)
		code = diff_tell_assumed(work->world, work->reached, work->out);
	if (!code)
		code = proof_set(work, walked);
	work->out->kind =
		work->regions->count > 0 ? SHK_DIFF_DIFFERENT : SHK_DIFF_SAME;
	return code;
}

/* One revision alone has it: every product is answered otherwise. */
static enum shk_code one_compare(struct work *work, int side)
{
	const struct diff_region all = { .everywhere = true };
	const struct rulebook_bound *bound = work->bounds[side];
	enum shk_code code = SHK_OK;

	work->out->kind = side ? SHK_DIFF_ADDED : SHK_DIFF_REMOVED;
	for (size_t i = 0; i < work->decision->output_count && !code; i++) {
		reach(work, pair_of(work, side, bound->outputs[i].slot));
		reach(work, pair_of(work, side, bound->outputs[i].when));
		code = region_keep(work, &all, work->decision->outputs[i].name);
	}
	reach(work, pair_of(work, side, bound->applicability));
	if (!code)
		code = diff_tell_rules(work->world, work->reached, work->out);
	return code ? code : proof_set(work, false);
}

static bool leads(const struct work *work, size_t region)
{
	for (size_t i = 0; i < work->outputs[region].count; i++)
		if (strcmp(work->outputs[region].items[i],
			    work->decision->outputs[0].name) == 0)
			return true;
	return false;
}

static const char *witness_id(const struct work *work, size_t region)
{
	struct buffer text;
	const char *kept;

	buffer_init(&text);
	buffer_format(&text, "%s-%zu", work->decision->name, region + 1);
	kept = text.failed
		       ? NULL
		       : arena_text(&work->world->arena, text.data, text.size);
	buffer_release(&text);
	return kept;
}

/* All that `around` wants holds in `region`. */
static bool lies_in(
	const struct diff_region *region, const struct diff_region *around)
{
	for (size_t i = 0; i < around->count; i++) {
		bool found = false;

		for (size_t k = 0; k < region->count && !found; k++)
			found = strcmp(around->conditions[i].text,
					region->conditions[k].text) == 0;
		if (!found)
			return false;
	}
	return true;
}

/* What differs in the region because it does in one around it. */
static enum shk_code beside(
	const struct work *work, size_t at, struct diff_list *out)
{
	const struct diff_regions *all = work->regions;
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < all->count && !code; i++) {
		if (i == at || !lies_in(&all->items[at], &all->items[i]))
			continue;
		for (size_t k = 0; k < work->outputs[i].count && !code; k++)
			code = diff_list_add(
				work->world, out, work->outputs[i].items[k]);
	}
	return code;
}

/* One region, with the product that shows it. */
static enum shk_code region_tell(struct work *work, struct diff_hunt *hunt,
	size_t at, struct shk_diff_region *out)
{
	const struct diff_region *region = &work->regions->items[at];
	const char *id = witness_id(work, at);
	struct diff_list outputs = { .count = 0 };
	enum shk_code code;

	if (!id)
		return diag_memory(work->world->diag);
	code = beside(work, at, &outputs);
	if (code)
		return code;
	code = diff_tell_region(work->world, region, &work->outputs[at], out);
	out->lead = leads(work, at);
	if (code)
		return code;
	hunt->beside = &outputs;
	code = diff_witness(hunt, region, id, out);
	hunt->beside = NULL;
	return code;
}

static enum shk_code regions_tell(struct work *work, struct diff_hunt *hunt)
{
	size_t count = work->regions->count;
	struct shk_diff_region *regions =
		arena_zeroed(&work->world->arena, count + 1, sizeof(*regions));
	enum shk_code code = SHK_OK;

	if (!regions)
		return diag_memory(work->world->diag);
	work->out->regions = regions;
	work->out->region_count = count;
	for (size_t i = 0; i < count && !code; i++)
		code = region_tell(work, hunt, i, &regions[i]);
	return code;
}

static size_t tries_of(const struct work *work)
{
	size_t tries = work->options->tries;

	return work->out->proof == SHK_DIFF_UNPROVED && tries < TRIES_LEAST
		       ? TRIES_LEAST
		       : tries;
}

/* A rule that was taken to have a value has none: then there is no proof. */
static enum shk_code assumed_try(struct work *work, struct diff_hunt *hunt)
{
	const char *name;
	enum shk_code code = diff_assumed(hunt, TRIES_NULL, work->out, &name);

	if (code || !name)
		return code;
	code = doubt(work, DIFF_DOUBT_VALUE, text_of(name));
	doubts_tell(work);
	work->out->proof = SHK_DIFF_UNPROVED;
	return code;
}

/* Witnesses, and random products beside the regions. */
static enum shk_code products(struct work *work)
{
	struct diff_world *world = work->world;
	struct diff_sample sample = { .world = world };
	struct diff_trial trial;
	struct diff_hunt hunt = {
		.world = world, .trial = &trial, .sample = &sample
	};
	size_t tries = tries_of(work);
	enum shk_code code;

	if (work->regions->count == 0 && tries == 0 &&
		work->out->assumed_count == 0)
		return SHK_OK;
	/* the sample makes the policy that the trial rests on */
	code = diff_sample_open(
		&sample, world, work->options->seed + work->at + 1);
	trial.pricers[0] = trial.pricers[1] = NULL;
	if (!code)
		code = diff_trial_open(
			&trial, world, work->at, sample.policy, true);
	if (!code)
		code = diff_sample_fields(
			&sample, diff_trial_fields(&trial), work->reached);
	hunt.locked = arena_zeroed(&world->arena, sample.count + 1, 1);
	hunt.near =
		arena_zeroed(&world->arena, DIFF_PAIRS_MAX, sizeof(*hunt.near));
	if (!code && (!hunt.locked || !hunt.near))
		code = diag_memory(world->diag);
	buffer_init(&hunt.texts[0]);
	buffer_init(&hunt.texts[1]);
	if (!code)
		code = regions_tell(work, &hunt);
	if (!code)
		code = assumed_try(work, &hunt);
	if (!code && tries > 0)
		code = diff_outside(&hunt, work->regions, tries, work->out);
	buffer_release(&hunt.texts[0]);
	buffer_release(&hunt.texts[1]);
	diff_trial_close(&trial);
	diff_sample_close(&sample);
	return code;
}

static enum shk_code compare(struct work *work)
{
	bool before = work->bounds[0]->present && !*work->decision->not_encoded;
	bool after = work->bounds[1]->present && !*work->decision->not_encoded;
	enum shk_code code;

	work->out->name = work->decision->name;
	work->out->label_ja = work->decision->label.ja;
	work->out->label_en = work->decision->label.en;
	work->out->example = "";
	work->out->kind = SHK_DIFF_NEITHER;
	if (before && after)
		code = both_compare(work);
	else if (before || after)
		code = one_compare(work, after ? 1 : 0);
	else
		return SHK_OK;
	return code ? code : products(work);
}

static enum shk_code decision_compare(shk_diff *diff,
	const shk_diff_options *options, size_t at, size_t index,
	struct shk_diff_decision *out)
{
	struct diff_world *world = &diff->world;
	struct work *work = memory_zeroed(1, sizeof(*work));
	enum shk_code code;

	if (!work)
		return diag_memory(world->diag);
	work->world = world;
	work->options = options;
	work->at = at;
	work->decision = &world->book->decisions[at];
	work->regions = &diff->regions[index];
	work->out = out;
	for (int side = 0; side < 2; side++)
		work->bounds[side] = &world->desks[side].revision->bound[at];
	world->turn_count = 0;
	code = compare(work);
	memory_free(work);
	return code;
}

static enum shk_code revision_find(
	const shk_rulebook *book, const char *name, size_t *at, shk_diag *diag)
{
	int found = name ? rulebook_revision_find(book, name) : -1;

	if (found < 0)
		return diag_set(diag, SHK_E_USAGE,
			"there is no revision \"%s\"", name ? name : "");
	*at = (size_t)found;
	return SHK_OK;
}

/* Which decisions, by their numbers in the book. */
static enum shk_code decisions_wanted(
	shk_diff *diff, const shk_diff_options *options, shk_diag *diag)
{
	const shk_rulebook *book = diff->world.book;
	size_t count = book->decision_count;

	diff->places = arena_zeroed(
		&diff->world.arena, count + 1, sizeof(*diff->places));
	if (!diff->places)
		return diag_memory(diag);
	for (size_t i = 0; i < options->decision_count; i++)
		if (rulebook_decision_find(book, options->decisions[i]) < 0) {
			const char *near = shk_rulebook_nearest_decision(
				book, options->decisions[i]);

			return diag_set(diag, SHK_E_USAGE,
				"there is no decision \"%s\"%s%s%s",
				options->decisions[i],
				near ? "; did you mean \"" : "",
				near ? near : "", near ? "\"?" : "");
		}
	for (size_t i = 0; i < count; i++) {
		bool wanted = options->decision_count == 0;

		for (size_t k = 0; k < options->decision_count; k++)
			wanted =
				wanted || strcmp(options->decisions[k],
						  book->decisions[i].name) == 0;
		if (wanted)
			diff->places[diff->summary.decision_count++] = i;
	}
	return SHK_OK;
}

static void days_set(shk_diff *diff)
{
	struct diff_world *world = &diff->world;
	int year, month, day;

	for (int side = 0; side < 2; side++)
		date_format(
			world->desks[side].revision->from, diff->dates[side]);
	date_civil(world->desks[0].revision->from, &year, &month, &day);
	world->first_day = date_days(year - DIFF_YEARS, month, 1);
	date_civil(world->desks[1].revision->from, &year, &month, &day);
	world->last_day = date_days(year + DIFF_YEARS, month, 1);
	date_format(world->first_day, diff->dates[2]);
	date_format(world->last_day, diff->dates[3]);
}

static enum shk_code diff_run(
	shk_diff *diff, const shk_diff_options *options, shk_diag *diag)
{
	struct shk_diff_summary *summary = &diff->summary;
	struct diff_world *world = &diff->world;
	struct shk_diff_decision *decisions = arena_zeroed(
		&world->arena, summary->decision_count + 1, sizeof(*decisions));
	enum shk_code code = SHK_OK;

	diff->regions = arena_zeroed(&world->arena, summary->decision_count + 1,
		sizeof(*diff->regions));
	if (!decisions || !diff->regions)
		return diag_memory(diag);
	summary->decisions = decisions;
	summary->proved = true;
	for (size_t i = 0; i < summary->decision_count && !code; i++) {
		code = decision_compare(
			diff, options, diff->places[i], i, &decisions[i]);
		summary->region_count += decisions[i].region_count;
		summary->proved = summary->proved &&
				  decisions[i].proof != SHK_DIFF_UNPROVED;
	}
	summary->before = world->desks[0].revision->id;
	summary->after = world->desks[1].revision->id;
	summary->days[0] = diff->dates[0];
	summary->days[1] = diff->dates[1];
	summary->rulebook = world->book->hash;
	summary->from = world->days_used ? diff->dates[2] : "";
	summary->to = world->days_used ? diff->dates[3] : "";
	return code;
}

enum shk_code shk_diff_new(shk_diff **out, const shk_rulebook *rulebook,
	const shk_schema *schema, const shk_diff_options *options,
	shk_diag *diag)
{
	shk_diff *diff = memory_zeroed(1, sizeof(*diff));
	struct diff_world *world;
	enum shk_code code;

	*out = NULL;
	if (!diff)
		return diag_memory(diag);
	world = &diff->world;
	arena_init(&world->arena);
	world->book = rulebook;
	world->schema = record_schema_of(schema);
	world->diag = diag;
	world->until = clock_ahead(options->milliseconds);
	code = revision_find(rulebook, options->before, &world->before, diag);
	if (!code)
		code = revision_find(
			rulebook, options->after, &world->after, diag);
	if (!code && world->before == world->after)
		code = diag_set(diag, SHK_E_USAGE,
			"revision %s is compared with itself", options->before);
	if (!code)
		code = decisions_wanted(diff, options, diag);
	if (!code)
		code = diff_world_open(world, diag);
	if (!code) {
		days_set(diff);
		code = diff_run(diff, options, diag);
		for (int side = 0; side < 2; side++)
			dmn_until(world->desks[side].evaluator, 0);
	}
	if (code)
		shk_diff_free(diff);
	else
		*out = diff;
	return code;
}

const struct shk_diff_summary *shk_diff_summary(const shk_diff *diff)
{
	return &diff->summary;
}

void shk_diff_free(shk_diff *diff)
{
	if (!diff)
		return;
	if (diff->trying)
		diff_trial_close(&diff->trial);
	diff_world_close(&diff->world);
	memory_free(diff);
}

/* The pricers of the decision, made anew when another one is asked. */
static enum shk_code trial_ready(
	shk_diff *diff, size_t decision, const shk_policy *policy)
{
	if (diff->trying && diff->tried == decision && diff->policy == policy)
		return SHK_OK;
	if (diff->trying)
		diff_trial_close(&diff->trial);
	diff->trying = true;
	diff->tried = decision;
	diff->policy = policy;
	return diff_trial_open(&diff->trial, &diff->world,
		diff->places[decision], policy, false);
}

enum shk_code shk_diff_locate(shk_diff *diff, const shk_record *record,
	const shk_policy *policy, size_t decision, size_t region,
	enum shk_diff_place *place, shk_diag *diag)
{
	size_t met;
	enum shk_code code;

	*place = SHK_DIFF_OUTSIDE;
	diff->world.diag = diag;
	if (decision >= diff->summary.decision_count ||
		region >= diff->regions[decision].count)
		return diag_set(diag, SHK_E_USAGE,
			"there is no region %zu of decision %zu", region,
			decision);
	code = trial_ready(diff, decision, policy);
	if (!code)
		code = diff_trial_load(&diff->trial, record_of_const(record));
	if (!code)
		code = diff_trial_place(&diff->trial,
			&diff->regions[decision].items[region], place, &met);
	return code;
}

const struct record_schema *diff_schema(const shk_diff *diff)
{
	return diff->world.schema;
}
