/*
 * /upload: a file of records in, a table or a file of answers out. Asked with
 * a button for a file, the answer is that file, byte for byte what the command
 * writes; asked for the table, a page with the counts, the rows to correct and
 * the first rows, which repeats the file so that the other buttons work on it.
 */
#include "serve/upload.h"

#include <stdio.h>
#include <string.h>

#include "base/diag.h"

/* What the buttons ask for. */
static const struct upload_output {
	const char *name;
	enum shk_report_format format;
	const char *type;
	const char *download; /* how it is called when it is saved */
	bool proof; /* with steps, facts and every step of an answer */
} upload_outputs[] = {
	{ "table", SHK_REPORT_HTML, SERVE_HTML, "", false },
	{ "csv", SHK_REPORT_CSV, "text/csv; charset=utf-8",
		"shokan-results.csv", false },
	{ "json", SHK_REPORT_JSON, SERVE_LINES, "shokan-results.jsonl", false },
	{ "html", SHK_REPORT_HTML, SERVE_HTML, "shokan-report.html", true },
	{ "xlsx", SHK_REPORT_XLSX,
		"application/vnd.openxmlformats-officedocument."
		"spreadsheetml.sheet",
		"shokan-report.xlsx", false },
};

#define OUTPUTS (sizeof(upload_outputs) / sizeof(upload_outputs[0]))

/* One file being worked out. */
struct upload_run {
	struct serve_app *app;
	struct upload *upload;
	const struct upload_output *output;
	struct serve_pricer *pricer;
	shk_report *report;
	struct serve_records records;
	const shk_record *record; /* at hand */
	bool told;		  /* that it is wrong */
	struct upload_wrong wrong;
	struct page_shell shell; /* of the page, or for its language alone */
	shk_diag trouble; /* the file cannot be read on; code 0: it could */
	shk_diag *diag;
};

static enum shk_code upload_result(void *context, const shk_result *result)
{
	struct upload_run *run = context;

	if (shk_result_status(result) == SHK_ERROR && !run->told) {
		shk_diag why = { 0 };

		diag_set(&why, SHK_E_INPUT, "%s", shk_result_message(result));
		diag_place(&why, shk_record_path(run->record),
			shk_record_row(run->record), 0);
		upload_wrong_add(&run->shell, &run->wrong, &why);
		run->told = true;
	}
	return shk_report_result(run->report, result, run->diag);
}

static enum shk_code upload_record(struct upload_run *run, enum shk_code read,
	shk_record *record, const shk_diag *why)
{
	shk_pricer *pricer = run->pricer->pricer;

	run->record = record;
	run->told = read != SHK_OK;
	if (!read)
		return shk_pricer_price(
			pricer, record, upload_result, run, run->diag);
	upload_wrong_add(&run->shell, &run->wrong, why);
	return shk_pricer_refuse(
		pricer, record, why, upload_result, run, run->diag);
}

static enum shk_code upload_records(struct upload_run *run)
{
	enum shk_code code = SHK_OK;

	while (!code) {
		shk_record *record = NULL;
		shk_diag why = { 0 };
		enum shk_code read =
			serve_records_next(&run->records, &record, &why);

		if (read == SHK_END)
			break;
		if (read && !upload_is_row(read, record)) {
			if (!upload_is_fault(read)) {
				*run->diag = why;
				return read;
			}
			run->trouble = why;
			break;
		}
		code = upload_record(run, read, record, &why);
	}
	return code;
}

static enum shk_code upload_report(
	struct upload_run *run, struct serve_reply *reply)
{
	const struct serve_pricer *pricer = run->pricer;
	const struct serve_request *asked = &run->upload->asked;
	const char *decisions = serve_request_value(asked, "decision");
	const struct shk_snapshot_header header = {
		.engine = shk_version(),
		.rulebook = shk_rulebook_hash(run->app->rulebook),
		.revision = pricer->price.revision,
		.as_of = pricer->price.as_of,
		.decisions = decisions,
		.min_evidence = pricer->price.min_evidence,
		.policy = shk_pricer_policy(pricer->pricer),
	};
	const shk_report_options options = {
		.format = run->output->format,
		.language = asked->language,
		.steps = run->output->proof,
		.piece = run->output->download[0] ? SHK_PIECE_NONE
						  : SHK_PIECE_TABLE,
		.header = run->output->download[0] ? &header : NULL,
	};
	enum shk_code code = shk_report_new(
		&run->report, &options, serve_reply_sink(reply), run->diag);

