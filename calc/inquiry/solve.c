/*
 * Solving: the record with the fact left free, the pieces of its axis on which
 * the condition says one thing, and the ends of the pieces with their rules.
 */
#include <string.h>

#include "base/memory.h"
#include "inquiry/end.h"

struct solver {
	shk_solution *solution;
	shk_pricer *pricer;
	const shk_rulebook *book;
	const struct record_schema *schema;
	const shk_solve_options *options;
	const char *fact;		 /* as it was asked for */
	struct text name, before, after; /* of it: a field, around braces */
	bool inside;
	struct record record; /* a copy, in which the fact is set */
	size_t decision;
	struct axis axis;
	struct enquiry question;
	struct pieces *pieces; /* heap */
	shk_diag *diag;
};

const char *solution_state(enum shk_solve_state state)
{
	static const char *const words[] = { "holds", "fails", "undetermined",
		"not_applicable", "conflict", "error", "open" };

	return words[state];
}

/* A copy of the record whose fields may be set. */
static enum shk_code record_copy(
	struct solver *solver, const struct record *from)
{
	struct arena *arena = &solver->solution->arena;
	size_t count = solver->schema->field_count;

	solver->record = *from;
	solver->record.arena = arena;
	solver->record.values =
		arena_zeroed(arena, count + 1, sizeof(*solver->record.values));
	if (!solver->record.values)
		return diag_memory(solver->diag);
	memcpy(solver->record.values, from->values,
		count * sizeof(*from->values));
	return SHK_OK;
}

static enum shk_code no_fact(const struct solver *solver)
{
	const char *name = solver->options->fact;
	const char *near = record_field_nearest(solver->schema, text_of(name));

	if (rulebook_parameter_find(solver->book, text_of(name)) >= 0)
		return diag_set(solver->diag, SHK_E_USAGE,
			"%s is a policy parameter, not a fact of a record",
			name);
	return diag_set(solver->diag, SHK_E_USAGE,
		"there is no field \"%s\"%s%s%s", name,
		near ? "; did you mean \"" : "", near ? near : "",
		near ? "\"?" : "");
}

static enum shk_code not_read(const struct solver *solver, const char *revision)
{
	return diag_set(solver->diag, SHK_E_USAGE,
		"%s of revision %s does not read %s: no value of it changes "
		"the answer",
		solver->book->decisions[solver->decision].name, revision,
		solver->options->fact);
}

/* The axis of the fact under the revision that the record asks for. */
static enum shk_code axis_find(struct solver *solver)
{
	int index = record_field_find(solver->schema, solver->name);
	struct job job = { .pricer = solver->pricer,
		.record = &solver->record,
		.as_of = "",
		.diag = solver->diag };
	const struct rulebook_bound *bound;
	const struct desk *desk;
	uint32_t slot;
	enum shk_code code;
	shk_diag why;

	if (index < 0)
		return no_fact(solver);
	job_begin(&job, &why);
	desk = job.desk ? job.desk : &solver->pricer->desks[job.revision];
	bound = &desk->revision->bound[solver->decision];
	slot = desk->field_slots[index];
	if (bound->present &&
		(slot == RULEBOOK_NONE || !feel_set_has(&bound->reached, slot)))
		return not_read(solver, desk->revision->id);
	slot = slot == RULEBOOK_NONE ? 0 : slot;
	if (solver->inside)
		code = axis_make_inside(&solver->axis, &solver->record, index,
			slot, solver->before, solver->after, solver->diag);
	else
		code = axis_make(&solver->axis, &solver->solution->arena,
			solver->schema, index, slot, solver->diag);
	if (code)
		return code;
	return axis_within(&solver->axis, solver->options->from,
		solver->options->to, solver->diag);
}

/* What the record says of the fact; then it gives some value in any case. */
static enum shk_code now_take(struct solver *solver)
{
	struct axis *axis = &solver->axis;
	shk_solution *solution = solver->solution;
	const struct record_value *value = &solver->record.values[axis->index];
	num place = axis->has_low    ? axis->low
		    : axis->has_high ? axis->high
				     : NUM_ZERO;
	struct feel_value now;
	const char *cell;

