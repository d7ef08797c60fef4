/*
 * Receipts: their lines byte for byte, the chain, and that no change to one
 * goes unnoticed.
 */
#define _XOPEN_SOURCE 700 /* mkstemp */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include <shokan/shokan.h>

#include "base/memory.h"
#include "report/receipt.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

#define RULES	SOURCE_FOLDER "/rules"
#define RECORDS SOURCE_FOLDER "/fixtures/products/rare-disease.csv"

static shk_rulebook *book;
static shk_schema *schema;
static char path[64];

static void open_rules(void)
{
	shk_diag diag = { 0 };

	cr_assert_eq(shk_rulebook_load(&book, RULES, &diag), SHK_OK, "%s",
		diag.message);
	cr_assert_eq(shk_schema_of(&schema, book, &diag), SHK_OK, "%s",
		diag.message);
}

static void close_rules(void)
{
	shk_schema_free(schema);
	shk_rulebook_free(book);
}

static bool collect(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return true;
}

static bool refuse(void *context, const char *data, size_t size)
{
	(void)context, (void)data;
	return size == 0;
}

struct making {
	shk_report *report;
	shk_receipt *receipt;
	struct buffer line;
};

static enum shk_code make_result(void *context, const shk_result *result)
{
	struct making *making = context;
	shk_diag diag = { 0 };

	buffer_clear(&making->line);
	cr_assert_eq(shk_report_result(making->report, result, &diag), SHK_OK);
	cr_assert_eq(shk_report_finish(making->report, &diag), SHK_OK);
	cr_assert_eq(shk_receipt_lines(making->receipt, making->line.data,
			     making->line.size, &diag),
		SHK_OK, "%s", diag.message);
	return SHK_OK;
}

/* A receipt of the first `count` example records under r8. */
static void make_receipt(struct buffer *out, int count)
{
	const shk_price_options pricing = {
		.revision = "r8", .facts = true, .flips = true
	};
	const shk_report_options writing = { .format = SHK_REPORT_SNAPSHOT };
	const struct shk_snapshot_header header = { .engine = shk_version(),
		.rulebook = shk_rulebook_hash(book),
		.revision = "r8",
		.policy = "{}" };
	const shk_read_options reading = { .format = SHK_FORMAT_AUTO };
	struct making making;
	shk_pricer *pricer;
	shk_records *records;
	shk_record *record;
	shk_diag diag = { 0 };

	buffer_init(out);
	buffer_init(&making.line);
	cr_assert_eq(shk_receipt_new(&making.receipt, &header,
			     (shk_sink){ out, collect }, &diag),
		SHK_OK);
	cr_assert_eq(shk_report_new(&making.report, &writing,
			     (shk_sink){ &making.line, collect }, &diag),
		SHK_OK);
	cr_assert_eq(
		shk_pricer_new(&pricer, book, schema, &pricing, &diag), SHK_OK);
	cr_assert_eq(
		shk_records_open(&records, schema, RECORDS, &reading, &diag),
		SHK_OK);
	while (count-- > 0 &&
		shk_records_next(records, &record, &diag) == SHK_OK)
		cr_assert_eq(shk_pricer_price(pricer, record, make_result,
				     &making, &diag),
			SHK_OK);
	cr_assert_eq(shk_receipt_finish(making.receipt, &diag), SHK_OK);
	shk_records_close(records);
	shk_pricer_free(pricer);
	shk_report_free(making.report);
	shk_receipt_free(making.receipt);
	buffer_release(&making.line);
}

static void put(const char *data, size_t size)
{
	FILE *stream;

	if (!path[0]) {
		int file;

		snprintf(path, sizeof(path), "/tmp/receipt_test_XXXXXX");
		file = mkstemp(path);
		cr_assert_geq(file, 0);
		close(file);
	}
	stream = fopen(path, "wb");
	cr_assert_not_null(stream);
	cr_assert_eq(fwrite(data, 1, size, stream), size);
	cr_assert_eq(fclose(stream), 0);
}

/* Repeat what is in the file. The outcome's texts go with the replay. */
static enum shk_code replay(
	shk_replay **out, shk_replay_outcome *outcome, shk_diag *diag)
{
	enum shk_code code;

	memset(diag, 0, sizeof(*diag));
	*outcome = (shk_replay_outcome){ .line = 0 };
	code = shk_replay_open(out, path, diag);
	return code ? code : shk_replay_run(*out, book, schema, outcome, diag);
}

