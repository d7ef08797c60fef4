/*
 * Reading a policy file: the record room reads the file, the rulebook says
 * what each name may be. Nothing is set unless the whole file is right.
 */
#include <string.h>

#include "base/memory.h"
#include "record/flat.h"
#include "rulebook/rulebook.h"

/* A file, or where `text` is not NULL that, called `path` in messages. */
static enum shk_code policy_take(shk_policy *policy, const char *path,
	const struct text *text, shk_diag *diag)
{
	struct flat *flat = memory_zeroed(1, sizeof(*flat));
	size_t size = policy->book->parameter_count * sizeof(*policy->entries);
	struct policy_entry *before = memory_alloc(size + 1);
	struct arena arena;
	enum shk_code code;

	arena_init(&arena);
	if (!flat || !before) {
		code = diag_memory(diag);
		goto done;
	}
	memcpy(before, policy->entries, size);
	code = text ? flat_read_text(&arena, path, *text, flat, diag)
		    : flat_read(&arena, path, "policy", flat, diag);
	for (size_t i = 0; i < flat->count && !code; i++) {
		const struct flat_pair *pair = &flat->pairs[i];

		code = policy_set(
			policy, pair->name, pair->value, pair->note, diag);
		if (code)
			diag_place(diag, path, pair->line, 0);
	}
	if (code)
		memcpy(policy->entries, before, size);
done:
	memory_free(flat);
	memory_free(before);
	arena_release(&arena);
	return code;
}

enum shk_code shk_policy_read(
	shk_policy *policy, const char *path, shk_diag *diag)
{
	return policy_take(policy, path, NULL, diag);
}

enum shk_code shk_policy_read_text(shk_policy *policy, const char *name,
	const char *text, size_t size, shk_diag *diag)
{
	const struct text whole = { text, size };

	return policy_take(policy, name, &whole, diag);
}
