/*
 * The table of built-ins and what all calls have in common: arguments given
 * as a list or one by one, and unknown arguments, which strict functions never
 * see.
 */
#include "feel/builtin_bodies.h"
#include "feel/inexact.h"

#include <string.h>

#define MANY FEEL_ANY_COUNT

/* clang-format off */
static const struct feel_builtin table[] = {
	{ "not", "negand", 1, 1, FEEL_KLEENE | FEEL_SINGLE, 0, feel_b_not },
	{ "date", "from;year,month,day", 1, 3, FEEL_STRICT | FEEL_SINGLE, 0, feel_b_date },
	{ "time", "from;hour,minute,second,offset",
		1, 4, FEEL_STRICT | FEEL_SINGLE, 0, feel_b_time },
	{ "date and time", "from;date,time",
		1, 2, FEEL_STRICT | FEEL_SINGLE, 0, feel_b_date_time },
	{ "duration", "from", 1, 1, FEEL_STRICT | FEEL_SINGLE, 0, feel_b_duration },
	{ "years and months duration", "from,to",
		2, 2, FEEL_STRICT | FEEL_SINGLE, 0, feel_b_years },
	{ "today", "", 0, 0, FEEL_IMPURE, 0, feel_b_clock },
	{ "now", "", 0, 0, FEEL_IMPURE, 1, feel_b_clock },
	{ "string", "from", 1, 1, FEEL_STRICT, 0, feel_b_string },
	{ "number", "from,grouping separator,decimal separator",
		1, 3, FEEL_STRICT | FEEL_SINGLE, 0, feel_b_number },
	{ "substring", "string,start position,length",
		2, 3, FEEL_STRICT | FEEL_SINGLE, 0, feel_b_substring },
	{ "string length", "string", 1, 1, FEEL_STRICT | FEEL_SINGLE, 0, feel_b_length },
	{ "upper case", "string", 1, 1, FEEL_STRICT | FEEL_SINGLE, 1, feel_b_case },
	{ "lower case", "string", 1, 1, FEEL_STRICT | FEEL_SINGLE, 0, feel_b_case },
	{ "substring before", "string,match",
		2, 2, FEEL_STRICT | FEEL_SINGLE, 0, feel_b_split },
	{ "substring after", "string,match",
		2, 2, FEEL_STRICT | FEEL_SINGLE, 1, feel_b_split },
	{ "contains", "string,match", 2, 2, FEEL_STRICT | FEEL_SINGLE, 0, feel_b_contains },
	{ "starts with", "string,match",
		2, 2, FEEL_STRICT | FEEL_SINGLE, 1, feel_b_contains },
	{ "ends with", "string,match", 2, 2, FEEL_STRICT | FEEL_SINGLE, 2, feel_b_contains },
	{ "matches", "input,pattern,flags",
		2, 3, FEEL_STRICT | FEEL_SINGLE, 0, feel_b_matches },
	{ "replace", "input,pattern,replacement,flags",
		3, 4, FEEL_STRICT | FEEL_SINGLE, 0, feel_b_replace },
	{ "split", "string,delimiter", 2, 2, FEEL_STRICT | FEEL_SINGLE, 0, feel_b_tokens },
	{ "string join", "list,delimiter",
		1, 2, FEEL_STRICT, 0, feel_b_join },
	{ "list contains", "list,element",
		2, 2, FEEL_KLEENE, 0, feel_b_list_contains },
	{ "count", "list", 1, 1, FEEL_SHELL, 0, feel_b_count },
	{ "min", "list", 1, MANY, FEEL_KLEENE | FEEL_SPREAD | FEEL_IMPURE, 0,
		feel_b_extreme },
	{ "max", "list", 1, MANY, FEEL_KLEENE | FEEL_SPREAD | FEEL_IMPURE, 1,
		feel_b_extreme },
	{ "sum", "list", 1, MANY, FEEL_KLEENE | FEEL_SPREAD, 0, feel_b_sum },
	{ "product", "list",
		1, MANY, FEEL_KLEENE | FEEL_SPREAD, 0, feel_b_product },
	{ "mean", "list", 1, MANY, FEEL_KLEENE | FEEL_SPREAD, 0, feel_b_mean },
	{ "median", "list",
		1, MANY, FEEL_STRICT | FEEL_SPREAD, 0, feel_b_median },
	{ "all", "list", 1, MANY, FEEL_KLEENE | FEEL_SPREAD, 1, feel_b_truths },
	{ "any", "list", 1, MANY, FEEL_KLEENE | FEEL_SPREAD, 0, feel_b_truths },
	{ "sublist", "list,start position,length",
		2, 3, FEEL_SHELL, 0, feel_b_sublist },
	{ "append", "list,item", 1, MANY, FEEL_KLEENE, 0, feel_b_append },
	{ "concatenate", "list", 1, MANY, FEEL_SHELL, 0, feel_b_concatenate },
	{ "insert before", "list,position,newItem",
		3, 3, FEEL_KLEENE, 0, feel_b_insert },
	{ "remove", "list,position", 2, 2, FEEL_SHELL, 0, feel_b_remove },
	{ "reverse", "list", 1, 1, FEEL_SHELL, 0, feel_b_reverse },
	{ "index of", "list,match", 2, 2, FEEL_STRICT, 0, feel_b_index_of },
	{ "union", "list", 1, MANY, FEEL_STRICT, 1, feel_b_distinct },
	{ "distinct values", "list", 1, 1, FEEL_STRICT, 0, feel_b_distinct },
	{ "duplicate values", "list", 1, 1, FEEL_STRICT, 0, feel_b_duplicate },
	{ "flatten", "list", 1, 1, FEEL_STRICT, 0, feel_b_flatten },
	{ "sort", "list,precedes",
		1, 2, FEEL_KLEENE | FEEL_IMPURE, 0, feel_b_sort },
	{ "decimal", "n,scale", 2, 2, FEEL_KLEENE | FEEL_SINGLE | FEEL_IMPURE,
		NUM_HALF_EVEN, feel_b_round },
	{ "floor", "n,scale", 1, 2, FEEL_KLEENE | FEEL_SINGLE | FEEL_IMPURE,
		NUM_FLOOR, feel_b_round },
	{ "ceiling", "n,scale", 1, 2, FEEL_KLEENE | FEEL_SINGLE | FEEL_IMPURE,
		NUM_CEILING, feel_b_round },
	{ "round up", "n,scale", 2, 2, FEEL_KLEENE | FEEL_SINGLE | FEEL_IMPURE,
		NUM_UP, feel_b_round },
	{ "round down", "n,scale", 2, 2, FEEL_KLEENE | FEEL_SINGLE | FEEL_IMPURE,
		NUM_DOWN, feel_b_round },
	{ "round half up", "n,scale", 2, 2, FEEL_KLEENE | FEEL_SINGLE | FEEL_IMPURE,
		NUM_HALF_UP, feel_b_round },
	{ "round half down", "n,scale", 2, 2, FEEL_KLEENE | FEEL_SINGLE | FEEL_IMPURE,
		NUM_HALF_DOWN, feel_b_round },
	{ "abs", "n", 1, 1, FEEL_KLEENE | FEEL_SINGLE, 0, feel_b_abs },
	{ "modulo", "dividend,divisor", 2, 2, FEEL_STRICT | FEEL_SINGLE, 0, feel_b_modulo },
	{ "sqrt", "number", 1, 1, FEEL_KLEENE | FEEL_SINGLE, 0, feel_b_root },
	{ "log", "number", 1, 1, FEEL_KLEENE | FEEL_SINGLE, 1, feel_b_root },
	{ "exp", "number", 1, 1, FEEL_KLEENE | FEEL_SINGLE, 2, feel_b_root },
	{ "odd", "number", 1, 1, FEEL_STRICT | FEEL_SINGLE, 1, feel_b_parity },
	{ "even", "number", 1, 1, FEEL_STRICT | FEEL_SINGLE, 0, feel_b_parity },
	{ "is", "value1,value2", 2, 2, FEEL_STRICT, 0, feel_b_is },
	{ "get value", "m,key;context,key",
		2, 2, FEEL_SHELL, 0, feel_b_get_value },
	{ "get entries", "m;context", 1, 1, FEEL_SHELL, 0, feel_b_get_entries },
	{ "context", "entries", 1, 1, FEEL_SHELL, 0, feel_b_context },
	{ "context put", "context,key,value;context,keys,value",
		3, 3, FEEL_KLEENE | FEEL_WAYS, 0, feel_b_context_put },
	{ "context put (key)", "context,key,value",
		3, 3, FEEL_KLEENE, 1, feel_b_context_put },
	{ "context put (keys)", "context,keys,value",
		3, 3, FEEL_KLEENE, 2, feel_b_context_put },
	{ "context merge", "contexts",
		1, 1, FEEL_SHELL, 0, feel_b_context_merge },
	{ "get or else", "value,default", 2, 2, FEEL_KLEENE, 0,
		feel_b_get_or_else },
	{ "list replace", "list,position,newItem;list,match,newItem",
		3, 3, FEEL_STRICT | FEEL_IMPURE, 0, feel_b_list_replace },
	{ "mode", "list", 1, MANY, FEEL_STRICT | FEEL_SPREAD, 0, feel_b_mode },
	{ "stddev", "list",
		1, MANY, FEEL_STRICT | FEEL_SPREAD, 0, feel_b_deviation },
	{ "day of week", "date", 1, 1, FEEL_STRICT | FEEL_SINGLE, 0, feel_b_calendar },
	{ "month of year", "date", 1, 1, FEEL_STRICT | FEEL_SINGLE, 1, feel_b_calendar },
	{ "day of year", "date", 1, 1, FEEL_STRICT | FEEL_SINGLE, 2, feel_b_calendar },
	{ "week of year", "date", 1, 1, FEEL_STRICT | FEEL_SINGLE, 3, feel_b_calendar },
	{ "before", "point1,point2;range,point;point,range;range1,range2",
		2, 2, FEEL_STRICT, FEEL_R_BEFORE, feel_b_relation },
	{ "after", "point1,point2;range,point;point,range;range1,range2",
		2, 2, FEEL_STRICT, FEEL_R_AFTER, feel_b_relation },
	{ "meets", "range1,range2",
		2, 2, FEEL_STRICT, FEEL_R_MEETS, feel_b_relation },
	{ "met by", "range1,range2",
		2, 2, FEEL_STRICT, FEEL_R_MET_BY, feel_b_relation },
	{ "overlaps", "range1,range2",
		2, 2, FEEL_STRICT, FEEL_R_OVERLAPS, feel_b_relation },
	{ "overlaps before", "range1,range2",
		2, 2, FEEL_STRICT, FEEL_R_OVERLAPS_BEFORE, feel_b_relation },
	{ "overlaps after", "range1,range2",
		2, 2, FEEL_STRICT, FEEL_R_OVERLAPS_AFTER, feel_b_relation },
	{ "finishes", "point,range;range1,range2",
		2, 2, FEEL_STRICT, FEEL_R_FINISHES, feel_b_relation },
	{ "finished by", "range,point;range1,range2",
		2, 2, FEEL_STRICT, FEEL_R_FINISHED_BY, feel_b_relation },
	{ "includes", "range,point;range1,range2",
		2, 2, FEEL_STRICT, FEEL_R_INCLUDES, feel_b_relation },
	{ "during", "point,range;range1,range2",
		2, 2, FEEL_STRICT, FEEL_R_DURING, feel_b_relation },
	{ "starts", "point,range;range1,range2",
		2, 2, FEEL_STRICT, FEEL_R_STARTS, feel_b_relation },
	{ "started by", "range,point;range1,range2",
		2, 2, FEEL_STRICT, FEEL_R_STARTED_BY, feel_b_relation },
	{ "coincides", "point1,point2;range1,range2",
		2, 2, FEEL_STRICT, FEEL_R_COINCIDES, feel_b_relation },
	{ "range", "from", 1, 1, FEEL_STRICT, 0, feel_b_range },
	/* what the parser makes of @"..." and of a body in another language */
	{ "@", "from", 1, 1, FEEL_STRICT, 0, feel_b_at },
	{ "external", "language", 1, 1, FEEL_KLEENE, 0, feel_b_external },
	/* what dmn/ puts around a knowledge model that is declared monotone */
	{ "@monotone", "function", 2, FEEL_ANY_COUNT, FEEL_KLEENE | FEEL_IMPURE,
		0, feel_b_monotone },
};
/* clang-format on */

