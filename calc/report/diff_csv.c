/*
 * What two revisions answer differently as CSV: one row a region, and one for
 * a decision without any; with records one more row a record that changes.
 */
#include <stdio.h>
#include <string.h>

#include "report/csv.h"
#include "report/diff.h"

#define CSV_HEAD                                                               \
	"decision,kind,proof,region,outputs,lead,everywhere,conditions,"       \
	"before,after,example,policy,sources_before,sources_after,id\r\n"

static void csv_put(struct diff_report *report, const char *text, bool last)
{
	csv_cell(&report->out, text, strlen(text));
	buffer_text(&report->out, last ? "\r\n" : ",");
}

static void csv_put_scratch(struct diff_report *report)
{
	csv_put(report, report->scratch.size ? report->scratch.data : "",
		false);
	buffer_clear(&report->scratch);
}

static void csv_conditions(
	struct diff_report *report, const struct shk_diff_region *region)
{
	for (size_t i = 0; i < region->condition_count; i++) {
		const struct shk_diff_condition *it = &region->conditions[i];

		buffer_format(&report->scratch, "%s%s", i > 0 ? " and " : "",
			it->text);
		if (*it->revision)
			buffer_format(&report->scratch, " [%s]", it->revision);
	}
	csv_put_scratch(report);
}

/* `coefficient 1.5|points 900` of one side. */
static void csv_values(struct diff_report *report,
	const struct shk_diff_region *region, bool after)
{
	for (size_t i = 0; i < region->value_count; i++)
		buffer_format(&report->scratch, "%s%s %s", i > 0 ? "|" : "",
			region->values[i].output,
			after ? region->values[i].after
			      : region->values[i].before);
	csv_put_scratch(report);
}

/* `S001 L1389|...`, each once. */
static void csv_sources(
	struct diff_report *report, const struct shk_diff_side *side)
{
	struct buffer *out = &report->scratch;

	for (size_t i = 0; i < side->step_count; i++)
		for (size_t k = 0; k < side->steps[i].citation_count; k++) {
			const struct shk_diff_citation *it =
				&side->steps[i].citations[k];
			char text[256];
			size_t size;

			size = (size_t)snprintf(text, sizeof(text), "%s %s",
				it->source, it->place);
			if (size >= sizeof(text) ||
				(out->size && strstr(out->data, text)))
				continue;
			buffer_format(out, "%s%s", out->size ? "|" : "", text);
		}
	csv_put_scratch(report);
}

static void csv_decision(
	struct diff_report *report, const struct shk_diff_decision *decision)
{
	csv_put(report, decision->name, false);
	csv_put(report, diff_kind(decision->kind), false);
	csv_put(report, diff_proof(decision->proof), false);
}

static void csv_region(struct diff_report *report,
	const struct shk_diff_decision *decision, size_t at)
{
	const struct shk_diff_region *region = &decision->regions[at];

	csv_decision(report, decision);
	buffer_format(&report->scratch, "%zu", at + 1);
	csv_put_scratch(report);
	for (size_t i = 0; i < region->output_count; i++)
		buffer_format(&report->scratch, "%s%s", i > 0 ? "|" : "",
			region->outputs[i]);
	csv_put_scratch(report);
	csv_put(report, region->lead ? "true" : "false", false);
	csv_put(report, region->everywhere ? "true" : "false", false);
	csv_conditions(report, region);
	csv_values(report, region, false);
	csv_values(report, region, true);
	csv_put(report, region->facts, false);
	csv_put(report, region->policy, false);
	csv_sources(report, &region->sides[0]);
	csv_sources(report, &region->sides[1]);
	csv_put(report, "", true);
}

static void csv_blank(struct diff_report *report, int count)
{
	for (int i = 0; i < count; i++)
		csv_put(report, "", false);
}

static void csv_impact(
	struct diff_report *report, const struct shk_diff_impact *impact)
{
	csv_put(report, impact->decision, false);
	csv_put(report, "record", false);
	csv_put(report, "", false);
	csv_put(report, impact->regions, false);
	csv_blank(report, 4);
	csv_put(report, impact->before, false);
	csv_put(report, impact->after, false);
	csv_blank(report, 4);
	csv_put(report, impact->id, true);
}

void diff_csv(struct diff_report *report)
{
	const struct shk_diff_summary *summary = report->summary;

	buffer_text(&report->out, CSV_HEAD);
	for (size_t i = 0; i < summary->decision_count; i++) {
		const struct shk_diff_decision *it = &summary->decisions[i];

		for (size_t k = 0; k < it->region_count; k++)
			csv_region(report, it, k);
		if (it->region_count > 0)
			continue;
		csv_decision(report, it);
		csv_blank(report, 11);
		csv_put(report, "", true);
	}
	for (size_t i = 0; i < report->impact_count; i++)
		csv_impact(report, &report->impacts[i]);
}
