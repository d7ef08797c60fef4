/*
 * Making and filling templates. While one is made each hole prints a mark of
 * four bytes that begins with a control character; a template that does not
 * give back, byte for byte, what the writer itself says is never used, so a
 * text that happens to hold such bytes does no harm.
 */
#include <string.h>

#include "base/memory.h"
#include "report/template.h"
#include "report/values.h"
#include "report/writer.h"

#define MARK	  '\x01'
#define MARK_END  '\x02'
#define MARK_SIZE 4

/* Short templates are copied as so many bytes, whatever their size. */
#define TEMPLATE_SPARE 32u

struct gap {
	uint32_t at;   /* bytes of the template before it */
	uint32_t hole; /* index among the holes of the answer */
};

struct template
{
	bool refused; /* the writer says it in full each time */
	char *bytes;
	size_t size;
	struct gap *gaps;
	size_t gap_count;
};

struct template_list {
	const void *memory; /* of the pricer whose answers these are */
	size_t bytes;
	struct template templates[TEMPLATE_COUNT_MAX];
};

void template_mark(struct buffer *out, unsigned hole)
{
	const char mark[MARK_SIZE] = { MARK, (char)('0' + hole / 64 % 64),
		(char)('0' + hole % 64), MARK_END };

	buffer_add(out, mark, sizeof(mark));
}

bool template_leads(const char *text)
{
	return text[0] == MARK && strlen(text) > MARK_SIZE &&
	       text[MARK_SIZE - 1] == MARK_END;
}

void template_refuse(struct buffer *out)
{
	template_mark(out, 64 * 64 - 1); /* a hole that nobody has */
}

/* Index of the hole whose mark stands at `at`, or -1. */
static int hole_at(const char *bytes, size_t size, size_t at)
{
	int high, low;

	if (size - at < MARK_SIZE || bytes[at] != MARK ||
		bytes[at + MARK_SIZE - 1] != MARK_END)
		return -1;
	high = bytes[at + 1] - '0';
	low = bytes[at + 2] - '0';
	if (high < 0 || high >= 64 || low < 0 || low >= 64)
		return -1;
	return high * 64 + low - 1;
}

/* Cut the marks out of what was said; false when there are too many. */
static bool cut(struct template *made, size_t hole_count)
{
	struct gap gaps[TEMPLATE_GAPS_MAX];
	size_t size = 0, count = 0;

	for (size_t at = 0; at < made->size;) {
		int hole = hole_at(made->bytes, made->size, at);

		if (hole < 0) {
			made->bytes[size++] = made->bytes[at++];
			continue;
		}
		if ((size_t)hole >= hole_count || count == TEMPLATE_GAPS_MAX)
			return false;
		gaps[count].at = (uint32_t)size;
		gaps[count++].hole = (uint32_t)hole;
		at += MARK_SIZE;
	}
	made->size = size;
	made->gap_count = count;
	made->gaps = memory_alloc((count + 1) * sizeof(*gaps));
	if (made->gaps)
		memcpy(made->gaps, gaps, count * sizeof(*gaps));
	return made->gaps != NULL;
}

static void fill(const struct template *made, const struct shk_result *result,
	struct buffer *out)
{
	size_t at = 0;

	for (size_t i = 0; i < made->gap_count; i++) {
		const struct gap *gap = &made->gaps[i];

		buffer_add(out, made->bytes + at, gap->at - at);
		values_number(out, result->holes[gap->hole]->u.number);
		at = gap->at;
	}
	buffer_add(out, made->bytes + at, made->size - at);
}

static void marks_set(const struct shk_result *result, bool on)
{
	for (size_t i = 0; i < result->hole_count; i++)
		result->holes[i]->hole = on ? (uint16_t)(i + 1) : 0;
}

