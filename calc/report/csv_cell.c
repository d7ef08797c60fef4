/*
 * The spelling of a cell: quotes where RFC 4180 wants them, and an apostrophe
 * in front of what a spreadsheet would take for a formula.
 */
#include <string.h>

#include "num/num.h"
#include "report/csv.h"

static bool csv_is_number(const char *data, size_t size)
{
	num ignored;

	return num_parse(data, size, false, &ignored) == NUM_PARSED;
}

static bool csv_is_formula(const char *data, size_t size)
{
	return size && data[0] && strchr("=+-@\t\r", data[0]) &&
	       !csv_is_number(data, size);
}

static bool csv_needs_quotes(const char *data, size_t size)
{
	if (size && (data[0] == ' ' || data[size - 1] == ' '))
		return true;
	for (size_t i = 0; i < size; i++) {
		if (data[i] == ',' || data[i] == '"' || data[i] == '\r' ||
			data[i] == '\n')
			return true;
	}
	return false;
}

/* Each quote twice. */
static void csv_doubled(struct buffer *out, const char *data, size_t size)
{
	const char *quote;

	while (size > 0 && (quote = memchr(data, '"', size)) != NULL) {
		size_t part = (size_t)(quote - data) + 1;

		buffer_add(out, data, part);
		buffer_byte(out, '"');
		data += part;
		size -= part;
	}
	buffer_add(out, data, size);
}

void csv_cell(struct buffer *out, const char *data, size_t size)
{
	bool quotes = csv_needs_quotes(data, size);

	if (quotes)
		buffer_byte(out, '"');
	if (csv_is_formula(data, size))
		buffer_byte(out, '\'');
	if (quotes)
		csv_doubled(out, data, size);
	else
		buffer_add(out, data, size);
	if (quotes)
		buffer_byte(out, '"');
}
