/*
 * Identifiers: while there is an order nothing is looked up, without one
 * everything is, past the ceiling the end of the file tells; always the same
 * whether they come one by one or in parts.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record/ids.h"
#include "record/reading.h"
#include "record/records.h"

static enum ids_found add(
	struct record_ids *ids, const char *id, long row, long *first)
{
	*first = 0;
	return ids_add(ids, text_of(id), row, first);
}

Test(ids, the_first_row_of_an_identifier)
{
	/* row of the first one, or 0 for a new one */
	static const struct {
		const char *ids[8];
		long first[8];
		bool ordered; /* to the end */
	} rows[] = {
		{ { "A", "B", "C" }, { 0, 0, 0 }, true },
		{ { "A", "A", "A" }, { 0, 1, 1 }, false },
		{ { "P9", "P10", "P11", "P10" }, { 0, 0, 0, 2 }, false },
		{ { "P9", "P10", "P11" }, { 0, 0, 0 }, true },
		{ { "A10", "A9" }, { 0, 0 }, true },
		{ { "C", "B", "A", "B", "C", "D" }, { 0, 0, 0, 2, 1, 0 },
			false },
		{ { "", "A", "" }, { 0, 0, 1 }, false },
		{ { "a", "ab", "abc", "ab" }, { 0, 0, 0, 2 }, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct record_ids ids;
		long first;

		ids_init(&ids);
		for (long j = 0; j < 8 && rows[i].ids[j]; j++) {
			enum ids_found found =
				add(&ids, rows[i].ids[j], j + 1, &first);

			cr_expect_eq(found,
				rows[i].first[j] ? IDS_SEEN : IDS_NEW,
				"%zu: %s", i, rows[i].ids[j]);
			cr_expect_eq(first, rows[i].first[j], "%zu: %s", i,
				rows[i].ids[j]);
		}
		cr_expect_eq(ids.slot_count == 0, rows[i].ordered, "%zu", i);
		cr_expect_eq(ids_finish(&ids), IDS_NEW);
		ids_release(&ids);
	}
}

/* Identifier `i` of `count` in a mixed order, some of them twice. */
static void name(char out[32], unsigned i, unsigned count)
{
	snprintf(out, 32, "%u", i % 97 == 96 ? i / 2 : i * 7919u % count);
}

/* Parts of several sizes against one by one, with and without `known`. */
Test(ids, parts_know_what_single_ones_know)
{
	const unsigned count = 5003; /* a prime */
	char id[32];

	for (unsigned size = 1; size < 2000; size = size * 3 + 1) {
		struct record_ids all, part, whole;
		unsigned at = 0;

		ids_init(&all);
		ids_init(&whole);
		ids_init(&part);
		ids_hash_as(&part, &all);
		while (at < count) {
			unsigned end = at + size < count ? at + size : count;
			bool seen = false;
			long first, other;

			ids_clear(&part);
			part.known = NULL;
			for (unsigned i = at; i < end; i++) {
				name(id, i, count);
				add(&part, id, (long)i + 1, &other);
			}
			seen = ids_append(&all, &part) == IDS_SEEN;
			if (seen) { /* again, knowing the others */
				ids_clear(&part);
				part.known = &all;
			}
			for (unsigned i = at; i < end; i++) {
				enum ids_found expected;

				name(id, i, count);
				expected = add(&whole, id, (long)i + 1, &first);
				if (!seen)
					continue;
				cr_assert_eq(
					add(&part, id, (long)i + 1, &other),
					expected, "%s at %u", id, i);
				cr_assert_eq(other, first, "%s at %u", id, i);
			}
			if (seen)
				cr_assert_eq(ids_append(&all, &part), IDS_NEW);
			cr_assert_eq(
				all.count, whole.count, "%u of %u", at, size);
			at = end;
		}
		ids_release(&part);
		ids_release(&whole);
		ids_release(&all);
	}
}

/*
 * Names that share one slot of a thousand in one set: chosen with its key, as
 * nobody can who makes a file. In another set they lie as any others do.
 */
