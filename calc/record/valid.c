/*
 * Valid UTF-8, 64 bytes at a time where nothing in them needs a second look:
 * ASCII and the characters of two and three bytes that have no exception. All
 * the rest, and what is wrong, goes character by character.
 */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "base/text.h"
#include "record/valid.h"

#define STEP 64u

/* Behind the steps from `at` on that are ASCII. */
static size_t ascii_steps(const unsigned char *data, size_t at, size_t size)
{
	const uint64_t high = 0x8080808080808080u;
	uint64_t word;

	for (; size - at >= sizeof(word); at += sizeof(word)) {
		memcpy(&word, data + at, sizeof(word));
		if (word & high)
			break;
	}
	return at;
}

#if defined(__SSE2__)

/* A bit for each byte of its kind. */
struct kinds {
	uint64_t high;	/* no ASCII */
	uint64_t after; /* second or third byte */
	uint64_t three; /* E0 and above */
	uint64_t odd;	/* C0, C1, E0, ED, F0 and above: a second look */
};

static void kinds_add(struct kinds *kinds, const unsigned char *data, int at)
{
	const __m128i bytes =
		_mm_loadu_si128((const __m128i *)(const void *)(data + at));
	const __m128i c1 = _mm_and_si128(bytes, _mm_set1_epi8((char)0xfe));
	__m128i odd = _mm_cmpeq_epi8(c1, _mm_set1_epi8((char)0xc0));
	uint64_t signs = (uint64_t)(unsigned)_mm_movemask_epi8(bytes);
	uint64_t four;

	/* bytes are signed: 80 to BF is below -64, F0 and above is over -17 */
	odd = _mm_or_si128(
		odd, _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)0xe0)));
	odd = _mm_or_si128(
		odd, _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)0xed)));
	four = signs & (uint64_t)(unsigned)_mm_movemask_epi8(
			       _mm_cmpgt_epi8(bytes, _mm_set1_epi8(-17)));
	kinds->high |= signs << at;
	kinds->after |= (uint64_t)(unsigned)_mm_movemask_epi8(
				_mm_cmplt_epi8(bytes, _mm_set1_epi8(-64)))
			<< at;
	kinds->three |=
		(signs & (uint64_t)(unsigned)_mm_movemask_epi8(
				 _mm_cmpgt_epi8(bytes, _mm_set1_epi8(-33))))
		<< at;
	kinds->odd |= (four | (uint64_t)(unsigned)_mm_movemask_epi8(odd)) << at;
}

/*
 * Whether a step is valid for certain. `*needed`: its first bytes that belong
 * to a character of the step before; then those of the next one.
 */
static inline bool is_plain(const struct kinds *kinds, uint64_t *needed)
{
	uint64_t lead = kinds->high & ~kinds->after;

	if (kinds->odd ||
		(lead << 1 | kinds->three << 2 | *needed) != kinds->after)
		return false;
	*needed = lead >> 63 | kinds->three >> 62;
	return true;
}

/* Back to the character that goes on in the step at `at`, if one does. */
static size_t step_back(const unsigned char *data, size_t at, uint64_t needed)
{
	if (needed == 0)
		return at;
	do
		at--;
	while ((data[at] & 0xc0) == 0x80);
	return at;
}

static size_t base_steps(const unsigned char *data, size_t at, size_t size)
{
	uint64_t needed = 0;

	for (; size - at >= STEP; at += STEP) {
		struct kinds kinds = { 0, 0, 0, 0 };

		for (int i = 0; i < (int)STEP; i += 16)
			kinds_add(&kinds, data + at, i);
		if (!is_plain(&kinds, &needed))
			break;
	}
	return step_back(data, at, needed);
}

#endif

#if defined(WIDE_CODE)

WIDE_TARGET static inline void kinds_add_wide(
	struct kinds *kinds, const unsigned char *data, int at)
{
	const __m256i bytes =
		_mm256_loadu_si256((const __m256i *)(const void *)(data + at));
	const __m256i c1 =
		_mm256_and_si256(bytes, _mm256_set1_epi8((char)0xfe));
	const __m256i e0 = _mm256_set1_epi8((char)0xe0);
	const __m256i f0 = _mm256_set1_epi8((char)0xf0);
	__m256i odd = _mm256_cmpeq_epi8(c1, _mm256_set1_epi8((char)0xc0));

	odd = _mm256_or_si256(odd, _mm256_cmpeq_epi8(bytes, e0));
	odd = _mm256_or_si256(
		odd, _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8((char)0xed)));
	odd = _mm256_or_si256(
		odd, _mm256_cmpeq_epi8(_mm256_max_epu8(bytes, f0), bytes));
	kinds->high |= (uint64_t)(uint32_t)_mm256_movemask_epi8(bytes) << at;
	kinds->after |= (uint64_t)(uint32_t)_mm256_movemask_epi8(
				_mm256_cmpgt_epi8(_mm256_set1_epi8(-64), bytes))
			<< at;
	kinds->three |=
		(uint64_t)(uint32_t)_mm256_movemask_epi8(
			_mm256_cmpeq_epi8(_mm256_max_epu8(bytes, e0), bytes))
		<< at;
	kinds->odd |= (uint64_t)(uint32_t)_mm256_movemask_epi8(odd);
}

WIDE_TARGET static size_t more_steps(
	const unsigned char *data, size_t at, size_t size)
{
	uint64_t needed = 0;

	for (; size - at >= STEP; at += STEP) {
		struct kinds kinds = { 0, 0, 0, 0 };

		kinds_add_wide(&kinds, data + at, 0);
		kinds_add_wide(&kinds, data + at, 32);
		if (!is_plain(&kinds, &needed))
			break;
	}
	return step_back(data, at, needed);
}

#endif

/* Behind the steps from `at` on without a second look, where a character
   begins. */
static size_t plain_steps(
	enum wide wide, const unsigned char *data, size_t at, size_t size)
{
#if defined(WIDE_CODE)
	if (wide == WIDE_MORE)
		return more_steps(data, at, size);
#endif
#if defined(__SSE2__)
	if (wide == WIDE_BASE)
		return base_steps(data, at, size);
#endif
	(void)wide;
	return ascii_steps(data, at, size);
}

size_t valid_bytes(const unsigned char *data, size_t size)
{
	return valid_bytes_by(wide_best(), data, size);
}

size_t valid_bytes_by(enum wide wide, const unsigned char *data, size_t size)
{
	const unsigned char *nul = memchr(data, 0, size);
	size_t at = 0;

	if (nul)
		size = (size_t)(nul - data);
	while (at < size) {
		size_t end = plain_steps(wide, data, at, size);

		at = end;
		end = size - at < STEP ? size : at + STEP;
		while (at < end) {
			uint32_t code;
			size_t step = 1;

			if (data[at] >= 0x80)
				step = utf8_decode((const char *)data + at,
					size - at, &code);
			if (step == 0)
				return at;
			at += step;
		}
	}
	return at;
}
