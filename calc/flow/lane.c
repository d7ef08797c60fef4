/*
 * The short way of a row: its cells tell its key, the key its answers, and a
 * report that has said such an answer before copies it. Rows that need more
 * are left to the reader and the pricer, which say the same of all others, so
 * that nothing is to be seen of the short way.
 */
#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "flow/flow.h"

/* Options under which records are looked at one by one. */
static bool lane_is_of_use(const struct flow_worker *worker)
{
	const shk_flow_options *options = worker->flow->options;

	return options->set_count == 0 && !options->only && !options->single;
}

enum shk_code lane_begin(struct flow_worker *worker, shk_diag *diag)
{
	struct flow_lane *lane = &worker->lane;
	const struct record_schema *schema =
		record_schema_of(worker->flow->options->schema);
	uint8_t *weights;
	enum shk_code code = SHK_OK;

	buffer_init(&lane->id);
	buffer_init(&lane->name);
	lane->name_field = record_field_find(schema, text_of("name"));
	if (!lane_is_of_use(worker))
		return SHK_OK;
	weights = memory_zeroed(schema->field_count + 1, sizeof(*weights));
	if (!weights)
		return diag_memory(diag);
	if (repeats_weights(worker->pricer, weights))
		code = lane_open(&lane->rows, worker->reader, weights, diag);
	memory_free(weights);
	lane->copies = worker->flow->options->report_count == 1 && lane->rows &&
		       lane_is_bare(lane->rows);
	if (!code && lane->rows)
		code = repeats_new(
			&lane->repeats, worker->pricer, lane->rows, diag);
	return code;
}

void lane_end(struct flow_worker *worker)
{
	struct flow_lane *lane = &worker->lane;

	repeats_free(lane->repeats);
	lane_close(lane->rows);
	buffer_release(&lane->id);
	buffer_release(&lane->name);
	memset(lane, 0, sizeof(*lane));
}

static const char *lane_text(struct buffer *buffer, struct text text)
{
	buffer_clear(buffer);
	buffer_add(buffer, text.data, text.size);
	return buffer->failed ? NULL : buffer->data;
}

/* The answer through every report, as that of a record. */
static enum shk_code lane_report(struct flow_worker *worker,
	const struct lane_row *row, struct shk_result *answer)
{
	struct flow_lane *lane = &worker->lane;
	struct text name = lane_cell(lane->rows, lane->name_field);
	const char *id_text = lane_text(&lane->id, row->id);
	const char *name_text;

	if (text_is(name, "unknown"))
		name.size = 0;
	name_text = lane_text(&lane->name, name);
	if (!id_text || !name_text)
		return diag_memory(&worker->priced);
	repeats_name(answer, id_text, name_text, worker->flow->path, row->line);
	worker->said[0] = '\0';
	return worker_result(worker, answer);
}

static void lane_say(struct flow_worker *worker, const struct lane_row *row,
	struct shk_result *answer)
{
	const struct flow *flow = worker->flow;
	enum shk_code code;

	if (row->bare && flow->options->report_count == 1 &&
		report_repeat(worker->reports[0], answer, row->id,
			&worker->slot->outputs[0]))
		return;
	diag_clear(&worker->priced);
	code = lane_report(worker, row, answer);
	if (code)
		worker_stop(worker, code, &worker->priced);
}

/* The identifier cannot be entered. */
static bool lane_cut(struct flow_worker *worker, enum ids_found found)
{
	shk_diag why = { 0 };
	enum shk_code code = ids_failure(found, worker->flow->path, &why);

	if (code)
		worker_cut(worker, code, &why);
	return false;
}

/* Rows that are answered. */
static void lane_count(struct flow_worker *worker, size_t count)
{
	worker->slot->records += count;
	worker->slot->seen += count;
	worker->seen += count;
}

/* Every answer to the row at hand. */
static void lane_answer(struct flow_worker *worker, const struct lane_row *row,
	struct shk_result *const *answers, size_t count)
{
	struct flow_slot *slot = worker->slot;

