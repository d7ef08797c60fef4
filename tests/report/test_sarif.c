/*
 * SARIF: one run, findings with level, place and a fingerprint that does not
 * move, counts of everything else. That it is valid is tested with the schema
 * by tests/cli/formats.sh.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "report/sample.h"

#define HEAD                                                                   \
	"{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","      \
	"\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{"              \
	"\"name\":\"shokan\",\"version\":\"0.1.0\","                           \
	"\"semanticVersion\":\"0.1.0\",\"rules\":[\n"                          \
	"{\"id\":\"unreadable_input\",\"shortDescription\":{"                  \
	"\"text\":\"an input that cannot be read\"},\"properties\":{"          \
	"\"en\":\"an input that cannot be read\","                             \
	"\"ja\":\"読めない入力\"}},\n"                                   \
	"{\"id\":\"changed_answer\",\"shortDescription\":{"                    \
	"\"text\":\"an answer that changed, unapproved\"},"                    \
	"\"properties\":{\"en\":\"an answer that changed, unapproved\","       \
	"\"ja\":\"承認のない変更\"}}]}},"                               \
	"\"language\":\"en\",\"results\":["

static void write_all(struct buffer *out, const shk_report_options *options,
	const shk_result *const *results, size_t count)
{
	buffer_init(out);
	sample_write(out, options, results, count);
}

Test(sarif, nothing)
{
	shk_report_options options = { .format = SHK_REPORT_SARIF };
	struct buffer out;

	write_all(&out, &options, NULL, 0);
	cr_expect_str_eq(out.data,
		HEAD "\n],\"properties\":{\"counts\":{\"determined\":0,"
		     "\"undetermined\":0,\"not_applicable\":0,\"conflict\":0,"
		     "\"error\":0},\"changes\":{\"approved\":0,"
		     "\"unapproved\":0}}}]}\n");
	buffer_release(&out);
}

/* The determined one is no finding; it is counted. */
Test(sarif, findings)
{
	shk_report_options options = { .format = SHK_REPORT_SARIF };
	shk_result a = sample_determined(), b = sample_undetermined();
	shk_result c = sample_error();
	const shk_result *const all[] = { &a, &b, &c };
	static const char *const parts[] = {
		HEAD "\n{\"ruleId\":\"above_price_pattern\","
		     "\"level\":\"warning\",\"message\":{\"text\":\"B2: "
		     "undetermined; missing: majority_share, market_price\\n"
		     "changes at majority_share 60\\n"
		     "pattern ? 1 or 2 or not applicable\"},"
		     "\"locations\":[{\"logicalLocations\":[{"
		     "\"name\":\"B2\",\"kind\":\"record\"}]}],",
		"\"properties\":{\"status\":\"undetermined\",\"id\":\"B2\","
		"\"decision\":\"above_price_pattern\","
		"\"missing\":[\"majority_share\",\"market_price\"],"
		"\"revision\":\"r8\",\"evidence\":\"E5\"}},\n"
		"{\"ruleId\":\"unreadable_input\",\"level\":\"error\","
		"\"message\":{\"text\":\"C3: error: annual_tests: \\\"8oo\\\" "
		"is not an integer\"},\"locations\":[{"
		"\"physicalLocation\":{\"artifactLocation\":{"
		"\"uri\":\"a.csv\"},\"region\":{\"startLine\":4}},"
		"\"logicalLocations\":[{\"name\":\"C3\","
		"\"kind\":\"record\"}]}],\"fingerprints\":",
		"\"properties\":{\"status\":\"error\",\"id\":\"C3\","
		"\"decision\":\"unreadable_input\","
		"\"field\":\"annual_tests\",\"reason\":\"bad_value\","
		"\"missing\":[]}}\n],\"properties\":{\"counts\":{"
		"\"determined\":1,\"undetermined\":1,\"not_applicable\":0,"
		"\"conflict\":0,\"error\":1},\"changes\":{\"approved\":0,"
		"\"unapproved\":0}}}]}\n",
	};
	struct buffer out;

	a.output_count = 2;
	write_all(&out, &options, all, 3);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		cr_expect_not_null(strstr(out.data, parts[i]),
			"part %zu is not in %s", i, out.data);
	buffer_release(&out);
}

