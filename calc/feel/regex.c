/*
 * A compiled expression and its last match. Every match has a ceiling on its
 * steps, its depth and its memory, so that no pattern can hold a run up.
 */
#include "feel/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>

#include "base/memory.h"

struct regex {
	pcre2_code *code;
	pcre2_match_data *match;
	pcre2_match_context *limits;
};

struct flags {
	uint32_t options;
	bool spaced;
	bool literal;
};

static bool read_flags(struct text text, struct flags *flags)
{
	for (size_t i = 0; i < text.size; i++) {
		switch (text.data[i]) {
		case 's':
			flags->options |= PCRE2_DOTALL;
			break;
		case 'm':
			flags->options |= PCRE2_MULTILINE;
			break;
		case 'i':
			flags->options |= PCRE2_CASELESS;
			break;
		case 'x':
			flags->spaced = true;
			break;
		case 'q':
			flags->literal = true;
			break;
		default:
			return false;
		}
	}
	return true;
}

static pcre2_code *compile(struct text pattern, const struct flags *flags)
{
	uint32_t options = flags->options | PCRE2_UTF | PCRE2_UCP |
			   PCRE2_DOLLAR_ENDONLY | PCRE2_NO_UTF_CHECK;
	pcre2_code *code;
	PCRE2_SIZE where;
	int problem;

	if (flags->literal)
		options = (flags->options & PCRE2_CASELESS) | PCRE2_UTF |
			  PCRE2_NO_UTF_CHECK | PCRE2_LITERAL;
	code = pcre2_compile((PCRE2_SPTR)pattern.data, pattern.size, options,
		&problem, &where, NULL);
	return code;
}

static bool prepare(struct regex *regex)
{
	regex->match = pcre2_match_data_create_from_pattern(regex->code, NULL);
	regex->limits = pcre2_match_context_create(NULL);
	if (!regex->match || !regex->limits)
		return false;
	pcre2_set_match_limit(regex->limits, REGEX_STEPS_MAX);
	pcre2_set_depth_limit(regex->limits, REGEX_DEPTH_MAX);
	pcre2_set_heap_limit(regex->limits, REGEX_HEAP_KIB);
	return true;
}

enum regex_result regex_new(
	struct regex **out, struct text pattern, struct text flag_text)
{
	struct flags flags = { 0, false, false };
	struct buffer rewritten;
	struct regex *regex;
	enum regex_result result = REGEX_WRONG;

	*out = NULL;
	if (!read_flags(flag_text, &flags))
		return REGEX_WRONG;
	regex = memory_zeroed(1, sizeof(*regex));
	buffer_init(&rewritten);
	buffer_add(&rewritten, "", 0);
	if (flags.literal)
		buffer_add(&rewritten, pattern.data, pattern.size);
	else if (!regex_translate(pattern, flags.spaced, &rewritten))
		goto done;
	if (!regex || rewritten.failed) {
		result = REGEX_MEMORY;
		goto done;
	}
	regex->code =
		compile((struct text){ rewritten.data ? rewritten.data : "",
				rewritten.size },
			&flags);
	if (!regex->code)
		goto done;
	result = prepare(regex) ? REGEX_FOUND : REGEX_MEMORY;
done:
	buffer_release(&rewritten);
	if (result == REGEX_FOUND)
		*out = regex;
	else
		regex_free(regex);
	return result;
}

void regex_free(struct regex *regex)
{
	if (!regex)
		return;
	pcre2_match_context_free(regex->limits);
	pcre2_match_data_free(regex->match);
	pcre2_code_free(regex->code);
	memory_free(regex);
}

enum regex_result regex_search(
	struct regex *regex, struct text subject, size_t start)
{
	int found =
		pcre2_match(regex->code, (PCRE2_SPTR)subject.data, subject.size,
			start, PCRE2_NO_UTF_CHECK, regex->match, regex->limits);

	if (found >= 0)
		return REGEX_FOUND;
	if (found == PCRE2_ERROR_NOMEMORY)
		return REGEX_MEMORY;
	return found == PCRE2_ERROR_NOMATCH ? REGEX_NONE : REGEX_WRONG;
}

unsigned regex_group_count(const struct regex *regex)
{
	return pcre2_get_ovector_count(regex->match);
}

bool regex_group(
	const struct regex *regex, unsigned group, size_t *from, size_t *to)
{
	const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(regex->match);

	if (group >= regex_group_count(regex) || ends[2 * group] == PCRE2_UNSET)
		return false;
	*from = ends[2 * group];
	*to = ends[2 * group + 1];
	return true;
}
