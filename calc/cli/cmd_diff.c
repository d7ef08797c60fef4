/*
 * `shokan diff r6 r8 [FILE...]`: what changed in the law between two
 * revisions, and what that means for the records of files.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/answer_side.h"
#include "cli/command.h"
#include "cli/compare.h"
#include "cli/held.h"
#include "cli/message.h"

/* Random products a decision; more would take days. */
#define DIFF_TRIES_MAX 100000000

/* A record whose answer changes; the texts are its own. */
struct diffing_texts {
	char *id, *decision, *before, *after, *regions;
	bool inside;
};

/* Everything of one call. */
struct diffing {
	const struct cli_arguments *arguments;
	struct cli_arguments files; /* the arguments behind the revisions */
	shk_rulebook *rulebook;
	shk_schema *schema;
	struct cli_names decisions;
	shk_diff *diff;
	struct cli_side sides[2];
	struct cli_session sessions[2];
	struct cli_arguments copies[2];
	enum cli_exit worst;	     /* of the records */
	struct diffing_texts *texts; /* one a record that changes */
	size_t count, capacity;
	size_t same; /* results that are */
	struct cli_output output;
};

static enum cli_exit diffing_usage(struct diffing *work)
{
	const struct cli_arguments *arguments = work->arguments;

	if (arguments->word_count < 2) {
		cli_complain("diff needs two revisions, such as r6 r8");
		return CLI_USAGE;
	}
	for (size_t i = 2; i < arguments->word_count; i++)
		if (strcmp(arguments->words[i], "-") == 0) {
			cli_complain("standard input cannot be read twice; "
				     "name a file");
			return CLI_USAGE;
		}
	if (arguments->word_count == 2 &&
		(arguments->given[OPT_POLICY] || arguments->given[OPT_SET])) {
		cli_complain("--policy and --set are for the records of FILE");
		return CLI_USAGE;
	}
	work->files = *arguments;
	work->files.words += 2;
	work->files.word_count -= 2;
	return CLI_DONE;
}

static enum cli_exit diffing_tries(
	const struct cli_arguments *arguments, size_t *tries)
{
	const char *text = arguments->value[OPT_TRIES];
	unsigned long long number = 0;
	char *end = NULL;

	*tries = 0;
	if (!arguments->given[OPT_TRIES])
		return CLI_DONE;
	if (text[0] >= '0' && text[0] <= '9')
		number = strtoull(text, &end, 10);
	if (!end || *end || number > DIFF_TRIES_MAX) {
		cli_complain("--tries: \"%s\" is not a whole number up to %d",
			text, DIFF_TRIES_MAX);
		return CLI_USAGE;
	}
	*tries = (size_t)number;
	return CLI_DONE;
}

static enum cli_exit diffing_law(struct diffing *work)
{
	const struct cli_arguments *arguments = work->arguments;
	shk_diff_options options = { .before = arguments->words[0],
		.after = arguments->words[1] };
	shk_diag diag = { 0 };
	enum cli_exit status = diffing_tries(arguments, &options.tries);

	if (status == CLI_DONE && arguments->given[OPT_DECISION])
		status = cli_names_read(&work->decisions, "decision",
			arguments->value[OPT_DECISION]);
	if (status == CLI_DONE)
		status = cli_rulebook_load(&work->rulebook, arguments, NULL);
	if (status != CLI_DONE)
		return status;
	options.decisions = work->decisions.items;
	options.decision_count = work->decisions.count;
	if (shk_schema_of(&work->schema, work->rulebook, &diag) ||
		shk_diff_new(&work->diff, work->rulebook, work->schema,
			&options, &diag))
		return cli_complain_diag(&diag);
	return CLI_DONE;
}

/* The text, of which the caller becomes the owner; NULL without memory. */
static char *diffing_text(FILE *stream, struct cli_text *text)
{
	if (!cli_held_close(stream, text))
		cli_text_release(text);
	return text->data;
}

/* `status determined; coefficient 1.5` of one side of a change. */
static char *diffing_answer(const struct shk_change *change, bool after)
{
	struct cli_text text = { NULL, 0, 0, false };
	FILE *stream = cli_held_open(&text);

	if (!stream)
		return NULL;
	for (size_t i = 0; i < change->part_count; i++)
		fprintf(stream, "%s%s %s", i > 0 ? "; " : "",
			change->parts[i].name,
			after ? change->parts[i].after
			      : change->parts[i].before);
	return diffing_text(stream, &text);
}

/* The numbers of the regions in which the record lies, or may lie. */
static char *diffing_regions(struct diffing *work,
	const struct shk_change *change, bool *inside, shk_diag *diag)
{
	const struct shk_diff_summary *summary = shk_diff_summary(work->diff);
	const char *facts = change->after->cells[SHK_COLUMN_FACTS];
	struct cli_text text = { NULL, 0, 0, false };
	FILE *stream = cli_held_open(&text);

	*inside = false;
	for (size_t i = 0; stream && i < summary->decision_count; i++) {
		const struct shk_diff_decision *it = &summary->decisions[i];

		for (size_t k = 0; k < it->region_count &&
				   strcmp(it->name, change->decision) == 0;
			k++) {
			enum shk_diff_place place;

			if (shk_diff_locate_facts(work->diff, facts,
				    work->sessions[1].policy, i, k, &place,
				    diag))
				break;
			if (place == SHK_DIFF_OUTSIDE)
				continue;
			fprintf(stream, "%s%zu%s",
				ftell(stream) > 0 ? ", " : "", k + 1,
				place == SHK_DIFF_MAYBE ? "?" : "");
			*inside = *inside || place == SHK_DIFF_INSIDE;
		}
	}
	if (!stream || !diffing_text(stream, &text) || !diag->code)
		return text.data;
	cli_text_release(&text);
	return NULL;
}

