/*
 * Bytes as a grown expression: the compiled machine and the oracle agree on
 * it, with the facts missing and with the facts known.
 */
#include "fuzz/hold.h"
#include "fuzz/sprout.h"
#include "fuzz/target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hold_counts counts = { 0 };
	static struct world world; /* kept: a machine is large */
	struct buffer source;
	struct buffer said;

	buffer_init(&source);
	buffer_init(&said);
	sprout(data, size, &source);
	if (!hold(&world, (struct text){ source.data, source.size }, 4, &counts,
		    &said))
		fuzz_fail("%s", said.data);
	buffer_release(&said);
	buffer_release(&source);
	return 0;
}
