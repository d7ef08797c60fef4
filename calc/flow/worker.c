/*
 * Reading and pricing, record by record. A wrong record is told once and
 * becomes an error result, and the loop goes on; a file that cannot be read on
 * is told and left; a failure of memory or of an argument stops everything.
 */
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "flow/flow.h"

static bool flow_is_input(enum shk_code code)
{
	return code == SHK_E_INPUT || code == SHK_E_LIMIT;
}

static bool worker_write(void *context, const char *data, size_t size)
{
	const struct flow_sink *sink = context;

	/* memory that runs out is seen when the slot is complete */
	buffer_add(&sink->worker->slot->outputs[sink->report], data, size);
	return true;
}

enum shk_code worker_open(struct flow_worker *worker, const struct flow *flow,
	shk_pricer *pricer, shk_diag *diag)
{
	const shk_flow_options *options = flow->options;
	enum shk_code code = SHK_OK;

	memset(worker, 0, sizeof(*worker));
	worker->flow = flow;
	worker->pricer = pricer;
	worker->borrowed = pricer != NULL;
	if (!pricer)
		code = shk_pricer_new(&worker->pricer, options->rulebook,
			options->schema, options->price, diag);
	for (size_t i = 0; !code && i < options->report_count; i++) {
		shk_sink sink = { &worker->sinks[i], worker_write };

		worker->sinks[i] = (struct flow_sink){ worker, i };
		code = report_fragment(
			&worker->reports[i], options->reports[i], sink, diag);
	}
	return code;
}

void worker_close(struct flow_worker *worker)
{
	lane_end(worker);
	shk_records_close(worker->reader);
	worker->reader = NULL;
	if (!worker->borrowed)
		shk_pricer_free(worker->pricer);
	worker->pricer = NULL;
	for (size_t i = 0; i < FLOW_REPORTS_MAX; i++) {
		shk_report_free(worker->reports[i]);
		worker->reports[i] = NULL;
	}
}

void worker_stop(
	struct flow_worker *worker, enum shk_code code, const shk_diag *why)
{
	struct flow_slot *slot = worker->slot;

	if (slot->end == FLOW_STOPS)
		return;
	slot->end = FLOW_STOPS;
	slot->code = code;
	slot->why = *why;
}

static void worker_tell(struct flow_worker *worker, enum shk_flow_kind kind,
	const char *message)
{
	shk_diag diag = { 0 };

	diag_set(&diag, SHK_E_INPUT, "%s", message);
	diag_place(&diag, shk_record_path(worker->record),
		shk_record_row(worker->record), 0);
	told_add(worker->slot, kind, &diag);
}

enum shk_code worker_result(void *context, const shk_result *result)
{
	struct flow_worker *worker = context;
	enum shk_code code = SHK_OK;

	if (shk_result_status(result) == SHK_ERROR) {
		const char *message = shk_result_message(result);

		worker->slot->wrong = true;
		if (strcmp(worker->said, message) != 0) {
			snprintf(worker->said, sizeof(worker->said), "%s",
				message);
			worker_tell(worker, SHK_FLOW_ERROR, message);
		}
	}
	for (size_t i = 0; !code && i < worker->flow->options->report_count;
		i++)
		code = shk_report_result(
			worker->reports[i], result, &worker->priced);
	if (code)
		worker_stop(worker, code, &worker->priced);
	return code;
}

/* The fields to set are the same for every record, so a bad one stops. */
static bool worker_set(struct flow_worker *worker, shk_record *record)
{
	const shk_flow_options *options = worker->flow->options;

	for (size_t i = 0; i < options->set_count; i++) {
		const shk_flow_set *set = &options->sets[i];
		shk_diag diag = { 0 };

		if (!shk_record_set(record, set->name, set->value, &diag))
			continue;
		worker->slot->bad_set = set;
		worker_stop(worker, SHK_E_USAGE, &diag);
		return false;
	}
	return true;
}

static void worker_price(struct flow_worker *worker, shk_record *record)
{
	enum shk_code code;

	for (size_t i = 0; i < shk_record_warning_count(record); i++)
		worker_tell(worker, SHK_FLOW_WARNING,
			shk_record_warning(record, i));
	if (!worker_set(worker, record))
		return;
	diag_clear(&worker->priced);
	worker->said[0] = '\0';
	code = shk_pricer_price(
		worker->pricer, record, worker_result, worker, &worker->priced);
	if (code)
		worker_stop(worker, code, &worker->priced);
	else
		lane_learn(worker, record);
}

/* A record that could not be read: told with its place, refused with why. */
static void worker_refuse(
	struct flow_worker *worker, shk_record *record, const shk_diag *why)
{
	enum shk_code code;

	diag_clear(&worker->priced);
	told_add(worker->slot, SHK_FLOW_ERROR, why);
	snprintf(worker->said, sizeof(worker->said), "%s", why->message);
	code = shk_pricer_refuse(worker->pricer, record, why, worker_result,
		worker, &worker->priced);
	if (code)
		worker_stop(worker, code, &worker->priced);
}

