/*
 * The little JSON that the command writes itself: names, counts, options.
 */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <stdbool.h>
#include <stdio.h>

/* A quoted text; bytes that are no UTF-8 become U+FFFD. */
void cli_json_text(FILE *stream, const char *text);
/* The same, or null for NULL. */
void cli_json_maybe(FILE *stream, const char *text);

/*
 * The text under `name` in an object that this command wrote, decoded; NULL
 * when it is null or not there. Caller frees. False: memory ran out.
 */
bool cli_json_find(char **out, const char *object, const char *name);

#endif
