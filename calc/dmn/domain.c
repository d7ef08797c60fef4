/*
 * Domains: what values a slot may have. Only unary tests that are a choice
 * between constants, or one range or comparison, say something that unknown
 * facts can be explored with; others leave the type alone.
 */
#include "base/date.h"
#include "dmn/model.h"

#include "dmn/evaluator.h"

static enum shk_code no_slots(
	void *context, unsigned slot, struct feel_value *out, shk_diag *diag)
{
	(void)context;
	(void)slot;
	(void)out;
	return diag_set(diag, SHK_E_INTERNAL, "a constant reads a slot");
}

static int no_slot(const void *context, struct text name)
{
	(void)context;
	(void)name;
	return -1;
}

static enum shk_code run_constant(struct dmn_loader *loader,
	const struct feel_program *program, struct feel_value *out)
{
	struct feel_host host = { .load = no_slots };
	struct feel_machine *machine = NULL;

	loader->code =
		feel_machine_new(&machine, loader->arena, &host, loader->diag);
	if (loader->code == SHK_OK)
		loader->code =
			feel_run(machine, program, NULL, out, loader->diag);
	feel_machine_free(machine);
	return loader->code;
}

enum shk_code dmn_constant(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml,
	const struct feel_node *node, struct feel_value *out)
{
	struct feel_globals none = { .slot = no_slot };
	const struct feel_program *program;

	if (node->kind == FEEL_NODE_LITERAL) {
		*out = node->value;
		return SHK_OK;
	}
	loader->code = feel_compile(loader->arena, node, &none, model->path,
		&program, loader->diag);
	if (loader->code != SHK_OK) {
		xml_place(loader->diag, model->path, xml);
		return loader->code;
	}
	return run_constant(loader, program, out);
}

/* A literal, a negative number, or a call such as date("2026-06-01"). */
static bool is_constant(const struct feel_node *node)
{
	size_t i;

	switch (node->kind) {
	case FEEL_NODE_LITERAL:
		return true;
	case FEEL_NODE_NEGATE:
		return node->kids[0]->kind == FEEL_NODE_LITERAL;
	case FEEL_NODE_CALL:
		for (i = 1; i < node->count; i++)
			if (node->kids[i]->kind != FEEL_NODE_LITERAL)
				return false;
		return node->kids[0]->kind == FEEL_NODE_NAME;
	default:
		return false;
	}
}

static bool is_bound(const struct feel_node *node)
{
	return !node || is_constant(node);
}

static bool is_choice(const struct feel_node *test)
{
	return test->kind == FEEL_NODE_MATCH && is_constant(test->kids[0]);
}

static bool is_range(const struct feel_node *test)
{
	const struct feel_node *range = test->kids[0];

	return test->kind == FEEL_NODE_MATCH &&
	       range->kind == FEEL_NODE_RANGE && is_bound(range->kids[0]) &&
	       is_bound(range->kids[1]);
}

static enum shk_code read_choices(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml,
	const struct feel_node *tests, struct dmn_domain *domain)
{
	struct feel_value *values =
		arena_zeroed(loader->arena, tests->count, sizeof(*values));
	size_t i;

	if (!values)
		return dmn_no_memory(loader);
	for (i = 0; i < tests->count; i++)
		if (dmn_constant(loader, model, xml, tests->kids[i]->kids[0],
			    &values[i]) != SHK_OK)
			return loader->code;
	domain->choices = values;
	domain->choice_count = tests->count;
	return SHK_OK;
}

static enum shk_code read_bound(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml,
	const struct feel_node *node, struct feel_value *out)
{
	*out = FEEL_NULL_VALUE;
	return node ? dmn_constant(loader, model, xml, node, out) : SHK_OK;
}

