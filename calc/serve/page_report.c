/*
 * The report of the same inputs as a file: what `shokan report` writes of the
 * record, with its receipt in HTML.
 */
#include "serve/page.h"

#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "serve/given.h"
#include "serve/pool.h"

struct page_report {
	struct serve_pricer *pricer;
	shk_report *report;
	struct serve_records records;
	shk_diag *diag;
};

_Static_assert(sizeof("shokan-comparison.jsonl") < SERVE_DOWNLOAD_MAX,
	"room for the longest name of a file");

static enum shk_code report_result(void *context, const shk_result *result)
{
	struct page_report *page = context;

	return shk_report_result(page->report, result, page->diag);
}

static enum shk_code report_records(struct page_report *page)
{
	enum shk_code code = SHK_OK;

	while (!code) {
		shk_record *record = NULL;
		enum shk_code read =
			serve_records_next(&page->records, &record, page->diag);

		if (read == SHK_END)
			break;
		code = read ? read
			    : shk_pricer_price(page->pricer->pricer, record,
				      report_result, page, page->diag);
	}
	return code;
}

static enum shk_code report_format(const struct serve_request *request,
	enum shk_report_format *format, shk_diag *diag)
{
	const char *given = serve_request_value(request, "format");

	*format = SHK_REPORT_HTML;
	if (given && strcmp(given, "xlsx") == 0)
		*format = SHK_REPORT_XLSX;
	else if (given && strcmp(given, "html") != 0) {
		diag_set(diag, SHK_E_USAGE, "must be html or xlsx");
		diag_field(diag, "format");
		return SHK_E_USAGE;
	}
	return SHK_OK;
}

static enum shk_code report_write(struct page_report *page,
	const struct serve_app *app, const struct serve_request *request,
	enum shk_report_format format, struct serve_reply *reply)
{
	const shk_price_options *price = &page->pricer->price;
	const char *policy = shk_pricer_policy(page->pricer->pricer);
	const struct shk_snapshot_header header = {
		.engine = shk_version(),
		.rulebook = shk_rulebook_hash(app->rulebook),
		.revision = price->revision,
		.as_of = price->as_of,
		.decisions = price->decision_count ? price->decisions[0] : NULL,
		.min_evidence = price->min_evidence,
		.policy = policy,
	};
	const shk_report_options options = {
		.format = format,
		.language = request->language,
		.steps = true,
		.rulebook = app->rulebook,
		.header = &header,
	};
	enum shk_code code = shk_report_new(
		&page->report, &options, serve_reply_sink(reply), page->diag);

	if (!code)
		code = report_records(page);
	if (!code)
		code = shk_report_finish(page->report, page->diag);
	shk_report_free(page->report);
	return code;
}

enum shk_code serve_page_report(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag)
{
	static const char *const known[] = { "decision", "revision", "as_of",
		"lang", "min_evidence", "format", NULL };
	struct serve_extras extras = { .steps = true, .facts = true };
	struct page_report page = { .diag = diag };
	enum shk_report_format format;
	enum shk_code code = serve_names_check(request, known, diag);
	bool html;

	if (!code)
		code = report_format(request, &format, diag);
	if (code)
		return code;
	html = format == SHK_REPORT_HTML;
	extras.charts = html;
	code = serve_records_open(&page.records, app, request, diag);
	if (!code)
		code = serve_pricer_take(
			&page.pricer, app, request, extras, diag);
	if (!code)
		code = report_write(&page, app, request, format, reply);
	serve_pricer_give(app, page.pricer);
	serve_records_close(&page.records);
	reply->type = html ? SERVE_HTML
			   : "application/vnd.openxmlformats-officedocument."
			     "spreadsheetml.sheet";
	snprintf(reply->download, sizeof(reply->download), "shokan-report.%s",
		html ? "html" : "xlsx");
	return code;
}
