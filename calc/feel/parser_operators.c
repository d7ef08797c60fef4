/*
 * Operators and unary tests. Levels follow the grammar of DMN: or, and,
 * comparisons (also between and in), + -, * /, **, unary minus, instance of,
 * and then filters, paths and calls. All are left-associative, also **, and
 * unary minus binds tighter than **: -3 ** 2 is 9.
 */
#include "feel/parser.h"

static const struct {
	enum lex_kind kind;
	enum feel_level level;
	enum feel_op op;
} operators[] = {
	{ LEX_EQ, FEEL_LEVEL_COMPARE, FEEL_EQ },
	{ LEX_NE, FEEL_LEVEL_COMPARE, FEEL_NE },
	{ LEX_LT, FEEL_LEVEL_COMPARE, FEEL_LT },
	{ LEX_LE, FEEL_LEVEL_COMPARE, FEEL_LE },
	{ LEX_GT, FEEL_LEVEL_COMPARE, FEEL_GT },
	{ LEX_GE, FEEL_LEVEL_COMPARE, FEEL_GE },
	{ LEX_PLUS, FEEL_LEVEL_ADD, FEEL_ADD },
	{ LEX_MINUS, FEEL_LEVEL_ADD, FEEL_SUBTRACT },
	{ LEX_STAR, FEEL_LEVEL_MULTIPLY, FEEL_MULTIPLY },
	{ LEX_SLASH, FEEL_LEVEL_MULTIPLY, FEEL_DIVIDE },
	{ LEX_POWER, FEEL_LEVEL_POWER, FEEL_POWER },
};

enum feel_level feel_operator(enum lex_kind kind, enum feel_op *op)
{
	size_t i;

	for (i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
		if (operators[i].kind == kind) {
			*op = operators[i].op;
			return operators[i].level;
		}
	}
	return FEEL_LEVEL_ANY;
}

/* Level of the operator at the present token, words among them. */
static enum feel_level operator_here(
	const struct feel_parser *parser, enum feel_op *op)
{
	if (feel_at_word(parser, "or")) {
		*op = FEEL_OR;
		return FEEL_LEVEL_OR;
	}
	if (feel_at_word(parser, "and")) {
		*op = FEEL_AND;
		return FEEL_LEVEL_AND;
	}
	if (feel_at_word(parser, "between") || feel_at_word(parser, "in"))
		return FEEL_LEVEL_COMPARE;
	return feel_operator(parser->token.kind, op);
}

/* Is the present token < <= > >= = or !=, the beginning of a test? */
static bool at_comparison(const struct feel_parser *parser, enum feel_op *op)
{
	return feel_operator(parser->token.kind, op) == FEEL_LEVEL_COMPARE;
}

const struct feel_node *feel_one_test(
	struct feel_parser *parser, enum feel_level level)
{
	struct lex_token where = parser->token;
	const struct feel_node *kid;
	struct feel_node *node;
	enum feel_op op;

	if (!at_comparison(parser, &op)) {
		kid = feel_operand(parser, level);
		return feel_node_new(parser, FEEL_NODE_MATCH, &where, &kid, 1);
	}
	if (!feel_advance(parser))
		return NULL;
	kid = feel_operand(parser, FEEL_LEVEL_ADD);
	node = feel_node_new(parser, FEEL_NODE_TEST, &where, &kid, 1);
	if (node)
		node->op = op;
	return node;
}

static const struct text no_name = { "", 0 };

/* Gather tests separated by commas. */
static bool gather_tests(struct feel_parser *parser)
{
	do {
		if (!feel_gather(parser, feel_one_test(parser, FEEL_LEVEL_ANY),
			    no_name, NULL))
			return false;
	} while (feel_accept(parser, LEX_COMMA));
	return parser->code == SHK_OK;
}

/* The only test gathered since `from`, if it is an expression; else NULL. */
static const struct feel_node *only_match(
	const struct feel_parser *parser, size_t from)
{
	const struct feel_node *kid;

	if (parser->code != SHK_OK || parser->part_count != from + 1)
		return NULL;
	kid = parser->parts[from].kid;
	return kid->kind == FEEL_NODE_MATCH ? kid : NULL;
}

/* Replace what was gathered since `from` by a match of `kid`. */
static bool gather_match(struct feel_parser *parser,
	const struct lex_token *where, size_t from, const struct feel_node *kid)
{
	const struct feel_node *match =
		feel_node_new(parser, FEEL_NODE_MATCH, where, &kid, 1);

	parser->part_count = from;
	return feel_gather(parser, match, no_name, NULL);
}

/*
 * Behind `in (`: tests, or the range `(1..5)`, or an operand that only begins
 * with a bracket, as in `x in (a + b) * 2`.
 */
static bool gather_bracketed(struct feel_parser *parser)
{
	struct lex_token where = parser->token;
	size_t from = parser->part_count;
	const struct feel_node *only;
	const struct feel_node *kid;

	if (!feel_advance(parser) || !gather_tests(parser))
		return false;
	only = only_match(parser, from);
	if (only && feel_accept(parser, LEX_DOTS))
		kid = feel_range_rest(parser, &where, only->kids[0], false);
	else if (!feel_need(parser, LEX_CLOSE,
			 "\",\" or \")\" in the tests of \"in\""))
		return false;
	else if (only)
		kid = only->kids[0];
	else
		return true;
	kid = feel_continue(parser, feel_postfix(parser, kid), FEEL_LEVEL_ADD);
	return gather_match(parser, &where, from, kid);
}

/* `left in tests`; the present token is `in`. */
static const struct feel_node *in_tests(
	struct feel_parser *parser, const struct feel_node *left)
{
	struct lex_token where = parser->token;
	struct lex_token first;
	size_t from = parser->part_count;
	const struct feel_node *kids[2] = { left, NULL };

