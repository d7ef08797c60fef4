/*
 * Opening a store for a command: the one place that tells of an upgrade.
 */
#include "cli/open_store.h"

#include "cli/message.h"

enum cli_exit cli_store_open(shk_store **out,
	const struct cli_arguments *arguments, enum shk_store_mode mode)
{
	const char *path = arguments->value[OPT_STORE];
	shk_diag diag = { 0 };

	*out = NULL;
	if (!path) {
		cli_complain("which store? --store FILE");
		return CLI_USAGE;
	}
	if (shk_store_open(out, path, mode, &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	if (shk_store_backup(*out))
		cli_complain("note: %s was upgraded to version %d; what it was "
			     "is in %s",
			path, shk_store_version(), shk_store_backup(*out));
	return CLI_DONE;
}
