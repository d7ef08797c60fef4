/*
 * Every row of the vectors through the library.
 */
#include <criterion/criterion.h>

#include "price/rows.h"

Test(vectors, every_row_through_the_library)
{
	struct rows rows = { .said = stderr };
	struct vectors vectors;
	struct vector row;
	shk_diag diag = { 0 };
	unsigned count = 0;

	cr_assert_eq(
		shk_rulebook_load(&rows.book, SOURCE_FOLDER "/rules", &diag),
		SHK_OK, "%s:%ld: %s", diag.path, diag.line, diag.message);
	cr_assert_eq(
		shk_schema_load(&rows.schema, SOURCE_FOLDER "/rules", &diag),
		SHK_OK, "%s:%ld: %s", diag.path, diag.line, diag.message);
	cr_assert(vectors_open(
		&vectors, SOURCE_FOLDER "/fixtures/vectors/vectors.csv"));
	rows.row = &row;
	while (vectors_next(&vectors, &row)) {
		rows_run(&rows);
		count++;
	}
	shk_schema_free(rows.schema);
	shk_rulebook_free(rows.book);
	cr_assert_gt(count, 150u);
	cr_assert_eq(rows.failed, 0u, "%u of %u comparisons failed in %u rows",
		rows.failed, rows.compared, count);
}
