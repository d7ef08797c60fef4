/*
 * The words of the reports. One row a word or code: English, then Japanese.
 * A code without a row is printed as it is, so that a new rule never makes a
 * report fail; a test looks that every code of the vocabulary has its row.
 */
#include <stddef.h>
#include <string.h>

#include "report/words.h"

struct words_pair {
	const char *english;
	const char *japanese;
};

struct words_code {
	const char *code;
	struct words_pair words;
};

/* clang-format off */
static const struct words_pair words_table[WORD_COUNT] = {
	[WORD_ID] = { "id", "id" },
	[WORD_DECISION] = { "decision", "判断" },
	[WORD_STATUS] = { "status", "状態" },
	[WORD_VALUES] = { "values", "値" },
	[WORD_WHY] = { "why", "理由" },
	[WORD_EVIDENCE_SHORT] = { "ev.", "証拠" },
	[WORD_MISSING] = { "missing: ", "不足: " },
	[WORD_ANY_NUMBER] = { "any number", "任意の数" },
	[WORD_MORE] = { " and %s more", "、ほか %s 件" },
	[WORD_FLIPS] = { "changes at ", "分岐点 " },
	[WORD_CAVEATS] = { "caveat: ", "注意: " },
	[WORD_OR] = { " or ", " 又は " },
	[WORD_NONE] = { "none", "なし" },
	[WORD_UNKNOWN] = { "unknown", "不明" },
	[WORD_TRUE] = { "yes", "はい" },
	[WORD_FALSE] = { "no", "いいえ" },
	[WORD_LEGEND] = {
		"! = weaker than official text of the revision (E0, E1)",
		"! = 当該改定の公式文書（E0、E1）より弱い根拠" },
	[WORD_NEWEST] = {
		"Where no date and no revision was given, the newest revision"
		" was taken: %s",
		"基準日も改定も指定がないものは最新の改定によった: %s" },
	[WORD_REVISION] = { "revision %s", "改定 %s" },
	[WORD_AS_OF] = { "as of %s", "基準日 %s" },
	[WORD_REVISION_NEWEST] = {
		"revision %s (the newest; no date was given)",
		"改定 %s（日付の指定がないため最新）" },
	[WORD_NO_REVISION] = { "no revision", "改定なし" },
	[WORD_ANSWER] = { "Answer: ", "結論: " },
	[WORD_REASON] = { "because: ", "理由: " },
	[WORD_OUTCOMES] = { "still possible: ", "なお可能な結果: " },
	[WORD_PROOF] = { "Proof", "導出" },
	[WORD_ROW] = { "row %s", "%s 行目" },
	[WORD_ROUND] = { " to %s decimals: ", " 小数 %s 桁: " },
	[WORD_HOLDS] = { "holds", "成立" },
	[WORD_FAILS] = { "fails", "不成立" },
	[WORD_OPEN] = { "open, unknown: ", "未確定、不明: " },
	[WORD_SEE_ABOVE] = { "see above", "上記のとおり" },
	[WORD_MISSING_TITLE] = { "What is missing", "不足している事実" },
	[WORD_ALONE] = {
		"decides alone, whatever it is", "これだけで決まる" },
	[WORD_GIVEN] = { "is given and does not settle it: see the proof",
		"入力済みだが、これでは決まらない（根拠を参照）" },
	[WORD_PARAMETER] = {
		"policy parameter: the law gives no value",
		"方針パラメータ、法令に数値なし" },
	[WORD_CHANGE_TITLE] = {
		"What would change the answer", "結論が変わる点" },
	[WORD_NOW] = { "now %s", "現在 %s" },
	[WORD_BELOW] = { "below %s: ", "%s 未満: " },
	[WORD_UP_TO] = { "up to and with %s: ", "%s 以下: " },
	[WORD_EXACTLY] = { "exactly %s: ", "%s ちょうど: " },
	[WORD_FROM] = { "%s and more: ", "%s 以上: " },
	[WORD_ABOVE] = { "above %s: ", "%s 超: " },
	[WORD_CAVEATS_TITLE] = { "Caveats", "注意" },
	[WORD_EVIDENCE_TITLE] = {
		"Evidence (weakest used)", "根拠の水準（最も弱いもの）" },
	[WORD_SOURCES_TITLE] = { "Sources", "出典" },
	[WORD_RULEBOOK] = { "Rules: ", "規則集: " },
	[WORD_POLICY] = { "Policy: ", "方針: " },
	[WORD_NO_POLICY] = { "none given", "指定なし" },
	[WORD_RECORD] = { "record: ", "レコード: " },
	[WORD_FIELD] = { "field: ", "項目: " },
	[WORD_DIGITS] = { "correct to %s digits", "%s 桁まで正しい" },
	[WORD_UNPROVED] = {
		"not proved: within the error of an inexact number",
		"未証明: 誤差の範囲内" },
	[WORD_MARGIN] = { "rounding margin %s", "端数処理の余裕 %s" },
	[WORD_PROVED] = { "; proved", "、証明済み" },
	[WORD_NOT_PROVED] = {
		"; not proved: the error may reach further",
		"、未証明: 誤差が境界に届きうる" },
	[WORD_CHANGED] = { "changed", "変化" },
	[WORD_CHANGE_ADDED] = { "added", "追加" },
	[WORD_CHANGE_REMOVED] = { "removed", "削除" },
	[WORD_CHANGE_APPROVED] = { "approved", "承認済み" },
	[WORD_CHANGE_BECAUSE] = { "because", "原因" },
	[WORD_CHANGE_NOTHING] = {
		"no fact, parameter or rule differs: one of the two was edited",
		"事実、政策値、規則のいずれも同じ: どちらかが書き換えられた" },
	[WORD_CHANGE_BEFORE] = { "sources before", "前の根拠" },
	[WORD_CHANGE_AFTER] = { "sources after", "後の根拠" },
	[WORD_CHANGE_IMPACT] = { "impact", "影響額" },
	[WORD_CHANGE_YEN] = { "%s yen a year", "年 %s 円" },
	[WORD_CHANGE_SUPPRESSED] = {
		"held-back quantities not in it: %s",
		"秘匿された数量 %s 件を含まない" },
	[WORD_CHANGE_UNLISTED] = { "unknown: no quantity of this code",
		"不明: このコードの数量がない" },
	[WORD_CHANGE_NO_PRICE] = { "unknown: a side has no price",
		"不明: 一方に価格がない" },
	[WORD_CHANGE_UNTESTED] = { "not tested", "未検証" },
	[WORD_CHANGE_ALONE] = { "it alone gives the new answer",
		"これだけで新しい結果になる" },
	[WORD_CHANGE_NEEDED] = { "without it the answer is another one",
		"これがなければ別の結果になる" },
	[WORD_CHANGE_PARTLY] = { "it alone gives a third answer",
		"これだけでは第三の結果になる" },
	[WORD_CHANGE_TOGETHER] = { "only together with the others",
		"他の相違と合わせて初めて効く" },
	[WORD_CHANGE_NONE] = { "makes no difference", "影響しない" },
	[WORD_CHANGE_DIFFERS] = { "differs", "相違" },
	[WORD_CHANGE_SAME] = { "%s the same", "同じ %s" },
	[WORD_CHANGE_EVIDENCE] = { " (%s with other evidence)",
		"（うち証拠の強さが違うもの %s）" },
	[WORD_CHANGE_CHANGED] = { ", %s changed", "、変化 %s" },
	[WORD_CHANGE_COUNT_ADDED] = { ", %s added", "、追加 %s" },
	[WORD_CHANGE_COUNT_REMOVED] = { ", %s removed", "、削除 %s" },
	[WORD_CHANGE_COUNT_APPROVED] = { ", %s of these approved",
		"、うち承認済み %s" },
	[WORD_CHANGE_UNWEIGHED] = { "; %s not in it, or not wholly",
		"、%s 件は全部又は一部が含まれない" },
	[WORD_CHANGE_UNUSED] = { "approved, but did not happen",
		"承認されたが起きていない" },
	[WORD_CHANGE_UNREAD] = { "(records that could not be read)",
		"（読めなかった記録）" },
	[WORD_TABLE_ROWS] = { "rows", "行" },
	[WORD_TABLE_COMPLETE] = { "complete", "完全" },
	[WORD_TABLE_GAP] = { "gap: no row takes ",
		"抜け：どの行にも当たらない " },
	[WORD_TABLE_OVERLAP] = { "overlap: rows %s both take ",
		"重複：行 %s の両方に当たる " },
	[WORD_TABLE_UNREACHABLE] = { "unreachable: row %s never decides",
		"到達しない：行 %s は決して当たらない" },
	[WORD_TABLE_UNCHECKED] = { "unchecked: ", "検査できない：" },
	[WORD_TABLE_ANY] = { "any value", "すべての値" },
	[WORD_TABLE_TOTAL] = { "%s tables, %s rows, %s cells: ",
		"表 %s、行 %s、区画 %s：" },
	[WORD_TABLE_NO_FAULT] = { "no gap, no overlap, every row is reached",
		"抜けなし、重複なし、すべての行に到達する" },
	[WORD_TABLE_FAULTS] = { "gaps %s, overlaps %s, unreachable rows %s, "
				"unchecked tables %s",
		"抜け %s、重複 %s、到達しない行 %s、検査できない表 %s" },
	[WORD_HTML_TITLE] = { "Report on reimbursement", "保険償還の算定報告書" },
	[WORD_HTML_RESULTS] = { "Results", "結果" },
	[WORD_HTML_ROW] = { "row", "行" },
	[WORD_HTML_FIRST] = {
		"The first %s are shown; the files have all of them.",
		"はじめの %s 件を表示。ファイルにはすべて入る。" },
	[WORD_HTML_CHART] = { "How the price is made up", "価格の内訳" },
	[WORD_HTML_STEPS] = { "The answer by %s", "%s による結果" },
	[WORD_HTML_FURTHER] = {
		"Dotted: further out the answer may change again.",
		"点線: その先で結果がさらに変わることがある。" },
	[WORD_HTML_FACTS] = { "Facts given", "与えられた事実" },
	[WORD_FIELD_HEAD] = { "fact", "事実" },
	[WORD_NOW_HEAD] = { "now", "現在" },
	[WORD_HTML_VALUE] = { "changes at", "分岐点" },
	[WORD_HTML_BELOW] = { "below", "未満" },
	[WORD_HTML_ON] = { "exactly", "ちょうど" },
	[WORD_HTML_ABOVE] = { "above", "超" },
	[WORD_HTML_LEVELS] = { "Evidence levels", "根拠の水準" },
	[WORD_HTML_RECEIPT] = { "Receipt", "再現記録" },
	[WORD_HTML_REPEAT] = {
		"Saved as a file, these lines are a receipt: shokan replay"
		" computes every answer again and compares it.",
		"この行をファイルに保存すると shokan replay がすべての結果を再計算"
		"して照合する。" },
	[WORD_HTML_SKIP] = { "To the results", "結果へ移動" },
	[WORD_ASK_AND] = { " and ", " と " },
	[WORD_ASK_LEFT] = { "at worst %s outcomes left",
		"最悪でも残る結果は %s 通り" },
	[WORD_ASK_LEFT_MANY] = { "at worst uncounted outcomes left",
		"最悪の場合、残る結果は数え切れない" },
	[WORD_ASK_WIDTH] = { ", %s apart", "、幅 %s" },
	[WORD_ASK_LUCKY] = { "; with luck it decides",
		"、値によってはこれだけで決まる" },
	[WORD_ASK_OPEN] = { " is open: ", "は未確定: " },
	[WORD_ASK_FROM] = { "between %s", "%s から" },
	[WORD_ASK_TO] = { " and %s", " %s まで" },
	[WORD_ASK_OR_NOTHING] = { ", or none at all", "、又は値なし" },
	[WORD_ASK_STOP] = { "; ", "、" },
	[WORD_ASK_NO_SET] = { "no set of facts was found that decides",
		"決め手となる事実の組は見つからない" },
	[WORD_ASK_DECIDES] = { " decides", " で決まる" },
	[WORD_ASK_DECIDE] = { " decide", " で決まる" },
	[WORD_ASK_LUCKY_SETS] = { "Each of these may decide, with luck:",
		"値によっては次のいずれかで決まる:" },
	[WORD_ASK_INCOMPLETE] = { "; other sets were not looked at",
		"、ほかの組は調べ切れていない" },
	[WORD_ASK_SETS] = { "Each of these decides, whatever they are:",
		"次のいずれかが分かれば決まる:" },
	[WORD_ASK_FACTS] = { "Each alone, what narrows most first:",
		"それぞれ単独では（絞り込む順）:" },
	[WORD_ASK_NOTHING] = { "there is nothing to find out",
		"調べるべきことはない" },
	[WORD_EDGE_TODAY] = { "today", "現在" },
	[WORD_EDGE_FROM] = { "from %s", "%s 以上" },
	[WORD_EDGE_OVER] = { "above %s", "%s 超" },
	[WORD_EDGE_TO] = { "to %s", "%s 以下" },
	[WORD_EDGE_UNDER] = { "below %s", "%s 未満" },
	[WORD_EDGE_AT] = { "exactly %s", "%s ちょうど" },
	[WORD_EDGE_ANY] = { "any", "すべて" },
	[WORD_EDGE_MOVES] = { "moves with it", "これに応じて動く" },
	[WORD_EDGE_MOVES_FROM] = { ", from %s", "、%s から" },
	[WORD_EDGE_MOVES_TO] = { ", to %s", "、%s まで" },
	[WORD_EDGE_REFUSED] = {
		"contradicts the other facts", "ほかの事実と矛盾する" },
	[WORD_EDGE_UNRESOLVED] = { "not resolved", "未解決" },
	[WORD_EDGE_AWAY] = { "%s away", "差 %s" },
	[WORD_EDGE_NEAREST] = { "nearest, ", "最も近い、" },
	[WORD_EDGE_NOTHING] = { "Whatever they are, nothing changes: ",
		"どの値でも変わらない: " },
	[WORD_EDGE_UNVARIED] = { "Not varied: ", "変えていない: " },
	[WORD_EDGE_COUNT] = { "values that change the answer: %s",
		"結論を変える値: %s" },
	[WORD_EDGE_COMPLETE] = { "; searched to the end, nothing else does",
		"、すべて調べた、ほかにはない" },
	[WORD_EDGE_INCOMPLETE] = { "; not searched to the end: ",
		"、調べ切れていない: " },
	[WORD_SOLVE_HOLDS] = { "holds", "成り立つ" },
	[WORD_SOLVE_FAILS] = { "fails", "成り立たない" },
	[WORD_SOLVE_UNDETERMINED] = { "undetermined", "未確定" },
	[WORD_SOLVE_NOT_APPLICABLE] = { "not applicable", "対象外" },
	[WORD_SOLVE_CONFLICT] = { "conflict", "矛盾" },
	[WORD_SOLVE_ERROR] = { "error", "エラー" },
	[WORD_SOLVE_OPEN] = { "not decided", "判定できず" },
	[WORD_SOLVE_ASKED] = { "For which %s does %t hold?",
		"%t が成り立つ %s の範囲" },
	[WORD_SOLVE_EVERY] = { "every value", "すべての値" },
	[WORD_SOLVE_TO] = { "%s to %t", "%s 以上 %t 以下" },
	[WORD_SOLVE_BELOW_TO] = { "from %s to below %t", "%s 以上 %t 未満" },
	[WORD_SOLVE_ABOVE_TO] = { "above %s up to %t", "%s 超 %t 以下" },
	[WORD_SOLVE_BETWEEN] = { "between %s and %t", "%s 超 %t 未満" },
	[WORD_SOLVE_FROM] = { "%s and more", "%s 以上" },
	[WORD_SOLVE_ABOVE] = { "above %s", "%s 超" },
	[WORD_SOLVE_UP_TO] = { "up to %s", "%s 以下" },
	[WORD_SOLVE_BELOW] = { "below %s", "%s 未満" },
	[WORD_SOLVE_STARTS] = { "from here: ", "下端: " },
	[WORD_SOLVE_ENDS] = { "to here: ", "上端: " },
	[WORD_SOLVE_DIGITS] = { "the end lies between %s and %t",
		"端点は %s と %t の間" },
	[WORD_SOLVE_INEXACT] = {
		"the last digits of a number that is not exact decide here",
		"端数を正確に表せない数の末尾の桁による" },
	[WORD_DIFF_CHANGED] = { "rules that differ",
		"異なる規則" },
	[WORD_DIFF_ONLY] = { "only in %s",
		"%s のみ" },
	[WORD_DIFF_DOMAINS] = { "other values allowed",
		"許される値が異なる" },
	[WORD_DIFF_CITED] = { "the same rule, other citation",
		"同じ規則、異なる根拠" },
	[WORD_DIFF_ADDED] = { "only %s has this decision",
		"%s のみにある判断" },
	[WORD_DIFF_REGION] = { "region %s",
		"領域 %s" },
	[WORD_DIFF_EVERY] = { "every product",
		"すべての製品" },
	[WORD_DIFF_WHERE] = { "where",
		"条件" },
	[WORD_DIFF_AND] = { "and",
		"かつ" },
	[WORD_DIFF_FORMULA] = { "that is",
		"すなわち" },
	[WORD_DIFF_GIVEN] = { "given: %s",
		"記載: %s" },
	[WORD_DIFF_EXAMPLE] = { "example",
		"例" },
	[WORD_DIFF_PARAMETERS] = { "with",
		"パラメータ" },
	[WORD_DIFF_SOMEWHERE] = { "other rules hold there; the example shows the difference",
		"別の規則による。差は例のとおり" },
	[WORD_DIFF_NO_EXAMPLE] = { "no product was found there; there may be none",
		"該当する製品は見つからない（ない可能性がある）" },
	[WORD_DIFF_BY_TEXT] = { "Nothing else differs: what it reads is the same text.",
		"他に差はない：読む規則はすべて同文。" },
	[WORD_DIFF_BY_CELLS] = { "Nothing else differs: proved by %s cells that cover every product.",
		"他に差はない：すべての製品を覆う %s 個の区画で証明。" },
	[WORD_DIFF_UNPROVED] = { "Not proved that nothing else differs:",
		"他に差がないことは証明されていない：" },
	[WORD_DIFF_ASSUMED] = { "taken to have a value for every product: %s",
		"すべての製品で値を持つとみなす: %s" },
	[WORD_DIFF_DAYS] = { "dates that decide alone were tried day by day: %s",
		"単独で決める日付は一日ずつ確認: %s" },
	[WORD_DIFF_TRIED] = { "random products: %s",
		"無作為の製品: %s" },
	[WORD_DIFF_SAME] = { "The same answers, by the same text: %s",
		"同じ答え（同文）: %s" },
	[WORD_DIFF_NEITHER] = { "No rules in either: %s",
		"いずれにも規則なし: %s" },
	[WORD_DIFF_RECORDS] = { "Records",
		"製品" },
	[WORD_DIFF_UNCHANGED] = { "%s answered the same",
		"%s 件は同じ答え" },
	[WORD_DIFF_IN_REGION] = { "region %s",
		"領域 %s" },
	[WORD_DIFF_OUT_REGION] = { "no region",
		"領域の外" },
	[WORD_DIFF_SUMMARY_PROVED] = { "nothing else differs, proved",
		"他に差がないことを証明" },
	[WORD_DIFF_SUMMARY_NOT] = { "not proved that nothing else differs",
		"他に差がないことは未証明" },
	[WORD_OTHERWISE_TITLE] = { "Which rounding mattered",
		"端数処理の影響" },
	[WORD_OTHERWISE_TO] = { " to a multiple of %s", "（単位 %s）" },
	[WORD_OTHERWISE_MOVED] = { ", moved %s", "、差 %s" },
	[WORD_OTHERWISE_NOTHING] = { "the same", "同じ" },
	[WORD_OTHERWISE_LEFT_OUT] = { "left out", "行わない" },
	[WORD_OTHERWISE_BEHIND] = { "behind %s", "%s の後" },
	[WORD_OTHERWISE_GONE] = { "that one is then not done",
		"その処理は行われなくなる" },
	[WORD_OTHERWISE_NONE] = {
		"Nothing is rounded on the way to a determined answer.",
		"確定した答に至る端数処理はない。" },
	[WORD_OTHERWISE_CUT] = { "There are more; these are the first.",
		"ほかにもある。初めの分のみ。" },
	[WORD_SWEEP_LEFT_OUT] = { "No room for %s: CSV and JSON have all.",
		"%s は幅に入らず省略した。CSV と JSON には全て載る。" },
	[WORD_MODE_HALF_EVEN] = { "half even", "偶数丸め" },
	[WORD_MODE_HALF_UP] = { "half up", "四捨五入" },
	[WORD_MODE_HALF_DOWN] = { "half down", "五捨六入" },
	[WORD_MODE_UP] = { "up", "切上げ" },
	[WORD_MODE_DOWN] = { "down", "切捨て" },
	[WORD_MODE_FLOOR] = { "floor", "負方向" },
	[WORD_MODE_CEILING] = { "ceiling", "正方向" },
};

