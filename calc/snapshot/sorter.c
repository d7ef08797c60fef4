/*
 * External merge sort of snapshot lines: blocks sorted in memory go to nameless
 * temporary files and are merged when the lines are asked for. Equal keys keep
 * the order in which they came. Memory is one block and a window a file.
 */
#define _XOPEN_SOURCE 700 /* mkstemp */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "snapshot/escape.h"
#include "snapshot/lines.h"
#include "snapshot/sorter.h"

#define SORTER_WRITE ((size_t)1 << 18) /* bytes written at a time */

/* A run that is being merged, and its next line. */
struct sorter_head {
	struct lines lines;
	struct text line;
	size_t run; /* the earlier one first when lines are equal */
};

struct shk_snapshot_sorter {
	struct buffer header; /* its lines */
	size_t header_at;
	struct buffer line; /* one that comes as cells */
	char *folder;
	size_t memory; /* bytes of lines that are held */
	size_t runs_max;
	char *data;
	size_t used;
	struct text *index;
	size_t count;
	size_t capacity;
	int runs[SORTER_RUNS_MAX];
	size_t run_count;
	struct sorter_head heads[SORTER_RUNS_MAX];
	struct sorter_head *heap[SORTER_RUNS_MAX];
	size_t heap_size;
	bool begun;		   /* a source was asked for */
	size_t at;		   /* of the index, when nothing was written */
	struct sorter_head *given; /* its line was given out */
};

/* One decoded byte of a key; 0 at the end of a column. */
static int key_byte(const char *at, const char *end)
{
	if (at == end || *at == '\t')
		return 0;
	if (*at != '\\' || at + 1 == end)
		return (unsigned char)*at;
	return at[1] == 't'   ? '\t'
	       : at[1] == 'n' ? '\n'
	       : at[1] == 'r' ? '\r'
			      : '\\';
}

int sorter_order(const char *a, size_t a_size, const char *b, size_t b_size)
{
	const char *a_end = a + a_size;
	const char *b_end = b + b_size;

	for (int tabs = 0; tabs < 2;) {
		int left = key_byte(a, a_end);
		int right = key_byte(b, b_end);

		if (left != right)
			return left - right;
		if (left == 0) { /* both at the end of this column */
			tabs++;
			a += a < a_end;
			b += b < b_end;
			continue;
		}
		a += *a == '\\' ? 2 : 1;
		b += *b == '\\' ? 2 : 1;
	}
	return 0;
}

static int index_order(const void *a, const void *b)
{
	const struct text *left = a;
	const struct text *right = b;
	int order =
		sorter_order(left->data, left->size, right->data, right->size);

	return order ? order
		     : (left->data > right->data) - (left->data < right->data);
}

static enum shk_code sorter_fail(
	const shk_snapshot_sorter *sorter, shk_diag *diag, const char *what)
{
	char reason[128];

	if (strerror_r(errno, reason, sizeof(reason)) != 0)
		reason[0] = '\0';
	diag_set(
		diag, SHK_E_IO, "cannot %s a temporary file: %s", what, reason);
	diag_place(diag, sorter->folder, 0, 0);
	return SHK_E_IO;
}

enum shk_code shk_snapshot_sorter_new(shk_snapshot_sorter **out,
	const struct shk_snapshot_header *header, const char *folder,
	shk_diag *diag)
{
	shk_snapshot_sorter *sorter = memory_zeroed(1, sizeof(*sorter));

	*out = NULL;
	if (!sorter)
		return diag_memory(diag);
	if (!folder)
		folder = getenv("TMPDIR");
	if (!folder || !*folder)
		folder = "/tmp";
	buffer_init(&sorter->header);
	buffer_init(&sorter->line);
	snapshot_header_print(&sorter->header, header);
	sorter->folder = memory_copy_text(folder, strlen(folder));
	sorter_limit(sorter, SHK_SORTER_MEMORY, SORTER_RUNS_MAX);
	if (!sorter->folder || sorter->header.failed) {
		shk_snapshot_sorter_free(sorter);
		return diag_memory(diag);
	}
	*out = sorter;
	return SHK_OK;
}

void sorter_limit(shk_snapshot_sorter *sorter, size_t memory, size_t runs)
{
	sorter->memory = memory;
	sorter->runs_max = runs < SORTER_RUNS_MAX ? runs : SORTER_RUNS_MAX;
}

/* A file that is gone from its folder as soon as it is open. */
static enum shk_code run_create(
	const shk_snapshot_sorter *sorter, int *file, shk_diag *diag)
{
	char path[4096];
	int length = snprintf(
		path, sizeof(path), "%s/shokan-XXXXXX", sorter->folder);

	*file = -1;
	if (length < 0 || (size_t)length >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return sorter_fail(sorter, diag, "create");
	}
	*file = mkstemp(path);
	if (*file < 0)
		return sorter_fail(sorter, diag, "create");
	unlink(path);
	return SHK_OK;
}

