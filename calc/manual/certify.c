/*
 * The page of shokan-certify, a program with a table of nothing: it takes one
 * word and two options, and has exit statuses of its own. The test of the
 * pages holds this against what the program says of itself.
 */
#include "manual/manual.h"

/* clang-format off */
static const struct manual_said certify_name = { {
	"check the proof that the tables of the rules are complete",
	"規則の表が完全であることの証明を確かめる" } };

static const struct manual_said certify_text = { {
	"Is a certificate, which shokan rules check --certificate wrote, true"
	" of these rules? It divides what the inputs of each table can be into"
	" cells that do not overlap and names the row that takes each. This"
	" program shares no code with the one that wrote it but decimal numbers"
	" and the reading of XML. - is standard input.",
	"shokan rules check --certificate の書いた証明が、この規則について正し"
	"いかを確かめる。証明は、各表の入力のとりうる値を重ならない区画に分け、"
	"それぞれに当たる行を示す。このプログラムは、証明を書いたものと、十進数"
	"と XML の読取りのほかはコードを共有しない。- は標準入力。" } };

static const struct {
	const char *name;
	const char *argument;
	struct manual_said said;
} certify_options[] = {
	{ "--rules", "DIR", { {
		"folder of the rules; else $SHOKAN_RULES, else the installed"
		" ones",
		"規則集のフォルダ。なければ $SHOKAN_RULES、それもなければ設置"
		"された規則集" } } },
	{ "--help", NULL, { { "a short help", "短い説明" } } },
};

static const struct {
	const char *status;
	struct manual_said said;
} certify_exits[] = {
	{ "0", { { "it is true, and every table is complete",
		"正しく、すべての表が完全である" } } },
	{ "1", { { "it is true; there are gaps, overlaps, rows that never"
		" decide, or tables that are not certified",
		"正しいが、抜け、重複、決して当たらない行、又は証明のない表があ"
		"る" } } },
	{ "2", { { "wrong use of the command", "コマンドの使い方の誤り" } } },
	{ "3", { { "the rules cannot be read", "規則集を読めない" } } },
	{ "4", { { "the certificate is not true", "証明は正しくない" } } },
	{ "5", { { "a file cannot be read", "ファイルを読めない" } } },
	{ "70", { { "internal error", "内部の誤り" } } },
};
/* clang-format on */

static void certify_section(
	FILE *out, const char *english, enum manual_language language)
{
	roff_section(out, page_heading(english, language));
}

void page_certify(FILE *out, enum manual_language language)
{
	roff_title(out, "shokan-certify", language);
	certify_section(out, "NAME", language);
	fputs("shokan\\-certify \\- ", out);
	roff_text(out, certify_name.in[language]);
	certify_section(out, "SYNOPSIS", language);
	fputs("\\fBshokan\\-certify\\fR \\fICERTIFICATE\\fR [\\-\\-rules "
	      "\\fIDIR\\fR]\n",
		out);
	certify_section(out, "DESCRIPTION", language);
	roff_text(out, certify_text.in[language]);
	certify_section(out, "OPTIONS", language);
	for (size_t i = 0;
		i < sizeof(certify_options) / sizeof(certify_options[0]); i++) {
		roff_item(out, certify_options[i].name,
			certify_options[i].argument);
		roff_sentence(
			out, certify_options[i].said.in[language], language);
		fputc('\n', out);
	}
	certify_section(out, "EXIT STATUS", language);
	for (size_t i = 0; i < sizeof(certify_exits) / sizeof(certify_exits[0]);
		i++) {
		roff_item(out, certify_exits[i].status, NULL);
		roff_sentence(
			out, certify_exits[i].said.in[language], language);
		fputc('\n', out);
	}
	page_examples(out, "certify", language);
	certify_section(out, "SEE ALSO", language);
	fputs("\\fBshokan\\fR(1),\n\\fBshokan\\-rules\\fR(1)\n", out);
}
