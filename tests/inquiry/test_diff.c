/*
 * What two revisions answer differently, on a small book with one kind of
 * change a decision: the regions by hand, brute force over whole domains, the
 * ceilings, and that a random search does find what no region holds.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "inquiry/diff_witness.h"
#include "price/pricing.h"

#define LAW_BOOK SOURCE_FOLDER "/tests/inquiry/books/law"

static struct pricing pricing;

static void open_book(void)
{
	pricing_open(&pricing, LAW_BOOK);
}

static void close_book(void)
{
	pricing_close(&pricing);
}

TestSuite(diff, .init = open_book, .fini = close_book);

static shk_diff *compared(const char *decision, size_t tries)
{
	const shk_diff_options options = { .before = "r1",
		.after = "r2",
		.decisions = &decision,
		.decision_count = 1,
		.tries = tries,
		.seed = 7 };
	shk_diff *diff = NULL;
	shk_diag diag = { 0 };

	cr_assert_eq(shk_diff_new(&diff, pricing.book, pricing.schema, &options,
			     &diag),
		SHK_OK, "%s: %s", decision, diag.message);
	return diff;
}

/* `moved every: flag = true and n < 3 (high -> low)`, a line a region. */
static void say(const struct shk_diff_decision *it, struct buffer *out)
{
	buffer_clear(out);
	buffer_text(out, "");
	for (size_t i = 0; i < it->region_count; i++) {
		const struct shk_diff_region *region = &it->regions[i];

		buffer_text(out, region->everywhere ? "every:" : "some:");
		for (size_t k = 0; k < region->condition_count; k++)
			buffer_format(out, "%s %s%s%s%s", k ? " and" : "",
				region->conditions[k].text,
				*region->conditions[k].revision ? " [" : "",
				region->conditions[k].revision,
				*region->conditions[k].revision ? "]" : "");
		if (region->witnessed)
			buffer_format(out, " (%s -> %s)\n",
				region->values[0].before,
				region->values[0].after);
		else
			buffer_text(out, " (none)\n");
	}
}

static const struct {
	const char *decision;
	enum shk_diff_kind kind;
	enum shk_diff_proof proof;
	const char *regions;
} rows[] = {
	{ "same", SHK_DIFF_SAME, SHK_DIFF_BY_TEXT, "" },
	{ "moved", SHK_DIFF_DIFFERENT, SHK_DIFF_BY_CELLS,
		"every: flag = true and 10 <= n < 12 (high -> low)\n" },
	{ "words", SHK_DIFF_DIFFERENT, SHK_DIFF_BY_CELLS,
		"every: word = \"b\" (2 -> 3)\n" },
	{ "shuffled", SHK_DIFF_SAME, SHK_DIFF_BY_CELLS, "" },
	/* a sum of 50 to below 60; that of 60 and not of 50 does not exist */
	{ "sums", SHK_DIFF_DIFFERENT, SHK_DIFF_BY_CELLS,
		"every: enough = false [r2] and enough = true [r1] (enough -> "
		"little)\n"
		"every: enough = true [r2] and enough = false [r1] (none)\n" },
	{ "compared", SHK_DIFF_DIFFERENT, SHK_DIFF_BY_CELLS,
		"some: not(n > m) and n < m (not -> less)\n" },
	/* 2020 and 2022 are both even: day by day */
	{ "even", SHK_DIFF_SAME, SHK_DIFF_BY_CELLS, "" },
	{ "applies", SHK_DIFF_DIFFERENT, SHK_DIFF_BY_CELLS,
		"every: flag = true and word = \"b\" (not_applicable "
		"(condition_false) -> 400)\n" },
	/* another formula, which is equal with the flag: not claimed */
	{ "paid", SHK_DIFF_DIFFERENT, SHK_DIFF_BY_CELLS,
		"some: paid_at_all = true (500 -> 600)\n" },
	{ "later", SHK_DIFF_ADDED, SHK_DIFF_BY_TEXT,
		"every: (not_applicable (no_rule_in_revision) -> on)\n" },
	/* a list of two has no third item: its rule has no value then */
	{ "third", SHK_DIFF_DIFFERENT, SHK_DIFF_UNPROVED,
		"every: third_large = false [r2] and third_large = true [r1] "
		"(large -> small)\n"
		"every: third_large = true [r2] and third_large = false [r1] "
		"(none)\n" },
	/* reads nothing at all */
	{ "bare", SHK_DIFF_DIFFERENT, SHK_DIFF_BY_CELLS, "every: (1 -> 2)\n" },
	{ "many", SHK_DIFF_SAME, SHK_DIFF_BY_CELLS, "" },
};

