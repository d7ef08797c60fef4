/*
 * The proof: every section in both languages, and the drawing of the tree.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "report/sample.h"

/* clang-format off */
static const char english[] =
	"A1 検査薬ア\n"
	"rare disease coefficient (rare_disease_coefficient), revision r8, as of 2026-06-01\n"
	"────────────────────────────────────────────────────────────────────────────────────────────────────\n"
	"Answer: determined\n"
	"  coefficient: 1.5\n"
	"  points_exact: 1852.5 points\n"
	"  points: undetermined: 1852 or 1853\n"
	"\n"
	"Proof\n"
	"├─ coefficient = 1.5\n"
	"│  ├─ annual_tests = 0\n"
	"│  ├─ row 1 -> 1.5\n"
	"│  │    under 200: 150/100\n"
	"│  │    [S001 L1391-1397, E0]\n"
	"│  └─ column_2: open, unknown: aid_target\n"
	"└─ points = 1853\n"
	"   │ := base_points * coefficient\n"
	"   └─ round half up to 0 decimals: 1852.5 -> 1853\n"
	"\n"
	"What is missing\n"
	"  [ ] points_rounding: rounding of points (policy parameter: the law gives no value)\n"
	"\n"
	"What would change the answer\n"
	"  annual_tests (now 0)\n"
	"    below 200: 1.5\n"
	"    200 and more: 1.4\n"
	"\n"
	"Caveats\n"
	"  zero_tests: The expected number of tests is zero; the text, read literally, includes it.\n"
	"\n"
	"Evidence (weakest used)\n"
	"  E0: the reference deck of the 2026 revision itself\n"
	"\n"
	"Sources\n"
	"  S001 L1391-1397 (E0) 基準資料\n"
	"  S001 L1387 (E0) 基準資料\n"
	"    「下表の係数を準用技術料に、乗じた点数を算定できる」\n"
	"\n"
	"Rules: sha256:00\n"
	"Policy: none given\n"
	"\n"
	"B2\n"
	"market price above the price in force (above_price_pattern), revision r8 (the newest; no date was\n"
	"  given)\n"
	"────────────────────────────────────────────────────────────────────────────────────────────────────\n"
	"Answer: undetermined\n"
	"  still possible: 1 or 2 or not applicable\n"
	"\n"
	"What is missing\n"
	"  [ ] majority_share: share that is a majority (policy parameter: the law gives no value)\n"
	"  [ ] market_price: market price (decides alone, whatever it is)\n"
	"\n"
	"What would change the answer\n"
	"  majority_share (policy parameter: the law gives no value)\n"
	"    up to and with 60: 1\n"
	"    above 60: 2\n"
	"\n"
	"Evidence (weakest used)\n"
	"  E5: no number is published: a policy parameter of the user\n"
	"\n"
	"Rules: sha256:00\n"
	"Policy: none given\n"
	"\n"
	"C3\n"
	"no revision\n"
	"────────────────────────────────────────────────────────────────────────────────────────────────────\n"
	"Answer: error\n"
	"  because: a value cannot be read (bad_value)\n"
	"  record: a.csv:4\n"
	"  field: annual_tests\n"
	"  \"8oo\" is not an integer\n"
	"\n"
	"Rules: sha256:00\n"
	"Policy: none given\n";

