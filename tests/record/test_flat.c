/*
 * Flat files of settings: how many names one has, in JSON and in XML. What
 * else is wrong with one is tested through policy files.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "record/flat.h"

static enum shk_code read_text(const char *ending, const struct buffer *text,
	struct flat *flat, shk_diag *diag)
{
	struct arena arena;
	enum shk_code code;
	char path[64];
	FILE *file;

	snprintf(path, sizeof(path), "/tmp/shokan-flat-%d%s", (int)getpid(),
		ending);
	file = fopen(path, "wb");
	cr_assert_not_null(file);
	fwrite(text->data, 1, text->size, file);
	fclose(file);
	arena_init(&arena);
	memset(flat, 0, sizeof(*flat));
	code = flat_read(&arena, path, "policy", flat, diag);
	arena_release(&arena);
	unlink(path);
	return code;
}

Test(flat, names_have_a_ceiling)
{
	static const char *const forms[][3] = {
		{ ".json", "{\"n\":1", "}" },
		{ ".xml", "<policy><n>1</n>", "</policy>" },
	};
	struct flat flat;
	struct buffer text;

	buffer_init(&text);
	for (size_t form = 0; form < 2; form++) {
		for (int past = 0; past < 2; past++) {
			shk_diag diag = { 0 };
			enum shk_code code;

			buffer_clear(&text);
			buffer_text(&text, forms[form][1]);
			for (int i = 1; i < FLAT_PAIRS_MAX + past; i++) {
				if (form == 0)
					buffer_format(&text, ",\"n%d\":1", i);
				else
					buffer_format(
						&text, "<n%d>1</n%d>", i, i);
			}
			buffer_text(&text, forms[form][2]);
			code = read_text(forms[form][0], &text, &flat, &diag);
			cr_expect_eq(code, past ? SHK_E_LIMIT : SHK_OK, "%s",
				diag.message);
			cr_expect_eq(flat.count, FLAT_PAIRS_MAX);
			if (past)
				cr_expect_not_null(
					strstr(diag.message, "more than 256 "
							     "names"),
					"%s", diag.message);
		}
	}
	buffer_release(&text);
}
