/*
 * Where to cut. A stretch without quotes is cut behind its last line end; one
 * with quotes is followed row by row exactly as table.c takes rows apart, also
 * malformed ones, or a line break inside of a cell would be taken for the end
 * of a record. The encodings that are read (UTF-8, CP932) have no second byte
 * that is a quote or a line end, so bytes are enough.
 */
#include <string.h>

#include "base/memory.h"
#include "record/parts.h"

#define PARTS_KEEP (4u << 20) /* bytes of a part that are kept for reuse */

enum parts_state {
	PARTS_BEGIN,  /* at the first byte of a cell */
	PARTS_PLAIN,  /* in a cell without quotes */
	PARTS_QUOTED, /* behind an opening quote */
	PARTS_CLOSED, /* behind a quote in a quoted cell */
	PARTS_BROKEN  /* in a malformed row: it ends with the line */
};

struct parts {
	const struct shk_records *whole;
	size_t size; /* wanted */
	char delimiter;
	bool quotes;	     /* quoted cells may hold line ends */
	struct text rest;    /* of the first block, not yet given out */
	struct buffer carry; /* read, but behind the last cut */
	size_t carried;	     /* of it, given out again */
	bool ended;	     /* there is nothing more in the file */
	bool finished;	     /* nor anything that was not given out */
	bool skipping;	     /* the rest of a line that was too long */
	uint64_t offset;     /* of the next part */
	long line;
};

void part_init(struct part *part)
{
	memset(part, 0, sizeof(*part));
}

void part_release(struct part *part)
{
	memory_free(part->data);
	part_init(part);
}

void part_shrink(struct part *part)
{
	if (part->capacity > PARTS_KEEP)
		part_release(part);
}

enum shk_code parts_open(struct parts **out, const shk_records *whole,
	size_t size, shk_diag *diag)
{
	const struct record_reader *reader = whole->reader;
	struct parts *parts;
	struct text rest;
	uint64_t offset;

	*out = NULL;
	if (reader->cut == RECORD_CUT_NOWHERE ||
		!input_first_raw(whole->input, reader->lines, &rest, &offset))
		return SHK_END;
	parts = memory_zeroed(1, sizeof(*parts));
	if (!parts)
		return diag_memory(diag);
	parts->whole = whole;
	parts->size = size ? size : 1;
	parts->delimiter = reader->delimiter;
	parts->quotes = reader->cut == RECORD_CUT_TABLE;
	parts->rest = rest;
	parts->offset = offset;
	parts->line = reader->lines + 1;
	buffer_init(&parts->carry);
	*out = parts;
	return SHK_OK;
}

void parts_close(struct parts *parts)
{
	if (!parts)
		return;
	buffer_release(&parts->carry);
	memory_free(parts);
}

/* Up to `size` bytes that are in memory already. */
static size_t parts_known(struct parts *parts, char *to, size_t size)
{
	size_t carried = parts->carry.size - parts->carried;
	size_t got = carried < size ? carried : size;

	if (got > 0)
		memcpy(to, parts->carry.data + parts->carried, got);
	parts->carried += got;
	if (got < size && parts->rest.size > 0) {
		size_t more = size - got;

		if (more > parts->rest.size)
			more = parts->rest.size;
		memcpy(to + got, parts->rest.data, more);
		parts->rest.data += more;
		parts->rest.size -= more;
		got += more;
	}
	return got;
}

/* Fill the part up to `size` bytes, or to the end of the file. */
static enum shk_code parts_fill(
	struct parts *parts, struct part *part, size_t size, shk_diag *diag)
{
	void *data = part->data;
	size_t got;
	enum shk_code code;

	if (!memory_grow(&data, &part->capacity, size + 1, 1))
		return diag_memory(diag);
	part->data = data;
	part->size +=
		parts_known(parts, part->data + part->size, size - part->size);
	if (part->size == size)
		return SHK_OK;
	code = input_read_raw(parts->whole->input, part->data + part->size,
		size - part->size, &got, diag);
	part->size += got;
	parts->ended = part->size < size;
	return code;
}

/* Behind the line end at `at`; 0 when the LF of a CR may still come. */
static size_t parts_line_end(
	const struct parts *parts, const struct part *part, size_t at)
{
	if (part->data[at] == '\n')
		return at + 1;
	if (at + 1 == part->size)
		return parts->ended ? at + 1 : 0;
	return at + 1 + (part->data[at + 1] == '\n');
}

