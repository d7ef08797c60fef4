/*
 * Drawing the trace as a tree. Steps come in the order of evaluation with
 * their depth; a first pass from the end finds the last step of each branch,
 * a second one draws. A boolean decision is said as a criterion: it holds,
 * fails, or is open because of what is unknown.
 */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "report/filled.h"
#include "report/layout.h"
#include "report/proof.h"
#include "report/values.h"
#include "report/words.h"

/* Three columns a level; a box character is three bytes of UTF-8. */
#define PROOF_PREFIX (PROOF_DEPTH_MAX * 5 + 32)

struct proof {
	struct shk_report *report;
	const shk_result *result;
	bool weak; /* something weaker than E1 was marked */
	bool open[PROOF_DEPTH_MAX + 1]; /* levels with more steps to come */
	char first[PROOF_PREFIX];	/* in front of the step's first line */
	char rest[PROOF_PREFIX];	/* in front of its other lines */
};

static size_t proof_level(const struct price_step *step)
{
	return step->depth < PROOF_DEPTH_MAX ? step->depth : PROOF_DEPTH_MAX;
}

/* branch[i] = 1 when no later step hangs on the same branch as step i. */
static bool proof_branches(struct shk_report *report, const shk_result *result)
{
	bool seen[PROOF_DEPTH_MAX + 1] = { false };
	void *branch = report->branch;

	if (!memory_grow(
		    &branch, &report->branch_capacity, result->step_count, 1))
		return false;
	report->branch = branch;
	for (size_t i = result->step_count; i-- > 0;) {
		size_t level = proof_level(&result->steps[i]);

		report->branch[i] = !seen[level];
		seen[level] = true;
		for (size_t j = level + 1; j <= PROOF_DEPTH_MAX; j++)
			seen[j] = false;
	}
	return true;
}

static void proof_append(char *prefix, const char *text)
{
	size_t size = strlen(prefix);
	size_t more = strlen(text);

	if (size + more < PROOF_PREFIX)
		memcpy(prefix + size, text, more + 1);
}

static void proof_prefixes(
	struct proof *proof, size_t level, bool last, bool children)
{
	proof->first[0] = '\0';
	for (size_t i = 0; i < level; i++)
		proof_append(proof->first, proof->open[i] ? "│  " : "   ");
	memcpy(proof->rest, proof->first, sizeof(proof->rest));
	proof_append(proof->first, last ? "└─ " : "├─ ");
	proof_append(proof->rest, last ? "   " : "│  ");
	proof_append(proof->rest, children ? "│ " : "  ");
	proof->open[level] = !last;
	for (size_t i = level + 1; i <= PROOF_DEPTH_MAX; i++)
		proof->open[i] = false;
}

/* One paragraph from scratch; later ones of the same step are indented. */
static void proof_line(struct proof *proof)
{
	struct buffer *scratch = &proof->report->scratch;

	if (!scratch->failed && scratch->size) {
		struct text text = { scratch->data, scratch->size };

		layout_paragraph(&proof->report->out, REPORT_COLUMNS,
			proof->first, proof->rest, text);
		memcpy(proof->first, proof->rest, sizeof(proof->first));
		buffer_clear(scratch);
	}
}

static const char *proof_label(
	const struct price_step *step, enum shk_language language)
{
	return language == SHK_JAPANESE ? step->label_ja : step->label_en;
}

/* `label (name)`, or the name alone. */
static void proof_name(struct buffer *out, const struct price_step *step,
	enum shk_language language)
{
	const char *label = proof_label(step, language);

	if (label[0] && !text_is(step->name, label)) {
		buffer_text(out, label);
		buffer_text(out, " (");
		buffer_add(out, step->name.data, step->name.size);
		buffer_byte(out, ')');
	} else {
		buffer_add(out, step->name.data, step->name.size);
	}
}

static bool proof_is_open(const struct price_value *value)
{
	return value->kind == PRICE_UNKNOWN || value->kind == PRICE_INTERVAL;
}

/* Unknown, and something is known of where it lies. */
static bool proof_is_bounded(const struct price_value *value)
{
	return value->kind == PRICE_INTERVAL &&
	       (value->items[0].kind != PRICE_NULL ||
		       value->items[1].kind != PRICE_NULL);
}

/* Unknown, and either of true and false is left. */
static bool proof_is_criterion(const struct price_value *value)
{
	if (value->names || value->count == 0)
		return false;
	for (size_t i = 0; i < value->count; i++) {
		if (value->items[i].kind != PRICE_BOOLEAN)
			return false;
	}
	return true;
}

static bool proof_is_missing(const shk_result *result, struct text name)
{
	for (size_t i = 0; i < result->missing_count; i++) {
		if (text_is(name, result->missing[i].name))
			return true;
	}
	return false;
}

