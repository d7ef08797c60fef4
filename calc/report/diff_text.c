/*
 * What two revisions answer differently, for readers: decision by decision
 * each region with its conditions, a product that shows it, what both make of
 * it with the rows they reached and the words they rest on, and whether
 * nothing else differs. The last line says it all in short.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "report/diff.h"
#include "report/layout.h"
#include "report/words.h"
#include "report/writer.h"

#define DIFF_STEPS 12 /* of one trace that are shown */

static const char *say(const struct diff_report *report, enum word word)
{
	return words_get(word, report->language);
}

/* What stands in `scratch`, wrapped behind `first`. */
static void put(struct diff_report *report, const char *first, const char *rest)
{
	struct buffer *text = &report->scratch;

	if (text->failed)
		return;
	layout_paragraph(&report->out, REPORT_COLUMNS, first, rest,
		(struct text){ text->size ? text->data : "", text->size });
	buffer_clear(text);
}

static void put_word(struct diff_report *report, const char *first,
	const char *rest, enum word word, const char *value)
{
	words_fill(&report->scratch, word, report->language, value);
	put(report, first, rest);
}

/* `a, b, c`, behind a word; nothing when there is none. */
static void put_list(struct diff_report *report, const char *word,
	const char *const *items, size_t count)
{
	if (count == 0)
		return;
	buffer_format(&report->scratch, "%s: ", word);
	for (size_t i = 0; i < count; i++)
		buffer_format(
			&report->scratch, "%s%s", i > 0 ? ", " : "", items[i]);
	put(report, "  ", "    ");
}

static void put_only(struct diff_report *report, const char *revision,
	const char *const *items, size_t count)
{
	struct buffer word;

	buffer_init(&word);
	words_fill(&word, WORD_DIFF_ONLY, report->language, revision);
	if (word.failed)
		report->out.failed = true;
	else
		put_list(report, word.data, items, count);
	buffer_release(&word);
}

static void put_condition(struct diff_report *report,
	const struct shk_diff_condition *condition, bool first)
{
	struct buffer *text = &report->scratch;
	const char *label = report->language == SHK_JAPANESE
				    ? condition->label_ja
				    : condition->label_en;

	buffer_format(text, "%s %s",
		say(report, first ? WORD_DIFF_WHERE : WORD_DIFF_AND),
		condition->text);
	if (*condition->revision)
		buffer_format(text, " [%s]", condition->revision);
	if (condition->kind == SHK_DIFF_GIVEN) {
		buffer_text(text, "  (");
		words_fill(text, WORD_DIFF_GIVEN, report->language, label);
		buffer_byte(text, ')');
	} else if (condition->kind == SHK_DIFF_ROW) {
		buffer_format(text, "  (%s)", condition->name);
	} else if (*label) {
		buffer_format(text, "  (%s)", label);
	}
	put(report, first ? "    " : "      ", "        ");
	if (condition->kind == SHK_DIFF_RULE && *condition->formula) {
		buffer_format(text, "%s %s", say(report, WORD_DIFF_FORMULA),
			condition->formula);
		put(report, "          ", "            ");
	}
}

static void put_citations(
	struct diff_report *report, const struct shk_diff_step *step)
{
	for (size_t i = 0; i < step->citation_count; i++) {
		const struct shk_diff_citation *it = &step->citations[i];

		buffer_format(&report->scratch, "%s %s (%s)", it->source,
			it->place, it->evidence);
		if (*it->quote)
			buffer_format(&report->scratch, ": 「%s」", it->quote);
		put(report, "          ", "            ");
	}
}

static void put_step(
	struct diff_report *report, const struct shk_diff_step *step)
{
	struct buffer *text = &report->scratch;
	char row[32];

	buffer_format(text, "%s = %s", step->name, step->value);
	snprintf(row, sizeof(row), "%u", step->row);
	if (step->row > 0) {
		buffer_text(text, "  (");
		words_fill(text, WORD_ROW, report->language, row);
		buffer_byte(text, ')');
	} else if (*step->formula) {
		buffer_format(text, "  := %s", step->formula);
	}
	put(report, "        ", "          ");
	put_citations(report, step);
}

/* A long trace is told where the rules differ only. */
static void put_side(struct diff_report *report, const char *revision,
	const struct shk_diff_side *side)
{
	size_t shown = 0;

	buffer_format(&report->scratch, "%s: %s", revision, side->status);
	if (*side->reason)
		buffer_format(&report->scratch, " (%s)", side->reason);
	put(report, "      ", "        ");
	for (size_t i = 0; i < side->step_count && shown < DIFF_STEPS; i++) {
		if (side->step_count > DIFF_STEPS && !side->steps[i].differs)
			continue;
		put_step(report, &side->steps[i]);
		shown++;
	}
}

/* JSON with a blank behind each comma, so that it is JSON when it is wrapped
   as well. */
