/*
 * Looking for one record. With --id the files are read until it is found;
 * without, a second record is wrong use, since a question is about one. The
 * decision is the one that is named, or the only one that the record's facts
 * ask for.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/held.h"
#include "cli/message.h"
#include "cli/one.h"

struct one {
	struct cli_session *session;
	const char *id; /* NULL: the only record */
	cli_one_answer *answer;
	bool found;
};

static enum cli_exit one_sets(
	const struct cli_session *session, shk_record *record)
{
	for (size_t i = 0; i < session->field_count; i++) {
		const char *set = session->arguments->sets[session->fields[i]];
		char name[CLI_FIELD_MAX];
		const char *value = cli_set_split(set, name);
		shk_diag diag = { 0 };

		if (shk_record_set(record, name, value, &diag) == SHK_OK)
			continue;
		cli_complain("--set %s: %s", set, diag.message);
		return CLI_USAGE;
	}
	return CLI_DONE;
}

/* The names of answers, with commas. */
static enum shk_code one_name(void *context, const shk_result *result)
{
	FILE *names = context;
	const char *name = shk_result_decision(result);

	if (name && *name)
		fprintf(names, "%s%s", ftell(names) > 0 ? "," : "", name);
	return SHK_OK;
}

/* The decisions that are asked of the record when none is named. */
static enum cli_exit one_decisions(
	struct cli_session *session, const shk_record *record)
{
	struct cli_text text = { NULL, 0, 0, false };
	FILE *names = cli_held_open(&text);
	enum shk_code code;
	shk_diag diag = { 0 };
	enum cli_exit status = CLI_DONE;

	if (!names)
		return cli_complain_memory();
	code = shk_pricer_price(
		session->pricer, record, one_name, names, &diag);
	if (!cli_held_close(names, &text))
		status = cli_complain_memory();
	else if (code != SHK_OK)
		status = cli_complain_diag(&diag);
	else
		status = cli_names_read(&session->decisions, "decision",
			text.size ? text.data : NULL);
	cli_text_release(&text);
	session->price.decisions = session->decisions.items;
	session->price.decision_count = session->decisions.count;
	return status;
}

/* Exactly one decision, or CLI_USAGE with the names to choose from. */
static enum cli_exit one_decision(
	struct cli_session *session, const shk_record *record)
{
	const struct cli_names *names = &session->decisions;
	enum cli_exit status = CLI_DONE;
	struct cli_text text = { NULL, 0, 0, false };
	FILE *list;

	if (names->count == 0)
		status = one_decisions(session, record);
	if (status != CLI_DONE || names->count == 1)
		return status;
	list = cli_held_open(&text);
	for (size_t i = 0; list && i < names->count; i++)
		fprintf(list, "%s%s", i > 0 ? ", " : ": ", names->items[i]);
	if (!list || !cli_held_close(list, &text))
		status = cli_complain_memory();
	else
		cli_complain(
			"say which one decision with --decision%s", text.data);
	cli_text_release(&text);
	return status == CLI_DONE ? CLI_USAGE : status;
}

static enum cli_exit one_record(struct one *one, shk_record *record)
{
	enum cli_exit status;

	if (one->found) {
		cli_complain("more than one record; say which one with --id");
		return CLI_USAGE;
	}
	one->found = true;
	status = one_sets(one->session, record);
	if (status == CLI_DONE)
		status = one_decision(one->session, record);
	return status == CLI_DONE ? one->answer(one->session, record) : status;
}

static enum cli_exit one_records(struct one *one, shk_records *records)
{
	enum cli_exit status = CLI_DONE;

	while (status == CLI_DONE && !(one->id && one->found)) {
		shk_record *record = NULL;
		shk_diag diag = { 0 };
		enum shk_code code = shk_records_next(records, &record, &diag);

		if (code == SHK_END)
			break;
		if (record && one->id &&
			strcmp(shk_record_id(record), one->id) != 0)
			continue;
		status = code == SHK_OK ? one_record(one, record)
					: cli_complain_diag(&diag);
	}
	return status;
}

enum cli_exit cli_one_ask(struct cli_session *session, cli_one_answer *answer)
{
	const struct cli_arguments *arguments = session->arguments;
	shk_read_options options = cli_read_options(session);
	struct one one = { .session = session,
		.id = arguments->value[OPT_ID],
		.answer = answer };
	enum cli_exit status = CLI_DONE;

	for (size_t i = 0; i < arguments->word_count && status == CLI_DONE &&
			   !(one.id && one.found);
		i++) {
		shk_records *records = NULL;
		shk_diag diag = { 0 };

		if (shk_records_open(&records, session->schema,
			    arguments->words[i], &options, &diag) != SHK_OK)
			status = cli_complain_diag(&diag);
		else
			status = one_records(&one, records);
		shk_records_close(records);
	}
	if (status != CLI_DONE || one.found)
		return status;
	if (one.id)
		cli_complain("no record has the id %s", one.id);
	else
		cli_complain("there is no record");
	return CLI_INPUT;
}

static enum cli_exit one_open(struct cli_session *session)
{
	enum cli_exit status = cli_session_load(session, false);

	if (status == CLI_DONE)
		status = cli_output_open(&session->output,
			session->arguments->value[OPT_OUTPUT], true);
	return status;
}

enum cli_exit cli_one_command(
	const struct cli_arguments *arguments, cli_one_answer *answer)
{
	struct cli_session session = { .arguments = arguments };
	enum cli_exit status = CLI_USAGE;

	if (arguments->word_count == 0)
		cli_complain("no FILE; - is standard input");
	else
		status = one_open(&session);
	if (status == CLI_DONE)
		status = cli_one_ask(&session, answer);
	if (status == CLI_DONE)
		status = cli_output_commit(&session.output);
	cli_session_close(&session);
	return status;
}
