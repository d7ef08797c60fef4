/*
 * Properties of whole answers: outcomes and missing facts against every
 * completion on a grid, flips against their neighbours, and what the rules
 * promise for any number.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "price/pricing.h"
#include "price/vectors.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define RULES	    SOURCE_FOLDER "/rules"

#define FIELDS_MAX 4
#define GRID_MAX   16
#define FULL_MAX   512 /* completions of one domain */

/* Values of a field that lie on, before and after each turning point. */
struct axis {
	const char *field;
	const char *values[GRID_MAX]; /* ends with NULL */
};

struct domain {
	const char *book, *decision, *revision;
	struct axis axes[FIELDS_MAX];
	/* a decision named beside what it is worked out from, or NULL */
	const char *beside;
	const char *others; /* facts that stay, or NULL */
	const char *policy; /* or NULL */
};

struct grid {
	const struct domain *domain;
	struct pricing pricing;
	shk_pricer *pricer;
	size_t axes;
	size_t sizes[FIELDS_MAX];
	size_t total;
	char *full[FULL_MAX]; /* lead of each completion */
};

/* The record with these values; an index past the grid is unknown. */
static void record_text(
	const struct grid *grid, const size_t *at, struct buffer *out)
{
	buffer_clear(out);
	buffer_text(out, grid->domain->others ? grid->domain->others : "");
	for (size_t i = 0; i < grid->axes; i++)
		if (at[i] < grid->sizes[i])
			buffer_format(out, "%s%s=%s", out->size ? ";" : "",
				grid->domain->axes[i].field,
				grid->domain->axes[i].values[at[i]]);
}

static size_t index_of(const struct grid *grid, const size_t *at)
{
	size_t index = 0;

	for (size_t i = 0; i < grid->axes; i++)
		index = index * grid->sizes[i] + at[i];
	return index;
}

/* The next combination, each index up to its size plus `more`. */
static bool next(const struct grid *grid, size_t *at, size_t more)
{
	for (size_t i = grid->axes; i > 0; i--) {
		if (++at[i - 1] < grid->sizes[i - 1] + more)
			return true;
		at[i - 1] = 0;
	}
	return false;
}

static void grid_open(struct grid *grid, const struct domain *domain)
{
	size_t at[FIELDS_MAX] = { 0 };
	struct buffer text;

	*grid = (struct grid){ .domain = domain, .total = 1 };
	for (; grid->axes < FIELDS_MAX && domain->axes[grid->axes].field;
		grid->axes++) {
		size_t *size = &grid->sizes[grid->axes];

		while (domain->axes[grid->axes].values[*size])
			++*size;
		grid->total *= *size;
	}
	cr_assert_leq(grid->total, FULL_MAX);
	pricing_open(&grid->pricing, domain->book);
	grid->pricing.decision = domain->decision;
	grid->pricing.parts = "l";
	grid->pricing.options.revision = domain->revision;
	grid->pricing.options.flips = false;
	grid->pricer = pricing_pricer(
		&grid->pricing, domain->policy ? domain->policy : "");
	buffer_init(&text);
	do {
		record_text(grid, at, &text);
		grid->full[index_of(grid, at)] = strdup(
			pricing_again(&grid->pricing, grid->pricer, text.data));
	} while (next(grid, at, 0));
	buffer_release(&text);
}

static void grid_close(struct grid *grid)
{
	for (size_t i = 0; i < grid->total; i++)
		free(grid->full[i]);
	shk_pricer_free(grid->pricer);
	pricing_close(&grid->pricing);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Words separated by `mark`, sorted, each once, joined by `|`. */
static void sorted(const char *list, char mark, struct buffer *out)
{
	char copy[4096], *words[FULL_MAX], *at = copy;
	size_t count = 0;

	buffer_clear(out);
	buffer_text(out, "");
	cr_assert_lt(strlen(list), sizeof(copy));
	memcpy(copy, list, strlen(list) + 1);
	while (*at) {
		char *end = strchr(at, mark);

		words[count++] = *at == '!' ? at + 1 : at;
		if (!end)
			break;
		*end = '\0';
		at = end + 1;
	}
	qsort(words, count, sizeof(*words), by_text);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || strcmp(words[i], words[i - 1]) != 0)
			buffer_format(
				out, "%s%s", out->size ? "|" : "", words[i]);
}

