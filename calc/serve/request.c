/*
 * A request out of its bytes: path, query, form, file, language. A form goes
 * into pairs and leaves no body; every other body stays as it is, for the
 * readers of records.
 */
#include <string.h>
#include <strings.h>

#include "base/diag.h"
#include "serve/decode.h"
#include "serve/request.h"

#define REQUEST_TYPE_MAX 256 /* bytes of the header Content-Type */

static enum serve_method request_method(const char *method)
{
	if (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0)
		return SERVE_GET;
	return strcmp(method, "POST") == 0 ? SERVE_POST : SERVE_OTHER;
}

static enum shk_code request_target(
	struct serve_request *request, const char *target, shk_diag *diag)
{
	size_t size = strlen(target);
	const char *mark = memchr(target, '?', size);
	struct text path = { target, mark ? (size_t)(mark - target) : size };

	if (size > SERVE_TARGET_MAX)
		return diag_set(diag, SHK_E_LIMIT,
			"the address is longer than %u bytes",
			SERVE_TARGET_MAX);
	if (target[0] != '/')
		return diag_set(diag, SHK_E_USAGE,
			"the address does not begin with a slash");
	request->path = decode_text(&request->arena, path, false, diag);
	if (!request->path)
		return diag->code;
	if (!mark)
		return SHK_OK;
	return decode_pairs(
		&request->arena, text_of(mark + 1), &request->query, diag);
}

/* The media type alone, in lower case. */
static enum shk_code request_type(
	struct serve_request *request, const char *type, shk_diag *diag)
{
	size_t size = strcspn(type, "; \t");
	char *copy;

	if (strlen(type) > REQUEST_TYPE_MAX)
		return diag_set(diag, SHK_E_LIMIT,
			"Content-Type is longer than %d bytes",
			REQUEST_TYPE_MAX);
	copy = arena_text(&request->arena, type, size);
	if (!copy)
		return diag_memory(diag);
	for (size_t i = 0; i < size; i++) {
		if (copy[i] >= 'A' && copy[i] <= 'Z')
			copy[i] = (char)(copy[i] - 'A' + 'a');
	}
	request->content_type = copy;
	return SHK_OK;
}

static enum shk_code request_body(struct serve_request *request,
	const struct serve_raw *raw, shk_diag *diag)
{
	const char *type = raw->content_type ? raw->content_type : "";
	enum shk_code code = request_type(request, type, diag);

	if (code)
		return code;
	if (raw->body.size > SERVE_BODY_MAX)
		return diag_set(diag, SHK_E_LIMIT,
			"the body is larger than %u bytes", SERVE_BODY_MAX);
	if (strcmp(request->content_type,
		    "application/x-www-form-urlencoded") == 0)
		return decode_pairs(
			&request->arena, raw->body, &request->form, diag);
	if (strcmp(request->content_type, "multipart/form-data") == 0)
		return decode_multipart(&request->arena, type, raw->body,
			&request->form, &request->file, diag);
	request->body = raw->body;
	return SHK_OK;
}

/* Weight of a language range in thousandths: `;q=0.5`, 1 without. */
static int request_weight(const char *range, size_t size)
{
	const char *mark = memchr(range, ';', size);
	int weight = 0;
	int digit = 100;

	if (!mark)
		return 1000;
	for (mark++; mark < range + size && *mark == ' ';)
		mark++;
	if (range + size - mark < 3 || strncasecmp(mark, "q=", 2) != 0)
		return 1000;
	if (mark[2] == '1')
		return 1000;
	for (mark += 4; mark < range + size && *mark >= '0' && *mark <= '9' &&
			digit > 0;
		mark++, digit /= 10)
		weight += (*mark - '0') * digit;
	return weight;
}

/* The better liked of the two languages; the earlier one when they tie. */
enum shk_language serve_request_accept(
	const char *accept, enum shk_language fallback)
{
	enum shk_language best = fallback;
	int most = 0;

	while (accept && *accept) {
		size_t size = strcspn(accept, ",");
		const char *at = accept + strspn(accept, " \t");
		int weight = request_weight(accept, size);
		bool ja = strncasecmp(at, "ja", 2) == 0;
		bool en = strncasecmp(at, "en", 2) == 0;

		if ((ja || en) && strchr("-;, \t", at[2]) && weight > most) {
			most = weight;
			best = ja ? SHK_JAPANESE : SHK_ENGLISH;
		}
		accept += size + (accept[size] == ',');
	}
	return best;
}

static enum shk_code request_language(struct serve_request *request,
	const struct serve_raw *raw, shk_diag *diag)
{
	const char *asked = serve_request_value(request, "lang");

	request->language =
		serve_request_accept(raw->accept_language, raw->fallback);
	if (!asked)
		return SHK_OK;
	if (strcmp(asked, "ja") == 0 || strcmp(asked, "en") == 0) {
		request->language =
			asked[0] == 'j' ? SHK_JAPANESE : SHK_ENGLISH;
		return SHK_OK;
	}
	diag_set(diag, SHK_E_USAGE, "lang must be en or ja");
	diag_field(diag, "lang");
	return SHK_E_USAGE;
}

enum shk_code serve_request_parse(struct serve_request *request,
	const struct serve_raw *raw, shk_diag *diag)
{
	enum shk_code code, asked;

	memset(request, 0, sizeof(*request));
	arena_init(&request->arena);
	request->path = "/";
	request->rest = "";
	request->content_type = "";
	request->host = raw->host ? raw->host : "";
	request->method = request_method(raw->method);
	code = request_target(request, raw->target, diag);
	if (!code && request->method == SERVE_POST)
		code = request_body(request, raw, diag);
	/* of what is refused too: the page that says why has a language */
	asked = request_language(request, raw, code ? NULL : diag);
	return code ? code : asked;
}

void serve_request_release(struct serve_request *request)
{
	arena_release(&request->arena);
}

const struct serve_pair *serve_request_pair(
	const struct serve_request *request, size_t index)
{
	if (index < request->form.count)
		return &request->form.items[index];
	index -= request->form.count;
	return index < request->query.count ? &request->query.items[index]
					    : NULL;
}

const char *serve_request_value(
	const struct serve_request *request, const char *name)
{
	const struct serve_pair *pair;

	for (size_t i = 0; (pair = serve_request_pair(request, i)); i++) {
		if (strcmp(pair->name, name) == 0)
			return pair->value[0] ? pair->value : NULL;
	}
	return NULL;
}
