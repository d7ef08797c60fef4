/*
 * The parser: what tree a text becomes (as S-expressions written by hand from
 * the grammar of DMN), how names are found in scope, and for every kind of
 * mistake the place and what was expected.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "feel/builtin.h"
#include "feel/parser.h"
#include "support/tree.h"

static const char *const known[] = { "Monthly Fee", "Monthly Fee Total",
	"Student's name", "Pre-bureau risk", "a/b", "days in weekend",
	"for sale", "Flight Number", "date and time", "Date-Time", "lib.sum up",
	"date", "time", "x", NULL };

static const struct feel_place place = { "m.dmn", 10, 5 };

enum form { EXPRESSION, TESTS, TYPE };

static enum shk_code parse(struct arena *arena, enum form form,
	const char *source, struct buffer *out, shk_diag *diag)
{
	struct feel_names names = tree_names(known);
	const struct feel_node *node;
	const struct feel_type_ref *type;
	enum shk_code code;

	memset(diag, 0, sizeof(*diag));
	buffer_clear(out);
	if (form == TYPE) {
		code = feel_parse_type(
			arena, text_of(source), place, &type, diag);
		if (code == SHK_OK)
			tree_dump_type(type, out);
		return code;
	}
	code = (form == TESTS ? feel_parse_tests : feel_parse)(
		arena, text_of(source), place, &names, &node, diag);
	if (code == SHK_OK)
		tree_dump(node, out);
	return code;
}

static void check(enum form form, const char *const (*rows)[2], size_t count)
{
	struct arena arena;
	struct buffer out;
	shk_diag diag;
	size_t i;

	arena_init(&arena);
	buffer_init(&out);
	for (i = 0; i < count; i++) {
		enum shk_code code =
			parse(&arena, form, rows[i][0], &out, &diag);

		cr_expect_eq(code, SHK_OK, "%s: %ld:%ld %s", rows[i][0],
			diag.line, diag.column, diag.message);
		if (code == SHK_OK)
			cr_expect_str_eq(
				out.data, rows[i][1], "%s", rows[i][0]);
	}
	buffer_release(&out);
	arena_release(&arena);
}

#define CHECK(form, rows) check(form, rows, sizeof(rows) / sizeof((rows)[0]))

Test(parser, literals)
{
	static const char *const rows[][2] = {
		{ "null", "null" },
		{ "true", "true" },
		{ "false", "false" },
		{ "0.50", "0.5" },
		{ ".5", "0.5" },
		{ "1.2E3", "1200" },
		{ "12e-1", "1.2" },
		{ "\"a\\u00e9\"", "\"a\xC3\xA9\"" },
		{ "@\"2024-02-29\"", "#2024-02-29" },
		{ "@\"2023-02-29\"", "(call @ \"2023-02-29\")" },
		{ "@\"P1D\"", "@\"P1D\"" },
		{ "@\"P1X\"", "(call @ \"P1X\")" },
		{ "-1", "-1" },
		{ "- 1", "-1" },
		{ "--1", "(negate -1)" },
		{ "-(1)", "-1" },
		{ "-x", "(negate x)" },
		{ "-\"a\"", "(negate \"a\")" },
		{ "/* a */ 1 // b", "1" },
	};

	CHECK(EXPRESSION, rows);
}

