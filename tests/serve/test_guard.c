/*
 * The guard: by which names a server is called, from where it may be asked,
 * its token, and what is refused before anything listens.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "serve/guard.h"

#define TOKEN "0123456789abcdef0123456789abcdef"

static int admit(const struct serve_options *options, unsigned port,
	const struct serve_head *head, bool changes)
{
	struct serve_guard guard;
	shk_diag diag = { 0 };
	int status;

	cr_assert_eq(guard_init(&guard, options, port, &diag), SHK_OK, "%s",
		diag.message);
	status = guard_admit(&guard, head, changes, &diag);
	cr_expect_eq(status != 0, diag.code != SHK_OK);
	return status;
}

static int admit_host(
	const struct serve_options *options, unsigned port, const char *host)
{
	const struct serve_head head = { .host = host };

	return admit(options, port, &head, false);
}

Test(guard, loopback)
{
	static const struct {
		const char *address;
		bool is;
	} rows[] = { { "127.0.0.1", true }, { "127.255.255.255", true },
		{ "::1", true }, { "0:0:0:0:0:0:0:1", true },
		{ "126.0.0.1", false }, { "128.0.0.1", false },
		{ "0.0.0.0", false }, { "::", false }, { "::2", false },
		{ "::ffff:127.0.0.1", false }, { "localhost", false },
		{ "127.1", false }, { "", false } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_eq(guard_is_loopback(rows[i].address), rows[i].is,
			"%s", rows[i].address);
}

Test(guard, hosts)
{
	static const struct {
		const char *listen, *hosts, *host;
		unsigned port;
		int status;
	} rows[] = {
		{ NULL, NULL, "localhost:8431", 8431, 0 },
		{ NULL, NULL, "LocalHost:8431", 8431, 0 },
		{ NULL, NULL, "127.0.0.1:8431", 8431, 0 },
		{ NULL, NULL, "[::1]:8431", 8431, 0 },
		{ NULL, NULL, "localhost", 8431, 403 },
		{ NULL, NULL, "localhost", 80, 0 },
		{ NULL, NULL, "localhost:80", 80, 0 },
		{ NULL, NULL, "[::1]", 80, 0 },
		{ NULL, NULL, "localhost:8432", 8431, 403 },
		{ NULL, NULL, "localhost:84310", 8431, 403 },
		{ NULL, NULL, "localhost.:8431", 8431, 403 },
		{ NULL, NULL, "evil.example:8431", 8431, 403 },
		{ NULL, NULL, "", 8431, 403 },
		{ NULL, NULL, NULL, 8431, 403 },
		{ NULL, "a.example", "a.example", 8431, 0 },
		{ NULL, "a.example", "a.example:8431", 8431, 0 },
		{ NULL, "a.example", "a.example:1", 8431, 403 },
		{ NULL, "a.example:1,b.example", "a.example:1", 8431, 0 },
		{ NULL, "a.example:1,b.example", "a.example", 8431, 403 },
		{ NULL, "a.example:1,b.example", "b.example", 8431, 0 },
		{ NULL, "a.example", "localhost:8431", 8431, 0 },
		{ "127.0.0.1", NULL, "localhost:8431", 8431, 0 },
		{ "127.0.0.7", NULL, "127.0.0.7:8431", 8431, 0 },
		{ "192.0.2.1", NULL, "192.0.2.1:8431", 8431, 0 },
		{ "192.0.2.1", NULL, "localhost:8431", 8431, 403 },
		{ "2001:db8::1", NULL, "[2001:db8::1]:8431", 8431, 0 },
		{ "0.0.0.0", "a.example", "a.example", 8431, 0 },
		{ "0.0.0.0", "a.example", "0.0.0.0:8431", 8431, 403 },
		{ "0.0.0.0", "a.example", "127.0.0.1:8431", 8431, 403 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct serve_options options = { .listen = rows[i].listen,
			.hosts = rows[i].hosts };

		cr_expect_eq(admit_host(&options, rows[i].port, rows[i].host),
			rows[i].status, "row %zu", i);
	}
}

Test(guard, origins)
{
	static const struct {
		const char *origin, *site, *mode, *dest;
		int get, post;
	} rows[] = {
		{ NULL, NULL, NULL, NULL, 0, 0 },
		{ "http://localhost:1", NULL, NULL, NULL, 0, 0 },
		{ "https://localhost:1", NULL, NULL, NULL, 0, 0 },
		{ "http://localhost:1", NULL, NULL, NULL, 0, 0 },
		{ "http://localhost:1/", NULL, NULL, NULL, 403, 403 },
		{ "http://localhost:12", NULL, NULL, NULL, 403, 403 },
		{ "http://localhost", NULL, NULL, NULL, 403, 403 },
		{ "http://127.0.0.1:1", NULL, NULL, NULL, 403, 403 },
		{ "null", NULL, NULL, NULL, 403, 403 },
		{ "", NULL, NULL, NULL, 403, 403 },
		{ "localhost:1", NULL, NULL, NULL, 403, 403 },
		{ NULL, "same-origin", "cors", "empty", 0, 0 },
		{ NULL, "none", "navigate", "document", 0, 0 },
		{ NULL, "cross-site", "navigate", "document", 0, 403 },
		{ NULL, "same-site", "navigate", "document", 0, 403 },
		{ NULL, "cross-site", "navigate", "iframe", 403, 403 },
		{ NULL, "cross-site", "no-cors", "image", 403, 403 },
		{ NULL, "cross-site", NULL, NULL, 403, 403 },
		{ NULL, "", NULL, NULL, 403, 403 },
		{ "http://localhost:1", "cross-site", NULL, NULL, 403, 403 },
		{ "http://e.example", "same-origin", NULL, NULL, 403, 403 },
	};
	const struct serve_options options = { .listen = NULL };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct serve_head head = { .host = "localhost:1",
			.origin = rows[i].origin,
			.site = rows[i].site,
			.mode = rows[i].mode,
			.dest = rows[i].dest };

		cr_expect_eq(admit(&options, 1, &head, false), rows[i].get,
			"row %zu", i);
		cr_expect_eq(admit(&options, 1, &head, true), rows[i].post,
			"row %zu", i);
	}
}

Test(guard, a_header_twice)
{
	const struct serve_options options = { .listen = NULL };
	const struct serve_head head = { .host = "localhost:1", .twice = true };

	cr_expect_eq(admit(&options, 1, &head, false), 400);
}

Test(guard, tokens)
{
	static const struct {
		const char *given;
		int status;
	} rows[] = { { "Bearer " TOKEN, 0 }, { "bearer " TOKEN, 0 },
		{ NULL, 401 }, { "", 401 }, { TOKEN, 401 }, { "Bearer", 401 },
		{ "Bearer ", 401 }, { "Bearer  " TOKEN, 401 },
		{ "Bearer " TOKEN " ", 401 }, { "Bearer " TOKEN "0", 401 },
		{ "Bearer 0123456789abcdef0123456789abcde", 401 },
		{ "Bearer 0123456789abcdef0123456789abcdeg", 401 },
		{ "Bearer 1123456789abcdef0123456789abcdef", 401 },
		{ "Basic " TOKEN, 401 } };
	const struct serve_options options = { .token = TOKEN };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct serve_head head = { .host = "localhost:1",
			.authorization = rows[i].given };

		cr_expect_eq(admit(&options, 1, &head, false), rows[i].status,
			"row %zu", i);
		/* the name comes first: nobody learns of the token by it */
		head.host = "evil.example";
		cr_expect_eq(admit(&options, 1, &head, false), 403);
	}
}

