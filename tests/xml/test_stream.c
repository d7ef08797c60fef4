/*
 * Streams: entries one at a time in constant memory, and failures in the
 * middle of a file.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "xml/reader.h"

static char path[64];
static struct arena arena;
static shk_diag diag;
static struct xml_stream *stream;
static struct xml_element *element;

static void setup(void)
{
	int file;

	snprintf(path, sizeof(path), "/tmp/shokan-stream-XXXXXX");
	file = mkstemp(path);
	cr_assert_geq(file, 0);
	close(file);
	arena_init(&arena);
	diag_clear(&diag);
}

static void teardown(void)
{
	unlink(path);
	arena_release(&arena);
}

static enum shk_code open_text(const char *text, size_t size)
{
	FILE *file = fopen(path, "wb");

	cr_assert_eq(fwrite(text, 1, size, file), size);
	fclose(file);
	diag_clear(&diag);
	return xml_stream_open(&stream, path, SHK_E_INPUT, &diag);
}

static enum shk_code next(void)
{
	diag_clear(&diag);
	return xml_stream_next(stream, &arena, &element, &diag);
}

TestSuite(xml_stream, .init = setup, .fini = teardown);

Test(xml_stream, gives_the_children_of_the_root)
{
	static const char text[] =
		"<list xmlns='urn:l' version='1'>\n"
		" <p id='1'><x>one</x></p> stray <!-- c -->\n"
		"   <p id='2'/><q>three</q>\n"
		"</list>\n";

	cr_assert_eq(open_text(text, strlen(text)), SHK_OK, "%s", diag.message);
	cr_assert_str_eq(xml_stream_root(stream)->name, "list");
	cr_assert_str_eq(
		xml_attribute(xml_stream_root(stream), "version"), "1");
	cr_assert_eq(next(), SHK_OK);
	cr_assert_str_eq(element->name, "p");
	cr_assert_str_eq(xml_child(element, "x")->text, "one");
	cr_assert_str_eq(element->space, "urn:l");
	cr_assert_eq(element->line, 2);
	cr_assert_eq(element->column, 2);
	cr_assert_eq(element->first->column, 12);
	cr_assert_eq(element->parent, xml_stream_root(stream));
	cr_assert_null(element->next);
	cr_assert_eq(next(), SHK_OK);
	cr_assert_str_eq(xml_attribute(element, "id"), "2");
	cr_assert_eq(element->line, 3);
	cr_assert_eq(element->column, 4);
	cr_assert_eq(next(), SHK_OK);
	cr_assert_str_eq(element->text, "three");
	cr_assert_eq(element->column, 15);
	cr_assert_eq(next(), SHK_END);
	cr_assert_null(element);
	cr_assert_eq(next(), SHK_END);
	cr_assert_eq(diag.code, SHK_OK);
	xml_stream_close(stream);
}

Test(xml_stream, empty_roots)
{
	cr_assert_eq(open_text("<l/>", 4), SHK_OK);
	cr_assert_eq(next(), SHK_END);
	xml_stream_close(stream);
	cr_assert_eq(open_text("<l> </l>", 8), SHK_OK);
	cr_assert_eq(next(), SHK_END);
	xml_stream_close(stream);
	xml_stream_close(NULL);
}

Test(xml_stream, refusals_on_opening)
{
	static const char *const rows[] = { "", "x", "<!DOCTYPE l><l/>",
		"<?xml version='1.0' encoding='EUC-JP'?><l/>", "<l/><l/>",
		"\xFF\xFE" };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cr_assert_eq(open_text(rows[i], strlen(rows[i])), SHK_E_INPUT,
			"%s", rows[i]);
		cr_assert_null(stream);
		cr_assert_str_eq(diag.path, path);
		cr_assert_eq(diag.line, 1);
	}
	diag_clear(&diag);
	cr_assert_eq(
		xml_stream_open(&stream, "/tmp/none/such", SHK_E_INPUT, &diag),
		SHK_E_IO);
	diag_clear(&diag);
	cr_assert_eq(
		xml_stream_open(&stream, "/tmp", SHK_E_INPUT, &diag), SHK_E_IO);
}

/* A failure comes after the entries far in front of it, and it stays. */
Test(xml_stream, fails_in_the_middle)
{
	static const char *const ends[] = { "<p></q></l>", "\xFF</l>",
		"<p>&x;</p></l>", "<p>", "</l><l/>", "<p z='1' z='1'/></l>" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		struct buffer text;
		int count = 0;
		enum shk_code code;

		buffer_init(&text);
		buffer_text(&text, "<l>\n");
		for (int j = 0; j < 5000; j++)
			buffer_text(&text, "<p>1</p>\n");
		buffer_text(&text, ends[i]);
		cr_assert_eq(open_text(text.data, text.size), SHK_OK);
		while ((code = next()) == SHK_OK)
			count++;
		cr_assert_eq(code, SHK_E_INPUT, "row %zu: %d", i, (int)code);
		cr_assert_eq(diag.line, 5002, "row %zu: line %ld: %s", i,
			diag.line, diag.message);
		cr_assert_geq(count, 4400, "row %zu: %d", i, count);
		cr_assert_leq(count, 5000, "row %zu: %d", i, count);
		cr_assert_eq(next(), SHK_E_INPUT);
		cr_assert_eq(diag.line, 5002);
		xml_stream_close(stream);
		buffer_release(&text);
	}
}

