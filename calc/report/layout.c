/*
 * Wrapping to columns. A line breaks at a space, between Japanese letters
 * (never before a closing mark or behind an opening one), else behind `_`,
 * `,` and the like, else wherever it is full. A tab is shown as a space and
 * other control characters as `?`, so that data cannot steer the terminal.
 */
#include <string.h>

#include "report/layout.h"

/* A letter of the text and how it may be treated. */
struct layout_letter {
	uint32_t code;
	size_t size;  /* bytes */
	size_t width; /* columns */
};

static struct layout_letter layout_decode(const char *text, size_t size)
{
	struct layout_letter letter = { 0xFFFD, 1, 1 };
	size_t step = utf8_decode(text, size, &letter.code);

	if (step) {
		letter.size = step;
		letter.width = utf8_width(text, step);
	}
	return letter;
}

static bool layout_is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7F && code < 0xA0) ||
	       (code >= 0x202A && code <= 0x202E) ||
	       (code >= 0x2066 && code <= 0x2069);
}

/* Marks that no line begins with. */
static bool layout_is_closing(uint32_t code)
{
	return code == 0x3001 || code == 0x3002 || code == 0xFF09 ||
	       code == 0x300D || code == 0x300F || code == 0xFF0C ||
	       code == 0x30FC || code == ',' || code == ')' || code == '.';
}

/* Marks that no line ends with. */
static bool layout_is_opening(uint32_t code)
{
	return code == 0xFF08 || code == 0x300C || code == 0x300E ||
	       code == '(';
}

/* Marks behind which a word may be cut when it must be. */
static bool layout_is_joint(uint32_t code)
{
	return code == '_' || code == ',' || code == ';' || code == '|' ||
	       code == '/' || code == '=' || code == ':';
}

/* May a line end between these two? */
static bool layout_may_break(struct layout_letter a, struct layout_letter b)
{
	if (b.width == 0)
		return false;
	if (a.code == ' ')
		return true;
	return (a.width == 2 || b.width == 2) && !layout_is_closing(b.code) &&
	       !layout_is_opening(a.code);
}

/* May a word be cut here? A hyphen is no minus sign: no digit follows. */
static bool layout_may_cut(struct layout_letter a, struct layout_letter b)
{
	return layout_is_joint(a.code) ||
	       (a.code == '-' && (b.code < '0' || b.code > '9'));
}

/* True when the word at the start of `text` fits on a line of its own. */
static bool layout_word_fits(const char *text, size_t size, size_t width)
{
	struct layout_letter before = { 0, 0, 0 };
	size_t used = 0;

	for (size_t at = 0; at < size && text[at] != ' ' && text[at] != '\n';) {
		struct layout_letter letter =
			layout_decode(text + at, size - at);

		if (at && layout_may_break(before, letter))
			break;
		used += letter.width;
		at += letter.size;
		before = letter;
	}
	return used <= width;
}

/* The best of the places before `full` where the line may end. */
static size_t layout_choose(const char *text, size_t size, size_t width,
	size_t good, size_t weak, size_t full)
{
	if (good && (weak <= good ||
			    layout_word_fits(text + good, size - good, width)))
		return good;
	return weak ? weak : full;
}

/*
 * Bytes of the first line of `text` (without spaces at its end) at `width`;
 * `*next` is where the following line begins. Always goes on by one letter.
 */
static size_t layout_line(
	const char *text, size_t size, size_t width, size_t *next)
{
	struct layout_letter before = { 0, 0, 0 };
	size_t at = 0, used = 0, good = 0, weak = 0;

	while (at < size && text[at] != '\n') {
		struct layout_letter letter =
			layout_decode(text + at, size - at);

		if (at && layout_may_break(before, letter))
			good = at;
		else if (at && layout_may_cut(before, letter))
			weak = at;
		if (at && used + letter.width > width && letter.code != ' ') {
			at = layout_choose(text, size, width, good, weak, at);
			break;
		}
		used += letter.width;
		at += letter.size;
		before = letter;
	}
	*next = at < size && text[at] == '\n' ? at + 1 : at;
	while (at && text[at - 1] == ' ')
		at--;
	return at;
}

static void layout_safe(struct buffer *out, const char *text, size_t size)
{
	for (size_t at = 0; at < size;) {
		struct layout_letter letter =
			layout_decode(text + at, size - at);

		if (letter.code == '\t')
			buffer_byte(out, ' ');
		else if (layout_is_control(letter.code) ||
			 letter.code == 0xFFFD)
			buffer_byte(out, '?');
		else
			buffer_add(out, text + at, letter.size);
		at += letter.size;
	}
}

/* Columns that layout_safe prints. */
static size_t layout_width(const char *text, size_t size)
{
	size_t width = 0;

	for (size_t at = 0; at < size;) {
		struct layout_letter letter =
			layout_decode(text + at, size - at);

		width += layout_is_control(letter.code) ? 1 : letter.width;
		at += letter.size;
	}
	return width;
}

static void layout_spaces(struct buffer *out, size_t count)
{
	while (count--)
		buffer_byte(out, ' ');
}

static void layout_trim(struct buffer *out)
{
	while (!out->failed && out->size && out->data[out->size - 1] == ' ')
		out->data[--out->size] = '\0';
}

/* The next line of one cell, padded to its width. */
static void layout_cell_line(
	struct buffer *out, const struct layout_cell *cell, size_t *at)
{
	const char *text = cell->text.data + *at;
	size_t left = cell->text.size - *at;
	size_t next = 0;
	size_t shown = left ? layout_line(text, left, cell->width, &next) : 0;
	size_t width = shown ? layout_width(text, shown) : 0;

	*at += next;
	if (shown && cell->colour)
		buffer_text(out, cell->colour);
	if (shown)
		layout_safe(out, text, shown);
	if (shown && cell->colour)
		buffer_text(out, "\033[0m");
	layout_spaces(out, width < cell->width ? cell->width - width : 0);
}

void layout_row(
	struct buffer *out, const struct layout_cell *cells, size_t count)
{
	size_t at[LAYOUT_CELLS_MAX] = { 0 };
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < count && i < LAYOUT_CELLS_MAX; i++) {
			if (i)
				layout_spaces(out, LAYOUT_GAP);
			layout_cell_line(out, &cells[i], &at[i]);
			more = more || at[i] < cells[i].text.size;
		}
		layout_trim(out);
		buffer_byte(out, '\n');
	}
}

void layout_paragraph(struct buffer *out, size_t columns, const char *first,
	const char *rest, struct text text)
{
	const char *prefix = first;
	size_t at = 0;

	do {
		size_t indent = utf8_width(prefix, strlen(prefix));
		size_t width = columns > indent ? columns - indent : 1;
		size_t next = 0;
		size_t shown = layout_line(
			text.data + at, text.size - at, width, &next);

		buffer_text(out, prefix);
		layout_safe(out, text.data + at, shown);
		layout_trim(out);
		buffer_byte(out, '\n');
		at += next;
		prefix = rest;
	} while (at < text.size);
}
