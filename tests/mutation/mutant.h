/*
 * Mutants of the rules: each one is a small change of one file that a test
 * of the law has to notice.
 */
#ifndef TESTS_MUTATION_MUTANT_H
#define TESTS_MUTATION_MUTANT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/text.h"

#define LAW_NAME_MAX 512

/* A file of the rules, as it stands. */
struct law_file {
	char name[64];	 /* "r8/common.dmn" */
	struct text raw; /* its bytes */
	struct buffer owned;
};

struct mutant {
	/* FILE ELEMENT TOKEN KIND FROM > TO: stays the same when lines move */
	char *name;
	const struct law_file *file;
	long line, column;
	size_t at, size; /* the bytes that are replaced */
	char *with;
};

struct mutants {
	struct mutant *items;
	size_t count, capacity;
};

/* Where a change stands, for the name of the mutant. */
struct spot {
	const struct law_file *file;
	struct text element; /* id of the element that holds it */
	size_t token;	     /* number of the token in the text, from 1 */
};

/* `kind` is one word; from and to are printed on one line, cut short. */
void mutants_add(struct mutants *mutants, const struct spot *spot,
	const char *kind, size_t at, size_t size, struct text with);
void mutants_release(struct mutants *mutants);

/* All mutants of one file, by its name. */
void mutants_of_model(struct mutants *mutants, const struct law_file *file);
void mutants_of_list(struct mutants *mutants, const struct law_file *file);

/* One unit of the last digit more and less; false: not a number. */
bool number_step(struct text number, int step, struct buffer *out);
/* A day more or less; false: not YYYY-MM-DD. */
bool day_step(struct text day, int step, struct buffer *out);

#endif
