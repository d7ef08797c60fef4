/*
 * Why a price changed. In this order: a decision that gives the new price from
 * facts that the user has; the price list of a revision that came between the
 * two days; a step on the way to a price of the list in force. Whatever fits
 * none of them is unexplained, with the decision that applies and does not
 * give it, if there is one.
 */
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "compare/price_changes.h"
#include "record/record.h"

/* The list of a revision, or NULL. */
static const struct price_list *causes_list(
	const struct price_work *work, size_t revision)
{
	for (size_t i = 0; i < work->list_count; i++)
		if (work->list_revisions[i] == revision)
			return &work->lists[i];
	return NULL;
}

static enum shk_code causes_say(struct price_work *work, struct price_case *one,
	enum shk_price_cause cause, const char *decision, shk_diag *diag)
{
	shk_price_change *change = &one->change;

	change->cause = cause;
	change->revision = work->revision_name ? work->revision_name : "";
	change->decision = price_changes_text(work->changes, decision);
	change->note = price_changes_text(
		work->changes, work->text.data ? work->text.data : "");
	if (work->text.failed || !change->decision || !change->note)
		return diag_memory(diag);
	return SHK_OK;
}

/* The new price stands in the list of the revision between the days. */
static enum shk_code causes_by_list(struct price_work *work,
	struct price_case *one, bool *found, shk_diag *diag)
{
	const shk_price_change *change = &one->change;
	const struct price_list *list = causes_list(work, work->revision);
	const struct price_list *old =
		work->revision ? causes_list(work, work->revision - 1) : NULL;
	struct buffer *text = &work->text;

	*found = false;
	if (!work->within || !list)
		return SHK_OK;
	buffer_clear(text);
	buffer_format(text, "price list of %s: ", work->revision_name);
	*found = price_list_explains(list, old, change->schedule,
		change->category_no,
		price_changes_number(one->base[0] ? one->base : change->before),
		price_changes_number(change->after), text);
	if (!*found)
		return SHK_OK;
	buffer_text(
		text, "; not recomputed: the market price is not published");
	if (strcmp(change->unit_before, change->unit_after) != 0)
		buffer_format(text, "; per %s before, per %s now",
			change->unit_before[0] ? change->unit_before : "-",
			change->unit_after[0] ? change->unit_after : "-");
	return causes_say(work, one, SHK_PRICE_BY_LIST, "", diag);
}

/* A record that knows the price before and the final price only. */
static enum shk_code causes_ask_step(struct price_work *work,
	const struct price_case *one, num final, shk_diag *diag)
{
	const struct price_question question = { work->revision,
		work->changes->to, one->change.after, one->until };
	char price[64];
	struct arena arena;
	struct record record;
	shk_record *public_record = (shk_record *)(void *)&record;
	enum shk_code code;

	if (num_format(final, price, sizeof(price)) == 0)
		return SHK_OK;
	arena_init(&arena);
	code = record_init(
		&record, record_schema_of(work->schema), &arena, diag);
	if (!code)
		code = shk_record_set(
			public_record, "current_price", one->base, diag);
	if (!code)
		code = shk_record_set(
			public_record, "final_price", price, diag);
	if (!code)
		code = price_rules_ask(
			&work->rules, public_record, &question, diag);
	arena_release(&arena);
	return code;
}

/*
 * The other codes of the number that have the price of the row already, as
 * many as the list has rows with it: then the row is none of this code.
 */
static bool causes_taken(const struct price_work *work,
	const struct price_case *one, const struct price_list_row *rows,
	size_t count, num price)
{
	const shk_price_changes *changes = work->changes;
	size_t wanted = 0;

	for (size_t i = 0; i < count; i++)
		wanted += !rows[i].addition &&
			  num_compare(rows[i].amount, price) == 0;
	for (size_t i = 0; i < changes->listed_count && wanted > 0; i++) {
		const struct price_listed *other = &changes->listed[i];

		if (other->schedule == one->change.schedule &&
			other->category_no == one->change.category_no &&
			num_compare(other->price, price) == 0 &&
			strcmp(other->code, one->change.code) != 0)
			wanted--;
	}
	return wanted == 0;
}

/* A step from the price before the revision to a price of its list. */
static enum shk_code causes_by_step(struct price_work *work,
	struct price_case *one, bool *found, shk_diag *diag)
{
	const shk_price_change *change = &one->change;
	const struct price_list *list = causes_list(work, work->revision);
	const struct price_list_row *rows = NULL;
	const char *decision = "";
	enum shk_code code = SHK_OK;
	size_t count = 0;

