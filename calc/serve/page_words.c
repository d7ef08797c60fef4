/*
 * The table of the words of the pages, of units, and of the words that a fact
 * or parameter may be.
 */
#include "serve/page_words.h"

#include <string.h>

struct page_pair {
	const char *english;
	const char *japanese;
};

/* clang-format off */
static const struct page_pair page_table[PAGE_WORD_COUNT] = {
	[PAGE_TITLE_HOME] = { "What does health insurance pay for this device?",
		"この医療機器に保険はいくら支払うか" },
	[PAGE_LEAD_HOME] = {
		"Choose a question. Its form asks only what the rules need; "
		"the answer comes with its proof, what is missing, and how far "
		"it is from another answer. Nothing leaves this machine.",
		"質問を選んでください。入力欄には規則が必要とする事実だけが並び、"
		"答えには根拠、不足している事実、答えが変わる境目が付きます。"
		"入力した内容はこの計算機の外に出ません。" },
	[PAGE_SKIP_MAIN] = { "Skip to the content", "本文へ移動" },
	[PAGE_SKIP_ANSWER] = { "Skip to the answer", "答えへ移動" },
	[PAGE_NAV] = { "Pages", "ページ" },
	[PAGE_NAV_LANGUAGE] = { "Language", "言語" },
	[PAGE_NAV_ASK] = { "Questions", "質問" },
	[PAGE_NAV_UPLOAD] = { "Upload a file", "ファイルで計算" },
	[PAGE_NAV_COMPARE] = { "Compare revisions", "改定を比べる" },
	[PAGE_NAV_RULES] = { "Rules", "規則を読む" },
	[PAGE_RULES_LEGEND] = { "Which rules", "どの規則によるか" },
	[PAGE_REVISION] = { "Revision", "改定" },
	[PAGE_REVISION_BY_DAY] = { "by the day, else the newest",
		"適用日による（なければ最新）" },
	[PAGE_REVISION_FROM] = { "from %s", "%s から" },
	[PAGE_DAY] = { "Day of application", "適用日" },
	[PAGE_DAY_HINT] = { "year-month-day, such as %s; may stay empty",
		"年-月-日（例: %s）。空欄でもよい" },
	[PAGE_QUESTIONS] = { "Questions", "質問の一覧" },
	[PAGE_NOT_ENCODED] = {
		"known, but its numbers are not published: no form",
		"制度は存在するが数値が公表されていないため、計算できない" },
	[PAGE_NOT_IN] = { "not in %s", "%s にはない" },
	[PAGE_ASK_BUTTON] = { "Work out the answer", "答えを求める" },
	[PAGE_SHOW_BUTTON] = { "Use these rules", "この規則で表示" },
	[PAGE_CLEAR] = { "Empty the form", "すべて消す" },
	[PAGE_TO_ANSWER] = { "To the answer", "答えへ" },
	[PAGE_FACTS] = { "Facts", "事実" },
	[PAGE_FACTS_HINT] = {
		"What is not known stays empty: it is never taken for zero or "
		"no. What decides comes first.",
		"分からないものは空欄のままにしてください。ゼロや「いいえ」とは"
		"みなしません。答えを左右するものから並んでいます。" },
	[PAGE_NO_FACTS] = { "There is nothing to fill in for this question.",
		"この質問に入力する事実はありません。" },
	[PAGE_MORE_FACTS] = { "Not needed as things stand: %s",
		"現時点では不要な事実: %s 件" },
	[PAGE_MORE_HINT] = {
		"Whatever they are, the answer stays as it is; some may be "
		"given in place of others, or add a further value.",
		"値が何であっても今の答えは変わりません。ほかの事実の代わりに"
		"入力できるものや、入力すると別の値も求まるものがあります。" },
	[PAGE_PARAMETERS] = { "What the law leaves open",
		"法令が定めていない事項" },
	[PAGE_PARAMETERS_HINT] = {
		"The law gives no number or reading for these, and nothing is "
		"assumed. Decide yourself, or leave them open: the answer then "
		"says between what it lies.",
		"これらの数値や読み方は法令に定めがなく、既定値もありません。"
		"ご自身で決めるか、空欄のままにしてください。空欄の場合、答えは"
		"あり得る範囲を示します。" },
	[PAGE_MORE_PARAMETERS] = { "Not needed as things stand: %s",
		"現時点では不要な事項: %s 件" },
	[PAGE_STATE_ALONE] = { "decides alone", "これだけで決まる" },
	[PAGE_STATE_MISSING] = { "needed", "必要" },
	[PAGE_STATE_PARTLY] = { "given, settles nothing yet",
		"入力済み（まだ決まらない）" },
	[PAGE_STATE_USED] = { "used", "使用" },
	[PAGE_STATE_IDLE] = { "not needed now", "現時点では不要" },
	[PAGE_STATE_UNUSED] = { "not used", "使われていない" },
	[PAGE_STATE_WRONG] = { "to be corrected", "要修正" },
	[PAGE_YES] = { "yes", "はい" },
	[PAGE_NO] = { "no", "いいえ" },
	[PAGE_UNKNOWN] = { "unknown", "不明" },
	[PAGE_NONE] = { "there is none", "該当なし" },
	[PAGE_NOT_DECIDED] = { "left open", "決めない" },
	[PAGE_KIND_NUMBER] = { "a number", "数" },
	[PAGE_KIND_WHOLE] = { "a whole number", "整数" },
	[PAGE_KIND_DATE] = { "a day, year-month-day", "日付（年-月-日）" },
	[PAGE_KIND_TEXT] = { "a text", "文字" },
	[PAGE_KIND_LIST] = { "one a line: %s", "1行に1件: %s" },
	[PAGE_EXAMPLE] = { ", such as %s", "（例: %s）" },
	[PAGE_OR] = { " or ", " 又は " },
	[PAGE_AFTER_SIGN] = { "%s and then the ", "%s に続けて" },
	[PAGE_NONE_HINT] = { "; if there is none, the word none",
		"。ない場合は none と入力" },
	[PAGE_DERIVED_HINT] = { "; worked out from other facts unless given",
		"。空欄ならほかの事実から計算する" },
	[PAGE_LOW] = { ", %s or more", "、%s 以上" },
	[PAGE_LOW_OPEN] = { ", more than %s", "、%s より大きい" },
	[PAGE_HIGH] = { ", at most %s", "、%s 以下" },
	[PAGE_HIGH_OPEN] = { ", less than %s", "、%s より小さい" },
	[PAGE_UNIT] = { ", in %s", "、単位は%s" },
	[PAGE_WRONG_TITLE] = { "Please correct this first",
		"先に次の点を直してください" },
	[PAGE_WRONG] = { "This cannot be read here. What is right: %s.",
		"この入力は読み取れません。正しい書き方: %s。" },
	[PAGE_WRONG_ONE_OF] = { "one of %s", "次のいずれか: %s" },
	[PAGE_WRONG_DAY] = {
		"No such day or revision, or the two do not fit together. A "
		"day is written year-month-day.",
		"その日付若しくは改定がないか、両者が合っていません。日付は "
		"年-月-日 で書いてください。" },
	[PAGE_WRONG_SAYS] = { "Found: ", "検出した内容: " },
	[PAGE_NO_ANSWER] = {
		"There is no answer until what is wrong above is corrected.",
		"入力の誤りを直すまで、答えは出ません。" },
	[PAGE_ANSWER] = { "Answer", "答え" },
	[PAGE_ASK_TITLE] = { "What has to be found out", "何を調べればよいか" },
	[PAGE_EDGES_TITLE] = { "How far it is from another answer",
		"答えが変わる境目" },
	[PAGE_PROOF_TITLE] = { "Why", "なぜそうなるか" },
	[PAGE_TAKE_TITLE] = { "Keep and share", "保存と共有" },
	[PAGE_SHARE] = { "Link to this page with these inputs",
		"この入力を含むリンク" },
	[PAGE_COPY] = { "Copy the link", "リンクをコピー" },
	[PAGE_COPIED] = { "Copied", "コピーしました" },
	[PAGE_SHARE_HINT] = {
		"The link holds everything that was filled in.",
		"入力した内容はすべてリンクに含まれます。" },
	[PAGE_JSON] = { "The answer as JSON", "答え（JSON）" },
	[PAGE_JSON_PROOF] = { "The answer with its proof as JSON",
		"根拠付きの答え（JSON）" },
	[PAGE_REPORT_HTML] = { "Report to file (HTML)",
		"保存用の報告書（HTML）" },
	[PAGE_REPORT_XLSX] = { "Report to file (Excel)",
		"保存用の報告書（Excel）" },
	[PAGE_RULE] = { "The rule as tables, with its sources",
		"規則の表と出典" },
	[PAGE_FOOTER] = {
		"shokan %s. No legal advice: a decision of the ministry stands "
		"above these rules.",
		"shokan %s。法的助言ではありません。厚生労働省の決定が優先します。" },
};

