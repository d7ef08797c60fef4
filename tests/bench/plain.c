/*
 * The three tables as an ordinary C program has them: plain DECISION [amount],
 * CSV from standard input to standard output, line by line, with getline,
 * strsep, atol and printf. As in such programs an empty cell is 0 or false. It
 * knows the order of the columns and no quoted cells; the numbers of the law
 * and of policy.json are written into it.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CELLS_MAX 32

static bool with_amount;

static bool yes(const char *cell)
{
	return strcmp(cell, "true") == 0;
}

static void answer(const char *id, const char *status, const char *value,
	const char *amount)
{
	if (with_amount)
		printf("%s,%s,%s,%s\n", id, status, value, amount);
	else
		printf("%s,%s,%s\n", id, status, value);
}

/* Three digits remain; `cents` is the price in hundredths. */
static long round_price(long cents)
{
	long unit = 1;

	while (cents / 100 / unit >= 1000)
		unit *= 10;
	return (cents + 50 * unit) / (100 * unit) * unit;
}

/* id,name,orphan_designated,indication_aid,annual_tests,base_points */
static void coefficient(char **cells)
{
	static const char *const texts[] = { "1.5", "1.4", "1.3", "1.2",
		"1.1" };
	long tests = atol(cells[4]);
	long band = tests >= 800 ? 4 : tests / 200;
	char points[24];

	if (!yes(cells[2]) && !(yes(cells[3]) && tests < 1000)) {
		answer(cells[0], "not_applicable", "", "");
		return;
	}
	snprintf(points, sizeof(points), "%ld",
		(atol(cells[5]) * (15 - band) + 5) / 10);
	answer(cells[0], "determined", texts[band], points);
}

/* id,name,kind,requesters 1 and 2, three pairs of maker and share, cover
   single, top 2, specific only, cover specific, necessity, low, divergence,
   price, cost price */
static bool eligible(char **cells)
{
	long shares[2] = { 0, 0 }, largest, count = 0;
	bool irreplaceable;

	for (int at = 0; at < 2; at++)
		for (int maker = 5; maker < 11; maker += 2)
			if (cells[3 + at][0] &&
				strcmp(cells[3 + at], cells[maker]) == 0)
				shares[count++] = atol(cells[maker + 1]);
	largest = shares[0] > shares[1] ? shares[0] : shares[1];
	irreplaceable = largest == 100 || (largest >= 50 && !yes(cells[11])) ||
			(count == 2 && shares[0] + shares[1] >= 80 &&
				!yes(cells[12])) ||
			(yes(cells[13]) && !yes(cells[14]));
	return irreplaceable && yes(cells[15]) && yes(cells[16]) &&
	       !yes(cells[17]);
}

static void unprofitable(char **cells)
{
	char price[24];

	if (strcmp(cells[3], "none") == 0) {
		answer(cells[0], "not_applicable", "", "");
	} else if (!eligible(cells)) {
		answer(cells[0], "determined", "false", "");
	} else {
		snprintf(price, sizeof(price), "%ld",
			round_price(atol(cells[19]) * 100));
		answer(cells[0], "determined", "true", price);
	}
}

/* id,name,kind,current_price,market_price_taxed, four pairs of maker and
   share */
static void above(char **cells)
{
	long current = atol(cells[3]), market = atol(cells[4]);
	long first = 0, second = 0, cents;
	char price[24];

	if (market <= current) {
		answer(cells[0], "not_applicable", "", "");
		return;
	}
	for (int at = 6; at < 13; at += 2) {
		long share = atol(cells[at]);

		if (share > first) {
			second = first;
			first = share;
		} else if (share > second) {
			second = share;
		}
	}
	if (first >= 60) {
		answer(cells[0], "determined", "1", "");
	} else if (first + second >= 60) {
		answer(cells[0], "determined", "2", "");
	} else {
		cents = current * 105;
		if (cents > market * 100)
			cents = market * 100;
		snprintf(price, sizeof(price), "%ld", round_price(cents));
		answer(cells[0], "determined", "3", price);
	}
}

int main(int count, char **words)
{
	void (*decide)(char **) = NULL;
	const char *amount = "points";
	char *line = NULL;
	size_t size = 0;

	if (count > 1 && strcmp(words[1], "coefficient") == 0)
		decide = coefficient;
	else if (count > 1 && strcmp(words[1], "unprofitable") == 0)
		decide = unprofitable;
	else if (count > 1 && strcmp(words[1], "above") == 0)
		decide = above;
	if (!decide)
		return 2;
	if (decide != coefficient)
		amount = "price";
	with_amount = count > 2;
	answer("id", "status", "value", amount);
	if (getline(&line, &size, stdin) < 0)
		return 1;
	while (getline(&line, &size, stdin) > 0) {
		char *cells[CELLS_MAX] = { 0 };
		char *rest = line;
		int used = 0;

		rest[strcspn(rest, "\r\n")] = '\0';
		while (used < CELLS_MAX && (cells[used] = strsep(&rest, ",")))
			used++;
		decide(cells);
	}
	free(line);
	return fflush(stdout) || ferror(stdout);
}
