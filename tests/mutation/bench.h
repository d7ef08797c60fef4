/*
 * Copies of the rules for mutants to stand in, and processes to try them in.
 */
#ifndef TESTS_MUTATION_BENCH_H
#define TESTS_MUTATION_BENCH_H

#include <sys/types.h>

#include "mutation/trial.h"

#define JOBS_MAX  64
#define FILES_MAX 256

/* The rules as they stand: every file of the book. */
struct law {
	struct law_file files[FILES_MAX];
	size_t count;
};

bool law_read(struct law *law, const char *folder);
void law_release(struct law *law);

/* Gets the verdict on mutant `index`. */
typedef void (*bench_callback)(
	void *context, size_t index, const struct outcome *outcome);

/*
 * Try the mutants chosen[0..count) in `jobs` processes; `folder` is an empty
 * folder for the copies. A mutant that does not end within a minute, or that
 * crashes, is VERDICT_LOST. After `seconds` (0: never) no more are begun. False: a process or a file could not be made.
 */
bool bench_run(const struct law *law, const struct mutants *mutants,
	const size_t *chosen, size_t count, const struct measure *measure,
	const char *folder, size_t jobs, size_t seconds,
	bench_callback callback, void *context);

#endif
