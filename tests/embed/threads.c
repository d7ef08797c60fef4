/*
 * The thread rule, kept by a program: handles that are immutable (rulebook,
 * schema, policy, model) are used by all threads at once without a lock; every
 * other handle by the thread that made it. Each thread must get the bytes that
 * one alone gets, while others load, check and free books of their own.
 *   threads RULES FILE POLICY MODEL FOLDER
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <shokan/shokan.h>

#define THREADS 8
#define ROUNDS	2
#define ROOM	(1 << 18) /* bytes of all answers of one round */

struct shared {
	char **argv;
	shk_rulebook *rules;
	shk_schema *schema;
	shk_policy *policy;
	shk_dmn *model;
};

struct bytes {
	size_t size;
	char data[ROOM];
};

struct worker {
	const struct shared *shared;
	int number;
	struct bytes answers;
	shk_diag diag;
	enum shk_code code;
};

static bool keep(void *context, const char *data, size_t size)
{
	struct bytes *out = context;

	if (size > sizeof(out->data) - out->size)
		return false;
	memcpy(out->data + out->size, data, size);
	out->size += size;
	return true;
}

static enum shk_code result(void *context, const shk_result *found)
{
	return shk_report_result(context, found, NULL);
}

/* A pricer, a reader and a report of one's own over shared rules. */
static enum shk_code price(struct worker *worker)
{
	const struct shared *shared = worker->shared;
	const shk_price_options asked = { .revision = "r8",
		.policy = shared->policy,
		.flips = true,
		.steps = true };
	const shk_report_options form = { .format = SHK_REPORT_JSON,
		.steps = true };
	const shk_sink sink = { &worker->answers, keep };
	shk_pricer *pricer = NULL;
	shk_records *records = NULL;
	shk_report *report = NULL;
	shk_diag *diag = &worker->diag;
	shk_record *record;
	enum shk_code code;

	if (!(code = shk_pricer_new(
		      &pricer, shared->rules, shared->schema, &asked, diag)) &&
		!(code = shk_records_open(&records, shared->schema,
			  shared->argv[2], NULL, diag)) &&
		!(code = shk_report_new(&report, &form, sink, diag)))
		while (!(code = shk_records_next(records, &record, diag)) &&
			!(code = shk_pricer_price(
				  pricer, record, result, report, diag)))
			;
	if (code == SHK_END)
		code = shk_report_finish(report, diag);
	shk_report_free(report);
	shk_records_close(records);
	shk_pricer_free(pricer);
	return code;
}

/* A session of one's own over a shared model. */
static enum shk_code decide(struct worker *worker)
{
	const shk_sink sink = { &worker->answers, keep };
	shk_dmn_session *session = NULL;
	shk_dmn_element element = { 0 };
	enum shk_code code;

	code = shk_dmn_session_new(
		&session, worker->shared->model, &worker->diag);
	if (!code)
		code = shk_dmn_give_all(session,
			"{income: 5000.10, applied: \"2026-01-31\", "
			"debts: [{monthly: 500, remaining: 10}]}",
			&worker->diag);
	for (size_t i = 0;
		!code && shk_dmn_at(worker->shared->model, i, &element); i++)
		if (element.kind == SHK_DMN_DECISION)
			code = shk_dmn_evaluate(session, element.name,
				SHK_DMN_JSON, sink, &worker->diag);
	shk_dmn_session_free(session);
	return code;
}

/* What loads and looks at whole books while others use one. */
static enum shk_code look(struct worker *worker)
{
	const struct shared *shared = worker->shared;
	const shk_sink sink = { &worker->answers, keep };
	const shk_check_options options = { .revision = "r8" };
	struct bytes *aside = calloc(1, sizeof(*aside));
	const shk_sink nowhere = { aside, keep };
	shk_rulebook *own = NULL;
	shk_store *store = NULL;
	char path[1024];
	enum shk_code code = SHK_E_MEMORY;

	snprintf(path, sizeof(path), "%s/store%d", shared->argv[5],
		worker->number);
	if (aside &&
		!(code = shk_rulebook_load(
			  &own, shared->argv[1], &worker->diag)) &&
		!(code = shk_check_report(shared->rules, &options,
			  SHK_CHECK_CSV, SHK_ENGLISH, nowhere, NULL,
			  &worker->diag)) &&
		!(code = shk_rulebook_show(shared->rules,
			  "rare_disease_coefficient", NULL, false, SHK_JAPANESE,
			  sink, &worker->diag)) &&
		!(code = shk_store_open(
			  &store, path, SHK_STORE_CREATE, &worker->diag)) &&
		strcmp(shk_rulebook_hash(own),
			shk_rulebook_hash(shared->rules)) != 0)
		code = SHK_E_INTERNAL;
	shk_store_close(store);
	shk_rulebook_free(own);
	free(aside);
	return code;
}

static void *work(void *context)
{
	struct worker *worker = context;

	for (int i = 0; i < ROUNDS && !worker->code; i++) {
		worker->answers.size = 0;
		worker->code = price(worker);
		if (!worker->code)
			worker->code = decide(worker);
		if (!worker->code)
			worker->code = look(worker);
	}
	return NULL;
}

static int wrong(const struct worker *worker, const char *what)
{
	printf("FAIL thread %d: %s %s: %s\n", worker->number, what,
		shk_code_name(worker->code), worker->diag.message);
	return 1;
}

/* One thread alone, then all at once: the same bytes. */
static int compare(const struct shared *shared, struct worker *workers)
{
	pthread_t threads[THREADS];
	int status = 0;

	for (int i = 0; i <= THREADS; i++)
		workers[i] = (struct worker){ .shared = shared, .number = i };
	work(&workers[0]);
	if (workers[0].code || workers[0].answers.size < 1000)
		return wrong(&workers[0], "alone");
	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&threads[i], NULL, work, &workers[i + 1]))
			return wrong(&workers[i + 1], "is not made");
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	for (int i = 1; i <= THREADS; i++)
		if (workers[i].code ||
			workers[i].answers.size != workers[0].answers.size ||
			memcmp(workers[i].answers.data, workers[0].answers.data,
				workers[0].answers.size) != 0)
			status |= wrong(&workers[i], "another answer");
	return status;
}

int main(int argc, char **argv)
{
	struct shared shared = { .argv = argv };
	struct worker *workers = calloc(THREADS + 1, sizeof(*workers));
	const char *models[1];
	shk_diag diag = { 0 };
	int status = 1;

	if (argc != 6 || !workers)
		return 2;
	models[0] = argv[4];
	if (shk_rulebook_load(&shared.rules, argv[1], &diag) ||
		shk_schema_of(&shared.schema, shared.rules, &diag) ||
		shk_policy_new(&shared.policy, shared.rules, &diag) ||
		shk_policy_read(shared.policy, argv[3], &diag) ||
		shk_dmn_load(&shared.model, models, 1, &diag))
		printf("FAIL %s: %s\n", diag.path, diag.message);
	else
		status = compare(&shared, workers);
	shk_dmn_free(shared.model);
	shk_policy_free(shared.policy);
	shk_schema_free(shared.schema);
	shk_rulebook_free(shared.rules);
	free(workers);
	if (!status && shk_allocator_blocks()) {
		printf("FAIL memory is kept though every handle was freed\n");
		status = 1;
	}
	printf("threads: %d at once, %s\n", THREADS,
		status ? "failed" : "each gave the bytes of one alone");
	return status;
}
