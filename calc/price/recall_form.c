/*
 * Forms of a remembered answer: kept, compared, worked out, alone or in a row
 * that works out each once. They use the very operations of num/ that the
 * rules use, in the same order.
 */
#include "price/recall_inside.h"

#include <string.h>

struct keeping {
	struct arena *arena;
	const struct job *job;
	const struct reads *reads;
	const struct feel_notes *notes;
	bool *failed;
};

static const struct recall_form *keep(
	const struct keeping *keeping, uint16_t index, unsigned depth)
{
	const struct feel_form *from = &keeping->notes->forms[index];
	struct recall_form *form;

	if (depth == RECALL_DEPTH_MAX)
		return NULL;
	form = arena_zeroed(keeping->arena, 1, sizeof(*form));
	if (!form) {
		*keeping->failed = true;
		return NULL;
	}
	form->kind = from->kind;
	form->mode = from->mode;
	form->scale = from->scale;
	form->number = from->number;
	if (from->kind == FEEL_FORM_FACT) {
		form->place =
			recall_place(keeping->job, keeping->reads, from->slot);
		return form->place == RECALL_NO_PLACE ? NULL : form;
	}
	if (from->a)
		form->a = keep(keeping, from->a, depth + 1);
	if (from->b)
		form->b = keep(keeping, from->b, depth + 1);
	return (from->a && !form->a) || (from->b && !form->b) ? NULL : form;
}

const struct recall_form *recall_form_keep(struct arena *arena,
	const struct job *job, const struct reads *reads,
	const struct feel_notes *notes, uint16_t index, bool *failed)
{
	const struct keeping keeping = { arena, job, reads, notes, failed };

	return keep(&keeping, index, 0);
}

bool recall_form_same(const struct recall_form *a, const struct recall_form *b)
{
	if (a == b)
		return true;
	if (!a || !b || a->kind != b->kind || a->mode != b->mode ||
		a->scale != b->scale || a->place != b->place)
		return false;
	if (a->kind == FEEL_FORM_NUMBER)
		return num_compare(a->number, b->number) == 0;
	return recall_form_same(a->a, b->a) && recall_form_same(a->b, b->b);
}

static num operate(const struct recall_sum *by, num a, num b, unsigned *status)
{
	switch ((enum feel_form_kind)by->kind) {
	case FEEL_FORM_ADD:
		return num_add(a, b, status);
	case FEEL_FORM_SUBTRACT:
		return num_subtract(a, b, status);
	case FEEL_FORM_MULTIPLY:
		return num_multiply(a, b, status);
	case FEEL_FORM_DIVIDE:
		return num_divide(a, b, status);
	case FEEL_FORM_POWER:
		return num_power(a, b, status);
	case FEEL_FORM_NEGATE:
		return num_negate(a);
	case FEEL_FORM_MARGIN:
		return num_rounding_margin(
			a, by->scale, (enum num_rounding)by->mode);
	default: /* the rounding itself may well be inexact */
		a = num_round(
			a, by->scale, (enum num_rounding)by->mode, status);
		*status &= ~NUM_INEXACT;
		return a;
	}
}

bool recall_form_value(
	const struct recall_form *form, const num *numbers, num *out)
{
	const struct recall_sum by = {
		.kind = form->kind, .mode = form->mode, .scale = form->scale
	};
	num a = NUM_ZERO, b = NUM_ZERO;
	unsigned status = 0;

	if (form->kind == FEEL_FORM_NUMBER) {
		*out = form->number;
		return true;
	}
	if (form->kind == FEEL_FORM_FACT) {
		*out = numbers[form->place];
		return true;
	}
	if (!recall_form_value(form->a, numbers, &a) ||
		(form->b && !recall_form_value(form->b, numbers, &b)))
		return false;
	*out = operate(&by, a, b, &status);
	return status == 0;
}

void recall_sums_begin(struct recall_summing *summing, const struct job *job,
	const struct reads *reads, const struct feel_notes *notes)
{
	summing->job = job;
	summing->reads = reads;
	summing->notes = notes;
	summing->count = 0;
	memset(summing->places, 0,
		(notes->form_count + 1) * sizeof(*summing->places));
}

/* A new one at the end of the row; its place, or -1. */
static int sum_add(
	struct recall_summing *summing, struct recall_sum sum, num number)
{
	if (summing->count == RECALL_SUMS_MAX)
		return -1;
	summing->items[summing->count] = sum;
	summing->numbers[summing->count] = number;
	return (int)summing->count++;
}

static int sum_place(
	struct recall_summing *summing, uint16_t index, unsigned depth)
{
	const struct feel_form *from = &summing->notes->forms[index];
	struct recall_sum sum = {
		.kind = from->kind, .mode = from->mode, .scale = from->scale
	};
	int a = 0, b = 0, place;

	if (summing->places[index] > 0)
		return summing->places[index] - 1;
	if (depth == RECALL_DEPTH_MAX)
		return -1;
	if (from->kind == FEEL_FORM_FACT) {
		sum.place =
			recall_place(summing->job, summing->reads, from->slot);
		if (sum.place == RECALL_NO_PLACE)
			return -1;
	}
	if (from->a)
		a = b = sum_place(summing, from->a, depth + 1);
	if (from->b)
		b = sum_place(summing, from->b, depth + 1);
	if (a < 0 || b < 0)
		return -1;
	sum.a = (uint16_t)a;
	sum.b = (uint16_t)b;
	place = sum_add(summing, sum, from->number);
	summing->places[index] = (uint16_t)(place + 1);
	return place;
}

int recall_sums_add(struct recall_summing *summing, uint16_t index)
{
	return sum_place(summing, index, 0);
}

bool recall_sums_work_out(const struct recall_sums *sums, const num *numbers)
{
	unsigned all = 0;

	for (size_t i = 0; i < sums->count; i++) {
		const struct recall_sum *sum = &sums->items[i];
		num *out = &sums->numbers[i];
		unsigned status = 0; /* a rounding forgives its own only */

		if (sum->kind == FEEL_FORM_FACT)
			*out = numbers[sum->place];
		else if (sum->kind != FEEL_FORM_NUMBER)
			*out = operate(sum, sums->numbers[sum->a],
				sums->numbers[sum->b], &status);
		all |= status;
	}
	return all == 0;
}
