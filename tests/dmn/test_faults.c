/*
 * Memory that is refused at any place of loading, checking, showing and
 * evaluating models, and of running cases of the conformance kit.
 */
#include <criterion/criterion.h>

#include "helper.h"

#include <shokan/dmn.h>

#include "dmn/same.h"
#include "dmn/tables.h"
#include "dmn/view.h"
#include "support/faults.h"

#define MODELS SOURCE_FOLDER "/tests/dmn/models"

TestSuite(dmn_faults, .timeout = 240);

static bool swallow(void *context, const char *data, size_t size)
{
	(void)data;
	*(size_t *)context += size;
	return true;
}

static bool ignore(void *context, const shk_dmn_finding *finding)
{
	*(size_t *)context += finding->message != NULL;
	return true;
}

static enum shk_code evaluate_all(
	const shk_dmn *model, shk_dmn_session *session, shk_diag *diag)
{
	size_t seen = 0;
	const shk_sink sink = { &seen, swallow };
	enum shk_code code = SHK_OK;
	shk_dmn_element element;

	for (size_t i = 0; !code && shk_dmn_at(model, i, &element); i++)
		if (element.kind != SHK_DMN_INPUT)
			code = shk_dmn_evaluate(session, element.name,
				i % 2 ? SHK_DMN_JSON : SHK_DMN_FEEL, sink,
				diag);
	if (!code)
		cr_expect_gt(seen, 100u);
	return code;
}

static const char *const given[] = {
	"{n: 3, w: \"x\", ws: [\"x\", \"y\"], ns: [1, 2], f: true, "
	"p: {a: 1, b: \"x\"}, t: {name: \"a\", kids: []}, nw: \"a\", "
	"on: @\"2026-06-01\", any: {name: \"a\", kids: [{name: \"b\"}]}}",
	"{n: 7, w: \"y\", any: @\"2026-06-01\", a: 2, b: 1, x: 4, s: 1}",
};

static enum shk_code call_load(void *context, shk_diag *diag)
{
	const char *path = context;
	shk_dmn *model = NULL;
	enum shk_code code = shk_dmn_load(&model, &path, 1, diag);

	shk_dmn_free(model);
	return code;
}

static enum shk_code call_check(void *context, shk_diag *diag)
{
	size_t seen = 0;
	enum shk_code code = shk_dmn_check(context, ignore, &seen, diag);

	if (!code)
		cr_expect_gt(seen, 5u);
	return code;
}

static enum shk_code call_evaluate(void *context, shk_diag *diag)
{
	shk_dmn_session *session = NULL;
	enum shk_code code = shk_dmn_session_new(&session, context, diag);

	for (size_t i = 0; !code && i < COUNT(given); i++) {
		shk_dmn_clear(session);
		code = shk_dmn_give_all(session, given[i], diag);
		if (!code)
			code = evaluate_all(context, session, diag);
	}
	shk_dmn_session_free(session);
	return code;
}

static enum shk_code read_tables(const struct dmn_graph *graph, shk_diag *diag)
{
	enum shk_code code = SHK_OK;
	struct dmn_table table;
	struct arena arena;

	arena_init(&arena);
	for (size_t i = 0; !code && i < dmn_table_count(graph); i++)
		code = dmn_table_read(graph, i, NULL, &arena, &table, diag);
	arena_release(&arena);
	return code;
}

/* The evaluation of every decision, with nothing known. */
static enum shk_code evaluate_open(
	const struct dmn_graph *graph, shk_diag *diag)
{
	struct dmn_evaluator *evaluator;
	struct dmn_marks marks = { { 0 } };
	struct feel_value value;
	enum shk_code code = dmn_evaluator_new(&evaluator, graph, diag);

	for (unsigned i = 0; !code && i < graph->slot_count; i++)
		if (graph->slots[i].kind != DMN_KNOWLEDGE)
			code = dmn_evaluate(evaluator, i, &value, &marks, diag);
	dmn_evaluator_free(evaluator);
	return code;
}

static enum shk_code show_all(const struct dmn_graph *graph, shk_diag *diag)
{
	struct buffer out;
	bool failed = false;

	for (unsigned i = 0; i < graph->slot_count && !failed; i++) {
		buffer_init(&out);
		dmn_show(graph, i, &out);
		dmn_listing(graph, i, &out);
		dmn_view_parameters(graph, i, &out);
		failed = out.failed;
		buffer_release(&out);
	}
	return failed ? diag_memory(diag) : SHK_OK;
}

static enum shk_code call_strict(void *context, shk_diag *diag)
{
	const char *path = context;
	struct dmn_graph *graph;
	enum shk_code code = dmn_graph_load(&graph, &path, 1, diag);

	dmn_graph_free(graph);
	return code;
}

static enum shk_code call_parts(void *context, shk_diag *diag)
{
	enum shk_code code = show_all(context, diag);

	if (!code)
		code = read_tables(context, diag);
	if (!code)
		code = evaluate_open(context, diag);
	return code;
}

static bool count_result(void *context, const shk_dmn_result *result)
{
	*(size_t *)context += result->outcome == SHK_DMN_SUCCESS;
	return true;
}

static enum shk_code call_kit(void *context, shk_diag *diag)
{
	size_t seen = 0;
	enum shk_code code = shk_dmn_test(context, count_result, &seen, diag);

	if (!code)
		cr_expect_eq(seen, 13u, "%zu cases", seen);
	return code;
}

static char general[] = MODELS "/general.dmn";
static char strict[] = MODELS "/strict.dmn";

/* Any model: load, check, give, evaluate every element. */
Test(dmn_faults, any_model)
{
	const char *path = general;
	shk_dmn *model;
	shk_diag diag = { 0 };

	faults_open();
	faults_each("load", call_load, general, 100);
	cr_assert_eq(shk_dmn_load(&model, &path, 1, &diag), SHK_OK);
	faults_each("check", call_check, model, 10);
	faults_each("evaluate", call_evaluate, model, 20);
	shk_dmn_free(model);
	faults_close();
}

/* A model of the house: every part that looks at a graph. */
Test(dmn_faults, own_model)
{
	const char *path = strict;
	struct dmn_graph *graph;
	shk_diag diag = { 0 };

	faults_open();
	faults_each("load", call_strict, strict, 100);
	cr_assert_eq(dmn_graph_load(&graph, &path, 1, &diag), SHK_OK);
	faults_each("parts", call_parts, graph, 20);
	dmn_graph_free(graph);
	faults_close();
}

Test(dmn_faults, cases_of_the_kit)
{
	static char kit[] = MODELS;

	faults_open();
	faults_each("kit", call_kit, kit, 100);
	faults_close();
}
