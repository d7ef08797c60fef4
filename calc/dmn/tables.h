/*
 * Decision tables taken apart for those who report on them: columns with what
 * they may be, rows, and the cells of the domain, each with the rows that take
 * it and a witness. The cells are disjoint and together the whole domain.
 */
#ifndef DMN_TABLES_H
#define DMN_TABLES_H

#include "dmn/graph.h"

#define DMN_TABLE_CELLS_MAX 16384 /* of one table */

struct dmn_table_column {
	const char *expression; /* FEEL, white space made single */
	/* "boolean", "string", "number", "integer", "date"; "any" when no row
	   looks at it and nothing says what it is */
	const char *type;
	const char *domain; /* unary tests; "-": every value of the type */
};

struct dmn_table_row {
	long line;
	const char *const *entries; /* one a column, as written */
};

struct dmn_table_cell {
	size_t found; /* in which order */
	size_t row_count;
	const size_t *rows;	    /* from 1, ascending */
	const char *const *where;   /* one a column: unary tests */
	const char *const *witness; /* one a column: a value; "-": any */
};

struct dmn_table {
	const char *path; /* of its file */
	long line;
	long column;
	const char *id;
	struct text owner;  /* decision or knowledge model that it stands in */
	const char *policy; /* "UNIQUE", ... */
	bool exclusive;	    /* rows must not overlap */
	size_t column_count;
	const struct dmn_table_column *columns;
	size_t row_count;
	const struct dmn_table_row *rows;
	size_t cell_count;
	const struct dmn_table_cell *cells; /* by their first row; gaps last */
	const char *unchecked;		    /* why there are no cells, or "" */
	const char *uncertified; /* why a simple reader cannot follow, or "" */
};

/* Is the input data of that name always an integer? */
struct dmn_whole {
	const void *context;
	bool (*is)(const void *context, struct text name);
};

size_t dmn_table_count(const struct dmn_graph *graph);
/* Where a table stands, and the name of the element that it belongs to. */
struct text dmn_table_place(const struct dmn_graph *graph, size_t index,
	const char **path, long *line);
/* Take apart the table `index`; everything lives in `arena`. */
enum shk_code dmn_table_read(const struct dmn_graph *graph, size_t index,
	const struct dmn_whole *whole, struct arena *arena,
	struct dmn_table *out, shk_diag *diag);

#endif