static bool run_flush(int file, struct buffer *out)
{
	size_t done = 0;

	while (done < out->size) {
		ssize_t put = write(file, out->data + done, out->size - done);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		done += (size_t)put;
	}
	buffer_clear(out);
	return true;
}

/* One line behind the others; the rest goes out with `last`. */
static enum shk_code run_put(shk_snapshot_sorter *sorter, int file,
	struct buffer *out, const struct text *line, shk_diag *diag)
{
	if (line) {
		buffer_add(out, line->data, line->size);
		buffer_byte(out, '\n');
	}
	if (out->failed)
		return diag_memory(diag);
	if ((!line || out->size >= SORTER_WRITE) && !run_flush(file, out))
		return sorter_fail(sorter, diag, "write");
	return SHK_OK;
}

static void heap_down(struct sorter_head **heap, size_t size, size_t at)
{
	for (;;) {
		size_t least = at;

		for (size_t i = 2 * at + 1; i <= 2 * at + 2 && i < size; i++) {
			const struct sorter_head *a = heap[i];
			const struct sorter_head *b = heap[least];
			int order = sorter_order(a->line.data, a->line.size,
				b->line.data, b->line.size);

			if (order < 0 || (order == 0 && a->run < b->run))
				least = i;
		}
		if (least == at)
			return;
		struct sorter_head *swap = heap[at];
		heap[at] = heap[least];
		heap[least] = swap;
		at = least;
	}
}

static enum shk_code head_next(
	shk_snapshot_sorter *sorter, struct sorter_head *head, shk_diag *diag)
{
	enum shk_code code = lines_next(
		&head->lines, &head->line.data, &head->line.size, diag);

	if (code && code != SHK_END)
		diag_place(diag, sorter->folder, 0, 0);
	return code;
}

static void merge_close(shk_snapshot_sorter *sorter)
{
	for (size_t i = 0; i < sorter->run_count; i++)
		lines_close(&sorter->heads[i].lines);
	sorter->heap_size = 0;
	sorter->given = NULL;
}

static enum shk_code merge_open(shk_snapshot_sorter *sorter, shk_diag *diag)
{
	for (size_t i = 0; i < sorter->run_count; i++)
		lines_from(&sorter->heads[i].lines, -1);
	for (size_t i = 0; i < sorter->run_count; i++) {
		struct sorter_head *head = &sorter->heads[i];
		int file = dup(sorter->runs[i]);
		enum shk_code code;

		lines_from(&head->lines, file);
		head->run = i;
		if (file < 0 || lseek(file, 0, SEEK_SET) != 0)
			return sorter_fail(sorter, diag, "read");
		code = head_next(sorter, head, diag);
		if (code == SHK_OK)
			sorter->heap[sorter->heap_size++] = head;
		else if (code != SHK_END)
			return code;
	}
	for (size_t i = sorter->heap_size / 2; i-- > 0;)
		heap_down(sorter->heap, sorter->heap_size, i);
	return SHK_OK;
}

/* The least line of all runs, valid until the next call. */
static enum shk_code merge_next(
	shk_snapshot_sorter *sorter, struct text *line, shk_diag *diag)
{
	if (sorter->given) {
		enum shk_code code = head_next(sorter, sorter->given, diag);

		if (code == SHK_END)
			sorter->heap[0] = sorter->heap[--sorter->heap_size];
		else if (code)
			return code;
		sorter->given = NULL;
		heap_down(sorter->heap, sorter->heap_size, 0);
	}
	if (sorter->heap_size == 0)
		return SHK_END;
	sorter->given = sorter->heap[0];
	*line = sorter->given->line;
	return SHK_OK;
}

/* All runs become one, so that there is room for more. */
static enum shk_code runs_merge(shk_snapshot_sorter *sorter, shk_diag *diag)
{
	struct buffer out;
	struct text line;
	int file;
	enum shk_code code = run_create(sorter, &file, diag);

	if (code)
		return code;
	buffer_init(&out);
	code = merge_open(sorter, diag);
	while (!code) {
		code = merge_next(sorter, &line, diag);
		if (!code)
			code = run_put(sorter, file, &out, &line, diag);
	}
	if (code == SHK_END)
		code = run_put(sorter, file, &out, NULL, diag);
	merge_close(sorter);
	buffer_release(&out);
	if (code) {
		close(file);
		return code;
	}
	for (size_t i = 0; i < sorter->run_count; i++)
		close(sorter->runs[i]);
	sorter->runs[0] = file;
	sorter->run_count = 1;
	return SHK_OK;
}

static void index_sort(shk_snapshot_sorter *sorter)
{
	if (sorter->count)
		qsort(sorter->index, sorter->count, sizeof(*sorter->index),
			index_order);
}

/* What is held, sorted, becomes a run. */
static enum shk_code run_write(shk_snapshot_sorter *sorter, shk_diag *diag)
{
	struct buffer out;
	int file;
	enum shk_code code = SHK_OK;

