/*
 * The merge of two snapshots that are in order: one line of each side is held
 * at a time. Lines that answer alike are only counted; the others become a
 * change with its parts, causes, approval and impact.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/diag.h"
#include "base/memory.h"
#include "compare/approved.h"
#include "compare/attribute.h"
#include "compare/change.h"
#include "compare/counts.h"
#include "compare/volumes.h"

struct compare_side {
	shk_snapshot *snapshot;
	const struct shk_snapshot_line *line; /* NULL: to be read, or over */
	bool over;
};

struct shk_comparison {
	shk_compare_options options;
	struct compare_side before, after;
	struct arena kept;   /* for the comparison's life */
	struct arena change; /* until the next change */
	struct header_causes headers;
	struct attributor *attributor; /* NULL: no book is at hand */
	struct counts counts;
	bool *used; /* one an approved line: it happened */
	struct shk_change current;
	struct shk_change_summary summary;
	bool over;
};

enum shk_code shk_compare_new(shk_comparison **out, shk_snapshot *before,
	shk_snapshot *after, const shk_compare_options *options, shk_diag *diag)
{
	shk_comparison *comparison = memory_zeroed(1, sizeof(*comparison));
	const struct shk_snapshot_header *left = shk_snapshot_header(before);
	const struct shk_snapshot_header *right = shk_snapshot_header(after);
	size_t approved = options->approved ? options->approved->count : 0;
	enum shk_code code = SHK_OK;

	*out = NULL;
	if (!comparison)
		return diag_memory(diag);
	comparison->options = *options;
	comparison->before.snapshot = before;
	comparison->after.snapshot = after;
	comparison->counts.arena = &comparison->kept;
	arena_init(&comparison->kept);
	arena_init(&comparison->change);
	comparison->used = arena_zeroed(
		&comparison->kept, approved + 1, sizeof(*comparison->used));
	if (!comparison->used || !header_causes_make(&comparison->kept, left,
					 right, &comparison->headers))
		code = diag_memory(diag);
	if (!code && options->book_count)
		code = attributor_new(&comparison->attributor, options, left,
			right, &comparison->headers, diag);
	if (code)
		shk_compare_free(comparison);
	else
		*out = comparison;
	return code;
}

void shk_compare_free(shk_comparison *comparison)
{
	if (!comparison)
		return;
	attributor_free(comparison->attributor);
	arena_release(&comparison->change);
	arena_release(&comparison->kept);
	memory_free(comparison);
}

/* Hold a line of this side, unless one is held or there is none. */
static enum shk_code side_fill(struct compare_side *side, shk_diag *diag)
{
	enum shk_code code;

	if (side->line || side->over)
		return SHK_OK;
	code = shk_snapshot_next(side->snapshot, &side->line, diag);
	if (code == SHK_END) {
		side->over = true;
		return SHK_OK;
	}
	if (code)
		return code;
	if (shk_snapshot_sorted(side->snapshot))
		return SHK_OK;
	diag_set(diag, SHK_E_INPUT,
		shk_snapshot_repeated(side->snapshot)
			? "\"%s\", decision \"%s\" is there twice; every "
			  "record needs an id of its own"
			: "\"%s\", decision \"%s\" stands behind a line that "
			  "belongs after it; sort by id and decision, in byte "
			  "order",
		side->line->cells[SHK_COLUMN_ID],
		side->line->cells[SHK_COLUMN_DECISION]);
	shk_snapshot_place(side->snapshot, diag);
	return SHK_E_INPUT;
}

static const char *price_of(
	struct arena *arena, const struct shk_snapshot_line *line, bool *failed)
{
	struct pairs pairs;

	if (!line)
		return NULL;
	if (!pairs_split(
		    arena, line->cells[SHK_COLUMN_VALUES], false, &pairs)) {
		*failed = true;
		return NULL;
	}
	return pairs_find(&pairs, "price");
}

static bool price_number(const char *text, num *price)
{
	return text &&
	       num_parse(text, strlen(text), false, price) == NUM_PARSED;
}

/* What the changed price of this code comes to in a year. */
static enum shk_code change_weigh(
	shk_comparison *comparison, struct shk_change *change, shk_diag *diag)
{
	struct arena *arena = &comparison->change;
	bool failed = false;
	const char *left = price_of(arena, change->before, &failed);
	const char *right = price_of(arena, change->after, &failed);
	struct shk_impact *impact = &change->impact;
	const struct volume *volume;
	char text[NUM_TEXT_MAX];
	unsigned status = 0;
	num before, after, yen;

	if (failed)
		return diag_memory(diag);
	change->weighed = left || right;
	impact->yen = "";
	if (!change->weighed)
		return SHK_OK;
	volume = volumes_find(comparison->options.volumes, change->id);
	impact->unlisted = !volume;
	impact->suppressed = volume ? volume->suppressed : 0;
	impact->no_price =
		!price_number(left, &before) || !price_number(right, &after);
	if (impact->no_price || !volume || volume->told == 0)
		return SHK_OK;
	yen = num_multiply(num_subtract(after, before, &status),
		volume->quantity, &status);
	if (status || num_format(yen, text, sizeof(text)) == 0)
		return diag_set(diag, SHK_E_LIMIT,
			"the impact of \"%s\" has more than 34 digits",
			change->id);
	impact->yen = arena_text(arena, text, strlen(text));
	return impact->yen ? SHK_OK : diag_memory(diag);
}

