/*
 * The certificate, a text in lines:
 *
 *     shokan certificate 1
 *     revisions r6 r8
 *
 *     table r8 coefficient_table r8/rare_disease_coefficient.dmn
 *     line 177
 *     source sha256:c0987c41...
 *     policy UNIQUE
 *     column 1 boolean false,true: column_1 or column_2
 *     column 2 integer >= 0: annual_tests
 *     row 1 line 189: true | >= 1000
 *     row 2 line 204: false | -
 *     cell 1 row 1: true | >= 1000; such as true | 1000
 *     cell 2 row 2: false | -; such as false | 0
 *     cell 3 no row: true | [0..999]; such as true | 0
 *
 *     end: 1 tables, 3 cells, 0 tables not certified
 *
 * Tables stand in the order of revisions, files and lines of the book; rows
 * are those of the model, entries as written there. A column has a type, a
 * domain and an expression; domains and cells are unary tests, `-` in a cell is
 * the whole domain of its column. A cell is taken by the rows that it names
 * (`rows 1,3` is written `row 1,3`) and by no other, or by none: a gap. What
 * follows `such as` is a witness, one value a column; of a column that no row
 * looks at and whose type nobody says it is `-`. A table that is not certified
 * has, behind `line`, only `not certified: why`.
 */
#ifndef CERTIFY_CLAIMS_H
#define CERTIFY_CLAIMS_H

#include <stdarg.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "certify/unary.h"

#define CLAIMS_BYTES_MAX     (64u << 20) /* of a certificate */
#define CLAIMS_COLUMNS_MAX   128
#define CLAIMS_ROWS_MAX	     4096
#define CLAIMS_CELLS_MAX     65536
#define CLAIMS_REVISIONS_MAX 16
#define CLAIMS_WHY_MAX	     512 /* bytes of a reason, with its NUL */

struct claim_column {
	struct text type;
	struct unary_tests domain;
	struct text expression;
};

struct claim_row {
	long line; /* in the model */
	struct text words;
};

struct claim_cell {
	long line; /* of the certificate */
	size_t row_count;
	const size_t *rows; /* from 1, ascending */
	const struct unary_tests *where;
	const struct unary_value *witness; /* UNARY_NONE: any */
	struct text such;		   /* the witness as written */
};

struct claim_table {
	long at; /* line of the certificate */
	struct text revision, id, file;
	long line; /* in the model */
	bool left_out;
	struct text source, policy;
	size_t column_count, row_count, cell_count;
	const struct claim_column *columns;
	const struct claim_row *rows;
	const struct claim_cell *cells;
};

struct claims {
	struct arena *arena;
	const char *next; /* line behind the present one */
	const char *end;
	struct text line;
	long number; /* of the present line, from 1 */
	size_t revision_count;
	struct text revisions[CLAIMS_REVISIONS_MAX];
	size_t tables, cells, left_out; /* so far */
	char why[CLAIMS_WHY_MAX];	/* "" while nothing is wrong */
};

/* A reason; one that is cut ends with three dots. */
void claims_say(char why[CLAIMS_WHY_MAX], const char *format, va_list arguments)
	BASE_PRINTF(2, 0);

/* The first lines; false: `why`, at line `number`. Also below. */
bool claims_open(struct claims *claims, struct arena *arena, struct text bytes);
/* Is there one more table? Else the end comes. */
bool claims_more(const struct claims *claims);
bool claims_next(struct claims *claims, struct claim_table *out);
/* The last line and nothing behind it. */
bool claims_close(struct claims *claims);

#endif
