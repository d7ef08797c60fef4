/*
 * The rulebook: what the law says, by revision, with its sources. Loaded once
 * from a folder such as rules/, then immutable and shared by threads.
 */
#ifndef SHOKAN_RULEBOOK_H
#define SHOKAN_RULEBOOK_H

#include <stdbool.h>
#include <stddef.h>

#include <shokan/diag.h>
#include <shokan/sink.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct shk_rulebook shk_rulebook;
/* Policy parameters: numbers that the law leaves open. No defaults. */
typedef struct shk_policy shk_policy;

enum shk_language { SHK_ENGLISH, SHK_JAPANESE };

/*
 * Load `folder` (rulebook.xml, sources.xml, the models of each revision),
 * check and compile it. Caller frees. SHK_E_RULES names file, line, column.
 */
enum shk_code shk_rulebook_load(
	shk_rulebook **out, const char *folder, shk_diag *diag);
void shk_rulebook_free(shk_rulebook *rulebook);

/* "sha256:" and 64 hexadecimal digits over every file of the book. */
const char *shk_rulebook_hash(const shk_rulebook *rulebook);

/* Revisions from the oldest to the newest: "r6", "r8"; NULL past the last. */
size_t shk_rulebook_revision_count(const shk_rulebook *rulebook);
const char *shk_rulebook_revision(const shk_rulebook *rulebook, size_t index);
/* First day in force, "YYYY-MM-DD" with its NUL; false past the last. */
bool shk_rulebook_revision_day(
	const shk_rulebook *rulebook, size_t index, char day[11]);

/* Decisions in the order of their numbers; NULL past the last. */
size_t shk_rulebook_decision_count(const shk_rulebook *rulebook);
const char *shk_rulebook_decision(const shk_rulebook *rulebook, size_t index);
/* What a reader calls it, in the other language when the book has no label in
   this one; NULL past the last. Lives as long as the book. */
const char *shk_rulebook_decision_label(
	const shk_rulebook *rulebook, size_t index, enum shk_language language);
/* The nearest decision name to a misspelt one, or NULL. */
const char *shk_rulebook_nearest_decision(
	const shk_rulebook *rulebook, const char *name);

/* `shokan rules list`: decisions, revisions, labels, evidence. */
enum shk_code shk_rulebook_list(const shk_rulebook *rulebook,
	enum shk_language language, shk_sink sink, shk_diag *diag);
/*
 * `shokan rules show NAME`: the tables and formulas of a decision as text,
 * with sources; `listing`: the compiled programs instead. `revision` NULL is
 * the newest. An unknown name is SHK_E_USAGE with a suggestion.
 */
enum shk_code shk_rulebook_show(const shk_rulebook *rulebook,
	const char *decision, const char *revision, bool listing,
	enum shk_language language, shk_sink sink, shk_diag *diag);
/* `shokan rules sources`: documents and quoted passages. */
enum shk_code shk_rulebook_sources(const shk_rulebook *rulebook,
	enum shk_language language, shk_sink sink, shk_diag *diag);

/* An empty policy; the rulebook must outlive it. Caller frees. */
enum shk_code shk_policy_new(
	shk_policy **out, const shk_rulebook *rulebook, shk_diag *diag);
void shk_policy_free(shk_policy *policy);
/*
 * Read a policy file (JSON object or <policy>). Unknown names, values outside
 * their domain (reason bad_domain) and duplicates are SHK_E_RULES.
 */
enum shk_code shk_policy_read(
	shk_policy *policy, const char *path, shk_diag *diag);
/* The same from the text of a JSON object; `name` stands for the file. */
enum shk_code shk_policy_read_text(shk_policy *policy, const char *name,
	const char *text, size_t size, shk_diag *diag);
/* Set one parameter from text. */
enum shk_code shk_policy_set(shk_policy *policy, const char *name,
	const char *value, shk_diag *diag);
/* True when `name` is a policy parameter of the rulebook. */
bool shk_rulebook_is_parameter(const shk_rulebook *rulebook, const char *name);

#ifdef __cplusplus
}
#endif
#endif
