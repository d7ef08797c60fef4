/*
 * The listing of a program: one instruction a line, with its offset, its name
 * and what its operands stand for.
 */
#include "feel/builtin.h"

#include "base/buffer.h"

static void list_name(struct text name, struct buffer *out)
{
	buffer_add(out, name.data, name.size);
}

static void list_keys(const struct feel_keys *keys, struct buffer *out)
{
	for (size_t i = 0; i < keys->count; i++) {
		if (i > 0)
			buffer_text(out, ", ");
		list_name(keys->names[i], out);
	}
}

static void list_slot(
	const struct feel_globals *globals, uint32_t slot, struct buffer *out)
{
	if (globals && globals->name)
		list_name(globals->name(globals->context, slot), out);
	else
		buffer_format(out, "slot %u", (unsigned)slot);
}

static void list_operand(const struct feel_program *program,
	const struct feel_globals *globals, enum feel_operand kind,
	uint32_t value, struct buffer *out)
{
	switch (kind) {
	case FEEL_OPERAND_NONE:
		break;
	case FEEL_OPERAND_CONSTANT:
		feel_print(&program->constants[value], out);
		break;
	case FEEL_OPERAND_SLOT:
		list_slot(globals, value, out);
		break;
	case FEEL_OPERAND_TARGET:
		buffer_format(out, "-> %04u", (unsigned)value);
		break;
	case FEEL_OPERAND_NAME:
		list_name(program->names[value], out);
		break;
	case FEEL_OPERAND_KEYS:
		list_keys(&program->keys[value], out);
		break;
	case FEEL_OPERAND_BUILTIN:
		buffer_text(out, feel_builtin_at(value)->name);
		break;
	case FEEL_OPERAND_UNIT:
		buffer_format(
			out, "at %04u", (unsigned)program->units[value].start);
		break;
	case FEEL_OPERAND_TABLE:
		list_name(program->tables[value].name, out);
		break;
	case FEEL_OPERAND_ROW:
		buffer_format(out, "row %u", (unsigned)value + 1);
		break;
	case FEEL_OPERAND_LOCAL:
		buffer_format(out, "#%u", (unsigned)value);
		break;
	case FEEL_OPERAND_TYPE:
	case FEEL_OPERAND_COUNT:
	case FEEL_OPERAND_MARK:
	case FEEL_OPERAND_FLAGS:
		buffer_format(out, "%u", (unsigned)value);
		break;
	}
}

static void list_instruction(const struct feel_program *program,
	const struct feel_globals *globals, uint32_t offset, struct buffer *out)
{
	const uint32_t *code = program->code + offset;
	const struct feel_opcode_info *info = &feel_opcodes[FEEL_OPCODE(*code)];
	bool bare = info->words == 1 && info->operand[0] == FEEL_OPERAND_NONE;

	if (bare) {
		buffer_format(out, "%04u  %s\n", (unsigned)offset, info->name);
		return;
	}
	buffer_format(out, "%04u  %-12s", (unsigned)offset, info->name);
	for (unsigned i = 0; i < info->words; i++) {
		if (info->operand[i] == FEEL_OPERAND_NONE)
			continue;
		buffer_text(out, "  ");
		list_operand(program, globals, info->operand[i],
			i == 0 ? FEEL_OPERAND(code[0]) : code[i], out);
	}
	buffer_byte(out, '\n');
}

void feel_list_program(const struct feel_program *program,
	const struct feel_globals *globals, struct buffer *out)
{
	uint32_t offset = 0;

	while (offset < program->size) {
		list_instruction(program, globals, offset, out);
		offset +=
			feel_opcodes[FEEL_OPCODE(program->code[offset])].words;
	}
}
