/*
 * Valid UTF-8, 64 bytes at a time where nothing in them needs a second look:
 * ASCII and the characters of two and three bytes that have no exception. All
 * the rest, and what is wrong, goes character by character.
 */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/text.h"
#include "record/valid.h"

#define STEP 64u

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
static bool is_plain(const unsigned char *data, uint64_t *needed)
{
	struct kinds kinds = { 0, 0, 0, 0 };
	uint64_t lead;

	for (int at = 0; at < (int)STEP; at += 16)
		kinds_add(&kinds, data, at);
	lead = kinds.high & ~kinds.after;
	if (kinds.odd ||
		(lead << 1 | kinds.three << 2 | *needed) != kinds.after)
		return false;
	*needed = lead >> 63 | kinds.three >> 62;
	return true;
}

/* Behind the plain steps from `at` on, where a character begins. */
static size_t plain_steps(const unsigned char *data, size_t at, size_t size)
{
	uint64_t needed = 0;

	while (size - at >= STEP && is_plain(data + at, &needed))
		at += STEP;
	if (needed == 0)
		return at;
	do /* back to the character that goes on in the next step */
		at--;
	while ((data[at] & 0xc0) == 0x80);
	return at;
}

#else

static size_t plain_steps(const unsigned char *data, size_t at, size_t size)
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

#endif

size_t valid_bytes(const unsigned char *data, size_t size)
{
	const unsigned char *nul = memchr(data, 0, size);
	size_t at = 0;

	if (nul)
		size = (size_t)(nul - data);
	while (at < size) {
		size_t end = plain_steps(data, at, size);

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
