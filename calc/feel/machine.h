/*
 * The machine that runs programs. It computes with known values, with unknown
 * ones (Kleene's logic, `if` on an unknown evaluates both branches and joins,
 * a table with an open cell yields every output still possible) and tells its
 * host which slots it read, which citations lie on the path, and at which
 * value of a missing number a comparison turns.
 */
#ifndef FEEL_MACHINE_H
#define FEEL_MACHINE_H

#include "base/arena.h"
#include "base/diag.h"
#include "feel/program.h"
#include "num/num.h"

enum feel_step_kind {
	FEEL_STEP_ROW,	/* a table row matched: table, row, value */
	FEEL_STEP_ROUND /* a rounding: name, before, scale, after */
};

struct feel_step {
	enum feel_step_kind kind;
	struct text name;	  /* decision of the table; rounding function */
	unsigned row;		  /* 1-based row */
	uint32_t mark;		  /* citation of the row or FEEL_NO_MARK */
	struct feel_value before; /* rounding: argument */
	struct feel_value scale;  /* rounding: decimals kept */
	struct feel_value after;  /* row: its output; rounding: result */
	/* rounding: distance of the argument from the nearest point at which
	   the result changes; every number within its error gives the result */
	struct feel_value margin;
	bool proved;
	enum num_rounding mode; /* rounding */
	const void *site;	/* rounding: where in its program it stands */
	const struct feel_program *program; /* rounding: that program */
	bool in_text; /* rounding: only makes a text, as in string(floor(x)) */
};

enum feel_other {
	FEEL_AS_IS,
	FEEL_OTHER_MODE, /* `mode` in place of its own */
	FEEL_LEFT_OUT,	 /* the number stays as it was */
	FEEL_BEHIND,	 /* left out, and done to the result of `behind` */
	FEEL_ONE_MORE	 /* one unit added to its result */
};

/*
 * What if one rounding were another? Roundings of known numbers are counted as
 * they are run, from 0; the one with the number `at` is done as `other` says.
 * The owner sets `count` to 0 before a run.
 */
struct feel_rounding {
	size_t count;
	size_t at;
	enum feel_other other;
	enum num_rounding mode;
	size_t behind;
	/* inside: what was left out, until `behind` */
	int scale;
	enum num_rounding own;
	bool moved; /* it was done at `behind` */
};

/* The machine's surroundings. `load` is required, the others may be NULL. */
struct feel_host {
	void *context;
	/* the value of a global slot (may run another program: lazily) */
	enum shk_code (*load)(void *context, unsigned slot,
		struct feel_value *out, shk_diag *diag);
	/* citation `mark` lies on the path that is being evaluated */
	void (*mark)(void *context, uint32_t mark);
	/* a comparison turns where missing slot `slot` has the value `at` */
	void (*cut)(void *context, unsigned slot, const struct feel_value *at);
	/* a comparison of what is not known, for these reasons. What it says:
	   1 true, 0 false, -1 open, 2 neither. `shaped`: both sides lie in
	   intervals, so that narrower ones decide what is open */
	void (*compared)(void *context, const struct feel_set *reasons,
		int truth, bool shaped);
	/* a decision service, with its arguments in order; may be NULL */
	enum shk_code (*service)(void *context, unsigned slot,
		const struct feel_value *args, uint32_t count,
		struct feel_value *out, shk_diag *diag);
	/* one step of the trace; values live until the machine is cleared */
	void (*step)(void *context, const struct feel_step *step);
};

#define FEEL_STACK_MAX 1024	/* values on the stack */
#define FEEL_CALLS_MAX 200	/* nested calls of FEEL functions */
#define FEEL_ITEMS_MAX 1000000u /* items of one list made by a program */

struct feel_machine;

/*
 * `arena` takes everything that values point to; the owner of the machine
 * clears it between records. The machine keeps the pointers it is given.
 */
enum shk_code feel_machine_new(struct feel_machine **out, struct arena *arena,
	const struct feel_host *host, shk_diag *diag);
void feel_machine_free(struct feel_machine *machine);

/*
 * Conformance mode: an unknown becomes null. Off when new.
 */
void feel_machine_map_unknown(struct feel_machine *machine, bool to_null);

struct feel_notes;
/* Take notes of what is run from now on (feel/note.h); NULL: no more. */
void feel_machine_note(struct feel_machine *machine, struct feel_notes *notes);

/* Count roundings, and do one of them otherwise; NULL: no more. */
void feel_machine_round(
	struct feel_machine *machine, struct feel_rounding *rounding);

/*
 * Run. `input` is the value of `?` or NULL. A FEEL error (1 + "a") is not a
 * failure: the result is null. Failures: SHK_E_LIMIT (a named ceiling),
 * SHK_E_MEMORY, and what the host's `load` returns. Reentrant: `load` may run
 * another program on the same machine.
 */
enum shk_code feel_run(struct feel_machine *machine,
	const struct feel_program *program, const struct feel_value *input,
	struct feel_value *out, shk_diag *diag);

/*
 * Call a function value that a program of this machine has made. The number of
 * arguments must be that of its parameters, or the result is null.
 */
enum shk_code feel_apply(struct feel_machine *machine,
	const struct feel_value *function, const struct feel_value *arguments,
	uint32_t count, struct feel_value *out, shk_diag *diag);
/* Name of a parameter of a function value; size 0 past the last. */
struct text feel_parameter(const struct feel_value *function, uint32_t index);
/* A value as a type wants it (DMN, 10.3.2.9): converted, or null. */
enum shk_code feel_as_type(struct feel_machine *machine,
	struct feel_value *value, const struct feel_type_ref *type,
	shk_diag *diag);

#endif
