/*
 * What the manual pages and the completions of the shells are written from
 * beside the tables of cli/: words, examples, and what completes a value.
 */
#ifndef MANUAL_MANUAL_H
#define MANUAL_MANUAL_H

#include <stdbool.h>
#include <stdio.h>

#include "cli/command.h"

#define MANUAL_VERBS_MAX 32 /* first words of one command, such as list */
#define MANUAL_WORD_MAX	 32 /* bytes of one of them */

enum manual_language { MANUAL_ENGLISH, MANUAL_JAPANESE, MANUAL_LANGUAGES };

/* The same in both languages. */
struct manual_said {
	const char *in[MANUAL_LANGUAGES];
};

struct manual_example {
	const char *page; /* "shokan", "price", "certify" */
	const char *line; /* as typed; lines joined by \\ */
	struct manual_said said;
};

/* A row of ENVIRONMENT or FILES, on the pages of commands with the option. */
struct manual_thing {
	const char *name;
	enum cli_option option;
	struct manual_said said;
};

extern const struct manual_example manual_examples[];
extern const size_t manual_example_count;
extern const struct manual_thing manual_environment[];
extern const size_t manual_environment_count;
extern const struct manual_thing manual_files[];
extern const size_t manual_file_count;

/* roff.c: text in the form of man(7), in whole lines where not said. */
void roff_title(FILE *out, const char *page, enum manual_language language);
void roff_section(FILE *out, const char *name);
/* Paragraphs of `text`, which a blank line separates. */
void roff_text(FILE *out, const char *text);
/* `text` as a sentence, a capital first, a full stop last; ends no line. */
void roff_sentence(FILE *out, const char *text, enum manual_language language);
/* An item of a list: `name` bold, `argument` behind it in italics. */
void roff_item(FILE *out, const char *name, const char *argument);
/* Lines that are typed. */
void roff_typed(FILE *out, const char *line);
/* The bytes of `text` within a line. */
void roff_inline(FILE *out, const char *text);

/* page.c */
void page_shokan(FILE *out, enum manual_language language);
void page_command(FILE *out, const struct cli_command *command,
	enum manual_language language);
/* certify.c */
void page_certify(FILE *out, enum manual_language language);
/* Parts that pages share. */
void page_exits(FILE *out, enum manual_language language);
void page_things(FILE *out, enum manual_language language, unsigned commands,
	bool files);
void page_examples(FILE *out, const char *page, enum manual_language language);
const char *page_heading(const char *english, enum manual_language language);
/* A command that has a page of its own; help and version have not. */
bool page_is(const struct cli_command *command);

/* What a shell offers for a value. */
enum complete_kind {
	COMPLETE_NOTHING,
	COMPLETE_CHOICES, /* the words of complete_choices */
	COMPLETE_FILES,
	COMPLETE_FOLDERS,
	COMPLETE_REVISION,
	COMPLETE_REVISIONS, /* with commas */
	COMPLETE_DECISION,
	COMPLETE_DECISIONS, /* with commas */
	COMPLETE_FIELD,
	COMPLETE_ASSIGNMENT, /* a field and = */
	COMPLETE_COMMANDS
};

struct complete_verb {
	char word[MANUAL_WORD_MAX];
	enum complete_kind kind; /* of the words behind it */
};

struct complete_verbs {
	struct complete_verb items[MANUAL_VERBS_MAX];
	size_t count;
	bool full; /* one had no room */
};

enum complete_kind complete_option(enum cli_option option);
/* The words behind the command's name where they are no verbs. */
enum complete_kind complete_words(const struct cli_command *command);
/* "a|b|c" of an option of the kind COMPLETE_CHOICES. */
const char *complete_choices(enum cli_option option);
/* The verbs that the synopsis names; count 0: the command has none. */
void complete_verbs(
	struct complete_verbs *out, const struct cli_command *command);

/* The verbs, with a space between them. */
void complete_verb_words(FILE *out, const struct complete_verbs *verbs);
/* What a shell's own words offer for a value. */
typedef void complete_offer(
	FILE *out, enum complete_kind kind, enum cli_option option);
/* `list) OFFER ;;`: the cases of a shell for what stands behind a verb. */
void complete_verb_cases(FILE *out, const struct complete_verbs *verbs,
	const char *indent, complete_offer *offer);

void complete_bash(FILE *out);
void complete_zsh(FILE *out);
void complete_fish(FILE *out);

#endif
