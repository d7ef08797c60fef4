/*
 * Whole documents: what is read, where it was, and everything that must be
 * refused, with the code, the place and the message.
 */
#include <criterion/criterion.h>
#include <libxml/xmlmemory.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "xml/reader.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static struct arena arena;
static shk_diag diag;
static struct xml_element *root;

static void setup(void)
{
	arena_init(&arena);
	diag_clear(&diag);
}

static void teardown(void)
{
	arena_release(&arena);
}

static enum shk_code read_bytes(const char *text, size_t size)
{
	arena_clear(&arena);
	diag_clear(&diag);
	return xml_read_text(&arena, "t.xml", (struct text){ text, size },
		SHK_E_RULES, &root, &diag);
}

static enum shk_code read_text(const char *text)
{
	return read_bytes(text, strlen(text));
}

TestSuite(xml_reader, .init = setup, .fini = teardown);

Test(xml_reader, elements_attributes_and_text)
{
	const struct xml_element *a;
	const struct xml_element *b;

	cr_assert_eq(read_text("\xEF\xBB\xBF<?xml version=\"1.0\" "
			       "encoding=\"utf-8\"?>\n"
			       "<!-- <x> -->\n"
			       "<r xmlns=\"urn:a\" xmlns:p=\"urn:p\" k=\"1\"\n"
			       "   p:k=\"2\" e=\"&lt;&#x5186;\">one"
			       "<a/>t&amp;wo<![CDATA[<&]]><?pi <y>?>\n"
			       "  円<p:b q='\">'>x</p:b><a n='2'></a></r>\n"),
		SHK_OK, "%s", diag.message);
	cr_assert_str_eq(root->name, "r");
	cr_assert_str_eq(root->space, "urn:a");
	cr_assert_str_eq(root->prefix, "");
	cr_assert_null(root->parent);
	cr_assert_eq(root->line, 3);
	cr_assert_eq(root->column, 1);
	cr_assert_str_eq(root->text, "onet&wo<&\n  円");
	cr_assert_eq(root->attribute_count, 3);
	cr_assert_str_eq(xml_attribute(root, "k"), "1");
	cr_assert_str_eq(xml_attribute(root, "e"), "<円");
	cr_assert_null(xml_attribute(root, "xmlns"));
	cr_assert_null(xml_attribute(root, "none"));
	cr_assert_str_eq(root->attributes[1].space, "urn:p");
	cr_assert_str_eq(root->attributes[1].value, "2");
	a = root->first;
	cr_assert_str_eq(a->name, "a");
	cr_assert_str_eq(a->text, "");
	cr_assert_eq(a->line, 4);
	cr_assert_eq(a->column, 32);
	cr_assert_eq(a->parent, root);
	b = xml_child(root, "b");
	cr_assert_eq(a->next, b);
	cr_assert_str_eq(b->space, "urn:p");
	cr_assert_str_eq(b->prefix, "p");
	cr_assert_str_eq(b->text, "x");
	cr_assert_str_eq(xml_attribute(b, "q"), "\">");
	/* Two spaces and one character of three bytes stand before it. */
	cr_assert_eq(b->line, 5);
	cr_assert_eq(b->column, 4);
	cr_assert_eq(xml_sibling(a, "a"), b->next);
	cr_assert_str_eq(xml_attribute(b->next, "n"), "2");
	cr_assert_null(xml_sibling(b->next, "a"));
	cr_assert_null(xml_child(b, "a"));
}

