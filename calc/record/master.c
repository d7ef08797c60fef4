/*
 * The rows of a full master file, one at a time: physical lines out of the
 * pieces of the input, 37 or 38 quoted cells out of a line, values out of the
 * cells (master_row.c). The layout is stricter than CSV in general, and so is
 * this reader: a file that a spreadsheet has saved again (quotes gone, codes
 * and days made into numbers) must not pass.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/date.h"
#include "base/memory.h"
#include "record/input.h"
#include "record/master_row.h"
#include "record/name_set.h"

#define MASTER_PREFIX "t_ALL"

struct shk_master {
	struct input *input;
	char *path;
	struct text rest;     /* of the present piece */
	struct buffer line;   /* the present row, its cells cut in place */
	bool cut;	      /* the row passed the ceiling; its rest is lost */
	bool ended;	      /* no piece follows */
	long row;	      /* 1-based, of `line` */
	size_t columns;	      /* of the first row; 0: not known yet */
	enum shk_code failed; /* the file cannot be read on; `why` */
	shk_diag why;
	struct text cells[MASTER_COLUMNS + 1];
	struct master_room room;
	shk_master_row value;
	struct name_set codes; /* every code so far, for those that repeat */
	struct arena names;
};

bool shk_master_recognise(const char *path)
{
	static const char pattern[] = "c,T,7dddddddd,"; /* quotes left out */
	struct stat about;
	char head[64];
	const char *at = head;
	ssize_t got;
	int file, number;

	if (stat(path, &about) != 0)
		return false;
	errno = 0;
	if (!S_ISREG(about.st_mode))
		return false;
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return false;
	got = read(file, head, sizeof(head) - 1);
	number = got < 0 ? errno : 0;
	close(file);
	errno = number;
	if (got < 0)
		return false;
	head[got] = '\0';
	if (strncmp(at, "\xEF\xBB\xBF", 3) == 0)
		at += 3;
	for (size_t i = 0; pattern[i]; i++) {
		at += *at == '"';
		if (pattern[i] == 'c' || pattern[i] == 'd') {
			if (*at < '0' || *at > '9')
				return false;
		} else if (*at != pattern[i]) {
			return false;
		}
		at++;
	}
	return true;
}

enum shk_code shk_master_day(
	const char *text, char day[SHK_MASTER_DAY], shk_diag *diag)
{
	int32_t days;

	if (master_day(text_of(text), day))
		return SHK_OK;
	if (!date_parse(text, strlen(text), &days))
		return diag_set(diag, SHK_E_USAGE,
			"%.40s is no day; a day is YYYY-MM-DD", text);
	date_format(days, day);
	return SHK_OK;
}

enum shk_code shk_master_issued(
	const char *path, char day[SHK_MASTER_DAY], shk_diag *diag)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	const size_t prefix = strlen(MASTER_PREFIX);

	day[0] = '\0';
	if (strncmp(name, MASTER_PREFIX, prefix) == 0 &&
		strlen(name) >= prefix + 8 &&
		strcmp(name + prefix + 8, ".csv") == 0 &&
		master_day((struct text){ name + prefix, 8 }, day))
		return SHK_OK;
	diag_set(diag, SHK_E_USAGE,
		"the name does not say when this master was issued "
		"(t_ALLYYYYMMDD.csv); state the day");
	diag_place(diag, path, 0, 0);
	return SHK_E_USAGE;
}

/* CP932 as issued, or nothing but ASCII; UTF-8 only when stated. */
static enum shk_code master_encoding(
	shk_master *master, enum shk_encoding stated, shk_diag *diag)
{
	struct text head = input_peek(master->input);

	if (stated != SHK_ENCODING_AUTO ||
		strcmp(input_encoding(master->input), "CP932") == 0)
		return SHK_OK;
	for (size_t i = 0; i < head.size; i++) {
		if ((unsigned char)head.data[i] < 0x80)
			continue;
		diag_set(diag, SHK_E_INPUT,
			"the file is UTF-8; a master is issued in CP932: take "
			"the file as issued, or state that this copy is UTF-8");
		diag_reason(diag, "bad_value");
		diag_place(diag, master->path, 0, 0);
		return SHK_E_INPUT;
	}
	return SHK_OK;
}

enum shk_code shk_master_open(shk_master **out, const char *path,
	enum shk_encoding encoding, shk_diag *diag)
{
	shk_master *master = memory_zeroed(1, sizeof(*master));
	enum shk_code code;

	*out = NULL;
	if (!master)
		return diag_memory(diag);
	buffer_init(&master->line);
	name_set_init(&master->codes);
	arena_init(&master->names);
	master->path = memory_copy_text(path, strlen(path));
	code = master->path ? input_open(&master->input, path, encoding, diag)
			    : diag_memory(diag);
	if (!code)
		code = master_encoding(master, encoding, diag);
	if (code)
		shk_master_close(master);
	else
		*out = master;
	return code;
}

void shk_master_close(shk_master *master)
{
	if (!master)
		return;
	input_close(master->input);
	buffer_release(&master->line);
	name_set_release(&master->codes);
	arena_release(&master->names);
	memory_free(master->path);
	memory_free(master);
}

/* Add to the line, up to its ceiling. */
static void master_keep(shk_master *master, const char *data, size_t size)
{
	if (master->line.size + size > SHK_MASTER_LINE_MAX)
		master->cut = true;
	if (!master->cut)
		buffer_add(&master->line, data, size);
}

/* The next physical line into `line`; SHK_END when there is none. */
static enum shk_code master_line(shk_master *master, shk_diag *diag)
{
	bool any = false;

