/*
 * Loading libxlsxwriter by the name that it had when this was built.
 */
#include "report/xlsx_calls.h"

#include <dlfcn.h>
#include <string.h>

/* A symbol into a pointer to a function, which C allows no other way. */
static bool xlsx_call(void *library, const char *name, void *call)
{
	void *found = dlsym(library, name);

	memcpy(call, &found, sizeof(found));
	return found != NULL;
}

bool xlsx_calls_open(struct xlsx_calls *calls)
{
	bool all;

	memset(calls, 0, sizeof(*calls));
	calls->library = dlopen(SHOKAN_XLSXWRITER, RTLD_NOW | RTLD_LOCAL);
	if (!calls->library)
		return false;
	all = xlsx_call(calls->library, "worksheet_write_number",
		      &calls->write_number) &&
	      xlsx_call(calls->library, "worksheet_set_column",
		      &calls->set_column);
#define XLSX_CALL(result, name, arguments)                                     \
	all = all && xlsx_call(calls->library, #name, &calls->name);
	XLSX_CALLS(XLSX_CALL)
#undef XLSX_CALL
	if (!all)
		xlsx_calls_close(calls);
	return all;
}

void xlsx_calls_close(struct xlsx_calls *calls)
{
	if (calls->library)
		dlclose(calls->library);
	calls->library = NULL;
}
