/*
 * The Japanese of the tables of options, commands and exit statuses, beside
 * which it is read: a row that is missing here is found by the test of the
 * manual pages. Lines of a text are joined without a space where they meet in
 * Japanese.
 */
#include <string.h>

#include "cli/japanese.h"

/* clang-format off */
static const char *const cli_options_japanese[CLI_OPTION_COUNT] = {
	[OPT_REVISION] = "この改定（r8 など）の規則による",
	[OPT_AS_OF] = "この日（YYYY-MM-DD）に有効な規則による",
	[OPT_DECISION] = "この判断だけ。なければ、事実のある判断すべて",
	[OPT_INPUT] = "eval: 名前ごとの値（例: {\"age\": 51}）",
	[OPT_POLICY] = "方針パラメータのファイル（JSON 又は XML）",
	/* NOLINTNEXTLINE(bugprone-suspicious-missing-comma): its place is named */
	[OPT_SET] = "全レコードの項目、又は方針パラメータの値を定める。"
		"何度でも書ける",
	[OPT_ID] = "このレコードだけ",
	[OPT_FORMAT] = "出力の形式。なければ text",
	[OPT_LANG] = "出力の言語。なければ LC_ALL、LC_MESSAGES、LANG による",
	[OPT_MIN_EVIDENCE] = "E0 から E5。これより弱い根拠からは答えない",
	[OPT_STRICT] = "未確定又は競合の結果があれば終了ステータス 1",
	[OPT_STEPS] = "評価の過程を付ける（JSON と CSV）",
	[OPT_ROUNDING] = "別の端数処理なら何になるかを付ける（explain、JSON）",
	[OPT_COLUMNS] = "CSV: この列だけ。points などの出力名も書ける",
	[OPT_KEEP] = "そのまま出力に写す入力の列（JSON と CSV）",
	[OPT_ENCODING] = "入力の文字コード。なければ内容から判断する",
	[OPT_INPUT_FORMAT] = "入力の形式。なければファイル名又は内容による",
	[OPT_SHEET] = "読むシート（.xlsx）。なければ最初のシート",
	[OPT_LISTING] = "show: 規則に代えて、翻訳後のプログラムを示す",

	[OPT_JOBS] = "スレッドの数。いくつでも出力は同じ",
	[OPT_STORE] = "保存先のファイル。なければ import と batch が作る",
	[OPT_RUN] = "この実行の結果",
	[OPT_LIST_FORMAT] = "出力の形式。なければ text",
	[OPT_RULES_FORMAT] = "check、verify: 出力の形式。なければ text",
	[OPT_CERTIFICATE] = "check: shokan-certify が確かめる証明を書くファイル",
	[OPT_RESUME] = "中断した実行を続ける",
	[OPT_SAVE_EVERY] = "この件数の結果ごとに保存する。なければ 5000",
	[OPT_QUIET] = "標準出力に結果を出さない。--output のファイルには書く",
	[OPT_ISSUED] = "マスターの発行日（ファイル名から分からないとき）",
	[OPT_DAY] = "この日の価格。なければ最新のマスターの日",
	[OPT_KNOWN_ON] = "この日までに発行されたマスターだけを用いる",
	[OPT_CODE] = "このコードだけ。--as-of がなければその履歴",
	[OPT_ALL] = "もう収載されていないコードも含める",
	[OPT_FROM] = "初めの日。なければ最も古いマスターの日",
	[OPT_TO] = "後の日。なければ最新のマスターの日",
	[OPT_PRICE_LIST] = "改定で公表された価格表",
	[OPT_FACTS] = "コード又は番号（6-002）ごとの事実。判断に用いる",
	[OPT_EXPORT_FORMAT] = "出力の形式。なければ csv",
	[OPT_CHANGES_FORMAT] = "出力の形式。なければ text",
	[OPT_UNEXPLAINED] = "説明のつかない変更があれば終了ステータス 1",
	[OPT_BASELINE] = "このスナップショットと違う結果があれば終了ステータス 1",
	[OPT_WRITE_BASELINE] = "結果を整列したスナップショットとして書く",
	[OPT_APPROVED] = "認めた変更の一覧。なければ BASELINE.approved",
	[OPT_REVISIONS] = "FILE のレコードへの二つの改定の答えを比べる",
	[OPT_VOLUMES] = "コードごとの年間数量（CSV）。影響額を出す",
	[OPT_COMPARE_FORMAT] = "なければ text。lines は認めた変更の一覧の形",
	[OPT_COMPARE_STRICT] = "根拠だけの違いと、認めたのに起きなかった変更も数える",
	[OPT_RULES_BEFORE] = "A の規則（--rules のものと違うとき）",
	[OPT_DIFF_FORMAT] = "出力の形式。なければ text",
	[OPT_TRIES] = "証明に加え、判断ごとに N 個の無作為の製品を調べる",
	[OPT_FACT] = "この項目又は方針パラメータだけ",
	[OPT_OF] = "調べる値（points など）。なければ最初の値",
	[OPT_QUESTION_FORMAT] = "出力の形式。なければ text",
	[OPT_FOR] = "動かすレコードの項目",
	[OPT_SO_THAT] = "答えの値と状態についての FEEL の式",
	[OPT_WITHIN] = "事実の値の範囲。一方の端は省ける",
	[OPT_VARY] = "1..20、1..20/2 又は a,b,c。二つ書けば格子になる",
	[OPT_SWEEP_FORMAT] = "出力の形式。なければ text",
	[OPT_OUTPUT] = "出力先。ファイルは完全な形でだけ現れる",
	[OPT_RECEIPT] = "各結果の再計算に要るもの（再現記録）を書くファイル",
	[OPT_RULES] = "規則集のフォルダ又はパック。なければ $SHOKAN_RULES",
	[OPT_RULES_KEY] = "この鍵で署名されたパックだけ。"
		"なければ $SHOKAN_RULES_KEY",
	[OPT_KEY] = "sign: 秘密鍵。verify: 公開鍵",
	[OPT_CORPUS] = "verify: 引用を DIR の資料と照合する",
	[OPT_NO_COLOR] = "端末でも色を付けない。環境変数 NO_COLOR も同じ",
	[OPT_PORT] = "待ち受けるポート。なければ 8431、0 なら空いているもの",
	[OPT_LISTEN] = "待ち受けるアドレス。なければこの計算機の中だけ。"
		"ほかは --token-file を要する",
	[OPT_TOKEN_FILE] = "要求ごとに Authorization: Bearer で示すべきもの",
	[OPT_HOST] = "アドレスのほかに、サーバーを呼ぶ名前",
	[OPT_THREADS] = "同時に処理する問いの数。なければコアの数",
	[OPT_ALLOW_ROOT] = "コンテナの中などで、root でも動かす",
	[OPT_REPORT_FORMAT] = "報告書の形式。なければ html",
	[OPT_HELP] = "オプションの一覧",
};

