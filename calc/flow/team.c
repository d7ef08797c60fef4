/*
 * Threads that take parts from a ring, the oldest first. There are never more
 * than the ring holds, so the queue is bounded by the caller, who puts a part
 * only into a free place. A thread begins when a part waits and nobody is
 * idle: a small file costs no thread.
 */
#include <pthread.h>
#include <signal.h>
#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "flow/flow.h"

struct team_member {
	struct flow_team *team;
	pthread_t thread;
	struct flow_worker worker;
};

struct flow_team {
	const struct flow *flow;
	pthread_mutex_t lock;
	pthread_cond_t work; /* for the members */
	pthread_cond_t done; /* for the caller */
	bool quit;
	size_t idle;
	size_t busy;
	struct flow_slot **queue; /* put and not yet taken; a ring */
	size_t queue_size;
	size_t put; /* counted from the beginning */
	size_t taken;
	size_t member_max;
	size_t member_count;
	struct team_member *members;
};

/* The first thing that goes wrong in a member is its slot's failure. */
static void member_work(struct team_member *member, struct flow_slot *slot)
{
	struct flow_worker *worker = &member->worker;
	shk_diag diag = { 0 };
	enum shk_code code = SHK_OK;

	if (!worker->pricer)
		code = worker_open(worker, member->team->flow, NULL, &diag);
	if (!code) {
		worker_part(worker, slot, NULL);
		return;
	}
	worker_close(worker);
	slot_clear(slot);
	slot->end = FLOW_STOPS;
	slot->code = code;
	slot->why = diag;
}

static void *member_run(void *context)
{
	struct team_member *member = context;
	struct flow_team *team = member->team;

	pthread_mutex_lock(&team->lock);
	for (;;) {
		struct flow_slot *slot;

		team->idle++;
		while (team->taken == team->put && !team->quit)
			pthread_cond_wait(&team->work, &team->lock);
		team->idle--;
		if (team->quit)
			break;
		slot = team->queue[team->taken++ % team->queue_size];
		team->busy++;
		pthread_mutex_unlock(&team->lock);
		member_work(member, slot);
		pthread_mutex_lock(&team->lock);
		team->busy--;
		slot->done = true;
		pthread_cond_signal(&team->done);
	}
	pthread_mutex_unlock(&team->lock);
	/* in its own thread: what the numbers keep for it goes too */
	worker_close(&member->worker);
	return NULL;
}

enum shk_code team_open(struct flow *flow, unsigned jobs, shk_diag *diag)
{
	struct flow_team *team = memory_zeroed(1, sizeof(*team));

	if (!team)
		return diag_memory(diag);
	team->flow = flow;
	team->queue_size = flow->slot_count;
	team->member_max = jobs;
	pthread_mutex_init(&team->lock, NULL);
	pthread_cond_init(&team->work, NULL);
	pthread_cond_init(&team->done, NULL);
	flow->team = team;
	team->queue =
		memory_zeroed(flow->slot_count, sizeof(struct flow_slot *));
	team->members = memory_zeroed(jobs, sizeof(*team->members));
	return team->queue && team->members ? SHK_OK : diag_memory(diag);
}

void team_close(struct flow_team *team)
{
	if (!team)
		return;
	pthread_mutex_lock(&team->lock);
	team->quit = true;
	pthread_cond_broadcast(&team->work);
	pthread_mutex_unlock(&team->lock);
	for (size_t i = 0; i < team->member_count; i++)
		pthread_join(team->members[i].thread, NULL);
	pthread_cond_destroy(&team->done);
	pthread_cond_destroy(&team->work);
	pthread_mutex_destroy(&team->lock);
	memory_free(team->queue);
	memory_free(team->members);
	memory_free(team);
}

/* Signals are the caller's business: a member gets none. */
static int member_start(struct team_member *member)
{
	sigset_t all, before;
	int failed;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(&member->thread, NULL, member_run, member);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return failed;
}

/* One more member, unless there are enough for what waits. */
static enum shk_code team_grow(
	struct flow_team *team, size_t waiting, shk_diag *diag)
{
	struct team_member *member = &team->members[team->member_count];
	char reason[128];
	int failed;

	if (waiting == 0 || team->member_count == team->member_max)
		return SHK_OK;
	member->team = team;
	failed = member_start(member);
	if (!failed)
		team->member_count++;
	if (!failed || team->member_count > 0) /* fewer will do */
		return SHK_OK;
	if (strerror_r(failed, reason, sizeof(reason)) != 0)
		reason[0] = '\0';
	return diag_set(
		diag, SHK_E_MEMORY, "cannot start a thread: %s", reason);
}

enum shk_code team_put(
	struct flow_team *team, struct flow_slot *slot, shk_diag *diag)
{
	size_t waiting;

	pthread_mutex_lock(&team->lock);
	slot->done = false;
	team->queue[team->put++ % team->queue_size] = slot;
	waiting = team->put - team->taken;
	waiting = waiting > team->idle ? waiting - team->idle : 0;
	pthread_cond_signal(&team->work);
	pthread_mutex_unlock(&team->lock);
	return team_grow(team, waiting, diag);
}

bool team_is_done(struct flow_team *team, const struct flow_slot *slot)
{
	bool done;

	pthread_mutex_lock(&team->lock);
	done = slot->done;
	pthread_mutex_unlock(&team->lock);
	return done;
}

void team_wait(struct flow_team *team, const struct flow_slot *slot)
{
	pthread_mutex_lock(&team->lock);
	while (!slot->done)
		pthread_cond_wait(&team->done, &team->lock);
	pthread_mutex_unlock(&team->lock);
}

void team_abandon(struct flow_team *team)
{
	pthread_mutex_lock(&team->lock);
	team->taken = team->put;
	while (team->busy > 0)
		pthread_cond_wait(&team->done, &team->lock);
	pthread_mutex_unlock(&team->lock);
}
