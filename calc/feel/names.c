/*
 * The names with spaces that FEEL defines (DMN 1.3 to 1.6, chapter 10.3.4),
 * and its keywords. A name of one word needs no entry: the parser takes any
 * single word for a name. Every table is in byte order.
 */
#include "feel/names.h"

#include <stddef.h>
#include <string.h>

/* clang-format off */
static const char *const builtin_names[] = {
	"context merge", "context put", "date and time", "day of week",
	"day of year", "distinct values", "duplicate values", "ends with",
	"finished by",
	"get entries", "get or else", "get value", "index of",
	"insert before", "is defined", "list contains", "list replace",
	"lower case", "met by", "month of year", "overlaps after",
	"overlaps before", "put all", "round down", "round half down",
	"round half up", "round up", "started by", "starts with",
	"string join", "string length", "substring after",
	"substring before", "upper case", "week of year",
	"years and months duration"
};

static const char *const property_names[] = {
	"end included", "start included", "time offset"
};

static const char *const type_names[] = {
	"date and time", "days and time duration",
	"years and months duration"
};

static const char *const keywords[] = {
	"and", "between", "else", "every", "external", "false", "for",
	"function", "if", "in", "instance", "null", "of", "or", "return",
	"satisfies", "some", "then", "true"
};
/* clang-format on */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
	const char *const *names;
	size_t count;
} tables[] = {
	{ builtin_names, COUNT(builtin_names) },
	{ property_names, COUNT(property_names) },
	{ type_names, COUNT(type_names) },
};

/* Index of the first entry that is not before `name` in byte order. */
static size_t lower_bound(
	const char *const *names, size_t count, struct text name)
{
	size_t low = 0;

	while (count > 0) {
		size_t half = count / 2;

		if (text_compare(text_of(names[low + half]), name) < 0) {
			low += half + 1;
			count -= half + 1;
		} else {
			count = half;
		}
	}
	return low;
}

static bool has(const char *const *names, size_t count, struct text name)
{
	size_t at = lower_bound(names, count, name);

	return at < count && text_is(name, names[at]);
}

bool feel_names_has(enum feel_word_table table, struct text name)
{
	return has(tables[table].names, tables[table].count, name);
}

bool feel_names_begins(enum feel_word_table table, struct text start)
{
	size_t at =
		lower_bound(tables[table].names, tables[table].count, start);
	const char *name;

	if (at < tables[table].count && text_is(start, tables[table].names[at]))
		at++;
	if (at == tables[table].count)
		return false;
	name = tables[table].names[at];
	return strlen(name) > start.size &&
	       memcmp(name, start.data, start.size) == 0;
}

bool feel_names_is_keyword(struct text word)
{
	return has(keywords, COUNT(keywords), word);
}
