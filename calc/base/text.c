/*
 * UTF-8 and small text helpers. Decoding accepts exactly what RFC 3629 does.
 * Widths are those of Unicode's East_Asian_Width: W and F take two columns;
 * the ambiguous class (such as the circled digits) takes one, whatever a
 * Japanese terminal may be set to, so that output does not depend on it.
 */
#include <string.h>

#include "base/text.h"

#define TEXT_NAME_MAX 64 /* letters of a name that distances look at */

struct text text_of(const char *cstring)
{
	return (struct text){ cstring, strlen(cstring) };
}

bool text_equal(struct text a, struct text b)
{
	return a.size == b.size &&
	       (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

bool text_is(struct text a, const char *cstring)
{
	return text_equal(a, text_of(cstring));
}

int text_compare(struct text a, struct text b)
{
	size_t shared = a.size < b.size ? a.size : b.size;
	int order = shared ? memcmp(a.data, b.data, shared) : 0;

	if (order != 0)
		return order;
	return (a.size > b.size) - (a.size < b.size);
}

/* Bytes of the sequence that `lead` opens and its bits of the value. */
static size_t utf8_lead(unsigned char lead, uint32_t *code)
{
	if (lead < 0x80) {
		*code = lead;
		return 1;
	}
	if (lead >= 0xC2 && lead <= 0xDF) {
		*code = lead & 0x1Fu;
		return 2;
	}
	if (lead >= 0xE0 && lead <= 0xEF) {
		*code = lead & 0x0Fu;
		return 3;
	}
	if (lead >= 0xF0 && lead <= 0xF4) {
		*code = lead & 0x07u;
		return 4;
	}
	return 0;
}

size_t utf8_decode(const char *text, size_t size, uint32_t *code)
{
	/* Smallest value that needs so many bytes. */
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint32_t value = 0;
	size_t need;

	if (size == 0)
		return 0;
	need = utf8_lead((unsigned char)text[0], &value);
	if (need == 0 || need > size)
		return 0;
	for (size_t i = 1; i < need; i++) {
		unsigned char byte = (unsigned char)text[i];

		if ((byte & 0xC0u) != 0x80u)
			return 0;
		value = value << 6 | (byte & 0x3Fu);
	}
	if (value < least[need] || value > 0x10FFFF ||
		(value >= 0xD800 && value <= 0xDFFF))
		return 0;
	*code = value;
	return need;
}

size_t utf8_encode(uint32_t code, char out[4])
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xC0u | code >> 6);
		out[1] = (char)(0x80u | (code & 0x3Fu));
		return 2;
	}
	if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		return 0;
	if (code < 0x10000) {
		out[0] = (char)(0xE0u | code >> 12);
		out[1] = (char)(0x80u | (code >> 6 & 0x3Fu));
		out[2] = (char)(0x80u | (code & 0x3Fu));
		return 3;
	}
	out[0] = (char)(0xF0u | code >> 18);
	out[1] = (char)(0x80u | (code >> 12 & 0x3Fu));
	out[2] = (char)(0x80u | (code >> 6 & 0x3Fu));
	out[3] = (char)(0x80u | (code & 0x3Fu));
	return 4;
}

size_t utf8_valid(const char *text, size_t size)
{
	size_t at = 0;

	while (at < size) {
		uint32_t code;
		size_t step = 1;

		if ((unsigned char)text[at] >= 0x80)
			step = utf8_decode(text + at, size - at, &code);
		if (step == 0)
			break;
		at += step;
	}
	return at;
}

size_t utf8_length(const char *text, size_t size)
{
	size_t count = 0;

	for (size_t i = 0; i < size; i++)
		count += ((unsigned char)text[i] & 0xC0u) != 0x80u;
	return count;
}

struct text_range {
	uint32_t first;
	uint32_t last;
};

