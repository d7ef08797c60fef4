/*
 * What the checker reads of a book, at each ceiling and one past it: past it
 * the book is refused, or the table is said not to be read.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "certify/models.h"
#include "certify/world.h"

#define FILL 60000 /* bytes of a comment */

TestSuite(certify_models, .timeout = 60, .fini = world_close);

/* Read the book; `*diag` is what is wrong with it. */
static enum shk_code read_world(
	const char *folder, struct models *models, shk_diag *diag)
{
	*diag = (shk_diag){ 0 };
	return models_read(models, folder, diag);
}

/* Reading stops with SHK_E_LIMIT and these words one past the ceiling. */
static void expect_read(
	const char *folder, bool past, const char *words, size_t row)
{
	struct models models;
	shk_diag diag;
	enum shk_code code = read_world(folder, &models, &diag);

	cr_expect_eq(code, past ? SHK_E_LIMIT : SHK_OK, "row %zu: %s", row,
		diag.message);
	cr_expect_eq(strstr(diag.message, words) != NULL, past, "row %zu: %s",
		row, diag.message);
	models_release(&models);
}

Test(certify_models, revisions)
{
	for (size_t more = 0; more < 2; more++) {
		const char *folder = world_open("");
		struct buffer text;

		buffer_init(&text);
		for (size_t i = 1; i < MODELS_REVISIONS_MAX + more; i++)
			buffer_format(&text,
				"<revision id=\"x%zu\" "
				"from=\"2030-01-%02zu\"/>",
				i, i);
		buffer_text(&text, "<decision name");
		world_edit("rulebook.xml", "<decision name", text.data);
		expect_read(folder, more > 0, "more than 16 revisions", more);
		buffer_release(&text);
		world_close();
	}
}

Test(certify_models, tables)
{
	for (size_t more = 0; more < 2; more++) {
		struct buffer text;

		buffer_init(&text);
		for (size_t i = 0; i < MODELS_TABLES_MAX + more; i++)
			buffer_text(&text, "<decisionTable></decisionTable>\n");
		expect_read(world_open(text.data), more > 0,
			"more than 4096 tables", more);
		buffer_release(&text);
		world_close();
	}
}

/* m.dmn and what it imports; the one past the ceiling need not be there. */
Test(certify_models, files)
{
	const char *folder = world_open("");
	struct buffer text;
	char path[128];

	buffer_init(&text);
	for (size_t i = 1; i < MODELS_FILES_MAX; i++) {
		FILE *stream;

		snprintf(path, sizeof(path), "%s/r1/%zu.dmn", folder, i);
		stream = fopen(path, "wb");
		cr_assert_not_null(stream, "%s", path);
		cr_assert_geq(fputs("<definitions/>", stream), 0);
		cr_assert_eq(fclose(stream), 0);
		buffer_format(&text, "<import locationURI=\"%zu.dmn\"/>", i);
	}
	buffer_text(&text, "</definitions>");
	world_edit("r1/m.dmn", "</definitions>", text.data);
	expect_read(folder, false, "more than", 0);
	world_edit("r1/m.dmn", "</definitions>",
		"<import locationURI=\"more.dmn\"/></definitions>");
	expect_read(folder, true, "more than 256 models in one revision", 1);
	for (size_t i = 1; i < MODELS_FILES_MAX; i++) {
		snprintf(path, sizeof(path), "%s/r1/%zu.dmn", folder, i);
		cr_expect_eq(unlink(path), 0);
	}
	buffer_release(&text);
}

static size_t size_of_model(const char *folder)
{
	struct buffer bytes;
	char path[128];
	size_t size;
	shk_diag diag = { 0 };

	buffer_init(&bytes);
	snprintf(path, sizeof(path), "%s/r1/m.dmn", folder);
	cr_assert_eq(file_read(path, MODELS_BYTES_MAX, &bytes, &diag), SHK_OK);
	size = bytes.size;
	buffer_release(&bytes);
	return size;
}

/* Comments, and white space behind the last, fill the model up. */
Test(certify_models, bytes)
{
	size_t own = size_of_model(world_open(""));
	struct buffer text;

	buffer_init(&text);
	world_close();
	for (size_t more = 0; more < 2; more++) {
		size_t size = MODELS_BYTES_MAX + more - own;
		char *room;

		buffer_clear(&text);
		room = buffer_room(&text, size + 1);
		cr_assert_not_null(room);
		memset(room, ' ', size);
		room[size] = '\0';
		for (size_t at = 0; at + FILL < size; at += FILL) {
			memcpy(room + at, "<!--", 4);
			memcpy(room + at + FILL - 3, "-->", 3);
		}
		text.size = size;
		expect_read(world_open(text.data), more > 0,
			"larger than 16777216 bytes", more);
		world_close();
	}
	buffer_release(&text);
}

/* Types that name another, the last of them a number: the ceiling counts the
   built-in one at the end. */
static void put_chain(struct buffer *out, size_t count)
{
	for (size_t i = 1; i < count; i++)
		buffer_format(out,
			"<itemDefinition name=\"c%zu\"><typeRef>c%zu</typeRef>"
			"</itemDefinition>",
			i, i + 1);
	buffer_format(out,
		"<itemDefinition name=\"c%zu\"><typeRef>number</typeRef>"
		"</itemDefinition><inputData id=\"i_deep\" name=\"deep\">"
		"<variable name=\"deep\" typeRef=\"c1\"/></inputData>"
		"<decision id=\"i_d0\" name=\"d0\"><decisionTable id=\"t0\">"
		"<input><inputExpression><text>deep</text></inputExpression>"
		"</input><output/><rule><inputEntry><text>1</text></inputEntry>"
		"<outputEntry><text>1</text></outputEntry></rule>"
		"</decisionTable></decision>",
		count);
}

Test(certify_models, chain_of_types)
{
	for (size_t more = 0; more < 2; more++) {
		struct models models;
		struct buffer text;
		shk_diag diag;

		buffer_init(&text);
		put_chain(&text, MODELS_CHAIN_MAX - 1 + more);
		cr_assert_eq(read_world(world_open(text.data), &models, &diag),
			SHK_OK, "%s", diag.message);
		cr_assert_eq(models.table_count, 1);
		cr_expect_eq(strstr(models.tables[0].unread,
				     "of a type not read here") != NULL,
			more > 0, "row %zu: %s", more, models.tables[0].unread);
		cr_expect_eq(models.tables[0].columns[0].type,
			more ? UNARY_OTHER : UNARY_NUMBER, "row %zu", more);
		models_release(&models);
		buffer_release(&text);
		world_close();
	}
}
