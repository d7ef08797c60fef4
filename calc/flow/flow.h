/*
 * Inside flow/: a file is cut into parts, a worker turns one part into a slot
 * (bytes of every report, what is to be told, identifiers), and the caller's
 * thread gives out the slots in order. One worker or several, the same code.
 */
#ifndef FLOW_FLOW_H
#define FLOW_FLOW_H

#include <shokan/flow.h>

#include <stdatomic.h>

#include "base/buffer.h"
#include "price/repeat.h"
#include "record/lane.h"
#include "record/parts.h"
#include "report/fragment.h"

#define FLOW_REPORTS_MAX    16
#define FLOW_SLOTS_A_JOB    2	       /* parts on the way, a thread */
#define FLOW_STREAM_BYTES   (1u << 18) /* output of a slot that has no part */
#define FLOW_STREAM_RECORDS 4096       /* and its records, at most */

enum flow_end {
	FLOW_GOES_ON,
	FLOW_FILE_ENDS, /* the file was left or cannot be read on */
	FLOW_STOPS	/* the whole flow; `code` and `why` say it */
};

/* What became of one part. */
struct flow_slot {
	struct part part;
	struct record_ids ids;
	struct buffer outputs[FLOW_REPORTS_MAX];
	struct report_tally tallies[FLOW_REPORTS_MAX];
	struct buffer told; /* see told.c */
	uint64_t records;
	uint64_t seen;
	bool wrong;
	bool cut;    /* the file cannot be read on */
	bool paused; /* the part is not at its end */
	enum flow_end end;
	enum shk_code code;
	shk_diag why;
	const shk_flow_set *bad_set;
	bool done; /* by its worker; behind the team's lock */
};

struct flow_file;

/* Where the fragment of one report writes. */
struct flow_sink {
	struct flow_worker *worker;
	size_t report;
};

/* The short way of rows that ask what was asked before; see lane.c. */
struct flow_lane {
	struct lane *rows; /* NULL: every row needs its record */
	struct repeats *repeats;
	bool copies; /* bytes of a report may stand for an answer */
	const struct lane_row *missed; /* a row whose key is to be learned */
	int name_field;
	struct buffer id, name; /* of a row, as texts that end with NUL */
};

/* A thread's own: pricer, reader and reports. */
struct flow_worker {
	const struct flow *flow;
	shk_pricer *pricer;
	bool borrowed; /* `pricer` is the caller's */
	shk_report *reports[FLOW_REPORTS_MAX];
	struct flow_sink sinks[FLOW_REPORTS_MAX];
	shk_records *reader; /* of parts of the file `reader_file` */
	size_t reader_file;
	struct flow_lane lane; /* beside it */
	uint64_t skip;	       /* records that are still to be passed over */
	uint64_t pause; /* after so many records the slot ends; 0: never */
	uint64_t seen;
	bool left; /* the record that was looked for was in this file */
	/* the record at hand */
	struct flow_slot *slot;
	const shk_record *record;
	/* of reading it and of pricing it; kept here, for they are large */
	shk_diag read, priced;
	char said[SHK_DIAG_MESSAGE]; /* last message about it */
};

struct flow_team;

struct flow {
	const shk_flow_options *options;
	shk_flow_totals *totals;
	size_t part_size;
	size_t stream_records;
	struct flow_worker home; /* of the caller's thread */
	struct flow_team *team;	 /* NULL: no other threads */
	struct flow_slot *slots; /* a ring */
	size_t slot_count;
	atomic_bool abandon; /* what workers do now will be thrown away */
	shk_flow_mark mark;
	/* the file at hand */
	const char *path;
	size_t file; /* counted from 1 */
	shk_records *records;
	struct record_ids *ids; /* of the file */
	bool cut;
	bool left;	    /* nothing more of it is wanted */
	enum shk_code code; /* why the flow ends early */
	shk_diag *diag;
};

/* Room for what is to be told: it is kept between the bytes of a report. */
void told_add(
	struct flow_slot *slot, enum shk_flow_kind kind, const shk_diag *diag);
/* The next one at `*at`, and the byte of the first report before it. */
bool told_next(const struct buffer *told, size_t *at, enum shk_flow_kind *kind,
	size_t *offset, shk_diag *diag);

void slot_init(struct flow_slot *slot);
void slot_release(struct flow_slot *slot);
/* As new, but for the part. */
void slot_clear(struct flow_slot *slot);

/* `pricer` NULL: a new one. */
enum shk_code worker_open(struct flow_worker *worker, const struct flow *flow,
	shk_pricer *pricer, shk_diag *diag);
void worker_close(struct flow_worker *worker);
/* All records of the part of `slot`; `known`: see ids.h. */
void worker_part(struct flow_worker *worker, struct flow_slot *slot,
	struct record_ids *known);
/* The records of the part behind a pause. */
void worker_resume(struct flow_worker *worker, struct flow_slot *slot);
/* Some records of a file that is not cut; FLOW_FILE_ENDS behind the last. */
void worker_stream(struct flow_worker *worker, struct flow_slot *slot,
	shk_records *records);

/* Beside the worker's reader, which is new; none where it is no use. */
enum shk_code lane_begin(struct flow_worker *worker, shk_diag *diag);
void lane_end(struct flow_worker *worker);
/* Rows from where the reader is, as long as they need no record. */
void lane_run(struct flow_worker *worker);
/* The record of the row that stopped it was priced. */
void lane_learn(struct flow_worker *worker, const shk_record *record);
/* A reader or a record that cannot be gone on with. */
void worker_cut(
	struct flow_worker *worker, enum shk_code code, const shk_diag *why);
void worker_stop(
	struct flow_worker *worker, enum shk_code code, const shk_diag *why);
/* Into every report; what is wrong is told. */
enum shk_code worker_result(void *context, const shk_result *result);

/* Up to `jobs` threads, which begin when there is work. */
enum shk_code team_open(struct flow *flow, unsigned jobs, shk_diag *diag);
void team_close(struct flow_team *team);
/* Work on a slot; the oldest first. */
enum shk_code team_put(
	struct flow_team *team, struct flow_slot *slot, shk_diag *diag);
bool team_is_done(struct flow_team *team, const struct flow_slot *slot);
void team_wait(struct flow_team *team, const struct flow_slot *slot);
/* None of the slots put is worked on any more. */
void team_abandon(struct flow_team *team);

/* One file from its beginning to its end, or until the flow stops. */
void file_run(struct flow *flow, size_t index);
/* The rows of the options, which are no file. */
void file_rows(struct flow *flow);

#endif