Test(parser, precedence)
{
	static const char *const rows[][2] = {
		{ "1 + 2 * 3 - 4", "(- (+ 1 (* 2 3)) 4)" },
		{ "a - b - c", "(- (- a b) c)" },
		{ "a-b", "(- a b)" },
		{ "a / b * c", "(* (/ a b) c)" },
		{ "3 ** 4 ** 5", "(** (** 3 4) 5)" },
		{ "-3 ** 2", "(** -3 2)" },
		{ "-y ** 2", "(** (negate y) 2)" },
		{ "10 ** -5", "(** 10 -5)" },
		{ "2 * (1 + a)", "(* 2 (+ 1 a))" },
		{ "a or b and c", "(or a (and b c))" },
		{ "a and b or c", "(or (and a b) c)" },
		{ "a = b and c != d", "(and (= a b) (!= c d))" },
		{ "a + 1 < b * 2", "(< (+ a 1) (* b 2))" },
		{ "a < b = c", "(= (< a b) c)" },
		{ "a >= b", "(>= a b)" },
		{ "a between 1 and 2 + 3 and b",
			"(and (between a 1 (+ 2 3)) b)" },
		{ "-a.b", "(negate (path b a))" },
		{ "-a[1]", "(negate (filter a 1))" },
		{ "-f(1)", "(negate (call f 1))" },
		{ "-a instance of number", "(negate (instance 2:number a))" },
		{ "a + b instance of number", "(+ a (instance 2:number b))" },
		{ "if a then b else c + 1", "(if a b (+ c 1))" },
		{ "1 + if a then b else c", "(+ 1 (if a b c))" },
		{ "if a then if b then 1 else 2 else 3",
			"(if a (if b 1 2) 3)" },
	};

	CHECK(EXPRESSION, rows);
}

Test(parser, in)
{
	static const char *const rows[][2] = {
		{ "x in 5", "(in x (tests (match 5)))" },
		{ "x in < 5 + 1 and y",
			"(and (in x (tests (test < (+ 5 1)))) y)" },
		{ "x in =10", "(in x (tests (test = 10)))" },
		{ "x in (!=10)", "(in x (tests (test != 10)))" },
		{ "x in (1, < 5, >= 9)",
			"(in x (tests (match 1) (test < 5) (test >= 9)))" },
		{ "x in (1..5]", "(in x (tests (match (range(] 1 5))))" },
		{ "x in ]1..5[", "(in x (tests (match (range() 1 5))))" },
		{ "x in [1..5[ and y",
			"(and (in x (tests (match (range[) 1 5)))) y)" },
		{ "x in [1, 2]", "(in x (tests (match (list 1 2))))" },
		{ "x in ([1..2], (3..4))", "(in x (tests (match (range[] 1 2)) "
					   "(match (range() 3 4))))" },
		{ "x in (a)", "(in x (tests (match a)))" },
		{ "x in (a + b) * 2", "(in x (tests (match (* (+ a b) 2))))" },
		{ "x in (a)[1].b = c",
			"(= (in x (tests (match (path b (filter a 1))))) c)" },
		{ "x in ((< 5))", "(in x (tests (match (range() _ 5))))" },
		{ "x in y in z", "(in (in x (tests (match y))) "
				 "(tests (match z)))" },
		{ "x in (y in (1, 2))", "(in x (tests (match (in y (tests "
					"(match 1) (match 2))))))" },
	};

	CHECK(EXPRESSION, rows);
}

Test(parser, ranges_and_lists)
{
	static const char *const rows[][2] = {
		{ "[]", "(list)" },
		{ "[1]", "(list 1)" },
		{ "[1, [2, 3]]", "(list 1 (list 2 3))" },
		{ "[1..2]", "(range[] 1 2)" },
		{ "(1..2)", "(range() 1 2)" },
		{ "[a+1..b.c)", "(range[) (+ a 1) (path c b))" },
		{ "]1..2]", "(range(] 1 2)" },
		{ "[1..a[1]]", "(range[] 1 (filter a 1))" },
		{ "[1..2[ = y", "(= (range[) 1 2) y)" },
		{ "[[1..2[, 3]", "(list (range[) 1 2) 3)" },
		{ "[1..2].start", "(path start (range[] 1 2))" },
		{ "(< 5)", "(range() _ 5)" },
		{ "(<= 5)", "(range(] _ 5)" },
		{ "(> 5)", "(range() 5 _)" },
		{ "(>= 5)", "(range[) 5 _)" },
		{ "(= 5)", "(test = 5)" },
		{ "(!= 5) = (!= 5)", "(= (test != 5) (test != 5))" },
		{ "[1..null)", "(range[) 1 null)" },
		{ "[1,2][item > 1][-1]",
			"(filter (filter (list 1 2) (> item 1)) -1)" },
	};

	CHECK(EXPRESSION, rows);
}

