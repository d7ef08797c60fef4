/*
 * Evaluating decisions of a graph: lazily, each decision once a record, with
 * the citations that lay on its path. An evaluator belongs to one thread and
 * reuses its arena: after warm-up it allocates nothing.
 */
#ifndef DMN_EVALUATOR_H
#define DMN_EVALUATOR_H

#include "dmn/graph.h"

/* A set of marks of one graph. */
struct dmn_marks {
	uint64_t bits[DMN_MARKS_MAX / 64];
};

void dmn_marks_join(struct dmn_marks *set, const struct dmn_marks *other);
bool dmn_marks_has(const struct dmn_marks *set, uint32_t mark);
void dmn_marks_add(struct dmn_marks *set, uint32_t mark);

enum dmn_event_kind {
	DMN_ENTER,  /* a decision begins: slot */
	DMN_LEAVE,  /* it ends: slot, value */
	DMN_READ,   /* an input (or a decision given as a fact) was read */
	DMN_AGAIN,  /* a decision already evaluated was read again */
	DMN_MACHINE /* a step of the machine, inside of the decision slot */
};

struct dmn_event {
	enum dmn_event_kind kind;
	unsigned slot;
	struct feel_value value;
	const struct feel_step *step;
};

struct dmn_listener {
	void *context;
	/* may be NULL */
	void (*cut)(void *context, unsigned slot, const struct feel_value *at);
	/* may be NULL */
	void (*event)(void *context, const struct dmn_event *event);
	/* may be NULL: a comparison of what is not known; see feel_host */
	void (*compared)(void *context, const struct feel_set *reasons,
		int truth, bool shaped);
};

struct dmn_evaluator;

enum shk_code dmn_evaluator_new(struct dmn_evaluator **out,
	const struct dmn_graph *graph, shk_diag *diag);
void dmn_evaluator_free(struct dmn_evaluator *evaluator);

/* Who listens from now on; NULL: nobody. The listener must outlive its use. */
void dmn_listen(
	struct dmn_evaluator *evaluator, const struct dmn_listener *listener);
struct feel_notes;
/* Take notes from now on (feel/note.h); NULL: no more. */
void dmn_note(struct dmn_evaluator *evaluator, struct feel_notes *notes);
struct feel_rounding;
/* Count roundings, and do one otherwise (feel/machine.h); NULL: no more. */
void dmn_round(struct dmn_evaluator *evaluator, struct feel_rounding *rounding);
/*
 * Evaluations that begin past this moment of base/clock.h fail: SHK_E_LIMIT
 * with the reason "time". 0: none does.
 */
void dmn_until(struct dmn_evaluator *evaluator, uint64_t until);
/* Conformance mode: unknown is null. */
void dmn_map_unknown(struct dmn_evaluator *evaluator, bool to_null);

/* Forget all values and facts, and everything in the arena. */
void dmn_clear(struct dmn_evaluator *evaluator);
/* Forget the values of decisions, keep facts; arena is kept. */
void dmn_forget(struct dmn_evaluator *evaluator);

/* The evaluator's arena, for values that are given to it. */
struct arena *dmn_arena(struct dmn_evaluator *evaluator);

/*
 * Give the value of an input, or of a decision in place of evaluating it.
 * `value` and what it points to must live until dmn_clear. An input that was
 * not given is unknown, in the shape of its domain. `mark`, or FEEL_NO_MARK,
 * is put on the path of whoever reads the slot.
 */
void dmn_give(struct dmn_evaluator *evaluator, unsigned slot,
	const struct feel_value *value, uint32_t mark);
/* While a listener is told something: the slot whose program runs. */
unsigned dmn_running(const struct dmn_evaluator *evaluator);
/* Take it back: the input is unknown again, the decision is evaluated. */
void dmn_take(struct dmn_evaluator *evaluator, unsigned slot);

/*
 * The unknown that stands for `slot` with this domain: choices, interval or
 * anything, with `slot` as reason and provenance.
 */
enum shk_code dmn_unknown(struct arena *arena, unsigned slot,
	const struct dmn_domain *domain, struct feel_value *out);

/*
 * Value of a slot and, when `marks` is not NULL, the citations on its path,
 * added to it. A decision whose value does not fit its declared type is null.
 */
enum shk_code dmn_evaluate(struct dmn_evaluator *evaluator, unsigned slot,
	struct feel_value *out, struct dmn_marks *marks, shk_diag *diag);

#define DMN_INVOKE_MAX 64 /* parameters of what is invoked; those of FEEL */

/*
 * Call the knowledge model or decision service in `slot` with arguments by
 * name; a parameter that has none is null.
 */
enum shk_code dmn_invoke(struct dmn_evaluator *evaluator, unsigned slot,
	const struct feel_entry *arguments, size_t count,
	struct feel_value *out, shk_diag *diag);

#endif
