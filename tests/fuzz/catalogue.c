/*
 * Identifiers are chosen so that orders that are not that of bytes would show:
 * by letters of a language, by case, by the units of UTF-16, by length, by
 * what stands between quotes. Of each fact there are a few values, nearly all
 * right; an empty one is unknown. At most one is wrong when it is read, since the
 * first wrong one is told.
 */
#include <string.h>

#include "fuzz/catalogue.h"

#define RECORD_BYTES 8
#define FACT_COUNT   14 /* two a byte, behind the identifier's */
#define VALUE_COUNT  4

struct fact {
	const char *name;
	const char *values[VALUE_COUNT]; /* as in JSON; "" is unknown */
};

static const struct fact facts[FACT_COUNT] = {
	{ "kind", { "", "\"ivd\"", "\"samd\"", "\"category\"" } },
	{ "as_of",
		{ "", "\"2024-07-01\"", "\"2026-06-01\"", "\"1999-12-31\"" } },
	{ "orphan_designated", { "", "true", "false", "true" } },
	{ "indication_aid", { "", "true", "false", "false" } },
	{ "annual_tests", { "", "199", "200", "\"many\"" } },
	{ "base_points", { "", "1000", "1235.5", "0.1" } },
	{ "samd_is_specified_material", { "", "true", "false", "true" } },
	{ "has_other_mgmt_fee", { "", "true", "false", "false" } },
	{ "visit_fee_points", { "", "75", "291", "0" } },
	{ "same_category", { "", "true", "false", "true" } },
	{ "active_products", { "", "0", "3", "12" } },
	{ "name_or_definition_change", { "", "true", "false", "true" } },
	{ "material_price", { "", "18", "145", "99999999" } },
	{ "quantity", { "", "1", "70", "2.5" } },
};

static const char *const names[] = { "a", "B", "Z", "é", "e", "10", "9", "ア",
	"あ", "Ａ", "𠮷", "a b", "a,b", "a\"b", "a\\b", "a|b", "a-", "A", "aa",
	"a\tb", "\xef\xbf\xbd", "~", "0", "a;b=c" };

#define NAME_COUNT (sizeof(names) / sizeof(names[0]))

void catalogue_read(
	struct catalogue *catalogue, const uint8_t *data, size_t size)
{
	catalogue->data = data;
	catalogue->count = size / RECORD_BYTES;
	if (catalogue->count > CATALOGUE_MAX)
		catalogue->count = CATALOGUE_MAX;
}

void catalogue_shuffle(size_t *order, size_t count, uint32_t seed)
{
	for (size_t i = 0; i < count; i++)
		order[i] = i;
	for (size_t i = count; seed != 0 && i > 1; i--) {
		size_t other;
		size_t kept = order[i - 1];

		seed = seed * 1664525u + 1013904223u;
		other = (seed >> 8) % i;
		order[i - 1] = order[other];
		order[other] = kept;
	}
}

static const uint8_t *record_of(const struct catalogue *catalogue, size_t index)
{
	return catalogue->data + index * RECORD_BYTES;
}

static const char *value_of(const uint8_t *record, size_t fact)
{
	unsigned both = record[1 + fact / 2];

	return facts[fact].values[(fact % 2 ? both >> 4 : both) % VALUE_COUNT];
}

static void say_id_json(struct buffer *out, const char *name)
{
	for (; *name; name++) {
		if (*name == '\t') {
			buffer_text(out, "\\t");
			continue;
		}
		if (*name == '"' || *name == '\\')
			buffer_byte(out, '\\');
		buffer_byte(out, *name);
	}
}

static void say_json(
	struct buffer *out, const uint8_t *record, const size_t *order)
{
	buffer_text(out, "{");
	for (size_t i = 0; i < FACT_COUNT; i++) {
		const char *value = value_of(record, order[i]);

		if (*value)
			buffer_format(
				out, "\"%s\":%s,", facts[order[i]].name, value);
	}
	buffer_text(out, "\"id\":\"");
	say_id_json(out, names[record[0] % NAME_COUNT]);
	/* one in eight ends too early, and is no JSON */
	buffer_text(out, record[0] >= 224 ? "\"\n" : "\"}\n");
}

static void say_csv(struct buffer *out, const uint8_t *record, size_t index,
	const size_t *order)
{
	for (size_t i = 0; i < FACT_COUNT; i++) {
		buffer_text(out, value_of(record, order[i]));
		buffer_byte(out, ',');
	}
	buffer_byte(out, '"');
	for (const char *name = names[record[0] % NAME_COUNT]; *name; name++) {
		if (*name == '"')
			buffer_byte(out, '"');
		buffer_byte(out, *name);
	}
	buffer_format(out, "%zu\"\n", index);
}

void catalogue_write(const struct catalogue *catalogue, const size_t *order,
	uint32_t facts_seed, struct buffer *out)
{
	size_t columns[FACT_COUNT];

	catalogue_shuffle(columns, FACT_COUNT, facts_seed);
	buffer_clear(out);
	for (size_t i = 0; catalogue->csv && i < FACT_COUNT; i++)
		buffer_format(out, "%s,", facts[columns[i]].name);
	if (catalogue->csv)
		buffer_text(out, "id\n");
	for (size_t i = 0; i < catalogue->count; i++) {
		const uint8_t *record = record_of(catalogue, order[i]);

		if (catalogue->csv)
			say_csv(out, record, order[i], columns);
		else
			say_json(out, record, columns);
	}
}
