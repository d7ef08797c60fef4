/*
 * The form: which rules, the facts with what decides first, what the law
 * leaves open. A field that is not needed stands folded, but never one that is
 * filled in. A value that is wrong stays as it was typed, with what is right.
 */
#include "serve/page_ask.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "serve/page_rules.h"
#include "serve/problem.h"

static char fields_front(const struct page_field *field)
{
	return field->about->parameter ? 'p' : 'f';
}

static const char *fields_label(
	const struct page_ask *ask, const struct page_field *field)
{
	const char *label = ask->shell->language == SHK_JAPANESE
				    ? field->about->label_ja
				    : field->about->label_en;

	return label[0] ? label : field->about->name;
}

/* ` id="f-NAME" name="f.NAME"` or `id` alone. */
static void fields_id(
	struct page_ask *ask, const struct page_field *field, const char *front)
{
	buffer_format(
		ask->shell->out, " id=\"%s%c-", front, fields_front(field));
	serve_html_text(ask->shell->out, field->about->name);
	buffer_byte(ask->shell->out, '"');
}

static void fields_name(struct page_ask *ask, const struct page_field *field)
{
	buffer_format(ask->shell->out, " name=\"%c.", fields_front(field));
	serve_html_text(ask->shell->out, field->about->name);
	buffer_byte(ask->shell->out, '"');
}

/* What describes the field: its state, hint, and error. */
static void fields_described(
	struct page_ask *ask, const struct page_field *field)
{
	static const char *const fronts[] = { "s", "h", "e" };
	bool wrong = field->state == PAGE_IS_WRONG;
	struct buffer *out = ask->shell->out;

	buffer_text(out, " aria-describedby=\"");
	for (size_t i = 0; i < (wrong ? 3u : 2u); i++) {
		buffer_format(out, "%s%s-%c-", i ? " " : "", fronts[i],
			fields_front(field));
		serve_html_text(out, field->about->name);
	}
	buffer_text(out, wrong ? "\" aria-invalid=\"true\"" : "\"");
}

static void fields_state(struct page_ask *ask, const struct page_field *field)
{
	static const struct {
		const char *style;
		enum page_word word;
	} states[] = {
		[PAGE_IS_WRONG] = { "wrong", PAGE_STATE_WRONG },
		[PAGE_IS_ALONE] = { "alone", PAGE_STATE_ALONE },
		[PAGE_IS_MISSING] = { "missing", PAGE_STATE_MISSING },
		[PAGE_IS_PARTLY] = { "missing", PAGE_STATE_PARTLY },
		[PAGE_IS_USED] = { "used", PAGE_STATE_USED },
		[PAGE_IS_UNUSED] = { "idle", PAGE_STATE_UNUSED },
		[PAGE_IS_IDLE] = { "idle", PAGE_STATE_IDLE },
	};
	struct buffer *out = ask->shell->out;

	buffer_format(out, " <span class=\"state %s\"",
		field->state == PAGE_IS_OPEN ? "open"
					     : states[field->state].style);
	fields_id(ask, field, "s-");
	buffer_byte(out, '>');
	if (field->state != PAGE_IS_OPEN)
		page_say(ask->shell, states[field->state].word);
	buffer_text(out, "</span>\n");
}

static void fields_hint(struct page_ask *ask, const struct page_field *field)
{
	enum shk_language language = ask->shell->language;
	const shk_form_field *about = field->about;
	const char *meaning = language == SHK_JAPANESE ? about->meaning_ja
						       : about->meaning_en;
	bool choice =
		about->kind == SHK_FORM_WORD || about->kind == SHK_FORM_TRUTH;
	struct buffer *out = ask->shell->out;
	struct buffer hint;

	buffer_init(&hint);
	buffer_text(&hint, meaning);
	if (!choice) {
		buffer_text(&hint, meaning[0] ? "; " : "");
		page_field_hint(&hint, about, language);
	}
	buffer_text(out, "<p class=\"hint\"");
	fields_id(ask, field, "h-");
	buffer_text(out, "><code>");
	serve_html_text(out, about->name);
	buffer_text(out, "</code> ");
	serve_html_text(out, hint.size ? hint.data : "");
	buffer_text(out, "</p>\n");
	out->failed = out->failed || hint.failed;
	buffer_release(&hint);
}

