/*
 * Packs of rulebooks: what `shokan rules pack|keygen|sign|verify` do.
 */
#ifndef CLI_PACK_H
#define CLI_PACK_H

#include "cli/options.h"

/* The word behind the topic is the file. Each says what is wrong. */
enum cli_exit cli_pack_make(const struct cli_arguments *arguments);
enum cli_exit cli_pack_keygen(const struct cli_arguments *arguments);
enum cli_exit cli_pack_sign(const struct cli_arguments *arguments);
enum cli_exit cli_pack_verify(const struct cli_arguments *arguments);

#endif
