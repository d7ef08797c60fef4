/*
 * Missing facts for tests: five global slots whose values are unknown, ways
 * in which they may turn out, expressions and tables about them, and how a
 * result is shown.
 */
#ifndef SUPPORT_FACTS_H
#define SUPPORT_FACTS_H

#include "base/buffer.h"
#include "feel/program.h"
#include "support/oracle.h"

/* u is anything, p and q are numbers, b is a truth, c a word. */
enum { SLOT_U, SLOT_P, SLOT_Q, SLOT_B, SLOT_C, SLOTS };
extern const char *const slot_names[];
/* A program's surroundings: its slots are these, by position. */
extern const struct feel_globals slot_globals;

/* p in [0..10], q in [1..2], b true or false, c "x" or "y". */
void facts_unknown(struct arena *arena, struct oracle_binding *bindings);
/* One of the ways in which they may turn out. */
#define FACTS_WAYS 60
void facts_known(struct oracle_binding *bindings, unsigned way);

/* As feel_print, with the shape and the reasons of what is unknown. */
void facts_show(const struct feel_value *value, struct buffer *out);
/* Parse; the test fails when it is no FEEL. */
const struct feel_node *facts_parse(
	struct arena *arena, const char *source, bool tests);

/* Fails the test unless `wide` may turn out to be `exact`. */
void facts_expect_admits(const struct feel_value *wide,
	const struct feel_value *exact, const char *source, unsigned way);

/* Expressions on known values, and what they are. */
extern const char *const known_rows[][2];
extern const size_t known_row_count;
/* Expressions in which facts are missing. */
extern const char *const open_expressions[];
extern const size_t open_expression_count;
/* Does it name the fact that may be of any type? */
bool facts_mention_u(const char *source);

/* A table of one input and one output, three rules. */
struct table_row {
	enum feel_hit_policy policy;
	enum feel_aggregator aggregator;
	const char *input;
	const char *rules[3][2];
	const char *expected;
};
extern const struct table_row table_rows[];
extern const size_t table_row_count;
const struct feel_node *facts_table(
	struct arena *arena, const struct table_row *row);

#endif
