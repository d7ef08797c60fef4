/*
 * Rules, reader, pricers and report of one connection. A pricer is made for
 * each question (revision or day, decision, policy, with proof or without)
 * and kept; the one that was not asked for longest makes room. After a
 * failure inside the library what took part in it is made anew.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plug/plug.h"

/* A question that was asked, and who answers it. */
struct plug_pricer {
	char *revision;
	char *decision;
	char *policy_text;
	bool steps;
	shk_policy *policy;
	shk_pricer *pricer;
	shk_report *report; /* of its answers; writes lines into the rows */
	unsigned long used; /* when; larger is later */
};

struct plug {
	shk_rulebook *rulebook;
	shk_schema *schema;
	shk_records *records;
	struct plug_pricer pricers[PLUG_PRICERS_MAX];
	size_t pricer_count;
	unsigned long clock;
	struct plug_table rows;
	const char *status;   /* of the result that is being written */
	const char *decision; /* of it; "" for a record that is no record */
	shk_report *report;   /* that writes it */
};

struct plug *plug_new(void)
{
	return calloc(1, sizeof(struct plug));
}

static void pricer_clear(struct plug_pricer *pricer)
{
	shk_report_free(pricer->report);
	shk_pricer_free(pricer->pricer);
	shk_policy_free(pricer->policy);
	free(pricer->revision);
	free(pricer->decision);
	free(pricer->policy_text);
	memset(pricer, 0, sizeof(*pricer));
}

/* All that rests on the present rules. */
static void plug_forget(struct plug *plug)
{
	for (size_t i = 0; i < plug->pricer_count; i++)
		pricer_clear(&plug->pricers[i]);
	plug->pricer_count = 0;
	shk_records_close(plug->records);
	shk_schema_free(plug->schema);
	shk_rulebook_free(plug->rulebook);
	plug->records = NULL;
	plug->schema = NULL;
	plug->rulebook = NULL;
}

void plug_free(struct plug *plug)
{
	if (!plug)
		return;
	plug_forget(plug);
	plug_table_release(&plug->rows);
	free(plug);
}

static bool plug_has_rules(const char *folder)
{
	char path[PLUG_TEXT_MAX];
	int length = snprintf(path, sizeof(path), "%s/rulebook.xml", folder);

	return length > 0 && (size_t)length < sizeof(path) &&
	       access(path, R_OK) == 0;
}

static const char *plug_folder(void)
{
	const char *folder = getenv("SHOKAN_RULES");

	if (folder && folder[0])
		return folder;
	return plug_has_rules(SHOKAN_RULES_INSTALLED) ? SHOKAN_RULES_INSTALLED
						      : SHOKAN_RULES_SOURCE;
}

enum shk_code plug_load(struct plug *plug, const char *folder, shk_diag *diag)
{
	shk_rulebook *rulebook = NULL;
	shk_schema *schema = NULL;
	const char *key = getenv("SHOKAN_RULES_KEY");
	const shk_rulebook_options options = { .key = key && key[0] ? key
								    : NULL };
	enum shk_code code;

	if (!folder)
		folder = plug_folder();
	code = shk_rulebook_open(&rulebook, folder, &options, diag);
	if (code == SHK_OK)
		code = shk_schema_of(&schema, rulebook, diag);
	if (code != SHK_OK) {
		shk_rulebook_free(rulebook);
		return code;
	}
	plug_forget(plug);
	plug->rulebook = rulebook;
	plug->schema = schema;
	return SHK_OK;
}

static enum shk_code plug_need(struct plug *plug, shk_diag *diag)
{
	return plug->rulebook ? SHK_OK : plug_load(plug, NULL, diag);
}

enum shk_code plug_hash(struct plug *plug, const char **hash, shk_diag *diag)
{
	enum shk_code code = plug_need(plug, diag);

	*hash = code == SHK_OK ? shk_rulebook_hash(plug->rulebook) : NULL;
	return code;
}

static enum shk_code plug_fail(
	shk_diag *diag, enum shk_code code, const char *message)
{
	memset(diag, 0, sizeof(*diag));
	diag->code = code;
	snprintf(diag->message, sizeof(diag->message), "%s", message);
	return code;
}

static bool text_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool pricer_answers(const struct plug_pricer *pricer,
	const struct plug_question *question, bool steps)
{
	return pricer->steps == steps &&
	       text_same(pricer->revision, question->revision) &&
	       text_same(pricer->decision, question->decision) &&
	       text_same(pricer->policy_text, question->policy);
}

