/*
 * More facts decide an answer than are named: the list says that there are
 * more.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "price/made_book.h"
#include "price/pricing.h"

static struct made_book made;

static void init(void)
{
	made_init(&made);
}

static void release(void)
{
	made_release(&made);
}

TestSuite(missing_limit, .init = init, .fini = release, .timeout = 60);

/* The number of flags that hold: each of them decides. */
static void put_flags(size_t count)
{
	struct buffer *out = &made.models[0];
	char name[32];

	for (size_t i = 0; i < count; i++) {
		snprintf(name, sizeof(name), "f%zu", i);
		made_fact(&made, name, "bool", "boolean");
	}
	buffer_text(out, "<decision id=\"d_out\" name=\"out\"><variable "
			 "name=\"out\" typeRef=\"Any\"/>");
	for (size_t i = 0; i < count; i++)
		buffer_format(out,
			"<informationRequirement><requiredInput "
			"href=\"#i_f%zu\"/></informationRequirement>",
			i);
	buffer_text(out, "<literalExpression><text>0");
	for (size_t i = 0; i < count; i++)
		buffer_format(out, " + (if f%zu then %zu else 0)", i, i + 1);
	buffer_text(out, "</text></literalExpression></decision>\n");
	buffer_text(&made.models[1],
		"<decision id=\"d_out\" name=\"out\"><variable name=\"out\" "
		"typeRef=\"Any\"/><literalExpression><text>1</text>"
		"</literalExpression></decision>\n");
}

static enum shk_code keep(void *context, const shk_result *result)
{
	struct buffer *out = context;
	const char *name;
	bool alone;

	buffer_clear(out);
	for (size_t i = 0; shk_result_missing(result, i, &name, &alone); i++)
		buffer_format(out, "%s;", name);
	return SHK_OK;
}

static size_t names(const char *text)
{
	size_t count = 0;

	for (; (text = strchr(text, ';')) != NULL; text++)
		count++;
	return count;
}

Test(missing_limit, names)
{
	for (size_t more = 0; more < 2; more++) {
		struct pricing pricing;
		shk_pricer *pricer;
		struct buffer out;
		shk_diag diag = { 0 };

		buffer_init(&out);
		put_flags(MISSING_MAX + more);
		pricing_open(&pricing, made_write(&made));
		pricing.options.revision = "r1";
		pricing.decision = "out";
		pricer = pricing_pricer(&pricing, "");
		cr_assert_eq(
			shk_pricer_price(pricer, pricing_record(&pricing, ""),
				keep, &out, &diag),
			SHK_OK, "%s", diag.message);
		cr_expect_eq(
			names(out.data), MISSING_MAX + more, "%s", out.data);
		cr_expect_eq(strstr(out.data, ";...;") != NULL, more != 0, "%s",
			out.data);
		shk_pricer_free(pricer);
		pricing_close(&pricing);
		buffer_release(&out);
		release();
		init();
	}
}
