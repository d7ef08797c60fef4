/*
 * Writing a receipt: finished results become lines, and each line holds the
 * hash of the one before. The chain is the only thing that is kept between two
 * results.
 */
#include <string.h>

#include "base/memory.h"
#include "report/receipt.h"

struct shk_receipt {
	shk_sink sink;
	shk_hash *hash;
	struct buffer line;
	char *room; /* for the cells of a snapshot line */
	size_t room_size;
	char previous[SHK_HASH_TEXT];
	uint64_t results;
};

/* The line that was built goes out and into the chain. */
static enum shk_code receipt_give(shk_receipt *receipt, shk_diag *diag)
{
	struct buffer *line = &receipt->line;

	if (line->failed)
		return diag_memory(diag);
	receipt_hash(receipt->hash, (struct text){ line->data, line->size },
		receipt->previous);
	buffer_byte(line, '\n');
	if (line->failed)
		return diag_memory(diag);
	if (!receipt->sink.write(receipt->sink.context, line->data, line->size))
		return diag_set(
			diag, SHK_E_IO, "the receipt could not be written");
	buffer_clear(line);
	return SHK_OK;
}

enum shk_code shk_receipt_new(shk_receipt **out,
	const struct shk_snapshot_header *header, shk_sink sink, shk_diag *diag)
{
	shk_receipt *receipt = memory_zeroed(1, sizeof(*receipt));
	enum shk_code code;

	*out = NULL;
	if (!receipt)
		return diag_memory(diag);
	receipt->sink = sink;
	buffer_init(&receipt->line);
	code = shk_hash_new(&receipt->hash, diag);
	if (!code) {
		receipt_print_header(&receipt->line, header);
		code = receipt_give(receipt, diag);
	}
	if (code)
		shk_receipt_free(receipt);
	else
		*out = receipt;
	return code;
}

enum shk_code shk_receipt_add(shk_receipt *receipt,
	const char *const cells[SHK_COLUMN_COUNT], shk_diag *diag)
{
	struct receipt_line line = { .previous = receipt->previous };

	memcpy(line.cells, cells, sizeof(line.cells));
	receipt_print_line(&receipt->line, &line);
	receipt->results++;
	return receipt_give(receipt, diag);
}

static bool receipt_grow(shk_receipt *receipt, size_t need)
{
	void *room = receipt->room;

	if (!memory_grow(&room, &receipt->room_size, need, 1))
		return false;
	receipt->room = room;
	return true;
}

enum shk_code shk_receipt_lines(
	shk_receipt *receipt, const char *lines, size_t size, shk_diag *diag)
{
	enum shk_code code = SHK_OK;

	while (size > 0 && !code) {
		struct shk_snapshot_line line;
		const char *end = memchr(lines, '\n', size);
		size_t length = end ? (size_t)(end - lines) : 0;

		if (!end)
			return diag_set(diag, SHK_E_INTERNAL,
				"half a line for the receipt");
		if (!receipt_grow(receipt, length + SHK_COLUMN_COUNT))
			return diag_memory(diag);
		code = shk_snapshot_parse(
			&line, lines, length, receipt->room, diag);
		if (!code)
			code = shk_receipt_add(receipt, line.cells, diag);
		lines = end + 1;
		size -= length + 1;
	}
	return code;
}

enum shk_code shk_receipt_finish(shk_receipt *receipt, shk_diag *diag)
{
	receipt_print_end(&receipt->line, receipt->previous, receipt->results);
	return receipt_give(receipt, diag);
}

void shk_receipt_free(shk_receipt *receipt)
{
	if (!receipt)
		return;
	shk_hash_free(receipt->hash);
	buffer_release(&receipt->line);
	memory_free(receipt->room);
	memory_free(receipt);
}
