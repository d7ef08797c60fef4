/*
 * `shokan-manual DIR`, run by the build and not installed: writes into DIR,
 * whose folders exist, the manual pages (man1, ja/man1), the completions of
 * bash, zsh and fish, and the examples of the pages for their test.
 */
#include <stdio.h>
#include <string.h>

#include "manual/manual.h"

#define MAIN_PATH_MAX 4096

/* NULL after saying why. */
static FILE *main_open(const char *folder, const char *name)
{
	char path[MAIN_PATH_MAX];
	FILE *out = NULL;
	int size = snprintf(path, sizeof(path), "%s/%s", folder, name);

	if (size > 0 && (size_t)size < sizeof(path))
		out = fopen(path, "w");
	if (!out)
		fprintf(stderr, "shokan-manual: cannot write %s/%s\n", folder,
			name);
	return out;
}

static bool main_close(FILE *out)
{
	bool whole = ferror(out) == 0;

	return fclose(out) == 0 && whole;
}

/* `command` NULL: the program's page, or that of shokan-certify. */
static bool main_page(const char *folder, const struct cli_command *command,
	bool certify, enum manual_language language)
{
	const char *place = language == MANUAL_JAPANESE ? "ja/man1" : "man1";
	char name[128];
	FILE *out;

	snprintf(name, sizeof(name), "%s/shokan%s%s.1", place,
		command || certify ? "-" : "",
		command	  ? command->name
		: certify ? "certify"
			  : "");
	out = main_open(folder, name);
	if (!out)
		return false;
	if (command)
		page_command(out, command, language);
	else if (certify)
		page_certify(out, language);
	else
		page_shokan(out, language);
	return main_close(out);
}

static bool main_pages(const char *folder, enum manual_language language)
{
	bool done = main_page(folder, NULL, false, language) &&
		    main_page(folder, NULL, true, language);

	for (size_t i = 0; done && i < cli_command_count; i++)
		if (page_is(&cli_commands[i]))
			done = main_page(
				folder, &cli_commands[i], false, language);
	return done;
}

/* One line each: where a line goes on behind \\, it is joined. */
static void main_examples(FILE *out)
{
	for (size_t i = 0; i < manual_example_count; i++) {
		fprintf(out, "%s\t", manual_examples[i].page);
		for (const char *at = manual_examples[i].line; *at; at++)
			if (at[0] == '\\' && at[1] == '\n')
				at++;
			else
				fputc(*at, out);
		fputc('\n', out);
	}
}

/* A verb without room would stay out of the completions. */
static bool main_verbs(void)
{
	struct complete_verbs verbs;

	for (size_t i = 0; i < cli_command_count; i++) {
		complete_verbs(&verbs, &cli_commands[i]);
		if (verbs.full) {
			fprintf(stderr,
				"shokan-manual: no room for a verb of "
				"%s\n",
				cli_commands[i].name);
			return false;
		}
	}
	return true;
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*write)(FILE *out);
	} others[] = {
		{ "shokan.bash", complete_bash },
		{ "_shokan", complete_zsh },
		{ "shokan.fish", complete_fish },
		{ "examples.tsv", main_examples },
	};
	bool done;

	if (argc != 2) {
		fprintf(stderr, "Usage: shokan-manual DIR\n");
		return 2;
	}
	done = main_verbs() && main_pages(argv[1], MANUAL_ENGLISH) &&
	       main_pages(argv[1], MANUAL_JAPANESE);
	for (size_t i = 0; done && i < sizeof(others) / sizeof(others[0]);
		i++) {
		FILE *out = main_open(argv[1], others[i].name);

		done = out != NULL;
		if (!done)
			break;
		others[i].write(out);
		done = main_close(out);
	}
	return done ? 0 : 5;
}
