/*
 * The extent of one record in a JSON file, so that the parser holds one at a
 * time: an element of the array around the file, the only object, or one
 * object a line. Numbers come out as strings of the same characters, because
 * the parser would pass them through binary floating point.
 */
#ifndef RECORD_JSON_SCAN_H
#define RECORD_JSON_SCAN_H

#include "base/buffer.h"
#include "record/builder.h"
#include "record/input.h"

#define JSON_DEPTH_LIMIT 64 /* open brackets of one record */

enum json_mode {
	JSON_SCAN_UNDECIDED, /* nothing read yet */
	JSON_SCAN_ARRAY,
	JSON_SCAN_LINES,
	JSON_SCAN_SINGLE,
	JSON_SCAN_GIVEN, /* a text in memory that is one record */
	JSON_SCAN_ENDED
};

struct json_scan {
	struct input *input;
	struct text piece;
	bool eof;
	enum shk_code failure; /* of the input */
	shk_diag *diag;
	long line; /* of the next byte */
	long column;
	bool after_cr;
	enum json_mode mode;
	bool alone; /* lines: each stands by itself, bytes are unchecked */
	bool first; /* no element of the array was read */
	/* the record */
	struct buffer text;
	size_t *quotes; /* offsets in `text` of quotes set around numbers */
	size_t quote_count;
	size_t quote_capacity;
	long start_line;
	long start_column;
	const char *fault; /* what is wrong with it, or NULL */
	long fault_line;
	long fault_column;
};

/*
 * The beginning of an input that is no file looks like one object a line:
 * the first line is a whole object, or the second begins with one where
 * neither JSON of one piece nor a table goes on so.
 */
bool json_are_lines(struct text first);

void json_scan_init(struct json_scan *scan, struct input *input, bool lines);
/* What is to be read is `text`, which must live until it was. */
void json_scan_give(struct json_scan *scan, struct text text, bool one_record);
/* Begin anew with lines: the input has been given other bytes. */
void json_scan_restart(struct json_scan *scan, long line);
void json_scan_release(struct json_scan *scan);
/*
 * The next record into `text`. With `fault` set it is malformed and the next
 * call goes on behind it. SHK_END; SHK_E_INPUT: the file is malformed from
 * here on.
 */
enum shk_code json_scan_next(struct json_scan *scan, shk_diag *diag);
/* Place in the file of a byte of `text`. */
void json_scan_place(
	const struct json_scan *scan, size_t offset, long *line, long *column);

#endif