static const char japanese[] =
	"A1 検査薬ア\n"
	"希少疾病等技術料係数 (rare_disease_coefficient), 改定 r8, 基準日 2026-06-01\n"
	"────────────────────────────────────────────────────────────────────────────────────────────────────\n"
	"結論: 確定\n"
	"  coefficient: 1.5\n"
	"  points_exact: 1852.5 点\n"
	"  points: 未確定: 1852 又は 1853\n"
	"\n"
	"導出\n"
	"├─ 係数 (coefficient) = 1.5\n"
	"│  ├─ annual_tests = 0\n"
	"│  ├─ 1 行目 -> 1.5\n"
	"│  │    under 200: 150/100\n"
	"│  │    [S001 L1391-1397, E0]\n"
	"│  └─ column_2: 未確定、不明: aid_target\n"
	"└─ points = 1853\n"
	"   │ := base_points * coefficient\n"
	"   └─ round half up 小数 0 桁: 1852.5 -> 1853\n"
	"\n"
	"不足している事実\n"
	"  [ ] points_rounding: 点数の端数処理 (方針パラメータ、法令に数値なし)\n"
	"\n"
	"結論が変わる点\n"
	"  annual_tests (現在 0)\n"
	"    200 未満: 1.5\n"
	"    200 以上: 1.4\n"
	"\n"
	"注意\n"
	"  zero_tests: 予想検査回数が 0 である。文言どおりに含めた。\n"
	"\n"
	"根拠の水準（最も弱いもの）\n"
	"  E0: 2026 年改定の基準資料そのもの\n"
	"\n"
	"出典\n"
	"  S001 L1391-1397 (E0) 基準資料\n"
	"  S001 L1387 (E0) 基準資料\n"
	"    「下表の係数を準用技術料に、乗じた点数を算定できる」\n"
	"\n"
	"規則集: sha256:00\n"
	"方針: 指定なし\n"
	"\n"
	"B2\n"
	"市場実勢価格が償還価格を上回る機能区分 (above_price_pattern), 改定 r8（日付の指定がないため最新）\n"
	"────────────────────────────────────────────────────────────────────────────────────────────────────\n"
	"結論: 未確定\n"
	"  なお可能な結果: 1 又は 2 又は 対象外\n"
	"\n"
	"不足している事実\n"
	"  [ ] majority_share: 「大半」の割合 (方針パラメータ、法令に数値なし)\n"
	"  [ ] market_price: 市場実勢価格 (これだけで決まる)\n"
	"\n"
	"結論が変わる点\n"
	"  majority_share (方針パラメータ、法令に数値なし)\n"
	"    60 以下: 1\n"
	"    60 超: 2\n"
	"\n"
	"根拠の水準（最も弱いもの）\n"
	"  E5: 公表された数値がなく、利用者の方針パラメータ\n"
	"\n"
	"規則集: sha256:00\n"
	"方針: 指定なし\n"
	"\n"
	"C3\n"
	"改定なし\n"
	"────────────────────────────────────────────────────────────────────────────────────────────────────\n"
	"結論: エラー\n"
	"  理由: 値が読めない (bad_value)\n"
	"  レコード: a.csv:4\n"
	"  項目: annual_tests\n"
	"  \"8oo\" is not an integer\n"
	"\n"
	"規則集: sha256:00\n"
	"方針: 指定なし\n";
/* clang-format on */

static void check(enum shk_language language, const char *expected)
{
	shk_result a = sample_determined(), b = sample_undetermined(),
		   c = sample_error();
	const shk_result *all[] = { &a, &b, &c };
	shk_report_options options = { .format = SHK_REPORT_EXPLAIN,
		.language = language };
	struct buffer out;

	sample_add_steps(&a);
	buffer_init(&out);
	sample_write(&out, &options, all, 3);
	cr_expect_str_eq(out.data, expected, "got:\n%s", out.data);
	buffer_release(&out);
}

Test(explain, english)
{
	check(SHK_ENGLISH, english);
}

Test(explain, japanese)
{
	check(SHK_JAPANESE, japanese);
}

/* The proof part of a trace whose steps have these depths. */
static void expect_tree(
	const unsigned *depths, size_t count, const char *expected)
{
	static const struct text names[] = { { "a", 1 }, { "b", 1 }, { "c", 1 },
		{ "d", 1 }, { "e", 1 } };
	shk_report_options options = { .format = SHK_REPORT_EXPLAIN };
	shk_result result = sample_empty();
	const shk_result *all[] = { &result };
	struct price_step steps[5];
	struct buffer out;

	memset(steps, 0, sizeof(steps));
	for (size_t i = 0; i < count; i++) {
		steps[i].depth = depths[i];
		steps[i].name = names[i];
		steps[i].label_ja = steps[i].label_en = "";
		steps[i].formula = steps[i].description = "";
		steps[i].value.kind = PRICE_BOOLEAN;
		steps[i].value.u.boolean = i % 2 == 0;
	}
	result.steps = steps;
	result.step_count = count;
	buffer_init(&out);
	sample_write(&out, &options, all, 1);
	cr_expect(strstr(out.data, expected), "got:\n%s", out.data);
	buffer_release(&out);
}

Test(explain, trees)
{
	static const unsigned chain[] = { 0, 1, 2 };
	static const unsigned bush[] = { 0, 1, 2, 1, 0 };
	static const unsigned jump[] = { 0, 3, 0 };

	expect_tree(chain, 3,
		"Proof\n"
		"└─ a: holds\n"
		"   └─ b: fails\n"
		"      └─ c: holds\n"
		"\nRules");
	expect_tree(bush, 5,
		"Proof\n"
		"├─ a: holds\n"
		"│  ├─ b: fails\n"
		"│  │  └─ c: holds\n"
		"│  └─ d: fails\n"
		"└─ e: holds\n"
		"\nRules");
	expect_tree(jump, 3,
		"Proof\n"
		"├─ a: holds\n"
		"│        └─ b: fails\n"
		"└─ c: holds\n"
		"\nRules");
}

