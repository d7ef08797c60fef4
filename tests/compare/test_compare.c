/*
 * What counts as a change, its parts, its lines and the counts; from snapshots
 * written by hand.
 */
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "base/memory.h"
#include "compare/counts.h"
#include "compare/pairing.h"

#define HEAD PAIRING_HEAD("r8", "{}")
/* id, decision, status, reason, values, missing, evidence, citations, facts */
#define LINE(i, d, s, r, v, m, e, c, f)                                        \
	i "\t" d "\tr8\t2026-06-01\t" s "\t" r "\t" v "\t" m "\t\t" e "\t" c   \
	  "\t" f "\n"
#define PRICE(i, v) LINE(i, "d", "determined", "", v, "", "E0", "S1 L1", "x=1")

/* The approvable lines of a comparison. */
static void expect_lines(
	const char *before, const char *after, const char *lines)
{
	struct pairing pairing;

	pairing_init(&pairing);
	cr_expect_eq(pairing_run(&pairing, before, after, SHK_CHANGES_LINES),
		SHK_END, "%s", pairing.diag.message);
	cr_expect_str_eq(pairing.said.data, lines, "got:\n%s\nexpected:\n%s",
		pairing.said.data, lines);
	pairing_release(&pairing);
}

Test(compare, parts)
{
	static const struct {
		const char *before, *after, *lines;
	} rows[] = {
		{ HEAD, HEAD, "" },
		{ HEAD PRICE("a", "v=1"), HEAD PRICE("a", "v=1"), "" },
		{ HEAD PRICE("a", "v=1.5;w=2"), HEAD PRICE("a", "v=1.4;w=2"),
			"a d v 1.5 -> 1.4\n" },
		/* an output that only one side has */
		{ HEAD PRICE("a", "v=1"), HEAD PRICE("a", "w=2"),
			"a d v 1 -> (absent)\na d w (absent) -> 2\n" },
		/* status and reason; what was missing follows */
		{ HEAD LINE("a", "d", "undetermined", "", "v=undetermined{1|2}",
			  "m", "E0", "", ""),
			HEAD LINE("a", "d", "not_applicable", "condition_false",
				"", "", "E0", "", ""),
			"a d status undetermined -> not_applicable\n"
			"a d reason (absent) -> condition_false\n"
			"a d v undetermined{1|2} -> (absent)\n" },
		/* only what is missing */
		{ HEAD LINE("a", "d", "undetermined", "", "v=undetermined{1|2}",
			  "m|n", "E0", "", ""),
			HEAD LINE("a", "d", "undetermined", "",
				"v=undetermined{1|2}", "n", "E0", "", ""),
			"a d missing m|n -> n\n" },
		/* neither citations nor facts nor evidence are the answer */
		{ HEAD PRICE("a", "v=1"),
			HEAD LINE("a", "d", "determined", "", "v=1", "", "E1",
				"S2 L1", "x=2"),
			"" },
		/* added and removed, before, between and behind */
		{ HEAD PRICE("b", "v=1") PRICE("d", "v=2"),
			HEAD PRICE("a", "v=3") PRICE("b", "v=1")
				PRICE("c", "v=4") PRICE("e", "v=5"),
			"a d status (absent) -> determined\n"
			"a d v (absent) -> 3\n"
			"c d status (absent) -> determined\n"
			"c d v (absent) -> 4\n"
			"d d status determined -> (absent)\n"
			"d d v 2 -> (absent)\n"
			"e d status (absent) -> determined\n"
			"e d v (absent) -> 5\n" },
		/* an id with blanks, a star, a sign of a comment */
		{ HEAD PRICE("# a\\tb\\\\", "v=1") PRICE("*", "v=1"),
			HEAD PRICE("# a\\tb\\\\", "v=2") PRICE("*", "v=2"),
			"\\#\\sa\\tb\\\\ d v 1 -> 2\n\\* d v 1 -> 2\n" },
		/* a record that could not be read has no decision */
		{ HEAD LINE("a", "", "error", "bad_value", "", "", "", "", ""),
			HEAD PRICE("a", "v=1"),
			"a - status error -> (absent)\n"
			"a - reason bad_value -> (absent)\n"
			"a d status (absent) -> determined\n"
			"a d v (absent) -> 1\n" },
		/* `;` inside a value is part of it */
		{ HEAD PRICE("a", "v=x\\\\;y;w=1"),
			HEAD PRICE("a", "v=x\\\\;z;w=1"),
			"a d v x\\\\;y -> x\\\\;z\n" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_lines(rows[i].before, rows[i].after, rows[i].lines);
}

Test(compare, differences_are_exact)
{
	static const struct {
		const char *before, *after, *difference;
	} rows[] = {
		{ "v=1.5", "v=1.4", "-0.1" },
		{ "v=0.1", "v=0.3", "0.2" },
		{ "v=9999999999999999999999999999999998",
			"v=9999999999999999999999999999999999", "1" },
		/* 35 digits are more than there are */
		{ "v=9999999999999999999999999999999999", "v=0.1", "null" },
		{ "v=1", "v=undetermined{1|2}", "null" },
		{ "v=true", "v=false", "null" },
		{ "v=2026-06-01", "v=2026-06-02", "null" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pairing pairing;
		char before[1024], after[1024], wanted[128];

		pairing_init(&pairing);
		snprintf(before, sizeof(before), HEAD "%s",
			"a\td\tr8\t\tdetermined\t\t");
		snprintf(after, sizeof(after), "%s", before);
		strncat(before, rows[i].before, 200);
		strncat(after, rows[i].after, 200);
		strncat(before, "\t\t\tE0\t\t\n", 20);
		strncat(after, "\t\t\tE0\t\t\n", 20);
		snprintf(wanted, sizeof(wanted), "\"difference\":%s,",
			rows[i].difference);
		cr_expect_eq(
			pairing_run(&pairing, before, after, SHK_CHANGES_JSON),
			SHK_END);
		cr_expect_not_null(strstr(pairing.said.data, wanted),
			"row %zu: %s", i, pairing.said.data);
		pairing_release(&pairing);
	}
}

Test(compare, evidence_is_counted_or_a_change)
{
	struct pairing pairing;
	const char *before = HEAD PRICE("a", "v=1") PRICE("b", "v=1");
	const char *after = HEAD LINE("a", "d", "determined", "", "v=1", "",
		"E3", "S9 L9", "x=1") PRICE("b", "v=1");

	pairing_init(&pairing);
	pairing_run(&pairing, before, after, SHK_CHANGES_TEXT);
	cr_expect_str_eq(pairing.said.data,
		"d: 2 the same (1 with other evidence), 0 changed\n");
	pairing.options.evidence = true;
	pairing_run(&pairing, before, after, SHK_CHANGES_LINES);
	cr_expect_str_eq(pairing.said.data, "a d evidence E0 -> E3\n");
	pairing_release(&pairing);
}

Test(compare, order_and_doubles)
{
	static const struct {
		const char *before, *after, *message;
		long line;
	} rows[] = {
		{ HEAD PRICE("b", "v=1") PRICE("a", "v=1"), HEAD,
			"stands behind a line that belongs after it", 11 },
		{ HEAD, HEAD PRICE("a", "v=1") PRICE("a", "v=1"),
			"\"a\", decision \"d\" is there twice", 11 },
		{ HEAD PRICE("a", "v=1") "rubbish\n", HEAD,
			"the line has 1 columns", 11 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pairing pairing;

		pairing_init(&pairing);
		cr_expect_eq(pairing_run(&pairing, rows[i].before,
				     rows[i].after, SHK_CHANGES_LINES),
			SHK_E_INPUT, "row %zu", i);
		cr_expect_not_null(
			strstr(pairing.diag.message, rows[i].message),
			"row %zu: %s", i, pairing.diag.message);
		cr_expect_eq(pairing.diag.line, rows[i].line, "row %zu", i);
		pairing_release(&pairing);
	}
}

#define BOTH_BEFORE                                                            \
	PAIRING_HEAD("r6", "{}")                                               \
	LINE("a", "d", "determined", "", "v=1.5;points=10", "", "E3",          \
		"S3 p1|S1 L1|S4 p2", "x=1;y=2")                                \
	LINE("b", "d", "undetermined", "", "v=undetermined{1|2}", "x", "E0",   \
		"", "")                                                        \
	LINE("c", "d", "determined", "", "v=1", "", "E0", "", "")
#define BOTH_AFTER                                                             \
	PAIRING_HEAD("r8", "{\"k\":60}")                                       \
	PRICE("=c", "v=-7")                                                    \
	LINE("a", "d", "determined", "", "v=1.4;points=10", "", "E0",          \
		"S1 L1|S1 L9", "x=2;y=2")                                      \
	LINE("b", "d", "determined", "", "v=1", "", "E0", "", "x=1")

Test(compare, text)
{
	struct pairing pairing;

	pairing_init(&pairing);
	cr_expect_eq(pairing_run(&pairing, BOTH_BEFORE, BOTH_AFTER,
			     SHK_CHANGES_TEXT),
		SHK_END, "%s", pairing.diag.message);
	cr_expect_eq(pairing.changes, 4);
	cr_expect_str_eq(pairing.said.data,
		"=c  d  added\n"
		"  status            (absent) -> determined\n"
		"  v                 (absent) -> -7\n"
		"\n"
		"a  d\n"
		"  v                 1.5 -> 1.4  (-0.1)\n"
		"  because           x 1 -> 2: not tested\n"
		"                    k (absent) -> 60: not tested\n"
		"  sources before    S3 p1, S4 p2\n"
		"  sources after     S1 L9\n"
		"\n"
		"b  d\n"
		"  status            undetermined -> determined\n"
		"  v                 undetermined{1|2} -> 1\n"
		"  because           x (absent) -> 1: not tested\n"
		"                    k (absent) -> 60: not tested\n"
		"\n"
		"c  d  removed\n"
		"  status            determined -> (absent)\n"
		"  v                 1 -> (absent)\n"
		"\n"
		"d: 0 the same, 2 changed, 1 added, 1 removed\n"
		"  determined -> determined: 1\n"
		"  undetermined -> determined: 1\n"
		"differs: revision r6 -> r8\n"
		"differs: k (absent) -> 60\n",
		"%s", pairing.said.data);
	pairing_release(&pairing);
}

Test(compare, csv)
{
	struct pairing pairing;

	pairing_init(&pairing);
	pairing_run(&pairing, BOTH_BEFORE, BOTH_AFTER, SHK_CHANGES_CSV);
	cr_expect_str_eq(pairing.said.data,
		"change,id,decision,part,before,after,difference,approved,"
		"revision_before,revision_after,causes,sources_before,"
		"sources_after,yen,yen_note\r\n"
		/* a spreadsheet must not take the id for a formula */
		"added,'=c,d,status,,determined,,false,,r8,,,S1 L1,,\r\n"
		"added,'=c,d,v,,-7,,false,,r8,,,S1 L1,,\r\n"
		"changed,a,d,v,1.5,1.4,-0.1,false,r8,r8,"
		"fact x: 1 -> 2 (untested)|"
		"parameter k: (absent) -> 60 (untested),"
		"S3 p1|S4 p2,S1 L9,,\r\n"
		"changed,b,d,status,undetermined,determined,,false,r8,r8,"
		"fact x: (absent) -> 1 (untested)|"
		"parameter k: (absent) -> 60 (untested),,,,\r\n"
		"changed,b,d,v,undetermined{1|2},1,,false,r8,r8,"
		"fact x: (absent) -> 1 (untested)|"
		"parameter k: (absent) -> 60 (untested),,,,\r\n"
		"removed,c,d,status,determined,,,false,r8,,,,,,\r\n"
		"removed,c,d,v,1,,,false,r8,,,,,,\r\n",
		"%s", pairing.said.data);
	pairing_release(&pairing);
}

Test(compare, json)
{
	struct pairing pairing;

	pairing_init(&pairing);
	pairing_run(&pairing, BOTH_BEFORE,
		PAIRING_HEAD("r8", "{\"k\":60}")
			LINE("a", "d", "determined", "", "v=1.4;points=10", "",
				"E0", "S1 L1|S1 L9", "x=2;y=2"),
		SHK_CHANGES_JSON);
	cr_expect_eq(strncmp(pairing.said.data,
			     "{\"change\":\"changed\",\"id\":\"a\","
			     "\"decision\":\"d\",\"revision_before\":\"r8\","
			     "\"revision_after\":\"r8\",\"approved\":false,"
			     "\"parts\":[{\"part\":\"v\",\"before\":\"1.5\","
			     "\"after\":\"1.4\",\"difference\":-0.1,"
			     "\"approved\":false,"
			     "\"line\":\"a d v 1.5 -> 1.4\"}],"
			     "\"causes\":[{\"kind\":\"fact\",\"name\":\"x\","
			     "\"before\":\"1\",\"after\":\"2\","
			     "\"effect\":\"untested\"},"
			     "{\"kind\":\"parameter\",\"name\":\"k\","
			     "\"before\":null,\"after\":\"60\","
			     "\"effect\":\"untested\"}],"
			     "\"sources_before\":[\"S3 p1\",\"S4 p2\"],"
			     "\"sources_after\":[\"S1 L9\"]}\n",
			     strcspn(pairing.said.data, "\n") + 1),
		0, "%s", pairing.said.data);
	cr_expect_not_null(
		strstr(pairing.said.data,
			"{\"summary\":[{\"decision\":\"d\",\"same\":0,"
			"\"other_evidence\":0,\"changed\":1,\"added\":0,"
			"\"removed\":2,\"approved\":0,\"moves\":[{\"before\":"
			"\"determined\",\"after\":\"determined\",\"count\":1}],"
			"\"yen\":null,\"weighed\":0,\"unweighed\":0}],"),
		"%s", pairing.said.data);
	pairing_release(&pairing);
}

/* A comparison with itself is empty; turned round it says the reverse. */
Test(compare, mirror)
{
	const char *a = HEAD PRICE("a", "v=1") PRICE("b", "v=2;w=3")
		LINE("c", "d", "conflict", "c", "v=conflict{1|2}", "", "E2",
			"S1 L2", "x=1");
	const char *b = HEAD PRICE("b", "v=5;u=3") LINE("c", "d", "determined",
		"", "v=1", "", "E0", "S1 L3", "x=2") PRICE("e", "v=1");
	struct pairing there, back;
	const char *left, *right;

	pairing_init(&there);
	pairing_init(&back);
	pairing_run(&there, a, a, SHK_CHANGES_LINES);
	cr_expect_str_eq(there.said.data, "");
	pairing_run(&there, a, b, SHK_CHANGES_LINES);
	pairing_run(&back, b, a, SHK_CHANGES_LINES);
	cr_expect_eq(there.changes, 4);
	cr_expect_eq(back.changes, 4);
	/* every line of one is there in the other with its sides turned */
	for (left = there.said.data; *left; left = strchr(left, '\n') + 1) {
		const char *arrow = strstr(left, " -> ");
		const char *end = strchr(left, '\n');
		const char *value = arrow;
		char wanted[256];

		while (value[-1] != ' ')
			value--;
		snprintf(wanted, sizeof(wanted), "%.*s%.*s -> %.*s\n",
			(int)(value - left), left, (int)(end - arrow - 4),
			arrow + 4, (int)(arrow - value), value);
		right = strstr(back.said.data, wanted);
		cr_expect_not_null(
			right, "%s not in\n%s", wanted, back.said.data);
	}
	cr_expect_eq(strlen(there.said.data), strlen(back.said.data));
	pairing_release(&there);
	pairing_release(&back);
}

/* As many decisions as there may be, and one more. */
Test(compare, ceiling_of_decisions)
{
	struct pairing pairing;
	struct buffer text;

	pairing_init(&pairing);
	buffer_init(&text);
	buffer_text(&text, HEAD);
	for (int i = 0; i < COUNTS_DECISIONS_MAX; i++)
		buffer_format(
			&text, "a\td%05d\tr8\t\terror\t\t\t\t\t\t\t\n", i);
	cr_expect_eq(
		pairing_run(&pairing, text.data, text.data, SHK_CHANGES_LINES),
		SHK_END, "%s", pairing.diag.message);
	buffer_text(&text, "a\te\tr8\t\terror\t\t\t\t\t\t\t\n");
	cr_expect_eq(
		pairing_run(&pairing, text.data, text.data, SHK_CHANGES_LINES),
		SHK_E_LIMIT);
	cr_expect_not_null(strstr(pairing.diag.message, "decisions"));
	buffer_release(&text);
	pairing_release(&pairing);
}

Test(compare, every_allocation_can_fail)
{
	const char *before = HEAD PRICE("a", "v=1") PRICE("b", "v=2");
	const char *after = HEAD PRICE("b", "v=3") PRICE("c", "v=2");
	uint64_t nth = 0;
	enum shk_code code;

	do {
		const struct shk_change *change;
		shk_compare_options options = { 0 };
		shk_comparison *comparison;
		shk_diag diag = { 0 };
		shk_snapshot *left = pairing_text(before, &diag);
		shk_snapshot *right = pairing_text(after, &diag);
		int64_t in_use = memory_stats().in_use;

		memory_fail_at(++nth, true);
		code = shk_compare_new(
			&comparison, left, right, &options, &diag);
		while (!code)
			code = shk_compare_next(comparison, &change, &diag);
		memory_fail_at(0, false);
		shk_compare_free(comparison);
		(void)in_use;
		shk_snapshot_close(left);
		shk_snapshot_close(right);
		cr_expect(code == SHK_E_MEMORY || code == SHK_END, "%d", code);
		cr_expect_eq(memory_stats().in_use, 0, "at %u", (unsigned)nth);
	} while (code == SHK_E_MEMORY && nth < 300);
	cr_expect_eq(code, SHK_END);
	cr_expect_gt(nth, 6);
}