static bool parts_ends_line(char byte)
{
	return byte == '\n' || byte == '\r';
}

/* Behind the last line end of [from, end), or 0. */
static size_t parts_last_line(const struct parts *parts,
	const struct part *part, size_t from, size_t end)
{
	size_t cut = 0;

	for (size_t at = end; cut == 0 && at > from; at--) {
		if (parts_ends_line(part->data[at - 1]))
			cut = parts_line_end(parts, part, at - 1);
	}
	return cut;
}

static enum parts_state parts_step(
	enum parts_state state, char byte, char delimiter)
{
	if (state == PARTS_BROKEN)
		return PARTS_BROKEN;
	if (byte == delimiter && state != PARTS_QUOTED)
		return PARTS_BEGIN;
	switch (state) {
	case PARTS_BEGIN:
		return byte == '"' ? PARTS_QUOTED : PARTS_PLAIN;
	case PARTS_PLAIN:
		return byte == '"' ? PARTS_BROKEN : PARTS_PLAIN;
	case PARTS_QUOTED:
		return byte == '"' ? PARTS_CLOSED : PARTS_QUOTED;
	case PARTS_CLOSED:
	case PARTS_BROKEN:
		break;
	}
	return byte == '"' ? PARTS_QUOTED : PARTS_BROKEN;
}

/* Behind the row that begins at `from`; 0 when it does not end here. */
static size_t parts_row(
	const struct parts *parts, const struct part *part, size_t from)
{
	enum parts_state state = PARTS_BEGIN;

	for (size_t at = from; at < part->size; at++) {
		char byte = part->data[at];

		if (state != PARTS_QUOTED && parts_ends_line(byte))
			return parts_line_end(parts, part, at);
		if (parts->quotes)
			state = parts_step(state, byte, parts->delimiter);
	}
	return 0;
}

/* Behind the last record that ends in the part; 0: none does. */
static size_t parts_cut(const struct parts *parts, const struct part *part)
{
	size_t from = 0; /* always the beginning of a row */
	size_t last = 0;

	while (from < part->size) {
		const char *quote = NULL;
		size_t end = part->size;
		size_t cut;

		if (parts->quotes)
			quote = memchr(
				part->data + from, '"', part->size - from);
		if (quote)
			end = (size_t)(quote - part->data);
		cut = parts_last_line(parts, part, from, end);
		if (cut > 0)
			last = from = cut;
		cut = quote ? parts_row(parts, part, from) : 0;
		if (cut == 0)
			break;
		last = from = cut;
	}
	return last;
}

/* How often `last` stands, behind a CR if `after_cr`; from the second byte on.
   The loop inside is one that compilers make wide. */
static size_t parts_count(
	const char *data, size_t size, char last, bool after_cr)
{
	size_t count = 0;

	for (size_t at = 1; at < size;) {
		size_t end = size - at < 128 ? size : at + 128;
		unsigned char few = 0;

		if (after_cr)
			for (size_t i = at; i < end; i++)
				few = (unsigned char)(few +
						      ((data[i] == last) &
							      (data[i - 1] ==
								      '\r')));
		else
			for (size_t i = at; i < end; i++)
				few = (unsigned char)(few + (data[i] == last));
		count += few;
		at = end;
	}
	return count;
}

/* Line ends, CRLF as one. */
static long parts_lines(const char *data, size_t size)
{
	size_t count;

	if (size == 0)
		return 0;
	count = parts_count(data, size, '\n', false) + (data[0] == '\n');
	if (memchr(data, '\r', size))
		count += parts_count(data, size, '\r', false) +
			 (data[0] == '\r') -
			 parts_count(data, size, '\n', true);
	return (long)count;
}

/*
 * Give what is behind `cut` to the next part. As long as something is carried
 * the part is all of it from there, so that it need not be copied.
 */
static bool parts_keep(struct parts *parts, struct part *part, size_t cut)
{
	struct buffer *carry = &parts->carry;
	size_t left = part->size - cut;

	if (parts->carried < carry->size) {
		parts->carried -= left;
	} else {
		parts->carried = 0;
		buffer_clear(carry);
		buffer_add(carry, part->data + cut, left);
	}
	part->size = cut;
	parts->offset += cut;
	parts->line += parts_lines(part->data, cut);
	return !carry->failed;
}

