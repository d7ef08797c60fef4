/*
 * Ends. The values on both sides of an end are priced as any record is, with
 * the trace: the answer must be what was proved, and the table rows that
 * matched on one side only are the rules that bound the piece. Where no row
 * changed, it is the formula of the decision that the condition speaks of.
 */
#include "inquiry/end.h"

#include <stdio.h>
#include <string.h>

#define SHORT_PLACES                                                           \
	10 /* an end of at most so many decimals is told as it is */
#define FRACTION_MAX   9999 /* largest denominator that is told */
#define FRACTION_DEPTH 40

/* One side while its result is at hand. */
struct side {
	struct end_maker *maker;
	const struct piece *piece;
	enum shk_solve_state state;
	size_t count;
	struct solution_rule *rows; /* all that matched */
	struct solution_rule formula;
	bool has_formula;
};

static struct arena *arena_of(struct end_maker *maker)
{
	return &maker->solution->arena;
}

/* A value of one piece; of others only that there is one. */
static bool scalar_copy(struct arena *arena, const struct price_value *from,
	struct price_value *to)
{
	*to = (struct price_value){ .kind = from->kind,
		.inexact = from->inexact,
		.digits = from->digits };
	switch (from->kind) {
	case PRICE_TEXT:
		to->text.size = from->text.size;
		to->text.data =
			arena_text(arena, from->text.data, from->text.size);
		return to->text.data != NULL;
	case PRICE_BOOLEAN:
	case PRICE_NUMBER:
	case PRICE_DATE:
		to->u = from->u;
		return true;
	case PRICE_NULL:
		return true;
	default:
		to->kind = PRICE_UNKNOWN;
		return true;
	}
}

static bool rule_of(struct arena *arena, const struct price_step *step,
	enum solution_rule_kind kind, struct solution_rule *rule)
{
	struct price_citation *citations = arena_zeroed(
		arena, step->citation_count + 1, sizeof(*citations));

	*rule = (struct solution_rule){ .kind = kind,
		.row = step->row,
		.citation_count = step->citation_count,
		.citations = citations };
	rule->decision = arena_text(arena, step->name.data, step->name.size);
	rule->description =
		arena_text(arena, step->description, strlen(step->description));
	if (!citations || !rule->decision || !rule->description)
		return false;
	if (step->citation_count)
		memcpy(citations, step->citations,
			step->citation_count * sizeof(*citations));
	return scalar_copy(arena, &step->value, &rule->value);
}

static bool rows_take(struct side *side, const struct shk_result *result)
{
	struct arena *arena = arena_of(side->maker);

	side->rows = arena_zeroed(
		arena, result->step_count + 1, sizeof(*side->rows));
	for (size_t i = 0; i < result->step_count && side->rows; i++)
		if (result->steps[i].kind == PRICE_STEP_ROW &&
			!rule_of(arena, &result->steps[i], SOLUTION_ROW,
				&side->rows[side->count++]))
			return false;
	return side->rows != NULL;
}

/* The decision that the condition compares, with the citation of its path. */
static bool formula_take(struct side *side, const struct shk_result *result)
{
	const struct enquiry *question = side->maker->question;
	size_t output = condition_first(question->condition, question->lead);
	uint32_t slot;
	struct text name;

	/* no rule looks at the fact, or there is no rule */
	if (question->fixed)
		return true;
	slot = question->bound->outputs[output].slot;
	if (slot == RULEBOOK_NONE)
		return true;
	name = question->job.desk->revision->graph->slots[slot].name;
	for (size_t i = 0; i < result->step_count; i++) {
		const struct price_step *step = &result->steps[i];
		size_t k = i + 1;

		if (step->kind != PRICE_STEP_DECISION ||
			!text_equal(step->name, name))
			continue;
		side->has_formula = true;
		if (!rule_of(arena_of(side->maker), step, SOLUTION_FORMULA,
			    &side->formula))
			return false;
		for (; k < result->step_count && !side->formula.citation_count;
			k++)
			if (result->steps[k].depth > step->depth &&
				result->steps[k].citation_count) {
				struct solution_rule from;

				if (!rule_of(arena_of(side->maker),
					    &result->steps[k], SOLUTION_FORMULA,
					    &from))
					return false;
				side->formula.citations = from.citations;
				side->formula.citation_count =
					from.citation_count;
			}
		return true;
	}
	return true;
}

static enum shk_code on_result(void *context, const shk_result *result)
{
	struct side *side = context;
	struct enquiry *question = side->maker->question;
	enum shk_code code = enquiry_of_result(question, result, &side->state);

	if (code)
		return code;
	return rows_take(side, result) && formula_take(side, result)
		       ? SHK_OK
		       : diag_memory(question->diag);
}

/* The pricer may know less than the condition as a whole, never another. */
static bool agrees(const struct side *side)
{
	return side->state == side->piece->state ||
	       side->piece->state == SHK_SOLVE_OPEN ||
	       side->state == SHK_SOLVE_UNDETERMINED;
}

/* Price the record at a place of the piece. */
static enum shk_code side_make(struct end_maker *maker,
	const struct piece *piece, num place, struct side *side)
{
	struct enquiry *question = maker->question;
	const struct axis *axis = question->axis;
	const char *cell = axis_cell(axis, arena_of(maker), place);
	enum shk_code code;

	*side = (struct side){ .maker = maker, .piece = piece };
	if (!cell)
		return diag_memory(question->diag);
	code = record_set(maker->record, text_of(axis->name), text_of(cell),
		question->diag);
	if (!code)
		code = shk_pricer_price(maker->pricer,
			(const shk_record *)(const void *)maker->record,
			on_result, side, question->diag);
	if (code || agrees(side))
		return code;
	return diag_set(question->diag, SHK_E_INTERNAL,
		"the answer at %s = %s is not what was proved of it",
		axis->name, cell);
}

