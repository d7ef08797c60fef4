/*
 * What is promised of any FEEL text: parsing, compiling and running come back
 * with a value or a reason; a tree printed and parsed again is the same tree
 * and prints the same text; a value that holds no function, printed, is FEEL.
 */
#include "fuzz/play.h"

#include <string.h>

#include "fuzz/target.h"
#include "support/tree.h"

static const struct feel_place place = { "fuzz", 1, 1 };

static bool same(const struct buffer *a, const struct buffer *b)
{
	return a->size == b->size &&
	       (a->size == 0 || memcmp(a->data, b->data, a->size) == 0);
}

struct printed {
	struct buffer text;
	struct buffer tree;
};

static void print(const struct feel_node *node, struct printed *out)
{
	buffer_init(&out->text);
	buffer_init(&out->tree);
	feel_unparse(node, &out->text);
	tree_dump(node, &out->tree);
}

static void release(struct printed *printed)
{
	buffer_release(&printed->text);
	buffer_release(&printed->tree);
}

static void parse_again(
	struct world *world, play_parse *parse, const struct printed *first)
{
	const struct text text = { first->text.data, first->text.size };
	const struct feel_node *node = NULL;
	struct printed second;
	shk_diag diag = { 0 };
	enum shk_code code;

	code = parse(&world->arena, text, place, &world_names, &node, &diag);
	fuzz_check_code("feel_parse", code, &diag);
	if (code == SHK_E_LIMIT)
		return;
	if (code != SHK_OK)
		fuzz_fail("printed as %s: %s", first->text.data, diag.message);
	print(node, &second);
	if (!same(&first->tree, &second.tree))
		fuzz_fail("%s\nis printed as %s\nwhich is %s", first->tree.data,
			first->text.data, second.tree.data);
	if (!same(&first->text, &second.text))
		fuzz_fail("%s\nis printed again as %s", first->text.data,
			second.text.data);
	release(&second);
}

const struct feel_node *play_tree(
	struct world *world, play_parse *parse, struct text source)
{
	const struct feel_node *node = NULL;
	struct printed first;
	shk_diag diag = { 0 };
	enum shk_code code;

	code = parse(&world->arena, source, place, &world_names, &node, &diag);
	fuzz_check_code("feel_parse", code, &diag);
	if (code != SHK_OK)
		return NULL;
	print(node, &first);
	parse_again(world, parse, &first);
	release(&first);
	return node;
}

const struct feel_program *play_program(
	struct world *world, const struct feel_node *node)
{
	const struct feel_program *program = NULL;
	struct buffer listing;
	shk_diag diag = { 0 };
	enum shk_code code;

	code = feel_compile(
		&world->arena, node, &world_globals, "fuzz", &program, &diag);
	fuzz_check_code("feel_compile", code, &diag);
	if (code != SHK_OK)
		return NULL;
	buffer_init(&listing);
	feel_list_program(program, &world_globals, &listing);
	if (listing.size == 0)
		fuzz_fail("a program without a listing");
	buffer_release(&listing);
	return program;
}

#define PRINT_MAX 20000 /* bytes of a value that is parsed again */

static bool has_function(const struct feel_value *value)
{
	if (value->type == FEEL_FUNCTION || value->type == FEEL_UNKNOWN)
		return true;
	for (uint32_t i = 0; value->type == FEEL_LIST && i < value->size; i++)
		if (has_function(&value->u.items[i]))
			return true;
	for (uint32_t i = 0; value->type == FEEL_CONTEXT && i < value->size;
		i++)
		if (has_function(&value->u.entries[i].value))
			return true;
	return false;
}

static void print_value(struct world *world, const struct feel_value *value)
{
	const struct feel_node *node = NULL;
	struct buffer text;
	shk_diag diag = { 0 };
	enum shk_code code;

	buffer_init(&text);
	feel_print(value, &text);
	if (!has_function(value) && text.size > 0 && text.size < PRINT_MAX) {
		code = feel_parse(&world->arena,
			(struct text){ text.data, text.size }, place, NULL,
			&node, &diag);
		fuzz_check_code("feel_parse", code, &diag);
		if (code != SHK_OK && code != SHK_E_LIMIT)
			fuzz_fail("the value is printed as %s, which is no "
				  "FEEL: %s",
				text.data, diag.message);
	}
	buffer_release(&text);
}

bool play_run(struct world *world, const struct feel_program *program,
	const struct feel_value *input, struct feel_value *out)
{
	shk_diag diag = { 0 };
	enum shk_code code;

	code = feel_run(world->machine, program, input, out, &diag);
	fuzz_check_code("feel_run", code, &diag);
	if (code == SHK_E_LIMIT)
		return false;
	if (code != SHK_OK)
		fuzz_fail("feel_run: %s", diag.message);
	print_value(world, out);
	return true;
}
