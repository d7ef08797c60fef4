/*
 * Tags of an XML file, by their bytes.
 */
#ifndef TESTS_MUTATION_TAGS_H
#define TESTS_MUTATION_TAGS_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/text.h"

struct tag {
	struct text name;
	struct text inside; /* what stands between the name and the > */
	size_t at, end;	    /* from < to behind > */
	bool closes, empty;
};

/* The next tag behind *offset, which moves behind it; false: no more. */
bool tag_next(struct text file, size_t *offset, struct tag *tag);
/* The next attribute behind *offset in tag->inside; raw value. */
bool tag_attribute(const struct tag *tag, size_t *offset, struct text *name,
	struct text *value);
/* The value of the attribute, or nothing. */
struct text tag_value(const struct tag *tag, const char *name);
/*
 * Characters of raw text, references resolved. map[i] is the offset in `raw`
 * of byte i of `out`, with one more for the end; `map` holds raw.size + 1.
 */
void text_plain(struct text raw, struct buffer *out, size_t *map);
/* The same the other way round. */
void text_escaped(struct text plain, struct buffer *out);

#endif