	if (!code)
		code = upload_records(run);
	if (!code)
		code = shk_report_finish(run->report, run->diag);
	shk_report_free(run->report);
	if (!code || !reply->body.failed)
		return code;
	diag_clear(run->diag); /* the sink failed, for want of memory */
	return diag_memory(run->diag);
}

/* The whole of it into the body of `reply`. */
static enum shk_code upload_work(
	struct upload_run *run, struct serve_reply *reply)
{
	const struct serve_extras extras = { .steps = run->output->proof,
		.charts = run->output->proof,
		.facts = run->output->proof };
	const struct serve_request *asked = &run->upload->asked;
	enum shk_code code =
		serve_records_open(&run->records, run->app, asked, run->diag);

	if (!code)
		code = serve_pricer_take(
			&run->pricer, run->app, asked, extras, run->diag);
	if (!code)
		code = upload_report(run, reply);
	serve_pricer_give(run->app, run->pricer);
	serve_records_close(&run->records);
	if (!code && run->wrong.rows.failed)
		code = diag_memory(run->diag);
	return code;
}

static void upload_button(struct page_shell *shell, const char *format,
	const char *english, const char *japanese, bool first)
{
	buffer_format(shell->out, "<button name=\"format\" value=\"%s\"%s>",
		format, first ? "" : " class=\"second\"");
	upload_say(shell, english, japanese);
	buffer_text(shell->out, "</button>\n");
}

static void upload_buttons(struct page_shell *shell)
{
	upload_button(shell, "csv", "CSV", "CSV", false);
	upload_button(shell, "xlsx", "Excel", "Excel", false);
	upload_button(shell, "html", "Report (HTML)", "報告書（HTML）", false);
	upload_button(shell, "json", "JSON", "JSON", false);
}

static void upload_open_form(struct page_shell *shell, const char *class)
{
	buffer_format(shell->out,
		"<form method=\"post\" action=\"/upload\" "
		"enctype=\"multipart/form-data\"%s>\n"
		"<input type=\"hidden\" name=\"lang\" value=\"%s\">\n",
		class, shell->language == SHK_JAPANESE ? "ja" : "en");
}

static void upload_form(struct page_shell *shell, const struct serve_app *app)
{
	upload_open_form(shell, "");
	upload_fields(shell, app, true);
	buffer_text(shell->out, "<div class=\"buttons\">\n");
	upload_button(shell, "table", "Show the table", "表で見る", true);
	upload_buttons(shell);
	buffer_text(shell->out, "</div>\n");
	upload_element(shell, "p class=\"hint\"",
		"The table opens as a page; the others are saved as files. "
		"Nothing is kept by the server.",
		"「表で見る」はページを開き、ほかはファイルとして保存する。"
		"送られた内容をサーバーは保存しない。");
	buffer_text(shell->out, "</form>\n");
}

/* The other forms of the same answers. */
static void upload_take_files(
	struct page_shell *shell, const struct upload *upload)
{
	buffer_text(shell->out, "<div class=\"take\">\n");
	upload_element(shell, "h3", "The same answers as files",
		"同じ結果をファイルで");
	if (upload->asked.file.bytes.size > UPLOAD_AGAIN_MAX) {
		upload_element(shell, "p",
			"The file is too large for this page to repeat it: "
			"choose it again in the form below.",
			"ファイルが大きいため、下の欄でもう一度選んでください"
			"。");
	} else {
		upload_open_form(shell, " class=\"buttons\"");
		upload_hidden(shell, upload);
		upload_buttons(shell);
		buffer_text(shell->out, "</form>\n");
	}
	buffer_text(shell->out, "</div>\n");
}

/* The first line of the piece is the counts; what follows is the table. */
static void upload_answer(struct page_shell *shell,
	const struct upload_run *run, const struct buffer *piece)
{
	const char *end =
		piece->size ? memchr(piece->data, '\n', piece->size) : NULL;
	size_t counts = end ? (size_t)(end - piece->data) + 1 : 0;

	buffer_text(shell->out, "<section id=\"answer\" tabindex=\"-1\">\n");
	upload_element(shell, "h2", "Answers", "結果");
	buffer_add(shell->out, piece->data, counts);
	upload_wrong_write(shell, &run->wrong);
	if (!run->trouble.code)
		upload_take_files(shell, run->upload);
	upload_element(shell, "h3", "Row by row", "行ごとの結果");
	buffer_add(shell->out, piece->data + counts, piece->size - counts);
	buffer_text(shell->out, "</section>\n");
}

