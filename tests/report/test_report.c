/*
 * The stream: counters, a sink that fails, memory that runs out at every
 * allocation in turn, and the ceiling of kept columns.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "base/memory.h"
#include "report/sample.h"
#include "report/writer.h"

static bool count_writes(void *context, const char *data, size_t size)
{
	size_t *left = context;

	(void)data;
	(void)size;
	if (*left == 0)
		return false;
	--*left;
	return true;
}

static bool keep_writes(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return true;
}

Test(report, counts_by_status)
{
	size_t left = 100;
	shk_sink sink = { &left, count_writes };
	shk_report_options options = { .format = SHK_REPORT_JSON };
	shk_result a = sample_determined(), b = sample_undetermined();
	shk_report *report = NULL;
	shk_diag diag = { 0 };

	cr_assert_eq(shk_report_new(&report, &options, sink, &diag), SHK_OK);
	shk_report_result(report, &a, &diag);
	shk_report_result(report, &b, &diag);
	shk_report_result(report, &b, &diag);
	cr_expect_eq(shk_report_count(report, SHK_DETERMINED), 1);
	cr_expect_eq(shk_report_count(report, SHK_UNDETERMINED), 2);
	cr_expect_eq(shk_report_count(report, SHK_CONFLICT), 0);
	cr_expect_null(shk_report_newest(report));
	shk_report_free(report);
}

Test(report, tells_the_newest_revision_that_was_assumed)
{
	size_t left = 100;
	shk_sink sink = { &left, count_writes };
	shk_report_options options = { .format = SHK_REPORT_JSON,
		.assumed_newest = true };
	shk_result a = sample_determined(), b = sample_undetermined();
	shk_report *report = NULL;
	shk_diag diag = { 0 };

	cr_assert_eq(shk_report_new(&report, &options, sink, &diag), SHK_OK);
	shk_report_result(report, &a, &diag);
	cr_expect_null(shk_report_newest(report));
	shk_report_result(report, &b, &diag);
	cr_expect_str_eq(shk_report_newest(report), "r8");
	shk_report_free(report);
}

Test(report, sink_that_fails)
{
	for (int format = 0; format <= SHK_REPORT_TAP; format++) {
		size_t left = 1;
		shk_sink sink = { &left, count_writes };
		shk_report_options options = {
			.format = (enum shk_report_format)format
		};
		shk_result a = sample_determined();
		shk_report *report = NULL;
		shk_diag diag = { 0 };
		enum shk_code code;

		cr_assert_eq(
			shk_report_new(&report, &options, sink, &diag), SHK_OK);
		cr_expect_eq(shk_report_result(report, &a, &diag), SHK_OK);
		/* JUnit holds back what it is given until its counts stand */
		code = shk_report_result(report, &a, &diag);
		if (code == SHK_OK)
			code = shk_report_finish(report, &diag);
		cr_expect_eq(code, SHK_E_IO, "format %d", format);
		cr_expect_eq(diag.code, SHK_E_IO);
		shk_report_free(report);
	}
}

/* The formats with a place for it say it and count it; the others do not. */
Test(report, trouble_with_an_input)
{
	shk_diag why = { .code = SHK_E_INPUT,
		.line = 1,
		.path = "a.csv",
		.message = "there is no record" };

	for (int format = 0; format <= SHK_REPORT_TAP; format++) {
		bool told = format >= SHK_REPORT_JUNIT;
		struct buffer out;
		shk_sink sink = { &out, keep_writes };
		shk_report_options options = {
			.format = (enum shk_report_format)format
		};
		shk_report *report = NULL;
		shk_diag diag = { 0 };

		buffer_init(&out);
		buffer_text(&out, "");
		cr_assert_eq(
			shk_report_new(&report, &options, sink, &diag), SHK_OK);
		cr_expect_eq(shk_report_trouble(report, &why, &diag), SHK_OK);
		cr_expect_eq(shk_report_finish(report, &diag), SHK_OK);
		cr_expect_eq(shk_report_count(report, SHK_ERROR), told,
			"format %d", format);
		cr_expect_eq(strstr(out.data, why.message) != NULL, told,
			"format %d: %s", format, out.data);
		shk_report_free(report);
		buffer_release(&out);
	}
}

