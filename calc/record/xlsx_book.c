/*
 * A workbook around its sheets: their order and names, the texts that cells
 * share, and which formats of cells are days. Elements are found by local name,
 * so that the strict and the transitional form of the file are read alike.
 */
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/memory.h"
#include "record/xlsx.h"

void xlsx_book_init(struct xlsx_book *book, const char *path)
{
	memset(book, 0, sizeof(*book));
	arena_init(&book->arena);
	book->path = path;
}

void xlsx_book_release(struct xlsx_book *book)
{
	arena_release(&book->arena);
}

enum shk_code xlsx_damaged(shk_diag *diag, const char *what)
{
	diag_set(diag, SHK_E_INPUT, "the workbook is damaged: %s", what);
	diag_reason(diag, "bad_value");
	return SHK_E_INPUT;
}

static enum shk_code xlsx_too_many(
	shk_diag *diag, unsigned most, const char *what)
{
	return diag_set(diag, SHK_E_LIMIT, "the workbook has more than %u %s",
		most, what);
}

bool xlsx_index(const char *text, size_t most, size_t *index)
{
	size_t value = 0;

	if (!text || *text == '\0')
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return false;
		value = value * 10 + (size_t)(*text - '0');
		if (value > most)
			return false;
	}
	*index = value;
	return true;
}

/* Elements take many times the bytes of their tags, so tags are counted. */
static bool too_many_tags(const struct buffer *bytes)
{
	size_t tags = 0;

	for (size_t i = 0; i < bytes->size; i++)
		tags += bytes->data[i] == '<';
	return tags > XLSX_TAGS_MAX;
}

enum shk_code xlsx_part(const struct xlsx_book *book, struct zip *zip,
	const char *name, struct arena *arena, struct xml_element **root,
	shk_diag *diag)
{
	char place[SHK_DIAG_PATH];
	struct buffer bytes;
	enum shk_code code;

	buffer_init(&bytes);
	code = zip_read(zip, name, &bytes, diag);
	if (!code && too_many_tags(&bytes))
		code = xlsx_too_many(
			diag, XLSX_TAGS_MAX, "tags in one of its parts");
	if (!code)
		code = xml_read_text(arena,
			file_join(place, sizeof(place), book->path, name)
				? place
				: book->path,
			(struct text){
				bytes.data ? bytes.data : "", bytes.size },
			SHK_E_INPUT, root, diag);
	buffer_release(&bytes);
	return code;
}

/* A part without which there is no workbook. */
static enum shk_code book_part(const struct xlsx_book *book, struct zip *zip,
	const char *name, struct arena *arena, struct xml_element **root,
	shk_diag *diag)
{
	enum shk_code code = xlsx_part(book, zip, name, arena, root, diag);

	if (code != SHK_END)
		return code;
	diag_set(diag, SHK_E_INPUT,
		"this zip file is no .xlsx workbook: it has no %s", name);
	diag_reason(diag, "bad_value");
	return SHK_E_INPUT;
}

/* The next run of text behind `at` (NULL: the first), or NULL. */
static const struct xml_element *next_run(
	const struct xml_element *runs, const struct xml_element *at)
{
	const struct xml_element *next = runs->first;

	if (at)
		next = at->parent == runs ? at->next : at->parent->next;
	for (; next; next = next->next) {
		const struct xml_element *inside =
			strcmp(next->name, "r") == 0 ? xml_child(next, "t")
						     : NULL;

		if (inside || strcmp(next->name, "t") == 0)
			return inside ? inside : next;
	}
	return NULL;
}

struct text xlsx_joined(struct arena *arena, const struct xml_element *runs)
{
	const struct xml_element *first = next_run(runs, NULL);
	size_t size = 0;
	size_t end = 0;
	char *text;

	if (!first)
		return text_of("");
	if (!next_run(runs, first))
		return text_of(first->text);
	for (const struct xml_element *at = first; at; at = next_run(runs, at))
		size += strlen(at->text);
	text = arena_alloc(arena, size + 1);
	if (!text)
		return (struct text){ NULL, 0 };
	for (const struct xml_element *at = first; at;
		at = next_run(runs, at)) {
		memcpy(text + end, at->text, strlen(at->text));
		end += strlen(at->text);
	}
	text[size] = '\0';
	return (struct text){ text, size };
}

static size_t count_children(const struct xml_element *parent, const char *name)
{
	size_t count = 0;

	for (const struct xml_element *at = parent ? xml_child(parent, name)
						   : NULL;
		at; at = xml_sibling(at, name))
		count++;
	return count;
}

static enum shk_code book_strings(
	struct xlsx_book *book, struct zip *zip, shk_diag *diag)
{
	struct xml_element *root;
	enum shk_code code = xlsx_part(
		book, zip, "xl/sharedStrings.xml", &book->arena, &root, diag);
	size_t count;

