/*
 * Facts about instructions that are the same for the compiler, the checker,
 * the machine and the listing.
 */
#include "feel/opcode.h"

#define FEEL_OPCODE_INFO(name, words, pops, pushes, loops, a, b, c)            \
	{ #name, words, pops, pushes, loops,                                   \
		{ FEEL_OPERAND_##a, FEEL_OPERAND_##b, FEEL_OPERAND_##c } },
const struct feel_opcode_info feel_opcodes[FEEL_OPCODE_COUNT] = { FEEL_OPCODES(
	FEEL_OPCODE_INFO) };

void feel_jump_effect(enum feel_opcode op, int *stack, int *loops)
{
	*stack = feel_opcodes[op].pushes - feel_opcodes[op].pops;
	*loops = feel_opcodes[op].loops;
	switch (op) {
	case OP_BRANCH: /* the condition, and a place for the branch */
		*stack = 1;
		break;
	case OP_THEN: /* only the value of the branch is left */
		*stack = -1;
		break;
	case OP_IN_ITEM: /* the entry was found */
		*stack = 1;
		break;
	case OP_NEXT: /* no more items */
		*loops = -1;
		break;
	default:
		break;
	}
}

uint32_t feel_pops(const struct feel_program *program, const uint32_t *code)
{
	enum feel_opcode op = (enum feel_opcode)FEEL_OPCODE(code[0]);
	uint32_t pops = (uint32_t)feel_opcodes[op].pops;

	if (feel_opcodes[op].operand[0] == FEEL_OPERAND_COUNT)
		pops += FEEL_OPERAND(code[0]);
	if (feel_opcodes[op].operand[0] == FEEL_OPERAND_KEYS)
		pops += (uint32_t)program->keys[FEEL_OPERAND(code[0])].count;
	if (op == OP_ROW_OUT)
		pops += program->tables[code[1]].output_count;
	return pops;
}
