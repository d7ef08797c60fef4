/*
 * `shokan rules`: the list of decisions, one decision, or the sources; the
 * check of the tables (rules_check.c), the pages (rules_html.c), and making,
 * signing and checking packs (pack.c).
 */
#include <string.h>

#include "cli/command.h"
#include "cli/message.h"
#include "cli/pack.h"
#include "cli/rules_check.h"
#include "cli/rules_html.h"
#include "cli/rules_verify.h"
#include "cli/session.h"

enum rules_topic {
	RULES_LIST,
	RULES_SHOW,
	RULES_SOURCES,
	RULES_CHECK,
	RULES_PACK,
	RULES_KEYGEN,
	RULES_SIGN,
	RULES_VERIFY,
	RULES_HASH,
	RULES_HTML,
	RULES_NONE
};

/* A pack is held against its signature, a rulebook against its quotes. */
static enum cli_exit rules_verify(const struct cli_arguments *arguments)
{
	return arguments->word_count == 2 ? cli_pack_verify(arguments)
					  : cli_rules_verify(arguments);
}

/* clang-format off */
static const struct {
	const char *name;
	const char *needs; /* a word behind it, or NULL */
	bool may_lack_it;
	enum cli_exit (*run)(const struct cli_arguments *arguments);
} rules_topics[] = {
	[RULES_LIST] = { "list", NULL, false, NULL },
	[RULES_SHOW] = { "show", "one decision name", false, NULL },
	[RULES_SOURCES] = { "sources", NULL, false, NULL },
	[RULES_CHECK] = { "check", NULL, false, cli_rules_check },
	[RULES_PACK] = { "pack", "the file to write", false, cli_pack_make },
	[RULES_KEYGEN] = { "keygen", "the file of the secret key", false,
		cli_pack_keygen },
	[RULES_SIGN] = { "sign", "a pack", false, cli_pack_sign },
	[RULES_VERIFY] = { "verify", "one pack, or none", true, rules_verify },
	[RULES_HASH] = { "hash-quotes", NULL, false, cli_rules_hash },
	[RULES_HTML] = { "html", "the folder to write", false, cli_rules_html },
};
/* clang-format on */

static enum rules_topic rules_topic_find(const char *name)
{
	const char *names[RULES_NONE];
	const char *nearest;

	for (int i = 0; i < RULES_NONE; i++) {
		names[i] = rules_topics[i].name;
		if (strcmp(names[i], name) == 0)
			return (enum rules_topic)i;
	}
	nearest = cli_nearest(name, names, RULES_NONE);
	if (nearest)
		cli_complain("rules has no %s; did you mean rules %s?", name,
			nearest);
	else
		cli_complain("rules has no %s; see shokan rules --help", name);
	return RULES_NONE;
}

/* --format and --corpus, of what is looked for in a rulebook. */
static enum cli_exit rules_formats(
	const struct cli_arguments *arguments, enum rules_topic topic)
{
	bool quotes = topic == RULES_VERIFY && arguments->word_count == 1;

	if (topic != RULES_CHECK && !quotes &&
		arguments->given[OPT_RULES_FORMAT]) {
		cli_complain("--format belongs to rules check and to rules "
			     "verify without a file");
		return CLI_USAGE;
	}
	if (quotes && arguments->choice[OPT_RULES_FORMAT] == 2) {
		cli_complain("rules verify has no --format csv; text or json");
		return CLI_USAGE;
	}
	if (!quotes && arguments->given[OPT_CORPUS]) {
		cli_complain("--corpus belongs to rules verify without a file");
		return CLI_USAGE;
	}
	return CLI_DONE;
}

/* Options that only some of the topics take. */
static enum cli_exit rules_options(
	const struct cli_arguments *arguments, enum rules_topic topic)
{
	bool packed = arguments->word_count == 2;
	bool keyed = topic == RULES_SIGN || (topic == RULES_VERIFY && packed);

	if (arguments->given[OPT_KEY] && !keyed) {
		cli_complain("--key belongs to rules sign and rules verify "
			     "FILE");
		return CLI_USAGE;
	}
	if (topic != RULES_SHOW && arguments->given[OPT_LISTING]) {
		cli_complain("--listing belongs to rules show");
		return CLI_USAGE;
	}
	if (topic != RULES_SHOW && topic != RULES_CHECK &&
		topic != RULES_HTML && arguments->given[OPT_REVISION]) {
		cli_complain("--revision belongs to rules show, rules check "
			     "and rules html");
		return CLI_USAGE;
	}
	if (topic != RULES_CHECK &&
		(arguments->given[OPT_DECISION] ||
			arguments->given[OPT_CERTIFICATE])) {
		cli_complain("--decision and --certificate belong to rules "
			     "check");
		return CLI_USAGE;
	}
	return rules_formats(arguments, topic);
}

static enum cli_exit rules_check(
	const struct cli_arguments *arguments, enum rules_topic *topic)
{

	if (arguments->word_count == 0) {
		cli_complain("rules what? list, show NAME, sources, check, "
			     "pack, keygen, sign, verify, hash-quotes or html");
		return CLI_USAGE;
	}
	*topic = rules_topic_find(arguments->words[0]);
	if (*topic == RULES_NONE)
		return CLI_USAGE;
	if (rules_topics[*topic].needs && arguments->word_count != 2 &&
		!(rules_topics[*topic].may_lack_it &&
			arguments->word_count == 1)) {
		cli_complain("rules %s needs %s", arguments->words[0],
			rules_topics[*topic].needs);
		return CLI_USAGE;
	}
	if (!rules_topics[*topic].needs && arguments->word_count != 1) {
		cli_complain("rules %s takes no argument", arguments->words[0]);
		return CLI_USAGE;
	}
	return rules_options(arguments, *topic);
}

static enum shk_code rules_print(const shk_rulebook *rulebook,
	const struct cli_arguments *arguments, enum rules_topic topic,
	shk_sink sink, shk_diag *diag)
{
	enum shk_language language = cli_language(arguments);

	switch (topic) {
	case RULES_LIST:
		return shk_rulebook_list(rulebook, language, sink, diag);
	case RULES_SOURCES:
		return shk_rulebook_sources(rulebook, language, sink, diag);
	default:
		break;
	}
	return shk_rulebook_show(rulebook, arguments->words[1],
		arguments->value[OPT_REVISION], arguments->given[OPT_LISTING],
		language, sink, diag);
}

enum cli_exit cmd_rules(const struct cli_arguments *arguments)
{
	struct cli_output output = { .stream = NULL };
	enum rules_topic topic = RULES_NONE;
	shk_rulebook *rulebook = NULL;
	shk_diag diag = { 0 };
	enum cli_exit status = rules_check(arguments, &topic);

	if (status == CLI_DONE && rules_topics[topic].run)
		return rules_topics[topic].run(arguments);
	if (status == CLI_DONE)
		status = cli_rulebook_load(&rulebook, arguments, NULL);
	if (status == CLI_DONE)
		status = cli_output_open(
			&output, arguments->value[OPT_OUTPUT], false);
	if (status == CLI_DONE &&
		rules_print(rulebook, arguments, topic,
			cli_output_sink(&output), &diag) != SHK_OK)
		status = cli_complain_diag(&diag);
	if (status == CLI_DONE)
		status = cli_output_commit(&output);
	cli_output_abort(&output);
	shk_rulebook_free(rulebook);
	return status;
}
