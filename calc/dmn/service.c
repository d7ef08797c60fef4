/*
 * Decision services: each is a function of its input data and then its input
 * decisions (DMN, 10.4), whose body asks the evaluator for the output
 * decisions with these given. One output is its value, several a context.
 */
#include "dmn/model.h"

#include <string.h>

static const char *const links[] = { "inputData", "inputDecision",
	"outputDecision" };

static size_t count_of(const struct dmn_element *element, size_t link)
{
	return dmn_child_count(element->model, element->xml, links[link]);
}

/* The elements that one kind of link leads to; what leads nowhere is left. */
static bool read_links(struct dmn_loader *loader,
	const struct dmn_element *element, size_t link,
	const struct dmn_element **out, size_t *count)
{
	const struct xml_element *xml =
		dmn_child(element->model, element->xml, links[link]);

	for (; xml; xml = dmn_next(element->model, xml, links[link])) {
		const struct dmn_element *other =
			dmn_linked(loader, element->model, xml);

		if (!other && !dmn_forgive(loader))
			return false;
		if (other)
			out[(*count)++] = other;
	}
	return true;
}

static bool fill(struct dmn_loader *loader, struct dmn_service *service,
	const struct dmn_element *const *inputs, size_t input_count,
	const struct dmn_element *const *outputs, size_t output_count)
{
	unsigned *slots = arena_zeroed(
		loader->arena, input_count + output_count + 1, sizeof(*slots));
	struct text *names =
		arena_zeroed(loader->arena, output_count + 1, sizeof(*names));

	if (!slots || !names) {
		dmn_no_memory(loader);
		return false;
	}
	for (size_t i = 0; i < input_count; i++)
		slots[i] = inputs[i]->slot;
	for (size_t i = 0; i < output_count; i++) {
		slots[input_count + i] = outputs[i]->slot;
		names[i] = outputs[i]->name;
	}
	service->inputs = slots;
	service->input_count = input_count;
	service->outputs = slots + input_count;
	service->names = names;
	service->output_count = output_count;
	return true;
}

/* A name node for every parameter, as an argument of the service. */
static const struct feel_node *body_of(struct dmn_loader *loader,
	const struct dmn_element *element,
	const struct dmn_element *const *inputs, size_t count)
{
	const struct feel_node **kids = dmn_kids(loader, count);
	struct feel_node *body;

	for (size_t i = 0; kids && i < count; i++) {
		struct feel_node *name =
			dmn_node(loader, FEEL_NODE_NAME, element->xml, NULL, 0);

		if (!name)
			return NULL;
		name->name = inputs[i]->name;
		kids[i] = name;
	}
	body = dmn_node(loader, FEEL_NODE_SERVICE, element->xml, kids, count);
	if (body)
		body->mark = element->slot;
	return body;
}

static const struct feel_node *function_of(struct dmn_loader *loader,
	const struct dmn_element *element,
	const struct dmn_element *const *inputs, size_t count)
{
	const struct feel_node **kids = dmn_kids(loader, 1);
	struct text *names =
		arena_zeroed(loader->arena, count + 1, sizeof(*names));
	const struct feel_type_ref **types =
		arena_zeroed(loader->arena, count + 1, sizeof(*types));
	struct feel_node *function;

	if (!kids || !names || !types) {
		dmn_no_memory(loader);
		return NULL;
	}
	for (size_t i = 0; i < count; i++) {
		names[i] = inputs[i]->name;
		if (inputs[i]->type)
			types[i] = inputs[i]->type->ref;
	}
	kids[0] = dmn_coerced_result(loader, element->xml,
		dmn_child(element->model, element->xml, "variable"),
		body_of(loader, element, inputs, count));
	function = dmn_node(loader, FEEL_NODE_FUNCTION, element->xml, kids, 1);
	if (function) {
		function->names = names;
		function->types = types;
		function->name_count = count;
	}
	return loader->code == SHK_OK ? function : NULL;
}

const struct feel_node *dmn_lower_service(
	struct dmn_loader *loader, const struct dmn_element *element)
{
	struct dmn_service *service =
		arena_zeroed(loader->arena, 1, sizeof(*service));
	size_t room = count_of(element, 0) + count_of(element, 1);
	const struct dmn_element **inputs =
		arena_zeroed(loader->arena, room + 1, sizeof(*inputs));
	const struct dmn_element **outputs = arena_zeroed(
		loader->arena, count_of(element, 2) + 1, sizeof(*outputs));
	size_t input_count = 0;
	size_t output_count = 0;

	if (!service || !inputs || !outputs) {
		dmn_no_memory(loader);
		return NULL;
	}
	if (!read_links(loader, element, 0, inputs, &input_count) ||
		!read_links(loader, element, 1, inputs, &input_count) ||
		!read_links(loader, element, 2, outputs, &output_count) ||
		!fill(loader, service, inputs, input_count, outputs,
			output_count))
		return NULL;
	loader->details[element->slot].service = service;
	return function_of(loader, element, inputs, input_count);
}
