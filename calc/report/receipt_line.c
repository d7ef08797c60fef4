/*
 * The lines of a receipt, printed and taken apart by one table of their
 * fields. Only the very form that is printed is taken: a line says one thing
 * in one way.
 */
#include <inttypes.h>
#include <string.h>

#include "report/receipt.h"

#define FIELD_PREVIOUS (-1)

/* Fields of a result by name, in byte order; the facts are an object. */
static const struct {
	const char *name;
	int column;
} fields[] = {
	{ "as_of", SHK_COLUMN_AS_OF },
	{ "citations", SHK_COLUMN_CITATIONS },
	{ "decision", SHK_COLUMN_DECISION },
	{ "evidence", SHK_COLUMN_EVIDENCE },
	{ "facts", SHK_COLUMN_FACTS },
	{ "id", SHK_COLUMN_ID },
	{ "missing", SHK_COLUMN_MISSING },
	{ "outcomes", SHK_COLUMN_OUTCOMES },
	{ "previous", FIELD_PREVIOUS },
	{ "reason", SHK_COLUMN_REASON },
	{ "revision", SHK_COLUMN_REVISION },
	{ "status", SHK_COLUMN_STATUS },
	{ "values", SHK_COLUMN_VALUES },
};

#define FIELDS (sizeof(fields) / sizeof(*fields))

/* The short escapes of JSON, each with the byte that it stands for. */
static const char shorts[][2] = { { 'b', '\b' }, { 't', '\t' }, { 'n', '\n' },
	{ 'f', '\f' }, { 'r', '\r' }, { '"', '"' }, { '\\', '\\' } };

#define SHORTS (sizeof(shorts) / sizeof(*shorts))

static void print_byte(struct buffer *out, char byte)
{
	for (size_t i = 0; i < SHORTS; i++)
		if (shorts[i][1] == byte) {
			buffer_byte(out, '\\');
			buffer_byte(out, shorts[i][0]);
			return;
		}
	if ((unsigned char)byte < 0x20)
		buffer_format(out, "\\u%04x", (unsigned char)byte);
	else
		buffer_byte(out, byte);
}

static void print_text(struct buffer *out, const char *text)
{
	buffer_byte(out, '"');
	for (text = text ? text : ""; *text; text++)
		print_byte(out, *text);
	buffer_byte(out, '"');
}

static void print_pair(struct buffer *out, const char *comma, const char *name,
	const char *text)
{
	buffer_format(out, "%s\"%s\":", comma, name);
	print_text(out, text);
}

void receipt_print_header(
	struct buffer *out, const struct shk_snapshot_header *header)
{
	print_pair(out, "{", "as_of", header->as_of);
	print_pair(out, ",", "decisions", header->decisions);
	print_pair(out, ",", "engine", header->engine);
	print_pair(out, ",", "min_evidence", header->min_evidence);
	print_pair(out, ",", "policy", header->policy);
	buffer_format(out, ",\"receipt\":%d", SHK_RECEIPT_VERSION);
	print_pair(out, ",", "revision", header->revision);
	print_pair(out, ",", "rulebook", header->rulebook);
	buffer_byte(out, '}');
}

void receipt_print_facts(struct buffer *out, const char *cell,
	const char *const *extra, size_t extra_count)
{
	const char *comma = "";

	buffer_byte(out, '{');
	for (size_t i = 0; i < extra_count; i++, comma = ",")
		print_pair(out, comma, extra[2 * i], extra[2 * i + 1]);
	while (*cell) {
		size_t size = strcspn(cell, "=");

		buffer_format(out, "%s\"", comma);
		comma = ",";
		for (; size > 0; size--)
			print_byte(out, *cell++);
		buffer_text(out, "\":\"");
		cell += *cell == '=';
		for (; *cell && *cell != ';'; cell++) {
			if (*cell == '\\' && cell[1])
				cell++;
			print_byte(out, *cell);
		}
		buffer_byte(out, '"');
		cell += *cell == ';';
	}
	buffer_byte(out, '}');
}

void receipt_print_line(struct buffer *out, const struct receipt_line *line)
{
	for (size_t i = 0; i < FIELDS; i++) {
		const char *comma = i ? "," : "{";
		int column = fields[i].column;

		if (column == SHK_COLUMN_FACTS) {
			buffer_format(out, "%s\"facts\":", comma);
			receipt_print_facts(out, line->cells[column], NULL, 0);
		} else {
			print_pair(out, comma, fields[i].name,
				column == FIELD_PREVIOUS ? line->previous
							 : line->cells[column]);
		}
	}
	buffer_byte(out, '}');
}

void receipt_print_end(
	struct buffer *out, const char *previous, uint64_t results)
{
	buffer_text(out, "{\"end\":\"receipt\"");
	print_pair(out, ",", "previous", previous);
	buffer_format(out, ",\"results\":%" PRIu64 "}", results);
}

/* What is left of a line that is taken apart, and where texts go. */
struct take {
	const char *at;
	const char *end;
	char *room;
};

static bool take_word(struct take *take, const char *word)
{
	size_t size = strlen(word);

	if ((size_t)(take->end - take->at) < size ||
		memcmp(take->at, word, size) != 0)
		return false;
	take->at += size;
	return true;
}

