/*
 * Rows of cells as CSV (RFC 4180, UTF-8, LF) or as JSON, one object a line.
 */
#ifndef CLI_ROWS_H
#define CLI_ROWS_H

#include <stdbool.h>
#include <stdio.h>

struct cli_rows {
	FILE *stream;
	bool json;
	const char *const *names; /* of the columns; a NULL ends them */
	size_t at;		  /* cells of the present row so far */
};

/* Writes the header of a CSV. */
void cli_rows_begin(struct cli_rows *rows, FILE *stream, bool json,
	const char *const *names);
/* The next cell. JSON: a text. */
void cli_rows_text(struct cli_rows *rows, const char *text);
/* The next cell: an exact decimal; "" is an empty cell, in JSON null. */
void cli_rows_number(struct cli_rows *rows, const char *number);
void cli_rows_integer(struct cli_rows *rows, long number);

#endif
