/*
 * matches, replace and split. A pattern or replacement that XPath refuses, or
 * one that takes too many steps, gives null.
 */
#include "feel/builtin_bodies.h"
#include "feel/regex.h"

static struct text text_value(const struct feel_value *value)
{
	return (struct text){ value->u.string, value->size };
}

/* The flags of an optional argument; false for another type. */
static bool flags_of(const struct feel_value *args, uint32_t count, uint32_t at,
	struct text *flags)
{
	*flags = (struct text){ "", 0 };
	if (at >= count || args[at].type == FEEL_NULL)
		return true;
	if (args[at].type != FEEL_STRING)
		return false;
	*flags = text_value(&args[at]);
	return true;
}

/* Compile the pattern of the second argument; NULL: the result is null. */
static struct regex *open_regex(struct feel_env *env,
	const struct feel_value *args, uint32_t count, uint32_t flags_at)
{
	struct regex *regex = NULL;
	struct text flags;

	if (args[0].type != FEEL_STRING || args[1].type != FEEL_STRING ||
		!flags_of(args, count, flags_at, &flags))
		return NULL;
	if (regex_new(&regex, text_value(&args[1]), flags) == REGEX_MEMORY)
		feel_fail(env, SHK_E_MEMORY, NULL);
	return regex;
}

/* As regex_search; want of memory is the failure of the call. */
static enum regex_result search(struct feel_env *env, struct regex *regex,
	struct text subject, size_t start)
{
	enum regex_result result = regex_search(regex, subject, start);

	if (result == REGEX_MEMORY)
		feel_fail(env, SHK_E_MEMORY, NULL);
	return result;
}

void feel_b_matches(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct regex *regex = open_regex(env, args, count, 2);
	enum regex_result result;

	(void)builtin;
	if (!regex)
		return;
	result = search(env, regex, text_value(&args[0]), 0);
	if (result == REGEX_FOUND || result == REGEX_NONE)
		*out = feel_boolean(result == REGEX_FOUND);
	regex_free(regex);
}

/* One piece of the replacement at `*at`; false: it is not valid. */
static bool put_piece(const struct regex *regex, struct text subject,
	struct text by, size_t *at, struct buffer *out)
{
	char c = by.data[(*at)++];
	unsigned group = 0;
	size_t from;
	size_t to;

	if (c != '$' && c != '\\') {
		buffer_byte(out, c);
		return true;
	}
	if (*at == by.size)
		return false;
	if (c == '\\') {
		c = by.data[(*at)++];
		buffer_byte(out, c);
		return c == '\\' || c == '$';
	}
	if (by.data[*at] < '0' || by.data[*at] > '9')
		return false;
	group = (unsigned)(by.data[(*at)++] - '0');
	/* as many digits as there are groups */
	while (*at < by.size && by.data[*at] >= '0' && by.data[*at] <= '9' &&
		group * 10 + (unsigned)(by.data[*at] - '0') <
			regex_group_count(regex))
		group = group * 10 + (unsigned)(by.data[(*at)++] - '0');
	if (regex_group(regex, group, &from, &to))
		buffer_add(out, subject.data + from, to - from);
	return true;
}

static bool put_replacement(const struct regex *regex, struct text subject,
	struct text by, bool literal, struct buffer *out)
{
	size_t at = 0;

	if (literal) {
		buffer_add(out, by.data, by.size);
		return true;
	}
	while (at < by.size)
		if (!put_piece(regex, subject, by, &at, out))
			return false;
	return true;
}

static void keep_text(struct feel_env *env, const struct buffer *buffer,
	struct feel_value *out)
{
	char *text;

	if (buffer->failed) {
		feel_fail(env, SHK_E_MEMORY, NULL);
		return;
	}
	if (buffer->size > FEEL_STRING_MAX) {
		feel_fail(env, SHK_E_LIMIT, "a string grows past 1 MiB");
		return;
	}
	text = arena_text(
		env->arena, buffer->data ? buffer->data : "", buffer->size);
	if (!text)
		feel_fail(env, SHK_E_MEMORY, NULL);
	else
		*out = feel_string(text, buffer->size);
}

/* May the pattern match nothing at all? XPath refuses such ones. */
static bool matches_nothing(struct feel_env *env, struct regex *regex)
{
	return search(env, regex, (struct text){ "", 0 }, 0) == REGEX_FOUND;
}

static bool replace_all(struct feel_env *env, struct regex *regex,
	struct text subject, struct text by, bool literal, struct buffer *out)
{
	size_t start = 0;
	enum regex_result result = REGEX_FOUND;

	while (out->size <= FEEL_STRING_MAX) {
		size_t from;
		size_t to;

		result = search(env, regex, subject, start);
		if (result != REGEX_FOUND || !regex_group(regex, 0, &from, &to))
			break;
		buffer_add(out, subject.data + start, from - start);
		if (!put_replacement(regex, subject, by, literal, out))
			return false;
		if (to == from) {
			if (from >= subject.size)
				return true;
			buffer_byte(out, subject.data[to++]);
		}
		start = to;
	}
	if (result != REGEX_NONE)
		return out->size > FEEL_STRING_MAX;
	buffer_add(out, subject.data + start, subject.size - start);
	return true;
}

static bool has_flag(const struct feel_value *args, uint32_t count, char flag)
{
	for (uint32_t i = 0; count > 3 && i < args[3].size; i++)
		if (args[3].type == FEEL_STRING && args[3].u.string[i] == flag)
			return true;
	return false;
}

void feel_b_replace(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct regex *regex;
	struct buffer buffer;

	(void)builtin;
	if (args[2].type != FEEL_STRING)
		return;
	regex = open_regex(env, args, count, 3);
	if (!regex)
		return;
	buffer_init(&buffer);
	if (!matches_nothing(env, regex) &&
		replace_all(env, regex, text_value(&args[0]),
			text_value(&args[2]), has_flag(args, count, 'q'),
			&buffer))
		keep_text(env, &buffer, out);
	buffer_release(&buffer);
	regex_free(regex);
}

void feel_b_tokens(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct feel_builder built = { NULL, 0, 0 };
	struct regex *regex = open_regex(env, args, count, 2);
	enum regex_result result = REGEX_FOUND;
	struct text subject;
	struct feel_value piece;
	size_t start = 0;
	size_t from;
	size_t to;

	(void)builtin;
	if (!regex)
		return;
	subject = text_value(&args[0]);
	if (matches_nothing(env, regex))
		result = REGEX_WRONG;
	while (result == REGEX_FOUND && env->failure == SHK_OK) {
		result = search(env, regex, subject, start);
		if (result != REGEX_FOUND || !regex_group(regex, 0, &from, &to))
			break;
		piece = feel_string(subject.data + start, from - start);
		feel_builder_add(env, &built, &piece);
		start = to > from ? to : to + 1;
	}
	if (result == REGEX_NONE) {
		piece = feel_string(subject.data + start, subject.size - start);
		feel_builder_add(env, &built, &piece);
		*out = feel_builder_list(&built);
	}
	regex_free(regex);
}
