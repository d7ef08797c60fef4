/*
 * What was typed, field by field. Each value is tried on a record, or policy,
 * of its own, so that each field that is wrong is told, and not only the first.
 */
#include "serve/page_ask.h"

#include <string.h>

#include "base/date.h"
#include "base/diag.h"
#include "serve/given.h"
#include "serve/pool.h"

static bool inputs_is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/*
 * As a record takes it: without blanks around it, the lines of a list with `|`
 * between them. NULL when memory ran out.
 */
static const char *inputs_value(
	struct page_ask *ask, bool list, const char *typed)
{
	size_t size = strlen(typed);
	char *value = arena_text(&ask->arena, typed, size);
	size_t used = 0;
	bool ended = false; /* a line did, and no other has begun */

	if (!value)
		return NULL;
	for (size_t i = 0; i < size; i++) {
		bool end = list && (typed[i] == '\n' || typed[i] == '\r');

		while (end && used && inputs_is_blank(value[used - 1]))
			used--;
		ended = ended || (end && used);
		if (end || (inputs_is_blank(typed[i]) && (ended || !used)))
			continue;
		if (ended && typed[i] != '|' && value[used - 1] != '|')
			value[used++] = '|';
		ended = false;
		value[used++] = typed[i];
	}
	while (used && inputs_is_blank(value[used - 1]))
		used--;
	value[used] = '\0';
	return value;
}

struct page_field *page_field_find(
	struct page_ask *ask, bool parameter, const char *name)
{
	for (size_t i = 0; i < ask->count; i++)
		if (ask->fields[i].about->parameter == parameter &&
			strcmp(ask->fields[i].about->name, name) == 0)
			return &ask->fields[i];
	return NULL;
}

/* Whether the pair is a fact or parameter; its name without the front. */
static bool inputs_name(
	const struct serve_pair *pair, bool *parameter, const char **name)
{
	*parameter = strncmp(pair->name, SERVE_PARAMETER,
			     strlen(SERVE_PARAMETER)) == 0;
	*name = pair->name + strlen(SERVE_FACT);
	return *parameter ||
	       strncmp(pair->name, SERVE_FACT, strlen(SERVE_FACT)) == 0;
}

/* Lines that were typed where another revision asks for a list. */
static enum shk_code inputs_stray(
	struct page_ask *ask, const struct serve_pair *pair, shk_diag *diag)
{
	struct page_stray *stray = &ask->strays[ask->stray_count++];

	stray->pair = pair;
	stray->value = inputs_value(
		ask, strchr(pair->value, '\n') != NULL, pair->value);
	return stray->value ? SHK_OK : diag_memory(diag);
}

static enum shk_code inputs_pairs(struct page_ask *ask, shk_diag *diag)
{
	const struct serve_pair *pair;
	const char *name;
	bool parameter;
	enum shk_code code = SHK_OK;

	for (size_t i = 0;
		!code && (pair = serve_request_pair(ask->request, i)); i++) {
		struct page_field *field;

		if (!inputs_name(pair, &parameter, &name) || !pair->value[0])
			continue;
		field = page_field_find(ask, parameter, name);
		if (!field) {
			code = inputs_stray(ask, pair, diag);
			continue;
		}
		field->typed = pair->value;
		field->value = inputs_value(
			ask, field->about->kind == SHK_FORM_LIST, pair->value);
		if (!field->value)
			return diag_memory(diag);
	}
	return code;
}

/* What is wrong with one value: kept as text, or NULL. */
struct inputs_trial {
	struct page_ask *ask;
	shk_record *record;
	shk_policy *policy;
};

static enum shk_code inputs_try(struct inputs_trial *trial, bool parameter,
	const char *name, const char *value, const char **says, shk_diag *diag)
{
	shk_diag why = { 0 };
	enum shk_code code =
		parameter ? shk_policy_set(trial->policy, name, value, &why)
			  : shk_record_set(trial->record, name, value, &why);

	*says = NULL;
	if (code == SHK_OK)
		return SHK_OK;
	if (code == SHK_E_MEMORY)
		return diag_memory(diag);
	trial->ask->wrong++;
	*says = arena_text(
		&trial->ask->arena, why.message, strlen(why.message));
	return *says ? SHK_OK : diag_memory(diag);
}

static enum shk_code inputs_check_all(
	struct inputs_trial *trial, shk_diag *diag)
{
	struct page_ask *ask = trial->ask;
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < ask->count && !code; i++) {
		struct page_field *field = &ask->fields[i];

		if (!field->value[0])
			continue;
		code = inputs_try(trial, field->about->parameter,
			field->about->name, field->value, &field->says, diag);
		if (field->says)
			field->state = PAGE_IS_WRONG;
	}
	for (size_t i = 0; i < ask->stray_count && !code; i++) {
		struct page_stray *stray = &ask->strays[i];
		const char *name;
		bool parameter;

		inputs_name(stray->pair, &parameter, &name);
		code = inputs_try(trial, parameter, name, stray->value,
			&stray->says, diag);
	}
	return code;
}