	if (code)
		return code == SHK_END ? SHK_OK : code;
	count = count_children(root, "si");
	if (count > XLSX_STRINGS_MAX)
		return xlsx_too_many(diag, XLSX_STRINGS_MAX, "shared texts");
	book->strings =
		arena_zeroed(&book->arena, count + 1, sizeof(*book->strings));
	if (!book->strings)
		return diag_memory(diag);
	for (const struct xml_element *at = xml_child(root, "si"); at;
		at = xml_sibling(at, "si")) {
		struct text text = xlsx_joined(&book->arena, at);

		if (!text.data)
			return diag_memory(diag);
		book->strings[book->string_count++] = text;
	}
	return SHK_OK;
}

/* `[h]` counts hours past a day; other brackets are colours and languages. */
static bool is_elapsed(const char *bracket)
{
	return bracket[1] != '\0' && strchr("hHmMsS", bracket[1]) &&
	       (bracket[2] == ']' || bracket[2] == bracket[1]);
}

bool xlsx_format_is_date(const char *format)
{
	for (const char *at = format; *at; at++) {
		if (*at == '[' && is_elapsed(at))
			return true;
		if (*at == '"' || *at == '[') {
			at = strchr(at + 1, *at == '"' ? '"' : ']');
			if (!at)
				return false;
		} else if (strchr("\\_*", *at)) {
			at += at[1] != '\0';
		} else if (strncasecmp(at, "general", 7) == 0) {
			at += 6;
		} else if ((*at == 'e' || *at == 'E') &&
			   (at[1] == '+' || at[1] == '-')) {
			at++;
		} else if (strchr("yYmMdDhHsSgGeEaA", *at)) {
			return true;
		}
	}
	return false;
}

