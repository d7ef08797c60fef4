/*
 * Style sheet and script: text files of the source tree as arrays, made by
 * embed.cmake when this is built.
 */
#include "serve/static.h"
#include "serve/texts.h"

enum shk_code serve_static_page(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag)
{
	(void)app;
	(void)request;
	(void)diag;
	reply->type = SERVE_HTML;
	buffer_text(&reply->body,
		"<!DOCTYPE html>\n<html lang=\"en\"><head>"
		"<meta charset=\"utf-8\"><title>shokan</title>"
		"<meta name=\"viewport\" content=\"width=device-width\">"
		"<link rel=\"stylesheet\" href=\"/page.css\">"
		"<script src=\"/page.js\" defer></script></head>"
		"<body><main><h1>shokan</h1></main></body></html>\n");
	return SHK_OK;
}

enum shk_code serve_static_css(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag)
{
	(void)app;
	(void)request;
	(void)diag;
	reply->type = "text/css; charset=utf-8";
	reply->lasting = true;
	buffer_add(&reply->body, (const char *)serve_page_css,
		serve_page_css_size);
	return SHK_OK;
}

enum shk_code serve_static_js(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag)
{
	(void)app;
	(void)request;
	(void)diag;
	reply->type = "text/javascript; charset=utf-8";
	reply->lasting = true;
	buffer_add(
		&reply->body, (const char *)serve_page_js, serve_page_js_size);
	return SHK_OK;
}
