/*
 * Edges through the chosen writer, and the words that the writers share.
 */
#include "report/edges.h"

const char *edges_place(enum edges_place place)
{
	static const char *const names[] = { [EDGE_BELOW_NOW] = "below",
		[EDGE_AT_NOW] = "at",
		[EDGE_ABOVE_NOW] = "above",
		[EDGE_NO_NOW] = "" };

	return names[place];
}

static void edges_rule(struct buffer *out, const struct edges_rule *rule)
{
	buffer_text(out, rule->decision);
	if (rule->row)
		buffer_format(out, " row %u", rule->row);
	for (size_t i = 0; i < rule->citation_count; i++) {
		const struct price_citation *citation = &rule->citations[i];

		buffer_format(out, "%s%s %s", i ? "; " : " (", citation->source,
			citation->place);
		if (citation->evidence[0])
			buffer_format(out, ", %s", citation->evidence);
	}
	if (rule->citation_count)
		buffer_byte(out, ')');
}

void edges_rules(struct buffer *out, const struct edges_side *side)
{
	for (size_t i = 0; i < side->rule_count; i++) {
		if (i)
			buffer_text(out, "; ");
		edges_rule(out, &side->rules[i]);
	}
}

enum shk_code shk_edges_report(const shk_edges *edges,
	enum shk_edges_format format, enum shk_language language, shk_sink sink,
	shk_diag *diag)
{
	struct buffer out;
	enum shk_code code = SHK_OK;

	buffer_init(&out);
	if (format == SHK_EDGES_TEXT || format == SHK_EDGES_HTML)
		edges_text(&out, edges, language, format == SHK_EDGES_HTML);
	else if (format == SHK_EDGES_CSV)
		edges_csv(&out, edges);
	else
		edges_json(&out, edges);
	if (out.failed)
		code = diag_memory(diag);
	else if (!sink.write(sink.context, out.data, out.size))
		code = diag_set(diag, SHK_E_IO, "cannot write the report");
	buffer_release(&out);
	return code;
}
