/*
 * Built-ins on known values, by the examples of the DMN specification and
 * their borders.
 */
#include "feel/builtin.h"
#include "feel/feel_run.h"

static void check(const char *const rows[][2], size_t count)
{
	struct kit kit;

	kit_init(&kit);
	kit.slots[0] = feel_number(num_from_int(10));
	for (size_t i = 0; i < count; i++) {
		const char *got = kit_run(&kit, rows[i][0]);

		cr_expect_str_eq(got, rows[i][1], "%s\n  gives %s\n  not   %s",
			rows[i][0], got, rows[i][1]);
	}
	kit_release(&kit);
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))

Test(builtin, numbers)
{
	static const char *const rows[][2] = {
		{ "decimal(1/3, 2)", "0.33" },
		{ "decimal(1.5, 0)", "2" },
		{ "decimal(2.5, 0)", "2" },
		{ "decimal(1250, -2)", "1200" },
		{ "decimal(1/3, 2.5)", "0.33" },
		{ "decimal(null, 1)", "null" },
		{ "decimal(1, 7000)", "null" },
		{ "floor(1.5)", "1" },
		{ "floor(-1.56, 1)", "-1.6" },
		{ "ceiling(1.5)", "2" },
		{ "ceiling(-1.56, 1)", "-1.5" },
		{ "round up(5.5, 0)", "6" },
		{ "round up(-1.126, 2)", "-1.13" },
		{ "round down(5.5, 0)", "5" },
		{ "round down(-5.5, 0)", "-5" },
		{ "round half up(5.5, 0)", "6" },
		{ "round half up(-5.5, 0)", "-6" },
		{ "round half down(5.5, 0)", "5" },
		{ "round half down(-5.5, 0)", "-5" },
		{ "round half down(-5.51, 0)", "-6" },
		{ "abs(-10)", "10" },
		{ "abs(n: -1)", "1" },
		{ "abs(@\"-P1D\")", "@\"P1D\"" },
		{ "abs(@\"-P1Y\")", "@\"P1Y\"" },
		{ "abs(\"a\")", "null" },
		{ "modulo(12, 5)", "2" },
		{ "modulo(-12, 5)", "3" },
		{ "modulo(12, -5)", "-3" },
		{ "modulo(1, 0)", "null" },
		{ "sqrt(16)", "4" },
		{ "sqrt(-1)", "null" },
		{ "log(1)", "0" },
		{ "log(0)", "null" },
		{ "exp(0)", "1" },
		{ "odd(5)", "true" },
		{ "odd(-4)", "false" },
		{ "even(2)", "true" },
		{ "even(2.5)", "null" },
		{ "number(\"1 000,0\", \" \", \",\")", "1000" },
		{ "number(\"1,000.5\", \",\", \".\")", "1000.5" },
		{ "number(\"1.000,5\", \".\", \",\")", "1000.5" },
		{ "number(\"1.5\", \",\", \",\")", "null" },
		{ "number(\"1.5\")", "1.5" },
		{ "number(\"abc\")", "null" },
		{ "number(from: \"1,5\", decimal separator: \",\", grouping "
		  "separator: null)",
			"1.5" },
	};

	CHECK(rows);
}

Test(builtin, sums)
{
	static const char *const rows[][2] = {
		{ "min([1, 2, 3])", "1" },
		{ "min(3, 2, 1)", "1" },
		{ "max(\"a\", \"c\", \"b\")", "\"c\"" },
		{ "max(date(\"2024-01-01\"), date(\"2023-01-01\"))",
			"date(\"2024-01-01\")" },
		{ "min([])", "null" },
		{ "min([1, \"a\"])", "null" },
		{ "min([1, null])", "null" },
		{ "max(5)", "5" },
		{ "min(true, false)", "null" },
		{ "sum([1, 2, 3.5])", "6.5" },
		{ "sum(1, 2)", "3" },
		{ "sum([])", "null" },
		{ "sum([1, \"a\"])", "null" },
		{ "sum(null)", "null" },
		{ "product([2, 3, 4])", "24" },
		{ "mean([1, 2, 3, 4])", "2.5" },
		{ "mean([])", "null" },
		{ "median(8, 2, 5, 3, 4)", "4" },
		{ "median([6, 1, 2, 3])", "2.5" },
		{ "median([])", "null" },
		{ "all([true, true])", "true" },
		{ "all([])", "true" },
		{ "all([true, null])", "null" },
		{ "all([null, false])", "false" },
		{ "any([])", "false" },
		{ "any([false, null])", "null" },
		{ "any(false, true)", "true" },
	};

	CHECK(rows);
}

