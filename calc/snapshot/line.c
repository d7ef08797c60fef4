/*
 * One line of results: twelve columns, decoded and checked. What is wrong is
 * told with its column and what would be right, so that a file damaged by an
 * editor or a merge can be mended by hand.
 */
#include <string.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/text.h"
#include "snapshot/escape.h"

static const char *const statuses[] = { "determined", "undetermined",
	"not_applicable", "conflict", "error" };

static enum shk_code line_refuse(
	shk_diag *diag, int column, const char *message)
{
	diag_set(diag, SHK_E_INPUT, "%s", message);
	diag_place(diag, NULL, 0, column + 1);
	diag_field(diag, shk_column_name((enum shk_column)column));
	return SHK_E_INPUT;
}

static bool line_is_status(const char *cell)
{
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (strcmp(cell, statuses[i]) == 0)
			return true;
	return false;
}

static bool line_is_evidence(const char *cell)
{
	return *cell == '\0' || (cell[0] == 'E' && cell[1] >= '0' &&
					cell[1] <= '5' && cell[2] == '\0');
}

/* Empty, or `name=...` between every two `;` that stand without a `\`. */
static bool line_is_pairs(const char *cell)
{
	bool named = false;

	if (*cell == '\0')
		return true;
	for (; *cell; cell++) {
		if (*cell == '\\' && cell[1])
			cell++;
		else if (*cell == '=')
			named = true;
		else if (*cell == ';' && !named)
			return false;
		else if (*cell == ';')
			named = false;
	}
	return named;
}

static enum shk_code line_check(
	const struct shk_snapshot_line *line, shk_diag *diag)
{
	const char *const *cells = line->cells;
	int32_t days;

	if (!line_is_status(cells[SHK_COLUMN_STATUS]))
		return line_refuse(diag, SHK_COLUMN_STATUS,
			"no status; determined, undetermined, not_applicable, "
			"conflict or error");
	if (*cells[SHK_COLUMN_AS_OF] &&
		!date_parse(cells[SHK_COLUMN_AS_OF],
			strlen(cells[SHK_COLUMN_AS_OF]), &days))
		return line_refuse(diag, SHK_COLUMN_AS_OF,
			"no date; write YYYY-MM-DD, or nothing");
	if (!line_is_evidence(cells[SHK_COLUMN_EVIDENCE]))
		return line_refuse(diag, SHK_COLUMN_EVIDENCE,
			"no evidence level; E0 to E5, or nothing");
	if (!line_is_pairs(cells[SHK_COLUMN_VALUES]))
		return line_refuse(diag, SHK_COLUMN_VALUES,
			"not of the form name=value;name=value");
	if (!line_is_pairs(cells[SHK_COLUMN_FACTS]))
		return line_refuse(diag, SHK_COLUMN_FACTS,
			"not of the form name=value;name=value");
	return SHK_OK;
}

/* Byte columns do not help in a line of tabs: columns are counted in cells. */
static enum shk_code line_split(struct shk_snapshot_line *line,
	const char *text, size_t size, char *room, shk_diag *diag)
{
	const char *end = text + size;
	const char *at = text;
	int count = 0;

	for (;;) {
		const char *tab = memchr(at, '\t', (size_t)(end - at));
		const char *stop = tab ? tab : end;

		line->cells[count] = room;
		room = snapshot_unescape(room, at, stop);
		if (!room)
			return line_refuse(diag, count,
				"a \\ that is not followed by t, n, r or \\; "
				"write \\\\ for a backslash");
		count++;
		if (!tab || count == SHK_COLUMN_COUNT)
			break;
		at = tab + 1;
	}
	if (count < SHK_COLUMN_COUNT) {
		diag_set(diag, SHK_E_INPUT,
			"the line has %d columns; it must have %d, apart by "
			"tabs",
			count, SHK_COLUMN_COUNT);
		diag_place(diag, NULL, 0, count);
		return SHK_E_INPUT;
	}
	if (memchr(at, '\t', (size_t)(end - at)))
		return line_refuse(diag, SHK_COLUMN_COUNT - 1,
			"the line has more than twelve columns; write \\t for "
			"a tab inside one");
	return SHK_OK;
}

enum shk_code shk_snapshot_parse(struct shk_snapshot_line *line,
	const char *text, size_t size, char *room, shk_diag *diag)
{
	enum shk_code code;

	line->text = text;
	line->size = size;
	if (size && text[size - 1] == '\r')
		return diag_set(diag, SHK_E_INPUT,
			"the line ends with CR LF; lines end with LF alone");
	if (memchr(text, '\0', size) || utf8_valid(text, size) != size)
		return diag_set(
			diag, SHK_E_INPUT, "the line is not UTF-8 text");
	code = line_split(line, text, size, room, diag);
	return code ? code : line_check(line, diag);
}

int shk_snapshot_order(
	const struct shk_snapshot_line *a, const struct shk_snapshot_line *b)
{
	int order = strcmp(a->cells[SHK_COLUMN_ID], b->cells[SHK_COLUMN_ID]);

	return order ? order
		     : strcmp(a->cells[SHK_COLUMN_DECISION],
			       b->cells[SHK_COLUMN_DECISION]);
}
