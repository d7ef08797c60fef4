/*
 * Inverse pricing: for which values of one fact does a condition on the answer
 * hold? Exact stretches of the fact, piece after piece, not samples.
 */
#ifndef SHOKAN_SOLVE_H
#define SHOKAN_SOLVE_H

#include <shokan/price.h>
#include <shokan/rulebook.h>
#include <shokan/sink.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What is true of every value of a piece. */
enum shk_solve_state {
	SHK_SOLVE_HOLDS,	  /* whatever else is missing */
	SHK_SOLVE_FAILS,	  /* likewise */
	SHK_SOLVE_UNDETERMINED,	  /* other facts or parameters decide */
	SHK_SOLVE_NOT_APPLICABLE, /* what the condition asks about is not
				     there */
	SHK_SOLVE_CONFLICT,	  /* rules contradict each other */
	SHK_SOLVE_ERROR,	  /* the facts contradict each other */
	SHK_SOLVE_OPEN /* not decided: a ceiling was met. Never proved */
};

#define SHK_SOLVE_CELLS_MAX  20000 /* stretches that one solution looks at */
#define SHK_SOLVE_PIECES_MAX 1024  /* pieces of one solution */

/* What is asked. Borrowed for the call. */
typedef struct shk_solve_options {
	/* field of the record that varies; `FIELD=BEFORE{}AFTER`: the number
	   in place of the braces, in the cell of a list */
	const char *fact;
	const char *condition; /* FEEL over outputs of the decision and
				  `status` */
	const char *from;      /* first value that is asked about; NULL: all */
	const char *to;	       /* last value; NULL: all */
} shk_solve_options;

/* An answer in pieces. Immutable once made. */
typedef struct shk_solution shk_solution;

/*
 * Solve for one record; what it says of the fact itself is told beside the
 * answer. `price` must ask exactly one decision; steps, flips, lead_only,
 * values_only and facts of it are not used. The values asked about are those that a record can
 * give: whole numbers, days, words, decimals of at most 15 places. Every piece
 * is proved: the rules were evaluated with the fact as an interval, which
 * encloses what they give for any value in it, or the piece is one value. Each
 * end is priced once more with `shk_pricer_price`. A piece that is not proved
 * says so. Errors: SHK_E_USAGE for a fact that the decision does not read, a
 * condition that is wrong, bounds that are no values; SHK_E_LIMIT past
 * SHK_SOLVE_PIECES_MAX. Caller
 * frees; rulebook and schema must outlive the solution.
 */
enum shk_code shk_solve(shk_solution **out, const shk_rulebook *rulebook,
	const shk_schema *schema, const shk_price_options *price,
	const shk_record *record, const shk_solve_options *options,
	shk_diag *diag);
/* NULL is allowed. */
void shk_solution_free(shk_solution *solution);

/* Pieces with that state. */
size_t shk_solution_count(
	const shk_solution *solution, enum shk_solve_state state);
/* Every piece is proved. */
bool shk_solution_proved(const shk_solution *solution);

/* How a solution is written. */
enum shk_solution_format {
	SHK_SOLUTION_TEXT, /* for readers */
	SHK_SOLUTION_JSON, /* one object; schemas/solution.schema.json */
	SHK_SOLUTION_CSV   /* RFC 4180, UTF-8, one row a piece */
};

/* Write it. SHK_E_IO when the sink could not write. */
enum shk_code shk_solution_report(const shk_solution *solution,
	enum shk_solution_format format, enum shk_language language,
	shk_sink sink, shk_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
