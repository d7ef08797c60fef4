/*
 * Pages of the rules in HTML: the frame of each, the list of decisions, and
 * the documents with their passages. A page of a decision is put together in
 * rule_decision.c. Everything from the book passes through html_text.
 */
#include "report/rule_page.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/memory.h"

static const char rule_style[] =
	"body{max-width:72rem}nav{margin:.5rem 0}nav a{margin-right:1rem}"
	"section{margin:1.6rem 0}a{text-underline-offset:.2em}"
	"nav "
	"ul{margin:0;columns:18rem}td.s{min-width:8.5em}td.x{min-width:14rem}"
	"h2{margin-top:2rem;border-bottom:2px solid "
	"var(--ink)}h3 code{font-size:1.05em}"
	"code,.feel{font:.9rem/1.45 ui-monospace,Menlo,Consolas,"
	"\"Noto Sans Mono CJK JP\",monospace;white-space:pre-wrap}"
	"caption{text-align:left;color:var(--soft)}"
	"table.dt{border:1px solid var(--ink)}"
	"table.dt th,table.dt td{border:1px solid var(--line)}"
	".dt thead th{vertical-align:bottom}"
	".dt .o{border-left:3px double var(--ink)}"
	".dt .x{border-left:3px solid var(--ink)}"
	"th small,.soft{color:var(--soft);font-weight:normal;display:block}"
	".graph svg{max-width:none;min-width:44rem;background:var(--paper)}"
	".graph text{fill:var(--ink)}.needs li{margin:.2rem 0}"
	"pre.feel{font-size:.9rem;padding:.5rem .75rem;margin:.5rem 0;"
	"border-left:.3rem solid var(--bar)}"
	":target{outline:3px solid var(--bar);outline-offset:2px}\n";

void rule_say(struct rule_page *page, const char *ja, const char *en)
{
	html_text(&page->out, page->ja ? ja : en);
}

const char *rule_word(
	const struct rule_page *page, const struct rulebook_words *words)
{
	const char *first = page->ja ? words->ja : words->en;

	return *first ? first : page->ja ? words->en : words->ja;
}

void rule_line(struct rule_page *page, const char *text)
{
	const char *gap = "";

	for (;;) {
		size_t size;

		text += strspn(text, " \t\r\n");
		size = strcspn(text, " \t\r\n");
		if (size == 0)
			break;
		buffer_text(&page->scratch, gap);
		buffer_add(&page->scratch, text, size);
		gap = " ";
		text += size;
	}
	html_take(&page->out, &page->scratch);
}

void rule_column(struct rule_page *page, const char *ja, const char *en)
{
	buffer_text(&page->out, "<th scope=\"col\">");
	rule_say(page, ja, en);
	buffer_text(&page->out, "</th>");
}

void rule_title(
	struct rule_page *page, const char *id, const char *ja, const char *en)
{
	buffer_format(&page->out, "<h2 id=\"%s\">", id);
	rule_say(page, ja, en);
	buffer_text(&page->out, "</h2>\n");
}

void rule_in(
	struct rule_page *page, const char *tag, const char *text, bool text_ja)
{
	buffer_format(&page->out, "<%s", tag);
	if (text_ja != page->ja)
		buffer_format(
			&page->out, " lang=\"%s\"", text_ja ? "ja" : "en");
	buffer_text(&page->out, ">");
	rule_line(page, text);
	buffer_format(&page->out, "</%.*s>", (int)strcspn(tag, " "), tag);
}

void rule_day(struct rule_page *page, int32_t day)
{
	char text[DATE_TEXT];

	date_format(day, text);
	html_text(&page->out, text);
}

const char *rule_file(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

bool rule_address(struct rule_page *page, const shk_rule_page *to)
{
	const shk_rule_page *asked = page->asked;
	char name[SHK_RULE_PAGE_NAME];
	shk_diag diag;

	if (shk_rule_page_name(page->book, to, name, &diag) != SHK_OK)
		return false;
	if (asked->before)
		html_text(&page->out, asked->before);
	html_text(&page->out, name);
	if (asked->before && asked->after)
		html_text(&page->out, asked->after);
	return true;
}

void rule_link(
	struct rule_page *page, const shk_rule_page *to, const char *text)
{
	size_t start = page->out.size;

	buffer_text(&page->out, "<a href=\"");
	if (!rule_address(page, to)) {
		page->out.size = start;
		html_text(&page->out, text);
		return;
	}
	buffer_text(&page->out, "\">");
	html_text(&page->out, text);
	buffer_text(&page->out, "</a>");
}

/* The number of a passage from 1, which is remembered; 0: no memory. */
static size_t rule_passage(struct rule_page *page, const struct dmn_cite *cite)
{
	size_t i;

	for (i = 0; i < page->passage_count; i++)
		if (strcmp(page->passages[i].source, cite->source) == 0 &&
			strcmp(page->passages[i].place, cite->place) == 0)
			return i + 1;
	if (!memory_grow((void **)&page->passages, &page->passage_capacity,
		    i + 1, sizeof(*page->passages))) {
		page->out.failed = true;
		return 0;
	}
	page->passages[i].source = cite->source;
	page->passages[i].place = cite->place;
	return ++page->passage_count;
}

void rule_cites(
	struct rule_page *page, const struct dmn_cite *cites, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buffer_format(&page->out, "%s<a href=\"#q%zu\">", i ? "; " : "",
			rule_passage(page, &cites[i]));
		buffer_format(&page->scratch, "%s %s", cites[i].source,
			cites[i].place);
		html_take(&page->out, &page->scratch);
		buffer_text(&page->out, "</a>");
	}
}

