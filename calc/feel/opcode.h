/*
 * The one list of instructions, and what a program is made of. An instruction
 * is one to three 32-bit words: the opcode in the low 8 bits and an operand in
 * the high 24 bits of the first, further operands in words of their own.
 */
#ifndef FEEL_OPCODE_H
#define FEEL_OPCODE_H

#include "feel/program.h"

/* What an operand counts or points to; the checker and the listing ask. */
enum feel_operand {
	FEEL_OPERAND_NONE,
	FEEL_OPERAND_CONSTANT, /* index of a constant */
	FEEL_OPERAND_LOCAL,    /* slot of the frame */
	FEEL_OPERAND_SLOT,     /* global slot */
	FEEL_OPERAND_TARGET,   /* offset of an instruction */
	FEEL_OPERAND_COUNT,    /* values taken from the stack */
	FEEL_OPERAND_NAME,     /* index of a name */
	FEEL_OPERAND_KEYS,     /* index of a list of names, one a value taken */
	FEEL_OPERAND_UNIT,     /* index of a function body */
	FEEL_OPERAND_BUILTIN,  /* index of a built-in */
	FEEL_OPERAND_TYPE,     /* index of a type */
	FEEL_OPERAND_TABLE,    /* index of a decision table */
	FEEL_OPERAND_ROW,      /* row of a table */
	FEEL_OPERAND_MARK,     /* citation */
	FEEL_OPERAND_FLAGS     /* small number, at most 15 */
};

/*
 * OP(name, words, pops, pushes, loops, first, second, third): `pops` does not
 * count what a COUNT, KEYS or TABLE operand adds; `loops` is the change of the
 * loop stack. Effects of a taken jump that differ are in feel_jump_effect.
 */
