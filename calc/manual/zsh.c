/*
 * The completion of zsh: a case for each command that gives _arguments the
 * options with what the help says of them, and what completes their values.
 * A space before a function's name keeps _arguments from adding words to it.
 */
#include <string.h>

#include "manual/manual.h"

static const char zsh_head[] =
	"#compdef shokan\n"
	"# Completion of shokan for zsh; written from the tables of the"
	" command.\n"
	"\n"
	"# revisions, decisions or fields, one a line\n"
	"_shokan_ask() {\n"
	"  local rules=${opt_args[--rules]:-$SHOKAN_RULES}\n"
	"  if [[ $1 == fields ]]; then\n"
	"    sed -n 's/.*<field name=\"\\([a-z0-9_]*\\)\".*/\\1/p' \\\n"
	"      ${rules:-" SHOKAN_RULES_INSTALLED "}/fields.xml 2>/dev/null\n"
	"    return\n"
	"  fi\n"
	"  ${(e)service_word:-shokan} rules list --lang en"
	" ${rules:+--rules} $rules 2>/dev/null |\n"
	"    awk -v what=$1 '!NF { if (what == \"revisions\") exit }\n"
	"      what == \"revisions\" { print $1 }\n"
	"      what == \"decisions\" && $1 ~ /^[0-9]/ { print $2 }'\n"
	"}\n"
	"\n"
	"_shokan_words() { # KIND\n"
	"  local -a words_of\n"
	"  words_of=(${(f)\"$(_shokan_ask $1)\"})\n"
	"  compadd -a words_of\n"
	"}\n"
	"\n"
	"_shokan_list() { # KIND, the words behind the last comma\n"
	"  local -a words_of\n"
	"  words_of=(${(f)\"$(_shokan_ask $1)\"})\n"
	"  compset -P '*,'\n"
	"  compadd -qS , -a words_of\n"
	"}\n"
	"\n"
	"_shokan_assignment() {\n"
	"  local -a words_of\n"
	"  words_of=(${(f)\"$(_shokan_ask fields)\"})\n"
	"  compadd -qS = -a words_of\n"
	"}\n"
	"\n"
	"_shokan() {\n"
	"  local curcontext=$curcontext state line\n"
	"  local service_word=$words[1]\n"
	"  typeset -A opt_args\n"
	"  local -a commands\n"
	"  commands=(\n";

/* Inside single quotes of zsh; brackets and colons mean something there. */
static void zsh_quote(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\'')
			fputs("'\\''", out);
		else if (strchr("[]:\\", *text))
			fprintf(out, "\\%c", *text);
		else
			fputc(*text, out);
	}
}

static void zsh_offer(
	FILE *out, enum complete_kind kind, enum cli_option option)
{
	static const char *const offers[] = {
		[COMPLETE_NOTHING] = " ",
		[COMPLETE_FILES] = "_files",
		[COMPLETE_FOLDERS] = "_files -/",
		[COMPLETE_REVISION] = " _shokan_words revisions",
		[COMPLETE_REVISIONS] = " _shokan_list revisions",
		[COMPLETE_DECISION] = " _shokan_words decisions",
		[COMPLETE_DECISIONS] = " _shokan_list decisions",
		[COMPLETE_FIELD] = " _shokan_words fields",
		[COMPLETE_ASSIGNMENT] = " _shokan_assignment",
		[COMPLETE_COMMANDS] = "( )",
	};

	if (kind != COMPLETE_CHOICES) {
		fputs(offers[kind], out);
		return;
	}
	fputc('(', out);
	for (const char *at = complete_choices(option); *at; at++)
		fputc(*at == '|' ? ' ' : *at, out);
	fputc(')', out);
}

static void zsh_option(FILE *out, enum cli_option option)
{
	const struct cli_option_row *row = &cli_options[option];
	bool repeats = option == OPT_SET || option == OPT_VARY;

	fprintf(out, "          '%s--%s%s[", repeats ? "*" : "", row->name,
		row->argument ? "=" : "");
	zsh_quote(out, row->help);
	fputc(']', out);
	if (row->argument) {
		fputc(':', out);
		zsh_quote(out, row->argument);
		fputc(':', out);
		zsh_offer(out, complete_option(option), option);
	}
	fputs("' \\\n", out);
}

/* "*::words" would hide the verb: a case of its own says what is behind. */
static void zsh_words(FILE *out, const struct cli_command *command)
{
	struct complete_verbs verbs;

	complete_verbs(&verbs, command);
	if (verbs.count == 0) {
		fputs("          '*:argument:", out);
		if (complete_words(command) == COMPLETE_COMMANDS)
			fputs("(${commands%%:*})", out);
		else
			zsh_offer(out, complete_words(command), OPT_HELP);
		fputs("' && return\n", out);
		return;
	}
	fputs("          '1:what:(", out);
	complete_verb_words(out, &verbs);
	fputs(")' '*:argument:->behind' && return\n"
	      "        case $line[1] in\n",
		out);
	complete_verb_cases(out, &verbs, "          ", zsh_offer);
	fputs("        esac\n", out);
}

void complete_zsh(FILE *out)
{
	fputs(zsh_head, out);
	for (size_t i = 0; i < cli_command_count; i++) {
		fprintf(out, "    '%s:", cli_commands[i].name);
		zsh_quote(out, cli_commands[i].summary);
		fputs("'\n", out);
	}
	fputs("  )\n"
	      "  _arguments -C '(- *)--help[the commands]' \\\n"
	      "    '(- *)--version[the version of this program]' \\\n"
	      "    '1:command:->command' '*::argument:->argument' && return\n"
	      "  case $state in\n"
	      "    command) _describe command commands ;;\n"
	      "    argument)\n"
	      "      case $words[1] in\n",
		out);
	for (size_t i = 0; i < cli_command_count; i++) {
		fprintf(out, "        %s) _arguments \\\n",
			cli_commands[i].name);
		for (int option = 0; option < CLI_OPTION_COUNT; option++)
			if (cli_options[option].commands & cli_commands[i].bit)
				zsh_option(out, (enum cli_option)option);
		zsh_words(out, &cli_commands[i]);
		fputs("        ;;\n", out);
	}
	fputs("      esac ;;\n  esac\n}\n\n"
	      "if [[ $funcstack[1] == _shokan ]]; then\n"
	      "  _shokan \"$@\"\n"
	      "else\n"
	      "  compdef _shokan shokan\n"
	      "fi\n",
		out);
}
