/*
 * What a form has to ask for one decision: every fact that the decision can
 * read under a revision, and every policy parameter, with what a person needs
 * to fill it in.
 */
#ifndef SHOKAN_FORM_H
#define SHOKAN_FORM_H

#include <shokan/price.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A form. Immutable once made; its texts live as long as what it borrows from.
 */
typedef struct shk_form shk_form;

/* What is asked for. */
enum shk_form_kind {
	SHK_FORM_NUMBER, /* a decimal number */
	SHK_FORM_WHOLE,	 /* a whole number */
	SHK_FORM_DATE,	 /* a day, "YYYY-MM-DD" */
	SHK_FORM_TRUTH,	 /* `true`, `false` */
	SHK_FORM_WORD,	 /* one of `words` */
	SHK_FORM_TEXT,	 /* any text */
	SHK_FORM_LIST	 /* items with `|` between them, of `parts` */
};

/* A field of a form, or a part of an item of a list. */
typedef struct shk_form_field {
	const char *name;	 /* as records and policies call it */
	const char *label_ja;	 /* what a reader calls it */
	const char *label_en;	 /* the same in English */
	const char *meaning_ja;	 /* of a parameter: what is decided, or "" */
	const char *meaning_en;	 /* the same in English */
	const char *unit;	 /* "yen", "percent", "tests/year", ... or "" */
	enum shk_form_kind kind; /* what it takes */
	bool parameter;		 /* of policy: the law gives no number */
	bool derived;	 /* what another decision gives; may be given instead */
	bool none;	 /* may be known to be absent: the text `none` */
	const char *low; /* bounds as decimal numbers; "" where there is none */
	const char *high;  /* likewise */
	bool low_open;	   /* the bound itself is outside */
	bool high_open;	   /* likewise */
	const char *unset; /* a parameter's word when it is not given, or "" */
	size_t word_count; /* of `words` */
	/* that are allowed; NULL when there are none */
	const char *const *words;
	/* of a list, in their order in an item, a `:` between them */
	size_t part_count;
	/* `part_count` of them; NULL unless it is a list */
	const struct shk_form_field *parts;
	/* parts only */
	bool instead;	    /* takes the place of the part before it */
	const char *prefix; /* sign in front of it, or "" */
	const char *after;  /* sign in place of the `:` before it, or "" */
} shk_form_field;

/*
 * The form of `decision` under `revision` ("r6"; NULL: the newest). Facts come
 * first, in the order of the vocabulary, then parameters in that of the book;
 * the day and what only names a record are not among them. It borrows from the
 * rulebook and the schema of the pricer, which must outlive it, and can be
 * shared by threads. SHK_E_USAGE: no such decision or revision, or the book
 * was loaded without them. A decision that the revision does not have gives an
 * empty form. Caller frees.
 */
enum shk_code shk_form_new(shk_form **out, const shk_pricer *pricer,
	const char *decision, const char *revision, shk_diag *diag);
/* NULL is allowed. */
void shk_form_free(shk_form *form);
/* Fields of the form; 0 when the revision does not have the decision. */
size_t shk_form_count(const shk_form *form);
/* NULL past the last. */
const shk_form_field *shk_form_at(const shk_form *form, size_t index);

#ifdef __cplusplus
}
#endif
#endif
