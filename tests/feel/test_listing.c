/*
 * The listing of programs: offsets, names, decoded operands.
 */
#include "feel/feel_run.h"

Test(listing, one_line_an_instruction)
{
	static const char *const rows[][2] = {
		{ "a + 1", "0000  LOAD_SLOT     a\n"
			   "0001  CONST         1\n"
			   "0002  ADD\n"
			   "0003  RETURN\n" },
		{ "if a then b else \"n\"", "0000  LOAD_SLOT     a\n"
					    "0001  BRANCH        -> 0004\n"
					    "0002  LOAD_SLOT     b\n"
					    "0003  THEN          -> 0006\n"
					    "0004  CONST         \"n\"\n"
					    "0005  ELSE\n"
					    "0006  RETURN\n" },
		{ "{x: a, y: x}.y", "0000  LOAD_SLOT     a\n"
				    "0001  KEEP          #1\n"
				    "0002  LOCAL         #1\n"
				    "0003  KEEP          #2\n"
				    "0004  CONTEXT       x, y\n"
				    "0005  PATH          y\n"
				    "0006  RETURN\n" },
		{ "b[p > 1]", "0000  GATHER        3\n"
			      "0001  LOAD_SLOT     b\n"
			      "0002  ITER\n"
			      "0003  NEXT          -> 0013  #1\n"
			      "0005  IN_ITEM       -> 0009  #1  p\n"
			      "0008  CONST         null\n"
			      "0009  CONST         1\n"
			      "0010  GT\n"
			      "0011  YIELD\n"
			      "0012  JUMP          -> 0003\n"
			      "0013  GATHERED\n"
			      "0014  RETURN\n" },
		{ "function(x) x", "0000  FUNCTION      at 0002\n"
				   "0001  RETURN\n"
				   "0002  LOCAL         #0\n"
				   "0003  RETURN\n" },
	};
	struct kit kit;

	kit_init(&kit);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buffer buffer;
		const struct feel_program *program =
			kit_compile(&kit, rows[i][0]);

		cr_assert(program, "%s: %s", rows[i][0], kit.diag.message);
		buffer_init(&buffer);
		feel_list_program(program, kit_globals(), &buffer);
		cr_expect_str_eq(buffer.data, rows[i][1], "%s:\n%s", rows[i][0],
			buffer.data);
		buffer_release(&buffer);
	}
	kit_release(&kit);
}
