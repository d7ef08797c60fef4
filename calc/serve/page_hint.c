/*
 * What is right for a field, in words: its kind, its bounds, its unit, and for
 * a list how an item is written.
 */
#include "serve/page_ask.h"

#include <string.h>

static void hint_bound(struct buffer *out, enum page_word word,
	const char *bound, enum shk_language language)
{
	if (bound[0])
		page_words_fill(out, word, language, bound);
}

static const char *hint_label(
	const shk_form_field *field, enum shk_language language)
{
	return language == SHK_JAPANESE ? field->label_ja : field->label_en;
}

/* `maker:share or q quantity`. */
static void hint_item(struct buffer *out, const shk_form_field *field,
	enum shk_language language)
{
	for (size_t i = 0; i < field->part_count; i++) {
		const shk_form_field *part = &field->parts[i];
		const char *label = hint_label(part, language);

		if (i && part->instead)
			buffer_text(out, page_words_get(PAGE_OR, language));
		else if (i)
			buffer_text(out, part->after[0] ? part->after : ":");
		if (part->prefix[0])
			page_words_fill(
				out, PAGE_AFTER_SIGN, language, part->prefix);
		buffer_text(out, label[0] ? label : part->name);
	}
}

/* An item that could be: the first of the words, some number, some name. */
static void hint_example(struct buffer *out, const shk_form_field *field)
{
	for (size_t i = 0; i < field->part_count; i++) {
		const shk_form_field *part = &field->parts[i];

		if (part->instead || part->after[0])
			continue;
		buffer_text(out, i ? ":" : "");
		if (part->kind == SHK_FORM_WORD && part->word_count)
			buffer_text(out, part->words[0]);
		else
			buffer_text(
				out, part->kind == SHK_FORM_TEXT ? "A" : "10");
	}
}

static void hint_list(struct buffer *out, const shk_form_field *field,
	enum shk_language language)
{
	struct buffer text;

	buffer_init(&text);
	hint_item(&text, field, language);
	page_words_fill(
		out, PAGE_KIND_LIST, language, text.size ? text.data : "");
	out->failed = out->failed || text.failed;
	buffer_clear(&text);
	hint_example(&text, field);
	page_words_fill(
		out, PAGE_EXAMPLE, language, text.size ? text.data : "");
	out->failed = out->failed || text.failed;
	buffer_release(&text);
}

static void hint_words(struct buffer *out, const shk_form_field *field,
	enum shk_language language)
{
	struct buffer text;

	buffer_init(&text);
	for (size_t i = 0; i < field->word_count; i++)
		buffer_format(&text, "%s%s", i ? ", " : "", field->words[i]);
	if (field->kind == SHK_FORM_TRUTH)
		buffer_text(&text, "true, false");
	page_words_fill(
		out, PAGE_WRONG_ONE_OF, language, text.size ? text.data : "");
	out->failed = out->failed || text.failed;
	buffer_release(&text);
}

void page_field_hint(struct buffer *out, const shk_form_field *field,
	enum shk_language language)
{
	static const enum page_word kinds[] = {
		[SHK_FORM_NUMBER] = PAGE_KIND_NUMBER,
		[SHK_FORM_WHOLE] = PAGE_KIND_WHOLE,
		[SHK_FORM_DATE] = PAGE_KIND_DATE,
		[SHK_FORM_TEXT] = PAGE_KIND_TEXT,
	};
	const char *unit = page_words_unit(field->unit, language);

	if (field->kind == SHK_FORM_LIST) {
		hint_list(out, field, language);
	} else if (field->kind == SHK_FORM_WORD ||
		   field->kind == SHK_FORM_TRUTH) {
		hint_words(out, field, language);
	} else {
		buffer_text(out, page_words_get(kinds[field->kind], language));
		hint_bound(out, field->low_open ? PAGE_LOW_OPEN : PAGE_LOW,
			field->low, language);
		hint_bound(out, field->high_open ? PAGE_HIGH_OPEN : PAGE_HIGH,
			field->high, language);
		if (unit[0])
			page_words_fill(out, PAGE_UNIT, language, unit);
	}
	if (field->none)
		buffer_text(out, page_words_get(PAGE_NONE_HINT, language));
	if (field->derived)
		buffer_text(out, page_words_get(PAGE_DERIVED_HINT, language));
}
