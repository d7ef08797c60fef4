/*
 * A file read in parts is the file read in one go: rows, values, messages,
 * identifiers that come twice, whatever the size of the parts is.
 */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record/parts.h"
#include "record/reading.h"

static char part_path[64];

static void put(const char *ending, const char *bytes, size_t size)
{
	FILE *file;

	snprintf(part_path, sizeof(part_path), "/tmp/shokan-parts-%d%s",
		(int)getpid(), ending);
	file = fopen(part_path, "wb");
	cr_assert_not_null(file);
	cr_assert_eq(fwrite(bytes, 1, size, file), size);
	fclose(file);
}

/* Returns how many sizes could be cut. */
static size_t check(const char *path, const shk_read_options *options,
	const size_t *sizes, size_t count, const char *row)
{
	const char *whole = reading_file(path, options);
	char *expected = strdup(whole);
	size_t cut = 0;

	cr_assert_not_null(expected);
	for (size_t i = 0; i < count; i++) {
		const char *got = reading_parts(path, options, sizes[i]);

		if (!got)
			continue;
		cut++;
		cr_assert_str_eq(got, expected, "%s in parts of %zu:\n%s\n%s",
			row, sizes[i], got, expected);
	}
	free(expected);
	return cut;
}

/* Every size from 1 to that of the file and one past it. */
static void check_all(const char *ending, const char *bytes, size_t size,
	const shk_read_options *options)
{
	size_t sizes[600];
	size_t count = size + 1 < 600 ? size + 1 : 600;

	for (size_t i = 0; i < count; i++)
		sizes[i] = i + 1;
	put(ending, bytes, size);
	cr_expect_eq(check(part_path, options, sizes, count, bytes), count,
		"%s", bytes);
	unlink(part_path);
}

Test(parts, every_size_gives_the_same)
{
	static const struct {
		const char *ending;
		const char *text;
	} rows[] = {
		{ ".csv", "id,name,annual_tests\nA,x,1\nB,y,2\nC,z,3\n" },
		{ ".csv", "id,name,annual_tests\r\nA,x,1\r\nB,y,2\r\nC,z,3" },
		{ ".csv", "id,name,annual_tests\rA,x,1\rB,y,2\r\rC,z,3\r" },
		{ ".csv", "\n\r\nid,name\n\n\nA,x\r\r\nB,y\n\r\n\n" },
		{ ".csv", "id,name\nA,\"a\nb\r\nc\rd\"\"\n\"\nB,\"\"\nC,\"x,"
			  "\"\n" },
		{ ".csv", "id,\"na\"\nA,b" },
		{ ".csv",
			"\"id\",\"name\"\r\n\"A\",\"\r\n\"\r\n\"B\",\"\n\"\n" },
		/* quotes where none may be: the row ends with its line */
		{ ".csv", "id,name\nA,b\"c\nB,\"d\ne\"f\nC,\"g\nh\"\nD,"
			  "\"\"\"\ni" },
		{ ".csv", "id,name\nA,\"b\nB,c\nC,d\n" },
		{ ".csv", "id,name\nA,\"b\"x\"\nB,c\"\"\nC,\"d\n" },
		/* cells too many and too few, no identifier, twice the same */
		{ ".csv", "id,name\nA,b,c\nA\n,x\nB,y\nA,z\nB,w\nC,v\n" },
		{ ".csv", "id,name\nC,b\nB,c\nC,d\nA,e\nA,f\nB,g\n" },
		{ ".csv", "id,name\nP9,b\nP10,c\nP11,d\nP2,e\nP10,f\n" },
		{ ".csv", "id,annual_tests\nA,8oo\nB,1\nA,2\nC,x\n" },
		{ ".tsv", "id\tname\nA\t\"b\tc\n\"\nB\td,\"\nC\te\n" },
		{ ".jsonl", "{\"id\":\"A\"}\n{\"id\":\"B\",\"name\":\"x\\\"\n"
			    "{\"id\":\"A\"}\r\n\n{\"id\":\n\"C\"}\n{\"id\":"
			    "\"D\"}" },
		{ ".json",
			"{\"id\":\"A\"}\n{\"id\":\"B\"} x\n{\"id\":\"A\"}\n" },
	};

	reading_schema();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_all(rows[i].ending, rows[i].text, strlen(rows[i].text),
			NULL);
	reading_release();
}

