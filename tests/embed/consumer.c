/*
 * Another program that uses the library as installed and nothing else of this
 * project: the answers for a file of records as JSON, one a line.
 *   consumer RULES FILE
 */
#include <stdio.h>

#include <shokan/shokan.h>

static bool put(void *context, const char *data, size_t size)
{
	return fwrite(data, 1, size, context) == size;
}

static enum shk_code result(void *context, const shk_result *result)
{
	shk_diag diag = { 0 };

	return shk_report_result(context, result, &diag);
}

static enum shk_code price(shk_pricer *pricer, shk_records *records,
	shk_report *report, shk_diag *diag)
{
	shk_record *record;
	enum shk_code code = shk_records_next(records, &record, diag);

	while (code == SHK_OK) {
		code = shk_pricer_price(pricer, record, result, report, diag);
		if (code == SHK_OK)
			code = shk_records_next(records, &record, diag);
	}
	return code == SHK_END ? shk_report_finish(report, diag) : code;
}

int main(int argc, char **argv)
{
	const shk_price_options asked = { .revision = "r8", .flips = true };
	const shk_report_options form = { .format = SHK_REPORT_JSON };
	const shk_sink sink = { stdout, put };
	shk_rulebook *rules = NULL;
	shk_schema *schema = NULL;
	shk_pricer *pricer = NULL;
	shk_records *records = NULL;
	shk_report *report = NULL;
	shk_diag diag = { 0 };
	enum shk_code code = SHK_E_USAGE;

	if (argc == 3)
		code = shk_rulebook_load(&rules, argv[1], &diag);
	if (code == SHK_OK)
		code = shk_schema_load(&schema, argv[1], &diag);
	if (code == SHK_OK)
		code = shk_pricer_new(&pricer, rules, schema, &asked, &diag);
	if (code == SHK_OK)
		code = shk_records_open(&records, schema, argv[2], NULL, &diag);
	if (code == SHK_OK)
		code = shk_report_new(&report, &form, sink, &diag);
	if (code == SHK_OK)
		code = price(pricer, records, report, &diag);
	if (code != SHK_OK)
		fprintf(stderr, "shokan %s: %s:%ld: %s\n", shk_version(),
			diag.path, diag.line, diag.message);
	shk_report_free(report);
	shk_records_close(records);
	shk_pricer_free(pricer);
	shk_schema_free(schema);
	shk_rulebook_free(rules);
	return code != SHK_OK;
}