/* The same when only the code is asked for. */
static enum shk_code replay_code(shk_replay_outcome *outcome, shk_diag *diag)
{
	shk_replay *run;
	enum shk_code code = replay(&run, outcome, diag);

	shk_replay_close(run);
	return code;
}

/* By hand, after RFC 8785: names in byte order, shortest escapes, no blank. */
Test(receipt, lines_are_canonical_and_can_be_taken_apart)
{
	static const char expected[] =
		"{\"as_of\":\"2026-06-01\",\"citations\":\"S1 L1|S2 p\","
		"\"decision\":\"d\",\"evidence\":\"E0\",\"facts\":{\"a\":\"1;"
		"\\\\\",\"b\":\"x=y\"},\"id\":\"q\\\"\\\\\\b\\t\\n\\f\\r"
		"\\u0001\\u001f\x7F\xE7\x94\xBA/\",\"missing\":\"\","
		"\"outcomes\":\"1|2\",\"previous\":\"sha256:00\","
		"\"reason\":\"\",\"revision\":\"r8\",\"status\":"
		"\"determined\",\"values\":\"v=1\"}";
	struct receipt_line line = { .previous = "sha256:00",
		.cells = { "q\"\\\b\t\n\f\r\x01\x1F\x7F\xE7\x94\xBA/", "d",
			"r8", "2026-06-01", "determined", "", "v=1", "", "1|2",
			"E0", "S1 L1|S2 p", "a=1\\;\\\\;b=x=y" } };
	struct receipt_line back;
	struct buffer out;
	char room[1000];

	buffer_init(&out);
	receipt_print_line(&out, &line);
	cr_assert_str_eq(out.data, expected);
	cr_assert_leq(receipt_room(out.size), sizeof(room));
	cr_assert(receipt_take_line(
		(struct text){ out.data, out.size }, room, &back));
	for (int i = 0; i < SHK_COLUMN_COUNT; i++)
		cr_expect_str_eq(back.cells[i], line.cells[i], "column %d", i);
	cr_expect_str_eq(back.previous, line.previous);
	buffer_release(&out);
}

Test(receipt, takes_no_other_form_of_a_line)
{
#define BEFORE                                                                 \
	"{\"as_of\":\"\",\"citations\":\"\",\"decision\":\"\",\"evidence\":"   \
	"\"\",\"facts\":"
#define MIDDLE ",\"id\":"
#define AFTER                                                                  \
	",\"missing\":\"\",\"outcomes\":\"\",\"previous\":\"\",\"reason\":"    \
	"\"\",\"revision\":\"\",\"status\":\"\",\"values\":\"\"}"
	static const struct {
		const char *line;
		bool taken;
	} rows[] = {
		{ BEFORE "{}" MIDDLE "\"\"" AFTER, true },
		{ BEFORE "{\"a\":\"1\"}" MIDDLE "\"\"" AFTER, true },
		{ BEFORE "{\"a\":1}" MIDDLE "\"\"" AFTER, false },
		{ BEFORE "{\"a\":\"1\",}" MIDDLE "\"\"" AFTER, false },
		{ BEFORE "{,\"a\":\"1\"}" MIDDLE "\"\"" AFTER, false },
		{ BEFORE "{\"\":\"1\"}" MIDDLE "\"\"" AFTER, false },
		{ BEFORE "{\"a=b\":\"1\"}" MIDDLE "\"\"" AFTER, false },
		{ BEFORE "{\"a;b\":\"1\"}" MIDDLE "\"\"" AFTER, false },
		{ BEFORE "{\"a\" :\"1\"}" MIDDLE "\"\"" AFTER, false },
		{ BEFORE "{}" MIDDLE "null" AFTER, false },
		{ BEFORE "{}" MIDDLE "\"\\/\"" AFTER, false },
		{ BEFORE "{}" MIDDLE "\"\\u0041\"" AFTER, false },
		{ BEFORE "{}" MIDDLE "\"\\u000a\"" AFTER, false },
		{ BEFORE "{}" MIDDLE "\"\\u001F\"" AFTER, false },
		{ BEFORE "{}" MIDDLE "\"\\u0000\"" AFTER, false },
		{ BEFORE "{}" MIDDLE "\"\\u001f\"" AFTER, true },
		{ BEFORE "{}" MIDDLE "\"\t\"" AFTER, false },
		{ BEFORE "{}" MIDDLE "\"" AFTER, false },
		{ BEFORE "{}" MIDDLE "\"\\", false },
		{ BEFORE "{}" MIDDLE "\"\\u00", false },
		{ BEFORE "{}" MIDDLE "\"\"" AFTER " ", false },
		{ " " BEFORE "{}" MIDDLE "\"\"" AFTER, false },
		{ BEFORE, false },
		{ "", false },
	};
	struct receipt_line line;
	char room[1000];

	for (size_t i = 0; i < COUNT(rows); i++)
		cr_expect_eq(
			receipt_take_line(text_of(rows[i].line), room, &line),
			rows[i].taken, "row %zu: %s", i, rows[i].line);
}

