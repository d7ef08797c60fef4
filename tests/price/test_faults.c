/*
 * Memory that is refused at any place of pricing: making a pricer, answers with
 * all that can be asked for, answers that are remembered, prepared records.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "price/pricing.h"
#include "support/faults.h"

#define RULES	     SOURCE_FOLDER "/rules"
#define COUNT(rows)  (sizeof(rows) / sizeof((rows)[0]))
#define RECORDS_MOST 12

TestSuite(price_faults, .timeout = 240);

/* A book, records of it, and how they are priced. */
struct bench {
	struct pricing pricing;
	struct pricing records[RECORDS_MOST]; /* each holds one */
	size_t count;
	size_t used; /* of them, the first */
	int rounds;
};

static void bench_open(struct bench *bench, const char *folder,
	const char *const *records, size_t count)
{
	memset(bench, 0, sizeof(*bench));
	pricing_open(&bench->pricing, folder);
	cr_assert_leq(count, RECORDS_MOST);
	bench->count = bench->used = count;
	bench->rounds = 1;
	for (size_t i = 0; i < count; i++) {
		bench->records[i].schema = bench->pricing.schema;
		arena_init(&bench->records[i].arena);
		pricing_record(&bench->records[i], records[i]);
	}
}

static void bench_close(struct bench *bench)
{
	for (size_t i = 0; i < bench->count; i++)
		arena_release(&bench->records[i].arena);
	pricing_close(&bench->pricing);
}

static const shk_record *bench_record(const struct bench *bench, size_t at)
{
	return (const shk_record *)(const void *)&bench->records[at].record;
}

static enum shk_code count_outputs(void *context, const shk_result *result)
{
	*(size_t *)context += result->output_count;
	return SHK_OK;
}

static enum shk_code call_price(void *context, shk_diag *diag)
{
	const struct bench *bench = context;
	const struct pricing *pricing = &bench->pricing;
	shk_pricer *pricer = NULL;
	size_t outputs = 0;
	enum shk_code code = shk_pricer_new(&pricer, pricing->book,
		pricing->schema, &pricing->options, diag);

	for (int round = 0; round < bench->rounds; round++)
		for (size_t i = 0; i < bench->used && !code; i++)
			code = shk_pricer_price(pricer, bench_record(bench, i),
				count_outputs, &outputs, diag);
	shk_pricer_free(pricer);
	if (!code)
		cr_expect_gt(outputs, 0u);
	return code;
}

static const char *const small[] = { "n=2;x=3;word=a;flag=true", "", "word=a",
	"x=5;y=1;sum=7", "share=59", "as_of=2019-01-01;day=2023-03-31;x=5",
	"lane=outside", "word=b;n=3" };
static const char *const light[] = { "edge", "top", "swap", "jumping", "same",
	"limited", "type", "words", "graded", "agree", "total", "large", "size",
	"asked", "held", "reaches", "known_only" };

Test(price_faults, of_the_small_book)
{
	struct bench bench;

	faults_open();
	bench_open(&bench, SMALL_BOOK, small, 8);
	bench.pricing.options.steps = true;
	bench.pricing.options.every_flip = true;
	bench.pricing.options.facts = true;
	bench.pricing.options.decisions = light;
	bench.pricing.options.decision_count = COUNT(light);
	faults_each("small", call_price, &bench, 30);
	bench.pricing.options.decisions = NULL;
	bench.pricing.options.decision_count = 0;
	bench.pricing.options.lead_only = true;
	bench.used = 3;
	faults_each("lead", call_price, &bench, 30);
	bench_close(&bench);
	faults_close();
}

/* Answers that are remembered, by their numbers. */
Test(price_faults, of_what_is_remembered)
{
	static const char *const records[] = {
		"orphan_designated=true;indication_aid=true;annual_tests=150;"
		"base_points=1235",
		"orphan_designated=true;indication_aid=true;annual_tests=160;"
		"base_points=1300",
		"orphan_designated=true;indication_aid=true;annual_tests=350;"
		"base_points=1300",
		"orphan_designated=true;annual_tests=350;base_points=1300",
	};
	static const char *const decision = "rare_disease_coefficient";
	struct bench bench;

	faults_open();
	bench_open(&bench, RULES, records, COUNT(records));
	bench.pricing.options.revision = "r8";
	bench.pricing.options.steps = true;
	bench.pricing.options.decisions = &decision;
	bench.pricing.options.decision_count = 1;
	bench.rounds = 3;
	faults_each("remembered", call_price, &bench, 30);
	bench_close(&bench);
	faults_close();
}

/* What other roundings would give. */
Test(price_faults, of_roundings)
{
	static const char *const records[] = { "calculated_price=232500" };
	static const char *const decision = "price_rounding";
	struct bench bench;

	faults_open();
	bench_open(&bench, RULES, records, COUNT(records));
	bench.pricing.options.revision = "r8";
	bench.pricing.options.roundings = true;
	bench.pricing.options.decisions = &decision;
	bench.pricing.options.decision_count = 1;
	faults_each("roundings", call_price, &bench, 20);
	bench_close(&bench);
	faults_close();
}

static enum shk_code call_prepared(void *context, shk_diag *diag)
{
	const struct bench *bench = context;
	const struct pricing *pricing = &bench->pricing;
	const shk_result *result;
	shk_prepared *prepared = NULL;
	shk_pricer *pricer = NULL;
	shk_schema *schema = NULL;
	enum shk_code code = shk_schema_of(&schema, pricing->book, diag);

	if (!code)
		code = shk_pricer_new(&pricer, pricing->book, pricing->schema,
			&pricing->options, diag);
	if (!code)
		code = shk_prepared_new(&prepared, pricer, "top", diag);
	for (size_t i = 0; i < bench->used && !code; i++)
		code = shk_prepared_add(prepared, bench_record(bench, i), diag);
	for (size_t i = 0; i < 2 * bench->count && !code; i++)
		code = shk_prepared_answer(
			prepared, i % bench->count, &result, diag);
	shk_prepared_free(prepared);
	shk_pricer_free(pricer);
	shk_schema_free(schema);
	return code;
}

Test(price_faults, of_prepared_records)
{
	struct bench bench;

	faults_open();
	bench_open(&bench, SMALL_BOOK, small, 6);
	faults_each("prepared", call_prepared, &bench, 30);
	bench_close(&bench);
	faults_close();
}
