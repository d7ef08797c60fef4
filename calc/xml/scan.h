/*
 * The scanner in front of libxml2: it sees every byte first, knows the exact
 * place of every start tag, and refuses what must never reach the parser.
 * Lines end with a line feed; columns count characters, both from 1.
 */
#ifndef XML_SCAN_H
#define XML_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

#define XML_DECLARATION_MAX 128 /* bytes of <?xml ...?> that are looked at */
#define XML_MESSAGE_MAX	    256 /* bytes of a message that is kept */

struct xml_place {
	long line;
	long column;
};

/* The first thing that went wrong; `code` SHK_OK while nothing has. */
struct xml_fault {
	enum shk_code code;
	struct xml_place place;
	char message[XML_MESSAGE_MAX];
};

enum xml_scan_state {
	XML_SCAN_TEXT,
	XML_SCAN_OPEN,	     /* behind `<` */
	XML_SCAN_TAG,	     /* in a start tag */
	XML_SCAN_QUOTED,     /* in an attribute value */
	XML_SCAN_END_TAG,    /* in an end tag */
	XML_SCAN_BANG,	     /* behind `<!` */
	XML_SCAN_COMMENT,    /* behind `<!-` */
	XML_SCAN_CDATA,	     /* behind `<![` */
	XML_SCAN_INSTRUCTION /* behind `<?` */
};

struct xml_scan {
	enum shk_code failure;	/* code of what is malformed */
	size_t item_max;	/* bytes between two children of the root */
	struct xml_place place; /* of the next character */
	struct xml_place tag;	/* of the last `<` */
	struct xml_fault fault;
	enum xml_scan_state state;
	char quote;	  /* that ends the attribute value */
	char before;	  /* previous byte */
	int run;	  /* bytes seen that end the construct */
	int depth;	  /* open elements */
	int attributes;	  /* of the tag being read */
	size_t item;	  /* bytes since the last boundary */
	bool rooted;	  /* a start tag was seen */
	bool first;	  /* nothing but a byte order mark was seen */
	bool declaration; /* reading the first instruction */
	char declared[XML_DECLARATION_MAX];
	size_t declared_size;
	unsigned char plain[256]; /* what each byte does not mean; scan.c */
	int utf8_need;		  /* continuation bytes to come */
	unsigned char utf8_least;
	unsigned char utf8_most;
	struct xml_place *tags; /* start tags not yet taken, in order */
	size_t tags_capacity;
	size_t tags_first;
	size_t tags_end;
};

/* `item_max` 0: no ceiling of its own. */
void xml_scan_init(
	struct xml_scan *scan, enum shk_code failure, size_t item_max);
void xml_scan_release(struct xml_scan *scan);

/* Look at `size` bytes; returns how many may be passed on. Fewer: `fault`. */
size_t xml_scan_bytes(struct xml_scan *scan, const char *data, size_t size);
/* The document ends here; may set `fault`. */
void xml_scan_finish(struct xml_scan *scan);

/* Place of the next start tag in document order; false when none is left. */
bool xml_scan_take(struct xml_scan *scan, struct xml_place *place);

/* Record a fault unless there is one. */
void xml_fault_set(struct xml_fault *fault, enum shk_code code,
	struct xml_place place, const char *format, ...) BASE_PRINTF(4, 5);

#endif
