/*
 * Loading a rulebook: what it holds, and every refusal with file and line.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "rulebook/rulebook.h"
#include "rulebook/shelf.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

Test(load, holds_what_the_files_say)
{
	shk_rulebook *book = shelf_load(GOOD_BOOK);
	const struct rulebook_constant *rate = &book->constants[0];
	const struct rulebook_parameter *limit = &book->parameters[0];
	const struct rulebook_parameter *mode = &book->parameters[1];

	cr_expect_eq(shk_rulebook_revision_count(book), 2u);
	cr_expect_str_eq(shk_rulebook_revision(book, 1), "r2");
	cr_expect_null(shk_rulebook_revision(book, 2));
	cr_expect_eq(shk_rulebook_decision_count(book), 3u);
	cr_expect_str_eq(shk_rulebook_decision(book, 1), "new_fee");
	cr_expect_null(shk_rulebook_decision(book, 3));
	cr_expect_str_eq(
		shk_rulebook_decision_label(book, 1, SHK_ENGLISH), "new fee");
	cr_expect_str_eq(
		shk_rulebook_decision_label(book, 1, SHK_JAPANESE), "新料金");
	cr_expect_str_eq(
		shk_rulebook_decision_label(book, 2, SHK_JAPANESE), "old fee");
	cr_expect_null(shk_rulebook_decision_label(book, 3, SHK_ENGLISH));
	cr_expect_eq(book->gate.cite_count, 1u);
	cr_expect_str_eq(book->revisions[0].label.ja, "第一");
	cr_expect_eq(rate->value_count, 2u);
	cr_expect_str_eq(rate->values[1].cites[0].place, "p5");
	cr_expect(limit->domain.bounded && !limit->domain.range.low_closed &&
		  limit->domain.range.high_closed);
	cr_expect_str_eq(mode->unset, "down");
	cr_expect(mode->words[0].possible && !mode->words[1].possible);
	cr_expect(book->auxiliaries[1].presence);
	cr_expect_str_eq(book->givens[0].of, "base");
	cr_expect_str_eq(book->decisions[2].not_encoded,
		"rule_known_parameters_missing");
	cr_expect(!book->revisions[0].bound[1].present);
	cr_expect(book->revisions[1].bound[1].present);
	cr_expect(shk_rulebook_is_parameter(book, "limit"));
	cr_expect(!shk_rulebook_is_parameter(book, "rate"));
	cr_expect_str_eq(
		shk_rulebook_nearest_decision(book, "new_fe"), "new_fee");
	cr_expect_null(shk_rulebook_nearest_decision(book, "zzzzzzzz"));
	shk_rulebook_free(book);
}

Test(load, revision_and_value_by_day)
{
	static const struct {
		const char *day;
		int revision, value;
	} rows[] = { { "2019-09-30", -1, -1 }, { "2019-10-01", -1, 0 },
		{ "2020-03-31", -1, 0 }, { "2020-04-01", 0, 0 },
		{ "2020-12-31", 0, 0 }, { "2021-01-01", 0, 1 },
		{ "2022-03-31", 0, 1 }, { "2022-04-01", 1, 1 },
		{ "9999-12-31", 1, 1 } };
	shk_rulebook *book = shelf_load(GOOD_BOOK);

	for (size_t i = 0; i < COUNT(rows); i++) {
		int32_t day;

		cr_assert(date_parse(rows[i].day, 10, &day));
		cr_expect_eq(rulebook_revision_at(book, day), rows[i].revision,
			"%s", rows[i].day);
		cr_expect_eq(rulebook_value_at(&book->constants[0], day),
			rows[i].value, "%s", rows[i].day);
	}
	shk_rulebook_free(book);
}

struct refusal {
	const char *file, *from, *to;
	enum shk_code code;
	const char *where; /* file of the message */
	long line;
	const char *message; /* part of it */
};

static void refuse(const struct refusal *row)
{
	const char *folder = shelf_open();
	shk_rulebook *book;
	shk_diag diag = { 0 };
	enum shk_code code;

	shelf_edit(row->file, row->from, row->to);
	code = shk_rulebook_load(&book, folder, &diag);
	cr_expect_eq(code, row->code, "%s -> %s: code %d", row->from, row->to,
		(int)code);
	cr_expect_null(book);
	if (!code)
		shk_rulebook_free(book);
	cr_expect(strstr(diag.message, row->message), "%s -> %s: \"%s\"",
		row->from, row->to, diag.message);
	cr_expect(strstr(diag.path, row->where), "%s -> %s: path \"%s\"",
		row->from, row->to, diag.path);
	cr_expect_eq(diag.line, row->line, "%s -> %s: line %ld", row->from,
		row->to, diag.line);
	shelf_close();
}

