/*
 * The row lane beside the reader: which rows it takes, what their keys hold,
 * and that rows with equal keys and numbers are equal records to whoever gave
 * the weights.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record/lane.h"
#include "record/lane_marks.h"
#include "record/parts.h"
#include "record/reading.h"

/* A file as one part, read by a lane and a reader. */
struct drive {
	char path[64];
	shk_records *whole, *reader;
	struct parts *parts;
	struct part part;
	struct record_ids ids;
	struct lane *lane;
	uint8_t weights[RECORD_FIELDS_MAX];
};

static const char filler[] = "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
			     "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
			     "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
			     "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
			     "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
			     "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n";

static void weigh(struct drive *drive, const shk_schema *schema,
	const char *field, enum lane_weight weight)
{
	int at = record_field_find(record_schema_of(schema), text_of(field));

	cr_assert_geq(at, 0, "%s", field);
	drive->weights[at] = (uint8_t)weight;
}

/* Weights are set before. Blank lines behind the text keep it off the end. */
static void drive_open(struct drive *drive, const shk_schema *schema,
	const char *ending, const char *text, size_t size)
{
	shk_diag diag = { 0 };
	FILE *file;

	snprintf(drive->path, sizeof(drive->path), "/tmp/shokan-lane-%d%s",
		(int)getpid(), ending);
	file = fopen(drive->path, "wb");
	cr_assert_not_null(file);
	fwrite(text, 1, size, file);
	fputs(filler, file);
	fclose(file);
	cr_assert_eq(shk_records_open(
			     &drive->whole, schema, drive->path, NULL, &diag),
		SHK_OK, "%s", diag.message);
	cr_assert_eq(parts_open(&drive->parts, drive->whole, 1u << 24, &diag),
		SHK_OK);
	cr_assert_eq(parts_reader(&drive->reader, drive->whole, &diag), SHK_OK);
	part_init(&drive->part);
	ids_init(&drive->ids);
	cr_assert_eq(parts_next(drive->parts, &drive->part, &diag), SHK_OK);
	cr_assert_eq(
		lane_open(&drive->lane, drive->reader, drive->weights, &diag),
		SHK_OK);
	parts_read(drive->reader, &drive->part, &drive->ids);
}

static void drive_close(struct drive *drive)
{
	lane_close(drive->lane);
	ids_release(&drive->ids);
	part_release(&drive->part);
	shk_records_close(drive->reader);
	parts_close(drive->parts);
	shk_records_close(drive->whole);
	unlink(drive->path);
}

/*
 * All rows: those that the lane takes as `id@line`, with `+` before the line
 * when the number is at hand; those of the reader as `(id@line)`, with `!`
 * when it refuses them.
 */
static const char *drive_all(struct drive *drive)
{
	static char said[4096];
	size_t at = 0;
	enum shk_code code = SHK_OK;

	while (code == SHK_OK || code == SHK_E_INPUT) {
		const struct lane_row *row;
		shk_record *record = NULL;
		shk_diag diag = { 0 };

		lane_enter(drive->lane);
		while ((row = lane_next(drive->lane)) != NULL) {
			at += (size_t)sprintf(said + at, "%.*s%s@%ld ",
				(int)row->id.size, row->id.data,
				lane_number_count(drive->lane) &&
						lane_numbers_known(
							drive->lane)[0]
					? "+"
					: "",
				row->line);
			if (lane_take(drive->lane) != IDS_NEW)
				break;
		}
		lane_leave(drive->lane);
		code = shk_records_next(drive->reader, &record, &diag);
		if (record)
			at += (size_t)sprintf(said + at, "(%s%s@%ld) ",
				code ? "!" : "", shk_record_id(record),
				shk_record_row(record));
		cr_assert_lt(at, sizeof(said) - 100);
	}
	cr_expect_eq(code, SHK_END);
	return said;
}

#define HEADER "id,name,orphan_designated,annual_tests\n"
#define FIRST  "A0,a first row is the reader's,true,1\n"

