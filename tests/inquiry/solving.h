/*
 * Solving for tests, and what stands against it: every value priced by the
 * pricer, and a comparison written in C.
 */
#ifndef TESTS_INQUIRY_SOLVING_H
#define TESTS_INQUIRY_SOLVING_H

#include <shokan/shokan.h>

#include "base/buffer.h"
#include "inquiry/solution.h"
#include "record/record.h"

struct solving {
	shk_rulebook *book;
	shk_schema *schema;
	shk_policy *policy;
	struct arena arena;
	struct record record;
	shk_solution *solution; /* of the last call of solving_solve */
	struct buffer said;
};

void solving_open(struct solving *solving);
void solving_close(struct solving *solving);

/* A question; `record` and `policy` are `field=value;field=value`. */
struct solving_question {
	const char *record, *policy, *decision, *revision;
	const char *fact, *condition, *from, *to;
};

enum shk_code solving_solve(struct solving *solving,
	const struct solving_question *question, shk_diag *diag);
/*
 * The pieces in one line: `holds [0 199]; fails [200 )`, ends that belong to a
 * piece with square brackets, `{a b}` for an end that lies between the two.
 */
const char *solving_say(
	struct solving *solving, const struct solving_question *question);

/* The solution's state of a value (a cell); also where it is not decided. */
enum shk_solve_state solving_state(
	const struct solving *solving, const char *cell);
/*
 * The same by pricing the record and comparing `output` with `number`: `op` is
 * one of < <= = >= >. An outcome that is a stretch is compared by its ends.
 */
enum shk_solve_state solving_brute(struct solving *solving, shk_pricer *pricer,
	const struct solving_question *question, const char *cell,
	const char *output, const char *op, const char *number);
shk_pricer *solving_pricer(
	struct solving *solving, const struct solving_question *question);

#endif
