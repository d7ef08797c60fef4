/*
 * Policy parameters: what may be set, what is refused, how it is echoed.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "rulebook/rulebook.h"
#include "rulebook/shelf.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static void set(shk_policy *policy, const char *name, const char *value)
{
	shk_diag diag = { 0 };

	cr_assert_eq(shk_policy_set(policy, name, value, &diag), SHK_OK,
		"%s=%s: %s", name, value, diag.message);
}

Test(policy, is_echoed_in_the_order_of_the_book)
{
	shk_rulebook *book = shelf_load(GOOD_BOOK);
	shk_policy *policy;
	shk_diag diag = { 0 };
	struct buffer out;

	cr_assert_eq(shk_policy_new(&policy, book, &diag), SHK_OK);
	buffer_init(&out);
	policy_print(policy, &out);
	cr_expect_str_eq(out.data, "{}");
	buffer_clear(&out);
	set(policy, "mode", "up");
	cr_assert_eq(policy_set(policy, text_of("limit"), text_of("12.50"),
			     "board \"A\"\n", &diag),
		SHK_OK);
	policy_print(policy, &out);
	cr_expect_str_eq(out.data, "{\"limit\":{\"value\":12.5,\"note\":"
				   "\"board \\\"A\\\"\\u000a\"},"
				   "\"mode\":\"up\"}");
	buffer_release(&out);
	shk_policy_free(policy);
	shk_rulebook_free(book);
}

Test(policy, domains_are_kept)
{
	static const char *const good[][2] = { { "limit", "0.01" },
		{ "limit", "100" }, { "mode", "up" }, { "mode", "down" } };
	static const struct {
		const char *name, *value, *reason, *field, *message;
	} bad[] = {
		{ "limit", "0", "bad_domain", "limit",
			"policy parameter limit: \"0\" is outside its domain: "
			"0 "
			"< value <= 100" },
		{ "limit", "100.01", "bad_domain", "limit",
			"policy parameter limit: \"100.01\" is outside its "
			"domain: 0 < value <= 100" },
		{ "limit", "60%", "bad_value", "limit",
			"policy parameter limit: \"60%\" is not a decimal "
			"number such as 60 or 12.5" },
		{ "limit", "", "bad_value", "limit",
			"policy parameter limit: \"\" is not a decimal number "
			"such as 60 or 12.5" },
		{ "mode", "sideways", "bad_value", "mode",
			"policy parameter mode: \"sideways\" is not one of up, "
			"down" },
		{ "limt", "5", "unknown_field", "",
			"there is no policy parameter \"limt\"; did you mean "
			"\"limit\"?" },
		{ "zzzzzzzz", "5", "unknown_field", "",
			"there is no policy parameter \"zzzzzzzz\"" },
		/* cut between letters: 40 bytes are 13 letters and a third */
		{ "mode", "ああああああああああああああああ", "bad_value",
			"mode",
			"policy parameter mode: "
			"\"ああああああああああああああ\" "
			"is not one of up, down" },
	};
	shk_rulebook *book = shelf_load(GOOD_BOOK);
	shk_policy *policy;
	shk_diag diag = { 0 };

	cr_assert_eq(shk_policy_new(&policy, book, &diag), SHK_OK);
	for (size_t i = 0; i < COUNT(good); i++)
		set(policy, good[i][0], good[i][1]);
	for (size_t i = 0; i < COUNT(bad); i++) {
		memset(&diag, 0, sizeof(diag));
		cr_expect_eq(shk_policy_set(
				     policy, bad[i].name, bad[i].value, &diag),
			SHK_E_RULES, "%s=%s", bad[i].name, bad[i].value);
		cr_expect_str_eq(diag.message, bad[i].message);
		cr_expect_str_eq(diag.reason, bad[i].reason);
		cr_expect_str_eq(diag.field, bad[i].field);
	}
	/* what was refused has changed nothing */
	cr_expect_eq(num_compare(policy->entries[0].value.u.number,
			     num_from_int(100)),
		0);
	shk_policy_free(policy);
	shk_rulebook_free(book);
}

Test(policy, bounds_on_one_side_and_booleans)
{
	shk_rulebook *book;
	shk_policy *policy;
	shk_diag diag = { 0 };

	shelf_open();
	shelf_edit("rulebook.xml", "low=\"0\" low-open=\"true\" high", "high");
	shelf_edit("rulebook.xml", "<candidates",
		"<parameter name=\"yes\" type=\"boolean\"/><parameter "
		"name=\"least\" type=\"number\" low=\"2\"/><candidates");
	book = shelf_load(shelf_folder());
	cr_assert_eq(shk_policy_new(&policy, book, &diag), SHK_OK);
	set(policy, "limit", "-7");
	set(policy, "least", "2");
	set(policy, "yes", "true");
	cr_expect_eq(
		shk_policy_set(policy, "limit", "101", &diag), SHK_E_RULES);
	cr_expect(strstr(diag.message, "domain: value <= 100"), "%s",
		diag.message);
	memset(&diag, 0, sizeof(diag));
	cr_expect_eq(
		shk_policy_set(policy, "least", "1.9", &diag), SHK_E_RULES);
	cr_expect(
		strstr(diag.message, "domain: 2 <= value"), "%s", diag.message);
	memset(&diag, 0, sizeof(diag));
	cr_expect_eq(
		shk_policy_set(policy, "yes", "maybe", &diag), SHK_E_RULES);
	cr_expect(strstr(diag.message, "must be true or false"), "%s",
		diag.message);
	shk_policy_free(policy);
	shk_rulebook_free(book);
	shelf_close();
}
