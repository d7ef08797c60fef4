/*
 * 64 bytes at a time become a word with a bit for each mark; SSE2 is part of
 * every x86-64, elsewhere the same loop goes byte by byte.
 */
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "record/lane_marks.h"

#define STEP 64u

_Static_assert(LANE_MARGIN >= STEP, "a step never reaches past the piece");

#if defined(__SSE2__)

static uint64_t marks_of(const char *text, char delimiter)
{
	const __m128i cut = _mm_set1_epi8(delimiter);
	const __m128i newline = _mm_set1_epi8('\n');
	const __m128i cr = _mm_set1_epi8('\r');
	const __m128i quote = _mm_set1_epi8('"');
	uint64_t found = 0;

	for (unsigned at = 0; at < STEP; at += 16) {
		__m128i bytes = _mm_loadu_si128(
			(const __m128i *)(const void *)(text + at));
		__m128i ends = _mm_or_si128(_mm_cmpeq_epi8(bytes, newline),
			_mm_cmpeq_epi8(bytes, cr));
		__m128i cells = _mm_or_si128(_mm_cmpeq_epi8(bytes, cut),
			_mm_cmpeq_epi8(bytes, quote));

		found |= (uint64_t)(unsigned)_mm_movemask_epi8(
				 _mm_or_si128(ends, cells))
			 << at;
	}
	return found;
}

#else

static uint64_t marks_of(const char *text, char delimiter)
{
	uint64_t found = 0;

	for (unsigned at = 0; at < STEP; at++) {
		char byte = text[at];

		found |= (uint64_t)(byte == delimiter || byte == '\n' ||
				    byte == '\r' || byte == '"')
			 << at;
	}
	return found;
}

#endif

void lane_marks_begin(struct lane_marks *marks, const char *data, size_t size)
{
	marks->data = data;
	marks->size = size > UINT32_MAX ? UINT32_MAX : size;
	marks->looked = 0;
	marks->first = 0;
	marks->count = 0;
}

/* Bits that are set; a processor of 2003 has no instruction for it. */
static unsigned bits_count(uint64_t word)
{
	word -= word >> 1 & 0x5555555555555555u;
	word = (word & 0x3333333333333333u) + (word >> 2 & 0x3333333333333333u);
	word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0fu;
	return (unsigned)(word * 0x0101010101010101u >> 56);
}

/* Eight at a time are written, of which the last ones may stand for nothing:
   a branch a mark would be guessed wrong once a word. */
static uint32_t *marks_put(uint32_t *to, uint64_t found, uint32_t base)
{
	unsigned count = bits_count(found);

	for (unsigned done = 0; done < count; done += 8)
		for (unsigned i = 0; i < 8; i++) {
			to[done + i] =
				base + (uint32_t)__builtin_ctzll(
					       found | (uint64_t)1 << 63);
			found &= found - 1;
		}
	return to + count;
}

bool lane_marks_more(struct lane_marks *marks)
{
	uint32_t kept = marks->count - marks->first;
	size_t left = marks->size - marks->looked;
	size_t end = left < 2 * STEP ? 0 : left - STEP;
	uint32_t *to;

	if (kept > SHK_COLUMNS_MAX || end == 0)
		return false;
	memmove(marks->at, marks->at + marks->first, kept * sizeof(*marks->at));
	to = marks->at + kept;
	end = end > LANE_BLOCK ? LANE_BLOCK : end - end % STEP;
	for (size_t at = marks->looked; at < marks->looked + end; at += STEP)
		to = marks_put(to, marks_of(marks->data + at, marks->delimiter),
			(uint32_t)at);
	marks->looked += end;
	marks->first = 0;
	marks->count = (uint32_t)(to - marks->at);
	return true;
}

void lane_marks_pass(struct lane_marks *marks, size_t offset)
{
	while (marks->first < marks->count && marks->at[marks->first] < offset)
		marks->first++;
}