/* The completion agrees with what is known in `at`. */
static bool completes(
	const struct grid *grid, const size_t *full, const size_t *at)
{
	for (size_t i = 0; i < grid->axes; i++)
		if (at[i] < grid->sizes[i] && at[i] != full[i])
			return false;
	return true;
}

/* Some completion of the others makes the unknown field matter. */
static bool matters(const struct grid *grid, const size_t *at, size_t field)
{
	size_t full[FIELDS_MAX] = { 0 };

	do {
		size_t first[FIELDS_MAX];

		memcpy(first, full, sizeof(first));
		first[field] = 0;
		if (completes(grid, full, at) &&
			strcmp(grid->full[index_of(grid, full)],
				grid->full[index_of(grid, first)]) != 0)
			return true;
	} while (next(grid, full, 0));
	return false;
}

static void expect_of(const struct grid *grid, const size_t *at,
	struct buffer *outcomes, struct buffer *missing)
{
	size_t full[FIELDS_MAX] = { 0 };
	struct buffer all, names;

	buffer_init(&all);
	buffer_init(&names);
	do {
		if (completes(grid, full, at))
			buffer_format(&all, "%s%s", all.size ? "|" : "",
				grid->full[index_of(grid, full)]);
	} while (next(grid, full, 0));
	sorted(all.data, '|', outcomes);
	for (size_t i = 0; i < grid->axes; i++)
		if (at[i] == grid->sizes[i] && matters(grid, at, i))
			buffer_format(&names, "%s%s", names.size ? "," : "",
				grid->domain->axes[i].field);
	if (grid->domain->beside && names.size &&
		strstr(names.data, grid->domain->axes[grid->axes - 1].field))
		buffer_format(&names, ",%s", grid->domain->beside);
	sorted(names.size ? names.data : "", ',', missing);
	buffer_release(&all);
	buffer_release(&names);
}

static void compare_missing(struct grid *grid, const char *record,
	const char *missing, struct buffer *got)
{
	grid->pricing.parts = "m";
	sorted(pricing_again(&grid->pricing, grid->pricer, record), ',', got);
	cr_expect_str_eq(got->data, missing,
		"%s of \"%s\": missing %s, completions give %s",
		grid->domain->decision, record, got->data, missing);
}

static void compare(struct grid *grid, const size_t *at)
{
	struct buffer record, outcomes, missing, got;

	buffer_init(&record);
	buffer_init(&outcomes);
	buffer_init(&missing);
	buffer_init(&got);
	record_text(grid, at, &record);
	expect_of(grid, at, &outcomes, &missing);
	grid->pricing.parts = "l";
	sorted(pricing_again(&grid->pricing, grid->pricer, record.data), '|',
		&got);
	cr_expect_str_eq(got.data, outcomes.data,
		"%s of \"%s\": outcomes %s, completions give %s",
		grid->domain->decision, record.data, got.data, outcomes.data);
	/* of a decided answer only other outputs may miss something */
	if (strchr(outcomes.data, '|'))
		compare_missing(grid, record.data, missing.data, &got);
	buffer_release(&record);
	buffer_release(&outcomes);
	buffer_release(&missing);
	buffer_release(&got);
}

/*
 * With the outcomes exact, making a fact unknown never removes an outcome and
 * adding one never adds any.
 */
static void exact(const struct domain *domains, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t at[FIELDS_MAX] = { 0 };
		struct grid grid;

		grid_open(&grid, &domains[i]);
		do
			compare(&grid, at);
		while (next(&grid, at, 1));
		grid_close(&grid);
	}
}

#define BOOL                                                                   \
	{                                                                      \
		"true", "false"                                                \
	}

