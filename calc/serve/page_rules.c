/*
 * Revision and day: a choice and a day, of which either may be left open. A
 * day that is no day is shown as it was typed, which a field for days does not.
 */
#include "serve/page_rules.h"

#include <string.h>

#include "base/date.h"

/* How a day is written: the first day of the newest revision. */
static void rules_example(const struct serve_app *app, char day[static 11])
{
	size_t count = shk_rulebook_revision_count(app->rulebook);

	day[0] = '\0';
	if (count)
		shk_rulebook_revision_day(app->rulebook, count - 1, day);
}

static void rules_revision(
	struct page_shell *shell, const struct serve_app *app, size_t index)
{
	const shk_rulebook *book = app->rulebook;
	const char *id = shk_rulebook_revision(book, index);
	const char *given = serve_request_value(shell->request, "revision");
	struct buffer *out = shell->out;
	char day[11] = "";

	shk_rulebook_revision_day(book, index, day);
	buffer_text(out, "<option value=\"");
	serve_html_text(out, id);
	buffer_format(out, "\"%s>",
		given && strcmp(given, id) == 0 ? " selected" : "");
	serve_html_text(out, id);
	buffer_text(out, ": ");
	serve_html_text(
		out, shk_rulebook_revision_label(book, index, shell->language));
	buffer_text(out, ", ");
	page_say_with(shell, PAGE_REVISION_FROM, day);
	buffer_text(out, "</option>\n");
}

static void rules_day(
	struct page_shell *shell, const struct serve_app *app, bool wrong)
{
	const char *given = serve_request_value(shell->request, "as_of");
	struct buffer *out = shell->out;
	char example[11];
	int32_t day;

	rules_example(app, example);
	buffer_text(out, "<div class=\"field\"><label for=\"as_of\">");
	page_say(shell, PAGE_DAY);
	buffer_text(out, "</label>\n<p class=\"hint\" id=\"h-as_of\">");
	page_say_with(shell, PAGE_DAY_HINT, example);
	buffer_format(out,
		"</p>\n<input id=\"as_of\" name=\"as_of\" type=\"%s\" "
		"aria-describedby=\"h-as_of%s\"%s value=\"",
		!given || date_parse(given, strlen(given), &day) ? "date"
								 : "text",
		wrong ? " e-rules" : "", wrong ? " aria-invalid=\"true\"" : "");
	serve_html_text(out, given ? given : "");
	buffer_text(out, "\"></div>\n");
}

void page_rules_fields(
	struct page_shell *shell, const struct serve_app *app, bool wrong)
{
	size_t count = shk_rulebook_revision_count(app->rulebook);
	struct buffer *out = shell->out;

	buffer_text(out, "<fieldset id=\"rules\" class=\"rules-of\">\n");
	page_element(shell, "legend", PAGE_RULES_LEGEND);
	if (wrong) {
		buffer_text(out, "<p class=\"error\" id=\"e-rules\">");
		page_say(shell, PAGE_WRONG_DAY);
		buffer_text(out, "</p>\n");
	}
	buffer_text(out, "<div class=\"field\"><label for=\"revision\">");
	page_say(shell, PAGE_REVISION);
	buffer_format(out,
		"</label>\n<select id=\"revision\" name=\"revision\"%s>\n"
		"<option value=\"\">",
		wrong ? " aria-describedby=\"e-rules\" aria-invalid=\"true\""
		      : "");
	page_say(shell, PAGE_REVISION_BY_DAY);
	buffer_text(out, "</option>\n");
	for (size_t i = count; i-- > 0;)
		rules_revision(shell, app, i);
	buffer_text(out, "</select></div>\n");
	rules_day(shell, app, wrong);
	buffer_text(out, "</fieldset>\n");
}

size_t page_rules_revision(
	const struct serve_app *app, const struct serve_request *request)
{
	const shk_rulebook *book = app->rulebook;
	size_t count = shk_rulebook_revision_count(book);
	const char *given = serve_request_value(request, "revision");
	const char *day = serve_request_value(request, "as_of");
	size_t found = count - 1;

	for (size_t i = 0; given && i < count; i++)
		if (strcmp(shk_rulebook_revision(book, i), given) == 0)
			return i;
	for (size_t i = count; day && i-- > 0;) {
		char from[11];

		if (shk_rulebook_revision_day(book, i, from) &&
			strcmp(from, day) > 0 && i > 0)
			found = i - 1;
	}
	return found;
}
