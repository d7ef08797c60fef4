/*
 * Identifiers seen so far. Equal hashes of 88 bits count as equal names: among
 * a thousand million records the chance of one wrong refusal is less than one
 * in a hundred million. They are taken under a key of the moment, so that no
 * file can be made whose identifiers collide.
 */
#include <errno.h>
#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "record/ids.h"

#define IDS_FIRST_SLOTS 1024
#define IDS_INDEX_BITS	20 /* of a slot; the rest are bits of the hash */
#define IDS_INDEX	((1u << IDS_INDEX_BITS) - 1)
#define IDS_KEEP	(1u << 16) /* entries whose memory clearing keeps */

_Static_assert(IDS_MAX < 1u << IDS_INDEX_BITS, "an index fits into a slot");

void ids_init(struct record_ids *ids)
{
	memset(ids, 0, sizeof(*ids));
	ids->order = (struct ids_order){ true, true };
	ids->ceiling = IDS_MAX;
	ids->key = name_key_new();
	buffer_init(&ids->first);
	buffer_init(&ids->last);
	buffer_init(&ids->texts);
}

void ids_release(struct record_ids *ids)
{
	memory_free(ids->entries);
	memory_free(ids->slots);
	memory_free(ids->twice);
	ids_spill_free(ids->spill);
	buffer_release(&ids->first);
	buffer_release(&ids->last);
	buffer_release(&ids->texts);
	memory_free(ids->runs);
	ids_init(ids);
}

void ids_clear(struct record_ids *ids)
{
	if (ids->capacity > IDS_KEEP) {
		memory_free(ids->entries);
		ids->entries = NULL;
		ids->capacity = 0;
	}
	memory_free(ids->slots);
	memory_free(ids->twice);
	ids_spill_free(ids->spill);
	ids->slots = NULL;
	ids->slot_count = 0;
	ids->twice = NULL;
	ids->twice_count = 0;
	ids->twice_more = 0;
	ids->spill = NULL;
	ids->count = 0;
	ids->kept = 0;
	ids->run_count = 0;
	ids->open.count = 0;
	ids->order = (struct ids_order){ true, true };
	buffer_clear(&ids->first);
	buffer_clear(&ids->last);
	buffer_clear(&ids->texts);
}

void ids_hash_as(struct record_ids *part, const struct record_ids *whole)
{
	part->key = whole->key;
}

struct ids_entry ids_hash(
	const struct record_ids *ids, struct text id, long row)
{
	struct name_hash hash = name_key_hash(&ids->key, id);

	return (struct ids_entry){ hash.high,
		hash.low << IDS_ROW_BITS | (uint64_t)row };
}

/* What is left of `order` when `b` comes behind `a`. */
static struct ids_order ids_next(
	struct ids_order order, struct text a, struct text b)
{
	int bytes = text_compare(a, b);

	order.by_bytes = order.by_bytes && bytes < 0;
	order.by_length = order.by_length &&
			  (a.size < b.size || (a.size == b.size && bytes < 0));
	return order;
}

static bool ids_has_order(struct ids_order order)
{
	return order.by_bytes || order.by_length;
}

static struct text ids_text(const struct buffer *buffer)
{
	return (struct text){ buffer->size ? buffer->data : "", buffer->size };
}

/* The slot of `entry`, or the free one where it belongs. */
static uint32_t *ids_slot(
	const struct record_ids *ids, const struct ids_entry *entry)
{
	size_t mask = ids->slot_count - 1;
	uint32_t tag = (uint32_t)(entry->high >> 32) & ~IDS_INDEX;
	size_t at = (size_t)entry->high & mask;

	for (; ids->slots[at]; at = (at + 1) & mask) {
		uint32_t slot = ids->slots[at];

		if ((slot & ~IDS_INDEX) == tag &&
			ids_same(&ids->entries[(slot & IDS_INDEX) - 1], entry))
			break;
	}
	return &ids->slots[at];
}

/* `entry`, which is the one at `at`, into its slot. */
static void ids_fill(uint32_t *slot, const struct ids_entry *entry, size_t at)
{
	*slot = ((uint32_t)(entry->high >> 32) & ~IDS_INDEX) |
		(uint32_t)(at + 1);
}

/* Slots for `count` entries, at most half of them used. */
static bool ids_grow(struct record_ids *ids, size_t count)
{
	size_t wanted = ids->slot_count ? ids->slot_count : IDS_FIRST_SLOTS;
	uint32_t *slots;

	if (count > ids->ceiling)
		count = ids->ceiling;
	while (wanted < 2 * count)
		wanted *= 2;
	if (wanted == ids->slot_count)
		return true;
	slots = memory_zeroed(wanted, sizeof(*slots));
	if (!slots)
		return false;
	memory_free(ids->slots);
	ids->slots = slots;
	ids->slot_count = wanted;
	for (size_t i = 0; i < ids->kept; i++)
		ids_fill(ids_slot(ids, &ids->entries[i]), &ids->entries[i], i);
	return true;
}