Test(lane, which_rows_it_takes)
{
	static const struct {
		const char *text, *said;
	} rows[] = {
		{ "A1,b,true,7\nA2,,,\n", "A1+@3 A2@4 " },
		/* line ends of every kind */
		{ "A1,b,true,7\r\nA2,b,true,8\r\nA3,b,true,9\n",
			"A1+@3 A2+@4 A3+@5 " },
		{ "A1,b,true,7\rA2,b,true,8\nA3,b,true,9\n",
			"(A1@3) A2+@4 A3+@5 " },
		{ "\nA1,b,true,7\n\r\n\nA2,b,true,8\n", "(A1@4) (A2@7) " },
		{ "A1,b,true,7\r\r\nA2,b,true,8\n", "(A1@3) (A2@5) " },
		/* quotes, and lines inside of them */
		{ "\"A1\",b,true,7\nA2,b,true,8\n", "(A1@3) A2+@4 " },
		{ "A1,\"b\nc\",true,7\nA2,b,true,8\n", "(A1@3) A2+@5 " },
		{ "A1,\"b\r\nc\",true,7\r\nA2,b,true,8\r\n", "(A1@3) A2+@5 " },
		{ "A1,\"b\"c,true,7\nA2,b,true,8\n", "(!A1@3) A2+@4 " },
		/* cells too many, too few */
		{ "A1,b,true\nA2,b,true,8\n", "(!A1@3) A2+@4 " },
		{ "A1,b,true,7,\nA2,b,true,8\n", "(!A1@3) A2+@4 " },
		/* identifiers: none, none to be known, the same */
		{ ",b,true,7\nunknown,b,true,7\nnone,b,true,7\nA2,b,,8\n",
			"(!@3) (!@4) (!@5) A2+@6 " },
		{ "A0,b,true,7\nA2,b,true,8\n", "A0+@3 (!A0@3) A2+@4 " },
		/* numbers: plain ones stand beside the key, all others in it */
		{ "A1,b,,0\nA2,b,,007\nA3,b,,12345678\nA4,b,,123456789\n",
			"A1+@3 A2+@4 A3+@5 A4+@6 " },
		{ "A1,b,,123456789012345\nA2,b,,1234567890123456\n",
			"A1+@3 A2@4 " },
		{ "A1,b,,-1\nA2,b,,１２\nA3,b,,1.0\nA4,b,, 1\nA5,b,,unknown\n",
			"A1@3 A2@4 A3@5 A4@6 A5@7 " },
		{ "A1,b,,12x45\nA2,b,,x\nA3,b,,1:\nA4,b,,/1\nA5,b,,1\xC2\xA5\n",
			"A1@3 A2@4 A3@5 A4@6 A5@7 " },
		/* a text that may be refused */
		{ "A1,none,true,7\nA2,unknown,true,8\n", "(!A1@3) A2+@4 " },
		/* what a cell means is not the lane's business */
		{ "A1,b,tru,7\nA2,b,false,8\n", "A1+@3 A2+@4 " },
	};

	reading_schema();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct drive drive = { .path = "" };
		struct buffer text;
		const char *said;

		buffer_init(&text);
		buffer_format(&text, "%s%s%s", HEADER, FIRST, rows[i].text);
		weigh(&drive, reading_schema(), "orphan_designated",
			LANE_VALUE);
		weigh(&drive, reading_schema(), "annual_tests", LANE_VALUE);
		drive_open(
			&drive, reading_schema(), ".csv", text.data, text.size);
		said = drive_all(&drive);
		cr_expect_eq(strncmp(said, "(A0@2) ", 7), 0, "%s", said);
		cr_expect_str_eq(said + 7, rows[i].said, "%s", rows[i].text);
		drive_close(&drive);
		buffer_release(&text);
	}
	reading_release();
}

/* A row as the lane sees it, and as the reader does: what was asked for. */
struct sight {
	struct buffer key, facts;
	bool taken, refused;
};

static void sight_facts(struct sight *sight, const struct drive *drive,
	const struct record *record)
{
	for (size_t i = 0; i < record->schema->field_count; i++) {
		struct record_value value = record->values[i];

		if (drive->weights[i] == LANE_NOTHING)
			continue;
		if (drive->weights[i] == LANE_STATE)
			buffer_format(&sight->facts, "%d;", value.state);
		else
			reading_value(&sight->facts, &record->schema->fields[i],
				&value);
		buffer_byte(&sight->facts, ';');
	}
	for (size_t i = 0; i < record->warning_count; i++)
		buffer_text(&sight->facts, record->warnings[i]);
}

