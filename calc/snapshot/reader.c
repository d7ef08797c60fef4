/*
 * Reading a snapshot line by line, from a file or from any other source of
 * lines. Memory is that of the longest line; nothing of a line that was given
 * out stays valid, except for the key that the order is checked with.
 */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "snapshot/escape.h"
#include "snapshot/header.h"
#include "snapshot/lines.h"

struct shk_snapshot {
	char *name;
	struct lines lines; /* of a file */
	bool file;
	struct shk_line_source source; /* else */
	long row;
	struct buffer room; /* decoded columns of the line */
	struct buffer last; /* id, NUL and decision of the line before */
	struct shk_snapshot_header header;
	char *texts[SNAPSHOT_KEYS]; /* what it points to */
	struct shk_snapshot_line line;
	bool unsorted;
	bool repeated;
	bool any; /* a line was read */
};

/* Add where it was. */
static enum shk_code reader_refuse(
	const shk_snapshot *snapshot, enum shk_code code, shk_diag *diag)
{
	if (diag) {
		long column = diag->column;

		diag->column = 0;
		diag_place(diag, snapshot->name, snapshot->row, column);
	}
	return code;
}

static enum shk_code reader_line(
	shk_snapshot *snapshot, const char **line, size_t *size, shk_diag *diag)
{
	enum shk_code code;

	if (snapshot->file) {
		code = lines_next(&snapshot->lines, line, size, diag);
		snapshot->row = snapshot->lines.row;
	} else {
		code = snapshot->source.next(
			snapshot->source.context, line, size, diag);
		snapshot->row += code == SHK_OK;
	}
	return code == SHK_OK || code == SHK_END
		       ? code
		       : reader_refuse(snapshot, code, diag);
}

static bool line_begins(const char *line, size_t size, const char *words)
{
	size_t length = strlen(words);

	return size >= length && memcmp(line, words, length) == 0;
}

static enum shk_code reader_first(
	shk_snapshot *snapshot, const char *line, size_t size, shk_diag *diag)
{
	static const char words[] = "# shokan snapshot ";
	char version[16];
	int length =
		snprintf(version, sizeof(version), "%d", SHK_SNAPSHOT_VERSION);
	size_t begin = sizeof(words) - 1;

	if (!line_begins(line, size, words)) {
		diag_set(diag, SHK_E_INPUT,
			"this is no snapshot; the first line is \"%s%s\"",
			words, version);
		return reader_refuse(snapshot, SHK_E_INPUT, diag);
	}
	if (size - begin == (size_t)length &&
		memcmp(line + begin, version, (size_t)length) == 0)
		return SHK_OK;
	diag_set(diag, SHK_E_INPUT,
		"a snapshot of version %.*s; this program reads version %s",
		(int)(size - begin > 20 ? 20 : size - begin), line + begin,
		version);
	return reader_refuse(snapshot, SHK_E_INPUT, diag);
}

/* The text behind `# name `, decoded, as one of the header's texts. */
static enum shk_code reader_key(shk_snapshot *snapshot, int at,
	const char *line, size_t size, shk_diag *diag)
{
	const struct snapshot_key *key = &snapshot_keys[at];
	char words[32];
	size_t begin;
	char *text;

	begin = (size_t)snprintf(words, sizeof(words), "# %s ", key->name);
	if (!line_begins(line, size, words) || size == begin ||
		utf8_valid(line, size) != size || memchr(line, '\0', size)) {
		diag_set(diag, SHK_E_INPUT,
			"here stands \"%sTEXT\", with - for none", words);
		diag_field(diag, key->name);
		return reader_refuse(snapshot, SHK_E_INPUT, diag);
	}
	text = memory_alloc(size - begin + 1);
	if (!text)
		return diag_memory(diag);
	snapshot->texts[at] = text;
	if (!snapshot_unescape(text, line + begin, line + size)) {
		diag_set(diag, SHK_E_INPUT,
			"a \\ that is not followed by t, n, r or \\");
		diag_field(diag, key->name);
		return reader_refuse(snapshot, SHK_E_INPUT, diag);
	}
	if (strcmp(text, "-") == 0)
		*text = '\0';
	memcpy((char *)&snapshot->header + key->offset, &text, sizeof(text));
	return SHK_OK;
}

static enum shk_code reader_columns(
	shk_snapshot *snapshot, const char *line, size_t size, shk_diag *diag)
{
	struct buffer wanted;
	enum shk_code code = SHK_OK;

	buffer_init(&wanted);
	buffer_text(&wanted, "# ");
	snapshot_columns_print(&wanted);
	if (wanted.failed) {
		code = diag_memory(diag);
	} else if (size != wanted.size ||
		   memcmp(line, wanted.data, size) != 0) {
		diag_set(diag, SHK_E_INPUT, "here stands \"%s\"", wanted.data);
		diag_field(diag, "columns");
		code = reader_refuse(snapshot, SHK_E_INPUT, diag);
	}
	buffer_release(&wanted);
	return code;
}

