/*
 * See world.h. Every constant of a cell is a whole number, so that whole and
 * half numbers are all the values that can differ; of words those that are
 * written and one more.
 */
#include "certify/world.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum input { WHOLE, HALF, WORD, FLAG, DAY, FREE, INPUTS };

static const char *const names[INPUTS] = { "whole", "half", "word", "flag",
	"day", "free" };
/* values that are tried: of whole -2..6, of half 0, 0.5, ..., 5, of day six */
static const unsigned counts[INPUTS] = { 9, 11, 3, 2, 6, 4 };
static const char *const words[] = { "x", "y", "z" };

static char folder[64];

uint64_t world_next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return *seed >> 33;
}

/* The number that a value of an ordered input has, doubled. */
static int doubled(enum input input, unsigned at)
{
	return input == HALF  ? (int)at
	       : input == DAY ? 2 * (int)at + 2
			      : 2 * ((int)at - 2);
}

static void put_constant(struct buffer *out, enum input input, int value)
{
	if (input == DAY)
		buffer_format(out, "date(\"2026-01-%02d\")", value);
	else
		buffer_format(out, "%d", value);
}

/* A cell over numbers or days; the set of the values that it takes. */
static unsigned ordered_cell(
	uint64_t *seed, enum input input, struct buffer *out)
{
	static const char *const open[] = { "[", "(", "]" };
	static const char *const close[] = { "]", ")", "[" };
	int low = (int)(world_next(seed) % 5) + (input == DAY);
	int high = low + 1 + (int)(world_next(seed) % 3);
	unsigned kind = (unsigned)(world_next(seed) % 7);
	unsigned from = (unsigned)(world_next(seed) % 3);
	unsigned to = (unsigned)(world_next(seed) % 3);
	unsigned takes = 0;

	for (unsigned at = 0; at < counts[input]; at++) {
		int value = doubled(input, at);
		bool above = from == 0 ? value >= 2 * low : value > 2 * low;
		bool below = to == 0 ? value <= 2 * high : value < 2 * high;
		bool inside = kind == 0	  ? true
			      : kind == 1 ? value > 2 * low
			      : kind == 2 ? value <= 2 * low
			      : kind == 3 ? value != 2 * low
			      : kind == 4
				      ? value == 2 * low || value == 2 * high
			      : kind == 5 ? value < 2 * low
					  : above && below;

		takes |= (unsigned)inside << at;
	}
	if (kind == 0) {
		buffer_text(out, "-");
		return takes;
	}
	buffer_text(out, kind == 1   ? "&gt; "
			 : kind == 2 ? "&lt;= "
			 : kind == 3 ? "not("
			 : kind == 5 ? "&lt; "
			 : kind == 6 ? open[from]
				     : "");
	put_constant(out, input, low);
	if (kind == 3) {
		buffer_text(out, ")");
	} else if (kind == 4 || kind == 6) {
		buffer_text(out, kind == 4 ? ", " : "..");
		put_constant(out, input, high);
		buffer_text(out, kind == 6 ? close[to] : "");
	}
	return takes;
}

static unsigned word_cell(uint64_t *seed, enum input input, struct buffer *out)
{
	unsigned all = (1u << counts[input]) - 1;
	unsigned set = (unsigned)(world_next(seed) % 8);
	bool negated = world_next(seed) % 3 == 0;
	bool first = true;

	if (set == 0) {
		buffer_text(out, "-");
		return all;
	}
	buffer_text(out, negated ? "not(" : "");
	for (unsigned i = 0; i < 3; i++) {
		if (!(set >> i & 1))
			continue;
		buffer_format(out, "%s\"%s\"", first ? "" : ",", words[i]);
		first = false;
	}
	buffer_text(out, negated ? ")" : "");
	return negated ? all & ~set : set;
}

static unsigned flag_cell(uint64_t *seed, struct buffer *out)
{
	static const char *const cells[] = { "-", "false", "true",
		"not(true)" };
	static const unsigned takes[] = { 3, 1, 2, 1 };
	unsigned at = (unsigned)(world_next(seed) % 4);

	buffer_text(out, cells[at]);
	return takes[at];
}

