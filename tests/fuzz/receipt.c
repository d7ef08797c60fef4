/*
 * Any bytes as a line of a receipt: what is taken apart is printed again as
 * the same bytes, since a line says one thing in one way; the texts lie inside
 * of the room that was asked for. Then the bytes as a file.
 */
#define _GNU_SOURCE

#include <shokan/receipt.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz/target.h"
#include "report/receipt.h"

static char path[64];

static void remove_file(void)
{
	unlink(path);
}

static void put_file(const uint8_t *data, size_t size)
{
	int file;

	if (!path[0]) {
		snprintf(path, sizeof(path), "%s/fuzz_receipt_XXXXXX",
			access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
		file = mkstemp(path);
		atexit(remove_file);
	} else {
		file = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
	}
	if (file < 0 || write(file, data, size) != (ssize_t)size)
		fuzz_fail("cannot write %s", path);
	close(file);
}

static void same(const struct buffer *out, struct text line, const char *what)
{
	if (out->failed || out->size != line.size ||
		memcmp(out->data, line.data, line.size) != 0)
		fuzz_fail("a %s that is printed in another way", what);
}

static void take(struct text line)
{
	char *room = malloc(receipt_room(line.size));
	struct shk_snapshot_header header;
	struct receipt_line taken;
	const char *previous;
	uint64_t results;
	struct buffer out;

	if (!room)
		return;
	buffer_init(&out);
	if (receipt_take_line(line, room, &taken)) {
		receipt_print_line(&out, &taken);
		same(&out, line, "line");
	}
	buffer_clear(&out);
	if (receipt_take_header(line, room, &header)) {
		receipt_print_header(&out, &header);
		same(&out, line, "header");
	}
	buffer_clear(&out);
	if (receipt_take_end(line, room, &previous, &results)) {
		receipt_print_end(&out, previous, results);
		same(&out, line, "end");
	}
	buffer_release(&out);
	free(room);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* exactly as large as it is, so that a byte too far is seen */
	char *copy = malloc(size ? size : 1);
	shk_replay *replay = NULL;
	shk_diag diag = { 0 };
	const char *end;
	enum shk_code code;

	if (!copy)
		return 0;
	if (size > 0)
		memcpy(copy, data, size);
	end = memchr(copy, '\n', size);
	take((struct text){ copy, end ? (size_t)(end - copy) : size });
	free(copy);
	put_file(data, size);
	code = shk_replay_open(&replay, path, &diag);
	fuzz_check_code("shk_replay_open", code, &diag);
	shk_replay_close(replay);
	return 0;
}
