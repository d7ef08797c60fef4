/*
 * What the files of the machine share: functions as values, the surroundings
 * of one operation, frames and loops. Nothing here leaves the room.
 */
#ifndef FEEL_MACHINE_STATE_H
#define FEEL_MACHINE_STATE_H

#include "feel/machine.h"
#include "feel/note.h"
#include "feel/opcode.h"

#define FEEL_LOOPS_MAX	   256	      /* loops and tables at work at once */
#define FEEL_TURNS_MAX	   100000000u /* turns of all loops of one run */
#define FEEL_PARTS_MAX	   4000000u   /* parts of parts ... of one value */
#define FEEL_PARTS_TURN	   8	 /* parts that are counted in one turn's time */
#define FEEL_ARGUMENTS_MAX 64	 /* of one call by name */
#define FEEL_ROWS_MAX	   32768 /* rows at work in all tables at once */
#define FEEL_MAYBE_MAX	   4	 /* items that may be missing, 2^n lists */
#define FEEL_STRING_MAX	   (1u << 20) /* bytes of a string that is built */

struct feel_builtin;

struct feel_function {
	const struct feel_builtin *builtin; /* or a unit of a program */
	const struct feel_program *program;
	uint32_t unit;
	uint32_t capture_count;
	const struct feel_value *captures;
};

/*
 * The surroundings of one operation. The first failure sticks: operations go
 * on with null and the loop looks at it after each of them. `host` may be
 * NULL (constant folding), then nothing is told and nothing is called.
 */
struct feel_env {
	struct arena *arena;
	const struct feel_host *host;
	struct feel_machine *machine;
	enum shk_code failure;
	const char *why;
	bool doubt; /* this run took a comparison that is not proved */
	struct feel_notes *notes;	/* or NULL */
	struct feel_rounding *rounding; /* or NULL */
};

/* Set the failure; the value of the operation is null. */
void feel_fail(struct feel_env *env, enum shk_code code, const char *why);
/* Memory of the arena, or NULL and the failure. */
void *feel_alloc(struct feel_env *env, size_t count, size_t size);

/* A growing list in the arena; earlier views of it stay valid. */
struct feel_builder {
	struct feel_value *items;
	uint32_t count;
	uint32_t capacity;
};

void feel_builder_add(struct feel_env *env, struct feel_builder *builder,
	const struct feel_value *item);
struct feel_value feel_builder_list(const struct feel_builder *builder);

enum feel_loop_kind { FEEL_LOOP_GATHER, FEEL_LOOP_ITER, FEEL_LOOP_TABLE };

/* A loop at work: what it gathers, or what it runs over, or a table. */
struct feel_loop {
	uint8_t kind;	/* enum feel_loop_kind */
	uint8_t gather; /* enum feel_gather */
	bool strict;	/* GATHER: only truths and null are taken */
	bool decided;	/* GATHER: no more items are needed */
	bool open;	/* something unknown decides what is gathered */
	bool broken;	/* the result is null */
	bool null;	/* GATHER: a null among the truths */
	bool reasoned;	/* `reasons` was begun */
	bool maybe_row; /* TABLE: the row at work has an unknown test */
	bool picking;	/* TABLE: the tests are done */
	bool counting;	/* ITER: numbers or dates from `at` to `last` */
	bool down;	/* ITER: counting backwards */
	uint32_t owner; /* ITER: index of its gatherer */
	/* GATHER, TABLE: what was gathered; items that may be missing */
	struct feel_builder built;
	uint32_t maybe_count;
	/* ITER: items */
	const struct feel_value *items;
	uint32_t count;
	uint32_t next;
	/* TABLE */
	const struct feel_table_plan *table;
	uint32_t row_base; /* its first entry in machine->rows */
	uint32_t row_next; /* the next one that is considered */
	uint32_t picked;   /* rows whose outputs were asked for */
	uint32_t definite; /* rows that match for certain */
	/* from here on not cleared when the loop begins */
	uint32_t maybe[FEEL_MAYBE_MAX];
	struct feel_value value; /* GATHER, TABLE: the answer; ITER: the item */
	struct feel_value at;
	struct feel_value last;
	struct feel_set reasons;     /* through feel_loop_reasons */
	struct feel_set row_reasons; /* TABLE: of the open tests of this row */
};

