/*
 * Flat files of settings, in JSON or XML. Numbers keep their own digits: they
 * never pass through binary floating point.
 */
#include "record/flat.h"

#include <string.h>

#include "base/memory.h"
#include "record/json_scan.h"
#include "record/json_text.h"
#include "xml/reader.h"

struct flat_file {
	struct arena *arena;
	const char *path;
	struct flat *flat;
	shk_diag *diag;
};

static enum shk_code refuse(
	struct flat_file *file, long line, const char *name, const char *why)
{
	diag_set(file->diag, SHK_E_RULES, "%s%s%s", name, *name ? ": " : "",
		why);
	diag_field(file->diag, name);
	diag_place(file->diag, file->path, line, 0);
	return SHK_E_RULES;
}

static enum shk_code add(struct flat_file *file, const char *name,
	struct text value, const char *note, long line)
{
	struct flat *flat = file->flat;
	struct flat_pair *pair;
	const char *copy = arena_text(file->arena, name, strlen(name));

	for (size_t i = 0; i < flat->count; i++)
		if (text_is(flat->pairs[i].name, name))
			return refuse(file, line, name,
				"this name stands here twice");
	if (flat->count == FLAT_PAIRS_MAX)
		return diag_set(file->diag, SHK_E_LIMIT,
			"%s: more than %d names", file->path, FLAT_PAIRS_MAX);
	pair = &flat->pairs[flat->count++];
	*pair = (struct flat_pair){ .line = line };
	pair->value.size = value.size;
	pair->value.data = arena_text(file->arena, value.data, value.size);
	if (note)
		pair->note = arena_text(file->arena, note, strlen(note));
	if (!copy || !pair->value.data || (note && !pair->note))
		return diag_memory(file->diag);
	pair->name = text_of(copy);
	return SHK_OK;
}

/* Text of a plain JSON value; false for an object, array or null. */
static bool plain(json_t *value, struct text *text)
{
	switch (json_typeof(value)) {
	case JSON_STRING:
		*text = (struct text){ json_string_value(value),
			json_string_length(value) };
		return true;
	case JSON_TRUE:
		*text = text_of("true");
		return true;
	case JSON_FALSE:
		*text = text_of("false");
		return true;
	default:
		return false;
	}
}

static enum shk_code json_pair(
	struct flat_file *file, const char *name, json_t *value)
{
	static const char right[] =
		"the value must be a number, a word or true or false, or "
		"{\"value\": ..., \"note\": ...}";
	const char *key, *note = NULL;
	struct text text = { "", 0 }, words;
	bool valued = false;
	json_t *member;

	if (plain(value, &text))
		return add(file, name, text, NULL, 0);
	if (!json_is_object(value))
		return refuse(file, 0, name, right);
	json_object_foreach(value, key, member)
	{
		if (strcmp(key, "value") == 0 && plain(member, &text)) {
			valued = true;
		} else if (strcmp(key, "note") == 0 && plain(member, &words)) {
			note = words.data;
		} else {
			diag_field(file->diag, key);
			diag_set(file->diag, SHK_E_RULES,
				"%s: \"%s\" has no place here; %s", name, key,
				right);
			diag_place(file->diag, file->path, 0, 0);
			return SHK_E_RULES;
		}
	}
	return valued ? add(file, name, text, note, 0)
		      : refuse(file, 0, name, right);
}

static enum shk_code json_pairs(
	struct flat_file *file, const struct json_scan *scan)
{
	enum shk_code code = SHK_OK;
	json_error_t error;
	const char *name;
	long line, column;
	bool exhausted;
	struct json_room room = { NULL, 0 };
	json_t *root = json_text_load(&room,
		(struct text){ scan->text.data, scan->text.size },
		JSON_REJECT_DUPLICATES, &error, &exhausted);
	json_t *value;

	memory_free(room.bytes);
	if (exhausted)
		return diag_memory(file->diag);
	if (!root) {
		json_scan_place(scan,
			error.position > 0 ? (size_t)error.position - 1 : 0,
			&line, &column);
		diag_set(file->diag, SHK_E_RULES, "not JSON: %s", error.text);
		diag_place(file->diag, file->path, line, column);
		return SHK_E_RULES;
	}
	if (!json_is_object(root))
		code = refuse(file, scan->start_line, "",
			"the file must be one JSON object: {\"name\": value}");
	else
		json_object_foreach(root, name, value)
		{
			code = json_pair(file, name, value);
			if (code)
				break;
		}
	json_decref(root);
	return code;
}