const char *rule_evidence(const struct dmn_cite *cites, size_t count)
{
	const char *weakest = "";

	for (size_t i = 0; i < count; i++)
		if (strcmp(cites[i].evidence, weakest) > 0)
			weakest = cites[i].evidence;
	return weakest;
}

/* Up to the heading's text. */
static void rule_head(struct rule_page *page, const char *title)
{
	if (page->asked->before)
		return;
	buffer_format(&page->out,
		"<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
		"<meta charset=\"utf-8\">\n"
		"<meta name=\"generator\" content=\"shokan rules html\">\n"
		"<meta name=\"viewport\" "
		"content=\"width=device-width,initial-scale=1\">\n"
		"<title>",
		page->ja ? "ja" : "en");
	html_text(&page->out, title);
	buffer_text(&page->out, "</title>\n<style>\n");
	buffer_text(&page->out, html_style);
	buffer_text(&page->out, rule_style);
	buffer_text(&page->out, "</style>\n</head>\n<body>\n"
				"<a class=\"skip\" href=\"#main\">");
	rule_say(page, "本文へ", "Skip to the content");
	buffer_text(&page->out, "</a>\n");
}

static void rule_nav(struct rule_page *page)
{
	const shk_rule_page index = { .kind = SHK_RULE_PAGE_INDEX };
	const shk_rule_page sources = { .kind = SHK_RULE_PAGE_SOURCES };
	shk_rule_page other = *page->asked;

	buffer_text(&page->out, "<nav aria-label=\"");
	rule_say(page, "規則のページ", "Pages of rules");
	buffer_text(&page->out, "\">");
	rule_link(page, &index, page->ja ? "規則の一覧" : "All decisions");
	rule_link(page, &sources, page->ja ? "出典" : "Sources");
	for (size_t i = 0; i < page->book->revision_count; i++) {
		if (page->asked->kind != SHK_RULE_PAGE_DECISION ||
			page->asked->alone || i == page->in)
			continue;
		other.revision = page->book->revisions[i].id;
		buffer_format(&page->scratch, "%s (%s)",
			page->ja ? "同じ規則" : "Same decision",
			other.revision);
		if (page->scratch.failed)
			break;
		rule_link(page, &other, page->scratch.data);
		buffer_clear(&page->scratch);
	}
	buffer_text(&page->out, "</nav>\n");
	if (!page->asked->before)
		buffer_text(&page->out, "<main id=\"main\">\n");
}

static void rule_foot(struct rule_page *page)
{
	if (!page->asked->before)
		buffer_text(&page->out, "</main>\n<footer>");
	buffer_text(&page->out, "<p class=\"meta\">");
	rule_say(page, "規則集", "Rulebook");
	buffer_text(&page->out, " <code>");
	html_text(&page->out, page->book->hash);
	buffer_text(&page->out, "</code></p>");
	if (!page->asked->before)
		buffer_text(&page->out, "</footer>\n</body>\n</html>");
	buffer_byte(&page->out, '\n');
}

/* The link to a decision in a revision, in the list. */
static void rule_index_cell(struct rule_page *page, size_t at, size_t in)
{
	const struct rulebook_revision *revision = &page->book->revisions[in];
	const shk_rule_page to = { .kind = SHK_RULE_PAGE_DECISION,
		.decision = page->book->decisions[at].name,
		.revision = revision->id };

	buffer_text(&page->out, "<div>");
	rule_link(page, &to, revision->id);
	buffer_text(&page->out, "<span class=\"soft\">");
	if (*page->book->decisions[at].not_encoded)
		rule_say(page, "計算できない", "not encoded");
	else if (!revision->bound[at].present)
		rule_say(page, "規則なし", "no rule");
	buffer_text(&page->out, "</span></div>");
}

