/*
 * Another program that uses the engine and nothing else of this library: a
 * bank asks its own model for an offer, and how good three customers are.
 */
#include <stdio.h>

#include <shokan/dmn.h>

static bool print(void *context, const char *data, size_t size)
{
	return fwrite(data, 1, size, context) == size;
}

static int fail(const shk_diag *diag)
{
	fprintf(stderr, "%s:%ld: %s\n", diag->path, diag->line, diag->message);
	return 1;
}

int main(int argc, char **argv)
{
	static const char *const incomes[] = { "{\"income\": 4000}",
		"{\"income\": 1500}", "{\"income\": 900}" };
	const shk_sink out = { stdout, print };
	const char *path = argc > 1 ? argv[1] : "loan.dmn";
	shk_dmn *model;
	shk_dmn_session *session;
	shk_diag diag;
	int status = 0;

	if (shk_dmn_load(&model, &path, 1, &diag) != SHK_OK)
		return fail(&diag);
	if (shk_dmn_session_new(&session, model, &diag) != SHK_OK) {
		shk_dmn_free(model);
		return fail(&diag);
	}
	for (size_t i = 0; status == 0 && i < 3; i++) {
		shk_dmn_clear(session);
		if (shk_dmn_give_all(session, incomes[i], &diag) != SHK_OK ||
			shk_dmn_give(session, "debts",
				"[{monthly: 400}, {monthly: 0.5}]",
				&diag) != SHK_OK ||
			shk_dmn_give(session, "applied", "\"2026-01-31\"",
				&diag) != SHK_OK ||
			shk_dmn_evaluate(session, "grade", SHK_DMN_FEEL, out,
				&diag) != SHK_OK)
			status = fail(&diag);
		fputs(" ", stdout);
		if (status == 0 && shk_dmn_evaluate(session, "offer",
					   SHK_DMN_JSON, out, &diag) != SHK_OK)
			status = fail(&diag);
		fputs("\n", stdout);
	}
	shk_dmn_session_free(session);
	shk_dmn_free(model);
	return status;
}
