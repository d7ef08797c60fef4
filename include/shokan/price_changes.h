/*
 * Which prices of the official masters changed between two days, and why: by
 * a decision of the rulebook that gives the new amount, by the price list of
 * a revision, or unexplained. Nothing is claimed that does not fit exactly.
 */
#ifndef SHOKAN_PRICE_CHANGES_H
#define SHOKAN_PRICE_CHANGES_H

#include <stdbool.h>
#include <stddef.h>

#include <shokan/compare.h>
#include <shokan/prices.h>
#include <shokan/rulebook.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SHK_PRICE_LISTS_MAX 16 /* price lists, and files of facts */

/* Why a price is another one than before. */
enum shk_price_cause {
	SHK_PRICE_BY_DECISION, /* a decision gives the new amount */
	SHK_PRICE_BY_LIST,     /* the revision's price list has it; how it was
				  found is not published */
	SHK_PRICE_UNEXPLAINED, /* neither */
	/* no change of a price: */
	SHK_PRICE_NEW,	   /* the code is listed since */
	SHK_PRICE_GONE,	   /* the code is listed no more */
	SHK_PRICE_UNKNOWN, /* of one of the days no price is certain */
	SHK_PRICE_KIND,	   /* a price before or after, but not both */
	SHK_PRICE_CAUSES   /* how many causes there are */
};

/* "decision", "price_list", "unexplained", "new", ...; never NULL. */
const char *shk_price_cause_name(enum shk_price_cause cause);

/* One code. Texts are never NULL and live as long as the changes. */
typedef struct shk_price_change {
	const char *code;	    /* 特定器材コード: 9 digits */
	const char *name;	    /* 漢字名称 */
	int schedule;		    /* 告示番号 別表番号: 0 to 8 */
	int category_no;	    /* 告示番号 区分番号: 0 to 999 */
	const char *unit_before;    /* of the price on the first day, or "" */
	const char *unit_after;	    /* of the price on the second day, or "" */
	const char *before;	    /* yen, or "" */
	const char *after;	    /* yen, or "" */
	const char *difference;	    /* yen; "" too where the unit is another */
	enum shk_price_cause cause; /* why, as far as that is proved */
	const char *decision; /* that explains it; unexplained: the one that
				 applies and does not; or "" */
	const char *revision; /* whose list or decision, or "" */
	const char *note;     /* why, and what that does not show */
	/* with volumes: yearly quantity, and difference x quantity in yen; ""
	   where there is none, or no difference */
	const char *quantity;
	const char *impact; /* likewise, exact */
	size_t suppressed;  /* parts of the quantity that are held back */
} shk_price_change;

/* A price list of a revision: records as in fixtures/prices. */
typedef struct shk_price_list_file {
	const char *revision; /* "r6", "r8" */
	const char *path;     /* of a file of records */
} shk_price_list_file;

/*
 * Which days, and what may explain a change. Zero is allowed; borrowed for the
 * call.
 */
typedef struct shk_price_changes_options {
	const char *from;     /* NULL: the day of the oldest known master */
	const char *to;	      /* NULL: the day of the newest */
	const char *known_on; /* NULL: every master */
	const shk_price_list_file *lists; /* may explain a change; NULL: none */
	size_t list_count; /* of `lists`; at most SHK_PRICE_LISTS_MAX */
	/* records whose id is a code, or a schedule and a number (6-002), with
	   facts for the decisions; current_price is the price before */
	const char *const *facts;
	size_t fact_count; /* of `facts`; at most SHK_PRICE_LISTS_MAX */
	const shk_volumes *volumes; /* quantities by code; NULL: no impact */
} shk_price_changes_options;

/* What was found. Immutable once made. */
typedef struct shk_price_changes shk_price_changes;

/*
 * Compare. SHK_E_USAGE as shk_prices_open, and when `to` is not after `from`
 * or a list names no revision; SHK_E_INPUT when a list or the facts are wrong.
 * Caller frees. The store, rulebook and schema are needed for the call only.
 */
enum shk_code shk_price_changes_new(shk_price_changes **out, shk_store *store,
	const shk_rulebook *rulebook, const shk_schema *schema,
	const shk_price_changes_options *options, shk_diag *diag);
/* By code; NULL past the last. */
const shk_price_change *shk_price_changes_at(
	const shk_price_changes *changes, size_t index);
/* Codes with that cause, and codes whose price is the same on both days. */
size_t shk_price_changes_count(
	const shk_price_changes *changes, enum shk_price_cause cause);
/* Codes whose price is the same on both days. */
size_t shk_price_changes_same(const shk_price_changes *changes);
/* The first day, "YYYY-MM-DD"; lives as the changes. */
const char *shk_price_changes_from(const shk_price_changes *changes);
/* The second day, likewise. */
const char *shk_price_changes_to(const shk_price_changes *changes);
/*
 * With volumes: the sum of the impacts in yen, exact; `*weighed` changed
 * prices are in it, `*partly` of these with a part of the quantity held back.
 */
const char *shk_price_changes_impact(
	const shk_price_changes *changes, size_t *weighed, size_t *partly);
/* NULL is allowed. */
void shk_price_changes_free(shk_price_changes *changes);

#ifdef __cplusplus
}
#endif
#endif
