/*
 * Does the citation say so? A rulebook's quotes are held against their hashes,
 * every number of its rules against the quotes that the rule cites, and the
 * quotes against the documents themselves.
 */
#ifndef SHOKAN_QUOTES_H
#define SHOKAN_QUOTES_H

#include <stdbool.h>
#include <stddef.h>

#include <shokan/diag.h>
#include <shokan/sink.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What is wrong with a citation. */
enum shk_quote_kind {
	SHK_QUOTE_NO_HASH,  /* a quote or reading without a hash */
	SHK_QUOTE_ALTERED,  /* its words are not those that were hashed */
	SHK_QUOTE_NUMBER,   /* a rule's number stands in none of its quotes */
	SHK_QUOTE_BOUND,    /* it does, but bounds another side: 以上 and > */
	SHK_QUOTE_EXEMPT,   /* an exemption for a number that is not there,
			       or without a reason */
	SHK_QUOTE_PLACE,    /* a cited place is not quoted, though its
			       document is at hand */
	SHK_QUOTE_DOCUMENT, /* corpus: the document is missing or another */
	SHK_QUOTE_WORDS	    /* corpus: the document says something else there */
};

/* One finding. Its texts live while it is told. */
typedef struct shk_quote_finding {
	enum shk_quote_kind kind; /* what it is */
	const char *path;	  /* file of the rulebook */
	long line;		  /* 1-based, in `path` */
	long column;		  /* 0: not known */
	const char *element;	  /* id of the rule, or source and place */
	const char *number;	  /* as the rule writes it, or "" */
	const char *looked;	  /* "S001 L1393; S001 L1394": where, or "" */
	const char *nearest;	  /* the nearest number there, or "" */
	const char *message;	  /* all of it in one English sentence */
} shk_quote_finding;

/* What was looked at. */
typedef struct shk_quote_counts {
	size_t quotes;	  /* passages of documents */
	size_t readings;  /* what was read where no passage is at hand */
	size_t numbers;	  /* in rules: literals, bounds, dates, constants */
	size_t in_quotes; /* of these, found in a quote */
	size_t in_readings; /* numbers found in a reading, where no quote has them */
	size_t exempt;	    /* of these, no number of the law, with a reason */
	size_t exemptions; /* reasons given */
	size_t documents;  /* corpus: documents compared */
	size_t compared;   /* corpus: quotes compared with their documents */
	size_t findings;   /* that were told */
} shk_quote_counts;

/* Short name of a kind: "no_hash", "altered", "number", ... */
const char *shk_quote_kind_name(enum shk_quote_kind kind);

/*
 * Load the rulebook at `rules` (folder or pack) and tell every finding, file by
 * file. `corpus` is the folder of the documents, or NULL; `tell` returns false
 * to stop. SHK_OK with findings too; SHK_E_RULES when the book does not load.
 */
enum shk_code shk_quotes_verify(const char *rules, const char *corpus,
	bool (*tell)(void *context, const shk_quote_finding *finding),
	void *context, shk_quote_counts *counts, shk_diag *diag);

/*
 * `shokan rules hash-quotes`: sources.xml of the folder `rules` with the hash
 * of every quote and reading as it now reads; nothing else is changed.
 */
enum shk_code shk_quotes_hash(const char *rules, shk_sink sink, shk_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
