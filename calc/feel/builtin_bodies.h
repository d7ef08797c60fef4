/*
 * The functions behind the table of built-ins, by the file they stand in.
 * Results are built in the arena; `out` is null when a body does not set it.
 */
#ifndef FEEL_BUILTIN_BODIES_H
#define FEEL_BUILTIN_BODIES_H

#include "feel/builtin.h"
#include "feel/interval.h"

/* An argument as a list: a list, or one value as a list of it; false: null. */
bool feel_as_list(const struct feel_value *value, struct feel_value *list);
/* A whole number that fits; false for anything else. */
bool feel_as_int(const struct feel_value *value, int64_t *out);

/* builtin_number.c */
feel_builtin_body feel_b_number, feel_b_round, feel_b_abs, feel_b_modulo,
	feel_b_root, feel_b_parity, feel_b_sum, feel_b_extreme, feel_b_product,
	feel_b_mean, feel_b_median;
/* builtin_text.c */
feel_builtin_body feel_b_string, feel_b_substring, feel_b_length, feel_b_case,
	feel_b_split, feel_b_contains, feel_b_join;
/* builtin_list.c */
feel_builtin_body feel_b_not, feel_b_list_contains, feel_b_count, feel_b_truths,
	feel_b_sublist, feel_b_append, feel_b_concatenate, feel_b_insert,
	feel_b_remove, feel_b_reverse, feel_b_index_of, feel_b_distinct,
	feel_b_duplicate, feel_b_flatten, feel_b_is;
/* builtin_sort.c */
feel_builtin_body feel_b_sort, feel_b_mode;
/* builtin_more.c */
feel_builtin_body feel_b_get_or_else, feel_b_list_replace, feel_b_deviation,
	feel_b_external;
/* builtin_monotone.c */
feel_builtin_body feel_b_monotone;
/* builtin_temporal.c */
feel_builtin_body feel_b_at, feel_b_date, feel_b_time, feel_b_date_time,
	feel_b_duration, feel_b_years, feel_b_clock, feel_b_calendar;
/* builtin_range.c; the relation is the detail of the built-in */
feel_builtin_body feel_b_relation, feel_b_range;
enum feel_relation {
	FEEL_R_BEFORE,
	FEEL_R_AFTER,
	FEEL_R_MEETS,
	FEEL_R_MET_BY,
	FEEL_R_OVERLAPS,
	FEEL_R_OVERLAPS_BEFORE,
	FEEL_R_OVERLAPS_AFTER,
	FEEL_R_FINISHES,
	FEEL_R_FINISHED_BY,
	FEEL_R_INCLUDES,
	FEEL_R_DURING,
	FEEL_R_STARTS,
	FEEL_R_STARTED_BY,
	FEEL_R_COINCIDES
};
/* builtin_regex.c */
feel_builtin_body feel_b_matches, feel_b_replace, feel_b_tokens;
/* builtin_context.c */
feel_builtin_body feel_b_get_value, feel_b_get_entries, feel_b_context,
	feel_b_context_put, feel_b_context_merge;

#endif