Test(parser, iterations)
{
	static const char *const rows[][2] = {
		{ "for i in xs return i + 1", "(for i xs (+ i 1))" },
		{ "for i in 1..n+1, j in [2, i] return i * j",
			"(for i j (from-to[] 1 (+ n 1)) (list 2 i) (* i j))" },
		{ "for i in [0..4] return i", "(for i (range[] 0 4) i)" },
		{ "for i in 0..4 return partial[-1]",
			"(for i (from-to[] 0 4) (filter partial -1))" },
		{ "for i in days in weekend return i",
			"(for i |days in weekend| i)" },
		{ "for my item in xs return my item + 1",
			"(for |my item| xs (+ |my item| 1))" },
		{ "some x in a, y in b satisfies x > y",
			"(some x y a b (> x y))" },
		{ "every x in a satisfies x in b",
			"(every x a (in x (tests (match b))))" },
		{ "for x in for y in a return y, z in b return z",
			"(for x z (for y a y) b z)" },
	};

	CHECK(EXPRESSION, rows);
}

Test(parser, functions)
{
	static const char *const rows[][2] = {
		{ "f()", "(call f)" },
		{ "f(1, a)", "(call f 1 a)" },
		{ "f(start position: 1, b : 2)",
			"(call f |start position|=1 b=2)" },
		{ "f(a)(b)", "(call (call f a) b)" },
		{ "string length(\"a\")", "(call |string length| \"a\")" },
		{ "years  and\nmonths duration(a, b)",
			"(call |years and months duration| a b)" },
		{ "a.b.c(1)", "(call (path c (path b a)) 1)" },
		{ "function() 1", "(function 1)" },
		{ "function(a: number, b) a + b",
			"(function a:2:number b (+ a b))" },
		{ "(function(my a) my a * 2)(3)",
			"(call (function |my a| (* |my a| 2)) 3)" },
		{ "function(a: list<list<number>>) a",
			"(function a:9<9<2:number>> a)" },
		{ "function(a) external {java: {class: \"c\"}}",
			"(function a (call external "
			"(context java (context class \"c\"))))" },
		{ "not(a)", "(call not a)" },
	};

	CHECK(EXPRESSION, rows);
}

Test(parser, contexts)
{
	static const char *const rows[][2] = {
		{ "{}", "(context)" },
		{ "{a: 1, \"b c\": 2}", "(context a |b c| 1 2)" },
		{ "{the a: 1, b: the a + 1}.the a",
			"(path |the a| (context |the a| b 1 "
			"(+ |the a| 1)))" },
		{ "[{x y: 1}][x y = 1]",
			"(filter (list (context |x y| 1)) (= |x y| 1))" },
		{ "{if: 1, a+b: 2}", "(context if a+b 1 2)" },
	};

	CHECK(EXPRESSION, rows);
}

Test(parser, names_in_scope)
{
	static const char *const rows[][2] = {
		{ "Monthly Fee + 1", "(+ |Monthly Fee| 1)" },
		{ "Monthly  Fee\n Total", "|Monthly Fee Total|" },
		{ "Student's name", "|Student's name|" },
		{ "Pre-bureau risk", "|Pre-bureau risk|" },
		{ "Pre-x", "(- Pre x)" },
		{ "a/b", "a/b" },
		{ "a / b", "(/ a b)" },
		{ "for sale", "|for sale|" },
		{ "Date-Time - Date-Time", "(- Date-Time Date-Time)" },
		{ "Date - Time", "(- Date Time)" },
		{ "date and time", "|date and time|" },
		{ "x.Flight Number = 1", "(= (path |Flight Number| x) 1)" },
		{ "lib.sum up(1)", "(call |lib.sum up| 1)" },
		{ "x.y.time offset", "(path |time offset| (path y x))" },
		{ "r.start included", "(path |start included| r)" },
		{ "?.x + ?", "(+ (path x ?) ?)" },
		{ "\xE5\x84\x9F\xE9\x82\x84 * 2",
			"(* \xE5\x84\x9F\xE9\x82\x84 2)" },
	};

	CHECK(EXPRESSION, rows);
}

