/*
 * Places are told apart by the return addresses of the innermost callers: the
 * library has the allocator of this file, which looks at its own stack while a
 * call is watched. Calls are the same each time, so the number of a request
 * says where it comes from.
 */
#include "support/faults.h"

#include <criterion/criterion.h>
#include <execinfo.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <shokan/allocator.h>

#include "base/memory.h"

#define FAULTS_FRAMES	 14 /* innermost callers that make a place */
#define FAULTS_PLACES	 8192
#define FAULTS_SLOTS	 (4 * FAULTS_PLACES)
#define FAULTS_HASH_SEED UINT64_C(14695981039346656037)
#define FAULTS_HASH_STEP UINT64_C(1099511628211)

static struct {
	bool watching;
	uint64_t asked;
	size_t count;
	struct place {
		uint64_t first; /* number of the first request */
		int frames;
		void *frame[FAULTS_FRAMES + 2];
	} places[FAULTS_PLACES];
	uint64_t seen[FAULTS_SLOTS]; /* hashes of places; 0: free */
} faults;

static uint64_t place_here(struct place *place)
{
	uint64_t hash = FAULTS_HASH_SEED;

	place->frames = backtrace(place->frame, FAULTS_FRAMES + 2);
	for (int i = 2; i < place->frames; i++)
		hash = (hash ^ (uintptr_t)place->frame[i]) * FAULTS_HASH_STEP;
	return hash ? hash : 1;
}

static void note_place(void)
{
	uint64_t hash, slot;

	if (!faults.watching)
		return;
	cr_assert_lt(faults.count, FAULTS_PLACES, "too many places");
	faults.places[faults.count].first = ++faults.asked;
	hash = place_here(&faults.places[faults.count]);
	for (slot = hash % FAULTS_SLOTS; faults.seen[slot] != 0;
		slot = (slot + 1) % FAULTS_SLOTS)
		if (faults.seen[slot] == hash)
			return;
	faults.seen[slot] = hash;
	faults.count++;
}

static void *faults_alloc(void *context, size_t size)
{
	(void)context;
	note_place();
	return malloc(size);
}

static void *faults_resize(void *context, void *block, size_t size)
{
	(void)context;
	note_place();
	return realloc(block, size);
}

static void faults_free(void *context, void *block)
{
	(void)context;
	free(block);
}

void faults_open(void)
{
	static const shk_allocator own = { NULL, faults_alloc, faults_resize,
		faults_free };
	shk_diag diag = { 0 };

	cr_assert_eq(
		shk_allocator_set(&own, &diag), SHK_OK, "%s", diag.message);
	memory_single_blocks(true);
}

void faults_close(void)
{
	shk_diag diag = { 0 };

	memory_single_blocks(false);
	cr_expect_eq(
		shk_allocator_set(NULL, &diag), SHK_OK, "%s", diag.message);
}

static void learn_places(const char *name, faults_call *call, void *context)
{
	shk_diag diag = { 0 };

	memset(&faults, 0, sizeof(faults));
	/* what is kept on purpose is there after the first two */
	for (int i = 0; i < 3; i++) {
		faults.watching = i == 2;
		cr_assert_eq(call(context, &diag), SHK_OK, "%s: %s:%ld: %s",
			name, diag.path, diag.line, diag.message);
	}
	faults.watching = false;
}

/* For addr2line -e PROGRAM -i -f OFFSET. */
static const char *place_text(const struct place *place)
{
	static char text[1024];
	char **names = backtrace_symbols(place->frame, place->frames);
	size_t size = 0;

	for (int i = 2; names && i < place->frames && size < sizeof(text); i++)
		size += (size_t)snprintf(text + size, sizeof(text) - size,
			" %s",
			strrchr(names[i], '(') ? strrchr(names[i], '(')
					       : names[i]);
	free((void *)names);
	return text;
}

static void refuse_at(const char *name, faults_call *call, void *context,
	const struct place *place, bool stays)
{
	int64_t before = memory_stats().in_use;
	unsigned long nth = (unsigned long)place->first;
	shk_diag diag = { 0 };
	enum shk_code code;

	memory_stats_reset();
	memory_fail_at(nth, stays);
	code = call(context, &diag);
	memory_fail_at(0, false);
	cr_expect_gt(
		memory_stats().failed, 0u, "%s: no request %lu", name, nth);
	cr_expect(code == SHK_E_MEMORY && diag.code == code,
		"%s: request %lu: code %d, %s:%s", name, nth, (int)code,
		diag.message, place_text(place));
	cr_expect_eq(memory_stats().in_use, before,
		"%s: request %lu: blocks are lost:%s", name, nth,
		place_text(place));
}

void faults_each(
	const char *name, faults_call *call, void *context, unsigned least)
{
	learn_places(name, call, context);
	cr_expect_geq(
		faults.count, least, "%s: %zu places", name, faults.count);
	for (size_t i = 0; i < faults.count; i++)
		refuse_at(name, call, context, &faults.places[i], i % 2 == 1);
}
