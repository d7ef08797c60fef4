/*
 * `shokan help`, `--help` of every command, and `--version`: all printed from
 * the tables of commands, options and exit statuses, in the language of the
 * locale.
 */
#include <stdio.h>
#include <string.h>

#include <shokan/version.h>

#include "cli/command.h"
#include "cli/japanese.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/session.h"

#define HELP_COLUMN 25 /* where the words of an option begin */
#define HELP_WIDTH  80

const struct cli_exit_row cli_exits[] = {
	{ CLI_DONE, "done" },
	{ CLI_FINDINGS, "findings: --strict, a comparison, --baseline" },
	{ CLI_USAGE, "wrong use of the command" },
	{ CLI_RULES, "a rule or policy file is wrong" },
	{ CLI_INPUT, "an input record or file is wrong" },
	{ CLI_IO, "a file cannot be opened, read or written" },
	{ CLI_INTERNAL, "internal error" },
};

const size_t cli_exit_count = sizeof(cli_exits) / sizeof(cli_exits[0]);

struct help_words {
	const char *usage, *about, *commands, *more, *options, *exits;
};

/* by enum shk_language */
static const struct help_words help_words[] = {
	[SHK_ENGLISH] = { "Usage:",
		"What Japan's health insurance pays for a medical device, "
		"under "
		"which rule, as of\nwhich day, with the proof.\n",
		"Commands:",
		"shokan COMMAND --help shows the options of a command.",
		"Options:", "Exit status:" },
	[SHK_JAPANESE] = { "書式:",
		"日本の医療保険が医療機器にいくら支払うか、どの規則に、どの日に"
		"よるかを、証明とと\nもに答える。\n",
		"コマンド:",
		"shokan COMMAND --help はコマンドのオプションを示す。",
		"オプション:", "終了ステータス:" },
};

/*
 * Bytes from `text` that stay on one line, and the columns they take; a space
 * stands for itself.
 */
static size_t help_piece(const char *text, int *width)
{
	size_t size = 0;

	*width = *text == ' ';
	if (*text == ' ')
		return 1;
	do {
		bool wide = ((unsigned char)text[size] & 0xf0u) == 0xe0u;

		for (int i = 0; i < (wide ? 3 : 1) && text[size]; i++)
			size++;
		*width += wide ? 2 : 1;
	} while (text[size] && !strchr(" \n", text[size]) &&
		 !cli_japanese_breaks(text, size));
	return size;
}

/*
 * Japanese text, whose lines are not laid out: from the column `at` on, its
 * further lines at `indent`. A blank line of it stays.
 */
static void help_flow(FILE *stream, const char *text, int at, int indent)
{
	while (*text) {
		int width;
		size_t size = help_piece(text, &width);

		if (*text == '\n') {
			if (text[1])
				fputs("\n\n", stream);
			text += strspn(text, "\n");
			at = 0;
			continue;
		}
		if (at + width >= HELP_WIDTH && at > indent) {
			fprintf(stream, "\n%*s", indent, "");
			at = indent;
		}
		if (*text != ' ' || at > indent) {
			fwrite(text, 1, size, stream);
			at += width;
		}
		text += size;
	}
	fputc('\n', stream);
}

/* What an option or status is, behind what was written in `width` columns. */
static void help_row(
	FILE *stream, int width, int column, const char *en, const char *ja)
{
	fprintf(stream, "%*s", column - width, "");
	if (ja)
		help_flow(stream, ja, column, column);
	else
		fprintf(stream, "%s\n", en);
}

static void help_options(FILE *stream, const struct cli_command *command,
	enum shk_language language)
{
	fprintf(stream, "\n%s\n", help_words[language].options);
	for (int i = 0; i < CLI_OPTION_COUNT; i++) {
		const struct cli_option_row *row = &cli_options[i];
		int width = 0;

		if (!(row->commands & command->bit))
			continue;
		width = fprintf(stream, "  --%s%s%s", row->name,
			row->argument ? " " : "",
			row->choices	? row->choices
			: row->argument ? row->argument
					: "");
		if (width >= HELP_COLUMN) {
			fputc('\n', stream);
			width = 0;
		}
		help_row(stream, width, HELP_COLUMN, row->help,
			language == SHK_JAPANESE
				? cli_option_japanese((enum cli_option)i)
				: NULL);
	}
}

static void help_commands(FILE *stream, enum shk_language language)
{
	const struct help_words *words = &help_words[language];

	fprintf(stream, "%s shokan COMMAND [OPTION]... [ARGUMENT]...\n%s\n%s\n",
		words->usage, words->about, words->commands);
	for (size_t i = 0; i < cli_command_count; i++) {
		const struct cli_command *command = &cli_commands[i];
		const struct cli_command_japanese *japanese =
			language == SHK_JAPANESE
				? cli_command_japanese(command->name)
				: NULL;

		help_row(stream, fprintf(stream, "  %s", command->name), 12,
			command->summary, japanese ? japanese->summary : NULL);
	}
	fprintf(stream, "\n%s\n", words->more);
}

static void help_command(FILE *stream, const struct cli_command *command,
	enum shk_language language)
{
	const struct cli_command_japanese *japanese =
		language == SHK_JAPANESE ? cli_command_japanese(command->name)
					 : NULL;

	fprintf(stream, "%s shokan %s%s%s\n", help_words[language].usage,
		command->name, command->synopsis[0] ? " " : "",
		command->synopsis);
	if (japanese) {
		fprintf(stream, "%s。\n", japanese->summary);
		if (japanese->text[0]) {
			fputc('\n', stream);
			help_flow(stream, japanese->text, 0, 0);
		}
	} else {
		fprintf(stream, "%c%s.\n",
			(char)(command->summary[0] - 'a' + 'A'),
			command->summary + 1);
		if (command->text[0])
			fprintf(stream, "\n%s", command->text);
	}
	help_options(stream, command, language);
}

enum cli_exit cli_help(const struct cli_command *command)
{
	struct cli_arguments none = { 0 };
	enum shk_language language = cli_language(&none);
	struct cli_output out;
	enum cli_exit status = cli_output_open(&out, NULL, false);

	if (status != CLI_DONE)
		return status;
	if (command)
		help_command(out.stream, command, language);
	else
		help_commands(out.stream, language);
	fprintf(out.stream, "\n%s\n", help_words[language].exits);
	for (size_t i = 0; i < cli_exit_count; i++)
		help_row(out.stream,
			fprintf(out.stream, "  %d", (int)cli_exits[i].status),
			7, cli_exits[i].meaning,
			language == SHK_JAPANESE
				? cli_exit_japanese(cli_exits[i].status)
				: NULL);
	return cli_output_commit(&out);
}

enum cli_exit cmd_help(const struct cli_arguments *arguments)
{
	const struct cli_command *command = NULL;

	if (arguments->word_count > 1) {
		cli_complain("help takes one command");
		return CLI_USAGE;
	}
	if (arguments->word_count == 1) {
		command = cli_command_find(arguments->words[0]);
		if (!command)
			return CLI_USAGE;
	}
	return cli_help(command);
}

enum cli_exit cmd_version(const struct cli_arguments *arguments)
{
	struct cli_output out;
	enum cli_exit status;

	if (arguments->word_count) {
		cli_complain("version takes no argument");
		return CLI_USAGE;
	}
	status = cli_output_open(&out, NULL, false);
	if (status != CLI_DONE)
		return status;
	fprintf(out.stream, "shokan %s\n", shk_version());
	return cli_output_commit(&out);
}
