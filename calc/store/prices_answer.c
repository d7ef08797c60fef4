/*
 * The price of a code on a day out of snapshots. The newest master that has a
 * row in force on that day gives the row; the master after it says whether
 * the row still stood. A master states a price for the days from the row's
 * first day to the day that the master describes, and a transitional price to
 * its last day. Days beyond that are carried forward only while nothing
 * contradicts.
 */
#include <string.h>

#include "store/prices.h"

/* Days are texts of one form: their order is that of the calendar. */
static bool day_before(const char *a, const char *b)
{
	return strcmp(a, b) < 0;
}

/* The same price for the same thing from the same day. */
static bool answer_same(const shk_price_row *a, const shk_price_row *b)
{
	return a->kind == b->kind && strcmp(a->amount, b->amount) == 0 &&
	       strcmp(a->unit, b->unit) == 0 &&
	       strcmp(a->valid_from, b->valid_from) == 0 &&
	       strcmp(a->price_until, b->price_until) == 0 &&
	       strcmp(a->code_until, b->code_until) == 0;
}

/* Where the statement stands among the masters: first, last, what follows. */
static void answer_frame(
	const struct prices_code *code, size_t index, shk_price_row *out)
{
	const struct prices_statement *said = code->said;
	size_t first = index;
	size_t last = index;

	*out = said[index].row;
	while (first > 0 && answer_same(&said[first - 1].row, out))
		first--;
	while (last + 1 < code->said_count &&
		said[last + 1].master == said[last].master + 1 &&
		answer_same(&said[last + 1].row, out))
		last++;
	out->issued = code->masters[said[first].master].issued;
	out->last_issued = code->masters[said[last].master].issued;
	out->next_issued = out->next_from = out->next_old_amount = "";
	if (said[last].master + 1 == code->master_count)
		return;
	out->next_issued = code->masters[said[last].master + 1].issued;
	if (last + 1 < code->said_count &&
		said[last + 1].master == said[last].master + 1) {
		out->next_from = said[last + 1].row.valid_from;
		out->next_old_amount = said[last + 1].row.old_amount;
	}
}

/* Past what the master of the statement states, with another row behind. */
static enum shk_price_state answer_between(
	const shk_price_row *row, const shk_price_row *next)
{
	bool same = row->kind == next->kind &&
		    strcmp(row->amount, next->amount) == 0;

	if (same || next->old_amount[0] == '\0' ||
		strcmp(row->amount, next->old_amount) == 0)
		return SHK_PRICE_CARRIED;
	return SHK_PRICE_CHANGED;
}

static enum shk_price_state answer_state(
	const struct prices_code *code, size_t index, const char *day)
{
	const struct prices_statement *said = &code->said[index];
	const struct prices_statement *next =
		index + 1 < code->said_count ? said + 1 : NULL;
	size_t after = said->master + 1;
	bool newest = after == code->master_count;
	bool missing = !newest && (!next || next->master != after);
	const shk_price_row *row = &said->row;

	if (missing && !day_before(day, code->masters[after].state))
		return SHK_CODE_GONE;
	if (row->code_until[0] && day_before(row->code_until, day))
		return SHK_CODE_ABOLISHED;
	if (row->price_until[0] && day_before(row->price_until, day))
		return SHK_PRICE_ENDED;
	if (row->price_until[0] ||
		!day_before(code->masters[said->master].state, day))
		return SHK_PRICE_SHOWN;
	if (newest || row->code_until[0])
		return SHK_PRICE_CARRIED;
	if (missing)
		return SHK_CODE_DOUBTFUL;
	return answer_between(row, &next->row);
}

/* A code whose first row begins after the day: was it there before? */
static bool answer_earlier(
	const struct prices_code *code, const char *day, shk_price_row *out)
{
	const struct prices_statement *first = &code->said[0];

	if (first->master > 0 &&
		(!day_before(code->masters[first->master - 1].state, day) ||
			first->row.old_amount[0] == '\0'))
		return false; /* an earlier master did not have it */
	answer_frame(code, 0, out);
	out->state = SHK_PRICE_EARLIER;
	return true;
}

static bool answer_is_price(const shk_price_row *row)
{
	return row->kind == SHK_AMOUNT_PRICE ||
	       row->kind == SHK_AMOUNT_OLD_PRICE;
}

bool prices_answer(
	const struct prices_code *code, const char *day, shk_price_row *out)
{
	size_t index = code->said_count;

	while (index > 0 &&
		day_before(day, code->said[index - 1].row.valid_from))
		index--;
	if (index == 0)
		return answer_earlier(code, day, out);
	answer_frame(code, index - 1, out);
	out->state = answer_state(code, index - 1, day);
	out->price = answer_is_price(out) && out->state <= SHK_PRICE_CARRIED
			     ? out->amount
			     : "";
	return true;
}

bool prices_entry(
	const struct prices_code *code, size_t index, shk_price_row *out)
{
	const struct prices_statement *said = &code->said[index];

	if (index > 0 && said->master == said[-1].master + 1 &&
		answer_same(&said->row, &said[-1].row))
		return false;
	answer_frame(code, index, out);
	out->state = SHK_PRICE_SHOWN;
	if (out->next_issued[0] && !out->next_from[0])
		out->state = SHK_CODE_DOUBTFUL; /* missing behind it */
	out->price = answer_is_price(out) ? out->amount : "";
	return true;
}
