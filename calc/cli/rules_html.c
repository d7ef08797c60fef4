/*
 * `shokan rules html DIR`: the pages of the rules as a folder that is complete
 * or absent. They are written into a new folder beside it, which then takes
 * its name. A folder with anything in it is taken only when every file in it
 * is a page of an earlier call.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/message.h"
#include "cli/output.h"
#include "cli/rules_html.h"
#include "cli/session.h"

/* What the head of every page says, within its first bytes. */
#define HTML_MARK      "content=\"shokan rules html\""
#define HTML_MARK_READ 512

struct html_folder {
	char path[CLI_PATH_MAX];      /* without slashes at its end */
	char temporary[CLI_PATH_MAX]; /* "" when it is not there */
	bool exists;
	size_t pages;
	struct cli_text
		names; /* of the pages in `temporary`, NUL behind each */
};

static enum cli_exit html_fail(const char *what, const char *path)
{
	cli_complain("cannot %s %s: %s", what, path, strerror(errno));
	return CLI_IO;
}

static bool html_join(
	char out[CLI_PATH_MAX], const char *folder, const char *name)
{
	int length = snprintf(out, CLI_PATH_MAX, "%s/%s", folder, name);

	if (length >= 0 && length < CLI_PATH_MAX)
		return true;
	errno = ENAMETOOLONG;
	return false;
}

/* Is the file a page that this command wrote? */
static bool html_is_page(const char *path)
{
	char head[HTML_MARK_READ + 1];
	struct stat about;
	size_t size;
	FILE *file;

	if (lstat(path, &about) != 0 || !S_ISREG(about.st_mode))
		return false;
	file = fopen(path, "r");
	if (!file)
		return false;
	size = fread(head, 1, HTML_MARK_READ, file);
	fclose(file);
	head[size] = '\0';
	return strstr(head, HTML_MARK) != NULL;
}

/* Each file of a folder: looked at, or removed. */
static enum cli_exit html_each(const char *folder, bool remove)
{
	DIR *list = opendir(folder);
	enum cli_exit status = CLI_DONE;
	struct dirent *entry;
	char path[CLI_PATH_MAX];

	if (!list)
		return html_fail("read", folder);
	while (status == CLI_DONE && (entry = readdir(list)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 ||
			strcmp(entry->d_name, "..") == 0)
			continue;
		if (!html_join(path, folder, entry->d_name)) {
			status = html_fail("use", folder);
		} else if (remove) {
			if (unlink(path) != 0)
				status = html_fail("remove", path);
		} else if (!html_is_page(path)) {
			cli_complain("%s is not empty, and %s in it is no page "
				     "of rules html; give a new folder",
				folder, entry->d_name);
			status = CLI_USAGE;
		}
	}
	closedir(list);
	return status;
}

static enum cli_exit html_remove(const char *folder)
{
	enum cli_exit status = html_each(folder, true);

	if (status == CLI_DONE && rmdir(folder) != 0)
		status = html_fail("remove", folder);
	return status;
}

/* What was begun goes again: by the names that were given, since a list of the
   folder can fail as well. */
static void html_undo(const struct html_folder *folder)
{
	char path[CLI_PATH_MAX];

	for (size_t at = 0; at < folder->names.size;
		at += strlen(folder->names.data + at) + 1)
		if (html_join(path, folder->temporary, folder->names.data + at))
			unlink(path);
	if (rmdir(folder->temporary) != 0)
		html_fail("remove", folder->temporary);
}

/* The mode that an ordinary creation would give, or that it has. */
static mode_t html_mode(const struct html_folder *folder)
{
	struct stat about;
	mode_t mask;

	if (folder->exists && stat(folder->path, &about) == 0)
		return about.st_mode & 0777;
	mask = umask(0);
	umask(mask);
	return 0777 & ~mask;
}

/* A new folder beside the wanted one. */
static enum cli_exit html_open(struct html_folder *folder, const char *wanted)
{
	size_t size = strlen(wanted);
	struct stat about;
	enum cli_exit status = CLI_DONE;

	while (size > 1 && wanted[size - 1] == '/')
		size--;
	if (size == 0) {
		cli_complain("rules html needs the folder to write");
		return CLI_USAGE;
	}
	if (size + sizeof(".XXXXXX") > sizeof(folder->path)) {
		errno = ENAMETOOLONG;
		return html_fail("write", wanted);
	}
	memcpy(folder->path, wanted, size);
	folder->path[size] = '\0';
	folder->exists = lstat(folder->path, &about) == 0;
	if (folder->exists && !S_ISDIR(about.st_mode)) {
		cli_complain("%s is no folder; rules html writes a folder of "
			     "pages",
			folder->path);
		return CLI_USAGE;
	}
	if (folder->exists)
		status = html_each(folder->path, false);
	if (status != CLI_DONE)
		return status;
	memcpy(folder->temporary, folder->path, size);
	memcpy(folder->temporary + size, ".XXXXXX", sizeof(".XXXXXX"));
	if (!mkdtemp(folder->temporary)) {
		folder->temporary[0] = '\0';
		return html_fail("write", folder->path);
	}
	return CLI_DONE;
}