Test(diff, regions_are_those_by_hand)
{
	struct buffer out;

	buffer_init(&out);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		shk_diff *diff = compared(rows[i].decision, 200);
		const struct shk_diff_decision *it =
			shk_diff_summary(diff)->decisions;

		say(it, &out);
		cr_expect_str_eq(out.data, rows[i].regions, "%s: %s",
			rows[i].decision, out.data);
		cr_expect_eq(it->kind, rows[i].kind, "%s", rows[i].decision);
		cr_expect_eq(it->proof, rows[i].proof, "%s", rows[i].decision);
		cr_expect_geq(it->tried, 200u, "%s", rows[i].decision);
		cr_expect_eq(it->outside, 0u, "%s: %s", rows[i].decision,
			it->example);
		shk_diff_free(diff);
	}
	buffer_release(&out);
}

Test(diff, too_many_cells_are_no_proof)
{
	shk_diff *diff = compared("too_many", 0);
	const struct shk_diff_summary *summary = shk_diff_summary(diff);

	cr_expect_not(summary->proved);
	cr_expect_eq(summary->decisions->proof, SHK_DIFF_UNPROVED);
	cr_expect_eq(summary->decisions->cells, (size_t)SHK_DIFF_CELLS_MAX);
	cr_assert_eq(summary->decisions->doubt_count, 1u);
	cr_expect(strstr(summary->decisions->doubts[0], "too_many"));
	/* then random products are looked at without being asked for */
	cr_expect_gt(summary->decisions->tried, 1000u);
	shk_diff_free(diff);
}

Test(diff, a_limit_on_time_ends_it)
{
	const char *const decision = "too_many";
	const shk_diff_options options = { .before = "r1",
		.after = "r2",
		.decisions = &decision,
		.decision_count = 1,
		.milliseconds = 1 };
	shk_diff *diff = NULL;
	shk_diag diag = { 0 };

	cr_assert_eq(shk_diff_new(&diff, pricing.book, pricing.schema, &options,
			     &diag),
		SHK_E_LIMIT);
	cr_expect_null(diff);
	cr_expect_str_eq(diag.reason, "time");
}

static enum shk_code take(void *context, const shk_result *result)
{
	struct buffer *out = context;

	buffer_clear(out);
	if (result->status == SHK_DETERMINED)
		buffer_format(
			out, "%u", (unsigned)result->outputs[0].value.kind);
	buffer_format(out, "%u %s", (unsigned)result->status, result->reason);
	for (size_t i = 0; i < result->output_count; i++) {
		const struct price_value *value = &result->outputs[i].value;
		char number[NUM_TEXT_MAX] = "";

		if (value->kind == PRICE_NUMBER)
			num_format(value->u.number, number, sizeof(number));
		buffer_format(out, " %.*s%s", (int)value->text.size,
			value->text.size ? value->text.data : "", number);
	}
	return SHK_OK;
}

/* One decision over all its small domains. */
struct brute {
	shk_diff *diff;
	shk_pricer *pricers[2];
	struct buffer said[2];
	size_t differ, inside;
};

static void brute_open(struct brute *brute, const char *decision)
{
	static const char *const revisions[] = { "r1", "r2" };
	shk_diag diag = { 0 };

	*brute = (struct brute){ .diff = compared(decision, 0) };
	for (int side = 0; side < 2; side++) {
		shk_price_options options = { .revision = revisions[side],
			.decisions = &decision,
			.decision_count = 1 };

		buffer_init(&brute->said[side]);
		cr_assert_eq(shk_pricer_new(&brute->pricers[side], pricing.book,
				     pricing.schema, &options, &diag),
			SHK_OK);
	}
}

static void brute_close(struct brute *brute)
{
	for (int side = 0; side < 2; side++) {
		shk_pricer_free(brute->pricers[side]);
		buffer_release(&brute->said[side]);
	}
	shk_diff_free(brute->diff);
}

