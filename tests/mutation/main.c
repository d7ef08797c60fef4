/*
 * The mutation of the law: every number, comparator, word, day and rounding
 * of the rules is changed by the least that can be, one at a time, and a row
 * of the vectors has to notice. What nothing notices is a survivor: it needs
 * a row, or a reason in explained.tsv. Run by tests/long/mutation.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "mutation/bench.h"

struct options {
	const char *source; /* root of the checkout */
	const char *folder; /* an empty one, for copies */
	const char *only;   /* part of the name of the mutants to try */
	const char *again;  /* what an earlier run said: its survivors alone */
	const char *explained; /* in place of explained.tsv */
	size_t jobs, sample, seed, seconds;
	bool list, killers;
};

struct reason {
	char *name; /* of the mutant, or with "r*" for both revisions */
	bool met;
};

struct report {
	const struct options *options;
	const struct mutants *mutants;
	struct reason *reasons;
	size_t reason_count, reason_capacity;
	size_t loader, table, domain, value, lost, explained, survivors, stale,
		tried;
	const char *origins[8];
	size_t by_origin[8];
};

static const char *const origins[] = { "vectors", "own", "law", "twins" };

static struct reason *reason_of(struct report *report, const char *name)
{
	for (size_t i = 0; i < report->reason_count; i++) {
		const char *known = report->reasons[i].name;

		if (strcmp(known, name) == 0 ||
			(strncmp(known, "r*/", 3) == 0 && name[0] == 'r' &&
				strcmp(known + 2, name + 2) == 0))
			return &report->reasons[i];
	}
	return NULL;
}

static bool read_reasons(struct report *report, const char *path)
{
	FILE *stream = fopen(path, "r");
	char line[2048];
	bool done = stream != NULL;

	while (done && fgets(line, sizeof(line), stream)) {
		char *tab = strchr(line, '\t');

		if (*line == '#' || *line == '\n')
			continue;
		done = tab && strlen(tab) > 8;
		if (!done) {
			printf("%s: no reason: %s", path, line);
			break;
		}
		if (!memory_grow((void **)&report->reasons,
			    &report->reason_capacity, report->reason_count + 1,
			    sizeof(*report->reasons)))
			abort();
		report->reasons[report->reason_count++] = (struct reason){
			memory_copy_text(line, (size_t)(tab - line)), false
		};
	}
	if (stream)
		fclose(stream);
	return done;
}

static void say(const struct mutant *mutant, const char *what, const char *by)
{
	printf("%s: rules/%s:%ld:%ld: %s%s%s\n", what, mutant->file->name,
		mutant->line, mutant->column, mutant->name, *by ? "  <- " : "",
		by);
}

static void count_killer(struct report *report, const struct outcome *outcome)
{
	if (outcome->verdict == VERDICT_LOADER)
		report->loader++;
	else if (outcome->verdict == VERDICT_TABLE)
		report->table++;
	else if (outcome->verdict == VERDICT_VALUE)
		report->value++;
	else if (outcome->verdict == VERDICT_DOMAIN)
		report->domain++;
	else if (outcome->verdict == VERDICT_LOST)
		report->lost++;
	for (size_t i = 0; i < sizeof(origins) / sizeof(origins[0]); i++)
		if (strcmp(outcome->origin, origins[i]) == 0)
			report->by_origin[i]++;
}

static void on_outcome(
	void *context, size_t index, const struct outcome *outcome)
{
	struct report *report = context;
	const struct mutant *mutant = &report->mutants->items[index];
	struct reason *reason = reason_of(report, mutant->name);

	report->tried++;
	if (outcome->verdict != VERDICT_NONE) {
		count_killer(report, outcome);
		if (reason) {
			say(mutant, "explained, but killed", outcome->by);
			report->stale++;
		} else if (report->options->killers) {
			say(mutant, "killed", outcome->by);
		}
	} else if (reason) {
		report->explained++;
	} else {
		report->survivors++;
		say(mutant, "survivor", "");
	}
}

/* Names are what explained.tsv goes by: no two mutants have the same. */
static void make_distinct(struct mutants *mutants)
{
	for (size_t i = 0; i < mutants->count; i++) {
		unsigned same = 1;

		for (size_t k = i + 1; k < mutants->count; k++) {
			char *name = mutants->items[k].name;
			struct buffer longer;

			if (strcmp(mutants->items[i].name, name) != 0)
				continue;
			buffer_init(&longer);
			buffer_format(&longer, "%s #%u", name, ++same);
			mutants->items[k].name = longer.data;
			memory_free(name);
		}
	}
}

