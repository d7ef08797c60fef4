/*
 * Text in the form of man(7). Every hyphen is written as the one that is
 * typed, since options are copied out of pages; what roff would read as a
 * request or an escape is protected. A paragraph is one line: between two
 * lines roff puts a space, which Japanese has not. Where Japanese may break is
 * marked, since not every roff knows that.
 */
#include <string.h>

#include <shokan/version.h>

#include "cli/japanese.h"
#include "manual/manual.h"

static void roff_byte(FILE *out, char byte)
{
	switch (byte) {
	case '-':
		fputs("\\-", out);
		break;
	case '\\':
		fputs("\\(rs", out);
		break;
	case '\'':
		fputs("\\(aq", out);
		break;
	case '`':
		fputs("\\(ga", out);
		break;
	case '^':
		fputs("\\(ha", out);
		break;
	case '~':
		fputs("\\(ti", out);
		break;
	default:
		fputc(byte, out);
	}
}

/* One character, at text[at]; returns the place behind it. */
static size_t roff_character(FILE *out, const char *text, size_t at)
{
	if (((unsigned char)text[at] & 0xf0u) != 0xe0u) {
		roff_byte(out, text[at]);
		return at + 1;
	}
	for (int i = 0; i < 3 && text[at]; i++)
		fputc(text[at++], out);
	if (((unsigned char)text[at] & 0x80u) && cli_japanese_breaks(text, at))
		fputs("\\:", out);
	return at;
}

void roff_inline(FILE *out, const char *text)
{
	if (*text == '.')
		fputs("\\&", out);
	for (size_t at = 0; text[at];)
		at = roff_character(out, text, at);
}

void roff_title(FILE *out, const char *page, enum manual_language language)
{
	fputs(".\\\" Written from the tables of the command; changes here are "
	      "lost.\n.TH \"",
		out);
	for (const char *at = page; *at; at++)
		roff_byte(out, *at >= 'a' && *at <= 'z'
				       ? (char)(*at - 'a' + 'A')
				       : *at);
	fprintf(out, "\" 1 \"\" \"shokan %s\" \"%s\"\n", shk_version(),
		language == MANUAL_JAPANESE ? "shokan の手引き"
					    : "shokan manual");
	/* left-aligned, no word cut: the lines of a terminal are short */
	fputs(".ad l\n.nh\n", out);
}

void roff_section(FILE *out, const char *name)
{
	fprintf(out, ".SH %s\n", name);
}

/* Bytes beyond ASCII stand on both sides of text[at], a line's end. */
static bool roff_joins(const char *text, size_t at)
{
	return at > 0 && ((unsigned char)text[at - 1] & 0x80u) &&
	       ((unsigned char)text[at + 1] & 0x80u);
}

/* Write the end of a line at `text`; returns the last byte of it. */
static const char *roff_line_end(FILE *out, const char *text, bool joins)
{
	if (text[1] == '\n') {
		fputs("\n.PP\n", out);
		while (text[1] == '\n')
			text++;
	} else if (text[1] && !joins) {
		fputc(' ', out);
	}
	return text;
}

void roff_text(FILE *out, const char *text)
{
	bool begins = true;

	for (size_t i = 0; text[i];) {
		if (text[i] == '\n') {
			const char *end = roff_line_end(
				out, text + i, roff_joins(text, i));

			i = (size_t)(end - text) + 1;
			begins = true;
			continue;
		}
		if (begins && text[i] == '.')
			fputs("\\&", out);
		begins = false;
		i = roff_character(out, text, i);
	}
	fputc('\n', out);
}

void roff_sentence(FILE *out, const char *text, enum manual_language language)
{
	size_t size = strlen(text);
	size_t word = strcspn(text, " :,");

	if (language == MANUAL_JAPANESE) {
		roff_inline(out, text);
		fputs("。", out);
		return;
	}
	/* "show: ..." names a word that is typed */
	if (text[0] >= 'a' && text[0] <= 'z' && text[word] == ' ') {
		fputc(text[0] - 'a' + 'A', out);
		text++;
		size--;
	}
	roff_inline(out, text);
	if (size && text[size - 1] != '.')
		fputc('.', out);
}

void roff_item(FILE *out, const char *name, const char *argument)
{
	fputs(".TP\n\\fB", out);
	roff_inline(out, name);
	fputs("\\fR", out);
	if (argument) {
		fputs(" \\fI", out);
		roff_inline(out, argument);
		fputs("\\fR", out);
	}
	fputc('\n', out);
}

void roff_typed(FILE *out, const char *line)
{
	fputs(".PP\n.RS 4\n.nf\n\\fB", out);
	roff_inline(out, line); /* an end of line is one here */
	fputs("\\fR\n.fi\n.RE\n", out);
}
