/*
 * Between numbers and MPFR through decimal text, so that nothing of the code
 * under test takes part in the reference.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "num/reference.h"

uint64_t reference_next(uint64_t *seed)
{
	uint64_t z = (*seed += 0x9E3779B97F4A7C15ull);

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ull;
	z = (z ^ z >> 27) * 0x94D049BB133111EBull;
	return z ^ z >> 31;
}

num reference_of(const char *text)
{
	num a = NUM_ZERO;

	cr_assert_eq(num_parse(text, strlen(text), true, &a), NUM_PARSED, "%s",
		text);
	return a;
}

const char *reference_show(num a)
{
	static char text[4][NUM_TEXT_MAX];
	static int turn;

	turn = (turn + 1) % 4;
	cr_assert_gt(num_format(a, text[turn], NUM_TEXT_MAX), 0);
	return text[turn];
}

void reference_set(mpfr_t out, num a)
{
	mpfr_set_str(out, reference_show(a), 10, MPFR_RNDN);
}

num reference_round(mpfr_t a)
{
	char digits[NUM_DIGITS + 3];
	char text[NUM_DIGITS + 40];
	mpfr_exp_t exponent;

	if (mpfr_zero_p(a))
		return NUM_ZERO;
	mpfr_get_str(digits, &exponent, 10, NUM_DIGITS, a, MPFR_RNDN);
	snprintf(text, sizeof(text), "%se%ld", digits,
		(long)exponent - NUM_DIGITS);
	return reference_of(text);
}

num reference_number(uint64_t *seed, int digits, int low, int high)
{
	char text[NUM_DIGITS + 40];
	int exponent =
		low + (int)(reference_next(seed) % (uint64_t)(high - low + 1));

	text[0] = (char)('1' + reference_next(seed) % 9);
	for (int i = 1; i < digits; i++)
		text[i] = (char)('0' + reference_next(seed) % 10);
	snprintf(text + digits, 30, "e%d", exponent);
	return reference_of(text);
}
