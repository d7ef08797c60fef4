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

enum shk_code fields_read(struct loader *loader)
{
	shk_rulebook *book = loader->book;
	char path[SHK_DIAG_PATH];
	struct buffer bytes;
	enum shk_code code =
		origin_path(loader->origin, "fields.xml", path, loader->diag);

	if (code)
		return code;
	buffer_init(&bytes);
	code = origin_read(loader->origin, path, &bytes, loader->diag);
	if (!code) {
		book->fields.size = bytes.size;
		book->fields.data = arena_text(loader->arena,
			bytes.data ? bytes.data : "", bytes.size);
		if (!book->fields.data)
			code = diag_memory(loader->diag);
	}
	buffer_release(&bytes);
	return code;
}

/* A pack that was read whole says nothing but what its files say. */
static enum shk_code pack_agrees(struct loader *loader)
{
	const struct pack *pack = &loader->origin->pack;
	struct buffer header;
	enum shk_code code;

	if (!loader->origin->packed || loader->book->partial)
		return SHK_OK;
	buffer_init(&header);
	code = pack_header(loader->book, &header, loader->diag);
	if (!code && (header.size != pack->header.size ||
			     memcmp(header.data, pack->header.data,
				     header.size) != 0)) {
		code = diag_set(loader->diag, SHK_E_RULES,
			"the header of the pack does not tell what is in it; "
			"make it again with shokan rules pack");
		diag_place(loader->diag, loader->origin->path, 0, 0);
	}
	buffer_release(&header);
	return code;
}

static enum shk_code book_load(struct loader *loader, const char *path)
{
	static enum shk_code (*const steps[])(struct loader *) = { sources_read,
		rulebook_read, selection_read, rulebook_bind, fields_read,
		rulebook_hash, pack_agrees };
	shk_rulebook *book = loader->book;
	const char *key = loader->options ? loader->options->key : NULL;
	enum shk_code code;

	book->folder = arena_text(&book->arena, path, folder_size(path));
	if (!book->folder)
		return diag_memory(loader->diag);
	code = origin_open(loader->origin, book->folder, loader->diag);
	if (!code && key)
		code = sign_demand(
			loader->origin->packed ? &loader->origin->pack : NULL,
			book->folder, key, loader->diag);
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps) && !code; i++)
		code = steps[i](loader);
	return code;
}

enum shk_code shk_rulebook_open(shk_rulebook **out, const char *path,
	const shk_rulebook_options *options, shk_diag *diag)
{
	shk_rulebook *book = memory_zeroed(1, sizeof(*book));
	struct origin origin = { .packed = false };
	struct loader loader = { .book = book,
		.diag = diag,
		.origin = &origin,
		.options = options };
	enum shk_code code;

	*out = NULL;
	if (!book)
		return diag_memory(diag);
	arena_init(&book->arena);
	pack_init(&origin.pack);
	loader.arena = &book->arena;
	code = book_load(&loader, path);
	origin_close(&origin);
	if (code)
		shk_rulebook_free(book);
	else
		*out = book;
	return code;
}

enum shk_code shk_rulebook_load(
	shk_rulebook **out, const char *folder, shk_diag *diag)
{
	return shk_rulebook_open(out, folder, NULL, diag);
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

static const char *book_word(
	const struct rulebook_words *words, enum shk_language language)
{
	const char *word = language == SHK_JAPANESE ? words->ja : words->en;
	const char *other = language == SHK_JAPANESE ? words->en : words->ja;

	if (word && word[0])
		return word;
	return other ? other : "";
}

const char *shk_rulebook_decision_question(
	const shk_rulebook *rulebook, size_t index, enum shk_language language)
{
	if (index >= rulebook->decision_count)
		return NULL;
	return book_word(&rulebook->decisions[index].question, language);
}

bool shk_rulebook_decision_in(
	const shk_rulebook *rulebook, size_t index, size_t revision)
{
	return index < rulebook->decision_count &&
	       revision < rulebook->revision_count &&
	       rulebook->revisions[revision].bound &&
	       rulebook->revisions[revision].bound[index].present;
}

const char *shk_rulebook_revision_label(
	const shk_rulebook *rulebook, size_t index, enum shk_language language)
{
	if (index >= rulebook->revision_count)
		return NULL;
	return book_word(&rulebook->revisions[index].label, language);
}

const char *shk_rulebook_nearest_decision(
	const shk_rulebook *rulebook, const char *name)
{
	const char *names[RULEBOOK_LIST_MAX];

	for (size_t i = 0; i < rulebook->decision_count; i++)
		names[i] = rulebook->decisions[i].name;
	return text_nearest(text_of(name), names, rulebook->decision_count);
}

bool shk_rulebook_has_output(const shk_rulebook *rulebook, const char *name)
{
	for (size_t i = 0; i < rulebook->decision_count; i++) {
		const struct rulebook_decision *rule = &rulebook->decisions[i];

		for (size_t k = 0; k < rule->output_count; k++)
			if (strcmp(rule->outputs[k].name, name) == 0)
				return true;
	}
	return false;
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
