/*
 * Changes between two snapshots in the formats for continuous integration. A
 * change that nobody approved fails; its place is the line of the baseline
 * that it contradicts, since that is the file under review.
 */
#include <string.h>

#include "report/ci.h"
#include "report/words.h"

void ci_of_change(struct ci_item *item, const struct shk_change *change,
	const char *baseline)
{
	static const char *const kinds[] = {
		[SHK_CHANGED] = "changed",
		[SHK_ADDED] = "added",
		[SHK_REMOVED] = "removed",
	};

	memset(item, 0, sizeof(*item));
	item->id = change->id;
	item->decision = change->decision[0] ? change->decision : CI_UNREADABLE;
	item->rule = CI_CHANGED;
	item->path = baseline ? baseline : "";
	if (baseline && change->before)
		item->row = change->before->row;
	item->status = item->type = kinds[change->kind];
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

/* A cause that makes a difference: `because: annual_tests 150 -> 300 (alone)`.
 */
static void change_cause(struct buffer *out, const struct shk_cause *cause,
	enum shk_language language)
{
	static const enum word effects[] = {
		[SHK_EFFECT_UNTESTED] = WORD_EFFECT_UNTESTED,
		[SHK_EFFECT_ALONE] = WORD_EFFECT_ALONE,
		[SHK_EFFECT_NEEDED] = WORD_EFFECT_NEEDED,
		[SHK_EFFECT_PARTLY] = WORD_EFFECT_PARTLY,
		[SHK_EFFECT_TOGETHER] = WORD_EFFECT_TOGETHER,
	};

	if (cause->effect == SHK_EFFECT_NONE)
		return;
	buffer_byte(out, '\n');
	buffer_text(out, words_get(WORD_REASON, language));
	buffer_text(out, cause->name);
	buffer_byte(out, ' ');
	buffer_text(out, cause->before);
	buffer_text(out, " -> ");
	buffer_text(out, cause->after);
	buffer_text(out, words_get(effects[cause->effect], language));
}

void ci_change_message(struct buffer *out, const struct shk_change *change,
	enum shk_language language)
{
	static const enum word kinds[] = {
		[SHK_CHANGED] = WORD_CHANGED,
		[SHK_ADDED] = WORD_ADDED,
		[SHK_REMOVED] = WORD_REMOVED,
	};

	buffer_text(out, words_get(kinds[change->kind], language));
	for (size_t i = 0; i < change->part_count; i++) {
		buffer_text(out, i ? "\n" : ": ");
		change_part(out, &change->parts[i]);
	}
	for (size_t i = 0; i < change->cause_count; i++)
		change_cause(out, &change->causes[i], language);
	if (change->weighed && change->impact.yen[0]) {
		buffer_byte(out, '\n');
		words_fill(out, WORD_IMPACT, language, change->impact.yen);
	}
	if (change->approved) {
		buffer_byte(out, '\n');
		buffer_text(out, words_get(WORD_APPROVED, language));
	}
}

void ci_changes(struct buffer *out, const struct shk_report *report)
{
	size_t approved = report->changes[true];
	size_t all = approved + report->changes[false];

	if (all == 0)
		return;
	if (report->options.language == SHK_JAPANESE)
		buffer_format(out, "。変更 %zu 件（うち承認済み %zu）", all,
			approved);
	else
		buffer_format(out, "; %zu change%s, %zu approved", all,
			all == 1 ? "" : "s", approved);
}
