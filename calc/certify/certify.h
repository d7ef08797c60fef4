/*
 * The checker of certificates: reads the models itself, and accepts a
 * certificate only when each of its statements is true. It shares no code with
 * the program that writes certificates but decimal numbers and XML.
 */
#ifndef CERTIFY_CERTIFY_H
#define CERTIFY_CERTIFY_H

#include "base/buffer.h"
#include "base/diag.h"
#include "certify/claims.h"
#include "certify/models.h"

#define PROVE_STEPS_MAX 4000000u   /* regions looked at in one table */
#define PROVE_WORDS_MAX (4u << 20) /* of 64 bits, of one set of sets */

/* What a true certificate says of the rules. */
struct verdict {
	bool accepted;
	long line;		  /* of the certificate; 0: none */
	char why[CLAIMS_WHY_MAX]; /* of a refusal */
	size_t tables, cells, left_out;
	size_t gaps, overlaps, unreachable;
	struct buffer findings; /* a line each */
};

void verdict_init(struct verdict *verdict);
void verdict_release(struct verdict *verdict);

/* Hold the bytes of a certificate against the models. */
void certify(const struct models *models, struct text bytes,
	struct verdict *verdict);

/* prove.c: one table; false: `why`. Findings are added. */
bool prove_table(struct arena *arena, const struct models_table *table,
	const struct claim_table *claim, struct verdict *verdict);
/* Keep the first reason, with its line; false. */
bool verdict_refuse(struct verdict *verdict, long line, const char *format, ...)
	BASE_PRINTF(3, 4);

#endif
