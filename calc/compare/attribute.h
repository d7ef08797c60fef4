/*
 * Which cause made an answer change: the record is answered again from the
 * facts of its lines, with one difference put in or taken back at a time.
 */
#ifndef COMPARE_ATTRIBUTE_H
#define COMPARE_ATTRIBUTE_H

#include <shokan/compare.h>

#include "base/arena.h"
#include "compare/change.h"

struct attributor;

/* `books` and what they hold outlive it, as do headers and causes. */
enum shk_code attributor_new(struct attributor **out,
	const shk_compare_options *options,
	const struct shk_snapshot_header *before,
	const struct shk_snapshot_header *after,
	const struct header_causes *headers, shk_diag *diag);
void attributor_free(struct attributor *attributor);

/*
 * Fill the effects of the causes of a change; those of the headers that make
 * no difference here are dropped. Causes of which nothing can be said stay
 * untested. SHK_E_MEMORY is the only failure.
 */
enum shk_code attribute(struct attributor *attributor, struct arena *arena,
	struct shk_change *change, shk_diag *diag);

#endif
