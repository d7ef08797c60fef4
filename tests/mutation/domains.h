/*
 * The domains that models declare, beside those that the specification says.
 */
#ifndef TESTS_MUTATION_DOMAINS_H
#define TESTS_MUTATION_DOMAINS_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/text.h"

/* The list: ELEMENT or FILE:ELEMENT, tab, domain, tab, where it is said. */
struct domains {
	struct buffer list;
};

bool domains_read(struct domains *domains, const char *path);
void domains_release(struct domains *domains);
/* Every domain in the model `raw`, named `file`, is the one of the list; else
   `said` gets the first that is not. */
bool domains_agree(const struct domains *domains, const char *file,
	struct text raw, struct buffer *said);

#endif
