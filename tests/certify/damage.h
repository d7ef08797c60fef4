/*
 * Damaging certificates: every statement of every table made false, one at a
 * time. Each damage is untrue by construction: the cells part the domain, so
 * that any change of what a cell holds, or of whose it is, is wrong.
 */
#ifndef TESTS_CERTIFY_DAMAGE_H
#define TESTS_CERTIFY_DAMAGE_H

#include "certify/certify.h"

/* Is the text accepted as the certificate of these models? */
bool damage_accepts(const struct models *of, const char *data, size_t size,
	char why[CLAIMS_WHY_MAX]);
/*
 * Every table of a certificate (or each `every`th) alone, as it is (which must be accepted) and
 * with each damage (which must be refused with a reason). How many damages;
 * the number of tables into `tables`.
 */
size_t damage_book(const struct models *models, const struct buffer *whole,
	size_t every, size_t *tables);

#endif
