/*
 * Repeating a receipt. A line is computed again only once the line behind it
 * has confirmed it: an altered line is told as altered, not as a difference.
 * Its facts become a record, its decision is asked of a pricer of its own, and
 * the result's snapshot line is held against it, column by column.
 */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "report/receipt.h"
#include "report/writer.h"
#include "snapshot/lines.h"

struct shk_replay {
	char path[SHK_DIAG_PATH];
	struct lines lines;
	shk_hash *hash;
	char *top; /* holds the texts of the header */
	struct shk_snapshot_header header;
	char previous[SHK_HASH_TEXT]; /* of the line read last */
	/* the line that waits to be confirmed; `held.size` 0: none */
	struct buffer held;
	long held_row;
	char *rooms[2]; /* for the held line, for the computed one */
	size_t room_sizes[2];
	uint64_t results; /* lines of results */
	/* computing */
	const shk_rulebook *rulebook;
	const shk_schema *schema;
	shk_policy *policy;
	shk_pricer **pricers; /* one a decision, made when it is met */
	shk_records *records;
	struct receipt_line *line; /* that the records are made of */
	struct buffer facts;
	struct buffer computed;
	shk_report *report;
	shk_diag why;  /* of the report's failure */
	char *told[5]; /* id, decision, field, was, is */
};

static enum shk_code damaged(
	const shk_replay *replay, long row, const char *what, shk_diag *diag)
{
	diag_set(diag, SHK_E_INPUT, "%s", what);
	diag_place(diag, replay->path, row, 0);
	return SHK_E_INPUT;
}

static bool room_for(shk_replay *replay, int which, size_t need)
{
	void *room = replay->rooms[which];

	if (!memory_grow(&room, &replay->room_sizes[which], need, 1))
		return false;
	replay->rooms[which] = room;
	return true;
}

static enum shk_code next_line(
	shk_replay *replay, struct text *line, shk_diag *diag)
{
	enum shk_code code =
		lines_next(&replay->lines, &line->data, &line->size, diag);

	if (code && code != SHK_END)
		diag_place(diag, replay->path, replay->lines.row, 0);
	return code;
}

static enum shk_code header_read(shk_replay *replay, shk_diag *diag)
{
	struct text line;
	enum shk_code code = next_line(replay, &line, diag);

	if (code == SHK_END)
		return damaged(replay, 0, "the file is empty", diag);
	if (code)
		return code;
	replay->top = memory_alloc(receipt_room(line.size));
	if (!replay->top)
		return diag_memory(diag);
	if (!receipt_take_header(line, replay->top, &replay->header))
		return damaged(replay, 1,
			"no receipt of version 1: its first line is the header "
			"that --receipt writes",
			diag);
	receipt_hash(replay->hash, line, replay->previous);
	return SHK_OK;
}

enum shk_code shk_replay_open(
	shk_replay **out, const char *path, shk_diag *diag)
{
	shk_replay *replay = memory_zeroed(1, sizeof(*replay));
	enum shk_code code;

	*out = NULL;
	if (!replay)
		return diag_memory(diag);
	buffer_init(&replay->held);
	buffer_init(&replay->facts);
	buffer_init(&replay->computed);
	(void)snprintf(replay->path, sizeof(replay->path), "%s", path);
	lines_from(&replay->lines, -1);
	code = shk_hash_new(&replay->hash, diag);
	if (!code)
		code = lines_open(&replay->lines, path, diag);
	if (!code)
		code = header_read(replay, diag);
	if (code)
		shk_replay_close(replay);
	else
		*out = replay;
	return code;
}

const struct shk_snapshot_header *shk_replay_header(const shk_replay *replay)
{
	return &replay->header;
}

void shk_replay_close(shk_replay *replay)
{
	if (!replay)
		return;
	for (size_t i = 0; replay->pricers &&
			   i < shk_rulebook_decision_count(replay->rulebook);
		i++)
		shk_pricer_free(replay->pricers[i]);
	memory_free(replay->pricers);
	shk_report_free(replay->report);
	shk_records_close(replay->records);
	shk_policy_free(replay->policy);
	shk_hash_free(replay->hash);
	lines_close(&replay->lines);
	buffer_release(&replay->held);
	buffer_release(&replay->facts);
	buffer_release(&replay->computed);
	for (int i = 0; i < 5; i++)
		memory_free(replay->told[i]);
	memory_free(replay->rooms[0]);
	memory_free(replay->rooms[1]);
	memory_free(replay->top);
	memory_free(replay);
}

/* The facts of the line, with its identifier and its day. */
static enum shk_code row_next(void *context, shk_row *row, shk_diag *diag)
{
	shk_replay *replay = context;
	const char *const *cells = replay->line->cells;
	const char *const extra[] = { "id", cells[SHK_COLUMN_ID], "as_of",
		cells[SHK_COLUMN_AS_OF] };

