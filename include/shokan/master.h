/*
 * The official price master of 特定保険医療材料 (特定器材マスター): a full file
 * `t_ALLYYYYMMDD.csv` in CP932, one row a code, read one row at a time.
 */
#ifndef SHOKAN_MASTER_H
#define SHOKAN_MASTER_H

#include <stdbool.h>
#include <stddef.h>

#include <shokan/diag.h>
#include <shokan/record.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A master file being read. One thread. */
typedef struct shk_master shk_master;

#define SHK_MASTER_ROWS_MAX 100000 /* rows of one file */
#define SHK_MASTER_LINE_MAX 8192   /* bytes of one row in UTF-8 */
#define SHK_MASTER_DAY	    11	   /* "YYYY-MM-DD" and NUL */

/* 金額種別: what an amount is. Only the first two are prices in yen. */
enum shk_amount_kind {
	SHK_AMOUNT_PRICE = 1,	   /* yen */
	SHK_AMOUNT_OLD_PRICE = 4,  /* yen; in masters before R6 only */
	SHK_AMOUNT_PURCHASE = 2,   /* what the institution paid; no amount */
	SHK_AMOUNT_PERCENT = 5,	   /* percent added to another price */
	SHK_AMOUNT_MULTIPLIER = 9, /* factor of another price */
	SHK_AMOUNT_NONE = 0	   /* 旧金額 only: none, or not filled in */
};

/*
 * One row. Texts are UTF-8, never NULL, owned by the master and valid until
 * its next call. Days are "YYYY-MM-DD", or "" where the file has the value
 * for none. Amounts are exact decimals without needless zeros ("132000",
 * "0.19"), in the unit that `kind` says.
 */
typedef struct shk_master_row {
	long line;	       /* 1-based row of the file */
	int change;	       /* 変更区分: 0 1 3 5 9 */
	const char *code;      /* 特定器材コード: 9 digits */
	const char *name;      /* 漢字名称, at most 32 characters */
	const char *full_name; /* 基本漢字名称; may be "" */
	const char *unit;      /* 単位 漢字名称; "" when there is none */
	enum shk_amount_kind kind; /* 金額種別 of `amount` */
	const char *amount; /* 新又は現金額; may be "0" unless a price */
	enum shk_amount_kind old_kind; /* of `old_amount` */
	const char *old_amount; /* 旧金額; "" when the file says none */
	const char *valid_from; /* 変更年月日: the row is in force from it */
	const char *price_until; /* 経過措置年月日: last day of the price */
	const char *code_until; /* 廃止年月日: last day of the code */
	int schedule;		/* 告示番号 別表番号: 0 to 8 */
	int category_no;	/* 告示番号 区分番号: 0 to 999 */
	bool ceiling;		/* 上限価格: the price is a ceiling */
} shk_master_row;

/*
 * True when the regular file `path` begins like a row of a master, whatever
 * its name. Reads a few bytes; a pipe or "-" is never looked at. When it is
 * false, errno is 0, or says why the file could not be looked at.
 */
bool shk_master_recognise(const char *path);

/*
 * The day of issue that a name like `.../t_ALL20260529.csv` states, as
 * "2026-05-29" in `day`. SHK_E_USAGE when the name states none.
 */
enum shk_code shk_master_issued(
	const char *path, char day[SHK_MASTER_DAY], shk_diag *diag);
/* Check a day of issue given in words: "YYYY-MM-DD" or "YYYYMMDD". */
enum shk_code shk_master_day(
	const char *text, char day[SHK_MASTER_DAY], shk_diag *diag);

/*
 * Open `path` ("-": standard input). SHK_ENCODING_AUTO takes CP932 only, as
 * the file is issued; a copy in UTF-8 is read when it is stated.
 */
enum shk_code shk_master_open(shk_master **out, const char *path,
	enum shk_encoding encoding, shk_diag *diag);
/*
 * The next row. SHK_END after the last one. SHK_E_INPUT with *row set (its
 * line): this row is wrong, diag has the number of the column and its Japanese
 * name, and the next call goes on. A failure with *row NULL: the file cannot
 * be read on.
 */
enum shk_code shk_master_next(
	shk_master *master, const shk_master_row **row, shk_diag *diag);
/* NULL is allowed. */
void shk_master_close(shk_master *master);

#ifdef __cplusplus
}
#endif
#endif
