/*
 * Going through a comparison. An approved change that did not happen is
 * something to tidy up, so it is told, and a finding only for the strict.
 */
#include "cli/compare.h"

#include <string.h>

#include "cli/message.h"

enum cli_exit cli_compare_open(struct cli_compare *compare,
	const struct cli_arguments *arguments, const char *approved)
{
	shk_diag diag = { 0 };

	compare->strict = arguments->given[OPT_STRICT] ||
			  arguments->given[OPT_COMPARE_STRICT];
	compare->options.evidence = compare->strict;
	if (approved && shk_approved_read(&compare->approved, approved, &diag))
		return cli_complain_diag(&diag);
	if (arguments->given[OPT_VOLUMES] &&
		shk_volumes_read(&compare->volumes,
			arguments->value[OPT_VOLUMES], &diag))
		return cli_complain_diag(&diag);
	compare->options.approved = compare->approved;
	compare->options.volumes = compare->volumes;
	compare->options.books = compare->books;
	return CLI_DONE;
}

static enum cli_exit compare_summary(
	struct cli_compare *compare, shk_comparison *comparison)
{
	const struct shk_change_summary *summary;
	bool strict = compare->strict;
	shk_diag diag = { 0 };
	enum cli_exit status = CLI_DONE;

	if (shk_compare_summary(comparison, &summary, &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	if (compare->summary)
		status = compare->summary(compare, summary);
	if (status != CLI_DONE)
		return status;
	for (size_t i = 0; i < summary->unused_count; i++)
		cli_complain("%sapproved, but it did not happen: %s",
			strict ? "" : "warning: ", summary->unused[i]);
	return compare->open || (strict && summary->unused_count) ? CLI_FINDINGS
								  : CLI_DONE;
}

enum cli_exit cli_compare_run(struct cli_compare *compare,
	const struct cli_side *before, const struct cli_side *after)
{
	const struct shk_change *change;
	shk_comparison *comparison = NULL;
	shk_diag diag = { 0 };
	enum cli_exit status = CLI_DONE;
	enum shk_code code = shk_compare_new(&comparison, before->snapshot,
		after->snapshot, &compare->options, &diag);

	compare->open = 0;
	while (!code && status == CLI_DONE) {
		code = shk_compare_next(comparison, &change, &diag);
		if (code)
			break;
		compare->open += !change->approved;
		status = compare->change(compare, change);
	}
	if (code && code != SHK_END)
		status = cli_complain_diag(&diag);
	else if (status == CLI_DONE)
		status = compare_summary(compare, comparison);
	shk_compare_free(comparison);
	return status;
}

void cli_compare_close(struct cli_compare *compare)
{
	shk_approved_free(compare->approved);
	shk_volumes_free(compare->volumes);
	compare->approved = NULL;
	compare->volumes = NULL;
}
