/*
 * Telling one object a line from JSON of one piece and from a table, by the
 * first bytes alone. It decides only for standard input, where no file name
 * says it: there lines are taken one by one, so that a stream can be cut at
 * any line end without changing what comes out.
 */
#include <string.h>

#include "record/json_scan.h"

static bool lines_is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Without white space at its front. */
static struct text lines_trim(struct text text)
{
	while (text.size > 0 && lines_is_blank(text.data[0])) {
		text.data++;
		text.size--;
	}
	return text;
}

/* Brackets that `line` leaves open; -1 when it ends inside a string. */
static long lines_open(struct text line)
{
	bool inside = false;
	long depth = 0;

	for (size_t i = 0; i < line.size; i++) {
		char byte = line.data[i];

		if (inside && byte == '\\')
			i++;
		else if (byte == '"')
			inside = !inside;
		else if (!inside && (byte == '{' || byte == '['))
			depth++;
		else if (!inside && (byte == '}' || byte == ']'))
			depth--;
	}
	return inside ? -1 : depth;
}

/* JSON can go on with an object behind this line. */
static bool lines_goes_on(struct text line)
{
	while (line.size > 0 && lines_is_blank(line.data[line.size - 1]))
		line.size--;
	return line.size > 0 && strchr(":,[", line.data[line.size - 1]);
}

bool json_are_lines(struct text first)
{
	struct text line = lines_trim(first);
	struct text rest = { line.data, 0 };
	const char *end;

	if (line.size == 0 || line.data[0] == '[' || line.data[0] == '<')
		return false;
	end = memchr(line.data, '\n', line.size);
	if (end) {
		rest.data = end;
		rest.size = line.size - (size_t)(end - line.data);
		line.size -= rest.size;
	}
	rest = lines_trim(rest);
	if (line.data[0] != '{') /* a table has no cell that begins so */
		return rest.size > 1 && rest.data[0] == '{' &&
		       rest.data[1] == '"';
	if (rest.size == 0)
		return true;
	return lines_open(line) == 0 ||
	       (rest.data[0] == '{' && !lines_goes_on(line));
}
