/*
 * JUnit XML: a case a result, counts of suites, the ceiling of a suite, and
 * texts that XML cannot hold.
 */
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "report/sample.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define PROPERTIES                                                             \
	"    <properties>\n"                                                   \
	"      <property name=\"shokan\" value=\"0.1.0\"/>\n"                  \
	"      <property name=\"rulebook\" value=\"sha256:00\"/>\n"            \
	"    </properties>\n"

static const struct shk_snapshot_header header = { .rulebook = "sha256:00" };

static void expect(const shk_report_options *options,
	const shk_result *const *results, size_t count, const char *expected)
{
	struct buffer out;

	buffer_init(&out);
	sample_write(&out, options, results, count);
	cr_expect_str_eq(out.data, expected, "got:      %s\nexpected: %s",
		out.data, expected);
	buffer_release(&out);
}

Test(junit, nothing)
{
	shk_report_options options = { .format = SHK_REPORT_JUNIT,
		.header = &header };

	expect(&options, NULL, 0,
		HEAD "<testsuites name=\"shokan\">\n</testsuites>\n");
}

Test(junit, every_status)
{
	shk_report_options options = { .format = SHK_REPORT_JUNIT,
		.header = &header };
	shk_result a = sample_determined(), b = sample_undetermined();
	shk_result c = sample_error(), d = sample_empty();
	const shk_result *const all[] = { &a, &b, &c, &d };

	a.output_count = 1;
	a.missing_count = a.caveat_count = 0;
	b.path = d.path = "a.csv";
	d.id = "D4";
	d.decision = "samd_billing";
	d.status = SHK_NOT_APPLICABLE;
	expect(&options, all, 4,
		HEAD
		"<testsuites name=\"shokan\">\n"
		"  <testsuite name=\"a.csv\" tests=\"4\" failures=\"0\" "
		"errors=\"1\" skipped=\"1\">\n" PROPERTIES
		"    <testcase classname=\"rare_disease_coefficient\" "
		"name=\"A1\">\n"
		"      <system-out>determined: coefficient 1.5\n"
		"a.csv:2, revision r8, as of 2026-06-01, evidence E0"
		"</system-out>\n"
		"    </testcase>\n"
		"    <testcase classname=\"above_price_pattern\" "
		"name=\"B2\">\n"
		"      <skipped type=\"undetermined\" message=\"undetermined; "
		"missing: majority_share, market_price\">undetermined; "
		"missing: majority_share, market_price\n"
		"changes at majority_share 60\n"
		"pattern ? 1 or 2 or not applicable\n"
		"a.csv, revision r8, evidence E5</skipped>\n"
		"    </testcase>\n"
		"    <testcase classname=\"unreadable_input\" name=\"C3\">\n"
		"      <error type=\"bad_value\" message=\"error: "
		"annual_tests: &quot;8oo&quot; is not an integer\">error: "
		"annual_tests: &quot;8oo&quot; is not an integer\n"
		"a.csv:4</error>\n"
		"    </testcase>\n"
		"    <testcase classname=\"samd_billing\" name=\"D4\">\n"
		"      <system-out>not applicable\n"
		"a.csv</system-out>\n"
		"    </testcase>\n"
		"  </testsuite>\n"
		"</testsuites>\n");
}

Test(junit, strict_fails)
{
	shk_report_options options = { .format = SHK_REPORT_JUNIT,
		.strict = true };
	shk_result b = sample_undetermined(), c = sample_undetermined();
	const shk_result *const all[] = { &b, &c };
	struct buffer out;

	c.status = SHK_CONFLICT;
	c.reason = "two_rules";
	buffer_init(&out);
	sample_write(&out, &options, all, 2);
	cr_expect_not_null(strstr(out.data,
		" tests=\"2\" failures=\"2\" errors=\"0\" skipped=\"0\">"));
	cr_expect_not_null(
		strstr(out.data, "<failure type=\"undetermined\" message="));
	cr_expect_not_null(strstr(out.data, "<failure type=\"two_rules\" "));
	cr_expect_null(strstr(out.data, "<skipped"));
	buffer_release(&out);
}

