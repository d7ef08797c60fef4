/*
 * The server: a page to ask on and the questions of the command as JSON, over
 * HTTP on this machine. What the command hands over, and nothing else.
 */
#ifndef SERVE_SERVE_H
#define SERVE_SERVE_H

#include <shokan/shokan.h>

#define SERVE_THREADS_MAX 256 /* evaluations at once */
#define SERVE_TOKEN_MIN	  32  /* bytes of a token */
#define SERVE_TOKEN_MAX	  512

/* All texts are the caller's and live until serve_run returns. */
struct serve_options {
	const char *rules;     /* a folder or a pack */
	const char *rules_key; /* as in shk_rulebook_options */
	unsigned port;	       /* 0: any that is free */
	/* numeric address; NULL: 127.0.0.1 and, where there is one, ::1. One
	   that is not of this machine alone wants a token. */
	const char *listen;
	const char *token; /* every request must have it; NULL: none */
	/* further names by which the server may be called, with commas, with
	   or without a port; NULL: none */
	const char *hosts;
	unsigned threads;	    /* evaluations at once; 0 is 1 */
	enum shk_language language; /* when a request does not say */
	void *context;
	/* The server takes requests; `url` is its address. */
	void (*ready)(void *context, const char *url);
};

/*
 * Serve until SIGINT or SIGTERM comes, finish the requests that are open, and
 * return SHK_OK. The calling thread must be the only one. SHK_E_USAGE: no such
 * address, a token that is missing or too short; SHK_E_IO: the port is taken,
 * libmicrohttpd is not there.
 */
enum shk_code serve_run(const struct serve_options *options, shk_diag *diag);

#endif