/* What the writer said last, from `from` on, is what the template says. */
static bool agrees(const struct template *made, const struct shk_result *result,
	const struct buffer *said, size_t from)
{
	struct buffer again;
	bool same;

	buffer_init(&again);
	fill(made, result, &again);
	same = !again.failed && again.size == said->size - from &&
	       memcmp(again.data, said->data + from, again.size) == 0;
	buffer_release(&again);
	return same;
}

static void release(struct template *made)
{
	memory_free(made->bytes);
	memory_free(made->gaps);
	*made = (struct template){ .refused = true };
}

/* Say it with marks and take that away again, as the template. */
static void take(struct shk_report *report, const struct shk_result *result,
	template_body *body, struct template *made)
{
	struct buffer *out = &report->out;
	size_t from = out->size;

	marks_set(result, true);
	report->marking = true;
	body(report, result);
	report->marking = false;
	marks_set(result, false);
	if (out->failed || out->size == from)
		return;
	made->size = out->size - from;
	made->bytes = memory_zeroed(1, made->size + TEMPLATE_SPARE);
	if (made->bytes)
		memcpy(made->bytes, out->data + from, made->size);
	out->size = from;
}

static void make(struct shk_report *report, const struct shk_result *result,
	template_body *body, struct template *made)
{
	struct buffer *out = &report->out;
	size_t from = out->size;

	take(report, result, body, made);
	body(report, result);
	if (!made->bytes || !cut(made, result->hole_count) || out->failed ||
		!agrees(made, result, out, from))
		release(made);
	else
		report->templates->bytes += made->size;
}

void template_say(struct shk_report *report, const struct shk_result *result,
	template_body *body)
{
	struct template_list *list = report->templates;
	struct template *made = NULL;

	if (!list && result->remembered > 0) {
		list = report->templates = memory_zeroed(1, sizeof(*list));
		if (list)
			list->memory = result->memory;
	}
	if (list && result->remembered > 0 && list->memory == result->memory &&
		result->remembered < TEMPLATE_COUNT_MAX)
		made = &list->templates[result->remembered];
	if (made && made->bytes)
		fill(made, result, &report->out);
	else if (!made || made->refused || list->bytes > TEMPLATE_BYTES_MAX)
		body(report, result);
	else
		make(report, result, body, made);
}

/* Without a call for the sizes that identifiers mostly have. */
static inline void copy_short(char *to, const char *from, size_t size)
{
	if (size >= 8 && size <= 16) {
		uint64_t head, tail;

		memcpy(&head, from, 8);
		memcpy(&tail, from + size - 8, 8);
		memcpy(to, &head, 8);
		memcpy(to + size - 8, &tail, 8);
	} else {
		memcpy(to, from, size);
	}
}

bool template_repeat(const struct shk_report *report,
	const struct shk_result *result, struct text lead, struct buffer *out)
{
	const struct template_list *list = report->templates;
	const struct template *made;
	char *to;

	if (!list || list->memory != result->memory ||
		result->remembered == 0 ||
		result->remembered >= TEMPLATE_COUNT_MAX)
		return false;
	made = &list->templates[result->remembered];
	if (!made->bytes)
		return false;
	to = buffer_room(out, lead.size + 1 + made->size + TEMPLATE_SPARE);
	if (!to)
		return true;
	copy_short(to, lead.data, lead.size);
	to[lead.size] = ',';
	out->size += lead.size + 1;
	if (made->gap_count > 0) {
		fill(made, result, out);
		(void)buffer_room(out, 1);
		return true;
	}
	to += lead.size + 1;
	if (made->size <= TEMPLATE_SPARE)
		memcpy(to, made->bytes, TEMPLATE_SPARE);
	else
		memcpy(to, made->bytes, made->size);
	out->size += made->size;
	out->data[out->size] = '\0';
	return true;
}

void template_list_free(struct template_list *list)
{
	if (!list)
		return;
	for (size_t i = 0; i < TEMPLATE_COUNT_MAX; i++)
		release(&list->templates[i]);
	memory_free(list);
}
