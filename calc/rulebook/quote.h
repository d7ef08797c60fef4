/*
 * Inside rulebook/: the quoted passages of sources.xml, and what stands in
 * them. A `quote` is the document's words; a `reading` says in our words what
 * was read at a place whose words are not at hand.
 *
 * The words are normalised before they are hashed or compared: carriage
 * returns and blanks at the end of a line go, and so do empty lines at the
 * beginning and at the end. Nothing else: a digit, a bracket or a comma that
 * differs is another text.
 */
#ifndef RULEBOOK_QUOTE_H
#define RULEBOOK_QUOTE_H

#include <shokan/quotes.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "rulebook/digest.h"
#include "rulebook/numeral.h"
#include "xml/reader.h"

#define QUOTES_MAX	  2048 /* quotes and readings of a book */
#define QUOTE_LOOKED_MAX  1024 /* bytes of the list of places in a finding */
#define QUOTE_NUMBER_MAX  64   /* bytes of a number in a finding */
#define QUOTE_MESSAGE_MAX 2048

struct quote {
	const char *source; /* id of the document */
	const char *place;
	bool is_reading;
	const struct xml_element *element;
	const struct numeral *numerals;
	size_t numeral_count;
};

struct quotes {
	struct arena *arena;
	const char *path; /* of sources.xml */
	const struct xml_element *root;
	struct quote *list;
	size_t count;
	bool (*tell)(void *context, const shk_quote_finding *finding);
	void *context;
	shk_quote_counts *counts;
	bool stopped; /* `tell` wants no more */
	shk_diag *diag;
};

/* Append the words as they are hashed and compared. */
void quote_normalise(const char *words, struct buffer *out);
/* SHA-256 of the normalised words; false when memory runs out. */
bool quote_hash(const char *words, char out[DIGEST_HEX + 1]);

/* Tell a finding and count it. */
void quote_tell(struct quotes *quotes, const shk_quote_finding *finding);
/* Read the list from the tree of sources.xml, and check the hashes. */
enum shk_code quotes_read(struct quotes *quotes, const char *path,
	const struct xml_element *root);
/* Is there a document `source` whose words are at hand? */
bool quotes_at_hand(const struct quotes *quotes, const char *source);

/* The numbers of one model or of rulebook.xml against the quotes. */
enum shk_code quotes_check_tree(struct quotes *quotes, const char *path,
	const struct xml_element *root);
/* The quotes against the documents in `folder`. */
enum shk_code quotes_check_corpus(struct quotes *quotes, const char *folder);

/* ---- match.c ---- */

#define MATCH_MAX 512 /* numbers of one element, or of its quotes */

/* A number of a rule and where it stands. */
struct match_number {
	struct numeral numeral;
	struct text written;
	long line;
	long column;
	bool found;
	bool in_reading; /* what it was found in, when found */
	bool exempt;
};

/* A number that may answer for one: of a quote, or an exemption. */
struct match_answer {
	struct numeral numeral;
	bool is_exemption;
	bool in_reading;
	bool taken;
};

/*
 * Give each number an answer of its own: as many as possible, exemptions
 * first, each answer to one number only. A number of the law that a rule uses
 * twice must be quoted twice, or be exempt once; so no digit of a rule can
 * change into another number of the same quote unseen.
 */
enum shk_code match_numbers(struct match_number *numbers, size_t count,
	struct match_answer *answers, size_t answer_count, shk_diag *diag);

#endif
