/*
 * What an answer may still be, and what decides it. Where facts are missing
 * the explorer splits them into cells (each allowed value of a word; for a
 * number the points at which a comparison turns and the stretches between),
 * evaluates every cell that matters, and so finds the exact outcomes, the
 * facts that decide, and the values at which the outcome changes.
 */
#ifndef PRICE_EXPLORE_H
#define PRICE_EXPLORE_H

#include "dmn/evaluator.h"
#include "price/outcome.h"
#include "rulebook/rulebook.h"

#define EXPLORE_EVALUATIONS_MAX 20000 /* of one decision of one record */
#define EXPLORE_DEPTH_MAX	48    /* facts split one inside another */
#define EXPLORE_CUTS_MAX	128   /* turning points of one evaluation */
#define EXPLORE_FLIPS_MAX	64    /* of one decision of one record */

/* What is known of a slot of the graph for the record at hand. */
struct price_fact {
	bool given; /* the evaluator was given `value` */
	bool open;  /* `value` is an unknown that may be split into cells */
	struct feel_value value;
	uint32_t mark;
};

/*
 * A question that is put by somebody else. `look` evaluates once, as things
 * stand: outcomes in `set`, what leaves them open in `reasons`.
 */
struct explore_question {
	void *context;
	enum shk_code (*look)(void *context, struct outcome_set *set,
		struct feel_set *reasons);
};

/* A question: the slot, after what says whether it applies at all. */
struct explore_target {
	uint32_t applicability; /* "applicable" or a reason; RULEBOOK_NONE */
	uint32_t when;		/* boolean: false is not applicable; or NONE */
	uint32_t slot;
	struct dmn_domain domain;		 /* of the answer */
	const struct explore_question *question; /* in their place, or NULL */
};

/* `below` or `above` is NULL at the edge of the domain. */
struct explore_flip {
	uint32_t slot;
	struct feel_value at;
	struct outcome_set *below, *on, *above;
};

struct feel_notes;

struct explorer {
	struct dmn_evaluator *evaluator;
	const shk_rulebook *book;
	const struct rulebook_revision *revision;
	struct price_fact *facts; /* one a slot */
	const bool *integers;	  /* one a slot: only whole numbers */
	int min_evidence;	  /* what rests on weaker is not told */
	shk_diag *diag;
	struct feel_notes *notes; /* that are being taken, or NULL */
	/* NULL, or who is told of each leaf of explore_outcomes: its outcomes,
	   and what leaves them open */
	void (*leaf)(void *context, const struct outcome_set *set,
		const struct feel_set *reasons);
	void *leaf_context;
	/* inside */
	struct dmn_listener listener;
	struct explore_target target;
	struct outcome_set *sink;
	struct feel_set seen;	/* reasons met */
	struct dmn_marks path;	/* of the last evaluation */
	struct dmn_marks marks; /* on the paths of all leaves */
	struct arena kept;	/* outcomes, until explore_begin */
	bool relevant;		/* the slot that was put last decides */
	uint64_t shape;		/* of the search: where numbers were split */
	unsigned evaluations;	/* since explore_begin */
	bool exhausted;		/* a ceiling stopped the last question */
	size_t cut_count;
	struct {
		uint32_t slot;
		struct feel_value at;
	} cuts[EXPLORE_CUTS_MAX];
	size_t flip_count;
	struct explore_flip flips[EXPLORE_FLIPS_MAX];
};

/* Before the questions of one decision: a fresh budget, no flips. */
void explore_begin(struct explorer *explorer, shk_diag *diag);
/* The explorer listens to the evaluator while it works. */
void explore_listen(struct explorer *explorer, bool on);
/* One evaluation: outcomes in `set`, open reasons in `reasons`. */
enum shk_code explore_evaluate(struct explorer *explorer,
	struct outcome_set *set, struct feel_set *reasons);
/* For a question's look: the value of a slot, what leaves it open added. */
enum shk_code explore_read(struct explorer *explorer, uint32_t slot,
	struct feel_value *value, struct feel_set *reasons);
/* The same for all that the target says of its slot, without its question. */
enum shk_code explore_look(struct explorer *explorer, struct outcome_set *set,
	struct feel_set *reasons);
/* A comparison turns where `slot` is `at`. */
void explore_cut(
	struct explorer *explorer, unsigned slot, const struct feel_value *at);
/*
 * All outcomes into `set`; every fact met on the way into `seen`. Past a
 * ceiling `set` may hold outcomes that are not possible, never too few.
 */
enum shk_code explore_outcomes(struct explorer *explorer,
	const struct explore_target *target, struct outcome_set *set);
/*
 * Whether `slot` decides, given all else as it is. The values at which the
 * outcome changes are appended to the explorer's flips. Past a ceiling it is
 * taken to decide, and no flips are known.
 */
enum shk_code explore_slot(struct explorer *explorer,
	const struct explore_target *target, uint32_t slot, bool *relevant);
/* Whether every value of `slot` would decide the outcome alone. */
enum shk_code explore_alone(struct explorer *explorer,
	const struct explore_target *target, uint32_t slot, bool *alone);

#endif
