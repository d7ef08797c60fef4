/*
 * Which rows can notice a change of which file: those of the decisions whose
 * model is that file or imports it, near or far.
 */
#ifndef TESTS_MUTATION_REACH_H
#define TESTS_MUTATION_REACH_H

#include "mutation/bench.h"

#define ANSWERS_MAX 128

struct reach {
	const struct law *law;
	bool reads[FILES_MAX][FILES_MAX]; /* a reads b, or is b */
	struct {
		struct text decision;
		size_t file;
	} answers[ANSWERS_MAX]; /* a decision in a revision */
	size_t answer_count;
};

void reach_find(struct reach *reach, const struct law *law);
/* The row can differ when the file of this name is another. */
bool reach_has(
	const struct reach *reach, const struct vector *row, const char *name);

#endif
