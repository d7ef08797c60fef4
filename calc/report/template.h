/*
 * Templates: what a writer says of a remembered answer, with gaps for its
 * numbers. The first time it is said in full; from then on the bytes are
 * copied and the gaps filled. Only for what is the same for every record.
 */
#ifndef REPORT_TEMPLATE_H
#define REPORT_TEMPLATE_H

#include <string.h>

#include "base/buffer.h"
#include "num/whole.h"
#include "price/result.h"

#define TEMPLATE_COUNT_MAX 16384      /* answers that have one */
#define TEMPLATE_BYTES_MAX (4u << 20) /* of all of them together */
#define TEMPLATE_GAPS_MAX  1024	      /* in one of them */

struct shk_report;

/* Short templates are copied as so many bytes, whatever their size. */
#define TEMPLATE_SPARE 32u

struct gap {
	uint32_t at;	 /* bytes of the template before it */
	uint16_t number; /* index among the numbers of the answer */
	uint16_t first;	 /* 1 + index of the first gap for it; 0: this is it */
};

struct template
{
	bool refused; /* the writer says it in full each time */
	char *bytes;
	size_t size;
	size_t room; /* that it takes when its gaps are short */
	struct gap *gaps;
	size_t gap_count;
};

struct template_list {
	const void *memory; /* of the pricer whose answers these are */
	size_t bytes;
	size_t count; /* of the templates that were looked at */
	struct template templates[TEMPLATE_COUNT_MAX];
};

/* Say the part of a result that does not name its record. */
typedef void template_body(
	struct shk_report *report, const struct shk_result *result);

/*
 * As `body` says it; through a template when the answer is remembered. All
 * remembered answers of a report come from one pricer.
 */
void template_say(struct shk_report *report, const struct shk_result *result,
	template_body *body);
/*
 * The same at the end of `out`, when there is a template already; else false.
 */
bool template_add(const struct shk_report *report,
	const struct shk_result *result, struct buffer *out);
void template_list_free(struct template_list *list);

/* The number of hole `hole` - 1 goes here. */
void template_mark(struct buffer *out, unsigned hole);
/* The text begins with such a number, and there is more of it. */
bool template_leads(const char *text);
/* What is being said hangs on the number itself: no template of it. */
void template_refuse(struct buffer *out);

/* That of the answer, or NULL when there is none. */
static inline const struct template *template_of(
	const struct template_list *list, const struct shk_result *result)
{
	const struct template *made;

	if (!list || list->memory != result->memory ||
		result->remembered == 0 ||
		result->remembered >= TEMPLATE_COUNT_MAX)
		return NULL;
	made = &list->templates[result->remembered];
	return made->bytes ? made : NULL;
}

static inline bool template_is_short(
	const struct template *made, const num *numbers)
{
	for (size_t i = 0; i < made->gap_count; i++)
		if (!num_is_short(numbers[made->gaps[i].number]))
			return false;
	return true;
}

/* Bytes [from, from + size) of a template; their end. */
static inline char *template_piece(
	char *to, const struct template *made, size_t from, size_t size)
{
	if (size <= TEMPLATE_SPARE)
		memcpy(to, made->bytes + from, TEMPLATE_SPARE);
	else
		memcpy(to, made->bytes + from, size);
	return to + size;
}

/* One whose gaps are short, where there is `room`; its end. */
static inline char *template_put(
	char *to, const struct template *made, const num *numbers)
{
	size_t at = 0;

	for (size_t i = 0; i < made->gap_count; i++) {
		const struct gap *gap = &made->gaps[i];

		to = template_piece(to, made, at, gap->at - at);
		to = num_put_short(to, numbers[gap->number].w[0]);
		at = gap->at;
	}
	return template_piece(to, made, at, made->size - at);
}

#endif
