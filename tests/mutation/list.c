/*
 * Mutants of rulebook.xml and fields.xml: days of effect, dated constants,
 * bounds of parameters and of what stays open, the gate, and the domains of
 * the fields. Order and labels are not law.
 */
#include <string.h>

#include "mutation/mutant.h"
#include "mutation/tags.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* One attribute, or the text of an element, of one of the two files. */
struct point {
	struct mutants *mutants;
	struct spot spot;
	size_t at;
	struct text value;
};

static void replace(
	const struct point *point, const char *kind, const struct buffer *with)
{
	mutants_add(point->mutants, &point->spot, kind, point->at,
		point->value.size,
		(struct text){ with->size ? with->data : "", with->size });
}

/* Numbers and days, a step up and down. */
static void steps(const struct point *point)
{
	for (int step = -1; step <= 1; step += 2) {
		struct buffer with;

		buffer_init(&with);
		if (day_step(point->value, step, &with))
			replace(point, "day", &with);
		else if (number_step(point->value, step, &with))
			replace(point, "number", &with);
		buffer_release(&with);
	}
}

/* A list of words without each of them. */
static void shorter(const struct point *point)
{
	struct text all = point->value;

	for (size_t at = 0; at < all.size;) {
		struct buffer with;
		size_t end = at;

		while (end < all.size && all.data[end] != ' ')
			end++;
		buffer_init(&with);
		buffer_add(&with, all.data, at ? at - 1 : 0);
		if (end < all.size)
			buffer_add(&with, all.data + end + (at == 0),
				all.size - end - (at == 0));
		if (with.size)
			replace(point, "words", &with);
		buffer_release(&with);
		at = end + 1;
	}
}

static void truth(const struct point *point)
{
	struct buffer with;

	buffer_init(&with);
	buffer_text(&with, text_is(point->value, "true") ? "false" : "true");
	replace(point, "truth", &with);
	buffer_release(&with);
}

static void damaged(const struct point *point)
{
	struct buffer with;

	buffer_init(&with);
	buffer_text(&with, "outside");
	replace(point, "word", &with);
	buffer_release(&with);
}

/* A bound that belongs to the domain against one that does not. */
static void other_bound(const struct point *point, const struct tag *tag,
	struct text name, const char *with)
{
	(void)tag;
	mutants_add(point->mutants, &point->spot, "comparator",
		(size_t)(name.data - point->spot.file->raw.data), name.size,
		text_of(with));
}

static const struct {
	const char *element, *attribute;
	void (*mutate)(const struct point *point);
} attributes[] = {
	{ "gate", "value", damaged },
	{ "revision", "from", steps },
	{ "value", "from", steps },
	{ "parameter", "low", steps },
	{ "parameter", "high", steps },
	{ "parameter", "low-open", truth },
	{ "word", "possible", truth },
	{ "auxiliary", "low", steps },
	{ "auxiliary", "high", steps },
	{ "auxiliary", "low-open", truth },
	{ "field", "min", steps },
	{ "field", "max", steps },
	{ "field", "above", steps },
	{ "field", "sum-max", steps },
	{ "field", "words", shorter },
	{ "field", "none", truth },
	{ "part", "min", steps },
	{ "part", "max", steps },
	{ "part", "above", steps },
	{ "part", "words", shorter },
};

static void attribute(struct point *point, const struct tag *tag,
	struct text name, struct text value)
{
	point->at = (size_t)(value.data - point->spot.file->raw.data);
	point->value = value;
	for (size_t i = 0; i < COUNT(attributes); i++)
		if (text_is(tag->name, attributes[i].element) &&
			text_is(name, attributes[i].attribute))
			attributes[i].mutate(point);
	if (text_is(tag->name, "field") || text_is(tag->name, "part")) {
		if (text_is(name, "min"))
			other_bound(point, tag, name, "above");
		else if (text_is(name, "max"))
			other_bound(point, tag, name, "below");
		else if (text_is(name, "above"))
			other_bound(point, tag, name, "min");
	}
}

/* The number or day of a constant, up to the white space behind it. */
static void constant(struct point *point, const struct tag *tag)
{
	const char *from = point->spot.file->raw.data + tag->end;

	point->at = tag->end;
	point->value = (struct text){ from, strcspn(from, " \n<") };
	point->spot.token = 2;
	steps(point);
}

/* A word that a parameter may have, taken out. */
static void allowed(struct point *point, const struct tag *tag)
{
	const char *raw = point->spot.file->raw.data;
	const char *end = strstr(raw + tag->end, "</word>");

	point->at = tag->at;
	point->value = (struct text){ raw + tag->at,
		(size_t)(end + strlen("</word>") - raw) - tag->at };
	mutants_add(point->mutants, &point->spot, "words", point->at,
		point->value.size, text_of(""));
}

void mutants_of_list(struct mutants *mutants, const struct law_file *file)
{
	struct point point = { mutants, { file, { "", 0 }, 1 }, 0, { "", 0 } };
	struct tag tag;
	size_t offset = 0;

	while (tag_next(file->raw, &offset, &tag)) {
		struct text name = tag_value(&tag, "name"), value;
		struct text id = tag_value(&tag, "id");
		size_t next = 0;

		if (tag.closes)
			continue;
		if (name.size || id.size)
			point.spot.element = name.size ? name : id;
		point.spot.token = 1;
		while (tag_attribute(&tag, &next, &name, &value)) {
			attribute(&point, &tag, name, value);
			point.spot.token++;
		}
		if (text_is(tag.name, "value"))
			constant(&point, &tag);
		else if (text_is(tag.name, "word"))
			allowed(&point, &tag);
	}
}