/* Of the formats that every spreadsheet has, those of days and times. */
static bool is_date_built_in(size_t id)
{
	return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) ||
	       (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/* Numbers of formats, of which the workbook says what they look like. */
struct formats {
	size_t ids[XLSX_FORMATS_MAX];
	bool dates[XLSX_FORMATS_MAX];
	size_t count;
};

static enum shk_code formats_read(
	struct formats *formats, const struct xml_element *list, shk_diag *diag)
{
	formats->count = 0;
	if (count_children(list, "numFmt") > XLSX_FORMATS_MAX)
		return xlsx_too_many(
			diag, XLSX_FORMATS_MAX, "formats of numbers");
	for (const struct xml_element *at = list ? xml_child(list, "numFmt")
						 : NULL;
		at; at = xml_sibling(at, "numFmt")) {
		const char *format = xml_attribute(at, "formatCode");

		if (!format ||
			!xlsx_index(xml_attribute(at, "numFmtId"), UINT32_MAX,
				&formats->ids[formats->count]))
			return xlsx_damaged(diag, "a format without number");
		formats->dates[formats->count++] = xlsx_format_is_date(format);
	}
	return SHK_OK;
}

static bool formats_are_date(const struct formats *formats, size_t id)
{
	for (size_t i = 0; i < formats->count; i++) {
		if (formats->ids[i] == id)
			return formats->dates[i];
	}
	return is_date_built_in(id);
}

static enum shk_code styles_take(struct xlsx_book *book,
	const struct xml_element *root, struct formats *formats, shk_diag *diag)
{
	const struct xml_element *list = xml_child(root, "cellXfs");
	size_t count = count_children(list, "xf");
	enum shk_code code =
		formats_read(formats, xml_child(root, "numFmts"), diag);

	if (code)
		return code;
	if (count > XLSX_STYLES_MAX)
		return xlsx_too_many(diag, XLSX_STYLES_MAX, "formats of cells");
	book->dates =
		arena_zeroed(&book->arena, count + 1, sizeof(*book->dates));
	if (!book->dates)
		return diag_memory(diag);
	for (const struct xml_element *at = list ? xml_child(list, "xf") : NULL;
		at; at = xml_sibling(at, "xf")) {
		size_t id = 0;

		(void)xlsx_index(
			xml_attribute(at, "numFmtId"), UINT32_MAX, &id);
		book->dates[book->style_count++] =
			formats_are_date(formats, id);
	}
	return SHK_OK;
}

static enum shk_code book_styles(
	struct xlsx_book *book, struct zip *zip, shk_diag *diag)
{
	struct formats *formats = memory_alloc(sizeof(*formats));
	struct xml_element *root = NULL;
	struct arena arena;
	enum shk_code code;

	if (!formats)
		return diag_memory(diag);
	arena_init(&arena);
	code = xlsx_part(book, zip, "xl/styles.xml", &arena, &root, diag);
	if (!code)
		code = styles_take(book, root, formats, diag);
	arena_release(&arena);
	memory_free(formats);
	return code == SHK_END ? SHK_OK : code;
}

/* `r:id`: the one with a namespace. */
static const char *relation_of(const struct xml_element *sheet)
{
	for (size_t i = 0; i < sheet->attribute_count; i++) {
		if (sheet->attributes[i].space[0] &&
			strcmp(sheet->attributes[i].name, "id") == 0)
			return sheet->attributes[i].value;
	}
	return "";
}

/* Where the sheet of cells is, or NULL: a chart has none. */
static const char *target_of(
	const struct xml_element *relations, const struct xml_element *sheet)
{
	static const char kind[] = "/worksheet";
	const char *wanted = relation_of(sheet);

	for (const struct xml_element *at =
			xml_child(relations, "Relationship");
		at; at = xml_sibling(at, "Relationship")) {
		const char *id = xml_attribute(at, "Id");
		const char *type = xml_attribute(at, "Type");
		size_t size = type ? strlen(type) : 0;

		if (id && strcmp(id, wanted) == 0)
			return size >= strlen(kind) &&
					       strcmp(type + size -
							       strlen(kind),
						       kind) == 0
				       ? xml_attribute(at, "Target")
				       : NULL;
	}
	return NULL;
}

static bool is_chosen(const struct xml_element *sheet, const char *name)
{
	const char *own = xml_attribute(sheet, "name");
	const char *state = xml_attribute(sheet, "state");

	if (name)
		return own && strcmp(own, name) == 0;
	return !state || strcmp(state, "visible") == 0;
}

static enum shk_code no_sheet(
	const struct xml_element *sheets, const char *name, shk_diag *diag)
{
	struct buffer names;

	buffer_init(&names);
	for (const struct xml_element *at = xml_child(sheets, "sheet"); at;
		at = xml_sibling(at, "sheet")) {
		const char *own = xml_attribute(at, "name");

		buffer_text(&names, names.size ? ", " : "");
		buffer_text(&names, own ? own : "");
	}
	diag_set(diag, SHK_E_INPUT,
		"the workbook has no sheet of cells%s%s; its sheets: %s",
		name ? " named " : " that is not hidden", name ? name : "",
		names.data ? names.data : "none");
	diag_reason(diag, "bad_value");
	buffer_release(&names);
	return SHK_E_INPUT;
}

static enum shk_code book_sheet(struct xlsx_book *book,
	const struct xml_element *sheets, const struct xml_element *relations,
	const char *name, const char **part, shk_diag *diag)
{
	const char *target = NULL;
	size_t size;
	char *text;

	for (const struct xml_element *at = xml_child(sheets, "sheet");
		at && !target; at = xml_sibling(at, "sheet")) {
		if (is_chosen(at, name))
			target = target_of(relations, at);
	}
	if (!target)
		return no_sheet(sheets, name, diag);
	size = strlen(target);
	text = arena_alloc(&book->arena, size + 4);
	if (!text)
		return diag_memory(diag);
	memcpy(text, "xl/", 4);
	memcpy(text + (target[0] == '/' ? 0 : 3), target + (target[0] == '/'),
		size + (target[0] != '/'));
	*part = text;
	return SHK_OK;
}

static enum shk_code book_choose(struct xlsx_book *book, struct zip *zip,
	const char *sheet, const char **part, struct arena *arena,
	shk_diag *diag)
{
	const struct xml_element *sheets;
	struct xml_element *workbook;
	struct xml_element *relations;
	const struct xml_element *about;
	const char *from;
	enum shk_code code =
		book_part(book, zip, "xl/workbook.xml", arena, &workbook, diag);

	if (!code)
		code = book_part(book, zip, "xl/_rels/workbook.xml.rels", arena,
			&relations, diag);
	if (code)
		return code;
	about = xml_child(workbook, "workbookPr");
	from = about ? xml_attribute(about, "date1904") : NULL;
	book->from_1904 =
		from && (strcmp(from, "1") == 0 || strcmp(from, "true") == 0);
	sheets = xml_child(workbook, "sheets");
	/* each sheet is looked for among all relations */
	if (count_children(sheets, "sheet") > XLSX_SHEETS_MAX ||
		count_children(relations, "Relationship") > XLSX_SHEETS_MAX)
		return xlsx_too_many(
			diag, XLSX_SHEETS_MAX, "sheets, or relations of them");
	return sheets ? book_sheet(book, sheets, relations, sheet, part, diag)
		      : xlsx_damaged(diag, "it has no sheets");
}

enum shk_code xlsx_book_read(struct xlsx_book *book, struct zip *zip,
	const char *sheet, const char **part, shk_diag *diag)
{
	struct arena arena;
	enum shk_code code;

	arena_init(&arena);
	code = book_choose(book, zip, sheet, part, &arena, diag);
	arena_release(&arena);
	if (!code)
		code = book_strings(book, zip, diag);
	return code ? code : book_styles(book, zip, diag);
}
