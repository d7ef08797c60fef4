/*
 * Sweeping: what `--vary` says becomes cells, each cell is set in a copy of
 * the record as a file would give it, and the pricer answers.
 */
#include "inquiry/sweep.h"

#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "price/pricer.h"
#include "price/result_copy.h"
#include "record/record.h"

struct sweeper {
	shk_sweep *sweep;
	shk_pricer *pricer;
	const struct record_schema *schema;
	struct record record; /* a copy, in which the facts are set */
	shk_diag *diag;
};

/* One axis while it is read: cells and values, on the heap. */
struct cells {
	struct sweeper *sweeper;
	struct text before, after; /* around what varies, of a list */
	size_t count;
	const char **cells;
	const char **values;
};

const struct shk_result *sweep_at(
	const shk_sweep *sweep, size_t first, size_t second)
{
	size_t wide = sweep->axis_count > 1 ? sweep->axes[1].count : 1;

	return &sweep->points[first * wide + second];
}

const struct price_output *sweep_output(
	const struct shk_result *result, const char *name)
{
	for (size_t i = 0; i < result->output_count; i++)
		if (strcmp(result->outputs[i].name, name) == 0)
			return &result->outputs[i];
	return NULL;
}

static enum shk_code too_many(const struct sweeper *sweeper)
{
	return diag_set(sweeper->diag, SHK_E_LIMIT,
		"more than %d values; take a greater step: FROM..TO/STEP",
		SHK_SWEEP_POINTS_MAX);
}

static enum shk_code cell_add(struct cells *cells, struct text value)
{
	struct arena *arena = &cells->sweeper->sweep->arena;
	size_t size = cells->before.size + value.size + cells->after.size;
	char *cell = arena_alloc(arena, size + 1);
	const char *copy = arena_text(arena, value.data, value.size);

	if (!cell || !copy)
		return diag_memory(cells->sweeper->diag);
	if (cells->count == SHK_SWEEP_POINTS_MAX)
		return too_many(cells->sweeper);
	memcpy(cell, cells->before.data, cells->before.size);
	memcpy(cell + cells->before.size, value.data, value.size);
	memcpy(cell + cells->before.size + value.size, cells->after.data,
		cells->after.size);
	cell[size] = '\0';
	cells->cells[cells->count] = cell;
	cells->values[cells->count++] = copy;
	return SHK_OK;
}

static bool find(struct text text, const char *what, size_t *at)
{
	size_t size = strlen(what);

	for (*at = 0; *at + size <= text.size; (*at)++)
		if (memcmp(text.data + *at, what, size) == 0)
			return true;
	return false;
}

static struct text part(struct text text, size_t from, size_t to)
{
	return (struct text){ text.data + from, to - from };
}

static enum shk_code bad_range(const struct cells *cells, struct text text)
{
	return diag_set(cells->sweeper->diag, SHK_E_USAGE,
		"\"%.*s\" is no range: write FROM..TO or FROM..TO/STEP with "
		"numbers or days (YYYY-MM-DD), the step above 0",
		(int)text.size, text.data);
}

static enum shk_code numbers_add(
	struct cells *cells, num from, num to, num step)
{
	enum shk_code code = SHK_OK;

	for (; !code && num_compare(from, to) <= 0;
		from = num_add(from, step, NULL)) {
		char text[NUM_TEXT_MAX];
		size_t size = num_format(from, text, sizeof(text));

		code = cell_add(cells, (struct text){ text, size });
	}
	return code;
}

static enum shk_code days_add(
	struct cells *cells, int32_t from, int32_t to, int64_t step)
{
	enum shk_code code = SHK_OK;

	for (int64_t day = from; !code && day <= to; day += step) {
		char text[DATE_TEXT];

		date_format((int32_t)day, text);
		code = cell_add(cells, text_of(text));
	}
	return code;
}

