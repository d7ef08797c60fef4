/*
 * What every target shares: how a broken promise is told, and what holds for
 * every call that can fail: the code returned and the code in the diagnostic
 * are the same, a failure has a message, and none is an internal error.
 */
#include "fuzz/target.h"

#include <stdio.h>
#include <stdlib.h>

void fuzz_fail(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("fuzz: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	abort();
}

void fuzz_check_code(const char *call, enum shk_code code, const shk_diag *diag)
{
	if (code != diag->code)
		fuzz_fail("%s returned %s but told %s: %s", call,
			shk_code_name(code), shk_code_name(diag->code),
			diag->message);
	if (code != SHK_OK && diag->message[0] == '\0')
		fuzz_fail("%s failed without a message", call);
	if (code == SHK_E_INTERNAL)
		fuzz_fail("%s: %s", call, diag->message);
}
