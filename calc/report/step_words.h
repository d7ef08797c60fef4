/*
 * What one step of the trace says, as paragraphs without any layout.
 */
#ifndef REPORT_STEP_WORDS_H
#define REPORT_STEP_WORDS_H

#include "base/buffer.h"
#include "price/result.h"
#include "report/words.h"

enum step_part {
	STEP_SAYS,    /* the step itself, first */
	STEP_RULE,    /* words of the rule */
	STEP_FORMULA, /* as written */
	STEP_FILLED,  /* with the values in it */
	STEP_PLACE    /* a passage that the words do not name */
};

struct step_words {
	const shk_result *result;
	enum shk_language language;
	struct buffer *out; /* holds one paragraph at a time */
	bool weak;	    /* something weaker than E1 was marked by ! */
	/* takes the paragraph in `out`, which is then cleared */
	void (*part)(void *context, enum step_part part);
	void *context;
};

void step_words_say(struct step_words *words, const struct price_step *step);

#endif
