/*
 * From names to slots: the models of each revision are loaded into one graph,
 * every slot learns what it stands for, and every decision of rulebook.xml is
 * tied to the slots of its outputs. A name that leads nowhere is an error.
 */
#include <string.h>

#include "rulebook/loader.h"

/*
 * Slot of a DMN decision that rulebook.xml names at `line`; "" is
 * RULEBOOK_NONE.
 */
static enum shk_code slot_of(struct loader *loader,
	const struct rulebook_revision *revision, long line, const char *name,
	uint32_t *slot)
{
	int found;

	*slot = RULEBOOK_NONE;
	if (!*name)
		return SHK_OK;
	found = dmn_slot_find(revision->graph, text_of(name));
	if (found < 0)
		return loader_fail_at(loader, line,
			"there is no decision \"%s\" in the models of revision "
			"%s",
			name, revision->id);
	*slot = (uint32_t)found;
	return SHK_OK;
}

static int constant_find(const shk_rulebook *book, struct text name)
{
	for (size_t i = 0; i < book->constant_count; i++)
		if (text_is(name, book->constants[i].name))
			return (int)i;
	return -1;
}

static int auxiliary_find(const shk_rulebook *book, struct text name)
{
	for (size_t i = 0; i < book->auxiliary_count; i++)
		if (text_is(name, book->auxiliaries[i].name))
			return (int)i;
	return -1;
}

static void derived_bind(
	const shk_rulebook *book, struct text name, struct rulebook_slot *slot)
{
	slot->role = RULEBOOK_DERIVED;
	for (size_t i = 0; i < book->given_count; i++) {
		if (!text_is(name, book->givens[i].of))
			continue;
		slot->given = true;
		slot->ask = book->givens[i].ask;
		slot->reported_as = book->givens[i].field;
	}
}

static enum shk_code auxiliary_bind(struct loader *loader,
	const struct rulebook_revision *revision, struct rulebook_slot *slot)
{
	const struct rulebook_auxiliary *auxiliary =
		&loader->book->auxiliaries[slot->index];
	enum shk_code code;

	slot->reported_as =
		auxiliary->presence ? auxiliary->name : auxiliary->reported_as;
	code = slot_of(loader, revision, auxiliary->line, auxiliary->low_of,
		&slot->low_of);
	if (!code)
		code = slot_of(loader, revision, auxiliary->line,
			auxiliary->high_of, &slot->high_of);
	return code;
}

static enum shk_code fact_bind(struct loader *loader,
	const struct rulebook_revision *revision, struct text name,
	struct rulebook_slot *slot)
{
	const shk_rulebook *book = loader->book;

	slot->role = RULEBOOK_FACT;
	for (size_t i = 0; i < book->candidates_count; i++)
		if (text_is(name, book->candidates[i].field))
			return slot_of(loader, revision,
				book->candidates[i].line,
				book->candidates[i].of, &slot->candidates);
	return SHK_OK;
}

static enum shk_code slot_bind(struct loader *loader,
	const struct rulebook_revision *revision, const struct dmn_slot *from,
	struct rulebook_slot *slot)
{
	const shk_rulebook *book = loader->book;
	int at;

	slot->mark = slot->candidates = RULEBOOK_NONE;
	slot->low_of = slot->high_of = RULEBOOK_NONE;
	slot->reported_as =
		arena_text(loader->arena, from->name.data, from->name.size);
	if (!slot->reported_as)
		return diag_memory(loader->diag);
	if (from->kind != DMN_INPUT) {
		derived_bind(book, from->name, slot);
		return SHK_OK;
	}
	if ((at = constant_find(book, from->name)) >= 0) {
		slot->role = RULEBOOK_CONSTANT;
		slot->index = (uint32_t)at;
		return SHK_OK;
	}
	if ((at = rulebook_parameter_find(book, from->name)) >= 0) {
		slot->role = RULEBOOK_PARAMETER;
		slot->index = (uint32_t)at;
		slot->mark = (uint32_t)(revision->mark_count -
					book->parameter_count + (size_t)at);
		return SHK_OK;
	}
	if ((at = auxiliary_find(book, from->name)) >= 0) {
		slot->role = RULEBOOK_AUXILIARY;
		slot->index = (uint32_t)at;
		return auxiliary_bind(loader, revision, slot);
	}
	return fact_bind(loader, revision, from->name, slot);
}

/* Facts, and decisions that a fact may replace, reached from `slot`. */
static void reach(const struct rulebook_revision *revision, uint32_t slot,
	struct feel_set *seen, struct feel_set *inputs)
{
	const struct rulebook_slot *role;
	const struct feel_set *needs;

