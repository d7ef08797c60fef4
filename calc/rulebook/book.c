/*
 * Loading and freeing a rulebook, and finding things in it by name or day.
 */
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "rulebook/loader.h"

/* Without the slashes at its end, so that paths begin with it. */
static size_t folder_size(const char *folder)
{
	size_t size = strlen(folder);

	while (size > 1 && folder[size - 1] == '/')
		size--;
	return size;
}

enum shk_code shk_rulebook_load(
	shk_rulebook **out, const char *folder, shk_diag *diag)
{
	shk_rulebook *book = memory_zeroed(1, sizeof(*book));
	struct loader loader = { .book = book, .diag = diag };
	enum shk_code code = SHK_OK;

	*out = NULL;
	if (!book)
		return diag_memory(diag);
	arena_init(&book->arena);
	loader.arena = &book->arena;
	book->folder = arena_text(&book->arena, folder, folder_size(folder));
	if (!book->folder)
		code = diag_memory(diag);
	if (!code)
		code = sources_read(&loader, folder);
	if (!code)
		code = rulebook_read(&loader, folder);
	if (!code)
		code = rulebook_bind(&loader);
	if (!code)
		code = rulebook_hash(&loader);
	if (code)
		shk_rulebook_free(book);
	else
		*out = book;
	return code;
}

void shk_rulebook_free(shk_rulebook *rulebook)
{
	if (!rulebook)
		return;
	for (size_t i = 0; i < rulebook->revision_count; i++)
		dmn_graph_free(rulebook->revisions[i].graph);
	arena_release(&rulebook->arena);
	memory_free(rulebook);
}

const char *shk_rulebook_hash(const shk_rulebook *rulebook)
{
	return rulebook->hash;
}

size_t shk_rulebook_revision_count(const shk_rulebook *rulebook)
{
	return rulebook->revision_count;
}

const char *shk_rulebook_revision(const shk_rulebook *rulebook, size_t index)
{
	if (index >= rulebook->revision_count)
		return NULL;
	return rulebook->revisions[index].id;
}

bool shk_rulebook_revision_day(
	const shk_rulebook *rulebook, size_t index, char day[11])
{
	if (index >= rulebook->revision_count)
		return false;
	date_format(rulebook->revisions[index].from, day);
	return true;
}

size_t shk_rulebook_decision_count(const shk_rulebook *rulebook)
{
	return rulebook->decision_count;
}

const char *shk_rulebook_decision(const shk_rulebook *rulebook, size_t index)
{
	if (index >= rulebook->decision_count)
		return NULL;
	return rulebook->decisions[index].name;
}

const char *shk_rulebook_decision_label(
	const shk_rulebook *rulebook, size_t index, enum shk_language language)
{
	const struct rulebook_words *label;

	if (index >= rulebook->decision_count)
		return NULL;
	label = &rulebook->decisions[index].label;
	return language == SHK_JAPANESE ? label->ja : label->en;
}

const char *shk_rulebook_nearest_decision(
	const shk_rulebook *rulebook, const char *name)
{
	const char *names[RULEBOOK_LIST_MAX];

	for (size_t i = 0; i < rulebook->decision_count; i++)
		names[i] = rulebook->decisions[i].name;
	return text_nearest(text_of(name), names, rulebook->decision_count);
}

bool shk_rulebook_is_parameter(const shk_rulebook *rulebook, const char *name)
{
	return rulebook_parameter_find(rulebook, text_of(name)) >= 0;
}

int rulebook_revision_find(const shk_rulebook *book, const char *id)
{
	for (size_t i = 0; i < book->revision_count; i++)
		if (strcmp(book->revisions[i].id, id) == 0)
			return (int)i;
	return -1;
}

int rulebook_revision_at(const shk_rulebook *book, int32_t day)
{
	int found = -1;

	for (size_t i = 0; i < book->revision_count; i++)
		if (book->revisions[i].from <= day)
			found = (int)i;
	return found;
}

int rulebook_decision_find(const shk_rulebook *book, const char *name)
{
	for (size_t i = 0; i < book->decision_count; i++)
		if (strcmp(book->decisions[i].name, name) == 0)
			return (int)i;
	return -1;
}

int rulebook_parameter_find(const shk_rulebook *book, struct text name)
{
	for (size_t i = 0; i < book->parameter_count; i++)
		if (text_is(name, book->parameters[i].name))
			return (int)i;
	return -1;
}

int rulebook_value_at(const struct rulebook_constant *constant, int32_t day)
{
	int found = -1;

	for (size_t i = 0; i < constant->value_count; i++)
		if (constant->values[i].from <= day)
			found = (int)i;
	return found;
}
