/*
 * Reading model files: the XML, its version, its imports and its ids. A file
 * is read once however many others import it; which file it is is decided by
 * device and inode, not by how a path is written.
 */
#include "dmn/model.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/memory.h"

/* Namespaces of the MODEL schema of DMN 1.1 to 1.6. */
/* clang-format off */
static const char *const spaces[] = {
	"http://www.omg.org/spec/DMN/20151101/dmn.xsd",
	"http://www.omg.org/spec/DMN/20180521/MODEL/",
	"https://www.omg.org/spec/DMN/20191111/MODEL/",
	"https://www.omg.org/spec/DMN/20211108/MODEL/",
	"https://www.omg.org/spec/DMN/20230324/MODEL/",
	"https://www.omg.org/spec/DMN/20240513/MODEL/"
};
/* clang-format on */

enum shk_code dmn_refuse(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml,
	const char *format, ...)
{
	char message[SHK_DIAG_MESSAGE];
	va_list args;

	/* a name that is missing for want of memory is no fault of a model */
	if (loader->code == SHK_E_MEMORY)
		return loader->code;
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	diag_set(loader->diag, SHK_E_RULES, "%s", message);
	if (xml)
		xml_place(loader->diag, model->path, xml);
	else
		diag_place(loader->diag, model->path, 0, 0);
	loader->code = SHK_E_RULES;
	return SHK_E_RULES;
}

enum shk_code dmn_too_many(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml,
	const char *what, size_t ceiling)
{
	diag_set(loader->diag, SHK_E_LIMIT, "more than %zu %s", ceiling, what);
	if (model && xml)
		xml_place(loader->diag, model->path, xml);
	loader->code = SHK_E_LIMIT;
	return SHK_E_LIMIT;
}

enum shk_code dmn_no_memory(struct dmn_loader *loader)
{
	loader->code = diag_memory(loader->diag);
	return loader->code;
}

bool dmn_grow(struct dmn_loader *loader, void **items, size_t *capacity,
	size_t count, size_t size)
{
	if (memory_grow(items, capacity, count + 1, size))
		return true;
	dmn_no_memory(loader);
	return false;
}

bool dmn_is(const struct dmn_model *model, const struct xml_element *xml,
	const char *name)
{
	/* elements below one another share the text of their namespace */
	return strcmp(xml->name, name) == 0 &&
	       (xml->space == model->root->space ||
		       strcmp(xml->space, model->root->space) == 0);
}

static const struct xml_element *first_from(const struct dmn_model *model,
	const struct xml_element *xml, const char *name)
{
	while (xml && !dmn_is(model, xml, name))
		xml = xml->next;
	return xml;
}

const struct xml_element *dmn_child(const struct dmn_model *model,
	const struct xml_element *xml, const char *name)
{
	return first_from(model, xml->first, name);
}

const struct xml_element *dmn_next(const struct dmn_model *model,
	const struct xml_element *xml, const char *name)
{
	return first_from(model, xml->next, name);
}

const struct xml_element *dmn_nth(const struct dmn_model *model,
	const struct xml_element *xml, const char *tag, size_t n)
{
	const struct xml_element *kid = dmn_child(model, xml, tag);

	for (; kid && n > 0; n--)
		kid = dmn_next(model, kid, tag);
	return kid;
}

const char *dmn_text_in(
	const struct dmn_model *model, const struct xml_element *xml)
{
	const struct xml_element *text =
		xml ? dmn_child(model, xml, "text") : NULL;

	return text ? text->text : "";
}

size_t dmn_child_count(const struct dmn_model *model,
	const struct xml_element *xml, const char *name)
{
	size_t count = 0;
	const struct xml_element *kid = dmn_child(model, xml, name);

	for (; kid; kid = dmn_next(model, kid, name))
		count++;
	return count;
}

