/*
 * The rows of rows.h are what they are said to be.
 */
#include "feel/feel_run.h"
#include "feel/rows.h"

Test(feel_rows, values)
{
	struct kit kit;

	kit_init(&kit);
	for (const struct feel_rows *set = feel_row_sets; set->name; set++)
		for (size_t i = 0; i < set->count; i++) {
			const char *source = set->rows[i][0];
			const char *got = kit_run(&kit, source);

			cr_expect_str_eq(got, set->rows[i][1],
				"%s: %s\n  gives %s\n  not   %s", set->name,
				source, got, set->rows[i][1]);
		}
	kit_release(&kit);
}
