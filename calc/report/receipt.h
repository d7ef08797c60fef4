/*
 * Inside report/: one line of a receipt as text and as columns.
 */
#ifndef REPORT_RECEIPT_H
#define REPORT_RECEIPT_H

#include <shokan/hash.h>
#include <shokan/receipt.h>

#include "base/buffer.h"
#include "base/text.h"

/* One result. Texts are NUL-terminated. */
struct receipt_line {
	const char *cells[SHK_COLUMN_COUNT];
	const char *previous;
};

void receipt_print_header(
	struct buffer *out, const struct shk_snapshot_header *header);
/* SHK_E_INPUT when the facts are no `name=value;...`. */
void receipt_print_line(struct buffer *out, const struct receipt_line *line);
void receipt_print_end(
	struct buffer *out, const char *previous, uint64_t results);
/* The facts of a snapshot's column as an object of texts. `extra` pairs of
   name and value come first. */
void receipt_print_facts(struct buffer *out, const char *cell,
	const char *const *extra, size_t extra_count);

/*
 * The other way, into `room` of at least receipt_room(line.size) bytes. False
 * when the line has another form than the printers give.
 */
size_t receipt_room(size_t size);
bool receipt_take_header(
	struct text line, char *room, struct shk_snapshot_header *out);
bool receipt_take_line(struct text line, char *room, struct receipt_line *out);
bool receipt_take_end(
	struct text line, char *room, const char **previous, uint64_t *results);

/* SHA-256 of a line. */
void receipt_hash(shk_hash *hash, struct text line, char out[SHK_HASH_TEXT]);

#endif
