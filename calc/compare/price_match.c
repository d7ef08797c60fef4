/*
 * Does an amount of a code follow from a price list? A master has rows that
 * the list states otherwise: for one gram what is listed for a tenth, a
 * percentage as yen, a set as one code. Each is taken only when it fits
 * exactly, and a sum only when one combination alone fits both the list and
 * the list before it.
 */
#include <string.h>

#include "compare/price_list.h"
#include "num/num.h"

struct match_group {
	const struct price_list_row *rows;
	size_t count;
};

static bool match_equal(num a, num b)
{
	return num_compare(a, b) == 0;
}

/* Every row with that amount, by its id. */
static bool match_rows(
	const struct match_group *group, num after, struct buffer *why)
{
	bool found = false;

	for (size_t i = 0; i < group->count; i++) {
		const struct price_list_row *row = &group->rows[i];
		bool plain = match_equal(row->amount, after);

		if (row->addition || !(plain || match_equal(row->one, after)))
			continue;
		buffer_format(why, "%s%s", found ? " or " : "", row->id);
		if (!plain)
			buffer_format(why, " (there for %s)", row->unit);
		found = true;
	}
	return found;
}

/* A percentage that the list adds, of a price of the same number. */
static bool match_percent(
	const struct match_group *group, num after, struct buffer *why)
{
	const struct price_list_row *rows = group->rows;
	const num hundred = num_from_int(100);

	for (size_t i = 0; i < group->count; i++) {
		for (size_t j = 0; rows[i].addition && j < group->count; j++) {
			unsigned status = 0;
			num part = num_multiply(
				rows[j].amount, rows[i].amount, &status);
			char text[40];

			if (rows[j].addition || status ||
				!match_equal(part,
					num_multiply(after, hundred, &status)))
				continue;
			if (!num_format(rows[i].amount, text, sizeof(text)))
				continue;
			buffer_format(why, "%s %% of %s (%s)", text, rows[j].id,
				rows[i].id);
			return true;
		}
	}
	return false;
}

/* The row of the same id in the list before, or NULL. */
static const struct price_list_row *match_old(
	const struct match_group *old, const char *id)
{
	for (size_t i = 0; i < old->count; i++)
		if (strcmp(old->rows[i].id, id) == 0 && !old->rows[i].addition)
			return &old->rows[i];
	return NULL;
}

struct match_sum {
	const struct match_group *group;
	const struct match_group *old;
	num before; /* still to be made up from the old list */
	num after;
	size_t parts[PRICE_LIST_PARTS];
	size_t part_count;
	size_t found[PRICE_LIST_PARTS];
	size_t found_count;
	size_t ways;
};

/* Combinations of rows from `from` on that make up what is left. */
static void match_search(struct match_sum *sum, size_t from)
{
	if (sum->part_count > 1 && num_is_zero(sum->before) &&
		num_is_zero(sum->after)) {
		sum->ways++;
		memcpy(sum->found, sum->parts, sizeof(sum->found));
		sum->found_count = sum->part_count;
	}
	if (sum->part_count == PRICE_LIST_PARTS || num_sign(sum->after) <= 0)
		return;
	for (size_t i = from; i < sum->group->count; i++) {
		const struct price_list_row *row = &sum->group->rows[i];
		const struct price_list_row *old =
			row->addition ? NULL : match_old(sum->old, row->id);
		const num before = sum->before;
		const num after = sum->after;
		unsigned status = 0;

		if (!old)
			continue;
		sum->before = num_subtract(before, old->amount, &status);
		sum->after = num_subtract(after, row->amount, &status);
		sum->parts[sum->part_count++] = i;
		if (!status)
			match_search(sum, i + 1);
		sum->part_count--;
		sum->before = before;
		sum->after = after;
	}
}

static bool match_parts(const struct match_group *group,
	const struct match_group *old, num before, num after,
	struct buffer *why)
{
	struct match_sum sum = {
		.group = group, .old = old, .before = before, .after = after
	};

	if (group->count > PRICE_LIST_SUM_ROWS)
		return false;
	match_search(&sum, 0);
	if (sum.ways != 1)
		return false;
	for (size_t i = 0; i < sum.found_count; i++)
		buffer_format(why, "%s%s", i ? " + " : "",
			group->rows[sum.found[i]].id);
	return true;
}

bool price_list_explains(const struct price_list *list,
	const struct price_list *old, int schedule, int category_no, num before,
	num after, struct buffer *why)
{
	struct match_group now, then = { NULL, 0 };

	now.rows = price_list_group(list, schedule, category_no, &now.count);
	if (!now.rows)
		return false;
	if (old)
		then.rows = price_list_group(
			old, schedule, category_no, &then.count);
	return match_rows(&now, after, why) ||
	       match_percent(&now, after, why) ||
	       (then.rows && match_parts(&now, &then, before, after, why));
}