static unsigned put_cell(uint64_t *seed, unsigned input, struct buffer *out)
{
	unsigned takes;

	buffer_text(out, "<inputEntry><text>");
	if (input == FLAG)
		takes = flag_cell(seed, out);
	else if (input == WORD || input == FREE)
		takes = word_cell(seed, (enum input)input, out);
	else
		takes = ordered_cell(seed, (enum input)input, out);
	buffer_text(out, "</text></inputEntry>");
	return takes;
}

static void put_columns(
	uint64_t *seed, struct world_table *table, struct buffer *out)
{
	buffer_format(out, "<decisionTable id=\"t%zu\" hitPolicy=\"%s\">\n",
		(size_t)(world_next(seed) % 1000000) * 1000 + out->size % 1000,
		table->collect ? "COLLECT" : "UNIQUE");
	for (size_t i = 0; i < table->column_count; i++)
		buffer_format(out,
			"<input><inputExpression><text>%s</text>"
			"</inputExpression></input>",
			names[table->columns[i].input]);
	buffer_text(out, "<output/>\n");
}

void world_table(uint64_t *seed, size_t number, struct world_table *table,
	struct buffer *out)
{
	memset(table, 0, sizeof(*table));
	table->collect = world_next(seed) % 4 == 0;
	table->row_count = 1 + (size_t)(world_next(seed) % WORLD_ROWS_MAX);
	table->column_count =
		1 + (size_t)(world_next(seed) % WORLD_COLUMNS_MAX);
	for (size_t i = 0; i < table->column_count; i++)
		table->columns[i].input =
			(unsigned)((world_next(seed) % 2 + 2 * i) % INPUTS);
	buffer_format(out,
		"<decision id=\"i_d%zu\" name=\"d%zu\"><variable "
		"name=\"d%zu\" typeRef=\"Any\"/>",
		number, number, number);
	for (unsigned i = 0; i < INPUTS; i++)
		buffer_format(out,
			"<informationRequirement><requiredInput "
			"href=\"#i_%s\"/></informationRequirement>",
			names[i]);
	put_columns(seed, table, out);
	for (size_t row = 0; row < table->row_count; row++) {
		buffer_text(out, "<rule>");
		for (size_t i = 0; i < table->column_count; i++)
			table->columns[i].takes[row] =
				put_cell(seed, table->columns[i].input, out);
		buffer_text(out,
			"<outputEntry><text>1</text></outputEntry></rule>\n");
	}
	buffer_text(out, "</decisionTable></decision>\n");
}

/* One point: `at` of each column. */
static void try_point(const struct world_table *table,
	const unsigned at[WORLD_COLUMNS_MAX], struct world_truth *truth)
{
	bool hits[WORLD_ROWS_MAX] = { false };
	bool any = false;

	for (size_t row = 0; row < table->row_count; row++) {
		hits[row] = true;
		for (size_t i = 0; i < table->column_count; i++)
			hits[row] = hits[row] &&
				    (table->columns[i].takes[row] >> at[i] & 1);
		any = any || hits[row];
		truth->reached[row] = truth->reached[row] || hits[row];
	}
	truth->gap = truth->gap || !any;
	for (size_t a = 0; a < table->row_count; a++)
		for (size_t b = a + 1; b < table->row_count; b++)
			if (hits[a] && hits[b])
				truth->overlap[a][b] = true;
}

void world_try(const struct world_table *table, struct world_truth *truth)
{
	unsigned at[WORLD_COLUMNS_MAX] = { 0 };
	size_t column = 0;

	memset(truth, 0, sizeof(*truth));
	do {
		try_point(table, at, truth);
		for (column = 0; column < table->column_count; column++) {
			if (++at[column] < counts[table->columns[column].input])
				break;
			at[column] = 0;
		}
	} while (column < table->column_count);
}

#define CITE "<cite source=\"S1\" place=\"L1\" evidence=\"E1\"/>"

static const char book[] =
	"<rulebook xmlns=\"urn:shokan:rulebook:1\">"
	"<revision id=\"r1\" from=\"2020-04-01\">"
	"<label lang=\"ja\">x</label><label lang=\"en\">x</label>" CITE
	"</revision><decision name=\"one\" number=\"1\">"
	"<label lang=\"en\">one</label><in revision=\"r1\" model=\"m.dmn\"/>"
	"<output name=\"one\" of=\"d0\"/></decision></rulebook>\n";
