/*
 * A stream into memory that tells when memory ran out: glibc's open_memstream
 * drops what it has no room for and says so neither in ferror nor in fclose.
 */
#ifndef CLI_HELD_H
#define CLI_HELD_H

#include <stdbool.h>
#include <stdio.h>

#include "cli/text.h"

/* What is written to it is appended to `text`, which outlives it; NULL when
   memory ran out. */
FILE *cli_held_open(struct cli_text *text);
/* False: memory ran out, now or before, and the text is not whole. Where
   nothing was written it is "". */
bool cli_held_close(FILE *stream, struct cli_text *text);

#endif
