/*
 * Expressions on known values and what they are, worked out by hand from the
 * DMN specification (1.5) where it says so and from API.md else; each set is
 * run as it is, and with memory refused everywhere.
 */
#ifndef TESTS_FEEL_ROWS_H
#define TESTS_FEEL_ROWS_H

#include <stddef.h>

struct feel_rows {
	const char *name;
	const char *const (*rows)[2];
	size_t count;
};

/* Ended by one without a name. */
extern const struct feel_rows feel_row_sets[];

#endif
