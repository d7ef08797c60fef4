/*
 * The compiler: entry point, emission of instructions, and the pools of what
 * they refer to. The other compile_*.c files walk the tree.
 */
#include "feel/compile.h"

#include "base/memory.h"

#include <stdio.h>
#include <string.h>

void feel_compile_fail(struct feel_compiler *compiler, enum shk_code code,
	const struct feel_node *node, const char *format, ...)
{
	char message[SHK_DIAG_MESSAGE];
	va_list args;

	if (compiler->code != SHK_OK)
		return;
	compiler->code = code;
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	diag_set(compiler->diag, code, "%s", message);
	if (node)
		diag_place(compiler->diag, compiler->path, node->line,
			node->column);
}

void feel_compile_fault(struct feel_compiler *compiler,
	const struct feel_node *node, const char *format, ...)
{
	const struct feel_globals *globals = compiler->globals;
	const struct feel_value null = FEEL_NULL_VALUE;
	char message[SHK_DIAG_MESSAGE];
	va_list args;

	if (compiler->code != SHK_OK)
		return;
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	if (!globals || !globals->fault) {
		feel_compile_fail(compiler, SHK_E_RULES, node, "%s", message);
		return;
	}
	globals->fault(globals->context, node->line, node->column, message);
	feel_emit_constant(compiler, &null);
}

void feel_compiler_memory(struct feel_compiler *compiler)
{
	if (compiler->code != SHK_OK)
		return;
	compiler->code = SHK_E_MEMORY;
	diag_memory(compiler->diag);
}

void *feel_array_add(
	struct feel_compiler *compiler, struct feel_array *array, size_t size)
{
	char *item;

	if (compiler->code != SHK_OK)
		return NULL;
	if (array->count >= FEEL_OPERAND_LIMIT - 1) {
		feel_compile_fail(compiler, SHK_E_LIMIT, NULL,
			"an expression is too large to compile");
		return NULL;
	}
	if (!memory_grow(
		    &array->items, &array->capacity, array->count + 1, size)) {
		feel_compiler_memory(compiler);
		return NULL;
	}
	item = (char *)array->items + array->count * size;
	memset(item, 0, size);
	array->count++;
	return item;
}

struct text feel_compile_text(struct feel_compiler *compiler, struct text text)
{
	struct text copy = { "", 0 };

	if (text.size == 0)
		return copy;
	copy.data = arena_text(compiler->arena, text.data, text.size);
	if (copy.data) {
		copy.size = text.size;
	} else {
		copy.data = "";
		feel_compiler_memory(compiler);
	}
	return copy;
}

uint32_t feel_here(const struct feel_compiler *compiler)
{
	return (uint32_t)compiler->body->words.count;
}

void feel_emit_word(struct feel_compiler *compiler, uint32_t word)
{
	uint32_t *at =
		feel_array_add(compiler, &compiler->body->words, sizeof(*at));

	if (at)
		*at = word;
}

uint32_t feel_emit(
	struct feel_compiler *compiler, enum feel_opcode op, uint32_t operand)
{
	uint32_t at = feel_here(compiler);

	if (operand >= FEEL_OPERAND_LIMIT)
		feel_compile_fail(compiler, SHK_E_LIMIT, NULL,
			"an expression is too large to compile");
	feel_emit_word(compiler, FEEL_WORD(op, operand));
	return at;
}

void feel_patch(struct feel_compiler *compiler, uint32_t at, uint32_t to)
{
	uint32_t *words = compiler->body->words.items;

	if (compiler->code == SHK_OK)
		words[at] = FEEL_WORD(FEEL_OPCODE(words[at]), to);
}

uint32_t feel_add_constant(
	struct feel_compiler *compiler, const struct feel_value *value)
{
	struct feel_value *constant = feel_array_add(
		compiler, &compiler->constants, sizeof(*constant));

	if (!constant)
		return 0;
	if (!feel_copy(compiler->arena, value, constant))
		feel_compiler_memory(compiler);
	return (uint32_t)compiler->constants.count - 1;
}

void feel_emit_constant(
	struct feel_compiler *compiler, const struct feel_value *value)
{
	feel_emit(compiler, OP_CONST, feel_add_constant(compiler, value));
}

uint32_t feel_new_local(struct feel_compiler *compiler)
{
	if (compiler->body->unit.locals >= FEEL_STACK_MAX)
		feel_compile_fail(compiler, SHK_E_LIMIT, NULL,
			"more than %d names in one expression", FEEL_STACK_MAX);
	return compiler->body->unit.locals++;
}

void feel_scope_push(struct feel_compiler *compiler, struct text name,
	bool item, uint32_t slot)
{
	struct feel_scope *scope =
		arena_zeroed(&compiler->scratch, 1, sizeof(*scope));

	if (!scope) {
		feel_compiler_memory(compiler);
		return;
	}
	*scope = (struct feel_scope){ compiler->body->scope, name, item, slot };
	compiler->body->scope = scope;
}

uint32_t feel_add_name(struct feel_compiler *compiler, struct text name)
{
	const struct text *names = compiler->names.items;
	struct text *added;

	for (size_t i = 0; i < compiler->names.count; i++)
		if (text_equal(names[i], name))
			return (uint32_t)i;
	added = feel_array_add(compiler, &compiler->names, sizeof(*added));
	if (!added)
		return 0;
	*added = feel_compile_text(compiler, name);
	return (uint32_t)compiler->names.count - 1;
}