/* Without the name of the field in front, which stands beside it. */
static const char *fields_says(const struct page_field *field)
{
	const char *name = field->about->name;
	size_t size = strlen(name);

	if (!field->says)
		return "";
	return strncmp(field->says, name, size) == 0 &&
			       strncmp(field->says + size, ": ", 2) == 0
		       ? field->says + size + 2
		       : field->says;
}

/* What is wrong: the library says it in English. */
static void fields_wrong(struct page_ask *ask, const struct page_field *field)
{
	enum shk_language language = ask->shell->language;
	struct buffer *out = ask->shell->out;
	struct buffer hint;

	if (language == SHK_JAPANESE) {
		buffer_init(&hint);
		page_field_hint(&hint, field->about, language);
		page_say_with(
			ask->shell, PAGE_WRONG, hint.size ? hint.data : "");
		buffer_text(out, " ");
		page_say(ask->shell, PAGE_WRONG_SAYS);
		out->failed = out->failed || hint.failed;
		buffer_release(&hint);
	}
	problem_message(out, language, fields_says(field));
}

static void fields_error(struct page_ask *ask, const struct page_field *field)
{
	if (field->state != PAGE_IS_WRONG)
		return;
	buffer_text(ask->shell->out, "<p class=\"error\"");
	fields_id(ask, field, "e-");
	buffer_byte(ask->shell->out, '>');
	fields_wrong(ask, field);
	buffer_text(ask->shell->out, "</p>\n");
}

static void fields_radio(struct page_ask *ask, const struct page_field *field,
	const char *value, enum page_word word)
{
	struct buffer *out = ask->shell->out;

	buffer_text(out, "<label><input type=\"radio\"");
	if (strcmp(value, "true") == 0)
		fields_id(ask, field, "");
	fields_name(ask, field);
	buffer_format(out, " value=\"%s\"%s> ", value,
		strcmp(field->value, value) == 0 ? " checked" : "");
	page_say(ask->shell, word);
	buffer_text(out, "</label>\n");
}

/* Yes, no, and the third that is neither. */
static void fields_truth(struct page_ask *ask, const struct page_field *field)
{
	struct buffer *out = ask->shell->out;

	buffer_text(out, "<fieldset");
	fields_described(ask, field);
	buffer_text(out, ">\n<legend>");
	serve_html_text(out, fields_label(ask, field));
	fields_state(ask, field);
	buffer_text(out, "</legend>\n");
	fields_hint(ask, field);
	fields_error(ask, field);
	buffer_text(out, "<div class=\"radios\">\n");
	fields_radio(ask, field, "true", PAGE_YES);
	fields_radio(ask, field, "false", PAGE_NO);
	fields_radio(ask, field, "",
		field->about->parameter ? PAGE_NOT_DECIDED : PAGE_UNKNOWN);
	buffer_text(out, "</div>\n</fieldset>\n");
}

static void fields_option(struct page_ask *ask, const struct page_field *field,
	const char *value, const char *label)
{
	struct buffer *out = ask->shell->out;

	buffer_text(out, "<option value=\"");
	serve_html_text(out, value);
	buffer_format(out, "\"%s>",
		strcmp(field->value, value) == 0 ? " selected" : "");
	serve_html_text(out, label);
	if (value[0] && strcmp(label, value) != 0) {
		buffer_text(out, " (");
		serve_html_text(out, value);
		buffer_byte(out, ')');
	}
	buffer_text(out, "</option>\n");
}

static bool fields_has_word(const shk_form_field *about, const char *word)
{
	for (size_t i = 0; i < about->word_count; i++)
		if (strcmp(about->words[i], word) == 0)
			return true;
	return word[0] == '\0' || (about->none && strcmp(word, "none") == 0);
}

static void fields_select(struct page_ask *ask, const struct page_field *field)
{
	enum shk_language language = ask->shell->language;
	const shk_form_field *about = field->about;

	buffer_text(ask->shell->out, "<select");
	fields_id(ask, field, "");
	fields_name(ask, field);
	fields_described(ask, field);
	buffer_text(ask->shell->out, ">\n");
	fields_option(ask, field, "",
		page_words_get(
			about->parameter ? PAGE_NOT_DECIDED : PAGE_UNKNOWN,
			language));
	for (size_t i = 0; i < about->word_count; i++)
		fields_option(ask, field, about->words[i],
			page_words_choice(
				about->name, about->words[i], language));
	if (about->none)
		fields_option(ask, field, "none",
			page_words_get(PAGE_NONE, language));
	if (!fields_has_word(about, field->value))
		fields_option(ask, field, field->value, field->value);
	buffer_text(ask->shell->out, "</select>\n");
}

