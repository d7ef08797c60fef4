/*
 * The check as CSV: one row a finding, and one for a table without any. What
 * belongs to the table is said in each of its rows.
 */
#include <string.h>

#include "report/check.h"
#include "report/csv.h"

static void put(struct buffer *out, const char *text)
{
	csv_cell(out, text, strlen(text));
	buffer_byte(out, ',');
}

static void put_number(struct buffer *out, size_t number)
{
	if (number > 0)
		buffer_format(out, "%zu", number);
	buffer_byte(out, ',');
}

static void put_values(struct buffer *out, const shk_table_check *table,
	const char *const *values, const char *between)
{
	struct buffer cell;

	buffer_init(&cell);
	if (values)
		check_values(&cell, table, values, between);
	if (cell.failed)
		out->failed = true;
	put(out, cell.size ? cell.data : "");
	buffer_release(&cell);
}

static void csv_begin(struct check_report *report)
{
	buffer_text(&report->out,
		"revision,file,table,decision,policy,rows,cells,finding,line,"
		"row,other_row,other_line,witness,where,why\r\n");
}

static void put_row(struct buffer *out, const shk_table_check *table,
	const shk_table_finding *finding)
{
	put(out, table->revision);
	put(out, table->file);
	put(out, table->table);
	put(out, table->decision);
	put(out, table->policy);
	buffer_format(out, "%zu,%zu,", table->row_count, table->cell_count);
	put(out, finding ? shk_table_fault_name(finding->fault) : "complete");
	put_number(out, (size_t)(finding ? finding->line : table->line));
	put_number(out, finding ? finding->row : 0);
	put_number(out, finding ? finding->other : 0);
	put_number(out, finding ? (size_t)finding->other_line : 0);
	put_values(out, table, finding ? finding->witness : NULL, " = ");
	put_values(out, table, finding ? finding->where : NULL, " in ");
	csv_cell(out, finding ? finding->why : "",
		finding ? strlen(finding->why) : 0);
	buffer_text(out, "\r\n");
}

static void csv_table(struct check_report *report, const shk_table_check *table)
{
	if (table->finding_count == 0)
		put_row(&report->out, table, NULL);
	for (size_t i = 0; i < table->finding_count; i++)
		put_row(&report->out, table, &table->findings[i]);
}

static void csv_finish(struct check_report *report)
{
	(void)report;
}

const struct check_writer check_csv = { csv_begin, csv_table, csv_finish };