/* A longer built-in name yields to shorter given ones unless it is called. */
Test(parser, given_names_before_built_in_ones)
{
	static const char *const list[] = { "day", "day of week", "round", "up",
		"date", "time", NULL };
	static const char *const rows[][2] = {
		{ "date and time", "(and date time)" },
		{ "date and time(a)", "(call |date and time| a)" },
		{ "day of week", "|day of week|" },
		{ "index of", "|index of|" },
	};
	struct feel_names names = tree_names(list);
	struct arena arena;
	struct buffer out;
	size_t i;

	arena_init(&arena);
	buffer_init(&out);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct feel_node *node = NULL;

		buffer_clear(&out);
		cr_expect_eq(feel_parse(&arena, text_of(rows[i][0]), place,
				     &names, &node, NULL),
			SHK_OK, "%s", rows[i][0]);
		if (node)
			tree_dump(node, &out);
		cr_expect_str_eq(out.data, rows[i][1], "%s", rows[i][0]);
	}
	buffer_release(&out);
	arena_release(&arena);
}

Test(parser, unary_tests)
{
	static const char *const rows[][2] = {
		{ "-", "dash" },
		{ " - ", "dash" },
		{ "-1", "(tests (match -1))" },
		{ "< 5", "(tests (test < 5))" },
		{ "= x", "(tests (test = x))" },
		{ "\"a\", \"b\"", "(tests (match \"a\") (match \"b\"))" },
		{ "[1..5), > 7", "(tests (match (range[) 1 5)) (test > 7))" },
		{ "not(\"a\", < 5)", "(none-of (match \"a\") (test < 5))" },
		{ "not(a)", "(none-of (match a))" },
		{ "(not(a))", "(tests (match (call not a)))" },
		{ "not(a) and b", "(tests (match (and (call not a) b)))" },
		{ "not(a), b", "(tests (match (call not a)) (match b))" },
		{ "not(a).b", "(tests (match (path b (call not a))))" },
		{ "? > 1 and ? < 5", "(tests (match (and (> ? 1) (< ? 5))))" },
		{ "x.y", "(tests (match (path y x)))" },
		{ "null", "(tests (match null))" },
		{ "(< 5)", "(tests (match (range() _ 5)))" },
	};

	CHECK(TESTS, rows);
}

Test(parser, types)
{
	static const char *const rows[][2] = {
		{ "number", "2:number" },
		{ "string", "3:string" },
		{ "boolean", "1:boolean" },
		{ "date", "4:date" },
		{ "time", "5:time" },
		{ "date and time", "6:date and time" },
		{ "days  and time duration", "7:days and time duration" },
		{ "years and months duration", "8:years and months duration" },
		{ "Any", "0:Any" },
		{ "tLoan", "0:tLoan" },
		{ "loan product", "0:loan product" },
		{ "lib.tLoan", "0:lib.tLoan" },
		{ "list", "9<>" },
		{ "list of loans", "0:list of loans" },
		{ "list<number>", "9<2:number>" },
		{ "range<date and time>", "10<6:date and time>" },
		{ "context<>", "11<>" },
		{ "context<a: string, b c: list<tX>>",
			"11<a:3:string,b c:9<0:tX>>" },
		{ "function<>->Any", "12<>0:Any" },
		{ "function<number, string> -> list<Any>",
			"12<2:number,3:string>9<0:Any>" },
	};

	CHECK(TYPE, rows);
}

Test(parser, instance_of)
{
	static const char *const rows[][2] = {
		{ "a instance of list<number> and b",
			"(and (instance 9<2:number> a) b)" },
		{ "a instance of date and time or b",
			"(or (instance 6:date and time a) b)" },
		{ "a instance of days and time duration = true",
			"(= (instance 7:days and time duration a) true)" },
		{ "a instance of lib.tX", "(instance 0:lib.tX a)" },
		{ "a instance of function<number>->string",
			"(instance 12<2:number>3:string a)" },
	};

	CHECK(EXPRESSION, rows);
}