static bool ids_reserve(struct record_ids *ids, size_t more)
{
	void *entries = ids->entries;

	if (!memory_grow(&entries, &ids->capacity, ids->kept + more,
		    sizeof(*ids->entries)))
		return false;
	ids->entries = entries;
	return true;
}

/* Away from memory with all of them, and `count` more. */
static enum ids_found ids_overflow(
	struct record_ids *ids, const struct ids_entry *more, size_t count)
{
	enum ids_found found = IDS_NEW;

	if (!ids->spill)
		found = ids_spill_add(ids, ids->entries, ids->kept);
	if (found == IDS_NEW)
		found = ids_spill_add(ids, more, count);
	memory_free(ids->entries);
	memory_free(ids->slots);
	ids->entries = NULL;
	ids->kept = 0;
	ids->capacity = 0;
	ids->slots = NULL;
	ids->slot_count = 0;
	return found;
}

/* Entries, which are counted already, at the end of all. */
static enum ids_found ids_put_all(
	struct record_ids *ids, const struct ids_entry *entries, size_t count)
{
	if (count == 0)
		return IDS_NEW;
	if (ids->spill || ids->kept + count > ids->ceiling)
		return ids_overflow(ids, entries, count);
	if (!ids_reserve(ids, count))
		return IDS_NO_MEMORY;
	memcpy(ids->entries + ids->kept, entries, count * sizeof(*entries));
	ids->kept += count;
	return IDS_NEW;
}

enum ids_found ids_put(struct record_ids *ids, const struct ids_entry *entry)
{
	return ids_put_all(ids, entry, 1);
}

/* The order is lost: from here on everything is looked up. */
static enum ids_found ids_lose(struct record_ids *ids, size_t more)
{
	enum ids_found found = ids_runs_enter(ids);

	buffer_clear(&ids->last);
	if (found == IDS_NEW && !ids->spill && !ids_grow(ids, ids->kept + more))
		found = IDS_NO_MEMORY;
	return found;
}

/* Keep the text of `id` as far as it is needed; the order is as it is now. */
static bool ids_remember(struct record_ids *ids, struct text id)
{
	if (ids->count == 0)
		buffer_add(&ids->first, id.data, id.size);
	if (ids_has_order(ids->order)) {
		ids->last.size = 0;
		buffer_add(&ids->last, id.data, id.size);
	}
	return !ids->first.failed && !ids->last.failed;
}

/* May `id` be one of `ids`, which are looked up from now on if so? */
static enum ids_found ids_consult(
	struct record_ids *ids, struct text id, long *first)
{
	struct ids_order order = ids->order;
	struct ids_entry entry;
	enum ids_found found;
	uint32_t *slot;

	if (ids->count == 0 || ids->spill)
		return IDS_NEW;
	if (ids_has_order(order))
		order = ids_next(order, ids_text(&ids->last), id);
	if (ids_has_order(order))
		return IDS_NEW;
	ids->order = order;
	found = ids_lose(ids, 1);
	if (found != IDS_NEW || ids->spill)
		return found;
	entry = ids_hash(ids, id, 0);
	slot = ids_slot(ids, &entry);
	if (*slot == 0)
		return IDS_NEW;
	*first = ids_row(&ids->entries[(*slot & IDS_INDEX) - 1]);
	return IDS_SEEN;
}

/* One that is new and has no order, at `slot` when there are slots. */
static enum ids_found ids_enter(
	struct record_ids *ids, const struct ids_entry *entry, uint32_t *slot)
{
	enum ids_found found = ids_put(ids, entry);

	ids->count++;
	if (found != IDS_NEW || !slot || ids->spill)
		return found;
	ids_fill(slot, entry, ids->kept - 1);
	return ids_grow(ids, ids->kept + 1) ? IDS_NEW : IDS_NO_MEMORY;
}

/* The row behind the open run, and what would lengthen it. */
static bool ids_lengthens(
	const struct record_ids *ids, struct text id, long row)
{
	return ids->open.count > 0 &&
	       (uint64_t)row == (uint64_t)ids->open.row + ids->open.count &&
	       ids_follows(ids_text(&ids->last), id);
}

/*
 * The same, and it cannot be among the others that are known either: the first
 * of the run was behind them all.
 */
static bool ids_lengthens_all(
	const struct record_ids *ids, struct text id, long row)
{
	const struct record_ids *known = ids->known;

	return ids_lengthens(ids, id, row) &&
	       (!known || known->count == 0 || ids_has_order(known->order));
}

