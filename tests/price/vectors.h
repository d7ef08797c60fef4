/*
 * Rows of a vectors file (fixtures/vectors/vectors.csv) for tests.
 */
#ifndef TESTS_PRICE_VECTORS_H
#define TESTS_PRICE_VECTORS_H

#include <stdio.h>

#include "base/buffer.h"
#include "price/result.h"

struct vectors {
	FILE *stream;
	char line[8192];
};

struct vector {
	char *id, *decision, *revision, *inputs, *policy, *status, *expected;
};

bool vectors_open(struct vectors *vectors, const char *path);
bool vectors_next(struct vectors *vectors, struct vector *row);
/* The next `name=value` (or `name~value`) of a list separated by `;`. */
bool vectors_pair(
	char **rest, struct text *name, struct text *value, char *sign);
/* Words separated by `|`, numbers canonical, sorted. */
void vectors_words(struct text list, struct buffer *out);
/* A value, and a set of outcomes, in the words of the file. */
void vectors_say(const struct price_value *value, struct buffer *out);
void vectors_outcomes(
	const struct price_outcome *outcomes, size_t count, struct buffer *out);

#endif
