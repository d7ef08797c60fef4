/*
 * See damage.h. A certificate is cut into lines; a damage puts one line, or
 * one part of it, another way.
 */
#include "certify/damage.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Is the text accepted as the certificate of these models? */
bool damage_accepts(const struct models *of, const char *data, size_t size,
	char why[CLAIMS_WHY_MAX])
{
	struct verdict verdict;
	bool accepted;

	verdict_init(&verdict);
	certify(of, (struct text){ data, size }, &verdict);
	accepted = verdict.accepted;
	cr_expect(accepted || verdict.why[0], "refused without a reason");
	memcpy(why, verdict.why, CLAIMS_WHY_MAX);
	verdict_release(&verdict);
	return accepted;
}

#define LINES_MAX  16384
#define CELLS_TEXT 1024 /* lines of one table */

/* A certificate in lines, one of which can be put another way. */
struct lines {
	size_t count;
	struct text items[LINES_MAX];
	const struct models *of;
	size_t refused; /* damages so far */
};

static void cut(struct lines *lines, const char *data, size_t size)
{
	lines->count = 0;
	for (size_t at = 0; at < size;) {
		const char *stop = memchr(data + at, '\n', size - at);
		size_t length = (size_t)(stop - data) - at;

		cr_assert_lt(lines->count, LINES_MAX);
		lines->items[lines->count++] =
			(struct text){ data + at, length };
		at += length + 1;
	}
}

static void join(const struct lines *lines, struct buffer *out)
{
	buffer_init(out);
	for (size_t i = 0; i < lines->count; i++) {
		buffer_add(out, lines->items[i].data, lines->items[i].size);
		buffer_byte(out, '\n');
	}
	cr_assert_not(out->failed);
}

static void must_refuse(struct lines *lines, const char *damage)
{
	char why[CLAIMS_WHY_MAX];
	struct buffer text;

	join(lines, &text);
	cr_expect_not(damage_accepts(lines->of, text.data, text.size, why),
		"accepted with %s:\n%.3000s", damage, text.data);
	lines->refused++;
	buffer_release(&text);
}

/* Line `at` replaced by `with`. */
static void refuse_line(struct lines *lines, size_t at, const char *with)
{
	struct text before = lines->items[at];

	cr_assert(before.size != strlen(with) ||
			  memcmp(before.data, with, before.size) != 0,
		"no damage: %s", with);
	lines->items[at] = text_of(with);
	must_refuse(lines, with);
	lines->items[at] = before;
}

/* Bytes `from` to `from + size` of line `at` replaced by `with`. */
static void refuse_part(struct lines *lines, size_t at, size_t from,
	size_t size, const char *with)
{
	struct text line = lines->items[at];
	char text[4096];

	snprintf(text, sizeof(text), "%.*s%s%.*s", (int)from, line.data, with,
		(int)(line.size - from - size), line.data + from + size);
	refuse_line(lines, at, text);
}

static bool begins(struct text line, const char *word)
{
	return line.size >= strlen(word) &&
	       memcmp(line.data, word, strlen(word)) == 0;
}

/* Place of `word` in a line, or its size. */
static size_t find(struct text line, const char *word)
{
	size_t size = strlen(word);

	for (size_t i = 0; i + size <= line.size; i++)
		if (memcmp(line.data + i, word, size) == 0)
			return i;
	return line.size;
}

/* Every digit of line `at` between two places, each made another one. */
static void damage_digits(
	struct lines *lines, size_t at, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		char with[2] = "0";

		if (!isdigit((unsigned char)lines->items[at].data[i]))
			continue;
		with[0] =
			(char)('0' + (lines->items[at].data[i] - '0' + 1) % 10);
		refuse_part(lines, at, i, 1, with);
	}
}

