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

static void *give(PCRE2_SIZE size, void *context)
{
	(void)context;
	return memory_alloc(size);
}

static void take(void *block, void *context)
{
	(void)context;
	memory_free(block);
}

/* What it makes remembers `give` and `take`. */
static pcre2_general_context *memory_context(void)
{
	return pcre2_general_context_create(give, take, NULL);
}

static enum regex_result compile(struct regex *regex, struct text pattern,
	const struct flags *flags, pcre2_general_context *memory)
{
	uint32_t options = flags->options | PCRE2_UTF | PCRE2_UCP |
			   PCRE2_DOLLAR_ENDONLY | PCRE2_NO_UTF_CHECK;
	pcre2_compile_context *context = pcre2_compile_context_create(memory);
	PCRE2_SIZE where;
	int problem = 0;

	if (!context)
		return REGEX_MEMORY;
	if (flags->literal)
		options = (flags->options & PCRE2_CASELESS) | PCRE2_UTF |
			  PCRE2_NO_UTF_CHECK | PCRE2_LITERAL;
	regex->code = pcre2_compile((PCRE2_SPTR)pattern.data, pattern.size,
		options, &problem, &where, context);
	pcre2_compile_context_free(context);
	if (regex->code)
		return REGEX_FOUND;
	return problem == PCRE2_ERROR_HEAP_FAILED ? REGEX_MEMORY : REGEX_WRONG;
}

static bool prepare(struct regex *regex, pcre2_general_context *memory)
{
	regex->match =
		pcre2_match_data_create_from_pattern(regex->code, memory);
	regex->limits = pcre2_match_context_create(memory);
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
	pcre2_general_context *memory = NULL;
	struct buffer rewritten;
	struct regex *regex;
	enum regex_result result = REGEX_MEMORY;

	*out = NULL;
	if (!read_flags(flag_text, &flags))
		return REGEX_WRONG;
	buffer_init(&rewritten);
	regex = memory_zeroed(1, sizeof(*regex));
	memory = memory_context();
	if (!regex || !memory)
		goto done;
	if (flags.literal)
		buffer_add(&rewritten, pattern.data, pattern.size);
	else if (!regex_translate(pattern, flags.spaced, &rewritten) &&
		 !rewritten.failed)
		result = REGEX_WRONG;
	if (rewritten.failed || result == REGEX_WRONG)
		goto done;
	result = compile(regex,
		(struct text){
			rewritten.data ? rewritten.data : "", rewritten.size },
		&flags, memory);
	if (result == REGEX_FOUND && !prepare(regex, memory))
		result = REGEX_MEMORY;
done:
	buffer_release(&rewritten);
	pcre2_general_context_free(memory);
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