	if (slot == RULEBOOK_NONE || feel_set_has(seen, slot))
		return;
	needs = &revision->graph->slots[slot].needs;
	feel_set_add(seen, slot);
	role = &revision->slots[slot];
	if (role->role == RULEBOOK_FACT || role->given)
		feel_set_add(inputs, slot);
	reach(revision, role->candidates, seen, inputs);
	reach(revision, role->low_of, seen, inputs);
	reach(revision, role->high_of, seen, inputs);
	for (uint32_t i = 0; i < FEEL_SLOTS_MAX; i++) {
		uint64_t rest = needs->bits[i / 64] >> (i % 64);

		if (rest == 0)
			i |= 63; /* none among these 64 */
		else if (rest & 1)
			reach(revision, i, seen, inputs);
	}
}

/* Neither a parameter nor an auxiliary among what the slots may read. */
static bool is_pure(const struct rulebook_slot *slots,
	const struct feel_set *reached, size_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (feel_set_has(reached, i) &&
			(slots[i].role == RULEBOOK_PARAMETER ||
				slots[i].role == RULEBOOK_AUXILIARY))
			return false;
	return true;
}

static void purity_bind(
	struct rulebook_revision *revision, struct rulebook_slot *slots)
{
	size_t count = revision->graph->slot_count;

	for (uint32_t i = 0; i < count; i++) {
		struct feel_set reached = { { 0 } }, inputs = { { 0 } };

		if (!slots[i].given)
			continue;
		reach(revision, i, &reached, &inputs);
		slots[i].pure = is_pure(slots, &reached, count);
	}
}

static enum shk_code slots_bind(
	struct loader *loader, struct rulebook_revision *revision)
{
	struct rulebook_slot *slots = arena_zeroed(
		loader->arena, revision->graph->slot_count + 1, sizeof(*slots));
	enum shk_code code = SHK_OK;

	if (!slots)
		return diag_memory(loader->diag);
	revision->slots = slots;
	for (size_t i = 0; i < revision->graph->slot_count && !code; i++)
		code = slot_bind(loader, revision, &revision->graph->slots[i],
			&slots[i]);
	if (!code)
		purity_bind(revision, slots);
	return code;
}

static enum shk_code bound_holds(struct loader *loader,
	const struct rulebook_revision *revision,
	const struct rulebook_output *output, struct rulebook_bound *bound,
	struct rulebook_bound_output *to)
{
	uint32_t *slots = arena_zeroed(
		loader->arena, output->hold_count + 1, sizeof(*slots));

	if (!slots)
		return diag_memory(loader->diag);
	to->holds = slots;
	for (size_t i = 0; i < output->hold_count; i++) {
		enum shk_code code = slot_of(loader, revision, output->line,
			output->holds[i], &slots[i]);

		if (code)
			return code;
		reach(revision, slots[i], &bound->reached, &bound->inputs);
	}
	return SHK_OK;
}

static enum shk_code bound_output(struct loader *loader,
	const struct rulebook_revision *revision,
	const struct rulebook_output *output, struct rulebook_bound *bound,
	struct rulebook_bound_output *to)
{
	enum shk_code code =
		slot_of(loader, revision, output->line, output->of, &to->slot);

	if (!code)
		code = slot_of(loader, revision, output->line, output->when,
			&to->when);
	if (!code)
		code = bound_holds(loader, revision, output, bound, to);
	if (code)
		return code;
	if (to->slot != RULEBOOK_NONE &&
		!revision->graph->slots[to->slot].logic)
		return loader_fail_at(loader, output->line,
			"the output \"%s\" is the decision \"%s\", which has "
			"no "
			"logic in revision %s",
			output->name, output->of, revision->id);
	reach(revision, to->slot, &bound->reached, &bound->inputs);
	reach(revision, to->when, &bound->reached, &bound->inputs);
	return SHK_OK;
}

static enum shk_code bound_outputs(struct loader *loader,
	const struct rulebook_revision *revision,
	const struct rulebook_decision *decision, struct rulebook_bound *bound)
{
	struct rulebook_bound_output *outputs = arena_zeroed(
		loader->arena, decision->output_count + 1, sizeof(*outputs));
	enum shk_code code = SHK_OK;

	if (!outputs)
		return diag_memory(loader->diag);
	bound->outputs = outputs;
	for (size_t i = 0; i < decision->output_count && !code; i++)
		code = bound_output(loader, revision, &decision->outputs[i],
			bound, &outputs[i]);
	reach(revision, bound->applicability, &bound->reached, &bound->inputs);
	reach(revision, bound->caveats, &bound->reached, &bound->inputs);
	reach(revision, bound->alternatives, &bound->reached, &bound->inputs);
	return code;
}