Test(receipt, ends_with_one_form_of_its_count)
{
	static const struct {
		const char *number;
		bool taken;
	} rows[] = { { "0", true }, { "7", true },
		{ "123456789012345678", true },
		{ "1234567890123456789", false }, { "", false },
		{ "01", false }, { "-1", false }, { "1.0", false },
		{ "1 ", false } };
	char line[200], room[500];
	const char *previous;
	uint64_t results;

	for (size_t i = 0; i < COUNT(rows); i++) {
		snprintf(line, sizeof(line),
			"{\"end\":\"receipt\",\"previous\":\"p\",\"results\":%s"
			"}",
			rows[i].number);
		cr_expect_eq(receipt_take_end(
				     text_of(line), room, &previous, &results),
			rows[i].taken, "%s", rows[i].number);
	}
}

/* The chain, computed here again; then every result confirmed. */
Test(receipt, is_a_chain_and_is_confirmed, .init = open_rules,
	.fini = close_rules)
{
	struct buffer bytes;
	char wanted[SHK_HASH_TEXT + 20], hash[SHK_HASH_TEXT];
	shk_replay_outcome outcome;
	shk_hash *state;
	shk_diag diag = { 0 };
	char *line, *end;
	int lines = 0;

	make_receipt(&bytes, 5);
	cr_assert_eq(shk_hash_new(&state, &diag), SHK_OK);
	for (line = bytes.data; (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		if (lines++ > 0)
			cr_expect_not_null(
				strstr(line, wanted), "line %d", lines);
		shk_hash_add(state, line, strlen(line));
		shk_hash_finish(state, hash);
		snprintf(wanted, sizeof(wanted), "\"previous\":\"%s\"", hash);
		*end = '\n';
	}
	cr_expect_eq(lines, 7);
	shk_hash_free(state);
	put(bytes.data, bytes.size);
	cr_expect_eq(replay_code(&outcome, &diag), SHK_OK, "%s", diag.message);
	cr_expect_eq(outcome.results, 5u);
	cr_expect_eq(outcome.different, 0u);
	unlink(path);
	buffer_release(&bytes);
}

Test(receipt, of_no_result_is_one_too, .init = open_rules, .fini = close_rules)
{
	struct buffer bytes;
	shk_replay_outcome outcome;
	shk_diag diag;

	make_receipt(&bytes, 0);
	put(bytes.data, bytes.size);
	cr_expect_eq(replay_code(&outcome, &diag), SHK_OK, "%s", diag.message);
	cr_expect_eq(outcome.results, 0u);
	unlink(path);
	buffer_release(&bytes);
}

/* Every byte in turn, the line feeds too. */
Test(receipt, of_which_any_byte_was_changed_is_refused, .init = open_rules,
	.fini = close_rules, .timeout = 300)
{
	struct buffer bytes;
	shk_replay_outcome outcome;
	shk_diag diag;

	make_receipt(&bytes, 2);
	for (size_t i = 0; i < bytes.size; i++) {
		enum shk_code code;

		bytes.data[i] ^= 1 << (i % 7);
		put(bytes.data, bytes.size);
		code = replay_code(&outcome, &diag);
		cr_expect(code == SHK_E_INPUT || code == SHK_E_RULES,
			"byte %zu: %d %s", i, (int)code, diag.message);
		cr_expect_neq(diag.message[0], '\0');
		bytes.data[i] ^= 1 << (i % 7);
	}
	unlink(path);
	buffer_release(&bytes);
}

Test(receipt, that_was_cut_is_refused_at_its_line, .init = open_rules,
	.fini = close_rules, .timeout = 300)
{
	struct buffer bytes;
	shk_replay_outcome outcome;
	shk_diag diag;
	long line = 1;

	make_receipt(&bytes, 2);
	for (size_t size = 0; size < bytes.size; size++) {
		put(bytes.data, size);
		cr_expect_eq(replay_code(&outcome, &diag), SHK_E_INPUT,
			"%zu bytes: %s", size, diag.message);
		/* behind a line feed the line before it is the last */
		if (size > 0 && bytes.data[size - 1] != '\n')
			cr_expect_eq(diag.line, line, "%zu bytes: line %ld",
				size, diag.line);
		line += bytes.data[size] == '\n';
	}
	unlink(path);
	buffer_release(&bytes);
}

/* Lines of the receipt in another order: -1 ends it. */
static void put_lines(const struct buffer *bytes, const int *order)
{
	struct buffer out;

	buffer_init(&out);
	for (; *order >= 0; order++) {
		const char *line = bytes->data;

		for (int i = 0; i < *order; i++)
			line = strchr(line, '\n') + 1;
		buffer_add(&out, line, (size_t)(strchr(line, '\n') - line) + 1);
	}
	put(out.data, out.size);
	buffer_release(&out);
}

Test(receipt, whose_lines_were_moved_is_refused_at_the_line, .init = open_rules,
	.fini = close_rules)
{
	static const struct {
		int order[8];
		long line;
	} rows[] = {
		{ { 0, 2, 3, 4, -1 }, 2 },
		{ { 0, 1, 3, 4, -1 }, 3 },
		{ { 0, 1, 2, 4, -1 }, 4 },
		{ { 0, 2, 1, 3, 4, -1 }, 2 },
		{ { 0, 1, 1, 2, 3, 4, -1 }, 3 },
		{ { 0, 4, -1 }, 2 },
		{ { 1, 2, 3, 4, -1 }, 1 },
		{ { 0, 1, 2, 3, 4, 4, -1 }, 6 },
		{ { 0, 0, 1, 2, 3, 4, -1 }, 2 },
		{ { 0, 1, 2, 3, -1 }, 4 },
	};
	struct buffer bytes;
	shk_replay_outcome outcome;
	shk_diag diag;

	make_receipt(&bytes, 3);
	for (size_t i = 0; i < COUNT(rows); i++) {
		put_lines(&bytes, rows[i].order);
		cr_expect_eq(replay_code(&outcome, &diag), SHK_E_INPUT,
			"row %zu: %s", i, diag.message);
		cr_expect_eq(diag.line, rows[i].line, "row %zu: line %ld: %s",
			i, diag.line, diag.message);
		cr_expect_str_eq(diag.path, path, "row %zu", i);
	}
	unlink(path);
	buffer_release(&bytes);
}

/* The receipt with `from` as `to` in its text and the chain made anew. */
static void put_forged(
	const struct buffer *bytes, const char *from, const char *to)
{
	struct buffer changed, out;
	const char *at = strstr(bytes->data, from);
	char hash[SHK_HASH_TEXT];
	shk_hash *state;
	char *line, *end, *previous;

	cr_assert_not_null(at, "%s", from);
	buffer_init(&changed);
	buffer_init(&out);
	buffer_add(&changed, bytes->data, (size_t)(at - bytes->data));
	buffer_text(&changed, to);
	buffer_text(&changed, at + strlen(from));
	cr_assert_eq(shk_hash_new(&state, NULL), SHK_OK);
	for (line = changed.data; (end = strchr(line, '\n')); line = end + 1) {
		previous = strstr(line, "\"previous\":\"sha256:");
		if (line != changed.data)
			memcpy(previous + strlen("\"previous\":\""), hash,
				strlen(hash));
		shk_hash_add(state, line, (size_t)(end - line));
		shk_hash_finish(state, hash);
	}
	shk_hash_free(state);
	put(changed.data, changed.size);
	buffer_release(&changed);
	buffer_release(&out);
}

/* By hand: 150 tests a year are row 6 of the table, 1.5 (S001 L1397); 250 are
   row 5, 1.4 (L1396); without the word the column (1) does not hold. */
Test(receipt, that_says_something_else_is_different, .init = open_rules,
	.fini = close_rules)
{
	static const struct {
		const char *from, *to, *field, *was, *is;
	} rows[] = {
		{ "coefficient=1.5;", "coefficient=1.6;", "values",
			"coefficient=1.6;", "coefficient=1.5;" },
		{ "\"status\":\"determined\"", "\"status\":\"conflict\"",
			"status", "conflict", "determined" },
		{ "\"annual_tests\":\"150\"", "\"annual_tests\":\"250\"",
			"values", "coefficient=1.5;", "coefficient=1.4;" },
		{ "\"annual_tests\":\"150\"", "\"annual_tests\":\"15o\"",
			"facts", "annual_tests=15o", "" },
		{ "\"decision\":\"rare_disease_coefficient\"",
			"\"decision\":\"rare\"", "decision", "rare", "" },
		{ "\"evidence\":\"E0\"", "\"evidence\":\"E1\"", "evidence",
			"E1", "E0" },
		{ "\"missing\":\"points_rounding\"", "\"missing\":\"\"",
			"missing", "", "points_rounding" },
	};
	struct buffer bytes;

	make_receipt(&bytes, 3);
	for (size_t i = 0; i < COUNT(rows); i++) {
		shk_replay_outcome outcome;
		shk_replay *run;
		shk_diag diag;

		put_forged(&bytes, rows[i].from, rows[i].to);
		cr_expect_eq(replay(&run, &outcome, &diag), SHK_OK,
			"row %zu: %s", i, diag.message);
		cr_assert_eq(outcome.different, 1u, "row %zu", i);
		cr_expect_eq(outcome.line, 2, "row %zu", i);
		cr_expect_str_eq(outcome.id, "EX-RD1", "row %zu", i);
		cr_expect_str_eq(outcome.field, rows[i].field, "row %zu", i);
		cr_expect(strncmp(outcome.was, rows[i].was,
				  strlen(rows[i].was)) == 0,
			"row %zu: was %s", i, outcome.was);
		cr_expect(strncmp(outcome.is, rows[i].is, strlen(rows[i].is)) ==
				  0,
			"row %zu: is %s", i, outcome.is);
		shk_replay_close(run);
	}
	unlink(path);
	buffer_release(&bytes);
}

Test(receipt, of_other_rules_is_refused, .init = open_rules,
	.fini = close_rules)
{
	struct buffer bytes;
	shk_replay_outcome outcome;
	shk_diag diag;
	char other[SHK_HASH_TEXT];

	make_receipt(&bytes, 1);
	snprintf(other, sizeof(other), "%s", shk_rulebook_hash(book));
	other[20] = other[20] == '0' ? '1' : '0';
	put_forged(&bytes, shk_rulebook_hash(book), other);
	cr_expect_eq(replay_code(&outcome, &diag), SHK_E_RULES);
	cr_expect_not_null(strstr(diag.message, other));
	cr_expect_not_null(strstr(diag.message, "--rules"));
	unlink(path);
	buffer_release(&bytes);
}

Test(receipt, that_cannot_be_written_is_told)
{
	const struct shk_snapshot_header header = { .engine = "1" };
	shk_receipt *receipt;
	shk_diag diag = { 0 };

	cr_expect_eq(shk_receipt_new(&receipt, &header,
			     (shk_sink){ NULL, refuse }, &diag),
		SHK_E_IO);
	cr_expect_null(receipt);
}

Test(receipt, replay_fails_cleanly_at_every_allocation, .init = open_rules,
	.fini = close_rules, .timeout = 300)
{
	struct buffer bytes;
	shk_replay_outcome outcome;
	shk_diag diag;
	uint64_t total;
	int64_t before;

	make_receipt(&bytes, 2);
	put(bytes.data, bytes.size);
	cr_assert_eq(replay_code(&outcome, &diag), SHK_OK);
	before = memory_stats().in_use;
	memory_stats_reset();
	cr_assert_eq(replay_code(&outcome, &diag), SHK_OK);
	total = memory_stats().calls;
	for (uint64_t nth = 1; nth <= total; nth++) {
		memory_fail_at(nth, nth % 2 == 0);
		cr_expect_eq(replay_code(&outcome, &diag), SHK_E_MEMORY,
			"allocation %u of %u: %s", (unsigned)nth,
			(unsigned)total, diag.message);
		memory_fail_at(0, false);
		cr_expect_eq(memory_stats().in_use, before, "allocation %u",
			(unsigned)nth);
	}
	unlink(path);
	buffer_release(&bytes);
}