#define TABLE_COUNT (sizeof(table) / sizeof(table[0]))

int feel_builtin_find(struct text name)
{
	for (size_t i = 0; i < TABLE_COUNT; i++)
		if (text_is(name, table[i].name))
			return (int)i;
	return -1;
}

const struct feel_builtin *feel_builtin_at(uint32_t index)
{
	return &table[index];
}

uint32_t feel_builtin_count(void)
{
	return (uint32_t)TABLE_COUNT;
}

unsigned feel_builtin_ways(const struct feel_builtin *builtin)
{
	unsigned ways = 1;

	for (const char *at = builtin->parameters; *at; at++)
		ways += *at == ';';
	return ways;
}

int feel_builtin_parameter(
	const struct feel_builtin *builtin, unsigned way, struct text name)
{
	const char *at = builtin->parameters;
	int index = 0;

	for (; way > 0 && *at; at++)
		way -= *at == ';';
	while (*at && *at != ';') {
		size_t size = strcspn(at, ",;");

		if (text_equal(name, (struct text){ at, size }))
			return index;
		at += size;
		at += *at == ',';
		index++;
	}
	return -1;
}

bool feel_as_list(const struct feel_value *value, struct feel_value *list)
{
	*list = *value;
	if (value->type == FEEL_LIST)
		return true;
	if (value->type == FEEL_NULL)
		return false;
	*list = (struct feel_value){ .type = FEEL_LIST, .size = 1 };
	list->u.items = value;
	return true;
}

