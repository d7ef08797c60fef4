/*
 * Any bytes as a command line: words with a NUL behind each, the first byte
 * for the command. What is accepted are options of that command, with one of
 * their choices, and words that were given; what is refused is wrong use.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/options.h"
#include "fuzz/target.h"

#define WORDS_MAX 64

/* Standard error is where a command complains; it is away meanwhile. */
static int complain_nowhere(void)
{
	int kept = dup(STDERR_FILENO);
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (kept < 0 || nowhere < 0 || dup2(nowhere, STDERR_FILENO) < 0)
		fuzz_fail("cannot be silent");
	close(nowhere);
	return kept;
}

static void complain_again(int kept)
{
	dup2(kept, STDERR_FILENO);
	close(kept);
}

static size_t choices(const char *text)
{
	size_t count = 1;

	for (; *text; text++)
		count += *text == '|';
	return count;
}

static void check_option(
	const struct cli_arguments *arguments, unsigned bit, size_t i)
{
	const struct cli_option_row *row = &cli_options[i];

	if (!arguments->given[i])
		return;
	if (!(row->commands & bit))
		fuzz_fail("--%s is none of the command", row->name);
	if (row->argument && !arguments->value[i] && i != OPT_SET &&
		i != OPT_VARY)
		fuzz_fail("--%s without its argument", row->name);
	if (row->choices &&
		(arguments->choice[i] < 0 ||
			(size_t)arguments->choice[i] >= choices(row->choices)))
		fuzz_fail("--%s is choice %d", row->name, arguments->choice[i]);
}

static void parse(const struct cli_command *command, char **words, int count)
{
	static struct cli_arguments arguments;
	char *given[WORDS_MAX];
	int kept = complain_nowhere();
	enum cli_exit status;

	memcpy(given, words, (size_t)count * sizeof(*given));
	status = cli_options_parse(
		&arguments, command->bit, command->name, count, words);
	complain_again(kept);
	if (status == CLI_USAGE)
		return;
	if (status != CLI_DONE)
		fuzz_fail("status %d", (int)status);
	for (size_t i = 0; i < CLI_OPTION_COUNT; i++)
		check_option(&arguments, command->bit, i);
	for (size_t i = 0; i < arguments.word_count; i++) {
		int at = 0;

		while (at < count && given[at] != arguments.words[i])
			at++;
		if (at == count)
			fuzz_fail("a word that was not given");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *words[WORDS_MAX + 1] = { NULL };
	int count = 0;
	char *copy;

	if (size == 0)
		return 0;
	copy = malloc(size);
	if (!copy)
		return 0;
	memcpy(copy, data + 1, size - 1);
	copy[size - 1] = '\0';
	for (size_t at = 0; at < size && count < WORDS_MAX;
		at += strlen(copy + at) + 1)
		words[count++] = copy + at;
	parse(&cli_commands[data[0] % cli_command_count], words, count);
	free(copy);
	return 0;
}
