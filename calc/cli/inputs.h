/*
 * What a saved run was made from: the names, sizes and hashes of its files,
 * taken before they are read, and looked at again afterwards.
 */
#ifndef CLI_INPUTS_H
#define CLI_INPUTS_H

#include <stddef.h>

#include <shokan/hash.h>
#include <shokan/store.h>

#include "cli/exits.h"

struct cli_input_file;

struct cli_inputs {
	/* of one file its SHA-256; of several that of their hashes, a line
	   each, in their order */
	char hash[SHK_HASH_TEXT];
	char *names; /* canonical JSON: [{"bytes":..,"path":..,"sha256":..}] */
	struct cli_input_file *files;
	char **paths;
	size_t count;
	unsigned long long bytes; /* of all of them */
};

/* Ordinary files only: they are read twice. Says what is wrong. */
enum cli_exit cli_inputs_read(
	struct cli_inputs *inputs, char **paths, size_t count);
/* The products of a store: facts and kept columns, a line each. */
enum cli_exit cli_inputs_products(
	struct cli_inputs *inputs, shk_products *products);
/* CLI_IO after saying so when a file was changed since. */
enum cli_exit cli_inputs_check(const struct cli_inputs *inputs);
void cli_inputs_release(struct cli_inputs *inputs);

#endif