/* One that is new, behind all others in their order. */
static enum ids_found ids_order_on(
	struct record_ids *ids, struct text id, long row)
{
	bool longer = ids_lengthens(ids, id, row);
	enum ids_found found = longer ? IDS_NEW : ids_run_end(ids);

	if (found != IDS_NEW)
		return found;
	if (!ids_remember(ids, id) || (!longer && !ids_run_begin(ids, id, row)))
		return IDS_NO_MEMORY;
	ids->open.count++;
	ids->count++;
	return IDS_NEW;
}

enum ids_found ids_add(
	struct record_ids *ids, struct text id, long row, long *first)
{
	struct ids_entry entry = { 0, 0 };
	enum ids_found found = IDS_NEW;
	uint32_t *slot = NULL;

	if ((uint64_t)row >> IDS_ROW_BITS)
		return IDS_TOO_MANY;
	if (ids_lengthens_all(ids, id, row)) {
		memcpy(ids->last.data, id.data, id.size);
		ids->open.count++;
		ids->count++;
		return IDS_NEW;
	}
	if (ids->count > 0 && ids_has_order(ids->order)) {
		ids->order = ids_next(ids->order, ids_text(&ids->last), id);
		if (!ids_has_order(ids->order))
			found = ids_lose(ids, 1);
	}
	if (!ids_has_order(ids->order))
		entry = ids_hash(ids, id, row);
	if (found == IDS_NEW && ids->slot_count) {
		slot = ids_slot(ids, &entry);
		if (*slot) {
			*first =
				ids_row(&ids->entries[(*slot & IDS_INDEX) - 1]);
			return IDS_SEEN;
		}
	}
	if (found == IDS_NEW && ids->known)
		found = ids_consult(ids->known, id, first);
	if (found != IDS_NEW)
		return found;
	return ids_has_order(ids->order) ? ids_order_on(ids, id, row)
					 : ids_enter(ids, &entry, slot);
}

size_t ids_count_up(struct record_ids *ids, const char *const *texts,
	const uint32_t *sizes, size_t count, long row)
{
	size_t done = 0;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	const size_t size = ids->last.size;
	uint64_t head, tail, is_head, is_tail;

	/* the first of them answers for all that does not change */
	if (count < 2 || (uint64_t)(row + (long)count) >> IDS_ROW_BITS ||
		!ids_counts_up(ids, (struct text){ texts[0], sizes[0] }, row))
		return 0;
	memcpy(&head, ids->last.data, 8);
	memcpy(&tail, ids->last.data + size - 8, 8);
	for (done = 1; done < count && sizes[done] == size; done++) {
		memcpy(&is_head, texts[done], 8);
		memcpy(&is_tail, texts[done] + size - 8, 8);
		if (is_tail - tail != (uint64_t)1 << 56 ||
			(tail >> 56) - '0' > 8 || (size > 8 && is_head != head))
			break;
		tail = is_tail;
	}
	memcpy(ids->last.data + size - 8, &tail, 8);
	ids->open.count += done - 1;
	ids->count += done - 1;
#else
	(void)ids, (void)texts, (void)sizes, (void)count, (void)row;
#endif
	return done;
}

/* True when none of `part` was seen. */
static enum ids_found ids_are_new(
	const struct record_ids *ids, const struct record_ids *part)
{
	enum ids_found found = IDS_NEW;
	struct ids_entry entry;
	struct ids_walk walk;

	ids_walk_begin(&walk, part);
	while (found == IDS_NEW && ids_walk_next(&walk, &entry))
		if (*ids_slot(ids, &entry))
			found = IDS_SEEN;
	if (walk.text.failed)
		found = IDS_NO_MEMORY;
	ids_walk_end(&walk);
	return found;
}

/* What is left of the order of `ids` when `part` comes behind. */
static struct ids_order ids_joined(
	const struct record_ids *ids, const struct record_ids *part)
{
	struct ids_order order = ids->order;

	if (ids->count > 0 && ids_has_order(order))
		order = ids_next(
			order, ids_text(&ids->last), ids_text(&part->first));
	order.by_bytes = order.by_bytes && part->order.by_bytes;
	order.by_length = order.by_length && part->order.by_length;
	return order;
}

/* The runs of `part` behind those of `ids`; the last one stays open. */
static enum ids_found ids_join_runs(
	struct record_ids *ids, const struct record_ids *part)
{
	const struct ids_run *open = &part->open;
	struct text first = { open->count ? part->texts.data + open->at : "",
		open->size };
	enum ids_found found = IDS_NEW;

