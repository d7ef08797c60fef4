/*
 * Making and filling templates. While one is made each hole prints a mark of
 * four bytes that begins with a control character; a template that does not
 * give back, byte for byte, what the writer itself says is never used, so a
 * text that happens to hold such bytes does no harm.
 */
#include <string.h>

#include "base/memory.h"
#include "num/whole.h"
#include "report/template.h"
#include "report/values.h"
#include "report/writer.h"

#define MARK	  '\x01'
#define MARK_END  '\x02'
#define MARK_SIZE 4

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

/* The answer has a hole for that number. */
static bool is_number(const struct shk_result *result, int number)
{
	for (size_t i = 0; i < result->hole_count; i++)
		if (result->holes[i].number == number)
			return true;
	return false;
}

/* 1 + the index of a gap for the number; 0: there is none yet. */
static uint16_t first_gap(const struct gap *gaps, size_t count, int number)
{
	for (size_t i = 0; i < count; i++)
		if (gaps[i].number == number)
			return (uint16_t)(i + 1);
	return 0;
}

/* Cut the marks out of what was said; false when there are too many. */
static bool cut(struct template *made, const struct shk_result *result)
{
	struct gap gaps[TEMPLATE_GAPS_MAX];
	size_t size = 0, count = 0;

	for (size_t at = 0; at < made->size;) {
		int hole = hole_at(made->bytes, made->size, at);

		if (hole < 0) {
			made->bytes[size++] = made->bytes[at++];
			continue;
		}
		if (!is_number(result, hole) || count == TEMPLATE_GAPS_MAX)
			return false;
		gaps[count] = (struct gap){ (uint32_t)size, (uint16_t)hole,
			first_gap(gaps, count, hole) };
		count++;
		at += MARK_SIZE;
	}
	made->size = size;
	made->room = size + count * NUM_WHOLE_DIGITS + TEMPLATE_SPARE;
	made->gap_count = count;
	made->gaps = memory_alloc((count + 1) * sizeof(*gaps));
	if (made->gaps)
		memcpy(made->gaps, gaps, count * sizeof(*gaps));
	return made->gaps != NULL;
}

/* Bytes of the output: where they begin, and how many. */
struct filling {
	size_t at, size;
};

/* What stands in a gap: printed once, copied from then on. */
static struct filling fill_gap(const struct gap *gap,
	const struct filling *before, const struct shk_result *result,
	struct buffer *out)
{
	struct filling filling = { out->size, 0 };
	char *to;

	if (gap->first == 0) {
		values_number(out, result->numbers[gap->number]);
		filling.size = out->size - filling.at;
		return filling;
	}
	filling.size = before[gap->first - 1].size;
	to = buffer_room(out, filling.size);
	if (!to)
		return filling;
	memcpy(to, out->data + before[gap->first - 1].at, filling.size);
	out->size += filling.size;
	return filling;
}

static void fill(const struct template *made, const struct shk_result *result,
	struct buffer *out)
{
	struct filling fillings[TEMPLATE_GAPS_MAX];
	size_t at = 0;

	for (size_t i = 0; i < made->gap_count; i++) {
		const struct gap *gap = &made->gaps[i];

		buffer_add(out, made->bytes + at, gap->at - at);
		fillings[i] = fill_gap(gap, fillings, result, out);
		at = gap->at;
	}
	buffer_add(out, made->bytes + at, made->size - at);
}

static void marks_set(const struct shk_result *result, bool on)
{
	for (size_t i = 0; i < result->hole_count; i++)
		result->holes[i].value->hole =
			on ? (uint16_t)(result->holes[i].number + 1) : 0;
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
	if (!made->bytes || !cut(made, result) || out->failed ||
		!agrees(made, result, out, from))
		release(made);
	else
		report->templates->bytes += made->size;
}

static struct template *template_at(struct template_list *list, size_t index)
{
	if (list->count <= index)
		list->count = index + 1;
	return &list->templates[index];
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
		made = template_at(list, result->remembered);
	if (made && made->bytes)
		fill(made, result, &report->out);
	else if (!made || made->refused || list->bytes > TEMPLATE_BYTES_MAX)
		body(report, result);
	else
		make(report, result, body, made);
}

bool template_add(const struct shk_report *report,
	const struct shk_result *result, struct buffer *out)
{
	const struct template *made = template_of(report->templates, result);

	if (made)
		fill(made, result, out);
	return made != NULL;
}

void template_list_free(struct template_list *list)
{
	if (!list)
		return;
	for (size_t i = 0; i < list->count; i++)
		release(&list->templates[i]);
	memory_free(list);
}