static bool rule_has(const struct rule_page *page, size_t in)
{
	return !page->asked->revision ||
	       strcmp(page->asked->revision, page->book->revisions[in].id) == 0;
}

static void rule_index_row(struct rule_page *page, size_t at)
{
	const struct rulebook_decision *rule = &page->book->decisions[at];

	buffer_text(&page->out, "<tr><td>");
	html_text(&page->out, rule->number);
	buffer_text(&page->out, "</td><th scope=\"row\">");
	html_text(&page->out, rule_word(page, &rule->label));
	buffer_text(&page->out, "<small>");
	html_text(&page->out, rule_word(page, &rule->question));
	buffer_text(&page->out, "</small><small><code>");
	html_text(&page->out, rule->name);
	buffer_text(&page->out, "</code></small></th><td>");
	for (size_t i = 0; i < page->book->revision_count; i++)
		if (rule_has(page, i))
			rule_index_cell(page, at, i);
	buffer_text(&page->out, "</td></tr>\n");
}

static void rule_index_revisions(struct rule_page *page)
{
	buffer_text(&page->out, "<dl>");
	for (size_t i = 0; i < page->book->revision_count; i++) {
		const struct rulebook_revision *revision =
			&page->book->revisions[i];

		if (!rule_has(page, i))
			continue;
		buffer_text(&page->out, "<dt>");
		html_text(&page->out, revision->id);
		buffer_text(&page->out, "</dt><dd>");
		html_text(&page->out, rule_word(page, &revision->label));
		buffer_text(&page->out, page->ja ? "、" : ", from ");
		rule_day(page, revision->from);
		buffer_text(&page->out, page->ja ? " から</dd>" : "</dd>");
	}
	buffer_text(&page->out, "</dl>\n");
}

static void rule_index(struct rule_page *page)
{
	rule_head(page, page->ja ? "規則の一覧" : "The rules");
	rule_nav(page);
	buffer_text(&page->out, "<h1>");
	rule_say(page, "規則の一覧", "The rules");
	buffer_text(&page->out, "</h1>\n");
	rule_index_revisions(page);
	buffer_text(&page->out, "<div class=\"wide\" tabindex=\"0\" "
				"role=\"region\" aria-label=\"");
	rule_say(page, "規則の一覧", "The rules");
	buffer_text(&page->out, "\"><table><thead><tr>");
	rule_column(page, "番号", "No.");
	rule_column(page, "規則と問い", "Decision and its question");
	rule_column(page, "改定", "Revision");
	buffer_text(&page->out, "</tr></thead><tbody>\n");
	for (size_t i = 0; i < page->book->decision_count; i++)
		rule_index_row(page, i);
	buffer_text(&page->out, "</tbody></table></div>\n");
	rule_foot(page);
}

static void rule_source_passages(struct rule_page *page,
	const struct rulebook_quote *list, size_t count, bool reading)
{
	for (size_t i = 0; i < count; i++) {
		buffer_text(&page->out, "<h3>");
		html_text(&page->out, list[i].place);
		if (reading)
			rule_say(page, "（読み取った内容）",
				" (what was read, in our words)");
		buffer_text(&page->out, "</h3>\n<blockquote");
		if (!reading && !page->ja)
			buffer_text(&page->out, " lang=\"ja\"");
		buffer_text(&page->out, ">");
		if (reading)
			html_mixed(&page->out, list[i].text,
				page->asked->language);
		else
			html_text(&page->out, list[i].text);
		buffer_text(&page->out, "</blockquote>\n");
	}
}

static void rule_fact(struct rule_page *page, const char *ja, const char *en,
	const char *text)
{
	if (!*text)
		return;
	buffer_text(&page->out, "<dt>");
	rule_say(page, ja, en);
	buffer_text(&page->out, "</dt><dd>");
	html_mixed(&page->out, text, page->asked->language);
	buffer_text(&page->out, "</dd>");
}

static void rule_source(
	struct rule_page *page, const struct rulebook_source *source)
{
	buffer_text(&page->out, "<section>\n<h2 id=\"");
	html_text(&page->out, source->id);
	buffer_text(&page->out, "\">");
	html_text(&page->out, source->id);
	buffer_text(&page->out, " ");
	html_mixed(&page->out, source->title, page->asked->language);
	buffer_text(&page->out, "</h2>\n<dl>");
	rule_fact(page, "日付", "Date", source->date);
	rule_fact(page, "確認した範囲", "Text seen", source->seen);
	rule_fact(page, "所在", "Where", source->url);
	buffer_text(&page->out, "</dl>\n");
	rule_source_passages(page, source->quotes, source->quote_count, false);
	rule_source_passages(
		page, source->readings, source->reading_count, true);
	buffer_text(&page->out, "</section>\n");
}

