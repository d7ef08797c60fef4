/*
 * Inside rulebook/: what the files that read rulebook.xml and sources.xml
 * share.
 */
#ifndef RULEBOOK_LOADER_H
#define RULEBOOK_LOADER_H

#include "rulebook/origin.h"
#include "rulebook/rulebook.h"
#include "xml/reader.h"

struct loader {
	shk_rulebook *book;
	struct arena *arena; /* of the book */
	const char *path;    /* file that is being read */
	struct origin *origin;
	const shk_rulebook_options *options;
	bool *wanted; /* one a decision; NULL: the whole book */
	shk_diag *diag;
};

#define RULEBOOK_SPACE "urn:shokan:rulebook:1"
#define SOURCES_SPACE  "urn:shokan:sources:1"

/* Fail at an element: SHK_E_RULES with file, line, column. */
enum shk_code loader_fail(struct loader *loader,
	const struct xml_element *element, const char *format, ...)
	BASE_PRINTF(3, 4);
/* Fail at a line of the file that is being read. */
enum shk_code loader_fail_at(struct loader *loader, long line,
	const char *format, ...) BASE_PRINTF(3, 4);
/*
 * Read `file` of the book: its root is <name> and every child one of `known`,
 * which ends with NULL. The file is the loader's path from now on.
 */
enum shk_code loader_open(struct loader *loader, const char *file,
	const char *name, const char *space, const char *const *known,
	struct xml_element **root);
/* Every child is one of `names`, which ends with NULL. */
enum shk_code loader_known(struct loader *loader,
	const struct xml_element *element, const char *const *names);
/* Value of an attribute, or "" when it is absent. */
const char *loader_optional(
	const struct xml_element *element, const char *name);
/* Value of an attribute that must be there. */
enum shk_code loader_required(struct loader *loader,
	const struct xml_element *element, const char *name,
	const char **value);
/* "true" or "false"; false when absent; anything else is an error. */
enum shk_code loader_flag(struct loader *loader,
	const struct xml_element *element, const char *name, bool *value);
/* A decimal attribute; `*present` is false when it is absent. */
enum shk_code loader_number(struct loader *loader,
	const struct xml_element *element, const char *name, bool *present,
	num *value);
/* An attribute that lists names separated by spaces; none when absent. */
enum shk_code loader_list(struct loader *loader,
	const struct xml_element *element, const char *name, size_t *count,
	const char *const **names);
/* A date attribute; RULEBOOK_ALWAYS when it is absent. */
enum shk_code loader_date(struct loader *loader,
	const struct xml_element *element, const char *name, int32_t *days);
/* <NAME lang="ja"> and <NAME lang="en"> children. */
void loader_words(const struct xml_element *element, const char *name,
	struct rulebook_words *words);
/* <cite> children; evidence and a source of sources.xml are required. */
enum shk_code loader_cites(struct loader *loader,
	const struct xml_element *element, size_t *count,
	const struct dmn_cite **cites);
/* Number of children with that name. */
size_t loader_count(const struct xml_element *element, const char *name);

/* rulebook.xml, sources.xml into the book. */
enum shk_code rulebook_read(struct loader *loader);
enum shk_code sources_read(struct loader *loader);
/* The bytes of fields.xml, which record/ understands. */
enum shk_code fields_read(struct loader *loader);
/* Which decisions are wanted of a pack. */
enum shk_code selection_read(struct loader *loader);
/* Is anything wanted of this revision? */
bool selection_has(const struct loader *loader, size_t revision);
/* Paths of the models that are wanted of a revision. */
enum shk_code selection_paths(struct loader *loader, size_t revision,
	const char ***paths, size_t *count);
/* <decision> elements. */
enum shk_code decisions_read(
	struct loader *loader, const struct xml_element *root);
/* Load the graphs of all revisions and resolve every name. */
enum shk_code rulebook_bind(struct loader *loader);
/* Marks of one revision: the graph's, the constants', the parameters'. */
enum shk_code marks_bind(
	struct loader *loader, struct rulebook_revision *revision);
/* The list of files, and the hash over it. */
enum shk_code rulebook_hash(struct loader *loader);
void manifest_print(const shk_rulebook *book, struct buffer *out);
void manifest_hash(struct text manifest, char out[SHK_HASH_TEXT]);
/* Evidence digit of "E0" to "E5", or -1. */
int evidence_level(const char *text);

#endif
