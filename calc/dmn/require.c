/*
 * The elements of the models, the slots they take in the graph, and what they
 * require of each other. Names are unique in a graph, except that input data
 * of one name and one domain are the same fact; an input data never stands for
 * a decision of another model (house rule).
 */
#include "dmn/model.h"

#include <stdio.h>
#include <string.h>

/* clang-format off */
static const struct {
	const char *tag;
	const char *words;
	enum dmn_slot_kind kind;
	bool service;
} kinds[] = {
	{ "inputData", "input data", DMN_INPUT, false },
	{ "decision", "decision", DMN_DECISION, false },
	{ "businessKnowledgeModel", "business knowledge model",
		DMN_KNOWLEDGE, false },
	{ "decisionService", "decision service", DMN_KNOWLEDGE, true }
};

/* Each requirement: where it stands and what it may lead to. */
static const struct {
	const char *tag;
	const char *target;
	const char *words;
	int kind; /* of the element it leads to; -1: no slot is needed */
} links[] = {
	{ "informationRequirement", "requiredInput", "an input data",
		DMN_INPUT },
	{ "informationRequirement", "requiredDecision", "a decision",
		DMN_DECISION },
	{ "knowledgeRequirement", "requiredKnowledge",
		"a business knowledge model", DMN_KNOWLEDGE },
	{ "authorityRequirement", "requiredInput", "an input data", -1 },
	{ "authorityRequirement", "requiredDecision", "a decision", -1 },
	{ "authorityRequirement", "requiredAuthority", "a knowledge source",
		-1 }
};

static const char *const service_links[] = {
	"outputDecision", "encapsulatedDecision", "inputDecision", "inputData"
};
/* clang-format on */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *kind_words(const struct dmn_element *element)
{
	return element->service ? "decision service"
				: kinds[element->kind].words;
}

static struct dmn_element *find_name(
	const struct dmn_loader *loader, struct text name)
{
	size_t i;

	for (i = 0; i < loader->element_count; i++)
		if (text_equal(loader->elements[i]->name, name))
			return loader->elements[i];
	return NULL;
}

static enum shk_code new_slot(
	struct dmn_loader *loader, struct dmn_element *element)
{
	struct dmn_slot *slot;
	struct dmn_detail *detail;

	if (loader->slot_count == loader->slot_capacity)
		return dmn_too_many(loader, element->model, element->xml,
			"input data, decisions and knowledge models in one "
			"graph",
			loader->slot_capacity);
	element->slot = (unsigned)loader->slot_count;
	slot = &loader->slots[loader->slot_count];
	detail = &loader->details[loader->slot_count++];
	slot->kind = element->kind;
	slot->name = element->name;
	slot->path = element->model->path;
	slot->id = dmn_attribute(element->xml, "id");
	slot->line = element->xml->line;
	slot->description = dmn_description(element->model, element->xml);
	slot->text = "";
	slot->mark = FEEL_NO_MARK;
	detail->model = element->model;
	detail->xml = element->xml;
	detail->type = element->type;
	return dmn_domain_of_type(loader, element->type, &slot->domain);
}

/* `element` has the name of `other`: one fact, or a failure. */
static enum shk_code share_name(struct dmn_loader *loader,
	struct dmn_element *element, const struct dmn_element *other)
{
	struct dmn_domain domain;

	if (element->model == other->model || element->kind != DMN_INPUT ||
		other->kind != DMN_INPUT)
		return dmn_refuse(loader, element->model, element->xml,
			"the name \"%s\" of this %s is taken: %s in %s, line "
			"%ld",
			element->name.data, kind_words(element),
			kind_words(other), other->model->path,
			other->xml->line);
	if (dmn_domain_of_type(loader, element->type, &domain) != SHK_OK)
		return loader->code;
	if (!dmn_domain_same(&domain, &loader->slots[other->slot].domain))
		return dmn_refuse(loader, element->model, element->xml,
			"input data \"%s\" has another type or other allowed "
			"values than in %s, line %ld; one name is one fact",
			element->name.data, other->model->path,
			other->xml->line);
	element->slot = other->slot;
	return SHK_OK;
}