	if (value->state == RECORD_KNOWN && !axis->inside) {
		if (!fact_value(&solution->arena, axis->field, value, &now) ||
			!value_plain(&solution->arena, &now, &solution->now))
			return diag_memory(solver->diag);
		solution->known = true;
	}
	cell = axis_cell(axis, &solution->arena, place);
	if (!cell)
		return diag_memory(solver->diag);
	return record_set(&solver->record, text_of(axis->name), text_of(cell),
		solver->diag);
}

static enum shk_code head_take(void *context, const shk_result *result)
{
	shk_solution *solution = context;
	struct arena *arena = &solution->arena;

	solution->id = arena_text(arena, result->id, strlen(result->id));
	solution->name = arena_text(arena, result->name, strlen(result->name));
	solution->path = arena_text(arena, result->path, strlen(result->path));
	solution->as_of =
		arena_text(arena, result->as_of, strlen(result->as_of));
	solution->policy =
		arena_text(arena, result->policy, strlen(result->policy));
	solution->row = result->row;
	solution->decision = result->decision;
	solution->label_ja = result->label_ja;
	solution->label_en = result->label_en;
	solution->revision = result->revision;
	solution->assumed_newest = result->assumed_newest;
	solution->rulebook = result->rulebook;
	return solution->id && solution->name && solution->path &&
			       solution->as_of && solution->policy
		       ? SHK_OK
		       : SHK_E_MEMORY;
}

static void fact_take(struct solver *solver)
{
	const struct record_field *field =
		&solver->schema->fields[solver->axis.index];
	shk_solution *solution = solver->solution;

	solution->fact = solver->fact;
	solution->fact_ja = field->label_ja;
	solution->fact_en = field->label_en;
	solution->unit = solver->axis.field->unit;
	solution->words = solver->axis.kind == AXIS_WORD;
	if (solver->axis.kind == AXIS_NUMBER &&
		!num_is_integer(solver->axis.step))
		solution->decimals = AXIS_DECIMALS;
}

/* Does the record's own value lie in the piece? */
static bool is_now(const struct solver *solver, const struct piece *piece)
{
	const struct price_value *now = &solver->solution->now;
	num place;

	if (!solver->solution->known)
		return false;
	if (now->kind == PRICE_NUMBER)
		place = axis_floor(&solver->axis, now->u.number);
	else if (now->kind == PRICE_DATE)
		place = num_from_int(now->u.days);
	else {
		struct feel_value value =
			now->kind == PRICE_BOOLEAN
				? feel_boolean(now->u.boolean)
				: feel_string(now->text.data, now->text.size);

		if (!axis_place(&solver->axis, &value, &place))
			return false;
	}
	return (!piece->has_low || num_compare(place, piece->low) >= 0) &&
	       (!piece->has_high || num_compare(place, piece->high) <= 0);
}

static enum shk_code ends_make(
	struct solver *solver, struct end_maker *maker, size_t at)
{
	const struct piece *piece = &solver->pieces->items[at];
	struct solution_piece *to = &solver->solution->pieces[at];
	enum shk_code code = SHK_OK;

	if (at == 0 && piece->has_low)
		code = end_domain(maker, piece, true, &to->low);
	if (!code && at + 1 == solver->pieces->count && piece->has_high)
		code = end_domain(maker, piece, false, &to->high);
	if (!code && at + 1 < solver->pieces->count)
		code = end_between(
			maker, piece, piece + 1, &to->high, &to[1].low);
	return code;
}

static enum shk_code pieces_make(struct solver *solver)
{
	shk_solution *solution = solver->solution;
	struct end_maker maker = { .question = &solver->question,
		.pricer = solver->pricer,
		.record = &solver->record,
		.solution = solution };
	enum shk_code code = SHK_OK;

	solution->count = solver->pieces->count;
	solution->pieces = arena_zeroed(&solution->arena, solution->count + 1,
		sizeof(*solution->pieces));
	if (!solution->pieces)
		return diag_memory(solver->diag);
	solution->proved = true;
	for (size_t i = 0; i < solution->count && !code; i++) {
		const struct piece *from = &solver->pieces->items[i];
		struct solution_piece *to = &solution->pieces[i];

		to->state = from->state;
		to->proved = from->state != SHK_SOLVE_OPEN;
		to->bounded_low = from->has_low;
		to->bounded_high = from->has_high;
		to->now = is_now(solver, from);
		solution->proved = solution->proved && to->proved;
		code = ends_make(solver, &maker, i);
	}
	return code;
}

