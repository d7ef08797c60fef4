/*
 * The event stream of changes: begin, one event a change, finish with the
 * summary. As with results a writer only appends to `out`.
 */
#ifndef REPORT_CHANGES_H
#define REPORT_CHANGES_H

#include <shokan/report.h>

#include "base/buffer.h"

struct change_writer {
	void (*begin)(struct shk_change_report *report);
	void (*change)(struct shk_change_report *report,
		const struct shk_change *change);
	void (*finish)(struct shk_change_report *report,
		const struct shk_change_summary *summary);
};

struct shk_change_report {
	enum shk_language language;
	shk_sink sink;
	const struct change_writer *writer;
	struct buffer out;
	struct buffer scratch;
	bool begun;
	size_t count; /* changes so far */
};

extern const struct change_writer changes_text;
extern const struct change_writer changes_json;
extern const struct change_writer changes_csv;
extern const struct change_writer changes_lines;

/* Codes for machines: "changed", "fact", "alone". */
const char *changes_kind(enum shk_change_kind kind);
const char *changes_cause(enum shk_cause_kind kind);
const char *changes_effect(enum shk_effect effect);

/* `-400000 yen a year`, or why it is not known. */
void changes_impact(struct buffer *out, const struct shk_impact *impact,
	enum shk_language language);

#endif
