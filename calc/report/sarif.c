/*
 * SARIF 2.1.0: one run, the decisions as rules, and one result a finding with
 * its place in the input, so that a viewer or a code host shows it at the
 * record. What is no finding is only counted, in the run's properties. The
 * fingerprint is the record and its decision: stable when rows move.
 */
#include <inttypes.h>
#include <string.h>

#include <shokan/version.h>

#include "report/ci.h"
#include "report/words.h"

#define SARIF_SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

static void sarif_pair(struct buffer *out, const char *name, const char *value)
{
	buffer_format(out, "\"%s\":", name);
	ci_quote(out, text_of(value));
}

/* A member behind others; left out when it is empty. */
static void sarif_more(struct buffer *out, const char *name, const char *value)
{
	if (!value[0])
		return;
	buffer_byte(out, ',');
	sarif_pair(out, name, value);
}

static void sarif_rule(struct buffer *out, const char *id, const char *english,
	const char *japanese, enum shk_language language)
{
	buffer_text(out, "\n{");
	sarif_pair(out, "id", id);
	buffer_text(out, ",\"shortDescription\":{");
	sarif_pair(out, "text", language == SHK_JAPANESE ? japanese : english);
	buffer_text(out, "},\"properties\":{");
	sarif_pair(out, "en", english);
	sarif_more(out, "ja", japanese);
	buffer_text(out, "}}");
}

static void sarif_rules(struct shk_report *report)
{
	const shk_rulebook *book = report->options.rulebook;
	struct buffer *out = &report->out;
	size_t count = book ? shk_rulebook_decision_count(book) : 0;

	buffer_text(out, ",\"rules\":[");
	for (size_t i = 0; i < count; i++) {
		sarif_rule(out, shk_rulebook_decision(book, i),
			shk_rulebook_decision_label(book, i, SHK_ENGLISH),
			shk_rulebook_decision_label(book, i, SHK_JAPANESE),
			report->options.language);
		buffer_byte(out, ',');
	}
	sarif_rule(out, CI_UNREADABLE, "an input that cannot be read",
		"読めない入力", report->options.language);
	buffer_byte(out, ']');
}

static void sarif_begin(struct shk_report *report)
{
	struct buffer *out = &report->out;

	buffer_byte(out, '{');
	sarif_pair(out, "$schema", SARIF_SCHEMA);
	buffer_text(out, ",\"version\":\"2.1.0\",\"runs\":[{\"tool\":{"
			 "\"driver\":{\"name\":\"shokan\"");
	sarif_more(out, "version", shk_version());
	sarif_more(out, "semanticVersion", shk_version());
	sarif_rules(report);
	buffer_text(out, "}}");
	sarif_more(out, "language",
		report->options.language == SHK_JAPANESE ? "ja" : "en");
	buffer_text(out, ",\"results\":[");
}

/* A path as a URI reference: relative as it came, or of the file scheme. */
static void sarif_uri(struct buffer *out, const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~/";

	if (path[0] == '/')
		buffer_text(out, "file://");
	for (; *path; path++) {
		if (strchr(plain, *path))
			buffer_byte(out, *path);
		else
			buffer_format(out, "%%%02X", (unsigned char)*path);
	}
}

static void sarif_location(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->out;
	struct buffer *scratch = &report->scratch;

	buffer_text(out, ",\"locations\":[{");
	if (ci_has_place(result)) {
		buffer_text(out, "\"physicalLocation\":{\"artifactLocation\":{"
				 "\"uri\":\"");
		sarif_uri(out, result->path);
		buffer_text(out, "\"}");
		if (result->row > 0)
			buffer_format(out, ",\"region\":{\"startLine\":%ld}",
				result->row);
		buffer_text(out, "},");
	}
	buffer_text(out, "\"logicalLocations\":[{\"name\":");
	ci_name(scratch, result);
	ci_take_quoted(out, scratch);
	buffer_text(out, ",\"kind\":\"record\"}]}]");
}

/* FNV-1a, to tell findings apart, not against an attacker. */
static uint64_t sarif_hash(uint64_t hash, const char *text)
{
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001B3u;
	return (hash ^ 0xFFu) * 0x100000001B3u; /* no byte of UTF-8 */
}

static void sarif_fingerprints(struct buffer *out, const shk_result *result)
{
	uint64_t hash = 0xCBF29CE484222325u;

	hash = sarif_hash(hash, result->id);
	hash = sarif_hash(hash, ci_rule(result));
	if (!result->id[0]) { /* only its place tells it */
		hash = sarif_hash(hash, result->path);
		hash = (hash ^ (uint64_t)result->row) * 0x100000001B3u;
	}
	buffer_format(out,
		",\"fingerprints\":{\"shokan/v1\":\"%016" PRIx64 "\"},"
		"\"partialFingerprints\":{"
		"\"primaryLocationLineHash\":\"%016" PRIx64 ":1\"}",
		hash, hash);
}

static void sarif_properties(struct buffer *out, const shk_result *result)
{
	buffer_text(out, ",\"properties\":{");
	sarif_pair(out, "status", words_status_code(result->status));
	sarif_more(out, "id", result->id);
	sarif_more(out, "field", result->field);
	sarif_more(out, "reason", result->reason);
	buffer_text(out, ",\"missing\":[");
	for (size_t i = 0; i < result->missing_count; i++) {
		if (i)
			buffer_byte(out, ',');
		ci_quote(out, text_of(result->missing[i].name));
	}
	buffer_byte(out, ']');
	sarif_more(out, "revision", result->revision);
	sarif_more(out, "asOf", result->as_of);
	sarif_more(out, "evidence", result->evidence);
	buffer_byte(out, '}');
}

static void sarif_message(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->out;
	struct buffer *scratch = &report->scratch;

	ci_name(scratch, result);
	buffer_text(scratch, ": ");
	ci_message(scratch, result, report->options.language);
	buffer_text(out, ",\"message\":{\"text\":");
	ci_take_quoted(out, scratch);
	buffer_byte(out, '}');
}

static void sarif_result(struct shk_report *report, const shk_result *result)
{
	static const char *const levels[REPORT_LEVELS] = {
		[CI_NOTE] = "note",
		[CI_WARNING] = "warning",
		[CI_ERROR] = "error",
	};
	enum ci_level level = ci_level(result, report->options.strict);
	struct buffer *out = &report->out;
	size_t *counts = report->levels;

	if (level == CI_NONE)
		return;
	if (counts[CI_NOTE] || counts[CI_WARNING] || counts[CI_ERROR])
		buffer_byte(out, ',');
	counts[level]++;
	buffer_text(out, "\n{");
	sarif_pair(out, "ruleId", ci_rule(result));
	sarif_more(out, "level", levels[level]);
	sarif_message(report, result);
	sarif_location(report, result);
	sarif_fingerprints(out, result);
	sarif_properties(out, result);
	buffer_byte(out, '}');
}

static void sarif_finish(struct shk_report *report)
{
	struct buffer *out = &report->out;

	buffer_text(out, "\n],\"properties\":{\"counts\":{");
	for (size_t i = 0; i < REPORT_STATUSES; i++)
		buffer_format(out, "%s\"%s\":%zu", i ? "," : "",
			words_status_code((enum shk_status)i),
			report->counts[i]);
	buffer_text(out, "}");
	if (report->options.rulebook)
		sarif_more(out, "rulebook",
			shk_rulebook_hash(report->options.rulebook));
	buffer_text(out, "}}]}\n");
}

const struct report_writer report_sarif = { sarif_begin, sarif_result,
	sarif_finish };
