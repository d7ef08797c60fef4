/*
 * The table: columns, wrapping, notes and the counting line, in both
 * languages; colour only when asked for; never past 100 columns.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "base/text.h"
#include "report/sample.h"

/* clang-format off */
static const char english[] =
	"id            decision           status          values                   why                   ev.\n"
	"A1            rare disease       determined      coefficient 1.5          missing:              E0\n"
	"              coefficient                        points_exact 1852.5      points_rounding\n"
	"                                                 points ? 1852 or 1853    caveat: zero_tests\n"
	"B2            market price       undetermined    pattern ? 1 or 2 or not  missing:              E5!\n"
	"              above the price                    applicable               majority_share,\n"
	"              in force                                                    market_price\n"
	"                                                                          changes at\n"
	"                                                                          majority_share 60\n"
	"C3                               error           -                        annual_tests\n"
	"                                                                          \"8oo\" is not an\n"
	"                                                                          integer\n"
	"\n"
	"Where no date and no revision was given, the newest revision was taken: r8\n"
	"! = weaker than official text of the revision (E0, E1)\n"
	"3 results: 1 determined, 1 undetermined, 1 error\n";

static const char japanese[] =
	"id            判断               状態            値                       理由                  証拠\n"
	"A1            希少疾病等技術料   確定            coefficient 1.5          不足:                 E0\n"
	"              係数                               points_exact 1852.5      points_rounding\n"
	"                                                 points ? 1852 又は 1853  注意: zero_tests\n"
	"B2            市場実勢価格が償   未確定          pattern ? 1 又は 2 又は  不足:                 E5!\n"
	"              還価格を上回る機                   対象外                   majority_share,\n"
	"              能区分                                                      market_price\n"
	"                                                                          分岐点\n"
	"                                                                          majority_share 60\n"
	"C3                               エラー          -                        annual_tests\n"
	"                                                                          \"8oo\" is not an\n"
	"                                                                          integer\n"
	"\n"
	"基準日も改定も指定がないものは最新の改定によった: r8\n"
	"! = 当該改定の公式文書（E0、E1）より弱い根拠\n"
	"結果 3 件: 確定 1、未確定 1、エラー 1\n";
/* clang-format on */

static void render(struct buffer *out, enum shk_language language, bool colour)
{
	shk_result a = sample_determined(), b = sample_undetermined(),
		   c = sample_error();
	const shk_result *all[] = { &a, &b, &c };
	shk_report_options options = { .format = SHK_REPORT_TEXT,
		.language = language,
		.colour = colour,
		.assumed_newest = true };

	sample_write(out, &options, all, 3);
}

static void check(enum shk_language language, const char *expected)
{
	struct buffer out;

	buffer_init(&out);
	render(&out, language, false);
	cr_expect_str_eq(out.data, expected, "got:\n%s", out.data);
	buffer_release(&out);
}

Test(text, english)
{
	check(SHK_ENGLISH, english);
}

Test(text, japanese)
{
	check(SHK_JAPANESE, japanese);
}

/* Colour adds escape sequences and changes nothing else. */
Test(text, colour)
{
	struct buffer out, plain;

	buffer_init(&out);
	buffer_init(&plain);
	render(&out, SHK_ENGLISH, true);
	cr_expect(strstr(out.data, "\033[32mdetermined\033[0m    "));
	cr_expect(strstr(out.data, "\033[33mundetermined\033[0m  "));
	cr_expect(strstr(out.data, "\033[31merror\033[0m "));
	for (size_t i = 0; i < out.size; i++) {
		if (out.data[i] == '\033')
			i += strcspn(out.data + i, "m");
		else
			buffer_byte(&plain, out.data[i]);
	}
	cr_expect_str_eq(plain.data, english);
	buffer_release(&out);
	buffer_release(&plain);
}

/* No results at all, and one. */
Test(text, counts)
{
	static const struct {
		enum shk_language language;
		size_t count;
		const char *line;
	} rows[] = {
		{ SHK_ENGLISH, 0, "\n0 results\n" },
		{ SHK_ENGLISH, 1, "\n1 result: 1 determined\n" },
		{ SHK_JAPANESE, 0, "\n結果 0 件\n" },
		{ SHK_JAPANESE, 1, "\n結果 1 件: 確定 1\n" },
	};
	shk_result result = sample_determined();
	const shk_result *all[] = { &result };

	for (size_t i = 0; i < 4; i++) {
		shk_report_options options = { .format = SHK_REPORT_TEXT,
			.language = rows[i].language };
		size_t size = strlen(rows[i].line);
		struct buffer out;

		buffer_init(&out);
		sample_write(&out, &options, all, rows[i].count);
		cr_assert_geq(out.size, size);
		cr_expect_str_eq(out.data + out.size - size, rows[i].line,
			"row %zu: %s", i, out.data);
		buffer_release(&out);
	}
}