/* `]]>`, quotes, markup, line ends and what is no character of XML. */
Test(junit, hostile_texts)
{
	shk_report_options options = { .format = SHK_REPORT_JUNIT,
		.header = &header };
	shk_result c = sample_error();
	const shk_result *const all[] = { &c };

	c.id = "\"/><x>]]>&amp;'\n\t\r\033\377\xEF\xBF\xBE";
	c.path = "<&\">.csv";
	c.field = "";
	c.message = "]]></error>&\"\n\t\r\001";
	expect(&options, all, 1,
		HEAD
		"<testsuites name=\"shokan\">\n"
		"  <testsuite name=\"&lt;&amp;&quot;&gt;.csv\" tests=\"1\" "
		"failures=\"0\" errors=\"1\" skipped=\"0\">\n" PROPERTIES
		"    <testcase classname=\"unreadable_input\" "
		"name=\"&quot;/&gt;&lt;x&gt;]]&gt;&amp;amp;'&#10;&#9;&#13;␛"
		"\xEF\xBF\xBD\xEF\xBF\xBD\">\n"
		"      <error type=\"bad_value\" message=\"error: "
		"]]&gt;&lt;/error&gt;&amp;&quot;\">error: "
		"]]&gt;&lt;/error&gt;&amp;&quot;\n\t␍␁\n"
		"&lt;&amp;&quot;&gt;.csv:4</error>\n"
		"    </testcase>\n"
		"  </testsuite>\n"
		"</testsuites>\n");
}

static size_t count_of(const char *text, const char *part)
{
	size_t count = 0;

	for (; (text = strstr(text, part)) != NULL; text++)
		count++;
	return count;
}

Test(junit, a_suite_a_file)
{
	shk_report_options options = { .format = SHK_REPORT_JUNIT,
		.header = &header };
	shk_result a = sample_determined(), b = sample_determined();
	shk_result none = sample_undetermined();
	const shk_result *const all[] = { &a, &a, &b, &none };
	struct buffer out;

	b.path = "b.csv";
	buffer_init(&out);
	sample_write(&out, &options, all, 4);
	cr_expect_eq(count_of(out.data, "<testsuite "), 3);
	cr_expect_not_null(
		strstr(out.data, "<testsuite name=\"a.csv\" tests=\"2\" "));
	cr_expect_not_null(
		strstr(out.data, "<testsuite name=\"b.csv\" tests=\"1\" "));
	cr_expect_not_null(strstr(
		out.data, "<testsuite name=\"standard input\" tests=\"1\" "));
	cr_expect_not_null(strstr(out.data, "\nstandard input, revision r8"));
	buffer_release(&out);
}

/* Ten thousand cases are one suite; one more opens a second. */
Test(junit, ceiling_of_a_suite)
{
	static const shk_result *all[10001];
	static const struct {
		size_t count, suites;
		const char *first;
		const char *last;
	} rows[] = {
		{ 10000, 1, "tests=\"10000\"", "tests=\"10000\"" },
		{ 10001, 2, "tests=\"10000\"", "tests=\"1\"" },
	};
	shk_report_options options = { .format = SHK_REPORT_JUNIT,
		.header = &header };
	shk_result a = sample_determined();
	struct buffer out;

	for (size_t i = 0; i < 10001; i++)
		all[i] = &a;
	buffer_init(&out);
	for (size_t i = 0; i < 2; i++) {
		buffer_clear(&out);
		sample_write(&out, &options, all, rows[i].count);
		cr_expect_eq(count_of(out.data, "<testsuite "), rows[i].suites);
		cr_expect_eq(count_of(out.data, "<testcase "), rows[i].count);
		cr_expect_eq(
			count_of(out.data, "<properties>"), rows[i].suites);
		cr_expect_not_null(strstr(out.data, rows[i].first));
		cr_expect_not_null(strstr(out.data, rows[i].last));
	}
	buffer_release(&out);
}

/* Long texts close a suite before the count does: 8 MiB and one case wait. */
Test(junit, ceiling_of_bytes)
{
	enum { EACH = 1 << 20, CASES = 12 };
	static char id[EACH + 1];
	const shk_result *all[CASES];
	shk_report_options options = { .format = SHK_REPORT_JUNIT,
		.header = &header };
	shk_result a = sample_determined();
	struct buffer out;

	memset(id, 'x', EACH);
	a.id = id;
	for (size_t i = 0; i < CASES; i++)
		all[i] = &a;
	buffer_init(&out);
	sample_write(&out, &options, all, CASES);
	cr_expect_eq(count_of(out.data, "<testsuite "), 2);
	cr_expect_not_null(strstr(out.data, " tests=\"8\" "));
	cr_expect_not_null(strstr(out.data, " tests=\"4\" "));
	buffer_release(&out);
}
