/*
 * One or more DMN models, read, checked and compiled into a graph of slots:
 * input data, decisions and business knowledge models. A graph is immutable
 * once loaded and shared by threads. Boxed expressions are lowered to FEEL
 * syntax trees (a decision table is a node of its own) and compiled by feel/.
 */
#ifndef DMN_GRAPH_H
#define DMN_GRAPH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/diag.h"
#include "feel/machine.h"
#include "feel/program.h"
#include "feel/value.h"

#define DMN_MARKS_MAX  2048 /* cited elements of one graph */
#define DMN_MODELS_MAX 64   /* models of one graph, imports included */

/* Namespace of our extension elements: <shk:cite source= place= .../>. */
#define DMN_EXTENSION_SPACE "urn:shokan:dmn:1"

enum dmn_slot_kind { DMN_INPUT, DMN_DECISION, DMN_KNOWLEDGE };

/*
 * What values a slot may have, from its item definition. With neither choices
 * nor a range only the type is known. `type` FEEL_NULL means any type.
 */
struct dmn_domain {
	enum feel_type type;
	bool list; /* a list of such values */
	size_t choice_count;
	const struct feel_value *choices;
	bool bounded;
	struct feel_range range;
};

/* <shk:cite>: where an element of a model comes from. Attributes or "". */
struct dmn_cite {
	const char *source;   /* id in rules/sources.xml, such as S001 */
	const char *place;    /* page or line, such as L1391-1397 */
	const char *evidence; /* E0 to E5 */
	const char *unit;
	const char *rounding;
};

/* A cited element: a decision, knowledge model, table row or context entry. */
struct dmn_mark {
	struct text owner;	 /* name of the decision or knowledge model */
	const char *element;	 /* its id in the file */
	const char *description; /* <description>, or "" */
	unsigned row;		 /* 1-based table row; 0: the element itself */
	size_t cite_count;
	const struct dmn_cite *cites;
};

struct dmn_slot {
	enum dmn_slot_kind kind;
	struct text name;
	const char *path; /* file of the model */
	const char *id;
	long line;
	const char *description; /* <description>, or "" */
	struct dmn_domain domain;
	const struct feel_program *program; /* decisions, knowledge models */
	bool logic;	  /* false: a decision without logic, which is null */
	const char *text; /* FEEL text when the logic is a literal, else "" */
	uint32_t mark;	  /* of the element, or FEEL_NO_MARK */
	struct feel_set needs; /* slots that the program may read, directly */
};

struct dmn_graph {
	struct arena arena;
	bool general; /* loaded by dmn_graph_load_general */
	size_t fault_count;
	const shk_diag *faults; /* what a general load forgave */
	size_t slot_count;
	const struct dmn_slot *slots;
	size_t mark_count;
	const struct dmn_mark *marks;
	const void *models; /* the parsed models; used inside dmn/ only */
};

/*
 * Load the models at `paths` and whatever they import (by locationURI relative
 * to the importing file). Input data of one name and type in several models
 * are one slot; decisions and knowledge models have unique names in a graph
 * (two of one name: SHK_E_RULES), and are written `import.name` in the FEEL of
 * a model that imports theirs. Errors: SHK_E_RULES with file, line, column
 * (not well-formed, unknown name, import or requirement cycle, duplicate id,
 * FEEL syntax, unsupported element), SHK_E_IO, SHK_E_LIMIT, SHK_E_MEMORY.
 */
enum shk_code dmn_graph_load(struct dmn_graph **out, const char *const *paths,
	size_t path_count, shk_diag *diag);

/* Where models are read from in place of the file system. */
struct dmn_files {
	void *context;
	/* Append the bytes of `path`; says what is wrong. */
	enum shk_code (*read)(void *context, const char *path,
		struct buffer *out, shk_diag *diag);
	/* The path alone tells which file it is; else device and inode do. */
	bool named;
};

/* The same through `files`, whose functions are called during the load. */
enum shk_code dmn_graph_load_from(struct dmn_graph **out,
	const struct dmn_files *files, const char *const *paths,
	size_t path_count, shk_diag *diag);
/*
 * The same for models that are not ours: every construct of DMN, types are
 * checked and converted at run time, services can be called, names are unique
 * in a model only (slots of the first path come first), and an element with a
 * fault is null and its fault is kept in the graph. Unknowns have no reasons
 * past the first FEEL_SLOTS_MAX slots: map them to null.
 */
enum shk_code dmn_graph_load_general(struct dmn_graph **out,
	const char *const *paths, size_t path_count, shk_diag *diag);
void dmn_graph_free(struct dmn_graph *graph);

/* The files it was made of, imports included, in the order of loading. */
size_t dmn_model_count(const struct dmn_graph *graph);
const char *dmn_model_path(const struct dmn_graph *graph, size_t index);
/* Number of the `at`th model that model `index` imports; -1 past the last. */
int dmn_model_import(const struct dmn_graph *graph, size_t index, size_t at);

/* Slot by name, or -1. */
int dmn_slot_find(const struct dmn_graph *graph, struct text name);

/* The table, context or literal of a slot as aligned text; its listing. */
void dmn_show(const struct dmn_graph *graph, unsigned slot, struct buffer *out);
void dmn_listing(
	const struct dmn_graph *graph, unsigned slot, struct buffer *out);

#endif
