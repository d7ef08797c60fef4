/*
 * What the rules say, as this program reads it: the tables of the models that
 * rulebook.xml names for each revision and of those that they import, each
 * with the domain of its columns. Nothing here is taken from the certificate.
 */
#ifndef CERTIFY_MODELS_H
#define CERTIFY_MODELS_H

#include "base/arena.h"
#include "base/diag.h"
#include "certify/unary.h"
#include "xml/reader.h"

#define MODELS_REVISIONS_MAX 16
#define MODELS_FILES_MAX     256 /* of one revision */
#define MODELS_TABLES_MAX    4096
#define MODELS_COLUMNS_MAX   128
#define MODELS_ROWS_MAX	     4096
#define MODELS_BYTES_MAX     (16u << 20) /* of one file */
#define MODELS_CHAIN_MAX     32		 /* types that name another */
#define MODELS_HASH	     72		 /* "sha256:", 64 digits, NUL */

struct models_column {
	struct text expression; /* white space made single */
	enum unary_type type;	/* UNARY_NONE, _OTHER: no row looks at it */
	bool whole;		/* numbers are integers */
	struct unary_tests domain;
};

struct models_row {
	long line;
	struct text words; /* entries as written, joined by " | " */
	const struct unary_tests *entries;
};

struct models_table {
	const char *revision;
	const char *file; /* inside of the book: r8/common.dmn */
	const char *id;	  /* "" when it has none */
	long line;
	const char *policy;
	char source[MODELS_HASH];
	size_t column_count;
	const struct models_column *columns;
	size_t row_count;
	const struct models_row *rows;
	const char *unread; /* why the table cannot be read here, or "" */
};

struct models_file {
	const char *revision;
	const char *name; /* r8/common.dmn */
	const struct xml_element *root;
	struct text bytes;
};

struct models {
	struct arena arena;
	const char *folder;
	size_t revision_count;
	const char *revisions[MODELS_REVISIONS_MAX];
	const struct xml_element *fields; /* root of fields.xml */
	size_t file_count;		  /* of the revision being read */
	struct models_file *files;
	size_t table_count; /* by revision, file and line */
	struct models_table *tables;
	bool failed; /* memory ran out */
};

/* Read the book in `folder`. SHK_E_RULES, SHK_E_IO, ...: what is wrong. */
enum shk_code models_read(
	struct models *models, const char *folder, shk_diag *diag);
void models_release(struct models *models);

/* table.c */
/* Every table of a file, behind those that are there. */
enum shk_code models_read_tables(
	struct models *models, const struct models_file *file, shk_diag *diag);

/* domain.c */
/* What an input may be; false: `*why` says why it cannot be read. */
bool models_read_domain(struct models *models, const struct models_file *file,
	const struct xml_element *input, struct models_column *out,
	const char **why);

/* Text of an element's <text>, its white space made single; "" without. */
struct text models_text(struct models *models, const struct xml_element *xml);

#endif
