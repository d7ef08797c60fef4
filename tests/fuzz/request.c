/*
 * Any bytes as a request: a line with method and address, lines of headers, an
 * empty line, a body. Taken apart twice alike; what is taken out is UTF-8 and
 * within its ceilings; a Host that is none of the server's is never admitted;
 * what is answered has a status of the table and is UTF-8.
 */
#include "serve/request.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "fuzz/target.h"
#include "serve/guard.h"
#include "serve/route.h"

static struct serve_app app;
static struct serve_guard guard;
static bool ready;

static void clean(void)
{
	serve_app_close(&app);
}

static void prepare(void)
{
	const struct serve_options options = { .rules = FUZZ_BOOK };
	shk_diag diag = { 0 };

	if (ready)
		return;
	ready = true;
	if (serve_app_open(&app, &options, &diag) != SHK_OK ||
		guard_init(&guard, &options, 1, &diag) != SHK_OK)
		fuzz_fail("cannot load the rules: %s", diag.message);
	atexit(clean);
}

/* A header line: its value where one of those that are looked at begins so. */
static void take_header(
	char *line, struct serve_raw *raw, struct serve_head *head)
{
	const struct {
		const char *name;
		const char **to;
	} rows[] = {
		{ "Content-Type: ", &raw->content_type },
		{ "Accept-Language: ", &raw->accept_language },
		{ "Host: ", &head->host },
		{ "Origin: ", &head->origin },
		{ "Sec-Fetch-Site: ", &head->site },
		{ "Sec-Fetch-Mode: ", &head->mode },
		{ "Sec-Fetch-Dest: ", &head->dest },
		{ "Authorization: ", &head->authorization },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t size = strlen(rows[i].name);

		if (strncasecmp(line, rows[i].name, size) == 0)
			*rows[i].to = line + size;
	}
}

/* `text` ends with a NUL and is written into. */
static void take_apart(
	char *text, size_t size, struct serve_raw *raw, struct serve_head *head)
{
	char *end = text + size;
	char *space;

	raw->method = text;
	raw->target = "";
	raw->body = (struct text){ end, 0 };
	for (char *line = text; line < end;) {
		char *stop = memchr(line, '\n', (size_t)(end - line));
		char *next = stop ? stop + 1 : end;

		if (stop)
			*stop = '\0';
		if (line == text) {
			space = strchr(line, ' ');
			if (space) {
				*space = '\0';
				raw->target = space + 1;
			}
		} else if (*line == '\0') {
			raw->body = (struct text){ next, (size_t)(end - next) };
			return;
		} else {
			take_header(line, raw, head);
		}
		line = next;
	}
}

static void check_text(const char *text, size_t most, struct buffer *said)
{
	size_t size = strlen(text);

	if (size > most)
		fuzz_fail("%zu bytes where %zu are the ceiling", size, most);
	if (utf8_valid(text, size) != size)
		fuzz_fail("what was taken out is not UTF-8");
	buffer_format(said, "%zu:%s\n", size, text);
}

static void check_request(const struct serve_request *request,
	const struct serve_raw *raw, struct buffer *said)
{
	const struct serve_pair *pair;
	const struct serve_file *file = &request->file;
	size_t count = 0;

	if (request->path[0] != '/')
		fuzz_fail("a path without its slash");
	check_text(request->path, SERVE_TARGET_MAX, said);
	for (; (pair = serve_request_pair(request, count)); count++) {
		check_text(pair->name, SERVE_NAME_MAX, said);
		check_text(pair->value, SERVE_VALUE_MAX, said);
	}
	if (count > 2 * (size_t)SERVE_PAIRS_MAX)
		fuzz_fail("%zu pairs", count);
	buffer_format(said, "%d %d %zu %zu\n", (int)request->method,
		(int)request->language, request->body.size, file->bytes.size);
	if (!file->bytes.data)
		return;
	check_text(file->name, SERVE_NAME_MAX, said);
	if (file->bytes.data < raw->body.data ||
		file->bytes.data + file->bytes.size >
			raw->body.data + raw->body.size)
		fuzz_fail("a file outside of its body");
}

/* What was said of the request; a failure says why. */
static void parse(const struct serve_raw *raw, struct buffer *said)
{
	struct serve_request request;
	shk_diag diag = { 0 };
	enum shk_code code = serve_request_parse(&request, raw, &diag);

	fuzz_check_code("serve_request_parse", code, &diag);
	if (code)
		buffer_format(said, "%d %s %s\n", (int)code, diag.field,
			diag.message);
	else
		check_request(&request, raw, said);
	serve_request_release(&request);
}

static void admit(const struct serve_head *head)
{
	shk_diag diag = { 0 };
	int status = guard_admit(&guard, head, true, &diag);
	bool own = false;

	for (size_t i = 0; head->host && i < guard.host_count; i++)
		own = own || strcasecmp(guard.hosts[i], head->host) == 0;
	if (status == 0 && (!own || head->twice))
		fuzz_fail("a stranger was admitted");
	if (status && !diag.message[0])
		fuzz_fail("refused without a word");
}

/* Questions that take long are not asked. */
static void answer(const struct serve_raw *raw)
{
	struct serve_request request;
	struct serve_reply reply;
	shk_diag diag = { 0 };
	const struct serve_route *route;
	const char *rest;

	serve_reply_init(&reply);
	if (serve_request_parse(&request, raw, &diag) == SHK_OK) {
		route = serve_route_find(request.path, &rest);
		if (!route || route->weight == SERVE_LIGHT)
			serve_route_answer(&app, &request, &reply);
	} else {
		serve_reply_failure(&reply, raw->target, &diag);
	}
	if (reply.status < STATUS_DONE || reply.status > STATUS_BUSY)
		fuzz_fail("status %d", reply.status);
	if (reply.status == STATUS_FAILED)
		fuzz_fail("a failure of the server: %.200s", reply.body.data);
	if (strstr(reply.type, "json") && reply.body.size > 0 &&
		utf8_valid(reply.body.data, reply.body.size) != reply.body.size)
		fuzz_fail("the answer is not UTF-8");
	serve_request_release(&request);
	serve_reply_release(&reply);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct serve_raw raw = { .fallback = SHK_ENGLISH };
	struct serve_head head = { 0 };
	struct buffer said[2];
	char *text = malloc(size + 1);

	if (!text)
		return 0;
	prepare();
	memcpy(text, data, size);
	text[size] = '\0';
	take_apart(text, size, &raw, &head);
	for (int i = 0; i < 2; i++) {
		buffer_init(&said[i]);
		parse(&raw, &said[i]);
	}
	if (said[0].size != said[1].size ||
		(said[0].size > 0 &&
			memcmp(said[0].data, said[1].data, said[0].size) != 0))
		fuzz_fail("the same request was taken apart in two ways");
	buffer_release(&said[0]);
	buffer_release(&said[1]);
	admit(&head);
	answer(&raw);
	free(text);
	return 0;
}