Test(builtin, strings)
{
	static const char *const rows[][2] = {
		{ "string(1.10)", "\"1.1\"" },
		{ "string(\"a\")", "\"a\"" },
		{ "string(null)", "null" },
		{ "string(true)", "\"true\"" },
		{ "string(date(\"2024-01-02\"))", "\"2024-01-02\"" },
		{ "string([1, \"a\"])", "\"[1, \\\"a\\\"]\"" },
		{ "string({x: 1})", "\"{x: 1}\"" },
		{ "substring(\"foobar\", 3)", "\"obar\"" },
		{ "substring(\"foobar\", 3, 3)", "\"oba\"" },
		{ "substring(\"foobar\", -2, 1)", "\"a\"" },
		{ "substring(\"foobar\", 7)", "null" },
		{ "substring(\"foobar\", 0)", "null" },
		{ "substring(\"\\U01F40Eab\", 2)", "\"ab\"" },
		{ "substring(\"償還価格\", 3, 2)", "\"価格\"" },
		{ "string length(\"償還\")", "2" },
		{ "upper case(\"aBc4é\")", "\"ABC4É\"" },
		{ "lower case(\"ÀBЖ\")", "\"àbж\"" },
		{ "substring before(\"foobar\", \"bar\")", "\"foo\"" },
		{ "substring before(\"foobar\", \"xyz\")", "\"\"" },
		{ "substring before(\"foobar\", \"\")", "\"\"" },
		{ "substring after(\"foobar\", \"ob\")", "\"ar\"" },
		{ "substring after(\"\", \"a\")", "\"\"" },
		{ "substring after(\"foobar\", \"\")", "\"foobar\"" },
		{ "contains(\"foobar\", \"of\")", "false" },
		{ "contains(\"foobar\", \"ob\")", "true" },
		{ "starts with(\"foobar\", \"fo\")", "true" },
		{ "starts with(\"foobar\", \"ob\")", "false" },
		{ "ends with(\"foobar\", \"r\")", "true" },
		{ "ends with(\"foo\", \"foobar\")", "false" },
		{ "string join([\"a\", \"b\"], \"_\")", "\"a_b\"" },
		{ "string join([\"a\", null, \"b\"])", "\"ab\"" },
		{ "string join([], \",\")", "\"\"" },
		{ "string join([1], \",\")", "null" },
		{ "date(2024, 2, 29)", "date(\"2024-02-29\")" },
		{ "date(2023, 2, 29)", "null" },
		{ "date(\"2023-02-29\")", "null" },
		{ "date(year: 2024, month: 1, day: 2)",
			"date(\"2024-01-02\")" },
		{ "date(\"2024-1-2\")", "null" },
	};

	CHECK(rows);
}

Test(builtin, lists)
{
	static const char *const rows[][2] = {
		{ "list contains([1, 2, 3], 2)", "true" },
		{ "list contains([1, null], null)", "true" },
		{ "list contains([1, \"1\"], \"2\")", "false" },
		{ "list contains(null, 1)", "null" },
		{ "count([1, 2, 3])", "3" },
		{ "count([])", "0" },
		{ "count(null)", "null" },
		{ "sublist([4, 5, 6], 1, 2)", "[4, 5]" },
		{ "sublist([4, 5, 6], -1)", "[6]" },
		{ "sublist([4, 5, 6], 2)", "[5, 6]" },
		{ "sublist([4, 5, 6], 4)", "null" },
		{ "sublist([4, 5, 6], 2, 3)", "null" },
		{ "append([1], 2, 3)", "[1, 2, 3]" },
		{ "append([1], [2])", "[1, [2]]" },
		{ "concatenate([1, 2], [3])", "[1, 2, 3]" },
		{ "insert before([1, 3], 1, 2)", "[2, 1, 3]" },
		{ "insert before([1, 3], -1, 2)", "[1, 2, 3]" },
		{ "insert before([1], 3, 2)", "null" },
		{ "remove([1, 2, 3], 2)", "[1, 3]" },
		{ "remove([1, 2, 3], -1)", "[1, 2]" },
		{ "reverse([1, 2, 3])", "[3, 2, 1]" },
		{ "index of([1, 2, 3, 2], 2)", "[2, 4]" },
		{ "index of([1, null], null)", "[2]" },
		{ "union([1, 2], [2, 3])", "[1, 2, 3]" },
		{ "distinct values([1, 2, 1.0, null, null])", "[1, 2, null]" },
		{ "duplicate values([1, 2, 1, 1])", "[1]" },
		{ "flatten([[1, 2], [[3]], 4])", "[1, 2, 3, 4]" },
		{ "sort([3, 1, 2])", "[1, 2, 3]" },
		{ "sort([3, \"a\"])", "null" },
		{ "sort([], function(x, y) x < y)", "[]" },
		{ "sort([{k: 1, v: 1}, {k: 0, v: 2}, {k: 1, v: 3}], "
		  "function(x, y) x.k < y.k).v",
			"[2, 1, 3]" },
		{ "sort(list: [1, 2], precedes: function(x, y) x > y)",
			"[2, 1]" },
		{ "not(true)", "false" },
		{ "not(null)", "null" },
		{ "not(1)", "null" },
		{ "is(1, 1.0)", "true" },
		{ "is(1, \"1\")", "false" },
		{ "is(null, null)", "true" },
	};

	CHECK(rows);
}

