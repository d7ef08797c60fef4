/*
 * The page: first a table of the answers, then one article a result, the
 * levels of evidence, and the receipt. A result is written as three parts, a
 * row, an article and a line of the receipt, with a NUL behind each, which no
 * text of a page can hold; the parts wait until the page is complete.
 */
#include <stdio.h>
#include <string.h>

#include <shokan/receipt.h>
#include <shokan/version.h>

#include "base/memory.h"
#include "report/ci.h"
#include "report/html.h"
#include "report/receipt.h"
#include "report/values.h"

void html_init(struct report_page *page)
{
	buffer_init(&page->rows);
	buffer_init(&page->articles);
	buffer_init(&page->lines);
	page->results = 0;
}

void html_release(struct report_page *page)
{
	buffer_release(&page->rows);
	buffer_release(&page->articles);
	buffer_release(&page->lines);
}

bool html_failed(const struct report_page *page)
{
	return page->rows.failed || page->articles.failed || page->lines.failed;
}

/* Line ends stay, and the tabs between the cells of a quoted table. */
static const char *html_escape(unsigned char byte)
{
	return byte == '\n'   ? "\n"
	       : byte == '\t' ? "\t"
			      : text_entity((char)byte);
}

void html_spell(struct buffer *out, struct text text)
{
	ci_spell(out, text, html_escape);
}

void html_text(struct buffer *out, const char *text)
{
	html_spell(out, text_of(text));
}

void html_take(struct buffer *out, struct buffer *scratch)
{
	ci_take(out, scratch, html_escape);
}

void html_word(struct shk_report *report, enum word word)
{
	html_text(&report->out, words_get(word, report->options.language));
}

void html_title(struct shk_report *report, enum word word)
{
	buffer_text(&report->out, "<h3>");
	html_word(report, word);
	buffer_text(&report->out, "</h3>\n");
}

void html_heads(struct shk_report *report, const enum word *heads, size_t count)
{
	struct buffer *out = &report->out;

	for (size_t i = 0; i < count; i++) {
		buffer_text(out, "<th scope=\"col\">");
		html_word(report, heads[i]);
		buffer_text(out, "</th>");
	}
	buffer_text(out, "</tr></thead><tbody>\n");
}

static const char *html_label(
	struct shk_report *report, const char *ja, const char *en)
{
	return report->options.language == SHK_JAPANESE ? ja : en;
}

/* What an output is, as a reader says it, into scratch. */
static void html_output_words(
	struct shk_report *report, const struct price_output *output)
{
	struct buffer *out = &report->scratch;
	enum shk_language language = report->options.language;
	const char *unit = words_unit(output->unit, language);

	if (output->status == SHK_DETERMINED) {
		values_words(out, &output->value, language);
		if (unit[0] && output->value.kind == PRICE_NUMBER)
			buffer_format(out, " %s", unit);
		values_certainty(out, &output->value, language);
		return;
	}
	buffer_text(out, words_status(output->status, language));
	if (output->status == SHK_UNDETERMINED && output->outcome_count) {
		buffer_text(out, ": ");
		values_words_outcomes(
			out, output->outcomes, output->outcome_count, language);
		if (unit[0])
			buffer_format(out, " %s", unit);
	}
}

/* The answer in one line: the lead, or why there is none, into scratch. */
void html_lead(struct shk_report *report, const shk_result *result)
{
	enum shk_language language = report->options.language;

	if (result->status == SHK_ERROR)
		buffer_text(&report->scratch, result->message);
	else if (result->reason[0])
		buffer_text(&report->scratch,
			words_reason(result->reason, language));
	else if (result->outcome_count)
		values_words_outcomes(&report->scratch, result->outcomes,
			result->outcome_count, language);
	else if (result->output_count)
		html_output_words(report, &result->outputs[0]);
}

static void html_row(
	struct shk_report *report, const shk_result *result, const char *label)
{
	struct buffer *out = &report->out;

