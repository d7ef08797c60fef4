/*
 * The check as one JSON document: every table with its columns and findings,
 * a table a line, then the counts. Its schema is rules-check.schema.json.
 */
#include "report/check.h"
#include "report/json.h"

static void put_count(struct buffer *out, const char *name, size_t count)
{
	json_key(out, name);
	buffer_format(out, "%zu", count);
}

/* A number from 1, or null. */
static void put_place(struct buffer *out, const char *name, size_t place)
{
	json_key(out, name);
	if (place > 0)
		buffer_format(out, "%zu", place);
	else
		buffer_text(out, "null");
}

static void put_columns(struct buffer *out, const shk_table_check *table)
{
	json_key(out, "columns");
	buffer_byte(out, '[');
	for (size_t i = 0; i < table->column_count; i++) {
		json_next(out);
		buffer_byte(out, '{');
		json_pair(out, "expression", table->columns[i].expression);
		json_pair(out, "type", table->columns[i].type);
		json_pair(out, "domain", table->columns[i].domain);
		buffer_byte(out, '}');
	}
	buffer_byte(out, ']');
}

static void put_values(struct buffer *out, const char *name,
	const shk_table_check *table, const char *const *values)
{
	json_key(out, name);
	if (!values) {
		buffer_text(out, "null");
		return;
	}
	buffer_byte(out, '[');
	for (size_t i = 0; i < table->column_count; i++)
		json_item(out, values[i]);
	buffer_byte(out, ']');
}

static void put_findings(struct buffer *out, const shk_table_check *table)
{
	json_key(out, "findings");
	buffer_byte(out, '[');
	for (size_t i = 0; i < table->finding_count; i++) {
		const shk_table_finding *finding = &table->findings[i];

		json_next(out);
		buffer_byte(out, '{');
		json_pair(out, "finding", shk_table_fault_name(finding->fault));
		put_place(out, "line", (size_t)finding->line);
		put_place(out, "row", finding->row);
		put_place(out, "other_row", finding->other);
		put_place(out, "other_line", (size_t)finding->other_line);
		put_values(out, "witness", table, finding->witness);
		put_values(out, "where", table, finding->where);
		json_pair(out, "why", finding->why);
		buffer_byte(out, '}');
	}
	buffer_byte(out, ']');
}

static void report_begin(struct check_report *report)
{
	buffer_text(&report->out, "{\"tables\":[\n");
}

static void report_table(
	struct check_report *report, const shk_table_check *table)
{
	struct buffer *out = &report->out;

	if (report->counts.tables > 1)
		buffer_text(out, ",\n");
	buffer_byte(out, '{');
	json_pair(out, "revision", table->revision);
	json_pair(out, "file", table->file);
	put_place(out, "line", (size_t)table->line);
	json_pair(out, "table", table->table);
	json_pair(out, "decision", table->decision);
	json_pair(out, "policy", table->policy);
	put_count(out, "rows", table->row_count);
	put_columns(out, table);
	put_count(out, "cells", table->cell_count);
	put_count(out, "shared_cells", table->shared);
	json_pair(out, "not_certified", table->uncertified);
	put_findings(out, table);
	buffer_byte(out, '}');
}

static void report_finish(struct check_report *report)
{
	struct buffer *out = &report->out;
	const shk_check_counts *counts = &report->counts;

	buffer_text(out, "\n],\n\"counts\":{");
	put_count(out, "tables", counts->tables);
	put_count(out, "rows", counts->rows);
	put_count(out, "cells", counts->cells);
	put_count(out, "complete", counts->complete);
	put_count(out, "gaps", counts->faults[SHK_TABLE_GAP]);
	put_count(out, "overlaps", counts->faults[SHK_TABLE_OVERLAP]);
	put_count(
		out, "unreachable_rows", counts->faults[SHK_TABLE_UNREACHABLE]);
	put_count(out, "unchecked", counts->faults[SHK_TABLE_UNCHECKED]);
	buffer_text(out, "}}\n");
}

const struct check_writer check_json = { report_begin, report_table,
	report_finish };