struct mistake {
	enum form form;
	const char *source;
	long line;
	long column;
	const char *message; /* a part of it */
};

static const struct mistake mistakes[] = {
	{ EXPRESSION, "", 10, 5,
		"expected an expression, but the expression "
		"ends here" },
	{ EXPRESSION, "if a b", 10, 10,
		"expected \"then\" after the condition of \"if\"" },
	{ EXPRESSION, "if a then b", 10, 16,
		"expected \"else\" after the branch of \"then\"" },
	{ EXPRESSION, "1 +", 10, 8, "expected an expression" },
	{ EXPRESSION, "1 + * 2", 10, 9, "expected an expression, not \"*\"" },
	{ EXPRESSION, "1 2", 10, 7,
		"expected an operator or the end of the expression" },
	{ EXPRESSION, "Monthly Rate", 10, 13,
		"no name in scope reads \"Monthly Rate\"" },
	{ EXPRESSION, "(1 + 2", 10, 11, "expected \")\"" },
	{ EXPRESSION, "a\n  + (b\n )]", 12, 3, "not \"]\"" },
	{ EXPRESSION, "[1, 2", 10, 10, "\",\" or \"]\"" },
	{ EXPRESSION, "[1..2", 10, 10, "after the upper bound" },
	{ EXPRESSION, "]1, 2]", 10, 7, "\"..\" after the lower bound" },
	{ EXPRESSION, "{a 1}", 10, 9, "\":\" after the key" },
	{ EXPRESSION, "{a: 1, }", 10, 12, "a name" },
	{ EXPRESSION, "{a: 1", 10, 10, "\",\" or \"}\"" },
	{ EXPRESSION, "f(1", 10, 8, "\",\" or \")\" after an argument" },
	{ EXPRESSION, "f(a: 1, 2)", 10, 13, "named" },
	{ EXPRESSION, "f(1, a: 2)", 10, 10, "named" },
	{ EXPRESSION, "a.1", 10, 6, "not \".1\"" },
	{ EXPRESSION, "a.+", 10, 7, "a name after \".\"" },
	{ EXPRESSION, "a[1", 10, 8, "\"]\" after the filter" },
	{ EXPRESSION, "for i return i", 10, 19, "\"in\"" },
	{ EXPRESSION, "for i in a i", 10, 16, "\"return\"" },
	{ EXPRESSION, "some i in a return i", 10, 17, "\"satisfies\"" },
	{ EXPRESSION, "function a", 10, 14, "\"(\" after \"function\"" },
	{ EXPRESSION, "function(1) a", 10, 14, "a name" },
	{ EXPRESSION, "a between 1 or 2", 10, 17, "\"and\"" },
	{ EXPRESSION, "a in (1, 2", 10, 15, "\")\" in the tests" },
	{ EXPRESSION, "a in", 10, 9, "an expression" },
	{ EXPRESSION, "a instance number", 10, 16, "\"of\"" },
	{ EXPRESSION, "a instance of 1", 10, 19, "a type" },
	{ EXPRESSION, "a instance of list<>", 10, 23, "one type" },
	{ EXPRESSION, "@ 1", 10, 7, "a string after \"@\"" },
	{ EXPRESSION, "then", 10, 5, "an expression, not \"then\"" },
	{ EXPRESSION, "a ! b", 10, 7, "no meaning in FEEL" },
	{ EXPRESSION, "a + \"b", 10, 9, "to end this string" },
	{ EXPRESSION, "\"\\u12\"", 10, 5, "\\uXXXX" },
	{ EXPRESSION, "{\"\\u12\": 1}", 10, 6, "\\uXXXX" },
	{ EXPRESSION, "1 /* 2", 10, 7, "to end this comment" },
	{ EXPRESSION, "12345678901234567890123456789012345", 10, 5,
		"at most 34 significant digits" },
	{ EXPRESSION, "\xE5\x84\x9F \xE5\x84\x9F", 10, 7,
		"no name in scope reads \"\xE5\x84\x9F \xE5\x84\x9F\"" },
	{ EXPRESSION, "a \xFF", 10, 5, "not valid UTF-8" },
	{ TESTS, "", 10, 5, "expected an expression" },
	{ TESTS, "-, 1", 10, 6, "an expression" },
	{ TESTS, "< 5 6", 10, 9, "\",\" or the end of the tests" },
	{ TESTS, "not(1", 10, 10, "\",\" or \")\" in the tests of \"not\"" },
	{ TESTS, "not(1, 2) and a", 10, 15, "the end of the tests" },
	{ TYPE, "", 10, 5, "a type" },
	{ TYPE, "list<number", 10, 16, "\",\" or \">\"" },
	{ TYPE, "function<a>", 10, 16, "\"->\"" },
	{ TYPE, "context<a>", 10, 14, "\":\" after the name of a member" },
	{ TYPE, "number)", 10, 11, "the end of the type" },
};

