/*
 * Plays kept inputs through a target without libFuzzer: every file of the
 * folders and every file on the command line. The name is written before the
 * input is played, so that the last line says which one ended the process.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "fuzz/target.h"

#define INPUT_BYTES_MAX (16u << 20)
#define INPUT_SECONDS	60 /* past them the process is ended */

static unsigned played;

static void play(const char *path)
{
	struct buffer data;
	shk_diag diag = { 0 };
	uint8_t *copy;

	printf("%s\n", path);
	fflush(stdout);
	buffer_init(&data);
	if (file_read(path, INPUT_BYTES_MAX, &data, &diag) != SHK_OK)
		fuzz_fail("%s: %s", path, diag.message);
	copy = malloc(data.size + (data.size == 0));
	if (!copy)
		fuzz_fail("no memory");
	if (data.size > 0) /* to the byte: reading past the end is seen */
		memcpy(copy, data.data, data.size);
	alarm(INPUT_SECONDS);
	LLVMFuzzerTestOneInput(copy, data.size);
	alarm(0);
	free(copy);
	buffer_release(&data);
	played++;
}

static void play_folder(const char *folder)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, alphasort);
	char path[SHK_DIAG_PATH];

	if (count < 0)
		fuzz_fail("cannot open %s", folder);
	for (int i = 0; i < count; i++) {
		if (entries[i]->d_name[0] != '.') {
			if (!file_join(path, sizeof(path), folder,
				    entries[i]->d_name))
				fuzz_fail("too long: %s", folder);
			play(path);
		}
		free(entries[i]);
	}
	free(entries);
}

int main(int argc, char **argv)
{
	struct stat info;

	for (int i = 1; i < argc; i++) {
		if (stat(argv[i], &info) == 0 && S_ISDIR(info.st_mode))
			play_folder(argv[i]);
		else
			play(argv[i]);
	}
	printf("%u inputs\n", played);
	return played > 0 ? 0 : 1;
}
