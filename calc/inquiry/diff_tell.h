/*
 * What a comparison found, in the words of the public header.
 */
#ifndef INQUIRY_DIFF_TELL_H
#define INQUIRY_DIFF_TELL_H

#include "inquiry/diff.h"

/* A growing list of texts in the world's arena. */
struct diff_list {
	size_t count, capacity;
	const char **items;
};

enum shk_code diff_list_add(
	struct diff_world *world, struct diff_list *list, const char *text);

/* A region as the public header tells it, without its witness. */
enum shk_code diff_tell_region(struct diff_world *world,
	const struct diff_region *region, const struct diff_list *outputs,
	struct shk_diff_region *out);
/* What the decision can read, and what of it differs. */
enum shk_code diff_tell_rules(struct diff_world *world, const uint8_t *reached,
	struct shk_diff_decision *out);
/* Rules that were split by their values. */
enum shk_code diff_tell_assumed(struct diff_world *world,
	const uint8_t *reached, struct shk_diff_decision *out);

#endif