static void sight_key(struct sight *sight, const struct drive *drive,
	const struct lane_row *row)
{
	const bool *known = lane_numbers_known(drive->lane);

	buffer_add(&sight->key, (const char *)row->key,
		row->key_size * sizeof(*row->key));
	for (size_t i = 0; i < lane_number_count(drive->lane); i++)
		buffer_format(&sight->key, "%d:%llu;", known[i],
			known[i] ? (unsigned long long)row->numbers[i] : 0);
	sight->taken = true;
}

/* Every row by both, the reader's way. */
static size_t sights_take(
	struct drive *drive, struct sight *sights, size_t most)
{
	enum shk_code code = SHK_OK;
	size_t count = 0;

	while (count < most) {
		struct sight *sight = &sights[count];
		const struct lane_row *row;
		shk_record *record = NULL;
		shk_diag diag = { 0 };

		lane_enter(drive->lane);
		row = lane_next(drive->lane);
		buffer_init(&sight->key);
		buffer_init(&sight->facts);
		if (row)
			sight_key(sight, drive, row);
		lane_leave(drive->lane);
		code = shk_records_next(drive->reader, &record, &diag);
		if (!record)
			break;
		sight->refused = code != SHK_OK;
		if (!sight->refused)
			sight_facts(sight, drive, record_of(record));
		if (row && record_of(record)->id[0])
			cr_assert_eq(row->line, record_of(record)->row);
		count++;
	}
	cr_assert_eq(code, SHK_END);
	return count;
}

static bool same(const struct buffer *a, const struct buffer *b)
{
	return a->size == b->size &&
	       (a->size == 0 || memcmp(a->data, b->data, a->size) == 0);
}

/* Returns how many pairs of rows had the same key. */
static size_t sights_compare(const struct sight *sights, size_t count)
{
	size_t pairs = 0;

	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < i && sights[i].taken; j++) {
			if (!sights[j].taken ||
				!same(&sights[i].key, &sights[j].key))
				continue;
			pairs++;
			cr_assert_eq(sights[i].refused, sights[j].refused,
				"rows %zu and %zu", j, i);
			cr_assert(same(&sights[i].facts, &sights[j].facts),
				"rows %zu and %zu: %s %s", j, i,
				sights[i].facts.data, sights[j].facts.data);
		}
	}
	return pairs;
}

static uint64_t seed = 20261124;

static unsigned draw(unsigned below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % below;
}

/* A cell that may be right for the column or not, of few different ones. */
static const char *draw_cell(unsigned column)
{
	static const char *const words[] = { "", "unknown", "none", "x", "yes",
		"true", "false", "TRUE", "0", "1", "01", "5", "-5", "1.0",
		"1.5", "99999999", "123456789", "123456789012345678", "１",
		"はい", "2026-06-01", "2026-6-1", "device", "samd", "A社",
		"Ａ社", "株式会社A", "abcdefgh", "abcdefghij", "ij",
		"A社:60|B社:40", "A社:60", "none|x", " ", " 1", "1 ", "=1" };
	static const char *const lists[] = { "", "A社", "Ａ社", "60", "40",
		"100", "none", "unknown" };

	if (column >= 10)
		return lists[draw(sizeof(lists) / sizeof(lists[0]))];
	return words[draw(sizeof(words) / sizeof(words[0]))];
}

#define RANDOM_HEADER                                                          \
	"id,name,orphan_designated,annual_tests,base_points,kind,as_of,maker," \
	"category_code,x_own,shares_1_maker,shares_1_share,shares_2_maker,"    \
	"shares_2_share\n"
#define RANDOM_COLUMNS 14
#define RANDOM_ROWS    1500

static size_t draw_rows(struct buffer *text, const char *line_end)
{
	buffer_clear(text);
	buffer_text(text, RANDOM_HEADER);
	for (unsigned row = 0; row < RANDOM_ROWS; row++) {
		buffer_format(text, "R%u", row);
		for (unsigned i = 1; i < RANDOM_COLUMNS; i++) {
			bool plain = draw(100) >= 15;

			/* mostly empty, or no two rows would be the same */
			buffer_format(text, ",%s", plain ? "" : draw_cell(i));
		}
		buffer_text(text, line_end);
	}
	return RANDOM_ROWS;
}

