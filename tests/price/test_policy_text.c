/*
 * A policy from a text in memory: the same as from a file, all of it or
 * nothing.
 */
#include <criterion/criterion.h>

#include "price/pricing.h"

static enum shk_code give(shk_policy *policy, const char *text, shk_diag *diag)
{
	*diag = (shk_diag){ 0 };
	return shk_policy_read_text(
		policy, "my policy", text, strlen(text), diag);
}

static void expect(const shk_policy *policy, const char *expected)
{
	struct buffer out;

	buffer_init(&out);
	policy_print(policy, &out);
	cr_expect_str_eq(out.data, expected);
	buffer_release(&out);
}

Test(policy_text, all_or_nothing)
{
	static const struct {
		const char *text;
		enum shk_code code;
		const char *said;
	} bad[] = {
		{ "", SHK_E_RULES, "is empty" },
		{ "[]", SHK_E_RULES, "" },
		{ "{", SHK_E_RULES, "" },
		{ "{} {}", SHK_E_RULES, "" },
		{ "{\"majority_share\":50,\"no_such\":1}", SHK_E_RULES,
			"no_such" },
		{ "{\"majority_share\":\"\xFF\"}", SHK_E_RULES, "not JSON" },
	};
	struct pricing pricing;
	shk_policy *policy;
	shk_diag diag;

	pricing_open(&pricing, SOURCE_FOLDER "/rules");
	cr_assert_eq(shk_policy_new(&policy, pricing.book, &diag), SHK_OK);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		cr_expect_eq(give(policy, bad[i].text, &diag), bad[i].code,
			"%s", bad[i].text);
		cr_expect(strstr(diag.message, bad[i].said), "%s: %s",
			bad[i].text, diag.message);
		cr_expect_str_eq(diag.path, "my policy", "%s", bad[i].text);
		expect(policy, "{}");
	}
	cr_expect_eq(give(policy, "{\"majority_share\":50.5}\n", &diag), SHK_OK,
		"%s", diag.message);
	expect(policy, "{\"majority_share\":50.5}");
	shk_policy_free(policy);
	pricing_close(&pricing);
}
