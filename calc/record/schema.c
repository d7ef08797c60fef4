/*
 * Looking up fields of the vocabulary by name. Loading is in schema_load.c.
 * Fields keep the order of the file, which reports follow; `by_name` is the
 * same in byte order for the search.
 */
#include "base/memory.h"
#include "record/schema.h"

void record_schema_free(struct record_schema *schema)
{
	if (!schema)
		return;
	arena_release(&schema->arena);
	memory_free(schema);
}

int record_field_find(const struct record_schema *schema, struct text name)
{
	size_t low = 0;
	size_t high = schema->field_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		uint16_t index = schema->by_name[middle];
		int order =
			text_compare(name, text_of(schema->fields[index].name));

		if (order == 0)
			return index;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return -1;
}

const char *record_field_nearest(
	const struct record_schema *schema, struct text name)
{
	const char *names[RECORD_FIELDS_MAX];

	for (size_t i = 0; i < schema->field_count; i++)
		names[i] = schema->fields[i].name;
	return text_nearest(name, names, schema->field_count);
}