Test(parser, mistakes)
{
	struct arena arena;
	struct buffer out;
	size_t i;

	arena_init(&arena);
	buffer_init(&out);
	for (i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
		const struct mistake *row = &mistakes[i];
		shk_diag diag;

		cr_expect_eq(parse(&arena, row->form, row->source, &out, &diag),
			SHK_E_RULES, "%s", row->source);
		cr_expect_eq(diag.code, SHK_E_RULES, "%s", row->source);
		cr_expect_str_eq(diag.path, "m.dmn", "%s", row->source);
		cr_expect_eq(diag.line, row->line, "%s: line %ld", row->source,
			diag.line);
		cr_expect_eq(diag.column, row->column, "%s: column %ld",
			row->source, diag.column);
		cr_expect(strstr(diag.message, row->message), "%s: %s",
			row->source, diag.message);
	}
	buffer_release(&out);
	arena_release(&arena);
}

/* `count` times `open`, then `middle`, then `count` times `close`. */
static enum shk_code nested(const char *open, size_t count, const char *middle,
	const char *close, shk_diag *diag)
{
	struct arena arena;
	struct buffer source;
	const struct feel_node *node;
	enum shk_code code;
	size_t i;

	memset(diag, 0, sizeof(*diag));
	arena_init(&arena);
	buffer_init(&source);
	for (i = 0; i < count; i++)
		buffer_text(&source, open);
	buffer_text(&source, middle);
	for (i = 0; i < count; i++)
		buffer_text(&source, close);
	code = feel_parse(&arena, (struct text){ source.data, source.size },
		place, NULL, &node, diag);
	buffer_release(&source);
	arena_release(&arena);
	return code;
}