	buffer_format(out, "<tr class=\"%s\"><td>",
		words_status_code(result->status));
	html_text(out, result->id[0] ? result->id : "-");
	buffer_byte(out, ' ');
	html_text(out, result->name);
	buffer_text(out, "</td><td>");
	html_text(out, label);
	buffer_text(out, "</td><td class=\"status\">");
	html_text(out, words_status(result->status, report->options.language));
	buffer_text(out, "</td><td>");
	html_lead(report, result);
	html_take_mixed(out, &report->scratch, report->options.language);
	buffer_text(out, "</td><td>");
	html_text(out, result->evidence);
	buffer_text(out, "</td></tr>\n");
	buffer_byte(out, '\0');
}

static void html_meta(
	struct shk_report *report, const shk_result *result, const char *label)
{
	struct buffer *out = &report->out;
	struct buffer *scratch = &report->scratch;
	enum shk_language language = report->options.language;

	if (!report->options.piece) {
		buffer_text(out, "<h2>");
		html_text(out, result->id[0] ? result->id : "-");
		buffer_byte(out, ' ');
		html_text(out, result->name);
		buffer_text(out, "</h2>\n");
	}
	buffer_text(out, "<p class=\"meta\">");
	html_text(out, label);
	if (result->revision[0]) {
		buffer_text(scratch, label[0] ? ", " : "");
		words_fill(scratch,
			result->assumed_newest ? WORD_REVISION_NEWEST
					       : WORD_REVISION,
			language, result->revision);
	}
	if (result->as_of[0]) {
		buffer_text(scratch, ", ");
		words_fill(scratch, WORD_AS_OF, language, result->as_of);
	}
	html_take(out, scratch);
	buffer_text(out, "</p>\n");
}

static void html_pair(
	struct shk_report *report, const char *name, const char *value)
{
	buffer_text(&report->out, "<dt>");
	html_text(&report->out, name);
	buffer_text(&report->out, "</dt><dd>");
	html_text(&report->out, value);
	html_take_mixed(
		&report->out, &report->scratch, report->options.language);
	buffer_text(&report->out, "</dd>\n");
}

static void html_answer(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->out;
	const char *code = words_status_code(result->status);

	buffer_format(
		out, "<div class=\"answer %s\"><p class=\"status\">", code);
	html_text(out, words_status(result->status, report->options.language));
	buffer_text(out, "</p><p class=\"lead\">");
	html_lead(report, result);
	html_take_mixed(out, &report->scratch, report->options.language);
	buffer_text(out, "</p>\n<dl>\n");
	if (result->path[0] && result->status == SHK_ERROR) {
		buffer_format(&report->scratch, "%s:%ld %s", result->path,
			result->row, result->field);
		html_pair(report,
			words_get(WORD_RECORD, report->options.language), "");
	}
	for (size_t i = 0; i < result->output_count; i++) {
		const struct price_output *output = &result->outputs[i];
		const char *label =
			html_label(report, output->label_ja, output->label_en);

		html_output_words(report, output);
		html_pair(report, label[0] ? label : output->name, "");
	}
	buffer_text(out, "</dl></div>\n");
}

static void html_facts(struct shk_report *report, const shk_result *result)
{
	if (result->known_count == 0)
		return;
	html_title(report, WORD_HTML_FACTS);
	buffer_text(&report->out, "<dl>\n");
	for (size_t i = 0; i < result->known_count; i++)
		html_pair(
			report, result->known[i].name, result->known[i].value);
	buffer_text(&report->out, "</dl>\n");
}

static void html_caveats(struct shk_report *report, const shk_result *result)
{
	if (result->caveat_count == 0)
		return;
	html_title(report, WORD_CAVEATS_TITLE);
	buffer_text(&report->out, "<ul>\n");
	for (size_t i = 0; i < result->caveat_count; i++) {
		buffer_text(&report->out, "<li>");
		html_text(&report->out, words_caveat(result->caveats[i],
						report->options.language));
		buffer_text(&report->out, "</li>\n");
	}
	buffer_text(&report->out, "</ul>\n");
}

static void html_citation(
	struct shk_report *report, const struct price_citation *citation)
{
	struct buffer *out = &report->out;

