/*
 * A state machine over the bytes of a document. It does not decide whether
 * the document is well-formed, libxml2 does; it finds start tags, and stops
 * at a NUL, at invalid UTF-8, at a document type and at the ceilings, so that
 * the parser never works on them. On a malformed document it may lose track,
 * which does no harm since the parser then stops.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "xml/reader.h"
#include "xml/scan.h"

void xml_fault_set(struct xml_fault *fault, enum shk_code code,
	struct xml_place place, const char *format, ...)
{
	va_list args;

	if (fault->code)
		return;
	fault->code = code;
	fault->place = place;
	va_start(args, format);
	if (vsnprintf(fault->message, sizeof(fault->message), format, args) < 0)
		fault->message[0] = '\0';
	va_end(args);
}

/* In which states a byte means nothing; see xml_scan_plain. */
enum { PLAIN_TEXT = 1, PLAIN_TAG = 2, PLAIN_DOUBLE = 4, PLAIN_SINGLE = 8 };

static void plain_prepare(unsigned char *plain)
{
	for (int byte = ' '; byte < 0x7F; byte++)
		plain[byte] =
			PLAIN_TEXT | PLAIN_TAG | PLAIN_DOUBLE | PLAIN_SINGLE;
	plain['<'] &= ~PLAIN_TEXT;
	plain['>'] &= ~PLAIN_TAG;
	plain['"'] &= ~(PLAIN_TAG | PLAIN_DOUBLE);
	plain['\''] &= ~(PLAIN_TAG | PLAIN_SINGLE);
}

void xml_scan_init(
	struct xml_scan *scan, enum shk_code failure, size_t item_max)
{
	memset(scan, 0, sizeof(*scan));
	scan->failure = failure;
	scan->item_max = item_max;
	scan->place = (struct xml_place){ 1, 1 };
	scan->first = true;
	plain_prepare(scan->plain);
}

void xml_scan_release(struct xml_scan *scan)
{
	memory_free(scan->tags);
	memset(scan, 0, sizeof(*scan));
}

static void xml_scan_push(struct xml_scan *scan)
{
	void *tags = scan->tags;
	size_t waiting = scan->tags_end - scan->tags_first;

	if (scan->tags_end == scan->tags_capacity && scan->tags_first > 0) {
		memmove(scan->tags, scan->tags + scan->tags_first,
			waiting * sizeof(*scan->tags));
		scan->tags_first = 0;
		scan->tags_end = waiting;
	}
	if (!memory_grow(&tags, &scan->tags_capacity, scan->tags_end + 1,
		    sizeof(*scan->tags))) {
		xml_fault_set(
			&scan->fault, SHK_E_MEMORY, scan->tag, "out of memory");
		return;
	}
	scan->tags = tags;
	scan->tags[scan->tags_end++] = scan->tag;
}

bool xml_scan_take(struct xml_scan *scan, struct xml_place *place)
{
	if (scan->tags_first == scan->tags_end)
		return false;
	*place = scan->tags[scan->tags_first++];
	return true;
}

/* Bounds of the byte that follows a lead byte (RFC 3629); false if bad. */
static bool xml_scan_lead(struct xml_scan *scan, unsigned char byte)
{
	scan->utf8_least = 0x80;
	scan->utf8_most = 0xBF;
	if (byte < 0x80)
		return true;
	if (byte < 0xC2 || byte > 0xF4)
		return false;
	scan->utf8_need = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
	if (byte == 0xE0)
		scan->utf8_least = 0xA0;
	else if (byte == 0xED)
		scan->utf8_most = 0x9F;
	else if (byte == 0xF0)
		scan->utf8_least = 0x90;
	else if (byte == 0xF4)
		scan->utf8_most = 0x8F;
	return true;
}

/* Check one byte of the encoding; false after setting the fault. */
static bool xml_scan_encoding(struct xml_scan *scan, unsigned char byte)
{
	bool good;

	if (byte == 0) {
		xml_fault_set(&scan->fault, scan->failure, scan->place,
			"a NUL byte is not allowed in XML");
		return false;
	}
	if (scan->utf8_need == 0) {
		good = xml_scan_lead(scan, byte);
	} else {
		good = byte >= scan->utf8_least && byte <= scan->utf8_most;
		scan->utf8_need--;
		scan->utf8_least = 0x80;
		scan->utf8_most = 0xBF;
	}
	if (!good)
		xml_fault_set(&scan->fault, scan->failure, scan->place,
			"the byte 0x%02X is not UTF-8 here; only UTF-8 is read",
			byte);
	return good;
}

