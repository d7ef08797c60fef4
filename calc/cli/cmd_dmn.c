/*
 * `shokan dmn`: the general engine. `test` runs a folder of conformance cases
 * and writes the vendors' CSV, `eval` evaluates the decisions of any model,
 * `check` tells what is wrong or doubtful in it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <shokan/dmn.h>

#include "cli/command.h"
#include "cli/message.h"
#include "cli/output.h"

static const char *const dmn_topics[] = { "test", "eval", "check" };
enum dmn_topic { DMN_TEST, DMN_EVAL, DMN_CHECK, DMN_NONE };

static enum dmn_topic dmn_topic_find(const char *name)
{
	const char *nearest;

	for (int i = 0; i < DMN_NONE; i++)
		if (strcmp(dmn_topics[i], name) == 0)
			return (enum dmn_topic)i;
	nearest = cli_nearest(name, dmn_topics, DMN_NONE);
	if (nearest)
		cli_complain(
			"dmn has no %s; did you mean dmn %s?", name, nearest);
	else
		cli_complain("dmn has no %s; see shokan dmn --help", name);
	return DMN_NONE;
}

/* Where lines go, and whether they all got there. */
struct dmn_out {
	shk_sink sink;
	bool failed;
	size_t counts[3]; /* test: by outcome; check: told */
};

static void dmn_put(struct dmn_out *out, const char *text, size_t size)
{
	if (!out->failed && !out->sink.write(out->sink.context, text, size))
		out->failed = true;
}

static void dmn_put_text(struct dmn_out *out, const char *text)
{
	dmn_put(out, text, strlen(text));
}

/* A field of the CSV: in quotes, with quotes inside doubled. */
static void dmn_put_field(struct dmn_out *out, const char *text)
{
	dmn_put_text(out, "\"");
	for (; *text; text++) {
		if (*text == '"')
			dmn_put_text(out, "\"");
		dmn_put(out, text, 1);
	}
	dmn_put_text(out, "\"");
}

static bool dmn_tell_result(void *context, const shk_dmn_result *result)
{
	static const char *const outcomes[] = { [SHK_DMN_SUCCESS] = "SUCCESS",
		[SHK_DMN_ERROR] = "ERROR",
		[SHK_DMN_IGNORED] = "IGNORED" };
	struct dmn_out *out = context;

	out->counts[result->outcome]++;
	dmn_put_field(out, result->file);
	dmn_put_text(out, ",");
	dmn_put_field(out, result->test);
	dmn_put_text(out, ",");
	dmn_put_field(out, result->node);
	dmn_put_text(out, ",");
	dmn_put_field(out, outcomes[result->outcome]);
	dmn_put_text(out, "\n");
	if (result->outcome != SHK_DMN_SUCCESS)
		cli_complain("%s: case %s: %s: %s", result->file, result->test,
			result->node, result->detail);
	return !out->failed;
}

static enum cli_exit dmn_test(
	const struct cli_arguments *arguments, struct dmn_out *out)
{
	shk_diag diag = { 0 };
	enum shk_code code =
		shk_dmn_test(arguments->words[1], dmn_tell_result, out, &diag);
	size_t bad;

	if (code != SHK_OK)
		return cli_complain_diag(&diag);
	bad = out->counts[SHK_DMN_ERROR] + out->counts[SHK_DMN_IGNORED];
	cli_complain("%zu results: %zu SUCCESS, %zu ERROR, %zu IGNORED",
		out->counts[SHK_DMN_SUCCESS] + bad,
		out->counts[SHK_DMN_SUCCESS], out->counts[SHK_DMN_ERROR],
		out->counts[SHK_DMN_IGNORED]);
	if (out->counts[SHK_DMN_SUCCESS] + bad == 0) {
		cli_complain("%s holds no cases", arguments->words[1]);
		return CLI_INPUT;
	}
	return bad > 0 ? CLI_FINDINGS : CLI_DONE;
}

