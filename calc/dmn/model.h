/*
 * Inside of dmn/: models as read, the loader that makes a graph of them, and
 * what the steps of loading say to each other. Everything that a loaded graph
 * keeps lives in the graph's arena; what only loading needs is on the heap and
 * goes with the loader. A function that returns a pointer returns NULL once
 * `code` of the loader is set.
 */
#ifndef DMN_MODEL_H
#define DMN_MODEL_H

#include "dmn/graph.h"
#include "xml/reader.h"

#define DMN_IMPORTS_MAX	   64	/* imports of one model */
#define DMN_TYPES_MAX	   4096 /* item definitions of one model */
#define DMN_COMPONENTS_MAX 512	/* components of one item definition */
#define DMN_NEEDS_MAX	   FEEL_SLOTS_MAX
#define DMN_CELLS_MAX	   128	   /* inputs, or outputs, of a table */
#define DMN_ROWS_MAX	   100000u /* rows of a table */
#define DMN_CITES_MAX	   64	   /* citations of one element */
#define DMN_FAULTS_MAX	   1000	   /* that a general load keeps */
#define DMN_TYPE_CHAIN_MAX 32	   /* item definitions that name another */

/* Where the content of an element begins in its file. */
struct dmn_place {
	const struct xml_element *element;
	long line;
	long column;
};

struct dmn_model;

struct dmn_import {
	struct text name; /* prefix in FEEL, or "" */
	const struct xml_element *xml;
	struct dmn_model *model;
};

/* An item definition, a component of one, or a built-in type. */
struct dmn_type {
	struct text name;
	const struct xml_element *xml;
	enum feel_type base;	   /* FEEL_NULL: any value */
	const struct dmn_type *of; /* defined by another type, or NULL */
	const struct dmn_model *model;
	struct feel_type_ref *ref; /* general: the type in FEEL; NULL: any */
	bool list;		   /* a list of what the rest says */
	size_t component_count;
	const struct dmn_type *components;    /* named parts of a context */
	const struct feel_node *allowed;      /* TESTS or NULL */
	const struct feel_node *allowed_list; /* of a list as a whole */
	struct dmn_domain allowed_domain; /* choices or range of `allowed` */
};

struct dmn_model {
	const char *path;
	unsigned long long device; /* identity of the file */
	unsigned long long inode;
	const struct xml_element *root;
	const char *space; /* its own namespace */
	size_t import_count;
	struct dmn_import *imports;
	size_t type_count;
	struct dmn_type *types;
	size_t place_count;
	struct dmn_place *places; /* in document order */
	unsigned visit;		  /* of the search for import cycles */
};

/* One name that an element may use, and what it means. */
struct dmn_need {
	struct text name; /* as FEEL writes it, such as shares.share_total */
	unsigned slot;
};

/* An input data, decision, knowledge model or service of a model. */
struct dmn_element {
	enum dmn_slot_kind kind;
	bool service; /* a decision service: kept, has no slot */
	const struct dmn_model *model;
	const struct xml_element *xml;
	struct text name;
	const struct dmn_type *type;
	unsigned slot;
	size_t need_count;
	const struct dmn_need *needs;
	unsigned visit; /* of the search for requirement cycles */
};

/* A name in the text of an element that only a running filter can resolve. */
struct dmn_miss {
	const struct dmn_element *element;
	struct text name;
};

struct dmn_misses {
	const struct dmn_element *element; /* that is being compiled */
	struct text last;
	struct dmn_miss *items; /* heap */
	size_t count;
	size_t capacity;
	struct text *keys; /* heap: names of parts of contexts in FEEL text */
	size_t key_count;
	size_t key_capacity;
	bool failed; /* memory ran out */
};

/* A decision service, by slots. */
struct dmn_service {
	size_t input_count;
	const unsigned *inputs; /* its parameters in order */
	size_t output_count;
	const unsigned *outputs;
	const struct text *names; /* of the outputs */
};

/* What a graph knows of a slot beyond dmn_slot; by slot number. */
struct dmn_detail {
	const struct dmn_model *model;
	const struct xml_element *xml;
	const struct dmn_type *type;
	struct feel_value missing; /* an input that was not given */
	const struct dmn_service *service;
};

/* A table as it was lowered; general loads keep them for the check. */
struct dmn_known_table {
	const struct feel_table *table;
	const struct dmn_model *model;
	const struct xml_element *xml;
};

/* Behind dmn_graph.models. */
struct dmn_models {
	size_t count;
	struct dmn_model *const *models;
	const struct dmn_detail *details;
	size_t table_count;
	const struct dmn_known_table *tables;
	size_t note_count; /* names in filters that nothing has as a part */
	const struct dmn_miss *notes;
};

