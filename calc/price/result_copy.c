/*
 * Copying a result. Texts are copied too, whoever owns them: a copy owes
 * nothing to the record, and little to the rulebook.
 */
#include "price/result_copy.h"

#include <string.h>

struct copying {
	struct arena *arena;
	const struct result_holes *holes;
	size_t *bytes;
	bool failed;
};

static void *room(struct copying *copying, size_t count, size_t size)
{
	void *block = copying->failed
			      ? NULL
			      : arena_zeroed(copying->arena, count + 1, size);

	copying->failed = copying->failed || !block;
	*copying->bytes += (count + 1) * size;
	return block;
}

static const char *words(struct copying *copying, const char *from)
{
	const char *copy = arena_text(copying->arena, from, strlen(from));

	copying->failed = copying->failed || !copy;
	*copying->bytes += strlen(from) + 1;
	return copy;
}

static struct text text(struct copying *copying, struct text from)
{
	struct text copy = { arena_text(copying->arena,
				     from.data ? from.data : "", from.size),
		from.size };

	copying->failed = copying->failed || !copy.data;
	*copying->bytes += from.size + 1;
	return copy;
}

static void value(struct copying *copying, const struct price_value *from,
	struct price_value *to)
{
	struct price_value *items = NULL;
	struct text *names = NULL;

	*to = *from;
	if (from->kind == PRICE_TEXT)
		to->text = text(copying, from->text);
	if (from->kind == PRICE_NUMBER && from->form && copying->holes &&
		!copying->holes->add(copying->holes->context, to))
		copying->failed = true;
	if (from->items)
		items = room(copying, from->count, sizeof(*items));
	if (from->names)
		names = room(copying, from->count, sizeof(*names));
	for (size_t i = 0; i < from->count && !copying->failed; i++) {
		if (items)
			value(copying, &from->items[i], &items[i]);
		if (names)
			names[i] = text(copying, from->names[i]);
	}
	to->items = items;
	to->names = names;
}

static const struct price_outcome *outcomes(
	struct copying *copying, const struct price_outcome *from, size_t count)
{
	struct price_outcome *list;

	if (!from)
		return NULL;
	list = room(copying, count, sizeof(*list));
	for (size_t i = 0; i < count && !copying->failed; i++) {
		list[i] = from[i];
		list[i].reason = words(copying, from[i].reason);
		value(copying, &from[i].value, &list[i].value);
	}
	return list;
}

static void outputs(struct copying *copying, const struct shk_result *from,
	struct shk_result *to)
{
	struct price_output *list =
		room(copying, from->output_count, sizeof(*list));

	for (size_t i = 0; i < from->output_count && !copying->failed; i++) {
		list[i] = from->outputs[i];
		value(copying, &from->outputs[i].value, &list[i].value);
		list[i].outcomes = outcomes(copying, from->outputs[i].outcomes,
			from->outputs[i].outcome_count);
	}
	to->outputs = list;
	to->outcomes = outcomes(copying, from->outcomes, from->outcome_count);
}

static void flips(struct copying *copying, const struct shk_result *from,
	struct shk_result *to)
{
	struct price_flip *list =
		room(copying, from->flip_count, sizeof(*list));

	for (size_t i = 0; i < from->flip_count && !copying->failed; i++) {
		const struct price_flip *flip = &from->flips[i];

		list[i] = *flip;
		value(copying, &flip->now, &list[i].now);
		value(copying, &flip->at, &list[i].at);
		list[i].below =
			outcomes(copying, flip->below, flip->below_count);
		list[i].on = outcomes(copying, flip->on, flip->on_count);
		list[i].above =
			outcomes(copying, flip->above, flip->above_count);
	}
	to->flips = list;
}

/* Citations point into the rulebook; the list is ours. */
static const struct price_citation *citations(struct copying *copying,
	const struct price_citation *from, size_t count)
{
	struct price_citation *list = room(copying, count, sizeof(*list));

	if (list && count > 0)
		memcpy(list, from, count * sizeof(*list));
	return list;
}

static void steps(struct copying *copying, const struct shk_result *from,
	struct shk_result *to)
{
	struct price_step *list =
		room(copying, from->step_count, sizeof(*list));

	for (size_t i = 0; i < from->step_count && !copying->failed; i++) {
		const struct price_step *step = &from->steps[i];

		list[i] = *step;
		list[i].name = text(copying, step->name);
		value(copying, &step->value, &list[i].value);
		value(copying, &step->before, &list[i].before);
		value(copying, &step->scale, &list[i].scale);
		value(copying, &step->margin, &list[i].margin);
		list[i].citations = citations(
			copying, step->citations, step->citation_count);
	}
	to->steps = list;
}

static void lists(struct copying *copying, const struct shk_result *from,
	struct shk_result *to)
{
	struct price_missing *missing =
		room(copying, from->missing_count, sizeof(*missing));
	const char **caveats =
		room(copying, from->caveat_count, sizeof(*caveats));

	if (missing && from->missing_count > 0)
		memcpy(missing, from->missing,
			from->missing_count * sizeof(*missing));
	for (size_t i = 0; i < from->caveat_count && !copying->failed; i++)
		caveats[i] = words(copying, from->caveats[i]);
	to->missing = missing;
	to->caveats = caveats;
	to->citations =
		citations(copying, from->citations, from->citation_count);
}

bool result_copy(struct arena *arena, const struct shk_result *from,
	struct shk_result *to, const struct result_holes *holes, size_t *bytes)
{
	struct copying copying = { arena, holes, bytes, false };

	*to = *from;
	to->id = to->name = to->path = "";
	to->row = 0;
	to->kept_count = 0;
	to->kept_names = to->kept_values = NULL;
	to->as_of = words(&copying, from->as_of);
	to->reason = words(&copying, from->reason);
	to->message = words(&copying, from->message);
	outputs(&copying, from, to);
	flips(&copying, from, to);
	steps(&copying, from, to);
	lists(&copying, from, to);
	return !copying.failed;
}
