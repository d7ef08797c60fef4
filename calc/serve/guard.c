/*
 * Three walls. The Host must be a name of this server, so that a name that
 * somebody points at 127.0.0.1 (DNS rebinding) gets nothing. What a page of
 * another site sends (Origin, Sec-Fetch-Site) is refused, but for following a
 * link. A token, where there is one, is compared in the same time whatever it
 * is.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/diag.h"
#include "base/text.h"
#include "serve/guard.h"
#include "serve/status.h"

bool guard_is_loopback(const char *address)
{
	struct in6_addr six;
	struct in_addr four;

	if (inet_pton(AF_INET, address, &four) == 1)
		return (ntohl(four.s_addr) >> 24) == 127;
	return inet_pton(AF_INET6, address, &six) == 1 &&
	       memcmp(&six, &in6addr_loopback, sizeof(six)) == 0;
}

enum shk_code guard_check_token(const char *token, shk_diag *diag)
{
	size_t size = strlen(token);

	for (size_t i = 0; i < size; i++) {
		if (token[i] <= ' ' || token[i] > '~')
			return diag_set(diag, SHK_E_USAGE,
				"the token has a character that is not visible "
				"ASCII");
	}
	if (size < SERVE_TOKEN_MIN || size > SERVE_TOKEN_MAX)
		return diag_set(diag, SHK_E_USAGE,
			"the token has %zu characters; it must have %d to %d",
			size, SERVE_TOKEN_MIN, SERVE_TOKEN_MAX);
	return SHK_OK;
}

enum shk_code guard_check(const struct serve_options *options, shk_diag *diag)
{
	const char *listen = options->listen;
	struct in6_addr room;

	if (options->token && guard_check_token(options->token, diag))
		return diag->code;
	if (!listen)
		return SHK_OK;
	if (inet_pton(AF_INET, listen, &room) != 1 &&
		inet_pton(AF_INET6, listen, &room) != 1)
		return diag_set(diag, SHK_E_USAGE,
			"%s is no numeric address such as 192.0.2.1 or ::1",
			listen);
	if (!guard_is_loopback(listen) && !options->token)
		return diag_set(diag, SHK_E_USAGE,
			"%s can be reached from other machines; that needs a "
			"token",
			listen);
	return SHK_OK;
}

static enum shk_code guard_add(struct serve_guard *guard, const char *name,
	size_t size, unsigned port, shk_diag *diag)
{
	char *host = guard->hosts[guard->host_count];
	int length;

	if (guard->host_count == GUARD_HOSTS_MAX)
		return diag_set(diag, SHK_E_LIMIT, "more than %d host names",
			GUARD_HOSTS_MAX);
	length = port ? snprintf(host, GUARD_HOST_MAX, "%.*s:%u", (int)size,
				name, port)
		      : snprintf(host, GUARD_HOST_MAX, "%.*s", (int)size, name);
	if (length < 0 || length >= GUARD_HOST_MAX)
		return diag_set(diag, SHK_E_LIMIT, "a host name is too long");
	guard->host_count++;
	return SHK_OK;
}

/* With the port, and without it where that is the one of http. */
static enum shk_code guard_name(struct serve_guard *guard, const char *name,
	unsigned port, bool bare, shk_diag *diag)
{
	size_t size = strlen(name);
	enum shk_code code = guard_add(guard, name, size, port, diag);

	if (!code && (bare || port == 80))
		code = guard_add(guard, name, size, 0, diag);
	return code;
}

/* An address as it stands in Host. */
static enum shk_code guard_address(struct serve_guard *guard,
	const char *address, unsigned port, shk_diag *diag)
{
	bool six = strchr(address, ':') != NULL;
	char name[64];

	if (strcmp(address, "0.0.0.0") == 0 || strcmp(address, "::") == 0)
		return SHK_OK; /* no name of anything */
	(void)snprintf(name, sizeof(name), "%s%s%s", six ? "[" : "", address,
		six ? "]" : "");
	return guard_name(guard, name, port, false, diag);
}