Test(ids, cannot_be_made_to_collide)
{
	enum { SLOTS = 1024, CHOSEN = 200 };
	struct record_ids one, other;
	unsigned chosen = 0, crowd[SLOTS] = { 0 }, most = 0;
	char id[32];

	ids_init(&one);
	ids_init(&other);
	for (unsigned i = 0; chosen < CHOSEN; i++) {
		snprintf(id, sizeof(id), "%u", i);
		if (ids_hash(&one, text_of(id), 0).high % SLOTS != 7)
			continue;
		chosen++;
		crowd[ids_hash(&other, text_of(id), 0).high % SLOTS]++;
	}
	for (unsigned i = 0; i < SLOTS; i++)
		most = crowd[i] > most ? crowd[i] : most;
	/* a dozen of 200 in one of 1,024 would come once in 10^14 runs */
	cr_expect_lt(most, 12, "%u of %d in one slot", most, CHOSEN);
	ids_hash_as(&other, &one);
	cr_expect_eq(ids_hash(&one, text_of("P1"), 3).high,
		ids_hash(&other, text_of("P1"), 3).high);
	ids_release(&one);
	ids_release(&other);
}

/* At the ceiling everything is in memory, one past it nothing is. */
Test(ids, past_the_ceiling)
{
	for (unsigned more = 0; more < 2; more++) {
		struct record_ids ids;
		char id[32];
		long first;

		ids_init(&ids);
		ids.ceiling = 1000;
		for (unsigned i = 0; i < 1000 + more; i++) {
			snprintf(id, sizeof(id), "%u", 9999 - i);
			cr_assert_eq(
				add(&ids, id, (long)i + 2, &first), IDS_NEW);
		}
		cr_expect_eq(ids.spill != NULL, more == 1);
		cr_expect_eq(add(&ids, "9990", 5000, &first),
			more ? IDS_NEW : IDS_SEEN);
		cr_expect_eq(add(&ids, "9980", 6000, &first),
			more ? IDS_NEW : IDS_SEEN);
		cr_expect_eq(add(&ids, "9990", 7000, &first),
			more ? IDS_NEW : IDS_SEEN);
		cr_expect_eq(ids_finish(&ids), more ? IDS_SEEN : IDS_NEW);
		cr_expect_eq(ids.twice_count, more ? 3 : 0);
		for (size_t i = 0; i < ids.twice_count; i++) {
			static const struct ids_twice twice[] = { { 11, 5000 },
				{ 21, 6000 }, { 11, 7000 } };

			cr_expect_eq(ids.twice[i].first, twice[i].first);
			cr_expect_eq(ids.twice[i].again, twice[i].again);
		}
		ids_release(&ids);
	}
}

/*
 * Stretches that count up, with gaps, jumps back and repetitions between them:
 * in parts as one by one, and against a plain list of all that came.
 */
Test(ids, that_count_up)
{
	enum { COUNT = 700 };
	static char names[COUNT][16];

	srand(20261124);
	for (int round = 0; round < 300; round++) {
		struct record_ids whole, all, part;
		unsigned number = 0, size = 1 + (unsigned)rand() % 120;
		long row = 2, rows[COUNT];
		unsigned back =
			round % 3 == 0 ? 0 : 40u * (unsigned)(round % 3);
		unsigned at = 0;

		ids_init(&whole);
		ids_init(&all);
		ids_init(&part);
		ids_hash_as(&part, &all);
		if (round % 5 == 4)
			whole.ceiling = all.ceiling = COUNT + 1;
		for (unsigned i = 0; i < COUNT; i++) {
			unsigned how = (unsigned)rand() % 60;

			number += how == 0 ? 3u : 1u;
			if (back && (unsigned)rand() % 200 == 0)
				number -= number < back ? number : back;
			row += how == 1 ? 2 : 1;
			snprintf(names[i], sizeof(names[i]),
				round % 2 ? "P%05u" : "P%u", number);
			rows[i] = row;
		}
		while (at < COUNT) {
			unsigned end = at + size < COUNT ? at + size : COUNT;
			long first, other;
			bool seen;

			ids_clear(&part);
			part.known = round % 2 ? &all : NULL;
			for (unsigned i = at; i < end; i++)
				add(&part, names[i], rows[i], &other);
			seen = ids_append(&all, &part) == IDS_SEEN;
			if (seen) {
				ids_clear(&part);
				part.known = &all;
			}
			for (unsigned i = at; i < end; i++) {
				enum ids_found found =
					add(&whole, names[i], rows[i], &first);
				long truth = 0;

				for (unsigned j = 0; j < i && !truth; j++)
					if (strcmp(names[j], names[i]) == 0)
						truth = rows[j];
				cr_assert_eq(first, truth, "%s", names[i]);
				cr_assert_eq(found, truth ? IDS_SEEN : IDS_NEW);
				if (!seen)
					continue;
				cr_assert_eq(
					add(&part, names[i], rows[i], &other),
					found, "%s", names[i]);
				cr_assert_eq(other, first, "%s", names[i]);
			}
			if (seen)
				cr_assert_eq(ids_append(&all, &part), IDS_NEW);
			cr_assert_eq(all.count, whole.count);
			at = end;
		}
		ids_release(&part);
		ids_release(&all);
		ids_release(&whole);
	}
}