static const struct {
	const char *code;
	struct words_pair words;
} words_statuses[] = {
	[SHK_DETERMINED] = { "determined", { "determined", "確定" } },
	[SHK_UNDETERMINED] = { "undetermined", { "undetermined", "未確定" } },
	[SHK_NOT_APPLICABLE] = {
		"not_applicable", { "not applicable", "対象外" } },
	[SHK_CONFLICT] = { "conflict", { "conflict", "競合" } },
	[SHK_ERROR] = { "error", { "error", "エラー" } },
};

static const struct words_code words_reasons[] = {
	{ "condition_false", { "its condition is not met",
		"要件を満たさない" } },
	{ "no_request", { "no maker requests it",
		"要望する製造販売業者がない" } },
	{ "not_above", { "the market price is not above the price in force",
		"市場実勢価格が償還価格を上回らない" } },
	{ "no_rule_in_revision", { "this revision has no such rule",
		"この改定に規定がない" } },
	{ "other_lane", { "not paid by medical insurance",
		"医療保険の対象でない" } },
	{ "no_precedence", { "two rules apply and no text orders them",
		"二つの規則が当たり、優先順位の定めがない" } },
	{ "raise_and_cut", { "one rule raises and one cuts; no text orders"
		" them", "引上げと引下げが競合し、定めがない" } },
	{ "rule_known_parameters_missing", {
		"the rule is known, its numbers are not published",
		"規則はあるが数値が公表されていない" } },
	{ "evidence_below_minimum", {
		"its evidence is weaker than was asked for",
		"根拠が指定の水準に満たない" } },
	{ "no_revision", { "no revision is in force on that day",
		"その日に有効な改定がない" } },
	{ "bad_value", { "a value cannot be read", "値が読めない" } },
	{ "bad_domain", { "a value is outside its domain",
		"値が範囲外" } },
	{ "shares_over_100", { "the shares sum to more than 100 %",
		"シェアの合計が 100 % を超える" } },
	{ "inconsistent", { "two facts contradict each other",
		"事実が互いに矛盾する" } },
	{ "unknown_field", { "a field of that name does not exist",
		"その名前の項目はない" } },
	{ "duplicate_id", { "the id occurs twice", "id が重複している" } },
	{ NULL, { NULL, NULL } },
};