/* A place for one more; the oldest one's when all are taken. */
static struct plug_pricer *plug_place(struct plug *plug)
{
	struct plug_pricer *oldest = &plug->pricers[0];

	if (plug->pricer_count < PLUG_PRICERS_MAX)
		return &plug->pricers[plug->pricer_count++];
	for (size_t i = 1; i < PLUG_PRICERS_MAX; i++)
		if (plug->pricers[i].used < oldest->used)
			oldest = &plug->pricers[i];
	pricer_clear(oldest);
	return oldest;
}

/* Copy a text that may be NULL. */
static bool text_keep(char **out, const char *text)
{
	*out = text ? strdup(text) : NULL;
	return *out || !text;
}

/* One line of the report, its line end cut off, behind what it is about. */
static bool plug_write(void *context, const char *data, size_t size)
{
	struct plug *plug = context;

	if (size && data[size - 1] == '\n')
		size--;
	plug_table_text(&plug->rows, plug->decision);
	plug_table_text(&plug->rows, plug->status);
	plug_table_add(&plug->rows, data, size);
	return !plug->rows.failed;
}

static enum shk_code pricer_open(struct plug *plug, struct plug_pricer *pricer,
	const struct plug_question *question, bool steps, shk_diag *diag)
{
	const char *const decisions[] = { question->decision };
	const char *when = question->revision;
	bool day = when && when[0] >= '0' && when[0] <= '9';
	shk_price_options options = { .revision = day ? NULL : when,
		.as_of = day ? when : NULL,
		.decisions = decisions,
		.decision_count = question->decision ? 1 : 0,
		.steps = steps,
		.flips = true };
	const shk_report_options form = { .format = SHK_REPORT_JSON };
	const shk_sink sink = { plug, plug_write };
	enum shk_code code = SHK_OK;

	pricer->steps = steps;
	if (!text_keep(&pricer->revision, question->revision) ||
		!text_keep(&pricer->decision, question->decision) ||
		!text_keep(&pricer->policy_text, question->policy))
		return plug_fail(diag, SHK_E_MEMORY, "out of memory");
	if (question->policy) {
		code = shk_policy_new(&pricer->policy, plug->rulebook, diag);
		if (code == SHK_OK)
			code = shk_policy_read_text(pricer->policy, "policy",
				question->policy, strlen(question->policy),
				diag);
		options.policy = pricer->policy;
	}
	if (code == SHK_OK)
		code = shk_pricer_new(&pricer->pricer, plug->rulebook,
			plug->schema, &options, diag);
	if (code == SHK_OK && !steps)
		code = shk_report_new(&pricer->report, &form, sink, diag);
	return code;
}

static bool text_fits(const char *text)
{
	return !text || strlen(text) < PLUG_TEXT_MAX;
}

static enum shk_code plug_pricer(struct plug *plug,
	const struct plug_question *question, bool steps,
	struct plug_pricer **out, shk_diag *diag)
{
	struct plug_pricer *pricer;
	enum shk_code code;

	if (!text_fits(question->revision) || !text_fits(question->decision) ||
		!text_fits(question->policy))
		return plug_fail(diag, SHK_E_LIMIT,
			"a revision, decision or policy of more than 4095 "
			"bytes");
	for (size_t i = 0; i < plug->pricer_count; i++) {
		*out = &plug->pricers[i];
		if (pricer_answers(*out, question, steps))
			return SHK_OK;
	}
	pricer = plug_place(plug);
	code = pricer_open(plug, pricer, question, steps, diag);
	if (code != SHK_OK) {
		pricer_clear(pricer);
		*pricer = plug->pricers[--plug->pricer_count];
		memset(&plug->pricers[plug->pricer_count], 0, sizeof(*pricer));
	}
	*out = pricer;
	return code;
}

static const char *status_name(enum shk_status status)
{
	static const char *const names[] = { [SHK_DETERMINED] = "determined",
		[SHK_UNDETERMINED] = "undetermined",
		[SHK_NOT_APPLICABLE] = "not_applicable",
		[SHK_CONFLICT] = "conflict",
		[SHK_ERROR] = "error" };

	return names[status];
}

static enum shk_code take_line(void *context, const shk_result *result)
{
	struct plug *plug = context;
	shk_diag diag = { 0 };

	plug->status = status_name(shk_result_status(result));
	plug->decision = shk_result_decision(result);
	return shk_report_result(plug->report, result, &diag);
}

