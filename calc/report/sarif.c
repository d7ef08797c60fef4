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
	buffer_byte(out, ',');
	sarif_rule(out, CI_CHANGED, "an answer that changed, unapproved",
		"承認のない変更", report->options.language);
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

static void sarif_location(
	struct shk_report *report, const struct ci_item *item)
{
	struct buffer *out = &report->out;

	buffer_text(out, ",\"locations\":[{");
	if (item->path[0]) {
		buffer_text(out, "\"physicalLocation\":{\"artifactLocation\":{"
				 "\"uri\":\"");
		sarif_uri(out, item->path);
		buffer_text(out, "\"}");
		if (item->row > 0)
			buffer_format(out, ",\"region\":{\"startLine\":%ld}",
				item->row);
		buffer_text(out, "},");
	}
	buffer_text(out, "\"logicalLocations\":[{\"name\":");
	ci_name(&report->scratch, item);
	ci_take_quoted(out, &report->scratch);
	buffer_text(out, ",\"kind\":\"record\"}]}]");
}

/* FNV-1a, to tell findings apart, not against an attacker. */
static uint64_t sarif_hash(uint64_t hash, const char *text)
{
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001B3u;
	return (hash ^ 0xFFu) * 0x100000001B3u; /* no byte of UTF-8 */
}

static void sarif_fingerprints(struct buffer *out, const struct ci_item *item)
{
	uint64_t hash = 0xCBF29CE484222325u;

	hash = sarif_hash(hash, item->id);
	hash = sarif_hash(hash, item->decision);
	if (item->change)
		hash = sarif_hash(hash, item->rule);
	if (!item->id[0]) { /* only its place tells it */
		hash = sarif_hash(hash, item->path);
		hash = (hash ^ (uint64_t)item->row) * 0x100000001B3u;
	}
	buffer_format(out,
		",\"fingerprints\":{\"shokan/v1\":\"%016" PRIx64 "\"},"
		"\"partialFingerprints\":{"
		"\"primaryLocationLineHash\":\"%016" PRIx64 ":1\"}",
		hash, hash);
}

/* What only a result has. */
static void sarif_why(struct buffer *out, const shk_result *result)
{
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
}

static void sarif_message(struct shk_report *report, const struct ci_item *item)
{
	struct buffer *scratch = &report->scratch;

	ci_name(scratch, item);
	buffer_text(scratch, ": ");
	ci_message(scratch, item, report->options.language);
	buffer_text(&report->out, ",\"message\":{\"text\":");
	ci_take_quoted(&report->out, scratch);
	buffer_byte(&report->out, '}');
}

void sarif_item(struct shk_report *report, const struct ci_item *item)
{
	static const char *const levels[REPORT_LEVELS] = {
		[CI_NOTE] = "note",
		[CI_WARNING] = "warning",
		[CI_ERROR] = "error",
	};
	struct buffer *out = &report->out;

	if (item->level == CI_NONE)
		return;
	if (report->fragment || report->listed)
		buffer_byte(out, ',');
	report->listed = true;
	report->levels[item->level]++;
	buffer_text(out, "\n{");
	sarif_pair(out, "ruleId", item->rule);
	sarif_more(out, "level", levels[item->level]);
	sarif_message(report, item);
	sarif_location(report, item);
	sarif_fingerprints(out, item);
	buffer_text(out, ",\"properties\":{");
	sarif_pair(out, "status", item->status);
	sarif_more(out, "id", item->id);
	sarif_more(out, "decision", item->decision);
	if (item->result)
		sarif_why(out, item->result);
	buffer_text(out, "}}");
}

static void sarif_result(struct shk_report *report, const shk_result *result)
{
	struct ci_item item;

	ci_of_result(&item, result, report->options.strict);
	sarif_item(report, &item);
}

/* What the results rest on. */
static void sarif_provenance(struct shk_report *report)
{
	const struct shk_snapshot_header *header = report->options.header;

	if (header && header->rulebook)
		sarif_more(&report->out, "rulebook", header->rulebook);
	if (header && header->policy)
		sarif_more(&report->out, "policy", header->policy);
}

static void sarif_finish(struct shk_report *report)
{
	struct buffer *out = &report->out;

	buffer_text(out, "\n],\"properties\":{\"counts\":{");
	for (size_t i = 0; i < REPORT_STATUSES; i++)
		buffer_format(out, "%s\"%s\":%zu", i ? "," : "",
			words_status_code((enum shk_status)i),
			report->counts[i]);
	buffer_format(out,
		"},\"changes\":{\"approved\":%zu,\"unapproved\":%zu}",
		report->changes[true], report->changes[false]);
	sarif_provenance(report);
	buffer_text(out, "}}]}\n");
}

const struct report_writer report_sarif = { sarif_begin, sarif_result,
	sarif_finish };
