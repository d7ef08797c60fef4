/*
 * Snapshots: the one text form of results that saved runs, baselines and
 * comparisons share. UTF-8, LF; first what the results rest on, a line each:
 *
 *   # shokan snapshot 1
 *   # engine 0.1.0
 *   # rulebook sha256:0123...
 *   # revision r8
 *   # as_of -
 *   # decisions rare_disease_coefficient,category_review
 *   # min_evidence -
 *   # policy {}
 *   # columns id decision revision as_of status reason values missing
 *     outcomes evidence citations facts                      (on one line)
 *
 * where `-` means none; then one line a result, its twelve columns apart by a
 * tab, with `\t`, `\n`, `\r` and `\\` for a tab, a line feed, a carriage
 * return and a backslash inside a column:
 *
 *   values     `name=value;...` as in the CSV report; of an open one
 *              `name=undetermined{a|b}`
 *   missing    names apart by `|`
 *   outcomes   what the lead output may still be, apart by `|`
 *   citations  `source place` apart by `|`
 *   facts      `name=value;...`: the known facts that the decision can read in
 *              any revision, by name; a value is a CSV cell with `\` before
 *              `\` and `;`
 *
 * Not in a line are what differs from run to run (paths, rows) and what the
 * reports explain more fully (flip points, messages, traces).
 * A baseline is such a file sorted by id, then decision, in byte order.
 */
#ifndef SHOKAN_SNAPSHOT_H
#define SHOKAN_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>

#include <shokan/diag.h>
#include <shokan/sink.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SHK_SNAPSHOT_VERSION  1		 /* of the form described above */
#define SHK_SNAPSHOT_LINE_MAX (8u << 20) /* bytes of one line with its LF */

/* What the results rest on. A reader gives "" where there is none; a writer
   takes NULL as well. */
struct shk_snapshot_header {
	const char *engine;	  /* version of the program */
	const char *rulebook;	  /* "sha256:..." */
	const char *revision;	  /* that was asked for */
	const char *as_of;	  /* that was asked for */
	const char *decisions;	  /* that were asked for, apart by commas */
	const char *min_evidence; /* that was asked for */
	const char *policy;	  /* canonical JSON object; "{}" without */
};

/* The columns of a line, in their order. */
enum shk_column {
	SHK_COLUMN_ID,	      /* identifier of the record */
	SHK_COLUMN_DECISION,  /* name in the rulebook */
	SHK_COLUMN_REVISION,  /* under which it was answered */
	SHK_COLUMN_AS_OF,     /* day for which it was answered */
	SHK_COLUMN_STATUS,    /* word of enum shk_status */
	SHK_COLUMN_REASON,    /* reason code, or empty */
	SHK_COLUMN_VALUES,    /* the outputs */
	SHK_COLUMN_MISSING,   /* facts and parameters that would decide */
	SHK_COLUMN_OUTCOMES,  /* of an answer that is open */
	SHK_COLUMN_EVIDENCE,  /* weakest level used */
	SHK_COLUMN_CITATIONS, /* sources and places */
	SHK_COLUMN_FACTS,     /* known facts that the decision can read */
	SHK_COLUMN_COUNT      /* how many columns there are */
};

/* Name of a column, as in the header; never NULL. */
const char *shk_column_name(enum shk_column column);

/* One result. Valid until the next call on its reader. */
struct shk_snapshot_line {
	const char *cells[SHK_COLUMN_COUNT]; /* decoded; "" when empty */
	const char *text; /* the line as it stands, without its LF */
	size_t size;	  /* bytes of it */
	long row;	  /* 1-based line of the file */
};

/* Where lines come from when it is no file: header lines, then results.
   `next` gives a line without its LF; SHK_END after the last one. */
struct shk_line_source {
	void *context; /* given to `next` */
	/* The next line without its LF, valid until the next call; SHK_END
	   after the last one; any other failure ends the reading. */
	enum shk_code (*next)(
		void *context, const char **line, size_t *size, shk_diag *diag);
};

/* A snapshot being read, line by line, in constant memory. One thread. */
typedef struct shk_snapshot shk_snapshot;

