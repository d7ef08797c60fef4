/*
 * One answer as a function of one number or date: pieces that cover the whole
 * domain, in order, inside each of which the answer is the same or moves by
 * one formula.
 */
#ifndef INQUIRY_PIECES_H
#define INQUIRY_PIECES_H

#include "inquiry/question.h"

#define PIECES_MAX	       4096   /* of one variable */
#define PIECES_EVALUATIONS_MAX 400000 /* of the rules, for one variable */
#define PIECES_CUTS_MAX	       1024   /* turning points of one variable */
#define PIECES_SHAPELESS_MAX   1024   /* values that are looked at one by one */

/* Why the inside of a piece is not known. */
enum piece_open {
	PIECE_KNOWN,
	PIECE_CEILING,	 /* a ceiling stopped the search */
	PIECE_FOREIGN,	 /* it turns where another unknown fact is equal */
	PIECE_SHAPELESS, /* it turns by something that has no order */
	PIECE_NARROW	 /* the turning point lies inside, of more digits than
			    are told */
};

struct piece {
	bool point;
	struct feel_range range; /* whole numbers and days: closed */
	struct outcome_set *set; /* may be too wide where `open` */
	struct dmn_marks marks;
	uint64_t signature; /* of a look, see question.h */
	bool moves;	    /* it hangs on the variable inside of the piece */
	bool refused;	    /* the facts contradict each other */
	enum piece_open open;
	uint32_t owner; /* decision that turns at the lower end where no cut
			   says so, or RULEBOOK_NONE */
};

struct pieces {
	size_t count;
	struct piece
		*items; /* from low to high; live as long as the question */
	size_t cut_count;
	struct cut *cuts;
};

/* The pieces of `variable`, which is a number or date. */
enum shk_code pieces_make(struct question *question,
	const struct variable *variable, struct pieces *pieces);
/* The piece in which `value` lies, or NULL. */
const struct piece *pieces_at(
	const struct pieces *pieces, const struct feel_value *value);
/*
 * Nothing changes between `at` - 1 and `at`: the answers are the same, or move
 * on by the same rows and branches. `moving`: the last piece of the run that
 * moves, or NULL.
 */
bool pieces_go_on(
	const struct pieces *pieces, size_t at, const struct piece *moving);

#endif