static enum shk_code reader_header(shk_snapshot *snapshot, shk_diag *diag)
{
	for (int at = -1; at <= SNAPSHOT_KEYS; at++) {
		const char *line;
		size_t size;
		enum shk_code code = reader_line(snapshot, &line, &size, diag);

		if (code == SHK_END) {
			diag_set(diag, SHK_E_INPUT,
				at < 0 ? "the file is empty; a snapshot begins "
					 "with \"# shokan snapshot 1\""
				       : "the file ends within its header");
			code = reader_refuse(snapshot, SHK_E_INPUT, diag);
		} else if (code == SHK_OK && at < 0) {
			code = reader_first(snapshot, line, size, diag);
		} else if (code == SHK_OK && at < SNAPSHOT_KEYS) {
			code = reader_key(snapshot, at, line, size, diag);
		} else if (code == SHK_OK) {
			code = reader_columns(snapshot, line, size, diag);
		}
		if (code)
			return code;
	}
	return SHK_OK;
}

static enum shk_code reader_new(
	shk_snapshot **out, const char *name, shk_diag *diag)
{
	shk_snapshot *snapshot = memory_zeroed(1, sizeof(*snapshot));

	*out = snapshot;
	if (!snapshot)
		return diag_memory(diag);
	lines_from(&snapshot->lines, -1);
	buffer_init(&snapshot->room);
	buffer_init(&snapshot->last);
	snapshot->name = memory_copy_text(name, strlen(name));
	return snapshot->name ? SHK_OK : diag_memory(diag);
}

static enum shk_code reader_begin(
	shk_snapshot **out, enum shk_code code, shk_diag *diag)
{
	if (!code)
		code = reader_header(*out, diag);
	if (code) {
		shk_snapshot_close(*out);
		*out = NULL;
	}
	return code;
}

enum shk_code shk_snapshot_open(
	shk_snapshot **out, const char *path, shk_diag *diag)
{
	enum shk_code code = reader_new(out, path, diag);

	if (!code) {
		(*out)->file = true;
		code = lines_open(&(*out)->lines, path, diag);
	}
	return reader_begin(out, code, diag);
}

enum shk_code shk_snapshot_from(shk_snapshot **out, const char *name,
	struct shk_line_source source, shk_diag *diag)
{
	enum shk_code code = reader_new(out, name, diag);

	if (!code)
		(*out)->source = source;
	return reader_begin(out, code, diag);
}

/* Is this line behind the last one? Keep its key for the next. */
static bool reader_follows(shk_snapshot *snapshot)
{
	struct buffer *last = &snapshot->last;
	const char *id = snapshot->line.cells[SHK_COLUMN_ID];
	const char *decision = snapshot->line.cells[SHK_COLUMN_DECISION];
	size_t size = strlen(id) + 1;
	bool follows = true;

	if (snapshot->any) {
		int order = strcmp(id, last->data);

		if (order == 0)
			order = strcmp(
				decision, last->data + strlen(last->data) + 1);
		follows = order > 0;
		snapshot->repeated = order == 0;
	}
	buffer_clear(last);
	buffer_add(last, id, size);
	buffer_add(last, decision, strlen(decision) + 1);
	snapshot->any = !last->failed;
	return follows;
}

enum shk_code shk_snapshot_next(shk_snapshot *snapshot,
	const struct shk_snapshot_line **line, shk_diag *diag)
{
	const char *text;
	size_t size;
	enum shk_code code = reader_line(snapshot, &text, &size, diag);
	size_t capacity = snapshot->room.capacity;

	*line = NULL;
	if (code)
		return code;
	if (!memory_grow((void **)&snapshot->room.data, &capacity,
		    size + SHK_COLUMN_COUNT, 1))
		return diag_memory(diag);
	snapshot->room.capacity = capacity;
	code = shk_snapshot_parse(
		&snapshot->line, text, size, snapshot->room.data, diag);
	if (code)
		return reader_refuse(snapshot, code, diag);
	snapshot->line.row = snapshot->row;
	if (!reader_follows(snapshot))
		snapshot->unsorted = true;
	if (snapshot->last.failed)
		return diag_memory(diag);
	*line = &snapshot->line;
	return SHK_OK;
}

const struct shk_snapshot_header *shk_snapshot_header(
	const shk_snapshot *snapshot)
{
	return &snapshot->header;
}

bool shk_snapshot_sorted(const shk_snapshot *snapshot)
{
	return !snapshot->unsorted;
}

bool shk_snapshot_repeated(const shk_snapshot *snapshot)
{
	return snapshot->repeated;
}

void shk_snapshot_place(const shk_snapshot *snapshot, shk_diag *diag)
{
	diag_place(diag, snapshot->name, snapshot->row, 0);
}

void shk_snapshot_close(shk_snapshot *snapshot)
{
	if (!snapshot)
		return;
	lines_close(&snapshot->lines);
	buffer_release(&snapshot->room);
	buffer_release(&snapshot->last);
	for (int i = 0; i < SNAPSHOT_KEYS; i++)
		memory_free(snapshot->texts[i]);
	memory_free(snapshot->name);
	memory_free(snapshot);
}
