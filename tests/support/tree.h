/*
 * Syntax trees in tests: as an S-expression that shows every field that
 * matters (not places), so that a test can say what it expects and that two
 * trees are equal when their texts are.
 */
#ifndef SUPPORT_TREE_H
#define SUPPORT_TREE_H

#include "base/buffer.h"
#include "feel/ast.h"

/* `(+ a (* 2 b))`; a missing kid is `_`. */
void tree_dump(const struct feel_node *node, struct buffer *out);
void tree_dump_type(const struct feel_type_ref *type, struct buffer *out);

/* A scope for the parser: a list of names, ended by NULL. */
struct feel_names tree_names(const char *const *list);

#endif
