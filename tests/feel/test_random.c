/*
 * Random expressions. Whatever the missing facts turn out to be, the machine's
 * answer with them missing must admit the answer with them known; and on both
 * the oracle, which was written without the machine, may not contradict.
 */
#include "feel/feel_run.h"
#include "support/oracle.h"

#define SOURCE_MAX 4000

/* Text of an expression; the generator is fixed, so every run is the same. */
struct maker {
	char text[SOURCE_MAX];
	size_t size;
	uint32_t state;
};

static uint32_t draw(struct maker *maker, uint32_t below)
{
	maker->state = maker->state * 1664525u + 1013904223u;
	return (maker->state >> 8) % below;
}

static void put(struct maker *maker, const char *text)
{
	size_t size = strlen(text);

	cr_assert(maker->size + size < SOURCE_MAX);
	memcpy(maker->text + maker->size, text, size + 1);
	maker->size += size;
}

/*
 * Templates: N number, B truth, W word, L list of numbers; other characters
 * stand for themselves. The first rows of each need nothing further.
 */
static const char *const numbers[] = { "a", "b", "c", "2", "0.5", "-3", "10",
	"b", "(N + N)", "(N - N)", "(N * N)", "(N / N)", "-(N)",
	"(if B then N else N)", "floor(N)", "abs(N)", "min(N, N)", "max(N, N)",
	"sum(L)", "count(L)", "L[N]", "{x: N, y: x + N}.y", "decimal(N, 1)",
	"(function(x) x * N)(N)", "max(L)", "null" };
static const char *const truths[] = { "d", "true", "false", "d", "(N < N)",
	"(N <= N)", "(N = N)", "(N != N)", "(N >= N)", "(B and B)", "(B or B)",
	"not(B)", "(N between N and N)", "(N in [N..N])", "(N in (< 3, 7))",
	"(e = W)", "(W in (\"x\", \"z\"))", "(some x in L satisfies x > N)",
	"(every x in L satisfies x > N)", "list contains(L, N)",
	"(if B then B else B)", "all([B, B])", "any([B, B])", "null", "(L = L)",
	"(N = null)" };
static const char *const words[] = { "e", "\"x\"", "\"y\"", "e",
	"(if B then W else W)", "(W + W)", "upper case(W)" };
static const char *const lists[] = { "[1, 2]", "[b, 3]", "[]", "[N, N]",
	"(for x in L return x + N)", "L[item > N]", "[1, 2, 3][item > N]",
	"(if B then L else L)", "append(L, N)", "concatenate(L, L)" };

static void make(struct maker *maker, char kind, unsigned depth);

static void expand(struct maker *maker, const char *pattern, unsigned depth)
{
	for (; *pattern; pattern++) {
		const char one[2] = { *pattern, 0 };

		if (*pattern == 'N' || *pattern == 'B' || *pattern == 'W' ||
			*pattern == 'L')
			make(maker, *pattern, depth);
		else
			put(maker, one);
	}
}

#define CHOOSE(texts, leaves)                                                  \
	(texts)[draw(maker,                                                    \
		depth == 0 ? (leaves) : sizeof(texts) / sizeof((texts)[0]))]

static void make(struct maker *maker, char kind, unsigned depth)
{
	const char *pattern;

	if (kind == 'N')
		pattern = CHOOSE(numbers, 8);
	else if (kind == 'B')
		pattern = CHOOSE(truths, 4);
	else if (kind == 'W')
		pattern = CHOOSE(words, 4);
	else
		pattern = CHOOSE(lists, 3);
	expand(maker, pattern, depth ? depth - 1 : 0);
}

/* a any number, b in [0..10], c 1 to 3, d a truth, e "x" or "y". */
static void forget(struct kit *kit)
{
	kit_interval(kit, 0, "[-100..100]", true);
	kit_interval(kit, 1, "[0..10]", true);
	kit_choice(kit, 2, "[1, 2, 3]");
	kit_choice(kit, 3, "[true, false]");
	kit_choice(kit, 4, "[\"x\", \"y\"]");
}

static void remember(struct kit *kit, struct maker *maker)
{
	static const char *const some[] = { "-100", "-3", "0", "0.5", "2", "7",
		"100" };
	static const char *const few[] = { "0", "0.5", "2", "3", "7", "10" };
	static const char *const three[] = { "1", "2", "3" };
	static const char *const two[] = { "true", "false" };
	static const char *const letters[] = { "\"x\"", "\"y\"" };

	kit->slots[0] = kit_value(kit, some[draw(maker, 7)]);
	kit->slots[1] = kit_value(kit, few[draw(maker, 6)]);
	kit->slots[2] = kit_value(kit, three[draw(maker, 3)]);
	kit->slots[3] = kit_value(kit, two[draw(maker, 2)]);
	kit->slots[4] = kit_value(kit, letters[draw(maker, 2)]);
}

