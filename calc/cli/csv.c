/*
 * CSV cells for what the command exports. They are read again by programs, so
 * nothing is put before a text that a spreadsheet would run.
 */
#include <string.h>

#include "cli/csv.h"

void cli_csv_cell(FILE *stream, const char *text)
{
	size_t size = strlen(text);

	if (!strpbrk(text, ",\"\r\n") &&
		(size == 0 || (text[0] != ' ' && text[size - 1] != ' '))) {
		fputs(text, stream);
		return;
	}
	fputc('"', stream);
	for (; *text; text++) {
		if (*text == '"')
			fputc('"', stream);
		fputc(*text, stream);
	}
	fputc('"', stream);
}