/* General: only input data of two models and one domain are one fact. */
static bool is_shared(struct dmn_loader *loader,
	const struct dmn_element *element, const struct dmn_element *other)
{
	struct dmn_domain domain;

	return element->kind == DMN_INPUT && other->kind == DMN_INPUT &&
	       element->model != other->model &&
	       dmn_domain_of_type(loader, element->type, &domain) == SHK_OK &&
	       dmn_domain_same(&domain, &loader->slots[other->slot].domain);
}

static struct dmn_element *new_element(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml,
	size_t kind)
{
	struct dmn_element *element =
		arena_zeroed(loader->arena, 1, sizeof(*element));
	const struct xml_element *variable = dmn_child(model, xml, "variable");

	if (!element) {
		dmn_no_memory(loader);
		return NULL;
	}
	element->kind = kinds[kind].kind;
	element->service = kinds[kind].service;
	element->model = model;
	element->xml = xml;
	element->name = dmn_name_of(loader, dmn_attribute(xml, "name"));
	/* the variable of a knowledge model is typed by its result */
	element->type = dmn_type_of(loader, model,
		element->kind == DMN_KNOWLEDGE ? NULL : variable);
	if (!element->type && dmn_forgive(loader))
		element->type = dmn_type_of(loader, model, NULL);
	if (loader->code == SHK_OK && element->name.size == 0)
		dmn_refuse(loader, model, xml, "this %s has no name",
			kinds[kind].words);
	return loader->code == SHK_OK ? element : NULL;
}

static enum shk_code collect(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml,
	size_t kind)
{
	struct dmn_element *element = new_element(loader, model, xml, kind);
	const struct dmn_element *other;

	if (!element ||
		!dmn_grow(loader, (void **)&loader->elements,
			&loader->element_capacity, loader->element_count,
			sizeof(struct dmn_element *)))
		return loader->code;
	other = find_name(loader, element->name);
	loader->elements[loader->element_count++] = element;
	if (other && (!loader->general || is_shared(loader, element, other)))
		return share_name(loader, element, other);
	return element->service && !loader->general ? SHK_OK
						    : new_slot(loader, element);
}

/* As many slots as there may be, found by counting the elements. */
static enum shk_code make_slots(struct dmn_loader *loader)
{
	size_t count = 0;

	for (size_t i = 0; i < loader->model_count; i++)
		for (size_t kind = 0; kind < COUNT(kinds); kind++)
			count += dmn_child_count(loader->models[i],
				loader->models[i]->root, kinds[kind].tag);
	loader->slot_capacity =
		loader->general ? FEEL_GLOBALS_MAX : FEEL_SLOTS_MAX;
	if (count > loader->slot_capacity)
		count = loader->slot_capacity;
	loader->slots =
		arena_zeroed(loader->arena, count + 1, sizeof(*loader->slots));
	loader->details = arena_zeroed(
		loader->arena, count + 1, sizeof(*loader->details));
	return loader->slots && loader->details ? SHK_OK
						: dmn_no_memory(loader);
}

enum shk_code dmn_collect_elements(struct dmn_loader *loader)
{
	size_t i;
	size_t kind;

	if (make_slots(loader) != SHK_OK)
		return loader->code;
	for (i = 0; i < loader->model_count; i++) {
		const struct dmn_model *model = loader->models[i];
		const struct xml_element *xml = model->root->first;

		for (; xml && loader->code == SHK_OK; xml = xml->next)
			for (kind = 0; kind < COUNT(kinds); kind++)
				if (dmn_is(model, xml, kinds[kind].tag) &&
					collect(loader, model, xml, kind) !=
						SHK_OK)
					dmn_forgive(loader);
	}
	return loader->code;
}

/* What an href means: a model and an id in it. */
struct target {
	const struct dmn_model *model;
	struct text prefix; /* of its names in FEEL */
	const char *id;
};

static bool same_space(const char *href, size_t size, const char *space)
{
	return strlen(space) == size && memcmp(href, space, size) == 0;
}