/* Deeper than what is drawn: steps stay at the last level. */
Test(explain, depth_ceiling)
{
	static const unsigned depths[] = { 19, 20, 21, 100000 };

	expect_tree(depths, 4, "b: fails\n");
	expect_tree(depths, 4, "─ d: fails\n\nRules");
}

/*
 * An open criterion names the unknown facts that it read: those that the
 * result misses when there are any, each once, else all of them.
 */
Test(explain, open_criterion)
{
	static const struct price_value both[] = { { .kind = PRICE_BOOLEAN,
							   .u.boolean = true },
		{ .kind = PRICE_BOOLEAN } };
	static const struct price_value ends[] = { { .kind = PRICE_NULL },
		{ .kind = PRICE_NULL } };
	static const char *const names[] = { "limb", "x", "y", "x", "z" };
	static const struct price_missing missing[] = { { "y", "", "", false,
		false, false } };
	shk_report_options options = { .format = SHK_REPORT_EXPLAIN };
	shk_result result = sample_empty();
	const shk_result *all[] = { &result };
	struct price_step steps[5];
	struct buffer out;

	memset(steps, 0, sizeof(steps));
	for (size_t i = 0; i < 5; i++) {
		steps[i].kind = i ? PRICE_STEP_FACT : PRICE_STEP_DECISION;
		steps[i].depth = i ? 1 : 0;
		steps[i].name = text_of(names[i]);
		steps[i].label_ja = steps[i].label_en = "";
		steps[i].formula = steps[i].description = "";
		steps[i].value.kind = PRICE_UNKNOWN;
	}
	steps[0].value.count = 2;
	steps[0].value.items = both;
	steps[2].value = (struct price_value){
		.kind = PRICE_INTERVAL, .count = 2, .items = ends
	};
	steps[4].value.kind = PRICE_BOOLEAN;
	result.steps = steps;
	result.step_count = 5;
	buffer_init(&out);
	sample_write(&out, &options, all, 1);
	cr_expect(strstr(out.data, "└─ limb: open, unknown: x, y\n"), "%s",
		out.data);
	cr_expect(strstr(out.data, "├─ x = unknown\n"), "%s", out.data);
	cr_expect(strstr(out.data, "├─ y = unknown\n"), "%s", out.data);
	cr_expect(strstr(out.data, "└─ z = no\n"), "%s", out.data);
	buffer_clear(&out);
	result.missing = missing;
	result.missing_count = 1;
	sample_write(&out, &options, all, 1);
	cr_expect(strstr(out.data, "└─ limb: open, unknown: y\n"), "%s",
		out.data);
	buffer_clear(&out);
	result.step_count = 1;
	sample_write(&out, &options, all, 1);
	cr_expect(strstr(out.data, "└─ limb: open, unknown: see above\n"), "%s",
		out.data);
	buffer_release(&out);
}

/* A place that the words of the rule name is not said twice. */
Test(explain, citation_in_the_words)
{
	static const struct price_citation citations[] = {
		{ "S001", "L12", "E0", "", "quote" },
		{ "S002", "L12", "E1", "", "" }
	};
	shk_report_options options = { .format = SHK_REPORT_EXPLAIN };
	shk_result result = sample_empty();
	const shk_result *all[] = { &result };
	struct price_step step = { .kind = PRICE_STEP_ROW,
		.row = 3,
		.label_ja = "",
		.label_en = "",
		.formula = "",
		.description = "S002 L1; S001 L12 (E0): words",
		.citation_count = 2,
		.citations = citations };
	struct buffer out;

	step.name = text_of("t");
	step.value = sample_number("1");
	result.steps = &step;
	result.step_count = 1;
	buffer_init(&out);
	sample_write(&out, &options, all, 1);
	cr_expect(strstr(out.data, "└─ row 3 -> 1\n"
				   "     S002 L1; S001 L12 (E0): words\n"
				   "     [S002 L12, E1]\n"
				   "\nRules"),
		"%s", out.data);
	buffer_release(&out);
}