/*
 * Open `path` ("-": standard input) and read its header. SHK_E_IO when it
 * cannot be read; SHK_E_INPUT with line, column and field when it is no
 * snapshot, or one of a version that this program does not read.
 */
enum shk_code shk_snapshot_open(
	shk_snapshot **out, const char *path, shk_diag *diag);
/* The same over a source; `name` stands for the path in diagnostics. */
enum shk_code shk_snapshot_from(shk_snapshot **out, const char *name,
	struct shk_line_source source, shk_diag *diag);
/*
 * The next result; SHK_END after the last one. Every column of every line is
 * checked: SHK_E_INPUT names line, column (counted in tabs) and field, and
 * says what would be right; the file cannot be read on then.
 */
enum shk_code shk_snapshot_next(shk_snapshot *snapshot,
	const struct shk_snapshot_line **line, shk_diag *diag);
/* Lives as long as the snapshot. */
const struct shk_snapshot_header *shk_snapshot_header(
	const shk_snapshot *snapshot);
/* True while every line so far stood behind the one before it, by id and
   decision in byte order, and none was there twice. */
bool shk_snapshot_sorted(const shk_snapshot *snapshot);
/* True when the last line had id and decision of the line before it. */
bool shk_snapshot_repeated(const shk_snapshot *snapshot);
/* Add file and line of the last line to a diagnostic about it. */
void shk_snapshot_place(const shk_snapshot *snapshot, shk_diag *diag);
/* NULL is allowed. Its lines end with it. */
void shk_snapshot_close(shk_snapshot *snapshot);

/* Write the header lines. SHK_E_IO when the sink could not write. */
enum shk_code shk_snapshot_header_write(
	const struct shk_snapshot_header *header, shk_sink sink,
	shk_diag *diag);

/* Write one line of results, with its LF. SHK_E_IO as above. */
enum shk_code shk_snapshot_line_write(const char *const cells[SHK_COLUMN_COUNT],
	shk_sink sink, shk_diag *diag);

/*
 * Split one line of results, without its LF, into `line`; the decoded cells
 * are put into `room`, which has at least `size` + SHK_COLUMN_COUNT bytes.
 * Errors as shk_snapshot_next, without path and line.
 */
enum shk_code shk_snapshot_parse(struct shk_snapshot_line *line,
	const char *text, size_t size, char *room, shk_diag *diag);

/* Byte order of id, then decision, of two lines: <0, 0, >0. */
int shk_snapshot_order(
	const struct shk_snapshot_line *a, const struct shk_snapshot_line *b);

/*
 * Puts lines in order: id, then decision, in byte order. Past
 * SHK_SORTER_MEMORY bytes it sorts on temporary files, which have no name and
 * vanish with the process.
 */
typedef struct shk_snapshot_sorter shk_snapshot_sorter;

#define SHK_SORTER_MEMORY                                                      \
	((size_t)8 << 20) /* bytes of lines that are sorted in memory */

/* `folder` for the temporary files; NULL: $TMPDIR, else /tmp. */
enum shk_code shk_snapshot_sorter_new(shk_snapshot_sorter **out,
	const struct shk_snapshot_header *header, const char *folder,
	shk_diag *diag);
/* Whole lines with their LF; they are not checked. */
enum shk_code shk_snapshot_sorter_add(shk_snapshot_sorter *sorter,
	const char *data, size_t size, shk_diag *diag);
/* A line from its decoded cells. */
enum shk_code shk_snapshot_sorter_cells(shk_snapshot_sorter *sorter,
	const char *const cells[SHK_COLUMN_COUNT], shk_diag *diag);
/*
 * The header and the lines in order, from the beginning. Ends an earlier
 * source of this sorter; nothing can be added any more.
 */
enum shk_code shk_snapshot_sorter_source(shk_snapshot_sorter *sorter,
	struct shk_line_source *source, shk_diag *diag);
/* NULL is allowed. Its source ends with it. */
void shk_snapshot_sorter_free(shk_snapshot_sorter *sorter);

#ifdef __cplusplus
}
#endif
#endif
