/*
 * Expressions from templates: a letter of a template stands for an expression
 * of that type (N number, T truth, W word, L list of numbers, # a plain number),
 * anything else for itself. Now and then a letter becomes one of another type.
 */
#include "support/grow.h"

#include <stddef.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static uint64_t next(uint64_t *seed)
{
	/* xorshift64: any seed but 0 */
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

/* clang-format off */
static const char *const number_leaves[] = { "p", "q", "0", "1", "2", "3.5",
	"-1", "10", "null" };
static const char *const truth_leaves[] = { "b", "true", "false", "null",
	"(p > 3)", "(q = 2)" };
static const char *const word_leaves[] = { "c", "\"x\"", "\"\"", "\"abc\"" };
static const char *const list_leaves[] = { "[]", "[1, 2]", "[p, 3]",
	"[q, p, 5]" };

static const char *const numbers[] = { "(N + N)", "(N - N)", "(N * N)",
	"(N / N)", "-N", "(if T then N else N)", "L[1]", "L[-1]", "count(L)",
	"sum(L)", "min(L)", "max(N, N)", "floor(N)", "abs(N)",
	"round half up(N, 0)", "string length(W)", "{k: N, m: k + N}.m",
	"(function(z) z + N)(N)", "count(L[item > N])", "decimal(N, 1)",
	"modulo(N, 2)", "mean(L)" };
static const char *const truths[] = { "(T and T)", "(T or T)", "not(T)",
	"(N < N)", "(N <= N)", "(N > N)", "(N >= N)", "(N = N)", "(N != N)",
	"(W = W)", "(N between N and N)", "(N in [#..#])", "(N in (< N, N))",
	"(N in (? > N and T))", "(if T then T else T)", "(T = T)",
	"(some i in L satisfies i > N)", "(every i in L satisfies (i < N or T))",
	"list contains(L, N)", "all([T, T])", "any([T, T])", "(L = L)",
	"contains(W, W)", "(N in L)", "(N instance of number)",
	"(W in (\"x\", W))" };
static const char *const words[] = { "(W + W)", "(if T then W else W)",
	"upper case(W)", "substring(W, 1, 1)", "string(T)", "{k: W}.k" };
static const char *const lists[] = { "[N, N]", "[N, N, N]",
	"(for i in L return i + N)", "L[item > N]", "L[T]", "append(L, N)",
	"concatenate(L, L)", "reverse(L)", "(if T then L else L)",
	"(for i in 1..3 return i * N)", "distinct values(L)",
	"flatten([L, N])" };
/* clang-format on */

static const struct {
	const char *const *leaves;
	size_t leaf_count;
	const char *const *templates;
	size_t template_count;
} kinds[] = {
	[GROW_NUMBER] = { number_leaves, COUNT(number_leaves), numbers,
		COUNT(numbers) },
	[GROW_TRUTH] = { truth_leaves, COUNT(truth_leaves), truths,
		COUNT(truths) },
	[GROW_WORD] = { word_leaves, COUNT(word_leaves), words, COUNT(words) },
	[GROW_LIST] = { list_leaves, COUNT(list_leaves), lists, COUNT(lists) },
};

void grow(
	uint64_t *seed, enum grow_type type, unsigned depth, struct buffer *out)
{
	const char *at;

	if (next(seed) % 40 == 0)
		type = next(seed) % GROW_TYPES;
	if (depth == 0 || next(seed) % 5 == 0) {
		buffer_text(out,
			kinds[type]
				.leaves[next(seed) % kinds[type].leaf_count]);
		return;
	}
	at = kinds[type].templates[next(seed) % kinds[type].template_count];
	for (; *at; at++) {
		if (*at == 'N')
			grow(seed, GROW_NUMBER, depth - 1, out);
		else if (*at == 'T')
			grow(seed, GROW_TRUTH, depth - 1, out);
		else if (*at == 'W')
			grow(seed, GROW_WORD, depth - 1, out);
		else if (*at == 'L')
			grow(seed, GROW_LIST, depth - 1, out);
		else if (*at == '#')
			buffer_text(out, number_leaves[next(seed) %
						       COUNT(number_leaves)]);
		else
			buffer_byte(out, *at);
	}
}