/* clang-format off */
/* East_Asian_Width W or F, Unicode 14; gaps are closed when unassigned. */
static const struct text_range text_wide[] = {
	{ 0x1100, 0x115F }, { 0x231A, 0x231B }, { 0x2329, 0x232A },
	{ 0x23E9, 0x23EC }, { 0x23F0, 0x23F0 }, { 0x23F3, 0x23F3 },
	{ 0x25FD, 0x25FE }, { 0x2614, 0x2615 }, { 0x2648, 0x2653 },
	{ 0x267F, 0x267F }, { 0x2693, 0x2693 }, { 0x26A1, 0x26A1 },
	{ 0x26AA, 0x26AB }, { 0x26BD, 0x26BE }, { 0x26C4, 0x26C5 },
	{ 0x26CE, 0x26CE }, { 0x26D4, 0x26D4 }, { 0x26EA, 0x26EA },
	{ 0x26F2, 0x26F3 }, { 0x26F5, 0x26F5 }, { 0x26FA, 0x26FA },
	{ 0x26FD, 0x26FD }, { 0x2705, 0x2705 }, { 0x270A, 0x270B },
	{ 0x2728, 0x2728 }, { 0x274C, 0x274C }, { 0x274E, 0x274E },
	{ 0x2753, 0x2755 }, { 0x2757, 0x2757 }, { 0x2795, 0x2797 },
	{ 0x27B0, 0x27B0 }, { 0x27BF, 0x27BF }, { 0x2B1B, 0x2B1C },
	{ 0x2B50, 0x2B50 }, { 0x2B55, 0x2B55 }, { 0x2E80, 0x3029 },
	{ 0x302E, 0x303E }, { 0x3041, 0x3096 }, { 0x309B, 0x3247 },
	{ 0x3250, 0x4DBF }, { 0x4E00, 0xA4C6 }, { 0xA960, 0xA97C },
	{ 0xAC00, 0xD7A3 }, { 0xF900, 0xFAD9 }, { 0xFE10, 0xFE19 },
	{ 0xFE30, 0xFE6B }, { 0xFF01, 0xFF60 }, { 0xFFE0, 0xFFE6 },
	{ 0x16FE0, 0x16FE3 }, { 0x16FF0, 0x1B2FB }, { 0x1F004, 0x1F004 },
	{ 0x1F0CF, 0x1F0CF }, { 0x1F18E, 0x1F18E }, { 0x1F191, 0x1F19A },
	{ 0x1F200, 0x1F320 }, { 0x1F32D, 0x1F335 }, { 0x1F337, 0x1F37C },
	{ 0x1F37E, 0x1F393 }, { 0x1F3A0, 0x1F3CA }, { 0x1F3CF, 0x1F3D3 },
	{ 0x1F3E0, 0x1F3F0 }, { 0x1F3F4, 0x1F3F4 }, { 0x1F3F8, 0x1F43E },
	{ 0x1F440, 0x1F440 }, { 0x1F442, 0x1F4FC }, { 0x1F4FF, 0x1F53D },
	{ 0x1F54B, 0x1F54E }, { 0x1F550, 0x1F567 }, { 0x1F57A, 0x1F57A },
	{ 0x1F595, 0x1F596 }, { 0x1F5A4, 0x1F5A4 }, { 0x1F5FB, 0x1F64F },
	{ 0x1F680, 0x1F6C5 }, { 0x1F6CC, 0x1F6CC }, { 0x1F6D0, 0x1F6D2 },
	{ 0x1F6D5, 0x1F6DF }, { 0x1F6EB, 0x1F6EC }, { 0x1F6F4, 0x1F6FC },
	{ 0x1F7E0, 0x1F7F0 }, { 0x1F90C, 0x1F93A }, { 0x1F93C, 0x1F945 },
	{ 0x1F947, 0x1F9FF }, { 0x1FA70, 0x1FAF6 }, { 0x20000, 0x3FFFD },
};

/*
 * Combining and zero-width characters of the scripts that occur here: Latin,
 * Greek, Cyrillic, Hebrew, Arabic, kana, symbols, variation selectors.
 */
static const struct text_range text_combining[] = {
	{ 0x0300, 0x036F }, { 0x0483, 0x0489 }, { 0x0591, 0x05BD },
	{ 0x05BF, 0x05BF }, { 0x05C1, 0x05C2 }, { 0x05C4, 0x05C5 },
	{ 0x05C7, 0x05C7 }, { 0x0610, 0x061A }, { 0x064B, 0x065F },
	{ 0x0670, 0x0670 }, { 0x06D6, 0x06DC }, { 0x06DF, 0x06E4 },
	{ 0x06E7, 0x06E8 }, { 0x06EA, 0x06ED }, { 0x1AB0, 0x1AFF },
	{ 0x1DC0, 0x1DFF }, { 0x200B, 0x200D }, { 0x2060, 0x2060 },
	{ 0x20D0, 0x20F0 }, { 0x302A, 0x302D }, { 0x3099, 0x309A },
	{ 0xFE00, 0xFE0F }, { 0xFE20, 0xFE2F }, { 0xFEFF, 0xFEFF },
	{ 0xE0100, 0xE01EF },
};
/* clang-format on */

