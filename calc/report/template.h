/*
 * Templates: what a writer says of a remembered answer, with gaps for its
 * numbers. The first time it is said in full; from then on the bytes are
 * copied and the gaps filled. Only for what is the same for every record.
 */
#ifndef REPORT_TEMPLATE_H
#define REPORT_TEMPLATE_H

#include "base/buffer.h"
#include "price/result.h"

#define TEMPLATE_COUNT_MAX 16384      /* answers that have one */
#define TEMPLATE_BYTES_MAX (4u << 20) /* of all of them together */
#define TEMPLATE_GAPS_MAX  1024	      /* in one of them */

struct shk_report;
struct template_list;

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
 * The same behind `lead` and a comma at the end of `out`, when there is a
 * template already; else false. A failure is that of `out`, which has room for
 * one more byte otherwise.
 */
bool template_repeat(const struct shk_report *report,
	const struct shk_result *result, struct text lead, struct buffer *out);
/* The same to the end of `out` as it is. */
bool template_add(const struct shk_report *report,
	const struct shk_result *result, struct buffer *out);
void template_list_free(struct template_list *list);

/* The number of hole `hole` - 1 goes here. */
void template_mark(struct buffer *out, unsigned hole);
/* The text begins with such a number, and there is more of it. */
bool template_leads(const char *text);
/* What is being said hangs on the number itself: no template of it. */
void template_refuse(struct buffer *out);

#endif
