/*
 * A side of a comparison that is answered now: the records of files under one
 * revision.
 */
#ifndef CLI_ANSWER_SIDE_H
#define CLI_ANSWER_SIDE_H

#include "cli/session.h"
#include "cli/side.h"

/*
 * The records of all files under `revision`, whatever day they give, in order
 * in `side`. `session` (zeros) and `copy` outlive the side; `*worst` is that of
 * the records. Says what is wrong.
 */
enum cli_exit cli_answer_side(struct cli_side *side,
	struct cli_session *session, struct cli_arguments *copy,
	const struct cli_arguments *arguments, const char *revision,
	enum cli_exit *worst);

#endif