/* Room for one more record. */
static bool diffing_room(struct diffing *work)
{
	size_t more = work->capacity ? 2 * work->capacity : 64;
	struct diffing_texts *texts;

	if (work->count < work->capacity)
		return true;
	texts = realloc(work->texts, more * sizeof(*texts));
	if (!texts)
		return false;
	work->texts = texts;
	work->capacity = more;
	return true;
}

static enum cli_exit diffing_change(
	struct cli_compare *compare, const struct shk_change *change)
{
	struct diffing *work = compare->context;
	struct diffing_texts *texts;
	shk_diag diag = { 0 };

	if (!change->before || !change->after)
		return CLI_DONE;
	if (!diffing_room(work))
		return cli_complain_memory();
	texts = &work->texts[work->count++];
	memset(texts, 0, sizeof(*texts));
	texts->regions = diffing_regions(work, change, &texts->inside, &diag);
	texts->id = strdup(change->id);
	texts->decision = strdup(change->decision);
	texts->before = diffing_answer(change, false);
	texts->after = diffing_answer(change, true);
	if (diag.code)
		return cli_complain_diag(&diag);
	return texts->id && texts->decision && texts->before && texts->after &&
			       texts->regions
		       ? CLI_DONE
		       : cli_complain_memory();
}

static enum cli_exit diffing_counts(
	struct cli_compare *compare, const struct shk_change_summary *summary)
{
	struct diffing *work = compare->context;

	for (size_t i = 0; i < summary->decision_count; i++)
		work->same += summary->decisions[i].same;
	return CLI_DONE;
}

/* Both answers to each record; the differences, and where they lie. */
static enum cli_exit diffing_records(struct diffing *work)
{
	struct cli_compare compare = { .change = diffing_change,
		.summary = diffing_counts,
		.context = work };
	enum cli_exit status = CLI_DONE;

	if (work->files.word_count == 0)
		return CLI_DONE;
	for (int side = 0; side < 2 && status == CLI_DONE; side++)
		status = cli_answer_side(&work->sides[side],
			&work->sessions[side], &work->copies[side],
			&work->files, work->arguments->words[side],
			&work->worst);
	if (status == CLI_DONE)
		status = cli_compare_run(
			&compare, &work->sides[0], &work->sides[1]);
	return status == CLI_FINDINGS ? CLI_DONE : status;
}

/* What the library wants of the records; NULL when memory ran out. */
static struct shk_diff_impact *diffing_impacts(const struct diffing *work)
{
	struct shk_diff_impact *impacts =
		calloc(work->count + 1, sizeof(*impacts));

	for (size_t i = 0; impacts && i < work->count; i++) {
		const struct diffing_texts *it = &work->texts[i];

		impacts[i] = (struct shk_diff_impact){ .id = it->id,
			.decision = it->decision,
			.before = it->before,
			.after = it->after,
			.regions = it->regions,
			.inside = it->inside };
	}
	return impacts;
}

static enum cli_exit diffing_report(struct diffing *work)
{
	static const enum shk_diff_format formats[] = { SHK_DIFF_TEXT,
		SHK_DIFF_CSV, SHK_DIFF_JSON };
	const struct cli_arguments *arguments = work->arguments;
	struct shk_diff_impact *impacts = diffing_impacts(work);
	bool records = work->files.word_count > 0;
	shk_diag diag = { 0 };
	enum cli_exit status;

	if (!impacts)
		return cli_complain_memory();
	status = cli_output_open(
		&work->output, arguments->value[OPT_OUTPUT], false);
	if (status == CLI_DONE &&
		shk_diff_write(work->diff,
			formats[arguments->choice[OPT_DIFF_FORMAT]],
			cli_language(arguments), records ? impacts : NULL,
			work->count, work->same, cli_output_sink(&work->output),
			&diag))
		status = cli_complain_diag(&diag);
	free(impacts);
	return status == CLI_DONE ? cli_output_commit(&work->output) : status;
}

/* Something is not proved, or a random product speaks against the proof. */
static bool diffing_doubts(const struct diffing *work)
{
	const struct shk_diff_summary *summary = shk_diff_summary(work->diff);
	bool doubts = !summary->proved;

	for (size_t i = 0; i < summary->decision_count; i++)
		doubts = doubts || summary->decisions[i].outside > 0;
	return doubts;
}

static void diffing_close(struct diffing *work)
{
	for (size_t i = 0; i < work->count; i++) {
		free(work->texts[i].id);
		free(work->texts[i].decision);
		free(work->texts[i].before);
		free(work->texts[i].after);
		free(work->texts[i].regions);
	}
	free(work->texts);
	shk_diff_free(work->diff);
	shk_schema_free(work->schema);
	shk_rulebook_free(work->rulebook);
	cli_names_release(&work->decisions);
	cli_output_abort(&work->output);
	for (int side = 0; side < 2; side++) {
		cli_side_close(&work->sides[side]);
		cli_session_close(&work->sessions[side]);
	}
}

enum cli_exit cmd_diff(const struct cli_arguments *arguments)
{
	struct diffing work = { .arguments = arguments };
	enum cli_exit status = diffing_usage(&work);

	if (status == CLI_DONE)
		status = diffing_law(&work);
	if (status == CLI_DONE)
		status = diffing_records(&work);
	if (status == CLI_DONE)
		status = diffing_report(&work);
	if (status == CLI_DONE && work.worst != CLI_DONE)
		status = work.worst; /* some records were wrong */
	if (status == CLI_DONE && diffing_doubts(&work))
		status = CLI_FINDINGS;
	diffing_close(&work);
	return status;
}
