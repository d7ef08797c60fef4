/*
 * Cases of the conformance kit, one file each: what is told of results that
 * are right, wrong, of no known type, and of cases that cannot be run.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "helper.h"

#include <shokan/dmn.h>

TestSuite(dmn_kit_cases, .init = folder_open, .fini = folder_close);

#define V(type, text)	  "<value xsi:type='xsd:" type "'>" text "</value>"
#define GIVE(name, value) "<inputNode name='" name "'>" value "</inputNode>"
#define WANT(name, value)                                                      \
	"<resultNode name='" name "'><expected>" value                         \
	"</expected></resultNode>"
#define CASE(rest) "<testCase id='1'>" rest "</testCase>"
#define CALL(type, name, rest)                                                 \
	"<testCase id='1' type='" type "' invocableName='" name "'>" rest      \
	"</testCase>"
#define ECHO(value)  CASE(GIVE("any", value) WANT("echo", value))
#define ITEM(value)  "<item>" value "</item>"
#define PART(n, val) "<component name='" n "'>" val "</component>"

/* clang-format off */
static const char model[] = HEAD INPUT("any", "Any") INPUT("date", "Any")
	KNOWLEDGE("plus", PARAMETER("p") PARAMETER("q"), LITERAL("p + q"))
	DECISION("echo", "Any", NEEDS_INPUT("any"), LITERAL("any"))
	DECISION("third", "Any", "", LITERAL("1 / 3"))
	DECISION("endless", "Any", "", LITERAL("for i in 1..100000000 return "
		"i")) TAIL;

