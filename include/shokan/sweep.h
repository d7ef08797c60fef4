/*
 * Sweeps: the answer for one record over a list of values of one fact, or a
 * grid over two. Every point is a record that the pricer answers.
 */
#ifndef SHOKAN_SWEEP_H
#define SHOKAN_SWEEP_H

#include <shokan/price.h>
#include <shokan/rulebook.h>
#include <shokan/sink.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SHK_SWEEP_AXES_MAX   2	   /* facts that vary at once */
#define SHK_SWEEP_POINTS_MAX 20000 /* records that one sweep prices */

/* The answers at every point. Immutable once made. */
typedef struct shk_sweep shk_sweep;

/*
 * Price the record at every value. `vary` has one text a fact, `FACT=VALUES`:
 * `1..20` counts by one (days for dates), `1..20/3` by three, `a,b,c` is a
 * list of cells. With braces the values stand inside of the cell of a list:
 * `premiums=usefulness:{1..20}`. `price` must ask exactly one decision; its
 * steps, flips and facts are not used. SHK_E_USAGE: a text that is none of
 * these, no such field, a value that the field cannot have; SHK_E_LIMIT past
 * the ceilings. Caller frees; the rulebook must outlive the sweep.
 */
enum shk_code shk_sweep_run(shk_sweep **out, const shk_rulebook *rulebook,
	const shk_schema *schema, const shk_price_options *price,
	const shk_record *record, const char *const *vary, size_t count,
	shk_diag *diag);
/* NULL is allowed. */
void shk_sweep_free(shk_sweep *sweep);

/* Points with that status. */
size_t shk_sweep_count(const shk_sweep *sweep, enum shk_status status);

/* How a sweep is written. */
enum shk_sweep_format {
	SHK_SWEEP_TEXT, /* a table; two facts: a grid of the first value */
	SHK_SWEEP_CSV,	/* RFC 4180, UTF-8, one row a point */
	SHK_SWEEP_JSON, /* one object; schemas/sweep.schema.json */
	SHK_SWEEP_PLOT	/* the first value drawn with letters */
};

/* How, and of which output. */
typedef struct shk_sweep_report_options {
	enum shk_sweep_format format; /* of the whole */
	enum shk_language language;   /* of everything for people */
	/* output of the grid and the plot; NULL: the first */
	const char *output;
} shk_sweep_report_options;

/* SHK_E_USAGE: no such output; it has no numbers to draw. */
enum shk_code shk_sweep_report(const shk_sweep *sweep,
	const shk_sweep_report_options *options, shk_sink sink, shk_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