#define TEXT_COUNT(table) (sizeof(table) / sizeof((table)[0]))

static bool text_in_ranges(
	uint32_t code, const struct text_range *ranges, size_t count)
{
	size_t low = 0;
	size_t high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (code > ranges[middle].last)
			low = middle + 1;
		else if (code < ranges[middle].first)
			high = middle;
		else
			return true;
	}
	return false;
}

static size_t text_columns(uint32_t code)
{
	if (code < text_combining[0].first)
		return 1;
	if (text_in_ranges(code, text_combining, TEXT_COUNT(text_combining)))
		return 0;
	if (text_in_ranges(code, text_wide, TEXT_COUNT(text_wide)))
		return 2;
	return 1;
}

size_t utf8_width(const char *text, size_t size)
{
	size_t columns = 0;
	size_t at = 0;

	while (at < size) {
		uint32_t code = 0;
		size_t step = utf8_decode(text + at, size - at, &code);

		if (step == 0) { /* not UTF-8: shown as one replacement */
			columns++;
			at++;
			continue;
		}
		columns += text_columns(code);
		at += step;
	}
	return columns;
}

/* Letters of `name`; false when there are more than TEXT_NAME_MAX. */
static bool text_letters(
	struct text name, bool fold, uint32_t *letters, size_t *count)
{
	size_t at = 0;

	*count = 0;
	while (at < name.size) {
		uint32_t code = (unsigned char)name.data[at];
		size_t step =
			utf8_decode(name.data + at, name.size - at, &code);

		if (*count == TEXT_NAME_MAX)
			return false;
		if (fold && code >= 'A' && code <= 'Z')
			code += 'a' - 'A';
		letters[(*count)++] = code;
		at += step ? step : 1;
	}
	return true;
}

static size_t text_least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* One row of the table of distances; `before` is two rows back. */
static void text_distance_row(const uint32_t *a, size_t i, const uint32_t *b,
	size_t width, const size_t *before, const size_t *above, size_t *row)
{
	row[0] = i;
	for (size_t j = 1; j <= width; j++) {
		size_t change = a[i - 1] == b[j - 1] ? 0 : 1;

		row[j] = text_least(above[j] + 1, row[j - 1] + 1);
		row[j] = text_least(row[j], above[j - 1] + change);
		if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			a[i - 2] == b[j - 1])
			row[j] = text_least(row[j], before[j - 2] + 1);
	}
}

static size_t text_edits(struct text a, struct text b, bool fold)
{
	uint32_t left[TEXT_NAME_MAX];
	uint32_t right[TEXT_NAME_MAX];
	size_t rows[3][TEXT_NAME_MAX + 1];
	size_t height;
	size_t width;

	if (!text_letters(a, fold, left, &height) ||
		!text_letters(b, fold, right, &width))
		return text_equal(a, b) ? 0 : (a.size > b.size ? a : b).size;
	for (size_t j = 0; j <= width; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= height; i++)
		text_distance_row(left, i, right, width, rows[(i + 1) % 3],
			rows[(i + 2) % 3], rows[i % 3]);
	return rows[height % 3][width];
}

size_t text_distance(struct text a, struct text b)
{
	return text_edits(a, b, false);
}

const char *text_nearest(
	struct text name, const char *const *names, size_t count)
{
	const char *best = NULL;
	size_t best_edits = SIZE_MAX;

	for (size_t i = 0; i < count; i++) {
		struct text other = text_of(names[i]);
		size_t edits = text_edits(name, other, true);
		size_t length = utf8_length(name.data, name.size);

		if (utf8_length(other.data, other.size) > length)
			length = utf8_length(other.data, other.size);
		if (edits * 3 <= length && edits < best_edits) {
			best = names[i];
			best_edits = edits;
		}
	}
	return best;
}

const char *text_entity(char byte)
{
	switch (byte) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}