Test(properties, outcomes_and_missing_of_the_small_book_are_exact)
{
	static const struct domain domains[] = {
		{ .book = SMALL_BOOK,
			.decision = "shape",
			.revision = NULL,
			.axes = { { "other", BOOL }, { "flag", BOOL },
				{ "n", { "0", "4", "5", "6" } } } },
		{ .book = SMALL_BOOK,
			.decision = "edge",
			.revision = NULL,
			.axes = { { "flag", BOOL },
				{ "n", { "0", "1", "2" } } } },
		{ .book = SMALL_BOOK,
			.decision = "top",
			.revision = NULL,
			.axes = { { "flag", BOOL },
				{ "share", { "0", "50", "99.9", "100" } } } },
		{ .book = SMALL_BOOK,
			.decision = "gap",
			.revision = NULL,
			.axes = { { "n", { "0", "1", "2", "3" } } } },
		{ .book = SMALL_BOOK,
			.decision = "type",
			.revision = NULL,
			.axes = { { "m", { "1", "2", "3", "4", "5" } } } },
		{ .book = SMALL_BOOK,
			.decision = "swap",
			.revision = NULL,
			.axes = { { "other", BOOL },
				{ "n", { "0", "9", "10", "11", "19", "20",
					       "21" } } } },
		{ .book = SMALL_BOOK,
			.decision = "same",
			.revision = NULL,
			.axes = { { "flag", BOOL },
				{ "word", { "a", "b", "c" } },
				{ "n", { "0", "4", "5", "6" } } } },
		{ .book = SMALL_BOOK,
			.decision = "agree",
			.revision = NULL,
			.axes = { { "flag", BOOL },
				{ "n", { "0", "9", "10", "11" } } } },
		{ .book = SMALL_BOOK,
			.decision = "words",
			.revision = NULL,
			.axes = { { "word", { "a", "b", "c" } },
				{ "n", { "0", "9", "10", "999", "1000" } } } },
		{ .book = SMALL_BOOK,
			.decision = "graded",
			.revision = NULL,
			.axes = { { "n", { "0", "9", "10", "19", "20" } } } },
		{ .book = SMALL_BOOK,
			.decision = "held",
			.revision = NULL,
			.axes = { { "flag", BOOL }, { "third", BOOL } } },
	};

	exact(domains, COUNT(domains));
}

#define TESTS                                                                  \
	{                                                                      \
		"0", "199", "200", "399", "400", "599", "600", "799", "800",   \
			"999", "1000", "1001"                                  \
	}

Test(properties, outcomes_and_missing_of_the_rules_are_exact)
{
	static const struct domain domains[] = {
		{ .book = RULES,
			.decision = "rare_disease_coefficient",
			.revision = "r8",
			.axes = { { "orphan_designated", BOOL },
				{ "indication_aid", BOOL },
				{ "annual_tests", TESTS } } },
		{ .book = RULES,
			.decision = "rare_disease_coefficient",
			.revision = "r6",
			.axes = { { "orphan_designated", BOOL },
				{ "indication_aid", BOOL },
				{ "aid_target", { "drug", "regenerative" } },
				{ "annual_tests", TESTS } } },
		{ .book = RULES,
			.decision = "samd_billing",
			.revision = "r8",
			.axes = { { "samd_is_specified_material", BOOL },
				{ "has_other_mgmt_fee", BOOL } } },
		{ .book = RULES,
			.decision = "special_depreciation",
			.revision = NULL,
			.axes = { { "acquisition_date",
					  { "2019-03-31", "2019-04-01",
						  "2027-03-31",
						  "2027-04-01" } },
				{ "acquisition_price", { "299999", "300000" } },
				{ "support_centre_plan", BOOL },
				{ "asset_kind", { "equipment", "software",
							"other" } } },
			.others = "prefecture_confirmed_before=true;labour_"
				  "saving_type="
				  "1" },
		{ .book = RULES,
			.decision = "category_review",
			.revision = "r8",
			.axes = { { "same_category", BOOL },
				{ "clinical_use_differs_greatly", BOOL },
				{ "name_or_definition_change", BOOL },
				{ "active_products", { "0", "1", "7" } } } },
		{ .book = RULES,
			.decision = "unprofitable_recalculation",
			.revision = "r8",
			.axes = { { "others_can_cover_single", BOOL },
				{ "necessity_particularly_high", BOOL },
				{ "price_extremely_low", BOOL },
				{ "divergence_percent", { "4", "5", "6" } } },
			.beside = "divergence_large",
			.others = "requesters=A;shares=A:60|B:40;others_can_"
				  "cover_top2="
				  "true;specific_only_indication=false",
			.policy = "large_share_single=50;large_share_top2=90;"
				  "divergence_max=5;society_request_suffices="
				  "false;"
				  "top2_reading=of_requesters" },

	};

	exact(domains, COUNT(domains));
}

