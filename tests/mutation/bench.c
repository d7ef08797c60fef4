/*
 * Copies of the rules and processes: each job has its own copy of the folder,
 * in which one file is changed and put back, and each mutant its own process,
 * so that one that crashes or never ends is no harm to the others.
 */
#include "mutation/bench.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "mutation/reach.h"

#define SECONDS_MAX 60
#define FILE_MAX    (8u << 20)

static bool read_into(struct law *law, const char *folder, const char *path)
{
	struct law_file *file = &law->files[law->count];
	struct buffer raw;
	shk_diag diag = { 0 };

	buffer_init(&raw);
	if (law->count == FILES_MAX ||
		file_read(path, FILE_MAX, &raw, &diag) != SHK_OK) {
		buffer_release(&raw);
		return false;
	}
	snprintf(file->name, sizeof(file->name), "%s",
		path + strlen(folder) + 1);
	file->owned = raw;
	file->raw = (struct text){ raw.data, raw.size };
	law->count++;
	return true;
}

bool law_read(struct law *law, const char *folder)
{
	static const char *const patterns[] = { "/r*/*.dmn", "/*.xml" };
	bool done = true;

	law->count = 0;
	for (size_t k = 0; done && k < 2; k++) {
		char pattern[1024];
		glob_t found;

		snprintf(pattern, sizeof(pattern), "%s%s", folder, patterns[k]);
		done = glob(pattern, 0, NULL, &found) == 0;
		for (size_t i = 0; done && i < found.gl_pathc; i++)
			done = read_into(law, folder, found.gl_pathv[i]);
		globfree(&found);
	}
	return done && law->count > 0;
}

void law_release(struct law *law)
{
	for (size_t i = 0; i < law->count; i++)
		buffer_release(&law->files[i].owned);
}

static bool write_parts(
	const char *path, const struct text *parts, size_t count)
{
	FILE *stream = fopen(path, "w");
	bool done = stream != NULL;

	for (size_t i = 0; done && i < count; i++)
		done = fwrite(parts[i].data, 1, parts[i].size, stream) ==
		       parts[i].size;
	return stream && fclose(stream) == 0 && done;
}

struct job {
	pid_t process; /* 0: free */
	int results;
	size_t mutant;
	char folder[512];
};

struct bench {
	const struct law *law;
	const struct mutants *mutants;
	const struct measure *measure;
	struct reach reach;
	struct job jobs[JOBS_MAX];
	size_t job_count;
};

static bool copy_file(const struct job *job, const struct law_file *file)
{
	char path[1024];

	snprintf(path, sizeof(path), "%s/%s", job->folder, file->name);
	if (strchr(file->name, '/')) {
		*strrchr(path, '/') = '\0';
		mkdir(path, 0700);
		path[strlen(path)] = '/';
	}
	return write_parts(path, &file->raw, 1);
}

static bool copy_law(struct job *job, const struct law *law, const char *folder,
	size_t number)
{
	bool done;

	snprintf(job->folder, sizeof(job->folder), "%s/%zu", folder, number);
	done = mkdir(job->folder, 0700) == 0;
	for (size_t i = 0; done && i < law->count; i++)
		done = copy_file(job, &law->files[i]);
	return done;
}

static bool write_mutant(const struct job *job, const struct mutant *mutant)
{
	struct text raw = mutant->file->raw;
	struct text parts[] = { { raw.data, mutant->at }, text_of(mutant->with),
		{ raw.data + mutant->at + mutant->size,
			raw.size - mutant->at - mutant->size } };
	char path[1024];

	snprintf(path, sizeof(path), "%s/%s", job->folder, mutant->file->name);
	return write_parts(path, parts, 3);
}

static void try_mutant(const struct bench *bench, const struct job *job,
	const struct mutant *mutant, int results)
{
	bool *concerned =
		memory_zeroed(bench->measure->rows.count, sizeof(bool));
	const char *name = mutant->file->name;
	struct outcome outcome;

	if (!concerned)
		_exit(1);
	for (size_t i = 0; i < bench->measure->rows.count; i++)
		concerned[i] = reach_has(&bench->reach,
			&bench->measure->rows.items[i].row, name);
	alarm(SECONDS_MAX);
	trial_run(job->folder, name, bench->measure, concerned, &outcome);
	if (write(results, &outcome, sizeof(outcome)) !=
		(ssize_t)sizeof(outcome))
		_exit(1);
	_exit(0);
}

static bool start(struct bench *bench, struct job *job, size_t index)
{
	const struct mutant *mutant = &bench->mutants->items[index];
	int ends[2];

	if (!write_mutant(job, mutant) || pipe(ends) != 0)
		return false;
	fflush(stdout);
	job->mutant = index;
	job->results = ends[0];
	job->process = fork();
	if (job->process == 0) {
		close(ends[0]);
		try_mutant(bench, job, mutant, ends[1]);
	}
	close(ends[1]);
	return job->process > 0;
}

/* Wait for one process and tell its verdict. */
static bool finish(struct bench *bench, bench_callback callback, void *context)
{
	struct outcome outcome = { .verdict = VERDICT_LOST };
	int status;
	pid_t process = wait(&status);

	for (size_t i = 0; process > 0 && i < bench->job_count; i++) {
		struct job *job = &bench->jobs[i];
		const struct mutant *mutant;

		if (job->process != process)
			continue;
		mutant = &bench->mutants->items[job->mutant];
		if (read(job->results, &outcome, sizeof(outcome)) !=
			(ssize_t)sizeof(outcome)) {
			outcome.verdict = VERDICT_LOST;
			snprintf(outcome.by, sizeof(outcome.by),
				"its process ended with status %d", status);
		}
		close(job->results);
		job->process = 0;
		callback(context, job->mutant, &outcome);
		return copy_file(job, mutant->file);
	}
	return false;
}

static struct job *free_job(struct bench *bench)
{
	for (size_t i = 0; i < bench->job_count; i++)
		if (bench->jobs[i].process == 0)
			return &bench->jobs[i];
	return NULL;
}

bool bench_run(const struct law *law, const struct mutants *mutants,
	const size_t *chosen, size_t count, const struct measure *measure,
	const char *folder, size_t jobs, size_t seconds,
	bench_callback callback, void *context)
{
	static struct bench bench;
	size_t next = 0, open = 0;
	bool done = true;
	time_t end;

	bench = (struct bench){ law, mutants, measure, .job_count = jobs };
	reach_find(&bench.reach, law);
	end = time(NULL) + (time_t)seconds;
	for (size_t i = 0; done && i < jobs; i++)
		done = copy_law(&bench.jobs[i], law, folder, i);
	while (done && (next < count || open > 0)) {
		struct job *job;

		if (seconds && time(NULL) >= end)
			count = next;
		job = next < count ? free_job(&bench) : NULL;
		if (!job && open == 0)
			break;

		if (job) {
			done = start(&bench, job, chosen[next++]);
			open++;
		} else {
			done = finish(&bench, callback, context);
			open--;
		}
	}
	return done;
}
