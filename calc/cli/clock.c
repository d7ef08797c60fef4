/*
 * Now, in UTC whatever the time zone is. SOURCE_DATE_EPOCH stands in its place
 * so that a store can be made twice with the same bytes.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/clock.h"

void cli_now(char out[CLI_NOW])
{
	const char *given = getenv("SOURCE_DATE_EPOCH");
	time_t now = given && given[0] ? (time_t)strtoll(given, NULL, 10)
				       : time(NULL);
	struct tm parts;

	if (!gmtime_r(&now, &parts) ||
		strftime(out, CLI_NOW, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
		memcpy(out, "1970-01-01T00:00:00Z", CLI_NOW);
}
