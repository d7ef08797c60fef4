/*
 * The prices of two days side by side, code by code. What is not certain on
 * one of the days is no change but not known; a code that comes or goes is
 * told as that.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "compare/price_changes.h"

const char *shk_price_cause_name(enum shk_price_cause cause)
{
	static const char *const names[] = { "decision", "price_list",
		"unexplained", "new", "gone", "not_known", "kind" };

	return (size_t)cause < SHK_PRICE_CAUSES ? names[cause] : "";
}

const char *price_changes_text(shk_price_changes *changes, const char *text)
{
	return arena_text(&changes->arena, text, strlen(text));
}

num price_changes_number(const char *price)
{
	num value = NUM_ZERO;

	num_parse(price, strlen(price), false, &value);
	return value;
}

static int case_order(const void *code, const void *item)
{
	const struct price_case *one = item;

	return strcmp(code, one->change.code);
}

struct price_case *price_changes_find(
	const shk_price_changes *changes, const char *code)
{
	struct price_case *found =
		changes->count ? bsearch(code, changes->cases, changes->count,
					 sizeof(*changes->cases), case_order)
			       : NULL;

	return found && found->change.cause <= SHK_PRICE_UNEXPLAINED ? found
								     : NULL;
}

/* The row of a day that does not have the code. */
static const shk_price_row changes_no_row = { .code = "",
	.name = "",
	.unit = "",
	.price = "",
	.price_until = "",
	.next_issued = "",
	.state = SHK_CODE_GONE };

/* The amounts of two rows. */
static bool changes_same(const shk_price_row *a, const shk_price_row *b)
{
	return strcmp(a->price, b->price) == 0 && strcmp(a->unit, b->unit) == 0;
}

static bool changes_uncertain(const shk_price_row *row)
{
	return row->state > SHK_PRICE_CARRIED && row->state < SHK_CODE_GONE;
}

static bool changes_listed(const shk_price_row *row)
{
	return row->state < SHK_CODE_GONE;
}

/* What the two rows are to each other; SHK_PRICE_CAUSES: the same. */
static enum shk_price_cause changes_kind(
	const shk_price_row *before, const shk_price_row *after)
{
	if (!changes_listed(before) && !changes_listed(after))
		return SHK_PRICE_CAUSES;
	if (changes_uncertain(before) || changes_uncertain(after))
		return SHK_PRICE_UNKNOWN;
	if (!changes_listed(before))
		return SHK_PRICE_NEW;
	if (!changes_listed(after))
		return SHK_PRICE_GONE;
	if (!before->price[0] && !after->price[0])
		return SHK_PRICE_CAUSES;
	if (!before->price[0] || !after->price[0])
		return SHK_PRICE_KIND;
	return changes_same(before, after) ? SHK_PRICE_CAUSES
					   : SHK_PRICE_UNEXPLAINED;
}

static void changes_note(const shk_price_row *before,
	const shk_price_row *after, enum shk_price_cause cause, char *out,
	size_t size)
{
	const shk_price_row *row = changes_uncertain(before) ? before : after;

	out[0] = '\0';
	if (cause == SHK_PRICE_NEW)
		snprintf(out, size, "listed from %s", after->valid_from);
	if (cause == SHK_PRICE_KIND)
		snprintf(out, size, "the kind of amount is another one");
	if (cause == SHK_PRICE_GONE && !after->next_issued[0])
		snprintf(out, size, "last day %s", before->code_until);
	else if (cause == SHK_PRICE_GONE)
		snprintf(out, size,
			"not in the master of %s; its last day is not given",
			after->next_issued);
	if (cause != SHK_PRICE_UNKNOWN)
		return;
	snprintf(out, size, "%s: the price on %s is not certain (%s)",
		shk_price_state_name(row->state),
		row == before ? "the first day" : "the second day",
		row->state == SHK_PRICE_EARLIER ? "no master tells so far back"
						: "see export --code");
}

static enum shk_code changes_texts(shk_price_changes *changes,
	shk_price_change *change, const shk_price_row *before,
	const shk_price_row *after, const char *note, shk_diag *diag)
{
	const shk_price_row *row = after == &changes_no_row ? before : after;
	char difference[48] = "";
	unsigned status = 0;

	change->schedule = row->schedule;
	change->category_no = row->category_no;
	change->code = price_changes_text(changes, row->code);
	change->name = price_changes_text(changes, row->name);
	change->unit_before = price_changes_text(changes, before->unit);
	change->unit_after = price_changes_text(changes, after->unit);
	change->before = price_changes_text(changes, before->price);
	change->after = price_changes_text(changes, after->price);
	if (before->price[0] && after->price[0] &&
		strcmp(before->unit, after->unit) == 0)
		num_format(
			num_subtract(price_changes_number(after->price),
				price_changes_number(before->price), &status),
			difference, sizeof(difference));
	change->difference = price_changes_text(changes, difference);
	change->note = price_changes_text(changes, note);
	change->decision = change->revision = "";
	change->quantity = change->impact = "";
	if (!change->code || !change->name || !change->unit_before ||
		!change->unit_after || !change->before || !change->after ||
		!change->difference || !change->note)
		return diag_memory(diag);
	return SHK_OK;
}

