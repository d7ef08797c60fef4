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

/* An expression that breaks off with a byte that is none of FEEL's, anywhere,
   is refused at that place or before it. */
Test(feel_rows, broken)
{
	const struct feel_place place = { "t", 1, 1 };
	struct arena arena;
	char text[512];

	arena_init(&arena);
	for (const struct feel_rows *set = feel_row_sets; set->name; set++)
		for (size_t i = 0; i < set->count; i++) {
			const char *source = set->rows[i][0];

			for (size_t size = 0; size < strlen(source) &&
					      size < sizeof(text) - 1;
				size++) {
				const struct feel_node *node;
				shk_diag diag = { 0 };

				arena_clear(&arena);
				memcpy(text, source, size);
				text[size] = '\x01';
				cr_assert_eq(
					feel_parse(&arena,
						(struct text){ text, size + 1 },
						place, NULL, &node, &diag),
					SHK_E_RULES, "%zu bytes of %s", size,
					source);
				cr_assert(diag.line == 1 && diag.column >= 1 &&
						  diag.column <= (long)size + 1,
					"%zu bytes of %s: column %ld", size,
					source, diag.column);
			}
		}
	arena_release(&arena);
}
