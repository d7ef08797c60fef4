/*
 * `shokan rules verify [--corpus DIR]` holds the quotes of a rulebook against
 * their hashes and their documents, and its numbers against the quotes;
 * `rules hash-quotes` writes the hashes. One line a finding, a summary last.
 */
#include <shokan/quotes.h>

#include "cli/json.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/rules_verify.h"
#include "cli/session.h"

struct verify_out {
	FILE *stream;
	bool json;
	bool japanese;
	size_t told;
};

/* The same as the message, in Japanese. */
static void verify_japanese(FILE *stream, const shk_quote_finding *finding)
{
	const char *number = finding->number;
	const char *looked = finding->looked;

	switch (finding->kind) {
	case SHK_QUOTE_NO_HASH:
		fputs("引用にハッシュがありません (shokan rules hash-quotes)",
			stream);
		break;
	case SHK_QUOTE_ALTERED:
		fputs("引用の文言がハッシュと一致しません", stream);
		break;
	case SHK_QUOTE_NUMBER:
		if (!*looked)
			fprintf(stream, "%s の出典がありません", number);
		else
			fprintf(stream, "%s が %s にありません", number,
				looked);
		break;
	case SHK_QUOTE_BOUND:
		fprintf(stream, "%s の向きが %s と異なります", number, looked);
		break;
	case SHK_QUOTE_EXEMPT:
		fprintf(stream, "引用のない数 %s の届出が誤っています", number);
		break;
	case SHK_QUOTE_PLACE:
		fputs("出典の箇所が引用されていません", stream);
		break;
	case SHK_QUOTE_DOCUMENT:
		fputs("資料がないか、別の資料です", stream);
		break;
	case SHK_QUOTE_WORDS:
		fputs("引用が資料の文言と異なります", stream);
		break;
	}
	if (*finding->nearest)
		fprintf(stream, " (最も近い数: %s)", finding->nearest);
}

static void verify_json(
	struct verify_out *out, const shk_quote_finding *finding)
{
	FILE *stream = out->stream;

	fputs(out->told ? ",\n    {\"kind\": " : "\n    {\"kind\": ", stream);
	cli_json_text(stream, shk_quote_kind_name(finding->kind));
	fputs(", \"path\": ", stream);
	cli_json_text(stream, finding->path);
	fprintf(stream, ", \"line\": %ld, \"column\": ", finding->line);
	if (finding->column > 0)
		fprintf(stream, "%ld", finding->column);
	else
		fputs("null", stream);
	fputs(", \"element\": ", stream);
	cli_json_text(stream, finding->element);
	fputs(", \"number\": ", stream);
	cli_json_maybe(stream, *finding->number ? finding->number : NULL);
	fputs(", \"looked\": ", stream);
	cli_json_maybe(stream, *finding->looked ? finding->looked : NULL);
	fputs(", \"nearest\": ", stream);
	cli_json_maybe(stream, *finding->nearest ? finding->nearest : NULL);
	fputs(", \"message\": ", stream);
	cli_json_text(stream, finding->message);
	fputs("}", stream);
}

static bool verify_tell(void *context, const shk_quote_finding *finding)
{
	struct verify_out *out = context;

	if (out->json) {
		verify_json(out, finding);
	} else {
		fprintf(out->stream, "%s:%ld: %s: ", finding->path,
			finding->line, shk_quote_kind_name(finding->kind));
		if (out->japanese) {
			fprintf(out->stream, "%s: ", finding->element);
			verify_japanese(out->stream, finding);
		} else {
			fputs(finding->message, out->stream);
		}
		fputc('\n', out->stream);
	}
	out->told++;
	return !ferror(out->stream);
}

