/*
 * Built-ins on numbers: conversion, rounding (each a step of the trace),
 * remainders and roots, and sums and extremes of lists.
 */
#include "feel/builtin_bodies.h"
#include "feel/inexact.h"

#include <string.h>

#include "feel/temporal.h"

/* One of the separators of number(): one byte of `allowed`, 0 for null. */
static bool separator(
	const struct feel_value *value, const char *allowed, char *out)
{
	*out = 0;
	if (value->type == FEEL_NULL)
		return true;
	if (value->type != FEEL_STRING || value->size != 1 ||
		!value->u.string[0] || !strchr(allowed, value->u.string[0]))
		return false;
	*out = value->u.string[0];
	return true;
}

/* Copy without the grouping and with a point as the decimal separator. */
static char *plain_digits(struct feel_env *env, const struct feel_value *from,
	char grouping, char point, size_t *size)
{
	char *text = feel_alloc(env, from->size + 1u, 1);

	*size = 0;
	for (uint32_t i = 0; text && i < from->size; i++) {
		char c = from->u.string[i];

		if (grouping && c == grouping)
			continue;
		if (point && c == point)
			c = '.';
		else if (point && c == '.')
			c = '?'; /* a point that separates nothing */
		text[(*size)++] = c;
	}
	return text;
}

void feel_b_number(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	char grouping = 0;
	char point = 0;
	size_t size;
	const char *text;
	num number;

	(void)builtin;
	if (count == 1 && args[0].type == FEEL_NUMBER) {
		*out = args[0];
		return;
	}
	if (args[0].type != FEEL_STRING ||
		(count > 1 && !separator(&args[1], " ,.", &grouping)) ||
		(count > 2 && !separator(&args[2], ".,", &point)) ||
		(grouping && grouping == point))
		return;
	text = plain_digits(env, &args[0], grouping, point, &size);
	if (text && num_parse(text, size, true, &number) == NUM_PARSED)
		*out = feel_number(number);
}

struct rounding {
	int scale;
	enum num_rounding mode;
};

static bool round_end(
	const void *context, const struct feel_value *in, num *out)
{
	const struct rounding *rounding = context;
	unsigned status = 0;

	*out = num_round(
		in->u.number, rounding->scale, rounding->mode, &status);
	return (status & ~NUM_INEXACT) == 0;
}

/*
 * The call that is being run, and whether the next one makes a text of it. The
 * frame was saved at the operand of the call's instruction.
 */
static void rounding_site(const struct feel_env *env, struct feel_step *step)
{
	const struct feel_frame *frame;
	const uint32_t *pc;

	if (!env->machine || env->machine->frame_count == 0)
		return;
	frame = &env->machine->frames[env->machine->frame_count - 1];
	pc = frame->pc;
	step->site = pc;
	step->program = frame->program;
	step->in_text = FEEL_OPCODE(pc[-1]) == OP_BUILTIN &&
			FEEL_OPCODE(pc[1]) == OP_BUILTIN &&
			FEEL_OPERAND(pc[1]) == 1 &&
			strcmp(feel_builtin_at(pc[2])->name, "string") == 0;
}

static void tell_rounding(const struct feel_env *env, const char *name,
	const struct feel_value *before, const struct rounding *rounding,
	struct feel_value *after)
{
	struct feel_step step;

	memset(&step, 0, sizeof(step));
	step.margin = feel_number(num_rounding_margin(
		before->u.number, rounding->scale, rounding->mode));
	if (env->notes)
		feel_note_round(env->notes, rounding->scale, rounding->mode,
			before, after, &step.margin);
	if (!env->host || !env->host->step)
		return;
	step.kind = FEEL_STEP_ROUND;
	step.name = text_of(name);
	step.mark = FEEL_NO_MARK;
	step.before = *before;
	step.scale = feel_number(num_from_int(rounding->scale));
	step.after = *after;
	/* an exact result is one that every number within the error has */
	step.proved = !after->inexact && !env->doubt;
	step.mode = rounding->mode;
	rounding_site(env, &step);
	env->host->step(env->host->context, &step);
}

static bool scale_of(const struct feel_value *value, int *scale)
{
	unsigned status = 0;
	int64_t whole;

	if (value->type != FEEL_NUMBER ||
		!num_to_int(num_round(value->u.number, 0, NUM_DOWN, &status),
			&whole) ||
		whole < -6111 || whole > 6176)
		return false;
	*scale = (int)whole;
	return true;
}

