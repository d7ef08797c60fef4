/*
 * JUnit XML as Jenkins and GitLab read it: every result a test case, its class
 * the decision, its name the record. The counts of a suite stand in front of
 * its cases, so the cases wait in memory until their file ends or a ceiling is
 * reached: memory stays bounded however long the catalogue is. There are no
 * times: the same input gives the same bytes.
 */
#include <string.h>

#include <shokan/version.h>

#include "report/ci.h"

#define JUNIT_CASES_MAX 10000	   /* cases of one suite */
#define JUNIT_BYTES_MAX (8u << 20) /* text that waits, but for one case */

static const char *junit_escape_text(unsigned char byte)
{
	switch (byte) {
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '&':
		return "&amp;";
	case '"':
		return "&quot;";
	case '\n':
		return "\n";
	case '\t':
		return "\t";
	default:
		return NULL;
	}
}

/* In an attribute, where a reader turns line ends and tabs into spaces. */
static const char *junit_escape_attribute(unsigned char byte)
{
	switch (byte) {
	case '\n':
		return "&#10;";
	case '\t':
		return "&#9;";
	case '\r':
		return "&#13;";
	default:
		return junit_escape_text(byte);
	}
}

static void junit_attribute(
	struct buffer *out, const char *name, struct text value)
{
	buffer_byte(out, ' ');
	buffer_text(out, name);
	buffer_text(out, "=\"");
	ci_spell(out, value, junit_escape_attribute);
	buffer_byte(out, '"');
}

static void junit_property(
	struct buffer *out, const char *name, const char *value)
{
	buffer_text(out, "      <property");
	junit_attribute(out, "name", text_of(name));
	junit_attribute(out, "value", text_of(value));
	buffer_text(out, "/>\n");
}

/* The suite that waits goes out with its counts. */
static void junit_close_suite(struct shk_report *report)
{
	struct report_suite *suite = &report->suite;
	struct buffer *out = &report->out;
	struct text path = { suite->path.data, suite->path.size };

	if (suite->tests == 0)
		return;
	buffer_text(out, "  <testsuite");
	junit_attribute(out, "name", path);
	buffer_format(out,
		" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\""
		" skipped=\"%zu\">\n",
		suite->tests, suite->failures, suite->errors, suite->skipped);
	buffer_add(out, suite->cases.data, suite->cases.size);
	buffer_text(out, "  </testsuite>\n");
	buffer_clear(&suite->cases);
	suite->tests = suite->failures = suite->errors = suite->skipped = 0;
}

/* Where the item is from, as a reader says it. */
static const char *junit_source(const struct ci_item *item)
{
	if (item->path[0])
		return item->path;
	return item->change ? "changes" : "standard input";
}

/* What the results rest on, once a suite. */
static void junit_open_suite(struct shk_report *report, struct text source)
{
	const struct shk_snapshot_header *header = report->options.header;
	struct report_suite *suite = &report->suite;
	struct buffer *out = &suite->cases;

	buffer_clear(&suite->path);
	buffer_add(&suite->path, source.data, source.size);
	buffer_text(out, "    <properties>\n");
	junit_property(out, "shokan", shk_version());
	if (header && header->rulebook)
		junit_property(out, "rulebook", header->rulebook);
	if (header && header->policy)
		junit_property(out, "policy", header->policy);
	buffer_text(out, "    </properties>\n");
}

/* The suite takes a case from `source`, or is closed first; counted. */
static void junit_make_room(
	struct shk_report *report, struct text source, enum ci_verdict verdict)
{
	struct report_suite *suite = &report->suite;
	struct text path = { suite->path.data, suite->path.size };

	if (suite->tests == JUNIT_CASES_MAX ||
		suite->cases.size > JUNIT_BYTES_MAX ||
		(suite->tests && !text_equal(path, source)))
		junit_close_suite(report);
	if (suite->tests == 0)
		junit_open_suite(report, source);
	suite->tests++;
	suite->errors += verdict == CI_BROKEN;
	suite->failures += verdict == CI_FAILED;
	suite->skipped += verdict == CI_OPEN;
}

