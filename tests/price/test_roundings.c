/*
 * What other roundings would give, on a book of invented rules: in loops,
 * where the change takes another branch, where several outputs hang on one
 * rounding; and at the ceiling of the list and past it.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "price/pricing.h"

#define ROUNDING_BOOK SOURCE_FOLDER "/tests/price/books/rounding"
#define COUNT(rows)   (sizeof(rows) / sizeof((rows)[0]))

struct say {
	char text[8192];
	size_t size;
	size_t count;
	bool cut;
};

static void put(struct say *say, const char *text)
{
	say->size += (size_t)snprintf(say->text + say->size,
		sizeof(say->text) - say->size, "%s", text);
}

static void put_number(struct say *say, const struct price_value *value)
{
	char text[NUM_TEXT_MAX] = "null";

	if (value->kind == PRICE_NUMBER)
		num_format(value->u.number, text, sizeof(text));
	put(say, text);
}

/* "10.5>11 even:branch=78+47 left:... behind2:gone" of those that change. */
static void put_alternative(struct say *say, const shk_result *result,
	const struct price_alternative *alternative)
{
	static const char *const modes[] = { "even", "half_up", "half_down",
		"up", "down", "floor", "ceiling" };
	char number[32];

	if (alternative->possible && alternative->change_count == 0 &&
		alternative->kind != PRICE_BEHIND)
		return;
	snprintf(number, sizeof(number), " behind%zu", alternative->behind + 1);
	if (alternative->kind == PRICE_OTHER_MODE)
		put(say, " "), put(say, modes[alternative->mode]);
	else
		put(say, alternative->kind == PRICE_BEHIND ? number : " left");
	put(say, alternative->possible ? ":" : ":gone");
	for (size_t i = 0; i < alternative->change_count; i++) {
		put(say, i ? "," : "");
		put(say, result->outputs[alternative->changes[i].output].name);
		put(say, "=");
		put_number(say, &alternative->changes[i].value);
		put(say, "d");
		put_number(say, &alternative->changes[i].difference);
	}
}

static enum shk_code collect(void *context, const shk_result *result)
{
	struct say *say = context;

	say->count = result->rounding_count;
	say->cut = result->roundings_cut;
	for (size_t i = 0; i < result->rounding_count && i < 4; i++) {
		const struct price_rounding *rounding = &result->roundings[i];

		put(say, i ? "; " : "");
		put_number(say, &rounding->before);
		put(say, ">");
		put_number(say, &rounding->after);
		for (size_t k = 0; k < rounding->alternative_count; k++)
			put_alternative(
				say, result, &rounding->alternatives[k]);
	}
	return SHK_OK;
}

static void ask(const char *decision, const char *record, struct say *say)
{
	struct pricing pricing;
	shk_pricer *pricer;
	shk_diag diag = { 0 };

	memset(say, 0, sizeof(*say));
	pricing_open(&pricing, ROUNDING_BOOK);
	pricing.options.roundings = true;
	pricing.options.decisions = &decision;
	pricing.options.decision_count = 1;
	cr_assert_eq(shk_pricer_new(&pricer, pricing.book, pricing.schema,
			     &pricing.options, &diag),
		SHK_OK, "%s", diag.message);
	cr_expect_eq(shk_pricer_price(pricer, pricing_record(&pricing, record),
			     collect, say, &diag),
		SHK_OK, "%s", diag.message);
	shk_pricer_free(pricer);
	pricing_close(&pricing);
}

/*
 * branch: 10.5 is 11, more than 10: floor(31.5) = 31. To even it is 10:
 * ceiling(73.5) + half_up(3.5) = 74 + 4 = 78, 47 more. floor does not hang on
 * the first: it rounds n * 3. 31.5 upwards, half up, and to even is 32.
 * gone: floor(11 * 1.5) = 16; downwards floor(15) = 15; left out, whole = n
 * and nothing is floored.
 * many, 1..3: half_up of 0.5, 1, 1.5 = 1 + 1 + 2 = 4.
 */
static const struct {
	const char *decision, *record, *wanted;
} rows[] = {
	{ "branch", "n=10.5",
		"10.5>11 even:branch=78d47 half_down:branch=78d47 "
		"down:branch=78d47 floor:branch=78d47; "
		"31.5>31 even:branch=32d1 half_up:branch=32d1 up:branch=32d1 "
		"ceiling:branch=32d1 left:branch=31.5d0.5" },
	{ "gone", "n=10.5",
		"10.5>11 even:gone=15d-1 half_down:gone=15d-1 down:gone=15d-1 "
		"floor:gone=15d-1 left:gone=0d-16 behind2:gone; "
		"16.5>16 half_up:gone=17d1 up:gone=17d1 ceiling:gone=17d1 "
		"left:gone=16.5d0.5" },
	{ "shared", "n=2.5",
		"2.5>3 even:whole=2d-1,shared=4d-2 "
		"half_down:whole=2d-1,shared=4d-2 "
		"down:whole=2d-1,shared=4d-2 floor:whole=2d-1,shared=4d-2 "
		"left:whole=2.5d-0.5,shared=5d-1" },
	{ "shared", "n=3", "3>3" },
	{ "many", "n=3",
		"0.5>1 even:many=3d-1 half_down:many=3d-1 down:many=3d-1 "
		"floor:many=3d-1 left:many=3.5d-0.5; 1>1; "
		"1.5>2 half_down:many=3d-1 down:many=3d-1 floor:many=3d-1 "
		"left:many=3.5d-0.5" },
};

Test(roundings, done_otherwise)
{
	struct say say;

	for (size_t i = 0; i < COUNT(rows); i++) {
		ask(rows[i].decision, rows[i].record, &say);
		cr_expect_str_eq(say.text, rows[i].wanted, "%s %s:\n%s\n%s",
			rows[i].decision, rows[i].record, say.text,
			rows[i].wanted);
		cr_expect_not(say.cut);
	}
}

Test(roundings, ceiling_of_the_list)
{
	struct say say;

	ask("many", "n=128", &say);
	cr_expect_eq(say.count, (size_t)ROUNDINGS_MAX);
	cr_expect_not(say.cut);
	ask("many", "n=129", &say);
	cr_expect_eq(say.count, (size_t)ROUNDINGS_MAX);
	cr_expect(say.cut);
	ask("many", "n=600", &say);
	cr_expect_eq(say.count, (size_t)ROUNDINGS_MAX);
	cr_expect(say.cut);
}

/* Nothing is determined: nothing is tried. */
Test(roundings, of_an_open_answer)
{
	struct say say;

	ask("branch", "", &say);
	cr_expect_eq(say.count, 0u);
	cr_expect_not(say.cut);
}
