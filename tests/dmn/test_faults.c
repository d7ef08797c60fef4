/*
 * Memory that is refused at any place of loading, checking, showing and
 * evaluating models.
 */
#include <criterion/criterion.h>

#include "helper.h"
#include "support/faults.h"

TestSuite(dmn_faults, .init = folder_open, .fini = folder_close, .timeout = 60);

static enum shk_code call_load(void *context, shk_diag *diag)
{
	const char *path = context;
	struct dmn_graph *graph;
	enum shk_code code = dmn_graph_load_general(&graph, &path, 1, diag);

	dmn_graph_free(graph);
	return code;
}

Test(dmn_faults, loading)
{
	static char path[] = SOURCE_FOLDER "/tests/dmn/example/loan.dmn";

	faults_open();
	faults_each("load", call_load, path, 100);
	faults_close();
}