static void fields_area(struct page_ask *ask, const struct page_field *field)
{
	struct buffer *out = ask->shell->out;

	buffer_text(out, "<textarea rows=\"3\" spellcheck=\"false\"");
	fields_id(ask, field, "");
	fields_name(ask, field);
	fields_described(ask, field);
	buffer_text(out, ">\n");
	for (const char *at = field->typed; *at; at++) {
		const char text[] = { *at == '|' ? '\n' : *at, '\0' };

		serve_html_text(out, text);
	}
	buffer_text(out, "</textarea>\n");
}

static void fields_input(struct page_ask *ask, const struct page_field *field)
{
	enum shk_form_kind kind = field->about->kind;
	struct buffer *out = ask->shell->out;
	int32_t day;
	/* a field for days would not show what is none */
	bool date = kind == SHK_FORM_DATE &&
		    (!field->typed[0] || date_parse(field->value,
						 strlen(field->value), &day));

	buffer_format(out, "<input type=\"%s\"", date ? "date" : "text");
	fields_id(ask, field, "");
	fields_name(ask, field);
	fields_described(ask, field);
	if (kind == SHK_FORM_NUMBER || kind == SHK_FORM_WHOLE)
		buffer_format(out, " inputmode=\"%s\"",
			field->about->none ? "text" : "decimal");
	buffer_text(out, " autocomplete=\"off\" spellcheck=\"false\" value=\"");
	serve_html_text(out, date ? field->value : field->typed);
	buffer_text(out, "\">\n");
}

static void fields_write(struct page_ask *ask, const struct page_field *field)
{
	struct buffer *out = ask->shell->out;

	buffer_text(out, "<div class=\"field\"");
	fields_id(ask, field, "field-");
	buffer_text(out, ">\n");
	if (field->about->kind == SHK_FORM_TRUTH) {
		fields_truth(ask, field);
		buffer_text(out, "</div>\n");
		return;
	}
	buffer_format(out, "<label for=\"%c-", fields_front(field));
	serve_html_text(out, field->about->name);
	buffer_text(out, "\">");
	serve_html_text(out, fields_label(ask, field));
	buffer_text(out, "</label>");
	fields_state(ask, field);
	fields_hint(ask, field);
	fields_error(ask, field);
	if (field->about->kind == SHK_FORM_WORD)
		fields_select(ask, field);
	else if (field->about->kind == SHK_FORM_LIST)
		fields_area(ask, field);
	else
		fields_input(ask, field);
	buffer_text(out, "</div>\n");
}

static size_t fields_count(
	const struct page_ask *ask, bool parameter, bool idle)
{
	size_t count = 0;

	for (size_t i = 0; i < ask->count; i++)
		count += ask->fields[i].about->parameter == parameter &&
			 (!idle || ask->fields[i].state == PAGE_IS_IDLE);
	return count;
}

/* Those in one state after the other, in the order of the states. */
static void fields_group(struct page_ask *ask, bool parameter)
{
	for (unsigned state = 0; state < PAGE_IS_IDLE; state++)
		for (size_t i = 0; i < ask->count; i++)
			if (ask->fields[i].about->parameter == parameter &&
				ask->fields[i].state == state)
				fields_write(ask, &ask->fields[i]);
}

static void fields_idle(
	struct page_ask *ask, bool parameter, enum page_word title)
{
	size_t count = fields_count(ask, parameter, true);
	char text[24];

	if (count == 0)
		return;
	snprintf(text, sizeof(text), "%zu", count);
	buffer_text(ask->shell->out, "<details>\n<summary>");
	page_say_with(ask->shell, title, text);
	buffer_text(ask->shell->out, "</summary>\n");
	if (!parameter)
		page_element(ask->shell, "p", PAGE_MORE_HINT);
	for (size_t i = 0; i < ask->count; i++)
		if (ask->fields[i].about->parameter == parameter &&
			ask->fields[i].state == PAGE_IS_IDLE)
			fields_write(ask, &ask->fields[i]);
	buffer_text(ask->shell->out, "</details>\n");
}