/* Every sign of a cell or domain made another one. */
static void damage_signs(struct lines *lines, size_t at, size_t from, size_t to)
{
	static const char *const signs[][2] = { { ">= ", "> " },
		{ "> ", ">= " }, { "<= ", "< " }, { "[", "(" }, { "]", ")" },
		{ ")", "]" }, { "true", "false" }, { "false", "true" },
		{ "not(", "" } };

	for (size_t i = from; i < to; i++)
		for (size_t k = 0; k < sizeof(signs) / sizeof(signs[0]); k++) {
			struct text rest = { lines->items[at].data + i,
				to - i };

			if (begins(rest, signs[k][0]))
				refuse_part(lines, at, i, strlen(signs[k][0]),
					signs[k][1]);
		}
}

/* Of a list `"a","b"` one word left out, and one put in place of another. */
static void damage_words(struct lines *lines, size_t at, size_t from, size_t to)
{
	for (size_t i = from; i + 3 < to; i++)
		if (lines->items[at].data[i] == '"' &&
			lines->items[at].data[i + 1] != ',') {
			refuse_part(lines, at, i + 1, 1, "Q");
			if (find((struct text){ lines->items[at].data + i,
					 to - i },
				    "\",\"") < to - i)
				refuse_part(lines, at, i,
					find(
						(struct text){
							lines->items[at].data +
								i,
							to - i },
						",") +
						1,
					"");
		}
}

static void damage_cell(struct lines *lines, size_t at)
{
	struct text line = lines->items[at];
	size_t from = find(line, ": ") + 2;
	size_t to = find(line, "; such as ");

	damage_digits(lines, at, from, to);
	damage_signs(lines, at, from, to);
	damage_words(lines, at, from, to);
	refuse_part(lines, at, from, to - from, "");
	refuse_part(lines, at, to, 1, "");
	/* reaches further */
	if (line.data[from] != '-')
		refuse_part(lines, at, from,
			find((struct text){ line.data + from, to - from },
				" | "),
			"-");
	/* the number of the cell, and its rows */
	damage_digits(lines, at, 0, from);
	if (find(line, "row ") < from && find(line, "no row") == line.size)
		refuse_part(lines, at, find(line, "row "),
			from - 2 - find(line, "row "), "no row");
}

/* Behind `cell 12 `: its rows. */
static size_t rows_at(struct text line)
{
	struct text rest = { line.data + 5, line.size - 5 };

	return 5 + find(rest, " ") + 1;
}

/* The witness, or the rows, of one cell given to the next. */
static void damage_pair(struct lines *lines, size_t at)
{
	struct text one = lines->items[at], two = lines->items[at + 1];
	size_t row = rows_at(one), other = rows_at(two);
	size_t end = find(one, ": "), stop = find(two, ": ");
	char text[1024];

	snprintf(text, sizeof(text), "%.*s", (int)(two.size - find(two, "; ")),
		two.data + find(two, "; "));
	refuse_part(
		lines, at, find(one, "; "), one.size - find(one, "; "), text);
	snprintf(text, sizeof(text), "%.*s", (int)(stop - other),
		two.data + other);
	if (end - row != stop - other ||
		memcmp(one.data + row, two.data + other, end - row) != 0)
		refuse_part(lines, at, row, end - row, text);
}

/* A line left out, and a line twice. */
static void damage_count(struct lines *lines, size_t at)
{
	struct text line = lines->items[at];

	memmove(&lines->items[at], &lines->items[at + 1],
		(lines->count - at - 1) * sizeof(line));
	lines->count--;
	must_refuse(lines, "a line left out");
	memmove(&lines->items[at + 1], &lines->items[at],
		(lines->count - at) * sizeof(line));
	lines->count++;
	lines->items[at] = line;
	memmove(&lines->items[at + 1], &lines->items[at],
		(lines->count - at) * sizeof(line));
	lines->count++;
	must_refuse(lines, "a line twice");
	memmove(&lines->items[at], &lines->items[at + 1],
		(lines->count - at - 1) * sizeof(line));
	lines->count--;
}