/* Value of the encoding in a declaration, cut to `size`; "" when none. */
static void xml_declared_encoding(const char *text, char *out, size_t size)
{
	const char *at = strstr(text, "encoding");
	size_t length = 0;

	*out = '\0';
	if (!at)
		return;
	at += strlen("encoding");
	at += strspn(at, " \t\r\n=");
	if (*at != '"' && *at != '\'')
		return;
	at++;
	while (at[length] && at[length] != '"' && at[length] != '\'' &&
		length + 1 < size)
		length++;
	memcpy(out, at, length);
	out[length] = '\0';
}

/* ASCII only and without a locale, unlike strcasecmp. */
static bool xml_same_name(const char *a, const char *b)
{
	for (; *a && *b; a++, b++) {
		char upper = *a >= 'a' && *a <= 'z' ? (char)(*a - 32) : *a;

		if (upper != *b)
			return false;
	}
	return *a == *b;
}

/* The first instruction has ended: if it is a declaration, check it. */
static void xml_scan_declaration(struct xml_scan *scan)
{
	char encoding[32];

	scan->declaration = false;
	scan->declared[scan->declared_size] = '\0';
	if (strncmp(scan->declared, "xml", 3) != 0)
		return;
	xml_declared_encoding(scan->declared, encoding, sizeof(encoding));
	if (encoding[0] && !xml_same_name(encoding, "UTF-8") &&
		!xml_same_name(encoding, "US-ASCII"))
		xml_fault_set(&scan->fault, scan->failure, scan->tag,
			"the encoding \"%s\" is not read, only UTF-8",
			encoding);
}

/*
 * A start or end of a child of the root: the next item begins, `size` bytes of
 * which were read.
 */
static void xml_scan_boundary(struct xml_scan *scan, size_t size)
{
	if (scan->depth <= 2)
		scan->item = size;
}

static void xml_scan_start(struct xml_scan *scan)
{
	scan->depth++;
	scan->rooted = true;
	scan->attributes = 0;
	xml_scan_boundary(scan, 2);
	if (scan->depth > XML_DEPTH_MAX) {
		xml_fault_set(&scan->fault, SHK_E_LIMIT, scan->tag,
			"more than %d elements are open", XML_DEPTH_MAX);
		return;
	}
	xml_scan_push(scan);
	scan->state = XML_SCAN_TAG;
}

static void xml_scan_end(struct xml_scan *scan)
{
	xml_scan_boundary(scan, 0);
	scan->depth--;
	scan->state = XML_SCAN_TEXT;
}

/* The byte behind `<` says what begins. */
static void xml_scan_open(struct xml_scan *scan, char byte)
{
	scan->run = 0;
	scan->declaration = false;
	if (byte == '/') {
		scan->state = XML_SCAN_END_TAG;
	} else if (byte == '!') {
		scan->state = XML_SCAN_BANG;
	} else if (byte == '?') {
		scan->state = XML_SCAN_INSTRUCTION;
		scan->declaration = scan->first;
	} else {
		xml_scan_start(scan);
	}
	scan->first = false;
}

static void xml_scan_bang(struct xml_scan *scan, char byte)
{
	scan->run = 0;
	if (byte == '-')
		scan->state = XML_SCAN_COMMENT;
	else if (byte == '[')
		scan->state = XML_SCAN_CDATA;
	else
		scan->state = XML_SCAN_TEXT;
	if (byte == 'D')
		xml_fault_set(&scan->fault, scan->failure, scan->tag,
			"a document type declaration is not allowed here");
	/* The second hyphen of `<!--` does not begin the end. */
	if (byte == '-')
		scan->run = -1;
}

static void xml_scan_tag(struct xml_scan *scan, char byte)
{
	if (byte == '>') {
		if (scan->before == '/')
			xml_scan_end(scan);
		scan->state = XML_SCAN_TEXT;
	} else if (byte == '"' || byte == '\'') {
		scan->state = XML_SCAN_QUOTED;
		scan->quote = byte;
		if (++scan->attributes > XML_ATTRIBUTES_MAX)
			xml_fault_set(&scan->fault, SHK_E_LIMIT, scan->tag,
				"the element has more than %d attributes",
				XML_ATTRIBUTES_MAX);
	}
}

/* In a construct that ends with `count` times `mark` and then `>`. */
static void xml_scan_until(
	struct xml_scan *scan, char byte, char mark, int count)
{
	if (byte == '>' && scan->run >= count) {
		if (scan->declaration)
			xml_scan_declaration(scan);
		scan->state = XML_SCAN_TEXT;
	} else if (byte == mark) {
		scan->run++;
	} else {
		scan->run = scan->run < 0 ? scan->run + 1 : 0;
	}
}

static void xml_scan_instruction(struct xml_scan *scan, char byte)
{
	if (scan->declaration) {
		if (scan->declared_size + 1 < sizeof(scan->declared))
			scan->declared[scan->declared_size++] = byte;
		else
			xml_fault_set(&scan->fault, SHK_E_LIMIT, scan->tag,
				"the XML declaration is longer than %d bytes",
				XML_DECLARATION_MAX - 1);
	}
	xml_scan_until(scan, byte, '?', 1);
}