/* In a region that differs everywhere exactly when the answers differ. */
static void brute_try(struct brute *brute, const char *text)
{
	const struct shk_diff_decision *it =
		shk_diff_summary(brute->diff)->decisions;
	const shk_record *record = pricing_record(&pricing, text);
	bool inside = false, sure = false, differs;
	shk_diag diag = { 0 };

	for (int side = 0; side < 2; side++)
		cr_assert_eq(shk_pricer_price(brute->pricers[side], record,
				     take, &brute->said[side], &diag),
			SHK_OK);
	differs = strcmp(brute->said[0].data, brute->said[1].data) != 0;
	for (size_t i = 0; i < it->region_count; i++) {
		enum shk_diff_place place;

		cr_assert_eq(shk_diff_locate(brute->diff, record, NULL, 0, i,
				     &place, &diag),
			SHK_OK);
		cr_expect_neq(place, SHK_DIFF_MAYBE, "%s", text);
		inside = inside || place == SHK_DIFF_INSIDE;
		sure = sure ||
		       (place == SHK_DIFF_INSIDE && it->regions[i].everywhere);
	}
	cr_expect(!differs || inside, "%s: %s differs outside of all regions",
		it->name, text);
	cr_expect(differs || !sure, "%s: %s is inside and does not differ",
		it->name, text);
	brute->differ += differs;
	brute->inside += inside;
}

static void brute_all(struct brute *brute)
{
	static const char *const words[] = { "a", "b", "c" };
	char text[128];

	for (int n = 0; n < 15; n++)
		for (int m = 0; m < 15; m += 7)
			for (int flag = 0; flag < 2; flag++)
				for (int word = 0; word < 3; word++) {
					snprintf(text, sizeof(text),
						"n=%d;m=%d;flag=%s;word=%s;x=2",
						n, m, flag ? "true" : "false",
						words[word]);
					brute_try(brute, text);
				}
}

Test(diff, regions_agree_with_brute_force)
{
	static const struct {
		const char *decision;
		size_t differ; /* of 15 * 3 * 2 * 3 products */
	} wanted[] = { { "same", 0 }, { "shuffled", 0 },
		{ "moved", 2 * 3 * 3 }, /* n 10 and 11, with the flag */
		{ "words", 15 * 3 * 2 },
		{ "compared", (0 + 7 + 14) * 6 }, /* n below m */
		{ "applies", 15 * 3 }, { "paid", 14 * 3 * 3 } };

	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		struct brute brute;

		brute_open(&brute, wanted[i].decision);
		brute_all(&brute);
		cr_expect_eq(brute.differ, wanted[i].differ, "%s: %zu",
			wanted[i].decision, brute.differ);
		cr_expect_geq(brute.inside, brute.differ);
		brute_close(&brute);
	}
}

Test(diff, what_is_missing_may_lie_inside)
{
	static const struct {
		const char *decision, *record;
		enum shk_diff_place place;
	} wanted[] = { { "moved", "flag=true;n=11", SHK_DIFF_INSIDE },
		{ "moved", "flag=true", SHK_DIFF_MAYBE },
		{ "moved", "n=11", SHK_DIFF_MAYBE },
		{ "moved", "n=12", SHK_DIFF_OUTSIDE },
		{ "moved", "flag=false", SHK_DIFF_OUTSIDE },
		{ "moved", "lane=outside;flag=true;n=11", SHK_DIFF_OUTSIDE },
		{ "sums", "amounts=60", SHK_DIFF_OUTSIDE },
		{ "sums", "amounts=20|35", SHK_DIFF_INSIDE },
		{ "compared", "n=3", SHK_DIFF_MAYBE },
		{ "compared", "n=3;m=2", SHK_DIFF_OUTSIDE },
		{ "later", "", SHK_DIFF_INSIDE } };

	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		shk_diff *diff = compared(wanted[i].decision, 0);
		const shk_record *record =
			pricing_record(&pricing, wanted[i].record);
		enum shk_diff_place place;
		shk_diag diag = { 0 };

		cr_assert_eq(shk_diff_locate(
				     diff, record, NULL, 0, 0, &place, &diag),
			SHK_OK);
		cr_expect_eq(place, wanted[i].place, "%s: %s",
			wanted[i].decision, wanted[i].record);
		shk_diff_free(diff);
	}
}

static bool to_buffer(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return true;
}

/* The values in a product, as a file of records has them. */
static void product(const struct diff_sample *sample, struct buffer *out)
{
	shk_diag diag = { 0 };

	buffer_clear(out);
	cr_assert_eq(shk_record_json(
			     (const shk_record *)(const void *)&sample->record,
			     (shk_sink){ out, to_buffer }, &diag),
		SHK_OK);
}

