/*
 * The one file that knows libmicrohttpd. It is loaded by its name when a
 * server starts, so that no other command waits for it and for the TLS library
 * that it wants. A thread a connection: a question that takes long keeps
 * nobody else waiting. What is refused by its head never has its body read.
 */
#include "serve/http.h"

#include <dlfcn.h>
#include <microhttpd.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/memory.h"
#include "serve/guard.h"
#include "serve/listen.h"
#include "serve/route.h"

#define HTTP_CALLS(call)                                                       \
	call(start_daemon) call(stop_daemon) call(quiesce_daemon)              \
		call(get_connection_info) call(get_connection_values)          \
			call(queue_response) call(add_response_header)         \
				call(destroy_response)

struct http_calls {
	void *library;
/* NOLINTNEXTLINE(bugprone-macro-parentheses): a declaration */
#define HTTP_CALL(name) __typeof__(MHD_##name) *name;
	HTTP_CALLS(HTTP_CALL)
#undef HTTP_CALL
	__typeof__(MHD_create_response_from_buffer_with_free_callback)
		*create_response;
};

enum http_phase {
	HTTP_PHASE_HEAD,
	HTTP_PHASE_BODY,
	HTTP_PHASE_WORK,
	HTTP_PHASE_SEND,
	HTTP_PHASES
};

/* A connection, and the request on it. */
struct http_link {
	struct http *http;
	struct http_link *next, **self; /* in the list of all */
	int socket;
	enum http_phase phase;
	time_t since; /* the phase began */
	char *target;
	struct buffer body;
	size_t held;   /* counted for this body */
	size_t passed; /* bytes of it that came */
	int refused;   /* status for a body that is thrown away; 0 */
};

struct http {
	struct http_calls calls;
	struct serve_app *app;
	struct serve_guard guard;
	struct MHD_Daemon *daemons[2];
	size_t daemon_count;
	pthread_mutex_t lock; /* of everything below */
	struct http_link *links;
	size_t open; /* requests that are neither answered nor broken off */
	size_t held; /* bytes of bodies */
};

static time_t http_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

/* A symbol into a pointer to a function, which C allows no other way. */
static bool http_call(void *library, const char *name, void *call)
{
	void *found = dlsym(library, name);

	memcpy(call, &found, sizeof(found));
	return found != NULL;
}

static enum shk_code http_load(struct http_calls *calls, shk_diag *diag)
{
	bool all;

