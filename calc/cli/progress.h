/*
 * Progress of a run on a terminal: records, rate, time left, in one line on
 * standard error that goes away. Nothing where standard error is no terminal,
 * and nothing between results that a terminal shows.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct cli_progress {
	bool on;
	bool begun; /* the first step was taken */
	/* what will have been done at the end; 0: not known */
	unsigned long long total;
	unsigned long long first;   /* done before this process */
	unsigned long long records; /* at the first step */
	unsigned long long looked;  /* records when the clock was asked */
	long long since; /* milliseconds of a clock that only goes forward */
	long long shown;
};

/* `records`: how many there will be; 0: not known, then the sizes of the
   files at `paths` tell. `results_shown`: a terminal shows the results. */
void cli_progress_begin(struct cli_progress *progress,
	unsigned long long records, char **paths, size_t count,
	bool results_shown);
/* So many records are done, and so many bytes of the files (or records, where
   their number is known). Cheap when there is nothing to show. */
void cli_progress_step(struct cli_progress *progress,
	unsigned long long records, unsigned long long done);
void cli_progress_end(struct cli_progress *progress);

#endif