/* Five missing names are shown; of six, four and how many more. An open
   output is silent when the lead is open too. */
Test(text, shortened)
{
	struct price_missing missing[6];
	shk_result result = sample_undetermined();
	const shk_result *all[] = { &result };
	struct price_output outputs[2] = { result.outputs[0],
		result.outputs[0] };
	shk_report_options options = { .format = SHK_REPORT_TEXT };
	static const char *const names[] = { "a", "b", "c", "d", "e", "f" };
	struct buffer out;

	for (size_t i = 0; i < 6; i++)
		missing[i] = (struct price_missing){
			.name = names[i], .label_ja = "", .label_en = ""
		};
	outputs[1].name = "other_output";
	result.outputs = outputs;
	result.output_count = 2;
	result.missing = missing;
	result.missing_count = 5;
	buffer_init(&out);
	sample_write(&out, &options, all, 1);
	cr_expect(strstr(out.data, "missing: a, b, c, d,  E5!\n"), "%s",
		out.data);
	cr_expect(strstr(out.data, " e\n"), "%s", out.data);
	cr_expect_null(strstr(out.data, "other_output"));
	buffer_clear(&out);
	result.missing_count = 6;
	sample_write(&out, &options, all, 1);
	cr_expect(strstr(out.data, "missing: a, b, c, d   E5!\n"), "%s",
		out.data);
	cr_expect(strstr(out.data, " and 2 more\n"), "%s", out.data);
	buffer_release(&out);
}

/* Eight outcomes are shown; of nine, seven and how many more. */
Test(text, many_outcomes)
{
	struct price_outcome outcomes[9];
	shk_result result = sample_undetermined();
	const shk_result *all[] = { &result };
	struct price_output output = result.outputs[0];
	shk_report_options options = { .format = SHK_REPORT_TEXT };
	struct buffer out;
	char digit[2] = "1";

	for (size_t i = 0; i < 9; i++, digit[0]++)
		outcomes[i] = sample_outcome(sample_number(digit));
	output.outcomes = outcomes;
	output.outcome_count = 8;
	result.outputs = &output;
	result.output_count = 1;
	buffer_init(&out);
	sample_write(&out, &options, all, 1);
	cr_expect(strstr(out.data, " 8   "), "%s", out.data);
	cr_expect_null(strstr(out.data, "more"), "%s", out.data);
	buffer_clear(&out);
	output.outcome_count = 9;
	sample_write(&out, &options, all, 1);
	cr_expect_null(strstr(out.data, " 8 "), "%s", out.data);
	cr_expect(strstr(out.data, "2 more"), "%s", out.data);
	buffer_release(&out);
}

/* Whatever the data: no line passes 100 columns, no control character gets
   through, and every letter of the message is still there. */
Test(text, hostile_widths)
{
	static const char message[] =
		"希少疾病希少疾病希少疾病希少疾病希少疾病希少疾病"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa \033[2J";
	shk_result result = sample_error();
	const shk_result *all[] = { &result };
	size_t wide = 0;
	size_t narrow = 0;

	result.message = message;
	result.id = "0123456789012345678901234567890123456789";
	for (int format = 0; format < 2; format++) {
		shk_report_options options = {
			.format = format ? SHK_REPORT_EXPLAIN : SHK_REPORT_TEXT
		};
		struct buffer out;

		buffer_init(&out);
		sample_write(&out, &options, all, 1);
		cr_expect_null(strchr(out.data, '\033'));
		wide = narrow = 0;
		for (char *at = out.data; at && *at;) {
			size_t size = strcspn(at, "\n");

			cr_expect_leq(utf8_width(at, size), 100, "%.*s",
				(int)size, at);
			at += size + 1;
		}
		for (char *at = out.data; (at = strstr(at, "疾")); at++)
			wide++;
		for (char *at = strstr(out.data, "aa"); at && *at; at++)
			narrow += *at == 'a';
		cr_expect_eq(wide, 6);
		cr_expect_geq(narrow, 52);
		buffer_release(&out);
	}
}
