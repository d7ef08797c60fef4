/*
 * The manual pages of the program and of its commands, in English and in
 * Japanese, from the tables of commands, options and exit statuses: what the
 * parser takes is what the page shows.
 */
#include <string.h>

#include "cli/japanese.h"
#include "manual/manual.h"

/* clang-format off */
static const struct manual_said page_headings[] = {
	{ { "NAME", "名前" } },
	{ { "SYNOPSIS", "書式" } },
	{ { "DESCRIPTION", "説明" } },
	{ { "COMMANDS", "コマンド" } },
	{ { "OPTIONS", "オプション" } },
	{ { "EXIT STATUS", "終了ステータス" } },
	{ { "ENVIRONMENT", "環境変数" } },
	{ { "FILES", "ファイル" } },
	{ { "EXAMPLES", "例" } },
	{ { "SEE ALSO", "関連項目" } },
};

static const struct manual_said page_about = { {
	"what Japan's health insurance pays for a medical device",
	"日本の医療保険が医療機器に支払う額を求める" } };

static const struct manual_said page_told = { {
	"What Japan's health insurance pays for a medical device or a test,"
	" under which rule, as of which day, with the proof. The rules are"
	" decision models that name their sources; where the law or the facts"
	" leave an answer open, the output says what is missing and at which"
	" values the answer changes. An option may stand before or behind the"
	" words of a command; --name=VALUE is --name VALUE; -- ends the options"
	"; - is standard input.",
	"日本の医療保険が医療機器や検査にいくら支払うかを、どの規則に、どの日に"
	"よるかと証明とともに答える。規則は出典を示す判断モデルである。法令や事"
	"実から決まらない答えには、何が不足し、どの値で答えが変わるかを示す。オ"
	"プションはコマンドの語の前にも後にも書ける。--name=VALUE は --name"
	" VALUE と同じ。-- でオプションが終わる。- は標準入力。" } };

static const struct manual_said page_one_of = { {
	"One of ", "次のいずれか: " } };
/* clang-format on */

const char *page_heading(const char *english, enum manual_language language)
{
	size_t count = sizeof(page_headings) / sizeof(page_headings[0]);

	for (size_t i = 0; i < count; i++)
		if (strcmp(page_headings[i].in[MANUAL_ENGLISH], english) == 0)
			return page_headings[i].in[language];
	return english;
}

bool page_is(const struct cli_command *command)
{
	return command->bit != CLI_OTHER;
}

static void page_section(
	FILE *out, const char *english, enum manual_language language)
{
	roff_section(out, page_heading(english, language));
}

/* The text of a command in the language; English where there is no other. */
static void page_words(const struct cli_command *command,
	enum manual_language language, const char **summary, const char **text)
{
	const struct cli_command_japanese *japanese =
		cli_command_japanese(command->name);

	*summary = command->summary;
	*text = command->text;
	if (language == MANUAL_JAPANESE && japanese) {
		*summary = japanese->summary;
		*text = japanese->text;
	}
}

/* "One of a, b, c." behind the sentence of an option. */
static void page_choices(
	FILE *out, const char *choices, enum manual_language language)
{
	bool first = true;

	fputs(page_one_of.in[language], out);
	for (size_t size; *choices; choices += size) {
		size = strcspn(choices, "|");
		fprintf(out, "%s\\fB%.*s\\fR", first ? "" : ", ", (int)size,
			choices);
		first = false;
		if (choices[size] == '|')
			size++;
	}
	fputs(language == MANUAL_JAPANESE ? "。" : ".", out);
}

static void page_option(
	FILE *out, enum cli_option option, enum manual_language language)
{
	const struct cli_option_row *row = &cli_options[option];
	const char *help = cli_option_japanese(option);
	char name[64];

	if (language == MANUAL_ENGLISH || !help)
		help = row->help;
	snprintf(name, sizeof(name), "--%s", row->name);
	roff_item(out, name, row->argument);
	if (row->argument && strncmp(help, "of ", 3) == 0) {
		fprintf(out, "\\fI%s\\fR ", row->argument);
		roff_inline(out, help);
		fputc('.', out);
	} else {
		roff_sentence(out, help, language);
	}
	if (row->choices) {
		fputs(language == MANUAL_JAPANESE ? "" : "\n", out);
		page_choices(out, row->choices, language);
	}
	fputc('\n', out);
}

void page_exits(FILE *out, enum manual_language language)
{
	page_section(out, "EXIT STATUS", language);
	for (size_t i = 0; i < cli_exit_count; i++) {
		const char *meaning = cli_exit_japanese(cli_exits[i].status);
		char status[16];

		if (language == MANUAL_ENGLISH || !meaning)
			meaning = cli_exits[i].meaning;
		snprintf(
			status, sizeof(status), "%d", (int)cli_exits[i].status);
		roff_item(out, status, NULL);
		roff_sentence(out, meaning, language);
		fputc('\n', out);
	}
}

