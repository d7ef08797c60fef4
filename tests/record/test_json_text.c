/*
 * jansson without memory: each refused request is told as want of memory, no
 * wrong text is, and no byte of a token is lost.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "record/json_text.h"

static long left;  /* requests until one is refused; 0: never */
static bool stays; /* and all after it */

static void *some(size_t size)
{
	if (left == 1 && stays)
		return NULL;
	return left > 0 && --left == 0 ? NULL : malloc(size);
}

static json_t *load(const char *text, bool *exhausted)
{
	struct json_room room = { NULL, 0 };
	json_error_t error;
	json_t *root = json_text_load(&room, text_of(text),
		JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error, exhausted);

	memory_free(room.bytes);
	return root;
}

Test(json_text, want_of_memory)
{
	static const char *const texts[] = { "[]", "\"s\"",
		"{\"id\":\"a\",\"n\":12,\"list\":[true,null,\"\\u00e9\"],"
		"\"a name of more than twenty bytes\":"
		"\"a value of more than twenty bytes\"}" };

	json_set_alloc_funcs(some, free);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		bool exhausted = true;
		long nth = 0;

		while (exhausted) {
			json_t *root;

			left = ++nth;
			root = load(texts[i], &exhausted);
			cr_assert_eq(exhausted, !root, "%s: request %ld",
				texts[i], nth);
			cr_assert_lt(nth, 1000);
			json_decref(root);
		}
		cr_assert_gt(nth, 2, "%s", texts[i]);
		left = 0;
	}
}

/* Each request is refused, until it is read whole; what is read says the same. */
static void load_each(const char *wanted)
{
	bool exhausted = true;

	for (long nth = 1; exhausted; nth++) {
		json_t *root;
		char *got;

		left = nth;
		root = load(wanted, &exhausted);
		left = 0;
		cr_assert_eq(exhausted, !root, "%s: request %ld", wanted, nth);
		cr_assert_lt(nth, 50);
		if (!root)
			continue;
		got = json_dumps(root, JSON_COMPACT);
		cr_assert_str_eq(got, wanted, "request %ld", nth);
		free(got);
		json_decref(root);
	}
}

/* The buffer of a token has 16 bytes and doubles: at each length its refusal
   falls on another byte, a digit or the quote at the end. */
Test(json_text, no_byte_of_a_token_is_lost)
{
	char text[160];

	json_set_alloc_funcs(some, free);
	for (int turn = 0; turn < 2; turn++) {
		stays = turn > 0;
		for (int size = 1; size <= 18; size++) {
			snprintf(text, sizeof(text), "[%.*s]", size,
				"123456789123456789");
			load_each(text);
		}
		for (int size = 1; size < 140; size++) {
			snprintf(text, sizeof(text), "[\"%0*d\"]", size, 7);
			load_each(text);
		}
	}
}

Test(json_text, a_wrong_text_is_no_want_of_memory)
{
	static const char *const texts[] = { "", "\"", "\"abc", "\"a\nb\"",
		"\"\\q\"", "\"\xff\"", "{\"a\":1,\"a\":2}", "[\"a\" \"b\"]",
		"{\"a\":'x\"}", "[tru\"]", "[true\"", "\"a\"\"", "'\"'", "nul",
		"{x\"", "{\"a\":1,\"}", "averylongwordthatisnotoneofthethree\"",
		"{\"a\":\"b\"c\"}", "[\"a\"", "{\"a\"", "{\"a\":", "[1,]", "01",
		"-\"" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		bool exhausted = true;

		cr_assert_null(load(texts[i], &exhausted), "%s", texts[i]);
		cr_assert_not(exhausted, "%s", texts[i]);
	}
}
