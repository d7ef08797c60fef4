/*
 * jansson without memory: each refused request is told as want of memory, and
 * no wrong text is.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "record/json_text.h"

static long left; /* requests until one is refused; 0: never */

static void *some(size_t size)
{
	return left > 0 && --left == 0 ? NULL : malloc(size);
}

static json_t *load(const char *text, bool *exhausted)
{
	json_error_t error;

	return json_text_load(text, strlen(text),
		JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error, exhausted);
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
