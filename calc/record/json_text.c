/*
 * jansson says that memory ran out by no message at all, except while it reads
 * a string: then it says that there is no string where one may be. A string
 * that is really wrong has a message of its own, and no other token ends with
 * a quote.
 */
#include <string.h>

#include "record/json_text.h"

/* What is said of a token that should have been a value or a name. */
static bool unread_string(const char *message)
{
	static const char *const heads[] = { "invalid token",
		"string or '}' expected" };

	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		if (strncmp(message, heads[i], strlen(heads[i])) == 0)
			return true;
	return false;
}

json_t *json_text_load(const char *data, size_t size, size_t flags,
	json_error_t *error, bool *exhausted)
{
	json_t *root = json_loadb(data, size, flags, error);
	size_t end = error->position > 0 ? (size_t)error->position : 0;
	bool string = end > 0 && end <= size && data[end - 1] == '"';

	*exhausted =
		!root && (json_error_code(error) == json_error_out_of_memory ||
				 error->text[0] == '\0' ||
				 (string && unread_string(error->text)));
	return root;
}
