/*
 * Changes between two snapshots in the formats for continuous integration:
 * what fails, what is said, where it stands, and that no other format takes
 * them.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "report/sample.h"

static const struct shk_change_part parts[] = {
	{ "price", "12600", "12400", "-200", "EC-1 ...", false },
	{ "evidence", "E2", "E4", "", "EC-1 ...", false },
};

static const struct shk_cause causes[] = {
	{ SHK_CAUSE_FACT, "market_price", "12000", "11800", SHK_EFFECT_ALONE },
	{ SHK_CAUSE_RULES, "rulebook", "sha256:00", "sha256:01",
		SHK_EFFECT_NONE },
	{ SHK_CAUSE_PARAMETER, "share", SHK_ABSENT, "3", SHK_EFFECT_NEEDED },
};

static const struct shk_snapshot_line earlier = { .row = 12 };

/* EC-1: a price that fell because a fact changed; nobody approved it. */
static struct shk_change changed(void)
{
	struct shk_change change = { .kind = SHK_CHANGED,
		.id = "EC-1",
		.decision = "existing_category_revision",
		.before = &earlier,
		.part_count = 2,
		.parts = parts,
		.cause_count = 3,
		.causes = causes,
		.weighed = true,
		.impact = { .yen = "-400000" } };

	return change;
}

static bool keep(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return true;
}

/* A report with one result, then the changes. */
static void write_changes(struct buffer *out, const shk_report_options *options,
	const struct shk_change *changes, size_t count)
{
	shk_result result = sample_undetermined();
	shk_sink sink = { out, keep };
	shk_report *report = NULL;
	shk_diag diag = { 0 };

	buffer_init(out);
	cr_assert_eq(shk_report_new(&report, options, sink, &diag), SHK_OK);
	cr_assert_eq(shk_report_result(report, &result, &diag), SHK_OK);
	for (size_t i = 0; i < count; i++)
		cr_assert_eq(shk_report_change(report, &changes[i], &diag),
			SHK_OK, "%s", diag.message);
	cr_assert_eq(shk_report_finish(report, &diag), SHK_OK);
	shk_report_free(report);
}

static void expect_parts(enum shk_report_format format,
	enum shk_language language, const char *const *wanted, size_t count)
{
	shk_report_options options = { .format = format,
		.language = language,
		.baseline = "prices.snapshot" };
	struct shk_change changes[3] = { changed(), changed(), changed() };
	struct buffer out;

	changes[1].id = "EC-2";
	changes[1].approved = true;
	changes[2].kind = SHK_ADDED;
	changes[2].id = "EC-3";
	changes[2].before = NULL;
	changes[2].part_count = 1;
	changes[2].cause_count = 0;
	changes[2].weighed = false;
	write_changes(&out, &options, changes, 3);
	for (size_t i = 0; i < count; i++)
		cr_expect_not_null(strstr(out.data, wanted[i]),
			"part %zu is not in:\n%s", i, out.data);
	buffer_release(&out);
}

#define EXPECT_PARTS(format, language, parts)                                  \
	expect_parts(                                                          \
		format, language, parts, sizeof(parts) / sizeof((parts)[0]))

Test(changes, github)
{
	static const char *const english[] = {
		"\n::error file=prices.snapshot,line=12,title=EC-1 "
		"existing_category_revision (change)::changed: price 12600 -> "
		"12400 (-200)%0Aevidence E2 -> E4%0Abecause: market_price "
		"12000 -> 11800: it alone gives the new answer%0Abecause: "
		"share "
		"(absent) -> 3: without it the answer is another one%0A"
		"impact: -400000 yen a year\n"
		"::error file=prices.snapshot,title=EC-3 "
		"existing_category_revision (change)::added: price 12600 -> "
		"12400 (-200)\n"
		"1 result: 1 undetermined; 3 changes, 1 approved; "
		"annotations: 2 error, 1 warning, 0 notice\n",
	};
	static const char *const japanese[] = {
		"::変化: price 12600 -> 12400 (-200)%0Aevidence E2 -> E4%0A"
		"原因: market_price 12000 -> 11800: "
		"これだけで新しい結果になる%0A原因: share (absent) -> 3: "
		"これがなければ別の結果になる%0A影響額: 年 -400000 円\n",
		"::追加: price",
		("結果 1 件: 未確定 1。変更 3 件（うち承認済み 1）。注釈: "
		 "error 2、warning 1、notice 0\n"),
	};

	EXPECT_PARTS(SHK_REPORT_GITHUB, SHK_ENGLISH, english);
	EXPECT_PARTS(SHK_REPORT_GITHUB, SHK_JAPANESE, japanese);
}