/* Remember a price of the later day. */
static enum shk_code changes_list(
	shk_price_changes *changes, const shk_price_row *row, shk_diag *diag)
{
	struct price_listed one = { row->schedule, row->category_no,
		price_changes_number(row->price),
		price_changes_text(changes, row->code) };

	if (!one.code ||
		!memory_grow((void **)&changes->listed,
			&changes->listed_capacity, changes->listed_count + 1,
			sizeof(*changes->listed)))
		return diag_memory(diag);
	changes->listed[changes->listed_count++] = one;
	return SHK_OK;
}

/* One code of either day; for a side without it, changes_no_row. */
static enum shk_code changes_pair(shk_price_changes *changes,
	const shk_price_row *before, const shk_price_row *after, shk_diag *diag)
{
	enum shk_price_cause cause = changes_kind(before, after);
	struct price_case one = { .base = "" };
	char note[160];
	enum shk_code code = SHK_OK;

	if (after->price[0])
		code = changes_list(changes, after, diag);
	if (code)
		return code;
	if (cause == SHK_PRICE_CAUSES) {
		changes->same += before->price[0] && after->price[0];
		return SHK_OK;
	}
	changes_note(before, after, cause, note, sizeof(note));
	one.change.cause = cause;
	code = changes_texts(changes, &one.change, before, after, note, diag);
	if (code)
		return code;
	one.until = price_changes_text(changes, after->price_until);
	if (!one.until ||
		!memory_grow((void **)&changes->cases, &changes->capacity,
			changes->count + 1, sizeof(*changes->cases)))
		return diag_memory(diag);
	changes->cases[changes->count++] = one;
	return SHK_OK;
}

/* Both cursors in step; a row stays its cursor's until that moves on. */
static enum shk_code changes_walk(shk_price_changes *changes,
	shk_prices *before, shk_prices *after, shk_diag *diag)
{
	const shk_price_row *left = NULL, *right = NULL;
	enum shk_code a = shk_prices_next(before, &left, diag);
	enum shk_code b = shk_prices_next(after, &right, diag);

	while ((!a || a == SHK_END) && (!b || b == SHK_END) && (!a || !b)) {
		int order = a ? 1 : b ? -1 : strcmp(left->code, right->code);
		enum shk_code code = changes_pair(changes,
			order <= 0 ? left : &changes_no_row,
			order >= 0 ? right : &changes_no_row, diag);

		if (code)
			return code;
		if (order <= 0)
			a = shk_prices_next(before, &left, diag);
		if (order >= 0)
			b = shk_prices_next(after, &right, diag);
	}
	if (a && a != SHK_END)
		return a;
	return b == SHK_END ? SHK_OK : b;
}

/* The day of the oldest known master, for want of another first day. */
static enum shk_code changes_oldest(shk_store *store,
	const shk_price_changes_options *options, char day[SHK_MASTER_DAY],
	shk_diag *diag)
{
	const shk_prices_options known = { .known_on = options->known_on };
	shk_prices *prices = NULL;
	enum shk_code code = shk_prices_open(&prices, store, &known, diag);

	if (!code)
		snprintf(day, SHK_MASTER_DAY, "%s",
			shk_prices_master_state(prices, 0));
	shk_prices_close(prices);
	return code;
}

static enum shk_code changes_days(shk_price_changes *changes, shk_store *store,
	const shk_price_changes_options *options, shk_diag *diag)
{
	shk_prices_options day = { .as_of = options->from,
		.known_on = options->known_on,
		.all = true };
	shk_prices *before = NULL, *after = NULL;
	char oldest[SHK_MASTER_DAY];
	enum shk_code code = SHK_OK;

	if (!options->from) {
		code = changes_oldest(store, options, oldest, diag);
		day.as_of = oldest;
	}
	if (!code)
		code = shk_prices_open(&before, store, &day, diag);
	day.as_of = options->to;
	if (!code)
		code = shk_prices_open(&after, store, &day, diag);
	if (!code) {
		snprintf(changes->from, sizeof(changes->from), "%s",
			shk_prices_as_of(before));
		snprintf(changes->to, sizeof(changes->to), "%s",
			shk_prices_as_of(after));
		if (strcmp(changes->from, changes->to) >= 0)
			code = diag_set(diag, SHK_E_USAGE,
				"the second day (%s) is not after the first "
				"(%s)",
				changes->to, changes->from);
	}
	if (!code)
		code = changes_walk(changes, before, after, diag);
	shk_prices_close(before);
	shk_prices_close(after);
	return code;
}

/* The revision in force at the end, and its list files. */
static enum shk_code changes_revision(
	struct price_work *work, const shk_rulebook *rulebook, shk_diag *diag)
{
	char day[SHK_MASTER_DAY];

