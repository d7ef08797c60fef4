/*
 * Whole documents, streams of entries, and the small questions that readers
 * of models and records ask of an element.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "xml/source.h"

/* Step past what surrounds the root; true on its start tag. */
static bool xml_reader_begin(struct xml_source *source)
{
	enum xml_step step;

	do {
		step = xml_source_step(source);
	} while (step == XML_STEP_TEXT);
	return step == XML_STEP_START;
}

/* Behind the root's end tag only the end of the document is right. */
static bool xml_reader_finish(struct xml_source *source)
{
	enum xml_step step;

	do {
		step = xml_source_step(source);
	} while (step == XML_STEP_TEXT);
	return step == XML_STEP_END;
}

enum shk_code xml_read_text(struct arena *arena, const char *path,
	struct text document, enum shk_code failure, struct xml_element **root,
	shk_diag *diag)
{
	/* On the heap: the levels are too large for a thread's stack. */
	struct xml_source *source;
	enum shk_code code = SHK_OK;

	*root = NULL;
	if (document.size > XML_BYTES_MAX) {
		diag_set(diag, SHK_E_LIMIT,
			"the document is larger than %u bytes", XML_BYTES_MAX);
		diag_place(diag, path, 0, 0);
		return SHK_E_LIMIT;
	}
	source = memory_zeroed(1, sizeof(*source));
	if (!source)
		return diag_memory(diag);
	/* Without memory libxml2 may find a fault that is not there: one that
	   is there is found again. */
	for (int i = 0; i < 2; i++) {
		memset(source, 0, sizeof(*source));
		xml_source_prepare(source, document, -1, failure, 0);
		*root = xml_source_whole(source, arena);
		code = *root ? SHK_OK : xml_source_fail(source, path, diag);
		xml_source_release(source);
		if (code != failure)
			break;
	}
	memory_free(source);
	return code;
}

enum shk_code xml_read_file(struct arena *arena, const char *path,
	enum shk_code failure, struct xml_element **root, shk_diag *diag)
{
	struct buffer document;
	enum shk_code code;

	*root = NULL;
	buffer_init(&document);
	code = file_read(path, XML_BYTES_MAX, &document, diag);
	if (!code)
		code = xml_read_text(arena, path,
			(struct text){ document.data, document.size }, failure,
			root, diag);
	buffer_release(&document);
	return code;
}

static struct xml_element *xml_named(
	struct xml_element *element, const char *name)
{
	while (element && strcmp(element->name, name) != 0)
		element = element->next;
	return element;
}

struct xml_element *xml_child(
	const struct xml_element *element, const char *name)
{
	return xml_named(element->first, name);
}

struct xml_element *xml_sibling(
	const struct xml_element *element, const char *name)
{
	return xml_named(element->next, name);
}

const char *xml_attribute(const struct xml_element *element, const char *name)
{
	for (size_t i = 0; i < element->attribute_count; i++) {
		const struct xml_attribute *found = &element->attributes[i];

		if (!found->space[0] && strcmp(found->name, name) == 0)
			return found->value;
	}
	return NULL;
}

void xml_place(
	shk_diag *diag, const char *path, const struct xml_element *element)
{
	diag_place(diag, path, element ? element->line : 0,
		element ? element->column : 0);
}

struct xml_stream {
	struct xml_source source;
	struct arena arena; /* of the root */
	struct xml_element *root;
	enum shk_code code; /* not SHK_OK: nothing more will come */
	char path[SHK_DIAG_PATH];
};

static enum shk_code xml_stream_failed(
	struct xml_stream *stream, shk_diag *diag)
{
	stream->code = xml_source_fail(&stream->source, stream->path, diag);
	return stream->code;
}

/* Read up to the start tag of the root. */
static enum shk_code xml_stream_begin(struct xml_stream *stream,
	struct text document, int descriptor, enum shk_code failure,
	shk_diag *diag)
{
	struct xml_source *source = &stream->source;

	if (!xml_source_init(
		    source, document, descriptor, failure, XML_ENTRY_MAX) ||
		!xml_reader_begin(source))
		return xml_stream_failed(stream, diag);
	stream->root = xml_source_element(source, &stream->arena, NULL, 1);
	if (!stream->root)
		return xml_stream_failed(stream, diag);
	/* An empty root has no end tag to meet. */
	if (xml_source_empty(source)) {
		if (!xml_reader_finish(source))
			return xml_stream_failed(stream, diag);
		stream->code = SHK_END;
	}
	return SHK_OK;
}

static int xml_stream_descriptor(const char *path)
{
	if (strcmp(path, "-") == 0)
		return STDIN_FILENO;
	return open(path, O_RDONLY | O_CLOEXEC);
}

/* Of a descriptor, which becomes the stream's, or -1 and a document. */
static enum shk_code xml_stream_start(struct xml_stream **out, const char *path,
	struct text document, int descriptor, enum shk_code failure,
	shk_diag *diag)
{
	struct xml_stream *stream = memory_zeroed(1, sizeof(*stream));
	enum shk_code code;

	if (!stream) {
		if (descriptor > STDIN_FILENO)
			close(descriptor);
		return diag_memory(diag);
	}
	arena_init(&stream->arena);
	stream->source.descriptor = descriptor;
	(void)snprintf(stream->path, sizeof(stream->path), "%s", path);
	code = xml_stream_begin(stream, document, descriptor, failure, diag);
	if (code)
		xml_stream_close(stream);
	else
		*out = stream;
	return code;
}

enum shk_code xml_stream_text(struct xml_stream **out, const char *path,
	struct text document, enum shk_code failure, shk_diag *diag)
{
	*out = NULL;
	return xml_stream_start(out, path, document, -1, failure, diag);
}

enum shk_code xml_stream_open(struct xml_stream **out, const char *path,
	enum shk_code failure, shk_diag *diag)
{
	const struct text nothing = { NULL, 0 };
	int descriptor;

	*out = NULL;
	descriptor = xml_stream_descriptor(path);
	if (descriptor < 0) {
		diag_set(diag, SHK_E_IO, "cannot open: %s",
			errno == ENOENT	  ? "no such file"
			: errno == EACCES ? "permission denied"
					  : "the system refused");
		diag_place(diag, path, 0, 0);
		return SHK_E_IO;
	}
	return xml_stream_start(out, path, nothing, descriptor, failure, diag);
}

const struct xml_element *xml_stream_root(const struct xml_stream *stream)
{
	return stream->root;
}

enum shk_code xml_stream_next(struct xml_stream *stream, struct arena *arena,
	struct xml_element **element, shk_diag *diag)
{
	struct xml_source *source = &stream->source;
	enum xml_step step;

	*element = NULL;
	arena_clear(arena);
	if (stream->code == SHK_END)
		return SHK_END;
	if (stream->code)
		return xml_stream_failed(stream, diag);
	do {
		step = xml_source_step(source);
	} while (step == XML_STEP_TEXT);
	if (step == XML_STEP_END_TAG && xml_reader_finish(source)) {
		stream->code = SHK_END;
		return SHK_END;
	}
	if (step == XML_STEP_START)
		*element = xml_source_tree(source, arena, stream->root, 2);
	if (!*element)
		return xml_stream_failed(stream, diag);
	return SHK_OK;
}

void xml_stream_close(struct xml_stream *stream)
{
	if (!stream)
		return;
	if (stream->source.descriptor != STDIN_FILENO)
		close(stream->source.descriptor);
	xml_source_release(&stream->source);
	arena_release(&stream->arena);
	memory_free(stream);
}
