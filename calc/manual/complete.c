/*
 * What completes a value: the choices of the option table, else by what the
 * table calls the argument. Revisions and decisions are not listed here: a
 * completion asks the command, so that it offers those of the rules at hand.
 * Verbs such as list or show are read out of a command's synopsis.
 */
#include <string.h>

#include "manual/manual.h"

static const struct {
	const char *argument;
	enum complete_kind kind;
} complete_arguments[] = {
	{ "FILE", COMPLETE_FILES },
	{ "FILE,...", COMPLETE_FILES },
	{ "PATH", COMPLETE_FILES },
	{ "MODEL...", COMPLETE_FILES },
	{ "DIR", COMPLETE_FOLDERS },
	{ "REV", COMPLETE_REVISION },
	{ "REV,REV", COMPLETE_REVISIONS },
	{ "FACT", COMPLETE_FIELD },
	{ "FACT=VALUES", COMPLETE_ASSIGNMENT },
	{ "NAME=VALUE", COMPLETE_ASSIGNMENT },
};

static enum complete_kind complete_argument(const char *argument, size_t size)
{
	size_t count =
		sizeof(complete_arguments) / sizeof(complete_arguments[0]);

	for (size_t i = 0; i < count; i++)
		if (strlen(complete_arguments[i].argument) == size &&
			memcmp(complete_arguments[i].argument, argument,
				size) == 0)
			return complete_arguments[i].kind;
	return COMPLETE_NOTHING;
}

const char *complete_choices(enum cli_option option)
{
	if (option == OPT_MIN_EVIDENCE)
		return "E0|E1|E2|E3|E4|E5";
	return cli_options[option].choices;
}

enum complete_kind complete_option(enum cli_option option)
{
	const char *argument = cli_options[option].argument;

	if (!argument)
		return COMPLETE_NOTHING;
	if (complete_choices(option))
		return COMPLETE_CHOICES;
	switch (option) {
	case OPT_DECISION:
		return COMPLETE_DECISIONS;
	case OPT_FACT:
		return COMPLETE_FIELD;
	default:
		return complete_argument(argument, strlen(argument));
	}
}

enum complete_kind complete_words(const struct cli_command *command)
{
	if (command->bit == CLI_DIFF)
		return COMPLETE_REVISION;
	if (strstr(command->synopsis, "[COMMAND]"))
		return COMPLETE_COMMANDS;
	if (strstr(command->synopsis, "FILE") ||
		strstr(command->synopsis, "A B"))
		return COMPLETE_FILES;
	return COMPLETE_NOTHING;
}

void complete_verb_words(FILE *out, const struct complete_verbs *verbs)
{
	for (size_t i = 0; i < verbs->count; i++)
		fprintf(out, "%s%s", i ? " " : "", verbs->items[i].word);
}

void complete_verb_cases(FILE *out, const struct complete_verbs *verbs,
	const char *indent, complete_offer *offer)
{
	for (size_t i = 0; i < verbs->count; i++) {
		if (verbs->items[i].kind == COMPLETE_NOTHING)
			continue;
		fprintf(out, "%s%s) ", indent, verbs->items[i].word);
		offer(out, verbs->items[i].kind, OPT_HELP);
		fputs(" ;;\n", out);
	}
}

/* Add the verb, or say what stands behind one that is there. */
static void complete_add(struct complete_verbs *out, const char *word,
	size_t size, enum complete_kind kind)
{
	struct complete_verb *verb = NULL;

	if (size == 0)
		return;
	if (size >= MANUAL_WORD_MAX) {
		out->full = true;
		return;
	}
	for (size_t i = 0; i < out->count; i++)
		if (strncmp(out->items[i].word, word, size) == 0 &&
			!out->items[i].word[size])
			verb = &out->items[i];
	if (!verb && out->count == MANUAL_VERBS_MAX) {
		out->full = true;
		return;
	}
	if (!verb) {
		verb = &out->items[out->count++];
		memcpy(verb->word, word, size);
		verb->word[size] = '\0';
		verb->kind = COMPLETE_NOTHING;
	}
	if (kind != COMPLETE_NOTHING)
		verb->kind = kind;
}

/* What a verb takes: the word behind it, up to the bar or the next space. */
static enum complete_kind complete_behind(const char *word)
{
	if (strncmp(word, "NAME", 4) == 0)
		return COMPLETE_DECISION;
	return complete_argument(word, strcspn(word, "| ]"));
}

/* Is FILE what all verbs of the line take? "a|b|c FILE", but "a|b X|c Y". */
static bool complete_of_all(const char *line, size_t size)
{
	size_t words = strcspn(line, " ");

	return words < size && strncmp(line + words, " FILE", 5) == 0;
}

/* "a|b X|c Y [OPTION]..." up to `size` bytes. */
static void complete_line(
	struct complete_verbs *out, const char *line, size_t size)
{
	bool files = complete_of_all(line, size);

	for (size_t at = 0; at < size;) {
		size_t word = strcspn(line + at, "| ]");
		const char *behind = line + at + word;
		enum complete_kind kind =
			files ? COMPLETE_FILES : COMPLETE_NOTHING;

		if (*behind == ' ' && behind[1] >= 'A' && behind[1] <= 'Z')
			kind = complete_behind(behind + 1);
		complete_add(out, line + at, word, kind);
		at += strcspn(line + at, "|\n") + 1;
	}
}

void complete_verbs(
	struct complete_verbs *out, const struct cli_command *command)
{
	const char *line = command->synopsis;

	out->count = 0;
	out->full = false;
	while (*line) {
		size_t size = strcspn(line, "\n");

		if (strncmp(line, "       shokan ", 14) == 0) {
			line += 14;
			size -= 14 + strcspn(line, " ") + 1;
			line += strcspn(line, " ") + 1;
		}
		if (*line == '[') {
			line++;
			size--;
		}
		if (*line >= 'a' && *line <= 'z')
			complete_line(out, line, size);
		line += size;
		if (*line == '\n')
			line++;
	}
}
