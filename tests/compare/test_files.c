/*
 * Approved changes and quantities: what is read, what is refused, and what
 * they do to a comparison.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "base/memory.h"
#include "compare/approved.h"
#include "compare/pairing.h"
#include "compare/volumes.h"

#define HEAD	    PAIRING_HEAD("r8", "{}")
#define PRICE(i, v) i "\td\tr8\t\tdetermined\t\t" v "\t\t\tE0\tS1 L1\t\n"

static char path[64];

static void file_put(const char *text)
{
	FILE *file;
	int descriptor;

	snprintf(path, sizeof(path), "/tmp/shokan-files-XXXXXX");
	descriptor = mkstemp(path);
	cr_assert_geq(descriptor, 0);
	file = fdopen(descriptor, "w");
	fputs(text, file);
	fclose(file);
}

static shk_approved *approve(const char *text)
{
	shk_approved *approved;
	shk_diag diag = { 0 };

	file_put(text);
	cr_assert_eq(shk_approved_read(&approved, path, &diag), SHK_OK, "%s",
		diag.message);
	unlink(path);
	return approved;
}

Test(approved, lines)
{
	shk_approved *approved = approve("# why\n\n  a d v 1 -> 2  \n"
					 "a d v 1 -> 2\n"
					 "* d v 3 -> 4\r\n"
					 "b d v 3 -> 5\n");
	static const struct {
		const char *line;
		bool there;
	} rows[] = { { "a d v 1 -> 2", true }, { "a d v 1 -> 3", false },
		{ "b d v 1 -> 2", false }, { "x d v 3 -> 4", true },
		{ "a d v 3 -> 4", true }, { "\\* d v 3 -> 4", true },
		{ "b d v 3 -> 5", true }, { "a d v 3 -> 5", false },
		{ "z d v 3 -> 40", false }, { "z d w 3 -> 4", false } };

	cr_expect_eq(approved->count, 3);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_eq(approved_find(approved, rows[i].line) >= 0,
			rows[i].there, "row %zu: %s", i, rows[i].line);
	shk_approved_free(approved);
}

Test(approved, damage)
{
	static const struct {
		const char *text, *message;
		long line;
	} rows[] = {
		{ "a d v 1 -> 2\nrubbish\n", "no change; a line is", 2 },
		{ "a d v 1 2\n", "no change", 1 },
		{ "a  v 1 -> 2\n", "no change", 1 },
		{ "# \xff is a comment\na\xff d v 1 -> 2\n", "not UTF-8", 2 },
		{ "a d v 1 -> 2", "cut off", 1 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		shk_approved *approved;
		shk_diag diag = { 0 };

		file_put(rows[i].text);
		cr_expect_eq(shk_approved_read(&approved, path, &diag),
			SHK_E_INPUT, "row %zu", i);
		cr_expect_null(approved);
		cr_expect_eq(diag.line, rows[i].line, "row %zu", i);
		cr_expect_str_eq(diag.path, path);
		cr_expect_not_null(strstr(diag.message, rows[i].message),
			"row %zu: %s", i, diag.message);
		unlink(path);
	}
}

Test(approved, in_a_comparison)
{
	struct pairing pairing;
	shk_approved *approved =
		approve("a d v 1 -> 2\n* d w 5 -> 6\nz d v 1 -> 9\n");
	const char *before = HEAD PRICE("a", "v=1;w=5") PRICE("b", "v=1;w=5");
	const char *after = HEAD PRICE("a", "v=2;w=6") PRICE("b", "v=2;w=6");

	pairing_init(&pairing);
	pairing.options.approved = approved;
	pairing_run(&pairing, before, after, SHK_CHANGES_TEXT);
	cr_expect_str_eq(pairing.said.data,
		"a  d  approved\n"
		"  v                 1 -> 2  (+1)\n"
		"  w                 5 -> 6  (+1)\n"
		"  because           no fact, parameter or rule differs: one "
		"of "
		"the two was edited\n"
		"\n"
		"b  d\n"
		"  v                 1 -> 2  (+1)\n"
		"  w                 5 -> 6  (+1)\n"
		"  because           no fact, parameter or rule differs: one "
		"of "
		"the two was edited\n"
		"\n"
		"d: 0 the same, 2 changed, 1 of these approved\n"
		"  determined -> determined: 2\n"
		"approved, but did not happen: z d v 1 -> 9\n",
		"%s", pairing.said.data);
	pairing_release(&pairing);
	shk_approved_free(approved);
}

#define VOLUMES "code,name,setting,quantity,suppressed\n"

static shk_volumes *quantities(const char *text)
{
	shk_volumes *volumes;
	shk_diag diag = { 0 };

	file_put(text);
	cr_assert_eq(shk_volumes_read(&volumes, path, &diag), SHK_OK, "%s",
		diag.message);
	unlink(path);
	return volumes;
}

Test(volumes, damage)
{
	static const struct {
		const char *text, *message;
		long line, column;
	} rows[] = {
		{ "", "the file is empty", 0, 0 },
		{ "code,quantity\n", "no column suppressed", 1, 0 },
		{ VOLUMES "1,x,i,1\n", "the row has 4 cells", 2, 0 },
		{ VOLUMES "1,x,i,abc,0\n", "no quantity", 2, 4 },
		{ VOLUMES "1,x,i,-1,0\n", "no quantity", 2, 4 },
		{ VOLUMES "1,x,i,,0\n", "no quantity", 2, 4 },
		{ VOLUMES "1,x,i,5,1\n", "is empty", 2, 4 },
		{ VOLUMES "1,x,i,5,maybe\n", "write 1 for a quantity", 2, 5 },
		{ VOLUMES ",x,i,5,0\n", "no code", 2, 1 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		shk_volumes *volumes;
		shk_diag diag = { 0 };

		file_put(rows[i].text);
		cr_expect_eq(shk_volumes_read(&volumes, path, &diag),
			SHK_E_INPUT, "row %zu", i);
		cr_expect_null(volumes);
		cr_expect_not_null(strstr(diag.message, rows[i].message),
			"row %zu: %s", i, diag.message);
		cr_expect_str_eq(diag.path, path, "row %zu", i);
		cr_expect_eq(
			diag.line, rows[i].line, "row %zu: %ld", i, diag.line);
		cr_expect_eq(diag.column, rows[i].column, "row %zu: %ld", i,
			diag.column);
		unlink(path);
	}
}

/* A file of `count` lines that only differ in their number. */
static void file_many(const char *head, const char *format, size_t count)
{
	FILE *file;
	int descriptor;

	snprintf(path, sizeof(path), "/tmp/shokan-files-XXXXXX");
	descriptor = mkstemp(path);
	cr_assert_geq(descriptor, 0);
	file = fdopen(descriptor, "w");
	fputs(head, file);
	for (size_t i = 0; i < count; i++)
		fprintf(file, "%zu%s", i, format);
	fclose(file);
}

