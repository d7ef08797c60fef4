/*
 * Failures in words: a heading a status, what to do about it, and the message.
 * The library speaks English; a page in Japanese says in Japanese what kind of
 * failure it is and marks the rest.
 */
#include "serve/problem.h"

#include <string.h>

#include "serve/japanese.h"
#include "serve/reply.h"

struct problem_pair {
	const char *english, *japanese;
};

/* clang-format off */
static const struct {
	int status;
	struct problem_pair title, advice;
} problem_statuses[] = {
	{ STATUS_BAD_REQUEST,
		{ "This cannot be read", "読み取れない要求です" },
		{ "Correct what is named here and send it again.",
			"次の点を直して、もう一度送ってください。" } },
	{ STATUS_UNAUTHORIZED,
		{ "A token is needed", "トークンが必要です" },
		{ "This server answers those only who send its token.",
			"このサーバーは、トークンを送った人にだけ答えます。" } },
	{ STATUS_FORBIDDEN,
		{ "Not allowed", "許可されていません" },
		{ "Open the server under its own address.",
			"このサーバー自身のアドレスから開いてください。" } },
	{ STATUS_NOT_FOUND,
		{ "Not found", "見つかりません" },
		{ "Look at the address, or begin at the list of questions.",
			"アドレスを確かめるか、質問の一覧から始めてください。" } },
	{ STATUS_METHOD,
		{ "Not in this way", "この送り方はできません" },
		{ "Begin at the list of questions.",
			"質問の一覧から始めてください。" } },
	{ STATUS_TOO_LARGE,
		{ "Too large", "大きすぎます" },
		{ "Send less at once, or use the command.",
			"一度に送る量を減らすか、コマンドを使ってください。" } },
	{ STATUS_FAILED,
		{ "This could not be worked out", "処理できませんでした" },
		{ "What was sent is not the cause. Tell who runs the server.",
			"送られた内容が原因ではありません。サーバーの管理者に"
			"伝えてください。" } },
	{ STATUS_BUSY,
		{ "Not now", "今は答えられません" },
		{ "Wait a moment and send it again, or ask for less at once.",
			"しばらく待ってもう一度送るか、一度に尋ねる量を減らして"
			"ください。" } },
};

/* What kind of failure it is and what to do, where the message is English. */
static const struct {
	const char *reason;
	const char *japanese;
} problem_reasons[] = {
	{ "bad_value", "値又は書き方を読み取れません。"
		"示した箇所を直してください。" },
	{ "unknown_field", "その名前の項目はありません。名前を直してください。"
		"独自の列の名前は x_ で始めます。" },
	{ "duplicate_id", "同じ id のレコードがほかにもあります。"
		"id を別のものにしてください。" },
	{ "time", "制限時間内に計算が終わりませんでした。"
		"一度に尋ねる量を減らしてください。" },
};

static const char *const problem_codes[] = {
	[SHK_OK] = "",
	[SHK_END] = "",
	[SHK_E_USAGE] = "指定が正しくありません。指定を直してください。",
	[SHK_E_RULES] = "規則集を読み取れません。規則集を直してください。",
	[SHK_E_INPUT] = "入力に誤りがあります。示した箇所を直してください。",
	[SHK_E_IO] = "読み書きに失敗しました。",
	[SHK_E_LIMIT] = "上限を超えています。量を減らしてください。",
	[SHK_E_MEMORY] =
		"メモリーが足りません。しばらく待って送り直してください。",
	[SHK_E_INTERNAL] = "プログラムの内部で誤りが起きました。",
};
/* clang-format on */

static const char *problem_kind(enum shk_code code, const char *reason)
{
	size_t count = sizeof(problem_reasons) / sizeof(problem_reasons[0]);

	for (size_t i = 0; i < count; i++)
		if (strcmp(problem_reasons[i].reason, reason) == 0)
			return problem_reasons[i].japanese;
	return problem_codes[code];
}

static void problem_english(struct buffer *out, const char *message)
{
	buffer_text(out, "<span lang=\"en\">");
	serve_html_text(out, message);
	buffer_text(out, "</span>");
}

/* The Japanese of the message; false: there is none. */
static bool problem_known(struct buffer *out, const char *message)
{
	struct buffer text;
	bool known;

	buffer_init(&text);
	known = serve_japanese(&text, message);
	if (known)
		serve_html_text(out, text.size ? text.data : "");
	out->failed = out->failed || text.failed;
	buffer_release(&text);
	return known;
}

void problem_message(
	struct buffer *out, enum shk_language language, const char *message)
{
	if (language != SHK_JAPANESE)
		serve_html_text(out, message);
	else if (!problem_known(out, message))
		problem_english(out, message);
}

void problem_text(struct buffer *out, enum shk_language language,
	enum shk_code code, const char *reason, const char *message)
{
	if (language != SHK_JAPANESE) {
		serve_html_text(out, message);
	} else if (!problem_known(out, message)) {
		buffer_text(out, problem_kind(code, reason));
		buffer_text(out, " 詳細: ");
		problem_english(out, message);
	}
}

static const char *problem_pick(
	const struct problem_pair *pair, enum shk_language language)
{
	return language == SHK_JAPANESE ? pair->japanese : pair->english;
}

void problem_page(struct buffer *out, enum shk_language language, int status,
	const shk_diag *diag)
{
	const char *name = language == SHK_JAPANESE ? "ja" : "en";
	const char *title, *advice;
	size_t at = 0;

	while (problem_statuses[at].status != status &&
		problem_statuses[at].status != STATUS_BUSY)
		at++;
	title = problem_pick(&problem_statuses[at].title, language);
	advice = problem_pick(&problem_statuses[at].advice, language);
	buffer_format(out,
		"<!DOCTYPE html>\n<html lang=\"%s\"><head>"
		"<meta charset=\"utf-8\"><title>%s (%d) - shokan</title>"
		"<meta name=\"viewport\" content=\"width=device-width\">"
		"<link rel=\"stylesheet\" href=\"/page.css\"></head>\n"
		"<body><main><h1>%s</h1>\n<p>%s</p>\n"
		"<div class=\"errors\"><p>",
		name, title, status, title, advice);
	if (diag->field[0]) {
		buffer_text(out, "<code>");
		serve_html_text(out, diag->field);
		buffer_text(out, "</code>: ");
	}
	problem_text(out, language, diag->code, diag->reason, diag->message);
	buffer_format(out,
		"</p></div>\n<p><a href=\"/?lang=%s\">%s</a></p></main></body>"
		"</html>\n",
		name,
		language == SHK_JAPANESE ? "質問の一覧へ"
					 : "To the list of questions");
}
