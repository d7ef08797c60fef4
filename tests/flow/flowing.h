/*
 * Help for the tests of the flow: a file through it with a number of threads
 * and a size of parts, and all that came out as one text.
 */
#ifndef TESTS_FLOW_FLOWING_H
#define TESTS_FLOW_FLOWING_H

#include <shokan/flow.h>

#include "base/buffer.h"

struct flowing {
	shk_rulebook *book;
	shk_schema *schema;
	enum shk_report_format format;
	const char *const *paths; /* in place of the one path; or NULL */
	size_t path_count;
	shk_read_options read;
	shk_flow_set set; /* name NULL: none */
	bool lone; /* one report, and no known facts told: rows need no record */
	bool anew;		    /* nothing is remembered */
	bool steps;		    /* of each answer, in its report */
	bool all;		    /* every decision that a record asks for */
	const char *const *columns; /* of CSV; NULL: all */
	size_t column_count;
	size_t report_count; /* 0: two */
	bool deaf; /* results, and what is told of records, are not kept */
	uint64_t starve; /* this allocation fails, and all after it; 0: none */
	bool fails;	 /* the sink does, at its third call */
	/* of the last run */
	struct buffer out;  /* with what was told, in its place, as [...] */
	struct buffer feed; /* of a second report, snapshot lines */
	size_t calls;
	uint64_t marks;
	uint64_t stop_at; /* mark at which the caller ends; 0: none */
	shk_flow_totals totals;
	enum shk_code code;
};

void flowing_open(struct flowing *flowing);
void flowing_close(struct flowing *flowing);
/* The text stays valid until the next call. */
const char *flowing_run(struct flowing *flowing, const char *path,
	unsigned jobs, size_t part_size, uint64_t skip);
/* Write `text` into a file of that ending; its path until the next call. */
const char *flowing_file(const char *ending, const char *text, size_t size);

#endif