/* `FROM..TO` with the dots at `dots`, and a step behind it. */
static enum shk_code range_add(
	struct cells *cells, struct text text, size_t dots)
{
	struct text low = part(text, 0, dots);
	struct text high = part(text, dots + 2, text.size);
	num from, to, step = NUM_ONE;
	int32_t first, last;
	int64_t days = 1;
	size_t slash;

	if (find(high, "/", &slash)) {
		struct text by = part(high, slash + 1, high.size);

		high = part(high, 0, slash);
		if (num_parse(by.data, by.size, false, &step) != NUM_PARSED ||
			num_sign(step) <= 0)
			return bad_range(cells, text);
	}
	if (date_parse(low.data, low.size, &first) &&
		date_parse(high.data, high.size, &last) && first <= last &&
		num_to_int(step, &days))
		return days_add(cells, first, last, days);
	if (num_parse(low.data, low.size, false, &from) != NUM_PARSED ||
		num_parse(high.data, high.size, false, &to) != NUM_PARSED ||
		num_compare(from, to) > 0)
		return bad_range(cells, text);
	return numbers_add(cells, from, to, step);
}

static enum shk_code values_add(struct cells *cells, struct text text)
{
	enum shk_code code = SHK_OK;
	size_t at;

	if (find(text, "..", &at))
		return range_add(cells, text, at);
	while (!code && find(text, ",", &at)) {
		code = cell_add(cells, part(text, 0, at));
		text = part(text, at + 1, text.size);
	}
	return code ? code : cell_add(cells, text);
}

/* What stands around the braces is part of every cell. */
static enum shk_code braces_add(struct cells *cells, struct text text)
{
	size_t open, close;

	cells->before = cells->after = (struct text){ "", 0 };
	if (!find(text, "{", &open))
		return values_add(cells, text);
	if (!find(text, "}", &close) || close < open)
		return diag_set(cells->sweeper->diag, SHK_E_USAGE,
			"\"%.*s\": the brace is not closed", (int)text.size,
			text.data);
	cells->before = part(text, 0, open);
	cells->after = part(text, close + 1, text.size);
	return values_add(cells, part(text, open + 1, close));
}

static enum shk_code bad_vary(const struct sweeper *sweeper, const char *text)
{
	return diag_set(sweeper->diag, SHK_E_USAGE,
		"\"%s\": write FACT=VALUES, such as annual_tests=0..900/50",
		text);
}

static enum shk_code no_field(const struct sweeper *sweeper, struct text name)
{
	const char *near = record_field_nearest(sweeper->schema, name);

	return diag_set(sweeper->diag, SHK_E_USAGE,
		"there is no field \"%.*s\"%s%s%s", (int)name.size, name.data,
		near ? "; did you mean \"" : "", near ? near : "",
		near ? "\"?" : "");
}

/* Numbers of the values, if all of them are. */
static enum shk_code axis_numbers(
	const struct sweeper *sweeper, struct sweep_axis *axis)
{
	num *at = arena_zeroed(
		&sweeper->sweep->arena, axis->count + 1, sizeof(*at));

	if (!at)
		return diag_memory(sweeper->diag);
	axis->at = at;
	axis->numbers = true;
	for (size_t i = 0; i < axis->count; i++)
		axis->numbers =
			axis->numbers &&
			num_parse(axis->values[i], strlen(axis->values[i]),
				false, &at[i]) == NUM_PARSED;
	return SHK_OK;
}

static enum shk_code axis_keep(struct sweeper *sweeper,
	const struct cells *cells, int index, struct sweep_axis *axis)
{
	const struct record_field *field = &sweeper->schema->fields[index];
	struct arena *arena = &sweeper->sweep->arena;
	size_t size = cells->count * sizeof(*cells->cells);
	const char **lists[2] = { arena_alloc(arena, size),
		arena_alloc(arena, size) };

	if (!lists[0] || !lists[1])
		return diag_memory(sweeper->diag);
	memcpy(lists[0], cells->cells, size);
	memcpy(lists[1], cells->values, size);
	*axis = (struct sweep_axis){ .fact = field->name,
		.label_ja = field->label_ja,
		.label_en = field->label_en,
		.unit = field->unit ? field->unit : "",
		.count = cells->count,
		.cells = lists[0],
		.values = lists[1] };
	return axis_numbers(sweeper, axis);
}