static const struct cli_command_japanese cli_commands_japanese[] = {
	{ "price", "レコードごとに判断の答えを出す",
		"FILE は CSV、JSON、XML 又は .xlsx の製品レコード。- は標準"
		"入力。誤ったレコードは標準エラー出力に示し、結果はエラーと"
		"なる。ほかのレコードには答える。--revision も --as-of もなけ"
		"れば各レコードの as_of により、それもなければ最新の改定によ"
		"り、その旨を出力に示す。\n" },
	{ "batch", "カタログ全体に答え、実行を保存する",
		"答えは price と同じ。--store があれば、入力、規則、オプショ"
		"ン、結果を実行として保存する。何が起きて止まっても保存先は"
		"壊れず、--resume で続けられる。--output のファイルも同じ。"
		"標準出力には初めから出し直す。FILE がなければ、保存先の製品"
		"に答える。\n" },
	{ "import", "製品レコードと公式マスターを保存先に入れる",
		"ファイルは全部入るか、誤ったレコードがあれば全く入らない。"
		"同じ id の製品は新しい事実に置き換わり、同じ事実なら何も変"
		"わらない。マスター（t_ALLYYYYMMDD.csv）は内容で見分ける。\n" },
	{ "compare", "どの答えが、どれだけ、なぜ変わったか",
		"A と B はスナップショット（price --format snapshot、batch"
		" --write-baseline）、又は --store があれば実行の番号。last は"
		"最新の実行。--revisions では FILE のレコードに、日付にかかわ"
		"らず二つの改定で答える。違いを一つずつ入れ替えて原因を求め"
		"る。--approved にない変更があれば終了ステータス 1。\n" },
	{ "diff", "法令の何が変わり、ほかは変わらないこと",
		"二つの改定の答えが異なる領域を残らず、その例となる製品、両"
		"方の行と出典とともに示し、ほかに差がないと証明されたかを示"
		"す。FILE があれば、答えの変わるレコードとその領域を示す。証"
		"明できないものがあれば終了ステータス 1。\n" },
	{ "explain", "一つのレコードの答えの証明",
		"判断、読んだ事実、当たった行、計算、各端数処理、引用と出典"
		"、不足している事実、答えを変えるものを示す。\n" },
	{ "report", "答えを保管用のページ又はブックにする",
		"読み、印刷し、保管するための HTML ファイル一つ。ほかに何も"
		"要らない。答えの表、引用と出典を伴う証明、不足、図、そして"
		" shokan replay で再計算できる再現記録。--format xlsx では判断"
		"ごとにシートのあるブック。\n" },
	{ "replay", "再現記録の結果を計算し直す",
		"FILE は --receipt で書いたもの。すべての結果を計算し直し、バ"
		"イト単位で比べる。最初に異なるものを示し、終了ステータスは"
		" 1。切れた、又は書き換えられたファイルはその行を示して退け、"
		"記録と異なる規則も退ける。\n" },
	{ "ask", "答えを決めるには、どの事実を調べればよいか",
		"決まっていない答えについて、値が何であれ答えを決める事実の"
		"最小の組（事実の少ない順）、各事実だけでは最悪の場合に何が"
		"残るか、それまで値がどの範囲にあるかを示す。残る結果の少な"
		"いもの、次に範囲の狭いものが先。\n" },
	{ "edges", "答えが変わる、各事実の値",
		"判断が読みうる事実と方針パラメータを一つずつ、ほかはそのま"
		"まに、すべての値にわたって動かす。答えが変わる正確な値、現"
		"在の値からの隔たり、両側の答え、両側を限る規則を示す。\n" },
	{ "solve", "答えの条件を満たす、事実の値",
		"CONDITION は判断の答えの値と状態についての FEEL の式。例: "
		"'points >= 1300'、'price = 100000'。事実のすべての値を、条件"
		"が成り立つ、成り立たない、ほかの事実が不足して決まらない、"
		"意味をなさない、の正確な区間に分け、それを限る規則を示す。"
		"決められない部分があれば終了ステータス 1。リストでは動かす"
		"ものを波括弧で示す: --for 'premiums=usefulness:{}'\n" },
	{ "sweep", "事実を動かしたときの答え（一つ、又は二つの格子）",
		"VALUES は 1..20（一ずつ、日付なら一日ずつ）、1..20/3（三ず"
		"つ）、a,b,c（個々の値）。リストでは動かすものを波括弧で示す:"
		" 'premiums=usefulness:{1..20}'。csv は点ごとに一行、plot は"
		"最初の値又は --of の値を一つの事実に対して描く。\n" },
	{ "serve", "問いのためのページと、HTTP での JSON の答え",
		"--listen で別のアドレスを示さない限り、この計算機の中だけに答"
		"える。示すときは、所有者だけが読めるファイルにある 32 文字以"
		"上のトークンを要する。GET /api/v1/price などは、オプションを"
		"その名前で、事実を f.NAME=VALUE、方針パラメータを"
		" p.NAME=VALUE で受け、コマンドと同じ JSON を返す。root では動"
		"かない。Ctrl-C で止まり、受けた問いには答え終える。\n" },
	{ "rules", "規則、式、出典",
		"list: すべての判断と改定。show: 一つの判断の表と式。sources:"
		" 資料と引用。check: 抜け、重複、決して当たらない行のある表。"
		"あれば終了ステータス 1。verify（FILE なし）: 引用はハッシュの"
		"とおりか、規則の数はその引用にあるか。指摘があれば終了ステ"
		"ータス 1。hash-quotes: 引用のハッシュを付けた sources.xml を"
		"標準出力又は --output に書く。html: 判断ごとに表と式、それに"
		"要るものと出典を描くページのフォルダ。新しいフォルダか、前"
		"に書いたもの。\n\n"
		"pack: 規則集を一つのファイルにする。--rules に使え、始動が速"
		"い。keygen: 秘密鍵 FILE と公開鍵 FILE.pub を作る。sign: パッ"
		"ク FILE に署名する（--key）。verify: パック全体を読む。--key"
		" があれば、その公開鍵による署名を要する。\n" },
	{ "runs", "保存した実行",
		"list: すべての実行と件数。中断とあるものは進行中かもしれな"
		"い。show: 実行が何によったかと、判断ごとの件数。delete: 実行"
		"とその結果を消す。空いた場所はまた使われる。\n" },
	{ "export", "保存先から価格、製品又は実行を出す",
		"products: import が同じ事実に読むレコード。--run: 実行の結果"
		"（列はスナップショットと同じ）。snapshot 形式は整列されてい"
		"て、基準に使える。prices、又は指定なし: ある日に知られていた"
		"ある日の価格。\n\n"
		"価格は保存先の公式マスターによる。state は shown（その日の価"
		"格をマスターが示す）、carried（最後に示された価格で、反するも"
		"のがない）。価格のないものは changed、price_ended、earlier、"
		"doubtful、--all では gone、abolished も。\n" },
	{ "prices", "二つの日の間に変わった価格とその理由",
		"判断が既知の事実からその価格を出すか、間の改定の価格表（"
		"--price-list）にあれば、変更は説明がつく。ほかは説明のつかな"
		"い変更である。\n" },
	{ "dmn", "任意の DMN モデルの適合試験、評価、検査",
		"test: DIR にある適合試験（DMN TCK）を実行し、ファイル、試験、"
		"ノード、SUCCESS、ERROR 又は IGNORED を CSV で書く。成功でない"
		"ものがあれば終了ステータス 1。eval: 一つ（--decision）又はす"
		"べての決定を JSON で書く。--input にない値は null。check: 誤"
		"り、抜け、重複、到達しない行、型の不足。あれば終了ステータス"
		" 1。\n" },
	{ "help", "コマンドの使い方", "" },
	{ "version", "このプログラムの版", "" },
};