static const struct words_code words_caveats[] = {
	{ "zero_tests", {
		"The expected number of tests is zero; the text, read"
		" literally, includes it.",
		"予想検査回数が 0 である。文言どおりに含めた。" } },
	{ "open_ended_exclusion", {
		"The text ends its exclusions with \"etc.\": further ones may"
		" exist.",
		"除外規定が「等」で終わり、他の除外がありうる。" } },
	{ "draft_text", {
		"A rule on the path is known from an outline draft only.",
		"骨子案によった規定がある。" } },
	{ "text_cut", {
		"The source text is cut; conditions in the lost part are not"
		" applied.",
		"出典が途中で切れており、失われた部分の条件は適用していない。"
		} },
	{ "tie_of_maxima", {
		"Several prices share the maximum; one of them was dropped.",
		"最高価格が複数あり、そのうち一つを除いた。" } },
	{ "rate_outside_range", {
		"The rate is outside the range published for its kind.",
		"率が公表された範囲の外にある。" } },
	{ "large_sales_branch", {
		"A branch for large expected sales exists and is not applied.",
		"予想販売額が大きい場合の別規定があり、適用していない。" } },
	{ "sum_order", {
		"For several materials together the order of rounding and"
		" summing is not stated.",
		"複数材料での端数処理と合計の順序は定められていない。" } },
	{ "inexact_power", {
		"A power was computed to 34 digits; it is not exact.",
		"べき乗を 34 桁で計算した近似値を含む。" } },
	{ "pattern3_draft_precedence", {
		"A draft says that pattern 3 is not handled by"
		" unprofitable_recalculation; this is not applied.",
		"骨子案はパターン 3 を不採算品再算定で扱わないとするが、適用して"
		"いない。" } },
	{ NULL, { NULL, NULL } },
};

