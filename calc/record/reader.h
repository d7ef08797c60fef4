/*
 * What the formats have in common towards shk_records: a reader fills the
 * builder with one record a call.
 */
#ifndef RECORD_READER_H
#define RECORD_READER_H

#include "record/builder.h"
#include "record/input.h"

struct columns;
struct table;

enum record_cut {
	RECORD_CUT_NOWHERE,
	RECORD_CUT_TABLE, /* lines, but not inside of quotes */
	RECORD_CUT_LINES  /* every line */
};

struct record_reader {
	/*
	 * SHK_OK, SHK_END, or a failure; SHK_E_INPUT with builder->begun is
	 * about that record alone, any other failure about the file.
	 */
	enum shk_code (*next)(struct record_reader *reader,
		struct record_builder *builder, shk_diag *diag);
	void (*close)(struct record_reader *reader);
	/*
	 * Where the input may be cut into parts that are read on their own:
	 * behind its first `lines` lines (the header), at ends of records.
	 */
	enum record_cut cut;
	char delimiter; /* of a table */
	long lines;
	/* of a table: its rows, and what stands in them; else NULL */
	struct table *table;
	const struct columns *columns;
	/* A reader for parts of the same file; `restart` begins one of them
	   that `input` has been given. NULL: `cut` is RECORD_CUT_NOWHERE. */
	enum shk_code (*part)(struct record_reader **out,
		const struct record_reader *whole, struct input *input,
		shk_diag *diag);
	void (*restart)(struct record_reader *reader, long line);
};

/* Each reads the header, if there is one. `input` stays the caller's. */
enum shk_code csv_open(struct record_reader **out, struct input *input,
	char delimiter, struct record_builder *builder, shk_diag *diag);
/* `lines`: every line is one object, whatever the first looks like. */
enum shk_code json_open(struct record_reader **out, struct input *input,
	bool lines, shk_diag *diag);
/* Without an input: the next record is `text`, whatever it holds. */
void json_give(struct record_reader *reader, struct text text);
/* `bytes`: what stands in memory under the name of `path`; NULL: that file. */
enum shk_code xml_records_open(struct record_reader **out, const char *path,
	const struct text *bytes, shk_diag *diag);
/* A workbook; `sheet` NULL: the first that is not hidden. */
enum shk_code xlsx_open(struct record_reader **out, const char *path,
	const struct text *bytes, const char *sheet,
	struct record_builder *builder, shk_diag *diag);

#endif
