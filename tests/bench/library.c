/*
 * The library without a process around it: library RULES FILE [REPEAT]. First
 * evaluations of the coefficient on prepared records beside the same table
 * written as a C function, in turn, on the same facts; then the stages of a
 * run over FILE: reading alone, with pricing, with each writer to memory.
 * Printed: name, evaluations, processor microseconds of each round.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <shokan/shokan.h>

#define ROUNDS	   3
#define PREPARED   4096 /* records that are kept in memory */
#define HAND_TIMES 20	/* the function is that much quicker to be timed */
#define DECISION   "rare_disease_coefficient"

struct bench {
	shk_rulebook *book;
	shk_schema *schema;
	shk_policy *policy;
	const char *path;
	shk_report *report;
	size_t bytes;
	shk_diag diag;
};

/* The facts of one record, as the hand-written function wants them. */
struct facts {
	bool orphan, aid;
	long tests, points;
};

static void must(struct bench *bench, enum shk_code code)
{
	if (code == SHK_OK)
		return;
	fprintf(stderr, "library: %s\n", bench->diag.message);
	exit(1);
}

static long processor(void)
{
	struct timespec at;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
	return at.tv_sec * 1000000L + at.tv_nsec / 1000;
}

static enum shk_code count_status(void *context, const shk_result *result)
{
	long *seen = context;

	seen[shk_result_status(result)]++;
	return SHK_OK;
}

static enum shk_code write_result(void *context, const shk_result *result)
{
	struct bench *bench = context;

	return shk_report_result(bench->report, result, &bench->diag);
}

static bool to_nowhere(void *context, const char *data, size_t size)
{
	struct bench *bench = context;

	(void)data;
	bench->bytes += size;
	return true;
}

static shk_pricer *pricer_make(
	struct bench *bench, bool steps, bool flips, bool lead_only)
{
	const char *decision = DECISION;
	shk_price_options options = { .revision = "r8",
		.decisions = &decision,
		.decision_count = 1,
		.policy = bench->policy,
		.steps = steps,
		.flips = flips,
		.lead_only = lead_only };
	shk_pricer *pricer;

	must(bench, shk_pricer_new(&pricer, bench->book, bench->schema,
			    &options, &bench->diag));
	return pricer;
}

static bool hand(const struct facts *facts, long *points)
{
	long tenths = facts->tests >= 800 ? 11 : 15 - facts->tests / 200;

	if (!facts->orphan && !(facts->aid && facts->tests < 1000))
		return false;
	*points = (facts->points * tenths + 5) / 10;
	return true;
}

/* The first records of the file once more, for the function; how many. */
static size_t facts_read(const char *path, struct facts *facts)
{
	FILE *file = fopen(path, "r");
	char line[256], orphan[8], aid[8];
	size_t count = 0;

	if (!file || !fgets(line, sizeof(line), file))
		exit(1);
	while (count < PREPARED && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%*[^,],%*[^,],%7[^,],%7[^,],%ld,%ld", orphan,
			    aid, &facts[count].tests,
			    &facts[count].points) != 4)
			exit(1);
		facts[count].orphan = orphan[0] == 't';
		facts[count++].aid = aid[0] == 't';
	}
	fclose(file);
	return count;
}

static void prepare(
	struct bench *bench, shk_pricer *pricer, shk_prepared **prepared)
{
	shk_records *records;
	shk_record *record;

	must(bench, shk_prepared_new(prepared, pricer, DECISION, &bench->diag));
	must(bench, shk_records_open(&records, bench->schema, bench->path, NULL,
			    &bench->diag));
	while (shk_prepared_count(*prepared) < PREPARED &&
		shk_records_next(records, &record, &bench->diag) == SHK_OK)
		must(bench, shk_prepared_add(*prepared, record, &bench->diag));
	shk_records_close(records);
}

/* All prepared records `repeat` times by the library, and the same facts more
   often by the function; both must find as many that have a coefficient. */
static void evaluate(
	struct bench *bench, long repeat, bool lead_only, long *times)
{
	static struct facts facts[PREPARED];
	shk_pricer *pricer = pricer_make(bench, false, false, lead_only);
	size_t count = facts_read(bench->path, facts);
	long seen[5] = { 0 }, applies = 0, points = 0, start;
	shk_prepared *prepared;
	const shk_result *result;