static enum shk_code axis_read(
	struct sweeper *sweeper, const char *text, struct sweep_axis *axis)
{
	struct cells cells = { .sweeper = sweeper };
	struct text whole = text_of(text);
	enum shk_code code = SHK_E_MEMORY;
	size_t equals;
	int index;

	if (!find(whole, "=", &equals) || equals == 0 ||
		equals + 1 == whole.size)
		return bad_vary(sweeper, text);
	index = record_field_find(sweeper->schema, part(whole, 0, equals));
	if (index < 0)
		return no_field(sweeper, part(whole, 0, equals));
	cells.cells = memory_zeroed(SHK_SWEEP_POINTS_MAX, sizeof(*cells.cells));
	cells.values =
		memory_zeroed(SHK_SWEEP_POINTS_MAX, sizeof(*cells.values));
	if (cells.cells && cells.values)
		code = braces_add(&cells, part(whole, equals + 1, whole.size));
	else
		diag_memory(sweeper->diag);
	if (!code)
		code = axis_keep(sweeper, &cells, index, axis);
	memory_free(cells.cells);
	memory_free(cells.values);
	return code;
}

static enum shk_code axes_read(
	struct sweeper *sweeper, const char *const *vary, size_t count)
{
	shk_sweep *sweep = sweeper->sweep;
	size_t total = 1;

	if (count == 0 || count > SHK_SWEEP_AXES_MAX)
		return diag_set(sweeper->diag, SHK_E_USAGE,
			"one fact or two can vary, not %zu; sweep the others "
			"one after the other",
			count);
	for (size_t i = 0; i < count; i++) {
		enum shk_code code =
			axis_read(sweeper, vary[i], &sweep->axes[i]);

		if (code)
			return code;
		total *= sweep->axes[i].count;
	}
	sweep->axis_count = count;
	if (count > 1 && strcmp(sweep->axes[0].fact, sweep->axes[1].fact) == 0)
		return diag_set(sweeper->diag, SHK_E_USAGE,
			"%s cannot vary twice", sweep->axes[0].fact);
	if (total > SHK_SWEEP_POINTS_MAX)
		return diag_set(sweeper->diag, SHK_E_LIMIT,
			"%zu points; a sweep has %d at most: take greater "
			"steps",
			total, SHK_SWEEP_POINTS_MAX);
	return SHK_OK;
}

static enum shk_code set(
	struct sweeper *sweeper, const struct sweep_axis *axis, size_t at)
{
	enum shk_code code = record_set(&sweeper->record, text_of(axis->fact),
		text_of(axis->cells[at]), sweeper->diag);

	/* what the caller wrote is wrong, not a file */
	if (code != SHK_E_INPUT)
		return code;
	if (sweeper->diag)
		sweeper->diag->code = SHK_E_USAGE;
	return SHK_E_USAGE;
}

static enum shk_code on_result(void *context, const shk_result *result)
{
	struct sweeper *sweeper = context;
	shk_sweep *sweep = sweeper->sweep;
	size_t bytes = 0;

	if (sweep->count == 0) {
		sweep->id = arena_text(
			&sweep->arena, result->id, strlen(result->id));
		sweep->name = arena_text(
			&sweep->arena, result->name, strlen(result->name));
		/* the pricer's own, and it goes away */
		sweep->policy = arena_text(
			&sweep->arena, result->policy, strlen(result->policy));
	}
	if (!sweep->id || !sweep->name || !sweep->policy ||
		!result_copy(&sweep->arena, result,
			&sweep->points[sweep->count], NULL, &bytes))
		return diag_memory(sweeper->diag);
	sweep->count++;
	return SHK_OK;
}

