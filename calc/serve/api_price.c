/*
 * /api/v1/price and /api/v1/explain: every record of the request through a
 * pricer into the JSON report. A record that is wrong becomes an error result
 * among the others, as with the command; names that are wrong are refused.
 */
#include <string.h>

#include "base/diag.h"
#include "serve/api.h"
#include "serve/given.h"
#include "serve/pool.h"

struct api_price {
	struct serve_pricer *pricer;
	const char *id; /* only records that have it; NULL: all */
	bool found;
	shk_report *report;
	shk_diag *diag;
};

static enum shk_code api_price_result(void *context, const shk_result *result)
{
	struct api_price *price = context;

	return shk_report_result(price->report, result, price->diag);
}

static enum shk_code api_price_record(struct api_price *price,
	enum shk_code read, shk_record *record, const shk_diag *why)
{
	shk_pricer *pricer = price->pricer->pricer;

	if (read == SHK_OK)
		return shk_pricer_price(
			pricer, record, api_price_result, price, price->diag);
	return shk_pricer_refuse(
		pricer, record, why, api_price_result, price, price->diag);
}

static enum shk_code api_price_records(
	struct api_price *price, struct serve_records *records)
{
	enum shk_code code = SHK_OK;

	while (!code) {
		shk_record *record = NULL;
		shk_diag why = { 0 };
		enum shk_code read = serve_records_next(records, &record, &why);

		if (read == SHK_END)
			break;
		if (read && !record) {
			*price->diag = why;
			return read;
		}
		if (price->id && strcmp(shk_record_id(record), price->id) != 0)
			continue;
		price->found = true;
		code = api_price_record(price, read, record, &why);
	}
	if (!code && price->id && !price->found)
		return diag_set(price->diag, SHK_E_INPUT,
			"no record has the id %s", price->id);
	return code;
}

static enum shk_code api_price_write(struct api_price *price,
	struct serve_records *records, const struct serve_request *request,
	struct serve_extras extras, struct serve_reply *reply)
{
	const shk_report_options options = {
		.format = SHK_REPORT_JSON,
		.language = request->language,
		.steps = extras.steps,
		.roundings = extras.roundings,
	};
	enum shk_code code = shk_report_new(
		&price->report, &options, serve_reply_sink(reply), price->diag);

	if (!code)
		code = api_price_records(price, records);
	if (!code)
		code = shk_report_finish(price->report, price->diag);
	shk_report_free(price->report);
	return code;
}

/* `1`, `true` or `yes`; nothing and `0`, `false`, `no` are not. */
static enum shk_code api_flag(const struct serve_request *request,
	const char *name, bool *out, shk_diag *diag)
{
	const char *value = serve_request_value(request, name);

	*out = value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
	if (!value || *out || strcmp(value, "0") == 0 ||
		strcmp(value, "false") == 0)
		return SHK_OK;
	diag_set(diag, SHK_E_USAGE, "must be 1 or 0");
	diag_field(diag, name);
	return SHK_E_USAGE;
}

static enum shk_code api_price_answer(struct serve_app *app,
	const struct serve_request *request, bool explain,
	struct serve_reply *reply, shk_diag *diag)
{
	static const char *const known[] = { "revision", "as_of", "decision",
		"lang", "min_evidence", "id", "steps", "rounding",
		"input_format", "encoding", "sheet", NULL };
	struct serve_extras extras = { .steps = explain };
	struct api_price price = { .diag = diag,
		.id = serve_request_value(request, "id") };
	struct serve_records records = { .app = app };
	enum shk_code code = serve_names_check(request, known, diag);

	if (!code && !explain)
		code = api_flag(request, "steps", &extras.steps, diag);
	if (!code)
		code = api_flag(request, "rounding", &extras.roundings, diag);
	if (!code)
		code = serve_records_open(&records, app, request, diag);
	if (!code)
		code = serve_pricer_take(
			&price.pricer, app, request, extras, diag);
	if (!code)
		code = api_price_write(
			&price, &records, request, extras, reply);
	serve_pricer_end(app, price.pricer, code);
	serve_records_close(&records);
	reply->type = SERVE_LINES;
	return code;
}

enum shk_code serve_api_price(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag)
{
	return api_price_answer(app, request, false, reply, diag);
}

enum shk_code serve_api_explain(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag)
{
	return api_price_answer(app, request, true, reply, diag);
}