struct feel_frame {
	const struct feel_program *program;
	const struct feel_unit *unit;
	const uint32_t *pc;
	uint32_t base; /* stack index of its local 0 */
	bool call;     /* of a function, not of feel_run */
};

#define FEEL_FRAMES_MAX (FEEL_CALLS_MAX + FEEL_SLOTS_MAX)

_Static_assert(FEEL_FRAMES_MAX >= FEEL_CALLS_MAX + FEEL_SLOTS_MAX,
	"every call and every decision at work has a frame");

/* An entry of `rows`: row * 2, plus 1 when the row only may match. */
struct feel_machine {
	struct feel_env env;
	bool map_unknown;
	uint32_t top; /* values on the stack */
	uint32_t loop_count;
	uint32_t row_count;
	uint32_t frame_count;
	uint32_t call_count; /* frames that are FEEL functions */
	uint32_t turns;	     /* turns of loops since the outermost run */
	shk_diag *diag;
	/* from here on nothing is read that was not written before */
	struct feel_value stack[FEEL_STACK_MAX];
	struct feel_frame frames[FEEL_FRAMES_MAX];
	uint32_t rows[FEEL_ROWS_MAX];
	struct feel_loop loops[FEEL_LOOPS_MAX];
};

/*
 * machine_note.c: before an instruction while notes are taken: what it would
 * do with numbers that the notes cannot follow pins their facts.
 */
void feel_watch(const struct feel_machine *machine, const uint32_t *code,
	const struct feel_value *locals, const struct feel_value *sp);
/* The same before a built-in. */
void feel_watch_builtin(struct feel_env *env,
	const struct feel_builtin *builtin, const struct feel_value *args,
	uint32_t count);

/* machine.c: call a function from a built-in. */
void feel_call(struct feel_env *env, const struct feel_value *function,
	const struct feel_value *arguments, uint32_t count,
	struct feel_value *out);

/* machine_operate.c */
void feel_binary(struct feel_env *env, enum feel_op op,
	const struct feel_value *a, const struct feel_value *b,
	struct feel_value *out);
/* machine_temporal.c: both sides known, at least one of them temporal. */
void feel_temporal_arithmetic(struct feel_env *env, enum feel_op op,
	const struct feel_value sides[2], struct feel_value *out);
void feel_negate(struct feel_env *env, const struct feel_value *a,
	struct feel_value *out);
void feel_and(struct feel_env *env, const struct feel_value sides[2],
	struct feel_value *out);
void feel_or(struct feel_env *env, const struct feel_value sides[2],
	struct feel_value *out);
void feel_not(struct feel_env *env, const struct feel_value *a,
	struct feel_value *out);
void feel_between(struct feel_env *env, const struct feel_value *args,
	struct feel_value *out);
/* Does `test` (range, list, value) hold for `input`? */
void feel_match(struct feel_env *env, const struct feel_value *input,
	const struct feel_value *test, struct feel_value *out);
/* Does any of the tests in the list `tests` hold? */
void feel_match_any(struct feel_env *env, const struct feel_value *input,
	const struct feel_value *tests, struct feel_value *out);
/* A test that names the input itself: its truth, else as feel_match. */
void feel_holds(struct feel_env *env, const struct feel_value *input,
	const struct feel_value *test, struct feel_value *out);
void feel_path(struct feel_env *env, const struct feel_value *from,
	struct text name, struct feel_value *out);
