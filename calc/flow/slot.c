/*
 * Slots are used again and again; one that had an unusually large part or
 * output gives the memory back, so that a flow's memory is that of ordinary
 * parts however many there were.
 */
#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "flow/flow.h"

#define SLOT_KEEP (4u << 20) /* bytes of a buffer that are kept for reuse */

void slot_init(struct flow_slot *slot)
{
	memset(slot, 0, sizeof(*slot));
	part_init(&slot->part);
	ids_init(&slot->ids);
	buffer_init(&slot->told);
	for (size_t i = 0; i < FLOW_REPORTS_MAX; i++)
		buffer_init(&slot->outputs[i]);
}

void slot_release(struct flow_slot *slot)
{
	part_release(&slot->part);
	ids_release(&slot->ids);
	buffer_release(&slot->told);
	for (size_t i = 0; i < FLOW_REPORTS_MAX; i++)
		buffer_release(&slot->outputs[i]);
}

static void slot_empty(struct buffer *buffer)
{
	if (buffer->capacity > SLOT_KEEP)
		buffer_release(buffer);
	else
		buffer_clear(buffer);
}

void slot_clear(struct flow_slot *slot)
{
	ids_clear(&slot->ids);
	slot->ids.known = NULL;
	slot_empty(&slot->told);
	for (size_t i = 0; i < FLOW_REPORTS_MAX; i++)
		slot_empty(&slot->outputs[i]);
	memset(slot->tallies, 0, sizeof(slot->tallies));
	slot->records = 0;
	slot->seen = 0;
	slot->wrong = false;
	slot->cut = false;
	slot->paused = false;
	slot->end = FLOW_GOES_ON;
	slot->code = SHK_OK;
	if (slot->why.code)
		diag_clear(&slot->why);
	slot->bad_set = NULL;
}
