/*
 * The reader of records that somebody else keeps as text.
 */
#ifndef RECORD_ROWS_H
#define RECORD_ROWS_H

#include "record/reader.h"

enum shk_code rows_open(
	struct record_reader **out, shk_row_source source, shk_diag *diag);

#endif
