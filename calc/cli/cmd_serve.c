/*
 * `shokan serve`: the page and the questions over HTTP. Options, the token and
 * who runs it are checked here; everything else is the room serve.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/message.h"
#include "cli/session.h"
#include "serve/serve.h"

#define SERVE_PORT 8431

/* A number of an option up to `most`; `*out` stays when it is not given. */
static enum cli_exit serve_number(const struct cli_arguments *arguments,
	enum cli_option option, unsigned least, unsigned most, unsigned *out)
{
	const char *text = arguments->value[option];
	unsigned number = 0;
	bool wrong = text && !*text;

	if (!text)
		return CLI_DONE;
	for (const char *at = text; *at && !wrong; at++) {
		wrong = *at < '0' || *at > '9';
		number = number * 10 + (unsigned)(*at - '0');
		wrong = wrong || number > most;
	}
	if (wrong || number < least) {
		cli_complain("--%s %s: a number from %u to %u",
			cli_options[option].name, text, least, most);
		return CLI_USAGE;
	}
	*out = number;
	return CLI_DONE;
}

/* Who may read the file may ask the server: only its owner. */
static enum cli_exit serve_token_guarded(FILE *file, const char *path)
{
	struct stat about;

	if (fstat(fileno(file), &about) != 0) {
		cli_complain("%s: cannot be looked at", path);
		return CLI_IO;
	}
	if (about.st_mode & (S_IRWXG | S_IRWXO)) {
		cli_complain(
			"%s: others can read the token; chmod go= it", path);
		return CLI_USAGE;
	}
	return CLI_DONE;
}

/* The first line of the file. */
static enum cli_exit serve_token(const struct cli_arguments *arguments,
	char token[SERVE_TOKEN_MAX + 2], struct serve_options *options)
{
	const char *path = arguments->value[OPT_TOKEN_FILE];
	enum cli_exit status;
	FILE *file;

	if (!path)
		return CLI_DONE;
	file = fopen(path, "r");
	if (!file) {
		cli_complain("%s: the token cannot be read", path);
		return CLI_IO;
	}
	status = serve_token_guarded(file, path);
	if (!fgets(token, SERVE_TOKEN_MAX + 2, file))
		token[0] = '\0';
	token[strcspn(token, "\r\n")] = '\0';
	fclose(file);
	options->token = token;
	return status;
}

static enum cli_exit serve_user(const struct cli_arguments *arguments)
{
	if (geteuid() != 0 || arguments->given[OPT_ALLOW_ROOT])
		return CLI_DONE;
	cli_complain("serve does not run as root: start it as an ordinary "
		     "user, or say --allow-root where there is no other, as in "
		     "a container");
	return CLI_USAGE;
}

static void serve_ready(void *context, const char *url)
{
	(void)context;
	printf("listening on %s\n", url);
	fflush(stdout);
}

static unsigned serve_cores(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	return cores < 2		   ? 2
	       : cores > SERVE_THREADS_MAX ? SERVE_THREADS_MAX
					   : (unsigned)cores;
}

static enum cli_exit serve_options(const struct cli_arguments *arguments,
	char token[SERVE_TOKEN_MAX + 2], struct serve_options *options)
{
	enum cli_exit status = CLI_DONE;

	*options = (struct serve_options){
		.rules = cli_rules_folder(arguments),
		.rules_key = cli_rules_key(arguments),
		.port = SERVE_PORT,
		.listen = arguments->value[OPT_LISTEN],
		.hosts = arguments->value[OPT_HOST],
		.threads = serve_cores(),
		.language = cli_language(arguments),
		.ready = serve_ready,
	};
	if (arguments->word_count > 0) {
		cli_complain(
			"serve takes no FILE: \"%s\"", arguments->words[0]);
		return CLI_USAGE;
	}
	status = serve_user(arguments);
	if (status == CLI_DONE)
		status = serve_number(
			arguments, OPT_PORT, 0, 65535, &options->port);
	if (status == CLI_DONE)
		status = serve_number(arguments, OPT_THREADS, 1,
			SERVE_THREADS_MAX, &options->threads);
	return status == CLI_DONE ? serve_token(arguments, token, options)
				  : status;
}

enum cli_exit cmd_serve(const struct cli_arguments *arguments)
{
	char token[SERVE_TOKEN_MAX + 2] = "";
	struct serve_options options;
	shk_diag diag = { 0 };
	enum cli_exit status = serve_options(arguments, token, &options);

	if (status == CLI_DONE && serve_run(&options, &diag) != SHK_OK)
		status = cli_complain_diag(&diag);
	return status;
}
