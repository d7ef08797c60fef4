/*
 * What `compare` and `batch --baseline` share: the options of a comparison and
 * going through its changes.
 */
#ifndef CLI_COMPARE_H
#define CLI_COMPARE_H

#include <shokan/shokan.h>

#include "cli/options.h"
#include "cli/side.h"

struct cli_compare {
	bool strict;
	shk_compare_options options;
	shk_approved *approved;
	shk_volumes *volumes;
	struct shk_compare_book books[2];
	/* each change, then the summary; what they return stops */
	enum cli_exit (*change)(
		struct cli_compare *compare, const struct shk_change *change);
	enum cli_exit (*summary)(struct cli_compare *compare,
		const struct shk_change_summary *summary);
	void *context; /* of these two */
	size_t open;   /* changes that are not approved */
};

/*
 * Read the approved changes of `approved` (NULL: none) and the volumes that
 * the arguments name. Says what is wrong.
 */
enum cli_exit cli_compare_open(struct cli_compare *compare,
	const struct cli_arguments *arguments, const char *approved);
/*
 * All changes between the sides. CLI_FINDINGS when one is not approved, or
 * with --strict when an approved one did not happen; else that is a warning.
 */
enum cli_exit cli_compare_run(struct cli_compare *compare,
	const struct cli_side *before, const struct cli_side *after);
void cli_compare_close(struct cli_compare *compare);

#endif
