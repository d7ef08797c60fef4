/*
 * The rulebook: what the law says, by revision, with its sources. Loaded once
 * from a folder such as rules/ or from a pack, which is such a folder in one
 * file, then immutable and shared by threads.
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

/* The rules of every revision. Immutable once loaded, shared by threads. */
typedef struct shk_rulebook shk_rulebook;
/* Policy parameters: numbers that the law leaves open. No defaults. */
typedef struct shk_policy shk_policy;

/* Language of what is written for people. */
enum shk_language {
	SHK_ENGLISH, /* labels and sentences in English */
	SHK_JAPANESE /* the same in Japanese */
};

/*
 * Load `folder` (rulebook.xml, sources.xml, the models of each revision),
 * check and compile it. Caller frees. SHK_E_RULES names file, line, column.
 */
enum shk_code shk_rulebook_load(
	shk_rulebook **out, const char *folder, shk_diag *diag);

/*
 * What of a book is wanted. From a pack only the models that this takes are
 * read and compiled, so that the start is fast; the rest of the book is then
 * not there, and a pricer that asks for it gets SHK_E_USAGE. A folder is
 * always loaded, and checked, whole. Unknown names are told by the pricer.
 */
typedef struct shk_rulebook_options {
	const char *const *decisions; /* NULL: all */
	size_t decision_count;	      /* of `decisions` */
	const char *revision;	      /* "r6", "r8"; NULL: all, or by `as_of` */
	const char *as_of;	      /* "YYYY-MM-DD" for every record; NULL */
	/* public key file: only a pack that is signed with it is taken, else
	   SHK_E_RULES; NULL: none */
	const char *key;
} shk_rulebook_options;

/* The same from a folder or a pack; `options` NULL: all of it. */
enum shk_code shk_rulebook_open(shk_rulebook **out, const char *path,
	const shk_rulebook_options *options, shk_diag *diag);
/*
 * NULL is allowed. Policies, pricers and whatever else uses it must be freed
 * before.
 */
void shk_rulebook_free(shk_rulebook *rulebook);

/*
 * "sha256:" and 64 hexadecimal digits: SHA-256 of the list of the book's files
 * with SHA-256, size and name of each. The same for a folder and its pack.
 */
const char *shk_rulebook_hash(const shk_rulebook *rulebook);

/* Revisions from the oldest to the newest: "r6", "r8"; NULL past the last. */
size_t shk_rulebook_revision_count(const shk_rulebook *rulebook);
/*
 * Name of the revision at `index`, from 0; NULL past the last. Lives as the
 * book.
 */
const char *shk_rulebook_revision(const shk_rulebook *rulebook, size_t index);
/* First day in force, "YYYY-MM-DD" with its NUL; false past the last. */
bool shk_rulebook_revision_day(
	const shk_rulebook *rulebook, size_t index, char day[11]);

/* Decisions in the order of their numbers; NULL past the last. */
size_t shk_rulebook_decision_count(const shk_rulebook *rulebook);
/*
 * Name of the decision at `index`, from 0; NULL past the last. Lives as the
 * book.
 */
const char *shk_rulebook_decision(const shk_rulebook *rulebook, size_t index);
/* What a reader calls it, in the other language when the book has no label in
   this one; NULL past the last. Lives as long as the book. */
const char *shk_rulebook_decision_label(
	const shk_rulebook *rulebook, size_t index, enum shk_language language);
/* The question that it answers, in the same way; "" when the book has none. */
const char *shk_rulebook_decision_question(
	const shk_rulebook *rulebook, size_t index, enum shk_language language);
/* The revision has it: it can be asked there. */
bool shk_rulebook_decision_in(
	const shk_rulebook *rulebook, size_t index, size_t revision);
/* What a reader calls a revision; NULL past the last. */
const char *shk_rulebook_revision_label(
	const shk_rulebook *rulebook, size_t index, enum shk_language language);
/* True when a decision of the rulebook has an output of that name. */
bool shk_rulebook_has_output(const shk_rulebook *rulebook, const char *name);
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

/*
 * `shokan rules pack`: the book in `folder`, after loading it, as a pack.
 * SHK_E_RULES when it does not load or lies partly outside of the folder.
 */
enum shk_code shk_rulebook_pack(
	const char *folder, shk_sink sink, shk_diag *diag);
/*
 * `shokan rules keygen`: a new Ed25519 key pair into the files `path`, which
 * only its owner can read, and `path`.pub. Existing files are SHK_E_IO.
 */
enum shk_code shk_rulebook_keygen(const char *path, shk_diag *diag);
/* `shokan rules sign`: the pack at `path`, after loading it, with a signature
   made with a secret key file in place of the one it has. */
enum shk_code shk_rulebook_sign(const char *path, const char *secret_key,
	shk_sink sink, shk_diag *diag);

/* What a pack is. */
typedef struct shk_pack {
	char hash[72]; /* of the rulebook */
	char key[72];  /* public key that signed it, in hexadecimal, or "" */
	size_t files;  /* that it holds */
} shk_pack;
/*
 * `shokan rules verify`: load the whole pack and tell what it is. With a
 * public key file an unsigned pack, or one signed with another key, is
 * SHK_E_RULES; what was altered always is.
 */
enum shk_code shk_rulebook_verify(const char *path, const char *public_key,
	shk_pack *out, shk_diag *diag);

/* An empty policy; the rulebook must outlive it. Caller frees. */
enum shk_code shk_policy_new(
	shk_policy **out, const shk_rulebook *rulebook, shk_diag *diag);
/* NULL is allowed. Pricers that use it must be freed before. */
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
