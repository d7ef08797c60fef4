/*
 * Parts of one report that are written in several threads. What a part's sink
 * gets are the bytes of its results and, behind them, a tail with what the
 * closing lines need; the joining report takes them in the order of the
 * records. The bytes are private to one process: they are never stored.
 */
#include <string.h>

#include "report/ci.h"

/* What a part knows that its bytes do not say. */
struct part_tail {
	size_t counts[REPORT_STATUSES];
	size_t levels[REPORT_LEVELS];
	size_t changes[2];
	bool weak_seen;
	char newest[sizeof(((struct shk_report *)0)->newest)];
};

void report_part_close(struct shk_report *report)
{
	struct part_tail tail;

	memset(&tail, 0, sizeof(tail)); /* the gaps too */
	memcpy(tail.counts, report->counts, sizeof(tail.counts));
	memcpy(tail.levels, report->levels, sizeof(tail.levels));
	memcpy(tail.changes, report->changes, sizeof(tail.changes));
	memcpy(tail.newest, report->newest, sizeof(tail.newest));
	tail.weak_seen = report->weak_seen;
	buffer_add(&report->out, (const char *)&tail, sizeof(tail));
	memset(report->counts, 0, sizeof(report->counts));
	memset(report->levels, 0, sizeof(report->levels));
	memset(report->changes, 0, sizeof(report->changes));
	memset(report->newest, 0, sizeof(report->newest));
	report->weak_seen = false;
}

static void part_add(size_t *to, const size_t *from, size_t count)
{
	for (size_t i = 0; i < count; i++)
		to[i] += from[i];
}

bool report_part_take(struct shk_report *report, const char *data, size_t size)
{
	struct part_tail tail;

	if (size < sizeof(tail))
		return false;
	size -= sizeof(tail);
	memcpy(&tail, data + size, sizeof(tail));
	switch (report->options.format) {
	case SHK_REPORT_JUNIT:
		if (!junit_join(report, data, size))
			return false;
		break;
	case SHK_REPORT_SARIF:
		sarif_join(report, data, size);
		break;
	default:
		buffer_add(&report->out, data, size);
	}
	part_add(report->counts, tail.counts, REPORT_STATUSES);
	part_add(report->levels, tail.levels, REPORT_LEVELS);
	part_add(report->changes, tail.changes, 2);
	report->weak_seen = report->weak_seen || tail.weak_seen;
	if (!report->newest[0])
		memcpy(report->newest, tail.newest, sizeof(report->newest));
	return true;
}
