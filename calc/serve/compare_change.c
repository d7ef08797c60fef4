/*
 * One change between two revisions for readers: what was, what is, by how much,
 * and the rules and causes behind it.
 */
#include <string.h>

#include "serve/compare.h"

/* `a: b` words of the language. */
static const char *pick(const struct compare *compare, const char *english,
	const char *japanese)
{
	return compare->shell->language == SHK_JAPANESE ? japanese : english;
}

static const char *change_status(
	const struct compare *compare, const char *code)
{
	static const char *const rows[][3] = {
		{ "determined", "determined", "確定" },
		{ "undetermined", "undetermined", "未確定" },
		{ "not_applicable", "not applicable", "対象外" },
		{ "conflict", "conflict", "矛盾" },
		{ "error", "error", "エラー" },
		{ SHK_ABSENT, "no such rule", "規則なし" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i][0], code) == 0)
			return pick(compare, rows[i][1], rows[i][2]);
	return code;
}

static const char *change_part(const struct compare *compare, const char *name)
{
	static const char *const rows[][3] = {
		{ "status", "status", "状態" },
		{ "reason", "reason", "理由" },
		{ "missing", "missing", "不足" },
		{ "outcomes", "possible", "可能性" },
		{ "evidence", "evidence", "証拠の水準" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i][0], name) == 0)
			return pick(compare, rows[i][1], rows[i][2]);
	return name;
}

static const char *change_label(
	const struct compare *compare, const char *decision)
{
	const shk_rulebook *book = compare->app->rulebook;
	const char *at;

	for (size_t i = 0; (at = shk_rulebook_decision(book, i)); i++)
		if (strcmp(at, decision) == 0)
			return shk_rulebook_decision_label(
				book, i, compare->shell->language);
	return decision;
}

static void change_value(struct compare *compare,
	const struct shk_change_part *part, const char *value)
{
	struct buffer *out = &compare->rows;

	if (strcmp(part->name, "status") == 0)
		value = change_status(compare, value);
	else if (strcmp(value, SHK_ABSENT) == 0)
		value = "";
	serve_html_text(out, *value ? value : "-");
}

/* One side of a change without two: all that it says. */
static void change_whole(
	struct compare *compare, const struct shk_snapshot_line *line)
{
	if (!line) {
		serve_html_text(
			&compare->rows, change_status(compare, SHK_ABSENT));
		return;
	}
	serve_html_text(&compare->rows,
		change_status(compare, line->cells[SHK_COLUMN_STATUS]));
	buffer_text(&compare->rows, "<br>");
	serve_html_text(&compare->rows, line->cells[SHK_COLUMN_VALUES]);
}

static void change_side(
	struct compare *compare, const struct shk_change *change, bool after)
{
	struct buffer *out = &compare->rows;

	buffer_text(out, "<td>");
	if (change->kind != SHK_CHANGED)
		change_whole(compare, after ? change->after : change->before);
	for (size_t i = 0;
		change->kind == SHK_CHANGED && i < change->part_count; i++) {
		const struct shk_change_part *part = &change->parts[i];

		buffer_text(out, i ? "<br>" : "");
		serve_html_text(out, change_part(compare, part->name));
		buffer_text(out, ": ");
		change_value(compare, part, after ? part->after : part->before);
	}
	buffer_text(out, "</td>");
}

static void change_differences(
	struct compare *compare, const struct shk_change *change)
{
	struct buffer *out = &compare->rows;
	size_t said = 0;

	buffer_text(out, "<td>");
	for (size_t i = 0; i < change->part_count; i++) {
		const struct shk_change_part *part = &change->parts[i];

		if (!part->difference[0])
			continue;
		buffer_text(out, said++ ? "<br>" : "");
		serve_html_text(out, change_part(compare, part->name));
		buffer_format(
			out, ": %s", part->difference[0] == '-' ? "" : "+");
		serve_html_text(out, part->difference);
	}
	buffer_text(out, "</td>");
}

