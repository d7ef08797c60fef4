/*
 * Every word that the pages of the server say themselves, in English and
 * Japanese, in one table file. What an answer says comes from the library.
 */
#ifndef SERVE_PAGE_WORDS_H
#define SERVE_PAGE_WORDS_H

#include <shokan/shokan.h>

#include "base/buffer.h"

enum page_word {
	PAGE_TITLE_HOME,
	PAGE_LEAD_HOME,
	PAGE_SKIP_MAIN,
	PAGE_SKIP_ANSWER,
	PAGE_NAV,
	PAGE_NAV_LANGUAGE,
	PAGE_NAV_ASK,
	PAGE_NAV_UPLOAD,
	PAGE_NAV_COMPARE,
	PAGE_NAV_RULES,
	PAGE_RULES_LEGEND,
	PAGE_REVISION,
	PAGE_REVISION_BY_DAY,
	PAGE_REVISION_FROM, /* %s: a day */
	PAGE_DAY,
	PAGE_DAY_HINT,
	PAGE_QUESTIONS,
	PAGE_NOT_ENCODED,
	PAGE_NOT_IN, /* %s: a revision */
	PAGE_ASK_BUTTON,
	PAGE_SHOW_BUTTON,
	PAGE_CLEAR,
	PAGE_TO_ANSWER,
	PAGE_FACTS,
	PAGE_FACTS_HINT,
	PAGE_NO_FACTS,
	PAGE_MORE_FACTS, /* %s: how many */
	PAGE_MORE_HINT,
	PAGE_PARAMETERS,
	PAGE_PARAMETERS_HINT,
	PAGE_MORE_PARAMETERS,
	PAGE_STATE_ALONE,
	PAGE_STATE_MISSING,
	PAGE_STATE_PARTLY,
	PAGE_STATE_USED,
	PAGE_STATE_IDLE,
	PAGE_STATE_UNUSED,
	PAGE_STATE_WRONG,
	PAGE_YES,
	PAGE_NO,
	PAGE_UNKNOWN,
	PAGE_NONE,
	PAGE_NOT_DECIDED,
	PAGE_KIND_NUMBER,
	PAGE_KIND_WHOLE,
	PAGE_KIND_DATE,
	PAGE_KIND_TEXT,
	PAGE_KIND_LIST, /* %s: the parts of an item */
	PAGE_EXAMPLE,	/* %s */
	PAGE_OR,
	PAGE_AFTER_SIGN, /* %s: a letter */
	PAGE_NONE_HINT,
	PAGE_DERIVED_HINT,
	PAGE_LOW,      /* %s or more */
	PAGE_LOW_OPEN, /* more than %s */
	PAGE_HIGH,
	PAGE_HIGH_OPEN,
	PAGE_UNIT, /* %s */
	PAGE_WRONG_TITLE,
	PAGE_WRONG, /* %s: what is right */
	PAGE_WRONG_ONE_OF,
	PAGE_WRONG_DAY,
	PAGE_WRONG_SAYS,
	PAGE_NO_ANSWER,
	PAGE_ANSWER,
	PAGE_ASK_TITLE,
	PAGE_EDGES_TITLE,
	PAGE_PROOF_TITLE,
	PAGE_TAKE_TITLE,
	PAGE_SHARE,
	PAGE_COPY,
	PAGE_COPIED,
	PAGE_SHARE_HINT,
	PAGE_JSON,
	PAGE_JSON_PROOF,
	PAGE_REPORT_HTML,
	PAGE_REPORT_XLSX,
	PAGE_RULE,
	PAGE_FOOTER,
	PAGE_WORD_COUNT
};

const char *page_words_get(enum page_word word, enum shk_language language);
/* The word with its `%s` replaced by `value`; plain text. */
void page_words_fill(struct buffer *out, enum page_word word,
	enum shk_language language, const char *value);
/* A unit as a reader says it, "" for none. */
const char *page_words_unit(const char *unit, enum shk_language language);
/* A word of a field as a reader says it, or itself when it has no words. */
const char *page_words_choice(
	const char *field, const char *word, enum shk_language language);

#endif
