/*
 * jansson's parser, with want of memory told apart from a wrong text.
 */
#ifndef RECORD_JSON_TEXT_H
#define RECORD_JSON_TEXT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* What is lent where memory is refused; it is kept from text to text, so that
   a reader asks for it once. Zero at first. */
struct json_room {
	void *bytes; /* heap, freed by whoever has the room */
	size_t size;
};

/* As json_loadb. NULL with `*exhausted`: there was no memory, and the text may
   be right. */
json_t *json_text_load(struct json_room *room, struct text text, size_t flags,
	json_error_t *error, bool *exhausted);

#endif
