/*
 * Which models a book has: those that rulebook.xml names for each revision,
 * and what they import from the same folder. The order of tables is that of
 * revisions, names of files and lines.
 */
#include "certify/models.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

struct text models_text(struct models *models, const struct xml_element *xml)
{
	static const char blanks[] = " \t\r\n";
	const struct xml_element *text = xml ? xml_child(xml, "text") : NULL;
	const char *at = text ? text->text : "";
	char *out = arena_alloc(&models->arena, strlen(at) + 1);
	size_t size = 0;

	for (at += strspn(at, blanks); out && *at; at += strspn(at, blanks)) {
		size_t word = strcspn(at, blanks);

		if (size > 0)
			out[size++] = ' ';
		memcpy(out + size, at, word);
		size += word;
		at += word;
	}
	if (!out)
		models->failed = true;
	return (struct text){ out ? out : "", size };
}

static enum shk_code refuse(shk_diag *diag, const char *path,
	const struct xml_element *xml, const char *message)
{
	diag_set(diag, SHK_E_RULES, "%s", message);
	diag_place(diag, path, xml ? xml->line : 0, xml ? xml->column : 0);
	return SHK_E_RULES;
}

/* A file of the book as bytes and as elements. */
static enum shk_code open_file(struct models *models, const char *name,
	struct text *bytes, const struct xml_element **root, shk_diag *diag)
{
	char path[SHK_DIAG_PATH];
	struct xml_element *read = NULL;
	struct buffer buffer;
	enum shk_code code;

	if (!file_join(path, sizeof(path), models->folder, name))
		return diag_set(diag, SHK_E_LIMIT, "path too long: %s", name);
	buffer_init(&buffer);
	code = file_read(path, MODELS_BYTES_MAX, &buffer, diag);
	if (!code) {
		bytes->data = arena_text(&models->arena,
			buffer.size ? buffer.data : "", buffer.size);
		bytes->size = buffer.size;
		code = bytes->data ? SHK_OK : diag_memory(diag);
	}
	if (!code)
		code = xml_read_text(
			&models->arena, path, *bytes, SHK_E_RULES, &read, diag);
	*root = read;
	buffer_release(&buffer);
	return code;
}

/* One more model of a revision, unless it is there. */
static enum shk_code add_file(struct models *models, const char *revision,
	const char *name, shk_diag *diag)
{
	struct models_file *file = &models->files[models->file_count];
	char path[SHK_DIAG_PATH];

	if (strchr(name, '/') || strchr(name, '\n') || !name[0])
		return refuse(diag, name, NULL,
			"a model outside of its revision's folder");
	if (!file_join(path, sizeof(path), revision, name))
		return diag_set(diag, SHK_E_LIMIT, "path too long: %s", name);
	for (size_t i = 0; i < models->file_count; i++)
		if (strcmp(models->files[i].name, path) == 0)
			return SHK_OK;
	if (models->file_count == MODELS_FILES_MAX)
		return diag_set(diag, SHK_E_LIMIT,
			"more than %d models in one revision",
			MODELS_FILES_MAX);
	file->revision = revision;
	file->name = arena_text(&models->arena, path, strlen(path));
	if (!file->name)
		return diag_memory(diag);
	models->file_count++;
	return open_file(models, path, &file->bytes, &file->root, diag);
}

/* What the models of a revision import; the list grows on the way. */
static enum shk_code add_imports(struct models *models, shk_diag *diag)
{
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < models->file_count && !code; i++) {
		const struct xml_element *import =
			xml_child(models->files[i].root, "import");

		for (; import && !code;
			import = xml_sibling(import, "import")) {
			const char *uri = xml_attribute(import, "locationURI");

			code = uri ? add_file(models, models->files[i].revision,
					     uri, diag)
				   : refuse(diag, models->files[i].name, import,
					     "an import without locationURI");
		}
	}
	return code;
}

static int compare_files(const void *a, const void *b)
{
	const struct models_file *x = a;
	const struct models_file *y = b;

	return strcmp(x->name, y->name);
}

static enum shk_code read_revision(struct models *models,
	const struct xml_element *book, const char *revision, shk_diag *diag)
{
	const struct xml_element *decision = xml_child(book, "decision");
	enum shk_code code = SHK_OK;

	models->file_count = 0;
	for (; decision && !code;
		decision = xml_sibling(decision, "decision")) {
		const struct xml_element *in = xml_child(decision, "in");

		for (; in && !code; in = xml_sibling(in, "in")) {
			const char *of = xml_attribute(in, "revision");
			const char *name = xml_attribute(in, "model");

			if (!of || !name)
				code = refuse(diag, "rulebook.xml", in,
					"<in> without revision or model");
			else if (strcmp(of, revision) == 0)
				code = add_file(models, revision, name, diag);
		}
	}
	if (!code)
		code = add_imports(models, diag);
	qsort(models->files, models->file_count, sizeof(*models->files),
		compare_files);
	for (size_t i = 0; i < models->file_count && !code; i++)
		code = models_read_tables(models, &models->files[i], diag);
	return !code && models->failed ? diag_memory(diag) : code;
}

/* Revisions by their first day, which is written so that text sorts it. */
static enum shk_code read_revisions(
	struct models *models, const struct xml_element *book, shk_diag *diag)
{
	const struct xml_element *xml = xml_child(book, "revision");
	const char *days[MODELS_REVISIONS_MAX];
	size_t count = 0;

	for (; xml; xml = xml_sibling(xml, "revision")) {
		const char *id = xml_attribute(xml, "id");
		const char *from = xml_attribute(xml, "from");
		size_t at = count;

		if (!id || !from || !id[0] || strpbrk(id, " \t\r\n"))
			return refuse(diag, "rulebook.xml", xml,
				"<revision> without id or first day");
		if (at == MODELS_REVISIONS_MAX)
			return diag_set(diag, SHK_E_LIMIT,
				"more than %d revisions", MODELS_REVISIONS_MAX);
		for (; at > 0 && strcmp(days[at - 1], from) > 0; at--) {
			days[at] = days[at - 1];
			models->revisions[at] = models->revisions[at - 1];
		}
		days[at] = from;
		models->revisions[at] = id;
		models->revision_count = ++count;
	}
	return SHK_OK;
}

enum shk_code models_read(
	struct models *models, const char *folder, shk_diag *diag)
{
	const struct xml_element *book = NULL;
	struct text bytes;
	enum shk_code code;

	memset(models, 0, sizeof(*models));
	arena_init(&models->arena);
	models->folder = folder;
	models->files = arena_zeroed(
		&models->arena, MODELS_FILES_MAX, sizeof(*models->files));
	models->tables = arena_zeroed(
		&models->arena, MODELS_TABLES_MAX, sizeof(*models->tables));
	if (!models->files || !models->tables)
		return diag_memory(diag);
	code = open_file(models, "rulebook.xml", &bytes, &book, diag);
	if (!code)
		code = open_file(
			models, "fields.xml", &bytes, &models->fields, diag);
	if (!code)
		code = read_revisions(models, book, diag);
	for (size_t i = 0; i < models->revision_count && !code; i++)
		code = read_revision(models, book, models->revisions[i], diag);
	return code;
}

void models_release(struct models *models)
{
	arena_release(&models->arena);
}
