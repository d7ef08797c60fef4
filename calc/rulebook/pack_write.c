/*
 * Writing a pack of a book that was loaded whole, so that nothing is packed
 * that does not load. What each decision needs is worked out here: the models
 * of all slots that it may read, what these import, and what the slots of
 * those models lead to.
 */
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "rulebook/loader.h"

/* Number of the file at `path` in the manifest. */
static int file_number(const shk_rulebook *book, const char *path)
{
	size_t skip = strlen(book->folder) + 1;

	for (size_t i = 0; i < book->file_count; i++)
		if (strlen(path) > skip &&
			strcmp(book->files[i].name, path + skip) == 0)
			return (int)i;
	return -1;
}

/* A revision's models: the number of each in the manifest, of each slot. */
struct shelf {
	const struct rulebook_revision *revision;
	size_t model_count;
	int numbers[DMN_MODELS_MAX];
	int of_slot[FEEL_SLOTS_MAX];
};

static void shelf_fill(const shk_rulebook *book,
	const struct rulebook_revision *revision, struct shelf *shelf)
{
	const struct dmn_graph *graph = revision->graph;

	shelf->revision = revision;
	shelf->model_count = dmn_model_count(graph);
	for (size_t k = 0; k < shelf->model_count; k++)
		shelf->numbers[k] = file_number(book, dmn_model_path(graph, k));
	for (uint32_t i = 0; i < graph->slot_count; i++) {
		size_t k = 0;

		while (k + 1 < shelf->model_count &&
			strcmp(dmn_model_path(graph, k),
				graph->slots[i].path) != 0)
			k++;
		shelf->of_slot[i] = (int)k;
	}
}

static void model_want(const struct shelf *shelf, uint32_t slot, bool *want)
{
	if (slot != RULEBOOK_NONE)
		want[shelf->of_slot[slot]] = true;
}

/* What the wanted models import, and what their slots lead to. */
static void models_follow(const struct shelf *shelf, bool *want)
{
	const struct dmn_graph *graph = shelf->revision->graph;
	int other;

	for (size_t i = 0; i < shelf->model_count; i++)
		for (size_t k = 0;
			want[i] && (other = dmn_model_import(graph, i, k)) >= 0;
			k++)
			want[other] = true;
	for (uint32_t i = 0; i < graph->slot_count; i++) {
		const struct rulebook_slot *slot = &shelf->revision->slots[i];

		if (!want[shelf->of_slot[i]])
			continue;
		model_want(shelf, slot->candidates, want);
		model_want(shelf, slot->low_of, want);
		model_want(shelf, slot->high_of, want);
	}
}

static size_t wanted(const bool *want)
{
	size_t count = 0;

	for (size_t i = 0; i < DMN_MODELS_MAX; i++)
		count += want[i];
	return count;
}

static void needs_line(const shk_rulebook *book, const struct shelf *shelf,
	size_t decision, struct buffer *out)
{
	const struct rulebook_revision *revision = shelf->revision;
	const struct rulebook_bound *bound = &revision->bound[decision];
	const struct dmn_graph *graph = revision->graph;
	bool want[DMN_MODELS_MAX] = { false };
	size_t before;

	for (uint32_t i = 0; i < graph->slot_count; i++)
		if (feel_set_has(&bound->reached, i))
			model_want(shelf, i, want);
	do {
		before = wanted(want);
		models_follow(shelf, want);
	} while (wanted(want) > before);
	buffer_format(out, "needs %s %s", revision->id,
		book->decisions[decision].name);
	for (int i = 0; i < (int)book->file_count; i++)
		for (size_t k = 0; k < shelf->model_count; k++)
			if (want[k] && shelf->numbers[k] == i)
				buffer_format(out, " %d", i);
	buffer_byte(out, '\n');
}

static bool is_word(const char *name)
{
	return *name && !strpbrk(name, " \n\r\t");
}

/* What a pack's lines cannot say. */
static enum shk_code names_fit(const shk_rulebook *book, shk_diag *diag)
{
	bool fit =
		book->file_count <= PACK_FILES_MAX &&
		book->decision_count * book->revision_count <= PACK_NEEDS_MAX;