static enum shk_code guard_names(struct serve_guard *guard, const char *names,
	unsigned port, shk_diag *diag)
{
	enum shk_code code = SHK_OK;

	while (names && *names && !code) {
		size_t size = strcspn(names, ",");

		if (size == 0 || size >= GUARD_HOST_MAX)
			return diag_set(diag, SHK_E_USAGE,
				"a host name is empty or too long");
		code = guard_add(guard, names, size, 0, diag);
		if (!code && !memchr(names, ':', size))
			code = guard_add(guard, names, size, port, diag);
		names += size + (names[size] == ',');
	}
	return code;
}

enum shk_code guard_init(struct serve_guard *guard,
	const struct serve_options *options, unsigned port, shk_diag *diag)
{
	const char *listen = options->listen;
	enum shk_code code = SHK_OK;

	memset(guard, 0, sizeof(*guard));
	guard->token = options->token;
	if (listen)
		code = guard_address(guard, listen, port, diag);
	if (!code && (!listen || guard_is_loopback(listen))) {
		code = guard_name(guard, "localhost", port, false, diag);
		if (!code)
			code = guard_address(guard, "127.0.0.1", port, diag);
		if (!code)
			code = guard_address(guard, "::1", port, diag);
	}
	if (!code)
		code = guard_names(guard, options->hosts, port, diag);
	if (!code && guard->host_count == 0)
		code = diag_set(diag, SHK_E_USAGE,
			"for %s say by which name the server is called",
			listen);
	return code;
}

static bool guard_knows(const struct serve_guard *guard, const char *host)
{
	for (size_t i = 0; host && i < guard->host_count; i++) {
		if (strcasecmp(guard->hosts[i], host) == 0)
			return true;
	}
	return false;
}

/* Bytes that differ, counted over the whole token. */
static bool guard_equal(const char *token, const char *given, size_t size)
{
	size_t length = strlen(token);
	volatile unsigned char differ = size != length;

	for (size_t i = 0; i < length; i++)
		differ |= (unsigned char)(token[i] ^ (i < size ? given[i] : 0));
	return differ == 0;
}

static bool guard_has_token(
	const struct serve_guard *guard, const char *authorization)
{
	if (!authorization || strncasecmp(authorization, "Bearer ", 7) != 0)
		return false;
	authorization += 7;
	return guard_equal(guard->token, authorization, strlen(authorization));
}

/* Scheme and name of the page that asks are those of this server. */
static bool guard_is_own(const char *origin, const char *host)
{
	if (strncmp(origin, "http://", 7) == 0)
		return strcasecmp(origin + 7, host) == 0;
	/* behind somebody who speaks TLS for us */
	return strncmp(origin, "https://", 8) == 0 &&
	       strcasecmp(origin + 8, host) == 0;
}

/* Not sent by a page of another site, unless it is a link that was followed. */
static bool guard_is_invited(const struct serve_head *head, bool changes)
{
	if (head->origin && !guard_is_own(head->origin, head->host))
		return false;
	if (!head->site || strcmp(head->site, "same-origin") == 0 ||
		strcmp(head->site, "none") == 0)
		return true;
	return !changes && head->mode && head->dest &&
	       strcmp(head->mode, "navigate") == 0 &&
	       strcmp(head->dest, "document") == 0;
}

int guard_admit(const struct serve_guard *guard, const struct serve_head *head,
	bool changes, shk_diag *diag)
{
	if (head->twice) {
		diag_set(diag, SHK_E_USAGE, "a header is there twice");
		return STATUS_BAD_REQUEST;
	}
	if (!guard_knows(guard, head->host)) {
		diag_set(diag, SHK_E_USAGE,
			"this server is not called by that name (Host)");
		return STATUS_FORBIDDEN;
	}
	if (guard->token && !guard_has_token(guard, head->authorization)) {
		diag_set(diag, SHK_E_USAGE,
			"the token is missing or wrong (Authorization: "
			"Bearer)");
		return STATUS_UNAUTHORIZED;
	}
	if (!guard_is_invited(head, changes)) {
		diag_set(diag, SHK_E_USAGE,
			"a page of another site may not ask this server");
		return STATUS_FORBIDDEN;
	}
	return 0;
}
