/*
 * Reporting a solution: the format's writer into a buffer, the buffer into the
 * sink; and what the writers say alike of an end.
 */
#include "report/solution.h"
#include "report/values.h"

bool solution_end_open(const struct solution_end *end)
{
	return end->exact ? end->open : end->fraction[0] != '\0';
}

void solution_end_word(struct buffer *out, const struct solution_end *end,
	enum shk_language language)
{
	if (!end->exact && end->fraction[0])
		buffer_text(out, end->fraction);
	else
		values_words(out, &end->at, language);
}

enum shk_code shk_solution_report(const shk_solution *solution,
	enum shk_solution_format format, enum shk_language language,
	shk_sink sink, shk_diag *diag)
{
	struct buffer out;
	enum shk_code code = SHK_OK;

	buffer_init(&out);
	if (format == SHK_SOLUTION_JSON)
		solution_json(&out, solution);
	else if (format == SHK_SOLUTION_CSV)
		solution_csv(&out, solution);
	else
		solution_text(&out, solution, language);
	if (out.failed)
		code = diag_memory(diag);
	else if (!sink.write(sink.context, out.data, out.size))
		code = diag_set(diag, SHK_E_IO, "cannot write the report");
	buffer_release(&out);
	return code;
}
