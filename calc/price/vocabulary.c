/*
 * The vocabulary of records that belongs to a rulebook: the fields.xml that
 * its hash is over, read from the book itself, which may be a pack.
 */
#include "price/pricer.h"

#include "base/file.h"

enum shk_code shk_schema_of(
	shk_schema **out, const shk_rulebook *rulebook, shk_diag *diag)
{
	struct record_schema *schema = NULL;
	char path[SHK_DIAG_PATH];
	enum shk_code code;

	*out = NULL;
	if (!file_join(path, sizeof(path), rulebook->folder, "fields.xml"))
		return diag_set(diag, SHK_E_LIMIT, "path too long");
	code = record_schema_parse(&schema, path, rulebook->fields, diag);
	*out = (shk_schema *)(void *)schema;
	return code;
}
