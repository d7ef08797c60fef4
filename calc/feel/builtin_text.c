/*
 * Built-ins on strings. Positions count code points
 * from 1, negative ones from the end.
 */
#include "feel/builtin_bodies.h"

#include "feel/temporal.h"

#include <string.h>

static void set_copy(struct feel_env *env, const char *data, size_t size,
	struct feel_value *out)
{
	char *text = feel_alloc(env, size + 1, 1);

	if (!text)
		return;
	if (size)
		memcpy(text, data, size);
	*out = feel_string(text, size);
}

static void string_of_number(
	struct feel_env *env, num number, struct feel_value *out)
{
	char text[NUM_TEXT_MAX];

	set_copy(env, text, num_format(number, text, sizeof(text)), out);
}

static void string_of_other(struct feel_env *env,
	const struct feel_value *value, struct feel_value *out)
{
	struct buffer buffer;

	buffer_init(&buffer);
	feel_print(value, &buffer);
	if (buffer.failed)
		feel_fail(env, SHK_E_MEMORY, NULL);
	else if (buffer.size > FEEL_STRING_MAX)
		feel_fail(env, SHK_E_LIMIT, "a string grows past 1 MiB");
	else
		set_copy(env, buffer.data, buffer.size, out);
	buffer_release(&buffer);
}

static void string_of_temporal(struct feel_env *env,
	const struct feel_value *value, struct feel_value *out)
{
	struct buffer buffer;

	buffer_init(&buffer);
	temporal_text(value, &buffer);
	if (buffer.failed)
		feel_fail(env, SHK_E_MEMORY, NULL);
	else
		set_copy(env, buffer.data, buffer.size, out);
	buffer_release(&buffer);
}

void feel_b_string(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)builtin;
	(void)count;
	if (args[0].type == FEEL_NULL)
		return;
	if (args[0].type == FEEL_STRING)
		*out = args[0];
	else if (args[0].type == FEEL_NUMBER)
		string_of_number(env, args[0].u.number, out);
	else if (temporal_is(args[0].type))
		string_of_temporal(env, args, out);
	else
		string_of_other(env, args, out);
}

/* Byte offset of code point `index` (from 0), or the size. */
static size_t offset_of(const char *text, size_t size, int64_t index)
{
	size_t at = 0;
	uint32_t code;

	while (index > 0 && at < size) {
		size_t bytes = utf8_decode(text + at, size - at, &code);

		at += bytes ? bytes : 1;
		index--;
	}
	return at;
}

/* A position or length: what stands behind the point does not count. */
static bool whole_part(const struct feel_value *value, int64_t *out)
{
	unsigned status = 0;

	return value->type == FEEL_NUMBER &&
	       num_to_int(
		       num_round(value->u.number, 0, NUM_DOWN, &status), out) &&
	       (status & ~NUM_INEXACT) == 0;
}

void feel_b_substring(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	const char *text = args[0].u.string;
	size_t size = args[0].size;
	int64_t start;
	int64_t length;
	int64_t kept;
	size_t from;

	(void)env;
	(void)builtin;
	if (args[0].type != FEEL_STRING || !whole_part(&args[1], &start))
		return;
	length = (int64_t)utf8_length(text, size);
	kept = length;
	if (count > 2 && args[2].type != FEEL_NULL &&
		(!whole_part(&args[2], &kept) || kept < 1))
		return;
	if (start == 0 || start > length || start < -length)
		return;
	start = start > 0 ? start - 1 : length + start;
	from = offset_of(text, size, start);
	*out = feel_string(
		text + from, offset_of(text + from, size - from, kept));
}

void feel_b_length(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)env;
	(void)builtin;
	(void)count;
	if (args[0].type == FEEL_STRING)
		*out = feel_number(num_from_int(
			(int64_t)utf8_length(args[0].u.string, args[0].size)));
}

/*
 * Letters whose cases lie a fixed distance apart: Latin, Greek, Cyrillic,
 * Armenian and the full-width forms. Others have no case here.
 */
struct case_range {
	uint32_t first; /* upper case */
	uint32_t last;
	uint32_t distance;
};

static const struct case_range case_ranges[] = { { 'A', 'Z', 32 },
	{ 0xC0, 0xD6, 32 }, { 0xD8, 0xDE, 32 }, { 0x391, 0x3A1, 32 },
	{ 0x3A3, 0x3AB, 32 }, { 0x410, 0x42F, 32 }, { 0x400, 0x40F, 80 },
	{ 0x531, 0x556, 48 }, { 0xFF21, 0xFF3A, 32 } };