	buffer_text(out, "<li><cite>");
	html_text(out, citation->source);
	buffer_byte(out, ' ');
	html_text(out, citation->place);
	buffer_text(out, "</cite>");
	if (citation->evidence[0]) {
		buffer_text(out, " (");
		html_text(out, citation->evidence);
		buffer_byte(out, ')');
	}
	buffer_byte(out, ' ');
	html_mixed(out, citation->title, report->options.language);
	if (citation->quote[0]) {
		buffer_text(out, "<blockquote lang=\"ja\">");
		html_text(
			out, citation->quote + strspn(citation->quote, " \t"));
		buffer_text(out, "</blockquote>");
	}
	buffer_text(out, "</li>\n");
}

static void html_sources(struct shk_report *report, const shk_result *result)
{
	enum shk_language language = report->options.language;
	bool policy = result->policy[0] && strcmp(result->policy, "{}") != 0;

	if (result->evidence[0]) {
		html_title(report, WORD_EVIDENCE_TITLE);
		buffer_format(&report->scratch, "%s: %s", result->evidence,
			words_evidence(result->evidence, language));
		buffer_text(&report->out, "<p>");
		html_take(&report->out, &report->scratch);
		buffer_text(&report->out, "</p>\n");
	}
	if (result->citation_count) {
		html_title(report, WORD_SOURCES_TITLE);
		buffer_text(&report->out, "<ul>\n");
		for (size_t i = 0; i < result->citation_count; i++)
			html_citation(report, &result->citations[i]);
		buffer_text(&report->out, "</ul>\n");
	}
	buffer_text(&report->out, "<p class=\"rules\">");
	html_word(report, WORD_RULEBOOK);
	html_text(&report->out, result->rulebook);
	buffer_text(&report->out, "<br>");
	html_word(report, WORD_POLICY);
	html_text(&report->out,
		policy ? result->policy : words_get(WORD_NO_POLICY, language));
	buffer_text(&report->out, "</p>\n");
}

static void html_result(struct shk_report *report, const shk_result *result)
{
	const char *label =
		html_label(report, result->label_ja, result->label_en);
	struct buffer *out = &report->out;

	if (!label[0])
		label = result->decision;
	if (report->options.piece == SHK_PIECE_TABLE) {
		html_table_row(report, result, label);
		return;
	}
	html_row(report, result, label);
	buffer_text(out, "<article>\n");
	if (report->options.piece != SHK_PIECE_PROOF) {
		html_meta(report, result, label);
		html_answer(report, result);
		html_missing(report, result);
		html_charts(report, result);
	}
	if (!report->options.piece) {
		html_flips(report, result);
		html_facts(report, result);
	}
	if (report->options.piece != SHK_PIECE_ANSWER &&
		report->options.piece != SHK_PIECE_PLAIN) {
		html_proof(report, result);
		html_caveats(report, result);
		html_sources(report, result);
	}
	buffer_text(out, "</article>\n");
	buffer_byte(out, '\0');
	if (report->options.header)
		report_snapshot.result(report, result);
	buffer_byte(out, '\0');
	if (report->fragment || out->failed)
		return;
	html_append(report, (struct text){ out->data, out->size });
	buffer_clear(out);
}

void html_append(struct shk_report *report, struct text bytes)
{
	struct report_page *page = &report->page;
	struct buffer *parts[] = { &page->rows, &page->articles, &page->lines };
	size_t part = 0;

	while (bytes.size) {
		const char *end = memchr(bytes.data, '\0', bytes.size);
		size_t size = end ? (size_t)(end - bytes.data) : bytes.size;

		buffer_add(parts[part], bytes.data, size);
		part = (part + 1) % 3;
		page->results += part == 0;
		size += end != NULL;
		bytes.data += size;
		bytes.size -= size;
	}
}

static void html_quiet(struct shk_report *report)
{
	(void)report;
}