	*found = false;
	if (list && one->base[0])
		rows = price_list_group(
			list, change->schedule, change->category_no, &count);
	for (size_t i = 0; rows && i < count && !code; i++) {
		if (rows[i].addition ||
			num_compare(rows[i].amount,
				price_changes_number(one->base)) >= 0 ||
			causes_taken(work, one, rows, count, rows[i].amount))
			continue;
		code = causes_ask_step(work, one, rows[i].amount, diag);
		if (code || work->rules.verdict != PRICE_CONFIRMED)
			continue;
		if (!*found)
			buffer_clear(&work->text);
		buffer_format(&work->text, "%s%s: %s to %s",
			*found ? "; or " : "", work->rules.why.data, one->base,
			rows[i].id);
		decision = price_changes_text(
			work->changes, work->rules.decision.data);
		if (!decision)
			code = diag_memory(diag);
		*found = true;
	}
	if (!code && *found)
		code = causes_say(
			work, one, SHK_PRICE_BY_DECISION, decision, diag);
	return code;
}

/* The number of a case as in `6-002`, or "" outside of the price list. */
static void causes_number(const shk_price_change *change, char out[32])
{
	out[0] = '\0';
	if (change->schedule > 0)
		snprintf(out, 32, "%d-%03d", change->schedule,
			change->category_no);
}

/* What the decisions say of a case with the facts of `record`. */
static enum shk_code causes_ask_facts(struct price_work *work,
	struct price_case *one, shk_record *record, shk_diag *diag)
{
	const struct price_question question = { work->revision,
		work->changes->to, one->change.after, NULL };
	struct price_rules *rules = &work->rules;
	enum shk_code code = shk_record_set(
		record, "current_price", one->change.before, diag);

	if (!code)
		code = price_rules_ask(rules, record, &question, diag);
	if (code || rules->verdict == PRICE_SILENT)
		return code;
	buffer_clear(&work->text);
	if (rules->verdict == PRICE_CONFIRMED) {
		buffer_text(&work->text, rules->why.data);
		return causes_say(work, one, SHK_PRICE_BY_DECISION,
			rules->decision.data, diag);
	}
	if (one->change.cause != SHK_PRICE_UNEXPLAINED) {
		if (rules->verdict != PRICE_OTHER)
			return SHK_OK;
		/* what the list shows stays, and what contradicts is told */
		buffer_format(&work->text, "%s; but %s %s", one->change.note,
			rules->decision.data, rules->why.data);
		return causes_say(work, one, one->change.cause,
			one->change.decision, diag);
	}
	buffer_format(&work->text, "%s applies and does not confirm it (%s)",
		rules->decision.data, rules->why.data);
	return causes_say(
		work, one, SHK_PRICE_UNEXPLAINED, rules->decision.data, diag);
}

static enum shk_code causes_by_facts(
	struct price_work *work, const char *path, shk_diag *diag)
{
	shk_records *records = NULL;
	shk_record *record = NULL;
	enum shk_code code =
		shk_records_open(&records, work->schema, path, NULL, diag);

	while (!code && !(code = shk_records_next(records, &record, diag))) {
		const char *id = shk_record_id(record);

		for (size_t i = 0; i < work->changes->count && !code; i++) {
			struct price_case *one = &work->changes->cases[i];
			char number[32];

			causes_number(&one->change, number);
			if (one->change.cause <= SHK_PRICE_UNEXPLAINED &&
				(strcmp(id, one->change.code) == 0 ||
					strcmp(id, number) == 0))
				code = causes_ask_facts(
					work, one, record, diag);
		}
	}
	shk_records_close(records);
	return code == SHK_END ? SHK_OK : code;
}

static enum shk_code causes_unexplained(
	struct price_work *work, struct price_case *one, shk_diag *diag)
{
	buffer_clear(&work->text);
	if (!causes_list(work, work->revision))
		buffer_format(&work->text,
			"the price list of %s was not given; ",
			work->revision_name);
	else if (!work->within)
		buffer_text(&work->text, "no revision came between; ");
	else
		buffer_format(&work->text, "not in the price list of %s; ",
			work->revision_name);
	buffer_text(&work->text, "no decision gives it from what is known");
	return causes_say(work, one, SHK_PRICE_UNEXPLAINED, "", diag);
}

/* Before the first revision of the rules there is nothing to ask. */
static enum shk_code causes_none(
	struct price_work *work, struct price_case *one, shk_diag *diag)
{
	buffer_clear(&work->text);
	buffer_format(&work->text, "no revision of the rules is in force on %s",
		work->changes->to);
	return causes_say(work, one, SHK_PRICE_UNEXPLAINED, "", diag);
}

enum shk_code price_causes(struct price_work *work, shk_diag *diag)
{
	shk_price_changes *changes = work->changes;
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < changes->count && !code; i++) {
		struct price_case *one = &changes->cases[i];
		bool found = false;

		if (one->change.cause != SHK_PRICE_UNEXPLAINED)
			continue;
		if (!work->revision_name) {
			code = causes_none(work, one, diag);
			continue;
		}
		code = causes_by_list(work, one, &found, diag);
		if (!code && !found)
			code = causes_by_step(work, one, &found, diag);
		if (!code && !found)
			code = causes_unexplained(work, one, diag);
	}
	for (size_t i = 0;
		work->revision_name && i < work->options->fact_count && !code;
		i++)
		code = causes_by_facts(work, work->options->facts[i], diag);
	return code;
}