/* clang-format off */
#define FEEL_OPCODES(OP) \
	OP(CONST,      1, 0, 1,  0, CONSTANT, NONE,  NONE) \
	OP(LOCAL,      1, 0, 1,  0, LOCAL,    NONE,  NONE) \
	OP(STORE,      1, 1, 0,  0, LOCAL,    NONE,  NONE) \
	OP(KEEP,       1, 1, 1,  0, LOCAL,    NONE,  NONE) \
	OP(LOAD_SLOT,  1, 0, 1,  0, SLOT,     NONE,  NONE) \
	OP(JUMP,       1, 0, 0,  0, TARGET,   NONE,  NONE) \
	OP(BRANCH,     1, 1, 1,  0, TARGET,   NONE,  NONE) \
	OP(THEN,       1, 2, 2,  0, TARGET,   NONE,  NONE) \
	OP(ELSE,       1, 3, 1,  0, NONE,     NONE,  NONE) \
	OP(AND_LEFT,   1, 1, 1,  0, TARGET,   NONE,  NONE) \
	OP(OR_LEFT,    1, 1, 1,  0, TARGET,   NONE,  NONE) \
	OP(AND,        1, 2, 1,  0, NONE,     NONE,  NONE) \
	OP(OR,         1, 2, 1,  0, NONE,     NONE,  NONE) \
	OP(NOT,        1, 1, 1,  0, NONE,     NONE,  NONE) \
	OP(ADD,        1, 2, 1,  0, NONE,     NONE,  NONE) \
	OP(SUBTRACT,   1, 2, 1,  0, NONE,     NONE,  NONE) \
	OP(MULTIPLY,   1, 2, 1,  0, NONE,     NONE,  NONE) \
	OP(DIVIDE,     1, 2, 1,  0, NONE,     NONE,  NONE) \
	OP(POWER,      1, 2, 1,  0, NONE,     NONE,  NONE) \
	OP(EQ,         1, 2, 1,  0, NONE,     NONE,  NONE) \
	OP(NE,         1, 2, 1,  0, NONE,     NONE,  NONE) \
	OP(LT,         1, 2, 1,  0, NONE,     NONE,  NONE) \
	OP(LE,         1, 2, 1,  0, NONE,     NONE,  NONE) \
	OP(GT,         1, 2, 1,  0, NONE,     NONE,  NONE) \
	OP(GE,         1, 2, 1,  0, NONE,     NONE,  NONE) \
	OP(NEGATE,     1, 1, 1,  0, NONE,     NONE,  NONE) \
	OP(BETWEEN,    1, 3, 1,  0, NONE,     NONE,  NONE) \
	OP(MATCH,      1, 2, 1,  0, FLAGS,    NONE,  NONE) \
	OP(HOLDS,      1, 2, 1,  0, NONE,     NONE,  NONE) \
	OP(RANGE,      1, 2, 1,  0, FLAGS,    NONE,  NONE) \
	OP(LIST,       1, 0, 1,  0, COUNT,    NONE,  NONE) \
	OP(CONTEXT,    1, 0, 1,  0, KEYS,     NONE,  NONE) \
	OP(PATH,       1, 1, 1,  0, NAME,     NONE,  NONE) \
	OP(IN_ITEM,    3, 0, 0,  0, TARGET,   LOCAL, NAME) \
	OP(INDEX,      1, 2, 1,  0, NONE,     NONE,  NONE) \
	OP(GATHER,     1, 0, 0,  1, FLAGS,    NONE,  NONE) \
	OP(ITER,       1, 1, 0,  1, NONE,     NONE,  NONE) \
	OP(ITER_RANGE, 1, 2, 0,  1, NONE,     NONE,  NONE) \
	OP(NEXT,       2, 0, 0,  0, TARGET,   LOCAL, NONE) \
	OP(PARTIAL,    1, 0, 0,  0, LOCAL,    NONE,  NONE) \
	OP(YIELD,      1, 1, 0,  0, NONE,     NONE,  NONE) \
	OP(GATHERED,   1, 0, 1, -1, NONE,     NONE,  NONE) \
	OP(FUNCTION,   1, 0, 1,  0, UNIT,     NONE,  NONE) \
	OP(CALL,       1, 1, 1,  0, COUNT,    NONE,  NONE) \
	OP(CALL_NAMED, 1, 1, 1,  0, KEYS,     NONE,  NONE) \
	OP(BUILTIN,    2, 0, 1,  0, COUNT,    BUILTIN, NONE) \
	OP(INSTANCE,   1, 1, 1,  0, TYPE,     NONE,  NONE) \
	OP(COERCE,     1, 1, 1,  0, TYPE,     NONE,  NONE) \
	OP(UNWRAP,     1, 1, 1,  0, NONE,     NONE,  NONE) \
	OP(SERVICE,    2, 0, 1,  0, COUNT,    SLOT,  NONE) \
	OP(MARK,       2, 0, 0,  0, NONE,     MARK,  NONE) \
	OP(TABLE,      1, 0, 0,  1, TABLE,    NONE,  NONE) \
	OP(ROW_TEST,   1, 1, 0,  0, TARGET,   NONE,  NONE) \
	OP(ROW_IS,     3, 0, 0,  0, TARGET,   LOCAL, CONSTANT) \
	OP(ROW_ANY,    3, 0, 0,  0, TARGET,   LOCAL, CONSTANT) \
	OP(ROW_HIT,    2, 0, 0,  0, TARGET,   ROW,   NONE) \
	OP(ROW_PICK,   2, 0, 0,  0, TARGET,   TABLE, NONE) \
	OP(ROW_OUT,    2, 0, 0,  0, TARGET,   TABLE, NONE) \
	OP(TABLE_END,  1, 0, 1, -1, NONE,     NONE,  NONE) \
	OP(RETURN,     1, 1, 0,  0, NONE,     NONE,  NONE)
/* clang-format on */

#define FEEL_OPCODE_ENUM(name, w, pops, pushes, loops, a, b, c) OP_##name,
enum feel_opcode { FEEL_OPCODES(FEEL_OPCODE_ENUM) FEEL_OPCODE_COUNT };
#undef FEEL_OPCODE_ENUM

