/*
 * Hashing the inputs of a saved run. A file that changes between the hash and
 * the reading would make the run a lie, so its size and time are compared when
 * the run is over.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/held.h"
#include "cli/inputs.h"
#include "cli/json.h"
#include "cli/message.h"

struct cli_input_file {
	off_t size;
	struct timespec changed;
	char hash[SHK_HASH_TEXT];
};

static enum cli_exit inputs_unseen(const char *path)
{
	cli_complain("cannot open %s: %s", path, strerror(errno));
	return CLI_IO;
}

static enum cli_exit inputs_file(
	struct cli_input_file *file, const char *path, shk_hash *hash)
{
	struct stat info;
	uint64_t bytes;
	shk_diag diag = { 0 };

	if (strcmp(path, "-") == 0 ||
		(stat(path, &info) == 0 && !S_ISREG(info.st_mode) &&
			!S_ISDIR(info.st_mode))) {
		cli_complain("%s: with --store the input is read twice, so it "
			     "must be an ordinary file",
			path);
		return CLI_USAGE;
	}
	if (shk_hash_file(hash, path, &bytes, &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	shk_hash_finish(hash, file->hash);
	if (stat(path, &info) != 0)
		return inputs_unseen(path);
	if ((uint64_t)info.st_size != bytes) {
		cli_complain_row(path, 0, "", "the file is being changed");
		return CLI_IO;
	}
	file->size = info.st_size;
	file->changed = info.st_mtim;
	return CLI_DONE;
}

/* The hash of the whole from those of the files. */
static void inputs_join(struct cli_inputs *inputs, shk_hash *hash)
{
	if (inputs->count == 1) {
		memcpy(inputs->hash, inputs->files[0].hash, SHK_HASH_TEXT);
		return;
	}
	for (size_t i = 0; i < inputs->count; i++) {
		const char *text = inputs->files[i].hash;

		shk_hash_add(hash, text, strlen(text));
		shk_hash_add(hash, "\n", 1);
	}
	shk_hash_finish(hash, inputs->hash);
}

static enum cli_exit inputs_keep(
	struct cli_inputs *inputs, FILE *stream, struct cli_text *text)
{
	bool good = cli_held_close(stream, text);

	inputs->names = text->data;
	return good ? CLI_DONE : cli_complain_memory();
}

static enum cli_exit inputs_names(struct cli_inputs *inputs)
{
	struct cli_text text = { NULL, 0, 0, false };
	FILE *stream = cli_held_open(&text);

	if (!stream)
		return cli_complain_memory();
	for (size_t i = 0; i < inputs->count; i++) {
		fprintf(stream, "%s{\"bytes\":%lld,\"path\":", i ? "," : "[",
			(long long)inputs->files[i].size);
		cli_json_text(stream, inputs->paths[i]);
		fprintf(stream, ",\"sha256\":\"%s\"}",
			inputs->files[i].hash + strlen("sha256:"));
	}
	fputs("]", stream);
	return inputs_keep(inputs, stream, &text);
}

enum cli_exit cli_inputs_read(
	struct cli_inputs *inputs, char **paths, size_t count)
{
	enum cli_exit status = CLI_DONE;
	shk_hash *hash = NULL;
	shk_diag diag = { 0 };

	memset(inputs, 0, sizeof(*inputs));
	inputs->paths = paths;
	inputs->count = count;
	inputs->files = calloc(count + 1, sizeof(*inputs->files));
	if (!inputs->files)
		return cli_complain_memory();
	if (shk_hash_new(&hash, &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	for (size_t i = 0; i < count && status == CLI_DONE; i++)
		status = inputs_file(&inputs->files[i], paths[i], hash);
	for (size_t i = 0; i < count && status == CLI_DONE; i++)
		inputs->bytes += (unsigned long long)inputs->files[i].size;
	if (status == CLI_DONE)
		inputs_join(inputs, hash);
	shk_hash_free(hash);
	return status == CLI_DONE ? inputs_names(inputs) : status;
}

/* Every row into the hash, and then the words for it. */
static enum shk_code inputs_rows(struct cli_inputs *inputs,
	shk_products *products, shk_hash *hash, shk_diag *diag)
{
	shk_row_source rows = shk_products_rows(products);
	enum shk_code code;
	shk_row row;

	while ((code = rows.next(rows.context, &row, diag)) == SHK_OK) {
		shk_hash_add(hash, row.facts, strlen(row.facts));
		shk_hash_add(hash, "\t", 1);
		shk_hash_add(hash, row.kept, strlen(row.kept));
		shk_hash_add(hash, "\n", 1);
	}
	shk_hash_finish(hash, inputs->hash);
	return code == SHK_END ? SHK_OK : code;
}

enum cli_exit cli_inputs_products(
	struct cli_inputs *inputs, shk_products *products)
{
	shk_hash *hash = NULL;
	shk_diag diag = { 0 };
	enum shk_code code = shk_hash_new(&hash, &diag);
	struct cli_text text = { NULL, 0, 0, false };
	FILE *stream;

	cli_inputs_release(inputs);
	if (code == SHK_OK)
		code = inputs_rows(inputs, products, hash, &diag);
	shk_hash_free(hash);
	if (code != SHK_OK)
		return cli_complain_diag(&diag);
	stream = cli_held_open(&text);
	if (!stream)
		return cli_complain_memory();
	fprintf(stream, "[{\"edition\":%lld,\"products\":%llu}]",
		(long long)shk_products_edition(products),
		(unsigned long long)shk_products_count(products));
	return inputs_keep(inputs, stream, &text);
}

enum cli_exit cli_inputs_check(const struct cli_inputs *inputs)
{
	for (size_t i = 0; i < inputs->count; i++) {
		const struct cli_input_file *file = &inputs->files[i];
		struct stat info;
		bool there = stat(inputs->paths[i], &info) == 0;

		if (!there && errno != ENOENT)
			return inputs_unseen(inputs->paths[i]);
		if (there && info.st_size == file->size &&
			info.st_mtim.tv_sec == file->changed.tv_sec &&
			info.st_mtim.tv_nsec == file->changed.tv_nsec)
			continue;
		cli_complain_row(inputs->paths[i], 0, "",
			"the file was changed while it was read; the run is "
			"not finished");
		return CLI_IO;
	}
	return CLI_DONE;
}

void cli_inputs_release(struct cli_inputs *inputs)
{
	free(inputs->files);
	free(inputs->names);
	memset(inputs, 0, sizeof(*inputs));
}
