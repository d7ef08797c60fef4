/*
 * Forms of a remembered answer: kept, compared, worked out. They use the very
 * operations of num/ that the rules use, in the same order.
 */
#include "price/recall_inside.h"

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

static num operate(
	const struct recall_form *form, num a, num b, unsigned *status)
{
	switch ((enum feel_form_kind)form->kind) {
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
			a, form->scale, (enum num_rounding)form->mode);
	default: /* the rounding itself may well be inexact */
		a = num_round(
			a, form->scale, (enum num_rounding)form->mode, status);
		*status &= ~NUM_INEXACT;
		return a;
	}
}

bool recall_form_value(
	const struct recall_form *form, const num *numbers, num *out)
{
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
	*out = operate(form, a, b, &status);
	return status == 0;
}
