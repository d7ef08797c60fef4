/*
 * Bytes of a file or of standard input as valid UTF-8, piece by piece, in
 * constant memory. Encoding: as stated, or detected on the first block; a
 * later byte that contradicts is an error at exactly that byte, whatever the
 * sizes of the pieces are.
 */
#ifndef RECORD_INPUT_H
#define RECORD_INPUT_H

#include <shokan/record.h>

#include "base/diag.h"
#include "base/text.h"

#define INPUT_BLOCK (1u << 20) /* bytes read at a time and detected on */

struct input;

enum shk_code input_open(struct input **out, const char *path,
	enum shk_encoding encoding, shk_diag *diag);
/*
 * The same for lines of which each stands by itself: when `fits` (NULL: it
 * does) says so of the first bytes and the encoding is not stated to be
 * another, the input is UTF-8 and `loose`: invalid bytes and NUL are given
 * out as they are, and the reader refuses the line that has them.
 */
enum shk_code input_open_lines(struct input **out, const char *path,
	enum shk_encoding encoding, bool (*fits)(struct text first),
	shk_diag *diag);
/* Bytes in memory that stand for a file: they are read as input_open and, with
   `lines`, input_open_lines read a file of them, and outlive the input. */
enum shk_code input_open_bytes(struct input **out, const char *path,
	struct text bytes, enum shk_encoding encoding, bool lines,
	shk_diag *diag);
bool input_is_loose(const struct input *input);
/*
 * The next piece, valid until the next call; empty at the end. Invalid bytes
 * and NUL: SHK_E_INPUT after everything before them was given out. The caller
 * adds the line.
 */
enum shk_code input_read(
	struct input *input, struct text *piece, shk_diag *diag);
/* The beginning of what input_read will give; nothing is consumed. */
struct text input_peek(const struct input *input);
/* Bytes of the file that were given out. */
uint64_t input_offset(const struct input *input);
/* "UTF-8" or "CP932". */
const char *input_encoding(const struct input *input);
/* Go back to the first byte; false where that is impossible (a pipe). */
bool input_rewind(struct input *input);
void input_close(struct input *input);

/*
 * For cutting a file into parts (parts.h). The rest of the first block behind
 * its first `lines` lines, as it is in the file, with its offset there; false
 * when more than the first block was read already. What follows it comes from
 * input_read_raw, which fills `to` unless the file ends before; nothing else
 * may be called then but input_encoding and input_close.
 */
bool input_first_raw(const struct input *input, long lines, struct text *rest,
	uint64_t *offset);
enum shk_code input_read_raw(struct input *input, char *to, size_t size,
	size_t *got, shk_diag *diag);
/*
 * An input whose bytes are given to it, in the encoding of `whole`. They stay
 * the caller's and begin at `offset` of the file. No bytes: nothing to read.
 */
enum shk_code input_memory_new(
	struct input **out, const struct input *whole, shk_diag *diag);
/* The same of UTF-8 that is no part of a file. */
enum shk_code input_memory_text(struct input **out, const char *path,
	struct text bytes, shk_diag *diag);
void input_memory_set(struct input *input, struct text bytes, uint64_t offset);

#endif
