/*
 * The rules of this project, loaded once for every input of a target.
 */
#ifndef FUZZ_LAW_H
#define FUZZ_LAW_H

#include <shokan/price.h>

struct law {
	shk_rulebook *book;
	shk_schema *schema;
};

/* Freed when the process ends; ends it when they cannot be loaded. */
const struct law *law_get(void);

#endif
