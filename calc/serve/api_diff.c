/*
 * /api/v1/diff: what changed in the law between two revisions. It depends on
 * the book alone, so what was worked out once is told again.
 */
#include "base/diag.h"
#include "serve/api.h"
#include "serve/given.h"
#include "serve/memo.h"

static enum shk_code diff_missing(const char *name, shk_diag *diag)
{
	diag_set(diag, SHK_E_USAGE, "is missing: a revision, such as %s",
		name[0] == 'b' ? "r6" : "r8");
	diag_field(diag, name);
	return SHK_E_USAGE;
}

static void diff_key(struct buffer *key, const struct serve_request *request,
	const shk_diff_options *options)
{
	buffer_format(key, "diff\n%d\n%s\n%s", (int)request->language,
		options->before, options->after);
	for (size_t i = 0; i < options->decision_count; i++)
		buffer_format(key, "\n%s", options->decisions[i]);
}

static enum shk_code diff_make(struct serve_app *app,
	const struct serve_request *request, const shk_diff_options *options,
	struct serve_reply *reply, shk_diag *diag)
{
	shk_diff *diff = NULL;
	enum shk_code code =
		shk_diff_new(&diff, app->rulebook, app->schema, options, diag);

	if (!code)
		code = shk_diff_write(diff, SHK_DIFF_JSON, request->language,
			NULL, 0, 0, serve_reply_sink(reply), diag);
	shk_diff_free(diff);
	return code;
}

/* From what is kept, or worked out and then kept. */
static enum shk_code diff_answer(struct serve_app *app,
	const struct serve_request *request, const shk_diff_options *options,
	struct serve_reply *reply, shk_diag *diag)
{
	enum shk_code code = SHK_OK;
	struct buffer key;

	buffer_init(&key);
	diff_key(&key, request, options);
	if (key.failed) {
		code = diag_memory(diag);
	} else if (!serve_memo_find(app->memo, key.data, &reply->body)) {
		code = diff_make(app, request, options, reply, diag);
		if (!code)
			serve_memo_keep(app->memo, key.data, reply->body.data,
				reply->body.size);
	}
	buffer_release(&key);
	return code;
}

enum shk_code serve_api_diff(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag)
{
	static const char *const known[] = { "before", "after", "decision",
		"lang", NULL };
	shk_diff_options options = {
		.before = serve_request_value(request, "before"),
		.after = serve_request_value(request, "after"),
		.milliseconds = SERVE_TIME_MAX,
	};
	struct serve_names names = { NULL, 0 };
	struct arena arena;
	enum shk_code code = serve_names_check(request, known, diag);

	arena_init(&arena);
	if (!code && !options.before)
		code = diff_missing("before", diag);
	if (!code && !options.after)
		code = diff_missing("after", diag);
	if (!code)
		code = serve_decisions(&names, &arena, request, diag);
	options.decisions = names.count > 0 ? names.items : NULL;
	options.decision_count = names.count;
	if (!code)
		code = diff_answer(app, request, &options, reply, diag);
	arena_release(&arena);
	reply->type = SERVE_JSON;
	return code;
}