/* The fact was read at an earlier step of this branch too. */
static bool proof_is_again(
	const struct price_step *from, const struct price_step *step)
{
	for (; from < step; from++) {
		if (from->kind == PRICE_STEP_FACT &&
			text_equal(from->name, step->name))
			return true;
	}
	return false;
}

/*
 * Names of the unknown facts read below `step`: those that the result misses,
 * or with `all` every one. Returns how many.
 */
static size_t proof_unknowns(struct proof *proof, struct buffer *out,
	const struct price_step *step, bool all)
{
	const struct price_step *end =
		proof->result->steps + proof->result->step_count;
	size_t count = 0;

	for (const struct price_step *at = step + 1;
		at < end && at->depth > step->depth; at++) {
		if (at->kind != PRICE_STEP_FACT || !proof_is_open(&at->value) ||
			proof_is_again(step, at) ||
			(!all && !proof_is_missing(proof->result, at->name)))
			continue;
		buffer_text(out, count++ ? ", " : "");
		buffer_add(out, at->name.data, at->name.size);
	}
	return count;
}

/* Open, and because of what; or what it may still be. */
static void proof_unknown(struct proof *proof, const struct price_step *step,
	enum shk_language language)
{
	struct buffer *out = &proof->report->scratch;
	const struct price_value *value = &step->value;

	buffer_text(out, ": ");
	if (value->names) {
		buffer_text(out, words_get(WORD_OPEN, language));
		for (size_t i = 0; i < value->count; i++) {
			buffer_text(out, i ? ", " : "");
			buffer_add(out, value->names[i].data,
				value->names[i].size);
		}
	} else if (proof_is_criterion(value)) {
		buffer_text(out, words_get(WORD_OPEN, language));
		if (proof_unknowns(proof, out, step, false) == 0 &&
			proof_unknowns(proof, out, step, true) == 0)
			buffer_text(out, words_get(WORD_SEE_ABOVE, language));
	} else {
		values_words(out, value, language);
	}
}

static void proof_decision(struct proof *proof, const struct price_step *step,
	enum shk_language language)
{
	struct buffer *out = &proof->report->scratch;

	proof_name(out, step, language);
	if (step->value.kind == PRICE_BOOLEAN) {
		buffer_text(out, ": ");
		buffer_text(out, words_get(step->value.u.boolean ? WORD_HOLDS
								 : WORD_FAILS,
					 language));
	} else if (step->value.kind == PRICE_UNKNOWN) {
		proof_unknown(proof, step, language);
	} else {
		buffer_text(out, " = ");
		values_words(out, &step->value, language);
	}
	values_certainty(out, &step->value, language);
	proof_line(proof);
}

static void proof_fact(struct proof *proof, const struct price_step *step,
	enum shk_language language)
{
	struct buffer *out = &proof->report->scratch;

	proof_name(out, step, language);
	buffer_text(out, " = ");
	if (proof_is_open(&step->value))
		buffer_text(out, words_get(WORD_UNKNOWN, language));
	if (proof_is_bounded(&step->value))
		buffer_text(out, ", ");
	if (!proof_is_open(&step->value) || proof_is_bounded(&step->value))
		values_words(out, &step->value, language);
	proof_line(proof);
}

/* A decision that the tree shows above: its value in one line. */
static void proof_again(struct proof *proof, const struct price_step *step,
	enum shk_language language)
{
	struct buffer *out = &proof->report->scratch;

	proof_name(out, step, language);
	buffer_text(out, " = ");
	values_words(out, &step->value, language);
	buffer_format(out, " (%s)", words_get(WORD_SEE_ABOVE, language));
	proof_line(proof);
}

static void proof_row(struct proof *proof, const struct price_step *step,
	enum shk_language language)
{
	struct buffer *out = &proof->report->scratch;
	char row[16];

	snprintf(row, sizeof(row), "%u", step->row);
	words_fill(out, WORD_ROW, language, row);
	buffer_text(out, " -> ");
	values_words(out, &step->value, language);
	proof_line(proof);
}

/*
 * How far the number is from where the result changes; of an inexact one the
 * first decimals, cut off, unless they are all zero.
 */
static void proof_margin(struct proof *proof, const struct price_step *step,
	enum shk_language language)
{
	struct buffer *out = &proof->report->scratch;
	num margin = step->margin.u.number;
	struct buffer text;

