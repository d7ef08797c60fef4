/*
 * The rulebook as text for people: the list of decisions, one decision with
 * its tables, formulas and sources, and the documents with their quotes.
 */
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "rulebook/rulebook.h"

#define NAME_COLUMN 28 /* columns of a decision's name in the list */

static const char *word(
	const struct rulebook_words *words, enum shk_language language)
{
	return language == SHK_JAPANESE ? words->ja : words->en;
}

static void pad(struct buffer *out, const char *text, size_t width)
{
	size_t used = utf8_width(text, strlen(text));

	buffer_text(out, text);
	for (; used < width; used++)
		buffer_byte(out, ' ');
}

static enum shk_code flush(struct buffer *out, shk_sink sink, shk_diag *diag)
{
	enum shk_code code = SHK_OK;

	if (out->failed)
		code = diag_memory(diag);
	else if (out->size > 0 &&
		 !sink.write(sink.context, out->data, out->size))
		code = diag_set(diag, SHK_E_IO, "could not write the output");
	buffer_release(out);
	return code;
}

/* The slot of the element that each mark belongs to. */
static void owners_find(const struct dmn_graph *graph, int *owners)
{
	for (size_t i = 0; i < graph->mark_count; i++) {
		bool same = i > 0 && text_equal(graph->marks[i].owner,
					     graph->marks[i - 1].owner);

		owners[i] = same ? owners[i - 1]
				 : dmn_slot_find(graph, graph->marks[i].owner);
	}
}

/* Strongest and weakest evidence of a decision's elements. */
static void evidence_span(const struct rulebook_revision *revision,
	const struct rulebook_bound *bound, const int *owners,
	struct buffer *out)
{
	int low = 6, high = -1;

	for (size_t i = 0; i < revision->graph->mark_count; i++) {
		int level = revision->marks[i].evidence;

		if (owners[i] < 0 ||
			!feel_set_has(&bound->reached, (unsigned)owners[i]))
			continue;
		low = level < low ? level : low;
		high = level > high ? level : high;
	}
	if (high < 0)
		buffer_text(out, "-");
	else if (low == high)
		buffer_format(out, "E%d", low);
	else
		buffer_format(out, "E%d-E%d", low, high);
}

static void list_decision(const shk_rulebook *book, size_t at,
	const int *owners, enum shk_language language, struct buffer *out)
{
	const struct rulebook_decision *decision = &book->decisions[at];

	pad(out, decision->number, 6);
	pad(out, decision->name, NAME_COLUMN);
	for (size_t i = 0; i < book->revision_count; i++) {
		const struct rulebook_revision *revision = &book->revisions[i];
		struct buffer cell;

		buffer_init(&cell);
		buffer_format(&cell, "%s ", revision->id);
		if (*decision->not_encoded)
			buffer_text(&cell, "*");
		else if (revision->bound[at].present)
			evidence_span(revision, &revision->bound[at],
				owners + i * DMN_MARKS_MAX, &cell);
		else
			buffer_text(&cell, "-");
		if (cell.failed)
			out->failed = true;
		else
			pad(out, cell.data, 10);
		buffer_release(&cell);
	}
	buffer_format(out, " %s\n", word(&decision->label, language));
}

static void list_legend(const shk_rulebook *book, bool ja, struct buffer *out)
{
	for (size_t i = 0; i < book->decision_count; i++)
		if (*book->decisions[i].not_encoded) {
			buffer_text(out, ja ? "\n* 計算できない規則\n"
					    : "\n* known, but not encoded\n");
			return;
		}
}

enum shk_code shk_rulebook_list(const shk_rulebook *rulebook,
	enum shk_language language, shk_sink sink, shk_diag *diag)
{
	bool ja = language == SHK_JAPANESE;
	struct buffer out;
	char day[DATE_TEXT];
	int *owners = memory_zeroed(
		rulebook->revision_count * DMN_MARKS_MAX, sizeof(*owners));

	if (!owners)
		return diag_memory(diag);
	buffer_init(&out);
	for (size_t i = 0; i < rulebook->revision_count; i++) {
		const struct rulebook_revision *revision =
			&rulebook->revisions[i];

		owners_find(revision->graph, owners + i * DMN_MARKS_MAX);

		date_format(revision->from, day);
		buffer_format(&out,
			ja ? "%s  %s  %s から\n" : "%s  %s, from %s\n",
			revision->id, word(&revision->label, language), day);
	}
	buffer_text(&out, "\n");
	for (size_t i = 0; i < rulebook->decision_count; i++)
		list_decision(rulebook, i, owners, language, &out);
	memory_free(owners);
	list_legend(rulebook, ja, &out);
	buffer_format(&out, "\n%s\n", rulebook->hash);
	return flush(&out, sink, diag);
}

static void show_constant(const struct rulebook_constant *constant,
	enum shk_language language, struct buffer *out)
{
	char day[DATE_TEXT];

	buffer_format(out, "%s: %s", constant->name,
		word(&constant->label, language));
	for (size_t i = 0; i < constant->value_count; i++) {
		const struct rulebook_value *value = &constant->values[i];

		buffer_text(out, i ? "; " : " = ");
		feel_print(&value->value, out);
		if (value->from != RULEBOOK_ALWAYS) {
			date_format(value->from, day);
			buffer_format(out, " (%s-)", day);
		}
		for (size_t k = 0; k < value->cite_count; k++)
			buffer_format(out, " [%s %s %s]",
				value->cites[k].source, value->cites[k].place,
				value->cites[k].evidence);
	}
	buffer_text(out, "\n");
}

