/*
 * Names that FEEL itself knows and that one word does not hold: built-in
 * functions, types, and the properties of ranges and temporal values.
 */
#ifndef FEEL_NAMES_H
#define FEEL_NAMES_H

#include <stdbool.h>

#include "base/text.h"

enum feel_word_table {
	FEEL_BUILTIN_NAMES,
	FEEL_PROPERTY_NAMES,
	FEEL_TYPE_NAMES
};

/* True when `name` is in the table. */
bool feel_names_has(enum feel_word_table table, struct text name);
/* True when a name of the table goes on after `start`. */
bool feel_names_begins(enum feel_word_table table, struct text start);

/* True for a reserved word of FEEL's grammar. */
bool feel_names_is_keyword(struct text word);

#endif
