/*
 * Approved changes are compared as whole lines, byte by byte: what a reviewer
 * pastes from a report is what the next run looks for, nothing is parsed or
 * rounded on the way.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "compare/approved.h"
#include "snapshot/escape.h"
#include "snapshot/lines.h"

void approved_line(struct buffer *out, const char *id, const char *decision,
	const struct shk_change_part *part)
{
	if (strcmp(id, "*") == 0)
		buffer_byte(out, '\\');
	for (; *id; id++) {
		if (*id == ' ')
			buffer_text(out, "\\s");
		else if (*id == '#' && out->size == 0)
			buffer_text(out, "\\#");
		else
			snapshot_escape(out, id, 1);
	}
	buffer_byte(out, ' ');
	buffer_text(out, *decision ? decision : "-");
	buffer_byte(out, ' ');
	buffer_text(out, part->name);
	buffer_byte(out, ' ');
	snapshot_escape(out, part->before, strlen(part->before));
	buffer_text(out, " -> ");
	snapshot_escape(out, part->after, strlen(part->after));
}

static int line_order(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The line has an id, a decision, a part and two sides. */
static bool line_is_change(const char *line)
{
	for (int words = 0; words < 3; words++) {
		const char *blank = strchr(line, ' ');

		if (!blank || blank == line)
			return false;
		line = blank + 1;
	}
	return strstr(line, " -> ") != NULL;
}

static enum shk_code approved_keep(shk_approved *approved, size_t *capacity,
	const char *line, size_t size, shk_diag *diag)
{
	char *copy;

	while (size && (line[size - 1] == ' ' || line[size - 1] == '\t' ||
			       line[size - 1] == '\r'))
		size--;
	while (size && (*line == ' ' || *line == '\t')) {
		line++;
		size--;
	}
	if (size == 0 || *line == '#')
		return SHK_OK;
	copy = arena_text(&approved->arena, line, size);
	if (!copy || !memory_grow((void **)&approved->lines, capacity,
			     approved->count + 1, sizeof(*approved->lines)))
		return diag_memory(diag);
	if (strlen(copy) != size || utf8_valid(copy, size) != size)
		return diag_set(
			diag, SHK_E_INPUT, "the line is not UTF-8 text");
	if (!line_is_change(copy))
		return diag_set(diag, SHK_E_INPUT,
			"no change; a line is \"ID DECISION PART BEFORE -> "
			"AFTER\", as the comparison prints it");
	if (approved->count == SHK_APPROVED_MAX)
		return diag_set(diag, SHK_E_LIMIT,
			"more than %d approved changes; write the baseline "
			"anew instead",
			SHK_APPROVED_MAX);
	approved->lines[approved->count++] = copy;
	return SHK_OK;
}

static void approved_sort(shk_approved *approved)
{
	size_t kept = 0;

	if (approved->count == 0)
		return;
	qsort(approved->lines, approved->count, sizeof(*approved->lines),
		line_order);
	for (size_t i = 0; i < approved->count; i++)
		if (kept == 0 || strcmp(approved->lines[kept - 1],
					 approved->lines[i]) != 0)
			approved->lines[kept++] = approved->lines[i];
	approved->count = kept;
}

static enum shk_code approved_lines(
	shk_approved *approved, struct lines *lines, shk_diag *diag)
{
	size_t capacity = 0;
	const char *line;
	size_t size;
	enum shk_code code;

	do {
		code = lines_next(lines, &line, &size, diag);
		if (!code)
			code = approved_keep(
				approved, &capacity, line, size, diag);
	} while (!code);
	return code == SHK_END ? SHK_OK : code;
}

enum shk_code shk_approved_read(
	shk_approved **out, const char *path, shk_diag *diag)
{
	shk_approved *approved = memory_zeroed(1, sizeof(*approved));
	struct lines lines;
	enum shk_code code;

	*out = NULL;
	if (!approved)
		return diag_memory(diag);
	arena_init(&approved->arena);
	code = lines_open(&lines, path, diag);
	if (!code)
		code = approved_lines(approved, &lines, diag);
	if (code)
		diag_place(diag, path, lines.row, 0);
	lines_close(&lines);
	if (code) {
		shk_approved_free(approved);
		return code;
	}
	approved_sort(approved);
	*out = approved;
	return SHK_OK;
}

static long find_exact(const shk_approved *approved, const char *line)
{
	const char **found =
		approved->count
			? bsearch(&line, approved->lines, approved->count,
				  sizeof(*approved->lines), line_order)
			: NULL;

	return found ? (long)(found - approved->lines) : -1;
}

/* Compare `line` with its id replaced by a star to an approved line. */
static int star_order(const char *line, const char *approved)
{
	const char *rest = strchr(line, ' ');

	if (*approved != '*')
		return '*' - (unsigned char)*approved;
	return strcmp(rest ? rest : "", approved + 1);
}

long approved_find(const shk_approved *approved, const char *line)
{
	long at = find_exact(approved, line);
	size_t low = 0;
	size_t high = approved->count;

	while (at < 0 && low < high) {
		size_t middle = low + (high - low) / 2;
		int order = star_order(line, approved->lines[middle]);

		if (order == 0)
			at = (long)middle;
		else if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return at;
}

void shk_approved_free(shk_approved *approved)
{
	if (!approved)
		return;
	memory_free(approved->lines);
	arena_release(&approved->arena);
	memory_free(approved);
}