static const struct {
	const char *unit;
	struct page_pair words;
} page_units[] = {
	{ "yen", { "yen", "円" } },
	{ "points", { "points", "点" } },
	{ "percent", { "percent", "%" } },
	{ "tests/year", { "tests a year", "回/年" } },
	{ "products", { "products", "製品" } },
	{ "pieces", { "pieces", "個" } },
	{ "days", { "days", "日" } },
	{ "ratio", { "", "" } },
};

static const struct {
	const char *field; /* NULL: of any */
	const char *word;
	struct page_pair words;
} page_choices[] = {
	{ "kind", "device", { "medical device", "医療機器" } },
	{ "kind", "ivd", { "in-vitro diagnostic", "体外診断用医薬品" } },
	{ "kind", "samd", { "program medical device", "プログラム医療機器" } },
	{ "kind", "regenerative", { "regenerative product", "再生医療等製品" } },
	{ "kind", "category", { "functional category", "機能区分" } },
	{ "payer_lane", "medical", { "health insurance", "医療保険" } },
	{ "payer_lane", "long_term_care",
		{ "long-term care insurance", "介護保険" } },
	{ "payer_lane", "outside", { "outside of insurance", "保険外" } },
	{ "aid_target", "drug", { "medicine", "医薬品" } },
	{ "aid_target", "regenerative",
		{ "regenerative product", "再生医療等製品" } },
	{ "asset_kind", "equipment", { "equipment", "器具備品" } },
	{ "asset_kind", "software", { "software", "ソフトウェア" } },
	{ "asset_kind", "other", { "other", "その他" } },
	{ "foreign_average_use", "new_product",
		{ "price of a new product", "新規収載の価格調整" } },
	{ "foreign_average_use", "repricing", { "repricing", "再算定" } },
	{ "review_class", "priority", { "priority review", "優先審査" } },
	{ "review_class", "improved_clinical",
		{ "improved, with clinical data", "改良・臨床あり" } },
	{ "review_class", "normal", { "ordinary review", "通常審査" } },
	{ "top2_reading", "of_requesters",
		{ "two largest requesters", "要望する者のうち上位2社" } },
	{ "top2_reading", "of_category",
		{ "two largest of the category, both requesting",
			"機能区分の上位2社がいずれも要望" } },
	{ "unprofitable_over_pattern3", "unprofitable",
		{ "recalculation of unprofitable categories",
			"不採算品再算定" } },
	{ "unprofitable_over_pattern3", "pattern3",
		{ "pattern 3", "パターン3" } },
	{ "pattern3_rule", "market", { "market price", "市場実勢価格" } },
	{ "pattern3_rule", "market_capped",
		{ "market price with a largest raise",
			"引上げに上限のある市場実勢価格" } },
	{ "ceiling_tax_basis", "as_is", { "with tax", "税込のまま" } },
	{ "ceiling_tax_basis", "ex_tax", { "without tax", "税抜" } },
	{ NULL, "exact", { "not rounded", "端数処理をしない" } },
	{ NULL, "half_up", { "half up", "四捨五入" } },
	{ NULL, "floor", { "down", "切捨て" } },
	{ NULL, "ceil", { "up", "切上げ" } },
	{ "price_rounding", "round3", { "three digits", "有効三桁" } },
	{ "price_rounding", "none", { "not rounded", "端数処理をしない" } },
};
/* clang-format on */

