/*
 * Inside compare/: the changes while they are made. First the two days are
 * laid side by side (price_changes.c), then each change is explained
 * (price_causes.c).
 */
#ifndef COMPARE_PRICE_CHANGES_H
#define COMPARE_PRICE_CHANGES_H

#include <shokan/price_changes.h>

#include "base/arena.h"
#include "compare/price_list.h"
#include "compare/price_rules.h"

/* A change, and what is needed to explain it. */
struct price_case {
	shk_price_change change;
	const char *until; /* last day of the new price, or "" */
	/* the price on the day before the revision in force at the end, "" when
	   it is not known */
	const char *base;
};

/* A price of the later day, whatever it was before. */
struct price_listed {
	int schedule;
	int category_no;
	num price;
	const char *code;
};

struct shk_price_changes {
	struct arena arena; /* every text */
	char from[SHK_MASTER_DAY];
	char to[SHK_MASTER_DAY];
	struct price_case *cases; /* by code */
	size_t count;
	size_t capacity;
	struct price_listed *listed;
	size_t listed_count;
	size_t listed_capacity;
	size_t same;
	size_t causes[SHK_PRICE_CAUSES];
	const char *impact; /* sum over the changed prices, yen */
	size_t weighed;
	size_t partly;
};

/* What explaining needs beside the cases. */
struct price_work {
	shk_price_changes *changes;
	const shk_price_changes_options *options;
	const shk_schema *schema;
	struct price_rules rules;
	struct price_list lists[SHK_PRICE_LISTS_MAX];
	size_t list_revisions[SHK_PRICE_LISTS_MAX];
	size_t list_count; /* loaded, so to be released */
	/* the revision in force at the end; `first` is its first day */
	size_t revision;
	const char *revision_name;
	char first[SHK_MASTER_DAY];
	bool within; /* `first` lies behind `from`: the revision is between */
	struct buffer text;
};

/* Give every change of a price its cause and its note. */
enum shk_code price_causes(struct price_work *work, shk_diag *diag);
/* What the changes come to on yearly quantities. */
enum shk_code price_impacts(
	shk_price_changes *changes, const shk_volumes *volumes, shk_diag *diag);
/* A text of the changes' own; NULL when memory ran out. */
const char *price_changes_text(shk_price_changes *changes, const char *text);
/* The price of a case, in its exact form, as a number. */
num price_changes_number(const char *price);
/* The change of a price of that code, or NULL. */
struct price_case *price_changes_find(
	const shk_price_changes *changes, const char *code);

#endif
