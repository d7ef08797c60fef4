/*
 * Inside of the row lane: what its columns are for, and the words and numbers
 * of cells, for the two files that look at rows one by one and together.
 */
#ifndef RECORD_LANE_INSIDE_H
#define RECORD_LANE_INSIDE_H

#include <string.h>

#include "record/lane.h"
#include "record/lane_marks.h"

/* Bytes that UTF-8 does not have: no word of a cell is one of these. */
#define LANE_SAYS  0xffffffff00000000u /* + its column: the cell follows */
#define LANE_KNOWN UINT64_MAX

/* Bytes before a cell that can be read; the first rows of a piece have less. */
#define LANE_BEFORE 16u

/* No cell of a key is longer, so that its words are few. */
#define LANE_CELL_MAX 256u

enum lane_role {
	LANE_SKIP,   /* whatever it holds */
	LANE_WORDS,  /* a text that nobody asks for */
	LANE_ID,     /* the identifier */
	LANE_NUMBER, /* a whole number */
	LANE_TRUTH,  /* a truth that nobody asks for */
	LANE_KEY     /* its cell belongs to the key */
};

/*
 * Columns that are looked at in the same way stand together, so that nothing is
 * decided cell by cell; a key has its words in this order.
 */
enum lane_look {
	LOOK_ID,
	LOOK_WORDS,  /* it must not be a word that means something */
	LOOK_KEY,    /* its cell belongs to the key */
	LOOK_NUMBER, /* passed on: number i of a row is the i-th of these */
	LOOK_RIGHT,  /* a number that only has to be right */
	LOOK_OTHER,  /* always by a call */
	LOOK_NEVER,
	LOOKS
};

struct lane_column {
	uint8_t role; /* enum lane_role */
	uint8_t weight;
	uint16_t number;      /* NUMBER with LANE_VALUE: index */
	uint64_t span, least; /* NUMBER: least to least + span are inside */
};

struct lane {
	shk_records *records;
	struct table *table;
	size_t piece;	/* at hand; 0: none yet */
	size_t at;	/* offset of the next row in the piece */
	size_t entered; /* offset where the reader is */
	long lines;	/* taken since then */
	long line;	/* of the next row */
	size_t row_at;	/* offset of the row looked at last */
	struct lane_row row;
	const uint32_t *ends; /* of its cells */
	size_t row_marks;
	bool known[LANE_NUMBERS_MAX]; /* of its numbers */
	int number_fields[LANE_NUMBERS_MAX];
	size_t number_count;
	size_t count;
	struct lane_column *columns;
	uint16_t *looked;	   /* columns, in the order of enum lane_look */
	uint16_t looks_end[LOOKS]; /* in `looked`, of each look */
	int *places;		   /* column of each field, or -1 */
	size_t batch_first;	   /* mark of its first row */
	size_t batch_stride;	   /* marks of each of its rows */
	size_t batch_wish;	   /* rows of the last one, at most */
	size_t batch_used;	   /* rows that were taken of it */
	bool together;		   /* rows are looked at so */
	struct lane_batch batch;   /* count 0: none */
	struct lane_marks marks;
};

/* Up to eight bytes from `text` on as one word, zeros behind them. */
static inline uint64_t word_at(const char *text, size_t size)
{
	uint64_t word = 0;

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	if (size == 0)
		return 0;
	memcpy(&word, text, sizeof(word)); /* LANE_MARGIN lies behind it */
	return size < 8 ? word << (64 - 8 * size) >> (64 - 8 * size) : word;
#else
	memcpy(&word, text, size < 8 ? size : 8);
	return word;
#endif
}

/* One to eight digits that end before `end`, where eight bytes can be read. */
static inline bool digits_read(const char *end, size_t count, uint64_t *value)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	const uint64_t zeros = 0x3030303030303030u;
	uint64_t word;

	memcpy(&word, end - 8, 8);
	word = (word ^ zeros) >> (64 - 8 * count) << (64 - 8 * count);
	if (((word + 0x0606060606060606u) | word) & 0xf0f0f0f0f0f0f0f0u)
		return false;
	word = word * 10 + (word >> 8);
	*value = ((word & 0x000000ff000000ffu) * 0x000f424000000064u +
			 (word >> 16 & 0x000000ff000000ffu) *
				 0x0000271000000001u) >>
		 32;
	return true;
#else
	*value = 0;
	for (const char *at = end - count; at < end; at++) {
		unsigned digit = (unsigned)(unsigned char)*at - '0';

		if (digit > 9)
			return false;
		*value = *value * 10 + digit;
	}
	return true;
#endif
}

/* Fewer than eight bytes that end before `end`, zeros behind them. */
static inline uint64_t word_short(const char *end, size_t size)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	uint64_t word;

	memcpy(&word, end - size, sizeof(word)); /* LANE_MARGIN is behind */
	return word & (((uint64_t)1 << 8 * size) - 1);
#else
	return word_at(end - size, size);
#endif
}

/* A number of at most eight digits, inside of its domain. */
static inline bool number_short(const struct lane_column *column,
	const char *end, size_t size, uint64_t *value)
{
	return size - 1 < 8 && digits_read(end, size, value) &&
	       *value - column->least <= column->span;
}

/* The cell of column `index` in the row whose marks are `ends`. */
static inline struct text cell_at(
	const struct lane *lane, const uint32_t *ends, size_t index)
{
	const uint32_t *end = ends + index;
	const size_t from = (size_t)end[-1] + 1;

	return (struct text){ lane->marks.data + from, *end - from };
}

static inline const uint16_t *look_end(
	const struct lane *lane, enum lane_look look)
{
	return lane->looked + lane->looks_end[look];
}

/* Whether all that is asked of columns can be asked of many rows at once. */
bool lane_looks_together(const struct lane *lane);
/* More marks are looked for, and those at hand move; false: there are none. */
bool lane_more(struct lane *lane);

#endif