static bool take_proof_row(void *context, const shk_proof_row *row)
{
	struct plug *plug = context;
	struct plug_table *rows = &plug->rows;

	plug_table_text(rows, plug->decision);
	plug_table_number(rows, row->depth);
	plug_table_text(rows, row->kind);
	plug_table_text(rows, row->name);
	plug_table_text(rows, row->value);
	plug_table_text(rows, row->source);
	plug_table_text(rows, row->place);
	plug_table_text(rows, row->evidence);
	plug_table_text(rows, row->text);
	plug_table_text(rows, row->formula);
	plug_table_text(rows, row->quote);
	plug_table_number(rows, row->table_row);
	return !rows->failed;
}

static enum shk_code take_proof(void *context, const shk_result *result)
{
	struct plug *plug = context;
	shk_diag diag = { 0 };

	plug->decision = shk_result_decision(result);
	return shk_result_proof(
		result, SHK_ENGLISH, take_proof_row, plug, &diag);
}

/* What a failure may have left half done is made anew the next time. */
static void plug_reset(struct plug *plug, struct plug_pricer *pricer)
{
	shk_records_close(plug->records);
	plug->records = NULL;
	pricer_clear(pricer);
	*pricer = plug->pricers[--plug->pricer_count];
	memset(&plug->pricers[plug->pricer_count], 0, sizeof(*pricer));
}

static enum shk_code plug_answer(struct plug *plug, struct plug_pricer *pricer,
	const char *text, size_t size, shk_diag *diag)
{
	shk_result_callback take = pricer->steps ? take_proof : take_line;
	shk_record *record = NULL;
	shk_diag why = { 0 };
	enum shk_code code;

	shk_records_give(plug->records, text, size);
	code = shk_records_next(plug->records, &record, &why);
	if (code == SHK_OK)
		code = shk_pricer_price(
			pricer->pricer, record, take, plug, diag);
	else if (record)
		code = shk_pricer_refuse(
			pricer->pricer, record, &why, take, plug, diag);
	else
		*diag = why;
	if (code == SHK_OK && plug->rows.failed)
		code = SHK_E_MEMORY;
	return code;
}

static enum shk_code plug_ask(struct plug *plug,
	const struct plug_question *question, const char *text, size_t size,
	bool steps, shk_diag *diag)
{
	struct plug_pricer *pricer = NULL;
	enum shk_code code = plug_need(plug, diag);

	plug_table_clear(&plug->rows,
		steps ? (size_t)PLUG_PROOF_COLUMNS : PLUG_ANSWER_COLUMNS);
	if (code == SHK_OK && !plug->records)
		code = shk_records_open_texts(
			&plug->records, plug->schema, "record", NULL, diag);
	if (code == SHK_OK)
		code = plug_pricer(plug, question, steps, &pricer, diag);
	if (code != SHK_OK)
		return code;
	pricer->used = ++plug->clock;
	plug->report = pricer->report;
	memset(diag, 0, sizeof(*diag));
	code = plug_answer(plug, pricer, text, size, diag);
	if (code == SHK_OK)
		return SHK_OK;
	plug_reset(plug, pricer);
	if (plug->rows.failed || diag->code == SHK_OK)
		return plug_fail(diag, SHK_E_MEMORY, "out of memory");
	return code;
}

enum shk_code plug_price(struct plug *plug,
	const struct plug_question *question, const char *record, size_t size,
	const struct plug_table **rows, shk_diag *diag)
{
	*rows = &plug->rows;
	return plug_ask(plug, question, record, size, false, diag);
}

enum shk_code plug_explain(struct plug *plug,
	const struct plug_question *question, const char *record, size_t size,
	const struct plug_table **rows, shk_diag *diag)
{
	*rows = &plug->rows;
	return plug_ask(plug, question, record, size, true, diag);
}

void plug_message(const shk_diag *diag, char out[PLUG_MESSAGE_MAX])
{
	const char *message =
		diag->message[0] ? diag->message : shk_code_name(diag->code);
	size_t field = strlen(diag->field);
	char place[32] = "";

	if (diag->path[0] && diag->line > 0)
		snprintf(place, sizeof(place), ":%ld", diag->line);
	/* many messages begin with the field themselves */
	if (strncmp(message, diag->field, field) == 0)
		field = 0;
	snprintf(out, PLUG_MESSAGE_MAX, "%s%s%s%s%s%s", diag->path, place,
		diag->path[0] ? ": " : "", field ? diag->field : "",
		field ? ": " : "", message);
}