static const struct {
	enum cli_exit status;
	const char *meaning;
} cli_exits_japanese[] = {
	{ CLI_DONE, "完了" },
	{ CLI_FINDINGS, "指摘あり（--strict、比較、--baseline）" },
	{ CLI_USAGE, "コマンドの使い方の誤り" },
	{ CLI_RULES, "規則又は方針のファイルの誤り" },
	{ CLI_INPUT, "入力のレコード又はファイルの誤り" },
	{ CLI_IO, "ファイルを開けない、読めない、又は書けない" },
	{ CLI_INTERNAL, "内部の誤り" },
};
/* clang-format on */

const char *cli_option_japanese(enum cli_option option)
{
	return cli_options_japanese[option];
}

const struct cli_command_japanese *cli_command_japanese(const char *name)
{
	size_t count = sizeof(cli_commands_japanese) /
		       sizeof(cli_commands_japanese[0]);

	for (size_t i = 0; i < count; i++)
		if (strcmp(cli_commands_japanese[i].name, name) == 0)
			return &cli_commands_japanese[i];
	return NULL;
}

const char *cli_exit_japanese(enum cli_exit status)
{
	size_t count =
		sizeof(cli_exits_japanese) / sizeof(cli_exits_japanese[0]);

	for (size_t i = 0; i < count; i++)
		if (cli_exits_japanese[i].status == status)
			return cli_exits_japanese[i].meaning;
	return NULL;
}

/* Does one of the characters of `set`, of three bytes each, begin there? */
static bool cli_is_one_of(const char *text, const char *set)
{
	for (; *set; set += 3)
		if (strncmp(text, set, 3) == 0)
			return true;
	return false;
}

bool cli_japanese_breaks(const char *text, size_t at)
{
	bool before = ((unsigned char)text[at - 1] & 0x80u) && at >= 3;
	bool behind = ((unsigned char)text[at] & 0xf0u) == 0xe0u;

	if (before && cli_is_one_of(text + at - 3, "（「『"))
		return false;
	if (behind)
		return !cli_is_one_of(
			text + at, "、。）」』：ーっゃゅょッャュョ");
	return before && text[at] && !strchr(":,.)", text[at]);
}
