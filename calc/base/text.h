/*
 * UTF-8 and small text helpers. Nothing here looks at the locale.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A piece of text that somebody else owns; not NUL-terminated. */
struct text {
	const char *data;
	size_t size;
};

struct text text_of(const char *cstring);
bool text_equal(struct text a, struct text b);
bool text_is(struct text a, const char *cstring);
/* Byte order; shorter first when one begins with the other. <0, 0, >0. */
int text_compare(struct text a, struct text b);

/*
 * Decode one code point at `text`; returns its bytes (1 to 4) and sets
 * `*code`, or returns 0 for an invalid or cut sequence (also surrogates,
 * overlong forms and values past U+10FFFF).
 */
size_t utf8_decode(const char *text, size_t size, uint32_t *code);
/* Encode; returns bytes written to `out` (at most 4), 0 if not encodable. */
size_t utf8_encode(uint32_t code, char out[4]);
/* Offset of the first invalid byte, or `size` when all is valid. */
size_t utf8_valid(const char *text, size_t size);
/* Number of code points of valid UTF-8. */
size_t utf8_length(const char *text, size_t size);
/* Columns on a terminal: East Asian wide 2, combining 0, all others 1. */
size_t utf8_width(const char *text, size_t size);

/* The entity of HTML for a byte that means something to it, or NULL. */
const char *text_entity(char byte);

/*
 * Edit distance of two names in letters (a swap of neighbours is one edit),
 * for "did you mean". Past 64 letters unequal names count as all different.
 */
size_t text_distance(struct text a, struct text b);
/*
 * The nearest of `count` names to `name`, or NULL if none is near enough to
 * be worth suggesting (more than a third of the letters differ). Upper and
 * lower case of ASCII letters are the same here.
 */
const char *text_nearest(
	struct text name, const char *const *names, size_t count);

#endif
