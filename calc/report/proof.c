/*
 * Drawing the trace as a tree. Steps come in the order of evaluation with
 * their depth; a first pass from the end finds the last step of each branch,
 * a second one draws.
 */
#include <string.h>

#include "base/memory.h"
#include "report/layout.h"
#include "report/proof.h"
#include "report/step_words.h"

/* Three columns a level; a box character is three bytes of UTF-8. */
#define PROOF_PREFIX (PROOF_DEPTH_MAX * 5 + 32)

struct proof {
	struct shk_report *report;
	struct step_words words;
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

/* A paragraph; later ones of the same step are indented. */
static void proof_line(void *context, enum step_part part)
{
	struct proof *proof = context;
	const struct buffer *out = proof->words.out;
	struct text text = { out->data, out->size };

	(void)part;
	layout_paragraph(&proof->report->out, REPORT_COLUMNS, proof->first,
		proof->rest, text);
	memcpy(proof->first, proof->rest, sizeof(proof->first));
}

void report_proof(struct shk_report *report, const shk_result *result)
{
	struct proof proof;

	memset(&proof, 0, sizeof(proof));
	proof.report = report;
	proof.words = (struct step_words){ .result = result,
		.language = report->options.language,
		.out = &report->scratch,
		.part = proof_line,
		.context = &proof };
	if (!proof_branches(report, result)) {
		report->out.failed = true;
		return;
	}
	for (size_t i = 0; i < result->step_count; i++) {
		size_t level = proof_level(&result->steps[i]);
		bool children = i + 1 < result->step_count &&
				proof_level(&result->steps[i + 1]) > level;

		proof_prefixes(&proof, level, report->branch[i], children);
		step_words_say(&proof.words, &result->steps[i]);
	}
	if (result->steps_cut) {
		buffer_text(&report->out, words_get(WORD_OTHERWISE_CUT,
						  report->options.language));
		buffer_byte(&report->out, '\n');
	}
	if (proof.words.weak) {
		buffer_text(&report->out,
			words_get(WORD_LEGEND, report->options.language));
		buffer_byte(&report->out, '\n');
	}
}