	for (size_t i = 0; shk_rulebook_revision_day(rulebook, i, day); i++) {
		if (strcmp(day, work->changes->to) > 0)
			break;
		work->revision = i;
		work->revision_name = shk_rulebook_revision(rulebook, i);
		memcpy(work->first, day, sizeof(day));
	}
	work->within = work->revision_name &&
		       strcmp(work->changes->from, work->first) < 0;
	for (size_t i = 0; i < work->options->list_count; i++) {
		const shk_price_list_file *file = &work->options->lists[i];
		const char *name = NULL;
		size_t at = 0;
		enum shk_code code;

		while ((name = shk_rulebook_revision(rulebook, at)) &&
			strcmp(name, file->revision) != 0)
			at++;
		if (!name)
			return diag_set(diag, SHK_E_USAGE,
				"%s: no revision of that name", file->revision);
		work->list_revisions[work->list_count] = at;
		code = price_list_load(&work->lists[work->list_count++],
			file->path, work->schema, diag);
		if (code)
			return code;
	}
	return SHK_OK;
}

/* Prices of the day before the revision: what its decisions start from. */
static enum shk_code changes_base(
	struct price_work *work, shk_store *store, shk_diag *diag)
{
	shk_prices_options day = { .as_of = work->first,
		.known_on = work->options->known_on,
		.all = true };
	enum shk_code code = SHK_OK;

	for (int before = 0; before < 2 && !code; before++) {
		const shk_price_row *row;
		shk_prices *prices = NULL;

		day.day_before = before;
		/* no master may tell so far back: then nothing is known */
		code = shk_prices_open(&prices, store, &day, diag);
		while (!code && !(code = shk_prices_next(prices, &row, diag))) {
			struct price_case *one =
				price_changes_find(work->changes, row->code);
			const char *base =
				before ? row->price
				: strcmp(row->valid_from, work->first) == 0
					? row->old_amount
					: "";

			if (!one || !base[0])
				continue;
			one->base = price_changes_text(work->changes, base);
			if (!one->base)
				code = diag_memory(diag);
		}
		shk_prices_close(prices);
		if (code == SHK_E_USAGE)
			memset(diag, 0, sizeof(*diag));
		if (code == SHK_END || code == SHK_E_USAGE)
			code = SHK_OK;
	}
	return code;
}

static void changes_count(shk_price_changes *changes)
{
	for (size_t i = 0; i < changes->count; i++)
		changes->causes[changes->cases[i].change.cause]++;
}

enum shk_code shk_price_changes_new(shk_price_changes **out, shk_store *store,
	const shk_rulebook *rulebook, const shk_schema *schema,
	const shk_price_changes_options *options, shk_diag *diag)
{
	struct price_work *work = memory_zeroed(1, sizeof(*work));
	shk_price_changes *changes = memory_zeroed(1, sizeof(*changes));
	enum shk_code code = SHK_OK;

	*out = NULL;
	if (!work || !changes) {
		memory_free(work);
		memory_free(changes);
		return diag_memory(diag);
	}
	arena_init(&changes->arena);
	changes->impact = "";
	buffer_init(&work->text);
	work->changes = changes;
	work->options = options;
	work->schema = schema;
	if (options->list_count > SHK_PRICE_LISTS_MAX ||
		options->fact_count > SHK_PRICE_LISTS_MAX)
		code = diag_set(diag, SHK_E_LIMIT,
			"more than %d price lists or files of facts",
			SHK_PRICE_LISTS_MAX);
	if (!code)
		code = changes_days(changes, store, options, diag);
	if (!code)
		code = price_rules_init(&work->rules, rulebook, schema, diag);
	if (!code)
		code = changes_revision(work, rulebook, diag);
	if (!code && work->revision_name)
		code = changes_base(work, store, diag);
	if (!code)
		code = price_causes(work, diag);
	if (!code && options->volumes)
		code = price_impacts(changes, options->volumes, diag);
	for (size_t i = 0; i < work->list_count; i++)
		price_list_release(&work->lists[i]);
	price_rules_release(&work->rules);
	buffer_release(&work->text);
	memory_free(work);
	changes_count(changes);
	if (code)
		shk_price_changes_free(changes);
	else
		*out = changes;
	return code;
}

const shk_price_change *shk_price_changes_at(
	const shk_price_changes *changes, size_t index)
{
	return index < changes->count ? &changes->cases[index].change : NULL;
}

size_t shk_price_changes_count(
	const shk_price_changes *changes, enum shk_price_cause cause)
{
	return (size_t)cause < SHK_PRICE_CAUSES ? changes->causes[cause] : 0;
}

size_t shk_price_changes_same(const shk_price_changes *changes)
{
	return changes->same;
}

const char *shk_price_changes_from(const shk_price_changes *changes)
{
	return changes->from;
}

const char *shk_price_changes_to(const shk_price_changes *changes)
{
	return changes->to;
}

void shk_price_changes_free(shk_price_changes *changes)
{
	if (!changes)
		return;
	arena_release(&changes->arena);
	memory_free(changes->cases);
	memory_free(changes->listed);
	memory_free(changes);
}
