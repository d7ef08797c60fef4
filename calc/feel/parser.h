/*
 * Inside of the parser, shared by its files: the state, how nodes are made,
 * how names are resolved, and how a failure is told. A function that returns
 * a pointer returns NULL once `code` is set; every caller passes NULL on.
 */
#ifndef FEEL_PARSER_H
#define FEEL_PARSER_H

#include "feel/ast.h"
#include "feel/lexer.h"
#include "feel/names.h"

#define FEEL_NAME_MAX	 512  /* bytes of one name with spaces */
#define FEEL_LOCALS_MAX	 4096 /* names that an expression has in scope */
#define FEEL_NESTING_MAX (3 * FEEL_DEPTH_MAX) /* of the parser itself */

/* A name that the expression itself introduces. */
struct feel_local {
	struct text name;
	const struct feel_local *outer;
	unsigned count; /* this one and those around it */
};

/* One kid that is being gathered, with the name and type that go with it. */
struct feel_part {
	const struct feel_node *kid;
	struct text name;
	const struct feel_type_ref *type;
};

struct feel_parser {
	struct arena *arena;
	const char *path;
	const struct feel_names *names;
	shk_diag *diag;
	enum shk_code code;
	struct lexer lexer;	 /* behind `token` */
	struct lex_token token;	 /* not yet used */
	struct lex_token before; /* the one used last */
	unsigned depth;		 /* of the parser's own recursion */
	unsigned filters;	 /* filters around this place */
	bool type_only;		 /* names of types may be of many words */
	const struct feel_local *locals;
	const struct feel_local *keys; /* of contexts, for paths and filters */
	struct feel_part *parts;       /* heap: a stack of gathered parts */
	size_t part_count;
	size_t part_capacity;
};

/* Failures: SHK_E_RULES at `where`; the others have a standard message. */
void *feel_refuse(struct feel_parser *parser, const struct lex_token *where,
	const char *format, ...) BASE_PRINTF(3, 4);
/* `expected WHAT, not "TOKEN"` at the present token. */
void *feel_expected(struct feel_parser *parser, const char *what);
/* SHK_E_LIMIT at the present token. */
void *feel_over_limit(struct feel_parser *parser, const char *message);
void *feel_too_deep(struct feel_parser *parser);
void *feel_no_memory(struct feel_parser *parser);

/* Use the present token up; false when what follows is no token. */
bool feel_advance(struct feel_parser *parser);
/* As feel_advance if the present token is `kind`, else false. */
bool feel_accept(struct feel_parser *parser, enum lex_kind kind);
/* As feel_accept, and `expected WHAT` if it is not there. */
bool feel_need(
	struct feel_parser *parser, enum lex_kind kind, const char *what);
bool feel_at_word(const struct feel_parser *parser, const char *word);
bool feel_need_word(
	struct feel_parser *parser, const char *word, const char *what);
/* The token after the present one. */
struct lex_token feel_peek(const struct feel_parser *parser);

/* Recursion: enter returns false (and fails) at the ceiling. */
bool feel_enter(struct feel_parser *parser);
void feel_leave(struct feel_parser *parser);

/*
 * A node at `where` with `count` kids taken from `kids`. Fails when a kid is
 * missing although `count` says so (a failure on its way up) or too deep.
 * A RANGE may have NULL kids.
 */
struct feel_node *feel_node_new(struct feel_parser *parser,
	enum feel_node_kind kind, const struct lex_token *where,
	const struct feel_node *const *kids, size_t count);
/* Gather a part; false on no memory. */
bool feel_gather(struct feel_parser *parser, const struct feel_node *kid,
	struct text name, const struct feel_type_ref *type);
/*
 * A node of the parts gathered since `from`, which are dropped. `names` of
 * them have a name: the first ones, or of a CALL those behind the function.
 */
struct feel_node *feel_node_gathered(struct feel_parser *parser,
	enum feel_node_kind kind, const struct lex_token *where, size_t from,
	size_t names);

/* May a token of this kind be a part of a name? */
bool feel_is_name_piece(enum lex_kind kind);
/* Words of a name as written up to a token that no name holds. */
bool feel_read_name(
	struct feel_parser *parser, const char *stop_word, struct text *out);
/* Would feel_read_name reach a colon? Then this is a key or parameter. */
bool feel_at_key(const struct feel_parser *parser);
enum feel_scope { FEEL_SCOPE_EXPRESSION, FEEL_SCOPE_PATH, FEEL_SCOPE_TYPE };
/* The longest known name here, else one word. The token is a LEX_WORD. */
bool feel_resolve_name(
	struct feel_parser *parser, enum feel_scope scope, struct text *out);
/* True when a known name begins here that is longer than the one word. */
bool feel_at_long_name(const struct feel_parser *parser);
/* Put a name in scope; the caller restores `locals` when it ends. */
bool feel_declare(struct feel_parser *parser, struct text name);
bool feel_declare_key(struct feel_parser *parser, struct text name);

/* Grammar. Levels of operators, from loose to tight. */
enum feel_level {
	FEEL_LEVEL_ANY,
	FEEL_LEVEL_OR,
	FEEL_LEVEL_AND,
	FEEL_LEVEL_COMPARE,
	FEEL_LEVEL_ADD,
	FEEL_LEVEL_MULTIPLY,
	FEEL_LEVEL_POWER,
	FEEL_LEVEL_NEGATE,
	FEEL_LEVEL_INSTANCE,
	FEEL_LEVEL_POSTFIX
};

const struct feel_node *feel_expression(struct feel_parser *parser);
const struct feel_node *feel_operand(
	struct feel_parser *parser, enum feel_level level);
/* What may follow `left` as an operator of `level` or tighter. */
const struct feel_node *feel_continue(struct feel_parser *parser,
	const struct feel_node *left, enum feel_level level);
const struct feel_node *feel_postfix(
	struct feel_parser *parser, const struct feel_node *base);
const struct feel_node *feel_primary(struct feel_parser *parser);
/* Boxed and keyword expressions; the present token is the first of them. */
const struct feel_node *feel_keyword_expression(struct feel_parser *parser);
const struct feel_node *feel_list_or_range(struct feel_parser *parser);
const struct feel_node *feel_context(struct feel_parser *parser);
/* A name node, and a call of a function that FEEL names so, of one argument. */
const struct feel_node *feel_call_of(struct feel_parser *parser,
	const struct lex_token *where, const char *function,
	const struct feel_node *argument);
/* May the token be the first of an expression? */
bool feel_begins_expression(const struct lex_token *token);
/* One positive unary test with its operand at `level`. */
const struct feel_node *feel_one_test(
	struct feel_parser *parser, enum feel_level level);
/* Behind the `..` of a range that began at `where`: bound and bracket. */
const struct feel_node *feel_range_rest(struct feel_parser *parser,
	const struct lex_token *where, const struct feel_node *low,
	bool low_closed);
/* The whole text of a table cell. */
const struct feel_node *feel_all_tests(struct feel_parser *parser);
const struct feel_type_ref *feel_type(struct feel_parser *parser);
/* Level of a comparison, arithmetic or logic operator; ANY: none. */
enum feel_level feel_operator(enum lex_kind kind, enum feel_op *op);

#endif