static void fields_set(struct page_ask *ask, bool parameter)
{
	struct page_shell *shell = ask->shell;

	buffer_format(shell->out, "<fieldset id=\"%s\">\n",
		parameter ? "parameters" : "facts");
	page_element(shell, "legend", parameter ? PAGE_PARAMETERS : PAGE_FACTS);
	if (fields_count(ask, parameter, false) == 0)
		page_element(shell, "p", PAGE_NO_FACTS);
	else
		page_element(shell, "p",
			parameter ? PAGE_PARAMETERS_HINT : PAGE_FACTS_HINT);
	fields_group(ask, parameter);
	fields_idle(ask, parameter,
		parameter ? PAGE_MORE_PARAMETERS : PAGE_MORE_FACTS);
	buffer_text(shell->out, "</fieldset>\n");
}

static void fields_hidden(
	struct page_ask *ask, const char *name, const char *value)
{
	struct buffer *out = ask->shell->out;

	buffer_text(out, "<input type=\"hidden\" name=\"");
	serve_html_text(out, name);
	buffer_text(out, "\" value=\"");
	serve_html_text(out, value);
	buffer_text(out, "\">\n");
}

void page_fields_write(struct page_ask *ask)
{
	const char *language =
		ask->shell->language == SHK_JAPANESE ? "ja" : "en";
	struct buffer *out = ask->shell->out;

	buffer_text(out, "<form id=\"ask\" class=\"ask\" method=\"get\" "
			 "action=\"/ask\" data-copy=\"");
	page_say(ask->shell, PAGE_COPY);
	buffer_text(out, "\" data-copied=\"");
	page_say(ask->shell, PAGE_COPIED);
	buffer_text(out, "\">\n");
	fields_hidden(ask, "decision", ask->name);
	fields_hidden(ask, "lang", language);
	for (size_t i = 0; i < ask->stray_count; i++)
		if (!ask->strays[i].says)
			fields_hidden(ask, ask->strays[i].pair->name,
				ask->strays[i].value);
	fields_set(ask, false);
	if (fields_count(ask, true, false))
		fields_set(ask, true);
	page_rules_fields(ask->shell, ask->app, ask->wrong_rules);
	buffer_text(out, "<p class=\"send\"><button type=\"submit\">");
	page_say(ask->shell, PAGE_ASK_BUTTON);
	buffer_text(out, "</button> <a href=\"/ask?decision=");
	page_encode(out, ask->name);
	buffer_format(out, "&amp;lang=%s\">", language);
	page_say(ask->shell, PAGE_CLEAR);
	buffer_text(out, "</a> <a class=\"to-answer\" href=\"#answer\">");
	page_say(ask->shell, PAGE_TO_ANSWER);
	buffer_text(out, "</a></p>\n<p id=\"live\" role=\"status\"></p>\n"
			 "</form>\n");
}

static void errors_fields(struct page_ask *ask)
{
	struct buffer *out = ask->shell->out;

	for (size_t i = 0; i < ask->count; i++) {
		const struct page_field *field = &ask->fields[i];

		if (field->state != PAGE_IS_WRONG)
			continue;
		buffer_format(out, "<li><a href=\"#%c-", fields_front(field));
		serve_html_text(out, field->about->name);
		buffer_text(out, "\">");
		serve_html_text(out, fields_label(ask, field));
		buffer_text(out, "</a>: ");
		fields_wrong(ask, field);
		buffer_text(out, "</li>\n");
	}
}

void page_errors_write(struct page_ask *ask)
{
	struct buffer *out = ask->shell->out;

	buffer_text(out, "<div id=\"errors\">");
	if (ask->wrong) {
		buffer_text(out, "<div class=\"errors\">\n");
		page_element(ask->shell, "h2", PAGE_WRONG_TITLE);
		buffer_text(out, "<ul>\n");
		errors_fields(ask);
		for (size_t i = 0; i < ask->stray_count; i++) {
			if (!ask->strays[i].says)
				continue;
			buffer_text(out, "<li><code>");
			serve_html_text(out, ask->strays[i].pair->name);
			buffer_text(out, "</code>: ");
			problem_text(out, ask->shell->language, SHK_E_USAGE, "",
				ask->strays[i].says);
			buffer_text(out, "</li>\n");
		}
		if (ask->wrong_rules) {
			buffer_text(out, "<li><a href=\"#revision\">");
			page_say(ask->shell, PAGE_RULES_LEGEND);
			buffer_text(out, "</a>: ");
			page_say(ask->shell, PAGE_WRONG_DAY);
			buffer_text(out, "</li>\n");
		}
		buffer_text(out, "</ul></div>\n");
	}
	buffer_text(out, "</div>\n");
}
