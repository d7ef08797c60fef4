/*
 * Splitting `a,b,c`. The list owns a copy of the text and points into it.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/message.h"
#include "cli/names.h"

static enum cli_exit cli_names_add(
	struct cli_names *out, const char *option, const char *name)
{
	if (name[0] == '\0') {
		cli_complain("--%s: an empty name", option);
		return CLI_USAGE;
	}
	for (size_t i = 0; i < out->count; i++) {
		/* so many are set */
		/* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker) */
		if (strcmp(out->items[i], name) == 0) {
			cli_complain("--%s: %s is named twice", option, name);
			return CLI_USAGE;
		}
	}
	if (out->count == CLI_NAMES_MAX) {
		cli_complain("--%s: more than %d names", option, CLI_NAMES_MAX);
		return CLI_USAGE;
	}
	out->items[out->count++] = name;
	return CLI_DONE;
}

enum cli_exit cli_names_read(
	struct cli_names *out, const char *option, const char *text)
{
	enum cli_exit status = CLI_DONE;
	char *name;

	*out = (struct cli_names){ 0 };
	if (!text)
		return CLI_DONE;
	out->storage = malloc(strlen(text) + 1);
	out->items = calloc(CLI_NAMES_MAX, sizeof(*out->items));
	if (!out->storage || !out->items) {
		cli_complain("out of memory");
		return CLI_INTERNAL;
	}
	memcpy(out->storage, text, strlen(text) + 1);
	name = out->storage;
	while (name && status == CLI_DONE) {
		char *comma = strchr(name, ',');

		if (comma)
			*comma++ = '\0';
		status = cli_names_add(out, option, name);
		name = comma;
	}
	return status;
}

void cli_names_release(struct cli_names *names)
{
	free(names->storage);
	free(names->items);
	memset(names, 0, sizeof(*names));
}