/* Message parts are those of this project, or of libxml2 where it judges. */
Test(xml_reader, refuses_with_place_and_message)
{
	static const struct {
		const char *text;
		enum shk_code code;
		long line;
		long column; /* -1: that of libxml2, only present */
		const char *message;
	} rows[] = {
		{ "", SHK_E_RULES, 1, 1, "no element" },
		{ "\n ", SHK_E_RULES, 2, 2, "no element" },
		{ "text", SHK_E_RULES, 1, -1, "" },
		{ "<a>\n <b>\n</a>", SHK_E_RULES, 3, -1, "mismatch: b line 2" },
		{ "<a>\n<b>", SHK_E_RULES, 2, 4, "elements are open (2)" },
		{ "<a>\n<b x='1", SHK_E_RULES, 2, 8, "AttValue" },
		{ "<a>\n<!-- ", SHK_E_RULES, 2, 6, "not terminated" },
		{ "<a/>\n<b/>", SHK_E_RULES, 2, -1, "Extra content" },
		{ "<a x='1' x='2'/>", SHK_E_RULES, 1, -1, "redefined" },
		{ "<a x=1/>", SHK_E_RULES, 1, -1, "expected" },
		{ "<a>\n&nbsp;</a>", SHK_E_RULES, 2, -1, "nbsp" },
		{ "<a>&#0;</a>", SHK_E_RULES, 1, -1, "" },
		{ "<a>\n<p:b/></a>", SHK_E_RULES, 2, -1, "prefix p" },
		{ "<a>\x01</a>", SHK_E_RULES, 1, -1, "" },
		{ "<a>]]></a>", SHK_E_RULES, 1, -1, "" },
		{ "<a b='<'/>", SHK_E_RULES, 1, -1, "" },
		{ "\n <!DOCTYPE a><a/>", SHK_E_RULES, 2, 2,
			"a document type declaration is not allowed here" },
		{ "<?xml version='1.0' encoding='Shift_JIS'?><a/>", SHK_E_RULES,
			1, 1, "Shift_JIS" },
		{ "<?xml version='1.0' encoding='UTF-16'?><a/>", SHK_E_RULES, 1,
			1, "UTF-16" },
		{ "<a>\n é\xFF</a>", SHK_E_RULES, 2, 3, "0xFF" },
		{ "<a>\xC0\x80</a>", SHK_E_RULES, 1, 4, "0xC0" },
		{ "<a>\xED\xA0\x80</a>", SHK_E_RULES, 1, 4, "0xA0" },
		{ "<a/><!-- \xE3\x81", SHK_E_RULES, 1, 10, "UTF-8" },
		{ "\xFF\xFE<\x01", SHK_E_RULES, 1, 1, "only UTF-8" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		cr_assert_eq(read_text(rows[i].text), rows[i].code,
			"row %zu: %s: %s", i, rows[i].text, diag.message);
		cr_assert_null(root);
		cr_assert_eq(diag.code, rows[i].code);
		cr_assert_str_eq(diag.path, "t.xml");
		cr_assert_eq(diag.line, rows[i].line, "row %zu: %s: line %ld",
			i, rows[i].text, diag.line);
		if (rows[i].column >= 0)
			cr_assert_eq(diag.column, rows[i].column,
				"row %zu: %s: column %ld", i, rows[i].text,
				diag.column);
		else
			cr_assert_geq(
				diag.column, 1, "row %zu: %s", i, rows[i].text);
		cr_assert_not_null(strstr(diag.message, rows[i].message),
			"row %zu: %s: %s", i, rows[i].text, diag.message);
		cr_assert_null(strchr(diag.message, '\n'));
	}
}

Test(xml_reader, a_nul_byte_ends_nothing_quietly)
{
	static const char text[] = "<a>\n<b/>\0</a>";
	static const char behind[] = "<a/>\0";

	cr_assert_eq(read_bytes(text, sizeof(text) - 1), SHK_E_RULES);
	cr_assert_eq(diag.line, 2);
	cr_assert_eq(diag.column, 5);
	cr_assert_not_null(strstr(diag.message, "NUL"));
	cr_assert_eq(read_bytes(behind, 5), SHK_E_RULES);
	cr_assert_eq(diag.column, 5);
	cr_assert_eq(read_bytes(behind, 4), SHK_OK);
}

/* None of these may be expanded, fetched or even reach the parser. */
Test(xml_reader, entities_and_document_types)
{
	static const char *const rows[] = {
		"<!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
		"\"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
		"\"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]><l>&c;</l>",
		"<!DOCTYPE l [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
		"<l>&x;</l>",
		"<!DOCTYPE l SYSTEM \"http://localhost:1/x.dtd\"><l/>",
		"<!DOCTYPE l PUBLIC \"-//W3C//DTD XHTML 1.0//EN\" \"x\"><l/>",
		"<!-- c --><?p i?><!DOCTYPE l [<!ENTITY % p SYSTEM \"x\"> %p;]>"
		"<l/>",
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		cr_assert_eq(read_text(rows[i]), SHK_E_RULES, "row %zu", i);
		cr_assert_not_null(strstr(diag.message, "document type"),
			"row %zu: %s", i, diag.message);
		cr_assert_eq(diag.line, 1);
	}
	cr_assert_eq(read_text("<l>&lt;!DOCTYPE<![CDATA[<!DOCTYPE]]>"
			       "<!-- <!DOCTYPE --></l>"),
		SHK_OK);
	cr_assert_str_eq(root->text, "<!DOCTYPE<!DOCTYPE");
}

static void repeat(struct buffer *out, const char *text, int count)
{
	while (count-- > 0)
		buffer_text(out, text);
}

Test(xml_reader, depth_at_the_ceiling_and_past_it)
{
	for (int depth = XML_DEPTH_MAX; depth <= XML_DEPTH_MAX + 1; depth++) {
		struct buffer text;

		buffer_init(&text);
		repeat(&text, "<a>", depth - 1);
		buffer_text(&text, "<b/>");
		repeat(&text, "</a>", depth - 1);
		if (depth == XML_DEPTH_MAX) {
			const struct xml_element *at;
			int count = 1;

			cr_assert_eq(read_text(text.data), SHK_OK);
			for (at = root; at->first; at = at->first)
				count++;
			cr_assert_eq(count, XML_DEPTH_MAX);
		} else {
			cr_assert_eq(read_text(text.data), SHK_E_LIMIT);
			cr_assert_eq(diag.column, 3 * XML_DEPTH_MAX + 1);
		}
		buffer_release(&text);
	}
}

/* So deep that libxml2's own limit would strike within one block. */
Test(xml_reader, depth_far_past_the_ceiling)
{
	struct buffer text;

	buffer_init(&text);
	repeat(&text, "<a>", 100000);
	cr_assert_eq(read_text(text.data), SHK_E_LIMIT);
	cr_assert_eq(diag.column, 3 * XML_DEPTH_MAX + 1);
	buffer_release(&text);
}

Test(xml_reader, attributes_at_the_ceiling_and_past_it)
{
	for (int count = XML_ATTRIBUTES_MAX; count <= XML_ATTRIBUTES_MAX + 1;
		count++) {
		struct buffer text;

		buffer_init(&text);
		buffer_text(&text, "<r>\n <a");
		for (int i = 0; i < count; i++)
			buffer_format(&text, " a%d='%d'", i, i);
		buffer_text(&text, "/></r>");
		if (count == XML_ATTRIBUTES_MAX) {
			cr_assert_eq(read_text(text.data), SHK_OK);
			cr_assert_eq(root->first->attribute_count,
				XML_ATTRIBUTES_MAX);
			cr_assert_str_eq(
				xml_attribute(root->first, "a63"), "63");
		} else {
			cr_assert_eq(read_text(text.data), SHK_E_LIMIT);
			cr_assert_eq(diag.line, 2);
			cr_assert_eq(diag.column, 2);
		}
		buffer_release(&text);
	}
}

/* The bytes behind `<?`, up to and with `?>`, are counted. */
Test(xml_reader, declaration_at_the_ceiling_and_past_it)
{
	for (int size = 127; size <= 128; size++) {
		struct buffer text;

		buffer_init(&text);
		buffer_text(&text, "<?xml version='1.0'");
		while (text.size < (size_t)size)
			buffer_byte(&text, ' ');
		buffer_text(&text, "?><a/>");
		cr_assert_eq(read_text(text.data),
			size == 127 ? SHK_OK : SHK_E_LIMIT, "%d: %s", size,
			diag.message);
		buffer_release(&text);
	}
}

static char *filled(size_t size)
{
	char *text = memory_alloc(size + 1);

	memset(text, 'x', size);
	text[size] = '\0';
	return text;
}

/* Also when the text comes in pieces around a child. */
Test(xml_reader, text_at_the_ceiling_and_past_it)
{
	for (size_t size = XML_TEXT_MAX; size <= XML_TEXT_MAX + 1; size++)
		for (int form = 0; form < 3; form++) {
			static const char *const forms[] = { "<a>%s</a>",
				"<a>%.10s<b/>%s</a>", "<a b='%s'/>" };
			char *fill = filled(form == 1 ? size - 10 : size);
			struct buffer text;
			enum shk_code code;

			buffer_init(&text);
			if (form == 0)
				buffer_format(&text, "<a>%s</a>", fill);
			else if (form == 1)
				buffer_format(&text, "<a>%.10s<b/>%s</a>", fill,
					fill);
			else
				buffer_format(&text, "<a b='%s'/>", fill);
			code = read_text(text.data);
			cr_assert_eq(code,
				size == XML_TEXT_MAX ? SHK_OK : SHK_E_LIMIT,
				"%s %zu: %s", forms[form], size, diag.message);
			if (code)
				cr_assert_eq(diag.line, 1);
			else if (form < 2)
				cr_assert_eq(strlen(root->text), size);
			buffer_release(&text);
			memory_free(fill);
		}
}

Test(xml_reader, a_document_past_the_ceiling_is_not_looked_at)
{
	/* Only the size counts: the bytes behind are never touched. */
	cr_assert_eq(
		read_bytes("<a/>", (size_t)XML_BYTES_MAX + 1), SHK_E_LIMIT);
	cr_assert_null(root);
}

Test(xml_reader, the_code_of_a_failure_is_the_callers)
{
	cr_assert_eq(xml_read_text(&arena, NULL, text_of("<a>"), SHK_E_INPUT,
			     &root, &diag),
		SHK_E_INPUT);
	cr_assert_str_eq(diag.path, "");
	cr_assert_eq(xml_read_text(&arena, "p", text_of("<a"), SHK_E_INPUT,
			     &root, NULL),
		SHK_E_INPUT);
}

Test(xml_reader, files)
{
	char path[] = "/tmp/shokan-xml-XXXXXX";
	int file = mkstemp(path);

	cr_assert_eq(write(file, "<a>\n<b/></a>", 12), 12);
	close(file);
	cr_assert_eq(
		xml_read_file(&arena, path, SHK_E_INPUT, &root, &diag), SHK_OK);
	cr_assert_eq(root->first->line, 2);
	xml_place(&diag, path, root->first);
	cr_assert_eq(diag.line, 2);
	cr_assert_eq(diag.column, 1);
	diag_clear(&diag);
	cr_assert_eq(xml_read_file(&arena, "/tmp", SHK_E_INPUT, &root, &diag),
		SHK_E_IO);
	diag_clear(&diag);
	unlink(path);
	cr_assert_eq(xml_read_file(&arena, path, SHK_E_INPUT, &root, &diag),
		SHK_E_IO);
	cr_assert_str_eq(diag.path, path);
}

/* libxml2 must not print, and must leave the handlers as they were. */
Test(xml_reader, nothing_is_printed_and_no_handler_stays)
{
	char path[] = "/tmp/shokan-xml-XXXXXX";
	int file = mkstemp(path);
	int saved = dup(STDERR_FILENO);
	xmlStructuredErrorFunc before = xmlStructuredError;
	xmlGenericErrorFunc generic = xmlGenericError;
	long size;

	fflush(stderr);
	dup2(file, STDERR_FILENO);
	read_text("<a><b></a>");
	read_text("<a>&x;</a>");
	read_text("");
	read_text("<p:a/>");
	fflush(stderr);
	dup2(saved, STDERR_FILENO);
	size = lseek(file, 0, SEEK_END);
	close(file);
	unlink(path);
	cr_assert_eq(size, 0);
	cr_assert_eq(xmlStructuredError, before);
	cr_assert_eq(xmlGenericError, generic);
}

static char *duplicate(const char *text)
{
	return memory_copy_text(text, strlen(text));
}

/* Names of three bytes a letter do not leave half a letter behind. */
Test(xml_reader, a_long_message_is_cut_between_characters)
{
	for (int offset = 0; offset < 3; offset++) {
		struct buffer text;
		size_t size;

		buffer_init(&text);
		buffer_text(&text, "<a><");
		repeat(&text, "x", offset + 1);
		repeat(&text, "価", 200);
		buffer_text(&text, "></a>");
		cr_assert_eq(read_text(text.data), SHK_E_RULES);
		size = strlen(diag.message);
		cr_assert_gt(size, 100);
		cr_assert_eq(utf8_valid(diag.message, size), size);
		buffer_release(&text);
	}
}

/* Every allocation fails once, ours and libxml2's: always said, never lost. */
Test(xml_reader, memory_runs_out_anywhere)
{
	static const char text[] =
		"<?xml version='1.0'?><r xmlns='urn:a' k='v'><!-- c -->"
		"<a n='1' m='&lt;'>text &amp; more</a><p:b xmlns:p='urn:p'>"
		"<c/>x<![CDATA[y]]></p:b></r>";
	uint64_t nth;
	int64_t in_use;

	cr_assert_eq(xmlMemSetup(memory_free, memory_alloc, memory_resize,
			     duplicate),
		0);
	cr_assert_eq(read_text(text), SHK_OK); /* what libxml2 keeps for good */
	arena_release(&arena);
	in_use = memory_stats().in_use;
	for (nth = 1; nth < 5000; nth++) {
		enum shk_code code;

		memory_stats_reset();
		memory_fail_at(nth, false);
		code = read_text(text);
		memory_fail_at(0, false);
		if (memory_stats().failed == 0) {
			cr_assert_eq(code, SHK_OK);
			break;
		}
		cr_assert_eq(code, SHK_E_MEMORY, "allocation %d: %d: %s",
			(int)nth, (int)code, diag.message);
		arena_release(&arena);
		cr_assert_eq(memory_stats().in_use, in_use, "allocation %d",
			(int)nth);
	}
	cr_assert_gt(nth, 20);
	cr_assert_lt(nth, 5000);
}

/* The element's place is a `<` of the text, followed by its name. */
static void expect_places(const char *text, const struct xml_element *element)
{
	for (; element; element = element->next) {
		const char *at = text;
		size_t prefix = strlen(element->prefix);

		for (long line = 1; line < element->line; line++)
			at = strchr(at, '\n') + 1;
		for (long column = 1; column < element->column; column++)
			do {
				at++;
			} while (((unsigned char)*at & 0xC0) == 0x80);
		cr_assert_eq(*at, '<', "%s", text);
		at += 1 + (prefix ? prefix + 1 : 0);
		cr_assert_eq(strncmp(at, element->name, strlen(element->name)),
			0, "%s", text);
		expect_places(text, element->first);
	}
}

/*
 * Bytes changed, dropped and doubled at random (always the same): whatever is
 * still accepted has its elements where it says, and nothing crashes.
 */
Test(xml_reader, damaged_documents)
{
	static const char original[] =
		"<?xml version='1.0'?>\n<r k='v>' x=\"/>\">円<!-- <a> - -->"
		"<a n='1'/>\n<b>te&amp;xt<![CDATA[ <c> ]] ]]></b>"
		"<?p <d> ?><e:f xmlns:e='u'><g/></e:f></r>";
	static const char bytes[] = "<>/!?-[]'\"= a:&;\n";
	uint64_t state = 1;
	int accepted = 0;

	for (int i = 0; i < 4000; i++) {
		char text[sizeof(original) + 1];
		size_t size = sizeof(original) - 1;
		int edits;

		memcpy(text, original, sizeof(original));
		for (edits = i % 3; edits > 0; edits--) {
			size_t at;

			state = state * 6364136223846793005ull + 1;
			at = (state >> 33) % size;
			if ((state >> 20) % 4 == 0) {
				memmove(text + at, text + at + 1, size - at);
				size--;
			} else {
				text[at] = bytes[(state >> 24) %
						 (sizeof(bytes) - 1)];
			}
		}
		if (read_bytes(text, size) == SHK_OK) {
			accepted++;
			expect_places(text, root);
		} else {
			/* LIMIT: a declaration that never ends. */
			cr_assert(diag.code == SHK_E_RULES ||
					  diag.code == SHK_E_LIMIT,
				"%s", text);
			cr_assert_geq(diag.line, 1, "%s", text);
		}
	}
	/* A third is left whole; some of the damage does no harm. */
	cr_assert_gt(accepted, 4000 / 3 + 1, "%d", accepted);
	cr_assert_lt(accepted, 4000);
}