/* Latin Extended-A and Cyrillic pairs: upper and lower take turns. */
static bool alternates(uint32_t code, uint32_t *parity)
{
	*parity = 0;
	if ((code >= 0x139 && code <= 0x148) ||
		(code >= 0x179 && code <= 0x17E))
		*parity = 1;
	return (code >= 0x100 && code <= 0x137 && code != 0x130 &&
		       code != 0x131) ||
	       (code >= 0x139 && code <= 0x148) ||
	       (code >= 0x14A && code <= 0x177) ||
	       (code >= 0x179 && code <= 0x17E) ||
	       (code >= 0x460 && code <= 0x481) ||
	       (code >= 0x48A && code <= 0x4BF);
}

static uint32_t change_case(uint32_t code, bool upper)
{
	uint32_t parity;

	for (size_t i = 0; i < sizeof(case_ranges) / sizeof(case_ranges[0]);
		i++) {
		const struct case_range *range = &case_ranges[i];
		uint32_t first = range->first;
		uint32_t last = range->last;

		if (!upper && code >= first && code <= last)
			return code + range->distance;
		if (upper && code >= first + range->distance &&
			code <= last + range->distance)
			return code - range->distance;
	}
	if (alternates(code, &parity)) {
		bool is_upper = (code & 1) == parity;

		if (upper != is_upper)
			return upper ? code - 1 : code + 1;
	}
	return code;
}

void feel_b_case(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	const char *from = args[0].u.string;
	size_t size = args[0].size;
	size_t at = 0;
	size_t written = 0;
	char *text;

	(void)count;
	if (args[0].type != FEEL_STRING)
		return;
	text = feel_alloc(env, 2 * size + 1, 1);
	while (text && at < size) {
		uint32_t code;
		size_t bytes = utf8_decode(from + at, size - at, &code);

		if (bytes == 0) {
			text[written++] = from[at++];
			continue;
		}
		at += bytes;
		written += utf8_encode(change_case(code, builtin->detail == 1),
			text + written);
	}
	if (text)
		*out = feel_string(text, written);
}

/* Offset of `match` in `text`, or -1. */
static int64_t find(
	const struct feel_value *text, const struct feel_value *match)
{
	if (match->size > text->size)
		return -1;
	for (uint32_t i = 0; i + match->size <= text->size; i++)
		if (match->size == 0 ||
			memcmp(text->u.string + i, match->u.string,
				match->size) == 0)
			return i;
	return -1;
}

static bool two_strings(const struct feel_value *args)
{
	return args[0].type == FEEL_STRING && args[1].type == FEEL_STRING;
}

void feel_b_split(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	int64_t at;
	size_t from;

	(void)env;
	(void)count;
	if (!two_strings(args))
		return;
	at = find(&args[0], &args[1]);
	from = (size_t)at + args[1].size;
	if (at < 0)
		*out = feel_string("", 0);
	else if (builtin->detail == 0)
		*out = feel_string(args[0].u.string, (size_t)at);
	else
		*out = feel_string(
			args[0].u.string + from, args[0].size - from);
}

void feel_b_contains(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct feel_value part;
	bool fits;

	(void)env;
	(void)count;
	if (!two_strings(args))
		return;
	fits = args[1].size <= args[0].size;
	part = args[0];
	if (fits && builtin->detail != 0) {
		part.size = args[1].size;
		if (builtin->detail == 2)
			part.u.string += args[0].size - part.size;
	}
	*out = feel_boolean(fits && find(&part, &args[1]) >= 0);
}

static void add_text(struct feel_env *env, struct buffer *buffer,
	const struct feel_value *text)
{
	if (text->type != FEEL_STRING)
		return;
	buffer_add(buffer, text->u.string, text->size);
	if (buffer->size > FEEL_STRING_MAX)
		feel_fail(env, SHK_E_LIMIT, "a string grows past 1 MiB");
}

static bool text_or_null(const struct feel_value *value)
{
	return value->type == FEEL_STRING || value->type == FEEL_NULL;
}

static void join_items(struct feel_env *env, struct buffer *buffer,
	const struct feel_value *list, const struct feel_value *delimiter)
{
	bool first = true;

	for (uint32_t i = 0; i < list->size && env->failure == SHK_OK; i++) {
		if (list->u.items[i].type == FEEL_NULL)
			continue; /* as if it were not there */
		if (!first)
			add_text(env, buffer, delimiter);
		add_text(env, buffer, &list->u.items[i]);
		first = false;
	}
}

void feel_b_join(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	const struct feel_value null = FEEL_NULL_VALUE;
	struct feel_value list;
	struct buffer buffer;

	(void)builtin;
	if (!feel_as_list(&args[0], &list))
		return;
	for (uint32_t i = 0; i < list.size; i++)
		if (!text_or_null(&list.u.items[i]))
			return;
	for (uint32_t i = 1; i < count; i++)
		if (!text_or_null(&args[i]))
			return;
	buffer_init(&buffer);
	join_items(env, &buffer, &list, count > 1 ? &args[1] : &null);
	if (buffer.failed)
		feel_fail(env, SHK_E_MEMORY, NULL);
	else
		set_copy(env, buffer.data, buffer.size, out);
	buffer_release(&buffer);
}