Test(parser, ceilings)
{
	static const struct {
		const char *open;
		size_t count;
		const char *middle;
		const char *close;
		enum shk_code code;
	} rows[] = {
		{ "[", FEEL_DEPTH_MAX, "", "]", SHK_OK },
		{ "[", FEEL_DEPTH_MAX + 1, "", "]", SHK_E_LIMIT },
		{ "1+(", FEEL_DEPTH_MAX - 1, "1", ")", SHK_OK },
		{ "1+(", FEEL_DEPTH_MAX, "1", ")", SHK_E_LIMIT },
		{ "", FEEL_DEPTH_MAX - 1, "1", "+1", SHK_OK },
		{ "", FEEL_DEPTH_MAX, "1", "+1", SHK_E_LIMIT },
		{ "-", FEEL_DEPTH_MAX - 1, "a", "", SHK_OK },
		{ "-", FEEL_DEPTH_MAX, "a", "", SHK_E_LIMIT },
		{ "a in (", (FEEL_DEPTH_MAX - 1) / 3, "1", ")", SHK_OK },
		{ "a in (", FEEL_DEPTH_MAX, "1", ")", SHK_E_LIMIT },
		{ "a[", FEEL_DEPTH_MAX - 1, "1", "]", SHK_OK },
		{ "a[", FEEL_DEPTH_MAX, "1", "]", SHK_E_LIMIT },
		{ "(", FEEL_NESTING_MAX - 1, "1", ")", SHK_OK },
		{ "(", FEEL_NESTING_MAX, "1", ")", SHK_E_LIMIT },
		{ "(", 1000000, "1", "", SHK_E_LIMIT },
		{ "-", 1000000, "1", "", SHK_E_LIMIT },
		{ "[", 1000000, "1", "", SHK_E_LIMIT },
		{ "]", 1000000, "1", "", SHK_E_LIMIT },
		{ "if ", 300000, "1", "", SHK_E_LIMIT },
		{ "{a:", 300000, "1", "", SHK_E_LIMIT },
		{ "f(", 500000, "1", "", SHK_E_LIMIT },
		{ "a in (", 170000, "1", "", SHK_E_LIMIT },
		{ "for a in ", 110000, "1", "", SHK_E_LIMIT },
		{ "1 instance of list<", 1, "list<", "list<", SHK_E_RULES },
	};
	shk_diag diag;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum shk_code code = nested(rows[i].open, rows[i].count,
			rows[i].middle, rows[i].close, &diag);

		cr_expect_eq(code, rows[i].code, "row %zu (%s): %d %s", i,
			rows[i].open, code, diag.message);
	}
}

Test(parser, longest_text)
{
	struct arena arena;
	const struct feel_node *node;
	shk_diag diag = { 0 };
	char *text = malloc(FEEL_TEXT_MAX + 1);

	cr_assert(text);
	memset(text, ' ', FEEL_TEXT_MAX + 1);
	text[0] = '1';
	arena_init(&arena);
	cr_expect_eq(feel_parse(&arena, (struct text){ text, FEEL_TEXT_MAX },
			     place, NULL, &node, &diag),
		SHK_OK);
	cr_expect_eq(
		feel_parse(&arena, (struct text){ text, FEEL_TEXT_MAX + 1 },
			place, NULL, &node, &diag),
		SHK_E_LIMIT);
	cr_expect_eq(diag.line, 10);
	arena_release(&arena);
	free(text);
}

/* Nodes know where they stand: operators, names and calls. */
Test(parser, places)
{
	struct arena arena;
	const struct feel_node *node;
	const struct feel_node *call;

	arena_init(&arena);
	cr_assert_eq(feel_parse(&arena, text_of("a\n + f(b)"), place, NULL,
			     &node, NULL),
		SHK_OK);
	cr_expect_eq(node->line, 11);
	cr_expect_eq(node->column, 2);
	cr_expect_eq(node->kids[0]->line, 10);
	cr_expect_eq(node->kids[0]->column, 5);
	call = node->kids[1];
	cr_expect_eq(call->column, 4);
	cr_expect_eq(call->kids[1]->column, 6);
	cr_expect_eq(node->mark, FEEL_NO_MARK);
	arena_release(&arena);
}

/* Every allocation in turn fails: the parser says so and keeps nothing. */
Test(parser, memory_runs_out)
{
	static const char source[] =
		"for i in [1..2], j in f(a: {b c: 1, \"d\": @\"P1D\"}) return "
		"if x in (1, < 2) then (function(k: list<number>) k.l)(i) "
		"else \"m\" instance of context<a: string>";
	enum shk_code code = SHK_E_MEMORY;
	uint64_t nth;

	for (nth = 1; code != SHK_OK && nth < 1000; nth++) {
		int64_t before = memory_stats().in_use;
		struct arena arena;
		const struct feel_node *node;
		shk_diag diag = { 0 };

		arena_init(&arena);
		memory_fail_at(nth, false);
		code = feel_parse(
			&arena, text_of(source), place, NULL, &node, &diag);
		memory_fail_at(0, false);
		cr_expect(code == SHK_OK || code == SHK_E_MEMORY,
			"allocation %d: %d", (int)nth, code);
		cr_expect_eq(diag.code, code, "allocation %d", (int)nth);
		arena_release(&arena);
		cr_expect_eq(memory_stats().in_use, before, "allocation %d",
			(int)nth);
	}
	cr_expect_eq(code, SHK_OK);
	cr_expect_gt(nth, 3);
}

