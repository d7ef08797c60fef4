/*
 * The completion of bash: one function with a row for each option of each
 * command. It needs nothing but bash; where bash splits a word at =, it is
 * put together again.
 */
#include <string.h>

#include "manual/manual.h"

static const char bash_head[] =
	"# Completion of shokan for bash; written from the tables of the"
	" command.\n"
	"\n"
	"# The rules that the line names, or the usual ones.\n"
	"__shokan_rules()\n"
	"{\n"
	"\tlocal i\n"
	"\tfor ((i = 1; i + 1 < ${#COMP_WORDS[@]}; i++)); do\n"
	"\t\t[[ ${COMP_WORDS[i]} == --rules ]] || continue\n"
	"\t\t[[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))\n"
	"\t\tprintf '%s' \"${COMP_WORDS[i + 1]/#\\~\\//$HOME/}\"\n"
	"\t\treturn\n"
	"\tdone\n"
	"\tprintf '%s' \"$SHOKAN_RULES\"\n"
	"}\n"
	"\n"
	"# revisions, decisions or fields, one a line\n"
	"__shokan_ask()\n"
	"{\n"
	"\tlocal rules\n"
	"\trules=$(__shokan_rules)\n"
	"\tif [[ $1 == fields ]]; then\n"
	"\t\tsed -n 's/.*<field name=\"\\([a-z0-9_]*\\)\".*/\\1/p' \\\n"
	"\t\t\t\"${rules:-" SHOKAN_RULES_INSTALLED
	"}/fields.xml\" 2>/dev/null\n"
	"\t\treturn\n"
	"\tfi\n"
	"\t\"${COMP_WORDS[0]/#\\~\\//$HOME/}\" rules list --lang en \\\n"
	"\t\t${rules:+--rules \"$rules\"} 2>/dev/null |\n"
	"\t\tawk -v what=\"$1\" '!NF { if (what == \"revisions\") exit }\n"
	"\t\t\twhat == \"revisions\" { print $1 }\n"
	"\t\t\twhat == \"decisions\" && $1 ~ /^[0-9]/ { print $2 }'\n"
	"}\n"
	"\n"
	"__shokan_words()\n"
	"{\n"
	"\tmapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$cur\")\n"
	"}\n"
	"\n"
	"__shokan_list() # the words behind the last comma\n"
	"{\n"
	"\tlocal before=\n"
	"\t[[ $cur == *,* ]] && before=${cur%,*},\n"
	"\tmapfile -t COMPREPLY < <(compgen -P \"$before\" -W \"$1\" -- \\\n"
	"\t\t\"${cur#\"$before\"}\")\n"
	"}\n"
	"\n"
	"__shokan_files() # -f or -d\n"
	"{\n"
	"\tcompopt -o filenames 2>/dev/null\n"
	"\tmapfile -t COMPREPLY < <(compgen \"$1\" -- \"$cur\")\n"
	"}\n"
	"\n"
	"__shokan_assignment()\n"
	"{\n"
	"\tcompopt -o nospace 2>/dev/null\n"
	"\tmapfile -t COMPREPLY < <(compgen -S = -W \"$(__shokan_ask fields)\""
	" \\\n"
	"\t\t-- \"$cur\")\n"
	"}\n"
	"\n"
	"_shokan()\n"
	"{\n"
	"\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD -"
	" 1]}\n"
	"\tlocal command=${COMP_WORDS[1]}\n"
	"\tCOMPREPLY=()\n"
	"\tif ((COMP_CWORD == 1)); then\n"
	"\t\t__shokan_words '";

static const char bash_equals[] = "\tif [[ $cur == = ]]; then\n"
				  "\t\tcur=\n"
				  "\telif [[ $prev == = ]]; then\n"
				  "\t\tprev=${COMP_WORDS[COMP_CWORD - 2]}\n"
				  "\t\t[[ $prev == --* ]] || return\n"
				  "\tfi\n"
				  "\tcase $command$prev in\n";

static void bash_choices(FILE *out, const char *choices)
{
	for (; *choices; choices++)
		fputc(*choices == '|' ? ' ' : *choices, out);
}