/* Answers of a decision for one number from 0 on, and its flips. */
struct line {
	struct pricing *pricing;
	char *answers[64];
	unsigned flips;
};

static void same_outcomes(const struct price_outcome *outcomes, size_t count,
	const char *want, const char *where)
{
	struct buffer said;

	buffer_init(&said);
	vectors_outcomes(outcomes, count, &said);
	cr_expect_str_eq(
		said.size ? said.data : "", want, "%s: %s", where, said.data);
	buffer_release(&said);
}

static enum shk_code check_flips(void *context, const shk_result *result)
{
	struct line *line = context;

	for (size_t i = 0; i < result->flip_count; i++) {
		const struct price_flip *flip = &result->flips[i];
		int64_t at;

		if (strcmp(flip->field, "n") != 0)
			continue;
		cr_assert(num_to_int(flip->at.u.number, &at));
		if (at > 0)
			same_outcomes(flip->below, flip->below_count,
				line->answers[at - 1], "below");
		same_outcomes(
			flip->on, flip->on_count, line->answers[at], "on");
		same_outcomes(flip->above, flip->above_count,
			line->answers[at + 1], "above");
		line->flips++;
	}
	return SHK_OK;
}

Test(properties, flips_are_exact_one_step_below_on_and_above)
{
	static const struct {
		const char *decision, *others;
		unsigned flips; /* of 30 known numbers and one unknown */
	} rows[] = {
		{ "swap", "other=true;", 31 },
		{ "swap", "other=false;", 31 },
		{ "graded", "", 42 },
		{ "edge", "flag=true;", 31 },
		{ "same", "flag=true;", 31 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct pricing pricing;
		struct line line = { .pricing = &pricing };
		shk_pricer *pricer;
		shk_diag diag = { 0 };
		char record[64];

		pricing_open(&pricing, SMALL_BOOK);
		pricing.decision = rows[i].decision;
		pricing.parts = "l";
		pricer = pricing_pricer(&pricing, "");
		for (int n = 0; n < 64; n++) {
			snprintf(record, sizeof(record), "%sn=%d",
				rows[i].others, n);
			line.answers[n] =
				strdup(pricing_again(&pricing, pricer, record));
		}
		for (int n = 0; n <= 30; n++) {
			snprintf(record, sizeof(record), "%sn=%d",
				rows[i].others, n);
			if (n == 30)
				snprintf(record, sizeof(record), "%s",
					rows[i].others);
			cr_assert_eq(shk_pricer_price(pricer,
					     pricing_record(&pricing, record),
					     check_flips, &line, &diag),
				SHK_OK);
		}
		cr_expect_eq(line.flips, rows[i].flips, "%s: %u flips",
			rows[i].decision, line.flips);
		for (int n = 0; n < 64; n++)
			free(line.answers[n]);
		shk_pricer_free(pricer);
		pricing_close(&pricing);
	}
}

/* A seeded generator: the same numbers every run. */
static unsigned draw(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*state >> 33);
}

static int64_t hundredths(const char *text)
{
	num value;
	int64_t out;

	cr_assert_eq(num_parse(text, strlen(text), false, &value), NUM_PARSED,
		"%s", text);
	cr_assert(
		num_to_int(num_multiply(value, num_from_int(100), NULL), &out));
	return out;
}