/* Move what was there aside, the new in its place, and the old away. */
static enum cli_exit html_commit(struct html_folder *folder)
{
	char aside[CLI_PATH_MAX];
	int length =
		snprintf(aside, sizeof(aside), "%s.old", folder->temporary);
	bool moved = false;

	if (length < 0 || (size_t)length >= sizeof(aside)) {
		errno = ENAMETOOLONG;
		return html_fail("write", folder->path);
	}
	if (chmod(folder->temporary, html_mode(folder)) != 0)
		return html_fail("write", folder->path);
	if (folder->exists) {
		if (rename(folder->path, aside) != 0)
			return html_fail("replace", folder->path);
		moved = true;
	}
	if (rename(folder->temporary, folder->path) != 0) {
		enum cli_exit status = html_fail("write", folder->path);

		if (moved && rename(aside, folder->path) != 0)
			html_fail("put back", aside);
		return status;
	}
	folder->temporary[0] = '\0';
	return moved ? html_remove(aside) : CLI_DONE;
}

static enum cli_exit html_page(struct html_folder *folder,
	const shk_rulebook *rulebook, const shk_rule_page *page)
{
	char name[SHK_RULE_PAGE_NAME];
	char path[CLI_PATH_MAX];
	struct cli_output output = { .stream = NULL };
	shk_sink names = cli_text_sink(&folder->names);
	shk_diag diag = { 0 };
	enum shk_code code;
	enum cli_exit status;

	if (shk_rule_page_name(rulebook, page, name, &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	if (!html_join(path, folder->temporary, name))
		return html_fail("write", folder->path);
	if (!names.write(names.context, name, strlen(name) + 1))
		return cli_complain_memory();
	status = cli_output_open(&output, path, false);
	if (status != CLI_DONE)
		return status;
	code = shk_rule_page_write(
		rulebook, page, cli_output_sink(&output), &diag);
	if (code == SHK_E_IO)
		status = html_fail("write", folder->path);
	else if (code != SHK_OK)
		status = cli_complain_diag(&diag);
	else
		status = cli_output_commit(&output);
	cli_output_abort(&output);
	folder->pages++;
	return status;
}

/* The index, the sources, and each decision in each revision. */
static enum cli_exit html_pages(struct html_folder *folder,
	const shk_rulebook *rulebook, const struct cli_arguments *arguments)
{
	const char *only = arguments->value[OPT_REVISION];
	shk_rule_page page = { .revision = only,
		.alone = only != NULL,
		.language = cli_language(arguments) };
	enum cli_exit status;
	const char *revision;
	size_t i, k;

	page.kind = SHK_RULE_PAGE_INDEX;
	status = html_page(folder, rulebook, &page);
	page.kind = SHK_RULE_PAGE_SOURCES;
	if (status == CLI_DONE)
		status = html_page(folder, rulebook, &page);
	page.kind = SHK_RULE_PAGE_DECISION;
	for (i = 0; (revision = shk_rulebook_revision(rulebook, i)) != NULL;
		i++) {
		if (only && strcmp(only, revision) != 0)
			continue;
		page.revision = revision;
		for (k = 0; status == CLI_DONE &&
			    (page.decision = shk_rulebook_decision(
				     rulebook, k)) != NULL;
			k++)
			status = html_page(folder, rulebook, &page);
	}
	return status;
}

/* The last line; standard output may refuse it. */
static enum cli_exit html_say(const struct html_folder *folder)
{
	struct cli_output output = { .stream = NULL };
	enum cli_exit status = cli_output_open(&output, NULL, false);

	if (status != CLI_DONE)
		return status;
	fprintf(output.stream, "%zu pages in %s\n", folder->pages,
		folder->path);
	return cli_output_commit(&output);
}

enum cli_exit cli_rules_html(const struct cli_arguments *arguments)
{
	struct html_folder folder = { .exists = false };
	shk_rulebook *rulebook = NULL;
	enum cli_exit status = CLI_DONE;

	if (arguments->given[OPT_OUTPUT]) {
		cli_complain("rules html writes the folder that it names, and "
			     "takes no --output");
		return CLI_USAGE;
	}
	status = cli_rulebook_load(&rulebook, arguments, NULL);
	if (status == CLI_DONE)
		status = html_open(&folder, arguments->words[1]);
	if (status == CLI_DONE)
		status = html_pages(&folder, rulebook, arguments);
	if (status == CLI_DONE)
		status = html_commit(&folder);
	if (folder.temporary[0])
		html_undo(&folder);
	cli_text_release(&folder.names);
	if (status == CLI_DONE)
		status = html_say(&folder);
	shk_rulebook_free(rulebook);
	return status;
}
