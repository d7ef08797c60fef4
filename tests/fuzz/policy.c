/*
 * Any bytes as a policy file. One that is accepted is told by a pricer in one
 * form only, and that form read again is told as the same.
 */
#include <shokan/price.h>

#include <stdlib.h>
#include <string.h>

#include "fuzz/law.h"
#include "fuzz/scratch.h"
#include "fuzz/target.h"

static const struct law *law;

/* What a pricer tells of the policy; caller frees. */
static char *told(const shk_policy *policy)
{
	const shk_price_options options = { .policy = policy };
	shk_pricer *pricer = NULL;
	shk_diag diag = { 0 };
	char *copy;

	if (shk_pricer_new(&pricer, law->book, law->schema, &options, &diag) !=
		SHK_OK)
		fuzz_fail("no pricer: %s", diag.message);
	copy = strdup(shk_pricer_policy(pricer));
	shk_pricer_free(pricer);
	return copy;
}

static shk_policy *policy_new(void)
{
	shk_policy *policy = NULL;
	shk_diag diag = { 0 };

	if (shk_policy_new(&policy, law->book, &diag) != SHK_OK)
		fuzz_fail("no policy: %s", diag.message);
	return policy;
}

static void read_again(const char *text)
{
	shk_policy *policy = policy_new();
	shk_diag diag = { 0 };
	char *again;

	if (shk_policy_read_text(policy, "again", text, strlen(text), &diag) !=
		SHK_OK)
		fuzz_fail("%s is refused: %s", text, diag.message);
	again = told(policy);
	if (strcmp(text, again) != 0)
		fuzz_fail("%s became %s", text, again);
	free(again);
	shk_policy_free(policy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	shk_policy *of_file, *of_text;
	shk_diag diag = { 0 };
	enum shk_code code;

	law = law_get();
	of_file = policy_new();
	of_text = policy_new();
	scratch_write(data, size);
	code = shk_policy_read(of_file, scratch_path(), &diag);
	fuzz_check_code("shk_policy_read", code, &diag);
	if (!code) {
		char *text = told(of_file);

		read_again(text);
		free(text);
	}
	memset(&diag, 0, sizeof(diag));
	code = shk_policy_read_text(
		of_text, "text", (const char *)data, size, &diag);
	fuzz_check_code("shk_policy_read_text", code, &diag);
	shk_policy_free(of_text);
	shk_policy_free(of_file);
	return 0;
}