	if (sorter->run_count == sorter->runs_max)
		code = runs_merge(sorter, diag);
	if (!code)
		code = run_create(sorter, &file, diag);
	if (code)
		return code;
	index_sort(sorter);
	buffer_init(&out);
	for (size_t i = 0; i < sorter->count && !code; i++)
		code = run_put(sorter, file, &out, &sorter->index[i], diag);
	if (!code)
		code = run_put(sorter, file, &out, NULL, diag);
	buffer_release(&out);
	sorter->runs[sorter->run_count++] = file;
	sorter->count = 0;
	sorter->used = 0;
	return code;
}

static enum shk_code sorter_keep(shk_snapshot_sorter *sorter, const char *line,
	size_t size, shk_diag *diag)
{
	enum shk_code code = SHK_OK;

	if (size >= SHK_SNAPSHOT_LINE_MAX || size > sorter->memory)
		return diag_set(diag, SHK_E_LIMIT,
			"the line is longer than %u bytes",
			SHK_SNAPSHOT_LINE_MAX);
	if (sorter->used + size > sorter->memory)
		code = run_write(sorter, diag);
	if (code)
		return code;
	if (!sorter->data)
		sorter->data = memory_alloc(sorter->memory);
	if (!sorter->data ||
		!memory_grow((void **)&sorter->index, &sorter->capacity,
			sorter->count + 1, sizeof(*sorter->index)))
		return diag_memory(diag);
	memcpy(sorter->data + sorter->used, line, size);
	sorter->index[sorter->count++] =
		(struct text){ sorter->data + sorter->used, size };
	sorter->used += size;
	return SHK_OK;
}

enum shk_code shk_snapshot_sorter_add(shk_snapshot_sorter *sorter,
	const char *data, size_t size, shk_diag *diag)
{
	const char *end = data + size;

	if (sorter->begun)
		return diag_set(diag, SHK_E_USAGE,
			"lines are added before the source is asked for");
	while (data < end) {
		const char *stop = memchr(data, '\n', (size_t)(end - data));
		enum shk_code code;

		if (!stop)
			return diag_set(diag, SHK_E_USAGE,
				"only whole lines can be sorted");
		code = sorter_keep(sorter, data, (size_t)(stop - data), diag);
		if (code)
			return code;
		data = stop + 1;
	}
	return SHK_OK;
}

enum shk_code shk_snapshot_sorter_cells(shk_snapshot_sorter *sorter,
	const char *const cells[SHK_COLUMN_COUNT], shk_diag *diag)
{
	struct buffer *line = &sorter->line;

	buffer_clear(line);
	for (int i = 0; i < SHK_COLUMN_COUNT; i++) {
		if (i)
			buffer_byte(line, '\t');
		snapshot_escape(line, cells[i], strlen(cells[i]));
	}
	buffer_byte(line, '\n');
	return line->failed ? diag_memory(diag)
			    : shk_snapshot_sorter_add(
				      sorter, line->data, line->size, diag);
}

static enum shk_code sorter_next(
	void *context, const char **line, size_t *size, shk_diag *diag)
{
	shk_snapshot_sorter *sorter = context;
	const struct buffer *header = &sorter->header;
	struct text text;
	enum shk_code code = SHK_OK;

	if (sorter->header_at < header->size) {
		const char *from = header->data + sorter->header_at;

		*line = from;
		*size = strcspn(from, "\n");
		sorter->header_at += *size + 1;
		return SHK_OK;
	}
	if (sorter->run_count)
		code = merge_next(sorter, &text, diag);
	else if (sorter->at < sorter->count)
		text = sorter->index[sorter->at++];
	else
		code = SHK_END;
	if (!code) {
		*line = text.data;
		*size = text.size;
	}
	return code;
}

enum shk_code shk_snapshot_sorter_source(shk_snapshot_sorter *sorter,
	struct shk_line_source *source, shk_diag *diag)
{
	enum shk_code code = SHK_OK;

	if (!sorter->begun && sorter->run_count && sorter->count)
		code = run_write(sorter, diag);
	else if (!sorter->begun)
		index_sort(sorter);
	if (code)
		return code;
	if (sorter->begun)
		merge_close(sorter);
	sorter->begun = true;
	sorter->header_at = 0;
	sorter->at = 0;
	*source = (struct shk_line_source){ sorter, sorter_next };
	return merge_open(sorter, diag);
}

void shk_snapshot_sorter_free(shk_snapshot_sorter *sorter)
{
	if (!sorter)
		return;
	if (sorter->begun)
		merge_close(sorter);
	for (size_t i = 0; i < sorter->run_count; i++)
		close(sorter->runs[i]);
	buffer_release(&sorter->header);
	buffer_release(&sorter->line);
	memory_free(sorter->folder);
	memory_free(sorter->data);
	memory_free(sorter->index);
	memory_free(sorter);
}
