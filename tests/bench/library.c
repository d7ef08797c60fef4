/*
 * The library without a process around it: library RULES FILE [REPEAT]. First
 * evaluations of the coefficient on records in memory beside the same table
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

#define ROUNDS 3

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

static shk_pricer *pricer_make(struct bench *bench, bool steps, bool flips)
{
	const char *decision = "rare_disease_coefficient";
	shk_price_options options = { .revision = "r8",
		.decisions = &decision,
		.decision_count = 1,
		.policy = bench->policy,
		.steps = steps,
		.flips = flips };
	shk_pricer *pricer;

	must(bench, shk_pricer_new(&pricer, bench->book, bench->schema,
			    &options, &bench->diag));
	return pricer;
}

static long hand(const struct facts *facts, long *band)
{
	if (!facts->orphan && !(facts->aid && facts->tests < 1000))
		return 0;
	*band = facts->tests >= 800 ? 11 : 15 - facts->tests / 200;
	return (facts->points * *band + 5) / 10;
}

/* `repeat` evaluations of each of the first records of the file by the
   library, and as many by hand over an array of the same size. */
static void evaluate(struct bench *bench, long repeat, long *times)
{
	static struct facts facts[64];
	shk_pricer *pricer = pricer_make(bench, false, false);
	long seen[5] = { 0 }, count = 0, start = processor(), sum = 0;
	shk_records *records;
	shk_record *record;

	must(bench, shk_records_open(&records, bench->schema, bench->path, NULL,
			    &bench->diag));
	for (; count < 64; count++) {
		if (shk_records_next(records, &record, &bench->diag))
			break;
		for (long i = 0; i < repeat; i++)
			must(bench, shk_pricer_price(pricer, record,
					    count_status, seen, &bench->diag));
		facts[count].orphan = count % 2;
		facts[count].aid = count % 3;
		facts[count].tests = count * 20;
		facts[count].points = count * 97;
	}
	times[0] = count * repeat;
	times[1] = processor() - start;
	start = processor();
	for (long i = 0; i < repeat * 1000; i++)
		for (long at = 0; at < count; at++) {
			long band = 0;

			sum += hand(&facts[at], &band) + band;
			/* the next round is not known to be the same */
			__asm__ volatile("" : "+r"(sum) : : "memory");
		}
	times[2] = count * repeat * 1000;
	times[3] = processor() - start;
	shk_records_close(records);
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
	shk_pricer *pricer = pricer_make(bench, stage->steps, stage->write);
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
	long repeat = count > 3 ? strtol(words[3], NULL, 10) : 1000;
	long evaluations[ROUNDS][4], own[ROUNDS], by_hand[ROUNDS];
	long times[STAGES][ROUNDS], counts[STAGES];

	if (count < 3)
		return 2;
	must(&bench, shk_rulebook_load(&bench.book, words[1], &bench.diag));
	must(&bench, shk_schema_load(&bench.schema, words[1], &bench.diag));
	must(&bench, shk_policy_new(&bench.policy, bench.book, &bench.diag));
	must(&bench, shk_policy_set(bench.policy, "points_rounding", "half_up",
			     &bench.diag));
	for (int round = 0; round < ROUNDS; round++) {
		evaluate(&bench, repeat, evaluations[round]);
		own[round] = evaluations[round][1];
		by_hand[round] = evaluations[round][3];
		for (size_t at = 0; at < STAGES; at++)
			times[at][round] =
				stage_run(&bench, &stages[at], &counts[at]);
	}
	line("evaluation", evaluations[0][0], own);
	line("hand-written function", evaluations[0][2], by_hand);
	for (size_t at = 0; at < STAGES; at++)
		line(stages[at].name, counts[at], times[at]);
	shk_policy_free(bench.policy);
	shk_schema_free(bench.schema);
	shk_rulebook_free(bench.book);
	return 0;
}
