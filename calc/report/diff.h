/*
 * What two revisions answer differently, as each format writes it. A writer
 * only appends to `out`.
 */
#ifndef REPORT_DIFF_H
#define REPORT_DIFF_H

#include <shokan/diff.h>

#include "base/buffer.h"

struct diff_report {
	const struct shk_diff_summary *summary;
	enum shk_language language;
	const struct shk_diff_impact *impacts; /* NULL: no records */
	size_t impact_count;
	size_t records;
	struct buffer out;
	struct buffer scratch;
};

void diff_text(struct diff_report *report);
void diff_csv(struct diff_report *report);
void diff_json(struct diff_report *report);

/* Codes for machines: "different", "cells", "fact", ... */
const char *diff_kind(enum shk_diff_kind kind);
const char *diff_proof(enum shk_diff_proof proof);
const char *diff_name(enum shk_diff_name name);

#endif
