/*
 * Identifiers that count up. Most catalogues number their records, and then
 * the first identifier and how many there are tell all of them: nothing is
 * hashed and nothing is written as long as the order lasts.
 */
#include <string.h>

#include "base/memory.h"
#include "record/ids.h"

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

bool ids_follows(struct text last, struct text id)
{
	size_t at = last.size;

	if (id.size != at)
		return false;
	while (at > 0 && last.data[at - 1] == '9' && id.data[at - 1] == '0')
		at--;
	return at > 0 && is_digit(last.data[at - 1]) &&
	       last.data[at - 1] != '9' &&
	       id.data[at - 1] == last.data[at - 1] + 1 &&
	       memcmp(last.data, id.data, at - 1) == 0;
}

/* Count up in place; there is one that follows. */
static void ids_step(char *data, size_t size)
{
	while (data[size - 1] == '9')
		data[--size] = '0';
	data[size - 1]++;
}

bool ids_run_begin(struct record_ids *ids, struct text first, long row)
{
	ids->open = (struct ids_run){
		.row = row, .at = ids->texts.size, .size = first.size
	};
	buffer_add(&ids->texts, first.data, first.size);
	return !ids->texts.failed;
}

static bool run_keep(struct record_ids *ids)
{
	void *runs = ids->runs;

	if (!memory_grow(&runs, &ids->run_capacity, ids->run_count + 1,
		    sizeof(*ids->runs)))
		return false;
	ids->runs = runs;
	ids->runs[ids->run_count++] = ids->open;
	ids->open.count = 0;
	return true;
}

/* What the walk has left, as entries. */
static enum ids_found walk_enter(struct record_ids *ids, struct ids_walk *walk)
{
	enum ids_found found = IDS_NEW;
	struct ids_entry entry;

	while (found == IDS_NEW && ids_walk_next(walk, &entry))
		found = ids_put(ids, &entry);
	return walk->text.failed ? IDS_NO_MEMORY : found;
}

enum ids_found ids_run_end(struct record_ids *ids)
{
	enum ids_found found = IDS_NEW;
	struct ids_walk walk;

	if (ids->open.count == 0)
		return IDS_NEW;
	if (ids->open.count >= IDS_RUN_LEAST && ids->run_count < IDS_RUNS_MAX &&
		ids->texts.size <= IDS_TEXTS_MAX)
		return run_keep(ids) ? IDS_NEW : IDS_NO_MEMORY;
	ids_walk_begin(&walk, ids);
	walk.entry = SIZE_MAX;
	walk.run = ids->run_count;
	found = walk_enter(ids, &walk);
	ids_walk_end(&walk);
	ids->texts.size = ids->open.at;
	ids->open.count = 0;
	return found;
}

enum ids_found ids_runs_enter(struct record_ids *ids)
{
	enum ids_found found;
	struct ids_walk walk;

	ids_walk_begin(&walk, ids);
	walk.entry = SIZE_MAX;
	found = walk_enter(ids, &walk);
	ids_walk_end(&walk);
	ids->open.count = 0;
	ids->run_count = 0;
	buffer_clear(&ids->texts);
	return found;
}

void ids_walk_begin(struct ids_walk *walk, const struct record_ids *ids)
{
	*walk = (struct ids_walk){ .ids = ids };
	buffer_init(&walk->text);
}

bool ids_walk_next(struct ids_walk *walk, struct ids_entry *entry)
{
	const struct record_ids *ids = walk->ids;
	const struct ids_run *run;

	if (walk->entry < ids->kept) {
		*entry = ids->entries[walk->entry++];
		return true;
	}
	if (walk->run > ids->run_count)
		return false;
	run = walk->run < ids->run_count ? &ids->runs[walk->run] : &ids->open;
	if (run->count == 0)
		return false;
	if (walk->done == 0) {
		walk->text.size = 0;
		buffer_add(&walk->text, ids->texts.data + run->at, run->size);
	} else {
		ids_step(walk->text.data, walk->text.size);
	}
	if (walk->text.failed)
		return false;
	*entry =
		ids_hash(ids, (struct text){ walk->text.data, walk->text.size },
			run->row + (long)walk->done);
	if (++walk->done == run->count) {
		walk->done = 0;
		walk->run++;
	}
	return true;
}

void ids_walk_end(struct ids_walk *walk)
{
	buffer_release(&walk->text);
}