static void upload_page(struct upload_run *run,
	const struct serve_request *request, struct serve_reply *reply,
	const struct buffer *piece)
{
	bool japanese = request->language == SHK_JAPANESE;
	struct page_shell *shell = &run->shell;

	page_shell_begin(shell, request, reply,
		japanese ? "ファイルで計算" : "Upload a file", piece != NULL);
	upload_element(shell, "h1", "A file of products, answered row by row",
		"製品の一覧をファイルで計算する");
	upload_element(shell, "p class=\"question\"",
		"Send a table of products, a row each, and see what is paid "
		"for each of them, what is missing, and which rows are wrong.",
		"製品を1行に1件並べた表を送ると、それぞれの償還の結果、不足して"
		"いる事実、誤りのある行が分かります。");
	if (run->trouble.code) {
		upload_problem(shell, &run->trouble);
		reply->status = run->trouble.code == SHK_E_LIMIT
					? STATUS_TOO_LARGE
					: STATUS_BAD_REQUEST;
	}
	buffer_text(shell->out, "<div class=\"answers\">\n");
	if (piece)
		upload_answer(shell, run, piece);
	buffer_text(shell->out, "<section>\n");
	if (piece)
		upload_element(
			shell, "h2", "Another file", "別のファイルを計算する");
	upload_form(shell, run->app);
	buffer_text(shell->out, "</section></div>\n");
	page_shell_end(shell);
}

static enum shk_code upload_table(
	struct upload_run *run, struct serve_reply *reply)
{
	struct serve_reply piece;
	enum shk_code code;

	serve_reply_init(&piece);
	code = upload_work(run, &piece);
	if (code && upload_is_fault(code))
		run->trouble = *run->diag;
	if (!code || upload_is_fault(code))
		upload_page(run, run->upload->request, reply,
			code ? NULL : &piece.body);
	serve_reply_release(&piece);
	return upload_is_fault(code) ? SHK_OK : code;
}

static enum shk_code upload_file(
	struct upload_run *run, struct serve_reply *reply)
{
	enum shk_code code = upload_work(run, reply);

	if (!code && run->trouble.code) {
		*run->diag = run->trouble;
		return run->trouble.code;
	}
	reply->type = run->output->type;
	snprintf(reply->download, sizeof(reply->download), "%s",
		run->output->download);
	return code;
}

static enum shk_code upload_choose(struct upload_run *run, shk_diag *diag)
{
	const char *given = serve_request_value(&run->upload->asked, "format");

	run->output = upload_outputs;
	for (size_t i = 0; given && i < OUTPUTS; i++)
		if (strcmp(upload_outputs[i].name, given) == 0) {
			run->output = &upload_outputs[i];
			return SHK_OK;
		}
	if (!given)
		return SHK_OK;
	diag_set(diag, SHK_E_USAGE, "must be table, csv, json, html or xlsx");
	diag_field(diag, "format");
	return SHK_E_USAGE;
}

static enum shk_code upload_post(
	struct upload_run *run, struct serve_reply *reply, shk_diag *diag)
{
	static const char *const known[] = { "revision", "as_of", "decision",
		"lang", "min_evidence", "input_format", "encoding", "sheet",
		"format", NULL };
	enum shk_code code = upload_choose(run, diag);

	if (!code)
		code = serve_names_check(&run->upload->asked, known, diag);
	if (!code && !run->upload->asked.file.bytes.data)
		code = diag_set(diag, SHK_E_USAGE,
			"no file was chosen; choose one with a row a product");
	if (code) {
		run->trouble = *diag;
		upload_page(run, run->upload->request, reply, NULL);
		return SHK_OK;
	}
	return run->output->download[0] ? upload_file(run, reply)
					: upload_table(run, reply);
}

enum shk_code serve_upload(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag)
{
	struct upload upload;
	struct upload_run run = { .app = app,
		.upload = &upload,
		.diag = diag,
		.shell = { .language = request->language } };
	enum shk_code code = upload_take(&upload, request, diag);

	buffer_init(&run.wrong.rows);
	if (code && upload_is_fault(code))
		run.trouble = *diag;
	if (request->method == SERVE_GET || run.trouble.code) {
		upload_page(&run, request, reply, NULL);
		code = SHK_OK;
	} else if (!code) {
		code = upload_post(&run, reply, diag);
	}
	buffer_release(&run.wrong.rows);
	upload_release(&upload);
	return code;
}
