/*
 * A file of records cut into parts at ends of records, so that several threads
 * can read them: one thread cuts, each other one has a reader of its own for
 * whole parts. Rows, messages and results are those of the file read in one
 * go, whatever the size of the parts is.
 */
#ifndef RECORD_PARTS_H
#define RECORD_PARTS_H

#include "record/ids.h"
#include "record/records.h"

/* A part without the end of a record goes up to here; no record is as long. */
#define PARTS_GROWN_MAX (2u * RECORD_BYTES_MAX + (1u << 20))

_Static_assert(PARTS_GROWN_MAX / 2 > RECORD_BYTES_MAX,
	"a record fits, also where two bytes of it are one");

/* Whole records, in the encoding of the file. */
struct part {
	char *data;
	size_t size;
	size_t capacity;
	uint64_t offset; /* of its first byte in the file */
	long line;	 /* of its first byte */
};

struct parts;

void part_init(struct part *part);
void part_release(struct part *part);
/* Give memory back when the part was an unusually large one. */
void part_shrink(struct part *part);

/*
 * Begin to cut `whole`, of which no record was read; it must outlive the
 * cutter and its readers and is not read any more. `size`: bytes that a part
 * has at least, but for the last one. SHK_END: this file can only be read in
 * one go, by shk_records_next.
 */
enum shk_code parts_open(struct parts **out, const shk_records *whole,
	size_t size, shk_diag *diag);
/*
 * The next part; SHK_END behind the last one. After SHK_E_IO the part holds
 * the whole records before the failure.
 */
enum shk_code parts_next(
	struct parts *parts, struct part *part, shk_diag *diag);
/* The part given out last is the last one. */
bool parts_are_finished(const struct parts *parts);
void parts_close(struct parts *parts);

/* A reader of parts of `whole`, for one thread; `ids` gets the identifiers. */
enum shk_code parts_reader(
	shk_records **out, const shk_records *whole, shk_diag *diag);
void parts_read(
	shk_records *records, const struct part *part, struct record_ids *ids);

#endif
