/*
 * Regular expressions of XPath: what they match, what is refused, and that a
 * match ends.
 */
#include "feel_run.h"

#include "base/memory.h"
#include "feel/regex.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

/* 1 matches, 0 does not, -1 is refused */
Test(regex, matches)
{
	static const struct {
		const char *pattern;
		const char *flags;
		const char *subject;
		int result;
	} rows[] = {
		{ "bra", "", "abracadabra", 1 },
		{ "^a.*a$", "", "abracadabra", 1 },
		{ "^bra", "", "abracadabra", 0 },
		{ "a.c", "", "a\nc", 0 },
		{ "a.c", "s", "a\nc", 1 },
		{ "^c$", "", "a\nc", 0 },
		{ "^c$", "m", "a\nc", 1 },
		{ "a$", "", "a\n", 0 },
		{ "ABC", "i", "abc", 1 },
		{ "a b", "x", "ab", 1 },
		{ "a[ ]b", "x", "a b", 1 },
		{ "a\\ sb", "x", "a b", 1 },
		{ "a#b", "x", "a#b", 1 },
		{ "a.b", "q", "a.b", 1 },
		{ "a.b", "q", "axb", 0 },
		{ "a", "g", "a", -1 },
		{ "\\d+", "", "12", 1 },
		{ "\\d", "", "\xD9\xA1", 1 },	  /* Arabic digit one */
		{ "\\w", "", "\xE8\xAA\x9E", 1 }, /* a kanji */
		{ "\\w", "", "_", 0 },		  /* punctuation to XSD */
		{ "[\\w]", "", "+", 1 },	  /* a symbol */
		{ "\\i\\c*", "", "a-1", 1 },
		{ "^[\\i-[:]][\\c-[:]]*$", "", "a:b", 0 },
		{ "^[a-z-[aeiou]]+$", "", "xyz", 1 },
		{ "^[a-z-[aeiou]]+$", "", "xaz", 0 },
		{ "^[a-z-[b-y-[m]]]+$", "", "amz", 1 },
		{ "^[a-z-[b-y-[m]]]+$", "", "abz", 0 },
		{ "\\p{IsHiragana}", "", "\xE3\x81\x82", 1 },
		{ "\\P{IsHiragana}", "", "\xE3\x81\x82", 0 },
		{ "\\p{Lu}", "", "a", 0 },
		{ "\\p{IsAtlantis}", "", "a", -1 },
		{ "(a)\\1", "", "aa", 1 },
		{ "(a)\\2", "", "aa", -1 },
		{ "(a\\1)", "", "aa", -1 },
		{ "(a)(b)\\2\\1", "", "abba", 1 },
		{ "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)\\11", "", "abcdefghijkk",
			1 },
		{ "(a)\\11", "", "aa1", 1 },
		{ "[\\1]", "", "1", -1 },
		{ "a{2,3}", "", "aa", 1 },
		{ "a{,3}", "", "aa", -1 },
		{ "a{2", "", "aa", -1 },
		{ "a**", "", "aa", -1 },
		{ "a++", "", "aa", -1 },
		{ "a+?", "", "aa", 1 },
		{ "(?:a)", "", "a", 1 },
		{ "(?=a)", "", "a", -1 },
		{ "(?i)a", "", "a", -1 },
		{ "(*ACCEPT)", "", "a", -1 },
		{ "a\\b", "", "a", -1 },
		{ "a\\", "", "a", -1 },
		{ "(a", "", "a", -1 },
		{ "a)", "", "a", -1 },
		{ "[a", "", "a", -1 },
		{ "[]", "", "a", -1 },
		{ "[z-a]", "", "a", -1 },
		{ "[[:alpha:]]", "", "a", -1 },
		{ "]", "", "]", -1 },
		{ "[a-]", "", "-", 1 },
		{ "[&&]", "", "&", 1 },
		{ "[\\p{IsGreek}]", "", "\xCE\xB1", 1 },
		{ "[\\p{IsGreek}a]", "", "a", 1 },
		{ "[\\P{IsGreek}]", "", "a", -1 },
		{ "\\p", "", "p", -1 },
		{ "\\pL", "", "a", -1 },
		{ "\\p{L", "", "a", -1 },
		{ "\\p{}", "", "a", -1 },
		{ "\\p{Lux}", "", "a", -1 },
		{ "\\p{Ab}", "", "a", -1 },
		{ "\\p{L}", "", "a", 1 },
		{ "\\P{L}", "", "a", 0 },
		{ "[\\p]", "", "p", -1 },
		{ "[\\I]", "", "a", -1 },
		{ "[\\C]", "", "a", -1 },
		{ "[\\S]", "", "a", 1 },
		{ "[\\D]", "", "a", 1 },
		{ "[\\W]", "", ".", 1 },
		{ "\\I", "", "1", 1 },
		{ "\\C", "", " ", 1 },
		{ "\\n", "", "\n", 1 },
		{ "\\q", "", "q", -1 },
		{ "\\:", "", ":", -1 },
		{ "[\\q]", "", "q", -1 },
		{ "[a-", "", "a", -1 },
		{ "[-a]", "", "-", 1 },
		{ "[~]", "", "~", 1 },
		{ "[a[b]", "", "a", -1 },
		{ "[^a]", "", "b", 1 },
		{ "[^a]", "", "a", 0 },
		{ "[-[a]]", "", "a", -1 },
		{ "[a-[b]", "", "a", -1 },
		{ "[a-[b", "", "a", -1 },
		{ "a{}", "", "a", -1 },
		{ "a{1,2,3}", "", "a", -1 },
		{ "a{x}", "", "a", -1 },
		{ "a{1!}", "", "a", -1 },
		{ "^a{1}$", "", "a", 1 },
		{ "^a{2,}?$", "", "aaa", 1 },
		{ "a?*", "", "a", -1 },
		{ "^a?b$", "", "b", 1 },
		{ "(?a)", "", "a", -1 },
		{ "(?", "", "a", -1 },
		{ "(", "", "a", -1 },
		{ "\\d**", "", "1", -1 },
		{ "[a]**", "", "a", -1 },
		{ "(a)**", "", "a", -1 },
		{ "^(a)+$", "", "aa", 1 },
		{ ")", "", "a", -1 },
		{ "{", "", "a", -1 },
		{ "}", "", "a", -1 },
		{ "\xC3\xA9+$", "", "\xC3\xA9\xC3\xA9", 1 },
		{ "a\tb\nc\rd", "x", "abcd", 1 },
		{ "^a\\[b$", "x", "a[b", 1 },
		{ "^a\\]$", "x", "a]", 1 },
		{ "^[\\]a] $", "x", "]", 1 },
		{ "]", "x", "]", -1 },
		{ "", "x", "a", 1 },
		{ "|a", "", "b", 1 },
		{ "", "", "b", 1 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct regex *regex = NULL;
		int result = -1;

		if (regex_new(&regex, text_of(rows[i].pattern),
			    text_of(rows[i].flags)) == REGEX_FOUND)
			result = regex_search(regex, text_of(rows[i].subject),
					 0) == REGEX_FOUND;
		cr_expect_eq(result, rows[i].result, "%s /%s on \"%s\": %d",
			rows[i].pattern, rows[i].flags, rows[i].subject,
			result);
		regex_free(regex);
	}
}

Test(regex, built_ins)
{
	static const char *const rows[][2] = {
		{ "replace(\"abab\", \"(a)(b)\", \"$2$1\")", "\"baba\"" },
		{ "replace(\"a\", \"a\", \"\\\\$\")", "\"$\"" },
		{ "replace(\"a\", \"a\", \"$\")", "null" },
		{ "replace(\"a\", \"a\", \"\\\\a\")", "null" },
		{ "replace(\"a.b\", \".\", \"$\", \"q\")", "\"a$b\"" },
		{ "replace(\"abc\", \"x?\", \"-\")", "null" },
		{ "replace(\"abcdefghijkl\", "
		  "\"(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)\", \"$11$12\")",
			"\"ka2l\"" },
		{ "replace(\"ab\", \"(a)|b\", \"[$1]\")", "\"[a][]\"" },
		{ "split(\"a, b,c\", \",\\\\s*\")", "[\"a\", \"b\", \"c\"]" },
		{ "split(\"abc\", \"x*\")", "null" },
		{ "split(\";a;\", \";\")", "[\"\", \"a\", \"\"]" },
		{ "matches(\"\\u3042\", \"^.$\")", "true" },
		{ "matches(1, \"a\")", "null" },
		{ "matches(\"a\", \"a\", 1)", "null" },
	};
	struct kit kit;

	kit_init(&kit);
	for (size_t i = 0; i < COUNT(rows); i++)
		cr_expect_str_eq(kit_run(&kit, rows[i][0]), rows[i][1], "%s",
			rows[i][0]);
	kit_release(&kit);
}

/* `count` times `open`, `middle`, `count` times `close`: what it is. */
static enum regex_result nested(const char *flags, const char *open,
	size_t count, const char *middle, const char *close)
{
	struct buffer pattern;
	struct regex *regex;
	enum regex_result result;

	buffer_init(&pattern);
	for (size_t i = 0; i < count; i++)
		buffer_text(&pattern, open);
	buffer_text(&pattern, middle);
	for (size_t i = 0; i < count; i++)
		buffer_text(&pattern, close);
	result = regex_new(&regex, (struct text){ pattern.data, pattern.size },
		text_of(flags));
	regex_free(regex);
	buffer_release(&pattern);
	return result;
}

/* What is larger than a ceiling is no pattern. */
Test(regex, sizes_of_a_pattern)
{
	static const struct {
		const char *flags, *open;
		size_t count;
		const char *middle, *close;
	} rows[] = {
		{ "x", " ", REGEX_BYTES_MAX, "", "" },
		{ "", "(a)", REGEX_GROUPS_MAX, "", "" },
		{ "", "(?:", REGEX_NESTED_MAX, "a", ")" },
		{ "", "[a-z-", REGEX_CLASS_DEPTH, "[b]", "]" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		for (size_t past = 0; past < 2; past++)
			cr_expect_eq(nested(rows[i].flags, rows[i].open,
					     rows[i].count + past,
					     rows[i].middle, rows[i].close),
				past ? REGEX_WRONG : REGEX_FOUND,
				"%s, %zu past", rows[i].open, past);
}

/* A pattern that would run for years ends as null. */
Test(regex, matching_is_bounded, .timeout = 60)
{
	static const char pattern[] = "^(a+)+$";
	struct regex *regex;
	char subject[64];

	memset(subject, 'a', sizeof(subject) - 1);
	subject[sizeof(subject) - 2] = 'b';
	subject[sizeof(subject) - 1] = '\0';
	cr_assert_eq(
		regex_new(&regex, text_of(pattern), text_of("")), REGEX_FOUND);
	cr_expect_eq(regex_search(regex, text_of(subject), 0), REGEX_WRONG);
	regex_free(regex);
}

/* A pattern is wrong or not: want of memory is told apart, in compiling it (a
   long one wants more than the compiler's stack) and in matching. */
Test(regex, want_of_memory_is_no_wrong_pattern)
{
	static const char *const patterns[] = { "(ab|c)+\\d{2,3}[x-z]", NULL };
	char deep[8192] = "";
	char subject[4096];

	for (size_t i = 0; i < 2; i++) {
		struct text pattern = text_of(patterns[i] ? patterns[i] : deep);
		int64_t before = memory_stats().in_use;
		enum regex_result result = REGEX_MEMORY;
		uint64_t nth = 1;

		if (!patterns[i]) {
			memset(deep, 'a', 4000);
			memset(deep + 4000, '|', 1);
			memset(deep + 4001, 'b', 4000);
			pattern = text_of(deep);
		}
		for (; result == REGEX_MEMORY; nth++) {
			struct regex *regex;

			memory_fail_at(nth, false);
			result = regex_new(&regex, pattern, text_of(""));
			memory_fail_at(0, false);
			regex_free(regex);
			cr_assert_eq(memory_stats().in_use, before);
		}
		cr_assert_eq(
			result, REGEX_FOUND, "%zu: failing %d", i, (int)nth);
		cr_assert_gt(nth, 6, "only %d were asked for", (int)nth);
	}
	{
		struct regex *regex;

		memset(subject, 'a', sizeof(subject) - 1);
		subject[sizeof(subject) - 1] = '\0';
		cr_assert_eq(regex_new(&regex, text_of("(a|b)*c"), text_of("")),
			REGEX_FOUND);
		memory_fail_at(1, false);
		cr_assert_eq(
			regex_search(regex, text_of(subject), 0), REGEX_MEMORY);
		memory_fail_at(0, false);
		cr_assert_eq(
			regex_search(regex, text_of(subject), 0), REGEX_NONE);
		regex_free(regex);
	}
}

/* At each ceiling a pattern is taken, and past it refused. */
Test(regex, ceilings)
{
	static const struct {
		const char *before;
		const char *middle;
		const char *after;
		unsigned most;
	} rows[] = {
		{ "(?:", "a", ")", REGEX_NESTED_MAX },
		{ "(a)", "", "", REGEX_GROUPS_MAX },
		{ "[a-", "[b]", "]", REGEX_CLASS_DEPTH },
		{ "a", "", "", REGEX_BYTES_MAX },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		for (unsigned past = 0; past < 2; past++) {
			struct buffer pattern;
			struct buffer out;

			buffer_init(&pattern);
			buffer_init(&out);
			for (unsigned k = 0; k < rows[i].most + past; k++)
				buffer_text(&pattern, rows[i].before);
			buffer_text(&pattern, rows[i].middle);
			for (unsigned k = 0; k < rows[i].most + past; k++)
				buffer_text(&pattern, rows[i].after);
			cr_expect_eq(regex_translate(text_of(pattern.data),
					     false, &out),
				past == 0, "row %zu, past %u", i, past);
			buffer_release(&out);
			buffer_release(&pattern);
		}
}