struct dmn_loader {
	struct arena *arena; /* of the graph */
	shk_diag *diag;
	enum shk_code code;
	bool general;
	const struct dmn_files *files; /* NULL: the file system */
	shk_diag *faults;	       /* heap */
	size_t fault_count;
	size_t fault_capacity;
	struct dmn_known_table *tables; /* heap */
	size_t table_count;
	size_t table_capacity;
	struct dmn_loader *self; /* for callbacks */
	size_t model_count;
	struct dmn_model *models[DMN_MODELS_MAX];
	struct dmn_element **elements; /* heap */
	size_t element_count;
	size_t element_capacity;
	struct dmn_slot *slots; /* arena, as many as elements */
	struct dmn_detail *details;
	size_t slot_count;
	size_t slot_capacity;
	struct dmn_mark *marks; /* heap, then copied */
	size_t mark_count;
	size_t mark_capacity;
	/* names in scope: of types and columns, then of the element, locals */
	struct text *names; /* heap */
	size_t name_count;
	size_t name_capacity;
	/* the element that is being lowered */
	const struct dmn_model *model;
	const struct dmn_element *owner;
	unsigned depth;
	size_t place_cursor; /* places are asked for in order, nearly */
	struct dmn_misses misses;
	struct dmn_misses *misses_of; /* the same, for callbacks */
};

/* SHK_E_RULES at `xml` of `model`; sets and returns the loader's code. */
enum shk_code dmn_refuse(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml,
	const char *format, ...) BASE_PRINTF(4, 5);
/* The same for a ceiling and for memory. */
enum shk_code dmn_too_many(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml,
	const char *what, size_t ceiling);
enum shk_code dmn_no_memory(struct dmn_loader *loader);
/* Room for one more item of an array on the heap. */
bool dmn_grow(struct dmn_loader *loader, void **items, size_t *capacity,
	size_t count, size_t size);

/* tolerate.c */
/* General: keep the failure as a fault and go on; else false. */
bool dmn_forgive(struct dmn_loader *loader);
void dmn_keep_fault(struct dmn_loader *loader, const shk_diag *fault);
/* A fault that the compiler tells; `context` is the loader. */
void dmn_fault_in_text(
	const void *context, long line, long column, const char *message);
enum shk_code dmn_keep_tables(
	struct dmn_loader *loader, struct dmn_models *models);
enum shk_code dmn_keep_faults(
	struct dmn_loader *loader, struct dmn_graph *graph);

/* service.c: the service as a function */
const struct feel_node *dmn_lower_service(
	struct dmn_loader *loader, const struct dmn_element *element);

/* reference.c */
bool dmn_new_reference(
	struct dmn_loader *loader, struct dmn_type *type, bool complete);
enum shk_code dmn_fill_references(struct dmn_loader *loader);
/* General: `node` as the typeRef of `typed` (may be NULL) wants it. */
const struct feel_node *dmn_coerced(struct dmn_loader *loader,
	const struct xml_element *xml, const struct xml_element *typed,
	const struct feel_node *node);
/* The same for what is called: a function type means its result. */
const struct feel_node *dmn_coerced_result(struct dmn_loader *loader,
	const struct xml_element *xml, const struct xml_element *typed,
	const struct feel_node *node);

/* model.c: elements of DMN's own namespace only */
bool dmn_is(const struct dmn_model *model, const struct xml_element *xml,
	const char *name);
const struct xml_element *dmn_child(const struct dmn_model *model,
	const struct xml_element *xml, const char *name);
const struct xml_element *dmn_next(const struct dmn_model *model,
	const struct xml_element *xml, const char *name);
/* The child number `n`, from 0, of that name, or NULL. */
const struct xml_element *dmn_nth(const struct dmn_model *model,
	const struct xml_element *xml, const char *tag, size_t n);
/* The text of its <text>; "" when it has none, or is NULL. */
const char *dmn_text_in(
	const struct dmn_model *model, const struct xml_element *xml);
size_t dmn_child_count(const struct dmn_model *model,
	const struct xml_element *xml, const char *name);
const char *dmn_attribute(const struct xml_element *xml, const char *name);
/* A name with single blanks, trimmed, in the arena. */
struct text dmn_name_of(struct dmn_loader *loader, const char *written);
/* <description> of an element, or "". */
const char *dmn_description(
	const struct dmn_model *model, const struct xml_element *xml);
/* Read the files, with imports; check ids; detect import cycles. */
enum shk_code dmn_read_models(
	struct dmn_loader *loader, const char *const *paths, size_t count);

