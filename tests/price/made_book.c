/*
 * See made_book.h.
 */
#include "price/made_book.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const files[] = { "rulebook.xml", "sources.xml",
	"fields.xml", "r1/m.dmn", "r2/m.dmn" };

#define LABELS                                                                 \
	"<label lang=\"ja\">x</label><label lang=\"en\">x</label>"             \
	"<cite source=\"S1\" place=\"L1\" evidence=\"E1\"/>"

static const char book[] =
	"<rulebook xmlns=\"urn:shokan:rulebook:1\">"
	"<revision id=\"r1\" from=\"2020-04-01\">" LABELS
	"</revision><revision id=\"r2\" from=\"2022-04-01\">" LABELS
	"</revision><decision name=\"out\" number=\"1\">"
	"<label lang=\"en\">out</label><in revision=\"r1\" model=\"m.dmn\"/>"
	"<in revision=\"r2\" model=\"m.dmn\"/>"
	"<output name=\"out\" of=\"out\"/></decision></rulebook>\n";
static const char sources[] =
	"<sources xmlns=\"urn:shokan:sources:1\"><source id=\"S1\" "
	"title=\"x\"><quote place=\"L1\">x</quote></source></sources>\n";

void made_init(struct made_book *made)
{
	memset(made, 0, sizeof(*made));
	buffer_init(&made->fields);
	buffer_init(&made->models[0]);
	buffer_init(&made->models[1]);
}

void made_fact(struct made_book *made, const char *name, const char *type,
	const char *of)
{
	buffer_format(&made->fields,
		"<field name=\"%s\" type=\"%s\" ja=\"x\" en=\"x\"/>\n", name,
		type);
	for (size_t i = 0; i < 2; i++)
		buffer_format(&made->models[i],
			"<inputData id=\"i_%s\" name=\"%s\"><variable "
			"name=\"%s\" typeRef=\"%s\"/></inputData>\n",
			name, name, name, of);
}

static void put(const struct made_book *made, const char *name,
	const char *before, const char *text, const char *behind)
{
	char path[128];
	FILE *stream;

	snprintf(path, sizeof(path), "%s/%s", made->folder, name);
	stream = fopen(path, "wb");
	cr_assert_not_null(stream, "%s", path);
	cr_assert_geq(fputs(before, stream), 0);
	cr_assert_geq(fputs(text, stream), 0);
	cr_assert_geq(fputs(behind, stream), 0);
	cr_assert_eq(fclose(stream), 0);
}

const char *made_write(struct made_book *made)
{
	static const char *const folders[] = { "r1", "r2" };
	char path[128], head[256];

	snprintf(made->folder, sizeof(made->folder), "/tmp/made_book_XXXXXX");
	cr_assert_not_null(mkdtemp(made->folder));
	put(made, "rulebook.xml", book, "", "");
	put(made, "sources.xml", sources, "", "");
	put(made, "fields.xml",
		"<fields xmlns=\"urn:shokan:fields:1\"><group name=\"all\" "
		"ja=\"x\" en=\"x\"><field name=\"id\" type=\"text\" "
		"required=\"true\" ja=\"x\" en=\"x\"/>",
		made->fields.data, "</group></fields>\n");
	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/%s", made->folder, folders[i]);
		cr_assert_eq(mkdir(path, 0700), 0);
		snprintf(head, sizeof(head),
			"<definitions xmlns=\"https://www.omg.org/spec/DMN/"
			"20191111/MODEL/\" id=\"m\" name=\"m\" "
			"namespace=\"urn:%s:m\">\n",
			folders[i]);
		put(made, files[3 + i], head, made->models[i].data,
			"</definitions>\n");
	}
	return made->folder;
}

static void remove_files(const struct made_book *made)
{
	char path[128];

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", made->folder, files[i]);
		unlink(path);
	}
	for (int i = 1; i <= 2; i++) {
		snprintf(path, sizeof(path), "%s/r%d", made->folder, i);
		rmdir(path);
	}
	rmdir(made->folder);
}

void made_release(struct made_book *made)
{
	if (made->folder[0])
		remove_files(made);
	buffer_release(&made->fields);
	buffer_release(&made->models[0]);
	buffer_release(&made->models[1]);
}
