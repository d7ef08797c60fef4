/*
 * What is to be told, packed: a diagnostic takes 1,100 bytes, and its texts
 * seldom more than 100. Each has the place in the first report before which
 * it is told, so that it comes at the same moment for any number of threads.
 */
#include <string.h>

#include "base/diag.h"
#include "flow/flow.h"

#define TOLD_TEXTS 4

struct told_head {
	enum shk_flow_kind kind;
	enum shk_code code;
	size_t offset;
	long line;
	long column;
	size_t sizes[TOLD_TEXTS]; /* with their NULs */
};

void told_add(
	struct flow_slot *slot, enum shk_flow_kind kind, const shk_diag *diag)
{
	const char *const texts[TOLD_TEXTS] = { diag->path, diag->field,
		diag->reason, diag->message };
	size_t before = slot->told.size;
	struct told_head head;

	memset(&head, 0, sizeof(head)); /* padding goes into the buffer too */
	head.kind = kind;
	head.code = diag->code;
	head.offset = slot->outputs[0].size;
	head.line = diag->line;
	head.column = diag->column;
	for (size_t i = 0; i < TOLD_TEXTS; i++)
		head.sizes[i] = strlen(texts[i]) + 1;
	buffer_add(&slot->told, (const char *)&head, sizeof(head));
	for (size_t i = 0; i < TOLD_TEXTS; i++)
		buffer_add(&slot->told, texts[i], head.sizes[i]);
	if (slot->told.failed)
		slot->told.size = before; /* never half of one */
	slot->wrong = slot->wrong || kind == SHK_FLOW_ERROR ||
		      kind == SHK_FLOW_TROUBLE;
}

bool told_next(const struct buffer *told, size_t *at, enum shk_flow_kind *kind,
	size_t *offset, shk_diag *diag)
{
	char *const texts[TOLD_TEXTS] = { diag->path, diag->field, diag->reason,
		diag->message };
	struct told_head head;

	diag_clear(diag);
	if (*at >= told->size)
		return false;
	memcpy(&head, told->data + *at, sizeof(head));
	*at += sizeof(head);
	*kind = head.kind;
	*offset = head.offset;
	diag->code = head.code;
	diag->line = head.line;
	diag->column = head.column;
	for (size_t i = 0; i < TOLD_TEXTS; i++) {
		memcpy(texts[i], told->data + *at, head.sizes[i]);
		*at += head.sizes[i];
	}
	return true;
}