static bool same_row(
	const struct solution_rule *a, const struct solution_rule *b)
{
	return a->row == b->row && strcmp(a->decision, b->decision) == 0;
}

static bool has_row(const struct solution_rule *rows, size_t count,
	const struct solution_rule *row)
{
	for (size_t i = 0; i < count; i++)
		if (same_row(&rows[i], row))
			return true;
	return false;
}

/* The rows that matched on this side only. */
static void rules_keep(const struct side *side, const struct side *other,
	struct solution_end *end)
{
	static const struct solution_rule more = {
		.kind = SOLUTION_MORE, .decision = "...", .description = ""
	};

	for (size_t i = 0; i < side->count; i++) {
		if (end->rule_count > SOLUTION_RULES_MAX ||
			has_row(other->rows, other->count, &side->rows[i]) ||
			has_row(end->rules, end->rule_count, &side->rows[i]))
			continue;
		end->rules[end->rule_count] =
			end->rule_count < SOLUTION_RULES_MAX ? side->rows[i]
							     : more;
		end->rule_count++;
	}
}

static void formula_keep(const struct side *side, struct solution_end *end)
{
	if (end->rule_count == 0 && side->has_formula)
		end->rules[end->rule_count++] = side->formula;
}

/* Decimals behind the point. */
static size_t places_of(num number)
{
	char text[NUM_TEXT_MAX];
	const char *point;

	num_format(number, text, sizeof(text));
	point = strchr(text, '.');
	return point ? strlen(point + 1) : 0;
}

struct fraction {
	num over, under;
};

/* The fraction with the least denominator strictly between the two. */
static bool simplest(num low, num high, int depth, struct fraction *out)
{
	num floor = num_round(low, 0, NUM_FLOOR, NULL);
	num next = num_add(floor, NUM_ONE, NULL);
	struct fraction inner;

	if (num_compare(next, high) < 0) {
		*out = (struct fraction){ next, NUM_ONE };
		return true;
	}
	low = num_subtract(low, floor, NULL);
	high = num_subtract(high, floor, NULL);
	if (depth == 0 || num_is_zero(low) ||
		!simplest(num_divide(NUM_ONE, high, NULL),
			num_divide(NUM_ONE, low, NULL), depth - 1, &inner))
		return false;
	out->under = inner.over;
	out->over = num_add(
		num_multiply(floor, inner.over, NULL), inner.under, NULL);
	return true;
}

/* `2600/3` when that lies between for certain, else "". */
static const char *fraction_between(struct arena *arena, num low, num high)
{
	struct fraction found;
	unsigned status = 0;
	char over[64], under[64], text[160];

	if (!simplest(low, high, FRACTION_DEPTH, &found) ||
		num_compare(found.under, num_from_int(FRACTION_MAX)) > 0 ||
		num_compare(num_multiply(low, found.under, &status),
			found.over) >= 0 ||
		num_compare(num_multiply(high, found.under, &status),
			found.over) <= 0 ||
		status != 0 || !num_format(found.over, over, sizeof(over)) ||
		!num_format(found.under, under, sizeof(under)))
		return "";
	snprintf(text, sizeof(text), "%s/%s", over, under);
	return arena_text(arena, text, strlen(text));
}

/*
 * How the end between two neighbours is told. `last` is the place on our own
 * side, `next` that on the other.
 */
static bool place_end(
	struct end_maker *maker, num last, num next, struct solution_end *end)
{
	const struct axis *axis = maker->question->axis;
	struct arena *arena = arena_of(maker);
	bool decimals = !num_is_integer(axis->step);
	size_t own = decimals ? places_of(last) : 0;
	size_t other = decimals ? places_of(next) : 1;
	bool low = num_compare(next, last) < 0;

	end->fraction = "";
	end->exact = own <= SHORT_PLACES || other <= SHORT_PLACES;
	end->open = end->exact && other < own;
	if (!end->exact)
		end->fraction = fraction_between(
			arena, low ? next : last, low ? last : next);
	return end->fraction && axis_plain(axis, arena, last, &end->last) &&
	       axis_plain(axis, arena, next, &end->next) &&
	       axis_plain(axis, arena, end->open ? next : last, &end->at);
}

enum shk_code end_between(struct end_maker *maker, const struct piece *below,
	const struct piece *above, struct solution_end *high,
	struct solution_end *low)
{
	struct side left, right;
	enum shk_code code = side_make(maker, below, below->high, &left);

	if (!code)
		code = side_make(maker, above, above->low, &right);
	if (code)
		return code;
	rules_keep(&left, &right, high);
	rules_keep(&right, &left, low);
	if (high->rule_count == 0 && low->rule_count == 0) {
		formula_keep(&left, high);
		formula_keep(&right, low);
	}
	high->inexact = low->inexact = below->inexact || above->inexact;
	if (!place_end(maker, below->high, above->low, high) ||
		!place_end(maker, above->low, below->high, low))
		return diag_memory(maker->question->diag);
	return SHK_OK;
}

enum shk_code end_domain(struct end_maker *maker, const struct piece *piece,
	bool low, struct solution_end *end)
{
	const struct axis *axis = maker->question->axis;
	num last = low ? piece->low : piece->high;
	num next = low ? axis_before(axis, last) : axis_next(axis, last);
	struct side side;
	enum shk_code code = side_make(maker, piece, last, &side);

	if (code)
		return code;
	/* an end that is itself outside stands one step farther */
	if (num_is_integer(axis->step) || places_of(last) <= SHORT_PLACES)
		next = last;
	if (!place_end(maker, last, next, end))
		return diag_memory(maker->question->diag);
	end->domain = true;
	return SHK_OK;
}