Test(sarif, strict_and_japanese)
{
	shk_report_options options = { .format = SHK_REPORT_SARIF,
		.strict = true,
		.language = SHK_JAPANESE };
	shk_result b = sample_undetermined();
	const shk_result *const all[] = { &b };
	struct buffer out;

	write_all(&out, &options, all, 1);
	cr_expect_not_null(strstr(out.data, "\"level\":\"error\""));
	cr_expect_not_null(strstr(out.data, "\"language\":\"ja\""));
	cr_expect_not_null(strstr(out.data, "{\"text\":\"読めない入力\"}"));
	cr_expect_not_null(strstr(out.data, "{\"text\":\"B2: 未確定; "));
	buffer_release(&out);
}

/* Relative paths stay relative; each byte that a URI cannot hold is escaped. */
Test(sarif, uris)
{
	static const struct {
		const char *path;
		const char *uri;
	} rows[] = {
		{ "data/a.csv", "\"uri\":\"data/a.csv\"" },
		{ "/data/a.csv", "\"uri\":\"file:///data/a.csv\"" },
		{ "../a b.csv", "\"uri\":\"../a%20b.csv\"" },
		{ "a:b?c#d%\"\n.csv",
			"\"uri\":\"a%3Ab%3Fc%23d%25%22%0A.csv\"" },
		{ "薬.csv", "\"uri\":\"%E8%96%AC.csv\"" },
		{ "\377", "\"uri\":\"%FF\"" },
	};
	shk_report_options options = { .format = SHK_REPORT_SARIF };
	shk_result c = sample_error();
	const shk_result *const all[] = { &c };
	struct buffer out;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		c.path = rows[i].path;
		write_all(&out, &options, all, 1);
		cr_expect_not_null(strstr(out.data, rows[i].uri), "row %zu: %s",
			i, out.data);
		buffer_release(&out);
	}
}

/* The fingerprint of a result alone. */
static void fingerprint(const shk_result *result, char text[17])
{
	shk_report_options options = { .format = SHK_REPORT_SARIF };
	const shk_result *const all[] = { result };
	static const char key[] = "\"shokan/v1\":\"";
	struct buffer out;
	const char *at;

	write_all(&out, &options, all, 1);
	at = strstr(out.data, key);
	cr_assert_not_null(at);
	memcpy(text, at + sizeof(key) - 1, 16);
	text[16] = '\0';
	buffer_release(&out);
}

/* Stable when rows, facts and answers change; another record, another one. */
Test(sarif, fingerprints)
{
	shk_result b = sample_undetermined();
	char first[17], other[17];

	fingerprint(&b, first);
	cr_expect_eq(strspn(first, "0123456789abcdef"), 16);
	b.row = 99;
	b.path = "moved.csv";
	b.status = SHK_CONFLICT;
	b.revision = "r6";
	b.missing_count = 1;
	fingerprint(&b, other);
	cr_expect_str_eq(first, other);
	b.decision = "samd_billing";
	fingerprint(&b, other);
	cr_expect_str_neq(first, other);
	b = sample_undetermined();
	b.id = "B3";
	fingerprint(&b, other);
	cr_expect_str_neq(first, other);
	/* without an id only the place tells records apart */
	b.id = "";
	b.row = 2;
	fingerprint(&b, first);
	b.row = 3;
	fingerprint(&b, other);
	cr_expect_str_neq(first, other);
}

/* The letters of id and decision do not run together. */
Test(sarif, fingerprints_keep_parts_apart)
{
	shk_result a = sample_undetermined(), b = sample_undetermined();
	char first[17], second[17];

	a.id = "ab";
	a.decision = "c";
	b.id = "a";
	b.decision = "bc";
	fingerprint(&a, first);
	fingerprint(&b, second);
	cr_expect_str_neq(first, second);
}

Test(sarif, hostile_texts)
{
	shk_report_options options = { .format = SHK_REPORT_SARIF };
	shk_result c = sample_error();
	const shk_result *const all[] = { &c };
	struct buffer out;

	c.id = "\"}]\\u0000\n\033\377";
	c.message = "\"],\"x\":[\"\b";
	write_all(&out, &options, all, 1);
	cr_expect_not_null(
		strstr(out.data, "\"id\":\"\\\"}]\\\\u0000\\n␛\xEF\xBF\xBD\""));
	cr_expect_not_null(
		strstr(out.data, "annual_tests: \\\"],\\\"x\\\":[\\\"␈\"}"));
	buffer_release(&out);
}
