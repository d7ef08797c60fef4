/*
 * Values that fields and parameters take, and values that they refuse.
 */
#ifndef TESTS_MUTATION_VALUES_H
#define TESTS_MUTATION_VALUES_H

#include <stdbool.h>
#include <stdio.h>

#include <shokan/shokan.h>

#include "base/buffer.h"

struct values {
	struct buffer list; /* the file */
};

bool values_read(struct values *values, const char *path);
void values_release(struct values *values);
/* Each value is taken or refused as the list says; else `said` gets the
   first that is not. */
bool values_agree(const struct values *values, const shk_rulebook *book,
	const shk_schema *schema, struct buffer *said);

#endif
