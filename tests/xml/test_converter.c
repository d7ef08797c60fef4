/*
 * What stands in for ICU in the command says that it has no encoding.
 */
#include <criterion/criterion.h>

#include "xml/converter.h"

Test(converter, has_none)
{
	int status = 0;

	cr_expect_null(xml_converter_open("EUC-JP", &status));
	cr_expect_gt(status, 0, "as ICU tells failures");
	xml_converter_none();
}
