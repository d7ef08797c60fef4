/*
 * Any bytes as decimal text. What is read is what the digits say, worked out
 * here on the text alone; it is printed in one form only, and that form read
 * again is the same number.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz/target.h"
#include "num/num.h"

#define DIGITS_MAX 8192 /* more than num_format prints */
#define POWER_MAX  1000000

/* A number as its digits without zeros at the ends, and a power of ten. */
struct plain {
	bool negative;
	char digits[DIGITS_MAX];
	size_t count;
	long power; /* of the last digit */
};

static void plain_trim(struct plain *plain)
{
	size_t zeros = 0;

	while (zeros < plain->count && plain->digits[zeros] == '0')
		zeros++;
	plain->count -= zeros;
	memmove(plain->digits, plain->digits + zeros, plain->count);
	while (plain->count > 0 && plain->digits[plain->count - 1] == '0') {
		plain->count--;
		plain->power++;
	}
	if (plain->count == 0) {
		plain->negative = false;
		plain->power = 0;
	}
}

/* Of a text that num_parse took: a sign, digits, a point, an exponent. */
static void plain_read(const char *text, size_t size, struct plain *out)
{
	bool point = false;
	size_t i = 0;
	long power;

	memset(out, 0, sizeof(*out));
	if (i < size && (text[i] == '-' || text[i] == '+'))
		out->negative = text[i++] == '-';
	for (; i < size && text[i] != 'e' && text[i] != 'E'; i++) {
		if (text[i] == '.') {
			point = true;
			continue;
		}
		out->digits[out->count++] = text[i];
		out->power -= point;
	}
	if (i < size) {
		char exponent[DIGITS_MAX];

		memcpy(exponent, text + i + 1, size - i - 1);
		exponent[size - i - 1] = '\0';
		/* past these ends only zero is a number, of any power */
		power = strtol(exponent, NULL, 10);
		power = power > POWER_MAX ? POWER_MAX : power;
		out->power += power < -POWER_MAX ? -POWER_MAX : power;
	}
	plain_trim(out);
}

static bool plain_same(const struct plain *a, const struct plain *b)
{
	return a->negative == b->negative && a->count == b->count &&
	       a->power == b->power &&
	       memcmp(a->digits, b->digits, a->count) == 0;
}

static void try_text(const char *text, size_t size, bool exponent)
{
	char first[NUM_TEXT_MAX], again[NUM_TEXT_MAX];
	static struct plain given, printed;
	num value, read;
	size_t length;

	if (num_parse(text, size, exponent, &value) != NUM_PARSED)
		return;
	length = num_format(value, first, sizeof(first));
	if (length == 0 || length != strlen(first))
		fuzz_fail("%.*s is not printed", (int)size, text);
	plain_read(text, size, &given);
	plain_read(first, length, &printed);
	if (!plain_same(&given, &printed))
		fuzz_fail("%.*s is printed as %s", (int)size, text, first);
	if (num_parse(first, length, false, &read) != NUM_PARSED ||
		num_compare(read, value) != 0 ||
		num_hash(read) != num_hash(value))
		fuzz_fail("%s is another number when it is read again", first);
	if (num_format(read, again, sizeof(again)) != length ||
		strcmp(first, again) != 0)
		fuzz_fail("%s is printed as %s", first, again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size >= DIGITS_MAX)
		return 0;
	try_text((const char *)data, size, false);
	try_text((const char *)data, size, true);
	return 0;
}