/* `{a: 1, ...` with `count` keys. */
static enum shk_code keys(size_t count, shk_diag *diag)
{
	struct arena arena;
	struct buffer source;
	const struct feel_node *node;
	enum shk_code code;
	size_t i;

	memset(diag, 0, sizeof(*diag));
	arena_init(&arena);
	buffer_init(&source);
	for (i = 0; i < count; i++)
		buffer_format(&source, "%sk%zu: 1", i > 0 ? ", " : "{", i);
	buffer_text(&source, "}");
	code = feel_parse(&arena, (struct text){ source.data, source.size },
		place, NULL, &node, diag);
	buffer_release(&source);
	arena_release(&arena);
	return code;
}

Test(parser, names_in_scope_have_a_ceiling)
{
	shk_diag diag;

	cr_expect_eq(keys(FEEL_LOCALS_MAX, &diag), SHK_OK, "%s", diag.message);
	cr_expect_eq(keys(FEEL_LOCALS_MAX + 1, &diag), SHK_E_LIMIT);
}

Test(parser, longest_name)
{
	char source[FEEL_NAME_MAX + 8];
	struct arena arena;
	const struct feel_node *node;
	int over;

	arena_init(&arena);
	for (over = 0; over <= 1; over++) {
		size_t size = FEEL_NAME_MAX + (size_t)over;

		memset(source, 'a', sizeof(source));
		source[0] = '{';
		source[3] = ' ';
		memcpy(source + 1 + size, ": 1}", 5);
		cr_expect_eq(feel_parse(&arena, text_of(source), place, NULL,
				     &node, NULL),
			over ? SHK_E_RULES : SHK_OK);
		if (!over)
			cr_expect_eq(node->names[0].size, FEEL_NAME_MAX);
	}
	arena_release(&arena);
}

/* Every built-in function is read as one name, however many words it has. */
Test(parser, built_in_names)
{
	struct arena arena;
	struct buffer source;
	uint32_t i;

	arena_init(&arena);
	buffer_init(&source);
	for (i = 0; i < feel_builtin_count(); i++) {
		const char *name = feel_builtin_at(i)->name;
		const struct feel_node *node = NULL;

		/* written in a way of their own, or not in FEEL at all */
		if (name[0] == '@' || strchr(name, '(') ||
			strcmp(name, "external") == 0)
			continue;
		buffer_clear(&source);
		buffer_format(&source, "%s(a)", name);
		cr_expect_eq(feel_parse(&arena, text_of(source.data), place,
				     NULL, &node, NULL),
			SHK_OK, "%s", name);
		cr_expect(node && node->kind == FEEL_NODE_CALL &&
				  text_is(node->kids[0]->name, name),
			"%s", name);
	}
	buffer_release(&source);
	arena_release(&arena);
}

/* What is quoted of a long text is cut between characters. */
Test(parser, excerpts_are_whole_characters)
{
	struct buffer source;

	buffer_init(&source);
	for (size_t before = 0; before < 4; before++) {
		const struct feel_node *node;
		struct arena arena;
		shk_diag diag = { 0 };

		buffer_clear(&source);
		buffer_text(&source, "1 \"");
		for (size_t i = 0; i < before; i++)
			buffer_byte(&source, 'x');
		for (size_t i = 0; i < 60; i++)
			buffer_text(&source, "\xE5\x84\x9F");
		buffer_text(&source, "\"");
		arena_init(&arena);
		cr_expect_eq(feel_parse(&arena, text_of(source.data), place,
				     NULL, &node, &diag),
			SHK_E_RULES);
		cr_expect_eq(utf8_valid(diag.message, strlen(diag.message)),
			strlen(diag.message), "%zu: %s", before, diag.message);
		arena_release(&arena);
	}
	buffer_release(&source);
}
