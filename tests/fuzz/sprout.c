/*
 * Templates of FEEL: a letter stands for an expression of that kind (N number,
 * B truth, W word, L list of numbers, T date, M moment, U duration, C context)
 * and # for a plain number; other characters stand for themselves, and so does
 * everything between double quotes and after a small letter of a name.
 */
#include "fuzz/sprout.h"

#include <string.h>

#define DEPTH_MAX 6
#define TEXT_MAX  6000 /* bytes, past which only leaves are grown */

/* clang-format off */
static const char *const numbers[] = { "p", "q", "Monthly Fee", "0", "1", "2",
	"-2.5", "3.5", "7", "1e3", "null",
	"(N + N)", "(N - N)", "(N * N)", "(N / N)", "-(N)", "(N ** 2)",
	"abs(N)", "floor(N)", "ceiling(N)", "round half up(N, 1)",
	"round half up(N, 0)", "decimal(N, 1)", "modulo(N, N)", "modulo(N, 2)",
	"(U / U)", "sum(L)", "mean(L)", "count(L)", "min(L)", "max(L)",
	"min(N, N)", "max(N, N)", "L[N]", "L[1]", "L[-1]",
	"count(L[item > N])", "string length(W)", "T.year", "T.month",
	"T.weekday", "(if B then N else N)", "{x: N, y: x}.y",
	"{k: N, m: k + N}.m", "C.k", "(function(z) z + N)(N)",
	"(function(z) z * N)(N)", "number(\"1.5\")", "(N + N) / N" };
static const char *const truths[] = { "b", "true", "false", "null",
	"(N < N)", "(N <= N)", "(N > N)", "(N >= N)", "(N = N)", "(N != N)",
	"(T < T)", "(T = T)", "(M >= M)", "(M = M)", "(U > U)", "(U = U)",
	"(B and B)", "(B or B)", "not(B)", "(B = B)",
	"(N between N and N)", "(N in [#..#])", "(N in [N..N])",
	"(T in (T..T])", "(U in [U..U])", "(N in (1, > 5))", "(N in (< N, N))",
	"(N in (? > N and B))", "(N in not(N))", "(N in L)",
	"(some i in L satisfies i > N)", "(every i in L satisfies (i < N or B))",
	"list contains(L, N)", "(W = W)", "(W < W)", "contains(W, W)",
	"(N instance of number)", "(W in (\"x\", W))", "all([B, B])",
	"any([B, B])", "([N, N] = [N, N])", "({a: N} = {a: N})", "(L = L)",
	"(T = N)", "(N = null)", "(if B then B else B)", "is(N, N)",
	"starts with(W, W)", "even(N)" };
static const char *const words[] = { "c", "\"\"", "\"x\"", "\"y\"",
	"\"b\xC3\xA9\"", "\"A\"",
	"(W + W)", "upper case(W)", "substring(W, 1, N)", "substring(W, 2)",
	"(if B then W else W)", "string(N)", "string(B)", "{k: W}.k" };
static const char *const lists[] = { "[]", "[1, 2]", "[p, 3]", "[q, p, 5]",
	"[N, N]", "[N, N, N]", "(for i in L return i + N)",
	"(for i in L return i * N)", "(for i in 1..3 return i * N)", "L[B]",
	"L[item > N]", "L[item < N]", "append(L, N)", "concatenate(L, L)",
	"reverse(L)", "distinct values(L)", "sublist(L, 1)", "sublist(L, N)",
	"(if B then L else L)", "(for i in L, j in [1, 2] return i - j)",
	"insert before(L, 1, N)", "sort(L, function(x, y) x > y)",
	"remove(L, 1)", "flatten([L, N])", "union(L, L)" };
static const char *const dates[] = { "d", "@\"2024-02-29\"",
	"@\"2026-06-01\"", "@\"1999-12-31\"", "@\"-0001-01-31\"",
	"(T + U)", "(T - U)", "(U + T)", "date(2026, N, 1)", "date(M)",
	"(if B then T else T)" };
static const char *const moments[] = { "@\"2026-06-01T10:00:00\"",
	"@\"2026-06-01T23:59:59.5Z\"", "@\"2026-03-29T01:30:00@Europe/Paris\"",
	"@\"2026-06-01T10:00:00+09:00\"",
	"(M + U)", "(M - U)", "(U + M)", "(if B then M else M)" };
static const char *const durations[] = { "@\"P1D\"", "@\"-PT36H\"",
	"@\"P1Y2M\"", "@\"-P1M\"", "@\"PT0.5S\"",
	"(U + U)", "(U - U)", "(U * N)", "(N * U)", "(U / N)", "-(U)",
	"(T - T)", "(M - M)", "abs(U)", "(if B then U else U)" };
static const char *const contexts[] = { "{k: p}", "{k: 1, m: \"x\"}",
	"{k: N}", "{k: N, m: k}", "(if B then C else C)",
	"[C, {k: 2}][k = 2][1]" };
/* clang-format on */

#define KIND(letter, leaves, texts)                                            \
	{                                                                      \
		letter, leaves, sizeof(texts) / sizeof(*(texts)), texts        \
	}

static const struct {
	char letter;
	unsigned leaves; /* the first so many need nothing further */
	unsigned count;
	const char *const *texts;
} kinds[] = {
	KIND('N', 11, numbers),
	KIND('B', 4, truths),
	KIND('W', 6, words),
	KIND('L', 4, lists),
	KIND('T', 5, dates),
	KIND('M', 4, moments),
	KIND('U', 5, durations),
	KIND('C', 2, contexts),
};
#define KINDS (sizeof(kinds) / sizeof(*kinds))

struct bytes {
	const uint8_t *at;
	size_t left;
};

static unsigned draw(struct bytes *bytes, unsigned below)
{
	if (bytes->left == 0)
		return 0;
	bytes->left--;
	return *bytes->at++ % below;
}

static size_t kind_of(char letter)
{
	size_t kind = 0;

	while (kind < KINDS && kinds[kind].letter != letter)
		kind++;
	return kind;
}

static void make(
	struct bytes *bytes, size_t kind, unsigned depth, struct buffer *out)
{
	const char *at;
	char before = 0;
	bool quoted = false;

	/* a byte of 250 and more: something of another type */
	if (bytes->left > 0 && *bytes->at >= 250) {
		bytes->at++;
		bytes->left--;
		kind = draw(bytes, KINDS);
	}
	at = kinds[kind].texts[draw(bytes, depth > 0 && out->size < TEXT_MAX
						   ? kinds[kind].count
						   : kinds[kind].leaves)];
	for (; *at; before = *at++) {
		quoted = quoted != (*at == '"');
		kind = kind_of(*at);
		if (*at == '#')
			buffer_format(out, "%u", draw(bytes, 11));
		else if (quoted || kind == KINDS ||
			 strncmp(at, "Monthly", 7) == 0 ||
			 (before == ' ' && strncmp(at, "Fee", 3) == 0))
			buffer_byte(out, *at);
		else
			make(bytes, kind, depth > 0 ? depth - 1 : 0, out);
	}
}

void sprout(const uint8_t *bytes, size_t size, struct buffer *out)
{
	struct bytes from = { bytes, size };
	size_t kind = draw(&from, KINDS);

	make(&from, kind, DEPTH_MAX, out);
}
