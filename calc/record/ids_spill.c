/*
 * Hashes of identifiers in a temporary file, by their first byte: 256 chains
 * of blocks, each block naming the one before it, so that what stays in memory
 * does not grow. At the end one chain at a time is sorted and neighbours are
 * compared. The file has no name from the moment it is open.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "record/ids.h"

#define SPILL_CHAINS	256
#define SPILL_ENTRIES	255 /* with the head of the block 4,096 bytes */
#define SPILL_CHAIN_MAX (IDS_SPILL_MAX / SPILL_CHAINS / 2 * 3) /* entries */
#define SPILL_PATH	4096 /* bytes of the name of the temporary file */

struct spill_block {
	uint64_t before; /* number of the block before it, from 1; 0: none */
	uint64_t count;
	struct ids_entry entries[SPILL_ENTRIES];
};

struct ids_spill {
	int file;
	uint64_t blocks; /* written */
	uint64_t sizes[SPILL_CHAINS];
	struct spill_block chains[SPILL_CHAINS]; /* being filled */
};

static int spill_open(void)
{
	const char *folder = getenv("TMPDIR");
	char path[SPILL_PATH];
	int size = snprintf(path, sizeof(path), "%s/shokan-ids.XXXXXX",
		folder && folder[0] ? folder : "/tmp");
	int file;

	if (size < 0 || (size_t)size >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	file = mkstemp(path);
	if (file >= 0)
		unlink(path);
	return file;
}

static struct ids_spill *spill_new(void)
{
	struct ids_spill *spill = memory_zeroed(1, sizeof(*spill));

	if (!spill)
		return NULL;
	spill->file = -1;
	return spill;
}

void ids_spill_free(struct ids_spill *spill)
{
	if (!spill)
		return;
	if (spill->file >= 0)
		close(spill->file);
	memory_free(spill);
}

static bool spill_write(struct ids_spill *spill, struct spill_block *block)
{
	const char *data = (const char *)block;
	size_t left = sizeof(*block);

	while (left > 0) {
		ssize_t put = write(spill->file, data, left);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		data += put;
		left -= (size_t)put;
	}
	block->before = ++spill->blocks;
	block->count = 0;
	return true;
}

static bool spill_read(
	const struct ids_spill *spill, uint64_t number, struct spill_block *to)
{
	off_t at = (off_t)((number - 1) * sizeof(*to));
	size_t done = 0;

	while (done < sizeof(*to)) {
		ssize_t got = pread(spill->file, (char *)to + done,
			sizeof(*to) - done, at + (off_t)done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		done += (size_t)got;
	}
	return true;
}

enum ids_found ids_spill_add(
	struct record_ids *ids, const struct ids_entry *entries, size_t count)
{
	struct ids_spill *spill = ids->spill;

	if (!spill) {
		spill = spill_new();
		if (!spill)
			return IDS_NO_MEMORY;
		ids->spill = spill;
		spill->file = spill_open();
		if (spill->file < 0)
			return IDS_NO_FILE;
	}
	for (size_t i = 0; i < count; i++) {
		size_t chain = (size_t)(entries[i].high >> 56);
		struct spill_block *block = &spill->chains[chain];

		block->entries[block->count++] = entries[i];
		spill->sizes[chain]++;
		if (block->count == SPILL_ENTRIES && !spill_write(spill, block))
			return IDS_NO_FILE;
	}
	return IDS_NEW;
}

static int spill_compare(const void *left, const void *right)
{
	const struct ids_entry *a = left;
	const struct ids_entry *b = right;

	if (a->high != b->high)
		return a->high < b->high ? -1 : 1;
	if (a->low_and_row != b->low_and_row)
		return a->low_and_row < b->low_and_row ? -1 : 1;
	return 0;
}

static int spill_compare_rows(const void *left, const void *right)
{
	const struct ids_twice *a = left;
	const struct ids_twice *b = right;

	return (a->again > b->again) - (a->again < b->again);
}

/* One whole chain into `to`, which has room for it. */
static bool spill_gather(
	const struct ids_spill *spill, size_t chain, struct ids_entry *to)
{
	struct spill_block block = spill->chains[chain];
	size_t at = 0;

	for (;;) {
		memcpy(to + at, block.entries,
			(size_t)block.count * sizeof(*to));
		at += (size_t)block.count;
		if (block.before == 0)
			return true;
		if (!spill_read(spill, block.before, &block) ||
			at + block.count > spill->sizes[chain])
			return false;
	}
}

static void spill_tell(struct record_ids *ids, long first, long again)
{
	if (ids->twice_count == IDS_TWICE_MAX) {
		ids->twice_more++;
		return;
	}
	ids->twice[ids->twice_count++] = (struct ids_twice){ first, again };
}

/* Equal neighbours; within the same hash they are sorted by row. */
static void spill_search(
	struct record_ids *ids, const struct ids_entry *entries, size_t count)
{
	size_t first = 0;

	for (size_t i = 1; i < count; i++) {
		if (!ids_same(&entries[first], &entries[i]))
			first = i;
		else
			spill_tell(ids, ids_row(&entries[first]),
				ids_row(&entries[i]));
	}
}

enum ids_found ids_spill_check(struct record_ids *ids)
{
	const struct ids_spill *spill = ids->spill;
	enum ids_found found = IDS_NEW;
	struct ids_entry *entries = NULL;
	uint64_t most = 1;

	for (size_t i = 0; i < SPILL_CHAINS; i++)
		most = spill->sizes[i] > most ? spill->sizes[i] : most;
	if (ids->count > IDS_SPILL_MAX || most > SPILL_CHAIN_MAX)
		return IDS_TOO_MANY;
	ids->twice = memory_zeroed(IDS_TWICE_MAX, sizeof(*ids->twice));
	entries = memory_zeroed((size_t)most, sizeof(*entries));
	if (!entries || !ids->twice)
		found = IDS_NO_MEMORY;
	for (size_t i = 0; i < SPILL_CHAINS && found == IDS_NEW; i++) {
		size_t count = (size_t)spill->sizes[i];

		if (!spill_gather(spill, i, entries)) {
			found = IDS_NO_FILE;
			break;
		}
		qsort(entries, count, sizeof(*entries), spill_compare);
		spill_search(ids, entries, count);
	}
	memory_free(entries);
	if (ids->twice)
		qsort(ids->twice, ids->twice_count, sizeof(*ids->twice),
			spill_compare_rows);
	return found == IDS_NEW && ids->twice_count ? IDS_SEEN : found;
}