static const char sources[] =
	"<sources xmlns=\"urn:shokan:sources:1\"><source id=\"S1\" "
	"title=\"x\"><quote place=\"L1\">x</quote></source></sources>\n";
static const char fields[] =
	"<fields xmlns=\"urn:shokan:fields:1\"><group name=\"all\" ja=\"x\" "
	"en=\"x\"><field name=\"whole\" type=\"int\" ja=\"x\" en=\"x\"/>"
	"<field name=\"half\" type=\"dec\" ja=\"x\" en=\"x\"/></group>"
	"</fields>\n";
#define ITEM(name, of, allowed)                                                \
	"<itemDefinition name=\"" name "\"><typeRef>" of                       \
	"</typeRef><allowedValues><text>" allowed                              \
	"</text></allowedValues></itemDefinition>\n"
#define DATA(name, of)                                                         \
	"<inputData id=\"i_" name "\" name=\"" name                            \
	"\"><variable name=\"" name "\" typeRef=\"" of "\"/></inputData>\n"
static const char head[] =
	"<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" "
	"id=\"m\" name=\"m\" namespace=\"urn:m\">\n" ITEM("t_whole", "number",
		"[-2..6]") ITEM("t_half", "number", "[0..5]")
		ITEM("t_word", "string", "\"x\",\"y\",\"z\"") ITEM("t_day",
			"date", "[date(\"2026-01-01\")..date(\"2026-01-06\")]")
			DATA("whole", "t_whole") DATA("half", "t_half")
				DATA("word", "t_word") DATA("flag", "boolean")
					DATA("day", "t_day")
						DATA("free", "string");

static void put_file(const char *name, const char *text)
{
	char path[128];
	FILE *stream;

	cr_assert(file_join(path, sizeof(path), folder, name));
	stream = fopen(path, "wb");
	cr_assert_not_null(stream, "%s", path);
	cr_assert_geq(fputs(text, stream), 0);
	cr_assert_eq(fclose(stream), 0);
}

const char *world_open(const char *decisions)
{
	struct buffer model;
	char path[128];

	snprintf(folder, sizeof(folder), "/tmp/certify_test_XXXXXX");
	cr_assert_not_null(mkdtemp(folder));
	cr_assert(file_join(path, sizeof(path), folder, "r1"));
	cr_assert_eq(mkdir(path, 0700), 0);
	buffer_init(&model);
	buffer_text(&model, head);
	buffer_text(&model, decisions);
	buffer_text(&model, "</definitions>\n");
	cr_assert_not(model.failed);
	put_file("rulebook.xml", book);
	put_file("sources.xml", sources);
	put_file("fields.xml", fields);
	put_file("r1/m.dmn", model.data);
	buffer_release(&model);
	return folder;
}

void world_edit(const char *file, const char *from, const char *to)
{
	struct buffer bytes, out;
	char path[128];
	shk_diag diag = { 0 };
	const char *at;

	buffer_init(&bytes);
	buffer_init(&out);
	cr_assert(file_join(path, sizeof(path), folder, file));
	cr_assert_eq(file_read(path, 1u << 24, &bytes, &diag), SHK_OK);
	at = strstr(bytes.data, from);
	cr_assert_not_null(at, "no %s in %s", from, file);
	cr_assert_null(strstr(at + 1, from), "two %s in %s", from, file);
	buffer_add(&out, bytes.data, (size_t)(at - bytes.data));
	buffer_text(&out, to);
	buffer_text(&out, at + strlen(from));
	put_file(file, out.data);
	buffer_release(&bytes);
	buffer_release(&out);
}

void world_close(void)
{
	static const char *const files[] = { "r1/m.dmn", "rulebook.xml",
		"sources.xml", "fields.xml", "r1", "." };
	char path[128];

	for (size_t i = 0; folder[0] && i < sizeof(files) / sizeof(files[0]);
		i++) {
		cr_assert(file_join(path, sizeof(path), folder, files[i]));
		if (i < 4)
			unlink(path);
		else
			rmdir(i == 5 ? folder : path);
	}
	folder[0] = '\0';
}
