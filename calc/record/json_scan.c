/*
 * Bracket counting with strings and numbers recognised. The grammar itself
 * is jansson's business; what is decided here is only where a record begins
 * and ends, how its numbers are spelled, and how to go on behind a broken one.
 */
#include <string.h>

#include "base/memory.h"
#include "record/json_scan.h"

#define JSON_EOF (-1)

void json_scan_init(struct json_scan *scan, struct input *input, bool lines)
{
	memset(scan, 0, sizeof(*scan));
	scan->input = input;
	scan->line = 1;
	scan->column = 1;
	scan->mode = lines ? JSON_SCAN_LINES : JSON_SCAN_UNDECIDED;
	buffer_init(&scan->text);
}

void json_scan_give(struct json_scan *scan, struct text text, bool one_record)
{
	scan->piece = text;
	scan->eof = true;
	scan->line = 1;
	scan->column = 1;
	scan->after_cr = false;
	scan->alone = one_record;
	scan->mode = one_record ? JSON_SCAN_GIVEN : JSON_SCAN_UNDECIDED;
}

void json_scan_restart(struct json_scan *scan, long line)
{
	scan->piece = (struct text){ "", 0 };
	scan->eof = false;
	scan->failure = SHK_OK;
	scan->line = line;
	scan->column = 1;
	scan->after_cr = false;
	scan->mode = JSON_SCAN_LINES;
}

void json_scan_release(struct json_scan *scan)
{
	buffer_release(&scan->text);
	memory_free(scan->quotes);
}

/* The next byte, not consumed; JSON_EOF at the end or after a failure. */
static int json_peek(struct json_scan *scan)
{
	if (scan->piece.size == 0 && !scan->eof) {
		scan->failure =
			input_read(scan->input, &scan->piece, scan->diag);
		if (scan->failure) {
			diag_place(scan->diag, NULL, scan->line, scan->column);
			scan->piece.size = 0;
		}
		scan->eof = scan->piece.size == 0;
	}
	if (scan->piece.size == 0)
		return JSON_EOF;
	return (unsigned char)scan->piece.data[0];
}

/* Consume the byte that was peeked. */
static void json_skip(struct json_scan *scan)
{
	unsigned char byte = (unsigned char)scan->piece.data[0];

	scan->piece.data++;
	scan->piece.size--;
	if (byte == '\r' || (byte == '\n' && !scan->after_cr)) {
		scan->line++;
		scan->column = 1;
	} else if (byte != '\n' && (byte & 0xC0u) != 0x80u) {
		scan->column++;
	}
	scan->after_cr = byte == '\r';
}

static void json_take(struct json_scan *scan)
{
	buffer_byte(&scan->text, scan->piece.data[0]);
	json_skip(scan);
}

