/*
 * A hundred thousand random expressions of known values, dates and durations
 * among them: the compiled machine gives what the oracle gives. With an
 * unknown date in them the answer admits the answer with the date.
 */
#include "feel_run.h"

#include "support/oracle.h"

#define SOURCE_MAX	 4000
#define EXPRESSIONS	 100000
#define EXPRESSIONS_OPEN 5000

TestSuite(random_known, .timeout = 600);

struct maker {
	char text[SOURCE_MAX];
	size_t size;
	uint64_t state;
};

static uint32_t draw(struct maker *maker, uint32_t below)
{
	maker->state =
		maker->state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(maker->state >> 33) % below;
}

static void put(struct maker *maker, const char *text)
{
	size_t size = strlen(text);

	cr_assert(maker->size + size < SOURCE_MAX);
	memcpy(maker->text + maker->size, text, size + 1);
	maker->size += size;
}

/*
 * N number, B truth, W word, L list, T date, M moment, U duration; the first
 * rows of each need nothing further.
 */
static const char *const numbers[] = { "0", "1", "-2.5", "7", "1e3", "null",
	"(N + N)", "(N - N)", "(N * N)", "(N / N)", "-(N)", "abs(N)",
	"floor(N)", "ceiling(N)", "round half up(N, 1)", "modulo(N, N)",
	"(U / U)", "sum(L)", "count(L)", "min(L)", "max(N, N)", "L[N]",
	"string length(W)", "T.year", "T.weekday", "(T - T).nothing",
	"(if B then N else N)", "{x: N, y: x}.y", "(function(p) p + N)(N)",
	"(N ** 2)", "number(\"1.5\")" };
static const char *const truths[] = { "true", "false", "null", "(N < N)",
	"(N = N)", "(T < T)", "(T = T)", "(M >= M)", "(M = M)", "(U > U)",
	"(U = U)", "(B and B)", "(B or B)", "not(B)", "(N between N and N)",
	"(N in [N..N])", "(T in (T..T])", "(U in [U..U])", "(N in (1, > 5))",
	"(some x in L satisfies x > N)", "(every x in L satisfies x < N)",
	"list contains(L, N)", "(W = W)", "(W < W)", "contains(W, W)",
	"is(N, N)", "is(M, M)", "(N instance of number)", "all(B, B)",
	"([N, N] = [N, N])", "({a: N} = {a: N})", "(T = N)", "even(N)" };
static const char *const words[] = { "\"\"", "\"a\"", "\"b\xC3\xA9\"", "\"A\"",
	"(W + W)", "upper case(W)", "substring(W, 1, N)",
	"(if B then W else W)", "string(N)" };
static const char *const lists[] = { "[]", "[1, 2, 3]", "[N, N]",
	"(for x in L return x * N)", "(for x in 1..3 return N + x)",
	"L[item > N]", "append(L, N)", "concatenate(L, L)", "reverse(L)",
	"distinct values(L)", "sublist(L, 1)", "(if B then L else L)",
	"(for x in L, y in [1, 2] return x - y)", "insert before(L, 1, N)",
	"sort(L, function(x, y) x > y)", "remove(L, 1)" };
static const char *const dates[] = { "@\"2024-02-29\"", "@\"2026-06-01\"",
	"@\"1999-12-31\"", "@\"-0001-01-31\"", "(T + U)", "(T - U)", "(U + T)",
	"date(2026, N, 1)", "date(M)", "(if B then T else T)" };
static const char *const moments[] = { "@\"2026-06-01T10:00:00\"",
	"@\"2026-06-01T23:59:59.5Z\"", "@\"2026-03-29T01:30:00@Europe/Paris\"",
	"@\"2026-06-01T10:00:00+09:00\"", "(M + U)", "(M - U)", "(U + M)",
	"(if B then M else M)" };
static const char *const durations[] = { "@\"P1D\"", "@\"-PT36H\"",
	"@\"P1Y2M\"", "@\"-P1M\"", "@\"PT0.5S\"", "(U + U)", "(U - U)",
	"(U * N)", "(N * U)", "(U / N)", "-(U)", "(T - T)", "(M - M)",
	"(M - T)", "abs(U)" };

static const struct {
	char kind;
	uint32_t leaves;
	uint32_t count;
	const char *const *texts;
} kinds[] = {
	{ 'N', 6, sizeof(numbers) / sizeof(*numbers), numbers },
	{ 'B', 3, sizeof(truths) / sizeof(*truths), truths },
	{ 'W', 4, sizeof(words) / sizeof(*words), words },
	{ 'L', 2, sizeof(lists) / sizeof(*lists), lists },
	{ 'T', 4, sizeof(dates) / sizeof(*dates), dates },
	{ 'M', 4, sizeof(moments) / sizeof(*moments), moments },
	{ 'U', 5, sizeof(durations) / sizeof(*durations), durations },
};
#define KINDS (sizeof(kinds) / sizeof(*kinds))

