/*
 * Which rows can notice a change of which file, from the imports of the
 * models and the models of the decisions in rulebook.xml. What is no model
 * (rulebook.xml, fields.xml) is read by every row.
 */
#include "mutation/reach.h"

#include <stdio.h>
#include <string.h>

#include "mutation/tags.h"

/* The file `name` beside `beside`, or FILES_MAX. */
static size_t find_file(
	const struct law *law, struct text folder, struct text name)
{
	char path[128];

	snprintf(path, sizeof(path), "%.*s/%.*s", (int)folder.size, folder.data,
		(int)name.size, name.data);
	for (size_t i = 0; i < law->count; i++)
		if (strcmp(law->files[i].name, path) == 0)
			return i;
	return FILES_MAX;
}

static void find_imports(struct reach *reach, size_t index)
{
	const struct law_file *file = &reach->law->files[index];
	struct text folder = { file->name, strcspn(file->name, "/") };
	struct tag tag;
	size_t offset = 0;

	while (tag_next(file->raw, &offset, &tag)) {
		size_t other;

		if (!text_is(tag.name, "import"))
			continue;
		other = find_file(
			reach->law, folder, tag_value(&tag, "locationURI"));
		if (other < FILES_MAX)
			reach->reads[index][other] = true;
	}
}

static void find_answers(struct reach *reach, const struct law_file *file)
{
	struct text decision = { "", 0 };
	struct tag tag;
	size_t offset = 0;

	while (tag_next(file->raw, &offset, &tag)) {
		size_t index;

		if (text_is(tag.name, "decision") && !tag.closes)
			decision = tag_value(&tag, "name");
		if (!text_is(tag.name, "in") ||
			reach->answer_count == ANSWERS_MAX)
			continue;
		index = find_file(reach->law, tag_value(&tag, "revision"),
			tag_value(&tag, "model"));
		if (index == FILES_MAX)
			continue;
		reach->answers[reach->answer_count].decision = decision;
		reach->answers[reach->answer_count++].file = index;
	}
}

void reach_find(struct reach *reach, const struct law *law)
{
	reach->law = law;
	reach->answer_count = 0;
	for (size_t i = 0; i < law->count; i++) {
		reach->reads[i][i] = true;
		if (strchr(law->files[i].name, '/'))
			find_imports(reach, i);
		else if (strcmp(law->files[i].name, "rulebook.xml") == 0)
			find_answers(reach, &law->files[i]);
	}
	for (size_t k = 0; k < law->count; k++)
		for (size_t i = 0; i < law->count; i++)
			for (size_t j = 0; reach->reads[i][k] && j < law->count;
				j++)
				reach->reads[i][j] |= reach->reads[k][j];
}

bool reach_has(
	const struct reach *reach, const struct vector *row, const char *name)
{
	size_t changed = 0;

	if (!strchr(name, '/'))
		return true;
	while (strcmp(reach->law->files[changed].name, name) != 0)
		changed++;
	for (size_t i = 0; i < reach->answer_count; i++) {
		size_t file = reach->answers[i].file;
		const char *own = reach->law->files[file].name;

		if (text_is(reach->answers[i].decision, row->decision) &&
			(!*row->revision ||
				strncmp(own, row->revision, 2) == 0) &&
			reach->reads[file][changed])
			return true;
	}
	return false;
}
