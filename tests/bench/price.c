/*
 * How many records a second the pricer answers: a fully known one with and
 * without flips, and one whose number of tests is unknown. Built by hand, not
 * a test:
 *   cc -O2 -std=c11 -D_POSIX_C_SOURCE=200809L -Icalc -Iinclude
 *      tests/bench/price.c -o bench BUILD/libshokan.a ...
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <shokan/shokan.h>

#include "record/record.h"

static void must(enum shk_code code, const shk_diag *diag)
{
	if (!code)
		return;
	fprintf(stderr, "%s\n", diag->message);
	exit(1);
}

static enum shk_code ignore(void *context, const shk_result *result)
{
	*(unsigned *)context += (unsigned)shk_result_status(result) + 1;
	return SHK_OK;
}

static long long now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return at.tv_sec * 1000000000ll + at.tv_nsec;
}

static void set_all(struct record *record, const char *text)
{
	shk_diag diag = { 0 };

	while (*text) {
		size_t size = strcspn(text, ";");
		size_t name = strcspn(text, "=");

		must(record_set(record, (struct text){ text, name },
			     (struct text){ text + name + 1, size - name - 1 },
			     &diag),
			&diag);
		text += size + (text[size] == ';');
	}
}

struct run {
	const char *what, *record;
	bool flips;
	int times;
};

static void run(const shk_rulebook *book, const shk_schema *schema,
	const struct run *how)
{
	const char *decision = "rare_disease_coefficient";
	shk_price_options options = {
		.decisions = &decision, .decision_count = 1, .flips = how->flips
	};
	struct arena arena;
	struct record record;
	shk_pricer *pricer;
	shk_diag diag = { 0 };
	unsigned seen = 0;
	long long start;

	arena_init(&arena);
	must(record_init(&record, record_schema_of(schema), &arena, &diag),
		&diag);
	record.id = "A";
	set_all(&record, how->record);
	must(shk_pricer_new(&pricer, book, schema, &options, &diag), &diag);
	start = now();
	for (int i = 0; i < how->times; i++)
		must(shk_pricer_price(pricer,
			     (const shk_record *)(const void *)&record, ignore,
			     &seen, &diag),
			&diag);
	printf("%-28s %8lld records a second\n", how->what,
		how->times * 1000000000ll / (now() - start));
	shk_pricer_free(pricer);
	arena_release(&arena);
}

int main(int count, char **words)
{
	static const struct run runs[] = {
		{ "known, no flips",
			"orphan_designated=true;indication_aid=false;"
			"annual_tests=500;base_points=1000",
			false, 20000 },
		{ "known, flips",
			"orphan_designated=true;indication_aid=false;"
			"annual_tests=500;base_points=1000",
			true, 5000 },
		{ "tests unknown",
			"orphan_designated=true;indication_aid=false;"
			"base_points=1000",
			true, 2000 },
	};
	const char *folder = count > 1 ? words[1] : "rules";
	int only = count > 2 ? atoi(words[2]) : -1;
	shk_rulebook *book;
	shk_schema *schema;
	shk_diag diag = { 0 };

	must(shk_rulebook_load(&book, folder, &diag), &diag);
	must(shk_schema_load(&schema, folder, &diag), &diag);
	for (int i = 0; i < 3; i++)
		if (only < 0 || only == i)
			run(book, schema, &runs[i]);
	shk_schema_free(schema);
	shk_rulebook_free(book);
	return 0;
}
