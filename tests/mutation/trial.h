/*
 * One mutant on trial: a book that is wrong in one place, and the rows that
 * the right book agrees with.
 */
#ifndef TESTS_MUTATION_TRIAL_H
#define TESTS_MUTATION_TRIAL_H

#include "mutation/domains.h"
#include "mutation/mutant.h"
#include "mutation/values.h"
#include "price/rows.h"

/* A row of a vectors file that is kept, and where it came from. */
struct kept_row {
	const char *origin; /* "vectors", "own", ... */
	struct vector row;
};

struct kept_rows {
	struct kept_row *items;
	size_t count, capacity;
};

/*
 * Append the rows of a file; a row whose revision is "r6|r8" is two. False:
 * the file cannot be read.
 */
bool rows_keep(struct kept_rows *rows, const char *origin, const char *path);
/*
 * For each row of a revision so far whose decision `path` names, the same for
 * the other revision: the law of these decisions is the same in both. A line
 * of the file is a decision and the ids of rows for which that does not hold.
 */
bool rows_twin(struct kept_rows *rows, const char *path);
void rows_release(struct kept_rows *rows);

enum verdict {
	VERDICT_NONE,
	VERDICT_LOADER,
	VERDICT_ROW,
	VERDICT_TABLE,	/* a gap, an overlap or a fault of a table */
	VERDICT_VALUE,	/* a value taken that is refused, or refused */
	VERDICT_DOMAIN, /* a domain that the specification does not say */
	VERDICT_LOST
};

struct outcome {
	enum verdict verdict;
	char by[SHK_DIAG_MESSAGE]; /* the row and what differs */
	char origin[16];
};

/* What the law is held against. */
struct measure {
	struct kept_rows rows;
	struct values values;
	struct domains domains;
};

/* Try the book in `folder`, in which the file `name` was changed; of the rows
   those that can notice it. */
void trial_run(const char *folder, const char *name,
	const struct measure *measure, const bool *concerned,
	struct outcome *out);

#endif