Test(files, ceilings)
{
	for (int past = 0; past < 2; past++) {
		enum shk_code wanted = past ? SHK_E_LIMIT : SHK_OK;
		shk_approved *approved;
		shk_volumes *volumes;
		shk_diag diag = { 0 };

		file_many("", " d v 1 -> 2\n",
			(size_t)SHK_APPROVED_MAX + (size_t)past);
		cr_expect_eq(shk_approved_read(&approved, path, &diag), wanted,
			"%s", diag.message);
		shk_approved_free(approved);
		unlink(path);
		memset(&diag, 0, sizeof(diag));
		file_many("code,quantity,suppressed\n", ",1,0\n",
			(size_t)SHK_VOLUMES_MAX + (size_t)past);
		cr_expect_eq(shk_volumes_read(&volumes, path, &diag), wanted,
			"%s", diag.message);
		shk_volumes_free(volumes);
		unlink(path);
	}
}

/*
 * a: +500 yen, outpatient 10.5 and inpatient 2: 6250. b: -0.1 yen, 3, and one
 * quantity held back: -0.3. c: held back only. e: no quantity. f: no price on
 * one side. g: no price at all, so nothing to weigh.
 */
Test(volumes, impact)
{
	shk_volumes *volumes = quantities(VOLUMES
		"a,\"x, y\",outpatient,10.5,0\na,x,inpatient,2,0\n"
		"b,x,outpatient,3,0\nb,x,inpatient,,1\nc,x,inpatient,,1\n"
		"f,x,inpatient,7,0\n");
	const char *before =
		HEAD PRICE("a", "price=1000") PRICE("b", "price=1.3")
			PRICE("c", "price=1") PRICE("e", "price=1")
				PRICE("f", "price=1") PRICE("g", "v=1");
	const char *after = HEAD PRICE("a", "price=1500") PRICE(
		"b", "price=1.2") PRICE("c", "price=2") PRICE("e", "price=2")
		PRICE("f", "price=undetermined{1|2}") PRICE("g", "v=2");
	struct pairing pairing;

	pairing_init(&pairing);
	pairing.options.volumes = volumes;
	pairing_run(&pairing, before, after, SHK_CHANGES_JSON);
	for (size_t i = 0; i < 5; i++) {
		static const char *const impacts[] = {
			"\"impact\":{\"yen\":6250,\"suppressed\":0,"
			"\"unlisted\":false,\"no_price\":false}",
			"\"impact\":{\"yen\":-0.3,\"suppressed\":1,"
			"\"unlisted\":false,\"no_price\":false}",
			"\"impact\":{\"yen\":null,\"suppressed\":1,"
			"\"unlisted\":false,\"no_price\":false}",
			"\"impact\":{\"yen\":null,\"suppressed\":0,"
			"\"unlisted\":true,\"no_price\":false}",
			"\"impact\":{\"yen\":null,\"suppressed\":0,"
			"\"unlisted\":false,\"no_price\":true}",
		};

		cr_expect_not_null(strstr(pairing.said.data, impacts[i]),
			"row %zu: %s", i, pairing.said.data);
	}
	/* 6250 - 0.3; four are not in it, or not wholly */
	cr_expect_not_null(
		strstr(pairing.said.data, "\"yen\":6249.7,\"weighed\":2,"
					  "\"unweighed\":4}"),
		"%s", pairing.said.data);
	pairing_run(&pairing, before, after, SHK_CHANGES_TEXT);
	cr_expect_not_null(strstr(
		pairing.said.data, "  impact            6250 yen a year\n"));
	cr_expect_not_null(strstr(pairing.said.data,
		"  impact            -0.3 yen a year, held-back "
		"quantities not in it: 1\n"));
	cr_expect_not_null(strstr(pairing.said.data,
		"  impact: 6249.7 yen a year; 4 not in it, or not wholly\n"));
	pairing_release(&pairing);
	shk_volumes_free(volumes);
}