static void show_parameter(const struct rulebook_parameter *parameter,
	enum shk_language language, struct buffer *out)
{
	buffer_format(out, "%s: %s", parameter->name,
		word(&parameter->label, language));
	for (size_t i = 0; i < parameter->word_count; i++)
		buffer_format(out, "%s%s", i ? " | " : " = ",
			parameter->words[i].text);
	buffer_format(out, " [E5%s]\n",
		language == SHK_JAPANESE ? "、既定値なし" : ", no default");
}

/* Decisions from the lead backwards, each once; then what is not law text. */
static void show_slots(const shk_rulebook *book,
	const struct rulebook_revision *revision, size_t at, bool listing,
	enum shk_language language, struct buffer *out)
{
	const struct feel_set *reached = &revision->bound[at].reached;
	size_t count = revision->graph->slot_count;

	for (uint32_t i = 0; i < count; i++) {
		if (!feel_set_has(reached, i) ||
			revision->graph->slots[i].kind == DMN_INPUT)
			continue;
		if (listing)
			dmn_listing(revision->graph, i, out);
		else
			dmn_show(revision->graph, i, out);
		buffer_text(out, "\n");
	}
	for (uint32_t i = 0; i < count; i++) {
		const struct rulebook_slot *slot = &revision->slots[i];

		if (!feel_set_has(reached, i))
			continue;
		if (slot->role == RULEBOOK_CONSTANT)
			show_constant(
				&book->constants[slot->index], language, out);
		else if (slot->role == RULEBOOK_PARAMETER)
			show_parameter(
				&book->parameters[slot->index], language, out);
	}
}

/* A rule that is known and not encoded: why, and where it stands. */
static void show_known(const struct rulebook_decision *rule,
	enum shk_language language, struct buffer *out)
{
	buffer_format(out,
		language == SHK_JAPANESE ? "規則はあるが計算できない (%s)\n"
					 : "known, but not encoded (%s)\n",
		rule->not_encoded);
	for (size_t i = 0; i < rule->cite_count; i++)
		buffer_format(out, "  %s %s %s\n", rule->cites[i].source,
			rule->cites[i].place, rule->cites[i].evidence);
}

enum shk_code rulebook_no_decision(
	const shk_rulebook *book, const char *name, shk_diag *diag)
{
	const char *near = shk_rulebook_nearest_decision(book, name);

	if (near)
		return diag_set(diag, SHK_E_USAGE,
			"there is no decision \"%s\"; did you mean \"%s\"?",
			name, near);
	return diag_set(diag, SHK_E_USAGE, "there is no decision \"%s\"", name);
}

enum shk_code shk_rulebook_show(const shk_rulebook *rulebook,
	const char *decision, const char *revision, bool listing,
	enum shk_language language, shk_sink sink, shk_diag *diag)
{
	int at = rulebook_decision_find(rulebook, decision);
	int in = revision ? rulebook_revision_find(rulebook, revision)
			  : (int)rulebook->revision_count - 1;
	const struct rulebook_decision *rule;
	struct buffer out;

	if (at < 0)
		return rulebook_no_decision(rulebook, decision, diag);
	if (in < 0)
		return diag_set(diag, SHK_E_USAGE,
			"there is no revision \"%s\"", revision);
	rule = &rulebook->decisions[at];
	buffer_init(&out);
	buffer_format(&out, "%s  %s  (%s)\n%s\n\n", rule->name,
		word(&rule->label, language), rulebook->revisions[in].id,
		word(&rule->question, language));
	if (*rule->not_encoded)
		show_known(rule, language, &out);
	else if (!rulebook->revisions[in].bound[at].present)
		buffer_text(&out, language == SHK_JAPANESE
					  ? "この改定には規則がない "
					    "(no_rule_in_revision)\n"
					  : "no rule in this revision "
					    "(no_rule_in_revision)\n");
	else
		show_slots(rulebook, &rulebook->revisions[in], (size_t)at,
			listing, language, &out);
	return flush(&out, sink, diag);
}

enum shk_code shk_rulebook_sources(const shk_rulebook *rulebook,
	enum shk_language language, shk_sink sink, shk_diag *diag)
{
	bool ja = language == SHK_JAPANESE;
	struct buffer out;

	buffer_init(&out);
	for (size_t i = 0; i < rulebook->source_count; i++) {
		const struct rulebook_source *source = &rulebook->sources[i];

		buffer_format(&out, "%s  %s\n", source->id, source->title);
		if (*source->date)
			buffer_format(&out, "      %s\n", source->date);
		if (*source->seen)
			buffer_format(&out, "      %s: %s\n",
				ja ? "確認した範囲" : "text seen",
				source->seen);
		if (*source->url)
			buffer_format(&out, "      %s\n", source->url);
		for (size_t k = 0; k < source->quote_count; k++)
			buffer_format(&out, "      %s 「%s」\n",
				source->quotes[k].place,
				source->quotes[k].text);
	}
	return flush(&out, sink, diag);
}