static void make(struct maker *maker, size_t kind, unsigned depth)
{
	uint32_t choices = depth ? kinds[kind].count : kinds[kind].leaves;
	const char *at = kinds[kind].texts[draw(maker, choices)];
	bool quoted = false;

	for (; *at; at++) {
		const char one[2] = { *at, 0 };
		size_t inner = 0;

		quoted = quoted != (*at == '"');
		while (inner < KINDS && kinds[inner].kind != *at)
			inner++;
		if (inner == KINDS || quoted)
			put(maker, one);
		else
			make(maker, inner, depth ? depth - 1 : 0);
	}
}

/* The machine's and the oracle's answer; false: the oracle cannot tell. */
static bool answers(struct kit *kit, const char *text, struct feel_value *got,
	struct feel_value *wanted)
{
	const struct oracle_binding bindings[] = { { "a", kit->slots[0] },
		{ NULL, FEEL_NULL_VALUE } };
	const struct oracle_scope scope = { bindings };
	const struct feel_place place = { "random", 1, 1 };
	const struct feel_node *node = NULL;
	const struct feel_program *program;

	cr_assert(feel_parse(&kit->arena, text_of(text), place, kit_names(),
			  &node, &kit->diag) == SHK_OK,
		"%s: %s", text, kit->diag.message);
	program = kit_compile_node(kit, node);
	cr_assert(program, "%s: %s", text, kit->diag.message);
	cr_assert(feel_run(kit->machine, program, NULL, got, &kit->diag) ==
			  SHK_OK,
		"%s: %s", text, kit->diag.message);
	return oracle_eval(&kit->arena, node, &scope, NULL, wanted);
}

Test(random_known, machine_gives_what_the_oracle_gives)
{
	struct kit kit;
	struct maker maker = { .state = 20260601 };
	unsigned compared = 0;
	unsigned wrong = 0;

	kit_init(&kit);
	for (unsigned i = 0; i < EXPRESSIONS && wrong < 10; i++) {
		struct feel_value got;
		struct feel_value wanted;

		maker.size = 0;
		make(&maker, i % KINDS, 3);
		if (answers(&kit, maker.text, &got, &wanted)) {
			bool same = oracle_agree(&wanted, &got) == ORACLE_SAME;

			compared++;
			wrong += !same;
			cr_expect(same, "%s:\n  oracle %s, machine %s",
				maker.text, kit_text(&kit, &wanted),
				kit_text(&kit, &got));
		}
		arena_clear(&kit.arena);
	}
	cr_expect_gt(compared, EXPRESSIONS / 10 * 9, "%u", compared);
	kit_release(&kit);
}

/* `a` in place of the first date. */
static void open_dates(char *text)
{
	char *at;

	while ((at = strstr(text, "@\"2026-06-01\"")) != NULL) {
		at[0] = 'a';
		memmove(at + 1, at + 13, strlen(at + 13) + 1);
	}
}

Test(random_known, unknown_dates_admit_the_known)
{
	static const char *const days[] = { "@\"2026-01-01\"",
		"@\"2026-02-28\"", "@\"2026-06-01\"", "@\"2026-12-31\"" };
	struct kit kit;
	struct maker maker = { .state = 42 };
	unsigned wrong = 0;

	kit_init(&kit);
	for (unsigned i = 0; i < EXPRESSIONS_OPEN && wrong < 10; i++) {
		struct feel_value wide;
		struct feel_value exact;
		struct feel_value wanted;

		maker.size = 0;
		make(&maker, 4 + i % 3, 3);
		open_dates(maker.text);
		kit_interval(
			&kit, 0, "[@\"2026-01-01\"..@\"2026-12-31\"]", true);
		answers(&kit, maker.text, &wide, &wanted);
		for (size_t k = 0; k < sizeof(days) / sizeof(*days); k++) {
			kit.slots[0] = kit_value(&kit, days[k]);
			answers(&kit, maker.text, &exact, &wanted);
			if (oracle_admits(&wide, &exact))
				continue;
			wrong++;
			cr_expect(false, "%s with %s: %s does not admit %s",
				maker.text, days[k], kit_shape(&kit, &wide),
				kit_text(&kit, &exact));
		}
		arena_clear(&kit.arena);
	}
	kit_release(&kit);
}