struct feel_opcode_info {
	const char *name;
	uint8_t words;
	int8_t pops;
	int8_t pushes;
	int8_t loops;
	enum feel_operand operand[3];
};

extern const struct feel_opcode_info feel_opcodes[FEEL_OPCODE_COUNT];

#define FEEL_WORD(op, operand) ((uint32_t)(op) | ((uint32_t)(operand) << 8))
#define FEEL_OPCODE(word)      ((word)&0xffu)
#define FEEL_OPERAND(word)     ((word) >> 8)
#define FEEL_OPERAND_LIMIT     (1u << 24)

/* Kinds of GATHER. */
enum feel_gather {
	FEEL_GATHER_LIST,
	FEEL_GATHER_SOME,
	FEEL_GATHER_EVERY,
	FEEL_GATHER_FILTER
};

/* Flag of GATHER: what is neither a truth nor null makes the whole null. */
#define FEEL_GATHER_STRICT 8u

/* Flag of MATCH: a list of tests, of which any may hold. */
#define FEEL_MATCH_ANY 1u

/* Flags of RANGE. */
#define FEEL_RANGE_LOW	   1u /* the low end belongs to the range */
#define FEEL_RANGE_HIGH	   2u
/* There is no such end: null means no bound, not a bound that is null. */
#define FEEL_RANGE_NO_LOW  4u
#define FEEL_RANGE_NO_HIGH 8u

/* A list of names: keys of a context, names of arguments. */
struct feel_keys {
	size_t count;
	const struct text *names;
};

/* A value that a closure takes along: slot outside to slot inside. */
struct feel_capture {
	uint32_t from;
	uint32_t to;
};

/* A body: the program itself (unit 0) or a function. */
struct feel_unit {
	uint32_t start; /* offset of its first instruction */
	uint32_t end;	/* offset behind its last one */
	uint32_t locals;
	uint32_t stack; /* most operands at once, found by the checker */
	uint32_t loops; /* most nested loops, likewise */
	uint32_t parameter_count; /* in slots 0.. */
	const struct text *parameters;
	const struct feel_type_ref *const *types; /* or NULL */
	const struct feel_type_ref *result;	  /* if it is known, or NULL */
	int32_t self; /* slot of the function itself, or -1 */
	uint32_t capture_count;
	const struct feel_capture *captures;
};

/* What the machine needs of a decision table beside its code. */
struct feel_table_plan {
	enum feel_hit_policy policy;
	enum feel_aggregator aggregator;
	uint32_t row_count;
	uint32_t output_count;
	const struct text *outputs;
	/* code of the outputs of a row; one more for the defaults, or 0 */
	const uint32_t *rows;
	const uint32_t *marks;
	const struct feel_value *priorities; /* a list (or null) an output */
	struct text name;
};

struct feel_program {
	const uint32_t *code;
	uint32_t size;
	uint32_t constant_count;
	const struct feel_value *constants;
	uint32_t name_count;
	const struct text *names;
	uint32_t keys_count;
	const struct feel_keys *keys;
	uint32_t type_count;
	const struct feel_type_ref *const *types;
	uint32_t unit_count;
	const struct feel_unit *units;
	uint32_t table_count;
	const struct feel_table_plan *tables;
};

/* Change of stack and loops when the jump of `op` is taken. */
void feel_jump_effect(enum feel_opcode op, int *stack, int *loops);
/* Values that one instruction takes in all; `code` points at it. */
uint32_t feel_pops(const struct feel_program *program, const uint32_t *code);

/*
 * Check a program: fills in `stack` and `loops` of `units` (which are the
 * program's own). False, with the reason (NULL: memory), when it may not run.
 */
bool feel_verify(struct arena *scratch, const struct feel_program *program,
	struct feel_unit *units, const char **why);

#endif