static const struct words_code words_levels[] = {
	{ "E0", { "the reference deck of the 2026 revision itself",
		"2026 年改定の基準資料そのもの" } },
	{ "E1", { "official text of the 2024 or 2026 revision",
		"2024 年又は 2026 年改定の公式文書" } },
	{ "E2", { "older official text, carried forward",
		"以前の公式文書を引き継いだもの" } },
	{ "E3", { "press, secondary pages or discussion papers",
		"報道、二次資料又は論点資料" } },
	{ "E4", { "a pattern inferred from published official prices",
		"公表された価格から推定した規則性" } },
	{ "E5", { "no number is published: a policy parameter of the user",
		"公表された数値がなく、利用者の方針パラメータ" } },
	{ NULL, { NULL, NULL } },
};

static const struct words_code words_units[] = {
	{ "yen", { "yen", "円" } },
	{ "points", { "points", "点" } },
	{ "percent", { "%", "%" } },
	{ "ratio", { "", "" } },
	{ "tests", { "tests", "回" } },
	{ "days", { "days", "日" } },
	{ NULL, { NULL, NULL } },
};
/* clang-format on */

static const char *words_pick(
	const struct words_pair *pair, enum shk_language language)
{
	return language == SHK_JAPANESE ? pair->japanese : pair->english;
}

