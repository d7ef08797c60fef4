/*
 * Inside of the oracle, shared by its files. Every function returns a value;
 * what cannot be computed sets `failed` and returns null.
 */
#ifndef SUPPORT_ORACLE_INSIDE_H
#define SUPPORT_ORACLE_INSIDE_H

#include "feel/machine_state.h"
#include "support/oracle.h"

#define ORACLE_DEPTH_MAX 1000  /* nested evaluations */
#define ORACLE_TRIES_MAX 65536 /* combinations of choices that are tried */

struct oracle {
	struct arena *arena;
	const struct oracle_scope *scope;
	struct feel_value input;
	bool failed;
	unsigned depth;
};

/* A name in scope, or the item of a filter, whose entries are names. */
struct oracle_frame {
	struct text name;
	struct feel_value value;
	bool item;
	const struct oracle_frame *outer;
};

/* Functions of the oracle; the head lets feel_reasons look at them. */
struct oracle_function {
	struct feel_function head;
	const struct feel_node *node; /* or NULL: built-in */
	const struct oracle_frame *frame;
	struct text builtin;
};

/* A growing list. */
struct oracle_list {
	struct feel_value *items;
	uint32_t count;
	uint32_t capacity;
};

/* What a value may be as a truth: a set of these. */
enum { ORACLE_TRUE = 1, ORACLE_FALSE = 2, ORACLE_NEITHER = 4 };

typedef struct feel_value oracle_function_of(struct oracle *oracle, int detail,
	const struct feel_value *args, size_t count);

/* oracle_values.c */
struct feel_value oracle_fail(struct oracle *oracle);
struct feel_value oracle_null(void);
struct feel_value oracle_unknown(
	struct oracle *oracle, const struct feel_set *reasons);
/* Unknown for the reasons inside these values. */
struct feel_value oracle_unknown_of(
	struct oracle *oracle, const struct feel_value *values, size_t count);
struct feel_value oracle_join(struct oracle *oracle, const struct feel_value *a,
	const struct feel_value *b, const struct feel_set *why);
unsigned oracle_truths(const struct feel_value *value);
struct feel_value oracle_of_truths(
	struct oracle *oracle, unsigned truths, const struct feel_set *why);
void oracle_add(struct oracle *oracle, struct oracle_list *list,
	struct feel_value value);
struct feel_value oracle_list_value(const struct oracle_list *list);
/* Try `function` on every combination of choices; false: some are not listed */
bool oracle_try_all(struct oracle *oracle, oracle_function_of *function,
	int detail, const struct feel_value *args, size_t count,
	struct feel_value *out);
struct feel_value oracle_binary(struct oracle *oracle, enum feel_op op,
	struct feel_value a, struct feel_value b);
struct feel_value oracle_negate(struct oracle *oracle, struct feel_value a);
struct feel_value oracle_not(struct oracle *oracle, struct feel_value a);
/* Is it a number or date, or unknown with an interval around it? */
bool oracle_has_span(const struct feel_value *value);

/* oracle_temporal.c: null for what cannot be computed */
struct feel_value oracle_temporal(struct oracle *oracle, enum feel_op op,
	struct feel_value a, struct feel_value b);
bool oracle_days(int64_t year, int64_t month, int64_t day, int64_t *out);

/* oracle_match.c */
/* Does `input` match a value, range or list? */
struct feel_value oracle_match(
	struct oracle *oracle, struct feel_value input, struct feel_value test);

/* oracle.c */
struct feel_value oracle_node(struct oracle *oracle,
	const struct feel_node *node, const struct oracle_frame *frame);
struct feel_value oracle_path(
	struct oracle *oracle, struct feel_value from, struct text name);
/* The result of a test or tests on `input`. */
struct feel_value oracle_test(struct oracle *oracle,
	const struct feel_node *test, struct feel_value input,
	const struct oracle_frame *frame);

/* oracle_loops.c */
struct feel_value oracle_loop(struct oracle *oracle,
	const struct feel_node *node, const struct oracle_frame *frame);
struct feel_value oracle_filter(struct oracle *oracle,
	const struct feel_node *node, const struct oracle_frame *frame);
/* `list` with every choice of the items in `maybe` left out or kept. */
struct feel_value oracle_subsets(struct oracle *oracle,
	const struct oracle_list *list, const bool *maybe,
	const struct feel_set *why, oracle_function_of *make, int detail);

/* oracle_calls.c */
struct feel_value oracle_call(struct oracle *oracle,
	const struct feel_node *node, const struct oracle_frame *frame);
struct feel_value oracle_apply(struct oracle *oracle,
	struct feel_value function, const struct feel_value *args,
	size_t count);

/* oracle_builtins.c */
bool oracle_has_builtin(struct text name);
/* Position of a parameter, or -1. */
int oracle_parameter(struct text builtin, struct text name);
struct feel_value oracle_builtin(struct oracle *oracle, struct text name,
	const struct feel_value *args, size_t count);

#define ORACLE_ARGS const struct feel_value *args, size_t count
typedef struct feel_value oracle_body(struct oracle *oracle, ORACLE_ARGS);

/* oracle_lists.c */
struct feel_value oracle_items_of(ORACLE_ARGS);
struct feel_value oracle_as_list(const struct feel_value *value);
bool oracle_part_of(int64_t size, int64_t *first, int64_t *length, ORACLE_ARGS);
oracle_body oracle_b_count, oracle_b_list_contains, oracle_b_append,
	oracle_b_concatenate, oracle_b_distinct, oracle_b_union,
	oracle_b_flatten, oracle_b_reverse, oracle_b_index_of, oracle_b_sublist,
	oracle_b_insert, oracle_b_remove, oracle_b_all, oracle_b_any,
	oracle_b_sort, oracle_b_get_value, oracle_b_get_entries;

/* oracle_table.c */
struct feel_value oracle_table(struct oracle *oracle,
	const struct feel_table *table, const struct oracle_frame *frame);

#endif