/* What was written, without any allocation of its own. */
struct page {
	char text[1u << 18];
	size_t size;
};

static bool page_write(void *context, const char *data, size_t size)
{
	struct page *page = context;

	if (size > sizeof(page->text) - page->size)
		return false;
	memcpy(page->text + page->size, data, size);
	page->size += size;
	return true;
}

/* One report; SHK_OK or the first failure. */
static enum shk_code whole(
	enum shk_report_format format, struct page *page, shk_diag *diag)
{
	static const char *const keep[] = { "x_a", "x_b" };
	shk_sink sink = { page, page_write };
	shk_report_options options = {
		.format = format, .steps = true, .keep = keep, .keep_count = 2
	};
	shk_result a = sample_determined();
	shk_report *report = NULL;
	enum shk_code code;

	page->size = 0;
	sample_add_steps(&a);
	code = shk_report_new(&report, &options, sink, diag);
	if (code == SHK_OK)
		code = shk_report_result(report, &a, diag);
	if (code == SHK_OK)
		code = shk_report_finish(report, diag);
	shk_report_free(report);
	return code;
}

/* The failure is reported, nothing leaks, and OK means the right bytes. */
static void fail_each(enum shk_report_format format)
{
	static struct page good, page;
	enum shk_code code = SHK_E_MEMORY;
	uint64_t nth = 0;
	shk_diag diag = { 0 };

	code = whole(format, &good, &diag);
	if (format == SHK_REPORT_XLSX && code == SHK_E_IO)
		return; /* the library that makes workbooks is not here */
	cr_assert_eq(code, SHK_OK, "format %d: %s", (int)format, diag.message);
	code = SHK_E_MEMORY;
	while (code != SHK_OK && nth < 1000) {
		int64_t before = memory_stats().in_use;

		memset(&diag, 0, sizeof(diag));
		memory_fail_at(++nth, false);
		code = whole(format, &page, &diag);
		memory_fail_at(0, false);
		cr_assert_eq(memory_stats().in_use, before,
			"leak at allocation %d of format %d", (int)nth,
			(int)format);
		cr_assert(code == SHK_OK || code == SHK_E_MEMORY);
		cr_assert_eq(diag.code, code);
	}
	cr_expect_eq(code, SHK_OK);
	cr_expect_gt(nth, 3);
	cr_expect(page.size == good.size &&
			  memcmp(page.text, good.text, good.size) == 0,
		"format %d, allocation %d was refused and not reported",
		(int)format, (int)nth);
}

Test(report, every_allocation_fails_once)
{
	for (int format = 0; format <= SHK_REPORT_XLSX; format++)
		fail_each((enum shk_report_format)format);
}

Test(report, ceiling_of_kept_columns)
{
	static const char *names[REPORT_KEEP_MAX + 1];
	size_t left = 1;
	shk_sink sink = { &left, count_writes };
	shk_report_options options = { .format = SHK_REPORT_CSV,
		.keep = names };
	shk_report *report = NULL;
	shk_diag diag = { 0 };

	for (size_t i = 0; i < REPORT_KEEP_MAX + 1; i++)
		names[i] = "x";
	options.keep_count = REPORT_KEEP_MAX;
	cr_expect_eq(shk_report_new(&report, &options, sink, &diag), SHK_OK);
	shk_report_free(report);
	options.keep_count++;
	cr_expect_eq(
		shk_report_new(&report, &options, sink, &diag), SHK_E_LIMIT);
	cr_expect_null(report);
}

Test(report, unknown_format)
{
	size_t left = 1;
	shk_sink sink = { &left, count_writes };
	shk_report_options options = { .format = (enum shk_report_format)99 };
	shk_report *report = NULL;
	shk_diag diag = { 0 };

	cr_expect_eq(
		shk_report_new(&report, &options, sink, &diag), SHK_E_USAGE);
}
