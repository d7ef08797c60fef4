/*
 * The completion of fish: a line for each option of each command, with what
 * the help says of it.
 */
#include <string.h>

#include "manual/manual.h"

static const char fish_head[] =
	"# Completion of shokan for fish; written from the tables of the"
	" command.\n"
	"\n"
	"# The command of the line is $argv[1], behind it the verb $argv[2..]\n"
	"function __shokan_in\n"
	"    set -l words (commandline -opc)\n"
	"    test (count $words) -ge 2; and test $words[2] = $argv[1]; or"
	" return 1\n"
	"    test (count $argv) -eq 1; and return 0\n"
	"    if test $argv[2] = ''\n"
	"        test (count $words) -eq 2\n"
	"    else\n"
	"        test (count $words) -ge 3; and test $words[3] = $argv[2]\n"
	"    end\n"
	"end\n"
	"\n"
	"function __shokan_rules\n"
	"    set -l words (commandline -opc)\n"
	"    set -l at (contains -i -- --rules $words)\n"
	"    if test -n \"$at\"; and test (count $words) -gt $at\n"
	"        echo $words[(math $at + 1)]\n"
	"    else\n"
	"        string match -r -- '^--rules=(.*)' $words | string replace --"
	" --rules= '' | head -n 1\n"
	"    end\n"
	"end\n"
	"\n"
	"# revisions, decisions or fields, one a line\n"
	"function __shokan_ask\n"
	"    set -l rules (__shokan_rules)\n"
	"    test -z \"$rules\"; and set rules $SHOKAN_RULES\n"
	"    if test $argv[1] = fields\n"
	"        test -z \"$rules\"; and set rules " SHOKAN_RULES_INSTALLED "\n"
	"        sed -n 's/.*<field name=\"\\\\([a-z0-9_]*\\\\)\".*/\\\\1/p'"
	" $rules/fields.xml 2>/dev/null\n"
	"        return\n"
	"    end\n"
	"    set -l command (commandline -opc)[1]\n"
	"    test -n \"$rules\"; and set rules --rules $rules\n"
	"    $command rules list --lang en $rules 2>/dev/null |"
	" awk -v what=$argv[1] '\n"
	"        !NF { if (what == \"revisions\") exit }\n"
	"        what == \"revisions\" { print $1 }\n"
	"        what == \"decisions\" && $1 ~ /^[0-9]/ { print $2 }'\n"
	"end\n"
	"\n"
	"function __shokan_list\n"
	"    set -l before (string match -r -- '^(?:--[a-z-]*=)?(.*,)?'"
	" (commandline -ct))[2]\n"
	"    __shokan_ask $argv[1] | string replace -r '^' -- \"$before\"\n"
	"end\n"
	"\n"
	"function __shokan_assignment\n"
	"    __shokan_ask fields | string replace -r '$' =\n"
	"end\n"
	"\n"
	"complete -c shokan -f\n"
	"complete -c shokan -n __fish_use_subcommand -l help -d 'the"
	" commands'\n"
	"complete -c shokan -n __fish_use_subcommand -l version -d 'the version"
	" of this program'\n";

static void fish_quote(FILE *out, const char *text)
{
	fputc('\'', out);
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			fputc('\\', out);
		fputc(*text, out);
	}
	fputc('\'', out);
}

static void fish_offer(
	FILE *out, enum complete_kind kind, enum cli_option option)
{
	static const char *const offers[] = {
		[COMPLETE_NOTHING] = " -x",
		[COMPLETE_FILES] = " -r -F",
		[COMPLETE_FOLDERS] = " -x -a '(__fish_complete_directories)'",
		[COMPLETE_REVISION] = " -x -a '(__shokan_ask revisions)'",
		[COMPLETE_REVISIONS] = " -x -a '(__shokan_list revisions)'",
		[COMPLETE_DECISION] = " -x -a '(__shokan_ask decisions)'",
		[COMPLETE_DECISIONS] = " -x -a '(__shokan_list decisions)'",
		[COMPLETE_FIELD] = " -x -a '(__shokan_ask fields)'",
		[COMPLETE_ASSIGNMENT] = " -x -a '(__shokan_assignment)'",
	};

	if (kind == COMPLETE_CHOICES) {
		fputs(" -x -a '", out);
		for (const char *at = complete_choices(option); *at; at++)
			fputc(*at == '|' ? ' ' : *at, out);
		fputc('\'', out);
	} else if (kind == COMPLETE_COMMANDS) {
		fputs(" -x -a '", out);
		for (size_t i = 0; i < cli_command_count; i++)
			fprintf(out, "%s ", cli_commands[i].name);
		fputc('\'', out);
	} else {
		fputs(offers[kind], out);
	}
}

/* A word that is no option: fish takes -F without -r as well. */
static void fish_word(FILE *out, const char *command, const char *verb,
	enum complete_kind kind)
{
	if (kind == COMPLETE_NOTHING)
		return;
	fprintf(out, "complete -c shokan -n '__shokan_in %s%s%s'", command,
		verb ? " " : "", verb ? verb : "");
	if (kind == COMPLETE_FILES)
		fputs(" -F", out);
	else
		fish_offer(out, kind, OPT_HELP);
	fputc('\n', out);
}

static void fish_words(FILE *out, const struct cli_command *command)
{
	struct complete_verbs verbs;

	complete_verbs(&verbs, command);
	if (verbs.count == 0)
		fish_word(out, command->name, NULL, complete_words(command));
	else
		fprintf(out, "complete -c shokan -n '__shokan_in %s \"\"' -a '",
			command->name);
	complete_verb_words(out, &verbs);
	if (verbs.count > 0)
		fputs("'\n", out);
	for (size_t i = 0; i < verbs.count; i++)
		fish_word(out, command->name, verbs.items[i].word,
			verbs.items[i].kind);
}

void complete_fish(FILE *out)
{
	fputs(fish_head, out);
	for (size_t i = 0; i < cli_command_count; i++) {
		fprintf(out,
			"complete -c shokan -n __fish_use_subcommand -a %s "
			"-d ",
			cli_commands[i].name);
		fish_quote(out, cli_commands[i].summary);
		fputc('\n', out);
	}
	for (size_t i = 0; i < cli_command_count; i++) {
		for (int j = 0; j < CLI_OPTION_COUNT; j++) {
			const struct cli_option_row *row = &cli_options[j];

			if (!(row->commands & cli_commands[i].bit))
				continue;
			fprintf(out,
				"complete -c shokan -n '__shokan_in %s' -l %s",
				cli_commands[i].name, row->name);
			if (row->argument)
				fish_offer(out,
					complete_option((enum cli_option)j),
					(enum cli_option)j);
			fputs(" -d ", out);
			fish_quote(out, row->help);
			fputc('\n', out);
		}
		fish_words(out, &cli_commands[i]);
	}
}
