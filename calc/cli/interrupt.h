/*
 * Ctrl-C and SIGTERM while a run is being saved: noticed between two records,
 * so that what was answered is saved first.
 */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>

/* Notice the signals from now on; a second one ends the process at once. */
void cli_interrupt_watch(void);
bool cli_interrupted(void);
/* End the process as the signal does that was noticed, if there was one. */
void cli_interrupt_end(void);

#endif
