/*
 * DMN, the decision models of the OMG, versions 1.1 to 1.6: loading any model,
 * evaluating its decisions, checking its tables, running conformance cases.
 * Nothing here knows a law. A model is immutable once loaded and shared by
 * threads; a session belongs to one thread.
 *
 * Values are FEEL texts. A JSON value is one too: {"age": 51} is a context.
 */
#ifndef SHOKAN_DMN_H
#define SHOKAN_DMN_H

#include <stdbool.h>
#include <stddef.h>

#include <shokan/diag.h>
#include <shokan/sink.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Loaded models. Immutable, shared by threads. */
typedef struct shk_dmn shk_dmn;
/* What was given to a model, and its answers. One thread. */
typedef struct shk_dmn_session shk_dmn_session;

/* What an element of a model is. */
enum shk_dmn_kind {
	SHK_DMN_INPUT,	   /* input data */
	SHK_DMN_DECISION,  /* decision */
	SHK_DMN_KNOWLEDGE, /* business knowledge model */
	SHK_DMN_SERVICE	   /* decision service */
};

/* An element of a model. The texts live as long as the model. */
typedef struct shk_dmn_element {
	enum shk_dmn_kind kind; /* what it is */
	const char *name;	/* as the model writes it */
	const char *path;	/* its file */
	long line;		/* 1-based, in `path` */
} shk_dmn_element;

/*
 * Load the models at `paths` (imports are found by locationURI, or by
 * namespace among the paths). An element with a fault does not stop the load:
 * it is null, and its fault is kept. Fails when a file cannot be read or is
 * not DMN, at a ceiling, and when memory runs out. Caller frees.
 */
enum shk_code shk_dmn_load(
	shk_dmn **out, const char *const *paths, size_t count, shk_diag *diag);
/* NULL is allowed. Its sessions must be freed before. */
void shk_dmn_free(shk_dmn *model);

/* What is wrong in the models; NULL past the last. */
size_t shk_dmn_fault_count(const shk_dmn *model);
/* NULL past the last; lives as long as the model. */
const shk_diag *shk_dmn_fault(const shk_dmn *model, size_t index);

/* The elements, those of the first path first; false past the last. */
size_t shk_dmn_count(const shk_dmn *model);
/* The element at `index`, from 0, into `out`; false past the last. */
bool shk_dmn_at(const shk_dmn *model, size_t index, shk_dmn_element *out);
/* The nearest name to a misspelt one, or NULL. */
const char *shk_dmn_nearest(const shk_dmn *model, const char *name);

/* The model must outlive the session. Caller frees. */
enum shk_code shk_dmn_session_new(
	shk_dmn_session **out, const shk_dmn *model, shk_diag *diag);
/* NULL is allowed. */
void shk_dmn_session_free(shk_dmn_session *session);

/* Forget everything that was given. */
void shk_dmn_clear(shk_dmn_session *session);
/*
 * Give the value of an input data, or of a decision in place of evaluating
 * it. What is not given is null. SHK_E_USAGE: no such name; SHK_E_INPUT: the
 * text is no FEEL or JSON value.
 */
enum shk_code shk_dmn_give(shk_dmn_session *session, const char *name,
	const char *value, shk_diag *diag);
/* The same for every entry of a context (or JSON object). */
enum shk_code shk_dmn_give_all(
	shk_dmn_session *session, const char *context, shk_diag *diag);

/* How a value is written. */
enum shk_dmn_format {
	SHK_DMN_JSON, /* dates and durations as strings */
	SHK_DMN_FEEL  /* a text that FEEL reads as the same value */
};

/*
 * The value of a decision, or the result of a decision service or knowledge
 * model whose parameters were given by name. JSON has dates and durations as
 * strings. SHK_E_USAGE: no such name.
 */
enum shk_code shk_dmn_evaluate(shk_dmn_session *session, const char *name,
	enum shk_dmn_format format, shk_sink sink, shk_diag *diag);

/* What a check of models finds. */
enum shk_dmn_finding_kind {
	SHK_DMN_FAULT,	      /* wrong: the element is null */
	SHK_DMN_GAP,	      /* values that no row of a table takes */
	SHK_DMN_OVERLAP,      /* values that several rows take */
	SHK_DMN_UNREACHABLE,  /* a row that can never decide */
	SHK_DMN_MISSING_TYPE, /* an input or output without a type */
	SHK_DMN_UNCHECKED     /* a table too large or too free to decide */
};

/* One finding. Lives while it is told. */
typedef struct shk_dmn_finding {
	enum shk_dmn_finding_kind kind; /* what it is */
	const char *path;		/* file of the model */
	long line;			/* 1-based */
	long column;			/* 1-based; 0: not known */
	const char *message;		/* one English sentence */
} shk_dmn_finding;

/* Short name of a kind: "fault", "gap", ... */
const char *shk_dmn_finding_name(enum shk_dmn_finding_kind kind);

/*
 * Tell every finding, in the order of files and lines. `tell` returns false
 * to stop. A gap or overlap is told with an example.
 */
enum shk_code shk_dmn_check(const shk_dmn *model,
	bool (*tell)(void *context, const shk_dmn_finding *finding),
	void *context, shk_diag *diag);

/* How a conformance case ended. */
enum shk_dmn_outcome {
	SHK_DMN_SUCCESS, /* what was wanted came */
	SHK_DMN_ERROR,	 /* something else came */
	SHK_DMN_IGNORED	 /* the case wants what is left out */
};

/* One expected result of a conformance case. */
typedef struct shk_dmn_result {
	const char *file; /* below the folder, with / */
	const char *test; /* id of the case */
	const char *node; /* name of the decision */
	/* passed, failed, or left out for what it needs */
	enum shk_dmn_outcome outcome;
	const char *detail; /* of an error: what was wanted, what came */
} shk_dmn_result;

/*
 * Run the conformance cases (DMN TCK: models `*.dmn`, cases `*.xml`) in
 * `folder` and below it, in the order of their names. Numbers that are exact
 * are compared exactly. `tell` returns false to stop.
 */
enum shk_code shk_dmn_test(const char *folder,
	bool (*tell)(void *context, const shk_dmn_result *result),
	void *context, shk_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
