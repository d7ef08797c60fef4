/*
 * The fastest loop for the coefficient that we could make by hand, the
 * yardstick: hand [amount], CSV from standard input (a file) to standard
 * output. Commas and line ends of 64 bytes are found at once with vector
 * instructions, numbers are read and written eight digits at a time, and
 * output leaves in large blocks, with CR LF as shokan's. It trusts its input:
 * one order of columns, no quoted cell, no check; an empty cell is 0 or false.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#define BLOCK  (256u << 10) /* bytes a read and a write; fits in the cache */
#define BEYOND 64u	    /* bytes that may be read past the end */
#define CELLS  6u
#define HEADER                                                                 \
	"id,name,orphan_designated,indication_aid,annual_tests,base_points\n"

static char in[2 * BLOCK + BEYOND], out[2 * BLOCK];
static uint32_t ends_at[2 * BLOCK + BEYOND];

/* A bit for every comma and line end of the 64 bytes at `text`. */
static inline uint64_t marks(const char *text)
{
#if defined(__AVX512BW__)
	__m512i bytes = _mm512_loadu_si512(text);

	return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(',')) |
	       _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n'));
#elif defined(__SSE2__)
	uint64_t found = 0;

	for (unsigned at = 0; at < 64; at += 16) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(text + at));
		__m128i hit =
			_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(',')),
				_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')));

		found |= (uint64_t)(unsigned)_mm_movemask_epi8(hit) << at;
	}
	return found;
#else
	uint64_t found = 0;

	for (unsigned at = 0; at < 64; at++)
		found |= (uint64_t)(text[at] == ',' || text[at] == '\n') << at;
	return found;
#endif
}

/* Up to eight digits that end before `end`; none is 0. Eight bytes before
   `end` can be read, since an id and two words stand there. */
static inline uint32_t digits_read(const char *end, unsigned count)
{
	uint64_t word;

	memcpy(&word, end - 8, 8);
	word = count ? (word & 0x0f0f0f0f0f0f0f0fu) >>
			       (64 - 8 * count) << (64 - 8 * count)
		     : 0;
	word = word * 10 + (word >> 8);
	return (uint32_t)(((word & 0x000000ff000000ffu) * 0x000f424000000064u +
				  (word >> 16 & 0x000000ff000000ffu) *
					  0x0000271000000001u) >>
			  32);
}

/* Writes eight bytes at `to`; returns where the number of at most eight
   digits ends. Pairs, then single digits, are parted in one word. */
static inline char *digits_write(char *to, uint32_t value)
{
	uint64_t word = value / 10000 | (uint64_t)(value % 10000) << 32;
	uint64_t part = (word * 10486 >> 20) & 0x0000007f0000007fu;
	unsigned zeros;

	word = part + ((word - part * 100) << 16);
	part = (word * 103 >> 10) & 0x000f000f000f000fu;
	word = part + ((word - part * 10) << 8);
	zeros = (unsigned)__builtin_ctzll(word | (uint64_t)1 << 56) / 8;
	word = (word | 0x3030303030303030u) >> 8 * zeros;
	memcpy(to, &word, 8);
	return to + 8 - zeros;
}

static const char tails[6][32] = { ",determined,1.5\r\n", ",determined,1.4\r\n",
	",determined,1.3\r\n", ",determined,1.2\r\n", ",determined,1.1\r\n",
	",not_applicable,\r\n" };

/* The line of `tails`: by the band of 200 tests, then orphan, then aid, so
   that no branch depends on the facts. */
static const uint8_t bands[6][2][2] = { { { 5, 0 }, { 0, 0 } },
	{ { 5, 1 }, { 1, 1 } }, { { 5, 2 }, { 2, 2 } }, { { 5, 3 }, { 3, 3 } },
	{ { 5, 4 }, { 4, 4 } }, { { 5, 5 }, { 4, 4 } } };

/* The answer to the record at in[start] whose cells end at in[ends[]]. */
static inline char *answer(
	char *to, uint32_t start, const uint32_t *ends, bool amount)
{
	uint32_t tests = digits_read(in + ends[4], ends[4] - ends[3] - 1);
	uint32_t band = tests < 1000 ? tests / 200 : 5;

	band = bands[band][in[ends[1] + 1] == 't'][in[ends[2] + 1] == 't'];
	memcpy(to, in + start, 16);
	if (__builtin_expect(ends[0] - start > 16, false))
		memcpy(to, in + start, ends[0] - start);
	to += ends[0] - start;
	memcpy(to, tails[band], 32);
	to += 17 + (band == 5);
	if (amount) {
		uint32_t points =
			digits_read(in + ends[5], ends[5] - ends[4] - 1) *
				(15 - band) +
			5;
		char *past = digits_write(to - 1, points / 10);

		to[-2] = ',';
		to = band == 5 ? to - 1 : past;
		memcpy(to, "\r\n", 2);
		to += 2;
	}
	return to;
}

/* Where the commas and line ends of in[at..size) are. Ten at a time are
   written, most of which stand for nothing. */
static size_t marks_list(size_t at, size_t size)
{
	size_t count = 0;

	for (; at < size; at += 64) {
		uint64_t found = marks(in + at);
		unsigned here = (unsigned)__builtin_popcountll(found);

		if (size - at < 64) {
			found &= ~(uint64_t)0 >> (64 - (size - at));
			here = (unsigned)__builtin_popcountll(found);
		}
		for (unsigned done = 0; done < here; done += 10)
			for (unsigned i = 0; i < 10; i++) {
				ends_at[count + done + i] =
					(uint32_t)at +
					(uint32_t)__builtin_ctzll(
						found | (uint64_t)1 << 63);
				found &= found - 1;
			}
		count += here;
	}
	return count;
}

static void flush(const char *data, size_t size)
{
	while (size) {
		ssize_t done = write(1, data, size);

		if (done <= 0)
			exit(1);
		data += done;
		size -= (size_t)done;
	}
}

/* All whole records of in[at..size); where they end. */
static size_t answer_all(size_t at, size_t size, bool amount)
{
	size_t count = marks_list(at, size) / CELLS;
	char *to = out;

	for (size_t i = 0; i < count; i++) {
		const uint32_t *ends = ends_at + i * CELLS;

		to = answer(to, (uint32_t)at, ends, amount);
		at = ends[CELLS - 1] + 1;
		if (to > out + BLOCK) {
			flush(out, (size_t)(to - out));
			to = out;
		}
	}
	flush(out, (size_t)(to - out));
	return at;
}

int main(int count, char **words)
{
	bool amount = count > 1 && strcmp(words[1], "amount") == 0;
	size_t size = 0, at = 0;
	ssize_t got;

	while ((got = read(0, in + size, BLOCK)) > 0) {
		size += (size_t)got;
		if (at == 0) {
			if (size < sizeof(HEADER) - 1 ||
				memcmp(in, HEADER, sizeof(HEADER) - 1) != 0)
				return 3;
			at = sizeof(HEADER) - 1;
			flush(amount ? "id,status,value,points\r\n"
				     : "id,status,value\r\n",
				amount ? 24 : 17);
		}
		at = answer_all(at, size, amount);
		/* a record larger than a block is not for this program */
		if (size - at > BLOCK - BEYOND)
			return 3;
		memmove(in + BEYOND, in + at, size - at);
		size = size - at + BEYOND;
		at = BEYOND;
	}
	return got < 0 || size != at;
}