/* Place and provenance, the last line of a message. */
static void junit_place(struct buffer *message, const struct ci_item *item)
{
	const shk_result *result = item->result;

	buffer_byte(message, '\n');
	buffer_text(message, junit_source(item));
	if (item->row > 0)
		buffer_format(message, ":%ld", item->row);
	if (!result)
		return;
	if (result->revision[0])
		buffer_format(message, ", revision %s", result->revision);
	if (result->as_of[0])
		buffer_format(message, ", as of %s", result->as_of);
	if (result->evidence[0])
		buffer_format(message, ", evidence %s", result->evidence);
}

static void junit_outcome(struct shk_report *report, const struct ci_item *item)
{
	static const char *const elements[] = {
		[CI_PASSED] = "system-out",
		[CI_NOT_APPLICABLE] = "system-out",
		[CI_OPEN] = "skipped",
		[CI_FAILED] = "failure",
		[CI_BROKEN] = "error",
	};
	const char *element = elements[item->verdict];
	struct buffer *out = &report->suite.cases;
	struct buffer *message = &report->scratch;

	ci_message(message, item, report->options.language);
	buffer_format(out, "      <%s", element);
	if (item->verdict >= CI_OPEN) {
		junit_attribute(out, "type", text_of(item->type));
		junit_attribute(out, "message", ci_first_line(message));
	}
	buffer_byte(out, '>');
	junit_place(message, item);
	ci_take(out, message, junit_escape_text);
	buffer_format(out, "</%s>\n", element);
}

/* A change has a class of its own: readers drop a second case of a name. */
static void junit_case(struct shk_report *report, const struct ci_item *item)
{
	struct buffer *out = &report->suite.cases;

	buffer_text(out, "    <testcase classname=\"");
	if (item->change)
		buffer_text(out, "change.");
	ci_spell(out, text_of(item->decision), junit_escape_attribute);
	buffer_text(out, "\" name=\"");
	ci_name(&report->scratch, item);
	ci_take(out, &report->scratch, junit_escape_attribute);
	buffer_text(out, "\">\n");
	junit_outcome(report, item);
	buffer_text(out, "    </testcase>\n");
}

/* In a fragment: what stands before the source and the text of a case. */
struct junit_frame {
	size_t source;
	size_t text;
	enum ci_verdict verdict;
};

/* A fragment has no suites: report_append counts and closes them. */
static void junit_frame(struct shk_report *report, const struct ci_item *item)
{
	struct buffer *cases = &report->suite.cases;
	struct text source = text_of(junit_source(item));
	struct junit_frame frame;

	junit_case(report, item);
	if (cases->failed)
		return;
	memset(&frame, 0, sizeof(frame)); /* the gaps too */
	frame.source = source.size;
	frame.text = cases->size;
	frame.verdict = item->verdict;
	buffer_add(&report->out, (const char *)&frame, sizeof(frame));
	buffer_add(&report->out, source.data, source.size);
	buffer_add(&report->out, cases->data, cases->size);
	buffer_clear(cases);
}

void junit_append(struct shk_report *report, struct text bytes)
{
	const char *at = bytes.data;
	const char *end = bytes.data + bytes.size;

	while (at < end) {
		struct junit_frame frame;
		struct text source;

		memcpy(&frame, at, sizeof(frame));
		at += sizeof(frame);
		source = (struct text){ at, frame.source };
		at += frame.source;
		junit_make_room(report, source, frame.verdict);
		buffer_add(&report->suite.cases, at, frame.text);
		at += frame.text;
	}
}

void junit_item(struct shk_report *report, const struct ci_item *item)
{
	if (report->fragment) {
		junit_frame(report, item);
		return;
	}
	junit_make_room(report, text_of(junit_source(item)), item->verdict);
	junit_case(report, item);
}

static void junit_result(struct shk_report *report, const shk_result *result)
{
	struct ci_item item;

	ci_of_result(&item, result, report->options.strict);
	junit_item(report, &item);
}

static void junit_begin(struct shk_report *report)
{
	buffer_text(&report->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
				  "<testsuites name=\"shokan\">\n");
}

static void junit_finish(struct shk_report *report)
{
	junit_close_suite(report);
	buffer_text(&report->out, "</testsuites>\n");
}

const struct report_writer report_junit = { junit_begin, junit_result,
	junit_finish };
