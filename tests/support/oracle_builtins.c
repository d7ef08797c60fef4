/*
 * The built-in functions that the oracle knows, from the tables of chapter
 * 10.3.4 of DMN. An unknown argument is tried with all its choices; where it
 * has none listed the result is unknown, except for functions that only move
 * items about, and for all() and any(), which are Kleene's.
 */
#include <string.h>

#include "base/buffer.h"
#include "base/date.h"
#include "feel/temporal.h"
#include "support/oracle_inside.h"

typedef oracle_body body;

#define DATE_PRINTED 700000 /* days around 1970 in years of four digits */

static bool is(const struct feel_value *value, enum feel_type type)
{
	return value->type == type;
}

static struct feel_value b_sum(struct oracle *oracle, ORACLE_ARGS)
{
	struct feel_value list = oracle_items_of(args, count);
	struct feel_value out = feel_number(NUM_ZERO);
	uint32_t i;

	if (!is(&list, FEEL_LIST) || list.size == 0)
		return oracle_null();
	for (i = 0; i < list.size; i++) {
		if (!is(&list.u.items[i], FEEL_NUMBER))
			return oracle_null();
		out = oracle_binary(oracle, FEEL_ADD, out, list.u.items[i]);
	}
	return out;
}

static struct feel_value b_mean(struct oracle *oracle, ORACLE_ARGS)
{
	struct feel_value list = oracle_items_of(args, count);
	struct feel_value sum = b_sum(oracle, args, count);

	if (!is(&sum, FEEL_NUMBER))
		return oracle_null();
	return oracle_binary(
		oracle, FEEL_DIVIDE, sum, feel_number(num_from_int(list.size)));
}

static struct feel_value extreme(int sign, ORACLE_ARGS)
{
	struct feel_value list = oracle_items_of(args, count);
	struct feel_value out;
	uint32_t i;
	int order;

	if (!is(&list, FEEL_LIST) || list.size == 0)
		return oracle_null();
	out = list.u.items[0];
	for (i = 0; i < list.size; i++) {
		if (!feel_order(&list.u.items[i], &out, &order))
			return oracle_null();
		if (order * sign > 0)
			out = list.u.items[i];
	}
	return out;
}

static struct feel_value b_min(struct oracle *oracle, ORACLE_ARGS)
{
	(void)oracle;
	return extreme(-1, args, count);
}

static struct feel_value b_max(struct oracle *oracle, ORACLE_ARGS)
{
	(void)oracle;
	return extreme(1, args, count);
}

static struct feel_value rounded(
	enum num_rounding mode, bool optional, ORACLE_ARGS)
{
	struct feel_value out = args[0];
	unsigned status = 0;
	int64_t scale = 0;

	if (!is(&args[0], FEEL_NUMBER) || (count < 2 && !optional))
		return oracle_null();
	if (count > 1 && (!is(&args[1], FEEL_NUMBER) ||
				 !num_to_int(args[1].u.number, &scale)))
		return oracle_null();
	if (scale < -6111 || scale > 6176)
		return oracle_null();
	out.u.number = num_round(args[0].u.number, (int)scale, mode, &status);
	return status & ~NUM_INEXACT ? oracle_null() : out;
}

#define ROUNDING(function, mode, optional)                                     \
	static struct feel_value function(struct oracle *oracle, ORACLE_ARGS)  \
	{                                                                      \
		(void)oracle;                                                  \
		return rounded(mode, optional, args, count);                   \
	}

ROUNDING(b_floor, NUM_FLOOR, true)
ROUNDING(b_ceiling, NUM_CEILING, true)
ROUNDING(b_decimal, NUM_HALF_EVEN, false)
ROUNDING(b_half_up, NUM_HALF_UP, false)
ROUNDING(b_half_down, NUM_HALF_DOWN, false)
ROUNDING(b_up, NUM_UP, false)
ROUNDING(b_down, NUM_DOWN, false)

static bool is_negative(const struct feel_value *duration)
{
	return duration->type == FEEL_YEARS_DURATION
		       ? duration->u.months < 0
		       : num_sign(duration->u.number) < 0;
}