static void put_json(
	struct diff_report *report, enum word word, const char *json)
{
	bool quoted = false;

	buffer_format(&report->scratch, "%s ", say(report, word));
	for (char last = ' '; *json; last = *json++) {
		if (*json == '"' && last != '\\')
			quoted = !quoted;
		buffer_byte(&report->scratch, *json);
		if (*json == ',' && !quoted)
			buffer_byte(&report->scratch, ' ');
	}
	put(report, "    ", "      ");
}

static void put_witness(
	struct diff_report *report, const struct shk_diff_region *region)
{
	if (!region->witnessed) {
		put_word(report, "    ", "      ", WORD_DIFF_NO_EXAMPLE, "");
		return;
	}
	put_json(report, WORD_DIFF_EXAMPLE, region->facts);
	if (strcmp(region->policy, "{}") != 0)
		put_json(report, WORD_DIFF_PARAMETERS, region->policy);
	for (size_t i = 0; i < region->value_count; i++) {
		buffer_format(&report->scratch, "%s: %s -> %s",
			region->values[i].output, region->values[i].before,
			region->values[i].after);
		put(report, "      ", "        ");
	}
	put_side(report, report->summary->before, &region->sides[0]);
	put_side(report, report->summary->after, &region->sides[1]);
}

static void put_region(struct diff_report *report,
	const struct shk_diff_region *region, size_t at)
{
	char number[32];

	snprintf(number, sizeof(number), "%zu", at + 1);
	words_fill(
		&report->scratch, WORD_DIFF_REGION, report->language, number);
	buffer_text(&report->scratch, ": ");
	for (size_t i = 0; i < region->output_count; i++)
		buffer_format(&report->scratch, "%s%s", i > 0 ? ", " : "",
			region->outputs[i]);
	put(report, "  ", "    ");
	if (region->condition_count == 0)
		put_word(report, "    ", "      ", WORD_DIFF_EVERY, "");
	for (size_t i = 0; i < region->condition_count; i++)
		put_condition(report, &region->conditions[i], i == 0);
	if (!region->everywhere)
		put_word(report, "    ", "      ", WORD_DIFF_SOMEWHERE, "");
	put_witness(report, region);
}

static void put_proof(
	struct diff_report *report, const struct shk_diff_decision *decision)
{
	char number[32];

	snprintf(number, sizeof(number), "%zu", decision->cells);
	if (decision->kind == SHK_DIFF_ADDED ||
		decision->kind == SHK_DIFF_REMOVED)
		return;
	if (decision->proof == SHK_DIFF_BY_TEXT)
		put_word(report, "  ", "    ", WORD_DIFF_BY_TEXT, "");
	else if (decision->proof == SHK_DIFF_BY_CELLS)
		put_word(report, "  ", "    ", WORD_DIFF_BY_CELLS, number);
	else
		put_word(report, "  ", "    ", WORD_DIFF_UNPROVED, "");
	for (size_t i = 0; i < decision->doubt_count; i++) {
		buffer_text(&report->scratch, report->language == SHK_JAPANESE
						      ? decision->doubts_ja[i]
						      : decision->doubts[i]);
		put(report, "    ", "      ");
	}
	for (size_t i = 0; i < decision->assumed_count; i++)
		buffer_format(&report->scratch, "%s%s", i > 0 ? ", " : "",
			decision->assumed[i]);
	if (decision->assumed_count > 0) {
		struct buffer names = report->scratch;

		buffer_init(&report->scratch);
		put_word(report, "  ", "    ", WORD_DIFF_ASSUMED, names.data);
		buffer_release(&names);
	}
}

/* `2000 looked at, 12 differ, 0 outside` */
static void put_random(
	struct diff_report *report, const struct shk_diff_decision *decision)
{
	char counts[96];

	if (decision->tried == 0)
		return;
	snprintf(counts, sizeof(counts),
		report->language == SHK_JAPANESE
			? "%zu（差あり %zu、領域の外 %zu）"
			: "%zu; differ %zu, outside %zu",
		decision->tried, decision->differ, decision->outside);
	put_word(report, "  ", "    ", WORD_DIFF_TRIED, counts);
	if (*decision->example) {
		buffer_text(&report->scratch, decision->example);
		put(report, "    ", "      ");
	}
}

/* Told in one line with others: nothing differs, text by text. */
static bool is_plain(const struct shk_diff_decision *decision)
{
	return (decision->kind == SHK_DIFF_SAME &&
		       decision->proof == SHK_DIFF_BY_TEXT &&
		       decision->cited_count == 0 && decision->outside == 0) ||
	       decision->kind == SHK_DIFF_NEITHER;
}

static void put_decision(
	struct diff_report *report, const struct shk_diff_decision *decision)
{
	const struct shk_diff_summary *summary = report->summary;
	bool added = decision->kind == SHK_DIFF_ADDED;

