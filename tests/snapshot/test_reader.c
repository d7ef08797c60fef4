/*
 * Reading snapshots: good ones, and every kind of damage with its place.
 */
#define _XOPEN_SOURCE 700 /* mkstemp */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include <shokan/snapshot.h>

#include "base/buffer.h"
#include "base/memory.h"

#define HEAD                                                                   \
	"# shokan snapshot 1\n# engine 0.1.0\n# rulebook sha256:00\n"          \
	"# revision r8\n# as_of -\n# decisions a,b\n# min_evidence -\n"        \
	"# policy {}\n" COLUMNS
#define COLUMNS                                                                \
	"# columns id decision revision as_of status reason values missing "   \
	"outcomes evidence citations facts\n"
#define LINE(id, decision)                                                     \
	id "\t" decision                                                       \
	   "\tr8\t2026-06-01\tdetermined\t\tv=1;w={a:1|b:2}\tm|n\t1|2\tE0\t"   \
	   "S001 L1\tx=1;y=a\\\\;b\n"

static char path[64];

static void file_put(const char *text, size_t size)
{
	FILE *file;
	int descriptor;

	snprintf(path, sizeof(path), "/tmp/shokan-snapshot-XXXXXX");
	descriptor = mkstemp(path);
	cr_assert_geq(descriptor, 0);
	file = fdopen(descriptor, "wb");
	cr_assert_eq(fwrite(text, 1, size, file), size);
	fclose(file);
}

/* Read all of `text`; the lines go to `*count`. */
static enum shk_code read_all(const char *text, size_t size, size_t *count,
	bool *sorted, shk_diag *diag)
{
	const struct shk_snapshot_line *line;
	shk_snapshot *snapshot;
	enum shk_code code;

	memset(diag, 0, sizeof(*diag));
	*count = 0;
	file_put(text, size);
	code = shk_snapshot_open(&snapshot, path, diag);
	while (!code) {
		code = shk_snapshot_next(snapshot, &line, diag);
		*count += code == SHK_OK;
	}
	*sorted = snapshot && shk_snapshot_sorted(snapshot);
	shk_snapshot_close(snapshot);
	remove(path);
	return code;
}

Test(reader, cells_and_header)
{
	static const char text[] = HEAD
		"a\\tb\\\\\\n\\r\t\tr8\t\terror\tbad_value\t\t\t\t\t\t\n" LINE(
			"b", "x");
	const struct shk_snapshot_header *header;
	const struct shk_snapshot_line *line;
	shk_snapshot *snapshot;
	shk_diag diag = { 0 };

	file_put(text, sizeof(text) - 1);
	cr_assert_eq(shk_snapshot_open(&snapshot, path, &diag), SHK_OK, "%s",
		diag.message);
	header = shk_snapshot_header(snapshot);
	cr_expect_str_eq(header->engine, "0.1.0");
	cr_expect_str_eq(header->rulebook, "sha256:00");
	cr_expect_str_eq(header->revision, "r8");
	cr_expect_str_eq(header->as_of, "");
	cr_expect_str_eq(header->decisions, "a,b");
	cr_expect_str_eq(header->min_evidence, "");
	cr_expect_str_eq(header->policy, "{}");
	cr_assert_eq(shk_snapshot_next(snapshot, &line, &diag), SHK_OK);
	cr_expect_str_eq(line->cells[SHK_COLUMN_ID], "a\tb\\\n\r");
	cr_expect_str_eq(line->cells[SHK_COLUMN_STATUS], "error");
	cr_expect_str_eq(line->cells[SHK_COLUMN_FACTS], "");
	cr_expect_eq(line->row, 10);
	cr_assert_eq(shk_snapshot_next(snapshot, &line, &diag), SHK_OK);
	cr_expect_str_eq(line->cells[SHK_COLUMN_VALUES], "v=1;w={a:1|b:2}");
	cr_expect_str_eq(line->cells[SHK_COLUMN_FACTS], "x=1;y=a\\;b");
	cr_expect_eq(line->row, 11);
	cr_expect_eq(line->size, strlen(LINE("b", "x")) - 1);
	cr_expect_eq(shk_snapshot_next(snapshot, &line, &diag), SHK_END);
	cr_expect_eq(shk_snapshot_next(snapshot, &line, &diag), SHK_END);
	shk_snapshot_close(snapshot);
	remove(path);
}