static enum shk_code find_target(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *link,
	struct target *target)
{
	const char *href = dmn_attribute(link, "href");
	const char *hash = strrchr(href, '#');
	size_t size = hash ? (size_t)(hash - href) : 0;
	size_t i;

	*target =
		(struct target){ .model = model, .id = hash ? hash + 1 : href };
	if (size == 0 || same_space(href, size, model->space))
		return SHK_OK;
	for (i = 0; i < model->import_count; i++) {
		const struct dmn_import *import = &model->imports[i];

		if (!same_space(href, size, import->model->space))
			continue;
		target->model = import->model;
		target->prefix = import->name;
		return SHK_OK;
	}
	return dmn_refuse(loader, model, link,
		"href \"%s\" leads to a model that is not imported", href);
}

static const struct dmn_element *find_id(
	const struct dmn_loader *loader, const struct target *target)
{
	size_t i;

	for (i = 0; i < loader->element_count; i++) {
		const struct dmn_element *element = loader->elements[i];

		if (element->model == target->model &&
			strcmp(dmn_attribute(element->xml, "id"), target->id) ==
				0)
			return element;
	}
	return NULL;
}

static bool any_id(const struct target *target)
{
	const struct xml_element *xml = target->model->root->first;

	for (; xml; xml = xml->next)
		if (strcmp(dmn_attribute(xml, "id"), target->id) == 0)
			return true;
	return false;
}

static enum shk_code leads_nowhere(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *link)
{
	return dmn_refuse(loader, model, link,
		"href \"%s\" leads to nothing: no element has this id",
		dmn_attribute(link, "href"));
}

static struct text qualified(struct dmn_loader *loader,
	const struct target *target, struct text name)
{
	size_t size = target->prefix.size + 1 + name.size;
	char *data;

	if (target->prefix.size == 0)
		return name;
	data = arena_alloc(loader->arena, size + 1);
	if (!data) {
		dmn_no_memory(loader);
		return name;
	}
	snprintf(data, size + 1, "%.*s.%.*s", (int)target->prefix.size,
		target->prefix.data, (int)name.size, name.data);
	return (struct text){ data, size };
}

static enum shk_code add_need(struct dmn_loader *loader,
	struct dmn_element *element, struct dmn_need *needs, size_t link,
	const struct xml_element *xml)
{
	const struct dmn_element *other;
	struct target target;

	if (find_target(loader, element->model, xml, &target) != SHK_OK)
		return loader->code;
	if (links[link].kind < 0)
		return any_id(&target)
			       ? SHK_OK
			       : leads_nowhere(loader, element->model, xml);
	other = find_id(loader, &target);
	if (!other)
		return leads_nowhere(loader, element->model, xml);
	if ((int)other->kind != links[link].kind)
		return dmn_refuse(loader, element->model, xml,
			"<%s> leads to \"%s\" (%s), expected %s",
			links[link].target, other->name.data, kind_words(other),
			links[link].words);
	if (other->service && !loader->general)
		return SHK_OK;
	if (element->need_count == DMN_NEEDS_MAX)
		return dmn_too_many(loader, element->model, xml,
			"requirements of one element", DMN_NEEDS_MAX);
	needs[element->need_count].name =
		qualified(loader, &target, other->name);
	needs[element->need_count++].slot = other->slot;
	return loader->code;
}

const struct dmn_element *dmn_linked(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *link)
{
	const struct dmn_element *other;
	struct target target;

	if (find_target(loader, model, link, &target) != SHK_OK)
		return NULL;
	other = find_id(loader, &target);
	if (!other)
		leads_nowhere(loader, model, link);
	return other;
}

static enum shk_code check_service(
	struct dmn_loader *loader, const struct dmn_element *element)
{
	const struct dmn_model *model = element->model;
	size_t i;

	for (i = 0; i < COUNT(service_links); i++) {
		const struct xml_element *xml =
			dmn_child(model, element->xml, service_links[i]);

		for (; xml; xml = dmn_next(model, xml, service_links[i])) {
			struct target target;

			if (find_target(loader, model, xml, &target) != SHK_OK)
				return loader->code;
			if (!find_id(loader, &target))
				return leads_nowhere(loader, model, xml);
		}
	}
	return SHK_OK;
}

