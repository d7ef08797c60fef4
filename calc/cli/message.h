/*
 * What the command says on standard error, in one form:
 * `file:row:column: field: message`, or `shokan: message` without a file.
 * Control characters of the data are shown as `?`.
 */
#ifndef CLI_MESSAGE_H
#define CLI_MESSAGE_H

#include <stddef.h>

#include <shokan/diag.h>

#include "cli/exits.h"

#define CLI_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

void cli_complain(const char *format, ...) CLI_PRINTF(1, 2);
/* A line as it stands, with nothing in front of it. */
void cli_complain_line(const char *line);
/* Memory ran out; returns CLI_INTERNAL. */
enum cli_exit cli_complain_memory(void);
/* Say `diag`; returns the exit status of its code. */
enum cli_exit cli_complain_diag(const shk_diag *diag);
/* `path:row: kind message`; a row of 0 and an empty path are left out. */
void cli_complain_row(
	const char *path, long row, const char *kind, const char *message);

/* A line that the next message, line or clearing takes away again. */
void cli_message_line(const char *format, ...) CLI_PRINTF(1, 2);
void cli_message_clear(void);

/* The nearest of `names` to a misspelt `name`, or NULL. */
const char *cli_nearest(
	const char *name, const char *const *names, size_t count);

#endif
