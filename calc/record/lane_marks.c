/*
 * 64 bytes at a time become a word with a bit for each mark, and the bits a
 * list; see wide.h for the ways in which that is done.
 */
#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "record/lane_marks.h"

#define STEP 64u

_Static_assert(LANE_MARGIN >= STEP, "a step never reaches past the piece");

static uint64_t plain_marks(const char *text, char delimiter)
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

#if defined(__SSE2__)

static uint64_t base_marks(const char *text, char delimiter)
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

#endif

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

static uint32_t *put_all(enum wide wide, const struct lane_marks *marks,
	size_t from, size_t end, uint32_t *to)
{
	const char *data = marks->data;

	for (size_t at = from; at < end; at += STEP) {
		uint64_t found;

#if defined(__SSE2__)
		if (wide == WIDE_BASE)
			found = base_marks(data + at, marks->delimiter);
		else
#endif
			found = plain_marks(data + at, marks->delimiter);
		to = marks_put(to, found, (uint32_t)at);
	}
	(void)wide;
	return to;
}

#if defined(WIDE_CODE)

#define NIBBLES 16

/*
 * The marks by their low halves, which are different: a byte is a mark if it
 * is what stands there. False when the delimiter's half is that of another.
 */
static bool halves_make(char halves[NIBBLES], char delimiter)
{
	const char others[] = { '\n', '\r', '"' };

	memset(halves, -1, NIBBLES); /* above ASCII, which never is one */
	if (delimiter < 0)
		return false;
	halves[delimiter % NIBBLES] = delimiter;
	for (size_t i = 0; i < sizeof(others); i++) {
		if (halves[others[i] % NIBBLES] >= 0)
			return false;
		halves[others[i] % NIBBLES] = others[i];
	}
	return true;
}

WIDE_TARGET static inline uint32_t marks_half(__m256i bytes, __m256i halves)
{
	return (uint32_t)_mm256_movemask_epi8(
		_mm256_cmpeq_epi8(_mm256_shuffle_epi8(halves, bytes), bytes));
}

/* As marks_put; most steps of a table have no more than twelve. */
WIDE_TARGET static inline uint32_t *marks_put_more(
	uint32_t *to, uint64_t found, uint32_t base)
{
	const unsigned count = (unsigned)_mm_popcnt_u64(found);

	for (unsigned done = 0; done < count; done += 12)
		for (unsigned i = 0; i < 12; i++) {
			to[done + i] = base + (uint32_t)_tzcnt_u64(found);
			found = _blsr_u64(found);
		}
	return to + count;
}

WIDE_TARGET static uint32_t *more_all(const struct lane_marks *marks,
	const char halves[NIBBLES], size_t from, size_t end, uint32_t *to)
{
	const __m256i table = _mm256_broadcastsi128_si256(
		_mm_loadu_si128((const __m128i *)(const void *)halves));

	for (size_t at = from; at < end; at += STEP) {
		const __m256i *step =
			(const __m256i *)(const void *)(marks->data + at);
		uint64_t low = marks_half(_mm256_loadu_si256(step), table);
		uint64_t high = marks_half(_mm256_loadu_si256(step + 1), table);

		to = marks_put_more(to, high << 32 | low, (uint32_t)at);
	}
	return to;
}

#endif

uint32_t *lane_marks_find(enum wide wide, const struct lane_marks *marks,
	size_t from, size_t end, uint32_t *to)
{
#if defined(WIDE_CODE)
	char halves[NIBBLES];

	if (wide == WIDE_MORE && halves_make(halves, marks->delimiter))
		return more_all(marks, halves, from, end, to);
	if (wide == WIDE_MORE)
		wide = WIDE_BASE;
#endif
	return put_all(wide, marks, from, end, to);
}

void lane_marks_begin(struct lane_marks *marks, const char *data, size_t size)
{
	marks->data = data;
	marks->size = size > UINT32_MAX ? UINT32_MAX : size;
	marks->looked = 0;
	marks->first = 1;
	marks->count = 1;
}

bool lane_marks_more(struct lane_marks *marks)
{
	uint32_t kept = marks->count - marks->first;
	size_t left = marks->size - marks->looked;
	size_t end = left < 2 * STEP ? 0 : left - STEP;
	uint32_t *to;

	if (kept > SHK_COLUMNS_MAX || end == 0)
		return false;
	memmove(marks->at + 1, marks->at + marks->first,
		kept * sizeof(*marks->at));
	to = marks->at + 1 + kept;
	end = end > LANE_BLOCK ? LANE_BLOCK : end - end % STEP;
	to = lane_marks_find(
		wide_best(), marks, marks->looked, marks->looked + end, to);
	marks->looked += end;
	marks->first = 1;
	marks->count = (uint32_t)(to - marks->at);
	return true;
}

void lane_marks_pass(struct lane_marks *marks, size_t offset)
{
	while (marks->first < marks->count && marks->at[marks->first] < offset)
		marks->first++;
}