	calls->library = dlopen(SHOKAN_MICROHTTPD, RTLD_NOW | RTLD_LOCAL);
	if (!calls->library)
		return diag_set(diag, SHK_E_IO,
			"the server needs libmicrohttpd (%s), which is not "
			"installed",
			SHOKAN_MICROHTTPD);
	all = http_call(calls->library,
		"MHD_create_response_from_buffer_with_free_callback",
		&calls->create_response);
#define HTTP_CALL(name)                                                        \
	all = all && http_call(calls->library, "MHD_" #name, &calls->name);
	HTTP_CALLS(HTTP_CALL)
#undef HTTP_CALL
	return all ? SHK_OK
		   : diag_set(diag, SHK_E_IO, "%s is not the library expected",
			     SHOKAN_MICROHTTPD);
}

/* The next phase begins; a request is open from its head to its end. */
static void http_phase(struct http_link *link, enum http_phase phase)
{
	struct http *http = link->http;

	pthread_mutex_lock(&http->lock);
	if (phase == HTTP_PHASE_HEAD) {
		http->open -= link->phase != HTTP_PHASE_HEAD;
		http->held -= link->held;
		link->held = 0;
	} else {
		http->open += link->phase == HTTP_PHASE_HEAD;
	}
	link->phase = phase;
	link->since = http_now();
	pthread_mutex_unlock(&http->lock);
}

static void http_link_free(struct http_link *link)
{
	struct http *http = link->http;

	http_phase(link, HTTP_PHASE_HEAD);
	pthread_mutex_lock(&http->lock);
	*link->self = link->next;
	if (link->next)
		link->next->self = link->self;
	pthread_mutex_unlock(&http->lock);
	buffer_release(&link->body);
	memory_free(link->target);
	memory_free(link);
}

static void http_link_new(struct http *http, struct MHD_Connection *connection,
	void **socket_context)
{
	const union MHD_ConnectionInfo *info = http->calls.get_connection_info(
		connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct http_link *link = memory_zeroed(1, sizeof(*link));

	*socket_context = link;
	if (!link)
		return;
	link->http = http;
	link->socket = info ? info->connect_fd : -1;
	link->since = http_now();
	buffer_init(&link->body);
	pthread_mutex_lock(&http->lock);
	link->next = http->links;
	link->self = &http->links;
	if (link->next)
		link->next->self = &link->next;
	http->links = link;
	pthread_mutex_unlock(&http->lock);
}

static void http_notify(void *context, struct MHD_Connection *connection,
	void **socket_context, enum MHD_ConnectionNotificationCode code)
{
	if (code == MHD_CONNECTION_NOTIFY_STARTED)
		http_link_new(context, connection, socket_context);
	else if (*socket_context)
		http_link_free(*socket_context);
}

/* The address as it was sent, before anything was decoded. */
static void *http_target(
	void *context, const char *target, struct MHD_Connection *connection)
{
	struct http *http = context;
	const union MHD_ConnectionInfo *info = http->calls.get_connection_info(
		connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct http_link *link = info ? info->socket_context : NULL;

	if (link) {
		memory_free(link->target);
		link->target = memory_copy_text(target, strlen(target));
	}
	return link;
}

static void http_completed(void *context, struct MHD_Connection *connection,
	void **request, enum MHD_RequestTerminationCode why)
{
	struct http_link *link = *request;

	(void)context;
	(void)connection;
	(void)why;
	*request = NULL;
	if (!link)
		return;
	buffer_release(&link->body);
	buffer_init(&link->body);
	memory_free(link->target);
	link->target = NULL;
	link->passed = 0;
	link->refused = 0;
	http_phase(link, HTTP_PHASE_HEAD);
}

/* Headers that are looked at. */
struct http_heads {
	struct serve_head guard;
	const char *type, *language, *length;
};

static void http_head(
	struct http_heads *heads, const char **head, const char *value)
{
	heads->guard.twice = heads->guard.twice || *head;
	*head = value ? value : "";
}

static enum MHD_Result http_each_head(void *context, enum MHD_ValueKind kind,
	const char *name, const char *value)
{
	struct http_heads *heads = context;
	const struct {
		const char *name;
		const char **head;
	} rows[] = {
		{ "Host", &heads->guard.host },
		{ "Origin", &heads->guard.origin },
		{ "Sec-Fetch-Site", &heads->guard.site },
		{ "Sec-Fetch-Mode", &heads->guard.mode },
		{ "Sec-Fetch-Dest", &heads->guard.dest },
		{ "Authorization", &heads->guard.authorization },
		{ "Content-Type", &heads->type },
		{ "Content-Length", &heads->length },
	};

	(void)kind;
	if (!name)
		return MHD_YES;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcasecmp(rows[i].name, name) == 0)
			http_head(heads, rows[i].head, value);
	}
	if (!heads->language && strcasecmp("Accept-Language", name) == 0)
		heads->language = value;
	return MHD_YES;
}

static void http_add_heads(const struct http_calls *calls,
	struct MHD_Response *response, const struct serve_reply *reply)
{
	static const char *const always[][2] = {
		{ "Content-Security-Policy",
			"default-src 'none'; style-src 'self'; script-src "
			"'self'; img-src 'self' data:; connect-src 'self'; "
			"form-action 'self'; base-uri 'none'; "
			"frame-ancestors 'none'" },
		{ "X-Content-Type-Options", "nosniff" },
		/* with none at all, browsers send forms of our own pages with
		   the origin "null", which nobody can tell from a stranger's */
		{ "Referrer-Policy", "same-origin" },
		{ "Cross-Origin-Resource-Policy", "same-origin" },
		{ "Cross-Origin-Opener-Policy", "same-origin" },
	};
	char name[SERVE_DOWNLOAD_MAX + 64];

	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		calls->add_response_header(
			response, always[i][0], always[i][1]);
	calls->add_response_header(response, "Content-Type", reply->type);
	calls->add_response_header(response, "Cache-Control",
		reply->lasting ? "private, max-age=300" : "no-store");
	if (reply->allow)
		calls->add_response_header(response, "Allow", reply->allow);
	if (reply->challenge)
		calls->add_response_header(response, "WWW-Authenticate",
			"Bearer realm=\"shokan\"");
	if (!reply->download[0])
		return;
	(void)snprintf(name, sizeof(name), "attachment; filename=\"%s\"",
		reply->download);
	calls->add_response_header(response, "Content-Disposition", name);
}

static void http_free_body(void *body)
{
	memory_free(body);
}

/* The reply goes out; its body is libmicrohttpd's from here on. */
static enum MHD_Result http_send(struct http_link *link,
	struct MHD_Connection *connection, struct serve_reply *reply)
{
	const struct http_calls *calls = &link->http->calls;
	struct MHD_Response *response;
	enum MHD_Result queued = MHD_NO;

