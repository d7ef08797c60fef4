/*
 * Filling a shk_diag. The first diagnostic wins: a function that fails while
 * another failure is on its way up does not overwrite what was said first.
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdarg.h>

#include <shokan/diag.h>

#define BASE_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

/* Empty `diag`. NULL is allowed everywhere below and means "do not tell". */
void diag_clear(shk_diag *diag);

/*
 * Say `code` with a message, unless `diag` already holds a failure.
 * Returns `code`, so that a caller can write `return diag_set(...)`.
 */
enum shk_code diag_set(shk_diag *diag, enum shk_code code, const char *format,
	...) BASE_PRINTF(3, 4);

/* Add where it was, if no place is set yet. `path` may be NULL. */
void diag_place(shk_diag *diag, const char *path, long line, long column);

/* Add the field or element, and the reason code, if none is set yet. */
void diag_field(shk_diag *diag, const char *field);
void diag_reason(shk_diag *diag, const char *reason);

#define DIAG_SYSTEM 128 /* bytes of what the system says of an error */

/* The system's words for the error `number`, put into `out`: also while other
   threads ask, which strerror() need not bear. Returns `out`. */
const char *diag_system(char out[DIAG_SYSTEM], int number);

/* SHK_E_MEMORY with its standard message. */
enum shk_code diag_memory(shk_diag *diag);

#endif
