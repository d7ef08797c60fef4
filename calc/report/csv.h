/*
 * One cell of CSV, for the writers of this room.
 */
#ifndef REPORT_CSV_H
#define REPORT_CSV_H

#include "base/buffer.h"

/* Quoted where it must be, with an apostrophe before a formula. */
void csv_cell(struct buffer *out, const char *data, size_t size);

#endif
