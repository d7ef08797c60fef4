/*
 * kit FOLDER...: every FEEL text in the models of a conformance kit, compiled
 * and run beside the oracle. The names of a model are slots, whose values are
 * those that each test case beside the model gives, and null for the others.
 * Prints counts and disagreements; the exit status is 1 if there was one.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "dmn/kit_value.h"
#include "dmn/model.h"
#include "feel/machine.h"
#include "support/oracle.h"

#define NAMES_MAX 512
#define FILES_MAX 64

struct model {
	struct arena arena; /* of the model and its cases */
	struct arena work;  /* of one run */
	size_t name_count;
	struct oracle_binding slots[NAMES_MAX + 1];
	size_t case_count;
	const struct xml_element *cases[FILES_MAX]; /* roots */
	struct feel_machine *machine;
};

static struct {
	unsigned long texts, refused, unheard, compared, silent, wrong;
} counts;

static int slot_of(const void *context, struct text name)
{
	const struct model *model = context;

	for (size_t i = 0; i < model->name_count; i++)
		if (text_is(name, model->slots[i].name))
			return (int)i;
	return -1;
}

static struct text name_of(const void *context, unsigned slot)
{
	const struct model *model = context;

	return text_of(model->slots[slot].name);
}

static bool is_name(const void *context, struct text candidate)
{
	return slot_of(context, candidate) >= 0;
}

static bool is_prefix(const void *context, struct text candidate)
{
	const struct model *model = context;

	for (size_t i = 0; i < model->name_count; i++)
		if (strncmp(model->slots[i].name, candidate.data,
			    candidate.size) == 0 &&
			strlen(model->slots[i].name) > candidate.size)
			return true;
	return false;
}

static enum shk_code load(
	void *context, unsigned slot, struct feel_value *out, shk_diag *diag)
{
	const struct model *model = context;

	(void)diag;
	*out = model->slots[slot].value;
	return SHK_OK;
}

static void collect_names(struct model *model, const struct xml_element *root)
{
	const struct xml_element *xml;

	for (xml = root; xml; xml = dmn_walk(xml)) {
		const char *name = xml_attribute(xml, "name");

		if (!name || !name[0] ||
			strcmp(xml->name, "definitions") == 0 ||
			strcmp(xml->name, "import") == 0 ||
			model->name_count == NAMES_MAX ||
			slot_of(model, text_of(name)) >= 0)
			continue;
		model->slots[model->name_count].name = name;
		model->slots[model->name_count++].value = FEEL_NULL_VALUE;
	}
}

static void give(struct model *model, const struct xml_element *test)
{
	const struct xml_element *node = xml_child(test, "inputNode");

	for (size_t i = 0; i < model->name_count; i++)
		model->slots[i].value = FEEL_NULL_VALUE;
	for (; node; node = xml_sibling(node, "inputNode")) {
		const char *name = xml_attribute(node, "name");
		int slot = name ? slot_of(model, text_of(name)) : -1;
		struct feel_value value;

		if (slot >= 0 &&
			kit_value(&model->arena, node, &value) == SHK_OK)
			model->slots[slot].value = value;
	}
}

static void tell(const char *text, const struct feel_value *oracle,
	const struct feel_value *machine)
{
	struct buffer left;
	struct buffer right;

	buffer_init(&left);
	buffer_init(&right);
	feel_print(oracle, &left);
	feel_print(machine, &right);
	printf("%s\n  oracle %s, machine %s\n", text, left.data, right.data);
	buffer_release(&left);
	buffer_release(&right);
	counts.wrong++;
}

/* One text with the slots as they are and this input of a test. */
static void compare(struct model *model, const char *text,
	const struct feel_node *node, const struct feel_program *program,
	const struct feel_value *input)
{
	const struct oracle_scope scope = { model->slots };
	struct feel_value machine;
	struct feel_value oracle;
	shk_diag diag = { 0 };

	if (feel_run(model->machine, program, input, &machine, &diag) !=
			SHK_OK ||
		!oracle_eval(&model->work, node, &scope, input, &oracle)) {
		counts.silent++;
		return;
	}
	counts.compared++;
	if (oracle_agree(&oracle, &machine) != ORACLE_SAME)
		tell(text, &oracle, &machine);
}