bool feel_as_int(const struct feel_value *value, int64_t *out)
{
	return value->type == FEEL_NUMBER && num_to_int(value->u.number, out);
}

static void call_mapped(struct feel_env *env, const void *context,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	feel_builtin_call(env, context, args, count, out);
}

/* One argument in place of a list, of which not even that much is known. */
static bool maybe_list(const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count)
{
	struct feel_range span;

	return (builtin->flags & FEEL_SPREAD) && count == 1 &&
	       args[0].type == FEEL_UNKNOWN && !feel_span(&args[0], &span);
}

/* Is there an unknown that this function must not see? */
static bool must_not_see(const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count)
{
	if (builtin->flags & FEEL_KLEENE)
		return maybe_list(builtin, args, count);
	for (uint32_t i = 0; i < count; i++) {
		if (args[i].type == FEEL_UNKNOWN)
			return true;
		if ((builtin->flags & FEEL_STRICT) && feel_is_open(&args[i]))
			return true;
	}
	return false;
}

/*
 * Functions that carry the errors of numbers to their result, or look at none.
 * All the others go by the digits, which is a doubt when those may err.
 */
static bool keeps_errors(const struct feel_builtin *builtin)
{
	static feel_builtin_body *const bodies[] = { feel_b_round,
		feel_b_extreme, feel_b_sum, feel_b_count, feel_b_not,
		feel_b_truths, feel_b_get_value, feel_b_append, feel_b_product,
		feel_b_mean, feel_b_median, feel_b_abs, feel_b_modulo,
		feel_b_root, feel_b_number, feel_b_concatenate, feel_b_reverse,
		feel_b_flatten, feel_b_get_entries, feel_b_context,
		feel_b_context_put, feel_b_context_merge, feel_b_get_or_else,
		feel_b_monotone };

	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
		if (builtin->body == bodies[i])
			return true;
	return false;
}

