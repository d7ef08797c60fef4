/*
 * A fuzz target: one function that takes bytes and must come back. libFuzzer
 * calls it, and so does replay.c, which plays the kept inputs. A broken
 * promise is told on standard error and ends the process.
 */
#ifndef FUZZ_TARGET_H
#define FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Tell and abort. */
void fuzz_fail(const char *format, ...) BASE_PRINTF(1, 2);
/* A call returned `code`: a success says nothing, a failure says why. */
void fuzz_check_code(
	const char *call, enum shk_code code, const shk_diag *diag);

#endif
