/*
 * Numbers of a rule and the numbers that answer for them: a largest matching,
 * found with augmenting paths. An augmenting path never frees what is matched,
 * so what the exemptions got in the first round they keep in the second.
 */
#include "rulebook/quote.h"

#include "base/memory.h"

struct match {
	struct match_number *numbers;
	size_t count;
	struct match_answer *answers;
	size_t answer_count;
	size_t *answer_of; /* of each number; SIZE_MAX: none */
	size_t *number_of; /* of each answer */
	bool *seen;
};

static bool fits(const struct match *match, size_t number, size_t answer)
{
	const struct match_number *a = &match->numbers[number];
	const struct match_answer *b = &match->answers[answer];

	return numeral_same(&a->numeral, &b->numeral) &&
	       (b->is_exemption ||
		       numeral_agrees(a->numeral.bound, b->numeral.bound));
}

static bool augment_number(struct match *match, size_t number)
{
	for (size_t i = 0; i < match->answer_count; i++) {
		if (match->seen[i] || !fits(match, number, i))
			continue;
		match->seen[i] = true;
		if (match->number_of[i] == SIZE_MAX ||
			augment_number(match, match->number_of[i])) {
			match->number_of[i] = number;
			match->answer_of[number] = i;
			return true;
		}
	}
	return false;
}

/* Depth is at most the number of exemptions, MATCH_MAX. */
static bool augment_answer(struct match *match, size_t answer)
{
	for (size_t i = 0; i < match->count; i++) {
		if (match->seen[i] || !fits(match, i, answer))
			continue;
		match->seen[i] = true;
		if (match->answer_of[i] == SIZE_MAX ||
			augment_answer(match, match->answer_of[i])) {
			match->answer_of[i] = answer;
			match->number_of[answer] = i;
			return true;
		}
	}
	return false;
}

static void forget_seen(struct match *match)
{
	for (size_t i = 0; i < match->count + match->answer_count; i++)
		match->seen[i] = false;
}

static void match_tell(struct match *match)
{
	for (size_t i = 0; i < match->count; i++) {
		struct match_number *number = &match->numbers[i];
		const struct match_answer *answer;

		number->found = match->answer_of[i] != SIZE_MAX;
		if (!number->found)
			continue;
		answer = &match->answers[match->answer_of[i]];
		number->exempt = answer->is_exemption;
		number->in_reading = answer->in_reading;
	}
	for (size_t i = 0; i < match->answer_count; i++)
		match->answers[i].taken = match->number_of[i] != SIZE_MAX;
}

enum shk_code match_numbers(struct match_number *numbers, size_t count,
	struct match_answer *answers, size_t answer_count, shk_diag *diag)
{
	struct match match = { .numbers = numbers,
		.count = count,
		.answers = answers,
		.answer_count = answer_count };

	match.answer_of = memory_zeroed(count + 1, sizeof(size_t));
	match.number_of = memory_zeroed(answer_count + 1, sizeof(size_t));
	match.seen = memory_zeroed(count + answer_count + 1, sizeof(bool));
	if (match.answer_of && match.number_of && match.seen) {
		for (size_t i = 0; i < count; i++)
			match.answer_of[i] = SIZE_MAX;
		for (size_t i = 0; i < answer_count; i++)
			match.number_of[i] = SIZE_MAX;
		for (size_t i = 0; i < answer_count; i++) {
			forget_seen(&match);
			if (answers[i].is_exemption)
				augment_answer(&match, i);
		}
		for (size_t i = 0; i < count; i++) {
			forget_seen(&match);
			if (match.answer_of[i] == SIZE_MAX)
				augment_number(&match, i);
		}
		match_tell(&match);
	} else {
		diag_memory(diag);
	}
	memory_free(match.answer_of);
	memory_free(match.number_of);
	memory_free(match.seen);
	return match.answer_of && match.number_of && match.seen ? SHK_OK
								: SHK_E_MEMORY;
}
