/*
 * The life of a server: load, listen, wait for a signal, finish.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/diag.h"
#include "serve/guard.h"
#include "serve/http.h"
#include "serve/serve.h"

/* The threads that are made from now on leave these signals to this one. */
static void serve_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGTERM);
	pthread_sigmask(SIG_BLOCK, set, NULL);
}

static void serve_ready(const struct serve_options *options, unsigned port)
{
	const char *listen = options->listen ? options->listen : "127.0.0.1";
	bool six = strchr(listen, ':') != NULL;
	char url[128];

	if (!options->ready)
		return;
	(void)snprintf(url, sizeof(url), "http://%s%s%s:%u/", six ? "[" : "",
		listen, six ? "]" : "", port);
	options->ready(options->context, url);
}

static void serve_wait(struct http *http, const sigset_t *signals)
{
	const struct timespec second = { .tv_sec = 1 };

	while (sigtimedwait(signals, NULL, &second) < 0)
		http_tick(http);
}

enum shk_code serve_run(const struct serve_options *options, shk_diag *diag)
{
	struct http *http = NULL;
	struct serve_app app;
	sigset_t signals;
	unsigned port = 0;
	enum shk_code code = guard_check(options, diag);

	if (code)
		return code;
	serve_signals(&signals);
	code = serve_app_open(&app, options, diag);
	if (!code)
		code = http_open(&http, &app, options, &port, diag);
	if (!code) {
		serve_ready(options, port);
		serve_wait(http, &signals);
	}
	http_close(http);
	serve_app_close(&app);
	return code;
}
