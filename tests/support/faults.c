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

#define FAULTS_FRAMES	 11 /* innermost callers that make a place */
#define FAULTS_OWN	 2  /* of them, functions of this file */
#define FAULTS_PLACES	 8192
#define FAULTS_SLOTS	 (4 * FAULTS_PLACES)
#define FAULTS_HASH_SEED UINT64_C(14695981039346656037)
#define FAULTS_HASH_STEP UINT64_C(1099511628211)

struct place {
	uint64_t nth; /* number of the first request */
	int frames;
	void *frame[FAULTS_FRAMES + FAULTS_OWN];
};

static struct {
	bool watching;
	uint64_t asked;
	uint64_t refused_at; /* number of the request; 0: none */
	bool stays;	     /* and all after it */
	struct place refused;
	size_t count;
	struct place places[FAULTS_PLACES];
	uint64_t seen[FAULTS_SLOTS]; /* hashes of places; 0: free */
} faults;

static void find_place(struct place *place)
{
	place->nth = faults.asked;
	place->frames = backtrace(place->frame, FAULTS_FRAMES + FAULTS_OWN);
}

static uint64_t hash_place(const struct place *place)
{
	uint64_t hash = FAULTS_HASH_SEED;

	for (int i = FAULTS_OWN; i < place->frames; i++)
		hash = (hash ^ (uintptr_t)place->frame[i]) * FAULTS_HASH_STEP;
	return hash ? hash : 1;
}

static void note_place(void)
{
	struct place *place = &faults.places[faults.count];
	uint64_t hash, slot;

	cr_assert_lt(faults.count, FAULTS_PLACES, "too many places");
	find_place(place);
	hash = hash_place(place);
	for (slot = hash % FAULTS_SLOTS; faults.seen[slot] != 0;
		slot = (slot + 1) % FAULTS_SLOTS)
		if (faults.seen[slot] == hash)
			return;
	faults.seen[slot] = hash;
	faults.count++;
}

/* One more request; is it granted? */
static bool grant(void)
{
	faults.asked++;
	if (faults.watching)
		note_place();
	if (!faults.refused_at || faults.asked < faults.refused_at)
		return true;
	if (faults.asked == faults.refused_at)
		find_place(&faults.refused);
	return !faults.stays && faults.asked > faults.refused_at;
}

static void *faults_alloc(void *context, size_t size)
{
	(void)context;
	return grant() ? malloc(size) : NULL;
}

static void *faults_resize(void *context, void *block, size_t size)
{
	(void)context;
	return grant() ? realloc(block, size) : NULL;
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

/* For addr2line -e PROGRAM -i -f OFFSET. */
static const char *place_text(const struct place *place)
{
	static char text[1024];
	char **names = backtrace_symbols(place->frame, place->frames);
	size_t size = 0;

	text[0] = '\0';
	for (int i = FAULTS_OWN; names && i < place->frames; i++)
		if (size < sizeof(text))
			size += (size_t)snprintf(text + size,
				sizeof(text) - size, " %s", names[i]);
	free((void *)names);
	return text;
}

static void learn_places(const char *name, faults_call *call, void *context)
{
	shk_diag diag = { 0 };

	memset(&faults, 0, sizeof(faults));
	/* what is kept on purpose is there after the first two */
	for (int i = 0; i < 3; i++) {
		faults.asked = 0;
		faults.watching = i == 2;
		cr_assert_eq(call(context, &diag), SHK_OK, "%s: %s:%ld: %s",
			name, diag.path, diag.line, diag.message);
	}
	faults.watching = false;
}

/* False when there was no such request this time: keys of hashes are drawn. */
static bool refuse_at(const char *name, faults_call *call, void *context,
	uint64_t nth, bool stays)
{
	int64_t before = memory_stats().in_use;
	shk_diag diag = { 0 };
	enum shk_code code, wanted;

	faults.asked = 0;
	faults.stays = stays;
	faults.refused_at = nth;
	code = call(context, &diag);
	faults.refused_at = 0;
	wanted = faults.asked < nth ? SHK_OK : SHK_E_MEMORY;
	cr_expect(code == wanted && diag.code == code,
		"%s: request %lu: code %d, %s:%s", name, (unsigned long)nth,
		(int)code, diag.message, place_text(&faults.refused));
	cr_expect_eq(memory_stats().in_use, before,
		"%s: request %lu: blocks are lost:%s", name, (unsigned long)nth,
		place_text(&faults.refused));
	return wanted != SHK_OK;
}

void faults_each(
	const char *name, faults_call *call, void *context, unsigned least)
{
	size_t refused = 0;

	learn_places(name, call, context);
	for (size_t i = 0; i < faults.count; i++)
		refused += refuse_at(
			name, call, context, faults.places[i].nth, i % 2 == 1);
	cr_expect_geq(refused, least, "%s: refused at %zu of %zu places", name,
		refused, faults.count);
}