	if (step->before.inexact) {
		margin = num_round(margin, VALUES_SHORT, NUM_DOWN, NULL);
		if (num_is_zero(margin))
			margin = step->margin.u.number;
	}
	buffer_init(&text);
	values_number(&text, margin);
	buffer_text(out, " (");
	if (text.failed)
		out->failed = true;
	else
		words_fill(out, WORD_MARGIN, language, text.data);
	buffer_text(out, words_get(step->proved ? WORD_PROVED : WORD_NOT_PROVED,
				 language));
	buffer_byte(out, ')');
	buffer_release(&text);
}

static void proof_round(struct proof *proof, const struct price_step *step,
	enum shk_language language)
{
	struct buffer *out = &proof->report->scratch;
	struct buffer scale;

	buffer_init(&scale);
	buffer_add(out, step->name.data, step->name.size);
	if (step->scale.kind == PRICE_NUMBER) {
		values_number(&scale, step->scale.u.number);
		if (scale.failed)
			out->failed = true;
		else
			words_fill(out, WORD_ROUND, language, scale.data);
	} else {
		buffer_text(out, ": ");
	}
	values_words(out, &step->before, language);
	buffer_text(out, " -> ");
	values_words(out, &step->value, language);
	if (step->margin.kind == PRICE_NUMBER)
		proof_margin(proof, step, language);
	buffer_release(&scale);
	proof_line(proof);
}

/* True when the words of the rule name the place themselves. */
static bool proof_is_cited(
	const struct price_step *step, const struct price_citation *citation)
{
	size_t size = strlen(citation->source);
	const char *at = strstr(step->description, citation->source);

	for (; at; at = strstr(at + 1, citation->source)) {
		if (at[size] == ' ' && strncmp(at + size + 1, citation->place,
					       strlen(citation->place)) == 0)
			return true;
	}
	return false;
}

/* A constant or text of the step is weaker than E1: `!`, as in the table. */
static bool proof_is_weak(const struct price_step *step)
{
	for (size_t i = 0; i < step->citation_count; i++)
		if (strcmp(step->citations[i].evidence, "E1") > 0)
			return true;
	return false;
}

/* Words, formula and places; the quotes stand once, behind the tree. */
static void proof_reasons(struct proof *proof, const struct price_step *step)
{
	struct buffer *out = &proof->report->scratch;
	struct buffer filled;

	buffer_init(&filled);
	if (step->description[0] && proof_is_weak(step)) {
		buffer_text(out, "! ");
		proof->weak = true;
	}
	buffer_text(out, step->description);
	proof_line(proof);
	if (step->formula[0]) {
		buffer_text(out, ":= ");
		buffer_text(out, step->formula);
		proof_line(proof);
		if (filled_formula(&filled, proof->result,
			    (size_t)(step - proof->result->steps))) {
			buffer_text(out, " = ");
			buffer_add(out, filled.data, filled.size);
			proof_line(proof);
		}
	}
	out->failed = out->failed || filled.failed;
	buffer_release(&filled);
	for (size_t i = 0; i < step->citation_count; i++) {
		const struct price_citation *citation = &step->citations[i];

		if (proof_is_cited(step, citation))
			continue;
		buffer_format(out, "[%s %s", citation->source, citation->place);
		if (citation->evidence[0])
			buffer_format(out, ", %s", citation->evidence);
		buffer_byte(out, ']');
		if (strcmp(citation->evidence, "E1") > 0) {
			buffer_text(out, " !");
			proof->weak = true;
		}
		proof_line(proof);
	}
}

static void proof_step(struct proof *proof, const struct price_step *step)
{
	enum shk_language language = proof->report->options.language;

	switch (step->kind) {
	case PRICE_STEP_DECISION:
		proof_decision(proof, step, language);
		break;
	case PRICE_STEP_AGAIN:
		proof_again(proof, step, language);
		break;
	case PRICE_STEP_FACT:
		proof_fact(proof, step, language);
		break;
	case PRICE_STEP_ROW:
		proof_row(proof, step, language);
		break;
	case PRICE_STEP_ROUND:
		proof_round(proof, step, language);
		break;
	}
	proof_reasons(proof, step);
}

void report_proof(struct shk_report *report, const shk_result *result)
{
	struct proof proof;

	memset(&proof, 0, sizeof(proof));
	proof.report = report;
	proof.result = result;
	if (!proof_branches(report, result)) {
		report->out.failed = true;
		return;
	}
	for (size_t i = 0; i < result->step_count; i++) {
		size_t level = proof_level(&result->steps[i]);
		bool children = i + 1 < result->step_count &&
				proof_level(&result->steps[i + 1]) > level;

		proof_prefixes(&proof, level, report->branch[i], children);
		proof_step(&proof, &result->steps[i]);
	}
	if (proof.weak) {
		buffer_text(&report->out,
			words_get(WORD_LEGEND, report->options.language));
		buffer_byte(&report->out, '\n');
	}
}