static enum shk_code read_range(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml,
	const struct feel_node *range, struct dmn_domain *domain)
{
	domain->bounded = true;
	domain->range.low_closed = range->low_closed;
	domain->range.high_closed = range->high_closed;
	if (read_bound(loader, model, xml, range->kids[0],
		    &domain->range.low) != SHK_OK)
		return loader->code;
	return read_bound(
		loader, model, xml, range->kids[1], &domain->range.high);
}

/* `> x`, `>= x`, `< x`, `<= x`; others bound nothing. */
static enum shk_code read_comparison(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml,
	const struct feel_node *test, struct dmn_domain *domain)
{
	bool low = test->op == FEEL_GT || test->op == FEEL_GE;
	bool high = test->op == FEEL_LT || test->op == FEEL_LE;

	if (!low && !high)
		return SHK_OK;
	domain->bounded = true;
	domain->range.low = FEEL_NULL_VALUE;
	domain->range.high = FEEL_NULL_VALUE;
	domain->range.low_closed = test->op == FEEL_GE;
	domain->range.high_closed = test->op == FEEL_LE;
	return read_bound(loader, model, xml, test->kids[0],
		low ? &domain->range.low : &domain->range.high);
}

enum shk_code dmn_domain_of_tests(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml,
	const struct feel_node *tests, struct dmn_domain *domain)
{
	const struct feel_node *only;
	size_t i;

	if (tests->kind != FEEL_NODE_TESTS || tests->negated ||
		tests->count == 0)
		return SHK_OK;
	for (i = 0; i < tests->count && is_choice(tests->kids[i]); i++)
		;
	if (i == tests->count)
		return read_choices(loader, model, xml, tests, domain);
	only = tests->kids[0];
	if (tests->count > 1 || only->kind == FEEL_NODE_DASH)
		return SHK_OK;
	if (only->kind == FEEL_NODE_TEST && is_constant(only->kids[0]))
		return read_comparison(loader, model, xml, only, domain);
	if (is_range(only))
		return read_range(loader, model, xml, only->kids[0], domain);
	return SHK_OK;
}

static enum shk_code boolean_choices(
	struct dmn_loader *loader, struct dmn_domain *domain)
{
	struct feel_value *both = arena_zeroed(loader->arena, 2, sizeof(*both));

	if (!both)
		return dmn_no_memory(loader);
	both[0] = feel_boolean(false);
	both[1] = feel_boolean(true);
	domain->choices = both;
	domain->choice_count = 2;
	return SHK_OK;
}

enum shk_code dmn_domain_of_type(struct dmn_loader *loader,
	const struct dmn_type *type, struct dmn_domain *domain)
{
	const struct dmn_type *at = type;
	bool said = false;

	*domain = (struct dmn_domain){ .type = FEEL_NULL };
	for (;; at = at->of) {
		const struct dmn_domain *allowed = &at->allowed_domain;

		domain->list = domain->list || at->list;
		/* the nearest definition that says anything wins */
		if (!said && (allowed->choice_count || allowed->bounded)) {
			domain->choices = allowed->choices;
			domain->choice_count = allowed->choice_count;
			domain->bounded = allowed->bounded;
			domain->range = allowed->range;
			said = true;
		}
		if (!at->of)
			break;
	}
	domain->type = at->base;
	if (domain->type == FEEL_LIST) {
		domain->type = FEEL_NULL;
		domain->list = true;
	}
	if (domain->type == FEEL_BOOLEAN && !said)
		return boolean_choices(loader, domain);
	return SHK_OK;
}

bool dmn_domain_same(const struct dmn_domain *a, const struct dmn_domain *b)
{
	size_t i;

	if (a->type != b->type || a->list != b->list ||
		a->choice_count != b->choice_count || a->bounded != b->bounded)
		return false;
	for (i = 0; i < a->choice_count; i++)
		if (!feel_same(&a->choices[i], &b->choices[i]))
			return false;
	return !a->bounded ||
	       (a->range.low_closed == b->range.low_closed &&
		       a->range.high_closed == b->range.high_closed &&
		       feel_same(&a->range.low, &b->range.low) &&
		       feel_same(&a->range.high, &b->range.high));
}

