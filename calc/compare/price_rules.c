/*
 * Results come as snapshot lines, the text form that is made to be compared:
 * `price=132000` or `steps={{from:2026-06-01|to:2027-02-28|price:132000}|...}`
 * in the column of values. A decision that is open, or whose values cannot be
 * read, confirms nothing.
 */
#include <string.h>

#include <shokan/snapshot.h>

#include "base/diag.h"
#include "base/text.h"
#include "compare/price_rules.h"

#define RULES_DAY 10 /* bytes of YYYY-MM-DD */

static bool rules_write(void *context, const char *data, size_t size)
{
	struct price_rules *rules = context;

	buffer_add(&rules->line, data, size); /* a failure is seen later */
	return true;
}

enum shk_code price_rules_init(struct price_rules *rules,
	const shk_rulebook *rulebook, const shk_schema *schema, shk_diag *diag)
{
	const shk_report_options options = { .format = SHK_REPORT_SNAPSHOT };
	const shk_sink sink = { rules, rules_write };

	memset(rules, 0, sizeof(*rules));
	rules->rulebook = rulebook;
	rules->schema = schema;
	buffer_init(&rules->line);
	buffer_init(&rules->room);
	buffer_init(&rules->decision);
	buffer_init(&rules->why);
	return shk_report_new(&rules->report, &options, sink, diag);
}

void price_rules_release(struct price_rules *rules)
{
	for (size_t i = 0; i < PRICE_RULES_REVISIONS; i++)
		shk_pricer_free(rules->pricers[i]);
	shk_report_free(rules->report);
	buffer_release(&rules->line);
	buffer_release(&rules->room);
	buffer_release(&rules->decision);
	buffer_release(&rules->why);
	memset(rules, 0, sizeof(*rules));
}

/* The value behind `name` up to one of `ends`; size 0: it is not there. */
static struct text rules_value(
	struct text in, const char *name, const char *ends)
{
	size_t length = strlen(name);
	size_t size = 0;
	size_t at = 0;

	while (at + length <= in.size &&
		memcmp(in.data + at, name, length) != 0)
		at++;
	if (at + length > in.size)
		return (struct text){ "", 0 };
	at += length;
	while (at + size < in.size && !strchr(ends, in.data[at + size]))
		size++;
	return (struct text){ in.data + at, size };
}

/* The next `name=value` of the column; false behind the last. */
static bool rules_output(
	struct text *rest, struct text *name, struct text *value)
{
	size_t size = 0;

	if (rest->size == 0)
		return false;
	while (size < rest->size && rest->data[size] != ';')
		size += rest->data[size] == '\\' && size + 1 < rest->size ? 2
									  : 1;
	*name = rules_value(*rest, "", "=");
	*value = (struct text){ rest->data, size };
	if (name->size < size) {
		value->data += name->size + 1;
		value->size -= name->size + 1;
	}
	size += size < rest->size;
	rest->data += size;
	rest->size -= size;
	return true;
}

static bool rules_in(
	const struct price_question *question, struct text from, struct text to)
{
	return from.size == RULES_DAY &&
	       memcmp(from.data, question->day, RULES_DAY) <= 0 &&
	       (to.size != RULES_DAY ||
		       memcmp(question->day, to.data, RULES_DAY) <= 0);
}

/* The step in force on the day; its place from 1 into *step, or 0. */
static struct text rules_step(const struct price_question *question,
	struct text values, size_t *step, size_t *count, bool *same_end)
{
	struct text price = { "", 0 };
	struct text rest = values;

	*step = *count = 0;
	*same_end = false;
	for (;;) {
		struct text from = rules_value(rest, "{from:", "|}");
		struct text to;

		if (from.size == 0)
			return price;
		++*count;
		rest.size -= (size_t)(from.data - rest.data);
		rest.data = from.data;
		to = rules_value(rest, "|to:", "|}");
		if (!rules_in(question, from, to))
			continue;
		*step = *count;
		price = rules_value(rest, "|price:", "|}");
		*same_end = !question->until ||
			    (question->until[0] ? text_is(to, question->until)
						: to.size != RULES_DAY);
	}
}