/* A cell left out or doubled, with numbers and sums that fit. */
static void damage_cell_count(struct lines *lines, size_t at, bool twice)
{
	struct lines other = { .of = lines->of };
	static char texts[CELLS_TEXT][1024];
	size_t number = 0;

	for (size_t i = 0; i < lines->count; i++) {
		struct text line = lines->items[i];
		size_t times = i != at ? 1 : twice ? 2 : 0;

		for (size_t k = 0; k < times; k++) {
			char *text = texts[other.count];

			if (begins(line, "cell ")) {
				size_t from = find((struct text){ line.data + 5,
							   line.size - 5 },
					" ");
				snprintf(text, 1024, "cell %zu%.*s", ++number,
					(int)(line.size - 5 - from),
					line.data + 5 + from);
			} else if (begins(line, "end: ")) {
				snprintf(text, 1024,
					"end: 1 tables, %zu cells, 0 tables "
					"not certified",
					number);
			} else {
				snprintf(text, 1024, "%.*s", (int)line.size,
					line.data);
			}
			other.items[other.count++] = text_of(text);
		}
	}
	must_refuse(&other, twice ? "a cell twice" : "a cell left out");
	lines->refused++;
}

static void damage_line(struct lines *lines, size_t at)
{
	struct text line = lines->items[at];

	if (begins(line, "cell ")) {
		damage_cell(lines, at);
		if (begins(lines->items[at + 1], "cell "))
			damage_pair(lines, at);
		damage_cell_count(lines, at, false);
		damage_cell_count(lines, at, true);
	} else if (begins(line, "row ")) {
		damage_digits(lines, at, 0, line.size);
		damage_signs(lines, at, find(line, ":"), line.size);
	} else if (begins(line, "column ")) {
		damage_digits(lines, at, 0, line.size);
		damage_signs(lines, at, 0, find(line, ": "));
		damage_words(lines, at, 0, find(line, ": "));
		refuse_part(lines, at, line.size - 1, 1, "");
	} else if (begins(line, "policy ")) {
		refuse_line(lines, at,
			begins(line, "policy U") ? "policy COLLECT"
						 : "policy UNIQUE");
	} else if (begins(line, "source ")) {
		refuse_part(lines, at, line.size - 1, 1,
			line.data[line.size - 1] == '0' ? "1" : "0");
	} else if (begins(line, "table ")) {
		refuse_part(lines, at, 7, 1, "9");
		refuse_part(lines, at, line.size - 1, 1, "");
	} else if (line.size > 0) {
		damage_digits(lines, at, 0, line.size);
	}
	damage_count(lines, at);
}

/* The certificate of one table alone: `from` is its line, `to` the end. */
static size_t damage_table(const struct models *models, size_t number,
	const struct lines *all, size_t from, size_t to)
{
	static struct lines one;
	struct models of = *models;
	char revisions[64], end[128], why[CLAIMS_WHY_MAX];
	struct buffer text;
	size_t cells = 0;

	of.tables = &models->tables[number];
	of.table_count = 1;
	one.of = &of;
	one.refused = 0;
	one.count = 0;
	snprintf(revisions, sizeof(revisions), "revisions %s",
		of.tables->revision);
	one.items[one.count++] = text_of("shokan certificate 1");
	one.items[one.count++] = text_of(revisions);
	one.items[one.count++] = text_of("");
	for (size_t i = from; i < to; i++) {
		cells += begins(all->items[i], "cell ");
		one.items[one.count++] = all->items[i];
	}
	snprintf(end, sizeof(end),
		"end: 1 tables, %zu cells, 0 tables not certified", cells);
	one.items[one.count++] = text_of("");
	one.items[one.count++] = text_of(end);
	join(&one, &text);
	cr_assert(damage_accepts(&of, text.data, text.size, why), "%s\n%s", why,
		text.data);
	buffer_release(&text);
	for (size_t i = 0; i < one.count; i++)
		damage_line(&one, i);
	return one.refused;
}

size_t damage_book(const struct models *models, const struct buffer *whole,
	size_t every, size_t *tables)
{
	static struct lines all;
	size_t from = 0, refused = 0;

	*tables = 0;
	cut(&all, whole->data, whole->size);
	for (size_t i = 2; i < all.count; i++) {
		if (begins(all.items[i], "table ")) {
			from = i;
		} else if (from > 0 && all.items[i].size == 0) {
			if (*tables % every == 0)
				refused += damage_table(
					models, *tables, &all, from, i);
			(*tables)++;
			from = 0;
		}
	}
	return refused;
}
