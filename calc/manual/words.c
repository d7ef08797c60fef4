/*
 * What the pages say that no table of the command has: the environment, the
 * files, and examples, which the tests run as they stand here.
 */
#include "manual/manual.h"

/* clang-format off */
const struct manual_thing manual_environment[] = {
	{ "SHOKAN_RULES", OPT_RULES, { {
		"folder or pack of the rules where --rules is not given",
		"--rules がないときの規則集のフォルダ又はパック" } } },
	{ "SHOKAN_RULES_KEY", OPT_RULES_KEY, { {
		"public key where --rules-key is not given",
		"--rules-key がないときの公開鍵" } } },
	{ "LC_ALL, LC_MESSAGES, LANG", OPT_LANG, { {
		"the first that is set gives the language where --lang is not"
		" given: Japanese if it begins with ja, else English",
		"--lang がないとき、最初に定まっているものが言語を決める。ja で"
		"始まれば日本語、ほかは英語" } } },
	{ "NO_COLOR", OPT_NO_COLOR, { {
		"not empty: no colour on a terminal",
		"空でなければ端末でも色を付けない" } } },
	{ "TMPDIR", OPT_INPUT_FORMAT, { {
		"where files are put that are larger than the memory set aside"
		" for them",
		"用意した記憶に収まらないものを一時的に置く場所" } } },
	{ "SOURCE_DATE_EPOCH", OPT_STORE, { {
		"seconds since 1970, written into a store in place of the time",
		"保存先に現在の時刻に代えて書く、1970 年からの秒数" } } },
};

const struct manual_thing manual_files[] = {
	{ SHOKAN_RULES_INSTALLED, OPT_RULES, { {
		"the rules, if neither --rules nor SHOKAN_RULES is given",
		"--rules も SHOKAN_RULES もないときの規則集" } } },
	{ SHOKAN_SCHEMAS_INSTALLED, OPT_RULES, { {
		"JSON schemas of what is printed as JSON",
		"JSON 出力のスキーマ" } } },
	{ "BASELINE.approved", OPT_APPROVED, { {
		"changes that are allowed, beside the baseline",
		"認めた変更の一覧（基準と同じ場所）" } } },
};

const struct manual_example manual_examples[] = {
	{ "shokan", "shokan price products.csv", { {
		"answer for every record of a file",
		"ファイルの各レコードに答える" } } },
	{ "shokan", "shokan explain --id EX-RD1 products.csv", { {
		"the proof of one answer", "一つの答えの証明" } } },
	{ "shokan", "shokan rules list", { {
		"the decisions, and the revisions that know them",
		"判断と、それを定める改定の一覧" } } },
	{ "price", "shokan price --revision r8 products.csv", { {
		"a table on the terminal", "端末に表で出す" } } },
	{ "price", "shokan price --revision r8 --format csv \\\n"
		"  --output answers.csv products.csv", { {
		"a file for a spreadsheet", "表計算で開くファイル" } } },
	{ "price", "shokan price --revision r8 --format json \\\n"
		"  --set points_rounding=half_up products.csv", { {
		"a number that the law leaves open, given by the user; one JSON"
		" object a result",
		"法令の定めていないものを利用者が与え、結果を一行ずつ JSON で出"
		"す" } } },
	{ "batch", "shokan batch --store catalogue.store --revision r8 \\\n"
		"  --format csv --output answers.csv products.csv", { {
		"answer for a catalogue and save the run",
		"カタログに答え、実行を保存する" } } },
	{ "batch", "shokan batch --quiet --revision r8 \\\n"
		"  --write-baseline prices.snapshot products.csv", { {
		"keep the results as a baseline", "結果を基準として残す" } } },
	{ "batch", "shokan batch --quiet --revision r8 \\\n"
		"  --baseline prices.snapshot products.csv", { {
		"fail when one differs from it",
		"基準と違うものがあれば失敗する" } } },
	{ "import", "shokan import --store catalogue.store products.csv", { {
		"records", "レコードを入れる" } } },
	{ "import", "shokan import --store prices.store t_ALL*.csv", { {
		"official masters", "公式マスターを入れる" } } },
	{ "compare", "shokan compare --revisions r6,r8 products.csv", { {
		"what a revision of the law changes for these products",
		"改定がこれらの製品の何を変えるか" } } },
	{ "diff", "shokan diff r6 r8 --decision rare_disease_coefficient", { {
		"what a revision changes, for all products that there can be",
		"あらゆる製品について、改定が変えるもの" } } },
	{ "explain", "shokan explain --revision r8 --id EX-RD1"
		" products.csv", { {
		"the proof for one record", "一つのレコードの証明" } } },
	{ "report", "shokan report --revision r8 \\\n"
		"  --output report.html products.csv", { {
		"a page to be kept", "保管するページ" } } },
	{ "replay", "shokan price --revision r8 \\\n"
		"  --receipt receipt.jsonl products.csv", { {
		"write a receipt", "再現記録を書く" } } },
	{ "replay", "shokan replay receipt.jsonl", { {
		"and compute it again", "それを計算し直す" } } },
	{ "ask", "shokan ask products.csv --revision r8 --id EX-RD4", { {
		"what has to be found out", "何を調べればよいか" } } },
	{ "edges", "shokan edges products.csv --revision r8 --id EX-RD2", { {
		"where the answer would change",
		"答えがどこで変わるか" } } },
	{ "solve", "shokan solve products.csv --revision r8 --id EX-RD1"
		" \\\n  --for annual_tests --so-that 'coefficient > 1'", { {
		"for how many tests the coefficient raises the fee",
		"係数が点数を引き上げる検査の回数" } } },
	{ "sweep", "shokan sweep products.csv --revision r8 --id EX-RD1"
		" \\\n  --vary annual_tests=10..90/10", { {
		"the answer for other numbers of tests",
		"検査の回数を変えたときの答え" } } },
	{ "serve", "shokan serve --port 8431", { {
		"a page at http://localhost:8431/, for this machine alone",
		"http://localhost:8431/ のページ。この計算機の中だけ" } } },
	{ "rules", "shokan rules show rare_disease_coefficient"
		" --revision r8", { {
		"the tables and formulas of a decision",
		"判断の表と式" } } },
	{ "rules", "shokan rules html pages --revision r8", { {
		"the rules as pages for a browser",
		"規則をブラウザで読むページにする" } } },
	{ "rules", "shokan rules pack rules.pack", { {
		"the rulebook as one file", "規則集を一つのファイルにする" } } },
	{ "runs", "shokan runs list --store catalogue.store", { {
		"what has been saved", "保存した実行の一覧" } } },
	{ "export", "shokan export products --store catalogue.store", { {
		"the products of a store", "保存した製品を出す" } } },
	{ "prices", "shokan prices changes --store prices.store", { {
		"the changes between the oldest and the newest master",
		"最も古いマスターと最新のマスターの間の変更" } } },
	{ "dmn", "shokan dmn check model.dmn", { {
		"look for gaps and overlaps", "抜けと重複を探す" } } },
	{ "certify", "shokan rules check --certificate tables.certificate", { {
		"write the proof that the tables are complete",
		"表が完全であることの証明を書く" } } },
	{ "certify", "shokan-certify tables.certificate", { {
		"and check it", "それを確かめる" } } },
};
/* clang-format on */

const size_t manual_environment_count =
	sizeof(manual_environment) / sizeof(manual_environment[0]);
const size_t manual_file_count = sizeof(manual_files) / sizeof(manual_files[0]);
const size_t manual_example_count =
	sizeof(manual_examples) / sizeof(manual_examples[0]);