static void each_case(struct model *model, const char *text,
	const struct feel_node *node, const struct feel_program *program,
	bool tests)
{
	const struct feel_value null = FEEL_NULL_VALUE;

	for (size_t i = 0; i < model->case_count; i++) {
		const struct xml_element *test =
			xml_child(model->cases[i], "testCase");

		for (; test; test = xml_sibling(test, "testCase")) {
			give(model, test);
			compare(model, text, node, program,
				tests ? &null : NULL);
			for (size_t k = 0; tests && k < model->name_count; k++)
				if (model->slots[k].value.type != FEEL_NULL)
					compare(model, text, node, program,
						&model->slots[k].value);
		}
	}
}

static void play(struct model *model, const char *text, bool tests)
{
	const struct feel_names names = { model, is_name, is_prefix };
	const struct feel_globals globals = {
		.context = model, .slot = slot_of, .name = name_of
	};
	const struct feel_host host = { .context = model, .load = load };
	const struct feel_place place = { "kit", 1, 1 };
	const struct feel_node *node = NULL;
	const struct feel_program *program = NULL;
	shk_diag diag = { 0 };

	unsigned long before = counts.compared;

	arena_clear(&model->work);
	counts.texts++;
	if ((tests ? feel_parse_tests : feel_parse)(&model->work, text_of(text),
		    place, &names, &node, &diag) != SHK_OK ||
		feel_compile(&model->work, node, &globals, "kit", &program,
			&diag) != SHK_OK) {
		counts.refused++;
		return;
	}
	if (feel_machine_new(&model->machine, &model->work, &host, &diag) !=
		SHK_OK)
		return;
	each_case(model, text, node, program, tests);
	counts.unheard += counts.compared == before;
	feel_machine_free(model->machine);
}

static void play_model(struct model *model, const char *path)
{
	struct xml_element *root = NULL;
	const struct xml_element *xml;
	shk_diag diag = { 0 };

	model->name_count = 0;
	if (xml_read_file(&model->arena, path, SHK_E_RULES, &root, &diag) !=
		SHK_OK)
		return;
	collect_names(model, root);
	model->slots[model->name_count].name = NULL;
	for (xml = root; xml; xml = dmn_walk(xml)) {
		const char *in = xml->parent ? xml->parent->name : "";

		if (strcmp(xml->name, "text") == 0 &&
			strcmp(in, "textAnnotation") != 0 &&
			strcmp(in, "annotationEntry") != 0)
			play(model, xml->text,
				strcmp(in, "inputEntry") == 0 ||
					strstr(in, "Values") ||
					strstr(in, "Constraint"));
	}
}

static bool ends_with(const char *name, const char *end)
{
	size_t size = strlen(name);

	return size > strlen(end) &&
	       strcmp(name + size - strlen(end), end) == 0;
}

/* The models of a folder with the cases of it, then the folders inside. */
static void play_folder(const char *folder)
{
	static struct model model;
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, alphasort);
	char path[1024];

	memset(&model, 0, sizeof(model));
	arena_init(&model.arena);
	arena_init(&model.work);
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < count; i++) {
			struct xml_element *root = NULL;
			shk_diag diag = { 0 };

			snprintf(path, sizeof(path), "%s/%s", folder,
				entries[i]->d_name);
			if (pass == 1 && ends_with(path, ".dmn"))
				play_model(&model, path);
			else if (pass == 0 && ends_with(path, ".xml") &&
				 model.case_count < FILES_MAX &&
				 xml_read_file(&model.arena, path, SHK_E_INPUT,
					 &root, &diag) == SHK_OK)
				model.cases[model.case_count++] = root;
		}
	arena_release(&model.work);
	arena_release(&model.arena);
	for (int i = 0; i < count; i++) {
		struct stat info;

		snprintf(path, sizeof(path), "%s/%s", folder,
			entries[i]->d_name);
		if (entries[i]->d_name[0] != '.' && stat(path, &info) == 0 &&
			S_ISDIR(info.st_mode))
			play_folder(path);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		play_folder(argv[i]);
	printf("%lu texts, %lu refused, %lu without any answer, %lu answers "
	       "compared, %lu without an "
	       "answer, %lu disagreements\n",
		counts.texts, counts.refused, counts.unheard, counts.compared,
		counts.silent, counts.wrong);
	return counts.wrong > 0 || counts.compared == 0;
}