/* `FIELD`, or `FIELD=BEFORE{}AFTER`. */
static enum shk_code fact_read(struct solver *solver)
{
	const char *text = solver->options->fact;
	const char *equals = strchr(text, '=');
	const char *open = equals ? strstr(equals, "{}") : NULL;

	solver->fact = arena_text(&solver->solution->arena, text, strlen(text));
	if (!solver->fact)
		return diag_memory(solver->diag);
	text = solver->fact;
	solver->name = text_of(text);
	if (!equals)
		return SHK_OK;
	if (!open)
		return diag_set(solver->diag, SHK_E_USAGE,
			"\"%s\": write {} where the number stands", text);
	solver->inside = true;
	equals = text + (equals - solver->options->fact);
	open = text + (open - solver->options->fact);
	solver->name.size = (size_t)(equals - text);
	solver->before =
		(struct text){ equals + 1, (size_t)(open - equals) - 1 };
	solver->after = text_of(open + 2);
	return SHK_OK;
}

static enum shk_code solve(struct solver *solver, const shk_record *record)
{
	enum shk_code code = record_copy(solver, record_of_const(record));

	if (!code)
		code = fact_read(solver);
	if (!code)
		code = axis_find(solver);
	if (code)
		return code;
	fact_take(solver);
	code = now_take(solver);
	if (!code)
		code = shk_pricer_price(solver->pricer,
			(const shk_record *)(const void *)&solver->record,
			head_take, solver->solution, solver->diag);
	if (!code)
		code = enquiry_begin(&solver->question, solver->pricer,
			(const shk_record *)(const void *)&solver->record,
			solver->decision, &solver->axis,
			solver->options->condition, solver->diag);
	if (!code)
		code = divide(&solver->question, solver->pieces);
	return code ? code : pieces_make(solver);
}

static enum shk_code prepare(struct solver *solver, const shk_schema *schema,
	const shk_price_options *price)
{
	shk_price_options options = *price;
	int at;

	options.steps = true;
	options.flips = options.lead_only = options.facts = false;
	options.values_only = false;
	options.anew = true;
	if (price->decision_count != 1)
		return diag_set(solver->diag, SHK_E_USAGE,
			"a condition is about one decision; name it");
	at = rulebook_decision_find(solver->book, price->decisions[0]);
	if (at >= 0)
		solver->decision = (size_t)at;
	return shk_pricer_new(
		&solver->pricer, solver->book, schema, &options, solver->diag);
}

enum shk_code shk_solve(shk_solution **out, const shk_rulebook *rulebook,
	const shk_schema *schema, const shk_price_options *price,
	const shk_record *record, const shk_solve_options *options,
	shk_diag *diag)
{
	struct solver *solver = memory_zeroed(1, sizeof(*solver));
	shk_solution *solution = memory_zeroed(1, sizeof(*solution));
	enum shk_code code = SHK_E_MEMORY;

	*out = NULL;
	if (!solver || !solution) {
		diag_memory(diag);
		goto done;
	}
	arena_init(&solution->arena);
	solver->solution = solution;
	solver->book = rulebook;
	solver->schema = record_schema_of(schema);
	solver->options = options;
	solver->diag = diag;
	solver->pieces = memory_zeroed(1, sizeof(*solver->pieces));
	solution->condition = arena_text(&solution->arena, options->condition,
		strlen(options->condition));
	code = solver->pieces && solution->condition
		       ? prepare(solver, schema, price)
		       : diag_memory(diag);
	if (!code)
		code = solve(solver, record);
done:
	if (solver) {
		enquiry_end(&solver->question);
		shk_pricer_free(solver->pricer);
		memory_free(solver->pieces);
	}
	memory_free(solver);
	if (code)
		shk_solution_free(solution);
	else
		*out = solution;
	return code;
}

void shk_solution_free(shk_solution *solution)
{
	if (!solution)
		return;
	arena_release(&solution->arena);
	memory_free(solution);
}

size_t shk_solution_count(
	const shk_solution *solution, enum shk_solve_state state)
{
	size_t count = 0;

	for (size_t i = 0; i < solution->count; i++)
		count += solution->pieces[i].state == state;
	return count;
}

bool shk_solution_proved(const shk_solution *solution)
{
	return solution->proved;
}