/* Both facts at their places, then the answer. */
static enum shk_code point(struct sweeper *sweeper, size_t first, size_t second)
{
	shk_sweep *sweep = sweeper->sweep;
	struct arena_mark mark = arena_mark(sweeper->record.arena);
	enum shk_code code = set(sweeper, &sweep->axes[0], first);

	if (!code && sweep->axis_count > 1)
		code = set(sweeper, &sweep->axes[1], second);
	if (!code)
		code = shk_pricer_price(sweeper->pricer,
			(const shk_record *)(const void *)&sweeper->record,
			on_result, sweeper, sweeper->diag);
	arena_rewind(sweeper->record.arena, mark);
	return code;
}

static enum shk_code points(struct sweeper *sweeper)
{
	shk_sweep *sweep = sweeper->sweep;
	size_t wide = sweep->axis_count > 1 ? sweep->axes[1].count : 1;
	enum shk_code code = SHK_OK;

	sweep->points = arena_zeroed(&sweep->arena,
		sweep->axes[0].count * wide + 1, sizeof(*sweep->points));
	if (!sweep->points)
		return diag_memory(sweeper->diag);
	for (size_t i = 0; i < sweep->axes[0].count && !code; i++)
		for (size_t k = 0; k < wide && !code; k++)
			code = point(sweeper, i, k);
	return code;
}

static enum shk_code prepare(struct sweeper *sweeper,
	const shk_rulebook *rulebook, const shk_schema *schema,
	const shk_price_options *price, const struct record *from)
{
	shk_price_options options = *price;
	size_t count = sweeper->schema->field_count;
	struct arena *arena = sweeper->record.arena;

	options.steps = options.flips = options.lead_only = options.facts =
		options.values_only = false;
	if (price->decision_count != 1)
		return diag_set(sweeper->diag, SHK_E_USAGE,
			"a sweep is about one decision; name it");
	sweeper->record = *from;
	sweeper->record.arena = arena;
	sweeper->record.values =
		arena_zeroed(arena, count + 1, sizeof(*sweeper->record.values));
	if (!sweeper->record.values)
		return diag_memory(sweeper->diag);
	memcpy(sweeper->record.values, from->values,
		count * sizeof(*from->values));
	return shk_pricer_new(
		&sweeper->pricer, rulebook, schema, &options, sweeper->diag);
}

enum shk_code shk_sweep_run(shk_sweep **out, const shk_rulebook *rulebook,
	const shk_schema *schema, const shk_price_options *price,
	const shk_record *record, const char *const *vary, size_t count,
	shk_diag *diag)
{
	shk_sweep *sweep = memory_zeroed(1, sizeof(*sweep));
	struct sweeper sweeper = {
		.sweep = sweep, .schema = record_schema_of(schema), .diag = diag
	};
	struct arena room; /* of the record */
	enum shk_code code;

	*out = NULL;
	if (!sweep)
		return diag_memory(diag);
	arena_init(&sweep->arena);
	arena_init(&room);
	sweeper.record.arena = &room;
	code = axes_read(&sweeper, vary, count);
	if (!code)
		code = prepare(&sweeper, rulebook, schema, price,
			record_of_const(record));
	if (!code)
		code = points(&sweeper);
	shk_pricer_free(sweeper.pricer);
	arena_release(&room);
	if (code)
		shk_sweep_free(sweep);
	else
		*out = sweep;
	return code;
}

void shk_sweep_free(shk_sweep *sweep)
{
	if (!sweep)
		return;
	arena_release(&sweep->arena);
	memory_free(sweep);
}

size_t shk_sweep_count(const shk_sweep *sweep, enum shk_status status)
{
	size_t count = 0;

	for (size_t i = 0; i < sweep->count; i++)
		count += sweep->points[i].status == status;
	return count;
}
