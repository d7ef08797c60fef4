/*
 * Filling a diagnostic. Texts that are too long are cut at a character
 * boundary, so that a message in Japanese never ends in half a character.
 * Depends on nothing but libc; every room above reports through this file.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/diag.h"

const char *shk_code_name(enum shk_code code)
{
	switch (code) {
	case SHK_OK:
		return "ok";
	case SHK_END:
		return "end";
	case SHK_E_USAGE:
		return "usage error";
	case SHK_E_RULES:
		return "rules error";
	case SHK_E_INPUT:
		return "input error";
	case SHK_E_IO:
		return "file error";
	case SHK_E_LIMIT:
		return "limit exceeded";
	case SHK_E_MEMORY:
		return "out of memory";
	case SHK_E_INTERNAL:
		return "internal error";
	}
	return "unknown error";
}

void diag_clear(shk_diag *diag)
{
	if (!diag)
		return;
	diag->code = SHK_OK;
	diag->line = diag->column = 0;
	diag->path[0] = diag->field[0] = '\0';
	diag->reason[0] = diag->message[0] = '\0';
}

static bool diag_holds_failure(const shk_diag *diag)
{
	return diag->code != SHK_OK && diag->code != SHK_END;
}

/* Drop a UTF-8 sequence at the end of `text` that was cut in the middle. */
static void diag_trim(char *text)
{
	size_t size = strlen(text);
	size_t start = size;
	size_t need = 1;
	unsigned char lead;

	while (start > 0 && size - start < 3 &&
		((unsigned char)text[start - 1] & 0xC0) == 0x80)
		start--;
	if (start == 0)
		return;
	start--;
	lead = (unsigned char)text[start];
	if (lead >= 0xF0)
		need = 4;
	else if (lead >= 0xE0)
		need = 3;
	else if (lead >= 0xC0)
		need = 2;
	if (size - start < need)
		text[start] = '\0';
}

static void diag_copy(char *out, size_t size, const char *text)
{
	size_t length = strlen(text);

	if (length < size) {
		memcpy(out, text, length + 1);
		return;
	}
	memcpy(out, text, size - 1);
	out[size - 1] = '\0';
	diag_trim(out);
}

enum shk_code diag_set(
	shk_diag *diag, enum shk_code code, const char *format, ...)
{
	va_list args;
	int length;

	if (!diag || diag_holds_failure(diag))
		return code;
	diag->code = code;
	va_start(args, format);
	length = vsnprintf(diag->message, sizeof(diag->message), format, args);
	va_end(args);
	if (length < 0)
		diag->message[0] = '\0';
	diag_trim(diag->message); /* a part of it may have been cut before */
	return code;
}

void diag_place(shk_diag *diag, const char *path, long line, long column)
{
	if (!diag)
		return;
	/* A line belongs to the path that was said with it. */
	if (diag->path[0] && path && strcmp(diag->path, path) != 0)
		return;
	if (!diag->path[0] && path)
		diag_copy(diag->path, sizeof(diag->path), path);
	if (diag->line == 0) {
		diag->line = line;
		diag->column = column;
	}
}

void diag_field(shk_diag *diag, const char *field)
{
	if (diag && field && !diag->field[0])
		diag_copy(diag->field, sizeof(diag->field), field);
}

void diag_reason(shk_diag *diag, const char *reason)
{
	if (diag && reason && !diag->reason[0])
		diag_copy(diag->reason, sizeof(diag->reason), reason);
}

const char *diag_system(char out[DIAG_SYSTEM], int number)
{
	if (strerror_r(number, out, DIAG_SYSTEM) != 0)
		out[0] = '\0';
	return out;
}

enum shk_code diag_memory(shk_diag *diag)
{
	return diag_set(diag, SHK_E_MEMORY, "out of memory");
}