static size_t need_bound(const struct dmn_element *element)
{
	return dmn_child_count(
		       element->model, element->xml, "informationRequirement") +
	       dmn_child_count(
		       element->model, element->xml, "knowledgeRequirement");
}

static enum shk_code resolve(
	struct dmn_loader *loader, struct dmn_element *element)
{
	const struct dmn_model *model = element->model;
	struct dmn_need *needs = arena_zeroed(
		loader->arena, 2 * need_bound(element) + 1, sizeof(*needs));
	size_t i;

	if (!needs)
		return dmn_no_memory(loader);
	element->needs = needs;
	for (i = 0; i < COUNT(links); i++) {
		const struct xml_element *xml =
			dmn_child(model, element->xml, links[i].tag);

		for (; xml; xml = dmn_next(model, xml, links[i].tag)) {
			const struct xml_element *link =
				dmn_child(model, xml, links[i].target);

			if (link &&
				add_need(loader, element, needs, i, link) !=
					SHK_OK &&
				!dmn_forgive(loader))
				return loader->code;
		}
	}
	return SHK_OK;
}

enum shk_code dmn_resolve_needs(struct dmn_loader *loader)
{
	size_t i;

	for (i = 0; i < loader->element_count && loader->code == SHK_OK; i++) {
		if (loader->elements[i]->service) {
			if (check_service(loader, loader->elements[i]) !=
				SHK_OK)
				dmn_forgive(loader);
		} else
			resolve(loader, loader->elements[i]);
	}
	return loader->code;
}

/* The way that the search for cycles has come. */
struct trail {
	const struct dmn_element *at;
	const struct trail *before;
};

static struct dmn_element *of_slot(
	const struct dmn_loader *loader, unsigned slot)
{
	size_t i;

	for (i = 0; i < loader->element_count; i++)
		if ((!loader->elements[i]->service || loader->general) &&
			loader->elements[i]->slot == slot)
			return loader->elements[i];
	return NULL;
}

/* Say the names from `first` round to `first` again. */
static void name_cycle(const struct trail *trail,
	const struct dmn_element *first, struct buffer *out)
{
	/* `first` is on the trail while it is being visited */
	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
	if (trail->at != first) {
		name_cycle(trail->before, first, out);
		buffer_text(out, " -> ");
	}
	buffer_byte(out, '"');
	buffer_text(out, trail->at->name.data);
	buffer_byte(out, '"');
}

static enum shk_code refuse_cycle(struct dmn_loader *loader,
	const struct trail *trail, const struct dmn_element *first)
{
	struct buffer names;

	buffer_init(&names);
	name_cycle(trail, first, &names);
	buffer_format(&names, " -> \"%s\"", first->name.data);
	if (names.failed)
		dmn_no_memory(loader);
	else
		dmn_refuse(loader, first->model, first->xml,
			"requirements go in a circle: %s", names.data);
	buffer_release(&names);
	return loader->code;
}

static enum shk_code visit(struct dmn_loader *loader,
	struct dmn_element *element, const struct trail *before)
{
	struct trail trail = { element, before };
	size_t i;

	element->visit = 1;
	for (i = 0; i < element->need_count && loader->code == SHK_OK; i++) {
		struct dmn_element *other =
			of_slot(loader, element->needs[i].slot);

		if (other->visit == 1)
			refuse_cycle(loader, &trail, other);
		else if (other->visit == 0)
			visit(loader, other, &trail);
	}
	/* also when refused: a forgiven circle is behind us, not on the trail */
	element->visit = 2;
	return loader->code;
}

enum shk_code dmn_check_cycles(struct dmn_loader *loader)
{
	size_t i;

	for (i = 0; i < loader->element_count && loader->code == SHK_OK; i++)
		if (loader->elements[i]->visit == 0 &&
			visit(loader, loader->elements[i], NULL) != SHK_OK)
			dmn_forgive(loader);
	return loader->code;
}
