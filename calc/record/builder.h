/*
 * The record that a reader is filling, and what lasts for the whole file:
 * the identifiers seen and the columns to keep. A new record resets only
 * what the last one touched, so that many fields cost nothing when unused.
 */
#ifndef RECORD_BUILDER_H
#define RECORD_BUILDER_H

#include "record/ids.h"
#include "record/list.h"
#include "record/name_set.h"
#include "record/record.h"
#include "record/value.h"

#define RECORD_BYTES_MAX (16u << 20) /* text of one record */

struct record_builder {
	struct record record;
	struct arena arena;   /* of the present record */
	struct arena lasting; /* of the file: values, columns to keep */
	struct value_context context;
	struct name_set makers;
	struct name_set items;
	bool alone; /* each record stands by itself; see shokan/record.h */
	struct record_ids *ids; /* those seen; its own or the caller's */
	struct record_ids own_ids;
	bool begun; /* `record` is one of the file, however wrong */
	int id_field;
	uint16_t *required; /* fields that every record has */
	size_t required_count;
	uint16_t *touched;
	size_t touched_count;
	bool *is_touched;	  /* one a field */
	struct record_kept *kept; /* one a --keep name, in its order */
	size_t kept_count;
};

enum shk_code builder_init(struct record_builder *builder,
	const struct record_schema *schema, const char *path,
	const shk_read_options *options, shk_diag *diag);
void builder_release(struct record_builder *builder);

/* A new record that begins at `row`. */
void builder_begin(struct record_builder *builder, long row, shk_diag *diag);
/*
 * One field from the text of a cell; an identifier is checked to be new; see
 * value.h for what `text` must be. A second value for the field is refused.
 */
enum shk_code builder_set(struct record_builder *builder, int field,
	struct text text, long column);
/* The value of a field, to be filled by the caller, marked as touched. */
struct record_value *builder_value(struct record_builder *builder, int field);
/* Index among the names to keep, or -1. */
int builder_keep_find(const struct record_builder *builder, struct text name);
/* Refuse a name that is no field, with the nearest one. */
enum shk_code builder_unknown(struct record_builder *builder, struct text name,
	long column, shk_diag *diag);
/* All fields are set: is anything missing that is required? */
enum shk_code builder_finish(struct record_builder *builder);

/* A name that the rules ignore. */
bool record_name_is_extra(struct text name);

#endif