/* Load the models of the words behind the topic; says every fault. */
static enum cli_exit dmn_load(
	const struct cli_arguments *arguments, shk_dmn **model)
{
	const char *paths[CLI_SETS_MAX];
	shk_diag diag = { 0 };
	size_t count = arguments->word_count - 1;

	if (count > CLI_SETS_MAX) {
		cli_complain("more than %d models", CLI_SETS_MAX);
		return CLI_USAGE;
	}
	for (size_t i = 0; i < count; i++)
		paths[i] = arguments->words[i + 1];
	if (shk_dmn_load(model, paths, count, &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	return CLI_DONE;
}

/* Every decision, as the entries of one object. */
static enum shk_code dmn_eval_all(const shk_dmn *model,
	shk_dmn_session *session, struct dmn_out *out, shk_diag *diag)
{
	shk_dmn_element element;
	enum shk_code code = SHK_OK;
	bool first = true;

	dmn_put_text(out, "{");
	for (size_t i = 0; code == SHK_OK && shk_dmn_at(model, i, &element);
		i++) {
		if (element.kind != SHK_DMN_DECISION)
			continue;
		dmn_put_text(out, first ? "\n  " : ",\n  ");
		dmn_put_text(out, "\"");
		for (const char *at = element.name; *at; at++) {
			if (*at == '"' || *at == '\\')
				dmn_put_text(out, "\\");
			dmn_put(out, at, 1);
		}
		dmn_put_text(out, "\": ");
		code = shk_dmn_evaluate(
			session, element.name, SHK_DMN_JSON, out->sink, diag);
		first = false;
	}
	dmn_put_text(out, "\n}\n");
	return code;
}

static enum shk_code dmn_eval_session(const shk_dmn *model,
	const struct cli_arguments *arguments, struct dmn_out *out,
	shk_diag *diag)
{
	shk_dmn_session *session;
	enum shk_code code = shk_dmn_session_new(&session, model, diag);

	if (code == SHK_OK && arguments->given[OPT_INPUT])
		code = shk_dmn_give_all(
			session, arguments->value[OPT_INPUT], diag);
	if (code == SHK_OK && arguments->given[OPT_DECISION]) {
		code = shk_dmn_evaluate(session, arguments->value[OPT_DECISION],
			SHK_DMN_JSON, out->sink, diag);
		if (code == SHK_OK)
			dmn_put_text(out, "\n");
	} else if (code == SHK_OK) {
		code = dmn_eval_all(model, session, out, diag);
	}
	shk_dmn_session_free(session);
	return code;
}

static enum cli_exit dmn_eval(
	const struct cli_arguments *arguments, struct dmn_out *out)
{
	shk_dmn *model = NULL;
	shk_diag diag = { 0 };
	enum cli_exit status = dmn_load(arguments, &model);

	if (status != CLI_DONE)
		return status;
	for (size_t i = 0; i < shk_dmn_fault_count(model); i++)
		cli_complain_diag(shk_dmn_fault(model, i));
	if (dmn_eval_session(model, arguments, out, &diag) != SHK_OK)
		status = cli_complain_diag(&diag);
	shk_dmn_free(model);
	return status;
}

static bool dmn_tell_finding(void *context, const shk_dmn_finding *finding)
{
	struct dmn_out *out = context;
	char place[64];

	snprintf(place, sizeof(place), ":%ld:%ld: ", finding->line,
		finding->column);
	dmn_put_text(out, finding->path);
	dmn_put_text(out, place);
	dmn_put_text(out, shk_dmn_finding_name(finding->kind));
	dmn_put_text(out, ": ");
	dmn_put_text(out, finding->message);
	dmn_put_text(out, "\n");
	out->counts[finding->kind != SHK_DMN_UNCHECKED]++;
	return !out->failed;
}

static enum cli_exit dmn_check(
	const struct cli_arguments *arguments, struct dmn_out *out)
{
	shk_dmn *model = NULL;
	shk_diag diag = { 0 };
	enum cli_exit status = dmn_load(arguments, &model);

	if (status != CLI_DONE)
		return status;
	if (shk_dmn_check(model, dmn_tell_finding, out, &diag) != SHK_OK)
		status = cli_complain_diag(&diag);
	else if (out->counts[1] > 0)
		status = CLI_FINDINGS;
	shk_dmn_free(model);
	return status;
}

static enum cli_exit dmn_arguments(
	const struct cli_arguments *arguments, enum dmn_topic *topic)
{
	if (arguments->word_count == 0) {
		cli_complain("dmn what? test DIR, eval MODEL or check MODEL");
		return CLI_USAGE;
	}
	*topic = dmn_topic_find(arguments->words[0]);
	if (*topic == DMN_NONE)
		return CLI_USAGE;
	if (arguments->word_count < 2 ||
		(*topic == DMN_TEST && arguments->word_count > 2)) {
		cli_complain(*topic == DMN_TEST ? "dmn test needs one folder"
						: "dmn %s needs a model",
			arguments->words[0]);
		return CLI_USAGE;
	}
	if (*topic != DMN_EVAL && (arguments->given[OPT_DECISION] ||
					  arguments->given[OPT_INPUT])) {
		cli_complain("--decision and --input belong to dmn eval");
		return CLI_USAGE;
	}
	return CLI_DONE;
}

enum cli_exit cmd_dmn(const struct cli_arguments *arguments)
{
	static enum cli_exit (*const topics[])(const struct cli_arguments *,
		struct dmn_out *) = { dmn_test, dmn_eval, dmn_check };
	struct cli_output output;
	struct dmn_out out = { .failed = false };
	enum dmn_topic topic;
	enum cli_exit status = dmn_arguments(arguments, &topic);
	enum cli_exit written;

	if (status != CLI_DONE)
		return status;
	status = cli_output_open(
		&output, arguments->value[OPT_OUTPUT], topic == DMN_EVAL);
	if (status != CLI_DONE)
		return status;
	out.sink = cli_output_sink(&output);
	status = topics[topic](arguments, &out);
	if (status != CLI_DONE && status != CLI_FINDINGS) {
		cli_output_abort(&output);
		return status;
	}
	written = cli_output_commit(&output);
	return written == CLI_DONE ? status : written;
}
