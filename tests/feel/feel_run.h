/*
 * Running FEEL text in tests: parsed, compiled, run on a machine whose global
 * slots are a, b, c, d (numbers or what a test sets) and printed.
 */
#ifndef TESTS_FEEL_RUN_H
#define TESTS_FEEL_RUN_H

#include <criterion/criterion.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "feel/interval.h"

#define KIT_SLOTS 8

struct kit {
	struct arena arena;
	struct feel_machine *machine;
	struct feel_host host;
	struct feel_value slots[KIT_SLOTS];
	const struct feel_program *programs[KIT_SLOTS];
	unsigned loads[KIT_SLOTS];
	struct buffer marks; /* "3 1 ": citations in order */
	struct buffer cuts;  /* "a=5 " */
	struct buffer steps; /* "row 2 ", "decimal 1.25 1 1.2 " */
	shk_diag diag;
};

const struct feel_globals *kit_globals(void);
const struct feel_names *kit_names(void);
void kit_init(struct kit *kit);
void kit_release(struct kit *kit);
/* Compile; NULL, with the diagnostic, when it fails. */
const struct feel_program *kit_compile(struct kit *kit, const char *source);
const struct feel_program *kit_compile_tests(
	struct kit *kit, const char *source);
const struct feel_program *kit_compile_node(
	struct kit *kit, const struct feel_node *node);
/* Parse and run; the result. A failure is told in `diag` and gives null. */
struct feel_value kit_value(struct kit *kit, const char *source);
/* The result as text, in the arena; "!" and the message when it failed. */
const char *kit_run(struct kit *kit, const char *source);
const char *kit_text(struct kit *kit, const struct feel_value *value);
/* Shape of a value: "1", "{1|2}", "[0..5)", "?", then reasons " <a,b>". */
const char *kit_shape(struct kit *kit, const struct feel_value *value);
/* Each row is an expression and the shape of its value, with slots as set. */
void kit_rows(void (*set_slots)(struct kit *kit), const char *const rows[][2],
	size_t count);

/* Unknown slots. */
void kit_unknown(struct kit *kit, unsigned slot);
void kit_interval(
	struct kit *kit, unsigned slot, const char *range, bool known_slot);
/* `list` is FEEL text of the choices: "[1, 2]". */
void kit_choice(struct kit *kit, unsigned slot, const char *list);

#endif
