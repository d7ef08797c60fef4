/*
 * The end of a compilation: the bodies one behind the other, jumps moved along
 * with them, the pools copied into the program's arena, and the whole checked.
 */
#include "feel/compile.h"

#include <string.h>

static void *copy_array(struct feel_compiler *compiler,
	const struct feel_array *array, size_t size)
{
	void *copy = arena_zeroed(compiler->arena, array->count + 1, size);

	if (!copy)
		feel_compile_fail(
			compiler, SHK_E_MEMORY, NULL, "memory ran out");
	else if (array->count)
		memcpy(copy, array->items, array->count * size);
	return copy;
}

/* Copy one body behind the others; its jumps count from the program. */
static void place_body(
	const struct feel_body *body, uint32_t *code, uint32_t start)
{
	uint32_t size = (uint32_t)body->words.count;
	uint32_t offset = 0;

	memcpy(code + start, body->words.items, size * sizeof(*code));
	while (offset < size) {
		uint32_t *word = &code[start + offset];
		const struct feel_opcode_info *info =
			&feel_opcodes[FEEL_OPCODE(*word)];

		if (info->operand[0] == FEEL_OPERAND_TARGET)
			*word = FEEL_WORD(FEEL_OPCODE(*word),
				FEEL_OPERAND(*word) + start);
		offset += info->words;
	}
}

static uint32_t code_size(const struct feel_compiler *compiler)
{
	size_t size = 0;

	for (const struct feel_body *body = compiler->first; body;
		body = body->next)
		size += body->words.count;
	return size < FEEL_OPERAND_LIMIT ? (uint32_t)size : 0;
}

static void place_bodies(
	struct feel_compiler *compiler, uint32_t *code, struct feel_unit *units)
{
	uint32_t start = 0;

	for (struct feel_body *body = compiler->first; body;
		body = body->next) {
		struct feel_unit *unit = &units[body->index];

		place_body(body, code, start);
		*unit = body->unit;
		unit->start = start;
		start += (uint32_t)body->words.count;
		unit->end = start;
		unit->capture_count = (uint32_t)body->captures.count;
		unit->captures = copy_array(
			compiler, &body->captures, sizeof(struct feel_capture));
	}
}

/* The rows of a table move with the body that it stands in. */
static bool place_tables(struct feel_compiler *compiler,
	struct feel_table_plan *tables, const struct feel_unit *units)
{
	const uint32_t *owners = compiler->owners.items;

	for (size_t i = 0; i < compiler->tables.count; i++) {
		uint32_t count = tables[i].row_count + 1;
		uint32_t *rows =
			arena_zeroed(compiler->arena, count, sizeof(*rows));

		if (!rows) {
			feel_compile_fail(
				compiler, SHK_E_MEMORY, NULL, "memory ran out");
			return false;
		}
		for (uint32_t row = 0; row < count; row++)
			if (tables[i].rows[row] != 0)
				rows[row] = tables[i].rows[row] +
					    units[owners[i]].start;
		tables[i].rows = rows;
	}
	return true;
}

static void check(struct feel_compiler *compiler,
	const struct feel_program *program, struct feel_unit *units)
{
	const char *why;

	if (feel_verify(&compiler->scratch, program, units, &why))
		return;
	if (why)
		feel_compile_fail(compiler, SHK_E_LIMIT, NULL,
			"an expression does not compile: %s", why);
	else
		feel_compile_fail(
			compiler, SHK_E_MEMORY, NULL, "memory ran out");
	diag_place(compiler->diag, compiler->path, 0, 0);
}

const struct feel_program *feel_link(struct feel_compiler *compiler)
{
	struct feel_program *program =
		arena_zeroed(compiler->arena, 1, sizeof(*program));
	struct feel_unit *units = arena_zeroed(
		compiler->arena, compiler->unit_count, sizeof(*units));
	uint32_t size = code_size(compiler);
	uint32_t *code =
		arena_zeroed(compiler->arena, size + 1u, sizeof(*code));
	struct feel_table_plan *tables =
		copy_array(compiler, &compiler->tables, sizeof(*tables));

	if (!program || !units || !code || !tables || size == 0) {
		feel_compile_fail(compiler, size ? SHK_E_MEMORY : SHK_E_LIMIT,
			NULL, size ? "memory ran out" : "too much code");
		return NULL;
	}
	place_bodies(compiler, code, units);
	if (!place_tables(compiler, tables, units))
		return NULL;
	*program = (struct feel_program){ .code = code,
		.size = size,
		.constant_count = (uint32_t)compiler->constants.count,
		.name_count = (uint32_t)compiler->names.count,
		.keys_count = (uint32_t)compiler->keys.count,
		.type_count = (uint32_t)compiler->types.count,
		.unit_count = compiler->unit_count,
		.units = units,
		.table_count = (uint32_t)compiler->tables.count,
		.tables = tables };
	program->constants = copy_array(
		compiler, &compiler->constants, sizeof(struct feel_value));
	program->names =
		copy_array(compiler, &compiler->names, sizeof(struct text));
	program->keys =
		copy_array(compiler, &compiler->keys, sizeof(struct feel_keys));
	program->types = copy_array(compiler, &compiler->types,
		sizeof(const struct feel_type_ref *));
	if (compiler->code == SHK_OK)
		check(compiler, program, units);
	return compiler->code == SHK_OK ? program : NULL;
}

void feel_program_slots(
	const struct feel_program *program, struct feel_set *slots)
{
	uint32_t offset = 0;

	while (offset < program->size) {
		uint32_t word = program->code[offset];

		if (FEEL_OPCODE(word) == OP_LOAD_SLOT)
			feel_set_add(slots, FEEL_OPERAND(word));
		offset += feel_opcodes[FEEL_OPCODE(word)].words;
	}
}