/* The official quantities: 1,063 codes, 277 of the rows held back. */
Test(volumes, official)
{
	shk_volumes *volumes;
	shk_diag diag = { 0 };
	const char *file = SHARED_FOLDER "/data/material-volumes-fy2022.csv";
	const struct volume *volume;

	if (access(file, R_OK) != 0)
		cr_skip_test("skipped, no %s", file);
	cr_assert_eq(shk_volumes_read(&volumes, file, &diag), SHK_OK, "%s",
		diag.message);
	volume = volumes_find(volumes, "732690000");
	cr_assert_not_null(volume);
	/* 780794 outpatient, 42721 inpatient */
	cr_expect_eq(num_compare(volume->quantity, num_from_int(823515)), 0);
	cr_expect_eq(volume->told, 2);
	cr_expect_null(volumes_find(volumes, "000000000"));
	shk_volumes_free(volumes);
}

Test(files, every_allocation_can_fail)
{
	uint64_t nth = 0;
	enum shk_code code;

	file_put(VOLUMES "a,x,i,1,0\nb,x,i,2,0\na,x,o,,1\n");
	do {
		shk_volumes *volumes;

		memory_stats_reset();
		memory_fail_at(++nth, true);
		code = shk_volumes_read(&volumes, path, NULL);
		memory_fail_at(0, false);
		shk_volumes_free(volumes);
		cr_expect(code == SHK_E_MEMORY || code == SHK_OK, "%d", code);
		cr_expect_eq(memory_stats().in_use, 0);
	} while (code == SHK_E_MEMORY && nth < 100);
	cr_expect_eq(code, SHK_OK);
	unlink(path);
	nth = 0;
	file_put("a d v 1 -> 2\nb d v 1 -> 2\n");
	do {
		shk_approved *approved;

		memory_stats_reset();
		memory_fail_at(++nth, true);
		code = shk_approved_read(&approved, path, NULL);
		memory_fail_at(0, false);
		shk_approved_free(approved);
		cr_expect(code == SHK_E_MEMORY || code == SHK_OK, "%d", code);
		cr_expect_eq(memory_stats().in_use, 0);
	} while (code == SHK_E_MEMORY && nth < 100);
	cr_expect_eq(code, SHK_OK);
	unlink(path);
}
