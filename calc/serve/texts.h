/*
 * Text files of the source tree that are compiled in (embed.cmake).
 */
#ifndef SERVE_TEXTS_H
#define SERVE_TEXTS_H

#include <stddef.h>

extern const unsigned char serve_page_css[];
extern const size_t serve_page_css_size;
extern const unsigned char serve_page_js[];
extern const size_t serve_page_js_size;
extern const unsigned char serve_openapi_json[];
extern const size_t serve_openapi_json_size;

/* The schemas of include/shokan/schemas by the names of their files. */
struct serve_schema_text {
	const char *name;
	const unsigned char *data;
	const size_t *size;
};
extern const struct serve_schema_text serve_schema_texts[];
extern const size_t serve_schema_text_count;

#endif