/* Has the item an entry of this name (or may it have one)? Then its value. */
bool feel_in_item(struct feel_env *env, const struct feel_value *item,
	struct text name, struct feel_value *out);
void feel_index(struct feel_env *env, const struct feel_value *list,
	const struct feel_value *index, struct feel_value *out);
void feel_make_range(struct feel_env *env, uint32_t flags,
	const struct feel_value *ends, struct feel_value *out);
void feel_make_list(struct feel_env *env, const struct feel_value *items,
	uint32_t count, struct feel_value *out);
/*
 * Values share their parts, so that a short text may make one that takes ages
 * to walk: a failure past the ceiling. For what becomes part of a value, and
 * for what a run answers; looking costs turns.
 */
void feel_weigh(struct feel_env *env, const struct feel_value *part);
void feel_make_context(struct feel_env *env, const struct feel_keys *keys,
	const struct feel_value *values, struct feel_value *out);
/* machine_type.c */
void feel_instance(struct feel_env *env, const struct feel_value *value,
	const struct feel_type_ref *type, struct feel_value *out);
/* Do arguments, which may be converted, fit a function? */
enum feel_fit { FEEL_FITS_NOT, FEEL_FITS, FEEL_FITS_PERHAPS };
enum feel_fit feel_accepts(struct feel_env *env,
	const struct feel_function *function, struct feel_value *args,
	uint32_t count);
/* `env` NULL: whatever the constraints of the types say. */
bool feel_conforms(struct feel_env *env, const struct feel_value *value,
	const struct feel_type_ref *type);
/* The value as this type wants it: converted, or null when it cannot be. */
void feel_coerce(struct feel_env *env, struct feel_value *value,
	const struct feel_type_ref *type);

/* machine_loop.c */
struct feel_loop *feel_loop_push(
	struct feel_machine *machine, enum feel_loop_kind kind);
/* The reasons of a loop, empty at first. */
struct feel_set *feel_loop_reasons(struct feel_loop *loop);
void feel_iterate(struct feel_machine *machine, const struct feel_value *over);
void feel_iterate_range(
	struct feel_machine *machine, const struct feel_value *ends);
/* The run has taken so many turns more: a failure past the ceiling. */
void feel_turn(struct feel_machine *machine, uint32_t count);
bool feel_next(struct feel_machine *machine, struct feel_value *item);
void feel_yield(struct feel_machine *machine, const struct feel_value *value);
void feel_gathered(struct feel_machine *machine, struct feel_value *out);
void feel_partial(const struct feel_machine *machine, struct feel_value *out);
/*
 * The gathered items with and without those that may be missing: each such
 * list goes through `make` and the results are joined. `make` may be NULL.
 */
typedef void feel_list_make(struct feel_env *env, const void *context,
	const struct feel_value *list, struct feel_value *out);
void feel_subsets(struct feel_env *env, struct feel_loop *loop,
	feel_list_make *make, const void *context, struct feel_value *out);

/* machine_table.c */
void feel_table_begin(
	struct feel_machine *machine, const struct feel_table_plan *table);
/* False: the row does not match. */
bool feel_row_test(struct feel_machine *machine, const struct feel_value *test);
/* The row at work does not match. */
void feel_row_fails(struct feel_machine *machine);
/*
 * Does a test that needs nothing but the input hold? 1, 0, or -1 when the slow
 * way has to be taken.
 */
int feel_quick_match(
	const struct feel_value *input, const struct feel_value *test);
int feel_quick_any(
	const struct feel_value *input, const struct feel_value *tests);
/* True: no further row is to be looked at. */
bool feel_row_hit(struct feel_machine *machine, uint32_t row);
/* Code of the next row whose outputs are wanted, or 0. */
uint32_t feel_row_pick(struct feel_machine *machine);
void feel_row_out(struct feel_machine *machine, const struct feel_value *outs);
void feel_table_end(struct feel_machine *machine, struct feel_value *out);

#endif
