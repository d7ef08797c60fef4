/*
 * One file: cut, worked on, given out. The caller's thread reads ahead as far
 * as there are free slots and gives out the oldest one when it is done; it
 * alone writes, tells and looks at identifiers, so all of that has one order.
 */
#include <string.h>

#include "base/diag.h"
#include "flow/flow.h"

/* The parts of a file that are on their way. */
struct file_run {
	struct flow *flow;
	struct parts *parts;
	bool ended; /* there is no part that was not put */
	size_t put; /* slots, counted from the beginning of the file */
	size_t given;
	enum shk_code failure; /* of reading; told behind the last part */
	shk_diag why;
};

static struct flow_slot *file_slot(struct flow *flow, size_t number)
{
	return &flow->slots[number % flow->slot_count];
}

static void file_stop(
	struct flow *flow, enum shk_code code, const shk_diag *why)
{
	const shk_flow_options *options = flow->options;

	if (flow->code)
		return;
	flow->code = code;
	*flow->diag = *why;
	flow->left = true;
	if (why->code)
		options->tell(options->context, SHK_FLOW_FAILED, why);
}

static void file_tell(struct flow *flow, enum shk_flow_kind kind,
	enum shk_code code, const char *message)
{
	shk_diag diag = { 0 };

	diag_set(&diag, code, "%s", message);
	diag_place(&diag, flow->path, 0, 0);
	flow->options->tell(flow->options->context, kind, &diag);
	if (kind == SHK_FLOW_TROUBLE)
		flow->totals->wrong = true;
}

/* A failure that concerns the file as a whole; only wrong input is survived. */
static void file_fail(
	struct flow *flow, enum shk_code code, const shk_diag *why)
{
	flow->cut = true;
	flow->left = true;
	if (code != SHK_E_INPUT && code != SHK_E_LIMIT) {
		file_stop(flow, code, why);
		return;
	}
	flow->options->tell(flow->options->context, SHK_FLOW_TROUBLE, why);
	flow->totals->wrong = true;
}

static enum shk_code file_append(struct flow *flow, size_t report,
	const struct buffer *bytes, size_t from, size_t to,
	const struct report_tally *tally, shk_diag *diag)
{
	struct text text = { "", 0 };

	if (to > from)
		text = (struct text){ bytes->data + from, to - from };
	return report_append(flow->options->reports[report], text, tally, diag);
}

/* Bytes of the reports and what is told between those of the first. */
static enum shk_code file_write(
	struct flow *flow, const struct flow_slot *slot, shk_diag *diag)
{
	const struct buffer *first = &slot->outputs[0];
	enum shk_code code = SHK_OK;
	enum shk_flow_kind kind;
	size_t from = 0, at = 0, to;
	shk_diag told;

	while (!code && told_next(&slot->told, &at, &kind, &to, &told)) {
		code = file_append(flow, 0, first, from, to, NULL, diag);
		from = to;
		if (!code)
			flow->options->tell(
				flow->options->context, kind, &told);
	}
	for (size_t i = 0; !code && i < flow->options->report_count; i++) {
		const struct buffer *bytes = &slot->outputs[i];

		code = file_append(flow, i, bytes, i == 0 ? from : 0,
			bytes->size, &slot->tallies[i], diag);
	}
	return code;
}

static void file_mark(struct flow *flow, const struct flow_slot *slot)
{
	const shk_flow_options *options = flow->options;
	shk_flow_mark *mark = &flow->mark;
	uint64_t bytes = slot->part.offset + slot->part.size;
	enum shk_code code;

	if (slot->part.size == 0)
		bytes = shk_records_bytes(flow->records);
	if (bytes > mark->bytes && !slot->paused) {
		mark->all_bytes += bytes - mark->bytes;
		mark->bytes = bytes;
	}
	mark->records += slot->records;
	mark->all_records += slot->records;
	mark->wrong = flow->totals->wrong;
	if (!options->mark || flow->code)
		return;
	code = options->mark(options->context, mark);
	if (code)
		file_stop(flow, code, flow->diag);
}

/* Give out what a worker made of a part, and see how it goes on. */
static void file_give(struct flow *flow, const struct flow_slot *slot)
{
	shk_flow_totals *totals = flow->totals;
	shk_diag diag = { 0 };
	enum shk_code code;

	totals->wrong = totals->wrong || slot->wrong;
	totals->records += slot->records;
	totals->seen += slot->seen;
	flow->cut = flow->cut || slot->cut;
	code = file_write(flow, slot, &diag);
	if (code)
		file_stop(flow, code, &diag);
	if (slot->end == FLOW_STOPS) {
		if (!flow->code)
			totals->bad_set = slot->bad_set;
		file_stop(flow, slot->code, &slot->why);
	}
	flow->left = flow->left || slot->end != FLOW_GOES_ON;
	file_mark(flow, slot);
}

static void file_ids(struct flow *flow, enum ids_found found)
{
	shk_diag diag = { 0 };
	enum shk_code code = ids_failure(found, flow->path, &diag);

	if (code)
		file_fail(flow, code, &diag);
}

/*
 * The identifiers of a part behind those before it. A part that has one of
 * them is done again, knowing them: then it is as if there were one thread.
 */
static void file_join(struct flow *flow, struct flow_slot *slot)
{
	enum ids_found found = IDS_SEEN;

	if (!slot->ids.known)
		found = ids_append(flow->ids, &slot->ids);
	if (found == IDS_SEEN) {
		if (!slot->ids.known)
			worker_part(&flow->home, slot, flow->ids);
		found = ids_append(flow->ids, &slot->ids);
	}
	file_give(flow, slot);
	if (!flow->code)
		file_ids(flow, found);
}