static void change_approve(
	shk_comparison *comparison, struct shk_change *change)
{
	struct shk_change_part *parts =
		(struct shk_change_part *)(void *)(uintptr_t)change->parts;

	change->approved = comparison->options.approved != NULL;
	for (size_t i = 0; i < change->part_count; i++) {
		long at = comparison->options.approved
				  ? approved_find(comparison->options.approved,
					    parts[i].line)
				  : -1;

		parts[i].approved = at >= 0;
		change->approved = change->approved && at >= 0;
		if (at >= 0)
			comparison->used[at] = true;
	}
}

static enum shk_code change_make(shk_comparison *comparison,
	enum shk_change_kind kind, const struct shk_snapshot_line *before,
	const struct shk_snapshot_line *after, shk_diag *diag)
{
	const struct shk_snapshot_line *line =
		kind == SHK_REMOVED ? before : after;
	struct shk_change *change = &comparison->current;
	enum shk_code code = SHK_OK;

	arena_clear(&comparison->change);
	*change = (struct shk_change){ .kind = kind,
		.id = line->cells[SHK_COLUMN_ID],
		.decision = line->cells[SHK_COLUMN_DECISION],
		.before = before,
		.after = after,
		.impact = { .yen = "" } };
	if (!change_fill(&comparison->change, &comparison->headers,
		    comparison->options.evidence, change))
		return diag_memory(diag);
	if (comparison->attributor)
		code = attribute(comparison->attributor, &comparison->change,
			change, diag);
	if (!code && comparison->options.volumes)
		code = change_weigh(comparison, change, diag);
	if (code)
		return code;
	change_approve(comparison, change);
	return counts_change(&comparison->counts, change, diag);
}

/* Both sides have this line. SHK_END: it answers alike, go on. */
static enum shk_code compare_pair(shk_comparison *comparison, shk_diag *diag)
{
	const struct shk_snapshot_line *before = comparison->before.line;
	const struct shk_snapshot_line *after = comparison->after.line;
	struct shk_change_counts *counts;

	if (!change_same(before, after, comparison->options.evidence))
		return change_make(
			comparison, SHK_CHANGED, before, after, diag);
	counts = counts_of(
		&comparison->counts, before->cells[SHK_COLUMN_DECISION], diag);
	if (!counts)
		return diag && diag->code ? diag->code : SHK_E_MEMORY;
	counts->same++;
	counts->evidence += strcmp(before->cells[SHK_COLUMN_EVIDENCE],
				    after->cells[SHK_COLUMN_EVIDENCE]) != 0;
	return SHK_END;
}

/* One step of the merge: a change, or SHK_END for lines that answer alike. */
static enum shk_code compare_step(shk_comparison *comparison, shk_diag *diag)
{
	struct compare_side *before = &comparison->before;
	struct compare_side *after = &comparison->after;
	int order = before->over ? 1
		    : after->over
			    ? -1
			    : shk_snapshot_order(before->line, after->line);
	enum shk_code code;

	if (order < 0)
		code = change_make(
			comparison, SHK_REMOVED, before->line, NULL, diag);
	else if (order > 0)
		code = change_make(
			comparison, SHK_ADDED, NULL, after->line, diag);
	else
		code = compare_pair(comparison, diag);
	if (order <= 0)
		before->line = NULL;
	if (order >= 0)
		after->line = NULL;
	return code;
}

enum shk_code shk_compare_next(shk_comparison *comparison,
	const struct shk_change **change, shk_diag *diag)
{
	enum shk_code code;

	*change = NULL;
	do {
		code = side_fill(&comparison->before, diag);
		if (!code)
			code = side_fill(&comparison->after, diag);
		if (code)
			return code;
		if (comparison->before.over && comparison->after.over) {
			comparison->over = true;
			return SHK_END;
		}
		code = compare_step(comparison, diag);
	} while (code == SHK_END);
	if (!code)
		*change = &comparison->current;
	return code;
}

enum shk_code shk_compare_summary(shk_comparison *comparison,
	const struct shk_change_summary **summary, shk_diag *diag)
{
	const shk_approved *approved = comparison->options.approved;
	size_t count = approved ? approved->count : 0;
	const char **unused =
		arena_zeroed(&comparison->kept, count + 1, sizeof(*unused));
	struct shk_change_summary *out = &comparison->summary;
	enum shk_code code;

	*summary = NULL;
	if (!comparison->over)
		return diag_set(
			diag, SHK_E_USAGE, "the comparison is not at its end");
	code = counts_finish(&comparison->counts, diag);
	if (code)
		return code;
	if (!unused)
		return diag_memory(diag);
	*out = (struct shk_change_summary){
		.decision_count = comparison->counts.count,
		.decisions = comparison->counts.items,
		.cause_count = comparison->headers.count,
		.causes = comparison->headers.items,
		.unused = unused,
	};
	for (size_t i = 0; i < count; i++)
		if (!comparison->used[i])
			unused[out->unused_count++] = approved->lines[i];
	*summary = out;
	return SHK_OK;
}