static void rule_sources(struct rule_page *page)
{
	rule_head(page, page->ja ? "出典" : "Sources");
	rule_nav(page);
	buffer_text(&page->out, "<h1>");
	rule_say(page, "出典", "Sources");
	buffer_text(&page->out, "</h1>\n");
	for (size_t i = 0; i < page->book->source_count; i++)
		rule_source(page, &page->book->sources[i]);
	rule_foot(page);
}

/* Indexes of what is asked for; the revision of an index may be NULL. */
static enum shk_code rule_find(const shk_rulebook *book,
	const shk_rule_page *page, int *at, int *in, shk_diag *diag)
{
	*at = 0;
	*in = 0;
	if (page->revision)
		*in = rulebook_revision_find(book, page->revision);
	else if (page->kind == SHK_RULE_PAGE_DECISION)
		*in = -1;
	if (*in < 0)
		return diag_set(diag, SHK_E_USAGE,
			"there is no revision \"%s\"",
			page->revision ? page->revision : "");
	if (page->kind != SHK_RULE_PAGE_DECISION)
		return SHK_OK;
	*at = page->decision ? rulebook_decision_find(book, page->decision)
			     : -1;
	return *at < 0 ? rulebook_no_decision(book,
				 page->decision ? page->decision : "", diag)
		       : SHK_OK;
}

/* Is `text` made of what every file system and address takes? */
static bool rule_plain(const char *text)
{
	return *text && text[0] != '.' &&
	       text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
				 "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				 "0123456789_.-")] == '\0';
}

enum shk_code shk_rule_page_name(const shk_rulebook *rulebook,
	const shk_rule_page *page, char name[SHK_RULE_PAGE_NAME],
	shk_diag *diag)
{
	int at, in;
	enum shk_code code = rule_find(rulebook, page, &at, &in, diag);
	const char *revision = page->revision;
	const char *decision = page->decision;

	if (code)
		return code;
	if (page->kind != SHK_RULE_PAGE_DECISION) {
		snprintf(name, SHK_RULE_PAGE_NAME, "%s.html",
			page->kind == SHK_RULE_PAGE_INDEX ? "index"
							  : "sources");
		return SHK_OK;
	}
	if (!rule_plain(revision) || !rule_plain(decision) ||
		strlen(revision) + strlen(decision) + sizeof("-.html") >
			SHK_RULE_PAGE_NAME)
		return diag_set(diag, SHK_E_LIMIT,
			"the page of \"%s\" in \"%s\" has no name for a file: "
			"letters, digits, _, . and -, at most %d bytes",
			decision, revision, SHK_RULE_PAGE_NAME - 1);
	snprintf(name, SHK_RULE_PAGE_NAME, "%s-%s.html", revision, decision);
	return SHK_OK;
}

static void rule_write(struct rule_page *page)
{
	const struct rulebook_decision *rule = &page->book->decisions[page->at];

	if (page->asked->kind == SHK_RULE_PAGE_INDEX) {
		rule_index(page);
		return;
	}
	if (page->asked->kind == SHK_RULE_PAGE_SOURCES) {
		rule_sources(page);
		return;
	}
	buffer_format(&page->scratch, "%s (%s)", rule_word(page, &rule->label),
		page->asked->revision);
	if (page->scratch.failed)
		return;
	rule_head(page, page->scratch.data);
	buffer_clear(&page->scratch);
	rule_nav(page);
	rule_decision(page);
	rule_foot(page);
}

enum shk_code shk_rule_page_write(const shk_rulebook *rulebook,
	const shk_rule_page *page, shk_sink sink, shk_diag *diag)
{
	struct rule_page *writer;
	int at, in;
	enum shk_code code = rule_find(rulebook, page, &at, &in, diag);

	if (code)
		return code;
	if (rulebook->partial)
		return diag_set(diag, SHK_E_USAGE,
			"pages need the whole rulebook, and a part of it was "
			"opened");
	writer = memory_zeroed(1, sizeof(*writer));
	if (!writer)
		return diag_memory(diag);
	writer->book = rulebook;
	writer->asked = page;
	writer->ja = page->language == SHK_JAPANESE;
	writer->at = (size_t)at;
	writer->in = (size_t)in;
	writer->graph = rulebook->revisions[in].graph;
	buffer_init(&writer->out);
	buffer_init(&writer->scratch);
	rule_write(writer);
	if (writer->out.failed || writer->scratch.failed)
		code = diag_memory(diag);
	else if (!sink.write(sink.context, writer->out.data, writer->out.size))
		code = diag_set(diag, SHK_E_IO, "could not write the page");
	buffer_release(&writer->out);
	buffer_release(&writer->scratch);
	memory_free(writer->passages);
	memory_free(writer);
	return code;
}
