/*
 * A FEEL text of a model, and its mutants.
 */
#ifndef TESTS_MUTATION_FORMULA_H
#define TESTS_MUTATION_FORMULA_H

#include "feel/lexer.h"
#include "mutation/mutant.h"

#define TOKENS_MAX 2048
#define WORDS_MAX  256

enum formula_role { FORMULA_LOGIC, FORMULA_CELL, FORMULA_DOMAIN };

struct formula {
	enum formula_role role;
	struct text element; /* id of the element that holds the text */
	size_t at, size;     /* where it stands in the file */
	size_t owner;	     /* number of the decision, model or type */
	size_t row, column;  /* of an input cell, from 1; else 0 */
	struct text plain;   /* references resolved */
	struct buffer owned; /* what holds it */
	size_t *map;	     /* offsets in the file of the bytes of `plain` */
};

/* String literals, with their quotes, each once. */
struct words {
	struct text items[WORDS_MAX];
	size_t count;
};

void formula_words(const struct formula *formula, struct words *words);
/* `words`: the literals of the decision, then those of the file. */
void formula_mutants(struct mutants *mutants, const struct law_file *file,
	const struct formula *formula, const struct words *near,
	const struct words *all);

#endif