/* Behind a backslash; only the shortest escape of a byte is taken. */
static bool take_escape(struct take *take, char *byte)
{
	static const char digits[] = "0123456789abcdef";
	const char *low;

	if (take->at == take->end)
		return false;
	for (size_t i = 0; i < SHORTS; i++)
		if (*take->at == shorts[i][0]) {
			*byte = shorts[i][1];
			take->at++;
			return true;
		}
	if (take->end - take->at < 5 || !take_word(take, "u00") ||
		(*take->at != '0' && *take->at != '1'))
		return false;
	low = memchr(digits, take->at[1], 16);
	if (!low)
		return false;
	*byte = (char)((*take->at - '0') * 16 + (low - digits));
	take->at += 2;
	for (size_t i = 0; i < SHORTS; i++)
		if (shorts[i][1] == *byte)
			return false;
	return *byte != '\0';
}

/* Up to the closing quote, into the room; `cell` escapes as facts do. */
static bool take_rest(struct take *take, bool cell)
{
	while (take->at < take->end && *take->at != '"') {
		char byte = *take->at++;

		if ((unsigned char)byte < 0x20 ||
			(byte == '\\' && !take_escape(take, &byte)))
			return false;
		if (cell && (byte == '\\' || byte == ';'))
			*take->room++ = '\\';
		*take->room++ = byte;
	}
	return take_word(take, "\"");
}

static bool take_text(struct take *take, const char **out)
{
	*out = take->room;
	if (!take_word(take, "\"") || !take_rest(take, false))
		return false;
	*take->room++ = '\0';
	return true;
}

static bool take_pair(struct take *take, const char *comma, const char *name,
	const char **out)
{
	return take_word(take, comma) && take_word(take, "\"") &&
	       take_word(take, name) && take_word(take, "\":") &&
	       take_text(take, out);
}

/* The object as the snapshot's column. */
static bool take_facts(struct take *take, const char **out)
{
	const char *comma = "";

	*out = take->room;
	if (!take_word(take, "{"))
		return false;
	while (!take_word(take, "}")) {
		const char *name = take->room;

		if (!take_word(take, comma) || !take_word(take, "\""))
			return false;
		if (*comma) {
			*take->room++ = ';';
			name++;
		}
		comma = ",";
		if (!take_rest(take, false) || take->room == name)
			return false;
		*take->room++ = '=';
		if (name + strcspn(name, "=;\\\"") + 1 != take->room)
			return false;
		if (!take_word(take, ":\"") || !take_rest(take, true))
			return false;
	}
	*take->room++ = '\0';
	return true;
}

/* A cell of facts may be twice as long as its text; every text has a NUL. */
size_t receipt_room(size_t size)
{
	return 2 * size + 64;
}

bool receipt_take_header(
	struct text line, char *room, struct shk_snapshot_header *out)
{
	struct take take = { line.data, line.data + line.size, room };

	return take_pair(&take, "{", "as_of", &out->as_of) &&
	       take_pair(&take, ",", "decisions", &out->decisions) &&
	       take_pair(&take, ",", "engine", &out->engine) &&
	       take_pair(&take, ",", "min_evidence", &out->min_evidence) &&
	       take_pair(&take, ",", "policy", &out->policy) &&
	       take_word(&take, ",\"receipt\":1") &&
	       take_pair(&take, ",", "revision", &out->revision) &&
	       take_pair(&take, ",", "rulebook", &out->rulebook) &&
	       take_word(&take, "}") && take.at == take.end;
}

bool receipt_take_line(struct text line, char *room, struct receipt_line *out)
{
	struct take take = { line.data, line.data + line.size, room };

	for (size_t i = 0; i < FIELDS; i++) {
		const char *comma = i ? "," : "{";
		int column = fields[i].column;
		bool taken;

		if (column == SHK_COLUMN_FACTS)
			taken = take_word(&take, ",\"facts\":") &&
				take_facts(&take, &out->cells[column]);
		else
			taken = take_pair(&take, comma, fields[i].name,
				column == FIELD_PREVIOUS ? &out->previous
							 : &out->cells[column]);
		if (!taken)
			return false;
	}
	return take_word(&take, "}") && take.at == take.end;
}

bool receipt_take_end(
	struct text line, char *room, const char **previous, uint64_t *results)
{
	struct take take = { line.data, line.data + line.size, room };
	const char *digits;

	*results = 0;
	if (!take_word(&take, "{\"end\":\"receipt\"") ||
		!take_pair(&take, ",", "previous", previous) ||
		!take_word(&take, ",\"results\":"))
		return false;
	digits = take.at;
	for (; take.at < take.end && *take.at >= '0' && *take.at <= '9';
		take.at++)
		*results = *results * 10 + (uint64_t)(*take.at - '0');
	if (take.at == digits || take.at - digits > 18 ||
		(*digits == '0' && take.at - digits > 1))
		return false;
	return take_word(&take, "}") && take.at == take.end;
}

void receipt_hash(shk_hash *hash, struct text line, char out[SHK_HASH_TEXT])
{
	shk_hash_add(hash, line.data, line.size);
	shk_hash_finish(hash, out);
}