static bool json_is_space(int byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* The next byte that is no white space, not consumed. */
static int json_next_mark(struct json_scan *scan)
{
	int byte = json_peek(scan);

	while (json_is_space(byte)) {
		json_skip(scan);
		byte = json_peek(scan);
	}
	return byte;
}

/* The first fault of a record is the one that is told. */
static void json_fault(struct json_scan *scan, const char *why)
{
	if (scan->fault)
		return;
	scan->fault = why;
	scan->fault_line = scan->line;
	scan->fault_column = scan->column;
}

static enum shk_code json_fatal(struct json_scan *scan, const char *why)
{
	if (scan->failure)
		return scan->failure;
	diag_set(scan->diag, SHK_E_INPUT, "%s", why);
	diag_reason(scan->diag, "bad_value");
	diag_place(scan->diag, NULL, scan->line, scan->column);
	return SHK_E_INPUT;
}

static bool json_in_line(const struct json_scan *scan, int byte)
{
	return scan->mode != JSON_SCAN_LINES || (byte != '\n' && byte != '\r');
}

/* A string with its quotes; in lines it ends with the line at the latest. */
static void json_string(struct json_scan *scan)
{
	int byte;

	json_take(scan);
	byte = json_peek(scan);
	while (byte != JSON_EOF && byte != '"' && json_in_line(scan, byte)) {
		json_take(scan);
		if (byte == '\\') {
			byte = json_peek(scan);
			if (byte == JSON_EOF || !json_in_line(scan, byte))
				break;
			json_take(scan);
		}
		if (scan->text.size > RECORD_BYTES_MAX)
			return;
		byte = json_peek(scan);
	}
	if (byte == '"')
		json_take(scan);
	else
		json_fault(scan, "a string is not closed");
}

static size_t json_digits(const char *text, size_t size)
{
	size_t count = 0;

	while (count < size && text[count] >= '0' && text[count] <= '9')
		count++;
	return count;
}

/* JSON's grammar of a number. */
static bool json_is_number(const char *text, size_t size)
{
	size_t at = size > 0 && text[0] == '-';
	size_t digits = json_digits(text + at, size - at);

	if (digits == 0 || (digits > 1 && text[at] == '0'))
		return false;
	at += digits;
	if (at < size && text[at] == '.') {
		digits = json_digits(text + at + 1, size - at - 1);
		if (digits == 0)
			return false;
		at += digits + 1;
	}
	if (at < size && (text[at] == 'e' || text[at] == 'E')) {
		at++;
		if (at < size && (text[at] == '+' || text[at] == '-'))
			at++;
		digits = json_digits(text + at, size - at);
		if (digits == 0)
			return false;
		at += digits;
	}
	return at == size;
}

static void json_quote(struct json_scan *scan)
{
	void *quotes = scan->quotes;

	if (!memory_grow(&quotes, &scan->quote_capacity, scan->quote_count + 1,
		    sizeof(*scan->quotes))) {
		scan->text.failed = true;
		return;
	}
	scan->quotes = quotes;
	scan->quotes[scan->quote_count++] = scan->text.size;
	buffer_byte(&scan->text, '"');
}

static void json_number(struct json_scan *scan)
{
	size_t from;
	int byte = json_peek(scan);

	json_quote(scan);
	from = scan->text.size;
	while (byte != JSON_EOF && strchr("0123456789+-.eE", byte) &&
		scan->text.size <= RECORD_BYTES_MAX) {
		json_take(scan);
		byte = json_peek(scan);
	}
	if (!scan->text.failed &&
		!json_is_number(scan->text.data + from, scan->text.size - from))
		json_fault(scan, "this is not a number");
	json_quote(scan);
	/* as a name it would be a string only because of these quotes */
	while (json_is_space(byte) && json_in_line(scan, byte)) {
		json_take(scan);
		byte = json_peek(scan);
	}
	if (byte == ':')
		json_fault(scan, "a name without quotes");
}

/*
 * A record broken at the end of its line: the next line begins with `{`
 * where JSON cannot go on with one, so the file has one object a line.
 */
static bool json_breaks(const struct json_scan *scan, int byte, int before)
{
	return scan->mode == JSON_SCAN_UNDECIDED && byte == '{' &&
	       scan->line > scan->start_line && before != ':' &&
	       before != ',' && before != '[';
}

/* A word such as null, or anything else up to the next mark. */
static void json_word(struct json_scan *scan)
{
	int byte;

	do {
		json_take(scan);
		byte = json_peek(scan);
	} while (byte != JSON_EOF && !json_is_space(byte) &&
		 !strchr(",:[]{}\"", byte) &&
		 scan->text.size <= RECORD_BYTES_MAX);
}

/* One token of a record; returns how it changes the depth. */
static int json_token(struct json_scan *scan, int byte)
{
	switch (byte) {
	case '"':
		json_string(scan);
		return 0;
	case '{':
	case '[':
		json_take(scan);
		return 1;
	case '}':
	case ']':
		json_take(scan);
		return -1;
	case ',':
	case ':':
		json_take(scan);
		return 0;
	default:
		break;
	}
	if (byte == '-' || (byte >= '0' && byte <= '9'))
		json_number(scan);
	else
		json_word(scan);
	return 0;
}

/* One value from its first byte on. False: the input ended inside. */
static bool json_value(struct json_scan *scan)
{
	int depth = 0;
	int before = 0;

	do {
		int byte = json_peek(scan);

		if (byte == JSON_EOF)
			return false;
		if (!json_in_line(scan, byte)) {
			json_fault(scan, "the object does not end on its line");
			return true;
		}
		if (json_is_space(byte)) {
			json_take(scan);
			continue;
		}
		if (json_breaks(scan, byte, before)) {
			scan->mode = JSON_SCAN_LINES;
			json_fault(scan, "the object does not end on its line");
			return true;
		}
		depth += json_token(scan, byte);
		before = byte;
		if (depth > JSON_DEPTH_LIMIT)
			json_fault(scan, "brackets are nested too deep");
	} while (depth > 0 && scan->text.size <= RECORD_BYTES_MAX);
	return true;
}

/* What the input did not check: every byte of the record is UTF-8. */
static void json_check_bytes(struct json_scan *scan)
{
	const char *data = scan->text.data;
	size_t size = scan->text.size;
	const char *nul = size ? memchr(data, 0, size) : NULL;
	size_t valid = utf8_valid(data, nul ? (size_t)(nul - data) : size);

	if (valid == size || scan->fault)
		return;
	scan->fault = nul && valid == (size_t)(nul - data)
			      ? "a NUL byte"
			      : "a byte that is not UTF-8";
	json_scan_place(scan, valid, &scan->fault_line, &scan->fault_column);
}

/* Behind a record: nothing more on its line. */
static void json_line_end(struct json_scan *scan)
{
	int byte = json_peek(scan);

	while (byte != JSON_EOF && byte != '\n' && byte != '\r') {
		if (!json_is_space(byte))
			json_fault(scan, "more text behind the object");
		json_skip(scan);
		byte = json_peek(scan);
	}
}

static enum shk_code json_collect(struct json_scan *scan)
{
	buffer_clear(&scan->text);
	scan->quote_count = 0;
	scan->fault = NULL;
	scan->start_line = scan->line;
	scan->start_column = scan->column;
	if (!json_value(scan)) {
		if (!scan->alone &&
			(scan->mode != JSON_SCAN_LINES || scan->failure))
			return json_fatal(scan,
				"the file ends in the middle of a record");
		json_fault(scan,
			scan->mode == JSON_SCAN_GIVEN
				? "the text ends in the middle of an object"
				: "the object does not end on its line");
	}
	if (scan->failure)
		return scan->failure;
	if (scan->text.failed)
		return diag_memory(scan->diag);
	if (scan->alone && scan->text.size > RECORD_BYTES_MAX)
		json_fault(scan, "a record is longer than 16 MiB");
	else if (scan->alone)
		json_check_bytes(scan);
	else if (scan->text.size > RECORD_BYTES_MAX) {
		diag_set(scan->diag, SHK_E_LIMIT,
			"a record is longer than %u bytes", RECORD_BYTES_MAX);
		diag_place(
			scan->diag, NULL, scan->start_line, scan->start_column);
		return SHK_E_LIMIT;
	}
	return SHK_OK;
}

/* Up to the next element of the array, or its end. */
static enum shk_code json_array(struct json_scan *scan)
{
	int byte = json_next_mark(scan);

	if (byte == ']') {
		json_skip(scan);
		scan->mode = JSON_SCAN_ENDED;
		if (json_next_mark(scan) != JSON_EOF || scan->failure)
			return json_fatal(scan, "more text behind the array");
		return SHK_END;
	}
	if (!scan->first) {
		if (byte != ',')
			return json_fatal(
				scan, "expected a comma or ] behind a record");
		json_skip(scan);
		byte = json_next_mark(scan);
	}
	scan->first = false;
	if (byte == JSON_EOF || strchr(",:]}", byte))
		return json_fatal(scan, "expected a record");
	return json_collect(scan);
}

/* A byte order mark in front of a line; false: only its first bytes. */
static bool json_skip_mark(struct json_scan *scan)
{
	json_skip(scan);
	if (json_peek(scan) != 0xBB)
		return false;
	json_skip(scan);
	if (json_peek(scan) != 0xBF)
		return false;
	json_skip(scan);
	return true;
}

static enum shk_code json_lines(struct json_scan *scan)
{
	int byte = json_next_mark(scan);
	enum shk_code code;
	bool broken = false;

	while (scan->alone && byte == 0xEF && !broken) {
		broken = !json_skip_mark(scan);
		byte = broken ? byte : json_next_mark(scan);
	}
	if (byte == JSON_EOF)
		return scan->failure ? scan->failure : SHK_END;
	code = json_collect(scan);
	if (!code && broken)
		json_fault(scan, "expected an object");
	if (!code)
		json_line_end(scan);
	return code ? code : scan->failure;
}

/* The first record of a file that is no array. */
static enum shk_code json_first(struct json_scan *scan)
{
	enum shk_code code = json_collect(scan);

	if (code)
		return code;
	if (scan->mode == JSON_SCAN_LINES) /* its line was broken */
		return SHK_OK;
	if (scan->line == scan->start_line) {
		scan->mode = JSON_SCAN_LINES;
		json_line_end(scan);
		return scan->failure;
	}
	scan->mode = JSON_SCAN_SINGLE;
	if (json_next_mark(scan) != JSON_EOF || scan->failure)
		return json_fatal(scan,
			"more text behind the object; put several records "
			"into an array or each on one line");
	return SHK_OK;
}

/* A given text: its faults are those of the record. */
static enum shk_code json_given(struct json_scan *scan)
{
	bool blank = json_next_mark(scan) == JSON_EOF;
	enum shk_code code = json_collect(scan);

	if (code)
		return code;
	if (blank)
		scan->fault = "expected an object";
	if (json_next_mark(scan) != JSON_EOF)
		json_fault(scan, "more text behind the object");
	scan->mode = JSON_SCAN_ENDED;
	return SHK_OK;
}

enum shk_code json_scan_next(struct json_scan *scan, shk_diag *diag)
{
	int byte;

	scan->diag = diag;
	switch (scan->mode) {
	case JSON_SCAN_ARRAY:
		return json_array(scan);
	case JSON_SCAN_LINES:
		return json_lines(scan);
	case JSON_SCAN_GIVEN:
		return json_given(scan);
	case JSON_SCAN_SINGLE:
	case JSON_SCAN_ENDED:
		return SHK_END;
	case JSON_SCAN_UNDECIDED:
		break;
	}
	byte = json_next_mark(scan);
	if (byte == '[') {
		json_skip(scan);
		scan->mode = JSON_SCAN_ARRAY;
		scan->first = true;
		return json_array(scan);
	}
	if (byte == '{')
		return json_first(scan);
	return json_fatal(scan, byte == JSON_EOF
					? "the file is empty"
					: "expected an array or an object");
}

void json_scan_place(
	const struct json_scan *scan, size_t offset, long *line, long *column)
{
	size_t quote = 0;
	bool after_cr = false;

	*line = scan->start_line;
	*column = scan->start_column;
	for (size_t i = 0; i < offset && i < scan->text.size; i++) {
		unsigned char byte = (unsigned char)scan->text.data[i];

		if (quote < scan->quote_count && scan->quotes[quote] == i) {
			quote++;
			continue;
		}
		if (byte == '\r' || (byte == '\n' && !after_cr)) {
			++*line;
			*column = 1;
		} else if (byte != '\n' && (byte & 0xC0u) != 0x80u) {
			++*column;
		}
		after_cr = byte == '\r';
	}
}
