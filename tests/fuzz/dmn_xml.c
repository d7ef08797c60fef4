/*
 * Any bytes as a DMN model, in a file of its own in memory beside a model that
 * it may import: loaded as ours and as anybody's, every element shown, listed
 * and evaluated with its inputs missing, and the tables checked.
 */
#define _GNU_SOURCE

#include <shokan/dmn.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dmn/evaluator.h"
#include "dmn/graph.h"
#include "fuzz/target.h"

#define SPACE "https://www.omg.org/spec/DMN/20191111/MODEL/"

static const char other_model[] =
	"<definitions xmlns=\"" SPACE "\" name=\"o\" namespace=\"urn:o\">"
	"<itemDefinition name=\"t\"><typeRef>number</typeRef></itemDefinition>"
	"<inputData id=\"a\" name=\"a\"><variable name=\"a\" "
	"typeRef=\"number\"/></inputData>"
	"<decision id=\"e\" name=\"e\"><variable name=\"e\" "
	"typeRef=\"number\"/><informationRequirement><requiredInput "
	"href=\"#a\"/></informationRequirement><literalExpression><text>a + 1"
	"</text></literalExpression></decision>"
	"<businessKnowledgeModel id=\"k\" name=\"k\"><variable name=\"k\"/>"
	"<encapsulatedLogic><formalParameter name=\"x\"/><literalExpression>"
	"<text>x * 2</text></literalExpression></encapsulatedLogic>"
	"</businessKnowledgeModel></definitions>";

static char folder[64];
static char paths[2][80];

static void write_file(const char *path, const void *data, size_t size)
{
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (file < 0 || write(file, data, size) != (ssize_t)size)
		fuzz_fail("cannot write %s", path);
	close(file);
}

static void remove_folder(void)
{
	unlink(paths[0]);
	unlink(paths[1]);
	rmdir(folder);
}

static void make_folder(void)
{
	snprintf(folder, sizeof(folder), "%s/fuzz_dmn_XXXXXX",
		access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (!mkdtemp(folder))
		fuzz_fail("cannot make %s", folder);
	snprintf(paths[0], sizeof(paths[0]), "%s/m.dmn", folder);
	snprintf(paths[1], sizeof(paths[1]), "%s/o.dmn", folder);
	write_file(paths[1], other_model, sizeof(other_model) - 1);
	atexit(remove_folder);
}

static void evaluate_all(const struct dmn_graph *graph, bool map)
{
	struct dmn_evaluator *evaluator;
	struct dmn_marks marks;
	struct feel_value value;
	struct buffer text;
	shk_diag diag = { 0 };
	enum shk_code code;

	code = dmn_evaluator_new(&evaluator, graph, &diag);
	fuzz_check_code("dmn_evaluator_new", code, &diag);
	dmn_map_unknown(evaluator, map);
	buffer_init(&text);
	for (unsigned i = 0; i < graph->slot_count; i++) {
		memset(&marks, 0, sizeof(marks));
		memset(&diag, 0, sizeof(diag));
		buffer_clear(&text);
		code = dmn_evaluate(evaluator, i, &value, &marks, &diag);
		fuzz_check_code("dmn_evaluate", code, &diag);
		if (code == SHK_OK)
			feel_print(&value, &text);
		dmn_show(graph, i, &text);
		dmn_listing(graph, i, &text);
	}
	buffer_release(&text);
	dmn_evaluator_free(evaluator);
}

static bool count_finding(void *context, const shk_dmn_finding *finding)
{
	size_t *count = context;

	if (!finding->message || finding->message[0] == '\0')
		fuzz_fail("a finding without a message");
	return ++*count < 1000;
}

static bool count_bytes(void *context, const char *data, size_t size)
{
	size_t *count = context;

	(void)data;
	*count += size;
	return true;
}

static void ask_session(const shk_dmn *model)
{
	size_t written = 0;
	const shk_sink sink = { &written, count_bytes };
	shk_dmn_session *session = NULL;
	shk_dmn_element element;
	shk_diag diag = { 0 };
	enum shk_code code;

	code = shk_dmn_session_new(&session, model, &diag);
	fuzz_check_code("shk_dmn_session_new", code, &diag);
	for (size_t i = 0; shk_dmn_at(model, i, &element); i++) {
		memset(&diag, 0, sizeof(diag));
		if (element.kind == SHK_DMN_INPUT) {
			code = shk_dmn_give(session, element.name,
				i % 2 ? "3" : "\"x\"", &diag);
			fuzz_check_code("shk_dmn_give", code, &diag);
		}
	}
	for (size_t i = 0; shk_dmn_at(model, i, &element); i++) {
		memset(&diag, 0, sizeof(diag));
		code = shk_dmn_evaluate(session, element.name,
			i % 2 ? SHK_DMN_JSON : SHK_DMN_FEEL, sink, &diag);
		fuzz_check_code("shk_dmn_evaluate", code, &diag);
	}
	shk_dmn_session_free(session);
}

static void load_general(void)
{
	static const char *const both[] = { paths[0], paths[1] };
	struct dmn_graph *graph;
	shk_dmn *model = NULL;
	shk_diag diag = { 0 };
	size_t findings = 0;
	enum shk_code code;

	code = dmn_graph_load_general(&graph, both, 1, &diag);
	fuzz_check_code("dmn_graph_load_general", code, &diag);
	if (code == SHK_OK) {
		evaluate_all(graph, true);
		dmn_graph_free(graph);
	}
	memset(&diag, 0, sizeof(diag));
	code = shk_dmn_load(&model, both, 2, &diag);
	fuzz_check_code("shk_dmn_load", code, &diag);
	if (code != SHK_OK)
		return;
	code = shk_dmn_check(model, count_finding, &findings, &diag);
	fuzz_check_code("shk_dmn_check", code, &diag);
	ask_session(model);
	shk_dmn_free(model);
}

static void load_ours(void)
{
	const char *path = paths[0];
	struct dmn_graph *graph;
	shk_diag diag = { 0 };
	enum shk_code code;

	code = dmn_graph_load(&graph, &path, 1, &diag);
	fuzz_check_code("dmn_graph_load", code, &diag);
	if (code != SHK_OK)
		return;
	evaluate_all(graph, false);
	dmn_graph_free(graph);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!folder[0])
		make_folder();
	write_file(paths[0], data, size);
	load_ours();
	load_general();
	return 0;
}
