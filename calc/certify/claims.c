/*
 * Reading a certificate, strictly: every line is one that the format has, in
 * its place, with numbers that count up. Whether it is true is decided in
 * prove.c.
 */
#include "certify/claims.h"

#include <stdio.h>
#include <string.h>

#include "base/diag.h"

void claims_say(char why[CLAIMS_WHY_MAX], const char *format, va_list arguments)
{
	static const char more[] = "...";
	size_t size;

	if (vsnprintf(why, CLAIMS_WHY_MAX, format, arguments) < CLAIMS_WHY_MAX)
		return;
	/* no half of a character in front of the dots */
	size = utf8_valid(why, CLAIMS_WHY_MAX - sizeof(more));
	memcpy(why + size, more, sizeof(more));
}

static bool fail(struct claims *claims, const char *format, ...)
	BASE_PRINTF(2, 3);

static bool fail(struct claims *claims, const char *format, ...)
{
	va_list arguments;

	if (claims->why[0])
		return false;
	va_start(arguments, format);
	claims_say(claims->why, format, arguments);
	va_end(arguments);
	return false;
}

/* The next line without its line feed; false: there is none. */
static bool step(struct claims *claims)
{
	const char *stop;

	claims->number++;
	if (claims->next == claims->end)
		return fail(claims, "the certificate ends too early");
	stop = memchr(claims->next, '\n', (size_t)(claims->end - claims->next));
	if (!stop)
		return fail(claims, "a line without its end");
	claims->line =
		(struct text){ claims->next, (size_t)(stop - claims->next) };
	claims->next = stop + 1;
	return true;
}

/* Does the line that comes next begin so? */
static bool comes(const struct claims *claims, const char *word)
{
	size_t size = strlen(word);

	return (size_t)(claims->end - claims->next) >= size &&
	       memcmp(claims->next, word, size) == 0;
}

/* Take `word` off the present line. */
static bool take(struct claims *claims, const char *word)
{
	size_t size = strlen(word);

	if (claims->line.size < size ||
		memcmp(claims->line.data, word, size) != 0)
		return false;
	claims->line.data += size;
	claims->line.size -= size;
	return true;
}

static bool want(struct claims *claims, const char *word)
{
	return take(claims, word) || fail(claims, "expected \"%s\" here", word);
}

/* A number without leading zeros. */
static bool take_number(struct claims *claims, size_t *out)
{
	size_t size = 0;

	*out = 0;
	while (size < claims->line.size && size < 9 &&
		claims->line.data[size] >= '0' &&
		claims->line.data[size] <= '9')
		*out = *out * 10 + (size_t)(claims->line.data[size++] - '0');
	if (size == 0 || (size > 1 && claims->line.data[0] == '0'))
		return fail(claims, "expected a number here");
	claims->line.data += size;
	claims->line.size -= size;
	return true;
}

/* Up to `stop`, which goes too; never empty. */
static bool take_word(struct claims *claims, char stop, struct text *out)
{
	const char *at = claims->line.size ? memchr(claims->line.data, stop,
						     claims->line.size)
					   : NULL;

	if (!at || at == claims->line.data)
		return fail(claims, "expected a word and \"%c\" here", stop);
	out->data = claims->line.data;
	out->size = (size_t)(at - claims->line.data);
	claims->line.data += out->size + 1;
	claims->line.size -= out->size + 1;
	return true;
}

static bool take_rest(struct claims *claims, struct text *out)
{
	*out = claims->line;
	claims->line.data += claims->line.size;
	claims->line.size = 0;
	return out->size > 0 || fail(claims, "the line ends too early");
}

static bool take_tests(struct claims *claims, struct unary_tests *out)
{
	struct unary_cursor cursor = { claims->arena, claims->line.data,
		claims->line.data + claims->line.size, NULL };

	if (!unary_read(&cursor, out))
		return fail(claims, "cannot read %s", cursor.why);
	claims->line.data = cursor.at;
	claims->line.size = (size_t)(cursor.end - cursor.at);
	return true;
}

static bool take_value(struct claims *claims, struct unary_value *out)
{
	struct unary_cursor cursor = { claims->arena, claims->line.data,
		claims->line.data + claims->line.size, NULL };

	memset(out, 0, sizeof(*out));
	if (claims->line.size > 0 && claims->line.data[0] == '-' &&
		(claims->line.size == 1 || claims->line.data[1] == ' '))
		return take(claims, "-");
	if (!unary_read_value(&cursor, out))
		return fail(claims, "cannot read %s", cursor.why);
	claims->line.data = cursor.at;
	claims->line.size = (size_t)(cursor.end - cursor.at);
	return true;
}

