/*
 * Receipts: what is needed to repeat each result, and to notice any change.
 * A file of lines, each a JSON object in canonical form (RFC 8785): names in
 * byte order, no white space, texts in UTF-8 with the shortest escapes. All
 * values but two counts are texts, numbers of the law too, so that none loses
 * a digit.
 *
 *   {"as_of":"","decisions":"","engine":"0.1.0","min_evidence":"",
 *    "policy":"{}","receipt":1,"revision":"r8","rulebook":"sha256:..."}
 *
 * stands first: what was asked for ("" means nothing was), the policy as JSON,
 * the hash of the rules. Then one line a result:
 *
 *   {"as_of":"2026-06-01","citations":"...","decision":"...","evidence":"E0",
 *    "facts":{"annual_tests":"150",...},"id":"...","missing":"",
 *    "outcomes":"","previous":"sha256:...","reason":"","revision":"r8",
 *    "status":"determined","values":"coefficient=1.5;..."}
 *
 * with the columns of a snapshot line (snapshot.h), the known facts that the
 * decision can read as an object, and the SHA-256 of the line before, without
 * its line feed. Last:
 *
 *   {"end":"receipt","previous":"sha256:...","results":5}
 */
#ifndef SHOKAN_RECEIPT_H
#define SHOKAN_RECEIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <shokan/rulebook.h>
#include <shokan/record.h>
#include <shokan/snapshot.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SHK_RECEIPT_VERSION 1 /* of the form described above */

/* A receipt being written, in constant memory. One thread. */
typedef struct shk_receipt shk_receipt;

/* Write the first line. SHK_E_IO when the sink could not write. */
enum shk_code shk_receipt_new(shk_receipt **out,
	const struct shk_snapshot_header *header, shk_sink sink,
	shk_diag *diag);
/* One result, by its columns. */
enum shk_code shk_receipt_add(shk_receipt *receipt,
	const char *const cells[SHK_COLUMN_COUNT], shk_diag *diag);
/* Results as finished lines of SHK_REPORT_SNAPSHOT, each with its LF. */
enum shk_code shk_receipt_lines(
	shk_receipt *receipt, const char *lines, size_t size, shk_diag *diag);
/* Write the last line. */
enum shk_code shk_receipt_finish(shk_receipt *receipt, shk_diag *diag);
/* NULL is allowed. Without a finish the receipt has no end, and is refused. */
void shk_receipt_free(shk_receipt *receipt);

/* A receipt being repeated, line by line, in constant memory. One thread. */
typedef struct shk_replay shk_replay;

/*
 * Open `path` ("-": standard input) and read its first line. SHK_E_IO;
 * SHK_E_INPUT with the line when it is no receipt or of another version.
 */
enum shk_code shk_replay_open(
	shk_replay **out, const char *path, shk_diag *diag);
/* What it rests on; lives as long as the replay. */
const struct shk_snapshot_header *shk_replay_header(const shk_replay *replay);
/* NULL is allowed. */
void shk_replay_close(shk_replay *replay);

/* What came of repeating a receipt. */
typedef struct shk_replay_outcome {
	uint64_t results;   /* that were computed again and compared */
	uint64_t refused;   /* records that were no input: nothing to repeat */
	uint64_t different; /* of `results` */
	/* the first difference; texts live as long as the replay */
	long line;
	const char *id;	      /* of the record */
	const char *decision; /* its name */
	const char *field;    /* of the line, such as "values" */
	const char *was;      /* what the receipt has there */
	const char *is;	      /* what was computed now */
} shk_replay_outcome;

/*
 * Compute every result again, once. The rulebook must be that of the receipt,
 * else SHK_E_RULES. SHK_E_INPUT with the line where the chain is broken: a
 * line was altered, is missing, or was put in; or the end is missing.
 * Differences are no failure.
 */
enum shk_code shk_replay_run(shk_replay *replay, const shk_rulebook *rulebook,
	const shk_schema *schema, shk_replay_outcome *outcome, shk_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
