/*
 * The line of progress. It is shown from the first half second on, five times
 * a second at most, and only every so many records is the clock asked.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/message.h"
#include "cli/progress.h"

#define PROGRESS_FIRST	500 /* milliseconds before the first line */
#define PROGRESS_NEXT	200 /* milliseconds between two lines */
#define PROGRESS_SECOND 1000

static long long progress_now(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		return 0;
	return (long long)now.tv_sec * PROGRESS_SECOND + now.tv_nsec / 1000000;
}

void cli_progress_begin(struct cli_progress *progress,
	unsigned long long records, char **paths, size_t count,
	bool results_shown)
{
	memset(progress, 0, sizeof(*progress));
	progress->on = isatty(STDERR_FILENO) && !results_shown;
	progress->total = records;
	progress->since = progress->shown = progress_now();
	for (size_t i = 0; i < count && !records; i++) {
		struct stat info;

		if (stat(paths[i], &info) != 0 || !S_ISREG(info.st_mode)) {
			progress->total = 0;
			break;
		}
		progress->total += (unsigned long long)info.st_size;
	}
}

/* "0:01:30 left", or nothing when it cannot be told: a file is read in large
   blocks, and in the last one its end is read before it is answered. */
static void progress_left(const struct cli_progress *progress,
	unsigned long long done, long long spent, char *out, size_t size)
{
	unsigned long long mine = done - progress->first;
	unsigned long long rest = progress->total - done;
	unsigned long long left;

	out[0] = '\0';
	if (done <= progress->first || done >= progress->total)
		return;
	for (; rest >> 32; rest >>= 1) /* so that the product fits */
		mine >>= 1;
	left = rest * (unsigned long long)spent / (mine + 1) / PROGRESS_SECOND;
	snprintf(out, size, ", %llu:%02llu:%02llu left", left / 3600,
		left / 60 % 60, left % 60);
}

void cli_progress_step(struct cli_progress *progress,
	unsigned long long records, unsigned long long done)
{
	char left[48];
	long long now, spent;

	if (!progress->on)
		return;
	if (!progress->begun) {
		progress->begun = true;
		progress->records = records ? records - 1 : 0;
		progress->first = records > 1 ? done : 0;
	}
	now = progress_now();
	spent = now - progress->since;
	if (spent < PROGRESS_FIRST || now - progress->shown < PROGRESS_NEXT)
		return;
	progress->shown = now;
	progress_left(progress, done, spent, left, sizeof(left));
	cli_message_line("%llu records, %llu/s%s", records,
		(records - progress->records) * PROGRESS_SECOND /
			(unsigned long long)spent,
		left);
}

void cli_progress_end(struct cli_progress *progress)
{
	if (progress->on)
		cli_message_clear();
	progress->on = false;
}
