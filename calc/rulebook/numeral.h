/*
 * Numbers as texts write them: as Japanese legal text does (full-width digits,
 * kanji, 30万円, 110/100, 100分の110, 15％, 2割, days of an era, with 以上,
 * 以下, 未満 or 超 behind), and as FEEL does. What a number bounds is read
 * too, so that both can be held against each other.
 */
#ifndef RULEBOOK_NUMERAL_H
#define RULEBOOK_NUMERAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "num/num.h"

#define NUMERALS_MAX 512 /* numbers of one text */

enum numeral_bound {
	NUMERAL_FREE,  /* nothing is said */
	NUMERAL_LEAST, /* 以上, >= */
	NUMERAL_MOST,  /* 以下, <= */
	NUMERAL_ABOVE, /* 超, > */
	NUMERAL_BELOW, /* 未満, < */
	NUMERAL_BOUNDS
};

struct numeral {
	num value;
	num other; /* a second reading: 15 of 15 %, whose value is 0.15 */
	bool has_other;
	bool is_date; /* a day, and no number */
	int32_t day;
	bool is_fraction; /* of `top` and `bottom` */
	num top, bottom;
	enum numeral_bound bound;
	size_t at; /* bytes of the text */
	size_t size;
};

/*
 * The numbers of legal text into `out` of `capacity`; returns how many there
 * are. Numbers of articles (第77条, 第1項) are names and no numbers.
 */
size_t numeral_read(struct text text, struct numeral *out, size_t capacity);
/*
 * The numbers of a FEEL text: literals, two literals with / between them as
 * one fraction, and days in quotes. Names, comments, other texts are skipped.
 */
size_t numeral_read_feel(
	struct text text, struct numeral *out, size_t capacity);
/* Can they mean the same? Bounds are not looked at. */
bool numeral_same(const struct numeral *a, const struct numeral *b);
/* Do both bound nothing, or the same side? NUMERAL_FREE goes with all. */
bool numeral_agrees(enum numeral_bound a, enum numeral_bound b);
/* The other side: of >= 5 it is < 5. */
enum numeral_bound numeral_complement(enum numeral_bound bound);
/* ">=", "<=", ">", "<", or "". */
const char *numeral_sign(enum numeral_bound bound);

#endif
