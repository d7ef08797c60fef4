/*
 * A list in one cell: `A社:60|B社:40`, `us:289@80`, `usefulness:p2`. The
 * pieces between colons fill the slots of an item in order; a slot is one
 * part, or a group of parts of which the prefix or the joining sign of the
 * piece chooses one.
 */
#include <string.h>

#include "record/list.h"

#define CELL_PIECES_MAX (RECORD_PARTS_MAX + 1)

_Static_assert(CELL_PIECES_MAX > RECORD_PARTS_MAX, "a piece too many is seen");

/* The rest of a cell that is being taken apart. */
struct cell {
	const char *at;
	const char *end;
	bool ended; /* no item follows */
};

/* Everything of one item; `|` or the end of the cell closes it. */
struct cell_item {
	struct text pieces[CELL_PIECES_MAX];
	size_t count;
	bool escaped; /* `\` before another sign, or at the end */
};

/*
 * Take one item. The pieces are copies in the arena, each with a NUL behind
 * it; false when memory runs out. Pieces past the last place overwrite it,
 * their number stays true.
 */
static bool cell_take(
	struct cell *cell, struct arena *arena, struct cell_item *item)
{
	size_t size = 0;
	size_t from = 0;
	const char *stop = cell->at;
	char *copy;

	while (stop < cell->end && *stop != '|')
		stop += *stop == '\\' && stop + 1 < cell->end ? 2 : 1;
	copy = arena_alloc(arena, (size_t)(stop - cell->at) + 1);
	if (!copy)
		return false;
	item->count = 0;
	item->escaped = false;
	for (const char *at = cell->at; at <= stop; at++) {
		if (at == stop || *at == ':') {
			size_t place = item->count < CELL_PIECES_MAX
					       ? item->count
					       : CELL_PIECES_MAX - 1;

			copy[size] = '\0';
			item->pieces[place] =
				(struct text){ copy + from, size - from };
			item->count++;
			from = ++size;
			continue;
		}
		if (*at == '\\') {
			at++;
			if (at == stop || !strchr("|:\\", *at)) {
				item->escaped = true;
				at--;
			}
		}
		copy[size++] = *at;
	}
	cell->ended = stop == cell->end;
	cell->at = stop + 1;
	return true;
}

/* The part that `piece` gives, of the slot that begins with `part`. */
static size_t cell_choose(
	const struct record_field *field, size_t part, struct text piece)
{
	const char *group = field->parts[part].group;
	size_t plain = part;

	for (size_t i = part; group && i < field->part_count; i++) {
		const struct record_field *type = &field->parts[i];
		const struct record_field *next =
			i + 1 < field->part_count ? type + 1 : NULL;

		if (!type->group || strcmp(type->group, group) != 0)
			continue;
		if (type->prefix[0] && piece.size > 0 &&
			piece.data[0] == type->prefix[0])
			return i;
		if (next && next->after && piece.size > 0 &&
			memchr(piece.data, next->after[0], piece.size))
			return i;
	}
	return plain;
}

/* The first part of the slot behind the one that begins with `part`. */
static size_t cell_next_slot(const struct record_field *field, size_t part)
{
	const char *group = field->parts[part].group;
	size_t next = part + 1;

	while (next < field->part_count &&
		(field->parts[next].after ||
			(group && field->parts[next].group &&
				strcmp(field->parts[next].group, group) == 0)))
		next++;
	return next;
}

/* `piece` without its prefix, apart at the joining sign. */
static bool cell_place(struct arena *arena, const struct record_field *field,
	size_t part, struct text piece, long column, struct list_text *texts)
{
	const struct record_field *type = &field->parts[part];
	const char *sign = NULL;

	if (type->prefix[0] && piece.size > 0 &&
		piece.data[0] == type->prefix[0]) {
		piece.data++;
		piece.size--;
	}
	if (part + 1 < field->part_count && type[1].after && piece.size > 0)
		sign = memchr(piece.data, type[1].after[0], piece.size);
	if (sign) {
		size_t before = (size_t)(sign - piece.data);
		char *copy = arena_text(arena, piece.data, before);

		if (!copy)
			return false;
		texts[part + 1].text =
			(struct text){ sign + 1, piece.size - before - 1 };
		texts[part + 1].column = column;
		piece = (struct text){ copy, before };
	}
	texts[part].text = piece;
	texts[part].column = column;
	return true;
}

static enum shk_code cell_item(struct value_context *context,
	const struct cell_item *item, struct list_text *texts)
{
	const struct record_field *field = context->field;
	size_t part = 0;

	if (item->escaped)
		return value_refuse(context, field, "bad_value",
			"a backslash stands before | : or \\ only; write "
			"\\\\ for the character itself");
	if (item->count == 1 && item->pieces[0].size == 0)
		return value_refuse(context, field, "bad_value",
			"an empty item; take one | away");
	for (size_t i = 0; i < item->count; i++) {
		if (part >= field->part_count)
			return value_refuse(context, field, "bad_value",
				"too many parts; write \\: for a colon in a "
				"text");
		if (!cell_place(context->arena, field,
			    cell_choose(field, part, item->pieces[i]),
			    item->pieces[i], context->column, texts))
			return diag_memory(context->diag);
		part = cell_next_slot(field, part);
	}
	return SHK_OK;
}

enum shk_code list_cell(struct value_context *context, struct text text,
	struct record_value *out)
{
	struct list_draft draft = { .field = context->field };
	struct cell cell = { text.data, text.data + text.size, false };
	struct cell_item item;

	while (!cell.ended) {
		enum shk_code code;
		struct list_text *texts = list_item(context, &draft, &code);

		if (!texts)
			return code;
		if (!cell_take(&cell, context->arena, &item))
			return diag_memory(context->diag);
		context->item = draft.count;
		code = cell_item(context, &item, texts);
		if (code)
			return code;
	}
	return list_finish(context, &draft, out);
}
