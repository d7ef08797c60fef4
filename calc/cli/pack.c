/*
 * `shokan rules pack FILE`, `keygen FILE`, `sign FILE --key SECRET` and
 * `verify FILE [--key PUBLIC]`. A pack is written complete or not at all;
 * signing replaces it unless --output names another file. `verify` without a
 * file is left for checking the quotes of the sources.
 */
#include <string.h>

#include "cli/message.h"
#include "cli/pack.h"
#include "cli/session.h"

/* A library's failure over a pack: a ceiling is the pack's fault. */
static enum cli_exit pack_failed(const shk_diag *diag)
{
	enum cli_exit status = cli_complain_diag(diag);

	return diag->code == SHK_E_LIMIT ? CLI_RULES : status;
}

/* Give the file to `write` and put it in place when that went well. */
static enum cli_exit pack_put(
	struct cli_output *output, enum shk_code code, const shk_diag *diag)
{
	enum cli_exit status = CLI_DONE;

	if (code != SHK_OK)
		status = pack_failed(diag);
	else
		status = cli_output_commit(output);
	cli_output_abort(output);
	return status;
}

enum cli_exit cli_pack_make(const struct cli_arguments *arguments)
{
	struct cli_output output;
	shk_diag diag = { 0 };
	enum cli_exit status;

	if (arguments->given[OPT_OUTPUT]) {
		cli_complain("rules pack writes the file that it names; no "
			     "--output");
		return CLI_USAGE;
	}
	status = cli_output_open(&output, arguments->words[1], false);
	if (status != CLI_DONE)
		return status;
	return pack_put(&output,
		shk_rulebook_pack(cli_rules_folder(arguments),
			cli_output_sink(&output), &diag),
		&diag);
}

enum cli_exit cli_pack_keygen(const struct cli_arguments *arguments)
{
	shk_diag diag = { 0 };

	if (shk_rulebook_keygen(arguments->words[1], &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	return CLI_DONE;
}

enum cli_exit cli_pack_sign(const struct cli_arguments *arguments)
{
	const char *path = arguments->words[1];
	struct cli_output output;
	shk_diag diag = { 0 };
	enum cli_exit status;

	if (!arguments->given[OPT_KEY]) {
		cli_complain("rules sign needs --key FILE, the secret key");
		return CLI_USAGE;
	}
	status = cli_output_open(&output,
		arguments->given[OPT_OUTPUT] ? arguments->value[OPT_OUTPUT]
					     : path,
		false);
	if (status != CLI_DONE)
		return status;
	return pack_put(&output,
		shk_rulebook_sign(path, arguments->value[OPT_KEY],
			cli_output_sink(&output), &diag),
		&diag);
}

enum cli_exit cli_pack_verify(const struct cli_arguments *arguments)
{
	const char *key = arguments->given[OPT_KEY] ? arguments->value[OPT_KEY]
						    : cli_rules_key(arguments);
	struct cli_output output;
	shk_diag diag = { 0 };
	shk_pack pack;
	enum cli_exit status;

	if (shk_rulebook_verify(arguments->words[1], key, &pack, &diag) !=
		SHK_OK)
		return pack_failed(&diag);
	status = cli_output_open(&output, arguments->value[OPT_OUTPUT], false);
	if (status != CLI_DONE)
		return status;
	fprintf(output.stream, "rulebook %s\nfiles %zu\n", pack.hash,
		pack.files);
	if (!pack.key[0])
		fputs("not signed\n", output.stream);
	else
		fprintf(output.stream, "signed with %s%s\n", pack.key,
			key ? "" : " (no --key: not compared)");
	return pack_put(&output, SHK_OK, &diag);
}