	lane_count(worker, 1);
	for (size_t i = 0; i < count && slot->end == FLOW_GOES_ON; i++)
		lane_say(worker, row, answers[i]);
}

/* The next row, if it can go the short way. */
static bool lane_row(struct flow_worker *worker)
{
	struct flow_lane *lane = &worker->lane;
	const struct lane_row *row = lane_next(lane->rows);
	struct shk_result *const *answers;
	enum ids_found found;
	size_t count;

	if (!row)
		return false;
	count = repeats_find(lane->repeats, row, &answers);
	if (count == 0) {
		lane->missed = row;
		return false;
	}
	found = lane_take(lane->rows);
	if (found != IDS_NEW)
		return lane_cut(worker, found);
	lane_answer(worker, row, answers, count);
	return worker->slot->end == FLOW_GOES_ON;
}

/*
 * Answers to rows of a batch from row `at` on: those that the report has said
 * before are copied. How many were said; fewer only when the slot ends.
 */
static size_t lane_say_rows(struct flow_worker *worker,
	const struct lane_batch *batch, size_t at,
	const struct price_again *answers, size_t count)
{
	struct flow_slot *slot = worker->slot;
	size_t done = 0;

	while (done < count && slot->end == FLOW_GOES_ON) {
		size_t copied = report_repeat_rows(worker->reports[0],
			answers + done, batch->ids + at + done,
			batch->id_sizes + at + done, count - done,
			&slot->outputs[0]);
		struct shk_result *answer;

		lane_count(worker, copied);
		done += copied;
		if (done == count)
			break;
		answer = repeats_settle(&answers[done]);
		lane_answer(worker, lane_pick(worker->lane.rows, at + done),
			&answer, 1);
		done++;
	}
	return done;
}

/* Rows of a batch from row `at` on until one needs more; how many. `*found`:
   what became of the identifier of the next one. */
static size_t lane_batch_rows(struct flow_worker *worker,
	const struct lane_batch *batch, size_t at, enum ids_found *found)
{
	struct flow_lane *lane = &worker->lane;
	struct price_again answers[LANE_BATCH];
	size_t count = repeats_find_rows(lane->repeats, batch, at, answers);

	count = lane_enter_ids(lane->rows, at, count, found);
	return lane_say_rows(worker, batch, at, answers, count);
}

/* Rows that are looked at together; false when nothing goes on. */
static bool lane_rows(struct flow_worker *worker)
{
	struct lane *rows = worker->lane.rows;
	const struct lane_batch *batch;
	enum ids_found found = IDS_NEW;
	size_t at;

	if (!worker->lane.copies)
		return true;
	while ((batch = lane_look(rows, &at)) != NULL) {
		const size_t count = batch->count;
		size_t taken = lane_batch_rows(worker, batch, at, &found);

		lane_pass(rows, taken);
		if (found != IDS_NEW)
			return lane_cut(worker, found);
		if (worker->slot->end != FLOW_GOES_ON)
			return false;
		if (at + taken < count)
			return true;
	}
	return true;
}

void lane_run(struct flow_worker *worker)
{
	struct flow_lane *lane = &worker->lane;

	lane->missed = NULL;
	if (lane->rows && repeats_are_vain(lane->repeats))
		lane_end(worker);
	if (!lane->rows || worker->skip > 0 || worker->pause > 0)
		return;
	lane_enter(lane->rows);
	while (lane_rows(worker) && lane_row(worker))
		;
	lane_leave(lane->rows);
}

void lane_learn(struct flow_worker *worker, const shk_record *record)
{
	struct flow_lane *lane = &worker->lane;
	const struct record *read = record_of_const(record);
	enum shk_code code;

	if (!lane->missed || lane->missed->line != read->row)
		return;
	code = repeats_learn(
		lane->repeats, lane->missed, read, &worker->priced);
	if (code)
		worker_stop(worker, code, &worker->priced);
}
