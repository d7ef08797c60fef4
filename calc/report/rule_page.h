/*
 * Inside report/: a page of the rules while it is written. It is made in
 * memory and goes out in one piece.
 */
#ifndef REPORT_RULE_PAGE_H
#define REPORT_RULE_PAGE_H

#include <shokan/rule_page.h>

#include "base/buffer.h"
#include "dmn/graph.h"
#include "report/html.h"
#include "rulebook/rulebook.h"

/* A passage that the page rests on, in the order in which it is cited. */
struct rule_passage {
	const char *source;
	const char *place;
};

struct rule_page {
	const shk_rulebook *book;
	const shk_rule_page *asked;
	bool ja;
	struct buffer out;
	struct buffer scratch;	       /* one text at a time */
	struct rule_passage *passages; /* heap */
	size_t passage_count;
	size_t passage_capacity;
	/* of a page of a decision */
	size_t at; /* the decision */
	size_t in; /* the revision */
	const struct dmn_graph *graph;
	/* what the decision needs, itself too: those above come first */
	size_t slot_count;
	unsigned slots[FEEL_SLOTS_MAX];
	size_t model_count;
	const char *models[DMN_MODELS_MAX]; /* their paths; its own first */
};

/* ---- rule_page.c ---- */

/* The word of the page's language, as text. */
void rule_say(struct rule_page *page, const char *ja, const char *en);
const char *rule_word(
	const struct rule_page *page, const struct rulebook_words *words);
/* The values that something may have, behind `before`; nothing for any. */
void rule_domain(struct rule_page *page, const char *before,
	const struct dmn_domain *domain);
/* Text on one line, blanks around it dropped. */
void rule_line(struct rule_page *page, const char *text);
/* `<th scope="col">` of that word. */
void rule_column(struct rule_page *page, const char *ja, const char *en);
/* `<h2>` of that word, with an id. */
void rule_title(
	struct rule_page *page, const char *id, const char *ja, const char *en);
/* `text` in `tag`, with the language that it is in when that is another. */
void rule_in(struct rule_page *page, const char *tag, const char *text,
	bool text_ja);
/* The address of a page for an attribute; false: it has none. */
bool rule_address(struct rule_page *page, const shk_rule_page *to);
/* The link to a page, around `text`. */
void rule_link(
	struct rule_page *page, const shk_rule_page *to, const char *text);
/* The citations as links to the passages at the end of the page. */
void rule_cites(
	struct rule_page *page, const struct dmn_cite *cites, size_t count);
/* The weakest evidence among them: "E1", or "". */
const char *rule_evidence(const struct dmn_cite *cites, size_t count);
void rule_day(struct rule_page *page, int32_t day);
/* The name of a file without its folder, which differs by machine. */
const char *rule_file(const char *path);

/* ---- rule_decision.c ---- */

void rule_decision(struct rule_page *page);

/* ---- rule_element.c ---- */

/* A decision or knowledge model with its table or formula. */
void rule_element(struct rule_page *page, unsigned slot);
/* The id of an element in the page: "e-" and its name, or number. */
void rule_anchor(struct rule_page *page, unsigned slot);
/* A link to an element of the page, by its name. */
void rule_element_link(struct rule_page *page, unsigned slot);
/* "decision", "fact", ... */
const char *rule_kind(const struct rule_page *page, unsigned slot);
/* Its label in the page's language, or in Japanese; `*ja` says which. */
const char *rule_label(const struct rule_page *page, unsigned slot, bool *ja);

/* ---- rule_graph.c ---- */

/* Find what the decision needs, and the models that it stands in. */
void rule_layers(struct rule_page *page);
/* Is it a decision or knowledge model of that model? */
bool rule_in_model(
	const struct rule_page *page, unsigned slot, const char *path);
/* The drawing of one of the models, and the same as a list. */
void rule_graph(struct rule_page *page, size_t model);

#endif
