/*
 * See solving.h.
 */
#include "inquiry/solving.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/date.h"
#include "report/values.h"

void solving_open(struct solving *solving)
{
	shk_diag diag = { 0 };

	memset(solving, 0, sizeof(*solving));
	cr_assert_eq(shk_rulebook_load(
			     &solving->book, SOURCE_FOLDER "/rules", &diag),
		SHK_OK, "%s", diag.message);
	cr_assert_eq(shk_schema_of(&solving->schema, solving->book, &diag),
		SHK_OK, "%s", diag.message);
	arena_init(&solving->arena);
	buffer_init(&solving->said);
}

void solving_close(struct solving *solving)
{
	buffer_release(&solving->said);
	shk_solution_free(solving->solution);
	arena_release(&solving->arena);
	shk_policy_free(solving->policy);
	shk_schema_free(solving->schema);
	shk_rulebook_free(solving->book);
}

/* Each `name=value` of the text. */
static void pairs(struct solving *solving, const char *text, bool policy)
{
	char copy[2048];
	shk_diag diag = { 0 };

	cr_assert_lt(strlen(text), sizeof(copy));
	memcpy(copy, text, strlen(text) + 1);
	for (char *at = copy; at && *at;) {
		char *end = strchr(at, ';');
		char *value = strchr(at, '=');
		enum shk_code code;

		if (end)
			*end = '\0';
		cr_assert(value != NULL, "%s", text);
		*value++ = '\0';
		code = policy ? shk_policy_set(
					solving->policy, at, value, &diag)
			      : record_set(&solving->record, text_of(at),
					text_of(value), &diag);
		cr_assert_eq(code, SHK_OK, "%s: %s", text, diag.message);
		at = end ? end + 1 : NULL;
	}
}

static shk_price_options prepare(
	struct solving *solving, const struct solving_question *question)
{
	shk_price_options options = { .revision = question->revision,
		.decisions = &question->decision,
		.decision_count = 1 };
	shk_diag diag = { 0 };

	arena_clear(&solving->arena);
	cr_assert_eq(
		record_init(&solving->record, record_schema_of(solving->schema),
			&solving->arena, &diag),
		SHK_OK);
	solving->record.id = "R1";
	pairs(solving, question->record, false);
	shk_policy_free(solving->policy);
	solving->policy = NULL;
	if (question->policy) {
		cr_assert_eq(
			shk_policy_new(&solving->policy, solving->book, &diag),
			SHK_OK);
		pairs(solving, question->policy, true);
	}
	options.policy = solving->policy;
	return options;
}

enum shk_code solving_solve(struct solving *solving,
	const struct solving_question *question, shk_diag *diag)
{
	shk_price_options price = prepare(solving, question);
	const shk_solve_options options = { .fact = question->fact,
		.condition = question->condition,
		.from = question->from,
		.to = question->to };

	shk_solution_free(solving->solution);
	solving->solution = NULL;
	return shk_solve(&solving->solution, solving->book, solving->schema,
		&price, (const shk_record *)(const void *)&solving->record,
		&options, diag);
}

static void say_end(
	struct buffer *out, bool bounded, const struct solution_end *end)
{
	if (!bounded)
		return;
	if (end->exact) {
		values_cell(out, &end->at);
		return;
	}
	buffer_byte(out, '{');
	values_cell(out, &end->last);
	buffer_byte(out, ' ');
	buffer_text(out, end->fraction);
	buffer_byte(out, '}');
}

const char *solving_say(
	struct solving *solving, const struct solving_question *question)
{
	struct buffer *out = &solving->said;
	shk_diag diag = { 0 };

	buffer_clear(out);
	if (solving_solve(solving, question, &diag) != SHK_OK) {
		buffer_text(out, diag.message);
		return out->data;
	}
	for (size_t i = 0; i < solving->solution->count; i++) {
		const struct solution_piece *piece =
			&solving->solution->pieces[i];
		bool low = piece->bounded_low && !piece->low.open;
		bool high = piece->bounded_high && !piece->high.open;

		buffer_format(out, "%s%s %c", i ? "; " : "",
			solution_state(piece->state), low ? '[' : '(');
		say_end(out, piece->bounded_low, &piece->low);
		buffer_byte(out, ' ');
		say_end(out, piece->bounded_high, &piece->high);
		buffer_byte(out, high ? ']' : ')');
	}
	cr_assert(!out->failed);
	return out->data;
}

/* A number or the days of a date; words stand for themselves. */
static bool place_of(const char *cell, num *place)
{
	int32_t days;

	if (date_parse(cell, strlen(cell), &days)) {
		*place = num_from_int(days);
		return true;
	}
	return num_parse(cell, strlen(cell), false, place) == NUM_PARSED;
}

static num plain_place(const struct price_value *value)
{
	return value->kind == PRICE_DATE ? num_from_int(value->u.days)
					 : value->u.number;
}