Test(changes, junit)
{
	static const char *const wanted[] = {
		"  <testsuite name=\"prices.snapshot\" tests=\"3\" "
		"failures=\"2\" errors=\"0\" skipped=\"0\">\n",
		"    <testcase classname=\"change.existing_category_revision\""
		" name=\"EC-1\">\n"
		"      <failure type=\"changed\" message=\"changed: price "
		"12600 -&gt; 12400 (-200)\">changed: price 12600 -&gt; 12400 "
		"(-200)\nevidence E2 -&gt; E4\n"
		"because: market_price 12000 -&gt; 11800: it alone gives the "
		"new answer\n"
		"because: share (absent) -&gt; 3: without it the answer is "
		"another one\n"
		"impact: -400000 yen a year\n"
		"prices.snapshot:12</failure>\n",
		"name=\"EC-2\">\n      <system-out>changed: ",
		"\napproved\nprices.snapshot:12</system-out>\n",
		"<failure type=\"added\" message=",
	};

	EXPECT_PARTS(SHK_REPORT_JUNIT, SHK_ENGLISH, wanted);
}

Test(changes, tap)
{
	static const char *const wanted[] = {
		"\nnot ok - EC-1 existing_category_revision (change): changed: "
		"price 12600 -> 12400 (-200)\n  ---\n  message: \"changed: ",
		"  status: \"changed\"\n  file: \"prices.snapshot\"\n"
		"  line: 12\n  ...\n"
		"ok - EC-2 existing_category_revision (change): changed: ",
		"\nnot ok - EC-3 existing_category_revision (change): added: ",
		"# 1 result: 1 undetermined; 3 changes, 1 approved\n1..4\n",
	};

	EXPECT_PARTS(SHK_REPORT_TAP, SHK_ENGLISH, wanted);
}

Test(changes, sarif)
{
	static const char *const wanted[] = {
		",\n{\"ruleId\":\"changed_answer\",\"level\":\"error\","
		"\"message\":{\"text\":\"EC-1: changed: price 12600 -> 12400 "
		"(-200)\\n",
		"\"uri\":\"prices.snapshot\"},\"region\":{\"startLine\":12}}",
		"\"properties\":{\"status\":\"changed\",\"id\":\"EC-1\","
		"\"decision\":\"existing_category_revision\"}},\n{\"ruleId\":"
		"\"changed_answer\",\"level\":\"error\",\"message\":{"
		"\"text\":\"EC-3: added: ",
		"\"changes\":{\"approved\":1,\"unapproved\":2}",
	};

	EXPECT_PARTS(SHK_REPORT_SARIF, SHK_ENGLISH, wanted);
}

/* Without a baseline's path a change has no place, but it has its suite. */
Test(changes, without_a_path)
{
	shk_report_options options = { .format = SHK_REPORT_JUNIT };
	struct shk_change change = changed();
	struct buffer out;

	write_changes(&out, &options, &change, 1);
	cr_expect_not_null(
		strstr(out.data, "<testsuite name=\"changes\" tests=\"1\""));
	buffer_release(&out);
	options.format = SHK_REPORT_GITHUB;
	write_changes(&out, &options, &change, 1);
	cr_expect_not_null(strstr(out.data, "\n::error title=EC-1 "));
	buffer_release(&out);
}