	buffer_clear(&master->line);
	master->cut = false;
	master->row++;
	while (!master->ended) {
		const char *end;
		size_t size;

		if (master->rest.size == 0) {
			enum shk_code code =
				input_read(master->input, &master->rest, diag);

			if (code)
				return code;
			master->ended = master->rest.size == 0;
			continue;
		}
		any = true;
		end = memchr(master->rest.data, '\n', master->rest.size);
		size = end ? (size_t)(end - master->rest.data)
			   : master->rest.size;
		master_keep(master, master->rest.data, size);
		size += end != NULL;
		master->rest.data += size;
		master->rest.size -= size;
		if (end)
			break;
	}
	if (master->line.failed)
		return diag_memory(diag);
	return any ? SHK_OK : SHK_END;
}

static enum shk_code master_shape(shk_diag *diag, long column, const char *what)
{
	diag_set(diag, SHK_E_INPUT, "%s", what);
	diag_reason(diag, "bad_value");
	diag_place(diag, NULL, 0, column);
	return SHK_E_INPUT;
}

/* Cut the line at its commas; every cell stands between two quotes. */
static enum shk_code master_cut(
	shk_master *master, size_t *count, shk_diag *diag)
{
	char *at = master->line.data;
	char *end = at + master->line.size;

	if (end > at && end[-1] == '\r')
		*--end = '\0';
	*count = 0;
	for (;;) {
		char *close;

		if (at == end || *at != '"')
			return master_shape(diag, (long)*count + 1,
				"every field of a master stands in double "
				"quotes; take the file as issued, not as a "
				"spreadsheet saved it");
		close = memchr(at + 1, '"', (size_t)(end - at - 1));
		if (!close || (close + 1 < end && close[1] != ','))
			return master_shape(diag, (long)*count + 1,
				"a closing quote and then a comma or the end "
				"of the row must follow; no quote may stand "
				"inside a field");
		if (*count <= MASTER_COLUMNS) {
			master->cells[*count] = (struct text){ at + 1,
				(size_t)(close - at - 1) };
			*close = '\0';
		}
		++*count;
		if (close + 1 == end)
			return SHK_OK;
		at = close + 2;
	}
}

static enum shk_code master_count(
	shk_master *master, size_t count, shk_diag *diag)
{
	char what[160];

	if (master->columns == 0 &&
		(count == MASTER_COLUMNS || count == MASTER_COLUMNS_OLD))
		master->columns = count;
	if (count == master->columns)
		return SHK_OK;
	if (master->columns)
		snprintf(what, sizeof(what),
			"the row has %zu fields and the first row %zu", count,
			master->columns);
	else
		snprintf(what, sizeof(what),
			"the row has %zu fields; a master has %d (%d before "
			"the column of reprocessed devices)",
			count, MASTER_COLUMNS, MASTER_COLUMNS_OLD);
	return master_shape(diag, 0, what);
}

/* Remember the code; one that was there before is wrong. */
static enum shk_code master_unique(shk_master *master, shk_diag *diag)
{
	struct text code = master->cells[MASTER_CODE];
	struct name_entry *entry;
	bool fresh;

	code.data = arena_text(&master->names, code.data, code.size);
	entry = code.data ? name_set_add(&master->codes, code, &fresh) : NULL;
	if (!entry)
		return diag_memory(diag);
	if (fresh) {
		entry->u.row = master->row;
		return SHK_OK;
	}
	diag_set(diag, SHK_E_INPUT,
		"%s stands in row %ld already; a code has one row", code.data,
		entry->u.row);
	diag_field(diag, "特定器材コード");
	diag_reason(diag, "bad_value");
	diag_place(diag, NULL, 0, MASTER_CODE + 1);
	return SHK_E_INPUT;
}

static enum shk_code master_row(shk_master *master, shk_diag *diag)
{
	enum shk_code code = SHK_OK;
	size_t count = 0;

	if (master->cut) {
		char what[80];

		snprintf(what, sizeof(what), "the row is longer than %d bytes",
			SHK_MASTER_LINE_MAX);
		return master_shape(diag, 0, what);
	}
	if (master->line.size == 0)
		return master_shape(diag, 0, "the row is empty");
	code = master_cut(master, &count, diag);
	if (!code)
		code = master_count(master, count, diag);
	if (!code)
		code = master_row_read(&master->value, &master->room,
			master->cells, count, diag);
	if (!code)
		code = master_unique(master, diag);
	return code;
}

/* The file cannot be read on: said now and at every further call. */
static enum shk_code master_fail(
	shk_master *master, enum shk_code code, shk_diag *diag)
{
	diag_place(diag, master->path, master->row, 0);
	master->failed = code;
	if (diag)
		master->why = *diag;
	return code;
}

enum shk_code shk_master_next(
	shk_master *master, const shk_master_row **row, shk_diag *diag)
{
	enum shk_code code;

	*row = NULL;
	if (master->failed) {
		if (diag && master->failed != SHK_END)
			*diag = master->why;
		return master->failed;
	}
	code = master_line(master, diag);
	if (code == SHK_END && master->row == 1)
		code = master_shape(diag, 0, "the file is empty");
	if (code)
		return master_fail(master, code, diag);
	if (master->row > SHK_MASTER_ROWS_MAX) {
		code = diag_set(diag, SHK_E_LIMIT,
			"more than %d rows; a master has some thousand",
			SHK_MASTER_ROWS_MAX);
		return master_fail(master, code, diag);
	}
	master->value = (shk_master_row){ 0 };
	master->value.line = master->row;
	code = master_row(master, diag);
	if (code && code != SHK_E_INPUT)
		return master_fail(master, code, diag);
	if (code) /* the column is known already, the row not */
		diag_place(diag, master->path, master->row,
			diag ? diag->column : 0);
	*row = &master->value;
	return code;
}