Test(builtin, contexts)
{
	static const char *const rows[][2] = {
		{ "get value({x: 1}, \"x\")", "1" },
		{ "get value({x: {y: 2}}, [\"x\", \"y\"])", "2" },
		{ "get value({x: 1}, \"y\")", "null" },
		{ "get value(m: {x: 1}, key: \"x\")", "1" },
		{ "get entries({x: 1})", "[{key: \"x\", value: 1}]" },
		{ "context([{key: \"a\", value: 1}, {key: \"b\", value: 2}])",
			"{a: 1, b: 2}" },
		{ "context([{key: \"a\", value: 1}, {key: \"a\", value: 2}])",
			"null" },
		{ "context([{key: \"a\"}])", "null" },
		{ "context put({x: 1}, \"y\", 2)", "{x: 1, y: 2}" },
		{ "context put({x: 1, y: 0}, \"x\", 2)", "{x: 2, y: 0}" },
		{ "context put({x: {y: 1}}, [\"x\", \"y\"], 2)",
			"{x: {y: 2}}" },
		{ "context put({x: 1}, [\"x\", \"y\"], 2)", "null" },
		{ "context put({x: 1}, [], 2)", "null" },
		{ "context merge([{x: 1}, {y: 2}, {x: 3}])", "{x: 3, y: 2}" },
		{ "context merge([{x: 1}, 2])", "null" },
	};

	CHECK(rows);
}

Test(builtin, others)
{
	static const char *const rows[][2] = {
		{ "get or else(null, 2)", "2" },
		{ "get or else(1, 2)", "1" },
		{ "list replace([2, 4, 7, 8], 3, 6)", "[2, 4, 6, 8]" },
		{ "list replace([2, 4, 7, 8], -1, 6)", "[2, 4, 7, 6]" },
		{ "list replace([2, 4], 3, 6)", "null" },
		{ "list replace([2, 4, 7, 8], function(item, newItem) item < "
		  "newItem, 5)",
			"[5, 5, 7, 8]" },
		{ "mode(6, 3, 9, 6, 6)", "[6]" },
		{ "mode([6, 1, 9, 6, 1])", "[1, 6]" },
		{ "mode([])", "[]" },
		{ "stddev([2, 4, 7, 5])",
			"2.081665999466132735282297706979931" },
		{ "stddev(47)", "null" },
		{ "day of week(date(2019, 9, 17))", "\"Tuesday\"" },
		{ "month of year(date(2019, 9, 17))", "\"September\"" },
		{ "day of year(date(2019, 9, 17))", "260" },
		{ "week of year(date(2019, 9, 17))", "38" },
		{ "week of year(date(2003, 12, 29))", "1" },
		{ "week of year(date(2004, 1, 4))", "1" },
		{ "week of year(date(2005, 1, 1))", "53" },
		{ "week of year(date(2005, 1, 3))", "1" },
		{ "@\"2024-02-29\".day", "29" },
		{ "@\"2023-02-29\"", "null" },
		{ "(function(a) external {java: {class: \"C\"}})(1)", "null" },
	};

	CHECK(rows);
}

/* What the table says about parameters must fit the number of arguments. */
Test(builtin, the_table_is_consistent)
{
	for (uint32_t i = 0; i < feel_builtin_count(); i++) {
		const struct feel_builtin *builtin = feel_builtin_at(i);
		unsigned most = 0;

		cr_expect(feel_builtin_find(text_of(builtin->name)) == (int)i,
			"%s is there twice", builtin->name);
		cr_expect(builtin->least <= builtin->most, "%s", builtin->name);
		for (const char *at = builtin->parameters; *at; at++)
			most += *at == ',' || *at == ';';
		cr_expect(most + 1 >= builtin->least ||
				  builtin->most == FEEL_ANY_COUNT,
			"%s", builtin->name);
	}
}

/* Bytes that are no UTF-8 stand for themselves. */
Test(builtin, bytes_that_are_no_text)
{
	struct kit kit;
	struct feel_value got;

	kit_init(&kit);
	kit.slots[0] = feel_string("a\xFF"
				   "b",
		3);
	got = kit_value(&kit, "upper case(a)");
	cr_expect(got.type == FEEL_STRING && got.size == 3 &&
		  memcmp(got.u.string,
			  "A\xFF"
			  "B",
			  3) == 0);
	got = kit_value(&kit, "substring(a, 2)");
	cr_expect(got.type == FEEL_STRING && got.size == 2 &&
		  memcmp(got.u.string,
			  "\xFF"
			  "b",
			  2) == 0);
	kit_release(&kit);
}
