/*
 * The rulebook in memory: revisions with their compiled graphs, the dated
 * constants, policy parameters, auxiliaries and decisions of rulebook.xml, and
 * the documents of sources.xml. Immutable once loaded. Texts are
 * NUL-terminated, live as long as the book, and are "" when absent.
 */
#ifndef RULEBOOK_RULEBOOK_H
#define RULEBOOK_RULEBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <shokan/hash.h>
#include <shokan/rulebook.h>

#include "base/arena.h"
#include "dmn/graph.h"

#define RULEBOOK_REVISIONS_MAX 16
#define RULEBOOK_LIST_MAX      256 /* entries of one kind in rulebook.xml */
#define RULEBOOK_BYTES_MAX     (16u << 20) /* bytes of one file of the book */
#define RULEBOOK_ALWAYS	       INT32_MIN   /* a value without a first day */
#define RULEBOOK_NONE	       UINT32_MAX  /* no slot, no mark */

struct origin_file;

struct rulebook_words {
	const char *ja;
	const char *en;
};

struct rulebook_quote {
	const char *place;
	const char *text; /* byte for byte as printed */
};

/* A document of sources.xml. */
struct rulebook_source {
	const char *id;
	const char *title;
	const char *date;
	const char *seen; /* how much of it was read */
	const char *url;
	size_t quote_count;
	const struct rulebook_quote *quotes;
	/* what was read at a place whose words are not at hand, in ours */
	size_t reading_count;
	const struct rulebook_quote *readings;
};

/* A value of a constant, in force from a day on. */
struct rulebook_value {
	int32_t from; /* days, or RULEBOOK_ALWAYS */
	struct feel_value value;
	size_t cite_count;
	const struct dmn_cite *cites;
};

struct rulebook_constant {
	const char *name;
	const char *unit;
	struct rulebook_words label;
	size_t value_count;
	const struct rulebook_value *values; /* by `from`, ascending */
};

enum rulebook_type { RULEBOOK_NUMBER, RULEBOOK_WORD, RULEBOOK_BOOLEAN };

struct rulebook_word {
	const char *text;
	bool possible; /* among the outcomes when the parameter is unset */
};

struct rulebook_parameter {
	const char *name;
	enum rulebook_type type;
	const char *unit;
	struct rulebook_words label;
	struct rulebook_words meaning;
	struct dmn_domain domain; /* what may be given */
	size_t word_count;
	const struct rulebook_word *words;
	const char *unset; /* word taken when not given, or "" */
};

/* What stays open when a fact is incomplete; see rules/README.md. */
struct rulebook_auxiliary {
	const char *name;
	long line; /* in rulebook.xml; also below */
	bool boolean;
	const char *reported_as;
	bool has_low, has_high, low_open, high_open;
	num low, high;
	bool presence; /* boolean: whether the record gives one of `fields` */
	size_t field_count;
	const char *const *fields;
	const char *low_of; /* DMN decision that gives the bound, or "" */
	const char *high_of;
};

/* What a DMN decision is in the chart of a price; the price is the last bar. */
enum rulebook_as {
	RULEBOOK_AS_START, /* what the price starts from */
	RULEBOOK_AS_ADD,   /* what is put on */
	RULEBOOK_AS_TOTAL, /* so much so far */
	RULEBOOK_AS_LIMIT  /* no more than that */
};

struct rulebook_bar {
	const char *of;
	enum rulebook_as as;
	struct rulebook_words label; /* where it is no output of a decision */
};

struct rulebook_candidates {
	long line;
	const char *field;
	const char *of;
};

enum rulebook_ask { RULEBOOK_ASK_SELF, RULEBOOK_ASK_INPUTS, RULEBOOK_ASK_BOTH };

struct rulebook_given {
	long line;
	const char *field;
	const char *of; /* DMN decision that it stands in place of */
	enum rulebook_ask ask;
};

struct rulebook_output {
	const char *name;
	long line;
	const char *of;	  /* DMN decision */
	const char *when; /* boolean DMN decision; false: not applicable; "" */
	const char *unit;
	/* told beside the answer, also where the rule for that was not seen;
	   its evidence does not weigh */
	bool beside;
	/* a list of `words`, each for a boolean decision that is known to hold */
	size_t hold_count;
	const char *const *holds;
	const char *const *words;
	size_t asked_count;
	const char *const *asked_by; /* fields that make it the lead */
	struct rulebook_words label;
};

struct rulebook_decision {
	const char *name;
	long line;
	const char *number; /* as the specification counts: "1", "19.1" */
	bool own_dates;	    /* needs neither revision nor as_of */
	struct rulebook_words label;
	struct rulebook_words question;
	const char **models;	   /* one a revision: file, or "" */
	const char *applicability; /* DMN decision, or "" */
	const char *caveats;	   /* DMN decision, or "" */
	const char *alternatives;  /* of a conflict: DMN decision, or "" */
	const char
		*not_encoded; /* reason of a rule that is known only, or "" */
	size_t cite_count;    /* of a rule that is not encoded */
	const struct dmn_cite *cites;
	size_t asked_count;	     /* 0: any fact that it reads asks for it */
	const char *const *asked_by; /* fields one of which asks for it */
	size_t output_count;
	const struct rulebook_output *outputs; /* lead first */
};