/*
 * A decision that the load did not want: the outputs that happen to be here,
 * since steps of the wanted ones are told with their labels.
 */
static enum shk_code bound_beside(struct loader *loader,
	const struct rulebook_revision *revision,
	const struct rulebook_decision *decision, struct rulebook_bound *bound)
{
	struct rulebook_bound_output *outputs = arena_zeroed(
		loader->arena, decision->output_count + 1, sizeof(*outputs));

	if (!outputs)
		return diag_memory(loader->diag);
	bound->outputs = outputs;
	for (size_t i = 0; i < decision->output_count; i++) {
		int slot = dmn_slot_find(
			revision->graph, text_of(decision->outputs[i].of));

		outputs[i].when = RULEBOOK_NONE;
		outputs[i].slot = slot < 0 ? RULEBOOK_NONE : (uint32_t)slot;
	}
	return SHK_OK;
}

static enum shk_code decision_bind(struct loader *loader,
	const struct rulebook_revision *revision,
	const struct rulebook_decision *decision, struct rulebook_bound *bound)
{
	enum shk_code code = slot_of(loader, revision, decision->line,
		decision->applicability, &bound->applicability);

	if (!code)
		code = slot_of(loader, revision, decision->line,
			decision->caveats, &bound->caveats);
	if (!code)
		code = slot_of(loader, revision, decision->line,
			decision->alternatives, &bound->alternatives);
	if (!code)
		code = bound_outputs(loader, revision, decision, bound);
	return code;
}

static enum shk_code decisions_bind(struct loader *loader, size_t at)
{
	const shk_rulebook *book = loader->book;
	struct rulebook_revision *revision = &loader->book->revisions[at];
	struct rulebook_bound *bound = arena_zeroed(
		loader->arena, book->decision_count, sizeof(*bound));
	enum shk_code code;

	if (!bound)
		return diag_memory(loader->diag);
	revision->bound = bound;
	for (size_t i = 0; i < book->decision_count; i++) {
		const struct rulebook_decision *decision = &book->decisions[i];

		bound[i].present = *decision->models[at] != '\0';
		if (!bound[i].present)
			continue;
		bound[i].ready = !loader->wanted || loader->wanted[i];
		code = bound[i].ready ? decision_bind(loader, revision,
						decision, &bound[i])
				      : bound_beside(loader, revision, decision,
						&bound[i]);
		if (code)
			return code;
	}
	return SHK_OK;
}

static bool any_has(const shk_rulebook *book, const char *name)
{
	for (size_t i = 0; i < book->revision_count; i++)
		if (dmn_slot_find(book->revisions[i].graph, text_of(name)) >= 0)
			return true;
	return false;
}

/* What stands for an element of the models must be one in some revision. */
static enum shk_code names_bind(struct loader *loader)
{
	const shk_rulebook *book = loader->book;

	for (size_t i = 0; i < book->given_count; i++)
		if (!any_has(book, book->givens[i].of))
			return loader_fail_at(loader, book->givens[i].line,
				"there is no decision \"%s\" in any model",
				book->givens[i].of);
	for (size_t i = 0; i < book->candidates_count; i++)
		if (!any_has(book, book->candidates[i].field))
			return loader_fail_at(loader, book->candidates[i].line,
				"there is no input \"%s\" in any model",
				book->candidates[i].field);
	for (size_t i = 0; i < book->auxiliary_count; i++)
		if (!any_has(book, book->auxiliaries[i].name))
			return loader_fail_at(loader, book->auxiliaries[i].line,
				"there is no input \"%s\" in any model",
				book->auxiliaries[i].name);
	return SHK_OK;
}

static enum shk_code model_read(
	void *context, const char *path, struct buffer *out, shk_diag *diag)
{
	return origin_read(context, path, out, diag);
}

static enum shk_code revision_bind(struct loader *loader, size_t at)
{
	struct rulebook_revision *revision = &loader->book->revisions[at];
	struct dmn_files files = { .context = loader->origin,
		.read = model_read,
		.named = loader->origin->packed };
	const char **paths;
	enum shk_code code;
	size_t count;

	code = selection_paths(loader, at, &paths, &count);
	if (!code)
		code = dmn_graph_load_from(
			&revision->graph, &files, paths, count, loader->diag);
	if (!code)
		code = marks_bind(loader, revision);
	if (!code)
		code = slots_bind(loader, revision);
	if (!code)
		code = decisions_bind(loader, at);
	return code;
}

enum shk_code rulebook_bind(struct loader *loader)
{
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < loader->book->revision_count && !code; i++)
		if (selection_has(loader, i))
			code = revision_bind(loader, i);
	/* of a part of the book nobody can say what it lacks */
	return code || loader->book->partial ? code : names_bind(loader);
}
