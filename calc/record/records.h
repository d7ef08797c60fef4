/*
 * An open file of records, inside this room and for who cuts it into parts.
 */
#ifndef RECORD_RECORDS_H
#define RECORD_RECORDS_H

#include "record/reader.h"

struct shk_records {
	struct record_builder builder;
	struct input *input; /* NULL for XML, which reads by itself */
	struct record_reader *reader;
	enum shk_code ended; /* SHK_END or the failure that ended it */
	shk_diag why;	     /* of the last failure */
};

#endif
