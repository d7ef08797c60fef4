/*
 * Copies of the good book in a folder of the test, with one thing changed.
 */
#ifndef TESTS_RULEBOOK_SHELF_H
#define TESTS_RULEBOOK_SHELF_H

#include <shokan/rulebook.h>

#include "base/buffer.h"

#define GOOD_BOOK SOURCE_FOLDER "/tests/rulebook/books/good"

/* A new copy of the good book; its folder. */
const char *shelf_open(void);
/* The folder of the copy. */
const char *shelf_folder(void);
/* Remove the copy. */
void shelf_close(void);
/* Replace the only `from` in a file of the copy by `to`. */
void shelf_edit(const char *file, const char *from, const char *to);
/* Change byte number `at` of a file of the copy; false past its end. */
bool shelf_flip(const char *file, long at);
void shelf_write(const char *file, const char *text);
void shelf_remove(const char *file);

/* The book of a folder; the test fails when it does not load. */
shk_rulebook *shelf_load(const char *folder);

/* A sink that collects into a buffer. */
shk_sink shelf_sink(struct buffer *out);

#endif