static bool inside(const struct solution_piece *piece, const char *cell)
{
	num place;

	if (!place_of(cell, &place)) {
		const struct price_value *word = &piece->low.last;

		return word->kind == PRICE_BOOLEAN
			       ? word->u.boolean == (strcmp(cell, "true") == 0)
			       : text_is(word->text, cell);
	}
	return (!piece->bounded_low ||
		       num_compare(place, plain_place(&piece->low.last)) >=
			       0) &&
	       (!piece->bounded_high ||
		       num_compare(place, plain_place(&piece->high.last)) <= 0);
}

enum shk_solve_state solving_state(
	const struct solving *solving, const char *cell)
{
	for (size_t i = 0; i < solving->solution->count; i++)
		if (inside(&solving->solution->pieces[i], cell))
			return solving->solution->pieces[i].state;
	cr_assert_fail("%s lies in no piece", cell);
	return SHK_SOLVE_OPEN;
}

struct brute {
	const char *output, *op;
	num number;
	enum shk_solve_state state;
};

static bool compare(const struct brute *brute, num value)
{
	int order = num_compare(value, brute->number);

	switch (brute->op[0]) {
	case '<':
		return order < (brute->op[1] == '=' ? 1 : 0);
	case '>':
		return order > (brute->op[1] == '=' ? -1 : 0);
	default:
		return order == 0;
	}
}

/* What the outcome allows: 1 true, 2 false, 4 no value. */
static unsigned outcome_bits(
	const struct brute *brute, const struct price_outcome *outcome)
{
	const struct price_value *value = &outcome->value;
	const struct price_value *low = value->items, *high = low + 1;
	bool at_low, at_high;

	if (outcome->status != SHK_DETERMINED)
		return 4;
	if (value->kind == PRICE_NUMBER)
		return compare(brute, value->u.number) ? 1 : 2;
	cr_assert_eq(value->kind, PRICE_INTERVAL);
	if (brute->op[0] == '=') /* a price that moves is rarely the number */
		return (low->kind == PRICE_NULL ||
			       num_compare(low->u.number, brute->number) <=
				       0) &&
				       (high->kind == PRICE_NULL ||
					       num_compare(high->u.number,
						       brute->number) >= 0)
			       ? 3
			       : 2;
	at_low = low->kind == PRICE_NULL ? brute->op[0] == '<'
					 : compare(brute, low->u.number);
	at_high = high->kind == PRICE_NULL ? brute->op[0] == '>'
					   : compare(brute, high->u.number);
	return (at_low || at_high ? 1u : 0u) | (at_low && at_high ? 0u : 2u);
}

static unsigned output_bits(
	const struct brute *brute, const struct price_output *output)
{
	unsigned bits = 0;

	if (output->status == SHK_NOT_APPLICABLE)
		return 4;
	if (output->status == SHK_DETERMINED)
		return compare(brute, output->value.u.number) ? 1 : 2;
	for (size_t i = 0; i < output->outcome_count; i++)
		bits |= outcome_bits(brute, &output->outcomes[i]);
	return bits;
}

static enum shk_code on_result(void *context, const shk_result *result)
{
	static const enum shk_solve_state states[] = {
		[SHK_UNDETERMINED] = SHK_SOLVE_UNDETERMINED,
		[SHK_NOT_APPLICABLE] = SHK_SOLVE_NOT_APPLICABLE,
		[SHK_CONFLICT] = SHK_SOLVE_CONFLICT,
		[SHK_ERROR] = SHK_SOLVE_ERROR
	};
	struct brute *brute = context;
	unsigned bits = 0;

	for (size_t i = 0; i < result->output_count; i++)
		if (strcmp(result->outputs[i].name, brute->output) == 0)
			bits = output_bits(brute, &result->outputs[i]);
	brute->state = bits == 1   ? SHK_SOLVE_HOLDS
		       : bits == 2 ? SHK_SOLVE_FAILS
		       : bits == 4 ? SHK_SOLVE_NOT_APPLICABLE
				   : SHK_SOLVE_UNDETERMINED;
	if (result->status != SHK_DETERMINED &&
		result->status != SHK_UNDETERMINED)
		brute->state = states[result->status];
	return SHK_OK;
}

enum shk_solve_state solving_brute(struct solving *solving, shk_pricer *pricer,
	const struct solving_question *question, const char *cell,
	const char *output, const char *op, const char *number)
{
	struct brute brute = { .output = output, .op = op };
	shk_diag diag = { 0 };

	cr_assert_eq(num_parse(number, strlen(number), false, &brute.number),
		NUM_PARSED);
	cr_assert_eq(record_set(&solving->record, text_of(question->fact),
			     text_of(cell), &diag),
		SHK_OK, "%s", diag.message);
	cr_assert_eq(shk_pricer_price(pricer,
			     (const shk_record *)(const void *)&solving->record,
			     on_result, &brute, &diag),
		SHK_OK, "%s", diag.message);
	return brute.state;
}

shk_pricer *solving_pricer(
	struct solving *solving, const struct solving_question *question)
{
	shk_price_options options = prepare(solving, question);
	shk_pricer *pricer = NULL;
	shk_diag diag = { 0 };

	cr_assert_eq(shk_pricer_new(&pricer, solving->book, solving->schema,
			     &options, &diag),
		SHK_OK, "%s", diag.message);
	return pricer;
}