Test(lane, equal_keys_are_equal_facts)
{
	static const char *const fields[] = { "name", "orphan_designated",
		"annual_tests", "base_points", "kind", "as_of", "maker",
		"category_code", "shares" };
	static struct sight sights[RANDOM_ROWS + 1];
	struct buffer text;
	size_t pairs = 0, refused = 0;

	reading_schema();
	buffer_init(&text);
	for (int round = 0; round < 12; round++) {
		struct drive drive = { .path = "" };
		size_t count;

		for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
			weigh(&drive, reading_schema(), fields[i],
				(enum lane_weight)draw(3));
		draw_rows(&text, round % 2 ? "\r\n" : "\n");
		memset(sights, 0, sizeof(sights));
		drive_open(
			&drive, reading_schema(), ".csv", text.data, text.size);
		count = sights_take(&drive, sights, RANDOM_ROWS + 1);
		cr_assert_eq(count, RANDOM_ROWS);
		pairs += sights_compare(sights, count);
		for (size_t i = 0; i < count; i++) {
			refused += sights[i].refused;
			buffer_release(&sights[i].key);
			buffer_release(&sights[i].facts);
		}
		drive_close(&drive);
	}
	cr_expect_gt(pairs, 10000);
	cr_expect_gt(refused, 1000);
	buffer_release(&text);
	reading_release();
}

/* Cells of a key, side by side, cannot be taken for one another. */
Test(lane, keys_tell_cells_apart)
{
	static const char *const pairs[][2] = { { "abcdefgh,ij",
							"abcdefghij," },
		{ "abcdefghij,k", "abcdefgh,ijk" }, { ",a", "a," },
		{ "abcdefg,", ",abcdefg" }, { "abcdefgh,", "abcdefg,h" },
		{ "unknown,", ",unknown" } };

	reading_schema();
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct drive drive = { .path = "" };
		struct sight sights[4];
		struct buffer text;

		buffer_init(&text);
		buffer_format(&text,
			"id,name,category_code\nA,the reader's "
			"row,\nB,%s\nC,%s\n",
			pairs[i][0], pairs[i][1]);
		weigh(&drive, reading_schema(), "name", LANE_VALUE);
		weigh(&drive, reading_schema(), "category_code", LANE_VALUE);
		memset(sights, 0, sizeof(sights));
		drive_open(
			&drive, reading_schema(), ".csv", text.data, text.size);
		cr_assert_eq(sights_take(&drive, sights, 4), 3);
		cr_assert(sights[1].taken && sights[2].taken);
		cr_expect(!same(&sights[1].key, &sights[2].key), "%s %s",
			pairs[i][0], pairs[i][1]);
		for (int k = 0; k < 4; k++) {
			buffer_release(&sights[k].key);
			buffer_release(&sights[k].facts);
		}
		drive_close(&drive);
		buffer_release(&text);
	}
	reading_release();
}

/* A row whose cells `name` and `category_code` have these sizes. */
static bool takes(size_t name, size_t code)
{
	struct drive drive = { .path = "" };
	struct buffer text;
	bool taken;

	buffer_init(&text);
	buffer_text(
		&text, "id,name,category_code,x_own\nA,the reader's row,,\nB,");
	for (size_t i = 0; i < name; i++)
		buffer_byte(&text, 'n');
	buffer_byte(&text, ',');
	for (size_t i = 0; i < code; i++)
		buffer_byte(&text, 'c');
	buffer_text(&text, ",\n");
	weigh(&drive, reading_schema(), "name", LANE_VALUE);
	weigh(&drive, reading_schema(), "category_code", LANE_VALUE);
	drive_open(&drive, reading_schema(), ".csv", text.data, text.size);
	taken = strstr(drive_all(&drive), " B@3") != NULL;
	drive_close(&drive);
	buffer_release(&text);
	return taken;
}

