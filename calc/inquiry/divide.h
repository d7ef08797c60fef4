/*
 * Dividing the axis into pieces on which the condition says one thing.
 */
#ifndef INQUIRY_DIVIDE_H
#define INQUIRY_DIVIDE_H

#include "inquiry/enquiry.h"

/* A stretch of the axis, both ends included. */
struct piece {
	bool has_low, has_high;
	num low, high;
	enum shk_solve_state state;
	bool inexact; /* one value, decided by the last digits of a number */
};

struct pieces {
	size_t count;
	struct piece items[SHK_SOLVE_PIECES_MAX];
};

/* SHK_E_LIMIT when there are more pieces than that. */
enum shk_code divide(struct enquiry *question, struct pieces *pieces);

#endif
