/*
 * What a form has to ask for one decision: the facts that it can read under
 * one revision, with those whose presence it asks for, and the parameters. The
 * domains are those of the vocabulary and of the rulebook: the form knows no
 * field by name.
 */
#include <shokan/form.h>

#include <string.h>

#include "base/memory.h"
#include "price/pricer.h"

struct shk_form {
	struct arena arena;
	size_t count;
	struct shk_form_field *fields;
};

struct form_making {
	struct shk_form *form;
	const struct shk_pricer *pricer;
	const struct desk *desk;
	const struct rulebook_bound *bound;
	const struct rulebook_decision *decision;
	bool failed; /* memory ran out */
};

static const char *form_number(struct form_making *making, num number)
{
	char text[NUM_TEXT_MAX];
	size_t size = num_format(number, text, sizeof(text));
	const char *copy = arena_text(&making->form->arena, text, size);

	making->failed = making->failed || !copy || size == 0;
	return copy ? copy : "";
}

static enum shk_form_kind form_kind(enum record_type type)
{
	switch (type) {
	case RECORD_BOOL:
		return SHK_FORM_TRUTH;
	case RECORD_INT:
		return SHK_FORM_WHOLE;
	case RECORD_DEC:
	case RECORD_YEN:
	case RECORD_PERCENT:
		return SHK_FORM_NUMBER;
	case RECORD_DATE:
		return SHK_FORM_DATE;
	case RECORD_ENUM:
		return SHK_FORM_WORD;
	case RECORD_LIST:
		return SHK_FORM_LIST;
	case RECORD_MAKER:
	case RECORD_TEXT:
		break;
	}
	return SHK_FORM_TEXT;
}

/* Everything but the parts of a list. */
static void form_describe(struct form_making *making,
	const struct record_field *from, struct shk_form_field *to)
{
	*to = (struct shk_form_field){
		.name = from->name,
		.label_ja = from->label_ja,
		.label_en = from->label_en,
		.meaning_ja = "",
		.meaning_en = "",
		.unit = from->unit,
		.kind = form_kind(from->type),
		.none = from->none_allowed,
		.low = from->has_low ? form_number(making, from->low) : "",
		.high = from->has_high ? form_number(making, from->high) : "",
		.low_open = from->low_open,
		.high_open = from->high_open,
		.unset = "",
		.word_count = from->word_count,
		.words = from->words,
		.prefix = from->prefix ? from->prefix : "",
		.after = from->after ? from->after : "",
	};
}

static struct shk_form_field *form_add(struct form_making *making)
{
	return &making->form->fields[making->form->count++];
}

static void form_fact(struct form_making *making, size_t at)
{
	const struct record_field *from = &making->pricer->schema->fields[at];
	struct shk_form_field *parts = arena_zeroed(
		&making->form->arena, from->part_count + 1, sizeof(*parts));
	struct shk_form_field *to = form_add(making);
	uint32_t slot = making->desk->field_slots[at];

	form_describe(making, from, to);
	to->derived = slot != RULEBOOK_NONE &&
		      making->desk->revision->slots[slot].given;
	if (!parts) {
		making->failed = true;
		return;
	}
	to->parts = parts;
	to->part_count = from->part_count;
	for (size_t i = 0; i < from->part_count; i++) {
		const struct record_field *part = &from->parts[i];

		form_describe(making, part, &parts[i]);
		parts[i].instead = i && part->group && part[-1].group &&
				   strcmp(part->group, part[-1].group) == 0;
	}
}

static bool form_lists(const struct field_list *list, int field)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->fields[i] == field)
			return true;
	return false;
}

/* The decision asks whether the record says something of the field. */
static bool form_asks(const struct form_making *making, int field)
{
	const struct shk_pricer *pricer = making->pricer;
	const struct rulebook_revision *revision = making->desk->revision;
	size_t decision = (size_t)(making->decision - pricer->book->decisions);

	for (size_t i = 0; i < making->decision->output_count; i++)
		if (form_lists(&pricer->output_asks[decision][i], field))
			return true;
	FOR_SLOTS(i, &making->bound->reached)
	{
		const struct rulebook_slot *slot = &revision->slots[i];

		if (slot->role == RULEBOOK_AUXILIARY &&
			form_lists(&pricer->presence[slot->index], field))
			return true;
	}
	return false;
}

static bool form_reads(const struct form_making *making, int field)
{
	uint32_t slot = making->desk->field_slots[field];

	if (field == making->pricer->as_of_field)
		return false;
	return field == making->pricer->gate_field ||
	       (slot != RULEBOOK_NONE &&
		       feel_set_has(&making->bound->inputs, slot)) ||
	       form_asks(making, field);
}

