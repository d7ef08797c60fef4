/*
 * Inside of the compiler, shared by its files: bodies being made, scopes, and
 * how instructions are emitted. A failure sticks in `code`; everything that is
 * emitted behind it is thrown away.
 */
#ifndef FEEL_COMPILE_H
#define FEEL_COMPILE_H

#include "feel/machine_state.h"

#define FEEL_COMPILE_DEPTH (2 * FEEL_DEPTH_MAX) /* nested nodes, with boxes */

/* A name in scope, or the item of a filter, in which names are looked up. */
struct feel_scope {
	const struct feel_scope *outer;
	struct text name;
	bool item;
	uint32_t slot;
};

/* A growing array on the heap. */
struct feel_array {
	void *items;
	size_t count;
	size_t capacity;
};

/* A body that is being compiled; targets count from its own beginning. */
struct feel_body {
	struct feel_body *outer;
	const struct feel_scope *scope;
	struct feel_array words;    /* uint32_t */
	struct feel_array captures; /* struct feel_capture */
	uint32_t index;		    /* of its unit */
	struct feel_body *next;	    /* in order of index */
	struct feel_unit unit;
};

struct feel_compiler {
	struct arena *arena;  /* of the program */
	struct arena scratch; /* of the compilation */
	const struct feel_globals *globals;
	const char *path;
	shk_diag *diag;
	enum shk_code code;
	unsigned depth;
	struct feel_array constants; /* struct feel_value */
	struct feel_array names;     /* struct text */
	struct feel_array keys;	     /* struct feel_keys */
	struct feel_array types;     /* const struct feel_type_ref * */
	struct feel_array tables;    /* struct feel_table_plan */
	struct feel_array owners;    /* uint32_t: unit of a table */
	struct feel_body *first;
	struct feel_body *last;
	uint32_t unit_count;
	struct feel_body *body; /* at work */
};

/* compile.c */
void feel_compile_fail(struct feel_compiler *compiler, enum shk_code code,
	const struct feel_node *node, const char *format, ...)
	BASE_PRINTF(4, 5);
/* A fault in the expression: told, and null in place of `node`; or failed. */
void feel_compile_fault(struct feel_compiler *compiler,
	const struct feel_node *node, const char *format, ...)
	BASE_PRINTF(3, 4);
/* Room for one more item, zeroed; NULL and the failure when there is none. */
void *feel_array_add(
	struct feel_compiler *compiler, struct feel_array *array, size_t size);
struct text feel_compile_text(struct feel_compiler *compiler, struct text text);
uint32_t feel_here(const struct feel_compiler *compiler);
/* Memory ran out: the compilation fails. */
void feel_compiler_memory(struct feel_compiler *compiler);
/* Emit; the offset of the instruction, for patching. */
uint32_t feel_emit(
	struct feel_compiler *compiler, enum feel_opcode op, uint32_t operand);
void feel_emit_word(struct feel_compiler *compiler, uint32_t word);
/* The jump at `at` goes to `to`. */
void feel_patch(struct feel_compiler *compiler, uint32_t at, uint32_t to);
/* Index of a constant. */
uint32_t feel_add_constant(
	struct feel_compiler *compiler, const struct feel_value *value);
void feel_emit_constant(
	struct feel_compiler *compiler, const struct feel_value *value);
uint32_t feel_new_local(struct feel_compiler *compiler);
void feel_scope_push(struct feel_compiler *compiler, struct text name,
	bool item, uint32_t slot);
uint32_t feel_add_name(struct feel_compiler *compiler, struct text name);
uint32_t feel_add_keys(
	struct feel_compiler *compiler, const struct text *names, size_t count);
uint32_t feel_add_type(
	struct feel_compiler *compiler, const struct feel_type_ref *type);
const struct feel_type_ref *feel_copy_type(
	struct feel_compiler *compiler, const struct feel_type_ref *type);
/* The constants that the code from `from` on pushes, if it is nothing else. */
bool feel_constants_since(struct feel_compiler *compiler, uint32_t from,
	uint32_t count, struct feel_value *values);
/*
 * May what was just computed stand in place of the code? No after a failure or
 * doubt, which is for the machine to have; want of memory fails the compiler.
 */
bool feel_folds(struct feel_compiler *compiler, const struct feel_env *env);
/* Throw the code from `from` on away. */
void feel_rewind(struct feel_compiler *compiler, uint32_t from);

/* compile_name.c */
bool feel_name_is_local(const struct feel_compiler *compiler, struct text name);
void feel_compile_name(
	struct feel_compiler *compiler, const struct feel_node *node);
/* The value under test; false, with null in its place, if there is none. */
bool feel_compile_input(
	struct feel_compiler *compiler, const struct feel_node *node);
bool feel_mentions_input(const struct feel_node *node);
bool feel_mentions_name(const struct feel_node *node, struct text name);

/* infer.c: the type of a function's result, or NULL */
const struct feel_type_ref *feel_infer(
	struct feel_compiler *compiler, const struct feel_node *function);

/* compile_node.c */
void feel_compile_node(
	struct feel_compiler *compiler, const struct feel_node *node);

/*
 * A cell that is one constant test, or several (`any`, then `out` is their
 * list), which needs no code of its own; false for anything else.
 */
bool feel_constant_cell(struct feel_compiler *compiler,
	const struct feel_node *node, struct feel_value *out, bool *any);

/* compile_loop.c */
void feel_compile_loop(
	struct feel_compiler *compiler, const struct feel_node *node);
void feel_compile_filter(
	struct feel_compiler *compiler, const struct feel_node *node);

/* compile_call.c */
void feel_compile_call(
	struct feel_compiler *compiler, const struct feel_node *node);
/* `self`: name under which the function knows itself, or empty. */
void feel_compile_function(struct feel_compiler *compiler,
	const struct feel_node *node, struct text self);

/* compile_table.c */
void feel_compile_table(
	struct feel_compiler *compiler, const struct feel_node *node);

/* compile_link.c: put the bodies together and check the whole. */
const struct feel_program *feel_link(struct feel_compiler *compiler);

#endif