/* The only object of the file, then nothing more. */
static enum shk_code json_whole(struct flat_file *file, struct json_scan *scan)
{
	enum shk_code code = json_scan_next(scan, file->diag);

	if (code == SHK_END)
		return refuse(file, 0, "",
			"the file is empty; it must be one JSON object");
	if (!code && scan->mode == JSON_SCAN_ARRAY)
		return refuse(file, scan->start_line, "",
			"the file is a list; it must be one JSON object");
	if (!code && scan->fault) {
		diag_set(file->diag, SHK_E_RULES, "not JSON: %s", scan->fault);
		diag_place(file->diag, file->path, scan->fault_line,
			scan->fault_column);
		return SHK_E_RULES;
	}
	if (!code)
		code = json_pairs(file, scan);
	if (code)
		return code;
	code = json_scan_next(scan, file->diag);
	if (code == SHK_END)
		return SHK_OK;
	return code ? code
		    : refuse(file, scan->start_line, "",
			      "there is more behind the JSON object");
}

/* Records say input error; a file of settings is part of the rules. */
static enum shk_code as_rules(struct flat_file *file, enum shk_code code)
{
	if (code != SHK_E_INPUT)
		return code;
	if (file->diag && file->diag->code == SHK_E_INPUT)
		file->diag->code = SHK_E_RULES;
	return SHK_E_RULES;
}

/* From `input`, or where that is NULL from `text`. */
static enum shk_code json_flat(
	struct flat_file *file, struct input *input, struct text text)
{
	struct json_scan scan;
	enum shk_code code;

	json_scan_init(&scan, input, false);
	if (!input)
		json_scan_give(&scan, text, false);
	code = json_whole(file, &scan);
	json_scan_release(&scan);
	diag_place(file->diag, file->path, 0, 0);
	return as_rules(file, code);
}

static enum shk_code xml_flat(struct flat_file *file, const char *name)
{
	struct xml_element *root, *child;
	enum shk_code code = xml_read_file(
		file->arena, file->path, SHK_E_RULES, &root, file->diag);

	if (code)
		return code;
	if (strcmp(root->name, name) != 0) {
		diag_set(file->diag, SHK_E_RULES,
			"the root is <%s>; it must be <%s>", root->name, name);
		xml_place(file->diag, file->path, root);
		return SHK_E_RULES;
	}
	for (child = root->first; child && !code; child = child->next) {
		const struct xml_element *value = xml_child(child, "value");
		const struct xml_element *note = xml_child(child, "note");
		const char *text = value ? value->text : child->text;

		text += strspn(text, " \t\r\n");
		code = add(file, child->name,
			(struct text){ text, strcspn(text, " \t\r\n") },
			note ? note->text : xml_attribute(child, "note"),
			child->line);
	}
	return code;
}

enum shk_code flat_read(struct arena *arena, const char *path, const char *root,
	struct flat *flat, shk_diag *diag)
{
	struct flat_file file = { arena, path, flat, diag };
	struct input *input;
	struct text begin;
	enum shk_code code;
	size_t at = 0;

	flat->count = 0;
	code = input_open(&input, path, SHK_ENCODING_UTF8, diag);
	if (code)
		return as_rules(&file, code);
	begin = input_peek(input);
	while (at < begin.size && memchr(" \t\r\n", begin.data[at], 4))
		at++;
	if (at < begin.size && begin.data[at] == '<' &&
		strcmp(path, "-") != 0) {
		input_close(input);
		return xml_flat(&file, root);
	}
	code = json_flat(&file, input, begin);
	input_close(input);
	return code;
}

enum shk_code flat_read_text(struct arena *arena, const char *path,
	struct text text, struct flat *flat, shk_diag *diag)
{
	struct flat_file file = { arena, path, flat, diag };

	flat->count = 0;
	return json_flat(&file, NULL, text);
}