Test(reader, order)
{
	static const struct {
		const char *text;
		bool sorted;
	} rows[] = {
		{ HEAD, true },
		{ HEAD LINE("a", "x"), true },
		{ HEAD LINE("a", "x") LINE("a", "y") LINE("b", "x"), true },
		{ HEAD LINE("B", "x") LINE("a", "x"), true },
		{ HEAD LINE("a", "x") LINE("B", "x"), false },
		{ HEAD LINE("a", "y") LINE("a", "x"), false },
		/* twice the same is no order */
		{ HEAD LINE("a", "x") LINE("a", "x"), false },
		{ HEAD LINE("b", "x") LINE("a", "x") LINE("c", "x"), false },
		/* an id that is the beginning of another */
		{ HEAD LINE("a", "z") LINE("ab", "a"), true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		shk_diag diag;
		size_t count;
		bool sorted;

		cr_expect_eq(read_all(rows[i].text, strlen(rows[i].text),
				     &count, &sorted, &diag),
			SHK_END, "row %zu: %s", i, diag.message);
		cr_expect_eq(sorted, rows[i].sorted, "row %zu", i);
	}
}

Test(reader, damage)
{
	static const struct {
		const char *text;
		long line, column;
		const char *field, *message;
	} rows[] = {
		{ "", 0, 0, "", "the file is empty" },
		{ "id,decision\n", 1, 0, "", "this is no snapshot" },
		{ "# shokan snapshot 2\n", 1, 0, "",
			"a snapshot of version 2; this program reads version "
			"1" },
		{ "# shokan snapshot 1\n", 1, 0, "", "within its header" },
		{ "# shokan snapshot 1\n# rulebook x\n", 2, 0, "engine",
			"here stands \"# engine TEXT\"" },
		{ "# shokan snapshot 1\n# engine \n", 2, 0, "engine",
			"here stands" },
		{ "# shokan snapshot 1\n# engine a\\q\n", 2, 0, "engine",
			"is not followed by" },
		{ "# shokan snapshot 1\n# engine 0\n# rulebook x\n"
		  "# revision r8\n# as_of -\n# decisions -\n# min_evidence -\n"
		  "# policy {}\n# columns id\n",
			9, 0, "columns", "here stands \"# columns id dec" },
		{ HEAD "a\tb\n", 10, 2, "", "the line has 2 columns" },
		{ HEAD "\n", 10, 1, "", "the line has 1 columns" },
		{ HEAD "a\tx\tr8\t\tfine\t\t\t\t\t\t\t\n", 10, 5, "status",
			"no status" },
		{ HEAD "a\tx\tr8\t1.6.2026\terror\t\t\t\t\t\t\t\n", 10, 4,
			"as_of", "no date" },
		{ HEAD "a\tx\tr8\t\terror\t\t\t\t\tE9\t\t\n", 10, 10,
			"evidence", "no evidence level" },
		{ HEAD "a\tx\tr8\t\terror\t\tv\t\t\t\t\t\n", 10, 7, "values",
			"not of the form" },
		{ HEAD "a\tx\tr8\t\terror\t\t\t\t\t\t\ta=1;b\n", 10, 12,
			"facts", "not of the form" },
		{ HEAD "a\tx\tr8\t\terror\t\t\t\t\t\t\t\tz\n", 10, 12, "facts",
			"more than twelve columns" },
		{ HEAD "a\\x\tx\tr8\t\terror\t\t\t\t\t\t\t\n", 10, 1, "id",
			"is not followed by" },
		{ HEAD "a\tx\tr8\t\terror\t\t\t\t\t\t\t\\\n", 10, 12, "facts",
			"is not followed by" },
		{ HEAD "a\tx\tr8\t\terror\t\t\t\t\t\t\t\r\n", 10, 0, "",
			"CR LF" },
		{ HEAD "a\xff\tx\tr8\t\terror\t\t\t\t\t\t\t\n", 10, 0, "",
			"not UTF-8" },
		{ HEAD LINE("a", "x") "b\tx\tr8", 11, 0, "",
			"the file was cut off" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		shk_diag diag;
		size_t count;
		bool sorted;

		cr_expect_eq(read_all(rows[i].text, strlen(rows[i].text),
				     &count, &sorted, &diag),
			SHK_E_INPUT, "row %zu", i);
		cr_expect_str_eq(diag.path, path, "row %zu", i);
		cr_expect_eq(diag.line, rows[i].line, "row %zu: line %ld", i,
			diag.line);
		cr_expect_eq(diag.column, rows[i].column, "row %zu: column %ld",
			i, diag.column);
		cr_expect_str_eq(diag.field, rows[i].field, "row %zu", i);
		cr_expect_not_null(strstr(diag.message, rows[i].message),
			"row %zu: %s", i, diag.message);
	}
}

Test(reader, a_nul_byte_is_no_text)
{
	static const char text[] = HEAD "a\0b\tx\tr8\t\terror\t\t\t\t\t\t\t\n";
	shk_diag diag;
	size_t count;
	bool sorted;

	cr_expect_eq(read_all(text, sizeof(text) - 1, &count, &sorted, &diag),
		SHK_E_INPUT);
	cr_expect_eq(diag.line, 10);
}

/* A line of exactly `size` bytes with its LF. */
static enum shk_code read_long(size_t size, shk_diag *diag)
{
	static const char end[] = "\tx\tr8\t\terror\t\t\t\t\t\t\t\n";
	struct buffer text;
	enum shk_code code;
	size_t count;
	bool sorted;

	buffer_init(&text);
	buffer_text(&text, HEAD);
	while (text.size < sizeof(HEAD) - 1 + size - (sizeof(end) - 1))
		buffer_byte(&text, 'i');
	buffer_text(&text, end);
	cr_assert(!text.failed);
	code = read_all(text.data, text.size, &count, &sorted, diag);
	buffer_release(&text);
	return code;
}

Test(reader, ceiling_of_a_line)
{
	shk_diag diag;

	cr_expect_eq(read_long(SHK_SNAPSHOT_LINE_MAX, &diag), SHK_END, "%s",
		diag.message);
	cr_expect_eq(read_long(SHK_SNAPSHOT_LINE_MAX + 1, &diag), SHK_E_LIMIT);
	cr_expect_eq(diag.line, 10);
	cr_expect_not_null(strstr(diag.message, "longer than"));
}

/* Whatever happens to some bytes: read to the end, or told with a place. */
Test(reader, random_damage)
{
	static const char good[] =
		HEAD LINE("a", "x") LINE("b\\\\t", "x") LINE("c", "y");
	static const char bytes[] = "\t\n\\=;|{}#E\0\r\xff-0a";
	unsigned state = 5;
	size_t refused = 0;

	for (int round = 0; round < 3000; round++) {
		char text[sizeof(good)];
		shk_diag diag;
		size_t count;
		bool sorted;
		enum shk_code code;
		size_t size = sizeof(good) - 1;

		memcpy(text, good, sizeof(good));
		for (int i = 0; i < 1 + round % 4; i++) {
			state = state * 1103515245u + 12345u;
			text[(state >> 8) % size] =
				bytes[(state >> 4) % (sizeof(bytes) - 1)];
		}
		if (round % 7 == 0)
			size = (state >> 10) % size;
		code = read_all(text, size, &count, &sorted, &diag);
		cr_expect(code == SHK_END || code == SHK_E_INPUT,
			"round %d: %d", round, code);
		refused += code != SHK_END;
		if (code == SHK_END)
			continue;
		cr_expect_str_eq(diag.path, path, "round %d", round);
		cr_expect(diag.line > 0 || size == 0, "round %d", round);
		cr_expect_neq(diag.message[0], '\0', "round %d", round);
	}
	cr_expect_gt(refused, 1000);
	cr_expect_lt(refused, 3000);
}

Test(reader, no_file)
{
	shk_snapshot *snapshot;
	shk_diag diag = { 0 };

	cr_expect_eq(
		shk_snapshot_open(&snapshot, "/nowhere/x", &diag), SHK_E_IO);
	cr_expect_null(snapshot);
	cr_expect_str_eq(diag.path, "/nowhere/x");
}

/* A source of lines that is no file, and one that fails. */
struct source {
	const char *const *lines;
	size_t at;
};

static enum shk_code source_next(
	void *context, const char **line, size_t *size, shk_diag *diag)
{
	struct source *source = context;
	const char *next = source->lines[source->at];

	(void)diag;
	if (!next)
		return SHK_END;
	if (strcmp(next, "!") == 0)
		return SHK_E_IO;
	source->at++;
	*line = next;
	*size = strlen(next);
	return SHK_OK;
}

Test(reader, another_source)
{
	static const char *const lines[] = { "# shokan snapshot 1",
		"# engine 0", "# rulebook x", "# revision -", "# as_of -",
		"# decisions -", "# min_evidence -", "# policy {}",
		"# columns id decision revision as_of status reason values "
		"missing outcomes evidence citations facts",
		"a\tx\tr8\t\terror\t\t\t\t\t\t\t", "!", NULL };
	struct source source = { lines, 0 };
	const struct shk_snapshot_line *line;
	shk_snapshot *snapshot;
	shk_diag diag = { 0 };

	cr_assert_eq(shk_snapshot_from(&snapshot, "run 1",
			     (struct shk_line_source){ &source, source_next },
			     &diag),
		SHK_OK, "%s", diag.message);
	cr_assert_eq(shk_snapshot_next(snapshot, &line, &diag), SHK_OK);
	cr_expect_str_eq(line->cells[SHK_COLUMN_ID], "a");
	cr_expect_eq(shk_snapshot_next(snapshot, &line, &diag), SHK_E_IO);
	shk_snapshot_close(snapshot);
}

Test(reader, every_allocation_can_fail)
{
	static const char text[] = HEAD LINE("a", "x") LINE("b", "x");
	uint64_t nth = 0;
	enum shk_code code;
	shk_diag diag;

	file_put(text, sizeof(text) - 1);
	do {
		const struct shk_snapshot_line *line;
		shk_snapshot *snapshot;

		memset(&diag, 0, sizeof(diag));
		memory_stats_reset();
		memory_fail_at(++nth, true);
		code = shk_snapshot_open(&snapshot, path, &diag);
		while (!code)
			code = shk_snapshot_next(snapshot, &line, &diag);
		memory_fail_at(0, false);
		shk_snapshot_close(snapshot);
		cr_expect(code == SHK_E_MEMORY || code == SHK_END, "%d", code);
		cr_expect_eq(memory_stats().in_use, 0);
	} while (code == SHK_E_MEMORY && nth < 100);
	cr_expect_eq(code, SHK_END);
	cr_expect_gt(nth, 8);
	remove(path);
}
