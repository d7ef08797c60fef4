/*
 * Counts and sums by decision, kept in the order of their names. Sums are of
 * one decision each: prices of two decisions for one product do not add up.
 */
#include <string.h>

#include "base/diag.h"
#include "compare/counts.h"

/* As in a line, in the order of enum shk_status. */
static const char *const status_names[] = { "determined", "undetermined",
	"not_applicable", "conflict", "error" };

struct shk_change_counts *counts_of(
	struct counts *counts, const char *decision, shk_diag *diag)
{
	size_t low = 0;
	size_t high = counts->count;
	size_t behind;
	char *copy;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(counts->items[middle].decision, decision);

		if (order == 0)
			return &counts->items[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (counts->count == COUNTS_DECISIONS_MAX) {
		diag_set(diag, SHK_E_LIMIT, "more than %d decisions",
			COUNTS_DECISIONS_MAX);
		return NULL;
	}
	copy = arena_text(counts->arena, decision, strlen(decision));
	if (!copy) {
		diag_memory(diag);
		return NULL;
	}
	behind = counts->count++ - low;
	memmove(&counts->items[low + 1], &counts->items[low],
		behind * sizeof(*counts->items));
	memmove(&counts->yen[low + 1], &counts->yen[low],
		behind * sizeof(*counts->yen));
	counts->items[low] =
		(struct shk_change_counts){ .decision = copy, .yen = "" };
	counts->yen[low] = NUM_ZERO;
	return &counts->items[low];
}

static int status_of(const struct shk_snapshot_line *line)
{
	int status = 0;

	while (strcmp(status_names[status], line->cells[SHK_COLUMN_STATUS]) !=
		0)
		status++;
	return status;
}

static enum shk_code counts_impact(struct counts *counts,
	struct shk_change_counts *of, const struct shk_impact *impact,
	shk_diag *diag)
{
	num *sum = &counts->yen[of - counts->items];
	unsigned status = 0;
	num yen;

	if (*impact->yen) {
		num_parse(impact->yen, strlen(impact->yen), false, &yen);
		*sum = num_add(*sum, yen, &status);
		of->weighed++;
	}
	if (!*impact->yen || impact->suppressed || impact->unlisted ||
		impact->no_price)
		of->unweighed++;
	return status ? diag_set(diag, SHK_E_LIMIT,
				"the sum of the impacts has more than 34 "
				"digits")
		      : SHK_OK;
}

enum shk_code counts_change(
	struct counts *counts, const struct shk_change *change, shk_diag *diag)
{
	struct shk_change_counts *of =
		counts_of(counts, change->decision, diag);

	if (!of)
		return diag && diag->code ? diag->code : SHK_E_MEMORY;
	of->approved += change->approved;
	switch (change->kind) {
	case SHK_CHANGED:
		of->changed++;
		of->moves[status_of(change->before)]
			 [status_of(change->after)]++;
		break;
	case SHK_ADDED:
		of->added++;
		break;
	case SHK_REMOVED:
		of->removed++;
		break;
	}
	return change->weighed
		       ? counts_impact(counts, of, &change->impact, diag)
		       : SHK_OK;
}

enum shk_code counts_finish(struct counts *counts, shk_diag *diag)
{
	for (size_t i = 0; i < counts->count; i++) {
		struct shk_change_counts *of = &counts->items[i];
		char text[NUM_TEXT_MAX];

		if (of->weighed == 0)
			continue;
		num_format(counts->yen[i], text, sizeof(text));
		of->yen = arena_text(counts->arena, text, strlen(text));
		if (!of->yen)
			return diag_memory(diag);
	}
	return SHK_OK;
}