/* Cells of 256 bytes, 64 words in all; then the row is the reader's. */
Test(lane, ceilings_of_a_key)
{
	cr_assert_eq(LANE_KEY_MAX, 64);
	reading_schema();
	cr_expect(takes(256, 0));
	cr_expect_not(takes(257, 0));
	/* 33 words, and as many as leave room for two more */
	cr_expect(takes(256, 239));
	cr_expect_not(takes(256, 240));
	reading_release();
}

/* The numbers of a row past the ceiling are cells of its key. */
Test(lane, ceiling_of_numbers)
{
	const unsigned count = LANE_NUMBERS_MAX + 1;
	struct record_schema *schema = NULL;
	struct drive drive = { .path = "" };
	struct buffer text, fields;
	shk_diag diag = { 0 };
	const shk_schema *public;

	buffer_init(&text);
	buffer_init(&fields);
	buffer_text(&fields, "<fields xmlns=\"urn:shokan:fields:1\">"
			     "<group name=\"g\" ja=\"a\" en=\"b\">"
			     "<field name=\"id\" type=\"text\" ja=\"a\" "
			     "en=\"b\" required=\"true\" used-by=\"all\"/>");
	buffer_text(&text, "id");
	for (unsigned i = 0; i < count; i++) {
		buffer_format(&fields,
			"<field name=\"n%u\" type=\"int\" ja=\"a\" "
			"en=\"b\" used-by=\"all\"/>",
			i);
		buffer_format(&text, ",n%u", i);
	}
	buffer_text(&fields, "</group></fields>");
	buffer_text(&text, "\n");
	for (unsigned row = 0; row < 2; row++) {
		buffer_format(&text, "A%u", row);
		for (unsigned i = 0; i < count; i++)
			buffer_format(&text, ",%u", 100 + i);
		buffer_text(&text, "\n");
	}
	cr_assert_eq(record_schema_parse(&schema, "fields.xml",
			     (struct text){ fields.data, fields.size }, &diag),
		SHK_OK, "%s", diag.message);
	public = (const shk_schema *)(const void *)schema;
	memset(drive.weights + 1, LANE_VALUE, count);
	drive_open(&drive, public, ".csv", text.data, text.size);
	cr_expect_eq(lane_number_count(drive.lane), LANE_NUMBERS_MAX);
	cr_expect_str_eq(drive_all(&drive), "(A0@2) A1+@3 ");
	drive_close(&drive);
	record_schema_free(schema);
	buffer_release(&text);
	buffer_release(&fields);
}

/* A longer whole number is text of the key, not a number beside it. */
Test(lane, ceiling_of_digits)
{
	static const char text[] = "id,n\nof the reader,1\nB,999999999999999\n"
				   "C,1000000000000000\n";
	static const char fields[] =
		"<fields xmlns=\"urn:shokan:fields:1\">"
		"<group name=\"g\" ja=\"a\" en=\"b\">"
		"<field name=\"id\" type=\"text\" ja=\"a\" en=\"b\" "
		"required=\"true\" used-by=\"all\"/>"
		"<field name=\"n\" type=\"int\" ja=\"a\" en=\"b\" "
		"used-by=\"all\"/></group></fields>";
	struct record_schema *schema = NULL;
	struct drive drive = { .path = "" };
	shk_diag diag = { 0 };

	cr_assert_eq(LANE_DIGITS_MAX, 15);
	cr_assert_eq(record_schema_parse(
			     &schema, "fields.xml", text_of(fields), &diag),
		SHK_OK, "%s", diag.message);
	drive.weights[1] = LANE_VALUE;
	drive_open(&drive, (const shk_schema *)(const void *)schema, ".csv",
		text, sizeof(text) - 1);
	cr_expect_str_eq(drive_all(&drive), "(of the reader@2) B+@3 C@4 ");
	drive_close(&drive);
	record_schema_free(schema);
}

/* A row longer than a cell may be is looked at by the reader. */
Test(lane, ceiling_of_a_row)
{
	for (unsigned more = 0; more < 2; more++) {
		struct drive drive = { .path = "" };
		struct buffer text;

		reading_schema();
		buffer_init(&text);
		buffer_text(&text, "id,x_a,x_b\nA,the reader's row,\n");
		/* "B," , "," and the line end beside the two cells */
		buffer_format(&text, "B,%*s,%*s\n", SHK_CELL_MAX / 2, "",
			SHK_CELL_MAX / 2 - 4 + (int)more, "");
		drive_open(
			&drive, reading_schema(), ".csv", text.data, text.size);
		cr_expect_str_eq(drive_all(&drive),
			more ? "(A@2) (B@3) " : "(A@2) B@3 ");
		drive_close(&drive);
		buffer_release(&text);
		reading_release();
	}
}