static void summary_json(const struct verify_out *out,
	const shk_quote_counts *counts, bool corpus)
{
	fputs(out->told ? "\n  ],\n" : "],\n", out->stream);
	fprintf(out->stream,
		"  \"quotes\": %zu,\n  \"readings\": %zu,\n"
		"  \"numbers\": %zu,\n  \"in_quotes\": %zu,\n"
		"  \"in_readings\": %zu,\n  \"exempt\": %zu,\n"
		"  \"exemptions\": %zu,\n",
		counts->quotes, counts->readings, counts->numbers,
		counts->in_quotes, counts->in_readings, counts->exempt,
		counts->exemptions);
	if (corpus)
		fprintf(out->stream,
			"  \"corpus\": {\"documents\": %zu, \"compared\": "
			"%zu},\n",
			counts->documents, counts->compared);
	else
		fputs("  \"corpus\": null,\n", out->stream);
	fprintf(out->stream, "  \"ok\": %s\n}\n",
		counts->findings ? "false" : "true");
}

static void summary_english(
	FILE *stream, const shk_quote_counts *counts, bool corpus)
{
	fprintf(stream, "%zu quotes, %zu readings\n", counts->quotes,
		counts->readings);
	if (corpus)
		fprintf(stream, "%zu quotes compared with %zu documents\n",
			counts->compared, counts->documents);
	fprintf(stream,
		"%zu numbers: %zu in quotes, %zu in readings, %zu exempt for "
		"%zu reasons\n",
		counts->numbers, counts->in_quotes, counts->in_readings,
		counts->exempt, counts->exemptions);
	fprintf(stream, "findings: %zu\n", counts->findings);
}

static void summary_japanese(
	FILE *stream, const shk_quote_counts *counts, bool corpus)
{
	fprintf(stream, "引用 %zu 件、読取り %zu 件\n", counts->quotes,
		counts->readings);
	if (corpus)
		fprintf(stream, "資料 %zu 件と照合した引用 %zu 件\n",
			counts->documents, counts->compared);
	fprintf(stream,
		"数 %zu 個: 引用に %zu 個、読取りに %zu 個、引用のない数 %zu "
		"個 (理由 %zu 件)\n",
		counts->numbers, counts->in_quotes, counts->in_readings,
		counts->exempt, counts->exemptions);
	fprintf(stream, "指摘 %zu 件\n", counts->findings);
}

static void verify_summary(const struct verify_out *out,
	const shk_quote_counts *counts, bool corpus)
{
	if (out->json)
		summary_json(out, counts, corpus);
	else if (out->japanese)
		summary_japanese(out->stream, counts, corpus);
	else
		summary_english(out->stream, counts, corpus);
}

enum cli_exit cli_rules_verify(const struct cli_arguments *arguments)
{
	const char *corpus = arguments->value[OPT_CORPUS];
	struct verify_out out = { .japanese = cli_language(arguments) ==
					      SHK_JAPANESE,
		.json = arguments->given[OPT_RULES_FORMAT] &&
			arguments->choice[OPT_RULES_FORMAT] == 1 };
	struct cli_output output;
	shk_quote_counts counts;
	shk_diag diag = { 0 };
	enum cli_exit status =
		cli_output_open(&output, arguments->value[OPT_OUTPUT], true);

	if (status != CLI_DONE)
		return status;
	out.stream = output.stream;
	if (out.json)
		fputs("{\n  \"findings\": [", out.stream);
	if (shk_quotes_verify(cli_rules_folder(arguments), corpus, verify_tell,
		    &out, &counts, &diag) != SHK_OK) {
		status = cli_complain_diag(&diag);
	} else {
		verify_summary(&out, &counts, corpus != NULL);
		status = cli_output_commit(&output);
		if (status == CLI_DONE && counts.findings)
			status = CLI_FINDINGS;
	}
	cli_output_abort(&output);
	return status;
}

enum cli_exit cli_rules_hash(const struct cli_arguments *arguments)
{
	struct cli_output output;
	shk_diag diag = { 0 };
	enum cli_exit status =
		cli_output_open(&output, arguments->value[OPT_OUTPUT], true);

	if (status != CLI_DONE)
		return status;
	if (shk_quotes_hash(cli_rules_folder(arguments),
		    cli_output_sink(&output), &diag) != SHK_OK)
		status = cli_complain_diag(&diag);
	else
		status = cli_output_commit(&output);
	cli_output_abort(&output);
	return status;
}
