/*
 * Help for the tests of the record room: bytes through a reader and back as
 * text, one line a record, so that a test compares with what it expects at
 * one glance.
 *
 *   P1@2 kind=category shares=[A社,60,?;B社,40,?] ~a warning ~x_note=kept
 *   !P1@2:5 bad_value annual_tests| annual_tests: "1.5" has ...
 *   !!0:0 SHK_E_LIMIT's number, reason, field| message     (the whole file)
 */
#ifndef TESTS_RECORD_READING_H
#define TESTS_RECORD_READING_H

#include <shokan/record.h>

#include "base/buffer.h"
#include "record/record.h"

/* The vocabulary of rules/fields.xml; loaded once a test. */
const shk_schema *reading_schema(void);
void reading_release(void);

/* One value as above. */
void reading_value(struct buffer *out, const struct record_field *field,
	const struct record_value *value);

/*
 * Write `bytes` into a file with that ending and read it. Options may be
 * NULL. The text stays valid until the next call.
 */
const char *reading_bytes(const char *ending, const char *bytes, size_t size,
	const shk_read_options *options);
const char *reading_text(const char *ending, const char *text);
/* A file that exists. */
const char *reading_file(const char *path, const shk_read_options *options);
/* The same in parts of at least `size` bytes; NULL: it cannot be cut. */
const char *reading_parts(
	const char *path, const shk_read_options *options, size_t size);
/* The same bytes on standard input. */
const char *reading_stdin(
	const char *bytes, size_t size, const shk_read_options *options);

/* Fails the test unless `got` contains `part`. */
void reading_has(const char *got, const char *part, const char *row);

#endif
