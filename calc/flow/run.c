/*
 * The flow as a whole: how many slots and threads, and file after file.
 */
#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "flow/flow.h"

/* A result takes far more bytes than its record, with its steps above all. */
#define RUN_PART_CELLS (1u << 19) /* of a table only the wanted columns */
#define RUN_PART_TABLE (1u << 15)
#define RUN_PART_JSON  (1u << 14)
#define RUN_PART_STEPS (1u << 12)
#define RUN_PART_MOST  IDS_MAX /* each record has a byte and more */
#define RUN_PART_LEAST (1u << 10)
#define RUN_ROW	       16 /* bytes of a very short row */

_Static_assert(RUN_PART_MOST <= IDS_MAX, "the identifiers of a part fit");

/* Smaller ones for who wants marks often. */
static size_t run_often(size_t size, uint64_t every)
{
	if (every == 0 || every > size / RUN_ROW)
		return size;
	size = (size_t)every * RUN_ROW;
	return size < RUN_PART_LEAST ? RUN_PART_LEAST : size;
}

static size_t run_part_size(const shk_flow_options *options)
{
	size_t size = RUN_PART_CELLS;

	if (options->part_size)
		return options->part_size < RUN_PART_MOST ? options->part_size
							  : RUN_PART_MOST;
	for (size_t i = 0; i < options->report_count; i++) {
		const shk_report_options *report =
			&options->reports[i]->options;
		size_t wanted =
			report->column_count ? RUN_PART_CELLS : RUN_PART_TABLE;

		if (report->format == SHK_REPORT_JSON)
			wanted = RUN_PART_JSON;
		if (report->steps || report->format == SHK_REPORT_EXPLAIN)
			wanted = RUN_PART_STEPS;
		size = wanted < size ? wanted : size;
	}
	return run_often(size, options->mark_every);
}

static enum shk_code run_check(const shk_flow_options *options, shk_diag *diag)
{
	if (options->report_count == 0 ||
		options->report_count > FLOW_REPORTS_MAX)
		return diag_set(diag, SHK_E_USAGE,
			"a flow has one to %d reports", FLOW_REPORTS_MAX);
	if (options->jobs > SHK_JOBS_MAX)
		return diag_set(diag, SHK_E_USAGE, "more than %d threads",
			SHK_JOBS_MAX);
	return SHK_OK;
}

static enum shk_code run_open(struct flow *flow, shk_diag *diag)
{
	const shk_flow_options *options = flow->options;
	unsigned jobs = options->jobs;
	enum shk_code code;

	if (options->only || options->single || jobs == 0)
		jobs = 1;
	flow->part_size = run_part_size(options);
	flow->stream_records = FLOW_STREAM_RECORDS;
	if (options->mark_every > 0 &&
		options->mark_every < FLOW_STREAM_RECORDS)
		flow->stream_records = (size_t)options->mark_every;
	flow->slot_count = jobs > 1 ? (size_t)jobs * FLOW_SLOTS_A_JOB : 1;
	flow->slots = memory_zeroed(flow->slot_count, sizeof(*flow->slots));
	if (!flow->slots)
		return diag_memory(diag);
	for (size_t i = 0; i < flow->slot_count; i++)
		slot_init(&flow->slots[i]);
	code = worker_open(&flow->home, flow, options->pricer, diag);
	flow->home.skip = options->skip;
	flow->home.pause = options->mark_at;
	if (!code && jobs > 1)
		code = team_open(flow, jobs, diag);
	return code;
}

static void run_close(struct flow *flow)
{
	team_close(flow->team);
	worker_close(&flow->home);
	for (size_t i = 0; flow->slots && i < flow->slot_count; i++)
		slot_release(&flow->slots[i]);
	memory_free(flow->slots);
}

enum shk_code shk_flow_run(const shk_flow_options *options,
	shk_flow_totals *totals, shk_diag *diag)
{
	shk_diag why = { 0 };
	struct flow flow = {
		.options = options, .totals = totals, .diag = &why
	};
	enum shk_code code = run_check(options, &why);

	memset(totals, 0, sizeof(*totals));
	if (!code)
		code = run_open(&flow, &why);
	if (!code && options->rows) {
		file_rows(&flow);
		code = flow.code;
	}
	for (size_t i = 0; !code && i < options->path_count; i++) {
		file_run(&flow, i);
		code = flow.code;
	}
	run_close(&flow);
	if (code && diag)
		*diag = why;
	return code;
}
