/*
 * Small readers of attributes and common children of the book's XML files.
 * Each failure names file, line and column and says what would be right.
 */
#include "rulebook/loader.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"

enum shk_code loader_fail(struct loader *loader,
	const struct xml_element *element, const char *format, ...)
{
	char message[SHK_DIAG_MESSAGE];
	va_list list;

	va_start(list, format);
	vsnprintf(message, sizeof(message), format, list);
	va_end(list);
	diag_set(loader->diag, SHK_E_RULES, "%s", message);
	xml_place(loader->diag, loader->path, element);
	return SHK_E_RULES;
}

enum shk_code loader_fail_at(
	struct loader *loader, long line, const char *format, ...)
{
	char message[SHK_DIAG_MESSAGE];
	va_list list;

	va_start(list, format);
	vsnprintf(message, sizeof(message), format, list);
	va_end(list);
	diag_set(loader->diag, SHK_E_RULES, "%s", message);
	diag_place(loader->diag, loader->path, line, 0);
	return SHK_E_RULES;
}

static enum shk_code loader_root(struct loader *loader,
	const struct xml_element *root, const char *name, const char *space)
{
	bool named = !*root->space || strcmp(root->space, space) == 0;

	if (strcmp(root->name, name) == 0 && named)
		return SHK_OK;
	return loader_fail(loader, root,
		"the root is <%s>; expected <%s xmlns=\"%s\">", root->name,
		name, space);
}

enum shk_code loader_known(struct loader *loader,
	const struct xml_element *element, const char *const *names)
{
	const struct xml_element *child = element->first;

	for (; child; child = child->next) {
		size_t i = 0;

		while (names[i] && strcmp(names[i], child->name) != 0)
			i++;
		if (!names[i])
			return loader_fail(loader, child,
				"<%s> has no place in <%s>", child->name,
				element->name);
	}
	return SHK_OK;
}

enum shk_code loader_open(struct loader *loader, const char *file,
	const char *name, const char *space, const char *const *known,
	struct xml_element **root)
{
	char path[SHK_DIAG_PATH];
	struct buffer bytes;
	enum shk_code code;

	code = origin_path(loader->origin, file, path, loader->diag);
	if (code)
		return code;
	loader->path = arena_text(loader->arena, path, strlen(path));
	if (!loader->path)
		return diag_memory(loader->diag);
	buffer_init(&bytes);
	code = origin_read(loader->origin, path, &bytes, loader->diag);
	if (!code)
		code = xml_read_text(loader->arena, path,
			(struct text){
				bytes.data ? bytes.data : "", bytes.size },
			SHK_E_RULES, root, loader->diag);
	buffer_release(&bytes);
	if (!code)
		code = loader_root(loader, *root, name, space);
	if (!code)
		code = loader_known(loader, *root, known);
	return code;
}

const char *loader_optional(const struct xml_element *element, const char *name)
{
	const char *value = xml_attribute(element, name);

	return value ? value : "";
}

enum shk_code loader_required(struct loader *loader,
	const struct xml_element *element, const char *name, const char **value)
{
	*value = loader_optional(element, name);
	if (**value)
		return SHK_OK;
	return loader_fail(loader, element, "<%s> needs the attribute \"%s\"",
		element->name, name);
}

enum shk_code loader_flag(struct loader *loader,
	const struct xml_element *element, const char *name, bool *value)
{
	const char *text = loader_optional(element, name);

	*value = strcmp(text, "true") == 0;
	if (*value || !*text || strcmp(text, "false") == 0)
		return SHK_OK;
	return loader_fail(loader, element,
		"%s=\"%s\" must be \"true\" or \"false\"", name, text);
}

enum shk_code loader_number(struct loader *loader,
	const struct xml_element *element, const char *name, bool *present,
	num *value)
{
	const char *text = loader_optional(element, name);

	*present = *text != '\0';
	*value = NUM_ZERO;
	if (!*present ||
		num_parse(text, strlen(text), false, value) == NUM_PARSED)
		return SHK_OK;
	return loader_fail(loader, element,
		"%s=\"%s\" must be a decimal number", name, text);
}

enum shk_code loader_list(struct loader *loader,
	const struct xml_element *element, const char *name, size_t *count,
	const char *const **names)
{
	const char *text = loader_optional(element, name);
	const char **list =
		arena_zeroed(loader->arena, strlen(text) + 1, sizeof(*list));

	*count = 0;
	*names = list;
	if (!list)
		return diag_memory(loader->diag);
	while (*text) {
		size_t size = strcspn(text, " ");

		if (size > 0) {
			list[*count] = arena_text(loader->arena, text, size);
			if (!list[(*count)++])
				return diag_memory(loader->diag);
		}
		text += size + (text[size] == ' ');
	}
	return SHK_OK;
}

enum shk_code loader_date(struct loader *loader,
	const struct xml_element *element, const char *name, int32_t *days)
{
	const char *text = loader_optional(element, name);

	*days = RULEBOOK_ALWAYS;
	if (!*text || date_parse(text, strlen(text), days))
		return SHK_OK;
	return loader_fail(loader, element,
		"%s=\"%s\" must be a date written YYYY-MM-DD", name, text);
}

void loader_words(const struct xml_element *element, const char *name,
	struct rulebook_words *words)
{
	const struct xml_element *child = xml_child(element, name);

	words->ja = "";
	words->en = "";
	for (; child; child = xml_sibling(child, name)) {
		const char *language = loader_optional(child, "lang");

		if (strcmp(language, "ja") == 0)
			words->ja = child->text;
		else if (strcmp(language, "en") == 0)
			words->en = child->text;
	}
	if (!*words->ja)
		words->ja = words->en;
	if (!*words->en)
		words->en = words->ja;
}

int evidence_level(const char *text)
{
	if (text[0] != 'E' || text[1] < '0' || text[1] > '5' || text[2])
		return -1;
	return text[1] - '0';
}

static enum shk_code cite_read(struct loader *loader,
	const struct xml_element *element, struct dmn_cite *cite)
{
	enum shk_code code;

	code = loader_required(loader, element, "source", &cite->source);
	if (code)
		return code;
	code = loader_required(loader, element, "evidence", &cite->evidence);
	if (code)
		return code;
	if (evidence_level(cite->evidence) < 0)
		return loader_fail(loader, element,
			"evidence=\"%s\" must be one of E0 to E5",
			cite->evidence);
	if (!rulebook_source_find(loader->book, cite->source))
		return loader_fail(loader, element,
			"the source \"%s\" is not in sources.xml",
			cite->source);
	cite->place = loader_optional(element, "place");
	cite->unit = loader_optional(element, "unit");
	cite->rounding = loader_optional(element, "rounding");
	return SHK_OK;
}

size_t loader_count(const struct xml_element *element, const char *name)
{
	const struct xml_element *child = xml_child(element, name);
	size_t count = 0;

	for (; child; child = xml_sibling(child, name))
		count++;
	return count;
}

enum shk_code loader_cites(struct loader *loader,
	const struct xml_element *element, size_t *count,
	const struct dmn_cite **cites)
{
	const struct xml_element *child = xml_child(element, "cite");
	struct dmn_cite *list;
	size_t i;

	*count = loader_count(element, "cite");
	list = arena_zeroed(loader->arena, *count + 1, sizeof(*list));
	if (!list)
		return diag_memory(loader->diag);
	for (i = 0; i < *count; i++, child = xml_sibling(child, "cite")) {
		enum shk_code code = cite_read(loader, child, &list[i]);

		if (code)
			return code;
	}
	*cites = list;
	return SHK_OK;
}