static void find_mutants(struct mutants *mutants, const struct law *law)
{
	for (size_t i = 0; i < law->count; i++) {
		const struct law_file *file = &law->files[i];

		if (strcmp(file->name, "sources.xml") == 0)
			continue;
		if (strchr(file->name, '/'))
			mutants_of_model(mutants, file);
		else
			mutants_of_list(mutants, file);
	}
	make_distinct(mutants);
}

/* A generator of our own, so that a seed means the same everywhere. */
static size_t draw(uint64_t *state, size_t count)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (size_t)((*state >> 33) % count);
}

/* Whether an earlier run had it as a survivor: its name ends a line. */
static bool survived(const struct buffer *said, const char *name)
{
	size_t size = strlen(name);

	for (const char *at = said->size ? strstr(said->data, name) : NULL; at;
		at = strstr(at + 1, name))
		if (at[size] == '\n')
			return true;
	return false;
}

static void swap(size_t *chosen, size_t a, size_t b)
{
	size_t kept = chosen[a];

	chosen[a] = chosen[b];
	chosen[b] = kept;
}

/* A sample to the front: one in five is an explained one. */
static void shuffle(struct report *report, size_t *chosen, size_t count)
{
	const struct mutant *mutants = report->mutants->items;
	uint64_t state = report->options->seed;

	for (size_t i = 0; i < count; i++)
		swap(chosen, i, i + draw(&state, count - i));
	for (size_t i = 4, from = 5; i < count; i += 5) {
		while (from < count &&
			!reason_of(report, mutants[chosen[from]].name))
			from++;
		if (from < count && from > i)
			swap(chosen, i, from);
		from = from > i ? from : i + 1;
	}
}

/* What is tried: all, what an earlier run left, or a sample. */
static size_t choose(struct report *report, size_t *chosen)
{
	const struct options *options = report->options;
	struct buffer again;
	size_t count = 0;
	shk_diag diag = { 0 };

	buffer_init(&again);
	if (options->again &&
		file_read(options->again, 16u << 20, &again, &diag) != SHK_OK)
		printf("%s: %s\n", options->again, diag.message);
	for (size_t i = 0; i < report->mutants->count; i++) {
		const char *name = report->mutants->items[i].name;
		struct reason *reason = reason_of(report, name);

		if (reason)
			reason->met = true;
		if ((!options->only || strstr(name, options->only)) &&
			(!options->again || survived(&again, name)))
			chosen[count++] = i;
	}
	buffer_release(&again);
	if (options->sample == 0 || options->sample >= count)
		return count;
	shuffle(report, chosen, count);
	return options->sample;
}

static void tell(struct report *report)
{
	size_t killed = report->loader + report->table + report->domain +
			report->value + report->lost;

	for (size_t i = 0; i < report->reason_count; i++) {
		if (report->reasons[i].met)
			continue;
		printf("explained, but no such mutant: %s\n",
			report->reasons[i].name);
		report->stale++;
	}
	printf("mutants of the law: %zu tried of %zu\n", report->tried,
		report->mutants->count);
	for (size_t i = 0; i < sizeof(origins) / sizeof(origins[0]); i++) {
		printf("  killed by %-8s %6zu\n", origins[i],
			report->by_origin[i]);
		killed += report->by_origin[i];
	}
	printf("  another domain     %6zu\n  another value      %6zu\n"
	       "  gap or overlap     %6zu\n  did not load       %6zu\n"
	       "  did not end        %6zu\n  explained          %6zu\n",
		report->domain, report->value, report->table, report->loader,
		report->lost, report->explained);
	printf("law mutation score: %zu killed, %zu explained, %zu survive, "
	       "%zu stale reasons\n",
		killed, report->explained, report->survivors, report->stale);
}

static bool keep_rows(struct kept_rows *rows, const struct options *options)
{
	static const struct {
		const char *origin, *path;
	} files[] = { { "vectors", "fixtures/vectors/vectors.csv" },
		{ "own", "tests/rules/own.csv" },
		{ "law", "fixtures/vectors/law.csv" } };
	char path[1024];

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", options->source,
			files[i].path);
		if (!rows_keep(rows, files[i].origin, path)) {
			printf("%s: cannot be read\n", path);
			return false;
		}
	}
	snprintf(path, sizeof(path), "%s/tests/mutation/twins.txt",
		options->source);
	return rows_twin(rows, path);
}

static bool right_domains(const struct law *law, const struct domains *domains)
{
	struct buffer said;
	bool right = true;

	buffer_init(&said);
	for (size_t i = 0; i < law->count; i++)
		if (!domains_agree(domains, law->files[i].name,
			    law->files[i].raw, &said)) {
			printf("%s: %s\n", law->files[i].name, said.data);
			right = false;
		}
	buffer_release(&said);
	return right;
}

