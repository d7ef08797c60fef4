/*
 * A socket that listens.
 */
#ifndef SERVE_LISTEN_H
#define SERVE_LISTEN_H

#include <shokan/shokan.h>

/* At a numeric address and `*port`; 0 becomes the port that was free. The
   caller closes the socket. SHK_E_IO says why it cannot be. */
enum shk_code listen_open(
	int *out, const char *address, unsigned *port, shk_diag *diag);

#endif
