/*
 * Messages on standard error and the suggestion of a name that was probably
 * meant. The library prints nothing; this file prints for it.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cli/message.h"

#define CLI_MESSAGE_MAX 2048 /* bytes of one message; longer ones are cut */
#define CLI_NAME_MAX	63   /* bytes of a name for which one is suggested */

enum cli_exit cli_exit_of(enum shk_code code)
{
	switch (code) {
	case SHK_OK:
	case SHK_END:
		return CLI_DONE;
	case SHK_E_USAGE:
		return CLI_USAGE;
	case SHK_E_RULES:
		return CLI_RULES;
	case SHK_E_INPUT:
	case SHK_E_LIMIT:
		return CLI_INPUT;
	case SHK_E_IO:
		return CLI_IO;
	case SHK_E_MEMORY:
	case SHK_E_INTERNAL:
		break;
	}
	return CLI_INTERNAL;
}

/* Print without letting the text steer a terminal. */
static void cli_say(const char *text)
{
	for (; *text; text++) {
		unsigned char byte = (unsigned char)*text;

		fputc(byte < 0x20 || byte == 0x7F ? '?' : byte, stderr);
	}
}

/* Columns of a line on the terminal that is to go away again; one thread
   writes messages. */
static int message_columns;

void cli_message_clear(void)
{
	if (message_columns > 0)
		fprintf(stderr, "\r%*s\r", message_columns, "");
	message_columns = 0;
}

void cli_message_line(const char *format, ...)
{
	va_list args;

	cli_message_clear();
	va_start(args, format);
	message_columns = vfprintf(stderr, format, args);
	va_end(args);
	fflush(stderr);
}

/* Three points for what does not fit, behind a whole character. */
static void message_cut(char text[CLI_MESSAGE_MAX])
{
	size_t at = CLI_MESSAGE_MAX - 4;

	while (at > 0 && (text[at] & 0xC0) == 0x80)
		at--;
	memcpy(text + at, "...", 4);
}

void cli_complain(const char *format, ...)
{
	char text[CLI_MESSAGE_MAX];
	va_list args;
	int size;

	cli_message_clear();

	va_start(args, format);
	size = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (size >= CLI_MESSAGE_MAX)
		message_cut(text);
	fputs("shokan: ", stderr);
	cli_say(text);
	fputc('\n', stderr);
}

void cli_complain_line(const char *line)
{
	cli_say(line);
	fputc('\n', stderr);
}

enum cli_exit cli_complain_memory(void)
{
	cli_complain("out of memory");
	return CLI_INTERNAL;
}

/* The message names the field itself: `field: ...`. */
static bool cli_names_field(const shk_diag *diag)
{
	size_t size = strlen(diag->field);

	return strncmp(diag->message, diag->field, size) == 0 &&
	       diag->message[size] == ':';
}

enum cli_exit cli_complain_diag(const shk_diag *diag)
{
	cli_message_clear();
	cli_say(diag->path[0] ? diag->path : "shokan");
	if (diag->path[0] && diag->line > 0)
		fprintf(stderr, ":%ld", diag->line);
	if (diag->path[0] && diag->line > 0 && diag->column > 0)
		fprintf(stderr, ":%ld", diag->column);
	fputs(": ", stderr);
	if (diag->field[0] && !cli_names_field(diag)) {
		cli_say(diag->field);
		fputs(": ", stderr);
	}
	cli_say(diag->message[0] ? diag->message : shk_code_name(diag->code));
	fputc('\n', stderr);
	return cli_exit_of(diag->code);
}

void cli_complain_row(
	const char *path, long row, const char *kind, const char *message)
{
	cli_message_clear();
	cli_say(path[0] ? path : "shokan");
	if (row > 0)
		fprintf(stderr, ":%ld", row);
	fputs(": ", stderr);
	cli_say(kind);
	cli_say(message);
	fputc('\n', stderr);
}

/* Insertions, deletions and replacements that turn `a` into `b`. */
static size_t cli_distance(const char *a, const char *b)
{
	size_t row[CLI_NAME_MAX + 1];
	size_t width = strlen(b);

	for (size_t j = 0; j <= width; j++)
		row[j] = j;
	for (size_t i = 0; a[i]; i++) {
		size_t corner = row[0];

		row[0] = i + 1;
		for (size_t j = 0; j < width; j++) {
			size_t best = corner + (a[i] != b[j]);

			corner = row[j + 1];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (corner + 1 < best)
				best = corner + 1;
			row[j + 1] = best;
		}
	}
	return row[width];
}

const char *cli_nearest(
	const char *name, const char *const *names, size_t count)
{
	size_t limit = strlen(name) / 3 + 1; /* a third of it, and one */
	const char *best = NULL;

	if (strlen(name) > CLI_NAME_MAX)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		size_t distance;

		if (strlen(names[i]) > CLI_NAME_MAX)
			continue;
		distance = cli_distance(name, names[i]);
		if (distance < limit || (distance == limit && !best)) {
			limit = distance;
			best = names[i];
		}
	}
	return best;
}