	if (!fit)
		return diag_set(diag, SHK_E_LIMIT,
			"the book has more than %d files or %d decisions in "
			"all revisions",
			PACK_FILES_MAX, PACK_NEEDS_MAX);
	for (size_t i = 0; i < book->file_count && fit; i++)
		fit = strlen(book->files[i].name) < PACK_NAME_MAX &&
		      !strstr(book->files[i].name, "..");
	if (!fit)
		return diag_set(diag, SHK_E_RULES,
			"a file of the book lies outside of its folder or has "
			"a name of more than %d bytes",
			PACK_NAME_MAX - 1);
	for (size_t i = 0; i < book->decision_count && fit; i++)
		fit = is_word(book->decisions[i].name);
	for (size_t i = 0; i < book->revision_count && fit; i++)
		fit = is_word(book->revisions[i].id);
	return fit ? SHK_OK
		   : diag_set(diag, SHK_E_RULES,
			     "a decision or revision whose name has a blank "
			     "cannot be packed");
}

enum shk_code pack_header(
	const shk_rulebook *book, struct buffer *out, shk_diag *diag)
{
	enum shk_code code = names_fit(book, diag);

	if (code)
		return code;
	manifest_print(book, out);
	buffer_byte(out, '\n');
	for (size_t r = 0; r < book->revision_count; r++) {
		struct shelf shelf;

		shelf_fill(book, &book->revisions[r], &shelf);
		for (size_t i = 0; i < book->decision_count; i++)
			if (book->revisions[r].bound[i].present)
				needs_line(book, &shelf, i, out);
	}
	if (out->failed)
		return diag_memory(diag);
	if (out->size > PACK_HEADER_MAX)
		return diag_set(diag, SHK_E_LIMIT,
			"the header of the pack is larger than %u bytes",
			PACK_HEADER_MAX);
	return SHK_OK;
}

void pack_header_line(struct text header, struct buffer *out)
{
	unsigned char digest[DIGEST_BYTES];
	char hex[DIGEST_HEX + 1];

	digest_of(header, digest);
	digest_hex(digest, DIGEST_BYTES, hex);
	buffer_format(out, "header %zu %s\n", header.size, hex);
}

static enum shk_code give(
	const struct buffer *bytes, shk_sink sink, shk_diag *diag)
{
	if (bytes->failed)
		return diag_memory(diag);
	if (bytes->size > 0 &&
		!sink.write(sink.context, bytes->data, bytes->size))
		return diag_set(diag, SHK_E_IO, "could not write the pack");
	return SHK_OK;
}

/* The files again, as they were when the book was loaded. */
static enum shk_code files_write(struct origin *origin,
	const shk_rulebook *book, shk_sink sink, shk_diag *diag)
{
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < book->file_count && !code; i++) {
		const struct origin_file *file = &book->files[i];
		unsigned char digest[DIGEST_BYTES];
		char path[SHK_DIAG_PATH];
		struct buffer bytes;

		buffer_init(&bytes);
		code = origin_path(origin, file->name, path, diag);
		if (!code)
			code = origin_read(origin, path, &bytes, diag);
		digest_of((struct text){ bytes.data ? bytes.data : "",
				  bytes.size },
			digest);
		if (!code && memcmp(digest, file->digest, DIGEST_BYTES) != 0) {
			code = diag_set(diag, SHK_E_IO,
				"the file changed while it was packed");
			diag_place(diag, path, 0, 0);
		}
		if (!code)
			code = give(&bytes, sink, diag);
		buffer_release(&bytes);
	}
	return code;
}

enum shk_code shk_rulebook_pack(
	const char *folder, shk_sink sink, shk_diag *diag)
{
	struct buffer top, header;
	struct origin origin;
	shk_rulebook *book;
	struct stat info;
	enum shk_code code;

	if (stat(folder, &info) == 0 && S_ISREG(info.st_mode)) {
		diag_set(diag, SHK_E_RULES,
			"a folder of rules is packed; this is a pack already, "
			"or no rules at all");
		diag_place(diag, folder, 0, 0);
		return SHK_E_RULES;
	}
	code = shk_rulebook_load(&book, folder, diag);
	if (code)
		return code;
	buffer_init(&top);
	buffer_init(&header);
	code = origin_open(&origin, book->folder, diag);
	if (!code)
		code = pack_header(book, &header, diag);
	buffer_text(&top, PACK_MAGIC "signature none\n");
	pack_header_line(
		(struct text){ header.data ? header.data : "", header.size },
		&top);
	if (!code)
		code = give(&top, sink, diag);
	if (!code)
		code = give(&header, sink, diag);
	if (!code)
		code = files_write(&origin, book, sink, diag);
	origin_close(&origin);
	buffer_release(&top);
	buffer_release(&header);
	shk_rulebook_free(book);
	return code;
}