/* The right book agrees with every row, or nothing can be said. */
static bool right_book(const char *folder, const struct law *law,
	const struct measure *measure)
{
	const struct kept_rows *rows = &measure->rows;
	struct buffer said;
	struct rows run = { .said = stdout };
	shk_diag diag = { 0 };
	size_t failed = 0;

	if (shk_rulebook_load(&run.book, folder, &diag) == SHK_OK &&
		shk_schema_load(&run.schema, folder, &diag) == SHK_OK) {
		for (size_t i = 0; i < rows->count; i++) {
			run.row = &rows->items[i].row;
			run.failed = 0;
			rows_run(&run);
			failed += run.failed > 0;
		}
		buffer_init(&said);
		if (!values_agree(
			    &measure->values, run.book, run.schema, &said)) {
			printf("%s\n", said.data);
			failed++;
		}
		buffer_release(&said);
	} else {
		printf("%s:%ld: %s\n", diag.path, diag.line, diag.message);
		failed = 1;
	}
	shk_schema_free(run.schema);
	shk_rulebook_free(run.book);
	failed += !right_domains(law, &measure->domains);
	printf("rows of the law: %zu, %zu failed on the rules as they are\n",
		rows->count, failed);
	return failed == 0;
}

static bool mutate(struct report *report, const struct law *law,
	const struct measure *measure)
{
	const struct options *options = report->options;
	size_t *chosen = memory_alloc(report->mutants->count * sizeof(*chosen));
	size_t count = choose(report, chosen);
	bool done = true;

	if (options->list)
		for (size_t i = 0; i < count; i++)
			say(&report->mutants->items[chosen[i]], "mutant", "");
	else
		done = bench_run(law, report->mutants, chosen, count, measure,
			options->folder, options->jobs, options->seconds,
			on_outcome, report);
	memory_free(chosen);
	return done;
}

static bool read_options(struct options *options, int count, char **words)
{
	int option;

	*options = (struct options){ .jobs = 1, .seed = 1 };
	while ((option = getopt(count, words, "j:n:s:t:x:o:r:lk")) != -1) {
		if (option == 'j')
			options->jobs = strtoul(optarg, NULL, 10);
		else if (option == 'n')
			options->sample = strtoul(optarg, NULL, 10);
		else if (option == 's')
			options->seed = strtoul(optarg, NULL, 10);
		else if (option == 't')
			options->seconds = strtoul(optarg, NULL, 10);
		else if (option == 'x')
			options->explained = optarg;
		else if (option == 'o')
			options->only = optarg;
		else if (option == 'r')
			options->again = optarg;
		else if (option == 'l')
			options->list = true;
		else if (option == 'k')
			options->killers = true;
		else
			return false;
	}
	if (count - optind != 2 || options->jobs == 0 ||
		options->jobs > JOBS_MAX)
		return false;
	options->source = words[optind];
	options->folder = words[optind + 1];
	return true;
}

int main(int count, char **words)
{
	static struct law law;
	struct options options;
	struct mutants mutants = { 0 };
	struct measure measure = { 0 };
	struct report report = { .options = &options, .mutants = &mutants };
	char path[1024];
	bool done = false;

	if (!read_options(&options, count, words)) {
		printf("mutate [-j jobs] [-n sample] [-s seed] [-t seconds] "
		       "[-o part of a name] [-r earlier output] [-x reasons] "
		       "[-l] [-k] SOURCE EMPTY-FOLDER\n");
		return 2;
	}
	snprintf(path, sizeof(path), "%s/tests/mutation/explained.tsv",
		options.source);
	if (!read_reasons(
		    &report, options.explained ? options.explained : path) ||
		!keep_rows(&measure.rows, &options))
		goto done;
	snprintf(path, sizeof(path), "%s/tests/mutation/domains.tsv",
		options.source);
	if (!domains_read(&measure.domains, path))
		goto done;
	snprintf(path, sizeof(path), "%s/fixtures/vectors/domains.csv",
		options.source);
	if (!values_read(&measure.values, path))
		goto done;
	snprintf(path, sizeof(path), "%s/rules", options.source);
	if (!law_read(&law, path) || !right_book(path, &law, &measure))
		goto done;
	find_mutants(&mutants, &law);
	done = mutate(&report, &law, &measure);
	if (!done)
		printf("a copy or a process could not be made\n");
	if (!options.list)
		tell(&report);
	done = done && report.survivors == 0 && report.stale == 0;
done:
	for (size_t i = 0; i < report.reason_count; i++)
		memory_free(report.reasons[i].name);
	memory_free(report.reasons);
	mutants_release(&mutants);
	rows_release(&measure.rows);
	values_release(&measure.values);
	domains_release(&measure.domains);
	law_release(&law);
	return done ? 0 : 1;
}