static bool is_done(struct claims *claims)
{
	return claims->line.size == 0 ||
	       fail(claims, "something stands behind the end of the line");
}

/* One more item of an array in the arena, which doubles when it is full. */
static void *grow(struct claims *claims, void *items, size_t count, size_t size)
{
	char *more;

	if (count > 0 && (count < 4 || (count & (count - 1)) != 0))
		return items;
	more = arena_zeroed(claims->arena, count < 4 ? 4 : 2 * count, size);
	if (!more) {
		fail(claims, "memory ran out");
		return NULL;
	}
	if (items)
		memcpy(more, items, count * size);
	return more;
}

bool claims_open(struct claims *claims, struct arena *arena, struct text bytes)
{
	memset(claims, 0, sizeof(*claims));
	claims->arena = arena;
	claims->next = bytes.data;
	claims->end = bytes.data + bytes.size;
	if (bytes.size > CLAIMS_BYTES_MAX)
		return fail(claims, "more than %u bytes", CLAIMS_BYTES_MAX);
	if (memchr(bytes.data, '\0', bytes.size) ||
		utf8_valid(bytes.data, bytes.size) != bytes.size)
		return fail(claims, "no UTF-8 text");
	if (!step(claims) || !want(claims, "shokan certificate 1") ||
		!is_done(claims) || !step(claims) || !want(claims, "revisions"))
		return false;
	while (claims->line.size > 0) {
		struct text *to = &claims->revisions[claims->revision_count];
		const char *space;

		if (claims->revision_count == CLAIMS_REVISIONS_MAX)
			return fail(claims, "too many revisions");
		if (!want(claims, " "))
			return false;
		*to = claims->line;
		space = to->size ? memchr(to->data, ' ', to->size) : NULL;
		if (space)
			to->size = (size_t)(space - to->data);
		if (to->size == 0)
			return fail(claims, "a revision without a name");
		claims->line.data += to->size;
		claims->line.size -= to->size;
		claims->revision_count++;
	}
	return claims->revision_count > 0 ||
	       fail(claims, "no revision is named");
}

bool claims_more(const struct claims *claims)
{
	return !claims->why[0] && comes(claims, "\ntable ");
}

static bool read_columns(struct claims *claims, struct claim_table *out)
{
	struct claim_column *columns = NULL;
	size_t number;

	while (comes(claims, "column ")) {
		struct claim_column *to;

		if (out->column_count == CLAIMS_COLUMNS_MAX)
			return fail(claims, "too many columns");
		columns = grow(
			claims, columns, out->column_count, sizeof(*columns));
		if (!columns)
			return false;
		to = &columns[out->column_count++];
		if (!step(claims) || !want(claims, "column ") ||
			!take_number(claims, &number) || !want(claims, " ") ||
			!take_word(claims, ' ', &to->type) ||
			!take_tests(claims, &to->domain) ||
			!want(claims, ": ") ||
			!take_rest(claims, &to->expression))
			return false;
		if (number != out->column_count)
			return fail(claims, "columns do not count up");
	}
	out->columns = columns;
	return true;
}

static bool read_rows(struct claims *claims, struct claim_table *out)
{
	struct claim_row *rows = NULL;
	size_t number, line;

	while (comes(claims, "row ")) {
		struct claim_row *to;

		if (out->row_count == CLAIMS_ROWS_MAX)
			return fail(claims, "too many rows");
		rows = grow(claims, rows, out->row_count, sizeof(*rows));
		if (!rows)
			return false;
		to = &rows[out->row_count++];
		if (!step(claims) || !want(claims, "row ") ||
			!take_number(claims, &number) ||
			!want(claims, " line ") ||
			!take_number(claims, &line) || !want(claims, ":") ||
			(claims->line.size > 0 && !want(claims, " ")))
			return false;
		to->line = (long)line;
		to->words = claims->line;
		if (number != out->row_count)
			return fail(claims, "rows do not count up");
	}
	out->rows = rows;
	return true;
}

/* `no row` or `row 1,3`, ascending. */
static bool take_rows(struct claims *claims, const struct claim_table *table,
	struct claim_cell *to)
{
	size_t *rows = NULL;
	size_t last = 0;