/* Keep the answer when it says more than the one before. */
static bool rules_better(struct price_rules *rules, enum price_verdict verdict,
	const struct shk_snapshot_line *line)
{
	if (verdict <= rules->verdict)
		return false;
	rules->verdict = verdict;
	buffer_clear(&rules->decision);
	buffer_clear(&rules->why);
	buffer_text(&rules->decision, line->cells[SHK_COLUMN_DECISION]);
	return true;
}

/* One determined price, or the step in force of determined steps. */
static void rules_compare(struct price_rules *rules,
	const struct shk_snapshot_line *line, struct text name,
	struct text value)
{
	const struct price_question *question = rules->question;
	struct text price = value;
	size_t step = 0, count = 0;
	bool same_end = true;

	/* an open one is `undetermined{...}`, others are no numbers */
	if (value.size > 7 && memcmp(value.data, "{{from:", 7) == 0)
		price = rules_step(question, value, &step, &count, &same_end);
	else if (!text_is(name, "price"))
		return;
	if (price.size == 0 || price.data[0] < '0' || price.data[0] > '9')
		return;
	if (!text_is(price, question->price) || !same_end) {
		if (rules_better(rules, PRICE_OTHER, line))
			buffer_format(&rules->why, "gives %.*s",
				(int)price.size, price.data);
		return;
	}
	if (!rules_better(rules, PRICE_CONFIRMED, line))
		return;
	if (step)
		buffer_format(&rules->why, "step %zu of %zu, ", step, count);
	buffer_format(&rules->why, "%s, %s", line->cells[SHK_COLUMN_EVIDENCE],
		line->cells[SHK_COLUMN_CITATIONS]);
}

static void rules_judge(
	struct price_rules *rules, const struct shk_snapshot_line *line)
{
	struct text rest = text_of(line->cells[SHK_COLUMN_VALUES]);
	struct text name, value;

	while (rules_output(&rest, &name, &value))
		rules_compare(rules, line, name, value);
}

static enum shk_code rules_result(void *context, const shk_result *result)
{
	struct price_rules *rules = context;
	struct shk_snapshot_line line;
	enum shk_status status = shk_result_status(result);
	enum shk_code code;

	if (status != SHK_DETERMINED && status != SHK_UNDETERMINED)
		return SHK_OK;
	buffer_clear(&rules->line);
	code = shk_report_result(rules->report, result, rules->diag);
	if (code)
		return code;
	if (rules->line.size > 0 &&
		rules->line.data[rules->line.size - 1] == '\n')
		rules->line.size--;
	buffer_clear(&rules->room);
	buffer_add(&rules->room, rules->line.data, rules->line.size);
	for (int i = 0; i < SHK_COLUMN_COUNT; i++)
		buffer_byte(&rules->room, '\0');
	if (rules->line.failed || rules->room.failed)
		return diag_memory(rules->diag);
	code = shk_snapshot_parse(&line, rules->line.data, rules->line.size,
		rules->room.data, rules->diag);
	if (code)
		return code;
	if (status == SHK_DETERMINED)
		rules_judge(rules, &line);
	else if (rules_better(rules, PRICE_OPEN, &line))
		buffer_format(&rules->why, "open: %s",
			line.cells[SHK_COLUMN_MISSING]);
	return SHK_OK;
}

static enum shk_code rules_pricer(
	struct price_rules *rules, size_t revision, shk_diag *diag)
{
	const shk_price_options options = { .revision = shk_rulebook_revision(
						    rules->rulebook, revision),
		.facts = true };

	if (revision >= PRICE_RULES_REVISIONS || !options.revision)
		return diag_set(diag, SHK_E_INTERNAL, "no such revision");
	if (rules->pricers[revision])
		return SHK_OK;
	return shk_pricer_new(&rules->pricers[revision], rules->rulebook,
		rules->schema, &options, diag);
}

enum shk_code price_rules_ask(struct price_rules *rules,
	const shk_record *record, const struct price_question *question,
	shk_diag *diag)
{
	enum shk_code code = rules_pricer(rules, question->revision, diag);

	rules->question = question;
	rules->verdict = PRICE_SILENT;
	rules->diag = diag;
	buffer_clear(&rules->decision);
	buffer_clear(&rules->why);
	if (!code)
		code = shk_pricer_price(rules->pricers[question->revision],
			record, rules_result, rules, diag);
	if (!code && (rules->decision.failed || rules->why.failed))
		code = diag_memory(diag);
	return code;
}
