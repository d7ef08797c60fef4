/*
 * A page of answers repeats the file that it answers, so that the files of the
 * same answers need neither a script nor a memory of the server: its bytes as
 * text (base64, with the letters that are safe in addresses) in hidden fields.
 */
#include <string.h>

#include "base/diag.h"
#include "serve/upload.h"

#define AGAIN_CHUNK 48000 /* bytes a field: 64,000 letters */

static const char again_letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789-_";

/* One to three bytes. */
static void again_group(
	struct buffer *out, const unsigned char *bytes, size_t size)
{
	uint32_t group = (uint32_t)bytes[0] << 16;

	if (size > 1)
		group |= (uint32_t)bytes[1] << 8;
	if (size > 2)
		group |= bytes[2];
	for (size_t i = 0; i <= size; i++)
		buffer_byte(out, again_letters[group >> (18 - 6 * i) & 63]);
}

static void again_field(
	struct buffer *out, const unsigned char *bytes, size_t size)
{
	buffer_text(out, "<input type=\"hidden\" name=\"again\" value=\"");
	for (size_t at = 0; at < size; at += 3)
		again_group(out, bytes + at, size - at > 3 ? 3 : size - at);
	buffer_text(out, "\">\n");
}

bool upload_again_write(struct page_shell *shell, const struct serve_file *file)
{
	const void *bytes = file->bytes.data;
	size_t size = file->bytes.size;

	if (size > UPLOAD_AGAIN_MAX)
		return false;
	buffer_text(shell->out,
		"<input type=\"hidden\" name=\"again_name\" value=\"");
	serve_html_text(shell->out, file->name);
	buffer_text(shell->out, "\">\n");
	for (size_t at = 0; at < size; at += AGAIN_CHUNK)
		again_field(shell->out, (const unsigned char *)bytes + at,
			size - at > AGAIN_CHUNK ? AGAIN_CHUNK : size - at);
	return true;
}

/* The bytes of one field into `out`; how many, or SIZE_MAX. */
static size_t again_bytes(const char *text, char *out)
{
	size_t size = 0;
	uint32_t group = 0;
	size_t letters = 0;

	for (; *text; text++) {
		const char *letter = strchr(again_letters, *text);
		/* bits of the group behind the last whole byte */
		unsigned left = ++letters % 4 == 2 ? 4
				: letters % 4 == 3 ? 2
						   : 0;

		if (!letter)
			return SIZE_MAX;
		group = group << 6 | (uint32_t)(letter - again_letters);
		if (letters % 4 != 1)
			out[size++] = (char)(group >> left & 255);
	}
	return letters % 4 == 1 ? SIZE_MAX : size;
}

static bool again_is(const struct serve_pair *pair)
{
	return strcmp(pair->name, "again") == 0;
}

enum shk_code upload_again_read(struct arena *arena,
	const struct serve_request *request, struct serve_file *file,
	shk_diag *diag)
{
	const struct serve_pairs *form = &request->form;
	const char *name = serve_request_value(request, "again_name");
	size_t room = 0;
	size_t size = 0;
	char *bytes;

	for (size_t i = 0; i < form->count; i++)
		if (again_is(&form->items[i]))
			room += strlen(form->items[i].value);
	if (room == 0 || file->bytes.data)
		return SHK_OK;
	bytes = arena_alloc(arena, room);
	if (!bytes)
		return diag_memory(diag);
	for (size_t i = 0; i < form->count; i++) {
		size_t more;

		if (!again_is(&form->items[i]))
			continue;
		more = again_bytes(form->items[i].value, bytes + size);
		if (more == SIZE_MAX)
			return diag_set(diag, SHK_E_USAGE,
				"the repeated file is damaged; choose it "
				"again");
		size += more;
	}
	*file = (struct serve_file){ .field = "file",
		.name = name ? name : "",
		.type = "",
		.bytes = { bytes, size } };
	return SHK_OK;
}
