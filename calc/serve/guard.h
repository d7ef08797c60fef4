/*
 * Who may ask: pages of other sites, names that were pointed at this machine,
 * and strangers are refused before anything of their request is looked at.
 */
#ifndef SERVE_GUARD_H
#define SERVE_GUARD_H

#include "serve/serve.h"

#define GUARD_HOSTS_MAX 16  /* names that the server answers to */
#define GUARD_HOST_MAX	270 /* bytes of one with its port */

/* The headers that decide; NULL where there is none. */
struct serve_head {
	const char *host;
	const char *origin;
	const char *site; /* Sec-Fetch-Site */
	const char *mode; /* Sec-Fetch-Mode */
	const char *dest; /* Sec-Fetch-Dest */
	const char *authorization;
	bool twice; /* one of these was there more than once */
};

/* Immutable; shared by threads. The token is the caller's. */
struct serve_guard {
	const char *token; /* NULL: none is asked for */
	char hosts[GUARD_HOSTS_MAX][GUARD_HOST_MAX];
	size_t host_count;
};

/* An address of this machine alone: 127.0.0.0/8 or ::1. */
bool guard_is_loopback(const char *address);
/* A token of SERVE_TOKEN_MIN to SERVE_TOKEN_MAX visible ASCII characters. */
enum shk_code guard_check_token(const char *token, shk_diag *diag);
/* SHK_E_USAGE: options that would let strangers in; before anything listens. */
enum shk_code guard_check(const struct serve_options *options, shk_diag *diag);

/* With the port that was really taken. */
enum shk_code guard_init(struct serve_guard *guard,
	const struct serve_options *options, unsigned port, shk_diag *diag);

/*
 * The status of HTTP with which the request is refused, 0 when it may go on.
 * `changes`: its method may do more than read (it is a POST).
 */
int guard_admit(const struct serve_guard *guard, const struct serve_head *head,
	bool changes, shk_diag *diag);

#endif
