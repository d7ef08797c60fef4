/*
 * Changes between two days of a store with two masters: what each is, what a
 * step may be claimed to lead to, and that a failed allocation is reported.
 */
#define _XOPEN_SOURCE 700 /* mkdtemp */

#include <criterion/criterion.h>
#include <shokan/price_changes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "support/faults.h"

#define HEADER                                                                 \
	"id,category_code,material_price,x_schedule,x_unit,x_price_type,"      \
	"x_addition\n"

static char folder[64];
static char store_path[96];
static char list_path[96];
static shk_store *store;
static shk_schema *schema;
static shk_rulebook *rulebook;

static void setup(void)
{
	snprintf(folder, sizeof(folder), "/tmp/shokan-changes-XXXXXX");
	cr_assert_not_null(mkdtemp(folder));
	snprintf(store_path, sizeof(store_path), "%s/a.store", folder);
	snprintf(list_path, sizeof(list_path), "%s/list.csv", folder);
	cr_assert_eq(shk_store_open(&store, store_path, SHK_STORE_CREATE, NULL),
		SHK_OK);
	cr_assert_eq(
		shk_schema_load(&schema, SOURCE_FOLDER "/rules", NULL), SHK_OK);
	cr_assert_eq(shk_rulebook_load(&rulebook, SOURCE_FOLDER "/rules", NULL),
		SHK_OK);
}

static void teardown(void)
{
	shk_store_close(store);
	shk_schema_free(schema);
	shk_rulebook_free(rulebook);
	unlink(store_path);
	unlink(list_path);
	rmdir(folder);
}

TestSuite(price_changes, .init = setup, .fini = teardown);

static void list_write(const char *text)
{
	FILE *file = fopen(list_path, "w");

	cr_assert_not_null(file);
	cr_assert_geq(fputs(text, file), 0);
	cr_assert_eq(fclose(file), 0);
}

struct said {
	const char *code;
	int kind;
	const char *amount;
	const char *until;
};

/* A master issued on the day from which all of its rows are in force. */
static void import(const char *day, const struct said *said, size_t count)
{
	shk_master_import *to;
	shk_diag diag = { 0 };
	bool fresh;

	cr_assert_eq(shk_master_import_new(&to, store, day, &diag), SHK_OK,
		"%s", diag.message);
	for (size_t i = 0; i < count; i++) {
		const shk_master_row row = { .line = 1,
			.code = said[i].code,
			.name = "例",
			.full_name = "例",
			.unit = "",
			.kind = (enum shk_amount_kind)said[i].kind,
			.amount = said[i].amount,
			.old_amount = "",
			.valid_from = day,
			.price_until = said[i].until,
			.code_until = "",
			.schedule = 2,
			.category_no = 902 };

		cr_assert_eq(shk_master_import_row(to, &row, &diag), SHK_OK);
	}
	cr_assert_eq(shk_master_import_finish(to, &fresh, &diag), SHK_OK);
	shk_master_import_free(to);
}

static const struct said before[] = { { "700000001", 1, "139000", "" },
	{ "700000002", 1, "500", "" }, { "700000003", 2, "0", "" },
	{ "700000004", 1, "80", "" }, { "700000005", 1, "90", "2026-05-31" },
	{ "700000007", 1, "70000", "" } };
static const struct said after[] = { { "700000001", 1, "132000", "2027-02-28" },
	{ "700000002", 2, "0", "" }, { "700000003", 2, "0", "" },
	{ "700000005", 1, "91", "" }, { "700000006", 1, "10", "" },
	{ "700000007", 1, "60000", "" } };

static void import_both(void)
{
	import("2026-03-01", before, sizeof(before) / sizeof(before[0]));
	import("2026-06-01", after, sizeof(after) / sizeof(after[0]));
}

static shk_price_changes *changes_of(const char *list, const char *to)
{
	const shk_price_list_file file = { "r8", list_path };
	const shk_price_changes_options options = {
		.to = to, .lists = &file, .list_count = list ? 1 : 0
	};
	shk_price_changes *changes;
	shk_diag diag = { 0 };

	if (list)
		list_write(list);
	cr_assert_eq(shk_price_changes_new(&changes, store, rulebook, schema,
			     &options, &diag),
		SHK_OK, "%s: %s", diag.path, diag.message);
	return changes;
}

static const shk_price_change *change_of(
	const shk_price_changes *changes, const char *code)
{
	const shk_price_change *change;

	for (size_t i = 0; (change = shk_price_changes_at(changes, i)); i++)
		if (strcmp(change->code, code) == 0)
			return change;
	cr_assert_fail("no change of %s", code);
	return NULL;
}

