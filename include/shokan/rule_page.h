/*
 * The rules to be read: pages of a rulebook in HTML, one at a time, that need
 * nothing but each other. A page of a decision in a revision draws its tables,
 * its formulas and the graph of what they need, as the DMN models say them,
 * with the sources.
 */
#ifndef SHOKAN_RULE_PAGE_H
#define SHOKAN_RULE_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include <shokan/diag.h>
#include <shokan/rulebook.h>
#include <shokan/sink.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a page shows. */
enum shk_rule_page_kind {
	SHK_RULE_PAGE_INDEX,   /* the decisions, with links */
	SHK_RULE_PAGE_SOURCES, /* every document, with its passages */
	SHK_RULE_PAGE_DECISION /* of one decision in one revision */
};

/* Which page. */
typedef struct shk_rule_page {
	enum shk_rule_page_kind kind; /* what it shows */
	const char *decision;	      /* by name; of a page of a decision */
	/* of a page of a decision: which one; of the index: the only one whose
	   pages there are, NULL for all */
	const char *revision;
	bool alone; /* a page of a decision: no other revision has pages */
	/* of labels and headings; the law is quoted as it stands */
	enum shk_language language;
	/* NULL: a page by itself. Else a piece of the caller's page, from <nav>
	   on, without style; its links to pages are this text, the name of the
	   page, and `after` (NULL: nothing) */
	const char *before;
	const char *after; /* what stands behind the name; see `before` */
} shk_rule_page;

#define SHK_RULE_PAGE_NAME 256 /* bytes of a page's name with its NUL */

/*
 * The name by which other pages link to it: "index.html", "sources.html",
 * "r8-coverage_class.html". SHK_E_USAGE: no such decision or revision, with
 * the nearest name; SHK_E_LIMIT: a name that does not fit, or that would not
 * be the name of a file.
 */
enum shk_code shk_rule_page_name(const shk_rulebook *rulebook,
	const shk_rule_page *page, char name[SHK_RULE_PAGE_NAME],
	shk_diag *diag);
/*
 * Write the page, UTF-8, in one piece: the same rulebook and page give the
 * same bytes. No script, no address. The rulebook is whole (no part of a
 * pack: SHK_E_USAGE). Errors are those of the name, SHK_E_IO and SHK_E_MEMORY.
 */
enum shk_code shk_rule_page_write(const shk_rulebook *rulebook,
	const shk_rule_page *page, shk_sink sink, shk_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