	if (!reply->body.data)
		buffer_text(&reply->body, "");
	response = reply->body.data ? calls->create_response(reply->body.size,
					      reply->body.data, http_free_body)
				    : NULL;
	if (response) {
		buffer_init(&reply->body);
		http_add_heads(calls, response, reply);
		http_phase(link, HTTP_PHASE_SEND);
		queued = calls->queue_response(
			connection, (unsigned)reply->status, response);
		calls->destroy_response(response);
	}
	serve_reply_release(reply);
	return queued;
}

static enum MHD_Result http_refuse(struct http_link *link,
	struct MHD_Connection *connection, int status, const char *code,
	const shk_diag *diag)
{
	struct http_heads heads = { 0 };
	struct serve_reply reply;

	link->http->calls.get_connection_values(
		connection, MHD_HEADER_KIND, http_each_head, &heads);
	serve_reply_init(&reply);
	reply.language =
		serve_request_accept(heads.language, link->http->app->language);
	reply.challenge = status == STATUS_UNAUTHORIZED;
	serve_reply_problem(&reply, link->target, status, code, diag);
	return http_send(link, connection, &reply);
}

/* There is no room for the body. */
static enum MHD_Result http_refuse_body(
	struct http_link *link, struct MHD_Connection *connection)
{
	bool large = link->refused == STATUS_TOO_LARGE;
	shk_diag diag = { 0 };

	if (large)
		diag_set(&diag, SHK_E_LIMIT, "the body is larger than %u bytes",
			SERVE_BODY_MAX);
	else
		diag_set(&diag, SHK_E_LIMIT,
			"too many bodies at once; send it again");
	return http_refuse(link, connection, link->refused,
		large ? "limit" : "busy", &diag);
}

/* Bytes of the body as its head says; what is no number is too many. */
static size_t http_length(const char *length)
{
	size_t size = 0;

	for (; length && *length; length++) {
		if (*length < '0' || *length > '9' || size > HTTP_PASSED_MAX)
			return SIZE_MAX;
		size = size * 10 + (size_t)(*length - '0');
	}
	return size;
}

/* The head is there: refuse, or go on. */
static enum MHD_Result http_begin(struct http_link *link,
	struct MHD_Connection *connection, const char *method)
{
	struct http_heads heads = { 0 };
	shk_diag diag = { 0 };
	int status;

	http_phase(link, HTTP_PHASE_BODY);
	link->http->calls.get_connection_values(
		connection, MHD_HEADER_KIND, http_each_head, &heads);
	status = guard_admit(&link->http->guard, &heads.guard,
		strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0,
		&diag);
	if (status)
		return http_refuse(link, connection, status,
			status == STATUS_UNAUTHORIZED ? "unauthorized"
			: status == STATUS_FORBIDDEN  ? "forbidden"
						      : "usage",
			&diag);
	if (http_length(heads.length) > SERVE_BODY_MAX)
		link->refused = STATUS_TOO_LARGE;
	/* who sends more does not wait for an answer; who sends so much only
	   gets no answer */
	return http_length(heads.length) > HTTP_PASSED_MAX
		       ? http_refuse_body(link, connection)
		       : MHD_YES;
}

/* Whether there is room for so much more of this body. */
static bool http_hold(struct http_link *link, size_t size)
{
	struct http *http = link->http;
	bool room;

	pthread_mutex_lock(&http->lock);
	room = size <= HTTP_HELD_MAX - http->held;
	if (room) {
		http->held += size;
		link->held += size;
	}
	pthread_mutex_unlock(&http->lock);
	return room;
}

/* More of the body. What there is no room for is read and thrown away, so that
   the client hears why; that has an end too. */
static enum MHD_Result http_more(
	struct http_link *link, const char *data, size_t size)
{
	link->passed += size;
	if (link->passed > HTTP_PASSED_MAX)
		return MHD_NO;
	if (!link->refused && size > SERVE_BODY_MAX - link->body.size)
		link->refused = STATUS_TOO_LARGE;
	if (!link->refused && !http_hold(link, size))
		link->refused = STATUS_BUSY;
	if (!link->refused)
		buffer_add(&link->body, data, size);
	return link->body.failed ? MHD_NO : MHD_YES;
}

static enum MHD_Result http_answer(struct http_link *link,
	struct MHD_Connection *connection, const char *method)
{
	struct http_heads heads = { 0 };
	struct serve_reply reply;
	struct serve_raw raw;