static void round_mapped(struct feel_env *env, const void *context,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	const struct rounding *rounding = context;
	struct num_bounded number;
	unsigned status = 0;
	bool proved;

	(void)count;
	*out = FEEL_NULL_VALUE;
	if (args[0].type != FEEL_NUMBER)
		return;
	number = num_bounded_round(feel_bounded(&args[0]), rounding->scale,
		rounding->mode, &proved, &status);
	*out = feel_from_bounded(number, status);
	if (env->notes)
		feel_note_round(env->notes, rounding->scale, rounding->mode,
			&args[0], out, NULL);
}

/* One unit of the last place that `scale` keeps. */
static num one_unit(int scale)
{
	unsigned status = 0;

	return num_power(
		num_from_int(10), num_from_int(-(int64_t)scale), &status);
}

/* This rounding otherwise, or one that was left out before behind this one. */
static void round_otherwise(struct feel_env *env,
	const struct feel_value *before, struct rounding *own,
	struct feel_value *out)
{
	struct feel_rounding *asked = env->rounding;
	size_t number = asked->count++;
	struct rounding late = { asked->scale, asked->own };
	struct feel_value value = *out;
	unsigned status = 0;

	if (asked->other == FEEL_BEHIND && number == asked->behind &&
		number > asked->at) {
		round_mapped(env, &late, &value, 1, out);
		asked->moved = true;
	}
	if (number != asked->at)
		return;
	asked->scale = own->scale;
	asked->own = own->mode;
	switch (asked->other) {
	case FEEL_AS_IS:
		break;
	case FEEL_OTHER_MODE:
		own->mode = asked->mode;
		round_mapped(env, own, before, 1, out);
		break;
	case FEEL_LEFT_OUT:
	case FEEL_BEHIND:
		*out = *before;
		break;
	case FEEL_ONE_MORE:
		out->u.number =
			num_add(out->u.number, one_unit(own->scale), &status);
		break;
	}
}

void feel_b_round(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct rounding rounding = { 0, (enum num_rounding)builtin->detail };

	if (args[0].type == FEEL_NULL)
		return;
	if (count > 1 && args[1].type == FEEL_UNKNOWN) {
		feel_anything(env, args, count, out);
		return;
	}
	if (count > 1 && !scale_of(&args[1], &rounding.scale))
		return;
	if (count > 1)
		feel_doubt_digits(env, &args[1], 1);
	if (args[0].type == FEEL_UNKNOWN) {
		if (!feel_map_choices(
			    env, round_mapped, &rounding, args, 1, out))
			feel_unknown_monotone(
				env, round_end, &rounding, args, out);
		return;
	}
	round_mapped(env, &rounding, args, 1, out);
	if (out->type == FEEL_NUMBER && env->rounding)
		round_otherwise(env, args, &rounding, out);
	if (out->type == FEEL_NUMBER)
		tell_rounding(env, builtin->name, args, &rounding, out);
}

static void abs_mapped(struct feel_env *env, const void *context,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)env;
	(void)context;
	(void)count;
	*out = FEEL_NULL_VALUE;
	if (args[0].type == FEEL_YEARS_DURATION)
		*out = feel_years_duration(args[0].u.months < 0
						   ? -args[0].u.months
						   : args[0].u.months);
	if (args[0].type != FEEL_NUMBER && args[0].type != FEEL_DAYS_DURATION)
		return;
	*out = args[0];
	out->u.number = num_absolute(args[0].u.number);
}

void feel_b_abs(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)builtin;
	if (args[0].type != FEEL_UNKNOWN)
		abs_mapped(env, NULL, args, count, out);
	else if (!feel_map_choices(env, abs_mapped, NULL, args, 1, out))
		feel_unknown_absolute(env, args, out);
}

void feel_b_modulo(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	unsigned status = 0;
	struct num_bounded result;

	(void)env;
	(void)builtin;
	(void)count;
	if (args[0].type != FEEL_NUMBER || args[1].type != FEEL_NUMBER)
		return;
	result = num_bounded_modulo(
		feel_bounded(&args[0]), feel_bounded(&args[1]), &status);
	*out = feel_from_bounded(result, status);
}

static void root_mapped(struct feel_env *env, const void *context,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	*out = FEEL_NULL_VALUE;
	feel_b_root(env, context, args, count, out);
}

static void root_unknown(struct feel_env *env,
	const struct feel_builtin *builtin, const struct feel_value *args,
	struct feel_value *out)
{
	static num (*const curves[])(num, unsigned *) = { num_square_root,
		num_logarithm, num_exponential };

	if (!feel_map_choices(env, root_mapped, builtin, args, 1, out))
		feel_unknown_curve(env, curves[builtin->detail], args, out);
}

