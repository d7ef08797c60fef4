/*
 * Inside inquiry/: what is left of an answer when some facts are known.
 */
#ifndef INQUIRY_NARROW_H
#define INQUIRY_NARROW_H

#include "inquiry/question.h"

#define NARROW_NAMES_MAX 64 /* facts that leave one answer open */

/* A name that a fact or parameter is asked for by, and its slots. */
struct narrow_name {
	const char *name;
	int field;     /* or -1 */
	uint32_t slot; /* the first */
};

struct narrow_names {
	size_t count;
	struct narrow_name items[NARROW_NAMES_MAX];
	bool dropped; /* there were more */
};

/* What is left in the worst case, and whether some case is decided. */
struct narrowing {
	bool decides; /* every case is decided */
	bool lucky;
	bool stopped; /* a ceiling */
	size_t left;  /* outcomes in the worst case; 0: not countable */
	bool numbers; /* in every case all that is left are bounded numbers */
	num width;    /* then: their greatest distance, of all cases */
};

/* The names that decide something, given all the others in any way. */
enum shk_code narrow_find(
	struct question *question, struct narrow_names *names);
/*
 * What is left when the names in `known` (a bit each) are known. `first`: stop
 * at the first case that is not decided.
 */
enum shk_code narrow(struct question *question,
	const struct narrow_names *names, uint64_t known, bool first,
	struct narrowing *found);

#endif
