/*
 * The little JSON that the command writes itself: names, counts, options.
 */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <stdio.h>

/* A quoted text; bytes that are no UTF-8 become U+FFFD. */
void cli_json_text(FILE *stream, const char *text);
/* The same, or null for NULL. */
void cli_json_maybe(FILE *stream, const char *text);

/*
 * The text under `name` in an object that this command wrote, decoded; NULL
 * when it is null or not there, or when memory ran out. Caller frees.
 */
char *cli_json_find(const char *object, const char *name);

#endif