struct rulebook_gate {
	const char *field; /* "" when the book has no gate */
	const char *value;
	const char *reason;
	size_t cite_count;
	const struct dmn_cite *cites;
};

/* What a slot of a graph stands for. */
enum rulebook_role {
	RULEBOOK_FACT, /* a record field */
	RULEBOOK_CONSTANT,
	RULEBOOK_PARAMETER,
	RULEBOOK_AUXILIARY,
	RULEBOOK_DERIVED /* a decision or a knowledge model */
};

struct rulebook_slot {
	enum rulebook_role role;
	uint32_t index;		  /* of the constant, parameter or auxiliary */
	uint32_t mark;		  /* parameter: its E5 mark */
	uint32_t candidates;	  /* slot of the decision that lists them */
	uint32_t low_of, high_of; /* auxiliary: slots of its bounds */
	bool given;		  /* a record field may stand in its place */
	enum rulebook_ask ask;	  /* when `given` */
	bool pure;		  /* depends on facts and constants only */
	const char *reported_as;  /* name in `missing` */
};

struct rulebook_bound_output {
	uint32_t slot; /* RULEBOOK_NONE for a list of what holds */
	uint32_t when;
	const uint32_t *holds;
};

/* A decision of rulebook.xml in one revision. */
struct rulebook_bound {
	bool present;
	bool ready; /* can be asked; false: the load did not want it */
	uint32_t applicability;
	uint32_t caveats;
	uint32_t alternatives;
	const struct rulebook_bound_output *outputs;
	struct feel_set inputs; /* facts and givens it may read, transitively */
	struct feel_set reached; /* every slot it may read, transitively */
};

/* Evidence and citations of a mark: graph marks first, then ours. */
struct rulebook_mark {
	uint8_t evidence; /* 0 to 5, the weakest of its citations */
	size_t cite_count;
	const struct dmn_cite *cites;
};

struct rulebook_revision {
	const char *id;
	int32_t from; /* first day in force */
	struct rulebook_words label;
	size_t cite_count;
	const struct dmn_cite *cites;
	struct dmn_graph *graph; /* NULL: the load did not want the revision */
	const struct rulebook_slot *slots; /* one a slot of the graph */
	size_t mark_count;
	const struct rulebook_mark *marks;
	const uint32_t *constant_marks; /* of each constant's first value */
	uint32_t gate_mark;
	const struct rulebook_bound *bound; /* one a decision */
};

struct shk_rulebook {
	struct arena arena;
	const char *folder; /* or pack */
	char hash[SHK_HASH_TEXT];
	bool partial; /* only what was wanted of a pack is here */
	size_t file_count;
	struct origin_file *files; /* in the order of the manifest */
	struct text fields;	   /* the bytes of fields.xml */
	struct rulebook_gate gate;
	size_t revision_count;
	struct rulebook_revision *revisions; /* by `from`, ascending */
	size_t constant_count;
	const struct rulebook_constant *constants;
	size_t parameter_count;
	const struct rulebook_parameter *parameters;
	size_t auxiliary_count;
	const struct rulebook_auxiliary *auxiliaries;
	size_t bar_count;
	const struct rulebook_bar *bars;
	size_t candidates_count;
	const struct rulebook_candidates *candidates;
	size_t given_count;
	const struct rulebook_given *givens;
	size_t decision_count;
	const struct rulebook_decision *decisions;
	size_t source_count;
	const struct rulebook_source *sources;
};

/* A policy: one value a parameter of the book. */
struct policy_entry {
	bool given;
	struct feel_value value;
	const char *note; /* who decided it, or "" */
};

struct shk_policy {
	struct arena arena;
	const shk_rulebook *book;
	struct policy_entry *entries;
};

/* Set a parameter from text; `note` may be NULL. */
enum shk_code policy_set(shk_policy *policy, struct text name,
	struct text value, const char *note, shk_diag *diag);
/* The policy as a canonical JSON object, parameters in the book's order. */
void policy_print(const shk_policy *policy, struct buffer *out);

/* Index of a revision by id, by day (-1 before the first), of a decision. */
int rulebook_revision_find(const shk_rulebook *book, const char *id);
int rulebook_revision_at(const shk_rulebook *book, int32_t day);
int rulebook_decision_find(const shk_rulebook *book, const char *name);
/* SHK_E_USAGE: there is none of that name, with the nearest one. */
enum shk_code rulebook_no_decision(
	const shk_rulebook *book, const char *name, shk_diag *diag);
int rulebook_parameter_find(const shk_rulebook *book, struct text name);
/* Value of a constant on a day: index into its values, or -1. */
int rulebook_value_at(const struct rulebook_constant *constant, int32_t day);
/* Document by id, or NULL; its quote for a place, or "". */
const struct rulebook_source *rulebook_source_find(
	const shk_rulebook *book, const char *id);
const char *rulebook_quote_at(
	const struct rulebook_source *source, const char *place);

#endif
