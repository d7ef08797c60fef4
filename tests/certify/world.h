/*
 * A small book in a folder of the test, whose one model has random decision
 * tables, and what trying every value finds in each of them.
 */
#ifndef TESTS_CERTIFY_WORLD_H
#define TESTS_CERTIFY_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

#define WORLD_ROWS_MAX	  5
#define WORLD_COLUMNS_MAX 3

struct world_column {
	unsigned input;			/* which input it looks at */
	unsigned takes[WORLD_ROWS_MAX]; /* of each row: a set of its values */
};

struct world_table {
	bool collect;
	size_t row_count;
	size_t column_count;
	struct world_column columns[WORLD_COLUMNS_MAX];
};

/* What trying every value finds. */
struct world_truth {
	bool gap;
	bool overlap[WORLD_ROWS_MAX][WORLD_ROWS_MAX]; /* first < second */
	bool reached[WORLD_ROWS_MAX];
};

uint64_t world_next(uint64_t *seed);
/* A random table, its text appended as the decision d<NUMBER>. */
void world_table(uint64_t *seed, size_t number, struct world_table *table,
	struct buffer *out);
void world_try(const struct world_table *table, struct world_truth *truth);

/* A new folder with a book around those decisions; its path. */
const char *world_open(const char *decisions);
void world_close(void);
/* Replace the only `from` in a file of the folder. */
void world_edit(const char *file, const char *from, const char *to);

#endif
