/*
 * Causes, found by answering again under the real rules. The rows follow
 * section 1 of the rules: bands of the coefficient below 200, 400, 600, 800
 * and 1000 tests a year; column 2 for an indication aid, in r6 for a drug
 * only.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "base/memory.h"
#include "compare/pairing.h"

#define FIELDS                                                                 \
	"id,orphan_designated,indication_aid,aid_target,annual_tests,"         \
	"base_points\n"

static shk_rulebook *book;
static shk_schema *schema;

static void setup(void)
{
	cr_assert_eq(
		shk_rulebook_load(&book, SOURCE_FOLDER "/rules", NULL), SHK_OK);
	cr_assert_eq(
		shk_schema_load(&schema, SOURCE_FOLDER "/rules", NULL), SHK_OK);
}

static void teardown(void)
{
	shk_schema_free(schema);
	shk_rulebook_free(book);
}

TestSuite(attribute, .init = setup, .fini = teardown);

struct row {
	const char *what;
	const char *revision[2];
	const char *policy[2];
	const char *records[2];
	const char *parts;  /* name before after difference, ; apart */
	const char *causes; /* name before after effect, ; apart */
};

static const char *const effects[] = { "untested", "alone", "needed", "partly",
	"together", "none" };

static void say(struct buffer *parts, struct buffer *causes,
	const struct shk_change *change)
{
	for (size_t i = 0; i < change->part_count; i++)
		buffer_format(parts, "%s%s %s %s %s", parts->size ? ";" : "",
			change->parts[i].name, change->parts[i].before,
			change->parts[i].after, change->parts[i].difference);
	for (size_t i = 0; i < change->cause_count; i++)
		buffer_format(causes, "%s%s %s %s %s", causes->size ? ";" : "",
			change->causes[i].name, change->causes[i].before,
			change->causes[i].after,
			effects[change->causes[i].effect]);
}

static void expect(const struct row *row, bool at_hand)
{
	struct shk_compare_book books[] = { { book, schema } };
	shk_compare_options options = { .book_count = at_hand, .books = books };
	const struct shk_change *change;
	shk_comparison *comparison;
	struct buffer before, after, parts, causes;
	shk_diag diag = { 0 };
	shk_snapshot *left, *right;
	enum shk_code code;

	buffer_init(&parts);
	buffer_init(&causes);
	buffer_text(&parts, "");
	buffer_text(&causes, "");
	pairing_price(&before, book, schema, row->revision[0], row->policy[0],
		row->records[0]);
	pairing_price(&after, book, schema, row->revision[1], row->policy[1],
		row->records[1]);
	left = pairing_text(before.data, &diag);
	right = pairing_text(after.data, &diag);
	cr_assert_eq(shk_compare_new(&comparison, left, right, &options, &diag),
		SHK_OK);
	while ((code = shk_compare_next(comparison, &change, &diag)) == SHK_OK)
		if (strcmp(change->decision, "rare_disease_coefficient") == 0)
			say(&parts, &causes, change);
	cr_expect_eq(code, SHK_END, "%s: %s", row->what, diag.message);
	if (at_hand)
		cr_expect_str_eq(parts.data ? parts.data : "", row->parts,
			"%s: %s", row->what, parts.data);
	cr_expect_str_eq(causes.data ? causes.data : "", row->causes, "%s: %s",
		row->what, causes.data);
	shk_compare_free(comparison);
	shk_snapshot_close(left);
	shk_snapshot_close(right);
	buffer_release(&before);
	buffer_release(&after);
	buffer_release(&parts);
	buffer_release(&causes);
}