/* Where rows always need a record there is no lane. */
Test(lane, none_where_rows_need_records)
{
	static const char *const keep[] = { "name" };
	static const struct {
		const char *ending, *text;
		shk_read_options options;
		bool id;
	} rows[] = {
		{ ".csv", "id,name\nA,b\n", { 0 }, true },
		{ ".csv", "id,name\nA,b\n", { .keep = keep, .keep_count = 1 },
			false },
		{ ".jsonl", "{\"id\":\"A\"}\n", { 0 }, false },
	};

	reading_schema();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint8_t weights[RECORD_FIELDS_MAX] = { 0 };
		struct drive drive = { .path = "" };
		shk_diag diag = { 0 };
		FILE *file;

		snprintf(drive.path, sizeof(drive.path),
			"/tmp/shokan-lane-%d%s", (int)getpid(), rows[i].ending);
		file = fopen(drive.path, "wb");
		fputs(rows[i].text, file);
		fclose(file);
		cr_assert_eq(shk_records_open(&drive.whole, reading_schema(),
				     drive.path, &rows[i].options, &diag),
			SHK_OK);
		cr_assert_eq(parts_reader(&drive.reader, drive.whole, &diag),
			SHK_OK);
		if (rows[i].id)
			weights[record_field_find(
				record_schema_of(reading_schema()),
				text_of("id"))] = LANE_VALUE;
		cr_assert_eq(
			lane_open(&drive.lane, drive.reader, weights, &diag),
			SHK_OK);
		cr_expect_null(drive.lane);
		shk_records_close(drive.reader);
		shk_records_close(drive.whole);
		unlink(drive.path);
	}
	reading_release();
}

static const char *truth(unsigned which)
{
	return which ? "true" : "false";
}

/* Marks of random bytes, in every way that the machine has. */
Test(lane, marks_of_every_way)
{
	static const char bytes[] = ",,,\t;|\n\r\"a1 \x2d\x0b\xe6\x8c\xac\xff";
	static const char delimiters[] = { ',', '\t', ';', '|', '*', 'J' };
	static struct lane_marks marks;
	static uint32_t found[LANE_BLOCK + LANE_MARGIN];
	char data[8 * 64];

	for (unsigned round = 0; round < 2000; round++) {
		size_t count = 0;

		for (size_t i = 0; i < sizeof(data); i++)
			data[i] = round % 2 ? bytes[draw(sizeof(bytes) - 1)]
					    : (char)draw(256);
		if (round % 7 == 0)
			memset(data + 64, ',', 64);
		lane_marks_begin(&marks, data, sizeof(data));
		marks.delimiter = delimiters[draw(sizeof(delimiters))];
		for (uint32_t i = 0; i < sizeof(data); i++)
			if (data[i] == marks.delimiter ||
				strchr("\n\r\"", data[i] ? data[i] : 'x'))
				marks.at[count++] = i;
		for (int wide = WIDE_PLAIN; wide <= (int)wide_best(); wide++) {
			uint32_t *end = lane_marks_find((enum wide)wide, &marks,
				0, sizeof(data), found);

			cr_assert_eq(
				(size_t)(end - found), count, "way %d", wide);
			cr_assert_eq(
				memcmp(found, marks.at, count * sizeof(*found)),
				0, "way %d", wide);
		}
	}
}

/* Row `at` of the batch is what lane_next gives for it. */
static void look_compare(
	const struct lane_batch *batch, size_t at, const struct lane_row *row)
{
	uint64_t hash = LANE_HASH(row->key_size);

	cr_assert_eq(row->id.data, batch->ids[at]);
	cr_assert_eq(row->id.size, batch->id_sizes[at]);
	cr_assert_eq(row->key_size, batch->key_size);
	for (size_t i = 0; i < row->key_size; i++) {
		cr_assert_eq(row->key[i], batch->keys[i][at]);
		hash = lane_hash(hash, row->key[i]);
	}
	cr_assert_eq(hash, batch->hashes[at]);
}