	buffer_clear(&replay->facts);
	receipt_print_facts(&replay->facts, cells[SHK_COLUMN_FACTS], extra,
		*cells[SHK_COLUMN_AS_OF] ? 2 : 1);
	if (replay->facts.failed)
		return diag_memory(diag);
	*row = (shk_row){ .path = replay->path,
		.row = replay->held_row,
		.facts = replay->facts.data,
		.kept = "{}" };
	return SHK_OK;
}

static bool keep_computed(void *context, const char *data, size_t size)
{
	struct buffer *computed = context;

	buffer_add(computed, data, size);
	return !computed->failed;
}

/* Everything that computing needs but the pricers. */
static enum shk_code bench_open(shk_replay *replay, shk_diag *diag)
{
	const shk_read_options reading = { .format = SHK_FORMAT_JSON };
	const shk_report_options writing = { .format = SHK_REPORT_SNAPSHOT };
	shk_row_source source = { replay, row_next };
	const char *policy = replay->header.policy;
	enum shk_code code =
		shk_policy_new(&replay->policy, replay->rulebook, diag);

	if (!code)
		code = shk_policy_read_text(replay->policy, replay->path,
			policy, strlen(policy), diag);
	if (!code)
		code = shk_records_from(&replay->records, replay->schema,
			source, &reading, diag);
	if (!code)
		code = shk_report_new(&replay->report, &writing,
			(shk_sink){ &replay->computed, keep_computed }, diag);
	replay->pricers =
		memory_zeroed(shk_rulebook_decision_count(replay->rulebook) + 1,
			sizeof(*replay->pricers));
	return code || replay->pricers ? code : diag_memory(diag);
}

/* The pricer of one decision; NULL in `out`: the rules have none such. */
static enum shk_code pricer_of(shk_replay *replay, const char *decision,
	shk_pricer **out, shk_diag *diag)
{
	const struct shk_snapshot_header *header = &replay->header;
	shk_price_options options = {
		.revision = *header->revision ? header->revision : NULL,
		.as_of = *header->as_of ? header->as_of : NULL,
		.decisions = &decision,
		.decision_count = 1,
		.policy = replay->policy,
		.min_evidence =
			*header->min_evidence ? header->min_evidence : NULL,
		.flips = true,
		.facts = true,
	};
	enum shk_code code = SHK_OK;
	const char *name;

	*out = NULL;
	for (size_t i = 0; (name = shk_rulebook_decision(replay->rulebook, i));
		i++) {
		if (strcmp(name, decision) != 0)
			continue;
		if (!replay->pricers[i])
			code = shk_pricer_new(&replay->pricers[i],
				replay->rulebook, replay->schema, &options,
				diag);
		*out = replay->pricers[i];
	}
	return code;
}

static enum shk_code take_result(void *context, const shk_result *result)
{
	shk_replay *replay = context;

	return shk_report_result(replay->report, result, &replay->why);
}

/* Remember the first difference. */
static enum shk_code tell(shk_replay *replay, shk_replay_outcome *outcome,
	const char *field, const char *was, const char *is, shk_diag *diag)
{
	const char *const *cells = replay->line->cells;
	const char *texts[] = { cells[SHK_COLUMN_ID],
		cells[SHK_COLUMN_DECISION], field, was, is };

	if (outcome->different++ > 0)
		return SHK_OK;
	for (int i = 0; i < 5; i++) {
		replay->told[i] = memory_copy_text(texts[i], strlen(texts[i]));
		if (!replay->told[i])
			return diag_memory(diag);
	}
	outcome->line = replay->held_row;
	outcome->id = replay->told[0];
	outcome->decision = replay->told[1];
	outcome->field = replay->told[2];
	outcome->was = replay->told[3];
	outcome->is = replay->told[4];
	return SHK_OK;
}

/* The computed line against the held one. */
static enum shk_code compare(
	shk_replay *replay, shk_replay_outcome *outcome, shk_diag *diag)
{
	struct shk_snapshot_line is;
	enum shk_code code;

	if (replay->computed.size == 0)
		return tell(replay, outcome, "decision",
			replay->line->cells[SHK_COLUMN_DECISION], "", diag);
	if (!room_for(replay, 1, replay->computed.size + SHK_COLUMN_COUNT))
		return diag_memory(diag);
	code = shk_snapshot_parse(&is, replay->computed.data,
		replay->computed.size - 1, replay->rooms[1], diag);
	for (int i = 0; i < SHK_COLUMN_COUNT && !code; i++)
		if (strcmp(is.cells[i], replay->line->cells[i]) != 0)
			return tell(replay, outcome,
				shk_column_name((enum shk_column)i),
				replay->line->cells[i], is.cells[i], diag);
	return code;
}

