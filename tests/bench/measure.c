/*
 * Runs the lanes of a plan in turn, round after round, and prints what each
 * run took: measure ROUNDS <PLAN. A lane is one tab-separated line: group,
 * name, records, runs a round, standard input, standard output, command (words
 * apart by single spaces); standard error goes to OUTPUT.err. An output that
 * was there before is removed first, so that nobody pays for another's bytes,
 * and one whose name ends in .gone also behind its run. Printed: group, name,
 * records, round, processor and wall microseconds (the median run of the
 * round), peak KiB, exit status.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LANES_MAX 256
#define RUNS_MAX  1000
#define WORDS_MAX 64

struct lane {
	char *group, *name, *records, *input, *output, *words[WORDS_MAX];
	int runs;
};

struct taken {
	long processor, wall, peak; /* microseconds, microseconds, KiB */
	int status;
};

static char *part(char **rest, const char *mark)
{
	char *found = strsep(rest, mark);

	if (!found) {
		fputs("measure: a line of the plan is too short\n", stderr);
		exit(2);
	}
	return found;
}

static void lane_read(struct lane *lane, char *line)
{
	int count = 0;

	line[strcspn(line, "\n")] = '\0';
	lane->group = part(&line, "\t");
	lane->name = part(&line, "\t");
	lane->records = part(&line, "\t");
	lane->runs = (int)strtol(part(&line, "\t"), NULL, 10);
	lane->input = part(&line, "\t");
	lane->output = part(&line, "\t");
	while (line && count + 1 < WORDS_MAX)
		lane->words[count++] = strsep(&line, " ");
	lane->words[count] = NULL;
	if (lane->runs < 1 || lane->runs > RUNS_MAX)
		lane->runs = 1;
}

static void child(const struct lane *lane)
{
	char errors[4096];
	int in = open(lane->input, O_RDONLY);
	int out = open(lane->output, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	int err;

	snprintf(errors, sizeof(errors), "%s.err", lane->output);
	err = strcmp(lane->output, "/dev/null") == 0
		      ? out
		      : open(errors, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	if (err >= 0)
		dup2(err, 2);
	if (in >= 0 && out >= 0 && dup2(in, 0) == 0 && dup2(out, 1) == 1)
		execvp(lane->words[0], lane->words);
	_exit(127);
}

static long microseconds(struct timeval time)
{
	return time.tv_sec * 1000000L + time.tv_usec;
}

/* Not a device. */
static void drop(const char *output)
{
	struct stat found;

	if (lstat(output, &found) == 0 && S_ISREG(found.st_mode))
		unlink(output);
}

static bool is_gone(const char *output)
{
	const char *ending = strrchr(output, '.');

	return ending && strcmp(ending, ".gone") == 0;
}

static struct taken run(const struct lane *lane)
{
	struct taken taken = { 0, 0, 0, 127 };
	struct timespec from, to;
	struct rusage usage;
	int status;
	pid_t pid;

	drop(lane->output);
	clock_gettime(CLOCK_MONOTONIC, &from);
	pid = fork();
	if (pid == 0)
		child(lane);
	if (pid < 0 || wait4(pid, &status, 0, &usage) != pid)
		return taken;
	clock_gettime(CLOCK_MONOTONIC, &to);
	if (is_gone(lane->output))
		drop(lane->output);
	taken.processor =
		microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
	taken.wall = (to.tv_sec - from.tv_sec) * 1000000L +
		     (to.tv_nsec - from.tv_nsec) / 1000;
	taken.peak = usage.ru_maxrss;
	taken.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
	return taken;
}

static int by_wall(const void *left, const void *right)
{
	long a = ((const struct taken *)left)->wall;
	long b = ((const struct taken *)right)->wall;

	return (a > b) - (a < b);
}

static void lane_run(const struct lane *lane, int round)
{
	static struct taken all[RUNS_MAX];
	struct taken middle;
	int status = 0;

	for (int i = 0; i < lane->runs; i++) {
		all[i] = run(lane);
		if (all[i].status)
			status = all[i].status;
	}
	qsort(all, (size_t)lane->runs, sizeof(*all), by_wall);
	middle = all[lane->runs / 2];
	printf("%s\t%s\t%s\t%d\t%ld\t%ld\t%ld\t%d\n", lane->group, lane->name,
		lane->records, round, middle.processor, middle.wall,
		middle.peak, status);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	static struct lane lanes[LANES_MAX];
	int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 3;
	char *line = NULL;
	size_t size = 0;
	int count = 0;

	while (count < LANES_MAX && getline(&line, &size, stdin) > 0) {
		lane_read(&lanes[count++], line);
		line = NULL; /* the lane keeps it */
		size = 0;
	}
	for (int round = 1; round <= rounds; round++)
		for (int i = 0; i < count; i++)
			lane_run(&lanes[i], round);
	return ferror(stdout);
}
