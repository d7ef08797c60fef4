/*
 * The table writer of commands that list things. A row ends by itself with its
 * last column, so that rows and header always have the same width.
 */
#include <string.h>

#include "cli/csv.h"
#include "cli/json.h"
#include "cli/rows.h"

void cli_rows_begin(struct cli_rows *rows, FILE *stream, bool json,
	const char *const *names)
{
	*rows = (struct cli_rows){ stream, json, names, 0 };
	for (size_t i = 0; !json && names[i]; i++)
		fprintf(stream, "%s%s", i ? "," : "", names[i]);
	if (!json)
		fputc('\n', stream);
}

static void rows_before(struct cli_rows *rows)
{
	if (rows->json) {
		fputs(rows->at ? ",\"" : "{\"", rows->stream);
		fputs(rows->names[rows->at], rows->stream);
		fputs("\":", rows->stream);
	} else if (rows->at) {
		fputc(',', rows->stream);
	}
}

static void rows_after(struct cli_rows *rows)
{
	if (rows->names[++rows->at])
		return;
	fputs(rows->json ? "}\n" : "\n", rows->stream);
	rows->at = 0;
}

void cli_rows_text(struct cli_rows *rows, const char *text)
{
	rows_before(rows);
	if (rows->json)
		cli_json_text(rows->stream, text);
	else
		cli_csv_cell(rows->stream, text);
	rows_after(rows);
}

void cli_rows_number(struct cli_rows *rows, const char *number)
{
	rows_before(rows);
	fputs(rows->json && !number[0] ? "null" : number, rows->stream);
	rows_after(rows);
}

void cli_rows_integer(struct cli_rows *rows, long number)
{
	rows_before(rows);
	fprintf(rows->stream, "%ld", number);
	rows_after(rows);
}