static void html_head(struct shk_report *report)
{
	struct buffer *out = &report->out;

	buffer_format(out,
		"<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
		"<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-"
		"width, initial-scale=1\">\n"
		"<meta name=\"generator\" content=\"shokan %s\">\n"
		"<title>",
		html_label(report, "ja", "en"), shk_version());
	html_word(report, WORD_HTML_TITLE);
	buffer_text(out, "</title>\n<style>\n");
	buffer_text(out, html_style);
	buffer_text(out, "</style>\n</head>\n<body>\n<a class=\"skip\" "
			 "href=\"#results\">");
	html_word(report, WORD_HTML_SKIP);
	buffer_text(out, "</a>\n<header><h1>");
	html_word(report, WORD_HTML_TITLE);
	buffer_text(out, "</h1>\n<p class=\"meta\">");
	ci_counts(&report->scratch, report);
	html_take(out, &report->scratch);
	buffer_text(out, "</p></header>\n");
}

static void html_table(struct shk_report *report)
{
	static const enum word heads[] = { WORD_ID, WORD_DECISION, WORD_STATUS,
		WORD_VALUES, WORD_EVIDENCE_SHORT };
	struct buffer *out = &report->out;
	const struct buffer *rows = &report->page.rows;

	buffer_text(out, "<main id=\"results\">\n<h2>");
	html_word(report, WORD_HTML_RESULTS);
	buffer_text(out, "</h2>\n<div class=\"wide\" tabindex=\"0\"><table>"
			 "<thead><tr>");
	html_heads(report, heads, sizeof(heads) / sizeof(heads[0]));
	buffer_add(out, rows->data, rows->size);
	buffer_text(out, "</tbody></table></div>\n");
}

static void html_levels(struct shk_report *report)
{
	struct buffer *out = &report->out;

	buffer_text(out, "<section><h2>");
	html_word(report, WORD_HTML_LEVELS);
	buffer_text(out, "</h2>\n<dl>\n");
	for (int level = '0'; level <= '5'; level++) {
		const char code[] = { 'E', (char)level, '\0' };

		html_pair(report, code,
			words_evidence(code, report->options.language));
	}
	buffer_text(out, "</dl></section>\n");
}

static bool html_receipt_write(void *context, const char *data, size_t size)
{
	struct buffer *out = context;

	html_spell(out, (struct text){ data, size });
	return !out->failed;
}

/* Failures are of memory: they stick to `out`. */
static void html_receipt(struct shk_report *report)
{
	const shk_sink sink = { .context = &report->out,
		.write = html_receipt_write };
	const struct buffer *lines = &report->page.lines;
	shk_receipt *receipt = NULL;
	shk_diag diag;

	buffer_text(&report->out, "<section><h2>");
	html_word(report, WORD_HTML_RECEIPT);
	buffer_text(&report->out, "</h2>\n<p>");
	html_word(report, WORD_HTML_REPEAT);
	buffer_text(&report->out, "</p>\n<pre id=\"receipt\">");
	if (shk_receipt_new(&receipt, report->options.header, sink, &diag) !=
			SHK_OK ||
		(lines->size && shk_receipt_lines(receipt, lines->data,
					lines->size, &diag) != SHK_OK) ||
		shk_receipt_finish(receipt, &diag) != SHK_OK)
		report->out.failed = true;
	shk_receipt_free(receipt);
	buffer_text(&report->out, "</pre></section>\n");
}

static void html_finish(struct shk_report *report)
{
	const struct buffer *articles = &report->page.articles;

	if (report->options.piece == SHK_PIECE_TABLE) {
		html_table_finish(report);
		return;
	}
	if (report->options.piece) {
		buffer_add(&report->out, articles->data, articles->size);
		if (report->options.piece == SHK_PIECE_PROOF)
			html_levels(report);
		return;
	}
	html_head(report);
	html_table(report);
	buffer_add(&report->out, articles->data, articles->size);
	html_levels(report);
	if (report->options.header)
		html_receipt(report);
	buffer_text(&report->out, "</main>\n</body>\n</html>\n");
}

const struct report_writer report_html = { html_quiet, html_result,
	html_finish };
