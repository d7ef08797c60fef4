/*
 * Types as FEEL writes them: number, list<number>, context<a: string>,
 * function<number> -> string, range<date>, and names that the model defines.
 */
#include "feel/parser.h"

#include <string.h>

static const struct {
	const char *name;
	enum feel_type type;
} basic_types[] = {
	{ "boolean", FEEL_BOOLEAN },
	{ "number", FEEL_NUMBER },
	{ "string", FEEL_STRING },
	{ "date", FEEL_DATE },
	{ "time", FEEL_TIME },
	{ "date and time", FEEL_DATE_TIME },
	{ "days and time duration", FEEL_DAYS_DURATION },
	{ "years and months duration", FEEL_YEARS_DURATION },
	{ "dateTime", FEEL_DATE_TIME }, /* these three: DMN 1.1 */
	{ "dayTimeDuration", FEEL_DAYS_DURATION },
	{ "yearMonthDuration", FEEL_YEARS_DURATION },
};

static struct feel_type_ref *type_new(
	struct feel_parser *parser, enum feel_type type)
{
	struct feel_type_ref *ref;

	if (parser->code != SHK_OK)
		return NULL;
	ref = arena_zeroed(parser->arena, 1, sizeof(*ref));
	if (!ref)
		return feel_no_memory(parser);
	ref->type = type;
	return ref;
}

/* Move the types gathered since `from` (and names if `named`) to `ref`. */
static bool adopt(struct feel_parser *parser, struct feel_type_ref *ref,
	size_t from, bool named)
{
	size_t count = parser->part_count - from;
	const struct feel_type_ref **members;
	struct text *names;
	size_t i;

	parser->part_count = from;
	if (parser->code != SHK_OK || count == 0)
		return parser->code == SHK_OK;
	members = arena_zeroed(parser->arena, count, sizeof(*members));
	names = arena_zeroed(parser->arena, count, sizeof(*names));
	if (!members || !names)
		return feel_no_memory(parser);
	for (i = 0; i < count; i++) {
		members[i] = parser->parts[from + i].type;
		names[i] = parser->parts[from + i].name;
	}
	ref->members = members;
	ref->names = named ? names : NULL;
	ref->count = count;
	return true;
}

/* Gather types up to `>`, each behind a name and a colon if `named`. */
static bool gather_types(struct feel_parser *parser, bool named)
{
	struct text name = { "", 0 };

	if (feel_accept(parser, LEX_GT))
		return true;
	do {
		if (named && (!feel_read_name(parser, NULL, &name) ||
				     !feel_need(parser, LEX_COLON,
					     "\":\" after the name of a "
					     "member")))
			return false;
		if (!feel_gather(parser, NULL, name, feel_type(parser)))
			return false;
	} while (feel_accept(parser, LEX_COMMA));
	return feel_need(parser, LEX_GT, "\",\" or \">\" in the type");
}

/* list<T> or range<T>; the word is behind us. */
static const struct feel_type_ref *element_type(
	struct feel_parser *parser, enum feel_type type)
{
	struct feel_type_ref *ref = type_new(parser, type);
	size_t from = parser->part_count;
	struct lex_token where = parser->token;

	if (!ref || !feel_accept(parser, LEX_LT))
		return ref;
	if (!gather_types(parser, false))
		return NULL;
	if (parser->part_count - from != 1)
		return feel_refuse(
			parser, &where, "expected one type between < and >");
	return adopt(parser, ref, from, false) ? ref : NULL;
}

static const struct feel_type_ref *context_type(struct feel_parser *parser)
{
	struct feel_type_ref *ref = type_new(parser, FEEL_CONTEXT);
	size_t from = parser->part_count;

	if (!ref || !feel_accept(parser, LEX_LT))
		return ref;
	if (!gather_types(parser, true))
		return NULL;
	return adopt(parser, ref, from, true) ? ref : NULL;
}

static const struct feel_type_ref *function_type(struct feel_parser *parser)
{
	struct feel_type_ref *ref = type_new(parser, FEEL_FUNCTION);
	size_t from = parser->part_count;

	if (!ref || !feel_accept(parser, LEX_LT))
		return ref;
	if (!gather_types(parser, false) ||
		!feel_need(parser, LEX_ARROW,
			"\"->\" and the type of the result") ||
		!feel_gather(parser, NULL, (struct text){ "", 0 },
			feel_type(parser)) ||
		!adopt(parser, ref, from, false))
		return NULL;
	ref->count--; /* parameters only */
	return ref;
}

/* `name.part` of an imported model is one name. */
static bool read_type_name(struct feel_parser *parser, struct text *name)
{
	struct text part;
	char *joined;

	if (parser->type_only)
		return feel_read_name(parser, NULL, name);
	if (!feel_resolve_name(parser, FEEL_SCOPE_TYPE, name))
		return false;
	while (feel_accept(parser, LEX_DOT)) {
		if (parser->token.kind != LEX_WORD)
			return feel_expected(parser, "a name after \".\"");
		if (!feel_resolve_name(parser, FEEL_SCOPE_TYPE, &part))
			return false;
		joined = arena_alloc(parser->arena, name->size + part.size + 1);
		if (!joined)
			return feel_no_memory(parser);
		memcpy(joined, name->data, name->size);
		joined[name->size] = '.';
		memcpy(joined + name->size + 1, part.data, part.size);
		*name = (struct text){ joined, name->size + part.size + 1 };
	}
	return parser->code == SHK_OK;
}

static const struct feel_type_ref *named_type(struct feel_parser *parser)
{
	struct feel_type_ref *ref;
	struct text name;
	size_t i;

	if (!read_type_name(parser, &name))
		return NULL;
	ref = type_new(parser, FEEL_NULL);
	if (!ref)
		return NULL;
	ref->name = name;
	for (i = 0; i < sizeof(basic_types) / sizeof(basic_types[0]); i++)
		if (text_is(name, basic_types[i].name))
			ref->type = basic_types[i].type;
	return ref;
}

static const struct feel_type_ref *any_type(struct feel_parser *parser)
{
	struct lex_token next = feel_peek(parser);
	bool alone = next.kind != LEX_LT;

	/* a name may begin so: "list of loans" */
	if (alone && parser->type_only && next.kind == LEX_WORD)
		return named_type(parser);
	if (feel_at_word(parser, "list"))
		return feel_advance(parser) ? element_type(parser, FEEL_LIST)
					    : NULL;
	if (feel_at_word(parser, "range"))
		return feel_advance(parser) ? element_type(parser, FEEL_RANGE)
					    : NULL;
	if (feel_at_word(parser, "context"))
		return feel_advance(parser) ? context_type(parser) : NULL;
	if (feel_at_word(parser, "function"))
		return feel_advance(parser) ? function_type(parser) : NULL;
	return named_type(parser);
}

const struct feel_type_ref *feel_type(struct feel_parser *parser)
{
	const struct feel_type_ref *type;

	if (parser->code != SHK_OK)
		return NULL;
	if (parser->token.kind != LEX_WORD)
		return feel_expected(parser, "a type");
	if (!feel_enter(parser))
		return NULL;
	type = any_type(parser);
	feel_leave(parser);
	return type;
}
