/*
 * jansson's parser, with want of memory told apart from a wrong text.
 */
#ifndef RECORD_JSON_TEXT_H
#define RECORD_JSON_TEXT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* As json_loadb. NULL with `*exhausted`: there was no memory, and the text may
   be right. */
json_t *json_text_load(const char *data, size_t size, size_t flags,
	json_error_t *error, bool *exhausted);

#endif
