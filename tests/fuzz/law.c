/*
 * Loading the rules at the first input; the folder comes from the build.
 */
#include "fuzz/law.h"

#include <stdlib.h>

#include "fuzz/target.h"

static struct law law;

static void law_free(void)
{
	shk_schema_free(law.schema);
	shk_rulebook_free(law.book);
}

const struct law *law_get(void)
{
	shk_diag diag = { 0 };

	if (law.book)
		return &law;
	if (shk_rulebook_load(&law.book, FUZZ_RULES, &diag) != SHK_OK ||
		shk_schema_of(&law.schema, law.book, &diag) != SHK_OK)
		fuzz_fail("cannot load the rules: %s", diag.message);
	atexit(law_free);
	return &law;
}