/* A number or date of which nothing but its bounds is known. */
/*
 * A date always has the bounds of the calendar, so that a comparison can tell
 * the unknown from a number.
 */
static void as_interval(
	struct feel_unknown *unknown, const struct dmn_domain *domain)
{
	struct feel_range *range = &unknown->interval;

	unknown->shape = FEEL_INTERVAL;
	range->low = FEEL_NULL_VALUE;
	range->high = FEEL_NULL_VALUE;
	if (domain->bounded)
		*range = domain->range;
	if (domain->type != FEEL_DATE)
		return;
	if (range->low.type == FEEL_NULL) {
		range->low = feel_date(date_days(1, 1, 1));
		range->low_closed = true;
	}
	if (range->high.type == FEEL_NULL) {
		range->high = feel_date(date_days(9999, 12, 31));
		range->high_closed = true;
	}
}

/* More choices than an unknown remembers: the span of the numbers. */
static void as_span(
	struct feel_unknown *unknown, const struct dmn_domain *domain)
{
	size_t i;

	unknown->shape = FEEL_INTERVAL;
	unknown->interval.low = domain->choices[0];
	unknown->interval.high = domain->choices[0];
	unknown->interval.low_closed = true;
	unknown->interval.high_closed = true;
	for (i = 1; i < domain->choice_count; i++) {
		const struct feel_value *value = &domain->choices[i];
		int order;

		if (feel_order(value, &unknown->interval.low, &order) &&
			order < 0)
			unknown->interval.low = *value;
		if (feel_order(value, &unknown->interval.high, &order) &&
			order > 0)
			unknown->interval.high = *value;
	}
}

static bool is_ordered(const struct dmn_domain *domain)
{
	size_t i;

	if (domain->type != FEEL_NUMBER && domain->type != FEEL_DATE)
		return false;
	for (i = 0; i < domain->choice_count; i++)
		if (domain->choices[i].type != domain->type)
			return false;
	return true;
}

static void set_shape(struct feel_unknown *unknown,
	const struct dmn_domain *domain, const struct feel_value *both)
{
	bool ordered = !domain->list && is_ordered(domain);

	unknown->shape = FEEL_ANYTHING;
	unknown->slot = -1;
	if (domain->list)
		return;
	if (domain->type == FEEL_BOOLEAN && domain->choice_count == 0) {
		unknown->shape = FEEL_CHOICE;
		unknown->choices = both;
		unknown->choice_count = 2;
	} else if (domain->choice_count > 0 &&
		   domain->choice_count <= FEEL_CHOICES_MAX) {
		unknown->shape = FEEL_CHOICE;
		unknown->choices = domain->choices;
		unknown->choice_count = domain->choice_count;
	} else if (ordered && domain->choice_count > 0) {
		as_span(unknown, domain);
	} else if (ordered) {
		as_interval(unknown, domain);
	}
}

enum shk_code dmn_unknown(struct arena *arena, unsigned slot,
	const struct dmn_domain *domain, struct feel_value *out)
{
	struct feel_unknown *unknown = arena_zeroed(arena, 1, sizeof(*unknown));
	struct feel_value *both = arena_zeroed(arena, 2, sizeof(*both));

	if (!unknown || !both)
		return SHK_E_MEMORY;
	both[0] = feel_boolean(false);
	both[1] = feel_boolean(true);
	feel_set_add(&unknown->reasons, slot);
	set_shape(unknown, domain, both);
	unknown->offset = NUM_ZERO;
	unknown->slope = NUM_ZERO;
	if (!domain->list && is_ordered(domain)) {
		unknown->slot = (int)slot;
		unknown->slope = NUM_ONE;
	}
	*out = (struct feel_value){ .type = FEEL_UNKNOWN };
	out->u.unknown = unknown;
	return SHK_OK;
}