	prepare(bench, pricer, &prepared);
	start = processor();
	for (long i = 0; i < repeat; i++)
		for (size_t at = 0; at < count; at++) {
			must(bench, shk_prepared_answer(prepared, at, &result,
					    &bench->diag));
			seen[shk_result_status(result)]++;
		}
	times[1] = processor() - start;
	start = processor();
	for (long i = 0; i < repeat * HAND_TIMES; i++)
		for (size_t at = 0; at < count; at++) {
			applies += hand(&facts[at], &points);
			/* the next round is not known to be the same */
			__asm__ volatile("" : "+r"(points) : : "memory");
		}
	times[3] = processor() - start;
	times[0] = (long)count * repeat;
	times[2] = times[0] * HAND_TIMES;
	if (count != shk_prepared_count(prepared) ||
		seen[SHK_DETERMINED] * HAND_TIMES != applies)
		exit(1);
	shk_prepared_free(prepared);
	shk_pricer_free(pricer);
}

struct stage {
	const char *name;
	bool price, write, steps;
	enum shk_report_format format;
};

static const struct stage stages[] = {
	{ "reading", false, false, false, SHK_REPORT_CSV },
	{ "reading and pricing", true, false, false, SHK_REPORT_CSV },
	{ "reading, pricing, CSV", true, true, false, SHK_REPORT_CSV },
	{ "reading, pricing, JSON", true, true, false, SHK_REPORT_JSON },
	{ "reading, pricing, JSON with steps", true, true, true,
		SHK_REPORT_JSON },
};
#define STAGES (sizeof(stages) / sizeof(*stages))

/* Processor microseconds of one stage over the whole file. */
static long stage_run(
	struct bench *bench, const struct stage *stage, long *count)
{
	shk_report_options options = { .format = stage->format,
		.steps = stage->steps };
	shk_pricer *pricer =
		pricer_make(bench, stage->steps, stage->write, false);
	long seen[5] = { 0 }, start = processor();
	shk_records *records;
	shk_record *record;

	*count = 0;
	must(bench, shk_report_new(&bench->report, &options,
			    (shk_sink){ bench, to_nowhere }, &bench->diag));
	must(bench, shk_records_open(&records, bench->schema, bench->path, NULL,
			    &bench->diag));
	while (shk_records_next(records, &record, &bench->diag) == SHK_OK) {
		++*count;
		if (stage->price)
			must(bench, shk_pricer_price(pricer, record,
					    stage->write ? write_result
							 : count_status,
					    stage->write ? (void *)bench : seen,
					    &bench->diag));
	}
	must(bench, shk_report_finish(bench->report, &bench->diag));
	shk_records_close(records);
	shk_report_free(bench->report);
	shk_pricer_free(pricer);
	return processor() - start;
}

static void line(const char *name, long count, const long *times)
{
	printf("%s\t%ld", name, count);
	for (int round = 0; round < ROUNDS; round++)
		printf("\t%ld", times[round]);
	putchar('\n');
}

int main(int count, char **words)
{
	struct bench bench = { .path = count > 2 ? words[2] : "" };
	long repeat = count > 3 ? strtol(words[3], NULL, 10) : 100;
	long evaluations[ROUNDS][4], own[ROUNDS], by_hand[ROUNDS];
	long leads[4], lead[ROUNDS];
	long times[STAGES][ROUNDS], counts[STAGES];

	if (count < 3)
		return 2;
	must(&bench, shk_rulebook_load(&bench.book, words[1], &bench.diag));
	must(&bench, shk_schema_load(&bench.schema, words[1], &bench.diag));
	must(&bench, shk_policy_new(&bench.policy, bench.book, &bench.diag));
	must(&bench, shk_policy_set(bench.policy, "points_rounding", "half_up",
			     &bench.diag));
	for (int round = 0; round < ROUNDS; round++) {
		evaluate(&bench, repeat, false, evaluations[round]);
		evaluate(&bench, repeat, true, leads);
		lead[round] = leads[1];
		own[round] = evaluations[round][1];
		by_hand[round] = evaluations[round][3];
		for (size_t at = 0; at < STAGES; at++)
			times[at][round] =
				stage_run(&bench, &stages[at], &counts[at]);
	}
	line("evaluation, prepared records", evaluations[0][0], own);
	line("evaluation, the coefficient alone", leads[0], lead);
	line("hand-written function", evaluations[0][2], by_hand);
	for (size_t at = 0; at < STAGES; at++)
		line(stages[at].name, counts[at], times[at]);
	shk_policy_free(bench.policy);
	shk_schema_free(bench.schema);
	shk_rulebook_free(bench.book);
	return 0;
}