static void xml_scan_state(struct xml_scan *scan, char byte)
{
	switch (scan->state) {
	case XML_SCAN_TEXT:
		if (byte == '<') {
			scan->tag = scan->place;
			scan->state = XML_SCAN_OPEN;
		}
		break;
	case XML_SCAN_OPEN:
		xml_scan_open(scan, byte);
		break;
	case XML_SCAN_TAG:
		xml_scan_tag(scan, byte);
		break;
	case XML_SCAN_QUOTED:
		if (byte == scan->quote)
			scan->state = XML_SCAN_TAG;
		break;
	case XML_SCAN_END_TAG:
		if (byte == '>')
			xml_scan_end(scan);
		break;
	case XML_SCAN_BANG:
		xml_scan_bang(scan, byte);
		break;
	case XML_SCAN_COMMENT:
		xml_scan_until(scan, byte, '-', 2);
		break;
	case XML_SCAN_CDATA:
		xml_scan_until(scan, byte, ']', 2);
		break;
	case XML_SCAN_INSTRUCTION:
		xml_scan_instruction(scan, byte);
		break;
	}
}

static void xml_scan_move(struct xml_scan *scan, unsigned char byte)
{
	if (byte == '\n') {
		scan->place.line++;
		scan->place.column = 1;
	} else if (scan->utf8_need == 0) {
		scan->place.column++; /* at the last byte of a character */
	}
}

/* A whole character of three bytes that is no surrogate: Japanese text. */
static bool xml_scan_three(const char *data, size_t size)
{
	unsigned char lead = size >= 3 ? (unsigned char)data[0] : 0;

	return lead > 0xE0 && lead < 0xF0 && lead != 0xED &&
	       ((unsigned char)data[1] & 0xC0) == 0x80 &&
	       ((unsigned char)data[2] & 0xC0) == 0x80;
}

static unsigned char plain_in(const struct xml_scan *scan)
{
	if (scan->utf8_need > 0 || scan->fault.code)
		return 0;
	switch (scan->state) {
	case XML_SCAN_TEXT:
		return PLAIN_TEXT;
	case XML_SCAN_TAG:
		return PLAIN_TAG;
	case XML_SCAN_QUOTED:
		return scan->quote == '"' ? PLAIN_DOUBLE : PLAIN_SINGLE;
	default:
		return 0;
	}
}

/*
 * Bytes from `data` on that move the place by a column each, or each three,
 * and change nothing else; `columns` is how many.
 */
static size_t xml_scan_plain(const struct xml_scan *scan, const char *data,
	size_t size, long *columns)
{
	unsigned char in = plain_in(scan);
	size_t i = 0, triples = 0;

	if (!in)
		return 0;
	if (scan->item_max && size > scan->item_max - scan->item)
		size = scan->item_max - scan->item;
	for (;;) {
		while (i < size && (scan->plain[(unsigned char)data[i]] & in))
			i++;
		if (!xml_scan_three(data + i, size - i))
			break;
		i += 3;
		triples++;
	}
	*columns = (long)(i - 2 * triples);
	return i;
}

size_t xml_scan_bytes(struct xml_scan *scan, const char *data, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		long columns = 0;
		size_t plain =
			xml_scan_plain(scan, data + i, size - i, &columns);
		unsigned char byte;

		if (plain > 0) {
			scan->before = data[i + plain - 1];
			scan->place.column += columns;
			scan->item += plain;
			i += plain;
			if (i == size)
				break;
		}
		byte = (unsigned char)data[i];
		if (scan->fault.code || !xml_scan_encoding(scan, byte))
			return i;
		if (scan->item_max && ++scan->item > scan->item_max)
			xml_fault_set(&scan->fault, SHK_E_LIMIT, scan->tag,
				"one entry is larger than %zu bytes",
				scan->item_max);
		xml_scan_state(scan, data[i]);
		if (scan->fault.code)
			return i;
		scan->before = data[i];
		xml_scan_move(scan, byte);
	}
	return size;
}

void xml_scan_finish(struct xml_scan *scan)
{
	if (scan->utf8_need > 0)
		xml_fault_set(&scan->fault, scan->failure, scan->place,
			"the document ends inside a UTF-8 character");
	if (scan->state != XML_SCAN_TEXT)
		xml_fault_set(&scan->fault, scan->failure, scan->place,
			"not well-formed XML: the document ends inside the "
			"markup that begins in line %ld",
			scan->tag.line);
	if (scan->depth > 0)
		xml_fault_set(&scan->fault, scan->failure, scan->place,
			"not well-formed XML: the document ends while elements "
			"are open (%d)",
			scan->depth);
	if (!scan->rooted)
		xml_fault_set(&scan->fault, scan->failure, scan->place,
			"not well-formed XML: the document has no element");
}