void feel_builtin_call(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct feel_value result = FEEL_NULL_VALUE;
	struct feel_value list = { .type = FEEL_LIST, .size = count };

	if (env->notes)
		feel_watch_builtin(env, builtin, args, count);
	if (!keeps_errors(builtin))
		feel_doubt_digits(env, args, count);
	if (must_not_see(builtin, args, count)) {
		if (!feel_map_choices(
			    env, call_mapped, builtin, args, count, &result))
			feel_anything(env, args, count, &result);
		*out = result;
		return;
	}
	if ((builtin->flags & FEEL_SPREAD) && count == 1 &&
		(args[0].type == FEEL_NULL)) {
		*out = result;
		return;
	}
	if ((builtin->flags & FEEL_SPREAD) &&
		!(count == 1 && args[0].type == FEEL_LIST)) {
		list.u.items = args;
		builtin->body(env, builtin, &list, 1, &result);
	} else {
		builtin->body(env, builtin, args, count, &result);
	}
	*out = result;
}

void feel_aggregate(struct feel_env *env, enum feel_aggregator aggregator,
	const struct feel_value *list, struct feel_value *out)
{
	static const char *const names[] = { [FEEL_SUM] = "sum",
		[FEEL_COUNT] = "count",
		[FEEL_MIN] = "min",
		[FEEL_MAX] = "max" };
	int index = feel_builtin_find(text_of(names[aggregator]));

	feel_builtin_call(env, &table[index], list, 1, out);
}
