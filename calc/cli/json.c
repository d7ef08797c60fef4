/*
 * JSON texts. File names are bytes of any kind; what is written is valid all
 * the same.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"

/* Bytes of the UTF-8 character at `text`; 0: it is none. */
static size_t json_character(const unsigned char *text)
{
	size_t size = text[0] < 0x80			   ? 1
		      : text[0] >= 0xC2 && text[0] <= 0xDF ? 2
		      : text[0] >= 0xE0 && text[0] <= 0xEF ? 3
		      : text[0] >= 0xF0 && text[0] <= 0xF4 ? 4
							   : 0;

	for (size_t i = 1; i < size; i++) {
		if ((text[i] & 0xC0) != 0x80)
			return 0;
	}
	if ((text[0] == 0xE0 && text[1] < 0xA0) ||
		(text[0] == 0xED && text[1] > 0x9F) ||
		(text[0] == 0xF0 && text[1] < 0x90) ||
		(text[0] == 0xF4 && text[1] > 0x8F))
		return 0;
	return size;
}

void cli_json_text(FILE *stream, const char *text)
{
	const unsigned char *at = (const unsigned char *)text;

	fputc('"', stream);
	while (*at) {
		size_t size = json_character(at);

		if (size == 0)
			fputs("\\ufffd", stream);
		else if (*at == '"' || *at == '\\')
			fprintf(stream, "\\%c", *at);
		else if (*at < 0x20 || *at == 0x7F)
			fprintf(stream, "\\u%04x", *at);
		else
			fwrite(at, 1, size, stream);
		at += size ? size : 1;
	}
	fputc('"', stream);
}

void cli_json_maybe(FILE *stream, const char *text)
{
	if (text)
		cli_json_text(stream, text);
	else
		fputs("null", stream);
}

/* The character behind a `\\`; moves `*at` behind it. */
static char json_escaped(const char **at)
{
	char digits[5];

	if (**at != 'u')
		return **at ? *(*at)++ : '\0';
	snprintf(digits, sizeof(digits), "%.4s", *at + 1);
	*at += 1 + strlen(digits);
	return (char)strtol(digits, NULL, 16);
}

bool cli_json_find(char **out, const char *object, const char *name)
{
	char key[64];
	const char *at;
	char *end;

	*out = NULL;
	snprintf(key, sizeof(key), "\"%s\":\"", name);
	at = strstr(object, key);
	if (!at)
		return true;
	at += strlen(key);
	*out = end = malloc(strlen(at) + 1);
	if (!end)
		return false;
	while (*at && *at != '"') {
		if (*at != '\\') {
			*end++ = *at++;
			continue;
		}
		at++;
		*end++ = json_escaped(&at);
	}
	*end = '\0';
	return true;
}
