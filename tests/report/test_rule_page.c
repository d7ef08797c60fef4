/*
 * Pages of the rules: their names, what is refused, a sink that fails, and
 * memory that runs out at any moment.
 */
#include <criterion/criterion.h>
#include <string.h>

#include <shokan/rule_page.h>

#include "base/buffer.h"
#include "base/memory.h"

static shk_rulebook *book;

static void open_book(void)
{
	shk_diag diag;

	cr_assert_eq(shk_rulebook_load(&book, SOURCE_FOLDER "/rules", &diag),
		SHK_OK, "%s", diag.message);
}

static void close_book(void)
{
	shk_rulebook_free(book);
}

TestSuite(rule_page, .init = open_book, .fini = close_book);

static bool keep(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return true;
}

static bool refuse(void *context, const char *data, size_t size)
{
	(void)context;
	(void)data;
	(void)size;
	return false;
}

Test(rule_page, names)
{
	static const struct {
		shk_rule_page page;
		enum shk_code code;
		const char *name; /* or part of the message */
	} rows[] = {
		{ { .kind = SHK_RULE_PAGE_INDEX }, SHK_OK, "index.html" },
		{ { .kind = SHK_RULE_PAGE_SOURCES, .revision = "r6" }, SHK_OK,
			"sources.html" },
		{ { SHK_RULE_PAGE_DECISION, "coverage_class", "r8", false,
			  SHK_ENGLISH, NULL, NULL },
			SHK_OK, "r8-coverage_class.html" },
		{ { SHK_RULE_PAGE_DECISION, "coverage_clas", "r8", false,
			  SHK_ENGLISH, NULL, NULL },
			SHK_E_USAGE, "did you mean \"coverage_class\"?" },
		{ { SHK_RULE_PAGE_DECISION, NULL, "r8", false, SHK_ENGLISH,
			  NULL, NULL },
			SHK_E_USAGE, "no decision" },
		{ { SHK_RULE_PAGE_DECISION, "coverage_class", NULL, false,
			  SHK_ENGLISH, NULL, NULL },
			SHK_E_USAGE, "no revision" },
		{ { .kind = SHK_RULE_PAGE_INDEX, .revision = "r7" },
			SHK_E_USAGE, "no revision \"r7\"" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char name[SHK_RULE_PAGE_NAME] = "";
		shk_diag diag = { 0 };
		enum shk_code code =
			shk_rule_page_name(book, &rows[i].page, name, &diag);

		cr_expect_eq(
			code, rows[i].code, "row %zu: %s", i, diag.message);
		if (code == SHK_OK)
			cr_expect_str_eq(name, rows[i].name, "row %zu", i);
		else
			cr_expect(strstr(diag.message, rows[i].name),
				"row %zu: %s", i, diag.message);
	}
}

Test(rule_page, a_sink_that_fails)
{
	const shk_rule_page page = { .kind = SHK_RULE_PAGE_SOURCES };
	shk_diag diag;

	cr_expect_eq(shk_rule_page_write(
			     book, &page, (shk_sink){ NULL, refuse }, &diag),
		SHK_E_IO);
}

Test(rule_page, memory_runs_out_anywhere)
{
	static const shk_rule_page pages[] = {
		{ .kind = SHK_RULE_PAGE_INDEX },
		{ SHK_RULE_PAGE_DECISION, "coverage_class", "r8", false,
			SHK_JAPANESE, NULL, NULL },
		{ SHK_RULE_PAGE_DECISION, "cost_effectiveness", "r6", true,
			SHK_ENGLISH, NULL, NULL },
	};
	shk_diag diag;

	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		enum shk_code code = SHK_E_MEMORY;
		unsigned nth = 0;

		while (code == SHK_E_MEMORY && nth < 1000) {
			struct buffer out;

			buffer_init(&out);
			memory_fail_at(++nth, false);
			code = shk_rule_page_write(book, &pages[i],
				(shk_sink){ &out, keep }, &diag);
			memory_fail_at(0, false);
			if (code == SHK_E_MEMORY)
				cr_expect_eq(
					out.size, 0, "page %zu, %u", i, nth);
			buffer_release(&out);
		}
		cr_expect_eq(code, SHK_OK, "page %zu: %s", i, diag.message);
		cr_expect_gt(nth, 5, "page %zu", i);
	}
}