static struct feel_value b_abs(struct oracle *oracle, ORACLE_ARGS)
{
	if (is(args, FEEL_YEARS_DURATION) || is(args, FEEL_DAYS_DURATION))
		return is_negative(args) ? oracle_negate(oracle, *args) : *args;
	struct feel_value out = args[0];

	(void)oracle;
	(void)count;
	if (!is(&out, FEEL_NUMBER))
		return oracle_null();
	out.u.number = num_absolute(out.u.number);
	return out;
}

static struct feel_value b_modulo(struct oracle *oracle, ORACLE_ARGS)
{
	unsigned status = 0;
	struct feel_value out;

	(void)oracle;
	(void)count;
	if (!is(&args[0], FEEL_NUMBER) || !is(&args[1], FEEL_NUMBER) ||
		num_is_zero(args[1].u.number))
		return oracle_null();
	out = feel_number(
		num_modulo(args[0].u.number, args[1].u.number, &status));
	out.inexact = args[0].inexact || args[1].inexact || status != 0;
	return status & ~NUM_INEXACT ? oracle_null() : out;
}

static struct feel_value b_sqrt(struct oracle *oracle, ORACLE_ARGS)
{
	unsigned status = 0;
	struct feel_value out;

	(void)oracle;
	(void)count;
	if (!is(&args[0], FEEL_NUMBER) || num_sign(args[0].u.number) < 0)
		return oracle_null();
	out = feel_number(num_square_root(args[0].u.number, &status));
	out.inexact = args[0].inexact || status != 0;
	return out;
}

static struct feel_value parity(bool odd, ORACLE_ARGS)
{
	const num two = num_from_int(2);
	unsigned status = 0;

	(void)count;
	if (!is(&args[0], FEEL_NUMBER) || !num_is_integer(args[0].u.number))
		return oracle_null();
	return feel_boolean(
		num_is_zero(num_modulo(args[0].u.number, two, &status)) != odd);
}

static struct feel_value b_even(struct oracle *oracle, ORACLE_ARGS)
{
	(void)oracle;
	return parity(false, args, count);
}

static struct feel_value b_odd(struct oracle *oracle, ORACLE_ARGS)
{
	(void)oracle;
	return parity(true, args, count);
}

static struct feel_value b_not(struct oracle *oracle, ORACLE_ARGS)
{
	(void)count;
	return oracle_not(oracle, args[0]);
}

static struct feel_value b_string(struct oracle *oracle, ORACLE_ARGS)
{
	struct buffer text;
	char *kept;
	size_t size;

	(void)count;
	if (is(args, FEEL_STRING) || is(args, FEEL_NULL))
		return args[0];
	if (!is(args, FEEL_NUMBER) && !is(args, FEEL_BOOLEAN) &&
		!is(args, FEEL_DATE))
		return oracle_fail(oracle);
	if (is(args, FEEL_DATE) &&
		(args->u.days > DATE_PRINTED || args->u.days < -DATE_PRINTED))
		return oracle_fail(oracle);
	buffer_init(&text);
	if (is(args, FEEL_DATE)) {
		char day[DATE_TEXT];

		date_format((int32_t)args->u.days, day);
		buffer_text(&text, day);
	} else {
		feel_print(args, &text);
	}
	size = text.size;
	kept = arena_text(oracle->arena, text.data, size);
	buffer_release(&text);
	return kept ? feel_string(kept, size) : oracle_fail(oracle);
}

static struct feel_value b_number(struct oracle *oracle, ORACLE_ARGS)
{
	struct feel_value out = { .type = FEEL_NUMBER };

	(void)oracle;
	if (count != 1) /* separators: not in the oracle */
		return oracle_fail(oracle);
	if (!is(args, FEEL_STRING) ||
		num_parse(args->u.string, args->size, true, &out.u.number) !=
			NUM_PARSED)
		return oracle_null();
	return out;
}

