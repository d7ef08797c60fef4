/*
 * Reading rows of a vectors file and saying a result in the file's own words,
 * so that a row can be compared as text: numbers without trailing zeros,
 * lists sorted, outcomes joined by |.
 */
#include "price/vectors.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/memory.h"

bool vectors_open(struct vectors *vectors, const char *path)
{
	vectors->stream = fopen(path, "r");
	if (!vectors->stream)
		return false;
	return fgets(vectors->line, sizeof(vectors->line), vectors->stream) !=
	       NULL;
}

/* The cells of one line; quotes are only around whole cells. */
static size_t split(char *line, char **cells, size_t most)
{
	size_t count = 0;
	char *at = line;

	line[strcspn(line, "\r\n")] = '\0';
	while (count < most) {
		char *end;

		if (*at == '"') {
			cells[count++] = ++at;
			end = strchr(at, '"');
			*end++ = '\0';
		} else {
			cells[count++] = at;
			end = at + strcspn(at, ",");
		}
		if (*end == '\0')
			break;
		*end = '\0';
		at = end + 1;
	}
	return count;
}

bool vectors_next(struct vectors *vectors, struct vector *row)
{
	char *cells[8];

	while (fgets(vectors->line, sizeof(vectors->line), vectors->stream)) {
		if (split(vectors->line, cells, 8) != 8)
			continue;
		row->id = cells[0];
		row->decision = cells[1];
		row->revision = cells[2];
		row->inputs = cells[3];
		row->policy = cells[4];
		row->status = cells[5];
		row->expected = cells[6];
		return true;
	}
	fclose(vectors->stream);
	return false;
}

bool vectors_pair(
	char **rest, struct text *name, struct text *value, char *sign)
{
	char *item = *rest, *end;

	if (!item || !*item)
		return false;
	end = item + strcspn(item, ";");
	*rest = *end ? end + 1 : end;
	name->data = item;
	name->size = strcspn(item, "=~");
	*sign = item[name->size];
	value->data = item + name->size + 1;
	value->size = (size_t)(end - value->data);
	return true;
}

/* One word as it is compared: 130/100 and 1.30 are both 1.3. */
static void canonical(struct text word, struct buffer *out)
{
	const char *slash = memchr(word.data, '/', word.size);
	size_t first = slash ? (size_t)(slash - word.data) : word.size;
	char text[64];
	num a, b = NUM_ONE;

	if (num_parse(word.data, first, false, &a) != NUM_PARSED ||
		(slash && num_parse(slash + 1, word.size - first - 1, false,
				  &b) != NUM_PARSED)) {
		buffer_add(out, word.data, word.size);
		return;
	}
	num_format(num_divide(a, b, NULL), text, sizeof(text));
	buffer_text(out, text);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Words separated by |, each canonical, sorted, joined by | again. */
void vectors_words(struct text list, struct buffer *out)
{
	char *words[64];
	size_t count = 0, at = 0;

	while (at < list.size && count < 64) {
		const char *end = memchr(list.data + at, '|', list.size - at);
		size_t size =
			end ? (size_t)(end - list.data) - at : list.size - at;
		struct buffer word;

		buffer_init(&word);
		canonical((struct text){ list.data + at, size }, &word);
		words[count++] = word.data;
		at += size + 1;
	}
	qsort(words, count, sizeof(*words), by_text);
	for (size_t i = 0; i < count; i++) {
		buffer_format(out, "%s%s", i ? "|" : "", words[i]);
		memory_free(words[i]);
	}
}

/* The entry of a context, or NULL. */
static const struct price_value *entry(
	const struct price_value *value, const char *name)
{
	for (size_t i = 0; i < value->count; i++)
		if (text_is(value->names[i], name))
			return &value->items[i];
	return NULL;
}

/* A dated price: its first day and the price. */
static void say_step(const struct price_value *value, struct buffer *out)
{
	const struct price_value *from = entry(value, "from");
	const struct price_value *price = entry(value, "price");

	if (!from || !price)
		return;
	vectors_say(from, out);
	buffer_byte(out, ':');
	vectors_say(price, out);
}

static void say_list(const struct price_value *value, const char *open,
	const char *close, struct buffer *out)
{
	struct buffer words;

	buffer_init(&words);
	for (size_t i = 0; i < value->count; i++) {
		if (i)
			buffer_byte(&words, '|');
		vectors_say(&value->items[i], &words);
	}
	buffer_text(out, open);
	if (words.size)
		vectors_words((struct text){ words.data, words.size }, out);
	buffer_text(out, close);
	buffer_release(&words);
}

void vectors_say(const struct price_value *value, struct buffer *out)
{
	char text[NUM_TEXT_MAX];

	switch (value->kind) {
	case PRICE_BOOLEAN:
		buffer_text(out, value->u.boolean ? "true" : "false");
		break;
	case PRICE_NUMBER:
		num_format(value->u.number, text, sizeof(text));
		buffer_text(out, text);
		break;
	case PRICE_DATE:
		date_format(value->u.days, text);
		buffer_text(out, text);
		break;
	case PRICE_TEXT:
		buffer_add(out, value->text.data, value->text.size);
		break;
	case PRICE_LIST:
		say_list(value, "", "", out);
		break;
	case PRICE_CONTEXT:
		say_step(value, out);
		break;
	case PRICE_INTERVAL:
		buffer_text(out, value->low_closed ? "[" : "(");
		vectors_say(&value->items[0], out);
		buffer_text(out, "..");
		vectors_say(&value->items[1], out);
		buffer_text(out, value->high_closed ? "]" : ")");
		break;
	default:
		buffer_text(out, value->kind == PRICE_UNKNOWN ? "?" : "");
	}
}

void vectors_outcomes(
	const struct price_outcome *outcomes, size_t count, struct buffer *out)
{
	struct buffer words;

	buffer_init(&words);
	for (size_t i = 0; i < count; i++) {
		const struct price_outcome *outcome = &outcomes[i];

		if (i)
			buffer_byte(&words, '|');
		if (outcome->status == SHK_NOT_APPLICABLE)
			buffer_text(&words, "not_applicable");
		else if (outcome->status == SHK_CONFLICT)
			buffer_text(&words, "conflict");
		else if (outcome->value.kind == PRICE_LIST)
			say_list(&outcome->value, "{", "}", &words);
		else
			vectors_say(&outcome->value, &words);
	}
	if (words.size)
		vectors_words((struct text){ words.data, words.size }, out);
	buffer_release(&words);
}
