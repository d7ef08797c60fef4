/*
 * HTTP framing: sockets, threads, headers, by libmicrohttpd.
 */
#ifndef SERVE_HTTP_H
#define SERVE_HTTP_H

#include "serve/app.h"

#define HTTP_MEMORY	 (64u << 10) /* bytes of head that a connection holds */
#define HTTP_CONNECTIONS 128	     /* at once */
#define HTTP_PER_ADDRESS 64	     /* of these, from one address */
#define HTTP_IDLE	 15	     /* seconds without a byte */
#define HTTP_HEAD	 30	     /* seconds until the head is there */
#define HTTP_BODY	 30	     /* seconds from there to the body's end */
#define HTTP_SEND	 60	     /* seconds that an answer may take */
#define HTTP_HELD_MAX	 (64u << 20) /* bytes of all bodies that are held */
#define HTTP_PASSED_MAX	 (64u << 20) /* bytes that are read to be thrown away */
#define HTTP_FINISH	 20	     /* seconds for what is open at the end */

struct http;

/* Listen and answer in threads of its own. `*port` is the port taken. */
enum shk_code http_open(struct http **out, struct serve_app *app,
	const struct serve_options *options, unsigned *port, shk_diag *diag);
/* To be called about once a second: what takes too long is cut off. */
void http_tick(struct http *http);
/* Take nothing new, finish what is open, end. */
void http_close(struct http *http);

#endif
