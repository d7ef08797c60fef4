/*
 * The one way into the writers of what two revisions answer differently.
 */
#include "report/diff.h"

#include "base/diag.h"

const char *diff_kind(enum shk_diff_kind kind)
{
	static const char *const words[] = { "same", "different", "added",
		"removed", "neither" };

	return words[kind];
}

const char *diff_proof(enum shk_diff_proof proof)
{
	static const char *const words[] = { "text", "cells", "none" };

	return words[proof];
}

const char *diff_name(enum shk_diff_name name)
{
	static const char *const words[] = { "fact", "given", "parameter",
		"rule", "row" };

	return words[name];
}

enum shk_code shk_diff_write(const shk_diff *diff, enum shk_diff_format format,
	enum shk_language language, const struct shk_diff_impact *impacts,
	size_t impact_count, size_t records, shk_sink sink, shk_diag *diag)
{
	static void (*const writers[])(
		struct diff_report *) = { diff_text, diff_csv, diff_json };
	struct diff_report report = { .summary = shk_diff_summary(diff),
		.language = language,
		.impacts = impacts,
		.impact_count = impact_count,
		.records = records };
	enum shk_code code = SHK_OK;

	buffer_init(&report.out);
	buffer_init(&report.scratch);
	writers[format](&report);
	if (report.out.failed || report.scratch.failed)
		code = diag_memory(diag);
	else if (!sink.write(sink.context, report.out.data, report.out.size))
		code = diag_set(diag, SHK_E_IO, "cannot write the report");
	buffer_release(&report.out);
	buffer_release(&report.scratch);
	return code;
}