static void bash_offer(
	FILE *out, enum complete_kind kind, enum cli_option option)
{
	static const char *const offers[] = {
		[COMPLETE_NOTHING] = ":",
		[COMPLETE_FILES] = "__shokan_files -f",
		[COMPLETE_FOLDERS] = "__shokan_files -d",
		[COMPLETE_REVISION] =
			"__shokan_words \"$(__shokan_ask revisions)\"",
		[COMPLETE_REVISIONS] =
			"__shokan_list \"$(__shokan_ask revisions)\"",
		[COMPLETE_DECISION] =
			"__shokan_words \"$(__shokan_ask decisions)\"",
		[COMPLETE_DECISIONS] =
			"__shokan_list \"$(__shokan_ask decisions)\"",
		[COMPLETE_FIELD] = "__shokan_words \"$(__shokan_ask fields)\"",
		[COMPLETE_ASSIGNMENT] = "__shokan_assignment",
	};

	if (kind == COMPLETE_CHOICES) {
		fputs("__shokan_words '", out);
		bash_choices(out, complete_choices(option));
		fputc('\'', out);
	} else if (kind == COMPLETE_COMMANDS) {
		fputs("__shokan_words '", out);
		for (size_t i = 0; i < cli_command_count; i++)
			fprintf(out, "%s ", cli_commands[i].name);
		fputc('\'', out);
	} else {
		fputs(offers[kind], out);
	}
}

static void bash_values(FILE *out, const struct cli_command *command)
{
	for (int i = 0; i < CLI_OPTION_COUNT; i++) {
		if (!(cli_options[i].commands & command->bit) ||
			!cli_options[i].argument)
			continue;
		fprintf(out, "\t%s--%s) ", command->name, cli_options[i].name);
		bash_offer(out, complete_option((enum cli_option)i),
			(enum cli_option)i);
		fputs("; return ;;\n", out);
	}
}

/* What stands where no option is: verbs, what is behind them, or words. */
static void bash_words(FILE *out, const struct cli_command *command)
{
	struct complete_verbs verbs;

	complete_verbs(&verbs, command);
	fprintf(out, "\t%s)\n", command->name);
	if (verbs.count == 0) {
		fputs("\t\t", out);
		bash_offer(out, complete_words(command), OPT_HELP);
		fputs(" ;;\n", out);
		return;
	}
	fputs("\t\tcase $verb in\n\t\t'') __shokan_words '", out);
	complete_verb_words(out, &verbs);
	fputs("' ;;\n", out);
	complete_verb_cases(out, &verbs, "\t\t", bash_offer);
	fputs("\t\tesac ;;\n", out);
}

static void bash_options(FILE *out, const struct cli_command *command)
{
	fprintf(out, "\t%s-*) __shokan_words '", command->name);
	for (int i = 0; i < CLI_OPTION_COUNT; i++)
		if (cli_options[i].commands & command->bit)
			fprintf(out, "--%s ", cli_options[i].name);
	fputs("'; return ;;\n", out);
}

void complete_bash(FILE *out)
{
	fputs(bash_head, out);
	for (size_t i = 0; i < cli_command_count; i++)
		fprintf(out, "%s ", cli_commands[i].name);
	fputs("--help --version'\n\t\treturn\n\tfi\n", out);
	fputs(bash_equals, out);
	for (size_t i = 0; i < cli_command_count; i++)
		bash_values(out, &cli_commands[i]);
	fputs("\tesac\n\tcase $command$cur in\n", out);
	for (size_t i = 0; i < cli_command_count; i++)
		bash_options(out, &cli_commands[i]);
	fputs("\tesac\n"
	      "\tlocal verb=\n"
	      "\t((COMP_CWORD > 2)) && verb=${COMP_WORDS[2]}\n"
	      "\tcase $command in\n",
		out);
	for (size_t i = 0; i < cli_command_count; i++)
		bash_words(out, &cli_commands[i]);
	fputs("\tesac\n}\n\ncomplete -F _shokan shokan\n", out);
}