/* What counts up: bytes, and rows. */
Test(ids, what_follows)
{
	static const struct {
		const char *last, *id;
		bool follows;
	} rows[] = { { "P7", "P8", true }, { "P9", "P10", false },
		{ "P09", "P10", true }, { "P199", "P200", true },
		{ "P199", "P210", false }, { "P7", "P9", false },
		{ "P7", "P7", false }, { "P7", "Q8", false },
		{ "P", "Q", false }, { "99", "00", false }, { "9", "0", false },
		{ "", "", false }, { "7", "8", true }, { "7/", "70", false },
		{ "1a9", "1b0", false } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_eq(
			ids_follows(text_of(rows[i].last), text_of(rows[i].id)),
			rows[i].follows, "%s %s", rows[i].last, rows[i].id);
}

/* A hundred thousand that count up take no memory; eight are a run. */
Test(ids, runs_take_no_memory)
{
	for (unsigned count = IDS_RUN_LEAST - 1; count <= 100000;
		count = count < IDS_RUN_LEAST ? count + 1 : count * 12500) {
		struct record_ids ids;
		char id[32];
		long first;

		ids_init(&ids);
		for (unsigned i = 0; i < count; i++) {
			snprintf(id, sizeof(id), "%06u", i);
			cr_assert_eq(
				add(&ids, id, (long)i + 2, &first), IDS_NEW);
		}
		cr_assert_eq(add(&ids, "A", 500000, &first), IDS_NEW);
		cr_expect_eq(ids.kept, count < IDS_RUN_LEAST ? count : 0);
		cr_expect_eq(ids.run_count, count >= IDS_RUN_LEAST);
		cr_expect_eq(add(&ids, "000003", 500001, &first), IDS_SEEN);
		cr_expect_eq(first, 5);
		cr_expect_eq(ids.kept, count + 1);
		cr_expect_eq(ids.run_count, 0);
		ids_release(&ids);
	}
}

/* Past the ceilings of runs they are hashed, and found all the same. */
Test(ids, ceilings_of_runs)
{
	static char text[IDS_TEXTS_MAX + 32];
	struct record_ids ids;
	char id[32];
	long first, row = 2;

	ids_init(&ids);
	for (unsigned i = 0; i < IDS_RUNS_MAX + 2; i++)
		for (unsigned k = 0; k < IDS_RUN_LEAST; k++) {
			snprintf(id, sizeof(id), "%06u", 10 * i + k);
			cr_assert_eq(add(&ids, id, row++, &first), IDS_NEW);
		}
	cr_expect_eq(ids.run_count, IDS_RUNS_MAX);
	cr_expect_eq(ids.kept, IDS_RUN_LEAST);
	cr_expect_eq(add(&ids, "000011", row, &first), IDS_SEEN);
	cr_expect_eq(first, 2 + IDS_RUN_LEAST + 1);
	cr_expect_eq(ids.kept, (IDS_RUNS_MAX + 2) * IDS_RUN_LEAST);
	ids_clear(&ids);
	row = 2;
	for (unsigned i = 0; i < 3; i++) {
		memset(text, 'A' + (int)i, IDS_TEXTS_MAX);
		for (unsigned k = 0; k < IDS_RUN_LEAST; k++) {
			snprintf(text + IDS_TEXTS_MAX / 2, 32, "%06u", k);
			cr_assert_eq(add(&ids, text, row++, &first), IDS_NEW);
		}
	}
	/* the first fits, and with the second there are too many bytes */
	cr_expect_eq(ids.run_count, 1);
	cr_expect_eq(ids.kept, IDS_RUN_LEAST);
	ids_release(&ids);
}

/* An order that lasts needs no look at the temporary file. */
Test(ids, in_order_past_the_ceiling)
{
	struct record_ids ids;
	char id[32];
	long first;

	ids_init(&ids);
	ids.ceiling = 100;
	for (unsigned i = 0; i < 1000; i++) {
		snprintf(id, sizeof(id), "%u", i);
		cr_assert_eq(add(&ids, id, (long)i + 2, &first), IDS_NEW);
	}
	cr_expect_eq(ids.entries, NULL);
	cr_expect_eq(ids_finish(&ids), IDS_NEW);
	add(&ids, "7", 2000, &first);
	cr_expect_eq(ids_finish(&ids), IDS_SEEN);
	cr_expect_eq(ids.twice[0].first, 9);
	cr_expect_eq(ids.twice[0].again, 2000);
	ids_release(&ids);
}

/* More repetitions than are told are counted; a row has a ceiling too. */
Test(ids, ceilings)
{
	struct record_ids ids;
	shk_diag diag = { 0 };
	char id[32];
	long first;

	ids_init(&ids);
	ids.ceiling = 1;
	add(&ids, "z", 2, &first);
	add(&ids, "y", 3, &first);
	for (unsigned i = 0; i < 2 * (IDS_TWICE_MAX + 5); i++) {
		snprintf(id, sizeof(id), "%u", i / 2);
		cr_assert_eq(add(&ids, id, (long)i + 2, &first), IDS_NEW);
	}
	cr_expect_eq(ids_finish(&ids), IDS_SEEN);
	cr_expect_eq(ids.twice_count, IDS_TWICE_MAX);
	cr_expect_eq(ids.twice_more, 5);
	ids_tell(&ids, IDS_TWICE_MAX, "a.csv", &diag);
	cr_expect_str_eq(diag.message, "5 more identifiers come twice");
	cr_expect_eq(add(&ids, "a", (1l << IDS_ROW_BITS) - 1, &first), IDS_NEW);
	cr_expect_eq(add(&ids, "b", 1l << IDS_ROW_BITS, &first), IDS_TOO_MANY);
	ids_release(&ids);
}

/* In all, and of those whose hashes begin alike. */
Test(ids, ceilings_of_the_temporary_file)
{
	const size_t chain = IDS_SPILL_MAX / 256 / 2 * 3;
	struct record_ids ids;
	shk_diag diag = { 0 };
	long first;

	for (unsigned past = 0; past < 2; past++) {
		ids_init(&ids);
		ids.ceiling = 1;
		add(&ids, "z", 2, &first);
		add(&ids, "y", 3, &first);
		ids.count = IDS_SPILL_MAX + past;
		cr_expect_eq(ids_finish(&ids), past ? IDS_TOO_MANY : IDS_NEW);
		ids_release(&ids);
		ids_init(&ids);
		for (size_t i = 0; i < chain + past; i++) {
			const struct ids_entry entry = { 0,
				(uint64_t)i << IDS_ROW_BITS | i };

			cr_assert_eq(ids_spill_add(&ids, &entry, 1), IDS_NEW);
		}
		cr_expect_eq(
			ids_spill_check(&ids), past ? IDS_TOO_MANY : IDS_NEW);
		ids_release(&ids);
	}
	cr_expect_eq(ids_failure(IDS_TOO_MANY, "a.csv", &diag), SHK_E_LIMIT);
	cr_expect_not_null(strstr(diag.message, "more than 268435456 records"));
}

/* Where no temporary file can be, the error says so. */
Test(ids, no_temporary_file)
{
	struct record_ids ids;
	shk_diag diag = { 0 };
	long first;

	setenv("TMPDIR", "/no/such/folder", 1);
	ids_init(&ids);
	ids.ceiling = 1;
	cr_expect_eq(add(&ids, "b", 2, &first), IDS_NEW);
	cr_expect_eq(add(&ids, "a", 3, &first), IDS_NO_FILE);
	cr_expect_eq(ids_failure(IDS_NO_FILE, "a.csv", &diag), SHK_E_IO);
	cr_expect_not_null(strstr(diag.message, "TMPDIR"));
	cr_expect_str_eq(diag.path, "a.csv");
	ids_release(&ids);
}

/* A reader of a whole file tells it behind the last record. */
Test(ids, told_at_the_end_of_a_file)
{
	char path[] = "/tmp/shokan-ids-XXXXXX";
	static const char text[] = "id,name\nB,x\nA,y\nC,z\nB,w\n";
	shk_records *records;
	shk_record *record;
	shk_diag diag = { 0 };
	int file = mkstemp(path);

	cr_assert_eq(
		write(file, text, sizeof(text) - 1), (ssize_t)sizeof(text) - 1);
	close(file);
	cr_assert_eq(
		shk_records_open(&records, reading_schema(), path, NULL, &diag),
		SHK_OK);
	records->builder.own_ids.ceiling = 2;
	for (int i = 0; i < 4; i++)
		cr_expect_eq(shk_records_next(records, &record, &diag), SHK_OK);
	cr_expect_eq(shk_records_next(records, &record, &diag), SHK_E_INPUT);
	cr_expect_null(record);
	cr_expect_eq(diag.line, 5);
	cr_expect_str_eq(diag.reason, "duplicate_id");
	cr_expect_not_null(strstr(diag.message, "line 2"));
	shk_records_close(records);
	unlink(path);
	reading_release();
}

/* The common case in place enters what ids_add does, and nothing else. */
Test(ids, counting_up_in_place)
{
	static const struct {
		const char *prefix;
		int width;
	} forms[] = { { "K", 7 }, { "", 8 }, { "", 16 }, { "K", 15 },
		{ "K", 16 }, { "", 7 }, { "P-", 1 }, { "ABCDEFGH", 1 } };
	unsigned in_place = 0;

	for (size_t form = 0; form < sizeof(forms) / sizeof(forms[0]); form++) {
		struct record_ids a, b;
		uint32_t state = 7;

		ids_init(&a);
		ids_init(&b);
		for (unsigned i = 0, id = 1; i < 3000; i++) {
			long row = i + 2 + i / 1000, seen_a = 0, seen_b = 0;
			enum ids_found found_a = IDS_NEW, found_b;
			char text[32];

			state = state * 1664525u + 1013904223u;
			/* to be lost in the last third only */
			id += state >> 24 == 0 && i > 2000 ? -3u : 1;
			id += state >> 22 == 5;
			snprintf(text, sizeof(text), "%s%0*u",
				forms[form].prefix, forms[form].width, id);
			if (ids_counts_up(&a, text_of(text), row))
				in_place++;
			else
				found_a = ids_add(
					&a, text_of(text), row, &seen_a);
			found_b = ids_add(&b, text_of(text), row, &seen_b);
			cr_assert_eq(found_a, found_b, "%s", text);
			cr_assert_eq(seen_a, seen_b, "%s", text);
			cr_assert_eq(a.count, b.count);
			cr_assert_eq(a.run_count, b.run_count);
			cr_assert_eq(a.open.count, b.open.count);
			cr_assert_eq(a.last.size, b.last.size);
		}
		ids_release(&a);
		ids_release(&b);
	}
	cr_expect_gt(in_place, 3000);
}

/* Many at once, as one by one; what stops is left for the next call. */
Test(ids, counting_up_together)
{
	unsigned together = 0;
	uint32_t state = 7;

	for (unsigned round = 0; round < 400; round++) {
		char names[64][20];
		const char *texts[64];
		uint32_t sizes[64];
		struct record_ids a, b;
		unsigned id = round * 37, width = 7 + round % 9;
		long row = 2, first;

		ids_init(&a);
		ids_init(&b);
		for (unsigned i = 0; i < 64; i++) {
			state = state * 1664525u + 1013904223u;
			id += state >> 28 == 0 ? 2 : state >> 27 == 5 ? 0 : 1;
			snprintf(names[i], sizeof(names[i]), "%s%0*u",
				round % 2 ? "K" : "", (int)width, id);
			texts[i] = names[i];
			sizes[i] = (uint32_t)strlen(names[i]);
		}
		for (unsigned i = 0; i < 64;) {
			size_t done = ids_count_up(&a, texts + i, sizes + i,
				64 - i, row + (long)i);

			together += (unsigned)done;
			for (size_t end = i + done; i < end; i++)
				cr_assert_eq(ids_add(&b, text_of(texts[i]),
						     row + (long)i, &first),
					IDS_NEW);
			cr_assert_eq(a.count, b.count);
			cr_assert_eq(a.open.count, b.open.count);
			if (i == 64)
				break;
			cr_assert_eq(ids_add(&a, text_of(texts[i]),
					     row + (long)i, &first),
				ids_add(&b, text_of(texts[i]), row + (long)i,
					&first));
			i++;
		}
		cr_assert_eq(a.count, b.count);
		cr_assert_eq(a.run_count, b.run_count);
		cr_assert_eq(a.last.size, b.last.size);
		cr_assert(a.last.size == 0 ||
			  memcmp(a.last.data, b.last.data, a.last.size) == 0);
		ids_release(&a);
		ids_release(&b);
	}
	cr_expect_gt(together, 5000, "%u", together);
}
