/*
 * Sorting: order of decoded keys, in memory, over few and over many runs; and
 * what happens when no file can be written.
 */
#define _XOPEN_SOURCE 700 /* setenv */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "snapshot/sorter.h"

static const struct shk_snapshot_header header = {
	.engine = "0", .rulebook = "x", .policy = "{}"
};

#define REST "\tr8\t\terror\t\t\t\t\t\t\t"

Test(sorter, order_of_keys)
{
	static const struct {
		const char *a, *b;
		int sign;
	} rows[] = {
		{ "a\tx\t1", "a\tx\t2", 0 },
		{ "a\tx\t", "a\ty\t", -1 },
		{ "a\tz\t", "ab\ta\t", -1 },
		{ "B\t\t", "a\t\t", -1 },
		{ "\t\t", "a\t\t", -1 },
		{ "a\t\t", "a\tx\t", -1 },
		/* an escaped tab is the byte 9, a backslash the byte 92 */
		{ "a\\tb\t\t", "a b\t\t", -1 },
		{ "a\\tb\t\t", "a\tz\t", 1 },
		{ "a\\\\\t\t", "aZ\t\t", 1 },
		{ "a\\\\\t\t", "a]\t\t", -1 },
		{ "a\\t\t\t", "a\\n\t\t", -1 },
		{ "a\\n\t\t", "a\\r\t\t", -1 },
		{ "\xe4\xba\x9c\t\t", "z\t\t", 1 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int there = sorter_order(rows[i].a, strlen(rows[i].a),
			rows[i].b, strlen(rows[i].b));
		int back = sorter_order(rows[i].b, strlen(rows[i].b), rows[i].a,
			strlen(rows[i].a));

		cr_expect_eq((there > 0) - (there < 0), rows[i].sign,
			"row %zu: %d", i, there);
		cr_expect_eq((back > 0) - (back < 0), -rows[i].sign,
			"row %zu back: %d", i, back);
	}
}

/* Read the sorter's lines; they must be `count` in order. */
static void expect_sorted(shk_snapshot_sorter *sorter, size_t count)
{
	struct shk_line_source source;
	const struct shk_snapshot_line *line;
	shk_snapshot *snapshot;
	shk_diag diag = { 0 };
	size_t seen = 0;
	enum shk_code code;

	cr_assert_eq(shk_snapshot_sorter_source(sorter, &source, &diag), SHK_OK,
		"%s", diag.message);
	cr_assert_eq(shk_snapshot_from(&snapshot, "sorted", source, &diag),
		SHK_OK, "%s", diag.message);
	while ((code = shk_snapshot_next(snapshot, &line, &diag)) == SHK_OK)
		seen++;
	cr_expect_eq(code, SHK_END, "%s", diag.message);
	cr_expect_eq(seen, count, "%zu of %zu lines", seen, count);
	cr_expect(shk_snapshot_sorted(snapshot));
	cr_expect_str_eq(shk_snapshot_header(snapshot)->rulebook, "x");
	shk_snapshot_close(snapshot);
}

/* `count` different lines in a scattered order, several in one piece. */
static enum shk_code add_many(
	shk_snapshot_sorter *sorter, unsigned count, shk_diag *diag)
{
	enum shk_code code = SHK_OK;

	for (unsigned i = 0; i < count && !code; i += 2) {
		char text[256];
		/* 7919 and count have no common divisor */
		int size = snprintf(text, sizeof(text),
			"p%u\td" REST "\np%u\td" REST "\n", i * 7919u % count,
			(i + 1) * 7919u % count);

		code = shk_snapshot_sorter_add(
			sorter, text, (size_t)size, diag);
	}
	return code;
}

Test(sorter, in_memory_and_over_files)
{
	static const struct {
		size_t memory, runs;
	} rows[] = { { 1 << 20, 64 }, { 4096, 64 }, { 4096, 2 }, { 64, 3 },
		{ 4096, 7 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		shk_snapshot_sorter *sorter;
		shk_diag diag = { 0 };

		cr_assert_eq(
			shk_snapshot_sorter_new(&sorter, &header, NULL, &diag),
			SHK_OK);
		sorter_limit(sorter, rows[i].memory, rows[i].runs);
		cr_assert_eq(add_many(sorter, 1000, &diag), SHK_OK, "%s",
			diag.message);
		expect_sorted(sorter, 1000);
		expect_sorted(sorter, 1000); /* and from the beginning again */
		cr_expect_eq(shk_snapshot_sorter_add(sorter, "a\n", 2, &diag),
			SHK_E_USAGE);
		shk_snapshot_sorter_free(sorter);
	}
}

Test(sorter, nothing_at_all)
{
	shk_snapshot_sorter *sorter;
	shk_diag diag = { 0 };

	cr_assert_eq(
		shk_snapshot_sorter_new(&sorter, &header, NULL, &diag), SHK_OK);
	expect_sorted(sorter, 0);
	shk_snapshot_sorter_free(sorter);
}

/* Equal keys stay in the order in which they came. */
Test(sorter, stable)
{
	for (size_t memory = 64; memory <= 1 << 20; memory <<= 7) {
		struct shk_line_source source;
		shk_snapshot_sorter *sorter;
		shk_diag diag = { 0 };
		const char *line;
		size_t size;
		unsigned next = 0;

		cr_assert_eq(
			shk_snapshot_sorter_new(&sorter, &header, NULL, &diag),
			SHK_OK);
		sorter_limit(sorter, memory, 3);
		for (unsigned i = 0; i < 200; i++) {
			char text[64];
			int length =
				snprintf(text, sizeof(text), "a\tb\t%u\n", i);

			cr_assert_eq(shk_snapshot_sorter_add(sorter, text,
					     (size_t)length, &diag),
				SHK_OK);
		}
		cr_assert_eq(shk_snapshot_sorter_source(sorter, &source, &diag),
			SHK_OK);
		while (source.next(source.context, &line, &size, &diag) ==
			SHK_OK) {
			char text[64];

			if (line[0] == '#')
				continue;
			snprintf(text, sizeof(text), "a\tb\t%u", next++);
			cr_expect_eq(strlen(text), size);
			cr_expect_eq(memcmp(line, text, size), 0, "%.*s at %u",
				(int)size, line, next - 1);
		}
		cr_expect_eq(next, 200);
		shk_snapshot_sorter_free(sorter);
	}
}

Test(sorter, what_cannot_be_written)
{
	shk_snapshot_sorter *sorter;
	shk_diag diag = { 0 };

	cr_assert_eq(shk_snapshot_sorter_new(
			     &sorter, &header, "/nowhere/at/all", &diag),
		SHK_OK);
	sorter_limit(sorter, 4096, 3);
	cr_expect_eq(add_many(sorter, 1000, &diag), SHK_E_IO);
	cr_expect_str_eq(diag.path, "/nowhere/at/all");
	cr_expect_not_null(strstr(diag.message, "temporary file"));
	shk_snapshot_sorter_free(sorter);
	/* a line without its end */
	memset(&diag, 0, sizeof(diag));
	cr_assert_eq(
		shk_snapshot_sorter_new(&sorter, &header, NULL, &diag), SHK_OK);
	cr_expect_eq(
		shk_snapshot_sorter_add(sorter, "abc", 3, &diag), SHK_E_USAGE);
	shk_snapshot_sorter_free(sorter);
}

Test(sorter, ceiling_of_a_line)
{
	char *line = memory_alloc(SHK_SNAPSHOT_LINE_MAX + 2);
	shk_snapshot_sorter *sorter;
	shk_diag diag = { 0 };

	cr_assert_not_null(line);
	memset(line, 'a', SHK_SNAPSHOT_LINE_MAX + 1);
	cr_assert_eq(
		shk_snapshot_sorter_new(&sorter, &header, NULL, &diag), SHK_OK);
	line[SHK_SNAPSHOT_LINE_MAX - 1] = '\n';
	cr_expect_eq(shk_snapshot_sorter_add(
			     sorter, line, SHK_SNAPSHOT_LINE_MAX, &diag),
		SHK_OK);
	line[SHK_SNAPSHOT_LINE_MAX - 1] = 'a';
	line[SHK_SNAPSHOT_LINE_MAX] = '\n';
	cr_expect_eq(shk_snapshot_sorter_add(
			     sorter, line, SHK_SNAPSHOT_LINE_MAX + 1, &diag),
		SHK_E_LIMIT);
	shk_snapshot_sorter_free(sorter);
	memory_free(line);
}

Test(sorter, every_allocation_can_fail)
{
	uint64_t nth = 0;
	enum shk_code code;

	do {
		shk_snapshot_sorter *sorter;
		struct shk_line_source source;
		shk_diag diag = { 0 };
		const char *line;
		size_t size;

		memory_stats_reset();
		memory_fail_at(++nth, true);
		code = shk_snapshot_sorter_new(&sorter, &header, NULL, &diag);
		if (!code) {
			sorter_limit(sorter, 4096, 2);
			code = add_many(sorter, 400, &diag);
		}
		if (!code)
			code = shk_snapshot_sorter_source(
				sorter, &source, &diag);
		while (!code)
			code = source.next(source.context, &line, &size, &diag);
		memory_fail_at(0, false);
		shk_snapshot_sorter_free(sorter);
		cr_expect(code == SHK_E_MEMORY || code == SHK_END, "%d", code);
		cr_expect_eq(memory_stats().in_use, 0, "at %u", (unsigned)nth);
	} while (code == SHK_E_MEMORY && nth < 200);
	cr_expect_eq(code, SHK_END);
	cr_expect_gt(nth, 10);
}
