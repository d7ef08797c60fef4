/*
 * Makers: compared after NFKC and without white space, so that "Ａ社" and
 * "A 社" are one. The first spelling of each is remembered for the record;
 * another one for the same maker is a warning, because it may as well be a
 * slip of the pen.
 */
#include <string.h>

#include <utf8proc.h>

#include "record/value.h"

/* Unicode's White_Space, as far as it can be left after NFKC. */
static bool maker_is_space(uint32_t code)
{
	return code == ' ' || (code >= 0x09 && code <= 0x0D) || code == 0x85 ||
	       code == 0xA0 || code == 0x1680 ||
	       (code >= 0x2000 && code <= 0x200A) || code == 0x2028 ||
	       code == 0x2029 || code == 0x202F || code == 0x205F ||
	       code == 0x3000;
}

/* True when `text` is its own compared form: printable ASCII, no blanks. */
static bool maker_is_plain(struct text text)
{
	for (size_t i = 0; i < text.size; i++) {
		unsigned char byte = (unsigned char)text.data[i];

		if (byte <= 0x20 || byte >= 0x7F)
			return false;
	}
	return true;
}

/* The compared form into the arena; false when memory runs out. */
static bool maker_compared(
	struct arena *arena, struct text text, struct text *out)
{
	const utf8proc_option_t options =
		UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT;
	const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text.data;
	utf8proc_ssize_t length = (utf8proc_ssize_t)text.size;
	utf8proc_ssize_t count;
	utf8proc_int32_t *codes;
	size_t size = 0;
	char *copy;

	count = utf8proc_decompose(bytes, length, NULL, 0, options);
	if (count < 0) /* not UTF-8: readers let no such text through */
		count = 0;
	codes = arena_alloc(arena, ((size_t)count + 1) * sizeof(*codes));
	copy = arena_alloc(arena, (size_t)count * 4 + 1);
	if (!codes || !copy)
		return false;
	if (count > 0) {
		utf8proc_decompose(bytes, length, codes, count, options);
		count = utf8proc_normalize_utf32(codes, count, options);
	}
	for (utf8proc_ssize_t i = 0; i < count; i++) {
		if (!maker_is_space((uint32_t)codes[i]))
			size += utf8_encode((uint32_t)codes[i], copy + size);
	}
	copy[size] = '\0';
	*out = (struct text){ copy, size };
	return true;
}

enum shk_code value_maker(struct value_context *context,
	const struct record_field *type, struct text text,
	struct record_value *out)
{
	struct text compared = text;
	struct name_entry *entry;
	char first[VALUE_SHOWN_TEXT];
	char other[VALUE_SHOWN_TEXT];
	bool fresh;

	if (!maker_is_plain(text) &&
		!maker_compared(context->arena, text, &compared))
		return diag_memory(context->diag);
	if (compared.size == 0)
		return value_refuse(context, type, "bad_value",
			"only white space; write the maker's name");
	out->u.text = compared.data;
	out->size = (uint32_t)compared.size;
	entry = name_set_add(context->makers, compared, &fresh);
	if (!entry)
		return diag_memory(context->diag);
	if (fresh)
		entry->u.text = text.data;
	if (fresh || text_is(text, entry->u.text))
		return SHK_OK;
	value_shown(text_of(entry->u.text), first);
	value_shown(text, other);
	return record_warn(context->record, context->diag,
		"%s: \"%s\" and \"%s\" are taken as one maker",
		context->field->name, first, other);
}
