/*
 * Writing: the header of a snapshot, and one column of a line. The only place
 * that knows the words of the header is the table here, which the reader
 * shares.
 */
#include <stddef.h>
#include <string.h>

#include "snapshot/escape.h"
#include "snapshot/header.h"

static const char *const column_names[SHK_COLUMN_COUNT] = { "id", "decision",
	"revision", "as_of", "status", "reason", "values", "missing",
	"outcomes", "evidence", "citations", "facts" };

const struct snapshot_key snapshot_keys[SNAPSHOT_KEYS] = {
	{ "engine", offsetof(struct shk_snapshot_header, engine) },
	{ "rulebook", offsetof(struct shk_snapshot_header, rulebook) },
	{ "revision", offsetof(struct shk_snapshot_header, revision) },
	{ "as_of", offsetof(struct shk_snapshot_header, as_of) },
	{ "decisions", offsetof(struct shk_snapshot_header, decisions) },
	{ "min_evidence", offsetof(struct shk_snapshot_header, min_evidence) },
	{ "policy", offsetof(struct shk_snapshot_header, policy) },
};

const char *shk_column_name(enum shk_column column)
{
	return (unsigned)column < SHK_COLUMN_COUNT ? column_names[column] : "";
}

void snapshot_escape(struct buffer *out, const char *text, size_t size)
{
	static const char signs[] = "\t\n\r\\";
	static const char letters[] = "tnr\\";
	size_t from = 0;

	for (size_t i = 0; i < size; i++) {
		const char *sign =
			text[i] ? memchr(signs, text[i], sizeof(signs) - 1)
				: NULL;

		if (!sign)
			continue;
		buffer_add(out, text + from, i - from);
		buffer_byte(out, '\\');
		buffer_byte(out, letters[sign - signs]);
		from = i + 1;
	}
	buffer_add(out, text + from, size - from);
}

char *snapshot_unescape(char *room, const char *from, const char *end)
{
	while (from < end) {
		if (*from != '\\') {
			*room++ = *from++;
			continue;
		}
		if (from + 1 == end)
			return NULL;
		switch (from[1]) {
		case 't':
			*room++ = '\t';
			break;
		case 'n':
			*room++ = '\n';
			break;
		case 'r':
			*room++ = '\r';
			break;
		case '\\':
			*room++ = '\\';
			break;
		default:
			return NULL;
		}
		from += 2;
	}
	*room++ = '\0';
	return room;
}

void snapshot_columns_print(struct buffer *out)
{
	buffer_text(out, "columns");
	for (int i = 0; i < SHK_COLUMN_COUNT; i++) {
		buffer_byte(out, ' ');
		buffer_text(out, column_names[i]);
	}
}

void snapshot_header_print(
	struct buffer *out, const struct shk_snapshot_header *header)
{
	buffer_format(out, "# shokan snapshot %d\n", SHK_SNAPSHOT_VERSION);
	for (int i = 0; i < SNAPSHOT_KEYS; i++) {
		const char *text;

		memcpy(&text, (const char *)header + snapshot_keys[i].offset,
			sizeof(text));
		buffer_format(out, "# %s ", snapshot_keys[i].name);
		if (text && *text)
			snapshot_escape(out, text, strlen(text));
		else
			buffer_byte(out, '-');
		buffer_byte(out, '\n');
	}
	buffer_text(out, "# ");
	snapshot_columns_print(out);
	buffer_byte(out, '\n');
}

enum shk_code shk_snapshot_header_write(
	const struct shk_snapshot_header *header, shk_sink sink, shk_diag *diag)
{
	struct buffer out;
	enum shk_code code = SHK_OK;

	buffer_init(&out);
	snapshot_header_print(&out, header);
	if (out.failed)
		code = diag_memory(diag);
	else if (!sink.write(sink.context, out.data, out.size))
		code = diag_set(
			diag, SHK_E_IO, "cannot write the snapshot's header");
	buffer_release(&out);
	return code;
}

enum shk_code shk_snapshot_line_write(const char *const cells[SHK_COLUMN_COUNT],
	shk_sink sink, shk_diag *diag)
{
	struct buffer out;
	enum shk_code code = SHK_OK;

	buffer_init(&out);
	for (int i = 0; i < SHK_COLUMN_COUNT; i++) {
		if (i)
			buffer_byte(&out, '\t');
		snapshot_escape(&out, cells[i], strlen(cells[i]));
	}
	buffer_byte(&out, '\n');
	if (out.failed)
		code = diag_memory(diag);
	else if (!sink.write(sink.context, out.data, out.size))
		code = diag_set(diag, SHK_E_IO, "cannot write the snapshot");
	buffer_release(&out);
	return code;
}