const char *dmn_attribute(const struct xml_element *xml, const char *name)
{
	const char *value = xml_attribute(xml, name);

	return value ? value : "";
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct text dmn_name_of(struct dmn_loader *loader, const char *written)
{
	size_t size = strlen(written);
	char *copy = arena_text(loader->arena, written, size);
	size_t used = 0;
	size_t i;

	if (!copy) {
		dmn_no_memory(loader);
		return (struct text){ "", 0 };
	}
	for (i = 0; i < size; i++) {
		if (!is_blank(copy[i]))
			copy[used++] = copy[i];
		else if (used > 0 && copy[used - 1] != ' ')
			copy[used++] = ' ';
	}
	if (used > 0 && copy[used - 1] == ' ')
		used--;
	copy[used] = '\0';
	return (struct text){ copy, used };
}

const char *dmn_description(
	const struct dmn_model *model, const struct xml_element *xml)
{
	const struct xml_element *text = dmn_child(model, xml, "description");

	return text ? text->text : "";
}

static bool is_dmn_space(const char *space)
{
	size_t i;

	for (i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++)
		if (strcmp(spaces[i], space) == 0)
			return true;
	return false;
}

static enum shk_code check_root(
	struct dmn_loader *loader, const struct dmn_model *model)
{
	const struct xml_element *root = model->root;

	if (strcmp(root->name, "definitions") != 0)
		return dmn_refuse(loader, model, root,
			"not a DMN model: the root element is <%s>, expected "
			"<definitions>",
			root->name);
	if (!is_dmn_space(root->space))
		return dmn_refuse(loader, model, root,
			"not a DMN model: namespace \"%s\" is none of DMN 1.1 "
			"to 1.6 (such as %s)",
			root->space, spaces[2]);
	return SHK_OK;
}

struct seen_id {
	const char *id;
	const struct xml_element *xml;
};

static int compare_ids(const void *a, const void *b)
{
	const struct seen_id *x = a;
	const struct seen_id *y = b;
	int order = strcmp(x->id, y->id);

	if (order != 0)
		return order;
	return (x->xml->line > y->xml->line) - (x->xml->line < y->xml->line);
}

/* Heap sort, so that no allocation hides in qsort. */
static void sift(struct seen_id *ids, size_t root, size_t count)
{
	size_t kid;

	while ((kid = 2 * root + 1) < count) {
		struct seen_id swap = ids[root];

		if (kid + 1 < count &&
			compare_ids(&ids[kid], &ids[kid + 1]) < 0)
			kid++;
		if (compare_ids(&swap, &ids[kid]) >= 0)
			return;
		ids[root] = ids[kid];
		ids[kid] = swap;
		root = kid;
	}
}

static void sort_ids(struct seen_id *ids, size_t count)
{
	size_t i;

	for (i = count / 2; i > 0; i--)
		sift(ids, i - 1, count);
	for (i = count; i > 1; i--) {
		struct seen_id swap = ids[0];

		ids[0] = ids[i - 1];
		ids[i - 1] = swap;
		sift(ids, 0, i - 1);
	}
}

static size_t gather_ids(const struct dmn_model *model, struct seen_id *ids)
{
	const struct xml_element *xml = model->root;
	const char *space = NULL; /* elements side by side share it */
	bool wanted = false;
	size_t count = 0;

	for (; xml; xml = dmn_walk(xml)) {
		const char *id = xml_attribute(xml, "id");

		if (xml->space != space)
			wanted = strstr(xml->space, "www.omg.org/spec/DMN");
		space = xml->space;
		if (!id || !wanted)
			continue;
		if (ids) {
			ids[count].id = id;
			ids[count].xml = xml;
		}
		count++;
	}
	return count;
}

/* Tools drop elements silently when an id is there twice: check it. */
static enum shk_code check_ids(
	struct dmn_loader *loader, const struct dmn_model *model)
{
	size_t count = gather_ids(model, NULL);
	struct seen_id *ids = memory_zeroed(count + 1, sizeof(*ids));
	size_t i;

	if (!ids)
		return dmn_no_memory(loader);
	gather_ids(model, ids);
	sort_ids(ids, count);
	for (i = 1; i < count && loader->code == SHK_OK; i++) {
		if (strcmp(ids[i - 1].id, ids[i].id) == 0)
			dmn_refuse(loader, model, ids[i].xml,
				"id \"%s\" is used twice, first on line %ld; "
				"ids are unique in a file",
				ids[i].id, ids[i - 1].xml->line);
		dmn_forgive(loader);
	}
	memory_free(ids);
	return loader->code;
}

static enum shk_code read_document(
	struct dmn_loader *loader, struct dmn_model *model)
{
	struct buffer bytes;
	struct xml_element *root;

	buffer_init(&bytes);
	if (loader->files)
		loader->code = loader->files->read(loader->files->context,
			model->path, &bytes, loader->diag);
	else
		loader->code = file_read(
			model->path, XML_BYTES_MAX, &bytes, loader->diag);
	if (loader->code == SHK_OK) {
		struct text document = { bytes.data ? bytes.data : "",
			bytes.size };

		loader->code = xml_read_text(loader->arena, model->path,
			document, SHK_E_RULES, &root, loader->diag);
		if (loader->code == SHK_OK) {
			model->root = root;
			dmn_index_places(loader, model, document);
		}
	}
	buffer_release(&bytes);
	return loader->code;
}

static bool is_named(const struct dmn_loader *loader)
{
	return loader->files && loader->files->named;
}

static struct dmn_model *find_file(const struct dmn_loader *loader,
	const char *path, const struct stat *info)
{
	size_t i;

	for (i = 0; i < loader->model_count; i++) {
		struct dmn_model *model = loader->models[i];

		if (is_named(loader) ? strcmp(model->path, path) == 0
				     : model->device == info->st_dev &&
					       model->inode == info->st_ino)
			return model;
	}
	return NULL;
}

/* A new model of the file at `path`, not yet read. */
static struct dmn_model *new_model(
	struct dmn_loader *loader, const char *path, const struct stat *info)
{
	struct dmn_model *model;

	if (loader->model_count == DMN_MODELS_MAX) {
		dmn_too_many(loader, NULL, NULL, "models in one graph",
			DMN_MODELS_MAX);
		diag_place(loader->diag, path, 0, 0);
		return NULL;
	}
	model = arena_zeroed(loader->arena, 1, sizeof(*model));
	if (model)
		model->path = arena_text(loader->arena, path, strlen(path));
	if (!model || !model->path) {
		dmn_no_memory(loader);
		return NULL;
	}
	model->device = info->st_dev;
	model->inode = info->st_ino;
	loader->models[loader->model_count++] = model;
	return model;
}

static enum shk_code read_imports(
	struct dmn_loader *loader, struct dmn_model *model);

/* The model of the file at `path`, read with everything it imports. */
static struct dmn_model *read_model(struct dmn_loader *loader, const char *path,
	const struct dmn_model *from, const struct xml_element *import)
{
	struct stat info = { .st_dev = 0 };
	struct dmn_model *model;

	if (!is_named(loader) && stat(path, &info) != 0) {
		char reason[DIAG_SYSTEM];

		diag_system(reason, errno);
		loader->code = diag_set(loader->diag, SHK_E_IO,
			import ? "cannot open \"%s\", which is imported here: "
				 "%s"
			       : "cannot open \"%s\": %s",
			path, reason);
		if (import)
			xml_place(loader->diag, from->path, import);
		else
			diag_place(loader->diag, path, 0, 0);
		return NULL;
	}
	model = find_file(loader, path, &info);
	if (model)
		return model;
	model = new_model(loader, path, &info);
	if (!model)
		return NULL;
	if (read_document(loader, model) != SHK_OK ||
		check_root(loader, model) != SHK_OK ||
		check_ids(loader, model) != SHK_OK) {
		loader->model_count--; /* it has no content, and is the last */
		return NULL;
	}
	model->space = dmn_attribute(model->root, "namespace");
	return read_imports(loader, model) == SHK_OK ? model : NULL;
}

static enum shk_code import_location(struct dmn_loader *loader,
	struct dmn_model *model, struct dmn_import *import)
{
	const char *location = xml_attribute(import->xml, "locationURI");
	char folder[SHK_DIAG_PATH];
	char path[SHK_DIAG_PATH];
	struct stat info;

	if (!location || (loader->general && (strstr(location, "://") ||
						     location[0] == '/')))
		return SHK_OK;
	if (strncmp(location, "./", 2) == 0)
		location += 2;
	if (strstr(location, "://") || location[0] == '/')
		return dmn_refuse(loader, model, import->xml,
			"locationURI \"%s\" must be the path of a file, "
			"relative to this one",
			location);
	if (!file_folder(folder, sizeof(folder), model->path) ||
		!file_join(path, sizeof(path), folder, location))
		return dmn_too_many(loader, model, import->xml,
			"bytes in the path of an import", SHK_DIAG_PATH - 1);
	/* a general load also finds the model by its namespace */
	if (loader->general && stat(path, &info) != 0 &&
		(errno == ENOENT || errno == ENOTDIR))
		return SHK_OK;
	import->model = read_model(loader, path, model, import->xml);
	return loader->code;
}

static enum shk_code read_import(struct dmn_loader *loader,
	struct dmn_model *model, const struct xml_element *xml)
{
	struct dmn_import *import = &model->imports[model->import_count++];
	const char *kind = dmn_attribute(xml, "importType");

	size_t i;

	import->xml = xml;
	import->name = dmn_name_of(loader, dmn_attribute(xml, "name"));
	if (loader->code != SHK_OK)
		return loader->code;
	for (i = 0; i + 1 < model->import_count; i++)
		if (import->name.size > 0 &&
			text_equal(model->imports[i].name, import->name))
			return dmn_refuse(loader, model, xml,
				"a second import \"%s\"", import->name.data);
	if (!strstr(kind, "www.omg.org/spec/DMN/"))
		return dmn_refuse(loader, model, xml,
			"importType \"%s\": only DMN models can be imported",
			kind);
	return import_location(loader, model, import);
}

static enum shk_code read_imports(
	struct dmn_loader *loader, struct dmn_model *model)
{
	size_t count = dmn_child_count(model, model->root, "import");
	const struct xml_element *xml = dmn_child(model, model->root, "import");

	if (count > DMN_IMPORTS_MAX)
		return dmn_too_many(
			loader, model, xml, "imports", DMN_IMPORTS_MAX);
	model->imports =
		arena_zeroed(loader->arena, count + 1, sizeof(*model->imports));
	if (!model->imports)
		return dmn_no_memory(loader);
	for (; xml && loader->code == SHK_OK;
		xml = dmn_next(model, xml, "import"))
		if (read_import(loader, model, xml) != SHK_OK &&
			dmn_forgive(loader))
			model->import_count--;
	return loader->code;
}

/* An import without a location means a model of the graph, by namespace. */
static void import_by_space(
	const struct dmn_loader *loader, struct dmn_import *import)
{
	const char *space = dmn_attribute(import->xml, "namespace");
	size_t i;

	for (i = 0; i < loader->model_count && !import->model; i++)
		if (strcmp(loader->models[i]->space, space) == 0)
			import->model = loader->models[i];
}

static enum shk_code check_import(struct dmn_loader *loader,
	struct dmn_model *model, struct dmn_import *import)
{
	const char *space = dmn_attribute(import->xml, "namespace");

	if (!import->model)
		import_by_space(loader, import);
	if (!import->model)
		return dmn_refuse(loader, model, import->xml,
			"no loaded model has the imported namespace \"%s\"; "
			"give its file in locationURI",
			space);
	if (strcmp(import->model->space, space) != 0)
		return dmn_refuse(loader, model, import->xml,
			"%s has the namespace \"%s\", not \"%s\" as this "
			"import says",
			import->model->path, import->model->space, space);
	return SHK_OK;
}

/* Visits: 0 not yet, 1 on the way, 2 done. */
static enum shk_code visit_imports(
	struct dmn_loader *loader, struct dmn_model *model)
{
	size_t i;

	model->visit = 1;
	for (i = 0; i < model->import_count && loader->code == SHK_OK; i++) {
		struct dmn_model *other = model->imports[i].model;

		if (other->visit == 1)
			return dmn_refuse(loader, model, model->imports[i].xml,
				"imports go in a circle: %s imports %s, which "
				"imports it in turn",
				model->path, other->path);
		if (other->visit == 0)
			visit_imports(loader, other);
	}
	model->visit = 2;
	return loader->code;
}

/* An import that leads nowhere brings no names. */
static void drop_import(struct dmn_model *model, size_t at)
{
	model->import_count--;
	for (; at < model->import_count; at++)
		model->imports[at] = model->imports[at + 1];
}

enum shk_code dmn_read_models(
	struct dmn_loader *loader, const char *const *paths, size_t count)
{
	size_t i;
	size_t k;

	for (i = 0; i < count && loader->code == SHK_OK; i++)
		read_model(loader, paths[i], NULL, NULL);
	for (i = 0; i < loader->model_count && loader->code == SHK_OK; i++)
		for (k = 0; k < loader->models[i]->import_count &&
			    loader->code == SHK_OK;
			k++)
			if (check_import(loader, loader->models[i],
				    &loader->models[i]->imports[k]) != SHK_OK &&
				dmn_forgive(loader))
				drop_import(loader->models[i], k--);
	for (i = 0; i < loader->model_count && loader->code == SHK_OK; i++)
		if (loader->models[i]->visit == 0)
			visit_imports(loader, loader->models[i]);
	return loader->code;
}
