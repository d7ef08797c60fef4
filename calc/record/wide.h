/*
 * How wide a step of the scanners is. Each of them gives the same answer in
 * every way, which the tests hold against each other; the widest one that the
 * machine has is taken.
 */
#ifndef RECORD_WIDE_H
#define RECORD_WIDE_H

/* Code for AVX2 and BMI is there, whatever the machine may have. */
#if defined(__x86_64__) && defined(__GNUC__)
#define WIDE_CODE   1
#define WIDE_TARGET __attribute__((target("avx2,bmi,popcnt")))
#endif

enum wide {
	WIDE_PLAIN, /* C only */
	WIDE_BASE,  /* SSE2, which every x86-64 has */
	WIDE_MORE   /* AVX2 */
};

static inline enum wide wide_best(void)
{
#if defined(WIDE_CODE)
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
		__builtin_cpu_supports("popcnt"))
		return WIDE_MORE;
#endif
#if defined(__SSE2__)
	return WIDE_BASE;
#else
	return WIDE_PLAIN;
#endif
}

#endif
