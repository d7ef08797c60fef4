/*
 * Inside of the page of a question: what was asked, field by field, and what
 * the answer says of each.
 */
#ifndef SERVE_PAGE_ASK_H
#define SERVE_PAGE_ASK_H

#include "serve/app.h"
#include "serve/page_shell.h"

/* What a field is to the answer; in the order in which fields are shown. */
enum page_state {
	PAGE_IS_WRONG,	 /* its value cannot be read */
	PAGE_IS_ALONE,	 /* not known, and decides alone */
	PAGE_IS_MISSING, /* not known, and may change the answer */
	PAGE_IS_PARTLY,	 /* a list that is known, but not all of it */
	PAGE_IS_USED,	 /* known, and part of the proof */
	PAGE_IS_OPEN,	 /* nothing is known of what it does */
	PAGE_IS_UNUSED,	 /* known, and not part of the proof */
	PAGE_IS_IDLE	 /* not known, and not needed */
};

struct page_field {
	const shk_form_field *about;
	const char *typed; /* as it came, or "" */
	const char *value; /* as the record takes it, or "" */
	enum page_state state;
	const char *says; /* PAGE_IS_WRONG: what was found, in English */
};

/* A pair of the request that names no field of the form. */
struct page_stray {
	const struct serve_pair *pair;
	const char *value; /* as the record takes it */
	const char *says;  /* what is wrong with it, or NULL */
};

struct page_ask {
	struct serve_app *app;
	const struct serve_request *request;
	struct page_shell *shell;
	size_t decision;
	const char *name; /* of the decision */
	size_t revision;
	shk_form *form;
	size_t count;
	struct page_field *fields;
	size_t stray_count;
	struct page_stray *strays;
	bool wrong_rules; /* the revision or the day cannot be */
	size_t wrong;	  /* fields and pairs that are, and the rules */
	struct arena arena;
	struct serve_request asked; /* the request with values in place of what
				       was typed, without what is empty */
	/* of the answer */
	struct buffer answer, found, edges, proof; /* pieces; empty: none */
	bool answered;
	enum shk_status status;
};

/* The field of a name, or NULL. */
struct page_field *page_field_find(
	struct page_ask *ask, bool parameter, const char *name);
/* What is right for the field, as text: kind, bounds, unit, words. */
void page_field_hint(struct buffer *out, const shk_form_field *field,
	enum shk_language language);

/* ---- page_inputs.c ---- */

/* Form, fields, values and what is wrong with them. */
enum shk_code page_inputs_take(struct page_ask *ask, shk_diag *diag);

/* ---- page_answer.c ---- */

/* Price, and what follows from the answer; SHK_OK too when the rules asked for
   cannot be, which is then marked. */
enum shk_code page_answer_find(struct page_ask *ask, shk_diag *diag);
void page_answer_write(struct page_ask *ask);

/* ---- page_fields.c ---- */

void page_fields_write(struct page_ask *ask);
void page_errors_write(struct page_ask *ask);

#endif
