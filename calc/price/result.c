/*
 * Beginning a result, and what the public header lets others ask of one.
 */
#include <string.h>

#include "base/date.h"
#include "price/pricer.h"

/* A text of the record, "" when it has none; NULL when memory runs out. */
static const char *record_text(const struct job *job, int field)
{
	const struct record_value *value;

	if (field < 0 || !job->record || !job->record->values)
		return "";
	value = &job->record->values[field];
	if (value->state != RECORD_KNOWN)
		return "";
	return arena_text(&job->pricer->results, value->u.text, value->size);
}

static enum shk_code kept_columns(
	const struct job *job, struct shk_result *result)
{
	struct arena *arena = &job->pricer->results;
	size_t count = job->record ? job->record->kept_count : 0;
	struct text *names, *values;

	result->kept_count = 0;
	if (count == 0)
		return SHK_OK;
	names = arena_zeroed(arena, count, sizeof(*names));
	values = arena_zeroed(arena, count, sizeof(*values));
	if (!names || !values)
		return diag_memory(job->diag);
	for (size_t i = 0; i < count; i++) {
		names[i] = job->record->kept[i].name;
		values[i] = job->record->kept[i].value;
	}
	result->kept_count = count;
	result->kept_names = names;
	result->kept_values = values;
	return SHK_OK;
}

enum shk_code result_name(const struct job *job, struct shk_result *result)
{
	const struct record *record = job->record;

	result->id = record && record->id ? record->id : "";
	result->name = record_text(job, job->pricer->name_field);
	result->path = record && record->path ? record->path : "";
	result->row = record ? record->row : 0;
	result->known_count = 0;
	return result->name ? kept_columns(job, result)
			    : diag_memory(job->diag);
}

enum shk_code result_begin(
	const struct job *job, int decision, struct shk_result *result)
{
	const shk_rulebook *book = job->pricer->book;

	*result = (struct shk_result){
		.decision = "",
		.label_ja = "",
		.label_en = "",
		.revision = job->desk ? job->desk->revision->id : "",
		.as_of = job->as_of,
		.assumed_newest = job->assumed_newest,
		.status = SHK_ERROR,
		.reason = "",
		.field = "",
		.message = "",
		.evidence = "",
		.rulebook = book->hash,
		.policy = job->pricer->policy_text,
	};
	if (decision >= 0) {
		result->decision = book->decisions[decision].name;
		result->label_ja = book->decisions[decision].label.ja;
		result->label_en = book->decisions[decision].label.en;
	}
	return result_name(job, result);
}

enum shk_status shk_result_status(const shk_result *result)
{
	return result->status;
}

const char *shk_result_id(const shk_result *result)
{
	return result->id;
}

const char *shk_result_decision(const shk_result *result)
{
	return result->decision;
}

const char *shk_result_reason(const shk_result *result)
{
	return *result->reason ? result->reason : NULL;
}

const char *shk_result_message(const shk_result *result)
{
	return result->message;
}

bool shk_result_missing(
	const shk_result *result, size_t index, const char **name, bool *alone)
{
	if (index >= result->missing_count)
		return false;
	*name = result->missing[index].name;
	*alone = result->missing[index].alone;
	return true;
}
