/*
 * Every word that a report says to a reader, in English and Japanese, in one
 * table file. Codes of records.md section 5 are explained here and nowhere
 * else.
 */
#ifndef REPORT_WORDS_H
#define REPORT_WORDS_H

#include <shokan/price.h>

#include "base/buffer.h"

enum word {
	WORD_ID,
	WORD_DECISION,
	WORD_STATUS,
	WORD_VALUES,
	WORD_WHY,
	WORD_EVIDENCE_SHORT,
	WORD_MISSING,
	WORD_ANY_NUMBER,
	WORD_MORE,
	WORD_FLIPS,
	WORD_CAVEATS,
	WORD_OR,
	WORD_NONE,
	WORD_UNKNOWN,
	WORD_TRUE,
	WORD_FALSE,
	WORD_LEGEND,
	WORD_NEWEST,
	WORD_REVISION,
	WORD_AS_OF,
	WORD_REVISION_NEWEST,
	WORD_NO_REVISION,
	WORD_ANSWER,
	WORD_REASON,
	WORD_OUTCOMES,
	WORD_PROOF,
	WORD_ROW,
	WORD_ROUND,
	WORD_HOLDS,
	WORD_FAILS,
	WORD_OPEN,
	WORD_SEE_ABOVE,
	WORD_MISSING_TITLE,
	WORD_ALONE,
	WORD_PARAMETER,
	WORD_CHANGE_TITLE,
	WORD_NOW,
	WORD_BELOW,
	WORD_UP_TO,
	WORD_EXACTLY,
	WORD_FROM,
	WORD_ABOVE,
	WORD_CAVEATS_TITLE,
	WORD_EVIDENCE_TITLE,
	WORD_SOURCES_TITLE,
	WORD_RULEBOOK,
	WORD_POLICY,
	WORD_NO_POLICY,
	WORD_RECORD,
	WORD_FIELD,
	WORD_DIGITS,
	WORD_UNPROVED,
	WORD_MARGIN,
	WORD_PROVED,
	WORD_NOT_PROVED,
	WORD_CHANGED,
	WORD_CHANGE_ADDED,
	WORD_CHANGE_REMOVED,
	WORD_CHANGE_APPROVED,
	WORD_CHANGE_BECAUSE,
	WORD_CHANGE_NOTHING,
	WORD_CHANGE_BEFORE,
	WORD_CHANGE_AFTER,
	WORD_CHANGE_IMPACT,
	WORD_CHANGE_YEN,
	WORD_CHANGE_SUPPRESSED,
	WORD_CHANGE_UNLISTED,
	WORD_CHANGE_NO_PRICE,
	WORD_CHANGE_UNTESTED, /* by enum shk_effect, in its order */
	WORD_CHANGE_ALONE,
	WORD_CHANGE_NEEDED,
	WORD_CHANGE_PARTLY,
	WORD_CHANGE_TOGETHER,
	WORD_CHANGE_NONE,
	WORD_CHANGE_DIFFERS,
	WORD_CHANGE_SAME,
	WORD_CHANGE_EVIDENCE,
	WORD_CHANGE_CHANGED,
	WORD_CHANGE_COUNT_ADDED,
	WORD_CHANGE_COUNT_REMOVED,
	WORD_CHANGE_COUNT_APPROVED,
	WORD_CHANGE_UNWEIGHED,
	WORD_CHANGE_UNUSED,
	WORD_CHANGE_UNREAD,
	WORD_TABLE_ROWS,
	WORD_TABLE_COMPLETE,
	WORD_TABLE_GAP,
	WORD_TABLE_OVERLAP,
	WORD_TABLE_UNREACHABLE,
	WORD_TABLE_UNCHECKED,
	WORD_TABLE_ANY,
	WORD_TABLE_TOTAL,
	WORD_TABLE_NO_FAULT,
	WORD_TABLE_FAULTS,
	WORD_HTML_TITLE,
	WORD_HTML_RESULTS,
	WORD_HTML_CHART,
	WORD_HTML_STEPS,
	WORD_HTML_FURTHER,
	WORD_HTML_FACTS,
	WORD_FIELD_HEAD,
	WORD_NOW_HEAD,
	WORD_HTML_VALUE,
	WORD_HTML_BELOW,
	WORD_HTML_ON,
	WORD_HTML_ABOVE,
	WORD_HTML_LEVELS,
	WORD_HTML_RECEIPT,
	WORD_HTML_REPEAT,
	WORD_HTML_SKIP,
	WORD_EDGE_TODAY,
	WORD_EDGE_FROM,
	WORD_EDGE_OVER,
	WORD_EDGE_TO,
	WORD_EDGE_UNDER,
	WORD_EDGE_AT,
	WORD_EDGE_ANY,
	WORD_EDGE_MOVES,
	WORD_EDGE_MOVES_FROM,
	WORD_EDGE_MOVES_TO,
	WORD_EDGE_REFUSED,
	WORD_EDGE_UNRESOLVED,
	WORD_EDGE_AWAY,
	WORD_EDGE_NEAREST,
	WORD_EDGE_NOTHING,
	WORD_EDGE_UNVARIED,
	WORD_EDGE_COUNT,
	WORD_EDGE_COMPLETE,
	WORD_EDGE_INCOMPLETE,
	WORD_COUNT
};

const char *words_get(enum word word, enum shk_language language);
/* The word with its `%s` replaced by `value`. */
void words_fill(struct buffer *out, enum word word, enum shk_language language,
	const char *value);

/* `determined`, `not_applicable`, ...: the code, the same in every language. */
const char *words_status_code(enum shk_status status);
/* The status as a reader says it. */
const char *words_status(enum shk_status status, enum shk_language language);

/* What a code or level means, or the code itself when it is not known here. */
const char *words_reason(const char *code, enum shk_language language);
const char *words_caveat(const char *code, enum shk_language language);
const char *words_evidence(const char *level, enum shk_language language);
const char *words_unit(const char *unit, enum shk_language language);

#endif