Test(price_changes, tell_what_happened_to_a_code)
{
	static const struct {
		const char *code;
		enum shk_price_cause cause;
	} rows[] = { { "700000001", SHK_PRICE_UNEXPLAINED },
		{ "700000002", SHK_PRICE_KIND },
		{ "700000004", SHK_PRICE_GONE },
		{ "700000005", SHK_PRICE_UNEXPLAINED },
		{ "700000006", SHK_PRICE_NEW },
		{ "700000007", SHK_PRICE_UNEXPLAINED } };
	shk_price_changes *changes;

	import_both();
	changes = changes_of(NULL, NULL);
	for (size_t i = 0; i < 6; i++)
		cr_expect_eq(change_of(changes, rows[i].code)->cause,
			rows[i].cause, "%s", rows[i].code);
	cr_expect_null(shk_price_changes_at(changes, 6));
	cr_expect_eq(
		shk_price_changes_count(changes, SHK_PRICE_UNEXPLAINED), 3);
	cr_expect_eq(shk_price_changes_same(changes), 0);
	cr_expect_str_eq(shk_price_changes_from(changes), "2026-03-01");
	cr_expect_str_eq(shk_price_changes_to(changes), "2026-06-01");
	shk_price_changes_free(changes);
	/* between the masters: gone or not, and at what price, is not known */
	changes = changes_of(NULL, "2026-05-01");
	cr_expect_eq(change_of(changes, "700000004")->cause, SHK_PRICE_UNKNOWN);
	cr_expect_eq(shk_price_changes_count(changes, SHK_PRICE_UNKNOWN), 1);
	cr_expect_eq(shk_price_changes_same(changes), 4);
	shk_price_changes_free(changes);
}

/* Before the first revision of the rules nothing can be asked. */
Test(price_changes, have_no_cause_before_the_rules)
{
	static const struct said one[] = { { "700000001", 1, "10", "" } };
	static const struct said two[] = { { "700000001", 1, "11", "" } };
	shk_price_changes *changes;
	const shk_price_change *change;

	import("2020-04-01", one, 1);
	import("2022-04-01", two, 1);
	changes = changes_of(NULL, NULL);
	change = change_of(changes, "700000001");
	cr_expect_eq(change->cause, SHK_PRICE_UNEXPLAINED);
	cr_expect_str_eq(change->revision, "");
	cr_expect_str_eq(change->note,
		"no revision of the rules is in force on 2022-04-01");
	shk_price_changes_free(changes);
}

/*
 * Two prices of the list would give the same first step (a fall by more than
 * a quarter begins with 5 percent). As long as both may be the code's both are
 * named; a price that another code has is not.
 */
Test(price_changes, name_every_end_that_a_step_may_lead_to)
{
	shk_price_changes *changes;
	const shk_price_change *change;

	import_both();
	changes = changes_of(HEADER "2-902-(1),902(1),92900,2,,,\n"
				    "2-902-(2),902(2),80000,2,,,\n",
		NULL);
	change = change_of(changes, "700000001");
	cr_expect_eq(change->cause, SHK_PRICE_BY_DECISION);
	cr_expect_str_eq(change->decision, "staged_reduction");
	cr_expect(strstr(change->note, "139000 to 2-902-(1)"), "%s",
		change->note);
	cr_expect(strstr(change->note, "or step 1 of 5"), "%s", change->note);
	shk_price_changes_free(changes);
	changes = changes_of(HEADER "2-902-(1),902(1),92900,2,,,\n"
				    "2-902-(2),902(2),60000,2,,,\n",
		NULL);
	change = change_of(changes, "700000001");
	cr_expect_eq(change->cause, SHK_PRICE_BY_DECISION);
	cr_expect(strstr(change->note, "139000 to 2-902-(1)"), "%s",
		change->note);
	cr_expect_not(strstr(change->note, " or "), "%s", change->note);
	cr_expect_eq(change_of(changes, "700000007")->cause, SHK_PRICE_BY_LIST);
	shk_price_changes_free(changes);
	/* the last day of the price must be that of the step: 118,000 is the
	   second step, not the first */
	changes = changes_of(HEADER "2-902-(1),902(1),118000,2,,,\n", NULL);
	cr_expect_eq(
		change_of(changes, "700000001")->cause, SHK_PRICE_UNEXPLAINED);
	shk_price_changes_free(changes);
}

static size_t built; /* changes that the last one had */

static enum shk_code build(void *context, shk_diag *diag)
{
	shk_price_changes *changes = NULL;
	enum shk_code code = shk_price_changes_new(
		&changes, store, rulebook, schema, context, diag);

	for (int i = 0; !code && i < SHK_PRICE_CAUSES; i++)
		built += shk_price_changes_count(
			changes, (enum shk_price_cause)i);
	shk_price_changes_free(changes);
	return code;
}

static void open_refusing(void)
{
	faults_open();
	setup();
}

static void close_refusing(void)
{
	teardown();
	faults_close();
}

Test(price_changes_refused, each_allocation, .init = open_refusing,
	.fini = close_refusing)
{
	const shk_price_list_file file = { "r8", list_path };
	shk_price_changes_options options = { .lists = &file, .list_count = 1 };
	shk_diag diag = { 0 };
	bool failed = true;
	size_t whole;

	import_both();
	list_write(HEADER "2-902-(1),902(1),92900,2,,,\n"
			  "2-902-(2),902(2),60000,2,,,\n");
	faults_each("shk_price_changes_new", build, &options, 100);
	built = 0;
	cr_assert_eq(build(&options, &diag), SHK_OK);
	whole = built;
	cr_assert_gt(whole, 0);
	/* the second of two cursors asks from where the first does */
	for (uint64_t nth = 1; failed; nth++) {
		enum shk_code code;

		memory_stats_reset();
		memory_fail_at(nth, false);
		built = 0;
		code = build(&options, &diag);
		memory_fail_at(0, false);
		failed = memory_stats().failed > 0;
		cr_expect(code == SHK_E_MEMORY || built == whole,
			"%d at %d: %zu changes of %zu", (int)code, (int)nth,
			built, whole);
	}
}
