/*
 * Public calls that the command does not make, so that tests/long/faults does
 * not reach them: each allocation fails, alone or with all after it, until the
 * call succeeds. A failure is told as that, and nothing is lost.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <shokan/check.h>
#include <shokan/form.h>
#include <shokan/proof.h>

#include "base/file.h"
#include "base/memory.h"
#include "flow/flowing.h"

/* Of the first so many allocations each fails, then of some in a row one. */
#define FAULTS_EACH 400
#define FAULTS_STEP 9 /* a ninth further each time */

struct calling {
	struct flowing flowing;
	shk_pricer *pricer;
	shk_policy *policy;
	struct buffer bytes; /* of a file */
	const char *name;    /* its name */
	size_t seen;	     /* bytes of what the last call gave */
	size_t whole;	     /* the same without a failure */
};

typedef enum shk_code call(struct calling *calling, shk_diag *diag);

static void calling_open(struct calling *calling)
{
	shk_price_options options = { .revision = "r8" };
	shk_diag diag = { 0 };

	memset(calling, 0, sizeof(*calling));
	flowing_open(&calling->flowing);
	buffer_init(&calling->bytes);
	cr_assert_eq(
		shk_policy_new(&calling->policy, calling->flowing.book, &diag),
		SHK_OK);
	cr_assert_eq(shk_pricer_new(&calling->pricer, calling->flowing.book,
			     calling->flowing.schema, &options, &diag),
		SHK_OK, "%s", diag.message);
}

static void calling_close(struct calling *calling)
{
	buffer_release(&calling->bytes);
	shk_policy_free(calling->policy);
	shk_pricer_free(calling->pricer);
	flowing_close(&calling->flowing);
}

/* Allocations that failed; -1: none was left to fail. */
static int calling_fail(struct calling *calling, call *made, const char *name,
	uint64_t nth, bool stays)
{
	int64_t before = memory_stats().in_use;
	shk_diag diag = { 0 };
	enum shk_code code;
	bool failed;

	memory_stats_reset();
	memory_fail_at(nth, stays);
	code = made(calling, &diag);
	memory_fail_at(0, false);
	failed = memory_stats().failed > 0;
	/* jansson reads a text again; what it gives then is whole */
	if (failed && !stays && code == SHK_OK && calling->whole > 0)
		cr_expect_eq(calling->seen, calling->whole, "%s: allocation %u",
			name, (unsigned)nth);
	else
		cr_expect_eq(code, failed ? SHK_E_MEMORY : SHK_OK,
			"%s: allocation %u: code %d, %s", name, (unsigned)nth,
			(int)code, diag.message);
	cr_expect_eq(diag.code, code, "%s: allocation %u", name, (unsigned)nth);
	cr_expect_eq(memory_stats().in_use, before, "%s: allocation %u", name,
		(unsigned)nth);
	return failed ? 1 : -1;
}

/* What is kept on purpose is there after two calls that succeed. */
static void calling_each(
	struct calling *calling, call *made, const char *name, unsigned least)
{
	shk_diag diag = { 0 };

	for (int i = 0; i < 2; i++)
		cr_assert_eq(made(calling, &diag), SHK_OK, "%s: %s", name,
			diag.message);
	calling->whole = calling->seen;
	for (int stays = 0; stays < 2; stays++) {
		uint64_t nth = 1;

		while (calling_fail(calling, made, name, nth, stays) > 0)
			nth += nth < FAULTS_EACH ? 1 : nth / FAULTS_STEP;
		cr_expect_gt(nth, least, "%s has few allocations", name);
	}
}

static enum shk_code call_form(struct calling *calling, shk_diag *diag)
{
	shk_form *form = NULL;
	enum shk_code code = shk_form_new(
		&form, calling->pricer, "rare_disease_coefficient", "r8", diag);

	shk_form_free(form);
	return code;
}

static enum shk_code call_policy(struct calling *calling, shk_diag *diag)
{
	static const char text[] = "{\"points_rounding\": \"floor\"}";
	shk_policy *policy = NULL;
	enum shk_code code =
		shk_policy_new(&policy, calling->flowing.book, diag);

	if (!code)
		code = shk_policy_read_text(
			policy, "p.json", text, strlen(text), diag);
	shk_policy_free(policy);
	return code;
}

static enum shk_code call_schema(struct calling *calling, shk_diag *diag)
{
	shk_schema *schema = NULL;
	enum shk_code code =
		shk_schema_load(&schema, SOURCE_FOLDER "/rules", diag);

	(void)calling;
	shk_schema_free(schema);
	return code;
}

static enum shk_code call_rulebook(struct calling *calling, shk_diag *diag)
{
	shk_rulebook *book = NULL;
	enum shk_code code =
		shk_rulebook_load(&book, SOURCE_FOLDER "/rules", diag);

