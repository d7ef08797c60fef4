/*
 * jansson's parser. Where the buffer of a token cannot grow it drops the byte
 * and goes on: a number with a digit less, and a string without its end, past
 * which it reads. So while it parses, what is refused is lent from a room that
 * was claimed before, the text ends there, and what came of it is dropped.
 * Its functions of memory are wrapped once in a process, whosever they are.
 */
#include <pthread.h>
#include <stdint.h>
#include <string.h>

#include "base/memory.h"
#include "record/json_text.h"

#define TEXT_ALIGN ((size_t)16)
/* Bytes that are given at a time, so that little follows a refusal: 64 open
   brackets take less than TEXT_ROOM. */
#define TEXT_CHUNK 64
#define TEXT_ROOM  ((size_t)16 << 10)
/* A token is no longer than the text, and its buffer doubles. */
#define TEXT_TOKEN 4

struct json_text {
	const char *data; /* the text that is left */
	size_t left;
	const struct json_room *room;
	size_t used; /* of it */
	bool refused;
};

static json_malloc_t json_text_alloc;
static json_free_t json_text_free;
static pthread_once_t json_text_once = PTHREAD_ONCE_INIT;
static _Thread_local struct json_text *json_text_now;

static void *text_lend(struct json_text *text, size_t size)
{
	size_t whole = (size + TEXT_ALIGN - 1) / TEXT_ALIGN;
	void *block = (char *)text->room->bytes + text->used;

	text->refused = true;
	if (whole > (text->room->size - text->used) / TEXT_ALIGN)
		return NULL;
	text->used += whole * TEXT_ALIGN;
	return block;
}

static void *text_alloc(size_t size)
{
	void *block = json_text_alloc(size);

	return block || !json_text_now ? block : text_lend(json_text_now, size);
}

static void text_free(void *block)
{
	const struct json_text *text = json_text_now;
	uintptr_t from = text ? (uintptr_t)text->room->bytes : 0;

	if (!text || (uintptr_t)block < from ||
		(uintptr_t)block >= from + text->room->size)
		json_text_free(block);
}

static void text_wrap(void)
{
	json_get_alloc_funcs(&json_text_alloc, &json_text_free);
	json_set_alloc_funcs(text_alloc, text_free);
}

static size_t text_give(void *out, size_t size, void *context)
{
	struct json_text *text = context;

	size = size < TEXT_CHUNK ? size : TEXT_CHUNK;
	size = size < text->left ? size : text->left;
	if (text->refused || size == 0)
		return 0;
	memcpy(out, text->data, size);
	text->data += size;
	text->left -= size;
	return size;
}

/* It says that memory ran out by no message at all, except while it reads a
   string: then it says that there is no string where one may be. A string that
   is really wrong has a message of its own, and no other token ends with a
   quote. So where the program has set functions after ours. */
static bool unread_string(const char *message)
{
	static const char *const heads[] = { "invalid token",
		"string or '}' expected" };

	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		if (strncmp(message, heads[i], strlen(heads[i])) == 0)
			return true;
	return false;
}

json_t *json_text_load(struct json_room *room, struct text text, size_t flags,
	json_error_t *error, bool *exhausted)
{
	struct json_text now = { text.data, text.size, room, 0, false };
	json_t *root;
	size_t end;

	*exhausted = true;
	pthread_once(&json_text_once, text_wrap);
	if (!memory_grow(&room->bytes, &room->size,
		    text.size * TEXT_TOKEN + TEXT_ROOM, 1))
		return NULL;
	json_text_now = &now;
	root = json_load_callback(text_give, &now, flags, error);
	if (now.refused)
		json_decref(root);
	json_text_now = NULL;
	if (now.refused)
		return NULL;
	end = error->position > 0 ? (size_t)error->position : 0;
	*exhausted =
		!root && (json_error_code(error) == json_error_out_of_memory ||
				 error->text[0] == '\0' ||
				 (end > 0 && end <= text.size &&
					 text.data[end - 1] == '"' &&
					 unread_string(error->text)));
	return root;
}
