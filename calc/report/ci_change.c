/*
 * Changes between two snapshots in the formats for continuous integration. A
 * change that nobody approved fails; its place is the line of the baseline
 * that it contradicts, since that is the file under review.
 */
#include <string.h>

#include "report/changes.h"
#include "report/ci.h"
#include "report/text.h"
#include "report/words.h"

void ci_of_change(struct ci_item *item, const struct shk_change *change,
	const char *baseline)
{
	memset(item, 0, sizeof(*item));
	item->id = change->id;
	item->decision = change->decision[0] ? change->decision : CI_UNREADABLE;
	item->rule = CI_CHANGED;
	item->path = ci_path(baseline);
	if (item->path[0] && change->before)
		item->row = change->before->row;
	item->status = item->type = changes_kind(change->kind);
	item->verdict = change->approved ? CI_PASSED : CI_FAILED;
	item->level = change->approved ? CI_NONE : CI_ERROR;
	item->change = change;
}

/* `price 12600 -> 12400 (-200)` */
static void change_part(struct buffer *out, const struct shk_change_part *part)
{
	buffer_text(out, part->name);
	buffer_byte(out, ' ');
	buffer_text(out, part->before);
	buffer_text(out, " -> ");
	buffer_text(out, part->after);
	if (part->difference[0])
		buffer_format(out, " (%s%s)",
			part->difference[0] == '-' ? "" : "+",
			part->difference);
}

/* `because: annual_tests 150 -> 300: it alone gives the new answer`; nothing
   of what is known to make no difference. */
static void change_cause(struct buffer *out, const struct shk_cause *cause,
	enum shk_language language)
{
	enum word effect = (enum word)(WORD_CHANGE_UNTESTED + cause->effect);

	if (cause->effect == SHK_EFFECT_NONE)
		return;
	buffer_byte(out, '\n');
	buffer_text(out, words_get(WORD_CHANGE_BECAUSE, language));
	buffer_text(out, ": ");
	buffer_text(out, cause->name);
	buffer_byte(out, ' ');
	buffer_text(out, cause->before);
	buffer_text(out, " -> ");
	buffer_text(out, cause->after);
	buffer_text(out, ": ");
	buffer_text(out, words_get(effect, language));
}

static void change_line(
	struct buffer *out, enum word word, enum shk_language language)
{
	buffer_byte(out, '\n');
	buffer_text(out, words_get(word, language));
}

void ci_change_message(struct buffer *out, const struct shk_change *change,
	enum shk_language language)
{
	static const enum word kinds[] = {
		[SHK_CHANGED] = WORD_CHANGED,
		[SHK_ADDED] = WORD_CHANGE_ADDED,
		[SHK_REMOVED] = WORD_CHANGE_REMOVED,
	};

	buffer_text(out, words_get(kinds[change->kind], language));
	for (size_t i = 0; i < change->part_count; i++) {
		buffer_text(out, i ? "\n" : ": ");
		change_part(out, &change->parts[i]);
	}
	for (size_t i = 0; i < change->cause_count; i++)
		change_cause(out, &change->causes[i], language);
	if (change->kind == SHK_CHANGED && change->cause_count == 0)
		change_line(out, WORD_CHANGE_NOTHING, language);
	if (change->weighed) {
		change_line(out, WORD_CHANGE_IMPACT, language);
		buffer_text(out, ": ");
		changes_impact(out, &change->impact, language);
	}
	if (change->approved)
		change_line(out, WORD_CHANGE_APPROVED, language);
}

static void change_counts(struct buffer *out, const struct shk_report *report)
{
	size_t approved = report->changes[true];
	size_t all = approved + report->changes[false];

	if (report->options.language == SHK_JAPANESE)
		buffer_format(
			out, "変更 %zu 件（うち承認済み %zu）", all, approved);
	else
		buffer_format(out, "%zu change%s, %zu approved", all,
			all == 1 ? "" : "s", approved);
}

void ci_counts(struct buffer *out, const struct shk_report *report)
{
	bool compared = report->options.baseline || report->changes[true] ||
			report->changes[false];
	bool japanese = report->options.language == SHK_JAPANESE;
	bool any = false;

	for (size_t i = 0; i < REPORT_STATUSES; i++)
		any = any || report->counts[i];
	if (any || !compared)
		text_counts(out, report->counts, report->options.language);
	if (any && compared)
		buffer_text(out, japanese ? "。" : "; ");
	if (compared)
		change_counts(out, report);
}
