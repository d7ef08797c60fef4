/*
 * The spelling of JSON for the writers of this room.
 */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include "base/buffer.h"
#include "inquiry/about.h"
#include "price/result.h"

/* A comma, unless the container was opened just before. */
void json_next(struct buffer *out);
/* A quoted text. */
void json_bytes(struct buffer *out, const char *data, size_t size);
void json_text(struct buffer *out, const char *text);
/* The next item of an array, the next key of an object. */
void json_item(struct buffer *out, const char *text);
void json_key(struct buffer *out, const char *name);
/* `"name":"text"`, or null for an empty text. */
void json_pair(struct buffer *out, const char *name, const char *text);
void json_flag(struct buffer *out, const char *name, bool value);
/* The keys that tell what was asked about. */
void json_about(struct buffer *out, const struct inquiry_about *about);
/* `depth` is how deep `value` lies inside another one; 0 at the top. */
void json_value(
	struct buffer *out, const struct price_value *value, unsigned depth);
/* `"name":[...]`: values, and objects for what is no value. */
void json_outcomes(struct buffer *out, const char *name,
	const struct price_outcome *outcomes, size_t count);

struct shk_report;

/* See report_repeat. */
bool json_repeat(const struct shk_report *report, const shk_result *result,
	struct text id, struct buffer *out);

#endif