	if (!feel_advance(parser) || !feel_enter(parser))
		return NULL;
	first = parser->token;
	if (first.kind == LEX_OPEN)
		gather_bracketed(parser);
	else
		feel_gather(parser, feel_one_test(parser, FEEL_LEVEL_ADD),
			no_name, NULL);
	kids[1] = feel_node_gathered(parser, FEEL_NODE_TESTS, &first, from, 0);
	feel_leave(parser);
	return feel_node_new(parser, FEEL_NODE_IN, &where, kids, 2);
}

static const struct feel_node *between(
	struct feel_parser *parser, const struct feel_node *left)
{
	struct lex_token where = parser->token;
	const struct feel_node *kids[3] = { left, NULL, NULL };

	if (!feel_advance(parser))
		return NULL;
	kids[1] = feel_operand(parser, FEEL_LEVEL_ADD);
	if (!feel_need_word(parser, "and",
		    "\"and\" and the upper bound of \"between\""))
		return NULL;
	kids[2] = feel_operand(parser, FEEL_LEVEL_ADD);
	return feel_node_new(parser, FEEL_NODE_BETWEEN, &where, kids, 3);
}

static const struct feel_node *binary(struct feel_parser *parser,
	const struct feel_node *left, enum feel_op op, enum feel_level level)
{
	struct lex_token where = parser->token;
	const struct feel_node *kids[2] = { left, NULL };
	struct feel_node *node;

	if (!feel_advance(parser))
		return NULL;
	kids[1] = feel_operand(parser, level + 1);
	node = feel_node_new(parser, FEEL_NODE_BINARY, &where, kids, 2);
	if (node)
		node->op = op;
	return node;
}

const struct feel_node *feel_continue(struct feel_parser *parser,
	const struct feel_node *left, enum feel_level level)
{
	enum feel_op op = FEEL_ADD;
	enum feel_level here;

	while (left && parser->code == SHK_OK) {
		here = operator_here(parser, &op);
		if (here == FEEL_LEVEL_ANY || here < level)
			return left;
		if (feel_at_word(parser, "between"))
			left = between(parser, left);
		else if (feel_at_word(parser, "in"))
			left = in_tests(parser, left);
		else
			left = binary(parser, left, op, here);
	}
	return NULL;
}

/* A minus before a literal number is part of the literal. */
static const struct feel_node *negation(struct feel_parser *parser,
	const struct lex_token *where, const struct feel_node *kid)
{
	struct feel_node *node;

	if (!kid || kid->kind != FEEL_NODE_LITERAL ||
		kid->value.type != FEEL_NUMBER ||
		num_sign(kid->value.u.number) < 0)
		return feel_node_new(parser, FEEL_NODE_NEGATE, where, &kid, 1);
	node = feel_node_new(parser, FEEL_NODE_LITERAL, where, NULL, 0);
	if (!node)
		return NULL;
	node->value = kid->value;
	if (num_sign(kid->value.u.number) > 0)
		node->value.u.number = num_negate(kid->value.u.number);
	return node;
}

static const struct feel_node *unary(struct feel_parser *parser)
{
	struct lex_token where = parser->token;
	const struct feel_node *kid;

	if (where.kind != LEX_MINUS)
		return feel_postfix(parser, feel_primary(parser));
	if (!feel_advance(parser) || !feel_enter(parser))
		return NULL;
	kid = unary(parser);
	feel_leave(parser);
	return negation(parser, &where, kid);
}

const struct feel_node *feel_operand(
	struct feel_parser *parser, enum feel_level level)
{
	const struct feel_node *node;

	if (!feel_enter(parser))
		return NULL;
	node = feel_continue(parser, unary(parser), level);
	feel_leave(parser);
	return node;
}

const struct feel_node *feel_expression(struct feel_parser *parser)
{
	return feel_operand(parser, FEEL_LEVEL_ANY);
}

/* Behind `not`, at its bracket. */
static const struct feel_node *negated_tests(
	struct feel_parser *parser, const struct lex_token *where)
{
	size_t from = parser->part_count;
	const struct feel_node *only;
	const struct feel_node *kid;
	struct feel_node *node;

	if (!feel_advance(parser) || !gather_tests(parser))
		return NULL;
	only = only_match(parser, from);
	if (!feel_need(parser, LEX_CLOSE,
		    "\",\" or \")\" in the tests of "
		    "\"not\""))
		return NULL;
	if (parser->token.kind == LEX_END || !only) {
		node = feel_node_gathered(
			parser, FEEL_NODE_TESTS, where, from, 0);
		if (node)
			node->negated = true;
		return node;
	}
	/* it was the function: not(a) and b */
	kid = feel_call_of(parser, where, "not", only->kids[0]);
	kid = feel_continue(parser, feel_postfix(parser, kid), FEEL_LEVEL_ANY);
	if (gather_match(parser, where, from, kid) &&
		feel_accept(parser, LEX_COMMA))
		gather_tests(parser);
	return feel_node_gathered(parser, FEEL_NODE_TESTS, where, from, 0);
}

const struct feel_node *feel_all_tests(struct feel_parser *parser)
{
	struct lex_token where = parser->token;
	size_t from = parser->part_count;

	if (where.kind == LEX_MINUS && feel_peek(parser).kind == LEX_END)
		return feel_advance(parser)
			       ? feel_node_new(parser, FEEL_NODE_DASH, &where,
					 NULL, 0)
			       : NULL;
	if (feel_at_word(parser, "not") && feel_peek(parser).kind == LEX_OPEN)
		return feel_advance(parser) ? negated_tests(parser, &where)
					    : NULL;
	gather_tests(parser);
	return feel_node_gathered(parser, FEEL_NODE_TESTS, &where, from, 0);
}
