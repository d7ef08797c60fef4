/*
 * Two snapshots for a test: written by hand line by line, or priced from
 * records under the real rules; and what a comparison says of them.
 */
#ifndef TESTS_COMPARE_PAIRING_H
#define TESTS_COMPARE_PAIRING_H

#include <shokan/shokan.h>

#include "base/buffer.h"

/* Header lines of hand-written snapshots; the policy comes with them. */
#define PAIRING_HEAD(revision, policy)                                         \
	"# shokan snapshot 1\n# engine 0.1.0\n# rulebook sha256:00\n"          \
	"# revision " revision                                                 \
	"\n# as_of -\n# decisions -\n# min_evidence -\n# policy " policy       \
	"\n# columns id decision revision as_of status reason values "         \
	"missing outcomes evidence citations facts\n"

struct pairing {
	shk_compare_options options;
	struct buffer said; /* the report */
	shk_diag diag;
	size_t changes;
};

/* A snapshot over a text, which must stay. */
shk_snapshot *pairing_text(const char *text, shk_diag *diag);

/*
 * Compare two texts and keep what the writer says. Returns the code with which
 * the comparison ended: SHK_END when it was whole.
 */
enum shk_code pairing_run(struct pairing *pairing, const char *before,
	const char *after, enum shk_change_format format);
void pairing_init(struct pairing *pairing);
void pairing_release(struct pairing *pairing);

/*
 * The whole snapshot of a CSV text under the real rules, in order; the caller
 * releases `out`. `revision` NULL: by date.
 */
void pairing_price(struct buffer *out, const shk_rulebook *book,
	const shk_schema *schema, const char *revision, const char *policy,
	const char *records);

#endif
