/*
 * Records for the benchmark: make KIND COUNT [SEED]. The same seed gives the
 * same bytes on every machine. KIND is known (the coefficient, every fact
 * known), awkward (the same facts, written as people write them: quoted
 * cells, CR LF, a mark of byte order, Japanese words and an extra column),
 * coefficient, unprofitable or above (a third of the records with unknown
 * facts).
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHARES_MAX 4

static uint64_t state;

/* splitmix64: a value below `count`; the bias of the remainder is nothing */
static unsigned below(unsigned count)
{
	uint64_t word = state += 0x9e3779b97f4a7c15u;

	word = (word ^ word >> 30) * 0xbf58476d1ce4e5b9u;
	word = (word ^ word >> 27) * 0x94d049bb133111ebu;
	return (unsigned)((word ^ word >> 31) % count);
}

static const char *truth(void)
{
	return below(2) ? "true" : "false";
}

static bool unknown(void)
{
	return below(3) == 0;
}

/* The facts of the coefficient; NULL and 0: unknown. */
struct test {
	const char *orphan, *aid;
	unsigned tests, points;
};

static struct test test_make(void)
{
	struct test test = { truth(), truth(), 0, 0 };

	test.tests = 1 + below(1300);
	test.points = 10 + below(99990);
	return test;
}

static void number(unsigned value)
{
	if (value)
		printf("%u", value);
}

static void known(unsigned long row)
{
	struct test test = test_make();

	printf("K%08lu,検査%u,%s,%s,%u,%u\n", row, below(1000), test.orphan,
		test.aid, test.tests, test.points);
}

static void coefficient(unsigned long row)
{
	struct test test = test_make();

	if (unknown()) {
		switch (below(4)) {
		case 0:
			test.orphan = "";
			break;
		case 1:
			test.aid = "";
			break;
		case 2:
			test.tests = 0;
			break;
		default:
			test.points = 0;
		}
	}
	printf("C%08lu,検査%u,%s,%s,", row, below(1000), test.orphan, test.aid);
	number(test.tests);
	putchar(',');
	number(test.points);
	putchar('\n');
}

/* In digits of the full width of a Japanese character. */
static void wide(unsigned value)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", value);
	for (const char *digit = text; *digit; digit++)
		printf("\xef\xbc%c", 0x90 + *digit - '0');
}

/* Each fact is spelled in one of the ways that the record format allows. */
static void awkward(unsigned long row)
{
	static const char *const yes[] = { "true", "\"TRUE\"", "はい", "1" };
	static const char *const no[] = { "false", "\"no\"", "いいえ", "0" };
	struct test test = test_make();
	unsigned name = below(1000);
	const char *const *orphan = test.orphan[0] == 't' ? yes : no;
	const char *const *aid = test.aid[0] == 't' ? yes : no;

	printf("\"K%08lu\",\"検査%u、\"\"特\"\"\",%s,%s,", row, name,
		orphan[name % 4], aid[name / 4 % 4]);
	if (name % 16)
		printf("%u", test.tests);
	else
		wide(test.tests);
	printf(",\"%u\",\"病院%u, %s\"\r\n", test.points, name % 31,
		name % 7 ? "継続" : "改行\r\nあり");
}

/* `count` shares that sum to 100, the largest sometimes all of it. */
static void shares_make(unsigned *shares, unsigned count)
{
	unsigned left = 100;

	memset(shares, 0, count * sizeof(*shares));
	if (below(8) == 0) {
		shares[0] = 100;
		return;
	}
	for (unsigned i = 0; i + 1 < count; i++) {
		shares[i] = 1 + below((left - (count - i - 1)) / 2 + 1);
		left -= shares[i];
	}
	shares[count - 1] = left;
}

static void shares_print(const unsigned *shares, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		if (shares[i])
			printf(",%c社,%u", 'A' + (int)i, shares[i]);
		else
			fputs(",,", stdout);
	}
}

static void unprofitable(unsigned long row)
{
	unsigned shares[3], gone = unknown() ? below(6) : 6;
	const char *cells[7];

	shares_make(shares, 3);
	for (int i = 0; i < 4; i++)
		cells[i] = truth();
	/* most of those who ask have a case */
	for (int i = 4; i < 7; i++)
		cells[i] = (below(4) == 0) == (i < 6) ? "false" : "true";
	/* which facts are unknown: a share, or one of the assessments */
	if (gone == 0)
		memset(shares, 0, sizeof(shares));
	else if (gone < 6)
		cells[gone == 1 ? 0 : gone + 1] = "";
	printf("U%08lu,区分%u,category,", row, below(1000));
	if (below(10) == 0)
		fputs("none,", stdout);
	else if (below(2) && shares[0] < 100)
		fputs("A社,B社", stdout);
	else
		fputs("A社,", stdout);
	shares_print(shares, 3);
	for (int i = 0; i < 7; i++)
		printf(",%s", cells[i]);
	printf(",%u,", 100 + below(200000));
	if (gone != 6 || below(20))
		printf("%u", 100 + below(400000));
	puts(",none");
}

static void above(unsigned long row)
{
	unsigned shares[SHARES_MAX], price = 100 + below(200000);
	unsigned market = price * 9 / 10 + below(price / 4);
	unsigned gone = unknown() ? below(3) : 3;

	shares_make(shares, SHARES_MAX);
	if (gone == 0)
		memset(shares, 0, sizeof(shares));
	printf("P%08lu,区分%u,category,", row, below(1000));
	number(gone == 1 ? 0 : price);
	putchar(',');
	number(gone == 2 ? 0 : market);
	shares_print(shares, SHARES_MAX);
	putchar('\n');
}

struct kind {
	const char *name, *header;
	void (*print)(unsigned long row);
};

#define TEST_HEADER                                                            \
	"id,name,orphan_designated,indication_aid,annual_tests,base_points"
#define SHARE(n) ",shares_" n "_maker,shares_" n "_share"

static const struct kind kinds[] = {
	{ "known", TEST_HEADER "\n", known },
	{ "coefficient", TEST_HEADER "\n", coefficient },
	{ "awkward", "\xef\xbb\xbf" TEST_HEADER ",x_備考\r\n", awkward },
	{ "unprofitable",
		"id,name,kind,requesters_1,requesters_2" SHARE("1") SHARE("2")
			SHARE("3") ",others_can_cover_single,"
				   "others_can_cover_top2,"
				   "specific_only_indication,"
				   "others_can_cover_specific,"
				   "necessity_particularly_high,"
				   "price_extremely_low,divergence_large,"
				   "current_price,cost_calculated_price,"
				   "premiums\n",
		unprofitable },
	{ "above",
		"id,name,kind,current_price,market_price_taxed" SHARE("1")
			SHARE("2") SHARE("3") SHARE("4") "\n",
		above },
};

int main(int count, char **words)
{
	size_t kind = 0;

	if (count < 3) {
		fputs("make KIND COUNT [SEED]\n", stderr);
		return 2;
	}
	while (strcmp(words[1], kinds[kind].name) != 0)
		if (++kind == sizeof(kinds) / sizeof(*kinds))
			return 2;
	state = strtoull(count > 3 ? words[3] : "20260601", NULL, 10);
	fputs(kinds[kind].header, stdout);
	for (unsigned long row = 1, end = strtoul(words[2], NULL, 10);
		row <= end; row++)
		kinds[kind].print(row);
	return fflush(stdout) || ferror(stdout);
}
