/*
 * Where a command writes: standard output, or a file that appears complete or
 * not at all. With `hold` everything waits in memory until the commit.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include <shokan/rulebook.h>

#include "cli/exits.h"
#include "cli/text.h"

#define CLI_PATH_MAX 4096 /* bytes of an output path with its NUL */

struct cli_output {
	FILE *stream;
	bool standard;		      /* `stream` is standard output */
	const char *path;	      /* "" for standard output */
	char temporary[CLI_PATH_MAX]; /* renamed to `path`, or "" */
	bool stays;	      /* an abort leaves `temporary` for a later run */
	struct cli_text held; /* what waits, when holding */
	FILE *behind;	      /* where it goes then */
};

/* `path` NULL or "-" is standard output. Says what is wrong. */
enum cli_exit cli_output_open(
	struct cli_output *out, const char *path, bool hold);
/*
 * The output of run `run` of a store: what is written waits in
 * `PATH.runN.part`, locked against other processes, where a later process
 * goes on at `bytes` (0: from the beginning). `*bytes` becomes 0 when that is
 * impossible: standard output, a device, a part that is gone.
 */
enum cli_exit cli_output_open_part(struct cli_output *out, const char *path,
	long long run, unsigned long long *bytes);
/* Everything written is on the disk; how many bytes that are. */
enum cli_exit cli_output_sync(
	struct cli_output *out, unsigned long long *bytes);
shk_sink cli_output_sink(struct cli_output *out);
/* Everything written, synced and in its place; or said, and CLI_IO. */
enum cli_exit cli_output_commit(struct cli_output *out);
/* Nothing is left behind; does nothing after a commit. */
void cli_output_abort(struct cli_output *out);

#endif