	buffer_format(&report->scratch, "%s: %s", decision->name,
		report->language == SHK_JAPANESE ? decision->label_ja
						 : decision->label_en);
	put(report, "", "  ");
	if (added || decision->kind == SHK_DIFF_REMOVED)
		put_word(report, "  ", "    ", WORD_DIFF_ADDED,
			added ? summary->after : summary->before);
	put_list(report, say(report, WORD_DIFF_CHANGED), decision->changed,
		decision->changed_count);
	put_only(report, summary->before, decision->removed,
		decision->removed_count);
	put_only(
		report, summary->after, decision->added, decision->added_count);
	put_list(report, say(report, WORD_DIFF_DOMAINS), decision->domains,
		decision->domain_count);
	put_list(report, say(report, WORD_DIFF_CITED), decision->cited,
		decision->cited_count);
	for (size_t i = 0; i < decision->region_count; i++)
		put_region(report, &decision->regions[i], i);
	put_proof(report, decision);
	put_random(report, decision);
	buffer_byte(&report->out, '\n');
}

static void put_plain(
	struct diff_report *report, enum shk_diff_kind kind, enum word word)
{
	const struct shk_diff_summary *summary = report->summary;
	struct buffer names;
	size_t count = 0;

	buffer_init(&names);
	for (size_t i = 0; i < summary->decision_count; i++) {
		const struct shk_diff_decision *it = &summary->decisions[i];

		if (it->kind == kind && is_plain(it))
			buffer_format(
				&names, "%s%s", count++ ? ", " : "", it->name);
	}
	if (names.failed)
		report->out.failed = true;
	else if (count > 0)
		put_word(report, "", "  ", word, names.data);
	buffer_release(&names);
}

/* An empty line, unless one stands there. */
static void gap(struct diff_report *report)
{
	const struct buffer *out = &report->out;

	if (out->size > 1 && strcmp(out->data + out->size - 2, "\n\n") != 0)
		buffer_byte(&report->out, '\n');
}

static void put_impact(
	struct diff_report *report, const struct shk_diff_impact *impact)
{
	buffer_format(&report->scratch, "%s  %s: %s -> %s  (", impact->id,
		impact->decision, impact->before, impact->after);
	if (*impact->regions)
		words_fill(&report->scratch, WORD_DIFF_IN_REGION,
			report->language, impact->regions);
	else
		buffer_text(
			&report->scratch, say(report, WORD_DIFF_OUT_REGION));
	buffer_byte(&report->scratch, ')');
	put(report, "  ", "    ");
}

static void put_records(struct diff_report *report)
{
	char number[32];

	if (!report->impacts)
		return;
	snprintf(number, sizeof(number), "%zu", report->records);
	gap(report);
	buffer_format(&report->out, "%s\n", say(report, WORD_DIFF_RECORDS));
	for (size_t i = 0; i < report->impact_count; i++)
		put_impact(report, &report->impacts[i]);
	put_word(report, "  ", "    ", WORD_DIFF_UNCHANGED, number);
}

static void put_title(struct diff_report *report)
{
	const struct shk_diff_summary *summary = report->summary;

	buffer_format(&report->out, "%s (%s) -> %s (%s)\n\n", summary->before,
		summary->days[0], summary->after, summary->days[1]);
}

static void put_last(struct diff_report *report)
{
	const struct shk_diff_summary *summary = report->summary;
	char days[64];
	size_t decisions = 0;

	for (size_t i = 0; i < summary->decision_count; i++)
		decisions += summary->decisions[i].region_count > 0;
	if (summary->from[0]) {
		snprintf(days, sizeof(days), "%s..%s", summary->from,
			summary->to);
		put_word(report, "", "  ", WORD_DIFF_DAYS, days);
	}
	gap(report);
	buffer_format(&report->out,
		report->language == SHK_JAPANESE
			? "%s -> %s：判断 %zu、領域 %zu；%s\n"
		: decisions == 1 ? "%s -> %s: %zu decision, %zu regions; %s\n"
				 : "%s -> %s: %zu decisions, %zu regions; "
				   "%s\n",
		summary->before, summary->after, decisions,
		summary->region_count,
		say(report, summary->proved ? WORD_DIFF_SUMMARY_PROVED
					    : WORD_DIFF_SUMMARY_NOT));
}

void diff_text(struct diff_report *report)
{
	const struct shk_diff_summary *summary = report->summary;

	put_title(report);
	for (size_t i = 0; i < summary->decision_count; i++)
		if (!is_plain(&summary->decisions[i]))
			put_decision(report, &summary->decisions[i]);
	put_plain(report, SHK_DIFF_SAME, WORD_DIFF_SAME);
	put_plain(report, SHK_DIFF_NEITHER, WORD_DIFF_NEITHER);
	put_records(report);
	put_last(report);
}