	if (take(claims, "no row"))
		return true;
	if (!want(claims, "row "))
		return false;
	do {
		size_t row;

		if (!take_number(claims, &row))
			return false;
		if (row <= last || row > table->row_count)
			return fail(claims,
				"a row that the table does not have, or rows "
				"out of order");
		rows = grow(claims, rows, to->row_count, sizeof(*rows));
		if (!rows)
			return false;
		rows[to->row_count++] = row;
		last = row;
	} while (take(claims, ","));
	to->rows = rows;
	return true;
}

static bool take_cell(struct claims *claims, const struct claim_table *table,
	struct claim_cell *to)
{
	struct unary_tests *where = arena_zeroed(
		claims->arena, table->column_count + 1, sizeof(*where));
	struct unary_value *witness = arena_zeroed(
		claims->arena, table->column_count + 1, sizeof(*witness));

	if (!where || !witness)
		return fail(claims, "memory ran out");
	for (size_t i = 0; i < table->column_count; i++)
		if ((i > 0 && !want(claims, " | ")) ||
			!take_tests(claims, &where[i]))
			return false;
	if (!want(claims, "; such as "))
		return false;
	to->such = claims->line;
	for (size_t i = 0; i < table->column_count; i++)
		if ((i > 0 && !want(claims, " | ")) ||
			!take_value(claims, &witness[i]))
			return false;
	to->where = where;
	to->witness = witness;
	return is_done(claims);
}

static bool read_cells(struct claims *claims, struct claim_table *out)
{
	struct claim_cell *cells = NULL;
	size_t number;

	while (comes(claims, "cell ")) {
		struct claim_cell *to;

		if (out->cell_count == CLAIMS_CELLS_MAX)
			return fail(claims, "too many cells");
		cells = grow(claims, cells, out->cell_count, sizeof(*cells));
		if (!cells)
			return false;
		to = &cells[out->cell_count++];
		if (!step(claims) || !want(claims, "cell ") ||
			!take_number(claims, &number) || !want(claims, " "))
			return false;
		to->line = claims->number;
		if (number != out->cell_count)
			return fail(claims, "cells do not count up");
		if (!take_rows(claims, out, to) || !want(claims, ": ") ||
			!take_cell(claims, out, to))
			return false;
	}
	out->cells = cells;
	return true;
}

static bool read_head(struct claims *claims, struct claim_table *out)
{
	size_t line;

	if (!step(claims) || !is_done(claims) || !step(claims) ||
		!want(claims, "table "))
		return false;
	out->at = claims->number;
	if (!take_word(claims, ' ', &out->revision) ||
		!take_word(claims, ' ', &out->id) ||
		!take_rest(claims, &out->file) || !step(claims) ||
		!want(claims, "line ") || !take_number(claims, &line) ||
		!is_done(claims))
		return false;
	out->line = (long)line;
	return true;
}

bool claims_next(struct claims *claims, struct claim_table *out)
{
	memset(out, 0, sizeof(*out));
	if (!read_head(claims, out))
		return false;
	if (comes(claims, "not certified: ")) {
		out->left_out = true;
		claims->left_out++;
		return step(claims);
	}
	claims->tables++;
	if (!step(claims) || !want(claims, "source ") ||
		!take_rest(claims, &out->source) || !step(claims) ||
		!want(claims, "policy ") || !take_rest(claims, &out->policy) ||
		!read_columns(claims, out) || !read_rows(claims, out) ||
		!read_cells(claims, out))
		return false;
	claims->cells += out->cell_count;
	return true;
}

bool claims_close(struct claims *claims)
{
	size_t tables, cells, left_out;

	if (!step(claims) || !is_done(claims) || !step(claims) ||
		!want(claims, "end: ") || !take_number(claims, &tables) ||
		!want(claims, " tables, ") || !take_number(claims, &cells) ||
		!want(claims, " cells, ") || !take_number(claims, &left_out) ||
		!want(claims, " tables not certified") || !is_done(claims))
		return false;
	if (tables != claims->tables || cells != claims->cells ||
		left_out != claims->left_out)
		return fail(claims,
			"the last line counts other tables or cells than "
			"there are");
	if (claims->next != claims->end) {
		claims->number++;
		return fail(claims, "something stands behind the end");
	}
	return true;
}
