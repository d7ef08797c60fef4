/*
 * Lists. Every spelling (one cell, indexed columns, JSON, XML) first becomes
 * a draft, the texts of the parts of each item, and then the same checks.
 */
#ifndef RECORD_LIST_H
#define RECORD_LIST_H

#include "record/value.h"

/* Text of one part of an item; data NULL: not given. */
struct list_text {
	struct text text;
	long line; /* 0: that of the record */
	long column;
};

struct list_draft {
	const struct record_field *field;
	struct list_text *texts; /* part_count of them an item, in the arena */
	size_t count;		 /* items */
	size_t capacity;
};

/*
 * Room for the parts of one more item, none of them given. NULL after a
 * refusal (too many items) or when memory ran out; `*code` says which.
 */
struct list_text *list_item(struct value_context *context,
	struct list_draft *draft, enum shk_code *code);

/* Read and check all items. At least one. */
enum shk_code list_finish(struct value_context *context,
	const struct list_draft *draft, struct record_value *out);

/* A list in one cell: items apart by `|`, parts by `:`, `\` before a sign. */
enum shk_code list_cell(struct value_context *context, struct text text,
	struct record_value *out);

#endif