static const char *words_find(const struct words_code *table, const char *code,
	enum shk_language language)
{
	for (; table->code; table++) {
		if (strcmp(table->code, code) == 0)
			return words_pick(&table->words, language);
	}
	return code;
}

const char *words_get(enum word word, enum shk_language language)
{
	return words_pick(&words_table[word], language);
}

void words_fill(struct buffer *out, enum word word, enum shk_language language,
	const char *value)
{
	const char *text = words_get(word, language);
	const char *at = strstr(text, "%s");

	if (!at) {
		buffer_text(out, text);
		return;
	}
	buffer_add(out, text, (size_t)(at - text));
	buffer_text(out, value);
	buffer_text(out, at + 2);
}

const char *words_status_code(enum shk_status status)
{
	return words_statuses[status].code;
}

const char *words_status(enum shk_status status, enum shk_language language)
{
	return words_pick(&words_statuses[status].words, language);
}

const char *words_reason(const char *code, enum shk_language language)
{
	return words_find(words_reasons, code, language);
}

const char *words_caveat(const char *code, enum shk_language language)
{
	return words_find(words_caveats, code, language);
}

const char *words_evidence(const char *level, enum shk_language language)
{
	return words_find(words_levels, level, language);
}

const char *words_unit(const char *unit, enum shk_language language)
{
	return words_find(words_units, unit, language);
}