/* Whether a value is the one before, as whoever reads the product sees it. */
static void expect_told_apart(struct diff_sample *sample)
{
	size_t same = 0, other = 0;
	struct buffer texts[2];

	buffer_init(&texts[0]);
	buffer_init(&texts[1]);
	for (int i = 0; i < 300; i++) {
		size_t which =
			diff_random(sample, (uint32_t)sample->field_count);
		struct diff_kept kept = diff_sample_keep(sample, which);
		const struct record_field *field =
			&sample->world->schema->fields[sample->places[which]];
		bool is, equal;

		product(sample, &texts[0]);
		cr_assert_eq(diff_sample_again(sample, which), SHK_OK);
		product(sample, &texts[1]);
		is = diff_sample_is(sample, which, &kept);
		equal = strcmp(texts[0].data, texts[1].data) == 0;
		/* items of lists are not looked at */
		if (field->type == RECORD_LIST && !is)
			continue;
		cr_expect_eq(is, equal, "%s %s", texts[0].data, texts[1].data);
		same += is;
		other += !is;
	}
	cr_expect_gt(same, 20u);
	cr_expect_gt(other, 20u);
	buffer_release(&texts[0]);
	buffer_release(&texts[1]);
}

/* The search finds what no region holds: here there is none. */
Test(diff, random_products_find_a_difference_outside)
{
	struct diff_world *world = memory_zeroed(1, sizeof(*world));
	struct diff_sample sample = { .world = world };
	struct diff_trial trial;
	struct diff_hunt hunt = {
		.world = world, .trial = &trial, .sample = &sample
	};
	const struct diff_regions none = { .count = 0 };
	struct shk_diff_decision out = { .example = "" };
	uint8_t reached[DIFF_PAIRS_MAX] = { 0 };
	shk_diag diag = { 0 };
	int at = rulebook_decision_find(pricing.book, "moved");

	cr_assert(world);
	world->book = pricing.book;
	world->schema = record_schema_of(pricing.schema);
	world->after = 1;
	arena_init(&world->arena);
	cr_assert_eq(diff_world_open(world, &diag), SHK_OK);
	cr_assert_eq(diff_sample_open(&sample, world, 3), SHK_OK);
	cr_assert_eq(diff_trial_open(
			     &trial, world, (size_t)at, sample.policy, false),
		SHK_OK);
	cr_assert_eq(
		diff_sample_fields(&sample, diff_trial_fields(&trial), reached),
		SHK_OK);
	expect_told_apart(&sample);
	buffer_init(&hunt.texts[0]);
	buffer_init(&hunt.texts[1]);
	cr_assert_eq(diff_outside(&hunt, &none, 3000, &out), SHK_OK);
	cr_expect_gt(out.outside, 0u);
	cr_expect_eq(out.outside, out.differ);
	cr_expect(strstr(out.example, "\"flag\":true"), "%s", out.example);
	buffer_release(&hunt.texts[0]);
	buffer_release(&hunt.texts[1]);
	diff_trial_close(&trial);
	diff_sample_close(&sample);
	diff_world_close(world);
	memory_free(world);
}

Test(diff, every_allocation_may_fail)
{
	const char *decision = "applies";
	const shk_diff_options options = { .before = "r1",
		.after = "r2",
		.decisions = &decision,
		.decision_count = 1 };
	int64_t before = memory_stats().in_use;
	uint64_t total;
	shk_diff *diff;
	shk_diag diag = { 0 };

	memory_stats_reset();
	cr_assert_eq(shk_diff_new(&diff, pricing.book, pricing.schema, &options,
			     &diag),
		SHK_OK);
	total = memory_stats().calls;
	shk_diff_free(diff);
	cr_assert_gt(total, 10u);
	/* the first ones one by one, then every seventh */
	for (uint64_t nth = 1; nth <= total; nth += nth < 60 ? 1 : 7) {
		memset(&diag, 0, sizeof(diag));
		memory_fail_at(nth, nth % 2 == 0);
		cr_expect_eq(shk_diff_new(&diff, pricing.book, pricing.schema,
				     &options, &diag),
			SHK_E_MEMORY, "allocation %u of %u", (unsigned)nth,
			(unsigned)total);
		memory_fail_at(0, false);
		cr_expect_null(diff);
		cr_expect_eq(memory_stats().in_use, before);
	}
}
