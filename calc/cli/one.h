/*
 * The one record of a question: the record with --id, or the only one there
 * is, with --set applied; and the one decision that is asked about.
 */
#ifndef CLI_ONE_H
#define CLI_ONE_H

#include "cli/session.h"

/* Answers the question about the record; says what is wrong. `session` has
   exactly one decision. */
typedef enum cli_exit cli_one_answer(
	struct cli_session *session, shk_record *record);

/*
 * Look through the files of the command line and ask. What the answer writes
 * must be held: a second record is wrong use, and found behind the first.
 */
enum cli_exit cli_one_ask(struct cli_session *session, cli_one_answer *answer);

/* A whole command: a session, the question, the output. */
enum cli_exit cli_one_command(
	const struct cli_arguments *arguments, cli_one_answer *answer);

#endif
