/*
 * What do I have to find out? For an answer that is still open: the smallest
 * sets of facts that would decide it, how far each fact alone narrows it, and
 * between what the value lies meanwhile.
 */
#ifndef SHOKAN_ASK_H
#define SHOKAN_ASK_H

#include <shokan/price.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What is to be found out; owned by the pricer, valid until it is used again. */
typedef struct shk_ask shk_ask;

/*
 * A set of facts decides when the answer is determined once they are known,
 * whatever they turn out to be and whatever the others are; the sets told are
 * minimal: without any one of its facts a set does not decide. Sets that decide
 * with luck, for some values of their facts, are told behind them, minimal too. `output` NULL:
 * the value that the answer leads with. Errors as shk_edges_find.
 */
enum shk_code shk_ask_find(const shk_ask **out, shk_pricer *pricer,
	const shk_record *record, const char *decision, const char *output,
	shk_diag *diag);

/* All minimal sets are told. */
bool shk_ask_complete(const shk_ask *ask);
/* Sets that are told; see shk_ask_find. */
size_t shk_ask_set_count(const shk_ask *ask);

/* How it is written. */
enum shk_ask_format {
	SHK_ASK_TEXT, /* for readers */
	SHK_ASK_CSV,  /* RFC 4180, a row a fact and set */
	SHK_ASK_JSON, /* one object: schemas/ask.schema.json */
	SHK_ASK_HTML  /* a piece of a page: headings <h3>, paragraphs, lists */
};

/* Write it. SHK_E_IO when the sink could not write. */
enum shk_code shk_ask_report(const shk_ask *ask, enum shk_ask_format format,
	enum shk_language language, shk_sink sink, shk_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