/* The file cannot be read on. */
void worker_cut(
	struct flow_worker *worker, enum shk_code code, const shk_diag *why)
{
	worker->slot->cut = true;
	if (flow_is_input(code)) {
		told_add(worker->slot, SHK_FLOW_TROUBLE, why);
		worker->slot->end = FLOW_FILE_ENDS;
	} else {
		worker_stop(worker, code, why);
	}
}

/* True when the record is to be left out; or one too many stops. */
static bool worker_skips(struct flow_worker *worker)
{
	const shk_flow_options *options = worker->flow->options;

	if (worker->skip > 0) {
		worker->skip--;
		return true;
	}
	if (options->only &&
		strcmp(options->only, shk_record_id(worker->record)) != 0)
		return true;
	worker->seen++;
	worker->slot->seen++;
	if (!options->single || worker->seen < 2)
		return false;
	diag_set(&worker->priced, SHK_E_USAGE, "more than one record");
	worker_stop(worker, SHK_E_USAGE, &worker->priced);
	return true;
}

/* True when the slot ends behind this record. */
static bool worker_pauses(struct flow_worker *worker)
{
	struct flow_slot *slot = worker->slot;

	if (worker->pause == 0 || slot->end != FLOW_GOES_ON)
		return false;
	worker->pause--;
	slot->paused = worker->pause == 0;
	return slot->paused;
}

/* One record; false at the end of the part, of the file or of everything. */
static bool worker_next(struct flow_worker *worker, shk_records *records)
{
	shk_diag *diag = &worker->read;
	shk_record *record = NULL;
	enum shk_code code;

	diag_clear(diag);
	code = shk_records_next(records, &record, diag);
	if (code == SHK_END)
		return false;
	if (code != SHK_OK && !(flow_is_input(code) && record)) {
		worker_cut(worker, code, diag);
		return false;
	}
	worker->slot->records++;
	worker->record = record;
	if (worker_skips(worker))
		return worker->slot->end == FLOW_GOES_ON &&
		       !worker_pauses(worker);
	if (code == SHK_OK)
		worker_price(worker, record);
	else
		worker_refuse(worker, record, diag);
	if (worker->flow->options->only && worker->slot->end == FLOW_GOES_ON)
		worker->slot->end = FLOW_FILE_ENDS;
	return worker->slot->end == FLOW_GOES_ON && !worker_pauses(worker);
}

/* The slot is complete: what was counted, and memory that ran out. */
static void worker_finish(struct flow_worker *worker)
{
	struct flow_slot *slot = worker->slot;
	size_t count = worker->flow->options->report_count;
	bool failed = slot->told.failed;
	shk_diag diag = { 0 };

	for (size_t i = 0; i < count; i++) {
		failed = failed || slot->outputs[i].failed;
		report_take(worker->reports[i], &slot->tallies[i]);
	}
	if (failed)
		worker_stop(worker, diag_memory(&diag), &diag);
}

/* A reader for the file at hand, kept for its next parts. */
static enum shk_code worker_reader(struct flow_worker *worker, shk_diag *diag)
{
	const struct flow *flow = worker->flow;
	enum shk_code code;

	if (worker->reader && worker->reader_file == flow->file)
		return SHK_OK;
	lane_end(worker);
	shk_records_close(worker->reader);
	worker->reader = NULL;
	code = parts_reader(&worker->reader, flow->records, diag);
	worker->reader_file = flow->file;
	return code ? code : lane_begin(worker, diag);
}

static void worker_go(struct flow_worker *worker)
{
	const atomic_bool *abandon = &worker->flow->abandon;

	do
		lane_run(worker);
	while (worker->slot->end == FLOW_GOES_ON &&
		worker_next(worker, worker->reader) &&
		!atomic_load_explicit(abandon, memory_order_relaxed));
	worker_finish(worker);
}

void worker_resume(struct flow_worker *worker, struct flow_slot *slot)
{
	struct record_ids *known = slot->ids.known;

	slot_clear(slot);
	slot->ids.known = known;
	worker_go(worker);
}

void worker_part(struct flow_worker *worker, struct flow_slot *slot,
	struct record_ids *known)
{
	shk_diag diag = { 0 };
	enum shk_code code = worker_reader(worker, &diag);

	slot_clear(slot);
	worker->slot = slot;
	if (code) {
		worker_stop(worker, code, &diag);
		return;
	}
	slot->ids.known = known;
	ids_hash_as(&slot->ids, worker->flow->ids);
	parts_read(worker->reader, &slot->part, &slot->ids);
	worker_go(worker);
}

void worker_stream(struct flow_worker *worker, struct flow_slot *slot,
	shk_records *records)
{
	bool more = true;

	slot_clear(slot);
	worker->slot = slot;
	while (more && slot->records < worker->flow->stream_records &&
		slot->outputs[0].size < FLOW_STREAM_BYTES)
		more = worker_next(worker, records);
	if (!more && !slot->paused && slot->end == FLOW_GOES_ON)
		slot->end = FLOW_FILE_ENDS;
	worker_finish(worker);
}