Test(attribute, facts_rules_and_policy)
{
	static const struct row rows[] = {
		{ "nothing", { "r8", "r8" }, { NULL, NULL },
			{ FIELDS "a,true,false,,150,1000\n",
				FIELDS "a,true,false,,150,1000\n" },
			"", "" },
		{ "one fact moves the band", { "r8", "r8" }, { NULL, NULL },
			{ FIELDS "a,true,false,,150,1000\n",
				FIELDS "a,true,false,,250,1000\n" },
			"coefficient 1.5 1.4 -0.1;points_exact 1500 1400 -100;"
			"points 1500 1400 -100",
			"annual_tests 150 250 alone" },
		{ "one fact within the band", { "r8", "r8" }, { NULL, NULL },
			{ FIELDS "a,true,false,,150,1000\n",
				FIELDS "a,true,false,,151,1000\n" },
			"", "" },
		{ "a fact becomes unknown", { "r8", "r8" }, { NULL, NULL },
			{ FIELDS "a,true,false,,150,1000\n",
				FIELDS "a,true,false,,,1000\n" },
			"status determined undetermined ;"
			"coefficient 1.5 undetermined{1.1|1.2|1.3|1.4|1.5} ;"
			"points_exact 1500 "
			"undetermined{1100|1200|1300|1400|1500} ;"
			"points 1500 undetermined{1100|1200|1300|1400|1500} ",
			"annual_tests 150 (absent) alone" },
		{ "two facts, one of them idle", { "r8", "r8" }, { NULL, NULL },
			{ FIELDS "a,true,false,,150,1000\n",
				FIELDS "a,true,false,drug,250,1000\n" },
			"coefficient 1.5 1.4 -0.1;points_exact 1500 1400 -100;"
			"points 1500 1400 -100",
			"aid_target (absent) drug none;"
			"annual_tests 150 250 alone" },
		{ "two facts, each in part", { "r8", "r8" }, { NULL, NULL },
			{ FIELDS "a,true,false,,150,1000\n",
				FIELDS "a,true,false,,250,2000\n" },
			"coefficient 1.5 1.4 -0.1;"
			"points_exact 1500 2800 1300;points 1500 2800 1300",
			"annual_tests 150 250 needed;"
			"base_points 1000 2000 needed" },
		{ "only together: column 2 needs both", { "r8", "r8" },
			{ NULL, NULL },
			{ FIELDS "a,false,false,drug,1000,1000\n",
				FIELDS "a,false,true,drug,150,1000\n" },
			"status not_applicable determined ;"
			"reason condition_false (absent) ;"
			"coefficient (absent) 1.5 ;"
			"points_exact (absent) 1500 ;points (absent) 1500 ;"
			"columns (absent) {2} ",
			"annual_tests 1000 150 needed;"
			"indication_aid false true needed" },
		{ "the regenerative target is new in r8", { "r6", "r8" },
			{ NULL, NULL },
			{ FIELDS "a,false,true,regenerative,900,5000\n",
				FIELDS "a,false,true,regenerative,900,5000\n" },
			"status not_applicable determined ;"
			"reason condition_false (absent) ;"
			"coefficient (absent) 1.1 ;"
			"points_exact (absent) 5500 ;points (absent) 5500 ;"
			"columns (absent) {2} ",
			"revision r6 r8 alone" },
		{ "rule and fact at once: the rule does it", { "r6", "r8" },
			{ NULL, NULL },
			{ FIELDS "a,false,true,regenerative,900,5000\n",
				FIELDS "a,false,true,regenerative,850,5000\n" },
			"status not_applicable determined ;"
			"reason condition_false (absent) ;"
			"coefficient (absent) 1.1 ;"
			"points_exact (absent) 5500 ;points (absent) 5500 ;"
			"columns (absent) {2} ",
			"annual_tests 900 850 none;revision r6 r8 alone" },
		{ "rule and fact at once: the fact does it", { "r6", "r8" },
			{ NULL, NULL },
			{ FIELDS "a,true,false,,150,1000\n",
				FIELDS "a,true,false,,250,1000\n" },
			"coefficient 1.5 1.4 -0.1;points_exact 1500 1400 -100;"
			"points 1500 1400 -100",
			"annual_tests 150 250 alone;revision r6 r8 none" },
		{ "rule and fact at once: both do", { "r6", "r8" },
			{ NULL, NULL },
			{ FIELDS "a,false,true,drug,150,1000\n",
				FIELDS "a,false,true,regenerative,250,1000\n" },
			"coefficient 1.5 1.4 -0.1;points_exact 1500 1400 -100;"
			"points 1500 1400 -100",
			"aid_target drug regenerative partly;"
			"annual_tests 150 250 alone;revision r6 r8 needed" },
		{ "the policy decides", { "r8", "r8" },
			{ NULL, "{\"points_rounding\":\"half_up\"}" },
			{ FIELDS "a,true,false,,150,1235\n",
				FIELDS "a,true,false,,150,1235\n" },
			"points undetermined{1852|1853} 1853 ;"
			"missing points_rounding (absent) ",
			"points_rounding (absent) half_up alone" },
		{ "policy and an idle fact", { "r8", "r8" },
			{ "{\"points_rounding\":\"floor\"}",
				"{\"points_rounding\":\"half_up\"}" },
			{ FIELDS "a,true,false,,150,1235\n",
				FIELDS "a,true,false,,160,1235\n" },
			"points 1852 1853 1",
			"annual_tests 150 160 none;"
			"points_rounding floor half_up alone" },
		{ "an idle policy beside a fact", { "r8", "r8" },
			{ "{\"points_rounding\":\"floor\"}",
				"{\"points_rounding\":\"half_up\"}" },
			{ FIELDS "a,true,false,,150,1000\n",
				FIELDS "a,true,false,,250,1000\n" },
			"coefficient 1.5 1.4 -0.1;points_exact 1500 1400 -100;"
			"points 1500 1400 -100",
			"annual_tests 150 250 alone" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect(&rows[i], true);
}

Test(attribute, without_the_book)
{
	static const struct row two = { "two differences", { "r6", "r8" },
		{ NULL, NULL },
		{ FIELDS "a,true,false,,150,1000\n",
			FIELDS "a,true,false,,250,1000\n" },
		"", "annual_tests 150 250 untested;revision r6 r8 untested" };

	expect(&two, false);
}

/* A line that was edited by hand is not what its facts give: no claim. */
Test(attribute, what_does_not_come_out_again)
{
	struct shk_compare_book books[] = { { book, schema } };
	shk_compare_options options = { .book_count = 1, .books = books };
	const struct shk_change *change;
	struct buffer before, after;
	shk_comparison *comparison;
	shk_diag diag = { 0 };
	shk_snapshot *left, *right;
	char *at;

	pairing_price(&before, book, schema, "r8", NULL,
		FIELDS "a,true,false,,150,1000\n");
	pairing_price(&after, book, schema, "r6", NULL,
		FIELDS "a,true,false,,250,1000\n");
	at = strstr(after.data, "coefficient=1.4");
	cr_assert_not_null(at);
	at[strlen("coefficient=1.4") - 1] = '9';
	left = pairing_text(before.data, &diag);
	right = pairing_text(after.data, &diag);
	cr_assert_eq(shk_compare_new(&comparison, left, right, &options, &diag),
		SHK_OK);
	cr_assert_eq(shk_compare_next(comparison, &change, &diag), SHK_OK);
	cr_expect_eq(change->cause_count, 2);
	for (size_t i = 0; i < change->cause_count; i++)
		cr_expect_eq(change->causes[i].effect, SHK_EFFECT_UNTESTED);
	shk_compare_free(comparison);
	shk_snapshot_close(left);
	shk_snapshot_close(right);
	buffer_release(&before);
	buffer_release(&after);
}

#define FIELD_COUNT 5

static const char *const field_names[FIELD_COUNT] = { "orphan_designated",
	"indication_aid", "aid_target", "annual_tests", "base_points" };
static const char *const field_values[FIELD_COUNT][4] = {
	{ "true", "false", "", "true" },
	{ "true", "false", "", "false" },
	{ "drug", "regenerative", "", "drug" },
	{ "150", "450", "1000", "" },
	{ "1000", "1235", "", "1000" },
};

static unsigned random_state = 20260601;

static unsigned random_below(unsigned count)
{
	random_state = random_state * 1103515245u + 12345u;
	return (random_state >> 16) % count;
}

/* The answer of one record, from status to outcomes, through a CSV file. */
static void answer_of(struct buffer *answer,
	const char *const values[FIELD_COUNT], const char *revision)
{
	struct buffer snapshot, records;
	const char *line, *end;

	buffer_init(&records);
	buffer_text(&records, FIELDS "r");
	for (int i = 0; i < FIELD_COUNT; i++)
		buffer_format(&records, ",%s", values[i]);
	buffer_byte(&records, '\n');
	pairing_price(&snapshot, book, schema, revision, NULL, records.data);
	line = strstr(snapshot.data, "r\trare_disease_coefficient\t");
	buffer_clear(answer);
	buffer_text(answer, "");
	if (line) {
		for (int tabs = 0; tabs < 4; tabs++)
			line = strchr(line, '\t') + 1;
		end = line;
		for (int tabs = 0; tabs < 5; tabs++)
			end = strchr(end, '\t') + 1;
		buffer_add(answer, line, (size_t)(end - line));
	}
	buffer_release(&snapshot);
	buffer_release(&records);
}

struct tried {
	const char *before[FIELD_COUNT];
	const char *after[FIELD_COUNT];
	const char *revisions[2];
	struct buffer old, new, alone, without;
	size_t causes;
};

/* Put the one cause in by hand, and take it back by hand. */
static void check_cause(struct tried *tried, const struct shk_cause *cause)
{
	const char *put[FIELD_COUNT], *taken[FIELD_COUNT];
	bool rules = cause->kind == SHK_CAUSE_RULES;
	bool same_alone, same_without;

	for (int i = 0; i < FIELD_COUNT; i++) {
		bool it = !rules && strcmp(cause->name, field_names[i]) == 0;

		put[i] = it ? tried->after[i] : tried->before[i];
		taken[i] = it ? tried->before[i] : tried->after[i];
	}
	answer_of(&tried->alone, put, tried->revisions[rules]);
	answer_of(&tried->without, taken, tried->revisions[!rules]);
	same_alone = strcmp(tried->alone.data, tried->old.data) == 0;
	same_without = strcmp(tried->without.data, tried->new.data) == 0;
	tried->causes++;
	switch (cause->effect) {
	case SHK_EFFECT_ALONE:
		cr_expect_str_eq(
			tried->alone.data, tried->new.data, "%s", cause->name);
		break;
	case SHK_EFFECT_NEEDED:
		cr_expect(!same_without, "%s", cause->name);
		break;
	case SHK_EFFECT_PARTLY:
		cr_expect(!same_alone && same_without, "%s", cause->name);
		break;
	case SHK_EFFECT_TOGETHER:
	case SHK_EFFECT_NONE:
		cr_expect(same_alone && same_without, "%s", cause->name);
		break;
	case SHK_EFFECT_UNTESTED:
		cr_expect(false, "%s is not tested", cause->name);
		break;
	}
}

static void try_pair(struct tried *tried)
{
	struct shk_compare_book books[] = { { book, schema } };
	shk_compare_options options = { .book_count = 1, .books = books };
	const struct shk_change *change;
	struct buffer csv[2], snapshots[2];
	shk_comparison *comparison;
	shk_diag diag = { 0 };
	shk_snapshot *left, *right;
	bool changed = false;

	for (int side = 0; side < 2; side++) {
		buffer_init(&csv[side]);
		buffer_text(&csv[side], FIELDS "r");
		for (int i = 0; i < FIELD_COUNT; i++)
			buffer_format(&csv[side], ",%s",
				side ? tried->after[i] : tried->before[i]);
		buffer_byte(&csv[side], '\n');
		pairing_price(&snapshots[side], book, schema,
			tried->revisions[side], NULL, csv[side].data);
	}
	answer_of(&tried->old, tried->before, tried->revisions[0]);
	answer_of(&tried->new, tried->after, tried->revisions[1]);
	left = pairing_text(snapshots[0].data, &diag);
	right = pairing_text(snapshots[1].data, &diag);
	cr_assert_eq(shk_compare_new(&comparison, left, right, &options, &diag),
		SHK_OK);
	while (shk_compare_next(comparison, &change, &diag) == SHK_OK) {
		if (change->kind != SHK_CHANGED ||
			strcmp(change->decision, "rare_disease_coefficient") !=
				0)
			continue;
		changed = true;
		cr_expect_gt(change->part_count, 0);
		cr_expect_gt(change->cause_count, 0);
		for (size_t i = 0; i < change->cause_count; i++)
			check_cause(tried, &change->causes[i]);
	}
	if (*tried->old.data && *tried->new.data)
		cr_expect_eq(
			changed, strcmp(tried->old.data, tried->new.data) != 0);
	shk_compare_free(comparison);
	shk_snapshot_close(left);
	shk_snapshot_close(right);
	for (int side = 0; side < 2; side++) {
		buffer_release(&csv[side]);
		buffer_release(&snapshots[side]);
	}
}

/* Random records and revisions: what is claimed of each cause is true when it
   is put into the records themselves. */
Test(attribute, every_claim_comes_true)
{
	struct tried tried = { .causes = 0 };

	buffer_init(&tried.old);
	buffer_init(&tried.new);
	buffer_init(&tried.alone);
	buffer_init(&tried.without);
	for (int round = 0; round < 60; round++) {
		for (int i = 0; i < FIELD_COUNT; i++) {
			tried.before[i] = field_values[i][random_below(4)];
			tried.after[i] = field_values[i][random_below(4)];
		}
		tried.revisions[0] = random_below(2) ? "r6" : "r8";
		tried.revisions[1] = random_below(3) ? "r8" : "r6";
		try_pair(&tried);
	}
	cr_expect_gt(tried.causes, 80, "%zu causes", tried.causes);
	buffer_release(&tried.old);
	buffer_release(&tried.new);
	buffer_release(&tried.alone);
	buffer_release(&tried.without);
}

/* Memory that runs out while a cause is sought is told, and leaves nothing. */
Test(attribute, every_allocation_can_fail)
{
	struct shk_compare_book books[] = { { book, schema } };
	shk_compare_options options = { .book_count = 1, .books = books };
	struct buffer before, after;
	uint64_t nth = 0;
	enum shk_code code;

	pairing_price(&before, book, schema, "r6", NULL,
		FIELDS "a,false,true,regenerative,900,5000\n");
	pairing_price(&after, book, schema, "r8", NULL,
		FIELDS "a,false,true,regenerative,850,5000\n");
	do {
		const struct shk_change *change;
		shk_comparison *comparison;
		shk_diag diag = { 0 };
		shk_snapshot *left = pairing_text(before.data, &diag);
		shk_snapshot *right = pairing_text(after.data, &diag);
		int64_t in_use = memory_stats().in_use;

		memory_fail_at(nth += 1 + nth / 50, true);
		code = shk_compare_new(
			&comparison, left, right, &options, &diag);
		while (!code) {
			code = shk_compare_next(comparison, &change, &diag);
			if (!code)
				cr_expect_neq(change->causes[0].effect,
					SHK_EFFECT_UNTESTED);
		}
		memory_fail_at(0, false);
		shk_compare_free(comparison);
		shk_snapshot_close(left);
		shk_snapshot_close(right);
		cr_expect(code == SHK_E_MEMORY || code == SHK_END, "%d", code);
		cr_expect_leq(memory_stats().in_use, in_use);
	} while (code == SHK_E_MEMORY && nth < 100000);
	cr_expect_eq(code, SHK_END);
	cr_expect_gt(nth, 20, "%u", (unsigned)nth);
	buffer_release(&before);
	buffer_release(&after);
}
