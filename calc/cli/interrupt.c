/*
 * The one variable that a signal can set. The handler is used up by its first
 * signal: whoever does not want to wait sends another.
 */
#include <signal.h>
#include <string.h>

#include "cli/interrupt.h"

static volatile sig_atomic_t interrupt_signal;

static void interrupt_note(int number)
{
	interrupt_signal = number;
}

void cli_interrupt_watch(void)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = interrupt_note;
	action.sa_flags = (int)SA_RESETHAND;
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

bool cli_interrupted(void)
{
	return interrupt_signal != 0;
}

void cli_interrupt_end(void)
{
	if (interrupt_signal == 0)
		return;
	signal(interrupt_signal, SIG_DFL);
	raise(interrupt_signal);
}