/* What is weaker than E1 is marked, and the mark is explained once. */
Test(explain, weak_evidence_is_marked)
{
	static const struct price_citation weak[] = { { "S003", "L1", "E2", "",
		"" } };
	static const struct price_citation strong[] = { { "S002", "L1", "E1",
		"", "" } };
	shk_report_options options = { .format = SHK_REPORT_EXPLAIN };
	shk_result result = sample_empty();
	const shk_result *all[] = { &result };
	struct price_step steps[2] = { { .kind = PRICE_STEP_FACT,
		.label_ja = "",
		.label_en = "",
		.formula = "",
		.description = "S003 L1 (E2): words",
		.citation_count = 1,
		.citations = weak } };
	struct buffer out;

	steps[0].name = text_of("a");
	steps[0].value = sample_number("1");
	steps[1] = steps[0];
	steps[1].description = "other words";
	result.steps = steps;
	result.step_count = 2;
	buffer_init(&out);
	sample_write(&out, &options, all, 1);
	cr_expect(strstr(out.data, "! S003 L1 (E2): words\n"), "%s", out.data);
	cr_expect(strstr(out.data, "     ! other words\n     [S003 L1, E2] !\n"
				   "! = weaker than official text"),
		"%s", out.data);
	steps[0].citations = steps[1].citations = strong;
	buffer_clear(&out);
	sample_write(&out, &options, all, 1);
	cr_expect_null(strchr(out.data, '!'), "%s", out.data);
	buffer_release(&out);
}

/* A fact that the record has and that leaves the answer open. */
Test(explain, missing_although_it_is_given)
{
	static const struct price_missing missing[] = {
		{ "a", "", "A", false, true, true },
		{ "b", "", "B", false, false, true },
		{ "c", "", "C", false, true, false },
		{ "d", "", "D", false, false, false },
	};
	shk_report_options options = { .format = SHK_REPORT_EXPLAIN };
	shk_result result = sample_empty();
	const shk_result *all[] = { &result };
	struct buffer out;

	result.missing = missing;
	result.missing_count = 4;
	buffer_init(&out);
	sample_write(&out, &options, all, 1);
	cr_expect(
		strstr(out.data,
			"  [ ] a: A (is given and does not settle it: see the "
			"proof)\n"
			"  [ ] b: B (is given and does not settle it: see the "
			"proof)\n"
			"  [ ] c: C (decides alone, whatever it is)\n"
			"  [ ] d: D\n"),
		"%s", out.data);
	buffer_clear(&out);
	options.format = SHK_REPORT_HTML;
	options.piece = SHK_PIECE_PLAIN;
	sample_write(&out, &options, all, 1);
	cr_expect(strstr(out.data, "A (a): is given and") &&
			  strstr(out.data, "B (b): is given and") &&
			  strstr(out.data, "C (c): decides alone") &&
			  strstr(out.data, "D (d)</li>"),
		"%s", out.data);
	buffer_release(&out);
}

/* Flips in a row on one field: what lies between two is said once. */
Test(explain, flips_in_a_row)
{
	shk_report_options options = { .format = SHK_REPORT_EXPLAIN };
	struct price_outcome a[] = { sample_outcome(sample_number("1")) };
	struct price_outcome b[] = { sample_outcome(sample_number("2")) };
	struct price_outcome c[] = { sample_outcome(sample_number("3")) };
	struct price_flip flips[3];
	shk_result result = sample_empty();
	const shk_result *all[] = { &result };
	struct buffer out;

	memset(flips, 0, sizeof(flips));
	for (size_t i = 0; i < 3; i++)
		flips[i].below_count = flips[i].on_count =
			flips[i].above_count = 1;
	flips[0].field = flips[1].field = "x";
	flips[0].at = sample_number("10");
	flips[0].below = a;
	flips[0].on = flips[0].above = b;
	flips[1].at = sample_number("20");
	flips[1].below = b;
	flips[1].on = a;
	flips[1].above = c;
	flips[2].field = "y";
	flips[2].at = sample_number("5");
	flips[2].below = flips[2].on = c;
	flips[2].above = a;
	result.flips = flips;
	result.flip_count = 3;
	buffer_init(&out);
	sample_write(&out, &options, all, 1);
	cr_expect(strstr(out.data, "What would change the answer\n"
				   "  x\n"
				   "    below 10: 1\n"
				   "    10 and more: 2\n"
				   "    exactly 20: 1\n"
				   "    above 20: 3\n"
				   "  y\n"
				   "    up to and with 5: 3\n"
				   "    above 5: 1\n"),
		"%s", out.data);
	buffer_release(&out);
}