	if (part->kept == 0 && part->run_count == 0 &&
		ids_lengthens(ids, first, open->row)) {
		ids->open.count += open->count;
		return IDS_NEW;
	}
	for (size_t i = 0; i < part->run_count && found == IDS_NEW; i++) {
		const struct ids_run *run = &part->runs[i];
		struct text text = { part->texts.data + run->at, run->size };

		found = ids_run_end(ids);
		if (found == IDS_NEW && !ids_run_begin(ids, text, run->row))
			found = IDS_NO_MEMORY;
		ids->open.count = run->count;
	}
	if (found == IDS_NEW)
		found = ids_run_end(ids);
	if (found == IDS_NEW && open->count > 0) {
		if (!ids_run_begin(ids, first, open->row))
			return IDS_NO_MEMORY;
		ids->open.count = open->count;
	}
	return found;
}

/* Both are in order, one behind the other. */
static enum ids_found ids_join(
	struct record_ids *ids, const struct record_ids *part)
{
	enum ids_found found = ids_join_runs(ids, part);

	if (found == IDS_NEW)
		found = ids_put_all(ids, part->entries, part->kept);
	if (found == IDS_NEW &&
		(!ids_remember(ids, ids_text(&part->first)) ||
			!ids_remember(ids, ids_text(&part->last))))
		found = IDS_NO_MEMORY;
	ids->count += part->count;
	return found;
}

/* All of `part` are new and there is no order. */
static enum ids_found ids_enter_all(
	struct record_ids *ids, const struct record_ids *part)
{
	enum ids_found found = IDS_NEW;
	struct ids_entry entry;
	struct ids_walk walk;

	if (ids->slot_count && !ids_grow(ids, ids->kept + (size_t)part->count))
		return IDS_NO_MEMORY;
	ids_walk_begin(&walk, part);
	while (found == IDS_NEW && ids_walk_next(&walk, &entry))
		found = ids_enter(ids, &entry,
			ids->slot_count ? ids_slot(ids, &entry) : NULL);
	if (walk.text.failed)
		found = IDS_NO_MEMORY;
	ids_walk_end(&walk);
	return found;
}

enum ids_found ids_append(struct record_ids *ids, const struct record_ids *part)
{
	bool ordered = ids_has_order(ids->order);
	enum ids_found found = IDS_NEW;

	if (part->spill)
		return IDS_TOO_MANY;
	if (part->count == 0)
		return IDS_NEW;
	ids->order = ids_joined(ids, part);
	if (ids_has_order(ids->order))
		return ids_join(ids, part);
	if (ordered)
		found = ids_lose(ids, (size_t)part->count);
	if (found == IDS_NEW && ids->slot_count)
		found = ids_are_new(ids, part);
	return found == IDS_NEW ? ids_enter_all(ids, part) : found;
}

enum ids_found ids_finish(struct record_ids *ids)
{
	if (!ids->spill || ids_has_order(ids->order))
		return IDS_NEW;
	return ids_spill_check(ids);
}

enum shk_code ids_failure(
	enum ids_found found, const char *path, shk_diag *diag)
{
	char reason[128];
	int failure = errno;

	switch (found) {
	case IDS_NEW:
	case IDS_SEEN:
		return SHK_OK;
	case IDS_NO_MEMORY:
		return diag_memory(diag);
	case IDS_TOO_MANY:
		diag_set(diag, SHK_E_LIMIT,
			"more than %llu records, too many to find identifiers "
			"that come twice; sort the file by id",
			IDS_SPILL_MAX);
		break;
	case IDS_NO_FILE:
		if (strerror_r(failure, reason, sizeof(reason)) != 0)
			reason[0] = '\0';
		diag_set(diag, SHK_E_IO,
			"the temporary file for more than %u identifiers out "
			"of order (in $TMPDIR or /tmp): %s",
			IDS_MAX, reason);
		break;
	}
	diag_place(diag, path, 0, 0);
	return found == IDS_TOO_MANY ? SHK_E_LIMIT : SHK_E_IO;
}

enum shk_code ids_tell(const struct record_ids *ids, size_t index,
	const char *path, shk_diag *diag)
{
	const struct ids_twice *twice = &ids->twice[index];

	if (index == ids->twice_count)
		diag_set(diag, SHK_E_INPUT, "%llu more identifiers come twice",
			(unsigned long long)ids->twice_more);
	else
		diag_set(diag, SHK_E_INPUT,
			"id: the identifier is already that of the record of "
			"line %ld",
			twice->first);
	diag_field(diag, "id");
	diag_reason(diag, "duplicate_id");
	diag_place(diag, path, index == ids->twice_count ? 0 : twice->again, 0);
	return SHK_E_INPUT;
}
