/*
 * The vocabulary of product records, loaded from rules/fields.xml: names,
 * types, domains, labels. The readers know no field by name; a field that is
 * added there needs no change here.
 */
#ifndef RECORD_SCHEMA_H
#define RECORD_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "num/num.h"

#define RECORD_FIELDS_MAX 256
#define RECORD_PARTS_MAX  8
#define RECORD_WORDS_MAX  64

enum record_type {
	RECORD_BOOL,
	RECORD_INT,
	RECORD_DEC,
	RECORD_YEN,
	RECORD_PERCENT,
	RECORD_DATE,
	RECORD_ENUM,
	RECORD_MAKER,
	RECORD_TEXT,
	RECORD_LIST
};

/* What items of a list that agree in a part mean. */
enum record_key {
	RECORD_KEY_NONE,
	RECORD_KEY_MERGE, /* they are one item; their amounts are added */
	RECORD_KEY_UNIQUE /* an error */
};

/* A field, or one part of a list's items. */
struct record_field {
	const char *name;
	enum record_type type;
	bool has_low, has_high;	  /* numeric domain */
	bool low_open, high_open; /* the bound itself is outside */
	num low, high;
	bool whole_domain; /* its ends are whole numbers of 64 bits, or open */
	int64_t least, most; /* whole numbers from here to there are inside */
	size_t word_count;   /* of an enum */
	const char *const *words;
	bool derived;	   /* D: a decision's result that may be given */
	bool none_allowed; /* N: may be known to be absent */
	bool required;
	/* lists: parts of an item in order; a list of plain values has one */
	size_t part_count;
	const struct record_field *parts;
	bool plain;		/* items are values, not records */
	const char *sum_part;	/* part whose sum has a ceiling, or NULL */
	num sum_high;		/* that ceiling */
	const char *sum_reason; /* reason code when it is passed */
	const char *alone;	/* word whose item has no amount, or NULL */
	/* parts only */
	const char *group;  /* parts of one group exclude each other, or NULL */
	const char *prefix; /* letter before it in a cell (q9996), or "" */
	const char *after;  /* sign that joins it to the part before (@) */
	bool optional;	    /* an item may lack it even with no group */
	enum record_key key;
	const char *label_ja;
	const char *label_en;
	const char *unit; /* yen, percent, points, tests/year, ... or "" */
};

struct record_schema {
	struct arena arena;
	size_t field_count;
	const struct record_field *fields; /* in the order of the file */
	const uint16_t *by_name;	   /* their indices in byte order */
};

enum shk_code record_schema_load(
	struct record_schema **out, const char *path, shk_diag *diag);
/* The same from bytes; `path` is what messages name. */
enum shk_code record_schema_parse(struct record_schema **out, const char *path,
	struct text document, shk_diag *diag);
void record_schema_free(struct record_schema *schema);
/* Index of a field, or -1. */
int record_field_find(const struct record_schema *schema, struct text name);
/* The nearest field name to a misspelt one, or NULL. */
const char *record_field_nearest(
	const struct record_schema *schema, struct text name);

#endif