static bool ask_oracle(
	struct kit *kit, const struct feel_node *node, struct feel_value *out)
{
	const struct oracle_binding bindings[] = { { "a", kit->slots[0] },
		{ "b", kit->slots[1] }, { "c", kit->slots[2] },
		{ "d", kit->slots[3] }, { "e", kit->slots[4] },
		{ NULL, FEEL_NULL_VALUE } };
	const struct oracle_scope scope = { bindings };

	return oracle_eval(&kit->arena, node, &scope, NULL, out);
}

/* One expression: missing facts first, then some ways to fill them in. */
static bool check(struct kit *kit, struct maker *maker)
{
	const struct feel_place place = { "random", 1, 1 };
	const struct feel_node *node = NULL;
	const struct feel_program *program;
	struct feel_value wide;
	struct feel_value exact;
	struct feel_value oracle;

	cr_assert(feel_parse(&kit->arena, text_of(maker->text), place,
			  kit_names(), &node, &kit->diag) == SHK_OK,
		"%s: %s", maker->text, kit->diag.message);
	program = kit_compile_node(kit, node);
	cr_assert(program, "%s: %s", maker->text, kit->diag.message);
	forget(kit);
	cr_assert(feel_run(kit->machine, program, NULL, &wide, &kit->diag) ==
		  SHK_OK);
	for (int way = 0; way < 6; way++) {
		remember(kit, maker);
		cr_assert(feel_run(kit->machine, program, NULL, &exact,
				  &kit->diag) == SHK_OK);
		if (!oracle_admits(&wide, &exact)) {
			cr_expect(false, "%s:\n  %s does not admit %s",
				maker->text, kit_shape(kit, &wide),
				kit_shape(kit, &exact));
			return false;
		}
		if (ask_oracle(kit, node, &oracle) &&
			oracle_agree(&oracle, &exact) != ORACLE_SAME) {
			cr_expect(false, "%s:\n  oracle %s, machine %s",
				maker->text, kit_shape(kit, &oracle),
				kit_shape(kit, &exact));
			return false;
		}
	}
	return true;
}

static void check_many(uint32_t state, unsigned count)
{
	static const char kinds[] = "NBWL";
	struct kit kit;
	struct maker maker;
	unsigned failed = 0;

	kit_init(&kit);
	for (unsigned i = 0; i < count; i++) {
		maker.size = 0;
		maker.state = state + i;
		draw(&maker, 2); /* the first numbers of near seeds are near */
		make(&maker, kinds[draw(&maker, 4)], 3);
		if (!check(&kit, &maker) && ++failed > 9)
			i = count;
		arena_clear(&kit.arena);
	}
	kit_release(&kit);
}

Test(random, answers_admit_every_completion)
{
	check_many(1, 10000);
}

#define ROWS_MAX 5

/* Cells of the inputs a and e; outputs, of which the first are plain. */
static const char *const first_cells[] = { "-", "< 0", ">= 0", "[-3..7]", "> 2",
	"not(2)", "0, 2, 7", "? > 1 and ? < 50", "< b", "100" };
static const char *const second_cells[] = { "-", "\"x\"", "\"y\"", "not(\"x\")",
	"\"x\", \"y\"" };
static const char *const outputs[] = { "1", "2", "3", "1", "2", "a + 1",
	"if d then 1 else 2", "b" };

struct random_table {
	struct feel_node node;
	struct feel_table table;
	struct feel_rule rules[ROWS_MAX];
	const struct feel_node *tests[ROWS_MAX][2];
	const struct feel_node *outputs[ROWS_MAX];
	const struct feel_node *inputs[2];
	const struct feel_node *extra; /* default */
	const struct feel_node *order; /* priorities */
	struct text name;
};

static const struct feel_node *parse(
	struct kit *kit, const char *source, bool tests)
{
	const struct feel_place place = { "random", 1, 1 };
	const struct feel_node *node = NULL;
	enum shk_code code;

	code = tests ? feel_parse_tests(&kit->arena, text_of(source), place,
			       kit_names(), &node, &kit->diag)
		     : feel_parse(&kit->arena, text_of(source), place,
			       kit_names(), &node, &kit->diag);
	cr_assert(code == SHK_OK, "%s: %s", source, kit->diag.message);
	return node;
}

