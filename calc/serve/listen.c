/*
 * Sockets for IPv4 and IPv6. A port that was just left by another server is
 * taken at once; one that is in use is not.
 */
#include "serve/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/diag.h"

union listen_place {
	struct sockaddr any;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
};

static socklen_t listen_place(
	union listen_place *place, const char *address, unsigned port)
{
	memset(place, 0, sizeof(*place));
	if (inet_pton(AF_INET, address, &place->four.sin_addr) == 1) {
		place->four.sin_family = AF_INET;
		place->four.sin_port = htons((uint16_t)port);
		return sizeof(place->four);
	}
	if (inet_pton(AF_INET6, address, &place->six.sin6_addr) != 1)
		return 0;
	place->six.sin6_family = AF_INET6;
	place->six.sin6_port = htons((uint16_t)port);
	return sizeof(place->six);
}

static bool listen_begin(int file, union listen_place *place, socklen_t size)
{
	const int yes = 1;

	if (setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) != 0)
		return false;
	/* :: would be every address of IPv4 too */
	if (place->any.sa_family == AF_INET6 &&
		setsockopt(file, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof(yes)))
		return false;
	return fcntl(file, F_SETFD, FD_CLOEXEC) == 0 &&
	       bind(file, &place->any, size) == 0 &&
	       listen(file, SOMAXCONN) == 0 &&
	       getsockname(file, &place->any, &size) == 0;
}

enum shk_code listen_open(
	int *out, const char *address, unsigned *port, shk_diag *diag)
{
	union listen_place place;
	socklen_t size = listen_place(&place, address, *port);
	char reason[128] = "no numeric address";
	int file = -1;

	*out = -1;
	if (size > 0)
		file = socket(place.any.sa_family, SOCK_STREAM, 0);
	if (file < 0 || !listen_begin(file, &place, size)) {
		if (size > 0 && strerror_r(errno, reason, sizeof(reason)))
			reason[0] = '\0';
		if (file >= 0)
			close(file);
		return diag_set(diag, SHK_E_IO,
			"cannot listen on %s, port %u: %s", address, *port,
			reason);
	}
	*port = ntohs(place.any.sa_family == AF_INET6 ? place.six.sin6_port
						      : place.four.sin_port);
	*out = file;
	return SHK_OK;
}