static const char *change_effect(
	const struct compare *compare, enum shk_effect effect)
{
	static const char *const rows[][2] = {
		[SHK_EFFECT_UNTESTED] = { "not tried", "未検証" },
		[SHK_EFFECT_ALONE] = { "it alone gives the new answer",
			"これだけで新しい結果になる" },
		[SHK_EFFECT_NEEDED] = { "without it there is another answer",
			"これがなければ別の結果になる" },
		[SHK_EFFECT_PARTLY] = { "a part of it", "一部" },
		[SHK_EFFECT_TOGETHER] = { "only together with the others",
			"ほかと合わせてはじめて効く" },
		[SHK_EFFECT_NONE] = { "makes no difference", "影響しない" },
	};

	return pick(compare, rows[effect][0], rows[effect][1]);
}

static void change_places(struct compare *compare, const char *revision,
	const char *const *places, size_t count)
{
	struct buffer *out = &compare->rows;

	if (count == 0)
		return;
	buffer_text(out, "<br>");
	serve_html_text(out, pick(compare, "only in ", ""));
	serve_html_text(out, revision);
	serve_html_text(out, pick(compare, ": ", " だけの根拠: "));
	for (size_t i = 0; i < count; i++) {
		buffer_text(out, i ? ", " : "");
		serve_html_text(out, places[i]);
	}
}

/* Causes that make a difference, and the passages of one side only. */
static void change_why(struct compare *compare, const struct shk_change *change)
{
	struct buffer *out = &compare->rows;
	size_t said = 0;

	for (size_t i = 0; i < change->cause_count; i++) {
		const struct shk_cause *cause = &change->causes[i];

		if (cause->effect == SHK_EFFECT_NONE)
			continue;
		buffer_text(out, said++ ? "<br>" : "");
		serve_html_text(out, strcmp(cause->name, "revision") == 0
					     ? pick(compare, "revision", "改定")
					     : cause->name);
		buffer_byte(out, ' ');
		serve_html_text(out, cause->before);
		buffer_text(out, " &rarr; ");
		serve_html_text(out, cause->after);
		buffer_text(out, ": ");
		serve_html_text(out, change_effect(compare, cause->effect));
	}
	change_places(compare, compare->sides[0].revision, change->left,
		change->left_count);
	change_places(compare, compare->sides[1].revision, change->right,
		change->right_count);
}

void compare_change(struct compare *compare, const struct shk_change *change)
{
	struct buffer *out = &compare->rows;

	buffer_text(out, "<tr><th scope=\"row\">");
	serve_html_text(out, change->id);
	buffer_text(out, "</th><td>");
	serve_html_text(out, change_label(compare, change->decision));
	buffer_text(out, "</td>");
	change_side(compare, change, false);
	change_side(compare, change, true);
	change_differences(compare, change);
	buffer_text(out, "<td>");
	change_why(compare, change);
	buffer_text(out, "</td></tr>\n");
}

static void change_row(
	struct compare *compare, const struct shk_change_part *part)
{
	struct buffer *out = &compare->rows;

	buffer_text(out, "<tr><th scope=\"row\">");
	serve_html_text(out, change_part(compare, part->name));
	buffer_text(out, "</th><td>");
	change_value(compare, part, part->before);
	buffer_text(out, "</td><td>");
	change_value(compare, part, part->after);
	buffer_text(out, "</td><td>");
	if (part->difference[0] && part->difference[0] != '-')
		buffer_byte(out, '+');
	serve_html_text(out, part->difference);
	buffer_text(out, "</td></tr>\n");
}

void compare_change_list(
	struct compare *compare, const struct shk_change *change)
{
	static const char *const heads[][2] = { { "difference", "差" },
		{ "part of the answer", "項目" } };
	struct buffer *out = &compare->rows;

	buffer_text(out, "<h3>");
	serve_html_text(out, change_label(compare, change->decision));
	buffer_text(out, "</h3>\n<div class=\"wide\" tabindex=\"0\"><table>"
			 "<thead><tr><th scope=\"col\">");
	serve_html_text(out, pick(compare, heads[1][0], heads[1][1]));
	for (size_t i = 0; i < 2; i++) {
		buffer_text(out, "</th><th scope=\"col\">");
		serve_html_text(out, compare->sides[i].revision);
	}
	buffer_text(out, "</th><th scope=\"col\">");
	serve_html_text(out, pick(compare, heads[0][0], heads[0][1]));
	buffer_text(out, "</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < change->part_count; i++)
		change_row(compare, &change->parts[i]);
	buffer_text(out, "</tbody></table></div>\n<p>");
	change_why(compare, change);
	buffer_text(out, "</p>\n");
}
