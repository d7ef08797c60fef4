/*
 * Numbers of legal text and of FEEL: what is one, its value, what it bounds.
 * The phrases are of the law and of other laws; the values are by hand.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "rulebook/numeral.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

/* "1000<; 1.1; 2026-06-01": the numbers with their bounds. */
static void print(struct numeral *list, size_t count, char *out, size_t size)
{
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < count; i++) {
		char value[NUM_TEXT_MAX];
		char other[NUM_TEXT_MAX] = "";

		if (list[i].is_date)
			date_format(list[i].day, value);
		else
			num_format(list[i].value, value, sizeof(value));
		if (list[i].has_other) {
			other[0] = '|';
			num_format(list[i].other, other + 1, sizeof(other) - 1);
		}
		used += (size_t)snprintf(out + used, size - used, "%s%s%s%s",
			i ? "; " : "", value, other,
			numeral_sign(list[i].bound));
	}
}

struct row {
	const char *text;
	const char *wanted;
};

static const struct row law[] = {
	{ "", "" },
	{ "想定される年間検査回数", "" },
	{ "200回以上400回未満", "200>=; 400<" },
	{ "800回以上1,000回未満\t110/100", "800>=; 1000<; 1.1" },
	{ "１，０００回以下", "1000<=" },
	{ "年間検査回数が1000回未満であるもの", "1000<" },
	{ "30万円以上", "300000>=" },
	{ "三十万円以上", "300000>=" },
	{ "１億５千万円を超える", "150000000>" },
	{ "1.5億円", "150000000" },
	{ "百五十億円以下", "15000000000<=" },
	{ "二〇二六年", "2026" },
	{ "百分の百十", "1.1" },
	{ "100分の110", "1.1" },
	{ "二分の一", "0.5" },
	{ "１０分の２", "0.2" },
	{ "15%", "0.15|15" },
	{ "５％", "0.05|5" },
	{ "7.8 %", "0.078|7.8" },
	{ "2割", "0.2|20" },
	{ "二割五分", "0.25|25" },
	{ "1.5倍", "1.5" },
	{ "上位2社", "2" },
	{ "令和８年６月１日から適用", "2026-06-01" },
	{ "令和元年10月1日", "2019-10-01" },
	{ "平成31年4月1日～令和9年3月31日まで", "2019-04-01; 2027-03-31" },
	{ "2026年6月1日", "2026-06-01" },
	{ "昭和六十四年一月七日", "1989-01-07" },
	{ "2019-10-01", "2019-10-01" },
	{ "令和 6 年度", "2024" },
	{ "令和 8 年 6 月 1 日", "2026-06-01" },
	{ "令和8年2月30日", "2026; 2; 30" },
	{ "第77条の2第1項", "" },
	{ "同一の機能区分、十分に、一定幅、三段表", "" },
	{ "S043, v2, R4, a_1", "" },
	{ "取得価格の15%", "0.15|15" },
	{ "> 2.5 times, >= 80 %, < 3, <= 0", "2.5>; 0.8|80>=; 3<; 0<=" },
	{ "材料価格を10円で除して得た点数", "10" },
	{ "一万二千三百四十五円", "12345" },
	{ "千円未満", "1000<" },
	{ "3社より小さい", "3<" },
	{ "1,0000", "1; 0" },
	{ "12345678901234567890123456789012345678901", "" },
};

static const struct row feel[] = {
	{ "-", "" },
	{ ">= 1000", "1000>=" },
	{ "[200..400)", "200>=; 400<" },
	{ "(0..1]", "0>; 1<=" },
	{ "]0..1[", "0>; 1<" },
	{ "110/100", "1.1" },
	{ "x * 15/100", "0.15" },
	{ "x / 100 * 5", "100; 5" },
	{ "indication_aid and annual_tests < 1000", "1000<" },
	{ "1000 > annual_tests", "1000<" },
	{ "a * 100 >= b * 80", "100<=; 80>=" },
	{ "count(x) >= 2 and x[1].price > 2.5 * x[-1].price",
		"2>=; 1<; 2.5>; 1>" },
	{ "if a < 3 then 1 else 2", "3<; 1; 2" },
	{ "\"round3\", \"c1\", c1, top2", "" },
	{ "date(\"2026-06-01\")", "2026-06-01" },
	{ "@\"2026-06-01\" <= day", "2026-06-01>=" },
	{ "1 // 2\n+ 3 /* 4 */", "1; 3" },
	{ "x = 10", "10" },
	{ "for n in 1..count(x) return n + 1", "1; 1" },
	{ "max(0.5, .25)", "0.5; 0.25" },
};

Test(numeral, of_legal_text)
{
	for (size_t i = 0; i < COUNT(law); i++) {
		struct numeral list[16];
		char printed[512];
		size_t count = numeral_read(text_of(law[i].text), list, 16);

		print(list, count, printed, sizeof(printed));
		cr_expect_str_eq(
			printed, law[i].wanted, "%s: %s", law[i].text, printed);
	}
}

Test(numeral, of_feel)
{
	for (size_t i = 0; i < COUNT(feel); i++) {
		struct numeral list[16];
		char printed[512];
		size_t count =
			numeral_read_feel(text_of(feel[i].text), list, 16);

		print(list, count, printed, sizeof(printed));
		cr_expect_str_eq(printed, feel[i].wanted, "%s: %s",
			feel[i].text, printed);
	}
}

/* More than fit are counted and not written. */
Test(numeral, counts_what_does_not_fit)
{
	struct numeral list[2];

	list[1].size = 77;
	cr_expect_eq(numeral_read(text_of("1, 2, 3円"), list, 1), 3u);
	cr_expect_eq(numeral_read_feel(text_of("1, 2/4, [3..4]"), list, 1), 5u);
	cr_expect_eq(list[1].size, 77u);
}

Test(numeral, text_cut_anywhere_is_read)
{
	static const char text[] = "令和８年６月１日、第２項の２０万円以上";
	struct numeral list[16];

	for (size_t i = 0; i < sizeof(text); i++) {
		char *cut = memcpy(malloc(i + 1), text, i);

		numeral_read((struct text){ cut, i }, list, 16);
		numeral_read_feel((struct text){ cut, i }, list, 16);
		free(cut);
	}
}

Test(numeral, the_other_side_and_back)
{
	for (int i = NUMERAL_FREE; i < NUMERAL_BOUNDS; i++) {
		enum numeral_bound bound = (enum numeral_bound)i;

		cr_expect_eq(numeral_complement(numeral_complement(bound)),
			bound, "%d", i);
		cr_expect_eq(numeral_agrees(bound, numeral_complement(bound)),
			bound == NUMERAL_FREE, "%d", i);
	}
}