/* A rising price has its sign; what is not known to matter is left out. */
Test(changes, signs_and_effects)
{
	static const struct {
		enum shk_effect effect;
		const char *text;
	} rows[] = {
		{ SHK_EFFECT_UNTESTED, "1 -> 2: not tested%0Aimpact" },
		{ SHK_EFFECT_ALONE,
			"1 -> 2: it alone gives the new answer%0A" },
		{ SHK_EFFECT_NEEDED,
			"1 -> 2: without it the answer is another one%0A" },
		{ SHK_EFFECT_PARTLY,
			"1 -> 2: it alone gives a third answer%0A" },
		{ SHK_EFFECT_TOGETHER,
			"1 -> 2: only together with the others%0A" },
		{ SHK_EFFECT_NONE, "(+200)%0Aimpact" },
	};
	struct shk_change_part part = { "price", "1", "201", "200", "", false };
	shk_report_options options = { .format = SHK_REPORT_GITHUB };
	struct shk_change change = changed();

	change.part_count = change.cause_count = 1;
	change.parts = &part;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct shk_cause cause = { SHK_CAUSE_FACT, "tests", "1", "2",
			rows[i].effect };
		struct buffer out;

		change.causes = &cause;
		write_changes(&out, &options, &change, 1);
		cr_expect_not_null(strstr(out.data, rows[i].text),
			"row %zu: %s", i, out.data);
		buffer_release(&out);
	}
}

/* A change without any cause is told as such; an impact may be unknown. */
Test(changes, what_is_not_known)
{
	shk_report_options options = { .format = SHK_REPORT_GITHUB };
	struct shk_change change = changed();
	struct buffer out;

	change.cause_count = 0;
	change.impact = (struct shk_impact){ .yen = "", .unlisted = true };
	write_changes(&out, &options, &change, 1);
	cr_expect_not_null(strstr(out.data,
		"E4%0Ano fact, parameter or rule differs: one of the two was "
		"edited%0Aimpact: unknown: no quantity of this code\n"));
	buffer_release(&out);
	change.impact = (struct shk_impact){ .yen = "5", .suppressed = 2 };
	write_changes(&out, &options, &change, 1);
	cr_expect_not_null(strstr(out.data, "impact: 5 yen a year, held-back "
					    "quantities not in it: 2\n"));
	buffer_release(&out);
}

/* A comparison alone has no results to count; with a baseline that nothing
   contradicts it says so. */
Test(changes, counts)
{
	static const struct {
		bool result, baseline, change;
		enum shk_language language;
		const char *line;
	} rows[] = {
		{ false, false, false, SHK_ENGLISH, "0 results; annot" },
		{ false, true, false, SHK_ENGLISH,
			"0 changes, 0 approved; annot" },
		{ false, true, true, SHK_ENGLISH,
			"\n1 change, 0 approved; annot" },
		{ true, true, false, SHK_ENGLISH,
			"\n1 result: 1 undetermined; 0 changes, 0 approved; "
			"annot" },
		{ true, true, false, SHK_JAPANESE,
			"\n結果 1 件: 未確定 1。変更 0 件（うち承認済み 0）。"
			"注釈" },
		{ false, true, true, SHK_JAPANESE,
			"\n変更 1 件（うち承認済み 0）。注釈" },
	};
	struct shk_change change = changed();
	shk_result result = sample_undetermined();

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		shk_report_options options = { .format = SHK_REPORT_GITHUB,
			.language = rows[i].language,
			.baseline = rows[i].baseline ? "b" : NULL };
		struct buffer out;
		shk_sink sink = { &out, keep };
		shk_report *report = NULL;
		shk_diag diag = { 0 };

		buffer_init(&out);
		cr_assert_eq(
			shk_report_new(&report, &options, sink, &diag), SHK_OK);
		if (rows[i].result)
			shk_report_result(report, &result, &diag);
		if (rows[i].change)
			shk_report_change(report, &change, &diag);
		cr_expect_eq(shk_report_finish(report, &diag), SHK_OK);
		cr_expect_not_null(strstr(out.data, rows[i].line),
			"row %zu: %s", i, out.data);
		shk_report_free(report);
		buffer_release(&out);
	}
}

Test(changes, other_formats_refuse_them)
{
	struct shk_change change = changed();

	for (int format = 0; format < SHK_REPORT_JUNIT; format++) {
		shk_report_options options = {
			.format = (enum shk_report_format)format
		};
		struct buffer out;
		shk_sink sink = { &out, keep };
		shk_report *report = NULL;
		shk_diag diag = { 0 };

		buffer_init(&out);
		cr_assert_eq(
			shk_report_new(&report, &options, sink, &diag), SHK_OK);
		cr_expect_eq(shk_report_change(report, &change, &diag),
			SHK_E_USAGE, "format %d", format);
		shk_report_free(report);
		buffer_release(&out);
	}
}
