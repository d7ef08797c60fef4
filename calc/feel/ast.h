/*
 * The syntax tree of FEEL. It is what the parser makes of text and what dmn/
 * makes of boxed expressions (a decision table is a node of its own), what the
 * compiler turns into a program, and what the oracle of the tests walks.
 * Nodes live in an arena and are never changed once built.
 */
#ifndef FEEL_AST_H
#define FEEL_AST_H

#include "base/arena.h"
#include "base/diag.h"
#include "feel/value.h"

enum feel_node_kind {
	FEEL_NODE_LITERAL,  /* value: null, boolean, number, string, date */
	FEEL_NODE_NAME,	    /* name */
	FEEL_NODE_INPUT,    /* `?` of a unary test */
	FEEL_NODE_NEGATE,   /* - kid 0 */
	FEEL_NODE_BINARY,   /* kid 0 op kid 1 */
	FEEL_NODE_BETWEEN,  /* kid 0 between kid 1 and kid 2 */
	FEEL_NODE_IN,	    /* kid 0 in kid 1 (a TESTS node) */
	FEEL_NODE_IF,	    /* if kid 0 then kid 1 else kid 2 */
	FEEL_NODE_FOR,	    /* names in kids 0..n-1 return kid n */
	FEEL_NODE_SOME,	    /* names in kids 0..n-1 satisfies kid n */
	FEEL_NODE_EVERY,    /* likewise */
	FEEL_NODE_FILTER,   /* kid 0 [ kid 1 ] */
	FEEL_NODE_PATH,	    /* kid 0 . name */
	FEEL_NODE_CALL,	    /* kid 0 ( kids 1.. ); names: parameter or "",
			       name i belongs to kid i + 1 */
	FEEL_NODE_FUNCTION, /* names: parameters; types or NULL; kid 0: body */
	FEEL_NODE_LIST,	    /* kids */
	FEEL_NODE_CONTEXT, /* names: keys; kids: values; earlier ones in scope */
	FEEL_NODE_RANGE, /* kid 0 .. kid 1, either may be NULL; closed flags */
	FEEL_NODE_INSTANCE, /* kid 0 instance of types[0] */
	FEEL_NODE_TESTS,    /* unary tests: any of kids holds; `negated` */
	FEEL_NODE_TEST,	 /* one test `op kid 0` on the input, op < <= > >= = !=;
			   `(= 5)` and `(!= 5)` as values are such nodes too */
	FEEL_NODE_MATCH, /* one test kid 0 on the input: a range, a list, a
			       value, or a boolean expression that uses ? */
	FEEL_NODE_DASH,	 /* `-`: holds for everything */
	FEEL_NODE_COERCE,  /* kid 0 as types[0] wants it, else null */
	FEEL_NODE_SERVICE, /* decision service `mark` on the kids */
	FEEL_NODE_MARK,	   /* kid 0; being evaluated puts `mark` on the path */
	FEEL_NODE_TABLE	   /* table */
};

enum feel_op {
	FEEL_ADD,
	FEEL_SUBTRACT,
	FEEL_MULTIPLY,
	FEEL_DIVIDE,
	FEEL_POWER,
	FEEL_EQ,
	FEEL_NE,
	FEEL_LT,
	FEEL_LE,
	FEEL_GT,
	FEEL_GE,
	FEEL_AND,
	FEEL_OR
};

struct feel_program;

/* A type as written: a name, list<of>, range<of>, context or function. */
struct feel_type_ref {
	enum feel_type type; /* FEEL_NULL: the name is in `name` (or Any) */
	struct text name;
	size_t count; /* element types; context members; parameters */
	const struct feel_type_ref *const *members; /* function: result last */
	const struct text *names;		    /* of context members */
	const struct feel_program *allowed; /* a constraint on `?`, or NULL */
	bool kept; /* outlives every program: it need not be copied */
};

#define FEEL_NO_MARK UINT32_MAX

enum feel_hit_policy {
	FEEL_UNIQUE,
	FEEL_ANY,
	FEEL_PRIORITY,
	FEEL_FIRST,
	FEEL_OUTPUT_ORDER,
	FEEL_RULE_ORDER,
	FEEL_COLLECT
};

enum feel_aggregator { FEEL_LISTED, FEEL_SUM, FEEL_COUNT, FEEL_MIN, FEEL_MAX };

struct feel_rule {
	const struct feel_node *const *tests; /* one an input; TESTS or DASH */
	const struct feel_node *const *outputs; /* one an output */
	uint32_t mark; /* citation of the row, or FEEL_NO_MARK */
	long line;
};

struct feel_table {
	enum feel_hit_policy policy;
	enum feel_aggregator aggregator;
	size_t input_count;
	const struct feel_node *const *inputs;
	/* allowed values of an input (TESTS) or NULL */
	const struct feel_node *const *allowed;
	size_t output_count;
	const struct text *outputs;		   /* names; "" when single */
	const struct feel_node *const *defaults;   /* or NULL each */
	const struct feel_node *const *priorities; /* LIST of values or NULL */
	size_t rule_count;
	const struct feel_rule *rules;
	struct text name; /* of the decision, for the trace */
};

struct feel_node {
	enum feel_node_kind kind;
	enum feel_op op;
	bool negated;	  /* TESTS: not(...) */
	bool low_closed;  /* RANGE */
	bool high_closed; /* RANGE */
	bool strict;	  /* boxed IF, FILTER, SOME, EVERY: what is neither
			     boolean nor null makes the whole null */
	bool iteration;	  /* RANGE: `1..10` of for, some, every; not a value */
	uint32_t mark;	  /* MARK */
	long line;	  /* 1-based, in the file or text it came from */
	long column;
	struct text name;	 /* NAME, PATH */
	struct feel_value value; /* LITERAL */
	size_t count;		 /* kids */
	const struct feel_node *const *kids;
	size_t name_count;
	const struct text *names;
	const struct feel_type_ref *const *types;
	const struct feel_table *table;
};

/* Where text stands in a file, for messages: its first character. */
struct feel_place {
	const char *path;
	long line;
	long column;
};

/*
 * Names that are in scope, so that names with spaces and symbols are read as
 * one ("Monthly Fee"). `is_name` answers whether the normalised candidate (one
 * space between words) is known; `is_prefix` whether a longer one may follow.
 */
struct feel_names {
	const void *context;
	bool (*is_name)(const void *context, struct text candidate);
	bool (*is_prefix)(const void *context, struct text candidate);
};

#define FEEL_TEXT_MAX  (1u << 20) /* bytes of one expression */
#define FEEL_DEPTH_MAX 200	  /* nested nodes */

/*
 * Parse an expression, or the unary tests of a table cell. Errors: SHK_E_RULES
 * with line, column and what was expected; SHK_E_LIMIT; SHK_E_MEMORY.
 */
enum shk_code feel_parse(struct arena *arena, struct text source,
	struct feel_place place, const struct feel_names *names,
	const struct feel_node **out, shk_diag *diag);
enum shk_code feel_parse_tests(struct arena *arena, struct text source,
	struct feel_place place, const struct feel_names *names,
	const struct feel_node **out, shk_diag *diag);
/* Parse a type reference such as `list<number>`. */
enum shk_code feel_parse_type(struct arena *arena, struct text source,
	struct feel_place place, const struct feel_type_ref **out,
	shk_diag *diag);

/* The tree as FEEL text with the fewest brackets; parses to an equal tree. */
void feel_unparse(const struct feel_node *node, struct buffer *out);

#endif
