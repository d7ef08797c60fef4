/*
 * /api/v1/openapi.json, and the schemas that it refers to.
 */
#include <string.h>

#include "base/diag.h"
#include "serve/api.h"
#include "serve/texts.h"

enum shk_code serve_api_openapi(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag)
{
	(void)app;
	(void)request;
	(void)diag;
	reply->type = SERVE_JSON;
	reply->lasting = true;
	buffer_add(&reply->body, (const char *)serve_openapi_json,
		serve_openapi_json_size);
	return SHK_OK;
}

enum shk_code serve_api_schema(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag)
{
	(void)app;
	for (size_t i = 0; i < serve_schema_text_count; i++) {
		const struct serve_schema_text *text = &serve_schema_texts[i];

		if (strcmp(text->name, request->rest) != 0)
			continue;
		reply->type = SERVE_JSON;
		reply->lasting = true;
		buffer_add(&reply->body, (const char *)text->data, *text->size);
		return SHK_OK;
	}
	diag_set(diag, SHK_E_USAGE, "there is no schema of that name");
	serve_reply_problem(
		reply, request->path, STATUS_NOT_FOUND, "not_found", diag);
	diag_clear(diag);
	return SHK_OK;
}
