/*
 * Values that fields and parameters take or refuse, from a list that follows
 * the domains of the specification: kind, name, value, yes or no.
 */
#include "mutation/values.h"

#include <string.h>

#include "base/file.h"
#include "record/record.h"

#define LIST_MAX (1u << 20)

bool values_read(struct values *values, const char *path)
{
	shk_diag diag = { 0 };

	buffer_init(&values->list);
	return file_read(path, LIST_MAX, &values->list, &diag) == SHK_OK;
}

void values_release(struct values *values)
{
	buffer_release(&values->list);
}

static bool field_takes(
	const shk_schema *schema, const char *name, const char *value)
{
	struct arena arena;
	struct record record;
	shk_diag diag = { 0 };
	bool taken;

	arena_init(&arena);
	taken = record_init(&record, record_schema_of(schema), &arena, &diag) ==
			SHK_OK &&
		record_set(&record, text_of(name), text_of(value), &diag) ==
			SHK_OK;
	arena_release(&arena);
	return taken;
}

static bool parameter_takes(
	const shk_rulebook *book, const char *name, const char *value)
{
	shk_policy *policy = NULL;
	shk_diag diag = { 0 };
	bool taken = shk_policy_new(&policy, book, &diag) == SHK_OK &&
		     shk_policy_set(policy, name, value, &diag) == SHK_OK;

	shk_policy_free(policy);
	return taken;
}

bool values_agree(const struct values *values, const shk_rulebook *book,
	const shk_schema *schema, struct buffer *said)
{
	const char *at = strchr(values->list.data, '\n');
	char line[512];

	while (at && at[1]) {
		size_t size = strcspn(++at, "\n");
		char *rest = NULL;
		const char *kind, *name, *value, *taken;
		bool takes;

		snprintf(line, sizeof(line), "%.*s", (int)size, at);
		at = strchr(at, '\n');
		kind = strtok_r(line, ",", &rest);
		name = strtok_r(NULL, ",", &rest);
		value = strtok_r(NULL, ",", &rest);
		taken = strtok_r(NULL, ",", &rest);
		if (!taken)
			continue;
		takes = *kind == 'p' ? parameter_takes(book, name, value)
				     : field_takes(schema, name, value);
		if (takes == (*taken == 'y'))
			continue;
		buffer_format(said, "%s %s is %s", name, value,
			takes ? "taken" : "refused");
		return false;
	}
	return true;
}