static void form_words(struct form_making *making,
	const struct rulebook_parameter *from, struct shk_form_field *to)
{
	const char **words = arena_zeroed(
		&making->form->arena, from->word_count + 1, sizeof(*words));

	if (!words) {
		making->failed = true;
		return;
	}
	for (size_t i = 0; i < from->word_count; i++)
		words[i] = from->words[i].text;
	to->words = words;
	to->word_count = from->word_count;
}

static const char *form_bound(
	struct form_making *making, const struct feel_value *bound)
{
	return bound->type == FEEL_NUMBER ? form_number(making, bound->u.number)
					  : "";
}

static void form_parameter(
	struct form_making *making, const struct rulebook_parameter *from)
{
	static const enum shk_form_kind kinds[] = {
		[RULEBOOK_NUMBER] = SHK_FORM_NUMBER,
		[RULEBOOK_WORD] = SHK_FORM_WORD,
		[RULEBOOK_BOOLEAN] = SHK_FORM_TRUTH,
	};
	const struct feel_range *range = &from->domain.range;
	struct shk_form_field *to = form_add(making);

	*to = (struct shk_form_field){
		.name = from->name,
		.label_ja = from->label.ja,
		.label_en = from->label.en,
		.meaning_ja = from->meaning.ja,
		.meaning_en = from->meaning.en,
		.unit = from->unit,
		.kind = kinds[from->type],
		.parameter = true,
		.low = "",
		.high = "",
		.unset = from->unset,
		.prefix = "",
		.after = "",
	};
	if (from->domain.bounded) {
		to->low = form_bound(making, &range->low);
		to->high = form_bound(making, &range->high);
		to->low_open = !range->low_closed;
		to->high_open = !range->high_closed;
	}
	form_words(making, from, to);
}

static void form_fill(struct form_making *making)
{
	const struct rulebook_revision *revision = making->desk->revision;
	const struct shk_pricer *pricer = making->pricer;

	for (size_t i = 0; i < pricer->schema->field_count; i++)
		if (form_reads(making, (int)i))
			form_fact(making, i);
	FOR_SLOTS(i, &making->bound->reached)
	if (revision->slots[i].role == RULEBOOK_PARAMETER)
		form_parameter(making,
			&pricer->book->parameters[revision->slots[i].index]);
}

static enum shk_code form_revision(const struct shk_pricer *pricer,
	const char *name, int *found, shk_diag *diag)
{
	*found = name ? rulebook_revision_find(pricer->book, name)
		      : (int)pricer->book->revision_count - 1;
	if (*found < 0)
		return diag_set(
			diag, SHK_E_USAGE, "no revision %s", name ? name : "");
	if (!pricer->desks[*found].revision)
		return diag_set(diag, SHK_E_USAGE,
			"the rulebook was loaded without revision %s",
			pricer->book->revisions[*found].id);
	return SHK_OK;
}

enum shk_code shk_form_new(shk_form **out, const shk_pricer *pricer,
	const char *decision, const char *revision, shk_diag *diag)
{
	int at = rulebook_decision_find(pricer->book, decision);
	struct form_making making = { .pricer = pricer };
	size_t most =
		pricer->schema->field_count + pricer->book->parameter_count + 1;
	int in = 0;
	enum shk_code code;

	*out = NULL;
	if (at < 0)
		return rulebook_no_decision(pricer->book, decision, diag);
	code = form_revision(pricer, revision, &in, diag);
	if (code)
		return code;
	making.desk = &pricer->desks[in];
	making.decision = &pricer->book->decisions[at];
	making.bound = &making.desk->revision->bound[at];
	making.form = memory_zeroed(1, sizeof(*making.form));
	if (!making.form)
		return diag_memory(diag);
	arena_init(&making.form->arena);
	making.form->fields = arena_zeroed(
		&making.form->arena, most, sizeof(*making.form->fields));
	making.failed = !making.form->fields;
	if (!making.failed && making.bound->present)
		form_fill(&making);
	if (making.failed) {
		shk_form_free(making.form);
		return diag_memory(diag);
	}
	*out = making.form;
	return SHK_OK;
}

void shk_form_free(shk_form *form)
{
	if (!form)
		return;
	arena_release(&form->arena);
	memory_free(form);
}

size_t shk_form_count(const shk_form *form)
{
	return form->count;
}

const shk_form_field *shk_form_at(const shk_form *form, size_t index)
{
	return index < form->count ? &form->fields[index] : NULL;
}