static const struct {
	const char *cases;
	const char *told; /* "node outcome detail;" each */
} rows[] = {
	/* each type that is known comes back as itself */
	{ ECHO(V("time", "10:00:00")), "echo S ;" },
	{ ECHO(V("dateTime", "2026-06-01T10:00:00")), "echo S ;" },
	{ ECHO(V("dateTime", "2026-06-01T10:00:00Z")), "echo S ;" },
	{ ECHO(V("duration", "P1DT2H")), "echo S ;" },
	{ ECHO(V("yearMonthDuration", "P1Y")), "echo S ;" },
	{ ECHO(V("boolean", "1")), "echo S ;" },
	{ ECHO("<value>text</value>"), "echo S ;" },
	{ ECHO("<value xsi:type='string'>text</value>"), "echo S ;" },
	{ ECHO("<value xsi:nil='1'/>"), "echo S ;" },
	{ ECHO("<list xsi:nil='true'/>"), "echo S ;" },
	{ ECHO("<list/>"), "echo S ;" },
	{ ECHO(PART("a", V("int", "1")) PART("b", "<list>" ITEM(V("date",
		"2026-06-01")) "</list>")), "echo S ;" },
	{ CASE("<inputNode name='any' xsi:nil='true'/>" WANT("echo",
		"<value xsi:nil='true'/>")), "echo S ;" },
	{ CASE(GIVE("any", "") "<resultNode name='echo'/>"), "echo S ;" },
	/* what is not the same */
	{ CASE(GIVE("any", V("int", "1")) WANT("echo", V("string", "1"))),
		"echo E wanted \"1\", got 1;" },
	{ CASE(GIVE("any", V("int", "1")) WANT("echo", V("int", "2"))),
		"echo E wanted 2, got 1;" },
	{ CASE(GIVE("any", "<value>ab</value>") WANT("echo",
		"<value>abc</value>")), "echo E wanted \"abc\", got \"ab\";" },
	{ CASE(GIVE("any", "<list>" ITEM(V("int", "1")) "</list>") WANT("echo",
		"<list/>")), "echo E wanted [], got [1];" },
	{ CASE(GIVE("any", "<list>" ITEM(V("int", "1")) "</list>") WANT("echo",
		"<list>" ITEM(V("int", "2")) "</list>")),
		"echo E wanted [2], got [1];" },
	{ CASE(GIVE("any", PART("a", V("int", "1"))) WANT("echo",
		PART("b", V("int", "1")))),
		"echo E wanted {b: 1}, got {a: 1};" },
	{ CASE(GIVE("any", PART("a", V("int", "1"))) WANT("echo",
		PART("a", V("int", "2")))),
		"echo E wanted {a: 2}, got {a: 1};" },
	/* rounded numbers in the digits that the case writes; past 17 digits
	   no binary double is meant, and each digit counts */
	{ CASE(WANT("third", V("decimal", "0.33333333"))), "third S ;" },
	{ CASE(WANT("third", V("decimal", "0.3333"))), "third E wanted 0.3333, "
		"got 0.3333333333333333333333333333333333;" },
	{ CASE(WANT("third", V("decimal", "0.33333333333333333333"))),
		"third S ;" },
	{ CASE(WANT("third", V("decimal", "0.33333333333333333335"))),
		"third E wanted 0.33333333333333333335, "
		"got 0.3333333333333333333333333333333333;" },
	{ CASE(WANT("third", V("decimal", "0.333333333333333333333333333333333"
		"4"))), "third S ;" },
	{ CASE(WANT("third", V("int", "1"))), "third E wanted 1, got "
		"0.3333333333333333333333333333333333;" },
	/* types and texts that are not known */
	{ ECHO(V("anyURI", "x")), "echo I an input of a type that is not "
		"known;" },
	{ CASE(WANT("third", V("anyURI", "x"))), "third I a value of a type "
		"that is not known;" },
	{ CASE(WANT("third", V("decimal", "one"))), "third I a value of a type "
		"that is not known;" },
	{ CASE(WANT("third", V("date", "x"))), "third I a value of a type "
		"that is not known;" },
	{ CASE(WANT("third", V("time", "x"))), "third I a value of a type "
		"that is not known;" },
	{ CASE(WANT("third", V("dateTime", "x"))), "third I a value of a type "
		"that is not known;" },
	{ CASE(WANT("third", V("duration", "x"))), "third I a value of a type "
		"that is not known;" },
	{ CASE(WANT("third", "<list>" ITEM(V("date", "x")) "</list>")),
		"third I a value of a type that is not known;" },
	{ CASE(WANT("third", PART("a", V("date", "x")))),
		"third I a value of a type that is not known;" },
	/* names that lead nowhere, or are not there */
	{ CASE(WANT("fourth", "")), "fourth E no such decision;" },
	{ "<testCase><resultNode><expected/></resultNode></testCase>",
		" E no such decision;" },
	{ CASE("<inputNode><value/></inputNode>" WANT("third", "")
		"<resultNode/>"), "third I an input of a type that is not "
		"known; I an input of a type that is not known;" },
	{ CASE(GIVE("nobody", V("int", "1")) WANT("third", V("decimal",
		"0.33333333"))), "third S ;" },
	{ CALL("bkm", "plus", GIVE("p", V("int", "1")) GIVE("q", V("int", "2"))
		WANT("plus", V("int", "3"))), "plus S ;" },
	{ CALL("bkm", "minus", WANT("minus", "")), "minus E no such service or "
		"knowledge model;" },
	{ CALL("decisionService", "third", WANT("third", "")),
		"third S ;" }, /* what is no function is null when called */
	{ "<testCase type='bkm'>" WANT("x", "") "</testCase>",
		"x E no such service or knowledge model;" },
	{ CALL("decision", "x", WANT("third", V("decimal", "0.33333333"))),
		"third S ;" },
	{ CASE(WANT("endless", "")), "endless E wanted null, got " },
};
/* clang-format on */

struct heard {
	char text[1024];
	size_t most; /* results before it stops; 0: all */
	size_t count;
};

static bool hear(void *context, const shk_dmn_result *result)
{
	static const char outcomes[] = { [SHK_DMN_SUCCESS] = 'S',
		[SHK_DMN_ERROR] = 'E',
		[SHK_DMN_IGNORED] = 'I' };
	struct heard *heard = context;
	size_t used = strlen(heard->text);

	snprintf(heard->text + used, sizeof(heard->text) - used, "%s %c %s;",
		result->node, outcomes[result->outcome], result->detail);
	return ++heard->count != heard->most;
}