void page_things(
	FILE *out, enum manual_language language, unsigned commands, bool files)
{
	const struct manual_thing *things =
		files ? manual_files : manual_environment;
	size_t count = files ? manual_file_count : manual_environment_count;
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		if (!(cli_options[things[i].option].commands & commands))
			continue;
		if (!any)
			page_section(
				out, files ? "FILES" : "ENVIRONMENT", language);
		any = true;
		roff_item(out, things[i].name, NULL);
		roff_sentence(out, things[i].said.in[language], language);
		fputc('\n', out);
	}
}

void page_examples(FILE *out, const char *page, enum manual_language language)
{
	bool any = false;

	for (size_t i = 0; i < manual_example_count; i++) {
		const struct manual_example *example = &manual_examples[i];

		if (strcmp(example->page, page) != 0)
			continue;
		if (!any)
			page_section(out, "EXAMPLES", language);
		else
			fputs(".PP\n", out);
		any = true;
		roff_sentence(out, example->said.in[language], language);
		fputc('\n', out);
		roff_typed(out, example->line);
	}
}

/* The lines of the synopsis; those behind the first repeat the command. */
static void page_synopsis(FILE *out, const struct cli_command *command)
{
	const char *at = command->synopsis;

	for (bool first = true; first || *at; first = false) {
		size_t size = strcspn(at, "\n");
		char line[256];
		const char *words = line;

		snprintf(line, sizeof(line), "%.*s", (int)size, at);
		if (!first) {
			char begin[64];
			const char *behind;

			snprintf(begin, sizeof(begin), "shokan %s ",
				command->name);
			behind = strstr(line, begin);
			words = behind ? behind + strlen(begin) : line;
			fputs(".br\n", out);
		}
		fputs("\\fBshokan ", out);
		roff_inline(out, command->name);
		fputs("\\fR ", out);
		roff_inline(out, words);
		fputc('\n', out);
		at += size;
		if (*at == '\n')
			at++;
	}
}

static void page_also(FILE *out, const char *own, enum manual_language language)
{
	page_section(out, "SEE ALSO", language);
	if (strcmp(own, "shokan") != 0)
		fputs("\\fBshokan\\fR(1),\n", out);
	for (size_t i = 0; i < cli_command_count; i++) {
		const struct cli_command *command = &cli_commands[i];

		if (!page_is(command) || strcmp(command->name, own) == 0)
			continue;
		fputs("\\fBshokan\\-", out);
		roff_inline(out, command->name);
		fputs("\\fR(1),\n", out);
	}
	fputs("\\fBshokan\\-certify\\fR(1)\n", out);
}

void page_shokan(FILE *out, enum manual_language language)
{
	roff_title(out, "shokan", language);
	page_section(out, "NAME", language);
	fputs("shokan \\- ", out);
	roff_text(out, page_about.in[language]);
	page_section(out, "SYNOPSIS", language);
	fputs("\\fBshokan\\fR \\fICOMMAND\\fR [OPTION]... [ARGUMENT]...\n"
	      ".br\n\\fBshokan\\fR \\fB\\-\\-help\\fR | "
	      "\\fB\\-\\-version\\fR\n",
		out);
	page_section(out, "DESCRIPTION", language);
	roff_text(out, page_told.in[language]);
	page_section(out, "COMMANDS", language);
	for (size_t i = 0; i < cli_command_count; i++) {
		const char *summary;
		const char *text;

		page_words(&cli_commands[i], language, &summary, &text);
		roff_item(out, cli_commands[i].name, NULL);
		roff_sentence(out, summary, language);
		fputc('\n', out);
	}
	page_exits(out, language);
	page_things(out, language, CLI_ALL, false);
	page_things(out, language, CLI_ALL, true);
	page_examples(out, "shokan", language);
	page_also(out, "shokan", language);
}

void page_command(FILE *out, const struct cli_command *command,
	enum manual_language language)
{
	char title[64];
	const char *summary;
	const char *text;

	page_words(command, language, &summary, &text);
	snprintf(title, sizeof(title), "shokan-%s", command->name);
	roff_title(out, title, language);
	page_section(out, "NAME", language);
	roff_inline(out, title);
	fputs(" \\- ", out);
	roff_text(out, summary);
	page_section(out, "SYNOPSIS", language);
	page_synopsis(out, command);
	page_section(out, "DESCRIPTION", language);
	roff_text(out, text[0] ? text : summary);
	page_section(out, "OPTIONS", language);
	for (int i = 0; i < CLI_OPTION_COUNT; i++)
		if (cli_options[i].commands & command->bit)
			page_option(out, (enum cli_option)i, language);
	page_exits(out, language);
	page_things(out, language, command->bit, false);
	page_things(out, language, command->bit, true);
	page_examples(out, command->name, language);
	page_also(out, command->name, language);
}