static const char *page_pick(
	const struct page_pair *pair, enum shk_language language)
{
	return language == SHK_JAPANESE ? pair->japanese : pair->english;
}

const char *page_words_get(enum page_word word, enum shk_language language)
{
	return page_pick(&page_table[word], language);
}

void page_words_fill(struct buffer *out, enum page_word word,
	enum shk_language language, const char *value)
{
	const char *text = page_words_get(word, language);
	const char *at = strstr(text, "%s");

	buffer_add(out, text, at ? (size_t)(at - text) : strlen(text));
	if (!at)
		return;
	buffer_text(out, value);
	buffer_text(out, at + 2);
}

const char *page_words_unit(const char *unit, enum shk_language language)
{
	for (size_t i = 0; i < sizeof(page_units) / sizeof(page_units[0]); i++)
		if (strcmp(page_units[i].unit, unit) == 0)
			return page_pick(&page_units[i].words, language);
	return unit;
}

const char *page_words_choice(
	const char *field, const char *word, enum shk_language language)
{
	size_t count = sizeof(page_choices) / sizeof(page_choices[0]);

	for (size_t i = 0; i < count; i++) {
		const char *of = page_choices[i].field;

		if (strcmp(page_choices[i].word, word) == 0 &&
			(!of || strcmp(of, field) == 0))
			return page_pick(&page_choices[i].words, language);
	}
	return word;
}