static enum shk_code compute(
	shk_replay *replay, shk_replay_outcome *outcome, shk_diag *diag)
{
	const char *decision = replay->line->cells[SHK_COLUMN_DECISION];
	shk_record *record = NULL;
	shk_pricer *pricer;
	shk_diag why = { .code = SHK_OK };
	enum shk_code code = pricer_of(replay, decision, &pricer, diag);

	if (code)
		return code;
	buffer_clear(&replay->computed);
	if (!pricer)
		return compare(replay, outcome, diag);
	code = shk_records_next(replay->records, &record, &why);
	if (code == SHK_E_INPUT && record)
		return tell(replay, outcome, "facts",
			replay->line->cells[SHK_COLUMN_FACTS], why.message,
			diag);
	if (code) {
		diag_set(diag, code, "%s", why.message);
		return code;
	}
	replay->why = (shk_diag){ .code = SHK_OK };
	code = shk_pricer_price(pricer, record, take_result, replay, diag);
	if (code && replay->why.code)
		*diag = replay->why;
	if (!code)
		code = shk_report_finish(replay->report, diag);
	if (replay->computed.failed) {
		diag_clear(diag);
		return diag_memory(diag);
	}
	return code ? code : compare(replay, outcome, diag);
}

/* The line that was held is confirmed: compute it. */
static enum shk_code confirm(
	shk_replay *replay, shk_replay_outcome *outcome, shk_diag *diag)
{
	struct text held = { replay->held.data, replay->held.size };
	struct receipt_line line;
	enum shk_code code;

	if (held.size == 0)
		return SHK_OK;
	if (!room_for(replay, 0, receipt_room(held.size)))
		return diag_memory(diag);
	if (!receipt_take_line(held, replay->rooms[0], &line))
		return damaged(replay, replay->held_row,
			"the line is not one that --receipt writes", diag);
	/* of a record that could not be read nothing is there to repeat */
	if (strcmp(line.cells[SHK_COLUMN_STATUS], "error") == 0 &&
		!*line.cells[SHK_COLUMN_REVISION]) {
		outcome->refused++;
		return SHK_OK;
	}
	outcome->results++;
	replay->line = &line;
	code = compute(replay, outcome, diag);
	replay->line = NULL;
	return code;
}

/* Does the line follow the one before it? `end` when it is the last. */
static enum shk_code follow(
	shk_replay *replay, struct text line, bool *end, shk_diag *diag)
{
	long row = replay->lines.row;
	struct receipt_line taken = { .previous = NULL };
	const char *previous;
	uint64_t results;

	if (!room_for(replay, 1, receipt_room(line.size)))
		return diag_memory(diag);
	*end = receipt_take_end(line, replay->rooms[1], &previous, &results);
	if (!*end) {
		if (!receipt_take_line(line, replay->rooms[1], &taken))
			return damaged(replay, row,
				"the line is not one that --receipt writes",
				diag);
		previous = taken.previous;
	}
	if (strcmp(previous, replay->previous) != 0)
		return damaged(replay, row,
			"the line does not follow the one before it: one of "
			"the two was altered, or a line between them is gone",
			diag);
	if (*end && results != replay->results)
		return damaged(replay, row,
			"the number of results is not that of the lines", diag);
	receipt_hash(replay->hash, line, replay->previous);
	return SHK_OK;
}

static enum shk_code hold(shk_replay *replay, struct text line, shk_diag *diag)
{
	replay->results++;
	replay->held_row = replay->lines.row;
	buffer_clear(&replay->held);
	buffer_add(&replay->held, line.data, line.size);
	return replay->held.failed ? diag_memory(diag) : SHK_OK;
}

static enum shk_code repeat(
	shk_replay *replay, shk_replay_outcome *outcome, shk_diag *diag)
{
	struct text line;
	bool end = false;
	enum shk_code code;

	while (!(code = next_line(replay, &line, diag))) {
		if (end)
			return damaged(replay, replay->lines.row,
				"something stands behind the end of the "
				"receipt",
				diag);
		code = follow(replay, line, &end, diag);
		if (!code)
			code = confirm(replay, outcome, diag);
		if (!code && !end)
			code = hold(replay, line, diag);
		else
			buffer_clear(&replay->held);
		if (code)
			return code;
	}
	if (code == SHK_END && !end)
		return damaged(replay, replay->lines.row,
			"the receipt was cut off behind this line: its last "
			"line is missing",
			diag);
	return code == SHK_END ? SHK_OK : code;
}

enum shk_code shk_replay_run(shk_replay *replay, const shk_rulebook *rulebook,
	const shk_schema *schema, shk_replay_outcome *outcome, shk_diag *diag)
{
	enum shk_code code;

	*outcome = (shk_replay_outcome){ .line = 0 };
	if (replay->rulebook)
		return diag_set(diag, SHK_E_USAGE,
			"a receipt is repeated once; open it again");
	replay->rulebook = rulebook;
	replay->schema = schema;
	if (strcmp(shk_rulebook_hash(rulebook), replay->header.rulebook) != 0) {
		diag_set(diag, SHK_E_RULES,
			"the receipt rests on the rules %s; those at hand are "
			"%s. --rules names others",
			replay->header.rulebook, shk_rulebook_hash(rulebook));
		diag_place(diag, replay->path, 1, 0);
		return SHK_E_RULES;
	}
	code = bench_open(replay, diag);
	return code ? code : repeat(replay, outcome, diag);
}
