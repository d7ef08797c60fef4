/*
 * Compiled FEEL: a flat program for a stack machine, made once when a book is
 * loaded and checked before it may run (every jump inside, the stack never
 * below zero or above its ceiling, every index in range). Programs are
 * immutable and shared by threads; a machine belongs to one thread.
 */
#ifndef FEEL_PROGRAM_H
#define FEEL_PROGRAM_H

#include "base/buffer.h"
#include "feel/ast.h"

struct feel_program;

#define FEEL_GLOBALS_MAX 16384 /* slots; reasons are the first 512 */

/* What a free name means: a global slot, or nothing (then a built-in). */
struct feel_globals {
	const void *context;
	/* slot number, or -1 when there is no such name */
	int (*slot)(const void *context, struct text name);
	/* name of a slot, for the listing */
	struct text (*name)(const void *context, unsigned slot);
	/* a type that the model defines, or NULL; may be NULL itself */
	const struct feel_type_ref *(*type)(
		const void *context, struct text name);
	/*
	 * NULL: a fault in an expression ends the compilation. Else the fault
	 * is told and the part that has it is null, as FEEL has it.
	 */
	void (*fault)(const void *context, long line, long column,
		const char *message);
};

/*
 * Compile `node`. With `tests` the program takes the value under test (`?`)
 * from feel_run's `input`. Constants are folded with the machine's own
 * routines. Errors: SHK_E_RULES with place (unknown name, wrong number of
 * arguments of a built-in, ...), SHK_E_LIMIT, SHK_E_MEMORY. The program lives
 * in `arena`.
 */
enum shk_code feel_compile(struct arena *arena, const struct feel_node *node,
	const struct feel_globals *globals, const char *path,
	const struct feel_program **out, shk_diag *diag);

/* One line an instruction, as `shokan rules show NAME --listing` prints it. */
void feel_list_program(const struct feel_program *program,
	const struct feel_globals *globals, struct buffer *out);

/* Slots that the program can read. */
void feel_program_slots(
	const struct feel_program *program, struct feel_set *slots);

#endif