/* [-]YYYY-MM-DD, years of 4 to 9 digits, only 4 with a leading zero. */
static bool written_date(const char *text, size_t size, int64_t *days)
{
	int64_t part[3] = { 0, 0, 0 };
	int digits[3] = { 0, 0, 0 };
	bool negative = size > 0 && text[0] == '-';
	int at = 0;
	size_t i;

	for (i = negative; i < size; i++) {
		if (text[i] == '-' && ++at > 2)
			return false;
		if (text[i] == '-')
			continue;
		if (text[i] < '0' || text[i] > '9' || ++digits[at] > 9)
			return false;
		part[at] = part[at] * 10 + text[i] - '0';
	}
	return digits[0] >= 4 && digits[1] == 2 && digits[2] == 2 &&
	       (digits[0] == 4 || text[negative] != '0') &&
	       oracle_days(
		       negative ? -part[0] : part[0], part[1], part[2], days);
}

static struct feel_value b_date(struct oracle *oracle, ORACLE_ARGS)
{
	int64_t part[3];
	int64_t days;
	int i;

	(void)oracle;
	if (count == 1 && is(args, FEEL_DATE))
		return args[0];
	if (count == 1 && is(args, FEEL_DATE_TIME))
		return feel_date(args[0].u.moment->days);
	if (count == 1 && is(args, FEEL_STRING))
		return written_date(args->u.string, args->size, &days)
			       ? feel_date(days)
			       : oracle_null();
	if (count != 3)
		return oracle_null();
	for (i = 0; i < 3; i++)
		if (!is(&args[i], FEEL_NUMBER) ||
			!num_to_int(args[i].u.number, &part[i]))
			return oracle_null();
	return oracle_days(part[0], part[1], part[2], &days) ? feel_date(days)
							     : oracle_null();
}

static struct feel_value b_is(struct oracle *oracle, ORACLE_ARGS)
{
	(void)oracle;
	(void)count;
	return feel_boolean(feel_same(&args[0], &args[1]));
}

static bool strings(ORACLE_ARGS)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!is(&args[i], FEEL_STRING))
			return false;
	return true;
}

static struct feel_value b_length(struct oracle *oracle, ORACLE_ARGS)
{
	(void)oracle;
	if (!strings(args, count))
		return oracle_null();
	return feel_number(
		num_from_int((int64_t)utf8_length(args->u.string, args->size)));
}

/* Does args[1] stand in args[0] at byte `at`? */
static bool stands_at(const struct feel_value *args, size_t at)
{
	return at + args[1].size <= args[0].size &&
	       memcmp(args[0].u.string + at, args[1].u.string, args[1].size) ==
		       0;
}

static struct feel_value b_contains(struct oracle *oracle, ORACLE_ARGS)
{
	size_t at;

	(void)oracle;
	if (!strings(args, count))
		return oracle_null();
	for (at = 0; at <= args[0].size; at++)
		if (stands_at(args, at))
			return feel_boolean(true);
	return feel_boolean(false);
}

static struct feel_value b_starts(struct oracle *oracle, ORACLE_ARGS)
{
	(void)oracle;
	if (!strings(args, count))
		return oracle_null();
	return feel_boolean(stands_at(args, 0));
}

static struct feel_value b_ends(struct oracle *oracle, ORACLE_ARGS)
{
	(void)oracle;
	if (!strings(args, count))
		return oracle_null();
	return feel_boolean(args[1].size <= args[0].size &&
			    stands_at(args, args[0].size - args[1].size));
}

/* ASCII only: the oracle passes on any other letter. */
static struct feel_value cased(
	struct oracle *oracle, char first, char last, ORACLE_ARGS)
{
	char *text;
	uint32_t i;

	if (!strings(args, count))
		return oracle_null();
	text = arena_text(oracle->arena, args->u.string, args->size);
	if (!text)
		return oracle_fail(oracle);
	for (i = 0; i < args->size; i++) {
		if ((unsigned char)text[i] >= 0x80)
			return oracle_fail(oracle);
		if (text[i] >= first && text[i] <= last)
			text[i] ^= 0x20;
	}
	return feel_string(text, args->size);
}

static struct feel_value b_upper(struct oracle *oracle, ORACLE_ARGS)
{
	return cased(oracle, 'a', 'z', args, count);
}