/* The same file needs the same few blocks, however long it is. */
Test(xml_stream, memory_stays_constant)
{
	struct memory_stats after_some;
	struct buffer text;
	int count = 0;

	buffer_init(&text);
	buffer_text(&text, "<l>\n");
	for (int j = 0; j < 20000; j++)
		buffer_format(
			&text, "<p id='%d'><a>%d</a><b>x</b></p>\n", j, j);
	buffer_text(&text, "</l>");
	cr_assert_eq(open_text(text.data, text.size), SHK_OK);
	while (count < 1000 && next() == SHK_OK)
		count++;
	after_some = memory_stats();
	while (next() == SHK_OK) {
		const char *id = xml_attribute(element, "id");

		cr_assert_eq(strtol(id, NULL, 10), count);
		cr_assert_eq(element->line, count + 2);
		count++;
	}
	cr_assert_eq(count, 20000);
	cr_assert_eq(memory_stats().calls, after_some.calls);
	xml_stream_close(stream);
	buffer_release(&text);
}

/* One entry may be as large as the ceiling; the stream may be larger. */
Test(xml_stream, an_entry_at_the_ceiling_and_past_it)
{
	for (int past = 0; past < 2; past++) {
		struct buffer text;
		size_t size = 0;

		buffer_init(&text);
		for (int entry = 0; entry < 2; entry++) {
			if (entry == 0)
				buffer_text(&text, "<l>");
			size = text.size;
			/* Three texts of one MiB, then filled up exactly. */
			buffer_text(&text, "<p>");
			for (int i = 0; i < 3; i++) {
				buffer_text(&text, "<t>");
				for (int j = 0; j < 65536; j++)
					buffer_text(&text, "0123456789abcdef");
				buffer_text(&text, "</t>");
			}
			buffer_text(&text, "<t>");
			while (text.size - size + 8 <
				(size_t)XML_ENTRY_MAX + (past && entry))
				buffer_byte(&text, 'x');
			buffer_text(&text, "</t></p>");
		}
		buffer_text(&text, "</l>");
		cr_assert_eq(open_text(text.data, text.size), SHK_OK);
		cr_assert_eq(next(), SHK_OK, "%s", diag.message);
		cr_assert_eq(next(), past ? SHK_E_LIMIT : SHK_OK, "%s",
			diag.message);
		if (!past)
			cr_assert_eq(next(), SHK_END);
		xml_stream_close(stream);
		buffer_release(&text);
	}
}
