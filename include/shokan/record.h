/*
 * Product records from CSV, JSON, XML and workbooks (.xlsx).
 */
#ifndef SHOKAN_RECORD_H
#define SHOKAN_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <shokan/diag.h>
#include <shokan/sink.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The vocabulary of records (rules/fields.xml). Immutable once loaded. */
typedef struct shk_schema shk_schema;
/* A file of records being read, one at a time. One thread. */
typedef struct shk_records shk_records;
/* One record; owned by its reader, valid until the reader's next call. */
typedef struct shk_record shk_record;

/* Load `folder`/fields.xml. Caller frees. */
enum shk_code shk_schema_load(
	shk_schema **out, const char *folder, shk_diag *diag);
/* NULL is allowed. Readers and pricers that use it must be freed before. */
void shk_schema_free(shk_schema *schema);

/* How records are written. */
enum shk_format {
	SHK_FORMAT_AUTO,  /* by file name, else by the first bytes */
	SHK_FORMAT_CSV,	  /* comma, semicolon never; quoted fields */
	SHK_FORMAT_TSV,	  /* columns apart by tabs */
	SHK_FORMAT_JSON,  /* an array, one object, or one object a line */
	SHK_FORMAT_XML,	  /* <products>, one element a record */
	SHK_FORMAT_JSONL, /* one object a line; see below */
	SHK_FORMAT_XLSX	  /* a sheet of a workbook; never from standard input */
};

/*
 * SHK_FORMAT_JSONL, and standard input that has one object a line: each line
 * stands by itself, whatever it holds and whatever the others hold, so that a
 * stream can be cut at any line end. It is UTF-8; invalid bytes, a line that
 * is too long and a list that is too long cost that line alone; an identifier
 * may come twice; no line at all is no error.
 */

enum shk_encoding {
	SHK_ENCODING_AUTO, /* UTF-8, else CP932 when every byte fits */
	SHK_ENCODING_UTF8, /* with or without a byte order mark */
	SHK_ENCODING_CP932 /* Microsoft's code page 932 */
};

/* How a file is read. Zero: everything is detected. */
typedef struct shk_read_options {
	enum shk_format format;	    /* of the file */
	enum shk_encoding encoding; /* of a file of text */
	const char *const *keep;    /* extra columns to pass through */
	size_t keep_count;	    /* of `keep` */
	/* of a workbook; NULL: the first that is not hidden. Borrowed until
	   shk_records_open returns. */
	const char *sheet;
} shk_read_options;

#define SHK_CELL_MAX	(1u << 20) /* bytes of one cell or JSON string */
#define SHK_COLUMNS_MAX 1024	   /* columns of a table */
#define SHK_ITEMS_MAX	10000	   /* items of one list */

/*
 * Open `path` ("-": standard input). Errors that concern the whole file
 * (unknown column, no header, not UTF-8 nor CP932, not JSON) come from here or
 * from the first call of shk_records_next.
 */
enum shk_code shk_records_open(shk_records **out, const shk_schema *schema,
	const char *path, const shk_read_options *options, shk_diag *diag);

/*
 * The same of bytes in memory that stand for a file, of any format; `name` is
 * the file's in messages, and its ending tells the format as there; no file is
 * opened. They stay the caller's and must live until the records are closed.
 */
enum shk_code shk_records_open_bytes(shk_records **out,
	const shk_schema *schema, const char *name, const void *data,
	size_t size, const shk_read_options *options, shk_diag *diag);

/*
 * Records from JSON texts in memory that are given one after the other: each
 * text is one object and stands by itself as the lines of SHK_FORMAT_JSONL do.
 * `name` stands for the file in messages.
 */
enum shk_code shk_records_open_texts(shk_records **out,
	const shk_schema *schema, const char *name,
	const shk_read_options *options, shk_diag *diag);
/* The next text, for one call of shk_records_next; it must live until then. */
void shk_records_give(shk_records *records, const char *text, size_t size);

/*
 * The next record. SHK_END after the last one. SHK_E_INPUT with *record set
 * (its id and row, as far as they could be read): this record is wrong and the
 * next call goes on with the one after it; where each line stands by itself
 * SHK_E_LIMIT too. SHK_E_INPUT with *record NULL: the file cannot be read on.
 */
enum shk_code shk_records_next(
	shk_records *records, shk_record **record, shk_diag *diag);
/* Encoding that was detected or stated: "UTF-8" or "CP932". */
const char *shk_records_encoding(const shk_records *records);
/* Each line stands by itself, as said at enum shk_format. */
bool shk_records_are_lines(const shk_records *records);
/* Bytes of the file that were taken so far, for progress; 0: not known. */
uint64_t shk_records_bytes(const shk_records *records);
/* NULL is allowed. Its record ends with it. */
void shk_records_close(shk_records *records);

/* Identifier, file and first line of a record. */
const char *shk_record_id(const shk_record *record);
/* The file, or what stands for it in messages; lives as the record. */
const char *shk_record_path(const shk_record *record);
/* 1-based row or line where the record begins. */
long shk_record_row(const shk_record *record);
/* Warnings met while reading it (two spellings of one maker ...). */
size_t shk_record_warning_count(const shk_record *record);
/* The warning at `index`, from 0; NULL past the last. Lives as the record. */
const char *shk_record_warning(const shk_record *record, size_t index);

/*
 * What a record says as a JSON object of texts: `{"annual_tests":"150",...}`,
 * names in byte order, values as CSV cells, what is unknown left out. The same
 * facts give the same bytes whatever file they came from. SHK_E_IO when the
 * sink could not write.
 */
enum shk_code shk_record_facts(
	const shk_record *record, shk_sink sink, shk_diag *diag);
/* The record as the JSON object that records are read from, in the order of
   the vocabulary, with the kept columns behind. */
enum shk_code shk_record_json(
	const shk_record *record, shk_sink sink, shk_diag *diag);
/* The columns that were kept, as texts in the order of `keep`. */
enum shk_code shk_record_kept(
	const shk_record *record, shk_sink sink, shk_diag *diag);

/* A record as these two gave it, and the place that messages name. The texts
   are valid until the source's next call. */
typedef struct shk_row {
	const char *path;  /* file that messages name */
	long row;	   /* 1-based row that messages name */
	const char *facts; /* as shk_record_facts wrote it */
	const char *kept;  /* as shk_record_kept wrote it */
} shk_row;

/* Where such rows come from. */
typedef struct shk_row_source {
	void *context; /* given to `next` */
	/* SHK_END after the last row; a failure ends the reading. */
	enum shk_code (*next)(void *context, shk_row *row, shk_diag *diag);
} shk_row_source;

/* Records from such rows; each stands by itself, as JSON lines do. `options`
   gives the columns to keep. */
enum shk_code shk_records_from(shk_records **out, const shk_schema *schema,
	shk_row_source source, const shk_read_options *options, shk_diag *diag);

/* Set one field from the text of a CSV cell, for what-if questions. */
enum shk_code shk_record_set(shk_record *record, const char *name,
	const char *value, shk_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