Test(properties, the_coefficient_never_rises_and_the_columns_agree)
{
	struct pricing pricing;
	shk_pricer *pricer;
	uint64_t state = 20260601;
	int64_t last = 150;

	pricing_open(&pricing, RULES);
	pricing.decision = "rare_disease_coefficient";
	pricing.parts = "l";
	pricing.options.flips = false;
	pricer = pricing_pricer(&pricing, "");
	for (unsigned tests = 0; tests < 1200; tests += 1 + draw(&state) % 9) {
		char record[128], both[16];
		int64_t coefficient;

		snprintf(record, sizeof(record),
			"orphan_designated=true;indication_aid=false;"
			"annual_tests=%u",
			tests);
		snprintf(both, sizeof(both), "%s",
			pricing_again(&pricing, pricer, record));
		coefficient = hundredths(both);
		cr_expect_leq(coefficient, last, "%u", tests);
		cr_expect(coefficient % 10 == 0 && coefficient >= 110 &&
				  coefficient <= 150,
			"%u: %s", tests, both);
		last = coefficient;
		if (tests >= 1000)
			continue;
		snprintf(record, sizeof(record),
			"orphan_designated=false;indication_aid=true;"
			"annual_tests=%u",
			tests);
		cr_expect_str_eq(pricing_again(&pricing, pricer, record), both);
	}
	shk_pricer_free(pricer);
	pricing_close(&pricing);
}

Test(properties, the_pattern_never_falls_as_the_majority_rises)
{
	struct pricing pricing;
	uint64_t state = 7;

	pricing_open(&pricing, RULES);
	pricing.decision = "above_price_pattern";
	pricing.parts = "l";
	pricing.options.revision = "r8";
	pricing.options.flips = false;
	for (int round = 0; round < 12; round++) {
		unsigned makers = 1 + draw(&state) % 4, left = 100;
		char record[256] = "market_price_taxed=200;current_price=100;"
				   "shares=";
		int last = 1;

		for (unsigned i = 0; i < makers; i++) {
			unsigned share =
				i + 1 == makers
					? left
					: 1 + draw(&state) % (left - makers);

			snprintf(record + strlen(record),
				sizeof(record) - strlen(record), "%sM%u:%u",
				i ? "|" : "", i, share);
			left -= share;
		}
		for (unsigned share = 1; share <= 100; share += 3) {
			char policy[64];
			const char *said;

			snprintf(policy, sizeof(policy), "majority_share=%u",
				share);
			said = pricing_say(&pricing, record, policy);
			cr_assert(said[0] >= '1' && said[0] <= '3', "%s: %s",
				record, said);
			cr_expect_geq(
				said[0] - '0', last, "%s %s", record, policy);
			last = said[0] - '0';
			cr_expect(last < 3 || makers > 2, "%s %s", record,
				policy);
		}
	}
	pricing_close(&pricing);
}

/* Everything that is said of the records of a file. */
static char *say_file(const char *name)
{
	struct pricing pricing;
	shk_records *records;
	shk_record *record;
	shk_pricer *pricer;
	shk_read_options options = { 0 };
	shk_diag diag = { 0 };
	struct buffer all;
	char path[256];

	snprintf(path, sizeof(path), "%s/tests/price/formats/%s", SOURCE_FOLDER,
		name);
	pricing_open(&pricing, RULES);
	pricing.parts = "drsvomfeckt";
	pricing.options.steps = true;
	pricer = pricing_pricer(&pricing, "");
	cr_assert_eq(shk_records_open(
			     &records, pricing.schema, path, &options, &diag),
		SHK_OK, "%s", diag.message);
	buffer_init(&all);
	while (shk_records_next(records, &record, &diag) == SHK_OK) {
		cr_assert_eq(pricing_price(&pricing, pricer, record, &diag),
			SHK_OK, "%s: %s", path, diag.message);
		buffer_format(&all, "%s\n", pricing.said.data);
	}
	cr_assert_eq(diag.code, SHK_OK, "%s: %s", path, diag.message);
	shk_records_close(records);
	shk_pricer_free(pricer);
	pricing_close(&pricing);
	return all.data;
}

/* One record in four spellings; see records.md, section 3. */
Test(properties, every_spelling_of_a_record_has_the_same_answers)
{
	static const char *const names[] = { "indexed.csv", "record.json",
		"record.xml" };
	char *first = say_file("cells.csv");

	cr_assert_not_null(first);
	cr_expect(strstr(first, "unprofitable_recalculation r8@2026-06-01"));
	for (size_t i = 0; i < COUNT(names); i++) {
		char *said = say_file(names[i]);

		cr_expect_str_eq(said, first, "%s", names[i]);
		memory_free(said);
	}
	memory_free(first);
}
