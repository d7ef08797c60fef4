/*
 * The general engine takes a model with faults: whatever is wrong with one
 * element is kept as a diagnostic, and the element, or the part of FEEL that
 * has the fault, is null. Our own rules are loaded without this.
 */
#include "dmn/model.h"

#include <string.h>

/* One more than the ceiling stands for all that follow. */
void dmn_keep_fault(struct dmn_loader *loader, const shk_diag *fault)
{
	shk_diag more = { 0 };

	if (loader->fault_count > DMN_FAULTS_MAX)
		return;
	if (loader->fault_count == DMN_FAULTS_MAX) {
		diag_set(&more, SHK_E_RULES,
			"more than %d faults; this one and those behind it are "
			"not told",
			DMN_FAULTS_MAX);
		diag_place(&more, fault->path, fault->line, fault->column);
		fault = &more;
	}
	if (!dmn_grow(loader, (void **)&loader->faults, &loader->fault_capacity,
		    loader->fault_count, sizeof(*loader->faults)))
		return;
	loader->faults[loader->fault_count++] = *fault;
}

bool dmn_forgive(struct dmn_loader *loader)
{
	shk_diag fault;

	/* a file that cannot be read is no fault of the model */
	if (!loader->general || loader->code != SHK_E_RULES)
		return false;
	fault = *loader->diag;
	memset(loader->diag, 0, sizeof(*loader->diag));
	loader->code = SHK_OK;
	dmn_keep_fault(loader, &fault);
	return loader->code == SHK_OK;
}

void dmn_fault_in_text(
	const void *context, long line, long column, const char *message)
{
	const struct dmn_loader *loader = context;
	shk_diag fault = { 0 };

	diag_set(&fault, SHK_E_RULES, "%s", message);
	diag_place(&fault, loader->model->path, line, column);
	dmn_keep_fault(loader->self, &fault);
}

enum shk_code dmn_keep_faults(
	struct dmn_loader *loader, struct dmn_graph *graph)
{
	shk_diag *kept = arena_zeroed(
		loader->arena, loader->fault_count + 1, sizeof(*kept));

	if (!kept)
		return dmn_no_memory(loader);
	if (loader->fault_count > 0)
		memcpy(kept, loader->faults,
			loader->fault_count * sizeof(*kept));
	graph->faults = kept;
	graph->fault_count = loader->fault_count;
	return SHK_OK;
}

enum shk_code dmn_keep_tables(
	struct dmn_loader *loader, struct dmn_models *models)
{
	struct dmn_known_table *kept = arena_zeroed(
		loader->arena, loader->table_count + 1, sizeof(*kept));

	if (!kept)
		return dmn_no_memory(loader);
	if (loader->table_count > 0)
		memcpy(kept, loader->tables,
			loader->table_count * sizeof(*kept));
	models->tables = kept;
	models->table_count = loader->table_count;
	return SHK_OK;
}