	(void)calling;
	shk_rulebook_free(book);
	return code;
}

static bool see(void *context, const char *data, size_t size)
{
	struct calling *calling = context;

	(void)data;
	calling->seen += size;
	return true;
}

static enum shk_code call_records(struct calling *calling, shk_diag *diag)
{
	const shk_sink sink = { calling, see };
	shk_records *records = NULL;
	shk_record *record;
	enum shk_code code = shk_records_open_bytes(&records,
		calling->flowing.schema, calling->name, calling->bytes.data,
		calling->bytes.size, NULL, diag);

	calling->seen = 0;
	while (!code) {
		code = shk_records_next(records, &record, diag);
		if (!code)
			code = shk_record_json(record, sink, diag);
	}
	shk_records_close(records);
	return code == SHK_END ? SHK_OK : code;
}

static bool tell_proof(void *context, const shk_proof_row *row)
{
	(void)row;
	++*(size_t *)context;
	return true;
}

static enum shk_code take_proof(
	void *context, const shk_result *result, shk_diag *diag)
{
	size_t rows = 0;
	enum shk_code code =
		shk_result_proof(result, SHK_ENGLISH, tell_proof, &rows, diag);

	(void)context;
	cr_expect(code || rows > 0);
	return code;
}

struct proving {
	shk_diag *diag;
};

static enum shk_code on_result(void *context, const shk_result *result)
{
	struct proving *proving = context;

	return take_proof(NULL, result, proving->diag);
}

/* One text is one record, which is priced and proved. */
static enum shk_code call_text(struct calling *calling, shk_diag *diag)
{
	static const char text[] =
		"{\"id\":\"A\",\"orphan_designated\":true,"
		"\"indication_aid\":false,\"annual_tests\":150,"
		"\"base_points\":1235}";
	const shk_price_options options = { .revision = "r8", .steps = true };
	struct proving proving = { diag };
	shk_records *records = NULL;
	shk_pricer *pricer = NULL;
	shk_record *record;
	enum shk_code code = shk_records_open_texts(
		&records, calling->flowing.schema, "text", NULL, diag);

	if (!code)
		code = shk_pricer_new(&pricer, calling->flowing.book,
			calling->flowing.schema, &options, diag);
	if (!code) {
		shk_records_give(records, text, strlen(text));
		code = shk_records_next(records, &record, diag);
	}
	if (!code)
		code = shk_pricer_price(
			pricer, record, on_result, &proving, diag);
	shk_pricer_free(pricer);
	shk_records_close(records);
	return code;
}

static bool tell_table(void *context, const shk_table_check *table)
{
	(void)context;
	(void)table;
	return true;
}

static enum shk_code call_check(struct calling *calling, shk_diag *diag)
{
	const char *const decisions[] = { "rare_disease_coefficient" };
	const shk_check_options options = {
		.revision = "r8", .decisions = decisions, .decision_count = 1
	};

	return shk_rulebook_check(
		calling->flowing.book, &options, tell_table, NULL, diag);
}

TestSuite(public_faults, .timeout = 240);

Test(public_faults, each_allocation)
{
	static const struct {
		call *made;
		const char *name;
		unsigned least;
	} rows[] = {
		{ call_form, "shk_form_new", 3 },
		{ call_policy, "shk_policy_read_text", 2 },
		{ call_schema, "shk_schema_load", 20 },
		{ call_text, "shk_records_open_texts, shk_result_proof", 30 },
		{ call_check, "shk_rulebook_check", 10 },
	};
	struct calling calling;

	calling_open(&calling);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		calling_each(
			&calling, rows[i].made, rows[i].name, rows[i].least);
	calling_close(&calling);
}

Test(public_faults, rulebook)
{
	struct calling calling;

	calling_open(&calling);
	calling_each(&calling, call_rulebook, "shk_rulebook_load", 3000);
	calling_close(&calling);
}

Test(public_faults, files_in_memory)
{
	static const char *const names[] = { "rare-disease.csv",
		"rare-disease.json", "above-price.xml", "samd-cp932.csv",
		"same-record.xlsx", "same-record.jsonl" };
	struct calling calling;

	calling_open(&calling);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[512];
		shk_diag diag = { 0 };

		snprintf(path, sizeof(path),
			SOURCE_FOLDER "/fixtures/products/%s", names[i]);
		buffer_clear(&calling.bytes);
		cr_assert_eq(file_read(path, 1 << 20, &calling.bytes, &diag),
			SHK_OK);
		calling.name = names[i];
		calling_each(&calling, call_records, names[i], 5);
	}
	calling_close(&calling);
}