/* What was told of a row, in full: to be compared with lane_pick. */
static const char *look_told(const struct drive *drive,
	const struct lane_row *row, struct buffer *told)
{
	buffer_clear(told);
	buffer_format(
		told, "%.*s@%ld", (int)row->id.size, row->id.data, row->line);
	for (size_t i = 0; i < lane_number_count(drive->lane); i++)
		buffer_format(told, " %d:%llu",
			lane_numbers_known(drive->lane)[i],
			(unsigned long long)row->numbers[i]);
	for (size_t i = 0; i < row->key_size; i++)
		buffer_format(told, " %llx", (unsigned long long)row->key[i]);
	for (int i = 0; i < RECORD_FIELDS_MAX; i++) {
		struct text cell = drive->weights[i] ? lane_cell(drive->lane, i)
						     : (struct text){ "", 0 };

		buffer_format(told, ",%.*s", (int)cell.size, cell.data);
	}
	return told->data;
}

/* All rows of a drive, some together; how many were so. */
static size_t look_all(struct drive *drive)
{
	struct buffer picked, next;
	enum shk_code code = SHK_OK;
	size_t together = 0;

	buffer_init(&picked);
	buffer_init(&next);
	while (code == SHK_OK || code == SHK_E_INPUT) {
		const struct lane_batch *batch;
		shk_record *record = NULL;
		shk_diag diag = { 0 };
		size_t at;

		lane_enter(drive->lane);
		while ((batch = lane_look(drive->lane, &at)) != NULL &&
			!batch->odd[at]) {
			const struct lane_row *row = lane_pick(drive->lane, at);

			look_told(drive, row, &picked);
			row = lane_next(drive->lane);
			cr_assert_not_null(row);
			look_compare(batch, at, row);
			cr_assert_str_eq(
				look_told(drive, row, &next), picked.data);
			together++;
			lane_pass(drive->lane, 1);
		}
		if (batch && lane_next(drive->lane) != NULL && draw(2) &&
			lane_take(drive->lane) == IDS_NEW)
			continue;
		lane_leave(drive->lane);
		code = shk_records_next(drive->reader, &record, &diag);
	}
	cr_assert_eq(code, SHK_END);
	buffer_release(&picked);
	buffer_release(&next);
	return together;
}

Test(lane, rows_looked_at_together)
{
	struct buffer text;
	size_t together = 0;

	reading_schema();
	buffer_init(&text);
	for (unsigned round = 0; round < 12; round++) {
		struct drive drive = { .path = "" };
		const char *end = round % 2 ? "\r\n" : "\n";

		weigh(&drive, reading_schema(), "orphan_designated",
			LANE_VALUE);
		weigh(&drive, reading_schema(), "annual_tests", LANE_VALUE);
		weigh(&drive, reading_schema(), "kind", LANE_VALUE);
		weigh(&drive, reading_schema(), "base_points",
			round % 3 ? LANE_VALUE : LANE_NOTHING);
		buffer_clear(&text);
		buffer_format(&text,
			"id,name,orphan_designated,annual_tests,"
			"base_points,kind%s",
			end);
		for (unsigned row = 0; row < RANDOM_ROWS; row++) {
			bool odd = draw(100) < 2 * round;

			buffer_format(&text, "R%07u,%s,%s,", row,
				odd ? draw_cell(1) : "x", truth(draw(2)));
			if (odd && draw(2))
				buffer_text(&text, draw_cell(2));
			else
				buffer_format(&text, "%u", draw(2000));
			buffer_format(&text, ",%u,%s%s%s", 1 + draw(99999999),
				draw(2) ? "device" : "samd",
				odd && draw(9) == 0 ? "," : "",
				odd && draw(9) == 0 ? "\n" : end);
		}
		drive_open(
			&drive, reading_schema(), ".csv", text.data, text.size);
		together += look_all(&drive);
		drive_close(&drive);
	}
	cr_expect_gt(together, 12 * RANDOM_ROWS / 2);
	buffer_release(&text);
	reading_release();
}