uint32_t feel_add_keys(
	struct feel_compiler *compiler, const struct text *names, size_t count)
{
	struct text *copy =
		arena_zeroed(compiler->arena, count + 1, sizeof(*copy));
	struct feel_keys *keys;

	if (!copy) {
		feel_compiler_memory(compiler);
		return 0;
	}
	for (size_t i = 0; i < count; i++)
		copy[i] = feel_compile_text(compiler, names[i]);
	keys = feel_array_add(compiler, &compiler->keys, sizeof(*keys));
	if (!keys)
		return 0;
	*keys = (struct feel_keys){ count, copy };
	return (uint32_t)compiler->keys.count - 1;
}

static void copy_members(struct feel_compiler *compiler,
	const struct feel_type_ref *from, struct feel_type_ref *to)
{
	size_t total =
		from->members ? from->count + (from->type == FEEL_FUNCTION) : 0;
	const struct feel_type_ref **members = arena_zeroed(
		compiler->arena, from->count + 1, sizeof(*members));
	struct text *names =
		arena_zeroed(compiler->arena, from->count + 1, sizeof(*names));

	if (!members || !names) {
		feel_compiler_memory(compiler);
		return;
	}
	for (size_t i = 0; i < total; i++) {
		members[i] = feel_copy_type(compiler, from->members[i]);
		if (from->names && i < from->count)
			names[i] = feel_compile_text(compiler, from->names[i]);
	}
	to->count = from->count;
	to->members = from->members ? members : NULL;
	to->names = names;
}

const struct feel_type_ref *feel_copy_type(
	struct feel_compiler *compiler, const struct feel_type_ref *type)
{
	static const struct feel_type_ref any = { .name = { "Any", 3 } };
	struct feel_type_ref *copy;

	if (!type || type->kept)
		return type;
	if (type->type == FEEL_NULL && type->name.size > 0 &&
		compiler->globals && compiler->globals->type) {
		const struct feel_type_ref *known = compiler->globals->type(
			compiler->globals->context, type->name);

		if (known)
			return known;
	}
	if (compiler->depth++ > FEEL_COMPILE_DEPTH)
		feel_compile_fail(compiler, SHK_E_LIMIT, NULL,
			"a type is nested too deeply");
	copy = arena_zeroed(compiler->arena, 1, sizeof(*copy));
	if (!copy)
		feel_compiler_memory(compiler);
	if (compiler->code == SHK_OK && copy) {
		copy->type = type->type;
		copy->name = feel_compile_text(compiler, type->name);
		copy_members(compiler, type, copy);
	}
	compiler->depth--;
	return copy ? copy : &any;
}

uint32_t feel_add_type(
	struct feel_compiler *compiler, const struct feel_type_ref *type)
{
	const struct feel_type_ref **added =
		feel_array_add(compiler, &compiler->types, sizeof(*added));

	if (!added)
		return 0;
	*added = feel_copy_type(compiler, type);
	return (uint32_t)compiler->types.count - 1;
}

bool feel_constants_since(struct feel_compiler *compiler, uint32_t from,
	uint32_t count, struct feel_value *values)
{
	const uint32_t *words = compiler->body->words.items;
	const struct feel_value *constants = compiler->constants.items;

	if (compiler->code != SHK_OK || feel_here(compiler) - from != count)
		return false;
	for (uint32_t i = 0; i < count; i++)
		if (FEEL_OPCODE(words[from + i]) != OP_CONST)
			return false;
	for (uint32_t i = 0; i < count; i++)
		values[i] = constants[FEEL_OPERAND(words[from + i])];
	return true;
}

void feel_rewind(struct feel_compiler *compiler, uint32_t from)
{
	if (compiler->code == SHK_OK)
		compiler->body->words.count = from;
}

static void release(struct feel_compiler *compiler)
{
	memory_free(compiler->constants.items);
	memory_free(compiler->names.items);
	memory_free(compiler->keys.items);
	memory_free(compiler->types.items);
	memory_free(compiler->tables.items);
	memory_free(compiler->owners.items);
	for (struct feel_body *body = compiler->first; body;
		body = body->next) {
		memory_free(body->words.items);
		memory_free(body->captures.items);
	}
	arena_release(&compiler->scratch);
}

enum shk_code feel_compile(struct arena *arena, const struct feel_node *node,
	const struct feel_globals *globals, const char *path,
	const struct feel_program **out, shk_diag *diag)
{
	struct feel_compiler compiler = {
		.arena = arena, .globals = globals, .path = path, .diag = diag
	};
	struct feel_body main_body = { .unit = { .locals = 1, .self = -1 } };

	*out = NULL;
	arena_init(&compiler.scratch);
	compiler.first = compiler.last = compiler.body = &main_body;
	compiler.unit_count = 1;
	if (node->kind == FEEL_NODE_TESTS || node->kind == FEEL_NODE_TEST ||
		node->kind == FEEL_NODE_MATCH || node->kind == FEEL_NODE_DASH)
		feel_scope_push(&compiler, text_of("?"), false, 0);
	feel_compile_node(&compiler, node);
	feel_emit(&compiler, OP_RETURN, 0);
	if (compiler.code == SHK_OK)
		*out = feel_link(&compiler);
	release(&compiler);
	return compiler.code;
}