/* Put the next part, or see that there is none. */
static void file_put(struct file_run *run)
{
	struct flow *flow = run->flow;
	struct flow_slot *slot = file_slot(flow, run->put);
	shk_diag diag = { 0 };
	enum shk_code code;

	part_shrink(&slot->part);
	code = parts_next(run->parts, &slot->part, &diag);
	run->ended = code != SHK_OK || parts_are_finished(run->parts);
	if (code && code != SHK_END) {
		run->failure = code;
		run->why = diag;
	}
	if (slot->part.size == 0)
		return;
	run->put++;
	if (!flow->team || flow->home.skip > 0 || flow->home.pause > 0 ||
		(run->put == 1 && run->ended)) {
		worker_part(&flow->home, slot, flow->ids);
		file_join(flow, slot);
		while (slot->paused && !flow->left) {
			worker_resume(&flow->home, slot);
			file_join(flow, slot);
		}
		run->given = run->put;
		return;
	}
	code = team_put(flow->team, slot, &diag);
	if (code)
		file_stop(flow, code, &diag);
}

static void file_parts(struct file_run *run)
{
	struct flow *flow = run->flow;

	while (!flow->left && (!run->ended || run->given < run->put)) {
		struct flow_slot *oldest = file_slot(flow, run->given);
		bool waiting = run->given < run->put;
		bool full = run->put - run->given == flow->slot_count;

		if (waiting && (full || run->ended))
			team_wait(flow->team, oldest);
		else if (!waiting || !team_is_done(flow->team, oldest)) {
			file_put(run);
			continue;
		}
		run->given++;
		file_join(flow, oldest);
	}
	if (run->given < run->put) {
		atomic_store(&flow->abandon, true);
		team_abandon(flow->team);
		atomic_store(&flow->abandon, false);
	}
	if (!flow->left && run->failure)
		file_fail(flow, run->failure, &run->why);
}

/* Identifiers that came twice in a file too large to see it at once. */
static void file_twice(struct flow *flow)
{
	enum ids_found found = ids_finish(flow->ids);
	size_t count = flow->ids->twice_count + (flow->ids->twice_more > 0);

	if (found != IDS_SEEN) {
		file_ids(flow, found);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		shk_diag diag = { 0 };

		ids_tell(flow->ids, i, flow->path, &diag);
		flow->options->tell(
			flow->options->context, SHK_FLOW_ERROR, &diag);
	}
	flow->totals->wrong = true;
}

static void file_stream(struct flow *flow)
{
	struct flow_slot *slot = &flow->slots[0];

	slot->part.size = 0;
	while (!flow->left) {
		worker_stream(&flow->home, slot, flow->records);
		file_give(flow, slot);
	}
}

static void file_read(struct flow *flow)
{
	struct file_run run = { .flow = flow };
	shk_diag diag = { 0 };
	enum shk_code code =
		parts_open(&run.parts, flow->records, flow->part_size, &diag);

	if (code == SHK_END) {
		file_stream(flow);
	} else if (code) {
		file_stop(flow, code, &diag);
	} else {
		file_parts(&run);
		if (!flow->left)
			file_twice(flow);
	}
	parts_close(run.parts);
}

static void file_close(struct flow *flow)
{
	const shk_read_options *read = flow->options->read;
	bool guessed = !read || read->encoding == SHK_ENCODING_AUTO;

	if (flow->code) /* nothing is known of what was not read */
		return;
	if (flow->mark.records == 0 && !flow->cut &&
		!shk_records_are_lines(flow->records))
		file_tell(flow, SHK_FLOW_TROUBLE, SHK_E_INPUT,
			"there is no record");
	if (guessed &&
		strcmp(shk_records_encoding(flow->records), "CP932") == 0)
		file_tell(flow, SHK_FLOW_GUESSED, SHK_OK, "read as CP932");
	flow->mark.file_ends = true;
	flow->mark.wrong = flow->totals->wrong;
	if (flow->options->mark) {
		enum shk_code code = flow->options->mark(
			flow->options->context, &flow->mark);

		if (code)
			file_stop(flow, code, flow->diag);
	}
}

void file_run(struct flow *flow, size_t index)
{
	shk_diag diag = { 0 };
	enum shk_code code;

	flow->path = flow->options->paths[index];
	flow->file++;
	flow->cut = false;
	flow->left = false;
	flow->mark.file = index;
	flow->mark.file_ends = false;
	flow->mark.bytes = 0;
	flow->mark.records = 0;
	code = shk_records_open(&flow->records, flow->options->schema,
		flow->path, flow->options->read, &diag);
	if (code) {
		file_fail(flow, code, &diag);
		return;
	}
	flow->ids = &flow->records->builder.own_ids;
	file_read(flow);
	file_close(flow);
	shk_records_close(flow->records);
	flow->records = NULL;
}

void file_rows(struct flow *flow)
{
	const shk_flow_options *options = flow->options;
	shk_diag diag = { 0 };
	enum shk_code code = shk_records_from(&flow->records, options->schema,
		*options->rows, options->read, &diag);

	flow->path = "";
	if (code)
		file_stop(flow, code, &diag);
	else
		file_stream(flow);
	shk_records_close(flow->records);
	flow->records = NULL;
}