static void write_cases(const char *name, const char *file, const char *cases)
{
	char text[4096];

	snprintf(text, sizeof(text),
		"<testCases xmlns='http://www.omg.org/spec/DMN/20160719/"
		"testcase' xmlns:xsi='http://www.w3.org/2001/XMLSchema-"
		"instance' xmlns:xsd='x'>%s%s</testCases>",
		file, cases);
	folder_write(name, text);
}

static void run(struct heard *heard, size_t most)
{
	shk_diag diag = { 0 };

	memset(heard, 0, sizeof(*heard));
	heard->most = most;
	cr_assert_eq(shk_dmn_test(folder_path(""), hear, heard, &diag), SHK_OK,
		"%s", diag.message);
}

Test(dmn_kit_cases, what_is_told)
{
	struct heard heard;

	folder_write("m.dmn", model);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *told = rows[i].told;
		size_t size = strlen(told);

		write_cases(
			"t.xml", "<modelName>m.dmn</modelName>", rows[i].cases);
		run(&heard, 0);
		/* of an error of the evaluation the words are not ours */
		if (told[size - 1] != ';')
			heard.text[size] = '\0';
		cr_expect_str_eq(
			heard.text, told, "row %zu: %s", i, rows[i].cases);
	}
}

/* A model that does not load fails each of its results with the reason. */
Test(dmn_kit_cases, without_a_model)
{
	struct heard heard;

	folder_write("m.dmn", "<definitions");
	write_cases("t.xml", "<modelName>\n m.dmn\t</modelName>",
		"<testCase id='1'>" WANT(
			"a", "") "<resultNode/></testCase>"
				 "<testCase/><testCase>" WANT(
					 "b", "") "</testCase>");
	run(&heard, 0);
	cr_expect_eq(heard.count, 3u, "%s", heard.text);
	cr_expect_eq(strncmp(heard.text, "a E ", 4), 0, "%s", heard.text);
	cr_expect_not_null(strstr(heard.text, "; E "), "%s", heard.text);
	cr_expect_not_null(strstr(heard.text, ";b E "), "%s", heard.text);
	run(&heard, 2);
	cr_expect_eq(heard.count, 2u, "%s", heard.text);
}

/* Whoever is told may want no more; other files of XML are no cases. */
Test(dmn_kit_cases, that_are_stopped)
{
	struct heard heard;

	folder_write("m.dmn", model);
	folder_write("a.xml", "<other/>");
	folder_write("x", "text");
	for (size_t i = 0; i < 2; i++)
		write_cases(i ? "u.xml" : "t.xml", "",
			CASE(WANT("third", V("decimal", "0.33333333")) WANT(
				"echo", "")) CASE(WANT("echo", "")));
	run(&heard, 0);
	cr_expect_str_eq(heard.text,
		"third S ;echo S ;echo S ;third S ;echo S ;echo S ;");
	for (size_t most = 1; most < 6; most++) {
		run(&heard, most);
		cr_expect_eq(heard.count, most, "%s", heard.text);
	}
}

Test(dmn_kit_cases, that_cannot_be_read)
{
	struct heard heard = { .most = 0 };
	shk_diag diag = { 0 };

	cr_expect_eq(shk_dmn_test(folder_path("none"), hear, &heard, &diag),
		SHK_E_IO);
	cr_expect_str_eq(diag.path, folder_path("none"));
	cr_expect_eq(shk_dmn_test("", hear, &heard, NULL), SHK_E_IO);
	folder_write("t.xml", "<testCases>");
	cr_expect_eq(shk_dmn_test(folder_path(""), hear, &heard, &diag),
		SHK_E_INPUT);
	cr_expect_str_eq(heard.text, "");
}
