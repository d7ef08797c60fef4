/*
 * `shokan rules`: the list of decisions, one decision, or the sources.
 */
#include <string.h>

#include "cli/command.h"
#include "cli/message.h"
#include "cli/session.h"

enum rules_topic { RULES_LIST, RULES_SHOW, RULES_SOURCES, RULES_NONE };

static const char *const rules_topics[] = { "list", "show", "sources" };

static enum rules_topic rules_topic_find(const char *name)
{
	const char *nearest = cli_nearest(name, rules_topics, RULES_NONE);

	for (int i = 0; i < RULES_NONE; i++) {
		if (strcmp(rules_topics[i], name) == 0)
			return (enum rules_topic)i;
	}
	if (nearest)
		cli_complain("rules has no %s; did you mean rules %s?", name,
			nearest);
	else
		cli_complain("rules has no %s; see shokan rules --help", name);
	return RULES_NONE;
}

static enum cli_exit rules_check(
	const struct cli_arguments *arguments, enum rules_topic *topic)
{
	size_t wanted;

	if (arguments->word_count == 0) {
		cli_complain("rules what? list, show NAME or sources");
		return CLI_USAGE;
	}
	*topic = rules_topic_find(arguments->words[0]);
	if (*topic == RULES_NONE)
		return CLI_USAGE;
	wanted = *topic == RULES_SHOW ? 2 : 1;
	if (arguments->word_count != wanted) {
		cli_complain(*topic == RULES_SHOW
				     ? "rules show needs one decision name"
				     : "rules %s takes no argument",
			arguments->words[0]);
		return CLI_USAGE;
	}
	if (*topic != RULES_SHOW && (arguments->given[OPT_REVISION] ||
					    arguments->given[OPT_LISTING])) {
		cli_complain("--revision and --listing belong to rules show");
		return CLI_USAGE;
	}
	return CLI_DONE;
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
	case RULES_SHOW:
	case RULES_NONE:
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

	if (status == CLI_DONE)
		status = cli_rulebook_load(&rulebook, arguments);
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