/* A random cell; what it says is kept in the maker's text. */
static const struct feel_node *cell(struct kit *kit, struct maker *maker,
	const char *const *texts, uint32_t count, bool tests)
{
	const char *text = texts[draw(maker, count)];

	put(maker, text);
	put(maker, tests ? " | " : "\n");
	return parse(kit, text, tests);
}

#define CELL(texts, tests)                                                     \
	cell(kit, maker, texts, sizeof(texts) / sizeof((texts)[0]), tests)

static void make_table(
	struct kit *kit, struct maker *maker, struct random_table *random)
{
	static const char *const policies[] = { "U", "A", "P", "F", "O", "R",
		"C" };
	struct feel_table *table = &random->table;

	memset(random, 0, sizeof(*random));
	table->policy = (enum feel_hit_policy)draw(maker, 7);
	if (table->policy == FEEL_COLLECT)
		table->aggregator = (enum feel_aggregator)draw(maker, 5);
	put(maker, policies[table->policy]);
	put(maker, "\n");
	table->input_count = 2;
	table->inputs = random->inputs;
	random->inputs[0] = parse(kit, "a", false);
	random->inputs[1] = parse(kit, "e", false);
	table->output_count = 1;
	table->outputs = &random->name;
	if (table->policy == FEEL_PRIORITY ||
		table->policy == FEEL_OUTPUT_ORDER)
		random->order = parse(kit, "[3, 1, 2]", false);
	if (draw(maker, 2))
		random->extra = parse(kit, "9", false);
	table->priorities = random->order ? &random->order : NULL;
	table->defaults = random->extra ? &random->extra : NULL;
	table->rule_count = 1 + draw(maker, ROWS_MAX);
	table->rules = random->rules;
	for (size_t i = 0; i < table->rule_count; i++) {
		random->tests[i][0] = CELL(first_cells, true);
		random->tests[i][1] = CELL(second_cells, true);
		random->outputs[i] = CELL(outputs, false);
		random->rules[i] = (struct feel_rule){ random->tests[i],
			&random->outputs[i], FEEL_NO_MARK, 1 };
	}
	random->node.kind = FEEL_NODE_TABLE;
	random->node.table = table;
}

/*
 * What no row gives (null, the default, an empty list) and a conflict are no
 * outcomes of a table of which something is missing, by design.
 */
static bool is_outcome(
	const struct feel_table *table, const struct feel_value *exact)
{
	const struct feel_value nine = feel_number(num_from_int(9));

	return exact->type != FEEL_NULL && !feel_same(exact, &nine) &&
	       table->aggregator != FEEL_COUNT;
}

/* A UNIQUE or ANY table of which one row matches for certain is that row. */
static bool is_sound(const struct feel_table *table)
{
	return table->policy != FEEL_UNIQUE && table->policy != FEEL_ANY;
}

static bool check_table(struct kit *kit, struct maker *maker)
{
	struct random_table random;
	const struct feel_program *program;
	struct feel_value wide;
	struct feel_value exact;
	struct feel_value oracle;

	make_table(kit, maker, &random);
	program = kit_compile_node(kit, &random.node);
	cr_assert(program, "%s: %s", maker->text, kit->diag.message);
	forget(kit);
	feel_run(kit->machine, program, NULL, &wide, &kit->diag);
	for (int way = 0; way < 6; way++) {
		remember(kit, maker);
		feel_run(kit->machine, program, NULL, &exact, &kit->diag);
		cr_assert(kit->diag.code == SHK_OK);
		if (is_sound(&random.table) &&
			is_outcome(&random.table, &exact) &&
			!oracle_admits(&wide, &exact)) {
			cr_expect(false, "%s:\n  %s does not admit %s",
				maker->text, kit_shape(kit, &wide),
				kit_shape(kit, &exact));
			return false;
		}
		if (ask_oracle(kit, &random.node, &oracle) &&
			oracle_agree(&oracle, &exact) != ORACLE_SAME) {
			cr_expect(false, "%s:\n  oracle %s, machine %s",
				maker->text, kit_shape(kit, &oracle),
				kit_shape(kit, &exact));
			return false;
		}
	}
	return true;
}

Test(random, tables_agree_with_the_oracle)
{
	struct kit kit;
	struct maker maker;
	unsigned failed = 0;

	kit_init(&kit);
	for (unsigned i = 0; i < 5000 && failed < 5; i++) {
		maker.size = 0;
		maker.state = 77 + i;
		draw(&maker, 2);
		failed += !check_table(&kit, &maker);
		arena_clear(&kit.arena);
	}
	kit_release(&kit);
}
