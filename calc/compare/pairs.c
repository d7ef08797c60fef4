/*
 * Splitting the lists of a snapshot line and the policy of its header. The
 * policy is JSON that this program wrote, in its canonical form; the scanner
 * here reads just that form and refuses any other.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "compare/pairs.h"

/* How many pairs: one more than the `;` that stand without a `\`. */
static size_t pairs_number(const char *cell)
{
	size_t count = *cell != '\0';

	for (; *cell; cell++) {
		if (*cell == '\\' && cell[1])
			cell++;
		else if (*cell == ';')
			count++;
	}
	return count;
}

bool pairs_split(
	struct arena *arena, const char *cell, bool decode, struct pairs *out)
{
	size_t count = pairs_number(cell);
	char *at = arena_text(arena, cell, strlen(cell));
	char *put = at;

	out->count = 0;
	out->items = arena_zeroed(arena, count + 1, sizeof(*out->items));
	if (!at || !out->items)
		return false;
	while (out->count < count) {
		struct pair *pair = &out->items[out->count++];

		pair->name = put;
		pair->value = "";
		for (; *at && *at != ';'; at++) {
			if (*at == '=' && !*pair->value) {
				*put++ = '\0';
				pair->value = put;
				at++;
				break;
			}
			*put++ = *at;
		}
		for (; *at && *at != ';'; at++) {
			if (*at == '\\' && at[1]) {
				if (!decode)
					*put++ = *at;
				at++;
			}
			*put++ = *at;
		}
		at += *at == ';';
		*put++ = '\0';
	}
	return true;
}

/* A JSON string into `*text`; the place behind its quote, or NULL. */
static const char *policy_string(
	struct arena *arena, const char *at, const char **text)
{
	char *put = arena_alloc(arena, strlen(at) + 1);

	*text = put;
	if (*at != '"' || !put)
		return NULL;
	for (at++; *at && *at != '"'; at++) {
		unsigned long code;
		size_t size;

		if (*at != '\\') {
			*put++ = *at;
			continue;
		}
		at++;
		switch (*at) {
		case 'n':
			*put++ = '\n';
			break;
		case 't':
			*put++ = '\t';
			break;
		case 'r':
			*put++ = '\r';
			break;
		case 'b':
			*put++ = '\b';
			break;
		case 'f':
			*put++ = '\f';
			break;
		case 'u':
			if (strspn(at + 1, "0123456789abcdefABCDEF") < 4)
				return NULL;
			code = 0;
			for (int i = 1; i <= 4; i++) {
				char digit[2] = { at[i], '\0' };

				code = code * 16 + strtoul(digit, NULL, 16);
			}
			size = utf8_encode((uint32_t)code, put);
			if (size == 0 || code == 0)
				return NULL;
			put += size;
			at += 4;
			break;
		case '\0':
			return NULL;
		default:
			*put++ = *at;
		}
	}
	*put = '\0';
	return *at == '"' ? at + 1 : NULL;
}

static const char *policy_value(
	struct arena *arena, const char *at, const char **text)
{
	static const char member[] = "{\"value\":";
	const char *note;
	size_t size;

	if (*at == '"')
		return policy_string(arena, at, text);
	if (strncmp(at, member, sizeof(member) - 1) == 0) {
		at = policy_value(arena, at + sizeof(member) - 1, text);
		if (!at || strncmp(at, ",\"note\":", 8) != 0)
			return NULL;
		at = policy_string(arena, at + 8, &note);
		return at && *at == '}' ? at + 1 : NULL;
	}
	size = strcspn(at, ",}");
	*text = arena_text(arena, at, size);
	return *text && size && at[size] ? at + size : NULL;
}

bool pairs_of_policy(
	struct arena *arena, const char *json, struct pairs *out, bool *good)
{
	const char *at = json;

	out->count = 0;
	out->items =
		arena_zeroed(arena, strlen(json) / 4 + 2, sizeof(*out->items));
	*good = *at == '{';
	if (!out->items)
		return false;
	at += *good;
	while (*good && *at != '}') {
		struct pair *pair = &out->items[out->count];

		at = policy_string(arena, at, &pair->name);
		if (at && *at == ':')
			at = policy_value(arena, at + 1, &pair->value);
		else
			at = NULL;
		*good = at && (*at == ',' || *at == '}');
		if (!*good)
			break;
		out->count++;
		at += *at == ',';
	}
	*good = *good && at[0] == '}' && at[1] == '\0';
	pairs_sort(out);
	return true;
}

const char *pairs_find(const struct pairs *pairs, const char *name)
{
	for (size_t i = 0; i < pairs->count; i++)
		if (strcmp(pairs->items[i].name, name) == 0)
			return pairs->items[i].value;
	return NULL;
}

static int pair_order(const void *a, const void *b)
{
	return strcmp(
		((const struct pair *)a)->name, ((const struct pair *)b)->name);
}

void pairs_sort(struct pairs *pairs)
{
	if (pairs->count)
		qsort(pairs->items, pairs->count, sizeof(*pairs->items),
			pair_order);
}
