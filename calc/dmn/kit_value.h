/*
 * Values of conformance cases: read from XML, and held against results.
 */
#ifndef DMN_KIT_VALUE_H
#define DMN_KIT_VALUE_H

#include "feel/value.h"
#include "xml/reader.h"

/*
 * The value inside an <inputNode>, <expected>, <item> or <component>.
 * SHK_E_INPUT: a type or text that is not known. SHK_E_MEMORY.
 */
enum shk_code kit_value(struct arena *arena, const struct xml_element *xml,
	struct feel_value *out);

/*
 * Is `got` what was wanted? Exact numbers must be equal; one that some
 * operation had to round must agree in the digits that the kit writes.
 */
bool kit_alike(const struct feel_value *wanted, const struct feel_value *got);

#endif