static struct feel_value b_lower(struct oracle *oracle, ORACLE_ARGS)
{
	return cased(oracle, 'A', 'Z', args, count);
}

/* Byte offset of the character `index`, or the size past the last one. */
static uint32_t offset_of(const struct feel_value *string, int64_t index)
{
	uint32_t at = 0;

	while (index > 0 && at < string->size) {
		at++;
		while (at < string->size &&
			((unsigned char)string->u.string[at] & 0xC0) == 0x80)
			at++;
		index--;
	}
	return at;
}

static struct feel_value b_substring(struct oracle *oracle, ORACLE_ARGS)
{
	int64_t size;
	int64_t first;
	int64_t length;
	uint32_t from;

	(void)oracle;
	if (!strings(args, 1))
		return oracle_null();
	size = (int64_t)utf8_length(args->u.string, args->size);
	if (count == 3 && is(&args[2], FEEL_NULL))
		count = 2; /* as if it were not there */
	if (!oracle_part_of(size, &first, &length, args, count))
		return oracle_null();
	from = offset_of(args, first);
	return feel_string(
		args->u.string + from, offset_of(args, first + length) - from);
}

enum unknowns {
	STRICT,	 /* anything unknown inside: all choices, else unknown */
	MOVES,	 /* items may be unknown, the arguments themselves not */
	APPENDS, /* as MOVES; only the first argument must be known */
	KLEENE	 /* deals with unknown items itself */
};

#define MANY 255

static const struct row {
	const char *name;
	const char *parameters;
	unsigned least;
	unsigned most;
	enum unknowns unknowns;
	body *call;
} rows[] = {
	{ "count", "list", 1, 1, MOVES, oracle_b_count },
	{ "sum", "list", 1, MANY, STRICT, b_sum },
	{ "mean", "list", 1, MANY, STRICT, b_mean },
	{ "min", "list", 1, MANY, STRICT, b_min },
	{ "max", "list", 1, MANY, STRICT, b_max },
	{ "floor", "n,scale", 1, 2, STRICT, b_floor },
	{ "ceiling", "n,scale", 1, 2, STRICT, b_ceiling },
	{ "decimal", "n,scale", 2, 2, STRICT, b_decimal },
	{ "round half up", "n,scale", 2, 2, STRICT, b_half_up },
	{ "round half down", "n,scale", 2, 2, STRICT, b_half_down },
	{ "round up", "n,scale", 2, 2, STRICT, b_up },
	{ "round down", "n,scale", 2, 2, STRICT, b_down },
	{ "abs", "n", 1, 1, STRICT, b_abs },
	{ "modulo", "dividend,divisor", 2, 2, STRICT, b_modulo },
	{ "sqrt", "number", 1, 1, STRICT, b_sqrt },
	{ "even", "number", 1, 1, STRICT, b_even },
	{ "odd", "number", 1, 1, STRICT, b_odd },
	{ "not", "negand", 1, 1, KLEENE, b_not },
	{ "string", "from", 1, 1, STRICT, b_string },
	{ "number", "from,grouping separator,decimal separator", 1, 3, STRICT,
		b_number },
	{ "date", "year,month,day", 1, 3, STRICT, b_date },
	{ "is", "value1,value2", 2, 2, STRICT, b_is },
	{ "string length", "string", 1, 1, STRICT, b_length },
	{ "contains", "string,match", 2, 2, STRICT, b_contains },
	{ "starts with", "string,match", 2, 2, STRICT, b_starts },
	{ "ends with", "string,match", 2, 2, STRICT, b_ends },
	{ "upper case", "string", 1, 1, STRICT, b_upper },
	{ "lower case", "string", 1, 1, STRICT, b_lower },
	{ "substring", "string,start position,length", 2, 3, STRICT,
		b_substring },
	{ "list contains", "list,element", 2, 2, KLEENE,
		oracle_b_list_contains },
	{ "append", "list,item", 2, MANY, APPENDS, oracle_b_append },
	{ "concatenate", "list", 1, MANY, MOVES, oracle_b_concatenate },
	{ "distinct values", "list", 1, 1, STRICT, oracle_b_distinct },
	{ "union", "list", 1, MANY, STRICT, oracle_b_union },
	{ "flatten", "list", 1, 1, STRICT, oracle_b_flatten },
	{ "reverse", "list", 1, 1, MOVES, oracle_b_reverse },
	{ "index of", "list,match", 2, 2, STRICT, oracle_b_index_of },
	{ "sublist", "list,start position,length", 2, 3, MOVES,
		oracle_b_sublist },
	{ "insert before", "list,position,newItem", 3, 3, MOVES,
		oracle_b_insert },
	{ "remove", "list,position", 2, 2, MOVES, oracle_b_remove },
	{ "all", "list", 1, MANY, KLEENE, oracle_b_all },
	{ "any", "list", 1, MANY, KLEENE, oracle_b_any },
	{ "sort", "list,precedes", 2, 2, MOVES, oracle_b_sort },
	{ "get value", "m,key", 2, 2, MOVES, oracle_b_get_value },
	{ "get entries", "m", 1, 1, MOVES, oracle_b_get_entries },
};