static enum shk_code inputs_check(struct page_ask *ask, shk_diag *diag)
{
	static const char row[] = "id\nquery\n";
	const shk_read_options options = { .format = SHK_FORMAT_CSV,
		.encoding = SHK_ENCODING_UTF8 };
	struct inputs_trial trial = { .ask = ask };
	shk_records *records = NULL;
	enum shk_code code = shk_records_open_bytes(&records, ask->app->schema,
		"query", row, strlen(row), &options, diag);

	if (!code)
		code = shk_records_next(records, &trial.record, diag);
	if (!code)
		code = shk_policy_new(&trial.policy, ask->app->rulebook, diag);
	if (!code)
		code = inputs_check_all(&trial, diag);
	shk_policy_free(trial.policy);
	shk_records_close(records);
	return code;
}

/* The request without what is empty, with values in place of what was typed. */
static enum shk_code inputs_asked(struct page_ask *ask, shk_diag *diag)
{
	size_t count = ask->request->query.count + ask->request->form.count;
	struct serve_pairs *pairs = &ask->asked.query;
	const struct serve_pair *pair;

	ask->asked = *ask->request;
	ask->asked.form.count = 0;
	ask->asked.body.size = 0;
	ask->asked.file.bytes.data = NULL;
	pairs->count = 0;
	pairs->items =
		arena_zeroed(&ask->arena, count + 1, sizeof(*pairs->items));
	if (!pairs->items)
		return diag_memory(diag);
	for (size_t i = 0; (pair = serve_request_pair(ask->request, i)); i++) {
		struct serve_pair *to = &pairs->items[pairs->count];
		const struct page_field *field = NULL;
		const char *name;
		bool parameter;

		*to = *pair;
		if (inputs_name(pair, &parameter, &name))
			field = page_field_find(ask, parameter, name);
		if (field)
			to->value = field->value;
		for (size_t k = 0; k < ask->stray_count; k++)
			if (ask->strays[k].pair == pair)
				to->value = ask->strays[k].value;
		if (to->value[0])
			pairs->count++;
	}
	return SHK_OK;
}

/* Any pricer has what the form is made of: that of the decision alone. */
static enum shk_code inputs_form(struct page_ask *ask, shk_diag *diag)
{
	struct serve_pair pair = { .name = "decision", .value = ask->name };
	struct serve_request plain = { .query = { &pair, 1 } };
	const struct serve_extras extras = { .steps = true, .charts = true };
	struct serve_pricer *pricer = NULL;
	enum shk_code code =
		serve_pricer_take(&pricer, ask->app, &plain, extras, diag);

	if (!code)
		code = shk_form_new(&ask->form, pricer->pricer, ask->name,
			shk_rulebook_revision(
				ask->app->rulebook, ask->revision),
			diag);
	serve_pricer_give(ask->app, pricer);
	return code;
}

/* A revision that is not there, a day that is none; whether the two fit is told
   when they are used. */
static void inputs_rules(struct page_ask *ask)
{
	const shk_rulebook *book = ask->app->rulebook;
	const char *name = serve_request_value(ask->request, "revision");
	const char *day = serve_request_value(ask->request, "as_of");
	size_t count = shk_rulebook_revision_count(book);
	size_t found = 0;
	int32_t days;

	while (name && found < count &&
		strcmp(shk_rulebook_revision(book, found), name) != 0)
		found++;
	ask->wrong_rules =
		found == count || (day && !date_parse(day, strlen(day), &days));
	ask->wrong += ask->wrong_rules;
}

enum shk_code page_inputs_take(struct page_ask *ask, shk_diag *diag)
{
	size_t pairs = ask->request->query.count + ask->request->form.count;
	enum shk_code code = inputs_form(ask, diag);

	if (code)
		return code;
	ask->count = shk_form_count(ask->form);
	ask->fields =
		arena_zeroed(&ask->arena, ask->count + 1, sizeof(*ask->fields));
	ask->strays =
		arena_zeroed(&ask->arena, pairs + 1, sizeof(*ask->strays));
	if (!ask->fields || !ask->strays)
		return diag_memory(diag);
	for (size_t i = 0; i < ask->count; i++)
		ask->fields[i] =
			(struct page_field){ .about = shk_form_at(ask->form, i),
				.typed = "",
				.value = "",
				.state = PAGE_IS_OPEN };
	inputs_rules(ask);
	code = inputs_pairs(ask, diag);
	if (!code)
		code = inputs_check(ask, diag);
	if (!code)
		code = inputs_asked(ask, diag);
	return code;
}
