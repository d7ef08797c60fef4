/*
 * The set of names behind duplicate identifiers and makers: every name is
 * found again and no name is taken for another, also after growth and after
 * clearing; a reader's memory does not grow with its records beyond it.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "record/name_set.h"
#include "record/reading.h"

#define NAMES 20000

static void set_fill(struct name_set *set, struct arena *arena)
{
	for (long i = 0; i < NAMES; i++) {
		char text[16];
		int size = snprintf(text, sizeof(text), "%ld", i * 7);
		char *copy = arena_text(arena, text, (size_t)size);
		bool fresh = false;
		struct name_entry *entry = name_set_add(
			set, (struct text){ copy, (size_t)size }, &fresh);

		cr_assert_not_null(entry);
		cr_assert(fresh, "%s is new", text);
		entry->u.row = i;
	}
}

Test(name_set, finds_what_it_holds)
{
	struct name_set set;
	struct arena arena;

	arena_init(&arena);
	name_set_init(&set);
	for (int round = 0; round < 2; round++) {
		set_fill(&set, &arena);
		cr_expect_eq(set.count, NAMES);
		for (long i = 0; i < NAMES; i++) {
			char text[16];
			bool fresh = true;
			struct name_entry *entry;

			snprintf(text, sizeof(text), "%ld", i * 7);
			entry = name_set_add(&set, text_of(text), &fresh);
			cr_assert_not(fresh);
			cr_assert_eq(entry->u.row, i);
		}
		name_set_clear(&set);
		cr_expect_eq(set.count, 0);
	}
	name_set_release(&set);
	arena_release(&arena);
}

/* Names that differ only behind a common beginning, or in length. */
Test(name_set, tells_near_names_apart)
{
	static const char *const names[] = { "", "a", "aa", "aaaaaaaa",
		"aaaaaaaaa", "aaaaaaaab", "aaaaaaaaaaaaaaaa", "A", "A社",
		"A杜" };
	struct name_set set;

	name_set_init(&set);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		bool fresh = false;

		cr_assert_not_null(
			name_set_add(&set, text_of(names[i]), &fresh));
		cr_expect(fresh, "%s", names[i]);
	}
	cr_expect_eq(set.count, sizeof(names) / sizeof(names[0]));
	name_set_release(&set);
}

/* Allocations of reading `count` records in a format. */
static uint64_t set_calls(const char *ending, int count)
{
	struct buffer text;
	uint64_t before;
	char path[64];
	FILE *file;
	shk_records *records;
	shk_record *record;
	shk_diag diag = { 0 };
	enum shk_code code;

	buffer_init(&text);
	if (strcmp(ending, ".csv") == 0)
		buffer_text(&text, "id,maker,shares\n");
	if (strcmp(ending, ".xml") == 0)
		buffer_text(&text, "<products>");
	for (int i = 0; i < count; i++) {
		if (strcmp(ending, ".csv") == 0)
			buffer_format(
				&text, "P%d,A 社,Ａ社:q%d|B:q1\n", i, i + 1);
		else if (strcmp(ending, ".xml") == 0)
			buffer_format(&text,
				"<product id=\"P%d\"><maker>A</maker>"
				"</product>\n",
				i);
		else
			buffer_format(&text,
				"{\"id\":\"P%d\",\"maker\":\"A 社\","
				"\"base_points\":%d}\n",
				i, i + 1);
	}
	if (strcmp(ending, ".xml") == 0)
		buffer_text(&text, "</products>");
	snprintf(path, sizeof(path), "/tmp/shokan-set-%d%s", (int)getpid(),
		ending);
	file = fopen(path, "wb");
	cr_assert_not_null(file);
	cr_assert_eq(fwrite(text.data, 1, text.size, file), text.size);
	fclose(file);
	buffer_release(&text);
	before = memory_stats().calls;
	cr_assert_eq(
		shk_records_open(&records, reading_schema(), path, NULL, &diag),
		SHK_OK);
	while ((code = shk_records_next(records, &record, &diag)) == SHK_OK)
		count--;
	cr_expect_eq(code, SHK_END, "%s", diag.message);
	cr_expect_eq(count, 0);
	shk_records_close(records);
	unlink(path);
	return memory_stats().calls - before;
}

Test(name_set, readers_allocate_for_identifiers_only)
{
	static const char *const endings[] = { ".csv", ".json" };

	reading_schema();
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		uint64_t few = set_calls(endings[i], 1000);
		uint64_t many = set_calls(endings[i], 16000);

		/* four doublings of the set; a block of texts each 4,000 ids */
		cr_expect_leq(many, few + 60, "%s: %llu and %llu", endings[i],
			(unsigned long long)few, (unsigned long long)many);
	}
	cr_expect_gt(set_calls(".xml", 100), 0);
	reading_release();
}