static const char *filled(char *room, char byte, size_t size)
{
	memset(room, byte, size);
	room[size] = '\0';
	return room;
}

Test(guard, what_a_token_is)
{
	char room[SERVE_TOKEN_MAX + 2];
	static const struct {
		char byte;
		size_t size;
		enum shk_code code;
	} rows[] = { { 'x', SERVE_TOKEN_MIN, SHK_OK },
		{ 'x', SERVE_TOKEN_MIN - 1, SHK_E_USAGE },
		{ 'x', SERVE_TOKEN_MAX, SHK_OK },
		{ 'x', SERVE_TOKEN_MAX + 1, SHK_E_USAGE },
		{ '!', SERVE_TOKEN_MIN, SHK_OK },
		{ '~', SERVE_TOKEN_MIN, SHK_OK },
		{ ' ', SERVE_TOKEN_MIN, SHK_E_USAGE },
		{ '\t', SERVE_TOKEN_MIN, SHK_E_USAGE },
		{ 127, SERVE_TOKEN_MIN, SHK_E_USAGE },
		{ (char)0xC3, SERVE_TOKEN_MIN, SHK_E_USAGE },
		{ 'x', 0, SHK_E_USAGE } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		shk_diag diag = { 0 };

		cr_expect_eq(guard_check_token(
				     filled(room, rows[i].byte, rows[i].size),
				     &diag),
			rows[i].code, "row %zu", i);
	}
}

Test(guard, before_anything_listens)
{
	static const struct {
		const char *listen, *token;
		enum shk_code code;
	} rows[] = {
		{ NULL, NULL, SHK_OK },
		{ "127.0.0.1", NULL, SHK_OK },
		{ "::1", NULL, SHK_OK },
		{ "0.0.0.0", NULL, SHK_E_USAGE },
		{ "::", NULL, SHK_E_USAGE },
		{ "192.0.2.1", NULL, SHK_E_USAGE },
		{ "::ffff:127.0.0.1", NULL, SHK_E_USAGE },
		{ "192.0.2.1", TOKEN, SHK_OK },
		{ "192.0.2.1", "short", SHK_E_USAGE },
		{ "127.0.0.1", "short", SHK_E_USAGE },
		{ "localhost", TOKEN, SHK_E_USAGE },
		{ "", TOKEN, SHK_E_USAGE },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct serve_options options = { .listen = rows[i].listen,
			.token = rows[i].token };
		shk_diag diag = { 0 };

		cr_expect_eq(guard_check(&options, &diag), rows[i].code,
			"row %zu", i);
	}
}

Test(guard, names_have_ceilings)
{
	char room[4096];
	struct serve_guard guard;
	struct serve_options options = { .listen = "0.0.0.0" };
	static const struct {
		size_t names; /* each with a port: one place each */
		enum shk_code code;
	} rows[] = { { 0, SHK_E_USAGE }, { 1, SHK_OK },
		{ GUARD_HOSTS_MAX, SHK_OK },
		{ GUARD_HOSTS_MAX + 1, SHK_E_LIMIT } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		shk_diag diag = { 0 };

		room[0] = '\0';
		for (size_t k = 0; k < rows[i].names; k++)
			strcat(room, k ? ",a:1" : "a:1");
		options.hosts = room;
		cr_expect_eq(guard_init(&guard, &options, 1, &diag),
			rows[i].code, "%zu names", rows[i].names);
	}
	for (size_t size = GUARD_HOST_MAX - 1; size <= GUARD_HOST_MAX; size++) {
		shk_diag diag = { 0 };

		memset(room, 'a', size);
		memcpy(room + size - 2, ":1", 3);
		cr_expect_eq(guard_init(&guard, &options, 1, &diag),
			size < GUARD_HOST_MAX ? SHK_OK : SHK_E_USAGE);
	}
}