/* place.c */
/* The element after `xml` in document order, or NULL. */
const struct xml_element *dmn_walk(const struct xml_element *xml);
enum shk_code dmn_index_places(struct dmn_loader *loader,
	struct dmn_model *model, struct text document);
struct feel_place dmn_place_of(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml);

/* type.c */
enum shk_code dmn_read_types(struct dmn_loader *loader);
/* The type that `written` names in `model`; NULL and a failure if none. */
const struct dmn_type *dmn_type_find(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml,
	const char *written);
/* Type of an element's typeRef, or any. */
const struct dmn_type *dmn_type_of(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml);
/* A definition of the model or of one that it imports; NULL. */
const struct dmn_type *dmn_type_known(
	const struct dmn_model *model, struct text name);
const struct feel_type_ref *dmn_type_ref(
	struct dmn_loader *loader, const struct dmn_type *type);

/* domain.c */
enum shk_code dmn_domain_of_tests(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml,
	const struct feel_node *tests, struct dmn_domain *domain);
enum shk_code dmn_domain_of_type(struct dmn_loader *loader,
	const struct dmn_type *type, struct dmn_domain *domain);
bool dmn_domain_same(const struct dmn_domain *a, const struct dmn_domain *b);
/* The value of an expression without names, such as -1 or date("..."). */
enum shk_code dmn_constant(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml,
	const struct feel_node *node, struct feel_value *out);

/* coerce.c: a decision's result as its variable's type; null on mismatch */
enum shk_code dmn_coerce(struct arena *arena, const struct dmn_type *type,
	struct feel_value *value, shk_diag *diag);

/* mark.c */
/*
 * <shk:monotone/> on a knowledge model: its result never falls as its one open
 * argument grows, whatever the others are. A test holds the models to it.
 */
bool dmn_is_monotone(
	const struct dmn_model *model, const struct xml_element *xml);
uint32_t dmn_mark_of(struct dmn_loader *loader, const struct dmn_model *model,
	const struct xml_element *xml, struct text owner, unsigned row);

/* require.c */
enum shk_code dmn_collect_elements(struct dmn_loader *loader);
enum shk_code dmn_resolve_needs(struct dmn_loader *loader);
/* The element that an href leads to; NULL and a failure. */
const struct dmn_element *dmn_linked(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *link);
enum shk_code dmn_check_cycles(struct dmn_loader *loader);

/* scope.c */
bool dmn_scope_push(struct dmn_loader *loader, struct text name);
enum shk_code dmn_scope_members(struct dmn_loader *loader);
struct feel_names dmn_scope_names(const struct dmn_loader *loader);
struct feel_globals dmn_scope_globals(struct dmn_loader *loader);

/* Is this element the name of a part of some context? */
bool dmn_names_a_part(
	const struct dmn_model *model, const struct xml_element *xml);

/* miss.c */
void dmn_miss(struct dmn_misses *misses, struct text name);
void dmn_miss_keys(struct dmn_misses *misses, const struct feel_node *node);
enum shk_code dmn_check_misses(
	struct dmn_loader *loader, struct dmn_models *models);

/* boxed.c: boxed expressions to FEEL */
bool dmn_is_expression(
	const struct dmn_model *model, const struct xml_element *xml);
const struct xml_element *dmn_expression_in(
	const struct dmn_model *model, const struct xml_element *parent);
const struct feel_node *dmn_lower(
	struct dmn_loader *loader, const struct xml_element *xml);
/* The expression inside `parent`; null when it has none. */
const struct feel_node *dmn_lower_in(
	struct dmn_loader *loader, const struct xml_element *parent);
/* The <text> of `xml` as an expression, or as unary tests. */
const struct feel_node *dmn_lower_text(
	struct dmn_loader *loader, const struct xml_element *xml, bool tests);
/* A function of the formal parameters and the expression inside `xml`. */
const struct feel_node *dmn_lower_function(struct dmn_loader *loader,
	const struct xml_element *xml, uint32_t mark);
struct feel_node *dmn_node(struct dmn_loader *loader, enum feel_node_kind kind,
	const struct xml_element *xml, const struct feel_node *const *kids,
	size_t count);
/* Room for `count` kids, empty. */
const struct feel_node **dmn_kids(struct dmn_loader *loader, size_t count);
/* `node` under `mark`; `node` itself when there is no mark. */
const struct feel_node *dmn_marked(struct dmn_loader *loader,
	const struct xml_element *xml, const struct feel_node *node,
	uint32_t mark);
bool dmn_deeper(struct dmn_loader *loader, const struct xml_element *xml);

/* table.c */
const struct feel_node *dmn_lower_table(
	struct dmn_loader *loader, const struct xml_element *xml);

#endif
