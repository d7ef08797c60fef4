/*
 * The list of mutants, their names, and the smallest steps of numbers and of
 * days. A name holds no line number, so that it stays what it is when a
 * comment above it changes.
 */
#include "mutation/mutant.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/memory.h"

/* A piece on one line, spaces single, at most 60 bytes of it. */
static void say_piece(struct text piece, struct buffer *out)
{
	size_t begin = out->size;

	for (size_t i = 0; i < piece.size; i++) {
		char byte = piece.data[i];
		bool blank = byte == ' ' || byte == '\n' || byte == '\t';

		if (out->size - begin >= 60 && (byte & 0xC0) != 0x80) {
			buffer_text(out, "...");
			return;
		}
		if (!blank)
			buffer_byte(out, byte);
		else if (out->size > begin && out->data[out->size - 1] != ' ')
			buffer_byte(out, ' ');
	}
}

static void place_of(struct mutant *mutant)
{
	mutant->line = 1;
	mutant->column = 1;
	for (size_t i = 0; i < mutant->at; i++) {
		char byte = mutant->file->raw.data[i];

		if (byte == '\n') {
			mutant->line++;
			mutant->column = 1;
		} else if ((byte & 0xC0) != 0x80) {
			mutant->column++;
		}
	}
}

void mutants_add(struct mutants *mutants, const struct spot *spot,
	const char *kind, size_t at, size_t size, struct text with)
{
	struct text from = { spot->file->raw.data + at, size };
	struct mutant *mutant;
	struct buffer name;

	if (!memory_grow((void **)&mutants->items, &mutants->capacity,
		    mutants->count + 1, sizeof(*mutants->items)))
		abort();
	mutant = &mutants->items[mutants->count++];
	buffer_init(&name);
	buffer_format(&name, "%s %.*s %zu %s ", spot->file->name,
		(int)spot->element.size, spot->element.data, spot->token, kind);
	say_piece(from, &name);
	buffer_text(&name, " > ");
	say_piece(with, &name);
	*mutant = (struct mutant){ .name = name.data,
		.file = spot->file,
		.at = at,
		.size = size,
		.with = memory_copy_text(with.data, with.size) };
	place_of(mutant);
}

void mutants_release(struct mutants *mutants)
{
	for (size_t i = 0; i < mutants->count; i++) {
		memory_free(mutants->items[i].name);
		memory_free(mutants->items[i].with);
	}
	memory_free(mutants->items);
}

/* The digits as one whole number, stepped, the point where it was. */
bool number_step(struct text number, int step, struct buffer *out)
{
	char digits[64], text[80];
	size_t count = 0, places = 0;
	long long value;
	bool point = false;
	int size;

	for (size_t i = 0; i < number.size; i++) {
		char byte = number.data[i];

		if (byte == '.' && !point) {
			point = true;
			continue;
		}
		if (byte < '0' || byte > '9' || count >= 17)
			return false;
		digits[count++] = byte;
		places += point;
	}
	digits[count] = '\0';
	if (count == 0)
		return false;
	value = strtoll(digits, NULL, 10) + step;
	size = snprintf(text, sizeof(text), "%0*lld", (int)places + 1,
		value < 0 ? -value : value);
	if (value < 0)
		buffer_byte(out, '-');
	buffer_add(out, text, (size_t)size - places);
	if (places) {
		buffer_byte(out, '.');
		buffer_text(out, text + size - places);
	}
	return true;
}

bool day_step(struct text day, int step, struct buffer *out)
{
	char text[DATE_TEXT];
	int32_t days;

	if (!date_parse(day.data, day.size, &days))
		return false;
	date_format(days + step, text);
	buffer_text(out, text);
	return true;
}
