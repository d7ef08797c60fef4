/*
 * Values of an answer as text, one inside another.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "inquiry/diff_show.h"

/* 31 lists around a number are shown; around one more list are dots. */
Test(diff_show, nesting_ceiling)
{
	for (size_t more = 0; more < 2; more++) {
		struct price_value chain[33];
		size_t lists = 31 + more;
		struct buffer out;

		memset(chain, 0, sizeof(chain));
		for (size_t i = 0; i < lists; i++)
			chain[i] = (struct price_value){ .kind = PRICE_LIST,
				.count = 1,
				.items = &chain[i + 1] };
		chain[lists] = (struct price_value){ .kind = PRICE_NUMBER };
		chain[lists].u.number = num_from_int(7);
		buffer_init(&out);
		diff_show_value(&out, &chain[0]);
		cr_expect_eq(strspn(out.data, "["), lists, "%s", out.data);
		cr_expect_str_eq(out.data + lists,
			more ? "...]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
			     : "7]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]");
		buffer_release(&out);
	}
}
