/*
 * Converters of encodings, of which there are none: the command holds libxml2
 * without ICU, which it calls by these names instead (CMakeLists.txt).
 */
#ifndef XML_CONVERTER_H
#define XML_CONVERTER_H

/* For ucnv_open: NULL, and `*status` says that it is not supported. */
void *xml_converter_open(const char *name, int *status);
/* For what can be asked of an open converter only: never called. */
void xml_converter_none(void);

#endif
