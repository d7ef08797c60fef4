/*
 * Dated prices in a store: what the official masters said, by the day for
 * which (as of) and by the day on which it was known (known on). A master
 * known on a day is one issued on or before it.
 */
#ifndef SHOKAN_PRICES_H
#define SHOKAN_PRICES_H

#include <stdbool.h>
#include <stddef.h>

#include <shokan/master.h>
#include <shokan/store.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SHK_MASTERS_MAX 512 /* masters in one store */

/* A master on its way into a store: all of it or nothing. One thread. */
typedef struct shk_master_import shk_master_import;

/*
 * Begin. `issued` is the day of issue, "YYYY-MM-DD". The store is locked for
 * writing until finish or free. Caller frees.
 */
enum shk_code shk_master_import_new(shk_master_import **out, shk_store *store,
	const char *issued, shk_diag *diag);
/*
 * The next row of the file. SHK_E_INPUT: the store holds another master of
 * that day; the message names the first value that differs.
 */
enum shk_code shk_master_import_row(
	shk_master_import *import, const shk_master_row *row, shk_diag *diag);
/* All rows are there: save. `*fresh` false: the store had this master. */
enum shk_code shk_master_import_finish(
	shk_master_import *import, bool *fresh, shk_diag *diag);
/* NULL is allowed. Without a finish the store is as it was. */
void shk_master_import_free(shk_master_import *import);

/* How sure the price of a code is on a day. */
enum shk_price_state {
	SHK_PRICE_SHOWN,   /* a master states this price for that day */
	SHK_PRICE_CARRIED, /* the last one stated; nothing contradicts it */
	/* no price is certain, `price` is "": */
	SHK_PRICE_CHANGED, /* another price at some time before that day */
	SHK_PRICE_ENDED, /* a transitional price is over, the next not known */
	SHK_PRICE_EARLIER, /* listed, but nothing is known of that day */
	SHK_CODE_DOUBTFUL, /* missing in the master after that day */
	/* not in force: */
	SHK_CODE_GONE,	   /* missing in the master of that day or before */
	SHK_CODE_ABOLISHED /* after the last day that a master states */
};

/* "shown", "carried", ...; never NULL. */
const char *shk_price_state_name(enum shk_price_state state);

/*
 * The price of one code on one day, or one entry of its history. Texts are
 * never NULL, owned by the cursor and valid until its next call.
 */
typedef struct shk_price_row {
	const char *code;	   /* 特定器材コード: 9 digits */
	const char *name;	   /* 漢字名称 */
	const char *unit;	   /* of the price; "" for none */
	enum shk_amount_kind kind; /* what `amount` is */
	const char *amount; /* what the row states, in the sense of `kind` */
	const char *price;  /* yen, where one is certain; else "" */
	const char *old_amount;	 /* 旧金額 as the row states it, or "" */
	int schedule;		 /* 0: not in the price list */
	int category_no;	 /* 告示番号 区分番号: 0 to 999 */
	const char *valid_from;	 /* the row is in force from this day */
	const char *price_until; /* last day of a transitional price, or "" */
	const char *code_until;	 /* last day of the code, or "" */
	const char *issued;	 /* first master of this row, as known */
	const char *last_issued; /* last master of this row, as known */
	/* the master after that one, which shows another row or none; "" when
	   none is known */
	const char *next_issued;
	const char *next_from; /* 変更年月日 there; "" when it has no row */
	const char *next_old_amount; /* 旧金額 there, or "" */
	enum shk_price_state state;  /* how sure `price` is */
} shk_price_row;

/* Which prices. Zero: all that are in force on the day of the newest master. */
typedef struct shk_prices_options {
	const char *as_of;    /* "YYYY-MM-DD"; NULL: day of the newest master */
	const char *known_on; /* NULL: every master of the store */
	const char *code;     /* only this code; NULL: all */
	bool history; /* every row that a master stated, not those of a day */
	bool all;     /* with codes that are gone or abolished */
	bool day_before; /* not on `as_of` but on the day before it */
} shk_prices_options;

/* Prices, by code; a history also by day. One thread. */
typedef struct shk_prices shk_prices;

/*
 * SHK_E_USAGE: no master in the store, none known on that day, or a day about
 * which none says anything; the message says which would do. Caller closes,
 * before the store.
 */
enum shk_code shk_prices_open(shk_prices **out, shk_store *store,
	const shk_prices_options *options, shk_diag *diag);
/* SHK_OK with *row, or SHK_END. */
enum shk_code shk_prices_next(
	shk_prices *prices, const shk_price_row **row, shk_diag *diag);
/* The day that is asked for, and the masters that are known. */
const char *shk_prices_as_of(const shk_prices *prices);
/* Masters of the store that were known on the day. */
size_t shk_prices_master_count(const shk_prices *prices);
/* Issue day and the day that a master describes; "" past the last. */
const char *shk_prices_master_issued(const shk_prices *prices, size_t index);
/* Day that the master describes, "YYYY-MM-DD"; "" past the last. */
const char *shk_prices_master_state(const shk_prices *prices, size_t index);
/* NULL is allowed. */
void shk_prices_close(shk_prices *prices);

#ifdef __cplusplus
}
#endif
#endif
