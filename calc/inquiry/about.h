/*
 * What a question was asked about: the record, the decision and its output,
 * the rules. Texts live as long as the answer; "" where there is none.
 */
#ifndef INQUIRY_ABOUT_H
#define INQUIRY_ABOUT_H

struct inquiry_about {
	const char *id;
	const char *name;
	const char *decision;
	const char *label_ja;
	const char *label_en;
	const char *output;
	const char *output_ja;
	const char *output_en;
	const char *unit;
	const char *revision;
	const char *as_of;
	const char *rulebook;
	const char *policy;
	const char *reason; /* why there is nothing to find out, or "" */
};

#endif