static const struct row *row_of(struct text name)
{
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (text_is(name, rows[i].name))
			return &rows[i];
	return NULL;
}

bool oracle_has_builtin(struct text name)
{
	return row_of(name) != NULL;
}

int oracle_parameter(struct text builtin, struct text name)
{
	const struct row *row = row_of(builtin);
	const char *at = row ? row->parameters : "";
	int index = 0;

	if (text_is(builtin, "date") && text_is(name, "from"))
		return 0; /* its other way to be called */
	while (*at) {
		size_t size = strcspn(at, ",");

		if (text_equal(name, (struct text){ at, size }))
			return index;
		at += size + (at[size] == ',');
		index++;
	}
	return -1;
}

static struct feel_value call_row(struct oracle *oracle, int detail,
	const struct feel_value *args, size_t count)
{
	return rows[detail].call(oracle, args, count);
}

/* A known item that makes a sum or an extreme null whatever the others are. */
static bool is_spoiled(const struct row *row, ORACLE_ARGS)
{
	struct feel_value list = oracle_items_of(args, count);
	bool sums = row->call == b_sum || row->call == b_mean;
	uint32_t i;

	if ((!sums && row->call != b_min && row->call != b_max) ||
		!is(&list, FEEL_LIST))
		return false;
	for (i = 0; i < list.size; i++) {
		const struct feel_value *item = &list.u.items[i];

		if (is(item, FEEL_UNKNOWN) || is(item, FEEL_NUMBER))
			continue;
		if (sums || is(item, FEEL_NULL) || is(item, FEEL_BOOLEAN) ||
			item->type > FEEL_YEARS_DURATION)
			return true;
	}
	return false;
}

/* Can the function be called as it is, in spite of unknowns? */
static bool is_callable(const struct row *row, ORACLE_ARGS)
{
	size_t i;

	if (row->unknowns == APPENDS)
		count = 1;
	for (i = 0; i < count; i++) {
		if (row->unknowns == STRICT && feel_is_open(&args[i]))
			return false;
		if (row->unknowns != KLEENE && is(&args[i], FEEL_UNKNOWN))
			return false;
	}
	/* a list that is unknown as a whole is nobody's to look into */
	return row->unknowns != KLEENE || row->call == b_not ||
	       !is(&args[0], FEEL_UNKNOWN) || row->most == MANY;
}

struct feel_value oracle_builtin(struct oracle *oracle, struct text name,
	const struct feel_value *args, size_t count)
{
	const struct row *row = row_of(name);
	struct feel_value out;

	if (!row)
		return oracle_fail(oracle);
	if (count < row->least || count > row->most)
		return oracle_null();
	if (is_spoiled(row, args, count))
		return oracle_null();
	if (is_callable(row, args, count))
		return row->call(oracle, args, count);
	if (oracle_try_all(
		    oracle, call_row, (int)(row - rows), args, count, &out))
		return out;
	return oracle_unknown_of(oracle, args, count);
}
