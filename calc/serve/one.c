/*
 * Looking for the one record and the one decision, with the words of a
 * request. The answer must be there before the next record is read, since it
 * goes with it; so a second one is looked for afterwards and takes it back.
 */
#include <string.h>

#include "base/diag.h"
#include "serve/one.h"

#define ONE_KNOWN_MAX 32 /* names of a route */

/* Names of every question. */
static const char *const one_names[] = { "revision", "as_of", "decision",
	"lang", "min_evidence", "id", "input_format", "encoding", "sheet" };

_Static_assert(sizeof(one_names) / sizeof(one_names[0]) <= ONE_KNOWN_MAX / 2,
	"as much room for the names of one question");

static enum shk_code one_check(const struct serve_request *request,
	const char *const *known, shk_diag *diag)
{
	const char *all[ONE_KNOWN_MAX + 1];
	size_t count = sizeof(one_names) / sizeof(one_names[0]);

	memcpy(all, one_names, sizeof(one_names));
	while (*known && count < ONE_KNOWN_MAX)
		all[count++] = *known++;
	all[count] = NULL;
	return serve_names_check(request, all, diag);
}

/* The names of the decisions that answer, apart by commas. */
static enum shk_code one_name(void *context, const shk_result *result)
{
	struct buffer *names = context;
	const char *name = shk_result_decision(result);

	if (name && *name)
		buffer_format(names, "%s%s", names->size > 0 ? ", " : "", name);
	return names->failed ? SHK_E_MEMORY : SHK_OK;
}

/* Which one, when none is named: that of the facts, if it is one. */
static enum shk_code one_by_facts(struct serve_one *one)
{
	struct buffer names;
	enum shk_code code;

	buffer_init(&names);
	code = shk_pricer_price(
		one->pricer->pricer, one->record, one_name, &names, one->diag);
	if (!code && names.size > 0 && !strchr(names.data, ',')) {
		one->decision =
			arena_text(&one->pricer->arena, names.data, names.size);
		if (!one->decision)
			code = diag_memory(one->diag);
	} else if (!code) {
		code = diag_set(one->diag, SHK_E_USAGE,
			"say which one decision%s%s",
			names.size > 0 ? ": " : "",
			names.size > 0 ? names.data : "");
		diag_field(one->diag, "decision");
	}
	buffer_release(&names);
	return code;
}

static enum shk_code one_decision(struct serve_one *one)
{
	const shk_price_options *price = &one->pricer->price;
	enum shk_code code = SHK_OK;

	if (price->decision_count > 1) {
		diag_set(one->diag, SHK_E_USAGE,
			"a question is about one decision; say which one");
		diag_field(one->diag, "decision");
		return SHK_E_USAGE;
	}
	if (price->decision_count == 1)
		one->decision = price->decisions[0];
	else
		code = one_by_facts(one);
	one->price = *price;
	one->price.decisions = &one->decision;
	one->price.decision_count = 1;
	one->price.milliseconds = SERVE_TIME_MAX;
	return code;
}

/* The next record that is meant; SHK_END: there is none. */
static enum shk_code one_next(struct serve_one *one,
	struct serve_records *records, shk_record **record)
{
	const char *id = serve_request_value(one->request, "id");
	enum shk_code code;

	do {
		shk_diag why = { 0 };

		*record = NULL;
		code = serve_records_next(records, record, &why);
		if (*record && id && strcmp(shk_record_id(*record), id) != 0)
			continue;
		if (code && code != SHK_END)
			*one->diag = why;
		break;
	} while (true);
	return code;
}

static enum shk_code one_found(struct serve_one *one,
	struct serve_records *records, serve_one_answer *answer)
{
	shk_record *record;
	enum shk_code code = one_next(one, records, &record);

	if (code == SHK_END)
		return diag_set(one->diag, SHK_E_INPUT, "%s",
			serve_request_value(one->request, "id")
				? "no record has that id"
				: "there is no record");
	if (code)
		return code;
	one->record = record;
	code = one_decision(one);
	if (!code)
		code = answer(one);
	if (code || serve_request_value(one->request, "id"))
		return code;
	code = one_next(one, records, &record);
	if (code == SHK_END)
		return SHK_OK;
	return code ? code
		    : diag_set(one->diag, SHK_E_USAGE,
			      "more than one record; say which one with id");
}

enum shk_code serve_one_ask(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	const char *const *known, serve_one_answer *answer, shk_diag *diag)
{
	const struct serve_extras extras = { .steps = false };
	struct serve_one one = {
		.app = app, .request = request, .reply = reply, .diag = diag
	};
	struct serve_records records = { .app = app };
	enum shk_code code = one_check(request, known, diag);

	if (!code)
		code = serve_records_open(&records, app, request, diag);
	if (!code)
		code = serve_pricer_take(
			&one.pricer, app, request, extras, diag);
	if (!code)
		code = one_found(&one, &records, answer);
	serve_pricer_end(app, one.pricer, code);
	serve_records_close(&records);
	reply->type = SERVE_JSON;
	return code;
}