/* Fill the part until a record ends in it; `*cut` is behind that. */
static enum shk_code parts_collect(
	struct parts *parts, struct part *part, size_t *cut, shk_diag *diag)
{
	size_t size = parts->size;
	enum shk_code code;

	do {
		code = parts_fill(parts, part, size, diag);
		if (code == SHK_E_MEMORY)
			return code;
		/* of a record longer than a part only that one record */
		*cut = size > parts->size ? parts_row(parts, part, 0)
					  : parts_cut(parts, part);
		size = size > PARTS_GROWN_MAX / 2 ? PARTS_GROWN_MAX : size * 2;
	} while (!code && *cut == 0 && !parts->ended &&
		 part->size < PARTS_GROWN_MAX);
	return code;
}

/* Pass over the rest of a line of which a part had the beginning. */
static enum shk_code parts_skip(
	struct parts *parts, struct part *part, shk_diag *diag)
{
	while (parts->skipping && !parts->ended) {
		enum shk_code code;
		size_t at = 0;
		size_t cut = 0;

		part->size = 0;
		code = parts_fill(parts, part, INPUT_BLOCK, diag);
		if (code)
			return code;
		while (cut == 0 && at < part->size) {
			if (parts_ends_line(part->data[at]))
				cut = parts_line_end(parts, part, at);
			at++;
		}
		parts->skipping = cut == 0;
		/* a CR at the very end is looked at again with what follows */
		if (cut == 0 && part->size > 0 && !parts->ended &&
			part->data[part->size - 1] == '\r')
			cut = part->size - 1;
		else if (cut == 0)
			cut = part->size;
		if (!parts_keep(parts, part, cut))
			return diag_memory(diag);
	}
	return SHK_OK;
}

enum shk_code parts_next(struct parts *parts, struct part *part, shk_diag *diag)
{
	size_t cut = 0;
	enum shk_code code = parts_skip(parts, part, diag);

	part->size = 0;
	part->offset = parts->offset;
	part->line = parts->line;
	if (code || parts->finished)
		return code ? code : SHK_END;
	code = parts_collect(parts, part, &cut, diag);
	if (code == SHK_E_MEMORY)
		return code;
	if (!code && parts->ended)
		cut = part->size;
	else if (!code && cut == 0) {
		cut = part->size;
		parts->skipping = true;
	}
	parts->finished = code || parts->ended;
	if (!parts_keep(parts, part, cut))
		return diag_memory(diag);
	return !code && part->size == 0 ? SHK_END : code;
}

bool parts_are_finished(const struct parts *parts)
{
	return parts->finished;
}

enum shk_code parts_reader(
	shk_records **out, const shk_records *whole, shk_diag *diag)
{
	const struct record_builder *from = &whole->builder;
	shk_records *records = memory_zeroed(1, sizeof(*records));
	const char **keep;
	shk_read_options options = { .keep_count = from->kept_count };
	enum shk_code code;

	*out = NULL;
	keep = memory_zeroed(from->kept_count + 1, sizeof(*keep));
	if (!records || !keep) {
		memory_free(records);
		memory_free(keep);
		return diag_memory(diag);
	}
	for (size_t i = 0; i < from->kept_count; i++)
		keep[i] = from->kept[i].name.data;
	options.keep = keep;
	code = builder_init(&records->builder, from->record.schema,
		from->record.path, &options, diag);
	memory_free(keep);
	if (code) {
		memory_free(records);
		return code;
	}
	records->builder.alone = from->alone;
	code = input_memory_new(&records->input, whole->input, diag);
	if (!code)
		code = whole->reader->part(
			&records->reader, whole->reader, records->input, diag);
	if (code)
		shk_records_close(records);
	else
		*out = records;
	return code;
}

void parts_read(
	shk_records *records, const struct part *part, struct record_ids *ids)
{
	const struct text bytes = { part->data, part->size };

	input_memory_set(records->input, bytes, part->offset);
	records->reader->restart(records->reader, part->line);
	records->builder.ids = ids;
	records->ended = SHK_OK;
	diag_clear(&records->why);
}