void feel_b_root(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	static struct num_bounded (*const functions[])(
		struct num_bounded, unsigned *) = { num_bounded_square_root,
		num_bounded_logarithm, num_bounded_exponential };
	unsigned status = 0;
	struct num_bounded result;

	(void)count;
	if (args[0].type == FEEL_UNKNOWN) {
		root_unknown(env, builtin, args, out);
		return;
	}
	if (args[0].type != FEEL_NUMBER)
		return;
	result = functions[builtin->detail](feel_bounded(&args[0]), &status);
	*out = feel_from_bounded(result, status);
}

void feel_b_parity(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	unsigned status = 0;
	num rest;

	(void)env;
	(void)count;
	if (args[0].type != FEEL_NUMBER || !num_is_integer(args[0].u.number))
		return;
	rest = num_modulo(args[0].u.number, num_from_int(2), &status);
	*out = feel_boolean(num_is_zero(rest) == (builtin->detail == 0));
}

/* Combine all items with `op`; null items and other types give null. */
static void combine(struct feel_env *env, enum feel_op op,
	const struct feel_value *list, struct feel_value *out)
{
	/* neutral: an unknown that may be no number is not taken as it is */
	struct feel_value total =
		feel_number(op == FEEL_ADD ? NUM_ZERO : NUM_ONE);

	if (list->type != FEEL_LIST || list->size == 0)
		return;
	for (uint32_t i = 0; i < list->size; i++) {
		const struct feel_value *item = &list->u.items[i];

		if (item->type != FEEL_NUMBER && item->type != FEEL_UNKNOWN)
			return;
		if (i == 0 && item->type == FEEL_NUMBER)
			total = *item;
		else
			feel_binary(env, op, &total, item, &total);
	}
	*out = total;
}

void feel_b_sum(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)builtin;
	(void)count;
	if (args[0].type == FEEL_UNKNOWN)
		feel_anything(env, args, 1, out);
	else
		combine(env, FEEL_ADD, args, out);
}

void feel_b_product(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)builtin;
	(void)count;
	combine(env, FEEL_MULTIPLY, args, out);
}

void feel_b_mean(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct feel_value items = feel_number(num_from_int(args[0].size));

	(void)builtin;
	(void)count;
	combine(env, FEEL_ADD, args, out);
	if (out->type != FEEL_NULL)
		feel_binary(env, FEEL_DIVIDE, out, &items, out);
}

void feel_b_extreme(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	const struct feel_value *list = &args[0];
	struct feel_value best;

	(void)count;
	if (list->size == 0)
		return;
	best = list->u.items[0];
	for (uint32_t i = 1; i < list->size; i++) {
		const struct feel_value sides[2] = { best, list->u.items[i] };

		feel_extreme(env, builtin->detail != 0, sides, &best);
	}
	if (best.type == FEEL_NUMBER || best.type == FEEL_STRING ||
		temporal_is(best.type) || best.type == FEEL_UNKNOWN)
		*out = best;
}

/* In whatever order they stand, no order moves more than its items. */
static void keep_errors(
	const struct feel_value *items, uint32_t size, struct feel_value *out)
{
	struct num_bounded most = { NUM_ZERO, 0 };

	for (uint32_t i = 0; i < size; i++) {
		struct num_bounded item = feel_bounded(&items[i]);

		if (item.error == NUM_ERROR_UNKNOWN)
			most.error = NUM_ERROR_UNKNOWN;
		else if (num_compare(num_error_size(item), most.value) > 0)
			most.value = num_error_size(item);
	}
	if (out->type != FEEL_NUMBER)
		return;
	*out = feel_from_bounded(
		most.error ? (struct num_bounded){ out->u.number, most.error }
			   : num_bounded_widen(feel_bounded(out), most.value),
		0);
}

void feel_b_median(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	const struct feel_value two = feel_number(num_from_int(2));
	struct feel_value sorted = FEEL_NULL_VALUE;
	const struct feel_value *items;
	uint32_t size = args[0].size;

	(void)builtin;
	(void)count;
	if (size == 0)
		return;
	for (uint32_t i = 0; i < size; i++)
		if (args[0].u.items[i].type != FEEL_NUMBER)
			return;
	feel_b_sort(env, NULL, args, 1, &sorted);
	if (sorted.type != FEEL_LIST)
		return;
	items = sorted.u.items;
	*out = items[size / 2];
	if (size % 2 == 0) {
		feel_binary(env, FEEL_ADD, &items[size / 2 - 1],
			&items[size / 2], out);
		feel_binary(env, FEEL_DIVIDE, out, &two, out);
	}
	keep_errors(items, size, out);
}