Test(parts, encodings)
{
	static const char cp932[] = "id,name\nA,\x83\x5C\x95\x5C\n"
				    "B,\"\x83\x5C\n\"\nC,\xB1\n";
	static const char cut_cp932[] = "id,name\nA,\x83\x5C\nB,\x83\nC,x\n";
	static const char utf8[] = "\xEF\xBB\xBFid,name\nA,\xE8\xA1\xA8\n"
				   "B,\xE8\xA1\nC,x\nD,\xFF\n";
	static const char nul[] = "id,name\nA,b\nB,\0\nC,x\n";
	const shk_read_options stated = { .encoding = SHK_ENCODING_CP932 };
	const shk_read_options lines = { .format = SHK_FORMAT_JSONL };

	reading_schema();
	check_all(".csv", cp932, sizeof(cp932) - 1, NULL);
	check_all(".csv", cp932, sizeof(cp932) - 1, &stated);
	check_all(".csv", cut_cp932, sizeof(cut_cp932) - 1, &stated);
	check_all(".csv", utf8, sizeof(utf8) - 1, NULL);
	check_all(".csv", nul, sizeof(nul) - 1, NULL);
	check_all(".x", "{\"id\":\"A\"}\n\xFF\n\xEF\xBB\xBF{\"id\":\"A\"}\n",
		27, &lines);
	reading_release();
}

/* Bytes that matter, at random; the same on every machine. */
Test(parts, random_bytes)
{
	static const char alphabet[] = "\"\"\"\n\n\r,,AB12";
	uint32_t seed = 20260601;
	size_t sizes[] = { 1, 2, 3, 5, 8, 13, 21, 34 };

	reading_schema();
	for (int round = 0; round < 400; round++) {
		char text[128] = "id,name\n";

		for (size_t at = 8; at < sizeof(text) - 1; at++) {
			seed = seed * 1664525u + 1013904223u;
			text[at] =
				alphabet[(seed >> 16) % (sizeof(alphabet) - 1)];
		}
		put(".csv", text, sizeof(text) - 1);
		cr_assert_eq(check(part_path, NULL, sizes,
				     sizeof(sizes) / sizeof(sizes[0]), text),
			sizeof(sizes) / sizeof(sizes[0]));
	}
	unlink(part_path);
	reading_release();
}

Test(parts, every_fixture)
{
	static const char *const folders[] = { "products", "bad" };
	static const size_t sizes[] = { 1, 7, 64, 1000 };
	size_t cut = 0;

	reading_schema();
	for (size_t i = 0; i < 2; i++) {
		char folder[512];
		const struct dirent *entry;
		DIR *listing;

		snprintf(folder, sizeof(folder), SOURCE_FOLDER "/fixtures/%s",
			folders[i]);
		listing = opendir(folder);
		cr_assert_not_null(listing);
		while ((entry = readdir(listing))) {
			char path[1024];

			if (!strstr(entry->d_name, ".csv") &&
				!strstr(entry->d_name, ".tsv") &&
				!strstr(entry->d_name, ".json"))
				continue;
			snprintf(path, sizeof(path), "%s/%s", folder,
				entry->d_name);
			cut += check(path, NULL, sizes, 4, path);
		}
		closedir(listing);
	}
	cr_expect_gt(cut, 200);
	reading_release();
}

/* JSON in one piece and a header that is no table are read in one go. */
/* A part grows up to here for a record that has no end; it is refused as it
   is in one go. */
Test(parts, a_record_longer_than_a_part_grows)
{
	const size_t sizes[] = { 1 };
	const size_t size = PARTS_GROWN_MAX;
	struct buffer text;

	reading_schema();
	buffer_init(&text);
	buffer_text(&text, "id,name\nA,a\nB,\"");
	memset(buffer_room(&text, size), 'n', size);
	text.size += size;
	buffer_text(&text, "\"\r\nC,c\n");
	put(".csv", text.data, text.size);
	cr_expect_eq(check(part_path, NULL, sizes, 1, "long"), 1);
	unlink(part_path);
	buffer_release(&text);
	reading_release();
}

Test(parts, what_cannot_be_cut)
{
	static const struct {
		const char *ending;
		const char *text;
	} rows[] = { { ".json", "[{\"id\":\"A\"}]" },
		{ ".json", "{\"id\":\n\"A\"}" },
		{ ".xml", "<products><product><id>A</id></product></"
			  "products>" } };

	reading_schema();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		put(rows[i].ending, rows[i].text, strlen(rows[i].text));
		cr_expect_null(
			reading_parts(part_path, NULL, 1), "%s", rows[i].text);
	}
	unlink(part_path);
	reading_release();
}