	http_phase(link, HTTP_PHASE_WORK);
	link->http->calls.get_connection_values(
		connection, MHD_HEADER_KIND, http_each_head, &heads);
	raw = (struct serve_raw){ .method = method,
		.target = link->target,
		.host = heads.guard.host,
		.content_type = heads.type,
		.accept_language = heads.language,
		.body = { link->body.data ? link->body.data : "",
			link->body.size },
		.fallback = link->http->app->language };
	serve_reply_init(&reply);
	serve_answer(link->http->app, &raw, &reply);
	return http_send(link, connection, &reply);
}

/* Called with the head, with each piece of the body, and at its end. */
static enum MHD_Result http_access(void *context,
	struct MHD_Connection *connection, const char *url, const char *method,
	const char *version, const char *data, size_t *size, void **request)
{
	struct http_link *link = *request;

	(void)context;
	(void)url;
	(void)version;
	if (!link || !link->target)
		return MHD_NO; /* memory ran out */
	if (link->phase == HTTP_PHASE_HEAD)
		return http_begin(link, connection, method);
	if (*size > 0) {
		size_t more = *size;

		*size = 0;
		return http_more(link, data, more);
	}
	return link->refused ? http_refuse_body(link, connection)
			     : http_answer(link, connection, method);
}

static enum shk_code http_start(struct http *http, int socket, shk_diag *diag)
{
	unsigned flags = MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD |
			 MHD_USE_THREAD_PER_CONNECTION | MHD_USE_ITC;
	struct MHD_Daemon *daemon = http->calls.start_daemon(flags, 0, NULL,
		NULL, http_access, http, MHD_OPTION_LISTEN_SOCKET, socket,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HTTP_MEMORY,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)HTTP_CONNECTIONS,
		MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)HTTP_PER_ADDRESS,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)HTTP_IDLE,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK,
		http_target, http, MHD_OPTION_NOTIFY_COMPLETED, http_completed,
		http, MHD_OPTION_NOTIFY_CONNECTION, http_notify, http,
		MHD_OPTION_END);

	if (!daemon) {
		close(socket);
		return diag_set(diag, SHK_E_IO, "the server cannot be started");
	}
	http->daemons[http->daemon_count++] = daemon;
	return SHK_OK;
}

/* Listen first and start then: the guard must know the port. */
static enum shk_code http_listen(struct http *http,
	const struct serve_options *options, unsigned *port, shk_diag *diag)
{
	const char *address = options->listen ? options->listen : "127.0.0.1";
	enum shk_code code;
	int sockets[2] = { -1, -1 };

	*port = options->port;
	code = listen_open(&sockets[0], address, port, diag);
	/* a machine without IPv6 has no ::1 */
	if (!code && !options->listen)
		(void)listen_open(&sockets[1], "::1", port, NULL);
	if (!code)
		code = guard_init(&http->guard, options, *port, diag);
	for (size_t i = 0; i < 2; i++) {
		if (sockets[i] >= 0 && !code)
			code = http_start(http, sockets[i], diag);
		else if (sockets[i] >= 0)
			close(sockets[i]);
	}
	return code;
}

enum shk_code http_open(struct http **out, struct serve_app *app,
	const struct serve_options *options, unsigned *port, shk_diag *diag)
{
	struct http *http = memory_zeroed(1, sizeof(*http));
	enum shk_code code;

	*out = http;
	if (!http)
		return diag_memory(diag);
	http->app = app;
	pthread_mutex_init(&http->lock, NULL);
	code = http_load(&http->calls, diag);
	return code ? code : http_listen(http, options, port, diag);
}

void http_tick(struct http *http)
{
	static const time_t most[HTTP_PHASES] = { HTTP_HEAD, HTTP_BODY, 0,
		HTTP_SEND };
	time_t now = http_now();

	pthread_mutex_lock(&http->lock);
	for (struct http_link *at = http->links; at; at = at->next) {
		if (most[at->phase] > 0 && at->socket >= 0 &&
			now - at->since > most[at->phase])
			shutdown(at->socket, SHUT_RDWR);
	}
	pthread_mutex_unlock(&http->lock);
}

static bool http_is_open(struct http *http)
{
	bool open;

	pthread_mutex_lock(&http->lock);
	open = http->open > 0;
	pthread_mutex_unlock(&http->lock);
	return open;
}

void http_close(struct http *http)
{
	const struct timespec moment = { .tv_nsec = 10000000 };
	time_t until = http_now() + HTTP_FINISH;

	if (!http)
		return;
	for (size_t i = 0; i < http->daemon_count; i++) {
		int socket = http->calls.quiesce_daemon(http->daemons[i]);

		if (socket >= 0)
			close(socket);
	}
	while (http->daemon_count > 0 && http_is_open(http) &&
		http_now() < until)
		nanosleep(&moment, NULL);
	for (size_t i = 0; i < http->daemon_count; i++)
		http->calls.stop_daemon(http->daemons[i]);
	/* the library stays loaded: its TLS library has threads' data */
	pthread_mutex_destroy(&http->lock);
	memory_free(http);
}
