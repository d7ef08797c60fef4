/*
 * Connections to SQLite in several threads at once, each with the extension
 * and rules of its own. Each prints one line: how many bytes all answers have
 * and a checksum of them.
 *   plug_threads EXTENSION RECORDS
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#define THREADS 4
#define ROUNDS	20

struct worker {
	pthread_t thread;
	const char *extension;
	const char *records;
	uint64_t sum;
	uint64_t size;
	char message[256];
};

static bool price(struct worker *worker, sqlite3_stmt *statement, char *text)
{
	char *rest = text;
	char *line;

	while ((line = strtok_r(rest, "\n", &rest))) {
		const unsigned char *got;

		sqlite3_bind_text(statement, 1, line, -1, SQLITE_STATIC);
		if (sqlite3_step(statement) != SQLITE_ROW)
			return false;
		got = sqlite3_column_text(statement, 0);
		for (; got && *got; got++, worker->size++)
			worker->sum = (worker->sum ^ *got) * 1099511628211u;
		sqlite3_reset(statement);
	}
	return true;
}

static char *read_all(const char *path)
{
	FILE *file = fopen(path, "rb");
	char *text = calloc(1, 65536);

	if (!file || !text || fread(text, 1, 65535, file) == 0)
		exit(2);
	fclose(file);
	return text;
}

static void *work(void *context)
{
	struct worker *worker = context;
	sqlite3 *database = NULL;
	sqlite3_stmt *statement = NULL;
	char *why = NULL;
	bool good = sqlite3_open(":memory:", &database) == SQLITE_OK;

	sqlite3_db_config(
		database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
	good = good && sqlite3_load_extension(database, worker->extension, NULL,
			       &why) == SQLITE_OK;
	good = good && sqlite3_prepare_v2(database,
			       "SELECT shokan_price(?, 'r8') || (SELECT "
			       "group_concat(name || coalesce(value, '-')) "
			       "FROM shokan_explain(?1, 'r8'))",
			       -1, &statement, NULL) == SQLITE_OK;
	for (int i = 0; good && i < ROUNDS; i++) {
		char *text = read_all(worker->records);

		good = price(worker, statement, text);
		free(text);
	}
	if (!good)
		snprintf(worker->message, sizeof(worker->message), "%s %s",
			sqlite3_errmsg(database), why ? why : "");
	sqlite3_finalize(statement);
	sqlite3_free(why);
	sqlite3_close(database);
	return NULL;
}

int main(int argc, char **argv)
{
	static struct worker workers[THREADS];
	int status = 0;

	if (argc != 3)
		return 2;
	for (int i = 0; i < THREADS; i++) {
		workers[i].extension = argv[1];
		workers[i].records = argv[2];
		if (pthread_create(&workers[i].thread, NULL, work, &workers[i]))
			return 2;
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(workers[i].thread, NULL);
		if (workers[i].message[0] || workers[i].size == 0) {
			fprintf(stderr, "%s\n", workers[i].message);
			status = 1;
		}
		printf("%llu %llx\n", (unsigned long long)workers[i].size,
			(unsigned long long)workers[i].sum);
	}
	return status;
}
