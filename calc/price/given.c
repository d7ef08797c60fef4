/*
 * Which fields of a record are given: lists of field names of the rulebook
 * become indexes once, when the pricer is made, so that a record only looks
 * at its values.
 */
#include "price/pricer.h"

static enum shk_code list_make(struct shk_pricer *pricer,
	const char *const *names, size_t count, struct field_list *list)
{
	int *fields = arena_zeroed(&pricer->arena, count + 1, sizeof(*fields));

	list->count = count;
	list->fields = fields;
	if (!fields)
		return SHK_E_MEMORY;
	for (size_t i = 0; i < count; i++)
		fields[i] =
			record_field_find(pricer->schema, text_of(names[i]));
	return SHK_OK;
}

static enum shk_code decision_lists(struct shk_pricer *pricer, size_t at)
{
	const struct rulebook_decision *decision = &pricer->book->decisions[at];
	struct field_list *outputs = arena_zeroed(
		&pricer->arena, decision->output_count + 1, sizeof(*outputs));
	enum shk_code code = SHK_OK;

	pricer->output_asks[at] = outputs;
	if (!outputs)
		return SHK_E_MEMORY;
	for (size_t i = 0; i < decision->output_count && !code; i++)
		code = list_make(pricer, decision->outputs[i].asked_by,
			decision->outputs[i].asked_count, &outputs[i]);
	return code ? code
		    : list_make(pricer, decision->asked_by,
			      decision->asked_count,
			      &pricer->decision_asks[at]);
}

enum shk_code given_prepare(struct shk_pricer *pricer)
{
	const shk_rulebook *book = pricer->book;
	enum shk_code code = SHK_OK;

	pricer->presence = arena_zeroed(&pricer->arena,
		book->auxiliary_count + 1, sizeof(*pricer->presence));
	pricer->decision_asks = arena_zeroed(&pricer->arena,
		book->decision_count + 1, sizeof(*pricer->decision_asks));
	pricer->output_asks = arena_zeroed(&pricer->arena,
		book->decision_count + 1, sizeof(*pricer->output_asks));
	if (!pricer->presence || !pricer->decision_asks || !pricer->output_asks)
		return SHK_E_MEMORY;
	for (size_t i = 0; i < book->auxiliary_count && !code; i++)
		code = list_make(pricer, book->auxiliaries[i].fields,
			book->auxiliaries[i].field_count, &pricer->presence[i]);
	for (size_t i = 0; i < book->decision_count && !code; i++)
		code = decision_lists(pricer, i);
	return code;
}

static bool is_given(const struct record *record, int field)
{
	return field >= 0 && record->values[field].state != RECORD_UNKNOWN;
}

bool given_any(const struct record *record, const struct field_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (is_given(record, list->fields[i]))
			return true;
	return false;
}

bool given_all(const struct record *record, const struct field_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (!is_given(record, list->fields[i]))
			return false;
	return list->count > 0;
}
