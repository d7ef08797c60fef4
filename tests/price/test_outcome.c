/*
 * Sets of outcomes: each once, intervals that touch are one, sorted.
 */
#include <criterion/criterion.h>

#include "price/outcome.h"
#include "price/vectors.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static struct outcome_set set;

static struct feel_value whole(int64_t value)
{
	return feel_number(num_from_int(value));
}

static void add_range(
	int64_t low, bool low_closed, int64_t high, bool high_closed)
{
	struct feel_unknown unknown = { .shape = FEEL_INTERVAL,
		.interval = { .low = whole(low),
			.high = whole(high),
			.low_closed = low_closed,
			.high_closed = high_closed },
		.slot = -1 };
	struct feel_value value = { .type = FEEL_UNKNOWN,
		.u = { .unknown = &unknown } };

	outcome_add_value(&set, &value, NULL, 0);
}

static void add(int64_t value)
{
	struct feel_value number = whole(value);

	outcome_add_value(&set, &number, NULL, 0);
}

static void expect(const char *want)
{
	const struct price_outcome *plain;
	struct arena arena;
	struct buffer said;
	size_t count;

	arena_init(&arena);
	buffer_init(&said);
	outcome_sort(&set);
	cr_assert(outcome_plain(&arena, &set, &count, &plain));
	for (size_t i = 0; i < count; i++) {
		if (i)
			buffer_byte(&said, ' ');
		if (plain[i].status != SHK_DETERMINED)
			buffer_text(&said, plain[i].reason);
		else
			vectors_say(&plain[i].value, &said);
	}
	cr_expect_str_eq(said.size ? said.data : "", want);
	buffer_release(&said);
	arena_release(&arena);
	outcome_clear(&set);
}

Test(outcome, numbers_and_intervals)
{
	add(3);
	add(1);
	add(3);
	expect("1 3");
	add_range(0, true, 2, false);
	add(2);
	expect("[0..2]");
	add_range(0, true, 2, false);
	add_range(2, false, 5, true);
	expect("[0..2) (2..5]");
	/* the point between makes them one */
	add_range(0, true, 2, false);
	add_range(2, false, 5, true);
	add(2);
	expect("[0..5]");
	add_range(0, true, 9, true);
	add_range(3, false, 4, false);
	add(9);
	add(10);
	expect("[0..9] 10");
	add_range(5, true, 6, true);
	add_range(1, true, 2, true);
	add_range(2, true, 5, true);
	expect("[1..6]");
}

Test(outcome, statuses_come_last_and_once_a_reason)
{
	outcome_add_status(&set, SHK_NOT_APPLICABLE, "b");
	outcome_add_status(&set, SHK_CONFLICT, "a");
	outcome_add_status(&set, SHK_NOT_APPLICABLE, "b");
	add(1);
	cr_expect(!outcome_decided(&set));
	expect("1 a b");
	outcome_add_status(&set, SHK_NOT_APPLICABLE, "b");
	cr_expect(outcome_decided(&set));
	expect("b");
	add_range(1, true, 2, true);
	cr_expect(!outcome_decided(&set));
	expect("[1..2]");
}

Test(outcome, past_the_ceiling_a_set_is_anything)
{
	for (int i = 0; i < OUTCOMES_MAX; i++)
		add(2 * i);
	cr_expect(!set.anything);
	add(0);
	cr_expect(!set.anything);
	add(1);
	cr_expect(set.anything);
	cr_expect_eq(set.count, (size_t)OUTCOMES_MAX);
	outcome_clear(&set);
}

Test(outcome, what_nothing_is_known_of_has_the_choices_of_its_domain)
{
	struct feel_unknown unknown = { .shape = FEEL_ANYTHING, .slot = -1 };
	struct feel_value value = { .type = FEEL_UNKNOWN,
		.u = { .unknown = &unknown } };
	struct feel_value choices[] = { whole(4), whole(2) };

	outcome_add_value(&set, &value, choices, 2);
	expect("2 4");
	outcome_add_value(&set, &value, NULL, 0);
	cr_expect(set.anything);
	cr_expect(!outcome_decided(&set));
	outcome_clear(&set);
}

Test(outcome, keeping_copies_what_is_new)
{
	char word[] = "abc", reason[] = "why";
	struct feel_value text = feel_string(word, 3);
	struct outcome_set kept = { 0 };
	struct arena arena;

	arena_init(&arena);
	outcome_add_value(&set, &text, NULL, 0);
	outcome_add_status(&set, SHK_NOT_APPLICABLE, reason);
	cr_assert(outcome_keep(&arena, &kept, &set));
	cr_assert(outcome_keep(&arena, &kept, &set));
	word[0] = reason[0] = '?';
	set = kept;
	cr_expect_eq(set.count, 2u);
	expect("abc why");
	arena_release(&arena);
}

Test(outcome, words_of_applicability)
{
	static const struct {
		const char *word;
		enum shk_status status;
		const char *reason;
	} rows[] = { { "applicable", SHK_DETERMINED, "" },
		{ "no_request", SHK_NOT_APPLICABLE, "no_request" },
		{ "conflict:x", SHK_CONFLICT, "x" },
		{ "undetermined:y:z", SHK_UNDETERMINED, "y:z" },
		{ "conflicting", SHK_NOT_APPLICABLE, "conflicting" },
		{ "capped:x", SHK_NOT_APPLICABLE, "capped:x" } };
	struct arena arena;
	enum shk_status status;
	const char *reason;

	arena_init(&arena);
	for (size_t i = 0; i < COUNT(rows); i++) {
		/* the word is not NUL-terminated */
		char bytes[32];
		size_t size = strlen(rows[i].word);
		struct feel_value word = feel_string(bytes, size);

		memset(bytes, '#', sizeof(bytes));
		memcpy(bytes, rows[i].word, size);
		cr_assert(
			applicability_status(&arena, &word, &status, &reason));
		cr_expect_eq(status, rows[i].status, "%s", rows[i].word);
		cr_expect_str_eq(reason, rows[i].reason);
	}
	cr_assert(applicability_status(
		&arena, &(struct feel_value){ 0 }, &status, &reason));
	cr_expect_eq(status, SHK_ERROR);
	arena_release(&arena);
}
