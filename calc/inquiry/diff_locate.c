/*
 * Facts as a snapshot has them, `name=value;...` with a backslash before a
 * backslash or semicolon, as a record again.
 */
#include "inquiry/diff.h"

/* The next fact: its name and value, decoded into `out`; false at the end. */
static const char *fact_next(
	const char *at, struct text *name, struct buffer *out)
{
	const char *from = at;

	while (*at && *at != '=')
		at++;
	*name = (struct text){ from, (size_t)(at - from) };
	buffer_clear(out);
	if (*at)
		at++;
	for (; *at && *at != ';'; at++) {
		if (*at == '\\' && at[1])
			at++;
		buffer_byte(out, *at);
	}
	return *at ? at + 1 : at;
}

static enum shk_code record_fill(
	struct record *record, const char *facts, shk_diag *diag)
{
	struct buffer value;
	enum shk_code code = SHK_OK;

	buffer_init(&value);
	while (*facts && !code) {
		struct text name;

		facts = fact_next(facts, &name, &value);
		if (value.failed)
			code = diag_memory(diag);
		else
			code = record_set(record, name,
				(struct text){ value.size ? value.data : "",
					value.size },
				diag);
	}
	buffer_release(&value);
	return code;
}

enum shk_code shk_diff_locate_facts(shk_diff *diff, const char *facts,
	const shk_policy *policy, size_t decision, size_t region,
	enum shk_diff_place *place, shk_diag *diag)
{
	struct arena arena;
	struct record record;
	enum shk_code code;

	arena_init(&arena);
	code = record_init(&record, diff_schema(diff), &arena, diag);
	if (!code)
		code = record_fill(&record, facts, diag);
	if (!code)
		code = shk_diff_locate(diff,
			(const shk_record *)(const void *)&record, policy,
			decision, region, place, diag);
	arena_release(&arena);
	return code;
}