#define BOOK "rulebook.xml"

Test(load, every_refusal_of_the_rulebook_names_file_and_line)
{
	static const struct refusal rows[] = {
		{ BOOK, "urn:shokan:rulebook:1", "urn:other", SHK_E_RULES, BOOK,
			2,
			"the root is <rulebook>; expected <rulebook xmlns=" },
		{ BOOK, "  <given field", "  <givn field", SHK_E_RULES, BOOK,
			21, "<givn> has no place in <rulebook>" },
		{ BOOK, "value=\"inside\"", "", SHK_E_RULES, BOOK, 3,
			"<gate> needs the attribute \"value\"" },
		{ BOOK, "<cite source=\"S1\" place=\"L9\"",
			"<cite source=\"S9\"", SHK_E_RULES, BOOK, 3,
			"the source \"S9\" is not in sources.xml" },
		{ BOOK, "place=\"L9\" evidence=\"E1\"", "evidence=\"E6\"",
			SHK_E_RULES, BOOK, 3, "E6" },
		{ BOOK, "<revision id=\"r1\"", "<revision", SHK_E_RULES, BOOK,
			4, "<revision> needs the attribute \"id\"" },
		{ BOOK, "from=\"2020-04-01\"", "", SHK_E_RULES, BOOK, 4,
			"<revision> needs the attribute \"from\"" },
		{ BOOK, "2020-04-01", "2020-04-31", SHK_E_RULES, BOOK, 4,
			"must be a date written YYYY-MM-DD" },
		{ BOOK, "2022-04-01", "2020-04-01", SHK_E_RULES, BOOK, 8,
			"revisions go from the oldest to the newest" },
		{ BOOK, "<revision id=\"r2\"", "<revision id=\"r1\"",
			SHK_E_RULES, BOOK, 8,
			"the revision \"r1\" stands here twice" },
		{ BOOK, "type=\"number\" unit=\"ratio\"", "type=\"decimal\"",
			SHK_E_RULES, BOOK, 11,
			"type=\"decimal\" must be number or date" },
		{ BOOK, "1.08", "1,08", SHK_E_RULES, BOOK, 13,
			"\"1,08\" is not a decimal number" },
		{ BOOK, "<cite source=\"S1\" place=\"L4\" evidence=\"E1\"/>",
			"", SHK_E_RULES, BOOK, 13,
			"a value of the law needs a <cite>" },
		{ BOOK, "2021-01-01", "2019-01-01", SHK_E_RULES, BOOK, 14,
			"values go from the oldest to the newest" },
		{ BOOK, "low=\"0\" low-open", "low=\"0,1\" low-open",
			SHK_E_RULES, BOOK, 16, "must be a decimal number" },
		{ BOOK, "low-open=\"true\"", "low-open=\"yes\"", SHK_E_RULES,
			BOOK, 16, "must be \"true\" or \"false\"" },
		{ BOOK, "type=\"word\" unset", "type=\"text\" unset",
			SHK_E_RULES, BOOK, 17,
			"type=\"text\" must be number, word or boolean" },
		{ BOOK, "<parameter name=\"mode\"", "<parameter name=\"limit\"",
			SHK_E_RULES, BOOK, 17,
			"the name \"limit\" stands here twice" },
		{ BOOK, "<auxiliary name=\"rest\"", "<auxiliary name=\"rate\"",
			SHK_E_RULES, BOOK, 18,
			"the name \"rate\" stands here twice" },
		{ BOOK, "type=\"number\" reported-as", "reported-as",
			SHK_E_RULES, BOOK, 18,
			"must be number, boolean or given" },
		{ BOOK, " reported-as=\"size\"", "", SHK_E_RULES, BOOK, 18,
			"<auxiliary> needs the attribute \"reported-as\"" },
		{ BOOK, "high-of=\"top\"", "high-of=\"tip\"", SHK_E_RULES, BOOK,
			18,
			"there is no decision \"tip\" in the models of "
			"revision "
			"r1" },
		{ BOOK, "fields=\"size flag\"", "", SHK_E_RULES, BOOK, 19,
			"goes with type=\"given\"" },
		{ BOOK, "<candidates field=\"names\"",
			"<candidates field=\"nams\"", SHK_E_RULES, BOOK, 20,
			"there is no input \"nams\" in any model" },
		{ BOOK, "of=\"maybe\"", "of=\"mybe\"", SHK_E_RULES, BOOK, 20,
			"there is no decision \"mybe\"" },
		{ BOOK, "ask=\"both\"", "ask=\"it\"", SHK_E_RULES, BOOK, 21,
			"ask=\"it\" must be self, inputs or both" },
		{ BOOK, "<given field=\"base\"", "<given field=\"bas\"",
			SHK_E_RULES, BOOK, 21,
			"there is no decision \"bas\" in any model" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		refuse(&rows[i]);
}

Test(load, every_refusal_of_a_decision_names_file_and_line)
{
	static const struct refusal rows[] = {
		{ BOOK, "name=\"new_fee\" number=\"2.1\"", "name=\"new_fee\"",
			SHK_E_RULES, BOOK, 32,
			"<decision> needs the attribute \"number\"" },
		{ BOOK, "<decision name=\"new_fee\"", "<decision name=\"fee\"",
			SHK_E_RULES, BOOK, 32,
			"the decision \"fee\" stands here twice" },
		{ BOOK, "number=\"2.1\"", "number=\"2\" own-dates=\"1\"",
			SHK_E_RULES, BOOK, 32, "own-dates=\"1\"" },
		{ BOOK, "<in revision=\"r1\"", "<in revision=\"r3\"",
			SHK_E_RULES, BOOK, 25, "there is no revision \"r3\"" },
		{ BOOK, "<in revision=\"r1\" model=\"fee.dmn\"/>",
			"<in revision=\"r1\"/>", SHK_E_RULES, BOOK, 25,
			"<in> needs the attribute \"model\"" },
		{ BOOK, "    <output name=\"fee\" of=\"fee\" when=\"flag\"/>\n",
			"", SHK_E_RULES, BOOK, 32,
			"a decision has 1 to 256 <output> elements" },
		{ BOOK, "<applicability of", "<applicable of", SHK_E_RULES,
			BOOK, 27, "<applicable> has no place in <decision>" },
		{ BOOK, "fee_applies", "fee_apply", SHK_E_RULES, BOOK, 22,
			"there is no decision \"fee_apply\"" },
		{ BOOK, "fee_caveats", "fee_caveat", SHK_E_RULES, BOOK, 22,
			"there is no decision \"fee_caveat\"" },
		{ BOOK, "of=\"fee\" unit", "of=\"free\" unit", SHK_E_RULES,
			BOOK, 28, "there is no decision \"free\"" },
		{ BOOK, "of=\"fee\" when", "of=\"size\" when", SHK_E_RULES,
			BOOK, 35,
			"the output \"fee\" is the decision \"size\", which "
			"has "
			"no logic" },
		{ BOOK, "when=\"flag\"", "when=\"flog\"", SHK_E_RULES, BOOK, 35,
			"there is no decision \"flog\"" },
		{ BOOK, "holds=\"flag gave\"", "holds=\"flag\"", SHK_E_RULES,
			BOOK, 29, "differ in number" },
		{ BOOK, "holds=\"flag gave\"", "holds=\"flag have\"",
			SHK_E_RULES, BOOK, 29,
			"there is no decision \"have\"" },
		{ BOOK, "holds=\"flag gave\"",
			"asked-by=\"size\" holds=\"flag gave\"", SHK_E_RULES,
			BOOK, 29, "a list of what holds cannot be asked for" },
		{ BOOK, "of=\"fee\" when=\"flag\"",
			"holds=\"flag\" words=\"flag\"", SHK_E_RULES, BOOK, 35,
			"a list of what holds cannot be the first output" },
		{ BOOK, "<cite source=\"S2\" place=\"p7\"",
			"<cite source=\"S3\"", SHK_E_RULES, BOOK, 40,
			"the source \"S3\" is not in sources.xml" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		refuse(&rows[i]);
}

Test(load, every_refusal_of_the_other_files_names_file_and_line)
{
	static const struct refusal rows[] = {
		{ "sources.xml", "urn:shokan:sources:1", "urn:other",
			SHK_E_RULES, "sources.xml", 2,
			"the root is <sources>; expected <sources xmlns=" },
		{ "sources.xml", "<source id=\"S1\"", "<source", SHK_E_RULES,
			"sources.xml", 3,
			"<source> needs the attribute \"id\"" },
		{ "sources.xml", "<source id=\"S2\"", "<source id=\"S1\"",
			SHK_E_RULES, "sources.xml", 9,
			"the source \"S1\" stands here twice" },
		{ "sources.xml", "<quote place=\"L9\"", "<quote", SHK_E_RULES,
			"sources.xml", 7,
			"<quote> needs the attribute \"place\"" },
		{ "sources.xml", "</sources>", "", SHK_E_RULES, "sources.xml",
			14, "" },
		{ "r1/fee.dmn", "source=\"S1\" place=\"L1\"",
			"source=\"S7\" place=\"L1\"", SHK_E_RULES, "r1/fee.dmn",
			22,
			"cites the source \"S7\", which is not in "
			"sources.xml" },
		{ "r2/fee.dmn", "evidence=\"E3\"", "evidence=\"3\"",
			SHK_E_RULES, "r2/fee.dmn", 30,
			"evidence=\"3\" must be one of E0 to E5" },
		{ "r2/fee.dmn", "size + extra", "size +", SHK_E_RULES,
			"r2/fee.dmn", 28, "" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		refuse(&rows[i]);
}

Test(load, a_file_that_is_not_there)
{
	static const char *const files[] = { "rulebook.xml", "sources.xml",
		"fields.xml", "r1/fee.dmn", "r2/words.dmn" };

	for (size_t i = 0; i < COUNT(files); i++) {
		const char *folder = shelf_open();
		shk_rulebook *book;
		shk_diag diag = { 0 };

		shelf_remove(files[i]);
		cr_expect_neq(shk_rulebook_load(&book, folder, &diag), SHK_OK,
			"%s", files[i]);
		cr_expect_null(book, "%s", files[i]);
		cr_expect(strstr(diag.path, files[i]) ||
				  strstr(diag.message, files[i]),
			"%s: %s: %s", files[i], diag.path, diag.message);
		shelf_close();
	}
}

enum filler { PARAMETERS, REVISIONS, REVISIONS_OF_ONE_DAY };

static void fill(enum filler what, int count)
{
	struct buffer more;

	buffer_init(&more);
	for (int k = 0; k < count; k++)
		if (what == PARAMETERS)
			buffer_format(&more,
				"<parameter name=\"p%d\" type=\"boolean\"/>",
				k);
		else
			buffer_format(&more,
				"<revision id=\"x%d\" from=\"21%02d-01-01\"/>",
				k, what == REVISIONS ? k : 0);
	buffer_text(&more, "<candidates field=\"names\"");
	shelf_edit("rulebook.xml", "<candidates field=\"names\"", more.data);
	buffer_release(&more);
}

/* A larger file of the book is not looked at. */
Test(load, has_a_ceiling_of_its_files)
{
	const char *folder = shelf_open();
	char path[128];
	shk_rulebook *book;
	shk_diag diag = { 0 };

	snprintf(path, sizeof(path), "%s/sources.xml", folder);
	cr_assert_eq(truncate(path, RULEBOOK_BYTES_MAX), 0);
	cr_expect_eq(shk_rulebook_load(&book, folder, &diag), SHK_E_RULES,
		"it is read, and is no XML");
	memset(&diag, 0, sizeof(diag));
	cr_assert_eq(truncate(path, RULEBOOK_BYTES_MAX + 1), 0);
	cr_expect_eq(shk_rulebook_load(&book, folder, &diag), SHK_E_LIMIT, "%s",
		diag.message);
	shelf_close();
}

/* At a ceiling and one past it; the good book has 2 of both. */
Test(load, ceilings)
{
	static const struct {
		enum filler what;
		int count;
		enum shk_code code;
		const char *message;
	} rows[] = {
		{ PARAMETERS, RULEBOOK_LIST_MAX - 2, SHK_OK, "" },
		{ PARAMETERS, RULEBOOK_LIST_MAX - 1, SHK_E_LIMIT,
			"more than 256 <parameter> elements" },
		{ REVISIONS, RULEBOOK_REVISIONS_MAX - 2, SHK_OK, "" },
		{ REVISIONS, RULEBOOK_REVISIONS_MAX - 1, SHK_E_RULES,
			"a rulebook has 1 to 16 <revision> elements" },
		{ REVISIONS_OF_ONE_DAY, RULEBOOK_LIST_MAX - 1, SHK_E_LIMIT,
			"more than 256 <revision> elements" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *folder = shelf_open();
		shk_rulebook *book;
		shk_diag diag = { 0 };

		fill(rows[i].what, rows[i].count);
		cr_expect_eq(shk_rulebook_load(&book, folder, &diag),
			rows[i].code, "row %zu: %s", i, diag.message);
		cr_expect(strstr(diag.message, rows[i].message), "row %zu: %s",
			i, diag.message);
		shk_rulebook_free(book);
		shelf_close();
	}
}
