/*
 * Memory that is refused at every place that asks for it: a call is made once
 * to learn from where it asks (the innermost callers tell places apart), then
 * once for each place with the first request from there refused, alone or with
 * all after it. Arenas ask for each block by itself meanwhile.
 */
#ifndef SUPPORT_FAULTS_H
#define SUPPORT_FAULTS_H

#include "base/diag.h"

/* Does its work from nothing to nothing: all that it makes it frees. */
typedef enum shk_code faults_call(void *context, shk_diag *diag);

/* Before the first handle of a test, and after its last. */
void faults_open(void);
void faults_close(void);

/*
 * The call succeeds without a refusal; with one it is SHK_E_MEMORY, also in
 * the diag, and no block is lost. Fails the test otherwise, and when there are
 * fewer places than `least`.
 */
void faults_each(
	const char *name, faults_call *call, void *context, unsigned least);

#endif
